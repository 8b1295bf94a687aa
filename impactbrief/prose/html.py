"""Prose -> HTML that is safe to print and fit for a tagged PDF.

Every tag is written here; every word is escaped, once. A list item holds inline content and
further lists only (PDF/UA's rule for LI): other blocks in it are flattened to lines.
"""

import re
from collections.abc import Sequence
from html import escape
from itertools import count

from impactbrief.prose.dress import Dress
from impactbrief.prose.tree import (
    Block,
    Break,
    Cite,
    Code,
    CodeBlock,
    Emphasis,
    Heading,
    Inline,
    Link,
    List,
    NoteRef,
    Paragraph,
    Quote,
    Rule,
    Table,
    Text,
    inline_text,
)

_LINE_END = "<br>\n"
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+")
"""Letters of Hebrew, Arabic, Syriac, Thaana, N’Ko and their kin."""


def write(blocks: Sequence[Block], dress: Dress) -> str:
    """The blocks as HTML, one below the other, with a line end after each."""
    return "".join(_block(block, dress) + "\n" for block in blocks)


def write_inline(blocks: Sequence[Block], dress: Dress) -> str:
    """The blocks as inline content: their lines divided by `<br>`, lists too."""
    return _lines(blocks, dress, lists=False)


def _block(block: Block, dress: Dress) -> str:
    match block:
        case Paragraph():
            return f"<p{_way(block.children, dress)}>{_inlines(block.children, dress)}</p>"
        case Heading():
            level = min(max(dress.heading_level, 1) + block.depth - 1, 6)
            way = _way(block.children, dress)
            return f"<h{level}{way}>{_inlines(block.children, dress)}</h{level}>"
        case Quote():
            return f"<blockquote>\n{write(block.children, dress)}</blockquote>"
        case CodeBlock():
            return f"<pre><code>{_escaped(block.text)}</code></pre>"
        case List():
            return _list(block, dress)
        case Table():
            return _table(block, dress)
        case Rule():
            return "<hr>"


def _way(nodes: Sequence[Inline], dress: Dress) -> str:
    """The direction of words that all run against the document's: their full stop stands at their
    end then, and not at the line's."""
    words = inline_text(nodes)
    right = _RIGHT_TO_LEFT.search(words) is not None
    left = any(map(str.isalpha, _RIGHT_TO_LEFT.sub("", words)))
    if left == right:  # both, or none
        return ""
    way = "rtl" if right else "ltr"
    return "" if way == dress.direction else f' dir="{way}"'


def _list(block: List, dress: Dress) -> str:
    items = "".join(f"<li>{_lines(item, dress, lists=True)}</li>\n" for item in block.items)
    if block.start is None:
        return f"<ul>\n{items}</ul>"
    start = "" if block.start == 1 else f' start="{block.start}"'
    return f"<ol{start}>\n{items}</ol>"


def _table(block: Table, dress: Dress) -> str:
    def cells(tag: str, row: Sequence[tuple[Inline, ...]]) -> str:
        written = ""
        for cell, align in zip(row, block.align, strict=True):
            name = f' class="{align}"' if align in {"center", "right"} else ""
            scope = ' scope="col"' if tag == "th" else ""
            written += f"<{tag}{scope}{name}>{_inlines(cell, dress)}</{tag}>"
        return f"<tr>{written}</tr>\n"

    rows = "".join(cells("td", row) for row in block.rows)
    body = f"<tbody>\n{rows}</tbody>\n" if rows else ""
    return f"<table>\n<thead>\n{cells('th', block.head)}</thead>\n{body}</table>"


def _lines(blocks: Sequence[Block], dress: Dress, *, lists: bool) -> str:
    """The blocks as lines of inline content; `lists` may stay lists between them."""
    written = ""
    joined = True  # a list stands off by itself: no line end beside it
    for block in blocks:
        if lists and isinstance(block, List):
            written += "\n" + _list(block, dress) + "\n"
            joined = True
        elif line := _line(block, dress, lists=lists):
            written += line if joined else _LINE_END + line
            joined = False
    return written.rstrip("\n")


def _line(block: Block, dress: Dress, *, lists: bool) -> str:
    """One block as inline content."""
    match block:
        case Paragraph() | Heading():
            return _inlines(block.children, dress)
        case Quote():
            words = _lines(block.children, dress, lists=False)
            return f'<span class="quote">{words}</span>'
        case CodeBlock():
            lines = (_indented(line) for line in block.text.split("\n"))
            return f"<code>{_LINE_END.join(lines)}</code>"
        case List():
            marks = ("– " if block.start is None else f"{n}. " for n in count(block.start or 0))
            return _LINE_END.join(
                mark + _lines(item, dress, lists=lists)
                for mark, item in zip(marks, block.items, strict=False)
            )
        case Table():
            return _LINE_END.join(_table_lines(block, dress))
        case Rule():
            return ""


def _table_lines(block: Table, dress: Dress) -> list[str]:
    """A table's rows as lines: each cell behind the head of its column."""
    if not block.rows:
        return ["; ".join(_inlines(cell, dress) for cell in block.head)]
    heads = [_escaped(inline_text(cell)) for cell in block.head]
    lines = []
    for row in block.rows:
        cells = zip(heads, row, strict=True)
        named = (f"{head}: " * bool(head) + _inlines(cell, dress) for head, cell in cells if cell)
        lines.append("; ".join(named))
    return [line for line in lines if line]


def _indented(line: str) -> str:
    words = line.lstrip(" ")
    return "\N{NO-BREAK SPACE}" * (len(line) - len(words)) + _escaped(words)


def _inlines(nodes: Sequence[Inline], dress: Dress) -> str:
    written = ""
    for node in nodes:
        match node:
            case Text():
                written += _escaped(node.text)
            case Code():
                written += f"<code>{_escaped(node.text)}</code>"
            case Emphasis():
                words = _inlines(node.children, dress)
                written += f"<{node.marker}>{words}</{node.marker}>" if words else ""
            case Link():
                # A style sheet may break an address anywhere, words not.
                name = ' class="url"' if node.bare else ""
                words = _inlines(node.children, dress)
                written += f'<a href="{escape(node.url)}" rel="noopener"{name}>{words}</a>'
            case Break():
                written += _LINE_END
            case Cite():
                cited = dress.cite_html(node.citation)
                written = _beside(written, _escaped(node.citation.raw) if cited is None else cited)
            case NoteRef():
                written = _beside(written, dress.note_html(node))
    return written


def _beside(written: str, more: str) -> str:
    """`more` behind `written`; where the dress prints nothing, the space before goes too."""
    return written + more if more else written.rstrip(" ")


def _escaped(text: str) -> str:
    return escape(text, quote=False)
