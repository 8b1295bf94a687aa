"""One change to an answer file's text, and the way back.

The text is the only truth: an edit is a splice of it, and whoever wants values reads them from the
text again. So comments, `x-` keys and everything else that an edit doesn't name stay byte for byte,
and undo gives back the exact text.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from inspect import get_annotations
from typing import Any

from pydantic import BaseModel

from impactbrief.answers.model import Answers, ElementAnswer, GoalAnswer
from impactbrief.shape import Entry
from impactbrief.yamltext import (
    Order,
    Path,
    Value,
    Writable,
    insert_item,
    move_item,
    read,
    remove,
    set_value,
)
from impactbrief.yamltext.layout import Layout


@dataclass(frozen=True, slots=True)
class Set:
    """A value at a path. Missing parents are made; `None` is written as `null`."""

    path: Path
    value: Writable


@dataclass(frozen=True, slots=True)
class Remove:
    """No value at a path. What isn't there stays so; see `cleared` for what becomes of parents."""

    path: Path


@dataclass(frozen=True, slots=True)
class Insert:
    """A new item in the list at a path, before the one at `index`. A missing list is made."""

    path: Path
    index: int
    value: Writable


@dataclass(frozen=True, slots=True)
class Move:
    """An item of the list at a path moved to where `new` is afterwards."""

    path: Path
    old: int
    new: int


Edit = Set | Remove | Insert | Move


def target(edit: Edit) -> Path:
    """Where an edit acts: the value or the list item that a reader should look at."""
    match edit:
        case Insert(path, index):
            return (*path, index)
        case Move(path, _, new):
            return (*path, new)
    return edit.path


def origin(edit: Edit) -> Path:
    """Where what an edit acts on was before, and is again once the edit is undone."""
    return (*edit.path, edit.old) if isinstance(edit, Move) else target(edit)


def apply(text: str, edit: Edit, *, order: Order | None = None) -> str:
    """The text with one edit made, everything else byte for byte.

    Raises IndexError for an index that a list doesn't have, InputError where the text can't hold
    the edit (see `impactbrief.yamltext`).
    """
    match edit:
        case Set(path, value):
            return set_value(_opened(text, path), path, value, order=order or key_order())
        case Remove(path):
            return cleared(text, path)
        case Insert(path, index, value):
            text = _opened(text, (*path, index))
            if not index and lookup(tree(text), path) is None:
                return set_value(text, path, [value], order=order or key_order())
            return insert_item(text, path, index, value)
        case Move(path, old, new):
            return move_item(text, path, old, new)


@lru_cache(maxsize=2)
def tree(text: str) -> Value:
    """What a text says, to be looked at and not changed. The last few texts are remembered."""
    return read(text).value


def lookup(value: Value, path: Path) -> Value:
    """The value at a path of what was read from a text; None if there is none."""
    here = value
    for step in path:
        if isinstance(here, dict) and isinstance(step, str):
            here = here.get(step)
        elif isinstance(here, list) and isinstance(step, int) and 0 <= step < len(here):
            here = here[step]
        else:
            return None
    return here


def _opened(text: str, path: Path) -> str:
    """The text with room for a value at `path`: a lone value above it becomes what it stands for.

    Evidence may be a bare id, an affiliation a bare name, and somebody may have typed one line
    where a mapping belongs. None of it is lost when more is said.
    """
    for length in range(1, len(path)):
        held = lookup(tree(text), path[:length])
        if held is None:
            return text
        if not isinstance(held, str):
            continue
        model, step = model_at(path[:length]), path[length]
        if isinstance(step, int):
            text = set_value(text, path[:length], [held])
        elif model is not None and issubclass(model, Entry) and model.headline:
            text = set_value(text, path[:length], {model.headline: held})
        else:
            return text
    return text


def cleared(text: str, path: Path) -> str:
    """The text without the value at `path`.

    The key goes, and with it each mapping or list that only held this one: writing an answer and
    clearing it again leaves no trace. Comments are never lost and entries of a list never vanish
    by the way: where one would, the key stays with `null`. A key that must be there gets `null`.
    """
    said = tree(text)
    if not _holds(said, path) or (isinstance(path[-1], str) and lookup(said, path) is None):
        return text
    if not isinstance(path[-1], int) and not _may_go(path):
        return set_value(text, path, None)
    highest = len(path)
    while highest > 1:
        parent = lookup(said, path[: highest - 1])
        if not isinstance(parent, dict | list) or len(parent) > 1 or highest - 1 < 1:
            break
        if isinstance(path[highest - 2], int) or not _may_go(path[: highest - 1]):
            break
        highest -= 1
    for length in range(highest, len(path) + 1):
        shorter = remove(text, path[:length])
        if not _loses_comments(text, shorter):
            alone = lookup(said, path[: length - 1])
            if length > 1 and isinstance(path[length - 2], int) and len(alone or ()) == 1:
                break  # `- {}` says less than `- name: null`
            return shorter
    if isinstance(path[-1], int):
        return remove(text, path)
    return set_value(text, path, None)


