"""YAML text to values, with the place of each.

libyaml's event stream is walked with a loop, never by recursion: text that nests a hundred thousand
deep is refused like any other bad input. Values follow YAML 1.2's core schema, so `NO` is text.
Per event as little as possible is done: places are worked out when somebody asks for one.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NoReturn

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from impactbrief.errors import InputError, Place, Problem
from impactbrief.yamltext import syntax
from impactbrief.yamltext.values import NULLS, Path, Spelled, Value, dotted, is_spelled

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # where libyaml is missing, slower

Event = Any
"""One of PyYAML's events, whose attributes its type stubs leave out."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is read before it is refused. Aliases count as what they stand for."""

    bytes: int = 2_000_000
    depth: int = 32
    nodes: int = 100_000
    aliases: int = 100
    problems: int = 50


LIMITS = Limits()


class Collection:
    """A list or a mapping in the text, with what stands in it."""

    __slots__ = ("end", "items", "keys", "start", "value")

    def __init__(self, start: Event, value: "dict[str, Value] | list[Value]") -> None:
        self.start = start
        self.end = start  # of a flow collection: the event of its closing bracket
        self.value = value
        self.items: dict[str | int, Node] = {}
        self.keys: dict[str | int, Event] = {}

    @property
    def flow(self) -> bool:
        """Whether it is written in brackets or braces."""
        return bool(self.start.flow_style)


Node = Any
"""A `Collection`; a scalar or an alias is its event."""


class YamlText:
    """A text and what it says. `value` is None for an empty text."""

    def __init__(self, text: str, file: str, value: Value, root: Node | None, shift: int) -> None:
        self.text = text
        self.file = file
        self.value = value
        self.root = root
        self.shift = shift
        """What to add to a mark's index to get an offset in `text`: 1 after a byte order mark."""

    def place(self, path: Path) -> Place:
        """Where the value at `path` begins; of the nearest enclosing value if there is none.

        What is reached through an alias is where the alias is.
        """
        return self.place_at(self.span(path)[0])

    def key_place(self, path: Path) -> Place:
        """Where the key of the value at `path` begins; an item of a list has the item's place."""
        return self.place_at(self.key_span(path)[0])

    def span(self, path: Path) -> tuple[int, int]:
        """The offsets in `text` between which the value at `path`, or the nearest, is written.

        An anchor belongs to it, a comment after it doesn't. Nothing written is an empty span.
        """
        node = self.node(path)[0]
        if node is None:
            return (len(self.text), len(self.text)) if self.text.strip() else (0, 0)
        return self.node_span(node)

    def key_span(self, path: Path) -> tuple[int, int]:
        """The offsets of the key at `path`; without one, of the value as in `span`."""
        node, parent, found = self.node(path)
        key = parent.keys.get(path[found - 1]) if parent is not None else None
        if key is not None:
            return self.node_span(key)
        return self.node_span(node) if node is not None else self.span(())

    def node(self, path: Path) -> tuple[Node | None, Collection | None, int]:
        """The node at `path` or the nearest enclosing one, its parent, and the steps that led."""
        node, parent, found = self.root, None, 0
        for step in path:
            inner = node.items.get(step) if isinstance(node, Collection) else None
            if inner is None:
                break
            assert isinstance(node, Collection)
            parent, node = node, inner
            found += 1
        return node, parent, found

    def node_span(self, node: Node) -> tuple[int, int]:
        """The offsets between which a node is written."""
        start = node
        end = node
        if isinstance(node, Collection):
            start = node.start
            while isinstance(end, Collection):
                # libyaml ends a block collection where the next thing begins: its last item tells.
                end = end.end if end.flow or not end.items else end.items[next(reversed(end.items))]
        return start.start_mark.index + self.shift, end.end_mark.index + self.shift

    def place_at(self, offset: int) -> Place:
        """The line and column of an offset."""
        line = bisect_right(self._lines, offset)
        begin = self._lines[line - 1]
        return Place(self.file, line, max(offset - max(begin, self.shift), 0) + 1)

    @cached_property
    def _lines(self) -> list[int]:
        return line_starts(self.text)


def line_starts(text: str) -> list[int]:
    """The offset of each line. Only CR, LF and CR LF end a line, as in YAML 1.2 and in editors."""
    return [0, *(match.end() for match in re.finditer(r"\r\n?|\n", text))]


