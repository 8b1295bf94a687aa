"""Loads a question bank by its id or from a folder, in a language.

A bank is a folder with `bank.yaml` and `words/<language>.yaml`. Whatever is wrong with it is
reported at once, each problem with its file and line. Words that are missing in a language fall
back to the bank's first language; the caller sees that in `Toolkit.language`.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from impactbrief.errors import Place, Problem, ToolkitError
from impactbrief.i18n import _
from impactbrief.shape import Entry, Keyed, suggestion, validate
from impactbrief.toolkit.files import BANK_FORMAT, BankFile, WordsFile
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
from impactbrief.yamltext import YamlText, read

SHIPPED = Path(__file__).parent
"""The folder of the banks that ship with the program."""

DEFAULT = "iiat"


def shipped() -> list[str]:
    """The ids of the banks that ship with the program."""
    return sorted(path.parent.name for path in SHIPPED.glob("*/bank.yaml"))


def load(bank: str = DEFAULT, language: str = "en", *, base: Path | None = None) -> Toolkit:
    """The toolkit `bank` (an id, or a path to a folder) in `language`.

    A path counts from `base`, the answer file's folder, and must lie inside it or inside the
    working directory. Raises ToolkitError where there is no such bank or it is broken.
    """
    folder = _folder(bank, base)
    stamp = tuple(
        (path.name, path.stat().st_mtime_ns)
        for path in sorted([folder / "bank.yaml", *folder.glob("words/*.yaml")])
        if path.is_file()
    )
    return _load(folder, language, stamp)


def _folder(bank: str, base: Path | None) -> Path:
    if not any(mark in bank for mark in "/\\."):
        if (SHIPPED / bank / "bank.yaml").is_file():
            return SHIPPED / bank
        raise ToolkitError(
            Problem(
                what=_("There is no question bank “{bank}”.").format(bank=bank),
                hint=suggestion(bank, shipped())
                + " "
                + _("For a bank of your own, write its folder, as in ./my-bank."),
                where="toolkit",
            )
        )
    folder = ((base or Path.cwd()) / bank).resolve()
    roots = [root.resolve() for root in (base, Path.cwd()) if root is not None]
    if not any(folder.is_relative_to(root) for root in roots):
        raise ToolkitError(
            Problem(
                what=_("The question bank “{bank}” lies outside the answer file's folder.").format(
                    bank=bank
                ),
                hint=_("Copy the bank's folder beside the answer file."),
                where="toolkit",
            )
        )
    if not (folder / "bank.yaml").is_file():
        raise ToolkitError(
            Problem(
                what=_("There is no question bank in “{bank}”.").format(bank=bank),
                hint=_("A bank is a folder with bank.yaml and words/en.yaml in it."),
                where="toolkit",
            )
        )
    return folder


@lru_cache(maxsize=8)
def _load(folder: Path, language: str, stamp: object) -> Toolkit:  # noqa: ARG001
    # `stamp` makes the cache notice that a file of the bank has changed
    bank_yaml = _read(folder / "bank.yaml")
    bank, problems = validate(BankFile, bank_yaml)
    if bank is None or problems:
        raise ToolkitError(problems)
    if bank.bank > BANK_FORMAT:
        raise ToolkitError(
            Problem(
                what=_("This question bank needs a newer impactbrief."),
                hint=_("Upgrade impactbrief, or use an older copy of the bank."),
                place=bank_yaml.place(("bank",)),
            )
        )
    words_path = _words_path(folder, bank.languages, language)
    words_yaml = _read(words_path)
    words, problems = validate(WordsFile, words_yaml)
    if words is None or problems:
        raise ToolkitError(problems)
    found = [*_loose_ids(bank, bank_yaml), *_gaps(bank, words, words_yaml)]
    if found:
        raise ToolkitError(sorted(found, key=lambda problem: problem.place))
    return _joined(bank, words, language, _document_words(folder, words))


def _read(path: Path) -> YamlText:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ToolkitError(
            Problem(
                what=_("This file of the question bank can't be read."),
                hint=_("It should be a text file in UTF-8."),
                place=Place(str(path)),
            )
        ) from error
    return read(text, file=str(path))


def _words_path(folder: Path, languages: list[str], wanted: str) -> Path:
    for language in (wanted, wanted.partition("-")[0], *languages, "en"):
        path = folder / "words" / f"{language}.yaml"
        if path.is_file():
            return path
    raise ToolkitError(
        Problem(
            what=_("This question bank has no words."),
            hint=_("Add a file such as words/en.yaml."),
            place=Place(str(folder / "bank.yaml")),
        )
    )


def _loose_ids(bank: BankFile, yaml: YamlText) -> Iterator[Problem]:
    """Ids in the structure that name nothing."""

    def check(ids: list[str], known: list[str], *path: str | int) -> Iterator[Problem]:
        for index, id_ in enumerate(ids):
            if id_ not in known:
                yield Problem(
                    what=_("“{id}” names nothing in this bank.").format(id=id_),
                    hint=suggestion(id_, known),
                    place=yaml.place((*path, index)),
                )

    elements = list(_extra(bank.elements))
    for index, group in enumerate(bank.groups):
        yield from check(group.elements, elements, "groups", index, "elements")
    for id_, element in _extra(bank.elements).items():
        yield from check(element.lenses, bank.lenses, "elements", id_, "lenses")
    for index, question in enumerate(bank.screening):
        yield from check(question.points_to, elements, "screening", index, "points_to")
    for side in ("made", "governs"):
        for index, asked in enumerate(getattr(bank.governance, side)):
            path = ("governance", side, index)
            yield from check([asked.attribute], bank.governance.attributes, *path, "attribute")
            yield from check(asked.sources, bank.governance.sources, *path, "sources")
    grouped = [id_ for group in bank.groups for id_ in group.elements]
    for id_ in elements:
        if grouped.count(id_) != 1:
            yield Problem(
                what=_("“{id}” should stand in exactly one group.").format(id=id_),
                hint=_("Put it into the list of elements of one group."),
                place=yaml.key_place(("elements", id_)),
            )


def _gaps(bank: BankFile, words: WordsFile, words_yaml: YamlText) -> Iterator[Problem]:
    """Ids without words, and words without an id."""
    governance = words.governance
    pairs: list[tuple[list[str], Entry, tuple[str, ...]]] = [
        (list(bank.planning), words.planning, ("planning",)),
        ([question.id for question in bank.screening], words.screening, ("screening",)),
        ([group.id for group in bank.groups], words.groups, ("groups",)),
        (list(_extra(bank.elements)), words.elements, ("elements",)),
        (bank.angles, words.angles, ("angles",)),
        (bank.lenses, words.lenses, ("lenses",)),
        ([rating.id for rating in bank.ratings], words.ratings, ("ratings",)),
        (bank.confidence, words.confidence, ("confidence",)),
        (bank.governance.attributes, governance.attributes, ("governance", "attributes")),
        (bank.governance.sources, governance.sources, ("governance", "sources")),
        (["made", "governs"], governance.sides, ("governance", "sides")),
        (
            [question.id for question in bank.governance.made],
            governance.questions.made,
            ("governance", "questions", "made"),
        ),
        (
            [question.id for question in bank.governance.governs],
            governance.questions.governs,
            ("governance", "questions", "governs"),
        ),
    ]
    for ids, entries, path in pairs:
        present = _extra(entries)
        for id_ in ids:
            if id_ not in present:
                yield Problem(
                    what=_("“{id}” has no words.").format(id=".".join((*path, id_))),
                    hint=_("Add them under “{path}”.").format(path=".".join(path)),
                    place=words_yaml.place(path),
                )
        for id_ in present:
            if id_ not in ids:
                yield Problem(
                    what=_("“{id}” is not in the bank's structure.").format(id=id_),
                    hint=suggestion(id_, ids),
                    place=words_yaml.key_place((*path, id_)),
                )


def _extra(entry: Entry) -> dict[str, Any]:
    return dict(entry.__pydantic_extra__ or {}) if isinstance(entry, Keyed) else {}


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
        labels=_extra(words.labels),
        sentences=_extra(words.sentences),
        sections=_extra(words.sections),
        choices={kind: _extra(names) for kind, names in _extra(words.choices).items()},
        guidance=_extra(words.guidance),
        documents={id_: _extra(names) for id_, names in _extra(words.documents).items()},
    )


def _joined(bank: BankFile, words: WordsFile, wanted: str, document_words: Words) -> Toolkit:
    element_words = _extra(words.elements)
    group_of = {id_: group.id for group in bank.groups for id_ in group.elements}
    elements = {}
    for id_, shape in _extra(bank.elements).items():
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
        confidence={id_: _extra(words.confidence)[id_].name for id_ in bank.confidence},
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
        governance_answers={id_: said.name for id_, said in _extra(governance.answers).items()},
        screening_answers=_extra(words.screening_answers),
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
    said = _extra(entries)[id_]
    return {name: getattr(said, name) for name in fields}
