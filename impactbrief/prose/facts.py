"""What is to be said about a field's prose, each with its line within the field, from 1."""

from typing import Literal, NamedTuple

AsTyped = Literal["", "too long", "too deep"]
"""Why a field's markup was not read, and its words are printed as typed; empty: it was read."""


class HeadingFact(NamedTuple):
    """A heading of the field."""

    level: int
    """As typed, 1 to 6."""
    text: str
    line: int
    jumps: bool
    """More than one level below the heading before it."""


class ImageFact(NamedTuple):
    """An image: it is unsupported, its alternative text is printed."""

    alt: str
    line: int


class LinkFact(NamedTuple):
    """A link, typed as one or bare."""

    url: str
    line: int


class NoteFact(NamedTuple):
    """A footnote's label that is never referred to, or that nothing defines."""

    label: str
    line: int
