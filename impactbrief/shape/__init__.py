"""Where pydantic and YAML meet: the common ground of the answer file's and the bank's models.

Owns how a mapping is read (unknown keys refused with the nearest known one, `x-` keys left alone,
an empty value counts as "not given"), how a value that doesn't fit is kept as it was typed
(`Unfit`), and how pydantic's complaints become problems with a line and a next step.
"""

import difflib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from inspect import get_annotations
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ValidationError,
    model_validator,
)
from pydantic_core import CoreSchema, ErrorDetails, PydanticCustomError, core_schema

from impactbrief.errors import Problem
from impactbrief.i18n import N_, _
from impactbrief.shape.kept import Unfit, as_typed, kept
from impactbrief.yamltext import Path, Spelled, YamlText, dotted

__all__ = [
    "LONGEST_TAG", "Boolean", "Choice", "Date", "Entry", "Id", "Integer", "Keyed", "Matching",
    "Text", "Unfit", "as_typed", "shown", "suggestion", "unfit", "validate",
]  # fmt: skip

# What a file means is not for plugins to say that happen to be installed, and looking for them
# reads every package of the environment, which takes longer than reading an answer file.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

MOST_PROBLEMS = 500
"""How many problems of one file are told apart; the rest is counted."""
LONGEST_SHOWN = 80
"""How much of a typed value a message repeats."""
MOST_COMPARED = 200
"""How many known words a misspelt one is compared with."""
LONGEST_TAG = 35
"""Characters of a language tag that are looked up: BCP 47 asks for no more (RFC 5646, 4.4.1)."""


class Scalar:
    """A value read from one YAML scalar. Subclasses say what fits and how the schema says it."""

    def read(self, text: str) -> Any:
        """The value of `text`; raises PydanticCustomError where it doesn't fit."""
        raise NotImplementedError

    def schema(self) -> dict[str, Any]:
        """What fits, as JSON Schema."""
        raise NotImplementedError

    def _validate(self, value: Any) -> Any:
        if isinstance(value, Unfit):
            return value
        if not isinstance(value, str):
            raise PydanticCustomError(
                "not_text",
                _("a single value is expected here, not a list or keys"),
            )
        return self.read(value)

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self._validate)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return self.schema()


def unfit(kind: str, message: str, **context: Any) -> PydanticCustomError:
    """A complaint about a value. `hint` in `context` says what to do next."""
    escaped = message.replace("{", "{{").replace("}", "}}")
    return PydanticCustomError(kind, escaped, context)


class AnyText(Scalar):
    """Text: any scalar, as it is spelled."""

    def read(self, text: str) -> str:
        return str(text)

    def schema(self) -> dict[str, Any]:
        return {"type": ["string", "number", "boolean"]}


@dataclass(frozen=True)
class Matching(Scalar):
    """Text of a given form."""

    pattern: str
    form: str
    """How a message names the form, as in "lower-case words joined by hyphens"; marked by `N_`."""

    def read(self, text: str) -> str:
        if not self.fits(text):
            raise unfit(
                "form",
                _("“{value}” is not written as it should be").format(value=shown(text)),
                hint=_("Write it like this: {form}.").format(form=_(self.form)),
            )
        return str(text)

    def schema(self) -> dict[str, Any]:
        # a number or a boolean counts as it is spelled; JSON only knows what it means
        text: dict[str, Any] = {"type": "string", "pattern": f"^(?:{self.pattern})$"}
        others: list[dict[str, Any]] = [
            {"type": kind, **({"minimum": 0} if kind != "boolean" and not self.fits("-1") else {})}
            for kind, example in (("integer", "1"), ("number", "1.5"), ("boolean", "true"))
            if self.fits(example)
        ]
        return {"anyOf": [text, *others]} if others else text

    def fits(self, text: str) -> bool:
        """Whether `text` has this form."""
        return re.fullmatch(self.pattern, text) is not None


