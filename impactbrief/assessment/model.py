"""Answers seen through the toolkit: every element with its rating and how far it is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from impactbrief.answers.file import AnswerFile
from impactbrief.answers.model import Answers, ElementAnswer, Finding, GovernanceAnswer
from impactbrief.shape import Unfit
from impactbrief.toolkit.model import Element, GovernanceQuestion, Group, Lens, Rating, Toolkit

OPEN, STARTED, DONE = "open", "started", "done"
UNRATED = frozenset({"none", "not-assessed"})
"""Ratings that stand alone: with one of them an element needs no effects to be done."""


@dataclass(frozen=True)
class Assessed:
    """One element with its answer."""

    element: Element
    answer: ElementAnswer
    rating: Rating | None
    """None while the element is open, and where what was typed is no rating."""
    typed: str
    """What was typed where a rating should be, when it is none; else empty."""
    state: str
    """`open`, `started` or `done`."""

    @property
    def affected(self) -> bool:
        """Whether the brief tells about this element in full."""
        if self.rating is None:
            return bool(self.typed) or any(effects(self.answer))
        return self.rating.id not in UNRATED

    @property
    def assessed(self) -> bool:
        return self.affected or (self.rating is not None and self.rating.id != "not-assessed")


@dataclass(frozen=True)
class GovernanceItem:
    """One governance question with its answer."""

    question: GovernanceQuestion
    answer: GovernanceAnswer

    @property
    def answered(self) -> bool:
        return self.answer.answer is not None


@dataclass(frozen=True, slots=True)
class Count:
    """So many done of so many."""

    done: int
    total: int


@dataclass(frozen=True)
class LensView:
    """A lens: its elements side by side, none averaged away."""

    lens: Lens
    items: tuple[Assessed, ...]


@dataclass(frozen=True)
class Assessment:
    """Toolkit + answers."""

    toolkit: Toolkit
    file: AnswerFile
    elements: tuple[Assessed, ...]
    governance: tuple[GovernanceItem, ...]

    @property
    def answers(self) -> Answers:
        return self.file.answers

    @cached_property
    def by_id(self) -> Mapping[str, Assessed]:
        return {item.element.id: item for item in self.elements}

    @cached_property
    def lenses(self) -> tuple[LensView, ...]:
        return tuple(
            LensView(lens, tuple(self.by_id[id_] for id_ in lens.elements))
            for lens in self.toolkit.lenses
        )

    def of_group(self, group: Group) -> tuple[Assessed, ...]:
        return tuple(self.by_id[id_] for id_ in group.elements)

    def side(self, side: str) -> tuple[GovernanceItem, ...]:
        return tuple(item for item in self.governance if item.question.side == side)

    def rating_of(self, finding: Finding | None) -> Rating | None:
        """The rating of a goal, of the whole or of a case; None where there is none."""
        return self.toolkit.ratings.get(finding.impact or "") if finding else None

    @cached_property
    def parts(self) -> Mapping[str, str]:
        """The names by which parts are printed, by id."""
        return {
            part.id: part.label or part.title or part.id for part in self.answers.proposal.parts
        }


def effects(answer: ElementAnswer) -> Iterator[str]:
    """What was written on the effects of an element, without the empty ones."""
    for text in (answer.effect_on_internet, answer.effect_on_people):
        if text and text.strip():
            yield text


def state_of(answer: ElementAnswer) -> str:
    """How far an element is. An explicit status wins; else what is filled in decides."""
    if answer.status and not isinstance(answer.status, Unfit):
        return {"todo": OPEN, "done": DONE}.get(answer.status, STARTED)
    written = len(list(effects(answer)))
    rated = answer.impact and not isinstance(answer.impact, Unfit)
    if answer.impact in UNRATED or (rated and written == 2):
        return DONE
    return STARTED if answer.impact or written or answer.evidence else OPEN


def assess(toolkit: Toolkit, file: AnswerFile) -> Assessment:
    """The answers of `file` seen through `toolkit`."""
    elements = []
    for element in toolkit.elements.values():
        given = file.answers.assessment.get(element.id)
        answer = given or ElementAnswer()
        rating = toolkit.ratings.get(answer.impact or "")
        elements.append(
            Assessed(
                element=element,
                answer=answer,
                rating=rating,
                typed="" if rating else (answer.impact or ""),
                state=state_of(answer),
            )
        )
    governance = []
    for question in toolkit.governance:
        said = file.answers.governance.side(question.side).get(question.id)
        governance.append(GovernanceItem(question, said or GovernanceAnswer()))
    return Assessment(toolkit, file, tuple(elements), tuple(governance))


def progress(assessment: Assessment) -> dict[str, Count]:
    """How far each section of the work is, in the order of the work."""
    answers = assessment.answers
    document, proposal, sections = answers.document, answers.proposal, answers.sections
    counts = {
        "document": _filled(document.title, document.date, document.authors, document.licence),
        "plan": _filled(
            *(getattr(answers.plan, question.id, None) for question in assessment.toolkit.planning)
        ),
        "proposal": _filled(
            proposal.name,
            proposal.kind,
            proposal.status,
            proposal.jurisdictions,
            proposal.aims,
            proposal.mechanism,
        ),
        "screening": Count(
            sum(1 for asked in assessment.toolkit.screening if _screened(answers, asked.id)),
            len(assessment.toolkit.screening),
        ),
        "sections": _filled(sections.abstract, sections.context, sections.conclusion),
        "stakeholders": _filled(answers.stakeholders),
    }
    for group in assessment.toolkit.groups:
        items = assessment.of_group(group)
        counts[group.id] = Count(sum(item.state == DONE for item in items), len(items))
    for side in assessment.toolkit.sides:
        asked = assessment.side(side.id)
        counts[f"governance-{side.id}"] = Count(sum(item.answered for item in asked), len(asked))
    counts["recommendations"] = _filled(answers.recommendations)
    counts["references"] = _filled(assessment.file.references)
    return counts


def _screened(answers: Answers, question: str) -> bool:
    given = answers.screening.get(question)
    return given is not None and bool(given.answer)


def _filled(*values: object) -> Count:
    return Count(sum(bool(value) for value in values), len(values))
