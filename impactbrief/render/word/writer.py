"""Paragraphs, footnotes and an analyst's prose, and the places of one document.

What leads to another place of the document is a jump to a bookmark; a jump to what isn't printed
becomes plain words at the end.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from docx.oxml.ns import qn

from impactbrief.brief.model import Brief, Note, Notes, Text
from impactbrief.brief.naming import direction
from impactbrief.prose import tree
from impactbrief.prose.tidy import clean
from impactbrief.render.word.line import Dress, Face, Line, Story, Words, letter
from impactbrief.render.word.package import LEVELS, Docx, Element, w

INDENT = 360
"""How far a list's items stand in, in twentieths of a point."""

MOST_OF_A_NAME = 40
"""A bookmark's name has at most so many characters."""


@dataclass(slots=True)
class Writer:
    """Writes into one document, and knows its places, footnotes and lists."""

    brief: Brief
    docx: Docx
    places: set[str] = field(default_factory=set)
    """The anchors that were printed."""
    jumps: list[tuple[Element, str]] = field(default_factory=list)
    noted: dict[int, int] = field(default_factory=dict)
    """The notes that were printed, by their number in the brief: their number in Word."""
    notes: dict[int, Note] = field(default_factory=dict)
    """The brief's, by their number."""
    unseen: set[int] = field(default_factory=set)
    """The numbers of the notes that weren't printed yet."""
    _names: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for top in self.brief.sections:
            for section in top.walk():
                for block in section.blocks:
                    if isinstance(block, Notes):
                        self.notes |= {note.number: note for note in block.notes}
        self.unseen |= self.notes.keys()

    @property
    def from_right(self) -> bool:
        return self.brief.direction == "rtl"

    def bookmark(self, anchor: str) -> str:
        """A name for an anchor that Word takes: letters, digits and underscores, told apart."""
        if anchor not in self._names:
            name = re.sub(r"\W", "_", anchor, flags=re.ASCII)[: MOST_OF_A_NAME - 6]
            taken = {known.casefold() for known in self._names.values()}
            told, count = f"_{name}", 1
            while told.casefold() in taken:
                count += 1
                told = f"_{name}_{count}"
            self._names[anchor] = told
        return self._names[anchor]

    def without_dead_jumps(self) -> None:
        """Takes the links to what isn't in the document away, and leaves their words."""
        for link, anchor in self.jumps:
            if anchor in self.places:
                continue
            for run in link.findall(qn("w:r")):
                look = run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")
                if look is not None and look.get(qn("w:val")) == "Jump":
                    look.getparent().remove(look)
                link.addprevious(run)
            link.getparent().remove(link)

    # paragraphs

    def line(
        self,
        story: Story,
        style: str = "",
        *,
        keep: bool = False,
        item: tuple[int, int] | None = None,
        indent: int | None = None,
    ) -> Line:
        """A new paragraph. `item` makes it one of a list: the list's id and its level."""
        properties = []
        if style or story.style:
            properties.append(w("pStyle", val=style or story.style))
        if keep:
            properties.append(w("keepNext"))
        if item:
            properties.append(w("numPr", w("ilvl", val=item[1]), w("numId", val=item[0])))
        from_right = self.is_from_right(story.language)
        if turned := from_right != self.from_right:
            properties.append(w("bidi", val=int(from_right)))
        indent = story.indent if indent is None else indent
        if item:
            properties.append(w("ind", left=indent + INDENT * (item[1] + 1), hanging=INDENT))
        elif indent:
            properties.append(w("ind", left=indent))
        if turned and self.from_right:
            properties.append(w("jc", val="right"))  # words keep to the side of their page
        element = w("p", *([w("pPr", *properties)] if properties else []))
        story.element.append(element)
        return Line(self, story, element, from_right)

    def is_from_right(self, language: str | None) -> bool:
        """Whether a language is written from right to left; None is the document's own."""
        return direction(language) == "rtl" if language else self.from_right

    # prose

    def prose(
        self,
        story: Story,
        text: Text,
        *,
        lead: Words | None = None,
        item: tuple[int, int] | None = None,
    ) -> None:
        """A text's blocks. `lead` writes what stands before its first words; with `item` they are
        an item of a list."""
        inner = story.inner(language=text.language or story.language)
        self.blocks(inner, text.prose.blocks, Dress.of(text), lead=lead, item=item)

    def footnote(self, story: Story, note: Note) -> None:
        """A note at the foot of the page, and what it refers to itself."""
        story.language = note.text.language
        self.unseen.discard(note.number)

        def mark(line: Line) -> None:
            line.run(w("footnoteRef"), face=Face("FootnoteReference"))
            line.text(" ")

        self.prose(story, note.text, lead=mark)
        told = 0
        while story.noted and told < len(story.noted):  # each may refer to further ones
            further, sign = story.noted[told], letter(told)
            told += 1
            self.unseen.discard(further.number)

            def letter_mark(line: Line, sign: str = sign) -> None:
                line.text(sign, Face(raised="superscript"))
                line.text(" ")

            self.prose(story, further.text, lead=letter_mark)

    def blocks(
        self,
        story: Story,
        blocks: Sequence[tree.Block],
        dress: Dress,
        *,
        lead: Words | None = None,
        item: tuple[int, int] | None = None,
    ) -> None:
        level = item[1] + 1 if item else 0
        rest = story.inner(indent=story.indent + INDENT * level) if item else story
        if (lead or item) and not (blocks and isinstance(blocks[0], tree.Paragraph)):
            first = self.line(story, item=item, keep=bool(blocks))
            if lead:
                lead(first)
            lead = item = None
        for block in blocks:
            match block:
                case tree.Paragraph():
                    line = self.line(story if item else rest, item=item)
                    if lead:
                        lead(line)
                    line.inlines(block.children, dress)
                    lead = item = None
                case tree.Heading():
                    depth = min(max(dress.level, 2) + block.depth - 1, 6) - 1
                    heading = self.line(rest, f"Heading{depth}")
                    heading.inlines(block.children, dress)
                case tree.Quote():
                    quoted = rest.inner(style="Quote", indent=rest.indent + INDENT)
                    self.blocks(quoted, block.children, dress)
                case tree.CodeBlock():
                    self._code(rest, block)
                case tree.List():
                    self._list(rest, block, dress, level)
                case tree.Table():
                    self._table(rest, block, dress)
                case tree.Rule():
                    self.line(rest, "HorizontalRule")

    def _code(self, story: Story, block: tree.CodeBlock) -> None:
        line = self.line(story.inner(language=None), "CodeBlock")
        for index, words in enumerate(clean(block.text).split("\n")):
            if index:
                line.end()
            indented = len(words) - len(words.lstrip(" "))
            line.text("\N{NO-BREAK SPACE}" * indented + words[indented:].replace("\t", "    "))

    def _list(self, story: Story, block: tree.List, dress: Dress, level: int) -> None:
        docx = self.docx
        id_ = docx.bullets() if block.start is None else docx.numbered(block.start)
        # the list's own level gives its bullet; how far it stands in is said by the story
        shown = min(level, LEVELS - 1)
        base = story.indent - INDENT * level
        style = story.style or "ListParagraph"
        for item in block.items:
            inner = story.inner(indent=base, style=style)
            self.blocks(inner, item, dress, item=(id_, shown))

    def _table(self, story: Story, block: tree.Table, dress: Dress) -> None:
        from impactbrief.render.word.tables import Table

        table = Table(self, story, [1] * len(block.head))
        for row, header in ((block.head, True), *((row, False) for row in block.rows)):
            cells = table.row(header=header)
            for cell, nodes, align in zip(cells, row, block.align, strict=True):
                line = self.line(cell, "TableHead" if header else "")
                if align in ("center", "right"):
                    line.element.get_or_add_pPr().append(w("jc", val=align))
                line.inlines(nodes, dress)
        table.end()
