"""The proposal's parts in a full brief: as they stand, and what follows from each."""

from collections.abc import Iterator

from impactbrief.answers.model import Part
from impactbrief.brief.builder import Builder
from impactbrief.brief.model import Link, PartEntry, PartMatrix, Parts, RatedName, Section
from impactbrief.toolkit.model import Group


def part_matrix(b: Builder) -> Section | None:
    parts = tuple(_part(b, part) for part in b.answers.proposal.parts if part.id)
    if not parts:
        return None
    return b.section(
        "parts",
        *_matrix(b, parts),
        Parts(parts),
    )


def _matrix(b: Builder, parts: tuple[PartEntry, ...]) -> Iterator[PartMatrix]:
    """The chart, where there is anything to show in it."""
    rated = [item for part in parts for item in part.affects]
    if not rated:
        return
    affected = {item.link for item in rated}
    groups = (
        tuple(link for link in _links(b, group) if link in affected) for group in b.toolkit.groups
    )
    order = [*b.toolkit.ratings, "unknown"]
    marks = sorted(
        {item.mark for item in rated}, key=lambda mark: (order.index(mark.id), mark.name)
    )
    columns = tuple(group for group in groups if group)
    yield PartMatrix(b.words.sentence("parts_caption"), parts, columns, tuple(marks))


def _links(b: Builder, group: Group) -> Iterator[Link]:
    for item in b.assessment.of_group(group):
        yield b.link(item, printed=True)


def _part(b: Builder, part: Part) -> PartEntry:
    affects = []
    for item in b.assessment.elements:
        if not item.affected:
            continue
        case = next((case for case in item.answer.cases if case.part == part.id), None)
        if case or part.id in item.answer.parts:
            mark = b.mark_of(case.impact) if case else None
            affects.append(
                RatedName(b.link(item, printed=True), mark or b.mark(item.rating, item.typed))
            )
    facts = [
        b.choice("proposal_statuses", part.status) if part.status else "",
        b.date(part.date),
    ]
    language = part.language if part.language != b.answers.language else None
    return PartEntry(
        anchor=f"part-{part.id}",
        label=part.label or part.title or part.id,
        title=part.title if part.label else None,
        kind_name=b.choice("part_kinds", part.kind),
        facts=tuple(fact for fact in facts if fact),
        summary=b.register.text(part.summary, 4),
        quotation=b.register.text(part.text, 4, language=language),
        source=b.register.source(part.source),
        url=part.url,
        affects=tuple(affects),
        recommendations=tuple(
            Link(f"{number}", f"recommendation-{number}")
            for number, recommendation in b.recommendations
            if part.id in recommendation.parts
        ),
    )
