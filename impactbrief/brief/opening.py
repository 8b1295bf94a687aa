"""How a full brief opens: at a glance, the method, the context of the proposal."""

from collections.abc import Iterator

from impactbrief.brief.builder import Builder
from impactbrief.brief.findings import goal_finding
from impactbrief.brief.model import Block, Fact, Facts, Points, Section, Sentence


def at_a_glance(b: Builder) -> Section | None:
    blocks: list[Block] = []
    overall = b.answers.overall
    if overall:
        blocks.append(goal_finding(b, overall, 3))
    if not any(item.assessed for item in b.assessment.elements):
        blocks.append(Sentence(b.words.sentence("nothing_assessed")))
    else:
        blocks.append(b.lenses(linked=True))
    return b.section("at-a-glance", *blocks)


def methodology(b: Builder) -> Section | None:
    own = b.answers.sections.methodology
    if own is not None:
        return b.prose_section("methodology", own)
    text = b.prose(b.toolkit.methodology, language=b.toolkit_language)
    return b.section("methodology", *text)


def context(b: Builder) -> Section | None:
    blocks: list[Block] = [*_proposal_facts(b), *b.prose(b.answers.sections.context)]
    below = []
    assumptions = tuple(
        text for item in b.answers.sections.assumptions if (text := b.register.text(item, 4))
    )
    if assumptions:
        below.append(b.section("assumptions", Points(assumptions), level=3))
    return b.section("context", *blocks, sections=tuple(section for section in below if section))


def _proposal_facts(b: Builder) -> tuple[Facts, ...]:
    proposal, words = b.answers.proposal, b.words
    facts = [Fact(words.label("proposal"), (proposal.name,))]

    def add(label: str, *lines: str, url: str | None = None) -> None:
        filled = tuple(line for line in lines if line)
        if filled or url:
            facts.append(Fact(words.label(label), filled, url))

    add("kind", b.choice("proposal_kinds", proposal.kind))
    add("proposal_status", b.choice("proposal_statuses", proposal.status))
    if note := b.register.text(proposal.status_note, 3):
        status = facts.pop() if proposal.status else Fact(words.label("proposal_status"))
        facts.append(Fact(status.label, status.lines, None, note))
    add("jurisdictions", words.listed(b.jurisdictions()))
    add("proponent", proposal.proponent or "")
    add("venue", proposal.venue or "")
    add("dates", *_events(b))
    add("address", url=proposal.url)
    for name in ("aims", "mechanism"):
        if text := b.register.text(getattr(proposal, name), 3):
            facts.append(Fact(words.label(name), text=text))
    return (Facts(tuple(facts)),)


def _events(b: Builder) -> Iterator[str]:
    for event in b.answers.proposal.dates:
        when = b.date(event.date)
        if event.end:
            when = b.words.sentence("date_range", start=when, end=b.date(event.end))
        if when:
            yield b.words.sentence("dated_event", event=event.event, date=when)
        else:
            yield b.words.sentence("undated_event", event=event.event)
