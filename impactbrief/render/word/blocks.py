"""The blocks of a brief in Word, by kind, and the sections that hold them.

A block of a kind that isn't known here is printed as its words, one below the other: a document may
look plainer than it could, but nothing is left out of it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from impactbrief.brief import model
from impactbrief.brief.model import Block, Mark, Section, Text
from impactbrief.render.word.line import Face, Story
from impactbrief.render.word.pieces import SOFT, Pieces

FIELDS = 3
"""So many fields stand beside each other in the figure of all elements."""


class Printer(Pieces):
    """Prints the sections of one brief, and their blocks by kind."""

    def section(self, section: Section, most: int | None = None) -> None:
        """A section, of which not more than so many blocks are printed."""
        self.heading(section.level, section.heading, section.id, section.language)
        for block in section.blocks[:most]:
            self.block(block, section)
        if most and len(section.blocks) > most:
            self.writer.line(self.body).text("…")
        for below in section.sections:
            self.section(below)

    def block(self, block: Block, section: Section) -> None:
        _KINDS.get(block.kind, Printer.anything)(self, block, section)

    def anything(self, block: Any, section: Section) -> None:
        """All words of a block that nothing else is known of."""
        if isinstance(block, Text):
            self.writer.prose(self.body, block)
        elif isinstance(block, Mark):
            self.mark(self.writer.line(self.body), block)
        elif isinstance(block, str):
            if block.strip():
                self.writer.line(self.body).text(block)
        elif isinstance(block, tuple | list):
            for item in block:
                self.anything(item, section)
        elif is_dataclass(block):
            for each in fields(block):
                if each.name not in ("anchor", "id"):
                    self.anything(getattr(block, each.name), section)

    # --- text -----------------------------------------------------------------------------------

    def prose(self, block: model.ProseBlock, section: Section) -> None:  # noqa: ARG002
        self.writer.prose(self.body, block.text)

    def sentence(self, block: model.Sentence, section: Section) -> None:  # noqa: ARG002
        self.own(self.body, "", block.text)

    def points(self, block: model.Points, section: Section) -> None:  # noqa: ARG002
        self.bulleted(block.items)

    def bulleted(self, items: Iterable[Text]) -> None:
        story = self.body.inner(style="ListParagraph")
        for text in items:
            self.writer.prose(story, text, item=(self.writer.docx.bullets(), 0))

    def reasons(self, block: model.Reasons, section: Section) -> None:  # noqa: ARG002
        story = self.body.inner(style="ListParagraph")
        for reason in block.items:
            lead = self.run_in(reason.of)
            self.writer.prose(story, reason.text, item=(self.writer.docx.bullets(), 0), lead=lead)

    def facts(self, block: model.Facts, section: Section) -> None:
        if len(block.facts) == 1 and block.facts[0].label == section.heading:
            self.fact(block.facts[0], self.body)
            return
        table = self.table([26, 74], section.heading)
        for fact in block.facts:
            name, value = table.row(divides=True)
            self.own(name, "TableHead", fact.label, SOFT)
            self.fact(fact, value)
        table.end()

    def fact(self, fact: model.Fact, story: Story) -> None:
        for text in fact.lines:
            self.writer.line(story).text(text)
        if fact.url:
            self.writer.line(story).address(fact.url)
        if fact.text:
            self.writer.prose(story, fact.text)

    def timeline(self, block: model.Timeline, section: Section) -> None:  # noqa: ARG002
        self.caption(block.caption)
        table = self.table([26, 74], block.caption)
        self.head(table, ["date", "event"])
        for event in block.events:
            when, what = table.row()
            self.own(when, "", event.when)
            line = self.writer.line(what)
            line.text(event.event, Face(bold=event.deadline))
            if event.deadline:
                line.gap()
                self.said(line, self.words.label("deadline"), Face("NoticeMark"))
        table.end()

    # --- findings -------------------------------------------------------------------------------

    def lenses(self, block: model.Lenses, section: Section) -> None:  # noqa: ARG002
        """The lenses side by side."""
        short = self.writer.brief.document == "one-page"
        table = self.table([1] * len(block.rows), block.caption, row_heads=False)
        for cell, row in zip(table.row(header=True), block.rows, strict=True):
            self.own(cell, "TableHead", row.name)
        for cell, row in zip(table.row(), block.rows, strict=True):
            self.own(cell, "TableLead", row.question, SOFT)
        for cell, row in zip(table.row(), block.rows, strict=True):
            for item in row.items:
                line = self.writer.line(cell, "TableItem")
                self.rated(line, item, short=short, below=not short)
            for said in row.sentences:
                self.own(cell, "", said, SOFT)
        table.end()

    def matrix(self, block: model.Matrix, section: Section) -> None:  # noqa: ARG002
        self.caption(block.caption)
        table = self.table([56, 28, 16], block.caption)
        self.head(table, ["property_or_enabler", "rating", "confidence"])
        for group in block.groups:
            self.group(table, group.name, group.mark)
            for row in group.rows:
                name, rating, confidence = table.row()
                self.link(self.own(name), row.link)
                self.marked_cell(rating, row.mark)
                self.own(confidence, "", row.confidence or "")
                for case in row.cases:
                    name, rating, _none = table.row()
                    line = self.writer.line(name, indent=240)
                    line.text("– ", SOFT)
                    self.link(line, case.link)
                    self.mark(self.writer.line(rating), case.mark)
        table.end()

    def matrix_figure(self, block: model.MatrixFigure, section: Section) -> None:  # noqa: ARG002
        """Each element in a field of its own colour."""
        self.caption(block.caption)
        table = self.table([1] * FIELDS, block.caption, row_heads=False)
        for group in block.groups:
            self.group(table, group.name, group.mark)
            for start in range(0, len(group.rows), FIELDS):
                fields_ = group.rows[start : start + FIELDS]
                for cell, row in zip(table.row(), fields_, strict=False):
                    self.marked_cell(cell, row.mark)
                    self.link(self.own(cell), row.link)
        table.end()

    def finding(self, block: model.FindingBlock, section: Section) -> None:  # noqa: ARG002
        if block.mark:
            line = self.writer.line(self.body, "Rating")
            self.mark(line, block.mark)
            if block.confidence:
                confidence = self.words.label("confidence")
                line.gap()
                said = self.words.sentence("labelled", label=confidence, value=block.confidence)
                self.said(line, said, SOFT)
        self.field("in_short", block.summary)
        self.field("effect_on_internet", block.effect_on_internet)
        self.field("effect_on_people", block.effect_on_people)
        self.field("depends_on", block.depends_on)
        self.pointers("follows_from", block.parts)
        if block.angles:
            self.label("angles")
            for angle in block.angles:
                self.writer.prose(self.body, angle.text, lead=self.run_in(angle.name))
        if block.cases:
            self.label("cases")
            for case in block.cases:
                self.case(case)
        self.field("mitigation", block.mitigation)
        self.evidence(block.evidence)

    def case(self, case: model.CaseRow) -> None:
        line = self.writer.line(self.body, "Rating", keep=case.reason is not None)
        self.mark(line, case.mark)
        line.gap()
        self.link(line, case.part)
        if case.reason:
            self.writer.prose(self.body, case.reason)

    def governance(self, block: model.GovernanceTable, section: Section) -> None:  # noqa: ARG002
        self.caption(block.caption)
        table = self.table([34, 14, 52], block.caption)
        self.head(table, ["question", "answer", "explanation"])
        for group in block.groups:
            self.group(table, group.name)
            for row in group.rows:
                question, answer, why = table.row()
                line = self.writer.line(question)
                with line.marked(row.id):
                    self.said(line, row.question)
                self.own(answer, "", row.answer, Face(bold=True))
                if row.explanation:
                    self.writer.prose(why, row.explanation)
                self.proof(row, why)
        table.end()

    def proof(self, row: model.GovernanceRow, story: Story) -> None:
        """What an answer on governance rests on."""
        if row.date:
            self.writer.line(story).text(row.date, SOFT)
        if any(item.shows for item in row.evidence):
            for item in row.evidence:
                self.shown(item, story)
        elif row.evidence:
            self.sources(self.writer.line(story), row.evidence)
        if row.url:
            self.writer.line(story).address(row.url)

    def stakeholders(self, block: model.StakeholderTable, section: Section) -> None:  # noqa: ARG002
        self.caption(block.caption)
        table = self.table([30, 42, 14, 14], block.caption)
        self.head(table, ["stakeholder", "interest", "invited", "took_part"])
        for row in block.rows:
            name, interest, invited, took_part = table.row()
            if row.name:
                self.writer.line(name).text(row.name)
            if row.group:
                self.own(name, "", row.group, SOFT if row.name else Face())
            if row.interest:
                self.writer.prose(interest, row.interest)
            self.own(invited, "", row.invited)
            self.own(took_part, "", row.took_part)
        table.end()

    # --- the proposal's parts -------------------------------------------------------------------

    def part_matrix(self, block: model.PartMatrix, section: Section) -> None:  # noqa: ARG002
        self.caption(block.caption)
        table = self.table([26, 53, 21], block.caption)
        self.head(table, ["part", "affects", "recommendations"])
        for part in block.parts:
            name, affects, recommendations = table.row()
            line = self.writer.line(name)
            with line.jump(part.anchor):
                line.text(part.label)
            if part.title:
                self.writer.line(name).text(part.title, SOFT)
            for item in part.affects:
                self.rated(self.writer.line(affects, "TableItem"), item)
            if not part.affects:
                self.own(affects, "", self.words.label("none"))
            self.links(self.writer.line(recommendations), part.recommendations)
        table.end()

    def parts(self, block: model.Parts, section: Section) -> None:
        for part in block.parts:
            self.heading(section.level + 1, part.label, part.anchor)
            if part.title:
                self.writer.line(self.body, "PartTitle").text(part.title)
            facts = " · ".join([part.kind_name, *part.facts])
            self.writer.line(self.body, "Facts").text(facts)
            if part.summary:
                self.writer.prose(self.body, part.summary)
            self.quoted("quoted_text", part.quotation)
            if part.source or part.url:
                line = self.writer.line(self.body, "Pointers")
                self.run_in(self.words.label("source"))(line)
                if part.source:
                    line.cite(part.source)
                    line.text(" ")
                if part.url:
                    line.address(part.url)

    # --- what follows ---------------------------------------------------------------------------

    def recommendations(self, block: model.Recommendations, section: Section) -> None:  # noqa: ARG002
        for item in block.items:
            line = self.writer.line(self.body, "Request")
            with line.marked(item.anchor):
                line.text(str(item.number), Face("ItemNumber"))
            if item.action:
                line.gap()
                self.said(line, item.action, Face(bold=True))
            if item.priority:
                priority = self.words.label("priority")
                line.gap()
                said = self.words.sentence("labelled", label=priority, value=item.priority)
                self.said(line, said, SOFT)
            self.writer.prose(self.body, item.text)
            self.quoted("suggested_wording", item.wording)
            self.pointers("concerns", item.parts)
            self.pointers("because", item.because, self.spoken)

    def glossary(self, block: model.Glossary, section: Section) -> None:
        table = self.table([26, 74], section.heading)
        for item in block.items:
            term, definition = table.row()
            term.language = item.definition.language
            self.writer.line(term, "TableHead").text(item.term)
            self.writer.prose(definition, item.definition)
        table.end()

    def notes(self, block: model.Notes, section: Section) -> None:  # noqa: ARG002
        """Those that no mark led to; the others stand at the foot of their pages."""
        for note in block.notes:
            if note.number in self.writer.unseen:
                self.writer.prose(self.body, note.text, lead=self.run_in(str(note.number)))

    def references(self, block: model.References, section: Section) -> None:  # noqa: ARG002
        for item in block.items:
            line = self.writer.line(self.body, "Bibliography")
            with line.marked(item.anchor):
                if item.entry.number:
                    line.text(item.entry.number)
                    line.tab()
                line.html(item.entry.html)
            several = len(item.back) > 1
            if several:
                line.text(" ↑", SOFT)
            last = 0
            for number, anchor in item.back:
                line.text(" … " if number > last + 1 else " ", SOFT)
                with line.jump(anchor):
                    line.text(str(number) if several else "↑", Face("Jump"))
                last = number

    # --- the short documents --------------------------------------------------------------------

    def short_findings(self, block: model.ShortFindings, section: Section) -> None:  # noqa: ARG002
        for item in block.items:
            line = self.writer.line(self.body)
            self.mark(line, item.mark)
            line.gap()
            self.said(line, item.link.name, Face(bold=True))
            if item.text:
                line.end()
                line.text(item.text)

    def short_requests(self, block: model.ShortRequests, section: Section) -> None:  # noqa: ARG002
        list_ = self.writer.docx.numbered(1)
        for item in block.items:
            line = self.writer.line(self.body, "ListParagraph", item=(list_, 0))
            if item.addressee:
                self.run_in(item.addressee, Face(bold=True))(line)
            line.text(item.text)

    def preliminary(self, block: model.PreliminaryTable, section: Section) -> None:  # noqa: ARG002
        self.caption(block.caption)
        table = self.table([19, 16, 33, 32], block.caption)
        self.head(
            table, ["property_or_enabler", "rating", "effect_on_internet", "effect_on_people"]
        )
        for group in block.groups:
            self.group(table, group.name)
            for row in group.rows:
                name, rating, how, people = table.row(divides=True)
                self.own(name, "", row.name)
                self.marked_cell(rating, row.mark)
                for cell, text in ((how, row.how), (people, row.people)):
                    if text:
                        self.writer.prose(cell, text)
        table.end()


_KINDS: Mapping[str, Callable[[Printer, Any, Section], None]] = {
    "prose": Printer.prose,
    "sentence": Printer.sentence,
    "points": Printer.points,
    "reasons": Printer.reasons,
    "facts": Printer.facts,
    "timeline": Printer.timeline,
    "lenses": Printer.lenses,
    "matrix_figure": Printer.matrix_figure,
    "matrix": Printer.matrix,
    "finding": Printer.finding,
    "governance": Printer.governance,
    "stakeholders": Printer.stakeholders,
    "parts": Printer.parts,
    "part_matrix": Printer.part_matrix,
    "recommendations": Printer.recommendations,
    "glossary": Printer.glossary,
    "notes": Printer.notes,
    "references": Printer.references,
    "short_findings": Printer.short_findings,
    "short_requests": Printer.short_requests,
    "table": Printer.preliminary,
}
"""By the kind of block."""
