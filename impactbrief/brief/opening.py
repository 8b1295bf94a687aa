"""How a full brief opens: at a glance, the method, the context of the proposal."""

from collections.abc import Iterator

from impactbrief.brief.builder import Builder
from impactbrief.brief.findings import goal_finding, matrix_figure
from impactbrief.brief.model import Block, Fact, Facts, Points, Section, Sentence, Timeline
from impactbrief.brief.timeline import timeline, written


def at_a_glance(b: Builder) -> Section | None:
    blocks: list[Block] = [*goal_finding(b, b.answers.overall, 3)]
    if not any(item.assessed for item in b.assessment.elements):
        blocks.append(Sentence(b.words.sentence("nothing_assessed")))
    else:
        blocks += [matrix_figure(b), b.lenses(linked=True)]
    return b.section("at-a-glance", *blocks)


def methodology(b: Builder) -> Section | None:
    own = b.answers.sections.methodology
    if own is not None:
        return b.prose_section("methodology", own)
    text = b.prose(b.toolkit.methodology, language=b.toolkit_language)
    return b.section("methodology", *text)


def context(b: Builder) -> Section | None:
    blocks: list[Block] = [*_proposal_facts(b), *_timeline(b), *b.prose(b.answers.sections.context)]
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
    if not _timeline(b):
        add("dates", *_events(b))
    add("address", url=proposal.url)
    for name in ("aims", "mechanism"):
        if text := b.register.text(getattr(proposal, name), 3):
            facts.append(Fact(words.label(name), text=text))
    return (Facts(tuple(facts)),)


def _timeline(b: Builder) -> tuple[Timeline, ...]:
    line = timeline(b)
    return (line,) if line else ()


def _events(b: Builder) -> Iterator[str]:
    """The dates in words, where they make no line of time."""
    for event in b.answers.proposal.dates:
        if when := written(b, event):
            yield b.words.sentence("dated_event", event=event.event, date=when)
        else:
            yield b.words.sentence("undated_event", event=event.event)
