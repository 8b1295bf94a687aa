"""Values to YAML text, in the shape that people write by hand."""

from dataclasses import dataclass

from impactbrief.yamltext.scalars import (
    block,
    inline,
    key_text,
    wants_block,
)
from impactbrief.yamltext.values import Value

_SHORT_ITEM = 40
_SHORT_LIST = 80


@dataclass(frozen=True, slots=True)
class Style:
    """How deep things are indented."""

    step: int = 2
    """A mapping or a literal block below its key."""
    list_step: int = 2
    """A list below its key: often 2 or 0."""
    blocks: bool = True
    """Whether text may be written as a literal block; without, it goes into double quotes."""


STYLE = Style()


def flow(value: Value) -> str:
    """The value on one line, lists and mappings in brackets."""
    if isinstance(value, dict):
        pairs = (
            key_text(key, flow=True).replace("\n", " ") + " " + flow(item)
            for key, item in value.items()
        )
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return inline(value, flow=True)


def is_inline(value: Value, style: Style = STYLE) -> bool:
    """Whether `lines` would write the value behind its key: a scalar, or a list of a few words."""
    if isinstance(value, dict):
        return not value
    if isinstance(value, list):
        if not value:
            return True
        if any(isinstance(item, dict | list) or wants_block(item) for item in value):
            return False
        return (
            max(len(flow(item)) for item in value) <= _SHORT_ITEM
            and len(flow(value)) <= _SHORT_LIST
        )
    return not (style.blocks and wants_block(value))


def lines(value: Value, col: int = 0, style: Style = STYLE) -> list[str]:
    """The lines of a mapping or a list that begins at column `col`."""
    result: list[str] = []
    if isinstance(value, dict) and value:
        for key, item in value.items():
            head = " " * col + key_text(key).replace("\n", "\n" + " " * col)
            result += entry(head, item, col, style)
    elif isinstance(value, list) and value:
        for item in value:
            result += list_item(item, col, style)
    else:
        return [" " * col + flow(value)]
    return result


def list_item(item: Value, col: int, style: Style = STYLE) -> list[str]:
    """The lines of a list item whose dash stands at column `col`."""
    if isinstance(item, dict | list) and not is_inline(item, style):
        inner = lines(item, col + 2, style)
        inner[0] = " " * col + "- " + inner[0][col + 2 :]
        return inner
    return entry(" " * col + "-", item, col, style)


def entry(head: str, value: Value, col: int, style: Style = STYLE) -> list[str]:
    """The lines of a value behind `head`, a key with its colon or a dash, that stands at `col`."""
    if is_inline(value, style):
        text = flow(value) if isinstance(value, dict | list) else inline(value)
        return f"{head} {text}".split("\n")
    if isinstance(value, str):
        header, body = block(value, col, col + style.step)
        return [*f"{head} {header}".split("\n"), *body]
    step = style.list_step if isinstance(value, list) else style.step
    return [*head.split("\n"), *lines(value, col + step, style)]
