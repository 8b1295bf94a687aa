"""The rules that find problems: ids that name nothing or two things, answers out of place."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from impactbrief.answers.model import Finding as FindingAnswer
from impactbrief.answers.styles import DEFAULT_STYLE, choose_style
from impactbrief.assessment.rules import Book, Case, Weight
from impactbrief.errors import Problem
from impactbrief.i18n import _
from impactbrief.shape import Unfit, shown
from impactbrief.yamltext import Path

BOOK = Book(Weight.PROBLEM)

OVERALL = "overall"
"""What a recommendation names to rest on the overall finding."""


@BOOK.rule(
    "IB102",
    "An id names nothing",
    "A misspelt id loses the connection between a finding and what it is about.",
)
def unknown_ids(case: Case) -> Iterator[Problem]:
    toolkit = case.toolkit
    elements = list(toolkit.elements)
    groups = [group.id for group in toolkit.groups]
    holders: list[tuple[Path, Collection[str], str]] = [
        (("document", "headings"), toolkit.sections, _("“{id}” is not a section of the document.")),
        (
            ("screening",),
            [question.id for question in toolkit.screening],
            _("“{id}” is not a screening question."),
        ),
        (("assessment",), elements, _("“{id}” is not a critical property or an enabler.")),
        (("goals",), groups, _("“{id}” is neither a goal nor another group of elements.")),
    ]
    for side in toolkit.sides:
        questions = [question.id for question in toolkit.side(side.id)]
        what = _("“{id}” is not a question of this side.")
        holders.append((("governance", side.id), questions, what))
    for path, known, what in holders:
        for id_ in case.keys(*map(str, path)):
            if id_ not in known:
                place = case.file.yaml.key_place((*path, id_))
                found = case.found(
                    (*path, id_), what.format(id=shown(id_)), case.suggest(id_, known)
                )
                yield replace(found, place=place)


@BOOK.rule(
    "IB104",
    "A mention of something that is not there",
    "The part or finding that is meant does not reach the reader.",
)
def unknown_mentions(case: Case) -> Iterator[Problem]:
    answers, toolkit = case.answers, case.toolkit
    parts = dict.fromkeys(part.id for part in answers.proposal.parts)

    def part(path: Path, id_: str) -> Iterator[Problem]:
        if id_ not in parts and not isinstance(id_, Unfit):
            what = _("“{id}” is not one of the proposal's parts.").format(id=shown(id_))
            hint = _("List it in `proposal.parts`, or remove it.")
            yield case.found(path, what, case.suggest(id_, parts, hint))

    for here, finding in _findings(case):
        for index, id_ in enumerate(finding.parts):
            yield from part((*here, "parts", index), id_)
    for id_, element in answers.assessment.items():
        for index, item in enumerate(element.cases):
            yield from part(("assessment", id_, "cases", index, "part"), item.part)
    reasons = dict.fromkeys([*toolkit.elements, *(group.id for group in toolkit.groups), OVERALL])
    reasons.update(
        dict.fromkeys(f"{question.side}.{question.id}" for question in toolkit.governance)
    )
    for index, recommendation in enumerate(answers.recommendations):
        here = ("recommendations", index)
        for at, id_ in enumerate(recommendation.parts):
            yield from part((*here, "parts", at), id_)
        for at, reason in enumerate(recommendation.because):
            if reason not in reasons and not isinstance(reason, Unfit):
                what = _("“{id}” is not an element, a goal, “overall” or a governance question.")
                yield case.found(
                    (*here, "because", at),
                    what.format(id=shown(reason)),
                    case.suggest(reason, reasons),
                )


def _findings(case: Case) -> Iterator[tuple[Path, FindingAnswer]]:
    for id_, element in case.answers.assessment.items():
        yield ("assessment", id_), element
    for id_, goal in case.answers.goals.items():
        yield ("goals", id_), goal
    if case.answers.overall:
        yield ("overall",), case.answers.overall


@BOOK.rule(
    "IB103",
    "An id is used twice",
    "Nobody could tell which of the two is meant.",
)
def ids_used_twice(case: Case) -> Iterator[Problem]:
    answers = case.answers
    for path, ids in (
        (("proposal", "parts"), [part.id for part in answers.proposal.parts]),
        (("references",), [reference.id for reference in answers.references]),
    ):
        seen: set[str] = set()
        for index, id_ in enumerate(ids):
            if id_ and id_ in seen:
                yield case.found(
                    (*path, index, "id"),
                    _("An earlier entry already has the id “{id}”.").format(id=shown(id_)),
                    _("Give one of them another id."),
                )
            seen.add(id_)


@BOOK.rule(
    "IB105",
    "An answer that its question does not take",
    "A question that offers no such answer can't be counted with it.",
)
def answers_not_taken(case: Case) -> Iterator[Problem]:
    for question in case.toolkit.screening:
        given = case.answers.screening.get(question.id)
        if given is None:
            continue
        path: Path = ("screening", question.id, "answer")
        for answer in given.answer:
            if answer not in question.answers and not isinstance(answer, Unfit):
                yield case.found(
                    path,
                    _("This question does not take the answer “{answer}”.").format(answer=answer),
                    _("Use one of: {words}.").format(
                        words=", ".join(f"`{answer}`" for answer in question.answers)
                    ),
                )
        if len(given.answer) > 1 and not question.several:
            yield case.found(
                path,
                _("This question takes one answer, but {count} are given.").format(
                    count=len(given.answer)
                ),
                _("Keep the one that fits best, and say the rest in `note`."),
            )


@BOOK.rule(
    "IB106",
    "A citation style that can't be used",
    "References are printed in another style than the one that was asked for.",
)
def unusable_style(case: Case) -> Iterator[Problem]:
    typed = case.answers.document.citation_style
    if isinstance(typed, Unfit) or typed == DEFAULT_STYLE:
        return
    choice = choose_style(typed)
    if not choice.why_not:
        return
    what = (
        _("There is no citation style “{style}”; references are printed as the IEEE does.")
        if choice.why_not == "unknown"
        else _("A brief can't cite as “{style}” does; references are printed as the IEEE does.")
    )
    yield case.found(
        ("document", "citation_style"),
        what.format(style=shown(typed)),
        _("Did you mean `{word}`?").format(word=choice.similar[0])
        if choice.similar
        else _("Name a style of CSL's, such as `apa`, `chicago` or `ieee`."),
    )
