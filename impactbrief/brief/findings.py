"""The findings of a full brief: the matrix, and every element by property and goal."""

from collections.abc import Iterator

from impactbrief.answers.model import ElementAnswer, GoalAnswer
from impactbrief.assessment import Assessed
from impactbrief.brief.builder import Builder
from impactbrief.brief.model import (
    Angle,
    Block,
    CaseRow,
    FindingBlock,
    Matrix,
    MatrixFigure,
    MatrixGroup,
    MatrixRow,
    RatedName,
    Reason,
    Reasons,
    Section,
    Sentence,
    Text,
)
from impactbrief.toolkit.model import Group


def matrix(b: Builder) -> Section | None:
    if not any(item.assessed for item in b.assessment.elements):
        return None
    return b.section("matrix", Matrix(b.words.sentence("matrix_caption"), _groups(b)))


def matrix_figure(b: Builder) -> MatrixFigure:
    return MatrixFigure(b.words.sentence("matrix_figure_caption"), _groups(b))


def _groups(b: Builder) -> tuple[MatrixGroup, ...]:
    return tuple(
        MatrixGroup(
            group.name,
            tuple(_matrix_row(b, item) for item in b.assessment.of_group(group)),
            b.mark_of(goal.impact) if (goal := b.answers.goals.get(group.id)) else None,
        )
        for group in b.toolkit.groups
    )


def _matrix_row(b: Builder, item: Assessed) -> MatrixRow:
    return MatrixRow(
        link=b.link(item, printed=True),
        mark=b.mark(item.rating, item.typed),
        confidence=b.confidence(item.answer) if item.affected else None,
        cases=tuple(
            RatedName(b.part_link(case.part), mark)
            for case in item.answer.cases
            if (mark := b.mark_of(case.impact)) and item.affected
        ),
    )


def properties(b: Builder) -> Section | None:
    blocks, below = [], []
    for group in b.toolkit.groups:
        if group.kind == "critical-property":
            found, sections = _group(b, group, 3)
            blocks.extend(found)
            below.extend(sections)
    return b.section("critical-properties", *blocks, sections=tuple(below))


def enablers(b: Builder) -> Section | None:
    below = []
    for goal in b.toolkit.goals:
        blocks, sections = _group(b, goal, 4)
        if section := b.section(goal.id, *blocks, level=3, sections=tuple(sections)):
            below.append(section)
    return b.section("enablers", sections=tuple(below))


def _group(b: Builder, group: Group, level: int) -> tuple[list[Block], list[Section]]:
    """A group: the finding on it as a whole, the elements with an effect, then the others."""
    blocks: list[Block] = [*goal_finding(b, b.answers.goals.get(group.id), level)]
    items = b.assessment.of_group(group)
    sections = [
        Section(
            item.element.id,
            item.element.name,
            level,
            _described(b, item, level + 1),
            language=b.toolkit_language,
        )
        for item in items
        if item.affected
    ]
    unaffected = [item for item in items if item.rating and item.rating.id == "none"]
    missing = [item for item in items if not item.assessed]
    if unaffected:
        blocks.append(_names(b, "no_impact", unaffected))
        reasons = tuple(
            Reason(item.element.name, reason)
            for item in unaffected
            if (reason := _reason(b, item, level))
        )
        if reasons:
            blocks.append(Reasons(reasons))
    if missing:
        blocks.append(_names(b, "not_assessed", missing))
    return blocks, sections


def _reason(b: Builder, item: Assessed, level: int) -> Text | None:
    """Why an element is not affected, where its author said so."""
    return b.register.text(item.answer.effect_on_internet, level)


def _names(b: Builder, sentence: str, items: list[Assessed]) -> Sentence:
    names = [item.element.name for item in items]
    separator, last = (
        b.words.sentences["names_separator"],
        b.words.sentences["names_last"],
    )
    listed = (separator.join(names[:-1]) + last + names[-1]) if len(names) > 1 else names[0]
    return Sentence(b.words.sentence(sentence, elements=listed))


def _described(b: Builder, item: Assessed, level: int) -> tuple[Block, ...]:
    """The finding on an element; one that is rated and no more says so."""
    finding = _finding(b, item, level)
    if any((finding.effect_on_internet, finding.effect_on_people, finding.depends_on,
            finding.angles, finding.cases)):  # fmt: skip
        return (finding,)
    return (finding, Sentence(b.words.sentence("effect_not_described")))


def _finding(b: Builder, item: Assessed, level: int) -> FindingBlock:
    answer = item.answer
    return FindingBlock(
        mark=b.mark(item.rating, item.typed),
        confidence=b.confidence(answer),
        effect_on_internet=b.register.text(answer.effect_on_internet, level),
        effect_on_people=b.register.text(answer.effect_on_people, level),
        depends_on=b.register.text(answer.depends_on, level),
        parts=tuple(b.part_link(part) for part in answer.parts),
        angles=tuple(_angles(b, answer, level)),
        cases=tuple(
            CaseRow(
                b.part_link(case.part),
                b.mark_of(case.impact) or b.mark(None),
                b.register.text(case.reason, level),
            )
            for case in answer.cases
        ),
        mitigation=b.register.text(answer.mitigation, level),
        evidence=b.register.evidence(answer.evidence, level),
    )


def _angles(b: Builder, answer: ElementAnswer, level: int) -> Iterator[Angle]:
    for angle in b.toolkit.angles:
        text = b.register.text(getattr(answer.angles, angle.id, None), level)
        if text:
            yield Angle(angle.name, text)


def goal_finding(b: Builder, goal: GoalAnswer | None, level: int) -> tuple[FindingBlock, ...]:
    """The finding on a goal or on the whole; none where nothing was said."""
    if goal is None:
        return ()
    found = FindingBlock(
        mark=b.mark_of(goal.impact),
        confidence=b.confidence(goal),
        summary=b.register.text(goal.summary, level),
        effect_on_people=b.register.text(goal.effect_on_people, level),
        depends_on=b.register.text(goal.depends_on, level),
        parts=tuple(b.part_link(part) for part in goal.parts),
        mitigation=b.register.text(goal.mitigation, level),
        evidence=b.register.evidence(goal.evidence, level),
    )
    return () if found == FindingBlock(mark=None) else (found,)
