"""One change to a text, everything else byte for byte.

Each way of making a change is a candidate; the first whose text reads back as exactly the tree that
was asked for is taken. The first candidates touch nothing but the lines of the value itself. The
last ones write a whole mapping or list anew and keep its comments; they are for text that can't be
spliced, such as keys announced by `?`.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import NoReturn

from impactbrief.errors import InputError, Problem
from impactbrief.yamltext import lines as shape
from impactbrief.yamltext.candidates import Order
from impactbrief.yamltext.entries import EntryCandidates, added
from impactbrief.yamltext.layout import is_alias
from impactbrief.yamltext.reader import LIMITS, Collection, Node, read
from impactbrief.yamltext.scalars import block, wants_block
from impactbrief.yamltext.tree import at, changed, measure, normal, same, wrapped
from impactbrief.yamltext.values import Path, Value, Writable, dotted


def set_value(text: str, path: Path, value: Writable, *, order: Order | None = None) -> str:
    """The text with `value` at `path`. What is there already is left as it is written.

    Missing parents are made; the index behind a list's last item appends. A new key goes behind the
    nearest key that `order` puts before it, without `order` (or if it isn't named there) to the end
    of its mapping. A mapping or a list that replaces another is compared with it, and only what
    differs is written.

    Raises IndexError for an index beyond that, and InputError if the text isn't YAML, if a parent
    is text, if the value is shared by aliases, or if the result would exceed the reader's limits.
    """
    edit = _Edit(text, order)
    wanted = normal(value)
    parent, inner = edit.known_part(path)
    if inner:
        if isinstance(at(edit.tree, parent), dict | list):
            return edit.add(parent, inner[0], wrapped(inner[1:], wanted))
        wanted = wrapped(inner, wanted)
    old = at(edit.tree, parent)
    if same(old, wanted):
        return text
    if isinstance(edit.node(parent), Collection) and _alike(old, wanted):
        return _merge(text, parent, old, wanted, order)
    return edit.put(parent, wanted)


def remove(text: str, path: Path) -> str:
    """The text without the key or the list item at `path`. Comments above it stay.

    Raises KeyError or IndexError if it isn't there, ValueError for the empty path, InputError as
    `set_value` does.
    """
    if not path:
        raise ValueError("the whole document can't be removed")
    edit = _Edit(text)
    at(edit.tree, path)
    return edit.take(path[:-1], path[-1])


def insert_item(text: str, path: Path, index: int, value: Writable) -> str:
    """The text with `value` as item `index` of the list at `path`, which may be missing or null.

    Raises IndexError if the list is shorter than that, InputError as `set_value` does.
    """
    edit = _Edit(text)
    parent, inner = edit.known_part(path)
    old = None if inner else at(edit.tree, parent)
    if old is None:
        if index:
            raise IndexError(index)
        return set_value(text, path, [value])
    if not isinstance(old, list):
        edit.refuse(path, "This is not a list.", "Change it in the file by hand.")
    if not 0 <= index <= len(old):
        raise IndexError(index)
    return edit.add(path, index, normal(value))


def move_item(text: str, path: Path, old: int, new: int) -> str:
    """The text with item `old` of the list at `path` moved to where `new` is afterwards.

    Comments right above an item move along. Raises KeyError or IndexError if there is no such list
    or index, InputError as `set_value` does.
    """
    edit = _Edit(text)
    for index in (old, new):
        at(edit.tree, (*path, index))
    if not isinstance(at(edit.tree, path), list):
        raise KeyError(path)
    return text if old == new else edit.move(path, old, new)


def dump(value: Writable, indent: int = 0) -> str:
    """The value as YAML text that ends with a line end, each line `indent` columns in.

    `read` gives the same value back. Text of several lines and long prose become literal blocks.
    """
    wanted = normal(value)
    for style in (shape.STYLE, replace(shape.STYLE, blocks=False)):
        if isinstance(wanted, dict | list) and not (
            isinstance(wanted, list) and shape.is_inline(wanted, style)
        ):
            lines = shape.lines(wanted, indent, style)
        elif isinstance(wanted, str) and style.blocks and wants_block(wanted):
            header, body = block(wanted, 0, indent + style.step)
            lines = [" " * indent + header, *body]
        else:
            lines = [" " * indent + shape.flow(wanted)]
        text = "\n".join(lines) + "\n"
        if _says(text, wanted):
            return text
    _check_limits(wanted)
    raise AssertionError("dumped text doesn't read back as its value")


def _alike(old: Value, new: Value) -> bool:
    """Whether two collections have enough in common to change one into the other bit by bit."""
    if isinstance(old, dict) and isinstance(new, dict):
        return bool(old.keys() & new.keys())
    return isinstance(old, list) and isinstance(new, list) and bool(old) and bool(new)


def _merge(text: str, path: Path, old: Value, new: Value, order: Order | None) -> str:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in old:
            if key not in new:
                text = remove(text, (*path, key))
        for key, item in new.items():
            text = set_value(text, (*path, key), item, order=order)
        return text
    assert isinstance(old, list)
    assert isinstance(new, list)
    shorter = min(len(old), len(new))
    head = next((i for i in range(shorter) if not same(old[i], new[i])), shorter)
    rest = shorter - head
    foot = next((i for i in range(rest) if not same(old[-1 - i], new[-1 - i])), rest)
    for index in range(head, shorter - foot):
        text = set_value(text, (*path, index), new[index], order=order)
    for index in range(shorter - foot, len(new) - foot):
        text = insert_item(text, path, index, new[index])
    for _ in range(len(old) - len(new)):
        text = remove(text, (*path, len(new) - foot))
    return text


def _says(text: str, wanted: Value) -> bool:
    try:
        return same(read(text).value, wanted)
    except InputError:
        return False


def _check_limits(tree: Value, text: str = "") -> None:
    depth, count = measure(tree)
    if depth > LIMITS.depth or count > LIMITS.nodes or len(text.encode()) > LIMITS.bytes:
        raise InputError(
            Problem(
                "The file would grow beyond what can be read.",
                "Move long texts or references to a file of their own.",
            )
        )


def _anchors(node: Node) -> set[str]:
    """The anchors on a node and inside it."""
    start = node.start if isinstance(node, Collection) else node
    names = {start.anchor} if start.anchor and not is_alias(node) else set()
    if isinstance(node, Collection):
        for inner in (*node.keys.values(), *node.items.values()):
            names |= _anchors(inner)
    return names


def _aliases(node: Node, left_out: Node) -> set[str]:
    """What the aliases on a node and inside it name, those inside `left_out` left out."""
    if node is left_out or node is None:
        return set()
    if is_alias(node):
        return {node.anchor}
    names: set[str] = set()
    if isinstance(node, Collection):
        for inner in node.items.values():
            names |= _aliases(inner, left_out)
    return names


class _Edit(EntryCandidates):
    """One edit of a text: whether it may be made, and the first candidate that makes it."""

    def known_part(self, path: Path) -> tuple[Path, Path]:
        """The part of `path` that leads to a value, and the rest, which is to be made."""
        here = self.tree
        for length, step in enumerate(path):
            if here is None:
                return path[:length], path[length:]
            if isinstance(here, dict) and isinstance(step, str):
                if step not in here:
                    return path[:length], path[length:]
                here = here[step]
            elif isinstance(here, list) and isinstance(step, int):
                if not 0 <= step <= len(here):
                    raise IndexError(path)
                if step == len(here):
                    return path[:length], path[length:]
                here = here[step]
            else:
                self.refuse(
                    path[:length],
                    "This value can't hold what should be written into it.",
                    "Correct it in the file by hand.",
                )
        return path, ()

    def refuse(self, path: Path, what: str, hint: str) -> NoReturn:
        raise InputError(Problem(what, hint, self.yaml.place(path), dotted(path)))

    # The four edits ---------------------------------------------------------------------------

    def put(self, path: Path, value: Value) -> str:
        """A value in place of the one at `path`."""
        self.check_shared(path, replaced=path)
        wanted = changed(self.tree, path, lambda _: value)
        return self.first_good(self.replacing(path, value), wanted, path)

    def add(self, path: Path, step: str | int, value: Value) -> str:
        """A new entry in the collection at `path`: a key, or an item before the one at an index."""
        self.check_shared(path)

        wanted = changed(self.tree, path, lambda old: added(old, step, value))
        return self.first_good(self.adding(path, step, value), wanted, path)

    def take(self, path: Path, step: str | int) -> str:
        """The collection at `path` without one entry."""
        self.check_shared((*path, step), replaced=(*path, step))

        def shrink(old: Value) -> Value:
            if isinstance(old, dict):
                return {key: item for key, item in old.items() if key != step}
            assert isinstance(old, list)
            return [item for index, item in enumerate(old) if index != step]

        wanted = changed(self.tree, path, shrink)
        return self.first_good(self.taking(path, step), wanted, path)

    def move(self, path: Path, old: int, new: int) -> str:
        """The list at `path` with one item elsewhere."""
        self.check_shared(path)

        def shift(items: Value) -> Value:
            assert isinstance(items, list)
            items = list(items)
            items.insert(new, items.pop(old))
            return items

        wanted = changed(self.tree, path, shift)
        return self.first_good(self.moving(path, old, new), wanted, path)

    def first_good(self, candidates: Iterator[str], wanted: Value, path: Path) -> str:
        """The first candidate that says what is wanted, or else a collection written anew."""
        text = self.text
        for text in candidates:
            if _says(text, wanted):
                return text
            # A literal block may need the line end that the file's last line lacks.
            if not self.text.endswith(("\n", "\r")) and _says(text + self.lay.newline, wanted):
                return text + self.lay.newline
        for length in range(len(path), -1, -1):
            for text in self.rewriting(path[:length], at(wanted, path[:length])):
                if _says(text, wanted):
                    return text
        _check_limits(wanted, text)
        raise AssertionError(f"no way to write {dotted(path)!r} reads back as meant")

    def check_shared(self, path: Path, replaced: Path | None = None) -> None:
        """Refuse an edit inside an alias, or one that changes what an alias elsewhere says."""
        node = self.yaml.root
        names: set[str] = set()
        for length in range(len(path) + 1):
            if node is None:
                break
            start = node.start if isinstance(node, Collection) else node
            if is_alias(node):
                if path[:length] != replaced:
                    self.refuse(
                        path[:length],
                        "This value is an alias for another one.",
                        "Write it out in the file by hand, then change it.",
                    )
                return
            if start.anchor:
                names.add(start.anchor)
            if length < len(path):
                node = node.items.get(path[length]) if isinstance(node, Collection) else None
        gone = node if replaced is not None else None
        if gone is not None:
            names |= _anchors(gone)
        if names and names & _aliases(self.yaml.root, gone):
            self.refuse(
                path,
                "Other values refer to this one by an alias.",
                "Write them out in the file by hand, then change it.",
            )
