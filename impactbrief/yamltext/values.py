"""What YAML text holds once it is read: plain values, and numbers that keep their spelling."""

import re
from collections.abc import Iterable, Mapping, Sequence

Path = tuple[str | int, ...]
"""The way from the top to a value: keys of mappings and indexes of lists."""

Value = str | None | list["Value"] | dict[str, "Value"]
"""What `read` gives. A `str` may be a `Spelled`."""

Writable = str | bool | int | float | None | Sequence["Writable"] | Mapping[str, "Writable"]
"""What the writing functions take: also booleans and numbers themselves."""

# The core schema of YAML 1.2. YAML 1.1 would also take `no`, `012`, `1:30` and `2022-05-11`.
BOOL = r"true|True|TRUE|false|False|FALSE"
INT = r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"
FLOAT = (
    r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
    r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)
NULLS = frozenset(("", "~", "null", "Null", "NULL"))
LONGEST_NUMBER = 400
"""A longer run of digits is text: Python refuses to read very long integers."""

_is_int = re.compile(INT).fullmatch
_is_spelled = re.compile(f"{BOOL}|{INT}|{FLOAT}").fullmatch


def is_spelled(text: str) -> bool:
    """Whether YAML 1.2 reads `text`, written without quotes, as a boolean or a number."""
    return len(text) <= LONGEST_NUMBER and _is_spelled(text) is not None


class Spelled(str):
    """A boolean or a number as it was spelled: `Spelled("1.0")` is the text "1.0" and means 1.0."""

    __slots__ = ()

    @property
    def value(self) -> bool | int | float:
        """What it means. ValueError if it was made from other text than a boolean or a number."""
        if not is_spelled(self):
            raise ValueError(f"neither a boolean nor a number: {str(self)!r}")
        plain = str(self)
        if plain[0] in "tTfF":
            return plain[0] in "tT"
        if _is_int(plain):
            base = {"0o": 8, "0x": 16}.get(plain[:2], 10)
            return int(plain, base)
        return float(re.sub(r"\.(?=[iInN])", "", plain))

    def __repr__(self) -> str:
        return f"Spelled({str.__repr__(self)})"


def resolve(value: Value) -> Writable:
    """The same tree with every `Spelled` replaced by what it means."""
    if isinstance(value, Spelled):
        return value.value
    if isinstance(value, list):
        return [resolve(item) for item in value]
    if isinstance(value, dict):
        return {key: resolve(item) for key, item in value.items()}
    return value


def dotted(path: Iterable[str | int]) -> str:
    """The path in words for a message: `document.authors[0].name`."""
    return "".join(
        f"[{step}]" if isinstance(step, int) else f".{step}" for step in path
    ).removeprefix(".")


def undotted(where: str) -> Path:
    """A path from its words: `document.authors[0].name`."""
    path: list[str | int] = []
    for piece in where.replace("[", ".[").split("."):
        if piece.startswith("[") and piece.endswith("]") and piece[1:-1].isdecimal():
            path.append(int(piece[1:-1]))
        elif piece:
            path.append(piece)
    return tuple(path)
