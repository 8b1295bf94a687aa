"""What a structure tree is made of."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Content:
    """A marked piece of a page."""

    page: int
    number: int
    blank: bool = False


@dataclass(frozen=True, slots=True)
class Annotated:
    """The place of a link on its page."""

    reference: bytes
    annotation: Any


@dataclass(slots=True, eq=False)
class Node:
    """An element of the structure tree."""

    tag: str
    box: Any
    """The first of the boxes that it was made of; None for one that has none of its own."""
    language: str | None
    kids: "list[Kid]" = field(default_factory=list)
    keys: dict[str, Any] = field(default_factory=dict)
    """What else is written of it."""
    written: str = ""
    """The tag that WeasyPrint gave it."""
    in_contents: bool = False
    object: Any = None

    @property
    def nodes(self) -> "list[Node]":
        return [kid for kid in self.kids if isinstance(kid, Node)]

    @property
    def html(self) -> Any:
        return None if self.box is None else self.box.element

    def attribute(self, name: str) -> str:
        return "" if self.html is None else self.html.get(name, "")

    def all(self) -> "Iterator[Node]":
        """This one and all below, in the order of reading."""
        left = [self]
        while left:
            node = left.pop()
            yield node
            left += reversed(node.nodes)


Kid = Node | Content | Annotated


def contents(kids: Iterable[Kid]) -> Iterator[Content]:
    """The pieces of pages that these hold."""
    for kid in kids:
        if isinstance(kid, Content):
            yield kid
        elif isinstance(kid, Node):
            yield from contents(kid.kids)


def is_element(item: Any) -> bool:
    """Whether an object of a PDF is an element of the structure tree."""
    return isinstance(item, dict) and item.get("Type") == "/StructElem"
