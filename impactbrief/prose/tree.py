"""Prose as a value: a small tree of blocks and inlines.

The tree is what the writers print, so everything that would make one format differ from another
(soft line ends, jumps in heading level, images, markers typed one way or the other) is settled
before it is built. Every node is frozen; a tree is at most `MAX_DEPTH` nodes deep.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from impactbrief.prose.citations import Citation

MAX_DEPTH = 20
"""Deeper nesting is printed as typed: nobody means it, and renderers recurse."""

Marker = Literal["em", "strong", "s"]
Align = Literal["", "left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Text:
    """Words, as they are to be read: nothing in them is markup."""

    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """A code span."""

    text: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Words set apart: emphasised, strong or struck through."""

    marker: Marker
    children: tuple["Inline", ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A link to an absolute http, https or mailto address."""

    url: str
    children: tuple["Inline", ...]
    bare: bool
    """The address itself is what is read."""


@dataclass(frozen=True, slots=True)
class Break:
    """A line end that was meant."""


@dataclass(frozen=True, slots=True)
class Cite:
    """A cluster of citations."""

    citation: Citation


@dataclass(frozen=True, slots=True)
class NoteRef:
    """A reference to a footnote of the same field."""

    index: int
    """Which of the field's `footnotes`, from 0."""
    occurrence: int
    """The how manieth reference to that footnote this is, from 0."""
    label: str
    """The label as typed."""


Inline = Text | Code | Emphasis | Link | Break | Cite | NoteRef


@dataclass(frozen=True, slots=True)
class Paragraph:
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    depth: int
    """1 for the field's own top level, without gaps."""
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    children: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class CodeBlock:
    text: str
    """Without the last line end."""
    language: str
    """The first word of the fence's info string, or empty."""


@dataclass(frozen=True, slots=True)
class List:
    items: tuple[tuple["Block", ...], ...]
    start: int | None
    """The first number; None for a bullet list."""


@dataclass(frozen=True, slots=True)
class Table:
    head: tuple[tuple[Inline, ...], ...]
    rows: tuple[tuple[tuple[Inline, ...], ...], ...]
    align: tuple[Align, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A thematic break."""


Block = Paragraph | Heading | Quote | CodeBlock | List | Table | Rule


def inlines(nodes: Iterable[Inline]) -> Iterator[Inline]:
    """Every inline of `nodes`, in order of reading, each before what it holds."""
    for node in nodes:
        yield node
        if isinstance(node, Emphasis | Link):
            yield from inlines(node.children)


def block_inlines(blocks: Iterable[Block]) -> Iterator[Inline]:
    """Every inline in `blocks`, in order of reading."""
    for block in blocks:
        match block:
            case Paragraph() | Heading():
                yield from inlines(block.children)
            case Quote():
                yield from block_inlines(block.children)
            case List():
                for item in block.items:
                    yield from block_inlines(item)
            case Table():
                for row in (block.head, *block.rows):
                    for cell in row:
                        yield from inlines(cell)
            case CodeBlock() | Rule():
                pass


def inline_text(nodes: Iterable[Inline]) -> str:
    """The words of `nodes` on one line, without citations, note references or markup."""
    words = ""
    for node in nodes:
        match node:
            case Text() | Code():
                words += node.text
            case Emphasis() | Link():
                words += inline_text(node.children)
            case Break():
                words += " "
            case Cite() | NoteRef():
                words = words.rstrip(" ")
    return words


def block_text(blocks: Iterable[Block]) -> str:
    """The words of `blocks`, a blank line between blocks, without citations or markup."""
    parts: list[str] = []
    for block in blocks:
        match block:
            case Paragraph() | Heading():
                parts.append(inline_text(block.children))
            case Quote():
                parts.append(block_text(block.children))
            case CodeBlock():
                parts.append(block.text)
            case List():
                parts.append("\n".join(block_text(item) for item in block.items))
            case Table():
                rows = (block.head, *block.rows)
                parts.append("\n".join("\t".join(map(inline_text, row)).rstrip() for row in rows))
            case Rule():
                pass
    return "\n\n".join(part for part in parts if part)
