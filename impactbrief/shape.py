"""Where pydantic and YAML meet: the common ground of the answer file's and the bank's models.

Owns how a mapping is read (unknown keys refused with the nearest known one, `x-` keys left alone,
an empty value counts as "not given"), how a value that doesn't fit is kept as it was typed
(`Unfit`), and how pydantic's complaints become problems with a line and a next step.
"""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
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
from impactbrief.i18n import _
from impactbrief.yamltext import Path, Spelled, YamlText, dotted


class Unfit(str):
    """A value that doesn't fit its field, kept as it was typed."""

    __slots__ = ()


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
                _("a single value is expected here, not a list or a mapping"),
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
    """How a message names the form, as in "lower-case words joined by hyphens"."""

    def read(self, text: str) -> str:
        if not re.fullmatch(self.pattern, text):
            raise unfit(
                "form",
                _("“{value}” is not {form}").format(value=text, form=_(self.form)),
                hint=_("Write {form}.").format(form=_(self.form)),
            )
        return str(text)

    def schema(self) -> dict[str, Any]:
        return {"type": ["string", "number", "boolean"], "pattern": f"^(?:{self.pattern})$"}


@dataclass(frozen=True)
class Choice(Scalar):
    """One of a few words."""

    options: tuple[str, ...]

    def read(self, text: str) -> str:
        if text not in self.options:
            raise unfit(
                "choice",
                _("“{value}” is not one of the choices").format(value=text),
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
            _("“{value}” is not a whole number").format(value=text),
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
            _("“{value}” is neither true nor false").format(value=text),
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
            _("“{value}” is not a date").format(value=text),
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
Id = Annotated[str, Matching(r"[a-z0-9]+(-[a-z0-9]+)*", "lower-case words joined by hyphens")]
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
            return {cls.headline: data}
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


def _is_list(annotation: Any) -> bool:
    return getattr(annotation, "__origin__", None) is list


Model = TypeVar("Model", bound=BaseModel)


class Keyed(Entry):
    """A mapping whose keys are ids: `{id: entry}`. Subclasses type `__pydantic_extra__`."""

    model_config = ConfigDict(extra="allow", frozen=True)

    @classmethod
    def _optional(cls, key: str) -> bool:  # noqa: ARG003
        return True


def suggestion(typed: str, known: Iterable[str]) -> str:
    """What to write instead of `typed`: the nearest known word, or all of them."""
    options = list(known)
    near = difflib.get_close_matches(typed.lower().replace("_", "-"), options, n=1, cutoff=0.6)
    if not near:
        near = difflib.get_close_matches(typed.lower(), options, n=1, cutoff=0.6)
    if near:
        return _("Did you mean “{word}”?").format(word=near[0])
    if len(options) <= 16:
        return _("Use one of: {words}.").format(words=", ".join(options))
    return _("The documentation lists what can stand here.")


def validate(
    model: type[Model], yaml: YamlText, value: Any = None
) -> tuple[Model | None, list[Problem]]:
    """The model of a YAML document, and every problem with it, in the order of the lines.

    What doesn't fit is kept as `Unfit` where its field can hold it and is left out otherwise, so
    that one bad value never costs the rest. None where even that is not enough.
    """
    tree = yaml.value if value is None else value
    problems: dict[tuple[str | int, ...], Problem] = {}
    for _attempt in range(6):
        try:
            result = model.model_validate(tree)
        except ValidationError as error:
            details = error.errors(include_url=False)
        else:
            ordered = sorted(problems.values(), key=lambda problem: problem.place)
            return result, ordered
        for detail in details:
            path = _within(tree, detail["loc"])
            if path not in problems:
                problems[path] = _problem(detail, path, yaml, model)
        for detail in reversed(details):  # from the end, so that a dropped item moves no other
            tree = _repaired(tree, _within(tree, detail["loc"]), detail, yaml)
    return None, sorted(problems.values(), key=lambda problem: problem.place)


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


def _problem(detail: ErrorDetails, path: Path, yaml: YamlText, model: type[BaseModel]) -> Problem:
    where = dotted(path)
    key = str(path[-1]) if path else ""
    context = detail.get("ctx", {})
    hint = str(context.get("hint", ""))
    place = yaml.place(path)
    match detail["type"]:
        case "extra_forbidden":
            what = _("“{key}” is not a key that belongs here.").format(key=key)
            hint = suggestion(key, _siblings(model, path))
            place = yaml.key_place(path)
        case "missing":
            what = _("“{where}” is missing.").format(where=where)
            hint = _("Add it; it can't be left out.")
        case "list_type":
            what = _("“{where}” should be a list.").format(where=where)
            hint = _("Put each item on a line of its own that begins with “- ”.")
        case "model_type" | "dict_type" | "model_attributes_type":
            what = _("“{where}” should hold keys and values.").format(where=where)
            hint = _("Write it as “key: value” lines, indented below “{key}:”.").format(key=key)
        case "not_text":
            what = _("“{where}” should be a single value.").format(where=where)
            hint = _("Write one value here, not a list or keys below it.")
        case _:
            message = detail["msg"]
            what = f"{where}: {message}."
    return Problem(what=what, hint=hint, place=place, where=where)


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


def _repaired(tree: Any, path: Path, detail: ErrorDetails, yaml: YamlText) -> Any:
    """`tree` with the value at `path` kept as `Unfit`, or left out where that didn't help."""
    if not path:
        return {}
    head, rest = path[0], path[1:]
    if isinstance(tree, Mapping):
        copy: Any = dict(tree)
        if rest:
            copy[head] = _repaired(copy.get(head), rest, detail, yaml)
        elif detail["type"] == "missing":
            copy[head] = Unfit("")
        elif detail["type"] == "extra_forbidden" or isinstance(copy.get(head), Unfit):
            copy.pop(head, None)
        else:
            copy[head] = Unfit(as_typed(copy[head]))
        return copy
    if isinstance(tree, list) and isinstance(head, int) and head < len(tree):
        items = list(tree)
        if rest:
            items[head] = _repaired(items[head], rest, detail, yaml)
        elif isinstance(items[head], Unfit):
            items[head] = None
        else:
            items[head] = Unfit(as_typed(items[head]))
        return [item for item in items if item is not None]
    return tree


def as_typed(value: Any) -> str:
    """A value of any shape as one line of text, for showing what somebody typed."""
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {as_typed(item)}" for key, item in value.items())
    if isinstance(value, list):
        return ", ".join(as_typed(item) for item in value)
    return "" if value is None else str(value)
