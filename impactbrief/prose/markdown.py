"""Prose -> Markdown that reads well raw and that markdownlint has nothing to say about.

mdformat's renderer lays out blocks, wraps lines and guards their beginnings. What it leaves open is
settled here: one spelling for each thing (`#` headings, `-` bullets, `*` emphasis, fences with a
language), and lists and tables as they read best. `inlines` writes what stands within a line.

Where the words themselves break one of markdownlint's rules (a table wider than 80 columns, a
heading that ends in a full stop), comments around the block switch that rule off; readers of the
finished document never see them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import wcwidth
from markdown_it.token import Token
from mdformat.renderer import DEFAULT_RENDERERS, WRAP_POINT, MDRenderer, RenderContext
from mdformat.renderer import RenderTreeNode as Node

from impactbrief.prose.dress import Dress
from impactbrief.prose.filling import filled
from impactbrief.prose.inlines import write as write_inlines
from impactbrief.prose.tree import (
    Block,
    Break,
    Code,
    CodeBlock,
    Emphasis,
    Heading,
    Inline,
    List,
    Paragraph,
    Quote,
    Rule,
    Table,
    Text,
    block_inlines,
    inline_text,
)
from impactbrief.prose.tree import Link as LinkNode

WIDTH = 80
_WIDEST = 120
"""A table with rows that go beyond the page anyway is still aligned up to here."""
_APART = "<!-- -->"
_KEPT = "\ufdd1"
_PUNCTUATION = tuple(".,;:!。，；：！")
_VAGUE = frozenset({"click here", "here", "link", "more"})


def write(blocks: Sequence[Block], dress: Dress, width: int = WIDTH) -> str:
    """The blocks as Markdown, wrapped, without a line end at the end."""
    tokens = _Tokens(dress)
    written = []
    for block in _apart(blocks):
        if block is None:
            written.append(_APART)
            continue
        text = _rendered(tokens.block(block), width)
        if rules := " ".join(sorted(_broken_rules(block, text, width))):
            text = (
                f"<!-- markdownlint-disable {rules} -->\n\n{text}\n\n"
                f"<!-- markdownlint-enable {rules} -->"
            )
        written.append(text)
    return "\n\n".join(written)


def write_inline(blocks: Sequence[Block], dress: Dress) -> str:
    """The blocks as Markdown on one line, fit for a table's cell."""
    tokens = _Tokens(dress)
    lines = (_rendered(tokens.block(Paragraph(line)), "no") for line in _lines(blocks))
    return " ".join(lines).replace("|", "\\|")


def _lines(blocks: Iterable[Block]) -> Iterator[tuple[Inline, ...]]:
    """What stands in the blocks, as paragraphs of one line each."""
    for block in blocks:
        match block:
            case Paragraph() | Heading():
                yield _one_line(block.children)
            case Quote():
                yield from _lines(block.children)
            case CodeBlock():
                if code := " ".join(block.text.split()):
                    yield (Code(code),)
            case List():
                for item in block.items:
                    yield from _lines(item)
            case Table():
                yield from (cell for row in (block.head, *block.rows) for cell in row if cell)
            case Rule():
                pass


def _one_line(nodes: Iterable[Inline]) -> tuple[Inline, ...]:
    return tuple(
        Text(" ")
        if isinstance(node, Break)
        else Emphasis(node.marker, _one_line(node.children))
        if isinstance(node, Emphasis)
        else node
        for node in nodes
    )


def _apart(blocks: Sequence[Block]) -> Iterator[Block | None]:
    """The blocks, with None between two that would be read as one."""
    for before, block in pairwise([None, *blocks]):
        match before, block:
            case (Quote(), Quote()) | (List(start=None), List(start=None)):
                yield None
        assert block is not None
        yield block


class _Tokens:
    """Blocks -> the tokens that mdformat's renderer reads. Inlines are already written."""

    def __init__(self, dress: Dress) -> None:
        self._dress = dress

    def block(self, block: Block, *, tight: bool = False, other: bool = False) -> list[Token]:
        """One block; `other` gives a numbered list the other mark, to keep two lists apart."""
        match block:
            case Paragraph():
                words = write_inlines(block.children, self._dress, space=WRAP_POINT)
                return _nested("paragraph", [_leaf("inline", words)], hidden=tight)
            case Heading():
                level = min(max(self._dress.heading_level, 1) + block.depth - 1, 6)
                words = write_inlines(block.children, self._dress)
                return _nested("heading", [_leaf("inline", words)], markup="#" * level)
            case Quote():
                return _nested("blockquote", self._blocks(block.children))
            case CodeBlock():
                code = block.text and block.text + "\n"
                return [Token("fence", "code", 0, content=code, info=block.language or "text")]
            case List():
                tight = _is_tight(block)
                items = [
                    token
                    for item in block.items
                    for token in _nested("list_item", self._blocks(item, tight=tight))
                ]
                meta = {"start": block.start, "tight": tight, "mark": ")" if other else "."}
                return _nested("list", items, meta=meta)
            case Table():
                rows = [
                    [write_inlines(cell, self._dress).replace("|", "\\|") for cell in row]
                    for row in (block.head, *block.rows)
                ]
                return [Token("table", "", 0, meta={"rows": rows, "align": block.align})]
            case Rule():
                return [_leaf("verbatim", "---")]

    def _blocks(self, blocks: Sequence[Block], *, tight: bool = False) -> list[Token]:
        tokens: list[Token] = []
        other = numbered = False
        for block in _apart(blocks):
            if block is None:
                tokens.append(_leaf("verbatim", _APART))
                continue
            before, numbered = numbered, isinstance(block, List) and block.start is not None
            other = numbered and before and not other
            tokens += self.block(block, tight=tight, other=other)
        return tokens


