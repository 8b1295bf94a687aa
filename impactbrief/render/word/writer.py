"""Words into paragraphs: runs, links, marks, footnotes, and an analyst's prose.

Text is put into the document as text; nothing in it is markup. What leads to another place of the
document is a jump to a bookmark; a jump to what isn't printed becomes plain words at the end.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from impactbrief.brief.model import Brief, Cited, Note, Notes, Text
from impactbrief.brief.naming import direction
from impactbrief.prose import NoteRef, tree
from impactbrief.prose.tidy import clean
from impactbrief.render.html import is_web
from impactbrief.render.word.directions import gap, held_together, runs
from impactbrief.render.word.package import LEVELS, Docx, Element, w

INDENT = 360
"""How far a list's items stand in, in twentieths of a point."""

MOST_OF_A_NAME = 40
"""A bookmark's name has at most so many characters."""


@dataclass(frozen=True, slots=True)
class Face:
    """How words look and which language they are in."""

    style: str = ""
    """A character style."""
    bold: bool = False
    italic: bool = False
    struck: bool = False
    raised: str = ""
    """`superscript`, `subscript` or neither."""
    font: str = ""
    language: str | None = None
    """Where it is not the document's."""
    from_left: bool = False
    """Whatever the language around it, as an address runs."""

    def properties(self, *, from_right: bool) -> list[Element]:
        """In the order that Word's schema wants."""
        made: list[Element] = []
        if self.style:
            made.append(w("rStyle", val=self.style))
        if self.font:
            made.append(
                w("rFonts", ascii=self.font, hAnsi=self.font, eastAsia=self.font, cs=self.font)
            )
        made += [w(tag) for tag in ("b", "bCs") if self.bold]
        made += [w(tag) for tag in ("i", "iCs") if self.italic]
        if self.struck:
            made.append(w("strike"))
        if self.raised:
            made.append(w("vertAlign", val=self.raised))
        if from_right:
            made.append(w("rtl"))
        if language := self.language:
            made.append(w("lang", val=language, eastAsia=language, bidi=language))
        return made


PLAIN = Face()
_MARKED: Mapping[str, Mapping[str, Any]] = {
    "em": {"italic": True},
    "strong": {"bold": True},
    "s": {"struck": True},
}


@dataclass(slots=True)
class Story:
    """Where blocks are put: an element of the file and the part that it belongs to."""

    element: Element
    part: Any
    room: int
    """Its width, in twentieths of a point."""
    style: str = ""
    """The style of its paragraphs; empty for the document's own."""
    indent: int = 0
    language: str | None = None
    noted: list[Note] | None = None
    """In a footnote: the notes that it refers to, which Word has no place for but here."""

    def inner(self, **changes: Any) -> "Story":
        return replace(self, **changes)


Words = Callable[["Line"], None]
"""Writes something into a line."""


