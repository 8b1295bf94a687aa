"""Values as trees: what an edit makes of them, and whether two are the same."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from impactbrief.errors import InputError, Problem
from impactbrief.yamltext.values import Path, Spelled, Value, Writable, is_spelled

_surrogate = re.compile("[\ud800-\udfff]")


def normal(value: Writable) -> Value:
    """The value as `read` would give it back: numbers and booleans become their spelling.

    Raises TypeError for anything that YAML text doesn't hold here (other types, keys that aren't
    text) and InputError for text that no file can hold.
    """
    if value is None:
        return None
    if isinstance(value, str):
        if _surrogate.search(value):
            raise InputError(
                Problem(
                    "The text holds half of a character (a lone surrogate).",
                    "Delete it and type the character again.",
                )
            )
        if isinstance(value, Spelled) and is_spelled(value):
            return value
        return str(value)
    if isinstance(value, bool):
        return Spelled("true" if value else "false")
    if isinstance(value, int):
        spelled = str(value)
        return Spelled(spelled) if is_spelled(spelled) else spelled
    if isinstance(value, float):
        return Spelled(_float(value))
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise TypeError("keys must be text")
        return {str(normal(str(key))): normal(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return [normal(item) for item in value]
    raise TypeError(f"YAML text can't hold a {type(value).__name__}")


def _float(value: float) -> str:
    spelled = repr(value)
    if spelled.lstrip("-") in ("inf", "nan"):
        return spelled.replace("inf", ".inf").replace("nan", ".nan")
    # YAML 1.1 takes `1e+16` for text; with a point it is a number to everyone.
    return spelled if "." in spelled else spelled.replace("e", ".0e")


def same(one: Value, other: Value) -> bool:
    """Whether two trees are equal, telling `Spelled` from text. The order of keys doesn't count."""
    if isinstance(one, dict):
        return (
            isinstance(other, dict)
            and one.keys() == other.keys()
            and all(same(item, other[key]) for key, item in one.items())
        )
    if isinstance(one, list):
        return isinstance(other, list) and len(one) == len(other) and all(map(same, one, other))
    return one == other and type(one) is type(other)


def at(tree: Value, path: Path) -> Value:
    """The value at `path`. Raises KeyError or IndexError."""
    here: Any = tree
    for step in path:
        known = (
            step in here
            if isinstance(here, dict)
            else (isinstance(here, list) and isinstance(step, int) and 0 <= step < len(here))
        )
        if not known:
            raise (IndexError if isinstance(step, int) else KeyError)(path)
        here = here[step]
    return here  # type: ignore[no-any-return]


def changed(tree: Value, path: Path, change: Any) -> Value:
    """The tree with `change(value)` in place of the value at `path`, as a new tree."""
    if not path:
        return change(tree)  # type: ignore[no-any-return]
    step, rest = path[0], path[1:]
    inner: Any = at(tree, (step,))
    copy: Any = dict(tree) if isinstance(tree, dict) else list(tree or ())
    copy[step] = changed(inner, rest, change)
    return copy  # type: ignore[no-any-return]


def wrapped(path: Path, value: Value) -> Value:
    """The value inside new mappings and lists, one for each step. A new list begins at index 0."""
    for step in reversed(path):
        if isinstance(step, str):
            value = {step: value}
        elif step == 0:
            value = [value]
        else:
            raise IndexError(path)
    return value


def measure(tree: Value) -> tuple[int, int]:
    """How deep collections nest, and how many values there are."""
    if not isinstance(tree, dict | list):
        return 0, 1
    inner = [measure(item) for item in (tree.values() if isinstance(tree, dict) else tree)]
    return (1 + max((depth for depth, _ in inner), default=0), 1 + sum(count for _, count in inner))
