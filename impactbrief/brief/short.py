"""The two short documents: the one-page summary and the preliminary table."""

from dataclasses import replace

from impactbrief.assessment import Assessed, Assessment
from impactbrief.brief.builder import Builder
from impactbrief.brief.house import NO_HOUSE, House
from impactbrief.brief.model import (
    Block,
    Brief,
    Link,
    Mark,
    Notes,
    PreliminaryTable,
    ProseBlock,
    References,
    Section,
    Sentence,
    ShortFinding,
    ShortFindings,
    ShortRequest,
    ShortRequests,
    TableGroup,
    TableRow,
)
from impactbrief.brief.naming import direction
from impactbrief.prose import parse

ISSUE_WORDS = 60
FINDING_WORDS = 36
REQUEST_WORDS = 45
"""Word budgets of the one-page summary; whole sentences within them are kept."""
FINDINGS = 5
REQUESTS = 4


def one_page(assessment: Assessment, *, findings: int = FINDINGS, house: House = NO_HOUSE) -> Brief:
    """The one-page summary with so many findings; the rest are named as left out."""
    return _OnePage(assessment, findings, house).build()


def table(assessment: Assessment, house: House = NO_HOUSE) -> Brief:
    """The preliminary table."""
    return _Table(assessment, house).build()


class _Short(Builder):
    document = ""

    def make(self, *sections: Section | None) -> Brief:
        answers = self.answers.document
        title_block = replace(
            self.title_block(self.document), contributors=(), reviewers=(), keywords=()
        )
        return Brief(
            document=self.document,
            language=self.answers.language,
            words_language=self.words.language,
            direction=direction(self.answers.language),
            words=self.words,
            title_block=title_block,
            sections=tuple(section for section in sections if section),
            footer=self.footer(),
            licence=self.licence,
            contact=answers.contact,
            description=self.description(self.opening()),
            date=answers.last_date,
        )

    def opening(self) -> str | None:
        """The text that says what the document is about."""
        return self.answers.sections.abstract


class _OnePage(_Short):
    document = "one-page"

    def opening(self) -> str | None:
        # the one place where a part of the private plan is printed
        return self.answers.plan.printed_issue or self.answers.sections.abstract

    def __init__(self, assessment: Assessment, findings: int, house: House) -> None:
        super().__init__(assessment, house)
        self.room = findings

    def build(self) -> Brief:
        return self.make(
            self.issue(), self.why_now(), self.at_a_glance(), self.findings(), self.requests()
        )

    def labelled(self, id_: str, label: str, *blocks: Block) -> Section | None:
        if not blocks:
            return None
        return Section(id_, self.words.label(label), 2, blocks, language=self.toolkit_language)

    def issue(self) -> Section | None:
        source = self.opening()
        text = self.register.text(uncited(source, ISSUE_WORDS), 3) if source else None
        return self.labelled("issue", "issue", *([ProseBlock(text)] if text else []))

    def why_now(self) -> Section | None:
        """Where the proposal stands, and the dates that press."""
        proposal = self.answers.proposal
        sentences = []
        if proposal.status:
            sentences.append(
                self.words.sentence(
                    "why_now_status", status=self.choice("proposal_statuses", proposal.status)
                )
            )
        pressing = [event for event in proposal.dates if event.deadline and event.date]
        sentences.extend(
            self.words.sentence(
                "why_now_deadline", event=event.event, date=self.date(event.end or event.date)
            )
            for event in pressing
        )
        return self.labelled("why-now", "why_now", *(Sentence(text) for text in sentences))

    def at_a_glance(self) -> Section | None:
        if not any(item.assessed for item in self.assessment.elements):
            return None
        return Section("at-a-glance", self.heading("at-a-glance"), 2, (self.lenses(linked=False),))

    def findings(self) -> Section | None:
        ranked = strongest(self.assessment)
        shown, left = ranked[: self.room], ranked[self.room :]
        items = tuple(
            ShortFinding(Link(item.element.name), self.mark(item.rating, item.typed), said)
            for item in shown
            if (said := self.said(item)) is not None
        )
        blocks: list[Block] = [ShortFindings(items)] if items else []
        if not ranked:
            blocks.append(Sentence(self.words.sentence("one_page_no_findings")))
        if left:
            names = self.words.listed([item.element.short for item in left])
            blocks.append(Sentence(self.words.sentence("one_page_left_out", findings=names)))
        return self.labelled("findings", "strongest_findings", *blocks)

    def said(self, item: Assessed) -> str:
        """What a finding means for people, or for the Internet where nothing says so."""
        answer = item.answer
        source = answer.effect_on_people or answer.effect_on_internet or ""
        return parse(source).shortened(FINDING_WORDS).text().replace("\n", " ").strip()

    def requests(self) -> Section | None:
        levels = {"high": 0, None: 1, "medium": 1, "low": 2}
        ranked = sorted(
            (entry for entry in self.answers.recommendations if entry.text.strip()),
            key=lambda entry: levels.get(entry.priority, 1),
        )
        items = tuple(
            ShortRequest(
                entry.to or "",
                parse(entry.text).shortened(REQUEST_WORDS).text().replace("\n", " ").strip(),
            )
            for entry in ranked[:REQUESTS]
        )
        blocks: list[Block] = [ShortRequests(items)] if items else []
        if more := len(ranked) - len(items):
            key = "one_page_recommendations_left_out_" + ("one" if more == 1 else "other")
            blocks.append(Sentence(self.words.sentence(key, count=more)))
        return self.labelled("requests", "what_is_asked", *blocks)


class _Table(_Short):
    document = "table"

    def build(self) -> Brief:
        groups = tuple(
            TableGroup(
                group.name,
                tuple(
                    TableRow(
                        item.element.name,
                        self.mark(item.rating, item.typed),
                        self.register.text(item.answer.effect_on_internet, 3),
                        self.register.text(item.answer.effect_on_people, 3),
                    )
                    for item in self.assessment.of_group(group)
                ),
            )
            for group in self.toolkit.groups
        )
        caption = self.words.sentence("table_caption")
        matrix = self.section("matrix", PreliminaryTable(caption, groups))
        notes = tuple(self.register.notes)
        items = self.register.references()
        return self.make(
            matrix,
            self.section("notes", Notes(notes)) if notes else None,
            self.section("references", References(items)) if items else None,
        )


def strongest(assessment: Assessment) -> list[Assessed]:
    """The elements with an effect, the strongest first; among equals in the toolkit's order.

    Only the word's own strength orders them; nothing is added up or weighed against another.
    """
    affected = [item for item in assessment.elements if item.affected]
    return sorted(affected, key=lambda item: -strength(item))


def strength(item: Assessed) -> int:
    return item.rating.strength if item.rating else 0


def uncited(source: str, words: int) -> str:
    """The first sentences of a text within a budget, without its citations."""
    return parse(source).shortened(words).text()


__all__ = ["Mark", "one_page", "strongest", "table"]