@dataclass(frozen=True)
class Choice(Scalar):
    """One of a few words."""

    options: tuple[str, ...]

    def read(self, text: str) -> str:
        if text not in self.options:
            raise unfit(
                "choice",
                _("“{value}” is not one of the choices").format(value=shown(text)),
                hint=suggestion(text, self.options),
            )
        return str(text)

    def schema(self) -> dict[str, Any]:
        return {"enum": list(self.options)}


class WholeNumber(Scalar):
    """A whole number."""

    def read(self, text: str) -> int:
        if isinstance(text, Spelled) and type(text.value) is int:
            return text.value
        raise unfit(
            "number",
            _("“{value}” is not a whole number").format(value=shown(text)),
            hint=_("Write a number such as 1, without quotes."),
        )

    def schema(self) -> dict[str, Any]:
        return {"type": "integer"}


class YesOrNo(Scalar):
    """`true` or `false`."""

    def read(self, text: str) -> bool:
        if isinstance(text, Spelled) and isinstance(text.value, bool):
            return text.value
        raise unfit(
            "boolean",
            _("“{value}” is neither true nor false").format(value=shown(text)),
            hint=_("Write true or false, without quotes."),
        )

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


class Dated(Scalar):
    """A date as far as it is known: a year, a month or a day."""

    PATTERN = r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"

    def read(self, text: str) -> str:
        wrong = unfit(
            "date",
            _("“{value}” is not a date").format(value=shown(text)),
            hint=_("Write a year, a month or a day, such as 2026, 2026-11 or 2026-11-21."),
        )
        if not re.fullmatch(self.PATTERN, text):
            raise wrong
        try:
            date(*(int(part) for part in (text + "-01-01")[:10].split("-")))
        except ValueError:
            raise wrong from None
        return str(text)

    def schema(self) -> dict[str, Any]:
        return {
            "anyOf": [
                {"type": "string", "pattern": f"^{self.PATTERN}$"},
                {"type": "integer", "minimum": 1000, "maximum": 9999},
            ]
        }


Text = Annotated[str, AnyText()]
Date = Annotated[str, Dated()]
Id = Annotated[str, Matching(r"[a-z0-9]+(-[a-z0-9]+)*", N_("lower-case words joined by hyphens"))]
Integer = Annotated[int, WholeNumber()]
Boolean = Annotated[bool, YesOrNo()]


class Entry(BaseModel):
    """A mapping with known keys. `x-` keys belong to the user and are passed over."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    headline: ClassVar[str] = ""
    """The field that a lone value stands for, where somebody wrote a value instead of a mapping."""

    @model_validator(mode="before")
    @classmethod
    def _own_keys(cls, data: Any) -> Any:
        if isinstance(data, Unfit) and cls.headline:
            return {**_blanks(cls), cls.headline: data}
        if not isinstance(data, Mapping):
            return data
        fields = cls.model_fields
        kept = {}
        for key, value in data.items():
            if key.startswith("x-") or (value is None and cls._optional(key)):
                continue
            if isinstance(value, Unfit) and key in fields and _is_list(fields[key].annotation):
                value = [value]
            kept[key] = value
        return kept

    @classmethod
    def _optional(cls, key: str) -> bool:
        return key in cls.model_fields


@cache
def _blanks(model: type[BaseModel]) -> Mapping[str, Unfit]:
    """What a lone value leaves open of the mapping that should stand in its place."""
    return {name: Unfit() for name, field in model.model_fields.items() if field.is_required()}


def _is_list(annotation: Any) -> bool:
    return getattr(annotation, "__origin__", None) is list


Model = TypeVar("Model", bound=BaseModel)


class Keyed(Entry):
    """A mapping whose keys are ids: `{id: entry}`. Subclasses type `__pydantic_extra__`."""

    model_config = ConfigDict(extra="allow", frozen=True)

    @classmethod
    def _optional(cls, key: str) -> bool:  # noqa: ARG003
        return True


def shown(text: str, longest: int = LONGEST_SHOWN) -> str:
    """What somebody typed, fit for one line of a message."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def suggestion(typed: str, known: Iterable[str]) -> str:
    """What to write instead of `typed`: the nearest known word, or all of them."""
    options = list(known)
    if len(typed) <= LONGEST_SHOWN:
        compared = options[:MOST_COMPARED]
        for word in dict.fromkeys((typed.lower().replace("_", "-"), typed.lower())):
            if near := difflib.get_close_matches(word, compared, n=1, cutoff=0.6):
                return _("Did you mean `{word}`?").format(word=near[0])
    if not options:
        return ""
    if len(options) <= 16:
        return _("Use one of: {words}.").format(
            words=", ".join(f"`{shown(word)}`" for word in options)
        )
    return _("docs/answer-file.md lists the keys, and “impactbrief questions” the ids.")


