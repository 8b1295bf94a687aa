"""Words into one paragraph: runs, links, marks to jump to, citations, the marks of footnotes.

Text is put into the document as text; nothing in it is markup.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from io import BytesIO
from typing import TYPE_CHECKING, Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm

from impactbrief.brief.model import Cited, Note, Text
from impactbrief.prose import NoteRef, tree
from impactbrief.prose.tidy import clean
from impactbrief.render.html import is_web
from impactbrief.render.word.directions import gap, held_together, runs
from impactbrief.render.word.package import Element, w

if TYPE_CHECKING:
    from impactbrief.render.word.writer import Writer


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

    def picture(self, data: bytes, said: str, height: float) -> None:
        """A picture of so many millimetres, with what it says for those who don't see it."""
        drawn = self.story.part.new_pic_inline(BytesIO(data), height=Mm(height))
        drawn.docPr.set("descr", clean(said))
        self.run(w("drawing", drawn))

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
            self.text(letter(self.story.noted.index(note)), Face(raised="superscript"))
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
    """As `Text.cited_by_place` has them."""
    first_note: int

    @classmethod
    def of(cls, text: Text) -> "Dress":
        return cls(text.level, text.cited_by_place(), text.first_note)


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


def letter(index: int) -> str:
    return chr(ord("a") + index) if index < 26 else str(index)
