"""Loads a question bank by its id or from a folder, in a language.

A bank is a folder with `bank.yaml` and `words/<language>.yaml`. Whatever is wrong with it is
reported at once, each problem with its file and line. Words that are missing in a language fall
back to the bank's first language; the caller sees that in `Toolkit.language`.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from impactbrief.bounded import read_bytes
from impactbrief.errors import InputError, Place, Problem, ToolkitError
from impactbrief.i18n import _
from impactbrief.shape import LONGEST_TAG, Entry, shown, suggestion, validate
from impactbrief.toolkit.checks import gaps, loose_ids, placeholders, strangers
from impactbrief.toolkit.files import BANK_FORMAT, BankFile, WordsFile, by_id
from impactbrief.toolkit.model import (
    Angle,
    Attribute,
    Credit,
    Element,
    Example,
    GovernanceQuestion,
    Group,
    Lens,
    PlanningQuestion,
    Rating,
    ScreeningQuestion,
    Side,
    Source,
    Term,
    Toolkit,
    Words,
)
from impactbrief.yamltext import LIMITS, Spelled, YamlText, dump, read

SHIPPED = Path(__file__).parent
"""The folder of the banks that ship with the program."""

DEFAULT = "iiat"


def shipped() -> list[str]:
    """The ids of the banks that ship with the program."""
    return sorted(path.parent.name for path in SHIPPED.glob("*/bank.yaml"))


def load(bank: str = DEFAULT, language: str = "en", *, base: Path | None = None) -> Toolkit:
    """The toolkit `bank` (an id, or a path to a folder) in `language`.

    A path counts from `base`, the answer file's folder, or without one from the working directory,
    and must lie inside one of the two. Raises ToolkitError where there is no such bank or it is
    broken.
    """
    folder = _folder(bank, base)
    files = sorted([folder / "bank.yaml", *folder.glob("words/*.yaml")])
    stamp = tuple((path.name, path.stat().st_mtime_ns) for path in files if path.is_file())
    return _load(folder, language, stamp)


def files_of(bank: str, language: str = "en", *, base: Path | None = None) -> dict[str, str]:
    """The files of a bank of one's own that `load` reads, by their names in its folder.

    None of them for a bank that ships. Their comments and `x-` keys are left out, which are their
    authors' alone. Raises ToolkitError.
    """
    folder = _folder(bank, base)
    if folder.parent == SHIPPED:
        return {}
    load(bank, language, base=base)  # says what is wrong with it
    shape: Any = _read(folder / "bank.yaml", folder).value
    words = _words_path(folder, shape["languages"], language)
    return {
        "bank.yaml": dump(_without_own_keys(shape)),
        f"words/{words.name}": dump(_without_own_keys(_read(words, folder).value)),
    }


def _without_own_keys(value: Any) -> Any:
    if isinstance(value, Mapping):
        kept = {key: item for key, item in value.items() if not key.startswith("x-")}
        return {key: _without_own_keys(item) for key, item in kept.items()}
    return [_without_own_keys(item) for item in value] if isinstance(value, list) else value


def _folder(bank: str, base: Path | None) -> Path:
    if not any(mark in bank for mark in "/\\."):
        if bank in shipped():
            return SHIPPED / bank
        hint = _("For a bank of your own, write its folder, as in ./my-bank.")
        raise ToolkitError(
            Problem(
                what=_("There is no question bank “{bank}”.").format(bank=shown(bank)),
                hint=f"{suggestion(bank, shipped())} {hint}".strip(),
                where="toolkit",
            )
        )
    try:
        roots = [root.resolve() for root in (base, Path.cwd()) if root is not None]
        folder = (roots[0] / bank).resolve()
        there = (folder / "bank.yaml").is_file()
    except (OSError, RuntimeError, ValueError):  # a NUL, too long a name, a loop of links
        there, roots, folder = False, [], Path()
    if roots and not any(folder.is_relative_to(root) for root in roots):
        raise ToolkitError(
            Problem(
                what=_("The question bank “{bank}” lies outside the answer file's folder.").format(
                    bank=shown(bank)
                ),
                hint=_("Copy the bank's folder beside the answer file."),
                where="toolkit",
            )
        )
    if not there:
        raise ToolkitError(
            Problem(
                what=_("There is no question bank in “{bank}”.").format(bank=shown(bank)),
                hint=_("A bank is a folder with bank.yaml and words/en.yaml in it."),
                where="toolkit",
            )
        )
    return folder


@lru_cache(maxsize=8)
def _load(folder: Path, language: str, stamp: object) -> Toolkit:  # noqa: ARG001
    # `stamp` makes the cache notice that a file of the bank has changed
    bank_yaml = _read(folder / "bank.yaml", folder)
    _check_format(bank_yaml)
    bank, problems = validate(BankFile, bank_yaml)
    if bank is None or problems:
        raise ToolkitError(problems)
    words_path = _words_path(folder, bank.languages, language)
    words_yaml = _read(words_path, folder)
    words, problems = validate(WordsFile, words_yaml)
    if words is None or problems:
        raise ToolkitError(problems)
    found = [*loose_ids(bank, bank_yaml), *gaps(bank, words, words_yaml)]
    if folder != SHIPPED / DEFAULT:
        shipped_bank = load(DEFAULT, words.language)
        found += strangers(bank, bank_yaml, shipped_bank)
        found += placeholders(_plain_words(words), words_yaml, shipped_bank.words)
    if found:
        raise ToolkitError(sorted(found, key=lambda problem: problem.place))
    return _joined(bank, words, language, _document_words(folder, words))


def _check_format(yaml: YamlText) -> None:
    """Says of a newer bank that it is newer, before its new keys are taken for mistakes."""
    format_ = yaml.value.get("bank") if isinstance(yaml.value, dict) else None
    if isinstance(format_, Spelled) and type(format_.value) is int and format_.value > BANK_FORMAT:
        raise ToolkitError(
            Problem(
                what=_("This question bank needs a newer impactbrief."),
                hint=_("Upgrade impactbrief, or use an older copy of the bank."),
                place=yaml.place(("bank",)),
            )
        )


def _read(path: Path, folder: Path) -> YamlText:
    """A file of the bank in `folder`: a regular file of bounded size that lies inside it."""
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            raise OSError
        text = read_bytes(path, LIMITS.bytes).decode("utf-8")
    except (OSError, RuntimeError, UnicodeDecodeError) as error:
        raise ToolkitError(
            Problem(
                what=_("This file of the question bank can't be read."),
                hint=_("It should be a text file in UTF-8, in the bank's own folder."),
                place=Place(str(path)),
            )
        ) from error
    try:
        return read(text, file=str(path))
    except InputError as error:
        raise ToolkitError(error.problems) from error


def _words_path(folder: Path, languages: list[str], wanted: str) -> Path:
    """The words in the language that was asked for or the nearest one, else in the bank's first."""
    there = {path.stem.lower(): path for path in sorted(folder.glob("words/*.yaml"))}
    tags = wanted[:LONGEST_TAG].lower().split("-")
    nearest = ("-".join(tags[:length]) for length in range(len(tags), 0, -1))
    for language in (*nearest, *(name.lower() for name in languages), "en"):
        if language in there:
            return there[language]
    raise ToolkitError(
        Problem(
            what=_("This question bank has no words."),
            hint=_("Add a file such as words/en.yaml."),
            place=Place(str(folder / "bank.yaml")),
        )
    )


