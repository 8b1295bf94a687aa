"""The rules that find problems: ids that name nothing, or name two things."""

from collections.abc import Collection, Iterator

from impactbrief.answers.model import Finding as FindingAnswer
from impactbrief.assessment.rules import Book, Case, Weight
from impactbrief.errors import Problem
from impactbrief.i18n import _
from impactbrief.shape import Unfit, suggestion
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
    answers, toolkit = case.answers, case.toolkit
    elements = list(toolkit.elements)
    groups = [group.id for group in toolkit.groups]
    parts = [part.id for part in answers.proposal.parts]

    def unknown(path: Path, id_: str, known: Collection[str], what: str) -> Iterator[Problem]:
        if id_ not in known and not isinstance(id_, Unfit):
            yield case.found(path, what.format(id=id_), suggestion(id_, known))

    for id_, _answer in answers.assessment.items():
        yield from _key(
            case, ("assessment", id_), elements, _("“{id}” is not a property or enabler.")
        )
    for id_, _goal in answers.goals.items():
        yield from _key(case, ("goals", id_), groups, _("“{id}” is not a goal."))
    screening = [question.id for question in toolkit.screening]
    for id_, _screened in answers.screening.items():
        yield from _key(
            case, ("screening", id_), screening, _("“{id}” is not a screening question.")
        )
    for side in toolkit.sides:
        questions = [question.id for question in toolkit.side(side.id)]
        for id_, _said in answers.governance.side(side.id).items():
            yield from _key(
                case,
                ("governance", side.id, id_),
                questions,
                _("“{id}” is not a question of this side."),
            )
    for section, _heading in answers.document.headings.items():
        yield from _key(
            case,
            ("document", "headings", section),
            toolkit.sections,
            _("“{id}” is not a section of the document."),
        )
    no_part = _("“{id}” is not one of the proposal's parts.")
    for here, finding in _findings(case):
        for index, part in enumerate(finding.parts):
            yield from unknown((*here, "parts", index), part, parts, no_part)
    for id_, element in answers.assessment.items():
        for index, item in enumerate(element.cases):
            path = ("assessment", id_, "cases", index, "part")
            yield from unknown(path, item.part, parts, no_part)
    reasons = {*elements, *groups, OVERALL}
    reasons.update(f"{question.side}.{question.id}" for question in toolkit.governance)
    for index, recommendation in enumerate(answers.recommendations):
        here = ("recommendations", index)
        for at, part in enumerate(recommendation.parts):
            yield from unknown((*here, "parts", at), part, parts, no_part)
        for at, reason in enumerate(recommendation.because):
            yield from unknown(
                (*here, "because", at),
                reason,
                reasons,
                _("“{id}” is not an element, a goal, “overall” or a governance question."),
            )


def _key(case: Case, path: Path, known: Collection[str], what: str) -> Iterator[Problem]:
    id_ = str(path[-1])
    if id_ not in known:
        found = case.found(path, what.format(id=id_), suggestion(id_, known))
        yield Problem(found.what, found.hint, case.file.yaml.key_place(path), found.where)


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
        for index, id_ in enumerate(ids):
            if id_ and id_ in ids[:index]:
                yield case.found(
                    (*path, index, "id"),
                    _("“{id}” is the id of an earlier entry too.").format(id=id_),
                    _("Give one of them another id."),
                )