def read(text: str, *, file: str = "", limits: Limits = LIMITS) -> YamlText:
    """The values of one YAML document and their places. `file` is the name that messages carry.

    Raises InputError with all the problems that can be told apart: a syntax error ends the reading,
    a duplicate key, a tag or a merge key doesn't. Keys are always text, as spelled; of two equal
    keys the first would count.
    """
    if len(text) > limits.bytes or len(text.encode("utf-8", "replace")) > limits.bytes:
        raise InputError(
            Problem(
                f"The file is larger than {limits.bytes:,} bytes.",
                "Move long texts or references to a file of their own.",
                Place(file),
            )
        )
    return _Reader(text, file, limits).read()


class _Stop(Exception):
    """Reading on would only cost time."""


class _Reader:
    """One reading: the open collections, the anchors, and the problems found so far."""

    def __init__(self, text: str, file: str, limits: Limits) -> None:
        self.limits = limits
        self.result = YamlText(text, file, None, None, 1 if text.startswith("\ufeff") else 0)
        self.problems: list[Problem] = []
        self.anchors: dict[str, Value] = {}
        self.stack: list[tuple[Collection | None, str | int | None]] = []
        self.count = 0
        self.aliases = 0
        self.characters = 0
        """How long the texts are that aliases stand for."""

    def read(self) -> YamlText:
        result = self.result
        shown, restore = syntax.hide_breaks(result.text[result.shift :])
        try:
            self.parse(shown, restore)
        except _Stop:
            pass
        except (yaml.YAMLError, UnicodeEncodeError) as error:
            self.add(*syntax.explain(result.text, error, result.shift))
        if self.problems:
            raise InputError(sorted(self.problems, key=lambda problem: problem.place))
        return result

    def parse(self, text: str, restore: dict[int, str]) -> None:
        """Walk the events. This loop is what reading a file costs."""
        next_event = _Loader(text).get_event
        most = self.limits.nodes
        count = 0
        here: Collection | None = None
        inside: dict[str, Value] | list[Value] | None = None
        in_mapping = False
        key: str | int | None = None
        node: Node
        value: Value
        while True:
            event = next_event()
            kind = type(event)
            if kind is ScalarEvent:
                scalar: str = event.value
                if restore:
                    scalar = scalar.translate(restore)
                if in_mapping and key is None:
                    assert here is not None
                    if scalar in here.keys or event.tag or event.anchor or scalar == "<<":
                        self.check_key(here, scalar, event)
                    here.keys.setdefault(scalar, event)
                    key = scalar
                    continue
                value = scalar
                if not event.style and (not scalar or scalar[0] in _LEADS) and not event.tag:
                    if scalar in NULLS:
                        value = None
                    elif is_spelled(scalar):
                        value = Spelled(scalar)
                node = event
                if event.tag or event.anchor:
                    self.check_properties(event, len(inside or ()) if key is None else key)
                    if event.anchor:
                        self.anchors[event.anchor] = value
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                assert here is not None
                here.end = event
                if here.start.anchor:
                    self.anchors[here.start.anchor] = inside
                here, key = self.stack.pop()
                if here is None:
                    in_mapping, key = False, None
                    continue
                inside = here.value
                in_mapping = type(inside) is dict
                key = None
                continue
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                if in_mapping and key is None:
                    self.problem(
                        "A key must be a word or a quoted text, not a list or a mapping.",
                        "If this is text, put it in quotes.",
                        event,
                    )
                    raise _Stop
                value = {} if kind is MappingStartEvent else []
                node = Collection(event, value)
            elif kind is AliasEvent:
                if in_mapping and key is None:
                    self.problem("A key must be a word, not an alias.", "Write the key out.", event)
                    raise _Stop
                node = event
                self.count = count
                value = self.expand(event, len(inside or ()) if key is None else key)
                count = self.count
            else:
                if kind is StreamEndEvent:
                    return
                if kind is DocumentStartEvent and self.result.root is not None:
                    self.problem(
                        "The file holds more than one document.",
                        "Remove the line `---`, or move what follows to its own file.",
                        event,
                    )
                    raise _Stop
                continue

            count += 1
            if count > most:
                self.problem(
                    "The file holds more values than can be read.",
                    f"Keep it below {most} values, or split it.",
                    event,
                )
                raise _Stop
            if in_mapping:
                inside[key] = value  # type: ignore[index]
                here.items[key] = node  # type: ignore[index,union-attr]
            elif inside is not None and here is not None:
                key = len(inside)
                inside.append(value)  # type: ignore[union-attr]
                here.items[key] = node
            else:
                self.result.root = node
                self.result.value = value
            if type(node) is Collection:
                self.stack.append((here, key))
                if len(self.stack) > self.limits.depth:
                    self.too_deep(event)
                if event.tag or event.anchor:
                    self.check_properties(event, None)
                here = node
                inside = node.value
                in_mapping = kind is MappingStartEvent
            key = None

    def check_key(self, here: Collection, key: str, event: Event) -> None:
        """Report a key that stands twice or does more than name a value."""
        first = here.keys.get(key)
        if first is not None:
            line = self.place(first).line
            self.problem(
                f"The key `{_short(key)}` stands twice, here and in line {line}.",
                "Remove one of the two, or join their values.",
                event,
                key,
            )
        if key == "<<" and not event.style:
            self.problem(
                "Merge keys (`<<`) are not supported.",
                "Write out the keys that it would bring in.",
                event,
                key,
            )
        if event.tag or event.anchor:
            self.check_properties(event, key)
            if event.anchor:
                self.anchors[event.anchor] = key

    def check_properties(self, event: Event, key: str | int | None) -> None:
        """Report a tag, and an anchor whose name is taken."""
        if event.tag and event.tag != "!":
            self.problem(
                "Tags (a word with `!` before a value) are not supported.",
                "Remove it, or put the text in quotes if it is meant to begin with `!`.",
                event,
                key,
            )
        if event.anchor and event.anchor in self.anchors:
            self.problem(
                f"The anchor `&{_short(event.anchor)}` stands twice.",
                "Give each anchor a name of its own.",
                event,
                key,
            )
        if event.anchor:
            self.anchors[event.anchor] = _UNFINISHED

    def expand(self, event: Event, key: str | int | None) -> Value:
        """A copy of what an alias stands for."""
        name = event.anchor
        self.aliases += 1
        if self.aliases > self.limits.aliases:
            self.problem(
                "The file holds more aliases (`*name`) than can be read.",
                "Write the values out.",
                event,
                key,
            )
            raise _Stop
        if name not in self.anchors:
            self.problem(
                f"The alias `*{_short(name)}` has no anchor `&{_short(name)}` before it.",
                "Put the text in quotes if it is meant to begin with `*`.",
                event,
                key,
            )
            return None
        value = self.anchors[name]
        if value is _UNFINISHED:
            self.problem(
                f"The alias `*{_short(name)}` stands inside the value that it names.",
                "Write the value out.",
                event,
                key,
            )
            return None
        return self.copy(value, len(self.stack), event)

    def copy(self, value: Value, depth: int, event: Event) -> Value:
        """The value again; what it holds counts as if it were written out."""
        if not isinstance(value, dict | list):
            self.lengthen(len(value or ""), event)
            return value
        if depth >= self.limits.depth:
            self.too_deep(event)
        self.count += len(value)
        if self.count > self.limits.nodes:
            self.problem(
                "The aliases (`*name`) stand for more values than can be read.",
                "Write the values out.",
                event,
            )
            raise _Stop
        if isinstance(value, dict):
            self.lengthen(sum(map(len, value)), event)
            return {key: self.copy(item, depth + 1, event) for key, item in value.items()}
        return [self.copy(item, depth + 1, event) for item in value]

    def lengthen(self, more: int, event: Event) -> None:
        """Count so many characters that an alias stands for; they may be as many as a file has."""
        self.characters += more
        if self.characters > self.limits.bytes:
            self.problem(
                "The aliases (`*name`) stand for more text than can be read.",
                "Write the values out.",
                event,
            )
            raise _Stop

    def too_deep(self, event: Event) -> NoReturn:
        self.problem(
            f"Lists and mappings are nested more than {self.limits.depth} deep.",
            "Put the text in quotes if it is meant to begin with brackets.",
            event,
        )
        raise _Stop

    def problem(self, what: str, hint: str, event: Event, key: str | int | None = None) -> None:
        path = [step for _, step in self.stack if step is not None]
        if key is not None:
            path.append(key)
        self.add(what, hint, event.start_mark.index + self.result.shift, dotted(path))

    def add(self, what: str, hint: str, offset: int, where: str = "") -> None:
        self.problems.append(Problem(what, hint, self.result.place_at(offset), where))
        if len(self.problems) >= self.limits.problems:
            raise _Stop

    def place(self, event: Event) -> Place:
        return self.result.place_at(event.start_mark.index + self.result.shift)


def _short(name: str) -> str:
    """A name for a message: one line, not too long."""
    name = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in name)
    return name if len(name) <= 60 else name[:59] + "…"


_UNFINISHED: Value = "unfinished" + "\0"  # compared by identity; no text holds a NUL
_LEADS = frozenset("0123456789+-.tTfFnN~")