def _document_words(folder: Path, words: WordsFile) -> Words:
    """The documents' own words; those a bank leaves out come from the bank that ships."""
    own = _plain_words(words)
    if folder == SHIPPED / DEFAULT:
        return own
    shipped_words = load(DEFAULT, words.language).words
    return Words(
        language=words.language,
        labels={**shipped_words.labels, **own.labels},
        sentences={**shipped_words.sentences, **own.sentences},
        sections={**shipped_words.sections, **own.sections},
        choices={
            kind: {**names, **own.choices.get(kind, {})}
            for kind, names in shipped_words.choices.items()
        },
        guidance={**shipped_words.guidance, **own.guidance},
        documents={**shipped_words.documents, **own.documents},
    )


def _plain_words(words: WordsFile) -> Words:
    return Words(
        language=words.language,
        labels=by_id(words.labels),
        sentences=by_id(words.sentences),
        sections=by_id(words.sections),
        choices={kind: by_id(names) for kind, names in by_id(words.choices).items()},
        guidance=by_id(words.guidance),
        documents={id_: by_id(names) for id_, names in by_id(words.documents).items()},
    )


def _joined(bank: BankFile, words: WordsFile, wanted: str, document_words: Words) -> Toolkit:
    element_words = by_id(words.elements)
    group_of = {id_: group.id for group in bank.groups for id_ in group.elements}
    elements = {}
    for id_, shape in by_id(bank.elements).items():
        said = element_words[id_]
        elements[id_] = Element(
            id=id_,
            group=group_of[id_],
            lenses=tuple(shape.lenses),
            name=said.name,
            short=said.short,
            summary=said.summary,
            meaning=said.meaning,
            benefit=said.benefit,
            questions=tuple(said.questions),
            example=Example(**said.example.model_dump()),
            strongly_negative=said.strongly_negative,
            strongly_positive=said.strongly_positive,
        )
    ordered = [id_ for group in bank.groups for id_ in group.elements]
    governance = words.governance
    return Toolkit(
        id=bank.id,
        language=words.language,
        wanted_language=wanted,
        groups=tuple(
            Group(
                id=group.id,
                kind=group.kind,
                elements=tuple(group.elements),
                **_named(words.groups, group.id, "name", "short", "meaning", "question"),
            )
            for group in bank.groups
        ),
        elements={id_: elements[id_] for id_ in ordered},
        lenses=tuple(
            Lens(
                id=id_,
                elements=tuple(e for e in ordered if id_ in elements[e].lenses),
                **_named(words.lenses, id_, "name", "question", "meaning"),
            )
            for id_ in bank.lenses
        ),
        angles=tuple(
            Angle(id=id_, **_named(words.angles, id_, "name", "question")) for id_ in bank.angles
        ),
        ratings={
            rating.id: Rating(
                **rating.model_dump(), **_named(words.ratings, rating.id, "name", "meaning", "help")
            )
            for rating in bank.ratings
        },
        confidence={id_: by_id(words.confidence)[id_].name for id_ in bank.confidence},
        planning=tuple(
            PlanningQuestion(
                id=id_, **_named(words.planning, id_, "label", "question", "hint", "example")
            )
            for id_ in bank.planning
        ),
        screening=tuple(
            ScreeningQuestion(
                id=asked.id,
                answers=tuple(asked.answers),
                several=asked.several,
                points_to=tuple(asked.points_to),
                **_named(words.screening, asked.id, "question", "example"),
            )
            for asked in bank.screening
        ),
        sides=tuple(
            Side(id=id_, **_named(governance.sides, id_, "name", "short", "question"))
            for id_ in ("made", "governs")
        ),
        attributes=tuple(
            Attribute(id=id_, **_named(governance.attributes, id_, "name", "meaning"))
            for id_ in bank.governance.attributes
        ),
        sources={
            id_: Source(id=id_, **_named(governance.sources, id_, "name", "short", "url"))
            for id_ in bank.governance.sources
        },
        governance=tuple(
            GovernanceQuestion(
                side=side,
                **{**asked.model_dump(), "sources": tuple(asked.sources)},
                **_named(
                    getattr(governance.questions, side), asked.id, "question", "short", "hint"
                ),
            )
            for side in ("made", "governs")
            for asked in getattr(bank.governance, side)
        ),
        governance_answers={id_: said.name for id_, said in by_id(governance.answers).items()},
        screening_answers=by_id(words.screening_answers),
        sections=tuple(bank.sections),
        methodology=words.methodology,
        glossary=tuple(
            Term(entry.term, entry.definition, tuple(entry.match)) for entry in words.glossary
        ),
        credit=Credit(
            words.toolkit.name,
            words.toolkit.credit,
            words.toolkit.url,
            words.toolkit.disclaimer,
        ),
        words=document_words,
    )


def _named(entries: Entry, id_: str, *fields: str) -> Mapping[str, Any]:
    said = by_id(entries)[id_]
    return {name: getattr(said, name) for name in fields}
