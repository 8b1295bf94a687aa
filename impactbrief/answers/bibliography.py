"""External bibliographies: CSL-JSON, CSL-YAML and BibTeX files that an answer file names.

An answer file may have come by e-mail. So a bibliography is read only where it lies inside the
answer file's folder or the working directory, only if it is a regular file, and only up to a size;
what is wrong with it is said without a word of what it holds.
"""

import json
import os
import re
import stat
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from impactbrief.bounded import NotRegular, read_bytes
from impactbrief.errors import InputError, Place, Problem
from impactbrief.i18n import _

LIMIT: Final = 2_000_000
"""Bytes of a bibliography that is still read."""
MOST_REFERENCES: Final = 5_000
MOST_PROBLEMS: Final = 20

Reference = dict[str, object]


class _Refused(Exception):
    """Says why a file is no bibliography; carries the line and column, from 1, where known."""

    def __init__(self, what: str, hint: str, line: int = 0, column: int = 0) -> None:
        super().__init__(what)
        self.what, self.hint, self.line, self.column = what, hint, line, column


def read_bibliography(
    path: str, *, base: Path, place: Place
) -> tuple[list[Reference], list[Problem]]:
    """The references of the bibliography `path`, and what is wrong with it. Raises nothing.

    `base` is the answer file's folder, `place` the entry in the answer file that names the
    bibliography: problems are placed there, or on the bibliography's own line where that is known.
    What can be read of a file with problems is returned.
    """
    try:
        found = _locate(path, base)
        text = _text(found)
        read = _READERS[found.suffix.lower()]
        references, troubles = read(text)
    except _Refused as refused:
        references, troubles = [], [refused]
    if len(references) > MOST_REFERENCES:
        references = references[:MOST_REFERENCES]
        troubles.append(
            _Refused(
                _("It has more than {limit} references; the rest is left out.").format(
                    limit=MOST_REFERENCES
                ),
                _("Name a bibliography that holds what this brief cites."),
            )
        )
    troubles += _twice(references)
    problems = [_problem(trouble, path, base, place) for trouble in troubles[:MOST_PROBLEMS]]
    if len(troubles) > MOST_PROBLEMS:
        problems.append(
            Problem(
                what=_("Bibliography {path}: there are {count} more problems.").format(
                    path=_shown(path), count=len(troubles) - MOST_PROBLEMS
                ),
                hint=_("Fix these first, then check again."),
                place=place,
                where="bibliography",
            )
        )
    return references, problems


def readable_at(path: str, *, base: Path) -> list[Path]:
    """Where the bibliography `path` may be read, whether or not it is there; links are kept."""
    try:
        pairs = zip((base, Path()), _candidates(path, base), strict=True)
        return [folder / path for folder, (at, inside) in pairs if inside and not at.is_dir()]
    except _Refused:
        return []


def merge(
    own: Sequence[Mapping[str, object]], external: Sequence[Mapping[str, object]]
) -> tuple[list[Reference], list[Problem]]:
    """All references in one list, the answer file's own first; of those with one id, the first.

    An id that both the answer file and a bibliography have, or two bibliographies, is a problem
    (without a place: the caller knows which entries of the answer file it read). The answer file's
    own duplicates are not looked at here.
    """
    merged: list[Reference] = [dict(reference) for reference in own]
    mine = {str(reference["id"]) for reference in own if reference.get("id") is not None}
    seen = set(mine)
    problems: dict[str, Problem] = {}
    for reference in external:
        id = str(reference.get("id"))
        if id not in seen:
            seen.add(id)
            merged.append(dict(reference))
        elif id in mine:
            problems[id] = Problem(
                what=_("Reference “{id}” is both in this file and in a bibliography.").format(
                    id=_shown(id)
                ),
                hint=_("The one in this file is used. Take one away, or rename it."),
                where=f"references.{id}",
            )
        else:
            problems[""] = Problem(
                what=_("Two bibliographies have references with the same id."),
                hint=_("The first one named is used. Rename one of the two."),
                where="bibliography",
            )
    return merged, list(problems.values())[:MOST_PROBLEMS]


def _shown(name: str) -> str:
    """A name from the answer file, fit for one line of a message."""
    text = "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in name
    )
    return text if len(text) <= 120 else f"{text[:119]}…"


def _problem(trouble: _Refused, path: str, base: Path, place: Place) -> Problem:
    if trouble.line:
        place = Place(_shown(str(base / path)), trouble.line, trouble.column)
    return Problem(
        what=_("Bibliography {path}: {what}").format(path=_shown(path), what=trouble.what),
        hint=trouble.hint,
        place=place,
        where="bibliography",
    )


def _twice(references: list[Reference]) -> list[_Refused]:
    """Take out references whose id came before; says so once."""
    seen: set[str] = set()
    kept = []
    for reference in references:
        if (id := str(reference["id"])) not in seen:
            seen.add(id)
            kept.append(reference)
    if len(kept) == len(references):
        return []
    references[:] = kept
    return [
        _Refused(
            _("it has several references with the same id."),
            _("The first of each is used. Give each reference an id of its own."),
        )
    ]


# -- the file ----------------------------------------------------------------------------------


def _locate(path: str, base: Path) -> Path:
    """The file that `path` means, symbolic links followed, inside the two folders allowed."""
    candidates = _candidates(path, base)
    for candidate, inside in candidates:
        if inside and os.path.lexists(candidate):
            return candidate
    first, inside = candidates[0]
    if not inside:  # said whether or not anything is there
        raise _Refused(
            _("it lies outside the answer file's folder and the working directory."),
            _("Put it beside the answer file, or work in a folder that holds both."),
        )
    return first