def validate(
    model: type[Model], yaml: YamlText, value: Any = None
) -> tuple[Model | None, list[Problem]]:
    """The model of a YAML document, and every problem with it, in the order of the lines.

    What doesn't fit is kept as `Unfit` where its field can hold it and is left out otherwise, so
    that one bad value never costs the rest. None where even that is not enough.
    """
    tree = yaml.value if value is None else value
    problems: dict[Path, Problem] = {}
    untold: set[Path] = set()
    for attempt in range(ATTEMPTS):
        try:
            result = model.model_validate(tree)
        except ValidationError as error:
            details = error.errors(include_url=False, include_input=False)
        else:
            return result, _told(problems, untold)
        if not attempt:
            tree = _copy(tree)
        found = {_within(tree, detail["loc"]): detail for detail in reversed(details)}
        for path, detail in reversed(found.items()):
            if path in problems or path in untold:
                continue
            if len(problems) < MOST_PROBLEMS:
                problems[path] = _problem(detail, path, yaml, model)
            else:
                untold.add(path)
        for path, detail in found.items():  # from the end: an item left out moves no other
            tree = _repaired(tree, path, detail["type"], model)
    return None, _told(problems, untold)


ATTEMPTS = 6
"""A kept value can show that the mapping around it lacks something, and so on."""


def _told(problems: Mapping[Path, Problem], untold: set[Path]) -> list[Problem]:
    ordered = sorted(problems.values(), key=lambda problem: problem.place)
    if untold:
        ordered.append(
            Problem(
                what=_("There are {count} more problems.").format(count=len(untold)),
                hint=_("Fix these first, then check again."),
                place=ordered[-1].place,
            )
        )
    return ordered


