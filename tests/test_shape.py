"""Where pydantic and YAML meet: values that don't fit, problems with their place, suggestions."""

import time
from typing import Annotated, Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from impactbrief.shape import (
    Boolean,
    Choice,
    Date,
    Entry,
    Id,
    Integer,
    Keyed,
    Text,
    Unfit,
    as_typed,
    shown,
    suggestion,
    validate,
)
from impactbrief.yamltext import Spelled, read


class Item(Entry):
    headline: ClassVar[str] = "label"
    id: Id
    label: Text | None = None


class Items(Keyed):
    __pydantic_extra__: dict[str, Item]


class Thing(Entry):
    name: Text
    when: Date | None = None
    count: Integer = 1
    sure: Boolean = False
    kind: Annotated[str, Choice(("red", "green"))] | None = None
    items: list[Item] = []  # noqa: RUF012 (pydantic copies it)
    words: list[Text] = []  # noqa: RUF012
    by_id: Items = Items()


def thing(text: str) -> tuple[Thing | None, list[tuple[str, int, int]]]:
    found, problems = validate(Thing, read(text))
    return found, [(item.where, item.place.line, item.place.column) for item in problems]


def fits(kind: Any, value: Any) -> bool:
    try:
        TypeAdapter(kind).validate_python(value)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (Date, ["2026", "2026-11", "2026-11-21", "2024-02-29", "0999"],
         ["", "26", "2026-13", "2026-00", "2026-02-30", "2023-02-29", "2026-1-1", "0000",
          "2026-11-21T00:00", " 2026", "2026\n", "٢٠٢٦"]),
        (Id, ["a", "art-34-2", "0"], ["", "A", "a_b", "a--b", "-a", "a-", "a b", "é", "a\n"]),
        (Integer, [Spelled("1"), Spelled("0x1F"), Spelled("-3")],
         ["1", Spelled("1.0"), Spelled("true"), "one"]),
        (Boolean, [Spelled("true"), Spelled("FALSE")], ["true", "yes", Spelled("1")]),
        (Text, ["", "a", Spelled("1.0")], [["a"], {"a": "b"}, None]),
    ],
)  # fmt: skip
def test_what_fits_and_what_does_not(kind: Any, good: list[Any], bad: list[Any]) -> None:
    """At the edges of each kind of value."""
    assert [value for value in good if not fits(kind, value)] == []
    assert [value for value in bad if fits(kind, value)] == []


def test_what_does_not_fit_is_kept_in_its_place() -> None:
    """Each value by itself; what is right around it is read."""
    found, problems = thing(
        "name: A\nwhen: soon\ncount: many\nsure: maybe\nkind: blue\nwords: one\n"
        "items:\n  - Article 1\n  - {id: b}\n"
    )
    assert found is not None
    kept = [str(value) for value in (found.when, found.count, found.sure, found.kind)]
    assert kept == ["soon", "many", "maybe", "blue"]
    assert all(isinstance(value, Unfit) for value in (found.when, found.count, found.kind))
    assert found.words == ["one"]
    assert [(item.label, item.id) for item in found.items] == [("Article 1", ""), (None, "b")]
    assert problems == [
        ("when", 2, 7), ("count", 3, 8), ("sure", 4, 7), ("kind", 5, 7), ("words", 6, 8),
        ("items[0]", 8, 5),
    ]  # fmt: skip


def test_one_bad_item_moves_no_other() -> None:
    """Empty items and items of the wrong kind, side by side."""
    found, problems = thing("name: A\nwords: [~, [x], b, {c: d}, ~, e, {so it is: f}]\n")
    assert found is not None
    assert found.words == ["", "x", "b", "…", "", "e", "so it is: f"]
    assert [where for where, _line, _column in problems] == [
        "words[0]", "words[1]", "words[3]", "words[4]", "words[6]",
    ]  # fmt: skip


def test_a_dash_too_few_or_too_many_is_told_and_read_as_meant() -> None:
    """A mapping where a list of such mappings should be, and the other way round."""
    found, problems = thing("name: A\nitems: {id: a, label: B}\nby_id: [{c: {id: c}}]\n")
    assert found is not None
    assert [(item.id, item.label) for item in found.items] == [("a", "B")]
    assert list(found.by_id.__pydantic_extra__ or {}) == ["c"]
    assert problems == [("items", 2, 8), ("by_id", 3, 8)]


