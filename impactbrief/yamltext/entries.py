"""The ways to add, take away and move an entry of a mapping or a list, the gentlest first."""

import re
from collections.abc import Iterator

from impactbrief.yamltext import lines as shape
from impactbrief.yamltext.candidates import Candidates, has_block
from impactbrief.yamltext.layout import is_block_scalar
from impactbrief.yamltext.lines import Style
from impactbrief.yamltext.reader import Collection, Node
from impactbrief.yamltext.scalars import key_text
from impactbrief.yamltext.tree import at, changed
from impactbrief.yamltext.values import Path, Value

_blank_line = re.compile(r"(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)")
_comma = re.compile(r"\s*,")


class EntryCandidates(Candidates):
    """A text as it was read, and what it could become when its entries change."""

    def entries(self, path: Path) -> tuple[Collection, list[str | int]]:
        """The collection at `path` and its keys or indexes as they stand in the text."""
        node = self.node(path)
        assert isinstance(node, Collection)
        return node, list(node.items)

    # Adding --------------------------------------------------------------------------------------

    def adding(self, path: Path, step: str | int, value: Value) -> Iterator[str]:
        """A new key, or a new item before the one at an index, in the collection at `path`."""
        node, steps = self.entries(path)
        if not steps:
            yield from self.replacing(path, {step: value} if isinstance(step, str) else [value])
            return
        place = self.place_of(path, step, steps)
        outer = self.lay.outermost_flow(path)
        if outer is not None:
            if has_block(value):
                wanted = changed(
                    at(self.tree, outer), path[len(outer) :], lambda old: added(old, step, value)
                )
                yield from self.unfolding(outer, wanted)
            yield self.add_in_flow(node, steps, place, step, value)
            return
        for style in self.styles():
            for blank in (True, False):
                yield self.add_lines(node, steps, place, step, value, style, blank=blank)
            yield self.add_lines(node, steps, place, step, value, style, blank=False, strip=True)

    def place_of(self, path: Path, step: str | int, steps: list[str | int]) -> int:
        """How many entries stand before the new one."""
        if isinstance(step, int):
            return step
        order = list(self.order(path)) if self.order is not None else []
        if step not in order:
            return len(steps)
        before = [key for key in order[: order.index(step)] if key in steps]
        return steps.index(before[-1]) + 1 if before else 0

    def add_in_flow(
        self, node: Collection, steps: list[str | int], place: int, step: str | int, value: Value
    ) -> str:
        """A new entry between brackets, on a line of its own if the others are."""
        text, lay = self.text, self.lay
        new = shape.flow(value)
        if isinstance(step, str):
            new = key_text(step, flow=True).replace("\n", " ") + " " + new
        first = lay.entry_start(node, steps[0])
        lined = lay.opens_line(first)
        indent = lay.newline + " " * lay.column(first)
        if place == 0:
            return text[:first] + new + "," + (indent if lined else " ") + text[first:]
        end = lay.entry_end(node, steps[place - 1])
        if not lined:
            return text[:end] + ", " + new + text[end:]
        comma = _comma.match(text, end)
        if comma is None:
            line = lay.line_end(end)
            close = self.yaml.node_span(node)[1] - 1
            if line > close:  # the closing bracket stands behind the last entry
                return text[:end] + "," + indent + new + text[end:]
            return text[:end] + "," + text[end:line] + indent + new + text[line:]
        line = lay.line_end(comma.end())
        after = text[comma.end() : line].strip(" \t")
        if after and not after.startswith("#"):
            return text[:end] + ", " + new + text[end:]
        return text[:line] + indent + new + "," + text[line:]

    def add_lines(
        self,
        node: Collection,
        steps: list[str | int],
        place: int,
        step: str | int,
        value: Value,
        style: Style,
        *,
        blank: bool,
        strip: bool = False,
    ) -> str:
        """A new entry on lines of its own; `blank` keeps the blank line that parts the entries.

        `strip` lets the text above end without the line end that the new lines bring.
        """
        text, lay = self.text, self.lay
        first = lay.entry_start(node, steps[0])
        col = lay.column(first)
        made = self.entry_lines(node, step, value, col, style)
        if place == 0:
            if not lay.opens_line(first):
                return (
                    text[:first] + self.joined(made)[col:] + lay.newline + " " * col + text[first:]
                )
            begin = self.first_line(node, first)
            return text[:begin] + self.joined(made) + lay.newline + text[begin:]
        end = lay.entry_end(node, steps[place - 1])
        at_line = lay.after_entry(end, col, place == len(steps))
        if blank and self.parted(node, steps, place):
            made.insert(0, "")
        if strip:
            text = self.stripped(node.items[steps[place - 1]])
            at_line += len(text) - len(self.text)
        if at_line >= len(text) and not text.endswith(("\n", "\r")):
            return text + lay.newline + self.joined(made)
        return text[:at_line] + self.joined(made) + lay.newline + text[at_line:]

    def entry_lines(
        self, node: Collection, step: str | int, value: Value, col: int, style: Style
    ) -> list[str]:
        """The lines of a new entry at column `col`, in brackets if its neighbours are."""
        if isinstance(step, str):
            head = " " * col + key_text(step).replace("\n", "\n" + " " * col)
            return shape.entry(head, value, col, style)
        others = [item for item in node.items.values() if isinstance(item, Collection)]
        if (
            isinstance(value, dict | list)
            and others
            and not has_block(value)
            and (all(item.flow for item in others))
        ):
            return [" " * col + "- " + shape.flow(value)]
        return shape.list_item(value, col, style)

    def first_line(self, node: Collection, first: int) -> int:
        """Where a line above the first entry goes: above its comments, below a file's head."""
        stop = self.lay.yaml.shift
        begin = self.lay.above_entry(first, stop)
        if node is self.yaml.root and begin <= stop:
            return self.lay.line_start(first)
        return begin

    def parted(self, node: Collection, steps: list[str | int], place: int) -> bool:
        """Whether a blank line parts the entries around a place, or those before the end."""
        here = place if place < len(steps) else place - 1
        if here == 0:
            return False
        between = self.text[
            self.lay.entry_end(node, steps[here - 1]) : self.lay.entry_start(node, steps[here])
        ]
        return _blank_line.search(between) is not None

    def stripped(self, node: Node) -> str:
        """The text with the block scalar that ends at `node` told to drop its last line end."""
        while isinstance(node, Collection) and node.items:
            node = node.items[next(reversed(node.items))]
        if not is_block_scalar(node):
            return self.text
        header = self.lay.block_header(node)
        told = header[1].rstrip("+-") + "-"
        return self.text[: header.start(1)] + told + self.text[header.end() :]

    # Taking away ---------------------------------------------------------------------------------

    def taking(self, path: Path, step: str | int) -> Iterator[str]:
        """The collection at `path` without one entry."""
        node, steps = self.entries(path)
        if node.flow:
            yield self.take_in_flow(node, steps, step)
        elif len(steps) == 1:
            yield self.emptied(path, node, step)
        else:
            for blank in (True, False):
                yield self.without_lines(node, steps, step, blank=blank, deeper=False)
            yield self.without_lines(node, steps, step, blank=False, deeper=True)

    def take_in_flow(self, node: Collection, steps: list[str | int], step: str | int) -> str:
        """An entry between brackets and one comma taken away."""
        text, lay = self.text, self.lay
        number = steps.index(step)
        start, end = lay.entry_start(node, step), lay.entry_end(node, step)
        comma = _comma.match(text, end)
        after = comma.end() if comma else end
        tail = lay.tail(after).strip(" \t")
        alone = lay.opens_line(start) and (not tail or tail.startswith("#"))
        if alone and (
            comma or number == 0 or _comma.match(text, lay.entry_end(node, steps[number - 1]))
        ):
            return text[: lay.line_start(start)] + text[lay.next_line(after) :]
        if number + 1 < len(steps):
            following = lay.entry_start(node, steps[number + 1])
            if not text[after:following].strip():
                return text[:start] + text[following:]
            return text[:start] + text[after:].lstrip(" ")
        if number:
            return text[: lay.entry_end(node, steps[number - 1])] + text[end:]
        return text[:start] + text[after:]

    def emptied(self, path: Path, node: Collection, step: str | int) -> str:
        """The collection without its only entry: a pair of brackets. Comments beside it stay."""
        text, lay = self.text, self.lay
        empty = "{}" if isinstance(node.value, dict) else "[]"
        start, end = lay.entry_start(node, step), lay.line_end(lay.entry_end(node, step))
        if not path:
            return text[:start] + empty + text[end:]
        gap = self.room(path)[0]
        if not self.below(gap, start):
            begin = self.yaml.node_span(node)[0]
            return text[:begin] + empty + text[end:]
        kept = text[gap : lay.line_start(start)]
        rest = text[lay.next_line(end) :]
        if not rest and not text.endswith(("\n", "\r")):
            kept = kept.removesuffix(lay.newline)
        return text[:gap] + " " + empty + kept + rest

    def without_lines(
        self,
        node: Collection,
        steps: list[str | int],
        step: str | int,
        *,
        blank: bool,
        deeper: bool,
    ) -> str:
        """An entry's lines taken away; with `blank` also one of the blank lines around it.

        `deeper` takes the indented comments and the blank lines below it along, which would be read
        as part of a block scalar above it.
        """
        text, lay = self.text, self.lay
        number = steps.index(step)
        start = lay.entry_start(node, step)
        end = lay.entry_end(node, step)
        stop = lay.after_entry(end, lay.column(start), False) if deeper else lay.next_line(end)
        while deeper and stop < len(text) and not lay.tail(stop).strip(" \t"):
            stop = lay.next_line(stop)
        if not lay.opens_line(start):
            following = lay.entry_start(node, steps[number + 1])
            if not text[lay.line_end(end) : following].strip():
                return text[:start] + text[following:]
            return text[:start].rstrip(" ") + text[lay.line_end(end) :]
        begin = lay.line_start(start)
        if blank and not lay.tail(stop).strip(" \t") and begin > lay.yaml.shift:
            above = lay.line_start(begin - (2 if text[begin - 2 : begin] == "\r\n" else 1))
            if not text[above : lay.line_end(above)].strip(" \t"):
                begin = above
        head = text[:begin]
        if stop >= len(text) and not text.endswith(("\n", "\r")):
            head = head.removesuffix(lay.newline)
        return head + text[stop:]

    # Moving --------------------------------------------------------------------------------------

    def moving(self, path: Path, old: int, new: int) -> Iterator[str]:
        """The list at `path` with one item elsewhere: the items' texts change places."""
        node, steps = self.entries(path)
        for comments in (True, False):
            spans = [self.item_span(node, step, comments) for step in steps]
            pieces = [self.text[start:end] for start, end in spans]
            pieces.insert(new, pieces.pop(old))
            text = self.text
            for (start, end), piece in zip(reversed(spans), reversed(pieces), strict=True):
                text = text[:start] + piece + text[end:]
            yield text
        told = self.stripped(node)
        if told != self.text and not node.flow:
            yield from EntryCandidates(told).moving(path, old, new)

    def item_span(self, node: Collection, step: str | int, comments: bool) -> tuple[int, int]:
        """What moves with an item: its dash, the comments right above and behind it, and those
        below it that are indented deeper.
        """
        lay = self.lay
        start, end = lay.entry_start(node, step), lay.entry_end(node, step)
        if node.flow:
            return start, end
        stop = lay.after_entry(end, lay.column(start), False)
        if stop > lay.next_line(end):
            end = len(self.text[:stop].removesuffix(lay.newline))
        end = lay.line_end(end)
        if comments and step and lay.opens_line(start):
            above = lay.entry_end(node, int(step) - 1)
            begin = lay.above_entry(start, lay.next_line(above))
            if begin < lay.line_start(start):
                start = begin + lay.column(start)
        return start, end


def added(old: Value, step: str | int, value: Value) -> Value:
    """A collection with one more entry."""
    if isinstance(old, dict):
        assert isinstance(step, str)
        return {**old, step: value}
    assert isinstance(old, list)
    assert isinstance(step, int)
    return [*old[:step], value, *old[step:]]