def _leaf(kind: str, content: str) -> Token:
    return Token(kind, "", 0, content=content)


def _nested(kind: str, inner: list[Token], **attributes: Any) -> list[Token]:
    opening = Token(f"{kind}_open", "", 1, **attributes)
    return [opening, *inner, Token(f"{kind}_close", "", -1)]


def _is_tight(block: List) -> bool:
    """Whether no blank lines are needed between and in the items."""
    for item in block.items:
        match item:
            case (Paragraph(),) | (List(),) | (Paragraph(), List(start=None | 1)):
                if isinstance(item[-1], List) and not _is_tight(item[-1]):
                    return False
            case _:
                return False
    return True


def _rendered(tokens: list[Token], wrap: int | str) -> str:
    options = {"parser_extension": [_RENDERERS], "mdformat": {"wrap": wrap}}
    return MDRenderer().render(tokens, options, {}, finalize=False)


def _verbatim(node: Node, context: RenderContext) -> str:  # noqa: ARG001
    return node.content


def _inline(node: Node, context: RenderContext) -> str:
    """Words in lines of the page's width; spaces that are no place to wrap stay in their line."""
    width = context.options["mdformat"]["wrap"]
    if width == "no" or node.parent is None or node.parent.type != "paragraph":
        return node.content
    lines = []
    for line in node.content.replace(" ", _KEPT).replace(WRAP_POINT, " ").split("\n"):
        lines += filled(line, width - context.env["indent_width"])
    return "\n".join(lines).replace(_KEPT, " ")


def _paragraph(node: Node, context: RenderContext) -> str:
    """Guard the beginnings of lines further than mdformat does."""
    lines = DEFAULT_RENDERERS["paragraph"](node, context).split("\n")
    for number, line in enumerate(lines):
        if line.startswith("#"):  # no heading, but taken for a mistyped one
            lines[number] = "\\" + line
        elif "-" in line and not line.strip("|-: "):  # the line below a table's head
            lines[number] = line.replace("-", "\\-", 1)
    return "\n".join(lines)


def _list(node: Node, context: RenderContext) -> str:
    start, tight, mark = (node.meta[key] for key in ("start", "tight", "mark"))
    separator = "\n" if tight else "\n\n"
    items = []
    for number, item in enumerate(node.children, start or 0):
        marker = "- " if start is None else f"{number}{mark} "
        indent = " " * len(marker)
        with context.indented(len(indent)):
            text = separator.join(child.render(context) for child in item.children)
        lines = (indent + line if line else "" for line in text.split("\n"))
        items.append(marker + "\n".join(lines)[len(indent) :])
    return separator.join(items)


def _table(node: Node, context: RenderContext) -> str:
    """A table, its columns aligned where that takes it no further beyond the page."""
    rows: list[list[str]] = node.meta["rows"]
    align: Sequence[str] = node.meta["align"]
    widths = [max(3, *(wcwidth.width(row[column]) for row in rows)) for column in range(len(align))]
    page = WIDTH - context.env["indent_width"]
    aligned = sum(widths) + 3 * len(widths) + 1
    fits = all(wcwidth.width(f"| {' | '.join(row)} |") <= page for row in rows)
    if aligned > (page if fits else _WIDEST):
        widths = [0] * len(widths)
    rules = []
    for side, width in zip(align, widths, strict=True):
        left = ":" if side in {"left", "center"} else "-"
        right = ":" if side in {"right", "center"} else "-"
        rules.append(left + "-" * max(width - 2, 1) + right)
    lines = []
    for row in (rows[0], rules, *rows[1:]):
        cells = (
            cell + " " * (width - wcwidth.width(cell))
            for cell, width in zip(row, widths, strict=True)
        )
        lines.append(re.sub(r"\|  (?=\|)", "| ", f"| {' | '.join(cells)} |"))
    return "\n".join(lines)


_RENDERERS = SimpleNamespace(
    RENDERERS={
        "inline": _inline,
        "verbatim": _verbatim,
        "paragraph": _paragraph,
        "list": _list,
        "table": _table,
    }
)


def _is_wide(text: str, width: int) -> bool:
    """Whether a line is too long for markdownlint: counted as JavaScript does, but for its end."""
    for line in text.split("\n"):
        words = re.sub(r"\S*$", "#", line, count=1)
        if len(words) + sum(character > "\uffff" for character in words) > width:
            return True
    return False


def _broken_rules(block: Block, text: str, width: int) -> Iterator[str]:
    """markdownlint's rules that a block's own words break."""
    if _is_wide(text, width):
        yield "MD013"
    if any(
        isinstance(node, LinkNode) and inline_text(node.children).strip().lower() in _VAGUE
        for node in block_inlines([block])
    ):
        yield "MD059"
    match block:
        case Paragraph(children=(Emphasis(marker="em" | "strong") as only,)) if "\n" not in text:
            if not inline_text(only.children).endswith((*_PUNCTUATION, "?", "？")):
                yield "MD036"
        case Heading() if inline_text(block.children).endswith(_PUNCTUATION):
            yield "MD026"
    for inner in _all_blocks(block):
        match inner:
            case List(start=int(start)) if start > 1:
                yield "MD029"
            case CodeBlock() if all(
                re.match(r"\s*\$\s+\S", line) for line in inner.text.split("\n") if line
            ):
                yield "MD014"


def _all_blocks(block: Block) -> Iterator[Block]:
    yield block
    match block:
        case Quote():
            for inner in block.children:
                yield from _all_blocks(inner)
        case List():
            for item in block.items:
                for inner in item:
                    yield from _all_blocks(inner)
