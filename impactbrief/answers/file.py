"""The answer file on disk: reading it with the place of every value, saving it without loss.

Reading never changes a file. Saving is atomic (a whole new file takes the old one's place or
nothing does) and verified (what was written is read back and compared first), and it refuses to
write over a file that has changed on disk since it was read or that is of a newer format.
"""

import contextlib
import difflib
import hashlib
import os
import re
import stat
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from impactbrief.answers.migrate import STEPS, Step, migrated
from impactbrief.answers.model import FORMAT, Answers
from impactbrief.bounded import NotRegular, read_bytes
from impactbrief.errors import (
    InputError,
    NewerFormatError,
    OutputError,
    Place,
    Problem,
    as_typed,
)
from impactbrief.i18n import _
from impactbrief.shape import validate
from impactbrief.yamltext import LIMITS, Spelled, YamlText, dotted, read
from impactbrief.yamltext import Path as Steps

STDIN = "-"
ENDINGS = (".yaml", ".yml")


@dataclass(frozen=True)
class AnswerFile:
    """One answer file as it was read."""

    name: str
    """How messages name it: the path as it was given, or `-`."""
    path: Path | None
    """Where it lies; None for standard input."""
    text: str
    """Its text in today's format."""
    yaml: YamlText
    answers: Answers
    problems: tuple[Problem, ...]
    """What doesn't fit the format, in the order of the lines."""
    references: tuple[Mapping[str, object], ...] = ()
    """Its own references and those of its external bibliographies, as CSL items."""
    fingerprint: str = ""
    """SHA-256 of the bytes on disk."""
    migrated_from: int | None = None
    bibliographies: tuple[Path, ...] = field(default=())
    """The external bibliographies that were read without a problem, as paths from `base`."""

    @property
    def stem(self) -> str:
        """The name of its documents, without an ending."""
        return self.path.stem if self.path else "brief"

    @property
    def base(self) -> Path:
        """The folder that paths in the file count from."""
        return self.path.parent if self.path else Path.cwd()

    @property
    def lacks(self) -> tuple[str, ...]:
        """The keys without which no document can be made, where they are missing or blank."""
        missing = []
        if not self.answers.document.title.strip():
            missing.append("document.title")
        if not self.answers.proposal.name.strip():
            missing.append("proposal.name")
        return tuple(missing)


def read_answers(path: str | Path) -> AnswerFile:
    """The answer file at `path`, or from standard input for `-`.

    Raises InputError where it can't be read or is not an answer file, NewerFormatError where a
    newer impactbrief wrote it. Everything else that is wrong is in `problems`.
    """
    name = str(path)
    if name == STDIN:
        data = sys.stdin.buffer.read(LIMITS.bytes + 1)
        return parse(data, name=name)
    return parse(_bytes_of(Path(path), name), name=name, path=Path(path))


def _bytes_of(path: Path, name: str) -> bytes:
    try:
        return read_bytes(path, LIMITS.bytes)
    except NotRegular as error:
        raise InputError(
            Problem(
                what=_("This is not a regular file."),
                hint=_("Name an answer file, or a folder that holds some."),
                place=Place(name),
            )
        ) from error
    except FileNotFoundError as error:
        what, hint = _("There is no such file."), _("Check the name.")
        if name.endswith(("/", os.sep)):
            what = _("There is no such folder.")
        elif path.suffix in ENDINGS:
            hint = _("Check the name, or make one with: impactbrief new {name}")
        raise InputError(
            Problem(what=what, hint=hint.format(name=as_typed(name)), place=Place(name))
        ) from error
    except IsADirectoryError as error:
        raise InputError(
            Problem(
                what=_("This is a folder, not an answer file."),
                hint=_("Name a file in it."),
                place=Place(name),
            )
        ) from error
    except OSError as error:
        raise InputError(
            Problem(
                what=_("This file can't be read: {reason}.").format(
                    reason=error.strerror or type(error).__name__
                ),
                hint=_("Check that you have permission to read it and that its disk is connected."),
                place=Place(name),
            )
        ) from error


