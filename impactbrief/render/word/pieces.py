"""Small pieces of a brief in Word: labels, ratings, links, sources, heads of tables."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from impactbrief.brief.model import EvidenceItem, Link, Mark, RatedName, Text
from impactbrief.render import marks
from impactbrief.render.word.line import Face, Line, Story, Words
from impactbrief.render.word.tables import Table
from impactbrief.render.word.writer import Writer

LABEL = Face("LabelWords")
SOFT = Face("SoftWords")
GLYPHS = "Segoe UI Symbol"
"""A typeface with all glyphs of the ratings; other systems put one of theirs in its place."""


def style_of(mark: Mark) -> str:
    """The character style of a rating."""
    return style_id(marks.ink_name(mark))


def style_id(ink: str) -> str:
    """The id of the character style in an ink, from the ink's name."""
    return "Rating" + "".join(word.capitalize() for word in ink.split("-"))


@dataclass(frozen=True, slots=True)
class Pieces:
    """Prints the pieces of one brief into its body."""

    writer: Writer
    body: Story

    @property
    def words(self) -> Any:
        return self.writer.brief.words

    @property
    def spoken(self) -> str:
        """The language of the document's own words."""
        return self.writer.brief.words_language

    def said(self, line: Line, text: str, face: Face = Face()) -> None:  # noqa: B008
        """The document's own words."""
        line.text(text, replace(face, language=self.spoken))

    def own(self, story: Story, style: str = "", words: str = "", face: Face = Face()) -> Line:  # noqa: B008
        """A paragraph that is all in the document's own words."""
        line = self.writer.line(story.inner(language=self.spoken), style)
        self.said(line, words, face)
        return line

    def label(self, name: str, story: Story | None = None) -> None:
        """A label above what it names."""
        self.own(story or self.body, "Label", self.words.label(name))

    def run_in(self, label: str, face: Face = LABEL) -> Words:
        """A label before the words that it names."""

        def write(line: Line) -> None:
            self.said(line, self.words.sentence("labelled", label=label, value="").strip(), face)
            line.text(" ")

        return write

    def mark(self, line: Line, mark: Mark) -> None:
        face = Face(style_of(mark), language=self.spoken)
        line.text(mark.glyph, replace(face, font=GLYPHS))
        line.text(f"\N{NO-BREAK SPACE}{mark.name}", face)

    def link(self, line: Line, link: Link, name: str = "", *, language: str | None = None) -> None:
        with line.jump(link.anchor):
            line.text(name or link.name, Face(language=language))

    def links(self, line: Line, links: Iterable[Link], *, language: str | None = None) -> None:
        for index, link in enumerate(links):
            if index:
                line.text(self.words.sentence("names_separator"))
            self.link(line, link, language=language)

    def rated(
        self, line: Line, item: RatedName, *, short: bool = False, below: bool = False
    ) -> None:
        """A rating and what it is of, on the same line or `below` it."""
        self.mark(line, item.mark)
        if below:
            line.end()
        else:
            line.gap()
        self.link(line, item.link, item.link.short if short else "", language=self.spoken)

    def field(self, name: str, text: Text | None) -> None:
        """A text below its label; nothing where there is no text."""
        if text:
            self.label(name)
            self.writer.prose(self.body, text)

    def pointers(self, name: str, links: Sequence[Link], language: str | None = None) -> None:
        if links:
            line = self.writer.line(self.body, "Pointers")
            self.run_in(self.words.label(name))(line)
            self.links(line, links, language=language)

    def source(self, line: Line, item: EvidenceItem) -> None:
        if item.cited and item.cited.label.parts:
            line.cite(item.cited)
        else:
            self.said(line, self.words.sentence("reference_missing", id=item.typed))

    def sources(self, line: Line, items: Iterable[EvidenceItem]) -> None:
        for index, item in enumerate(items):
            if index:
                line.text(self.words.sentence("list_separator"))
            self.source(line, item)

    def evidence(self, items: Sequence[EvidenceItem]) -> None:
        """In one line where sources only name their places, else one below the other."""
        if not items:
            return
        if not any(item.shows for item in items):
            line = self.writer.line(self.body, "Pointers")
            self.run_in(self.words.label("evidence"))(line)
            self.sources(line, items)
            return
        self.label("evidence")
        for item in items:
            self.shown(item, self.body)

    def shown(self, item: EvidenceItem, story: Story) -> None:
        """A source with what it shows."""

        def write(line: Line) -> None:
            self.source(line, item)
            line.text(" ")

        if item.shows:
            self.writer.prose(story, item.shows, lead=write)
        else:
            write(self.writer.line(story))

    def quoted(self, name: str, text: Text | None) -> None:
        if text:
            self.label(name)
            self.writer.prose(self.body.inner(style="Quote"), text)

    def caption(self, words: str) -> None:
        self.own(self.body, "Caption", words)

    def head(self, table: Table, names: Sequence[str]) -> None:
        for cell, name in zip(table.row(header=True), names, strict=True):
            self.own(cell, "TableHead", self.words.label(name))

    def group(self, table: Table, name: str, mark: Mark | None = None) -> None:
        """A row that names the rows below it."""
        [cell] = table.row(spans=[len(table.widths)])
        line = self.writer.line(cell, "TableGroup")
        self.said(line, name)
        if mark:
            line.gap()
            self.mark(line, mark)

    def marked_cell(self, cell: Story, mark: Mark) -> None:
        Table.tint(cell, marks.INKS[marks.ink_name(mark)].tint)
        self.mark(self.writer.line(cell), mark)

    def table(self, shares: Sequence[float], caption: str = "", *, row_heads: bool = True) -> Table:
        return Table(self.writer, self.body, shares, caption=caption, row_heads=row_heads)

    def heading(self, level: int, words: str, anchor: str, language: str | None = None) -> Line:
        style = f"Heading{min(max(level - 1, 1), 5)}"
        line = self.writer.line(self.body.inner(language=language), style)
        with line.marked(anchor):
            line.text(words)
        return line