def _candidates(path: str, base: Path) -> list[tuple[Path, bool]]:
    """What `path` means beside the answer file and in the working directory, links followed, and
    whether each may be read."""
    if not path.strip() or "\0" in path or re.match(r"[A-Za-z][A-Za-z0-9+.-]+://", path):
        raise _Refused(
            _("this is not a file path."), _("Name a file beside the answer file: refs.json.")
        )
    if Path(path).suffix.lower() not in _READERS:
        raise _Refused(
            _("its name must end in one of these: {endings}.").format(endings=", ".join(_READERS)),
            _("Export it as CSL-JSON, CSL-YAML or BibTeX, with the matching ending."),
        )
    try:
        allowed = [folder.resolve() for folder in (base, Path())]
        candidates = [(folder / path).resolve() for folder in allowed]
    except RuntimeError:  # a link that leads back to itself
        raise _not_regular() from None
    except (OSError, ValueError) as error:
        raise _unreadable(error) from None
    return [
        (
            candidate,
            any(candidate.is_relative_to(folder) for folder in allowed)
            and candidate.suffix.lower() in _READERS,
        )
        for candidate in candidates
    ]


def _text(path: Path) -> str:
    try:
        if not stat.S_ISREG(path.lstat().st_mode):  # some devices act when they are opened
            raise NotRegular
        data = read_bytes(path, LIMIT, links=False)
    except (NotRegular, IsADirectoryError):
        raise _not_regular() from None
    except FileNotFoundError:
        raise _Refused(
            _("there is no such file."),
            _("Check its name. It is looked for beside the answer file, then where you work."),
        ) from None
    except OSError as error:
        raise _unreadable(error) from None
    if len(data) > LIMIT:
        raise _Refused(
            _("it is larger than {limit} MB.").format(limit=LIMIT // 1_000_000),
            _("Export only what this brief cites."),
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _Refused(
            _("it is not text in UTF-8."),
            _("Export it as UTF-8."),
            data.count(b"\n", 0, error.start) + 1,
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _not_regular() -> _Refused:
    return _Refused(_("it is not a regular file."), _("Name a file that holds references."))


def _unreadable(error: Exception) -> _Refused:
    reason = getattr(error, "strerror", None) or type(error).__name__
    return _Refused(
        _("it can't be read: {reason}.").format(reason=reason),
        _("Check that you have permission to read it."),
    )


# -- the formats -------------------------------------------------------------------------------

_Read = tuple[list[Reference], list[_Refused]]


def _read_json(text: str) -> _Read:
    try:
        value: object = json.loads(text, parse_constant=lambda _name: None)
    except json.JSONDecodeError as error:
        raise _Refused(
            _("this is not valid JSON."),
            _("Export it again as CSL-JSON."),
            error.lineno,
            error.colno,
        ) from None
    except (RecursionError, ValueError):
        raise _Refused(
            _("it is nested too deeply, or holds too long a number."),
            _("Export it again as CSL-JSON."),
        ) from None
    return _items(value, lambda _path: (0, 0))


def _read_yaml(text: str) -> _Read:
    from impactbrief import yamltext

    front = re.match(r"---[ \t]*\n(?:.*\n)*?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", text)
    if front:  # a Markdown file's front matter, or one YAML document with its marks
        text = front[0].rstrip().removesuffix("---").removesuffix("...")
    try:
        yaml = yamltext.read(text)
    except InputError as error:
        hint = _("Export it again as CSL-YAML, or fix this line.")
        return [], [
            _Refused(
                _("this is not YAML that can be read."),
                hint,
                problem.place.line,
                problem.place.column,
            )
            for problem in error.problems
        ]

    def where(path: tuple[str | int, ...]) -> tuple[int, int]:
        place = yaml.place(path)
        return place.line, place.column

    return _items(yaml.value, where)


def _read_bibtex(text: str) -> _Read:
    from impactbrief.answers.bibtex import read_bibtex

    references, lines = read_bibtex(text, most=MOST_REFERENCES)
    hint = _("Close its braces and quotation marks, and separate its fields with commas.")
    return references, [_Refused(_("an entry can't be read."), hint, line) for line in lines]


def _items(value: object, where: Callable[[tuple[str | int, ...]], tuple[int, int]]) -> _Read:
    """The references in what a file holds: a list, Pandoc's `references`, or a single one."""
    path: tuple[str | int, ...] = ()
    if isinstance(value, Mapping):
        for key in ("references", "items"):
            if key in value:
                value, path = value[key], (key,)
                break
        else:
            value = [value] if "id" in value else value
    if value is None:
        return [], []
    if not isinstance(value, list):
        raise _Refused(
            _("it holds no list of references."),
            _("Export it as CSL-JSON or CSL-YAML: a list of items, each with an id."),
        )
    references: list[Reference] = []
    troubles: list[_Refused] = []
    for index, item in enumerate(value):
        id = item.get("id") if isinstance(item, Mapping) else None
        if isinstance(item, Mapping) and isinstance(id, str | int | float) and str(id).strip():
            references.append({str(key): part for key, part in item.items()} | {"id": str(id)})
        else:
            troubles.append(
                _Refused(
                    _("reference {number} of it has no id.").format(number=index + 1),
                    _("Give it one, so that it can be cited."),
                    *where((*path, index)),
                )
            )
    return references, troubles


_READERS: Final[dict[str, Callable[[str], _Read]]] = {
    ".json": _read_json,
    ".yaml": _read_yaml,
    ".yml": _read_yaml,
    ".bib": _read_bibtex,
}
