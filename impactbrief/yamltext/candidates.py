"""The ways to write a change into a text, the gentlest first.

A candidate may turn out to say something else than it should: whoever asks reads it before use. So
the candidates stay simple, and the rare cases fall to the ones that come after.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from impactbrief.yamltext import lines as shape
from impactbrief.yamltext.layout import Layout, is_block_scalar
from impactbrief.yamltext.lines import Style
from impactbrief.yamltext.reader import Collection, Node, read
from impactbrief.yamltext.scalars import block, fits_block, inline, key_text, wants_block
from impactbrief.yamltext.tree import at, changed, same
from impactbrief.yamltext.values import Path, Spelled, Value

Order = Callable[[Path], Sequence[str]]
"""Tells the usual order of the keys of the mapping at a path."""

Lines = Callable[[int], list[str]]
"""Writes the lines of a mapping or a list, given the column where it begins."""


class Candidates:
    """A text as it was read, and what it could become."""

    def __init__(self, text: str, order: Order | None = None) -> None:
        self.text = text
        self.order = order
        self.yaml = read(text)
        self.tree = self.yaml.value
        self.lay = Layout(self.yaml)

    def node(self, path: Path) -> Node | None:
        """The node at `path`; None if it isn't written there, as inside an alias."""
        node, _, found = self.yaml.node(path)
        return node if found == len(path) else None

    def in_flow(self, path: Path) -> Path | None:
        """The outermost collection in brackets that holds the value at `path`."""
        outer = self.lay.outermost_flow(path)
        return outer if outer is not None and len(outer) < len(path) else None

    def styles(self) -> tuple[Style, Style]:
        """The text's own style, and the same without literal blocks."""
        return self.lay.style, replace(self.lay.style, blocks=False)

    # A value in place of another ----------------------------------------------------------------

    def replacing(self, path: Path, value: Value) -> Iterator[str]:
        """The value at `path` replaced by another."""
        outer = self.in_flow(path)
        if outer is not None:
            if has_block(value):
                yield from self.unfolding(
                    outer, changed(at(self.tree, outer), path[len(outer) :], lambda _: value)
                )
            yield self.flow_value(path, value)
            return
        for style in self.styles():
            yield self.block_value(path, value, style)

    def flow_value(self, path: Path, value: Value) -> str:
        """A value inside brackets replaced by another."""
        node, parent = self.node(path), self.node(path[:-1])
        assert isinstance(parent, Collection)
        start, end = self.yaml.node_span(node)
        new = _inline(value, node, flow=True)
        if start == end and path[-1] in parent.keys:
            start = end = self.lay.key_colon(parent, path[-1])
            new = " " + new if self.text[start - 1] == ":" else ": " + new
        return self.text[:start] + new + self.text[end:]

    def block_value(self, path: Path, value: Value, style: Style) -> str:
        """A value outside of brackets replaced by another."""
        node = self.node(path)
        if (
            isinstance(value, str)
            and not isinstance(value, Spelled)
            and style.blocks
            and (wants_block(value) or (is_block_scalar(node) and fits_block(value)))
        ):
            return self.literal_at(path, value, style)
        if shape.is_inline(value, style):
            return self.inline_at(path, _inline(value, node))
        step = style.list_step if isinstance(value, list) else style.step
        return self.lines_at(path, lambda col: shape.lines(value, col, style), step)

    def room(self, path: Path) -> tuple[int, int, int, int, str]:
        """Around the value at `path`: where the room for it begins, where it begins and ends, the
        column of its entry, and the blanks and the comment that follow it in its first line.
        """
        node, parent = self.node(path), self.node(path[:-1]) if path else None
        start, end = self.lay.span(node)
        gap, col = start, 0
        if isinstance(parent, Collection):
            gap = self.lay.value_gap(parent, path[-1])
            col = self.lay.column(self.lay.entry_start(parent, path[-1]))
        if is_block_scalar(node):
            tail = self.lay.tail(self.lay.block_header(node).end())
        elif isinstance(node, Collection) and not node.flow:
            tail = self.lay.tail(gap) if self.below(gap, start) else ""
        else:
            tail = self.lay.tail(end)
        return gap, start, end, col, tail

    def below(self, gap: int, start: int) -> bool:
        """Whether a value begins on a later line than the room for it."""
        return self.lay.line_start(start) > gap

    def inline_at(self, path: Path, new: str) -> str:
        """A value that fits behind its key or dash."""
        if self.yaml.root is None:
            return self.appended([new])
        node = self.node(path)
        gap, start, end, _, tail = self.room(path)
        text = self.text
        if start == end:
            return text[:start] + " " + new + text[start:]
        if is_block_scalar(node):
            return text[:start] + new + tail + text[end:]
        if isinstance(node, Collection) and not node.flow:
            if not self.below(gap, start) or node.start.anchor:
                return text[:start] + new + text[self.lay.line_end(end) :]
            kept = text[gap : self.lay.line_start(start)].rstrip("\r\n")
            return text[:gap] + " " + new + kept + text[self.lay.line_end(end) :]
        return text[:start] + new + text[end:]

    def literal_at(self, path: Path, value: str, style: Style) -> str:
        """A text as a literal block behind its key or dash."""
        node = self.node(path)
        if self.yaml.root is None:
            header, body = block(value, 0, style.step)
            return self.appended([header, *body])
        gap, start, end, col, tail = self.room(path)
        indent = col + style.step
        if is_block_scalar(node) and col < self.lay.block_indent(node) < col + 10:
            indent = self.lay.block_indent(node)
        header, body = block(value, col, indent)
        text = self.text
        if isinstance(node, Collection) and not node.flow and self.below(gap, start):
            start = gap
        if start == gap and path:
            header = " " + header
        rest = text[end:] if is_block_scalar(node) else text[self.lay.line_end(end) :]
        return text[:start] + self.lay.newline.join([header + tail, *body]) + rest

    def lines_at(self, path: Path, make: Lines, step: int) -> str:
        """A mapping or a list in lines of its own, `step` columns in, or begun behind a dash."""
        node = self.node(path)
        if self.yaml.root is None:
            return self.appended(make(0))
        gap, start, end, col, tail = self.room(path)
        text, lay = self.text, self.lay
        comment = tail.strip(" \t")
        rest = text[end:] if is_block_scalar(node) else text[lay.line_end(end) :]
        if not path:
            begin = lay.line_start(start) if lay.opens_line(start) else start
            before = text[:begin].rstrip(" ") + (
                "" if begin < start or lay.opens_line(start) else lay.newline
            )
            if start == end:
                return self.appended(make(0))
            return before + self.joined([*([comment] if comment else []), *make(0)]) + rest
        if self.below(gap, start):
            column = lay.column(start)
            made = make(column if column > col else col + step)
            if comment and not (isinstance(node, Collection) and not node.flow):
                made.insert(0, " " * column + comment)
            return text[: lay.line_start(start)] + self.joined(made) + rest
        if isinstance(path[-1], int) and not comment:
            made = make(col + 2)
            return text[:gap] + " " + self.joined(made)[col + 2 :] + rest
        made = make(col + (2 if isinstance(path[-1], int) else step))
        return text[:gap] + tail.rstrip(" \t") + self.lay.newline + self.joined(made) + rest

    def joined(self, lines: list[str]) -> str:
        """Lines with the text's own line ends between them."""
        return self.lay.newline.join("\n".join(lines).split("\n"))

    def appended(self, lines: list[str]) -> str:
        """The lines below everything else."""
        text = self.text
        if text[self.yaml.shift :] and not text.endswith(("\n", "\r")):
            text += self.lay.newline
        return text + self.joined(lines) + self.lay.newline

    # Brackets opened up, and whole collections anew ----------------------------------------------

    def unfolding(self, path: Path, value: Value) -> Iterator[str]:
        """The collection in brackets at `path` changed to `value` and written over several lines.

        Whatever didn't change keeps its spelling. No candidate where comments would be lost.
        """
        node = self.node(path)
        start, end = self.yaml.node_span(node)
        if self.lay.comments(start, end, node):
            return
        step = self.lay.style.list_step if isinstance(value, list) else self.lay.style.step
        yield self.lines_at(path, lambda col: self.unfolded(node, value, col), step)

    def unfolded(self, node: Node, value: Value, col: int) -> list[str]:
        """The lines of a value, with the spelling of what `node` says already."""
        style = self.lay.style
        lines: list[str] = []
        if isinstance(value, dict):
            for key, item in value.items():
                child, spelled = self.spelling(node, key, item)
                known = isinstance(node, Collection) and key in node.keys
                written = self.raw(node.keys[key]) + ":" if known else key_text(key)
                head = " " * col + written.replace("\n", "\n" + " " * col)
                step = style.list_step if isinstance(item, list) else style.step
                if spelled:
                    lines.append(f"{head} {spelled}")
                elif child is None or shape.is_inline(item, style) or isinstance(item, str):
                    lines += shape.entry(head, item, col, style)
                else:
                    lines += [head, *self.unfolded(child, item, col + step)]
        elif isinstance(value, list):
            for index, item in enumerate(value):
                child, spelled = self.spelling(node, index, item)
                if spelled:
                    lines.append(" " * col + "- " + spelled)
                elif child is None or shape.is_inline(item, style) or isinstance(item, str):
                    lines += shape.list_item(item, col, style)
                else:
                    inner = self.unfolded(child, item, col + 2)
                    lines += [" " * col + "- " + inner[0][col + 2 :], *inner[1:]]
        return lines

    def spelling(self, node: Node, step: str | int, value: Value) -> tuple[Node | None, str]:
        """The entry of `node` that `value` was, and its spelling if it still says the same."""
        if not isinstance(node, Collection):
            return None, ""
        if isinstance(step, int) and isinstance(node.value, list):
            place = step  # an item may have been put in or taken away before this one
            known = [index for index, old in enumerate(node.value) if same(old, value)]
            step = min(known, key=lambda index: abs(index - place), default=step)
        if step not in node.items:
            return None, ""
        child = node.items[step]
        old = node.value[step]  # type: ignore[index]
        raw = self.raw(child)
        return child, raw if same(old, value) and "\n" not in raw and "\r" not in raw else ""

    def raw(self, node: Node) -> str:
        """A node as it is written."""
        start, end = self.yaml.node_span(node)
        return self.text[start:end]

    def rewriting(self, path: Path, value: Value) -> Iterator[str]:
        """The value at `path` written anew, its comments gathered above it."""
        node = self.node(path)
        if node is None:
            yield dump_text(value, self.lay.newline)
            return
        if self.in_flow(path) is not None:
            yield self.flow_value(path, value)
            return
        start, end = self.lay.span(node)
        comments = self.lay.comments(start, self.lay.line_end(end), node)
        for style in self.styles():
            if shape.is_inline(value, style) or isinstance(value, str):
                yield self.block_value(path, value, style)
                continue

            def make(col: int, style: Style = style) -> list[str]:
                kept = [" " * col + comment for comment in comments]
                return [*kept, *shape.lines(value, col, style)]

            yield self.lines_at(
                path, make, style.list_step if isinstance(value, list) else style.step
            )


def _inline(value: Value, node: Node, flow: bool = False) -> str:
    """A value on one line, in the quotes that the old one had."""
    if isinstance(value, dict | list):
        return shape.flow(value)
    quote = "" if isinstance(node, Collection) else getattr(node, "style", "") or ""
    return inline(value, flow=flow, quote=quote if quote in "'\"" else "")


def has_block(value: Value) -> bool:
    """Whether a literal block is wanted anywhere in a value."""
    if isinstance(value, dict):
        return any(map(has_block, value.values()))
    if isinstance(value, list):
        return any(map(has_block, value))
    return wants_block(value)


def dump_text(value: Value, newline: str) -> str:
    """A whole text that says the value."""
    return newline.join("\n".join(shape.lines(value, 0)).split("\n")) + newline
