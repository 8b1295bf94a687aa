"""An analyst's prose: read once, asked for facts, printed in a document's dress."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from impactbrief.prose import html, sentences
from impactbrief.prose.citations import Citation
from impactbrief.prose.dress import Dress
from impactbrief.prose.facts import AsTyped, HeadingFact, ImageFact, LinkFact, NoteFact
from impactbrief.prose.tree import (
    Block,
    Cite,
    Emphasis,
    Heading,
    Inline,
    Link,
    List,
    NoteRef,
    Paragraph,
    Quote,
    Table,
    block_inlines,
    block_text,
)


@dataclass(frozen=True)
class Prose:
    """One field's prose. A value: equal where it prints the same."""

    blocks: tuple[Block, ...] = ()
    footnotes: tuple["Footnote", ...] = ()
    """Those referred to, in the order of their first reference."""
    headings: tuple[HeadingFact, ...] = ()
    images: tuple[ImageFact, ...] = ()
    links: tuple[LinkFact, ...] = ()
    undefined_notes: tuple[NoteFact, ...] = ()
    """References to footnotes that nothing defines; they are printed as typed."""
    unused_notes: tuple[NoteFact, ...] = ()
    """Footnotes that nothing refers to; they are not printed."""
    as_typed: AsTyped = ""
    """Why the markup was not read; empty where it was."""

    @property
    def is_empty(self) -> bool:
        """Nothing would be printed."""
        return not self.blocks

    @cached_property
    def body_citations(self) -> tuple[Citation, ...]:
        """The clusters outside of footnotes, in order."""
        return tuple(n.citation for n in block_inlines(self.blocks) if isinstance(n, Cite))

    @cached_property
    def citations(self) -> tuple[Citation, ...]:
        """All clusters in the order of printing: the body's, then those of the footnotes."""
        return self.body_citations + tuple(c for n in self.footnotes for c in n.prose.citations)

    @cached_property
    def words(self) -> int:
        """The number of words, as a person would count them; footnotes don't count."""
        return sentences.count(self.text())

    def text(self) -> str:
        """The words alone, a blank line between paragraphs, without citations and notes."""
        return block_text(self.blocks)

    def html(self, dress: Dress) -> str:
        """Safe HTML: `p h2–h6 ul ol li blockquote pre code table hr` and inline tags."""
        return html.write(self.blocks, dress)

    def inline_html(self, dress: Dress) -> str:
        """Safe HTML without a block in it; what were paragraphs is divided by `<br>`."""
        return html.write_inline(self.blocks, dress)

    def markdown(self, dress: Dress, width: int = 80) -> str:
        """Tidy Markdown, wrapped at so many columns, without a line end at its end."""
        from impactbrief.prose import markdown  # mdformat is only needed here

        return markdown.write(self.blocks, dress, width)

    def inline_markdown(self, dress: Dress) -> str:
        """Markdown on one line, for a table's cell or a list's item; `|` is escaped."""
        from impactbrief.prose import markdown

        return markdown.write_inline(self.blocks, dress)

    def shortened(self, words: int) -> "Prose":
        """The first sentences within so many words, without footnotes.

        Headings, tables and code are passed over. No sentence is cut, unless the first alone is
        too long: it is cut at a word, with an ellipsis.
        """
        return Prose(blocks=sentences.shorten(self.blocks, words))


@dataclass(frozen=True)
class Footnote:
    """A footnote that is referred to."""

    label: str
    """As typed; local to the field."""
    prose: Prose
    """Its body. A reference in it counts in the field's own `footnotes`."""
    references: int
    """How often it is referred to."""
    line: int
    """Where it is defined: the line within the field, from 1."""


@lru_cache(maxsize=128)
def parse(text: str) -> Prose:
    """Read a field's Markdown. Never raises, whatever is in it."""
    if not text.strip():
        return Prose()
    from impactbrief.prose.reader import read  # markdown-it is only needed here

    reading = read(text)
    order = _Order(reading.notes)
    blocks = order.number(reading.blocks)
    bodies: list[tuple[Block, ...]] = []
    while len(bodies) < len(order.labels):  # a footnote may refer to further ones
        bodies.append(order.number(reading.notes[order.labels[len(bodies)]].blocks))
    footnotes = tuple(
        Footnote(label, Prose(blocks=body), order.references[label], reading.notes[label].line)
        for label, body in zip(order.labels, bodies, strict=True)
    )
    unused = (note for label, note in reading.notes.items() if label not in order.references)
    return Prose(
        blocks=blocks,
        footnotes=footnotes,
        headings=tuple(reading.headings),
        images=tuple(reading.images),
        links=tuple(reading.links),
        undefined_notes=tuple(reading.undefined_notes),
        unused_notes=tuple(NoteFact(note.label, note.line) for note in unused),
        as_typed=reading.as_typed,
    )


class _Order:
    """Numbers references to footnotes in the order in which they are printed."""

    def __init__(self, defined: Iterable[str]) -> None:
        self.defined = frozenset(defined)
        self.labels: list[str] = []
        self.references: dict[str, int] = {}

    def number(self, blocks: Sequence[Block]) -> tuple[Block, ...]:
        return tuple(_changed(block, self._inline) for block in blocks)

    def _inline(self, node: Inline) -> Inline:
        if not isinstance(node, NoteRef):
            return node
        if node.label not in self.references:
            self.labels.append(node.label)
            self.references[node.label] = 0
        self.references[node.label] += 1
        index = self.labels.index(node.label)
        return NoteRef(index, self.references[node.label] - 1, node.label)


def _changed(block: Block, change: Callable[[Inline], Inline]) -> Block:
    """`block` with each inline changed, in order of reading."""

    def words(nodes: Iterable[Inline]) -> tuple[Inline, ...]:
        return tuple(
            replace(node, children=words(node.children))
            if isinstance(node, Emphasis | Link)
            else change(node)
            for node in nodes
        )

    def inner(blocks: Iterable[Block]) -> tuple[Block, ...]:
        return tuple(_changed(block, change) for block in blocks)

    match block:
        case Paragraph() | Heading():
            return replace(block, children=words(block.children))
        case Quote():
            return replace(block, children=inner(block.children))
        case List():
            return replace(block, items=tuple(inner(item) for item in block.items))
        case Table():
            head = tuple(words(cell) for cell in block.head)
            rows = tuple(tuple(words(cell) for cell in row) for row in block.rows)
            return replace(block, head=head, rows=rows)
        case _:
            return block