def _copy(tree: Any) -> Any:
    """The mappings and lists of a tree anew; its scalars, which never change, are shared."""
    if isinstance(tree, Mapping):
        return {key: _copy(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_copy(item) for item in tree]
    return tree


def _within(tree: Any, location: tuple[str | int, ...]) -> Path:
    """The part of pydantic's location that names a place in the tree (it also names types)."""
    path: list[str | int] = []
    for index, step in enumerate(location):
        last = index == len(location) - 1
        if isinstance(tree, Mapping) and isinstance(step, str) and (step in tree or last):
            path.append(step)
            tree = tree.get(step)
        elif isinstance(tree, list) and isinstance(step, int) and step < len(tree):
            path.append(step)
            tree = tree[step]
    return tuple(path)


BY_HAND = frozenset(
    (
        "extra_forbidden", "list_type", "model_type", "dict_type", "model_attributes_type",
        "not_text", "number", "boolean",
    )
)  # fmt: skip
"""Complaints about how the file is written, not about what it says."""


def _problem(detail: ErrorDetails, path: Path, yaml: YamlText, model: type[BaseModel]) -> Problem:
    where = shown(dotted(path), 2 * LONGEST_SHOWN)
    key = shown(str(path[-1])) if path else ""
    context = detail.get("ctx", {})
    hint = str(context.get("hint", ""))
    place = yaml.place(path)
    item = bool(path) and isinstance(path[-1], int)
    by_hand = detail["type"] in BY_HAND
    match detail["type"]:
        case "not_text" | "model_type" if item and _at(yaml.value, path) is None:
            what = _("`{where}` is empty.").format(where=where)
            hint = _("Write something there, or remove this item of the list.")
            by_hand = False
        case "extra_forbidden":
            what = _("“{key}” is not a key that belongs here.").format(key=key)
            hint = suggestion(str(path[-1]), _siblings(model, path))
            place = yaml.key_place(path)
        case "missing":
            what = _("`{where}` is missing.").format(where=where)
            hint = _("Add it; it can't be left out.")
        case "list_type":
            what = _("`{where}` should be a list.").format(where=where)
            hint = _("Put each item on a line of its own that begins with “- ”.")
        case "model_type" | "dict_type" | "model_attributes_type":
            what = _("`{where}` should hold keys and values.").format(where=where)
            hint = (
                _("Write “key: value” lines after the “- ” of this item.")
                if item
                else _("Write it as “key: value” lines, indented below “{key}:”.").format(key=key)
            )
        case "not_text":
            what = _("`{where}` should be a single value.").format(where=where)
            hint = _("Write one value here, not a list or keys below it.")
        case _:
            message = detail["msg"]
            what = f"`{where}`: {message}."
    return Problem(what=what, hint=hint, place=place, where=dotted(path), by_hand=by_hand)


def _at(tree: Any, path: Path) -> Any:
    for step in path:
        if isinstance(tree, Mapping):
            tree = tree.get(step, "")
        else:
            fits = isinstance(tree, list) and isinstance(step, int) and step < len(tree)
            tree = tree[step] if fits else ""
    return tree


def _siblings(model: type[BaseModel], path: Path) -> list[str]:
    """The keys that the mapping which holds `path` may have."""
    here: Any = model
    for step in path[:-1]:
        here = _child(here, step)
        if here is None:
            return []
    return list(getattr(here, "model_fields", {}))


def _child(here: Any, step: str | int) -> Any:
    """The model class that `step` leads to from a model class or a list annotation."""
    if isinstance(step, int):
        return here
    fields = getattr(here, "model_fields", {})
    annotation = fields[step].annotation if step in fields else _extra_of(here)
    return next((kind for kind in _models_in(annotation)), None)


def _extra_of(here: Any) -> Any:
    for base in getattr(here, "__mro__", ()):
        if found := get_annotations(base).get("__pydantic_extra__"):
            return found
    return None


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in getattr(annotation, "__args__", ()):
        yield from _models_in(part)


def _repaired(tree: Any, path: Path, kind: str, model: type[BaseModel]) -> Any:
    """The tree with the value at `path` given the shape that was meant, where that is plain; else
    kept as `Unfit`, or left out where that didn't help."""
    if not path:
        return {}
    holder = tree
    for step in path[:-1]:
        holder = holder[step]
    last: Any = path[-1]
    if kind == "missing" and isinstance(holder, dict):
        holder[last] = Unfit()
    elif kind == "extra_forbidden" or isinstance(holder[last], Unfit):
        del holder[last]
    elif kind == "list_type" and _is_item(holder[last], model, path):
        holder[last] = [holder[last]]  # the dash was forgotten
    elif kind in ("model_type", "dict_type") and _is_lone_mapping(holder[last]):
        holder[last] = holder[last][0]  # a dash too many
    else:
        holder[last] = kept(holder[last])
    return tree


def _is_item(value: Any, model: type[BaseModel], path: Path) -> bool:
    """Whether a mapping has keys of the items that the list at `path` holds."""
    return isinstance(value, Mapping) and not value.keys().isdisjoint(
        _siblings(model, (*path, 0, ""))
    )


def _is_lone_mapping(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 1 and isinstance(value[0], Mapping)