def parse(
    data: bytes,
    *,
    name: str = "",
    path: Path | None = None,
    steps: Mapping[int, Step] = STEPS,
    newest: int = FORMAT,
) -> AnswerFile:
    """The answer file in `data`. Raises as `read_answers` does."""
    if len(data) > LIMITS.bytes:
        raise InputError(
            Problem(
                what=_("This file is larger than {limit} MB.").format(
                    limit=LIMITS.bytes // 1_000_000
                ),
                hint=_("An answer file holds text only. Remove long annexes."),
                place=Place(name),
            )
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        raise InputError(
            Problem(
                what=_("This file is not text in UTF-8."),
                hint=_("Save it as UTF-8 in your editor."),
                place=Place(name, before.count(b"\n") + 1, error.start - before.rfind(b"\n")),
            )
        ) from error
    yaml = read(text, file=name)
    version = _version(yaml, name, newest)
    migrated_from = None
    if version < newest:
        text = migrated(text, version, yaml.place(("impactbrief",)), steps=steps, newest=newest)
        yaml, migrated_from = read(text, file=name), version
    answers, problems = validate(Answers, yaml)
    if answers is None:
        raise InputError(problems)
    references, from_bibliographies, files = _references(answers, yaml, path)
    return AnswerFile(
        name=name,
        path=path,
        text=text,
        yaml=yaml,
        answers=answers,
        problems=tuple(
            sorted([*problems, *from_bibliographies], key=lambda problem: problem.place)
        ),
        references=references,
        fingerprint=fingerprint(data),
        migrated_from=migrated_from,
        bibliographies=files,
    )


def _version(yaml: YamlText, name: str, newest: int) -> int:
    if isinstance(yaml.value, dict) and "impactbrief" not in yaml.value:
        for key in list(yaml.value)[:50]:
            if difflib.SequenceMatcher(None, key[:20], "impactbrief").ratio() > 0.8:
                raise InputError(
                    Problem(
                        what=_("“{key}” is not a key that belongs here.").format(key=key[:20]),
                        hint=_("Did you mean `{word}`?").format(word="impactbrief"),
                        place=yaml.key_place((key,)),
                        where="impactbrief",
                    )
                )
    if not isinstance(yaml.value, dict) or "impactbrief" not in yaml.value:
        raise InputError(
            Problem(
                what=_("This is not an answer file: it has no line “impactbrief: 1”."),
                hint=_("Add “impactbrief: 1” as its first line, or name another file."),
                place=Place(name, 1, 1),
                where="impactbrief",
            )
        )
    spelled = yaml.value["impactbrief"]
    version = spelled.value if isinstance(spelled, Spelled) else None
    place = yaml.place(("impactbrief",))
    if type(version) is not int:
        raise InputError(
            Problem(
                what=_("The format of this answer file is not a number."),
                hint=_("Write “impactbrief: {newest}”.").format(newest=newest),
                place=place,
                where="impactbrief",
            )
        )
    if version > newest:
        raise _newer(version, newest, place)
    return version


def _newer(version: int, newest: int, place: Place) -> NewerFormatError:
    return NewerFormatError(
        Problem(
            what=_(
                "This answer file uses format {version}; this version of impactbrief reads formats"
                " up to {newest}."
            ).format(version=version, newest=newest),
            hint=_("Upgrade impactbrief. The file was not changed."),
            place=place,
            where="impactbrief",
        )
    )


def _references(
    answers: Answers, yaml: YamlText, path: Path | None
) -> tuple[tuple[Mapping[str, object], ...], list[Problem], tuple[Path, ...]]:
    own = [reference.csl() for reference in answers.references if reference.id]
    if not answers.bibliography:
        return tuple(own), [], ()
    from impactbrief.answers.bibliography import merge, read_bibliography

    base = path.parent if path else Path.cwd()
    problems: list[Problem] = []
    external: list[dict[str, object]] = []
    files = []
    for index, entry in enumerate(answers.bibliography):
        found, wrong = read_bibliography(
            entry, base=base, place=yaml.place(("bibliography", index))
        )
        external.extend(found)
        problems.extend(wrong)
        if not wrong:
            files.append(base / entry)
    merged, wrong = merge(own, external)
    ids = {f"references.{item['id']}": index for index, item in enumerate(own)}
    for problem in wrong:
        known = problem.where in ids
        at: Steps = ("references", ids[problem.where], "id") if known else ("bibliography",)
        problems.append(replace(problem, place=yaml.place(at), where=dotted(at)))
    return tuple(merged), problems, tuple(files)


def fingerprint(data: bytes) -> str:
    """What tells one content of a file from another: SHA-256, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def save(path: Path, text: str, *, expected: str | None, keep: str = "") -> str:
    """Writes `text` to `path` and returns its new fingerprint.

    `expected` is the fingerprint of the file as it was last read or written (None for a file that
    must not exist yet). `keep` is an ending: where given, the old file is copied to `path` +
    `keep` first, unless such a copy is there already.

    The text is parsed, written to a new file in the same folder, flushed to disk, read back and
    compared; only then does it take the old one's place, with the old one's permissions. Raises
    InputError for text that is no answer file of a format known here, and OutputError with the
    reason for anything else; the file at `path` is then as it was.
    """
    data = text.encode("utf-8")
    _check_format(text, str(path))
    try:
        target = path.resolve() if path.is_symlink() else path
        _unchanged(target, path, expected)
        if keep and expected is not None:
            _keep(target, target.with_name(target.name + keep))
        temporary = _written(target.parent, data)
        try:
            if expected is None:
                umask = os.umask(0)
                os.umask(umask)
                temporary.chmod(0o666 & ~umask)
            else:
                temporary.chmod(stat.S_IMODE(target.stat().st_mode))
            _unchanged(target, path, expected)
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
    except (OSError, RuntimeError) as error:  # a loop of links is a RuntimeError up to Python 3.12
        raise OutputError(
            Problem(
                what=_("This file can't be saved: {reason}.").format(
                    reason=getattr(error, "strerror", None) or str(error)
                ),
                hint=_("Free some space, or save a copy in another folder."),
                place=Place(str(path)),
            )
        ) from error
    _flush_folder(target.parent)
    return fingerprint(data)


def _check_format(text: str, name: str) -> None:
    """Refuses text that could not be read back. Raises InputError."""
    yaml = read(text, file=name)
    _version(yaml, name, FORMAT)


def _unchanged(target: Path, path: Path, expected: str | None) -> None:
    """Raises OutputError where the file is not the one that was read; OSError where it can't be."""
    try:
        data = read_bytes(target, LIMITS.bytes)
        found: str | None = fingerprint(data)
    except FileNotFoundError:
        data, found = b"", None
    except NotRegular as error:
        raise OutputError(
            Problem(
                what=_("This is not a regular file."),
                hint=_("Save under another name."),
                place=Place(str(path)),
            )
        ) from error
    if found == expected:
        format_ = re.search(rb"^impactbrief:[ \t]*([0-9]{1,9})", data, re.MULTILINE)
        if format_ and int(format_[1]) > FORMAT:
            raise _newer(int(format_[1]), FORMAT, Place(str(path)))
        return
    what = (
        _("A file with this name already exists.")
        if expected is None
        else _("This file was changed by somebody else since it was read.")
    )
    raise OutputError(
        Problem(what=what, hint=_("Save under another name."), place=Place(str(path)))
    )


def _written(folder: Path, data: bytes) -> Path:
    """A new file in `folder` that holds `data`, flushed to disk and read back."""
    handle, name = tempfile.mkstemp(prefix=".impactbrief-", suffix=".tmp", dir=folder)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if temporary.read_bytes() != data:
            raise OSError(None, _("what was written could not be read back"))
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _keep(source: Path, copy: Path) -> None:
    """A whole copy of `source`, with its permissions; an older copy stays."""
    if os.path.lexists(copy):
        return
    temporary = _written(source.parent, source.read_bytes())
    try:
        temporary.chmod(stat.S_IMODE(source.stat().st_mode))
        temporary.replace(copy)
    finally:
        temporary.unlink(missing_ok=True)


def _flush_folder(folder: Path) -> None:
    """Makes a rename last through a power cut, where the system lets a folder be flushed."""
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):  # the file is in its place by now, whatever comes of this
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