@dataclass(slots=True)
class Line:
    """A paragraph in the making."""

    writer: "Writer"
    story: Story
    element: Element
    from_right: bool
    into: Element = None
    """Where runs are put: the paragraph, or a link in it."""

    def __post_init__(self) -> None:
        self.into = self.element

    def run(self, *content: Element, face: Face = PLAIN, from_right: bool = False) -> None:
        language = face.language or self.story.language
        if language == self.writer.brief.language:
            language = None
        made = w("r")
        if properties := replace(face, language=language).properties(from_right=from_right):
            made.append(w("rPr", *properties))
        made.extend(content)
        self.into.append(made)

    def text(self, text: str, face: Face = PLAIN) -> None:
        """Words on one line, as they are to be read."""
        text, from_right = _plain(text), self.from_right
        if not text:
            return
        if face.language or face.from_left:
            from_right = not face.from_left and self.writer.is_from_right(face.language)
            if from_right != self.from_right:
                text = held_together(text, from_right=from_right)
        for piece, turned in runs(text, from_right=from_right):
            element = w("t")
            element.text = piece
            if piece != piece.strip():
                element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            self.run(element, face=face, from_right=turned)

    def end(self) -> None:
        """A line end that was meant."""
        self.run(w("br"))

    def gap(self) -> None:
        """Room between words of different kinds."""
        self.text(gap(from_right=self.from_right))

    def tab(self) -> None:
        self.run(w("tab"))

    def field(self, instruction: str, shown: str, face: Face = PLAIN) -> None:
        """Something that Word works out; `shown` stands there until it has."""
        self.run(w("fldChar", fldCharType="begin"), face=face)
        code = w("instrText")
        code.text = f" {instruction} "
        code.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        self.run(code, face=face)
        self.run(w("fldChar", fldCharType="separate"), face=face)
        self.text(shown, face)
        self.run(w("fldChar", fldCharType="end"), face=face)

    @contextmanager
    def link(self, address: str) -> Iterator[None]:
        """What is written meanwhile leads to the web, where `address` does."""
        if not (is_web(address) or address.startswith("mailto:")):
            yield
            return
        made = w("hyperlink")
        made.set(
            qn("r:id"),
            self.story.part.relate_to(
                clean(address), RELATIONSHIP_TYPE.HYPERLINK, is_external=True
            ),
        )
        with self._inside(made):
            yield

    @contextmanager
    def jump(self, anchor: str | None) -> Iterator[None]:
        """What is written meanwhile leads to a place of the document."""
        if anchor is None:
            yield
            return
        made = w("hyperlink", anchor=self.writer.bookmark(anchor), history=1)
        self.writer.jumps.append((made, anchor))
        with self._inside(made):
            yield

    @contextmanager
    def _inside(self, element: Element) -> Iterator[None]:
        outer, self.into = self.into, element
        outer.append(element)
        try:
            yield
        finally:
            self.into = outer

    @contextmanager
    def marked(self, anchor: str | None) -> Iterator[None]:
        """What is written meanwhile can be jumped to."""
        if anchor is None or anchor in self.writer.places:
            yield
            return
        id_ = len(self.writer.places)
        self.writer.places.add(anchor)
        self.element.append(w("bookmarkStart", id=id_, name=self.writer.bookmark(anchor)))
        yield
        self.element.append(w("bookmarkEnd", id=id_))

    def address(self, url: str) -> None:
        with self.link(url):
            self.text(url, Face("Hyperlink" if is_web(url) else "", from_left=True))

    def html(self, html: str, face: Face = PLAIN) -> None:
        """What the citation processor printed: words with a few tags, and links."""
        _Tagged(self, face).feed_all(html)

    def cite(self, cited: Cited) -> None:
        anchors = iter(cited.anchors)
        for part in cited.label.parts:
            if part.reference and (anchor := next(anchors, None)):
                target = "ref-" + anchor.removeprefix("cite-").rpartition("-")[0]
                with self.marked(anchor), self.jump(target):
                    self.html(part.html, Face("Jump"))
            else:
                self.html(part.html)

    def note(self, number: int) -> None:
        """A footnote's mark. The note itself stands at its first mark; others point to it."""
        writer = self.writer
        note = writer.notes.get(number)
        if note is None:
            return
        raised = Face("FootnoteReference")
        if number in writer.noted:
            place = writer.bookmark(note.anchor)
            self.field(f"NOTEREF {place} \\f \\h", str(writer.noted[number]), raised)
        elif self.story.noted is not None:
            if note not in self.story.noted:
                self.story.noted.append(note)
            self.text(_letter(self.story.noted.index(note)), Face(raised="superscript"))
        else:
            id_, element, part = writer.docx.footnote()
            writer.noted[number] = id_
            with self.marked(note.anchor):
                self.run(w("footnoteReference", id=id_), face=raised)
            writer.footnote(Story(element, part, self.story.room, "FootnoteText", noted=[]), note)

    def inlines(self, nodes: Sequence[tree.Inline], dress: "Dress", face: Face = PLAIN) -> None:
        for index, node in enumerate(nodes):
            match node:
                case tree.Text():
                    follower = nodes[index + 1] if index + 1 < len(nodes) else None
                    mark = isinstance(follower, tree.NoteRef)
                    self.text(node.text.rstrip(" ") if mark else node.text, face)
                case tree.Code():
                    self.text(node.text, replace(face, style="Code"))
                case tree.Emphasis():
                    self.inlines(node.children, dress, replace(face, **_MARKED[node.marker]))
                case tree.Link():
                    with self.link(node.url):
                        self.inlines(node.children, dress, replace(face, style="Hyperlink"))
                case tree.Break():
                    self.end()
                case tree.Cite():
                    cited = dress.cited.get(id(node.citation))
                    if cited and cited.label.parts:
                        self.cite(cited)
                    else:
                        self.text(node.citation.raw, face)
                case NoteRef():
                    self.note(dress.first_note + node.index)


@dataclass(frozen=True, slots=True)
class Dress:
    """What one text's citations, footnotes and headings stand for."""

    level: int
    cited: Mapping[int, Cited]
    """By the identity of the citation in the prose, since two may read alike."""
    first_note: int

    @classmethod
    def of(cls, text: Text) -> "Dress":
        places = map(id, text.prose.body_citations)
        return cls(text.level, dict(zip(places, text.cited, strict=False)), text.first_note)


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
            further, letter = story.noted[told], _letter(told)
            told += 1
            self.unseen.discard(further.number)

            def letter_mark(line: Line, letter: str = letter) -> None:
                line.text(letter, Face(raised="superscript"))
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


class _Tagged(HTMLParser):
    """Writes the citation processor's words, in its few tags."""

    def __init__(self, line: Line, face: Face) -> None:
        super().__init__()
        self.line = line
        self.faces = [face]
        self.links: list[Any] = []

    def feed_all(self, html: str) -> None:
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        face = self.faces[-1]
        match tag:
            case "a":
                link = self.line.link(dict(attrs).get("href") or "")
                link.__enter__()
                self.links.append(link)
                face = replace(face, style="Hyperlink")
            case "i":
                face = replace(face, italic=True)
            case "b":
                face = replace(face, bold=True)
            case "sup":
                face = replace(face, raised="superscript")
            case "sub":
                face = replace(face, raised="subscript")
        self.faces.append(face)

    def handle_data(self, data: str) -> None:
        self.line.text(data, self.faces[-1])

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self.links.pop().__exit__(None, None, None)
        self.faces.pop()


_SPACES = re.compile(r"[ \t\n]+")


def _plain(text: str) -> str:
    """Words that XML can hold, on one line."""
    return _SPACES.sub(" ", clean(text))


def _letter(index: int) -> str:
    return chr(ord("a") + index) if index < 26 else str(index)
