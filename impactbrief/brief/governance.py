"""Multistakeholder governance in a full brief: both sides, and the stakeholders."""

from impactbrief.brief.builder import Builder
from impactbrief.brief.model import (
    Block,
    GovernanceGroup,
    GovernanceRow,
    GovernanceTable,
    Section,
    Sentence,
    StakeholderRow,
    StakeholderTable,
)


def governance(b: Builder) -> Section | None:
    below = []
    for side in b.toolkit.sides:
        items = [item for item in b.assessment.side(side.id) if item.answered]
        if not items:
            continue
        groups = []
        for attribute in b.toolkit.attributes:
            rows = tuple(
                GovernanceRow(
                    id=f"{side.id}-{item.question.id}",
                    question=item.question.question,
                    answer=b.toolkit.governance_answers.get(item.answer.answer or "")
                    or b.odd(item.answer.answer or ""),
                    answer_id=_answer_id(b, item.answer.answer),
                    explanation=b.register.text(item.answer.explanation, 4),
                    evidence=b.register.evidence(item.answer.evidence, 5),
                    url=item.answer.url,
                    date=b.date(item.answer.date) or None,
                )
                for item in items
                if item.question.attribute == attribute.id
            )
            if rows:
                groups.append(GovernanceGroup(attribute.name, rows))
        blocks: list[Block] = [
            Sentence(b.words.sentence(f"governance_intro_{side.id}")),
            GovernanceTable(b.words.sentence(f"governance_{side.id}_caption"), tuple(groups)),
        ]
        total = len(b.assessment.side(side.id))
        if missing := total - len(items):
            key = "governance_open_one" if missing == 1 else "governance_open_other"
            blocks.append(Sentence(b.words.sentence(key, count=missing)))
        if section := b.section(f"governance-{side.id}", *blocks, level=3):
            below.append(section)
    if stakeholders := _stakeholders(b):
        below.append(stakeholders)
    return b.section("governance", sections=tuple(below))


def _answer_id(b: Builder, answer: str | None) -> str:
    return answer if answer and answer in b.toolkit.governance_answers else "unknown"


def _stakeholders(b: Builder) -> Section | None:
    rows = tuple(
        StakeholderRow(
            group=b.choice("stakeholder_groups", entry.group),
            name=entry.name or "",
            interest=b.register.text(entry.interest, 4),
            invited=b.choice("involvement", entry.invited),
            took_part=b.choice("involvement", entry.took_part),
        )
        for entry in b.answers.stakeholders
    )
    if not rows:
        return None
    table = StakeholderTable(b.words.sentence("stakeholders_caption"), rows)
    return b.section("stakeholders", table, level=3)
