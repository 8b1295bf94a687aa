"""The JSON Schema and the model give the same verdict.

Where they can't, because JSON Schema knows neither calendars nor how a number was spelled, the case
is listed in `ONLY_THE_MODEL_KNOWS`.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from impactbrief.answers.model import Answers
from impactbrief.answers.schema import json_schema, schema_text
from impactbrief.errors import InputError
from impactbrief.shape import validate
from impactbrief.yamltext import Spelled, Value, dump, read, resolve
from tests.answer_files import BROKEN, EXAMPLES, GOOD, MINIMAL

VALIDATOR = Draft202012Validator(json_schema())

ONLY_THE_MODEL_KNOWS = {
    "date-impossible": "a day that no calendar has",
    "format-zero": "JSON Schema says so as well, but as a constant",
}
"""Broken files whose problem lies beyond the shape, with the reason."""


def schema_accepts(value: Value) -> bool:
    return bool(VALIDATOR.is_valid(resolve(value)))


def model_accepts(value: Value) -> bool:
    model, problems = validate(Answers, read(dump(value)))
    return model is not None and not problems


def test_the_schema_is_itself_valid() -> None:
    """Editors read it: it must be a schema, and say what it is."""
    schema = json_schema()
    Draft202012Validator.check_schema(schema)
    assert json.loads(schema_text()) == schema
    assert schema["properties"]["impactbrief"]["const"] == 1


@pytest.mark.parametrize("path", [*GOOD, *EXAMPLES], ids=lambda path: path.stem)
def test_good_files_satisfy_both(path: Path) -> None:
    """What the model takes, no editor underlines."""
    value = read(path.read_text(encoding="utf-8")).value
    assert [error.message for error in VALIDATOR.iter_errors(resolve(value))] == []
    assert model_accepts(value)


def shaped() -> Iterator[tuple[str, Value]]:
    """The broken files that are YAML, mappings, and of this format: where shape is the question."""
    for path in BROKEN:
        try:
            value = read(path.read_text(encoding="utf-8")).value
        except (InputError, UnicodeDecodeError):
            continue
        if isinstance(value, dict) and isinstance(value.get("impactbrief"), Spelled):
            yield path.stem, value


@pytest.mark.parametrize(("name", "value"), [pytest.param(*case, id=case[0]) for case in shaped()])
def test_broken_files_fail_both_or_neither(name: str, value: Value) -> None:
    """An unknown id passes both, since the shape is right; a misspelt key fails both."""
    if name.startswith("format-"):
        assert not schema_accepts(value)
    elif name in ONLY_THE_MODEL_KNOWS:
        assert schema_accepts(value)
        assert not model_accepts(value)
    else:
        assert schema_accepts(value) == model_accepts(value)


ODD: st.SearchStrategy[Any] = st.sampled_from(
    [
        None, "", " ", "none", "negative", "draft", "x", "a b", "a\nb", "2022-05",
        "0000-0002-1825-0097", "KR", "IB007", "[x]", "a.b", "Ünï", "yes", "true",
        Spelled("1"), Spelled("2022"), Spelled("-3"), Spelled("2.5"), Spelled("true"),
        Spelled("false"), [], {}, ["a"], [None], [["a"]], {"a": "b"}, {"id": "a"},
        [{"id": "a"}], {"name": "a"}, [{"text": "a"}], {"x-a": "b"}, {"notes": []},
    ]
)  # fmt: skip


def paths(value: Value, here: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if here:
        yield here
    if isinstance(value, dict):
        for key, item in value.items():
            yield from paths(item, (*here, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from paths(item, (*here, index))


TREES: list[Any] = [
    read(path.read_text(encoding="utf-8")).value
    for path in GOOD
    if path.stem in ("whole", "private-everywhere", "spelled", "empty-values")
]


@st.composite
def mutations(draw: st.DrawFn) -> Any:
    """A good file with one to three things changed."""
    tree: Any = _copy(draw(st.sampled_from(TREES)))
    for _change in range(draw(st.integers(1, 3))):
        spots = [path for path in paths(tree) if path != ("impactbrief",)]
        path = draw(st.sampled_from(spots))
        holder = tree
        for step in path[:-1]:
            holder = holder[step]
        last: Any = path[-1]
        kind = draw(st.sampled_from(["replace", "replace", "remove", "rename", "add"]))
        if kind == "replace":
            holder[last] = _copy(draw(ODD))
        elif kind == "remove":
            del holder[last]
        elif isinstance(holder, dict) and kind == "rename":
            holder[f"{last}s"] = holder.pop(last)
        elif isinstance(holder, dict):
            holder[draw(st.sampled_from(["x-new", "notes", "text", "id", "name"]))] = _copy(
                draw(ODD)
            )
    return tree


def _copy(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copy(item) for key, item in value.items()}
    return [_copy(item) for item in value] if isinstance(value, list) else value


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(mutations())
def test_changed_files_fail_both_or_neither(value: Value) -> None:
    """Whatever is changed in a good file, the two agree on it."""
    verdicts = (schema_accepts(value), model_accepts(value))
    assert verdicts[0] == verdicts[1], [
        (list(error.path), error.message[:200]) for error in VALIDATOR.iter_errors(resolve(value))
    ]


@pytest.mark.parametrize(
    ("spelling", "what"),
    [("impactbrief: 1.0", "a whole number with a fraction"), ("impactbrief: 0x1", "another base")],
)
def test_spellings_that_json_does_not_know(spelling: str, what: str) -> None:
    """JSON has one way to write 1: these differences are known, and harmless."""
    value = read(MINIMAL.replace("impactbrief: 1", spelling)).value
    assert schema_accepts(value), what


def test_the_modeline_of_the_examples_finds_its_schema() -> None:
    """Editors look for it where the first line of each example says."""
    for path in EXAMPLES:
        first = path.read_text(encoding="utf-8").splitlines()[0]
        found = re.search(r"\$schema=(\S+)", first)
        assert found, path
        assert (path.parent / found[1]).is_file()
