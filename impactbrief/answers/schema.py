"""The JSON Schema of the answer file, made from its model.

Editors use it to complete keys and to mark mistakes while somebody types. It gives the same verdict
as the model on the shape of a file; what needs knowledge beyond the shape (that an id names an
element, that a date exists) is `check`'s business.
"""

import json
from collections.abc import Mapping
from typing import Any

from impactbrief.answers.model import FORMAT, Answers

NAME = f"impactbrief-{FORMAT}.schema.json"
"""The file name that a new answer file's first line points at."""

Ids = Mapping[tuple[str, ...], Mapping[str, str]]
"""Known ids with their names, by the place that holds them, such as `("governance", "made")`."""


def json_schema(ids: Ids | None = None) -> dict[str, Any]:
    """The schema. With `ids`, editors complete them; other ids stay allowed, for other banks."""
    schema = Answers.model_json_schema()
    definitions = schema.pop("$defs")
    for definition in [schema, *definitions.values()]:
        _finish(definition)
    schema["properties"]["impactbrief"] = {
        "const": FORMAT,
        "description": "The format of this file.",
    }
    for place, names in (ids or {}).items():
        _name(schema, definitions, place, names)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "impactbrief answer file",
        **schema,
        "$defs": definitions,
    }


def schema_text(ids: Ids | None = None) -> str:
    """The schema as the text of a file."""
    return json.dumps(json_schema(ids), indent=2, ensure_ascii=False) + "\n"


def _finish(definition: dict[str, Any]) -> None:
    """What the model's reader allows everywhere: `x-` keys, and an empty value for "not given"."""
    definition.pop("title", None)
    if definition.get("type") != "object":
        return
    required = definition.get("required", [])
    for name, value in definition.get("properties", {}).items():
        value.pop("title", None)
        value.pop("default", None)
        if name not in required:
            definition["properties"][name] = _or_empty(value)
    extra = definition.get("additionalProperties")
    if isinstance(extra, dict):
        definition["additionalProperties"] = _or_empty(extra)
    definition["patternProperties"] = {"^x-": {}}


def _or_empty(value: dict[str, Any]) -> dict[str, Any]:
    options = value.get("anyOf", [value])
    if {"type": "null"} in options or not value:
        return value
    return {"anyOf": [*options, {"type": "null"}]}


def _name(
    schema: dict[str, Any],
    definitions: dict[str, Any],
    place: tuple[str, ...],
    names: Mapping[str, str],
) -> None:
    """Lists known ids in the definition that a place leads to, so that editors offer them."""
    holder = schema
    for step in place:
        reference = next(
            option["$ref"]
            for option in holder["properties"][step].get("anyOf", [holder["properties"][step]])
            if "$ref" in option
        )
        holder = definitions[reference.rpartition("/")[2]]
    for id_, name in names.items():
        holder["properties"][id_] = {"description": name, **holder["additionalProperties"]}
