"""Where things stand in a text: lines, columns, the entries of lists and mappings, comments."""

import re
from collections import Counter
from functools import cached_property

from yaml.events import AliasEvent, ScalarEvent

from impactbrief.yamltext.lines import Style
from impactbrief.yamltext.reader import Collection, Node, YamlText
from impactbrief.yamltext.values import Path

_gap = re.compile(r"(?:[ \t\r\n]+|(?<!\S)#[^\r\n]*|&\S+|!(?=\s))*")
_line_end = re.compile(r"[\r\n]")
_blank_or_comment = re.compile(r"[ \t]*(?:#[^\r\n]*)?")
_comment = re.compile(r"(?:(?<=\s)|\A)#[^\r\n]*")


class Layout:
    """A text that was read, and questions about how it is laid out. Offsets are into `text`."""

    def __init__(self, yaml: YamlText) -> None:
        self.yaml = yaml
        self.text = yaml.text
        first = re.search(r"\r\n|\r|\n", yaml.text)
        self.newline = first[0] if first else "\n"

    @cached_property
    def style(self) -> Style:
        """The indentation that most lists and most mappings below a key have."""
        steps: dict[type, Counter[int]] = {dict: Counter(), list: Counter()}
        waiting: list[Node] = [self.yaml.root]
        while waiting:
            node = waiting.pop()
            if not isinstance(node, Collection) or node.flow:
                continue
            waiting += node.items.values()
            for key, item in node.items.items():
                if isinstance(item, Collection) and not item.flow and isinstance(key, str):
                    inner = self.column(self.entry_start(item, next(iter(item.items))))
                    outer = self.column(self.entry_start(node, key))
                    steps[type(item.value)][inner - outer] += 1
        mapping = max(steps[dict], key=lambda step: steps[dict][step], default=2)
        items = max(steps[list], key=lambda step: steps[list][step], default=2)
        return Style(max(1, min(mapping, 9)), max(0, min(items, 9)))

    def line_start(self, offset: int) -> int:
        """Where the line of `offset` begins, after a byte order mark."""
        begin = max(self.text.rfind("\n", 0, offset), self.text.rfind("\r", 0, offset)) + 1
        return max(begin, self.yaml.shift)

    def line_end(self, offset: int) -> int:
        """Where the line of `offset` ends, before its line end."""
        match = _line_end.search(self.text, offset)
        return match.start() if match else len(self.text)

    def next_line(self, offset: int) -> int:
        """Where the line after that of `offset` begins."""
        end = self.line_end(offset)
        return end + (2 if self.text.startswith("\r\n", end) else 1 if end < len(self.text) else 0)

    def column(self, offset: int) -> int:
        """The column of an offset, counted from 0."""
        return offset - self.line_start(offset)

    def opens_line(self, offset: int) -> bool:
        """Whether only blanks stand before it in its line."""
        return not self.text[self.line_start(offset) : offset].strip(" \t")

    def tail(self, offset: int) -> str:
        """The rest of the line."""
        return self.text[offset : self.line_end(offset)]

    def span(self, node: Node) -> tuple[int, int]:
        """Where a node is written, without blank lines and the line end after a block scalar."""
        start, end = self.yaml.node_span(node)
        leaf = node
        while isinstance(leaf, Collection) and not leaf.flow and leaf.items:
            leaf = leaf.items[next(reversed(leaf.items))]
        if is_block_scalar(leaf):
            end = self.block_end(leaf)
        return start, end

    def block_header(self, node: Node) -> re.Match[str]:
        """The `|` or `>` of a block scalar and what belongs to it."""
        start, end = self.yaml.node_span(node)
        found = re.compile(r"(?:&\S+\s+|!\s+)*([|>][-+0-9]*)").match(self.text, start, end)
        assert found is not None
        return found

    def block_lines(self, node: Node) -> list[str]:
        """The lines below a block scalar's header, without their ends, as far as libyaml read."""
        _, end = self.yaml.node_span(node)
        body = self.text[self.next_line(self.block_header(node).end()) : end]
        lines = re.split(r"\r\n|\r|\n", body)
        return lines[:-1] if not lines[-1] else lines

    def block_indent(self, node: Node) -> int:
        """How deep a block scalar's text is indented; 0 if it has none."""
        lines = [line for line in self.block_lines(node) if line.strip(" \t")]
        return min((len(line) - len(line.lstrip(" ")) for line in lines), default=0)

    def block_end(self, node: Node) -> int:
        """Where the last line of a block scalar's own text ends."""
        header = self.block_header(node)
        lines = self.block_lines(node)
        indent = self.block_indent(node)
        while (
            lines
            and "+" not in header[1]
            and not lines[-1].strip(" ")
            and (len(lines[-1]) <= indent or not indent)
        ):
            lines.pop()
        end = self.line_end(header.end())
        for _ in lines:
            end = self.line_end(self.next_line(end))
        return end

    def key_colon(self, node: Collection, key: str | int) -> int:
        """The offset after a key's colon; after the key if it has none."""
        end = self.yaml.node_span(node.keys[key])[1]
        found = _gap.match(self.text, end)
        after = found.end() if found else end
        return after + 1 if self.text.startswith(":", after) else end

    def entry_start(self, node: Collection, step: str | int) -> int:
        """Where an entry begins: its key (or the `?` before it), its dash, or the item itself."""
        if step in node.keys:
            start = self.yaml.node_span(node.keys[step])[0]
            before = start - 1
            while before >= 0 and self.text[before] == " ":
                before -= 1
            return before if 0 <= before < start - 1 and self.text[before] == "?" else start
        if node.flow:
            return self.yaml.node_span(node.items[step])[0]
        assert isinstance(step, int)
        before_it = self.span(node.items[step - 1])[1] if step else self.yaml.node_span(node)[0]
        found = _gap.match(self.text, before_it)
        return found.end() if found else before_it

    def value_gap(self, node: Collection, step: str | int) -> int:
        """Where the room for an entry's value begins: after its colon or its dash."""
        if step in node.keys:
            return self.key_colon(node, step)
        return self.entry_start(node, step) + (0 if node.flow else 1)

    def entry_end(self, node: Collection, step: str | int) -> int:
        """Where an entry ends, before a comment that follows."""
        return max(self.span(node.items[step])[1], self.value_gap(node, step))

    def after_entry(self, end: int, col: int, last: bool) -> int:
        """The beginning of the line where the next entry goes, `end` being where one ends.

        Comments indented deeper than the entries stay with the entry above. Below the last entry,
        those in its own column do as well, unless a blank line or something else in that column
        comes between.
        """
        after = here = self.next_line(end)
        attached: list[int] = []
        blank = False
        while here < len(self.text):
            line = self.tail(here)
            if not _blank_or_comment.fullmatch(line):
                break
            depth = len(line) - len(line.lstrip(" \t"))
            next_one = self.next_line(here)
            if not line.strip(" \t"):
                blank = True
            elif depth > col:
                after = next_one
                attached.clear()
                blank = False
            elif depth == col and not blank:
                attached.append(next_one)
            else:
                blank = True
            here = next_one
        line = self.tail(here)
        depth = len(line) - len(line.lstrip(" ")) if here < len(self.text) else -1
        if last and attached and depth < col:
            after = attached[-1]
        return after

    def above_entry(self, start: int, stop: int) -> int:
        """The beginning of the comment lines right above an entry, in its column, below `stop`."""
        col = self.column(start)
        here = self.line_start(start)
        while here > max(stop, self.yaml.shift):
            above = self.line_start(here - (2 if self.text[here - 2 : here] == "\r\n" else 1))
            line = self.text[above : self.line_end(above)]
            if (
                above < stop
                or not line.lstrip(" ").startswith("#")
                or (len(line) - len(line.lstrip(" ")) != col)
            ):
                break
            here = above
        return here

    def comments(self, start: int, end: int, node: Node) -> list[str]:
        """The comments between two offsets, outside of the scalars of `node`."""
        holes = sorted(self._scalars(node))
        found: list[str] = []
        here = start
        for hole in [*holes, (end, end)]:
            found += _comment.findall(" " + self.text[here : max(hole[0], here)])
            here = max(here, hole[1])
        return found

    def _scalars(self, node: Node) -> list[tuple[int, int]]:
        if not isinstance(node, Collection):
            start, end = self.yaml.node_span(node)
            if is_block_scalar(node):
                return [
                    (start, self.block_header(node).end()),
                    (self.line_end(self.block_header(node).end()), end),
                ]
            return [(start, end)]
        inner = [*node.keys.values(), *node.items.values()]
        return [hole for item in inner for hole in self._scalars(item)]

    def outermost_flow(self, path: Path) -> Path | None:
        """The path of the outermost collection in brackets around or at `path`, if there is one."""
        node = self.yaml.root
        for length in range(len(path) + 1):
            if isinstance(node, Collection) and node.flow:
                return path[:length]
            if length < len(path):
                node = node.items.get(path[length]) if isinstance(node, Collection) else None
        return None


def is_block_scalar(node: Node) -> bool:
    """Whether a node is a literal or a folded block."""
    return type(node) is ScalarEvent and node.style in ("|", ">")


def is_alias(node: Node) -> bool:
    """Whether a node is an alias."""
    return type(node) is AliasEvent
