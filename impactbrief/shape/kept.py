"""A value that doesn't fit its field: how it is kept, and what of it may be printed."""

from collections.abc import Mapping
from typing import Any


class Unfit(str):
    """A value that doesn't fit its field, kept as it was typed."""

    __slots__ = ()


HIDDEN = "…"
"""What is kept of keys and values that stand where other ones belong."""


def kept(value: Any) -> Unfit:
    """A value of any shape, as far as nothing in it can be private.

    Keys out of place may be private ones, also misspelt. A key of several words is none of them:
    it comes of a sentence with a colon in it.
    """
    return Unfit(_printable(value))


def _printable(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_printable, value))
    if isinstance(value, Mapping):
        match list(value.items()):
            case []:
                return ""
            case [(key, str(said))] if " " in key and not key.startswith("x-"):
                return f"{key}: {said}"
        return HIDDEN
    return as_typed(value)


def as_typed(value: Any) -> str:
    """A value of any shape as one line of text, for showing its author what was typed."""
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {as_typed(item)}" for key, item in value.items())
    if isinstance(value, list):
        return ", ".join(as_typed(item) for item in value)
    return "" if value is None else str(value)
