"""What has to hold between the files of a question bank, and between a bank and the answer file.

Each check yields problems with the line they stand on; `impactbrief.toolkit.load` runs them.
"""

from collections.abc import Iterator, Mapping
from string import Formatter

from impactbrief.errors import Problem
from impactbrief.i18n import _
from impactbrief.shape import Entry, suggestion
from impactbrief.toolkit.files import BankFile, WordsFile, by_id
from impactbrief.toolkit.model import Toolkit, Words
from impactbrief.yamltext import Path, YamlText, dotted


def loose_ids(bank: BankFile, yaml: YamlText) -> Iterator[Problem]:
    """Ids in the structure that name nothing."""

    def check(ids: list[str], known: list[str], *path: str | int) -> Iterator[Problem]:
        for index, id_ in enumerate(ids):
            if id_ not in known:
                yield Problem(
                    what=_("“{id}” names nothing in this bank.").format(id=id_),
                    hint=suggestion(id_, known),
                    place=yaml.place((*path, index)),
                )

    elements = list(by_id(bank.elements))
    for index, group in enumerate(bank.groups):
        yield from check(group.elements, elements, "groups", index, "elements")
    for id_, element in by_id(bank.elements).items():
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


def strangers(bank: BankFile, yaml: YamlText, known: Toolkit) -> Iterator[Problem]:
    """Words of the answer file's format that a bank can't add to: ratings, answers, questions."""
    lists: list[tuple[list[str], list[str], Path]] = [
        ([rating.id for rating in bank.ratings], list(known.ratings), ("ratings",)),
        (bank.confidence, list(known.confidence), ("confidence",)),
        (bank.planning, [question.id for question in known.planning], ("planning",)),
        (bank.angles, [angle.id for angle in known.angles], ("angles",)),
        (
            bank.sections,
            [*known.sections, *(group.id for group in bank.groups)],
            ("sections",),
        ),
    ]
    for index, question in enumerate(bank.screening):
        answers = list(known.screening_answers)
        lists.append((question.answers, answers, ("screening", index, "answers")))
    for needed in ("none", "not-assessed"):
        if needed not in [rating.id for rating in bank.ratings]:
            yield Problem(
                what=_("The rating “{id}” is missing.").format(id=needed),
                hint=_("Every document needs it for what was left out or found unharmed."),
                place=yaml.key_place(("ratings",)),
            )
    for ids, allowed, path in lists:
        for at, id_ in enumerate(ids):
            if id_ not in allowed:
                yield Problem(
                    what=_("“{id}” can't stand here: answer files have no such word.").format(
                        id=id_
                    ),
                    hint=suggestion(id_, allowed),
                    place=yaml.place((*path, at)),
                )


def placeholders(own: Words, yaml: YamlText, known: Words) -> Iterator[Problem]:
    """Phrases whose {placeholders} are not those that a document fills in."""
    books: list[tuple[Path, Mapping[str, str], Mapping[str, str]]] = [
        (("labels",), own.labels, known.labels),
        (("sentences",), own.sentences, known.sentences),
        *(
            (("documents", id_), phrases, known.documents.get(id_, {}))
            for id_, phrases in own.documents.items()
        ),
    ]
    for path, phrases, shipped_phrases in books:
        for id_, phrase in phrases.items():
            allowed = _fields(shipped_phrases.get(id_, "")) or set()
            fields = _fields(phrase)
            if fields is not None and fields <= allowed:
                continue
            what = _("The braces in “{id}” name something that is not known here.")
            names = ", ".join(f"{{{name}}}" for name in sorted(allowed))
            hint = _("Only these may stand here: {names}.").format(names=names)
            yield Problem(
                what=what.format(id=id_),
                hint=hint if names else _("Write it without braces."),
                place=yaml.place((*path, id_)),
            )


def _fields(phrase: str) -> set[str] | None:
    """The placeholders of a phrase; None where its braces can't be read."""
    try:
        parts = [(name, spec, kind) for _text, name, spec, kind in Formatter().parse(phrase)]
    except ValueError:
        return None
    if any(spec or kind for _name, spec, kind in parts):
        return None
    return {name for name, _spec, _kind in parts if name is not None}


def gaps(bank: BankFile, words: WordsFile, words_yaml: YamlText) -> Iterator[Problem]:
    """Ids without words, and words without an id."""
    governance = words.governance
    pairs: list[tuple[list[str], Entry, Path]] = [
        (list(bank.planning), words.planning, ("planning",)),
        ([question.id for question in bank.screening], words.screening, ("screening",)),
        ([group.id for group in bank.groups], words.groups, ("groups",)),
        (list(by_id(bank.elements)), words.elements, ("elements",)),
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
        present = by_id(entries)
        for id_ in ids:
            if id_ not in present:
                yield Problem(
                    what=_("“{id}” has no words.").format(id=dotted((*path, id_))),
                    hint=_("Add them under “{path}”.").format(path=dotted(path)),
                    place=words_yaml.place(path),
                )
        for id_ in present:
            if id_ not in ids:
                yield Problem(
                    what=_("“{id}” is not in the bank's structure.").format(id=id_),
                    hint=suggestion(id_, ids),
                    place=words_yaml.key_place((*path, id_)),
                )