def test_keys_out_of_place_are_not_kept() -> None:
    """They may be private ones, or misspelt private ones."""
    found, _problems = thing(
        "name: {a: b, notes: SECRET}\nkind: {owner: SECRET}\nwords: {ntoes: SECRET}\n"
        "items: [{id: [{onwer: SECRET}]}, {x-a: SECRET}, [{c: SECRET}, d]]\nwhen: [x-a b: SECRET]\n"
    )
    assert found is not None
    assert "SECRET" not in repr(found)
    assert found.kind == "…"
    assert found.items[2].label == "…, d"


def test_what_no_field_can_hold_is_left_out() -> None:
    """An unknown key, a text where keys should be: told, and the rest is read."""
    found, problems = thing("name: A\nnmae: B\nby_id: none\n")
    assert found is not None
    assert problems == [("nmae", 2, 1), ("by_id", 3, 8)]


def test_keys_of_ones_own_are_passed_over() -> None:
    """Whatever they hold."""
    found, problems = thing("name: A\nx-a: {b: [c]}\nby_id: {a: {id: a, x-: 1}, x-b: c}\n")
    assert found is not None
    assert problems == []
    assert list(found.by_id.__pydantic_extra__ or {}) == ["a"]


def test_a_missing_key_is_told_once() -> None:
    """Where it should stand, or where its mapping stands."""
    assert thing("when: 2026\n")[1] == [("name", 1, 1)]
    assert thing("name: A\nitems:\n  - {label: B}\n")[1] == [("items[0].id", 3, 5)]


def test_only_what_is_no_mapping_is_beyond_repair() -> None:
    """Everything else becomes a model, whatever is in it."""
    assert validate(Thing, read("[a, b]\n"))[1]
    assert thing("other: 1\n")[0] is not None


@given(
    st.recursive(
        st.none() | st.sampled_from(["", "a", "2026", Spelled("1"), Spelled("true")]),
        lambda inner: st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["name", "when", "items", "words", "by_id", "id", "x-a", "no"]),
            inner, max_size=4,
        ),
        max_leaves=12,
    )
)  # fmt: skip
def test_any_mapping_becomes_a_model(value: Any) -> None:
    """However wrong: no exception, no endless repair, and a problem for what was wrong."""
    yaml = read("")
    found, problems = validate(Thing, yaml, value if isinstance(value, dict) else {"name": value})
    assert found is not None
    again, none = validate(Thing, yaml, {"name": "A"})
    assert again is not None
    assert none == []
    for problem in problems:
        assert problem.what
        assert problem.hint


# -- words -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "known", "hint"),
    [
        ("privcay", ["privacy", "integrity"], "Did you mean `privacy`?"),
        ("Effect_On_Peple", ["effect_on_people"], "Did you mean `effect_on_people`?"),
        ("strongly_negative", ["strongly-negative"], "Did you mean `strongly-negative`?"),
        ("xyz", ["privacy", "integrity"], "Use one of: `privacy`, `integrity`."),
        ("xyz", [f"word-{number}" for number in range(20)], "docs/answer-file.md lists"),
        ("xyz", [], ""),
    ],
)
def test_a_slip_gets_the_nearest_word(typed: str, known: list[str], hint: str) -> None:
    """Or all of them, where they are few."""
    assert suggestion(typed, known).startswith(hint)
    assert bool(suggestion(typed, known)) == bool(hint)


def test_comparing_takes_no_time() -> None:
    """Neither a very long word nor very many known ones."""
    begin = time.process_time()
    suggestion("a" * 1_000_000, ["privacy"])
    suggestion("nothing", [f"part-{number}" for number in range(100_000)])
    assert time.process_time() - begin < 0.5


def test_what_is_shown_fits_a_line() -> None:
    """Of a long text its beginning, of many lines one."""
    assert shown("a\n  b\tc") == "a b c"
    assert len(shown("word " * 100)) == 80
    assert shown("word " * 100).endswith("…")


def test_any_shape_can_be_shown_as_typed() -> None:
    """A list where a word should be is printed as a list."""
    assert as_typed({"a": ["b", None, {"c": Spelled("1.0")}], "d": "e"}) == "a: b, , c: 1.0; d: e"