def _holds(tree: Value, path: Path) -> bool:
    parent = lookup(tree, path[:-1])
    step = path[-1]
    if isinstance(parent, dict):
        return step in parent
    return isinstance(parent, list) and isinstance(step, int) and 0 <= step < len(parent)


def _may_go(path: Path) -> bool:
    """Whether a file stays an answer file without the key at `path`."""
    model = model_at(path[:-1])
    field = model.model_fields.get(str(path[-1])) if model else None
    return field is None or not field.is_required()


def _loses_comments(text: str, shorter: str) -> bool:
    # A hash may also stand in a text; only where one goes is it worth to look closely.
    return text.count("#") != shorter.count("#") and bool(_comments(text) - _comments(shorter))


def _comments(text: str) -> Counter[str]:
    yaml = read(text)
    return Counter(Layout(yaml).comments(0, len(text), yaml.root))


# The order of keys ----------------------------------------------------------------------------

_IN_WRITING: Mapping[type[BaseModel], tuple[str, ...]] = {
    ElementAnswer: (
        "impact", "confidence", "effect_on_internet", "effect_on_people", "depends_on", "angles",
        "parts", "cases", "evidence", "mitigation", "owner", "status",
    ),
    GoalAnswer: (
        "impact", "confidence", "summary", "effect_on_people", "depends_on", "parts", "evidence",
        "mitigation",
    ),
}  # fmt: skip
"""Where a model inherits, its fields in the order in which people write them."""

_OF_REFERENCES = (
    "id", "type", "genre", "number", "title", "author", "editor", "container-title", "publisher",
    "publisher-place", "volume", "issue", "page", "issued", "accessed", "DOI", "URL",
)  # fmt: skip


def model_at(path: Path) -> type[BaseModel] | None:
    """The model of the mapping at a path of the answer file; None where there is no mapping."""
    here: Any = Answers
    for step in path:
        if isinstance(step, int):
            here = _item_of(here)
        else:
            model = _model_in(here)
            field = model.model_fields.get(step) if model else None
            here = field.annotation if field else _extra_of(model)
        if here is None:
            return None
    return _model_in(here)


def _args(annotation: Any) -> tuple[Any, ...]:
    return getattr(annotation, "__args__", ())


def _is_list(annotation: Any) -> bool:
    return getattr(annotation, "__origin__", None) is list


def _item_of(annotation: Any) -> Any:
    if _is_list(annotation):
        return _args(annotation)[0]
    return next((found for part in _args(annotation) if (found := _item_of(part))), None)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if _is_list(annotation):
        return None
    return next((found for part in _args(annotation) if (found := _model_in(part))), None)


def _extra_of(model: type[BaseModel] | None) -> Any:
    for base in getattr(model, "__mro__", ()):
        if found := get_annotations(base).get("__pydantic_extra__"):
            return found.__args__[1]
    return None


def key_order(ids: Mapping[Path, Sequence[str]] | None = None) -> Order:
    """The usual order of the keys of each mapping: the model's, with private notes last.

    `ids` gives the order of mappings whose keys are ids, such as `("assessment",)`.
    """
    known = dict(ids or {})

    def order(path: Path) -> Sequence[str]:
        if path in known:
            return [*known[path], "notes"]
        model = model_at(path)
        if model is None:
            return ()
        if model.__name__ == "Reference":
            return [*_OF_REFERENCES, "notes"]
        fields = _IN_WRITING.get(model) or tuple(model.model_fields)
        return [*(name for name in fields if name != "notes"), "notes"]

    return order


# Text on its way in ---------------------------------------------------------------------------

_line_end = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_unwritable = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")


def clean(text: str, *, lines: bool = True) -> str:
    """What entered text becomes: one kind of line end, nothing unwritable; else as typed.

    Tabs and line feeds stay; other control characters and halves of characters go. Without
    `lines`, line ends become spaces, for fields of a single line.
    """
    text = _unwritable.sub("", _line_end.sub("\n", text))
    return text if lines else re.sub(r"[\n\t]+", " ", text)


_LONG = 90


def prose(text: str, old: str | None = None) -> str:
    """Entered prose as it is kept: clean, and with one line end at its end if it has lines.

    `old` is what stood there: its way to end is kept, so that a changed word is a diff of a word.
    """
    text = clean(text).rstrip("\n")
    if not text:
        return ""
    ended = old.endswith("\n") if old else False
    return text + "\n" if ended or "\n" in text or len(text) > _LONG else text


def entered(path: Path, text: str, old: str | None = None, *, lines: bool = True) -> Edit:
    """The edit that typed text amounts to. Text without a visible character clears the answer."""
    kept = prose(text, old) if lines else clean(text, lines=False).strip()
    return Set(path, kept) if kept.strip() else Remove(path)
