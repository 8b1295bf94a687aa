"""Writing one value back into YAML text: exactly that value, and nothing but its lines."""

import copy
import math
from collections.abc import Sequence
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from impactbrief.errors import InputError
from impactbrief.yamltext import (
    Path,
    Spelled,
    YamlText,
    dump,
    insert_item,
    move_item,
    read,
    remove,
    resolve,
    set_value,
)
from impactbrief.yamltext import splice as splicing

# The same examples in every run: a red test is never a matter of luck.
QUICK = settings(
    max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)

LONG = "Every network has to pay for what it sends, so content moves abroad and gets slow for many."


def value(text: str) -> Any:
    return read(text).value


def kinds(tree: Any) -> Any:
    """A tree that tells `Spelled` from text when compared."""
    if isinstance(tree, dict):
        return {key: kinds(item) for key, item in tree.items()}
    if isinstance(tree, list):
        return [kinds(item) for item in tree]
    return (type(tree).__name__, tree)


class TestSetValue:
    @pytest.mark.parametrize(
        ("before", "new", "after"),
        [
            # Behind the key, with and without a comment.
            ("k: old\n", "new", "k: new\n"),
            ("k: old # c\n", "new", "k: new # c\n"),
            ("k:   old\t# c\n", "new", "k:   new\t# c\n"),
            ("k:\n", "new", "k: new\n"),
            ("k:", "new", "k: new"),
            ("k: # c\n", "new", "k: new # c\n"),
            ("k: null\n", "new", "k: new\n"),
            ("k: ~ # c\n", "new", "k: new # c\n"),
            ("'k' : old\n", "new", "'k' : new\n"),
            ('"k": old # c', "new", '"k": new # c'),
            ("k:\n  # why\n  old # c\n", "new", "k:\n  # why\n  new # c\n"),
            ("k: one\n  two\n\n  three # c\nz: 1\n", "new", "k: new # c\nz: 1\n"),
            ("k: old\r\nz: 1\r\n", "new", "k: new\r\nz: 1\r\n"),
            ("--- # s\nk: old\n...\n", "new", "--- # s\nk: new\n...\n"),
            # Quotes stay.
            ('k: "old"\n', "new", 'k: "new"\n'),
            ("k: 'old'\n", "it's", "k: 'it''s'\n"),
            ("k: 'old'\n", "a\tb", 'k: "a\\tb"\n'),
            ('k: "old"\n', None, "k: null\n"),
            ('k: "old"\n', 5, "k: 5\n"),
            # Texts of several lines.
            ("k: old # c\nz: 1\n", "a\nb", "k: |- # c\n  a\n  b\nz: 1\n"),
            ("k: # c\nz: 1\n", "a\nb\n", "k: | # c\n  a\n  b\nz: 1\n"),
            ("k:\nz: 1\n", "a\n\n", "k: |+\n  a\n\nz: 1\n"),
            ("k: old\n\nz: 1\n", "a\n\n", 'k: "a\\n\\n"\n\nz: 1\n'),
            ("k: old", "a\nb\n", "k: |\n  a\n  b\n"),
            ("k: old", "a\nb", "k: |-\n  a\n  b"),
            ("k: old\r\nz: 1\r\n", "a\nb\n", "k: |\r\n  a\r\n  b\r\nz: 1\r\n"),
            ("k: old\n", LONG, f"k: |-\n  {LONG}\n"),
            ("k: old\n", "  a\nb", "k: |2-\n    a\n  b\n"),
            ("k: old\n", "\na", "k: |-\n\n  a\n"),
            ("k: old\n", " \na", "k: |2-\n   \n  a\n"),
            ("k: old\n", "\ta\nb", "k: |2-\n  \ta\n  b\n"),
            ("k: old\n", "# a\n- b: c", "k: |-\n  # a\n  - b: c\n"),
            ("k: old\n", "a\r\nb", 'k: "a\\r\\nb"\n'),
            ("k: old\n  # deeper\nz: 1\n", "a\nb", 'k: "a\\nb"\n  # deeper\nz: 1\n'),
            # Blocks.
            ("k: |   # c\n  a\n  b\n\n# z\nz: 1\n", "new\n", "k: |   # c\n  new\n\n# z\nz: 1\n"),
            ("k: |\n    a\n    b\nz: 1\n", "new", "k: |-\n    new\nz: 1\n"),
            ("k: |   # c\n  a\n\n\nz: 1\n", None, "k: null   # c\n\n\nz: 1\n"),
            ("k: >-   # c\n  a\n  b\nz: 1\n", "x\ny\n", "k: |   # c\n  x\n  y\nz: 1\n"),
            ("k: |+\n  a\n\nz: 1\n", "b", "k: |-\n  b\nz: 1\n"),
            ("k: |\n  a\n# own\nz: 1\n", "b\x07", 'k: "b\\x07"\n# own\nz: 1\n'),
            ("k: |2\n   a\n  b\nz: 1\n", "c\n", "k: |\n  c\nz: 1\n"),
            ("k: |\n\n  \n\nz: 1\n", "c", "k: |-\n  c\n\n  \n\nz: 1\n"),
            # Other kinds.
            ("k: old # c\nz: 1\n", {"a": "b"}, "k: # c\n  a: b\nz: 1\n"),
            ("k: old # c\nz: 1\n", ["a", {"b": "c"}], "k: # c\n  - a\n  - b: c\nz: 1\n"),
            ("k: old # c\nz: 1\n", ["a", "b"], "k: [a, b] # c\nz: 1\n"),
            ("k: {}\nz: 1\n", {"a": {"b": 1}}, "k:\n  a:\n    b: 1\nz: 1\n"),
            ("k: # c\n  # d\n  a: 1 # e\n  b: 2\nz: 1\n", "new", "k: new # c\n  # d\nz: 1\n"),
            ("k: # c\n  a: 1\n  b: 2\nz: 1\n", "p\nq", "k: |- # c\n  p\n  q\nz: 1\n"),
            ("k:\n  a: 1\nz: 1\n", ["x", {"y": "1"}], 'k:\n  - x\n  - "y": "1"\nz: 1\n'),
            ("k: {a: b} # c\n", "new", "k: new # c\n"),
            ("k: &x old\n", "new", "k: new\n"),
            ("k: &x\n  a: b\nz: 1\n", "new", "k: new\nz: 1\n"),
            ("a: &x 1\nk: *x # c\n", "new", "a: &x 1\nk: new # c\n"),
            ("? k # c\n: old\nz: 1\n", "new", "? k # c\n: new\nz: 1\n"),
            ("k: old #\ttab\n", "new", "k: new #\ttab\n"),
            ("k: 1.0 # c\n", "1.0", 'k: "1.0" # c\n'),
            ('k: "1.0" # c\n', Spelled("1.0"), "k: 1.0 # c\n"),
            ("# h\nk:\n- a\nz:   1\n", {"b": "c"}, "# h\nk:\n  b: c\nz:   1\n"),
        ],
    )
    def test_the_value_of_a_key(self, before: str, new: Any, after: str) -> None:
        """The value changes; its key, the comments and all other lines stay as they were."""
        assert set_value(before, ("k",), new) == after

    @pytest.mark.parametrize(
        ("before", "path", "new", "after"),
        [
            ("- id: x # c\n  n: 1\n", (0, "id"), "w", "- id: w # c\n  n: 1\n"),
            ("- id: x # c\n  n: 1\n", (0, "id"), "p\nq", "- id: |- # c\n    p\n    q\n  n: 1\n"),
            ("-\n  id: x\n", (0,), "w", "- w\n"),
            ("- x # c\n- y\n", (0,), "p\nq", "- |- # c\n  p\n  q\n- y\n"),
            ("- x # c\n- y\n", (0,), {"a": 1, "b": 2}, "- # c\n  a: 1\n  b: 2\n- y\n"),
            ("- x\n- y\n", (0,), {"a": 1, "b": 2}, "- a: 1\n  b: 2\n- y\n"),
            ("-\n- y\n", (0,), "x", "- x\n- y\n"),
            ("- - x\n  - y\n", (0, 1), "z", "- - x\n  - z\n"),
            ("k:\n- x\n# about y\n- y\n", ("k", 1), "z", "k:\n- x\n# about y\n- z\n"),
            ("k: {a: b, c: d} # c\n", ("k", "a"), "x y", "k: {a: x y, c: d} # c\n"),
            ("k: {a: b, c: d}\n", ("k", "a"), "x, y", 'k: {a: "x, y", c: d}\n'),
            ("k: {a: , c}\n", ("k", "a"), "x", "k: {a: x , c}\n"),
            ("k: {a: , c}\n", ("k", "c"), "x", "k: {a: , c: x}\n"),
            ("k: [a, [b, c]]\n", ("k", 1, 0), {"x": [1]}, "k: [a, [{x: [1]}, c]]\n"),
            (
                "k: {a: 'b', \"c\": 1, d: [x]} # e\n",
                ("k", "a"),
                "p\nq\n",
                'k: # e\n  a: |\n    p\n    q\n  "c": 1\n  d: [x]\n',
            ),
            ("- {a: b, c: d}\n- e\n", (0, "a"), "p\nq", "- a: |-\n    p\n    q\n  c: d\n- e\n"),
            (
                "k: {a: b, # keep\n  c: d}\n",
                ("k", "c"),
                "p\nq",
                'k: {a: b, # keep\n  c: "p\\nq"}\n',
            ),
            ("k: [a: b, c]\n", ("k", 0, "a"), "x", "k: [a: x, c]\n"),
        ],
    )
    def test_deeper(self, before: str, path: Path, new: Any, after: str) -> None:
        """The same inside lists and brackets, which open up for prose if they hold no comments."""
        assert set_value(before, path, new) == after

    @pytest.mark.parametrize(
        ("before", "path", "new", "after"),
        [
            ("", ("k",), "v", "k: v\n"),
            ("# head\n", ("k", "a"), "v", "# head\nk:\n  a: v\n"),
            ("# head", ("k",), "v", "# head\nk: v\n"),
            ("---\n", ("k",), "v", "---\nk: v\n"),
            ("--- # c\n", ("k",), "v", "--- # c\nk: v\n"),
            ("{}\n", ("k",), "v", "k: v\n"),
            ("# h\n{} # c\n# t\n", ("k",), "v", "# h\n# c\nk: v\n# t\n"),
            ("--- {}\n", ("k",), "v", "---\nk: v\n"),
            ("null\n", ("k",), "v", "k: v\n"),
            ("\ufeffa: 1", ("k",), "v", "\ufeffa: 1\nk: v"),
            ("a: 1\n...\n", ("k",), "v", "a: 1\nk: v\n...\n"),
            ("a: 1\r\n", ("k",), "p\nq", "a: 1\r\nk: |-\r\n  p\r\n  q\r\n"),
            ("a: |\n  text", ("k",), "v", "a: |-\n  text\nk: v"),
            ("a: |+\n  text\n\n", ("k",), "v", "a: |+\n  text\n\nk: v\n"),
            ("a: 1 # c\n# more\n\n# foot\n", ("k",), "v", "a: 1 # c\n# more\nk: v\n\n# foot\n"),
            (
                "a:\n  b: 1\n  # tail\nz: 1\n",
                ("a", "k"),
                "v",
                "a:\n  b: 1\n  # tail\n  k: v\nz: 1\n",
            ),
            (
                "a:\n  b: 1\n\n# about z\nz: 1\n",
                ("a", "k"),
                "v",
                "a:\n  b: 1\n  k: v\n\n# about z\nz: 1\n",
            ),
            ("a: 1\n\nb: 2\n", ("k",), "v", "a: 1\n\nb: 2\n\nk: v\n"),
            (
                "a:\n    b:\n        c: 1\n",
                ("k", "x"),
                "v",
                "a:\n    b:\n        c: 1\nk:\n    x: v\n",
            ),
            ("a:\n- x\n", ("k",), [LONG], f"a:\n- x\nk:\n- |-\n  {LONG}\n"),
            ("a: null # c\n", ("a", "k"), "v", "a: # c\n  k: v\n"),
            ("a:\nb: 1\n", ("a", "k", 0, "x"), "v", "a:\n  k:\n    - x: v\nb: 1\n"),
            ("a: {}\n", ("a", "k"), "v", "a:\n  k: v\n"),
            ("a: {b: c} # c\n", ("a", "k"), "v", "a: {b: c, k: v} # c\n"),
            ("a: {b: c,}\n", ("a", "k"), "v", "a: {b: c, k: v,}\n"),
            (
                "a: {\n  b: c, # c\n  d: e # e\n}\n",
                ("a", "k"),
                "v",
                "a: {\n  b: c, # c\n  d: e, # e\n  k: v\n}\n",
            ),
            ("a: {\n  b: c, # c\n}\n", ("a", "k"), "v", "a: {\n  b: c, # c\n  k: v,\n}\n"),
            ("a: []\n", ("a", 0), "x", "a: [x]\n"),
            ("a: [x]\n", ("a", 1), "z", "a: [x, z]\n"),
            ("a:\n  - x\nz: 1\n", ("a", 1), {"k": "v"}, "a:\n  - x\n  - k: v\nz: 1\n"),
            ("a:\n  - {k: v}\nz: 1\n", ("a", 1), {"k": "w"}, "a:\n  - {k: v}\n  - {k: w}\nz: 1\n"),
            ("a: [b: c]\n", ("a", 0, "k"), "v", "a: [{b: c, k: v}]\n"),
        ],
    )
    def test_what_is_new(self, before: str, path: Path, new: Any, after: str) -> None:
        """A new key or item goes behind the others; missing parents are made."""
        assert set_value(before, path, new) == after

    @pytest.mark.parametrize(
        ("before", "key", "after"),
        [
            ("a: 1\nc: 3\n", "b", "a: 1\nb: v\nc: 3\n"),
            ("a: 1 # c\n# about c\nc: 3\n", "b", "a: 1 # c\nb: v\n# about c\nc: 3\n"),
            ("a: 1\n  # still a\nc: 3\n", "b", "a: 1\n  # still a\nb: v\nc: 3\n"),
            ("a: 1\n\n\nc: 3\n", "b", "a: 1\n\nb: v\n\n\nc: 3\n"),
            ("a: |\n  x\n\nc: 3\n", "b", "a: |\n  x\n\nb: v\n\nc: 3\n"),
            ("a: |+\n  x\n\nc: 3\n", "b", "a: |+\n  x\n\nb: v\nc: 3\n"),
            ("c: 3\na: 1\nx-own: 1\n", "b", "c: 3\na: 1\nb: v\nx-own: 1\n"),
            ("b: 2\n", "a", "a: v\nb: 2\n"),
            ("# head\n\n# about b\nb: 2\n", "a", "# head\n\na: v\n# about b\nb: 2\n"),
            ("# yaml-language-server: x\nb: 2\n", "a", "# yaml-language-server: x\na: v\nb: 2\n"),
            ("a: 1\n", "unknown", "a: 1\nunknown: v\n"),
            ("{b: 2}\n", "a", "{a: v, b: 2}\n"),
            ("{\n  b: 2 # c\n}\n", "a", "{\n  a: v,\n  b: 2 # c\n}\n"),
        ],
    )
    def test_the_order_of_keys(self, before: str, key: str, after: str) -> None:
        """With an order, a new key goes behind the nearest key that comes before it there."""
        asked = []

        def order(path: Path) -> Sequence[str]:
            asked.append(path)
            return ["a", "b", "c"]

        assert set_value(before, (key,), "v", order=order) == after
        assert asked == [()]

    def test_order_inside_a_list(self) -> None:
        """A new first key of an item takes the place behind the dash."""
        text = "l:\n  - b: 1\n    c: 2\n"
        assert set_value(text, ("l", 0, "a"), "v", order=lambda _: ["a", "b"]) == (
            "l:\n  - a: v\n    b: 1\n    c: 2\n"
        )

    @pytest.mark.parametrize(
        "text",
        ["k: 'a'  # c\n", "k: >\n  a\n  b\n", "k: {a: 0x1F}", "k: [~, ]\n", "k: !\n", "k: &x y\n"],
    )
    def test_nothing_changes(self, text: str) -> None:
        """Setting what is there already leaves the text as it is, however it is written."""
        assert set_value(text, ("k",), value(text)["k"]) == text

    def test_collections_are_merged(self) -> None:
        """Of a mapping or list that replaces another only what differs is written."""
        text = (
            "k:\n  # one\n  a: 'x'   # a\n\n  # two\n  b: [p,  q]\n  # three\n  c:\n"
            "    - num: 1   # n\n    # second\n    - num: 2\n"
        )
        new = resolve(value(text)["k"])
        assert isinstance(new, dict)
        new["b"] = ["p", "q", "r"]
        new["c"] = [{"num": 0}, {"num": 1}, {"num": 2, "m": LONG}]
        new["d"] = True
        assert set_value(text, ("k",), new) == (
            "k:\n  # one\n  a: 'x'   # a\n\n  # two\n  b: [p,  q, r]\n  # three\n  c:\n"
            "    - num: 0   # n\n    # second\n    - num: 1\n"
            f"    - num: 2\n      m: |-\n        {LONG}\n  d: true\n"
        )

    def test_one_more_item_keeps_the_others(self) -> None:
        """A list given whole with one item put in changes no other item."""
        text = "k:\n  - a # a\n  # b\n  - b\n"
        assert set_value(text, ("k",), ["x", "a", "b"]) == "k:\n  - x\n  - a # a\n  # b\n  - b\n"
        assert set_value(text, ("k",), ["a", "x", "b"]) == "k:\n  - a # a\n  - x\n  # b\n  - b\n"
        assert set_value(text, ("k",), ["b"]) == "k:\n  # b\n  - b\n"

    @pytest.mark.parametrize(
        ("text", "path"),
        [
            ("a: &x {b: 1}\nc: *x\n", ("a",)),
            ("a: &x {b: 1}\nc: *x\n", ("a", "b")),
            ("a: &x {b: 1}\nc: *x\n", ("a", "new")),
            ("a: &x {b: 1}\nc: *x\n", ("c", "b")),
            ("a: &x {b: 1}\nc: *x\n", ("c", "new")),
            ("a: {b: &x 1}\nc: *x\n", ("a",)),
        ],
    )
    def test_shared_values_are_left_alone(self, text: str, path: Path) -> None:
        """What an alias shares isn't changed behind the reader's back: the edit is refused."""
        with pytest.raises(InputError, match="alias"):
            set_value(text, path, "new")

    def test_an_alias_inside_what_goes(self) -> None:
        """An anchor and its alias may go together."""
        assert set_value("a: {b: &x 1, c: *x}\nz: 1\n", ("a",), "v") == "a: v\nz: 1\n"

    def test_text_is_no_parent(self) -> None:
        """A key can't be put into text; the problem names the place."""
        with pytest.raises(InputError, match=r"1:4: "):
            set_value("a: text\n", ("a", "b"), "v")
        with pytest.raises(InputError, match=r"1:4: "):
            set_value("a: [x]\n", ("a", "b"), "v")

    def test_indexes(self) -> None:
        """Only the index behind the last appends."""
        for path in (("a", 2), ("a", -1), ("b", 1)):
            with pytest.raises(IndexError):
                set_value("a: [x]\n", path, "v")

    def test_surrogates_are_refused(self) -> None:
        """Half a character can't be written at all."""
        for bad in ("a\ud800", {"a\udfff": 1}, ["\ud800"]):
            with pytest.raises(InputError, match="surrogate"):
                set_value("a: 1\n", ("a",), bad)

    def test_other_types_are_refused(self) -> None:
        """Only what YAML text holds is taken."""
        for bad in (b"x", {1: 2}, object(), {"a": {1, 2}}):
            with pytest.raises(TypeError):
                set_value("a: 1\n", ("a",), bad)  # type: ignore[arg-type]

    def test_beyond_the_limits(self) -> None:
        """A file that couldn't be read again is not made."""
        with pytest.raises(InputError, match="grow beyond"):
            set_value("x: 1\n", tuple("abcdefgh" * 5), "v")
        with pytest.raises(InputError, match="grow beyond"):
            set_value("a: 1\n", ("b",), "é" * 1_100_000)

    def test_a_splice_gone_wrong_never_gets_out(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """If every way to write gives other values than asked for, that is a bug and says so."""
        for way in ("inline_at", "lines_at"):
            monkeypatch.setattr(splicing._Edit, way, lambda *_: "k: wrong\n")
        with pytest.raises(AssertionError):
            set_value("k: old\n", ("k",), "new")

    def test_the_last_resort_keeps_comments(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A mapping that has to be written anew keeps its comments above it."""
        for way in ("replacing", "inline_at"):
            monkeypatch.setattr(splicing._Edit, way, lambda *_: "k: wrong\n")
        text = "z: 1 # z\nm:\n  # one\n  a: 1 # two\n  b: |  # three\n    # text\nq: '2'\n"
        assert set_value(text, ("m", "a"), 5) == (
            "z: 1 # z\nm:\n  # one\n  # two\n  # three\n  a: 5\n  b: |\n    # text\nq: '2'\n"
        )


class TestRemove:
    @pytest.mark.parametrize(
        ("before", "path", "after"),
        [
            ("a: 1\nb: 2 # b\nc: 3\n", ("b",), "a: 1\nc: 3\n"),
            ("# a\na: 1\n# b\nb: 2\n", ("b",), "# a\na: 1\n# b\n"),
            ("a: 1\nb: |\n  x\n\n  y\nc: 3\n", ("b",), "a: 1\nc: 3\n"),
            ("a: 1\n\nb: 2\n\nc: 3\n", ("b",), "a: 1\n\nc: 3\n"),
            ("a: 1\nb: 2", ("b",), "a: 1"),
            ("a: 1\r\nb: 2\r\n", ("a",), "b: 2\r\n"),
            ("\ufeffa: 1\nb: 2\n", ("a",), "\ufeffb: 2\n"),
            ("a: 1\n", ("a",), "{}\n"),
            ("# h\na: 1 # c\n# t\n", ("a",), "# h\n{}\n# t\n"),
            ("a: # c\n  # d\n  b: 1\n  # e\nz: 1\n", ("a", "b"), "a: {} # c\n  # d\n  # e\nz: 1\n"),
            ("a:\n- x\nz: 1\n", ("a", 0), "a: []\nz: 1\n"),
            ("- a: 1 # c\n  b: 2\n", (0, "a"), "- b: 2\n"),
            ("- a: 1\n  # about b\n  b: 2\n", (0, "a"), "-\n  # about b\n  b: 2\n"),
            ("- a: 1\n- b: 2\n", (0, "a"), "- {}\n- b: 2\n"),
            ("- - x\n  - y\n", (0, 0), "- - y\n"),
            ("- x\n- y # y\n- z\n", (1,), "- x\n- z\n"),
            ("a: {b: 1, c: 2, d: 3}\n", ("a", "b"), "a: {c: 2, d: 3}\n"),
            ("a: {b: 1, c: 2, d: 3}\n", ("a", "c"), "a: {b: 1, d: 3}\n"),
            ("a: {b: 1, c: 2, d: 3}\n", ("a", "d"), "a: {b: 1, c: 2}\n"),
            ("a: [x, y,]\n", ("a", 1), "a: [x,]\n"),
            ("a: [x]\n", ("a", 0), "a: []\n"),
            ("a: [x,]\n", ("a", 0), "a: []\n"),
            ("a: [\n  x, # x\n  y, # y\n  z # z\n]\n", ("a", 1), "a: [\n  x, # x\n  z # z\n]\n"),
            ("a: [\n  x, # x\n  z # z\n]\n", ("a", 1), "a: [\n  x, # x\n]\n"),
            ("a: |\n  t\nb: 1\n  # deep\nc: 2\n", ("b",), "a: |\n  t\nc: 2\n"),
            ("? a\n: b\nc: 1\n", ("a",), "c: 1\n"),
        ],
    )
    def test_only_its_lines_go(self, before: str, path: Path, after: str) -> None:
        """The entry goes, comments above it and the rest stay. The last one leaves brackets."""
        assert remove(before, path) == after

    def test_back_and_forth(self) -> None:
        """Adding a key and removing it again gives the text there was."""
        for text in ("a: 1\n\nb: 2\n", "a: 1\nb: 2\n", "a: 1\n\nb: 2", "a: |\n  x\n\nb: |\n  y\n"):
            assert remove(set_value(text, ("k",), "v"), ("k",)) == text
            added = set_value(text, ("k",), "p\nq\n", order=lambda _: ["a", "k"])
            assert remove(added, ("k",)) == text

    def test_what_cannot_be_removed(self) -> None:
        """What isn't there, the whole document, and what an alias needs."""
        with pytest.raises(KeyError):
            remove("a: 1\n", ("b",))
        with pytest.raises(IndexError):
            remove("a: [1]\n", ("a", 1))
        with pytest.raises(ValueError, match="whole document"):
            remove("a: 1\n", ())
        with pytest.raises(InputError, match="alias"):
            remove("a: &x 1\nb: *x\n", ("a",))
        assert remove("a: &x 1\nb: *x\n", ("b",)) == "a: &x 1\n"


class TestItems:
    @pytest.mark.parametrize(
        ("before", "path", "index", "after"),
        [
            ("a: [x, y]\n", ("a",), 0, "a: [v, x, y]\n"),
            ("a: [x, y]\n", ("a",), 1, "a: [x, v, y]\n"),
            ("a: [x, y] # c\n", ("a",), 2, "a: [x, y, v] # c\n"),
            (
                "a:\n  # x\n  - x # c\n  # y\n  - y\n",
                ("a",),
                0,
                "a:\n  - v\n  # x\n  - x # c\n  # y\n  - y\n",
            ),
            (
                "a:\n  # x\n  - x # c\n  # y\n  - y\n",
                ("a",),
                1,
                "a:\n  # x\n  - x # c\n  - v\n  # y\n  - y\n",
            ),
            ("a:\n- x\n# z\nz: 1\n", ("a",), 1, "a:\n- x\n- v\n# z\nz: 1\n"),
            ("- - x\n  - y\n", (0,), 0, "- - v\n  - x\n  - y\n"),
            ("a:\n", ("a",), 0, "a: [v]\n"),
            ("b: 1\n", ("a",), 0, "b: 1\na: [v]\n"),
        ],
    )
    def test_insert(self, before: str, path: Path, index: int, after: str) -> None:
        """An item goes before the one at the index; comments stay with theirs."""
        assert insert_item(before, path, index, "v") == after

    def test_insert_where_nothing_fits(self) -> None:
        """Beyond the end, or into something that is no list."""
        for index in (-1, 2):
            with pytest.raises(IndexError):
                insert_item("a: [x]\n", ("a",), index, "v")
        with pytest.raises(IndexError):
            insert_item("a:\n", ("a",), 1, "v")
        with pytest.raises(InputError, match="not a list"):
            insert_item("a: {b: 1}\n", ("a",), 0, "v")

    @pytest.mark.parametrize(
        ("before", "path", "old", "new", "after"),
        [
            ("a: [x,  'y', z] # c\n", ("a",), 0, 2, "a: ['y',  z, x] # c\n"),
            (
                "- a: 1 # a\n  b: 2\n\n# two\n- c # c\n- d\n",
                (),
                0,
                2,
                "# two\n- c # c\n\n- d\n- a: 1 # a\n  b: 2\n",
            ),
            ("- a\n# two\n- c # c\n", (), 1, 0, "# two\n- c # c\n- a\n"),
            ("- - x # x\n  - y\n", (0,), 1, 0, "- - y\n  - x # x\n"),
            ("- |\n  x\n- y", (), 1, 0, "- y\n- |\n  x\n"),
            ("- a\n- b\n", (), 1, 1, "- a\n- b\n"),
            ("- a\n  # more of a\n- b\n", (), 0, 1, "- b\n- a\n  # more of a\n"),
        ],
    )
    def test_move(self, before: str, path: Path, old: int, new: int, after: str) -> None:
        """An item changes its place with its comments; spelling and blank lines stay."""
        assert move_item(before, path, old, new) == after

    def test_move_where_nothing_fits(self) -> None:
        """Both indexes must be in the list."""
        with pytest.raises(IndexError):
            move_item("a: [x]\n", ("a",), 0, 1)
        with pytest.raises(KeyError):
            move_item("a: [x]\n", ("b",), 0, 0)


class TestDump:
    @pytest.mark.parametrize(
        ("text", "written"),
        [
            ("word", "word"),
            ("two words", "two words"),
            ("2022-05-11", "2022-05-11"),
            ("2022-05", "2022-05"),
            ("it's", "it's"),
            ('say "x"', 'say "x"'),
            ("a:b", "a:b"),
            ("a#b", "a#b"),
            ("https://x.org/a?b=c", "https://x.org/a?b=c"),
            ("CC-BY-4.0", "CC-BY-4.0"),
            ("0000-0002-1825-0097", "0000-0002-1825-0097"),
            ("中 é", "中 é"),
            ("KR", "KR"),
            ("NO", '"NO"'),
            ("no", '"no"'),
            ("y", '"y"'),
            ("Off", '"Off"'),
            ("null", '"null"'),
            ("", '""'),
            ("~", '"~"'),
            ("1.0", '"1.0"'),
            ("2022", '"2022"'),
            ("012", '"012"'),
            ("1_000", '"1_000"'),
            ("1:30", '"1:30"'),
            ("0x1F", '"0x1F"'),
            (".inf", '".inf"'),
            ("1e3", '"1e3"'),
            ("2022-05-11T10:00:00Z", '"2022-05-11T10:00:00Z"'),
            ("<<", '"<<"'),
            ("=", '"="'),
            (" a", '" a"'),
            ("a ", '"a "'),
            ("a: b", '"a: b"'),
            ("a:", '"a:"'),
            ("a #b", '"a #b"'),
            ("- a", '"- a"'),
            ("@a", '"@a"'),
            ("`a`", '"`a`"'),
            ("%a", '"%a"'),
            ("[a]", '"[a]"'),
            ("{a", '"{a"'),
            ("*a", '"*a"'),
            ("&a", '"&a"'),
            ("!a", '"!a"'),
            ("|a", '"|a"'),
            (">a", '">a"'),
            ("'a", '"\'a"'),
            ('"a', '"\\"a"'),
            ("...", '"..."'),
            ("---", '"---"'),
            ("a\\b", "a\\b"),
            ("a\tb", '"a\\tb"'),
            ("a\rb", '"a\\rb"'),
            ("\x07", '"\\x07"'),
            ("a\x7f", '"a\\x7F"'),
            ("a\u2028b", '"a\\u2028b"'),
            ("a\x85b", '"a\\x85b"'),
            ("\ufeff", '"\\uFEFF"'),
            ("a\uffff", '"a\\uFFFF"'),
            ("a\xa0b", "a\xa0b"),
            ("a\u200cb", "a\u200cb"),
            ("😀", "😀"),
        ],
    )
    def test_how_text_is_written(self, text: str, written: str) -> None:
        """Without quotes where nobody can take it for something else, else in double quotes."""
        assert dump({"k": text}) == f"k: {written}\n"
        if text != "2022-05-11":
            assert yaml.safe_load(dump({"k": text})) == {"k": text}

    @pytest.mark.parametrize(
        ("tree", "written"),
        [
            ({}, "{}\n"),
            ([], "[]\n"),
            (None, "null\n"),
            (True, "true\n"),
            ("x", "x\n"),
            ({"a": None, "b": [], "c": {}}, "a: null\nb: []\nc: {}\n"),
            ({"a": [1, 2.5, False]}, "a: [1, 2.5, false]\n"),
            ({"a": [{"b": 1, "c": [[1]]}]}, "a:\n  - b: 1\n    c:\n      - [1]\n"),
            ({"a": ["x" * 41]}, f"a:\n  - {'x' * 41}\n"),
            ({"a": ["x" * 39] * 3}, "a:\n" + f"  - {'x' * 39}\n" * 3),
            ({"a": "x\n"}, "a: |\n  x\n"),
            ({"a": ["x\ny"]}, "a:\n  - |-\n    x\n    y\n"),
            (
                {"a": Spelled("1.0"), "b": Spelled("0x1F"), "c": Spelled("text")},
                "a: 1.0\nb: 0x1F\nc: text\n",
            ),
            ({"a": 1e16, "b": math.inf, "c": 10**300}, f"a: 1.0e+16\nb: .inf\nc: {10**300}\n"),
            ({"no": 1, "a b": 2, "": 3, "a: b": 4}, '"no": 1\na b: 2\n"": 3\n"a: b": 4\n'),
            ({"a": "\u4e2d" * 44 + " \u4e2d"}, "a: |-\n  " + "\u4e2d" * 44 + " \u4e2d\n"),
            ({"a": "x" * 200}, f"a: {'x' * 200}\n"),
        ],
    )
    def test_shapes(self, tree: Any, written: str) -> None:
        """Collections in lines of their own, short lists in brackets, prose as a block."""
        assert dump(tree) == written

    def test_indent(self) -> None:
        """Every line is moved in."""
        assert dump({"a": {"b": "x\ny"}}, 4) == "    a:\n      b: |-\n        x\n        y\n"

    def test_very_long_keys(self) -> None:
        """A key longer than YAML takes without announcement is announced."""
        tree: Any = {"k" * 2000: {"a": "x\ny"}, "l": [{"m" * 2000: ["x"]}]}
        assert value(dump(tree)) == tree
        assert value(set_value("a: {b: 1}\n", ("a", "k" * 2000), "v"))["a"] == {
            "b": "1",
            "k" * 2000: "v",
        }

    def test_too_deep(self) -> None:
        """What couldn't be read again isn't written."""
        tree: Any = "x"
        for _ in range(40):
            tree = [tree]
        with pytest.raises(InputError, match="grow beyond"):
            dump(tree)


NASTY = [
    "\xa0",
    "\u202f",
    "\u200c",
    "\u200f",
    "\ufeff",
    "\x85",
    "\u2028",
    "\u2029",
    "\x07",
    "\x1b",
    "\x7f",
    "\r",
    "\n",
    "\t",
    "\x0b",
    "\x0c",
    "\x00",
    "😀",
    "é",
    "\ufffe",
    "\U0010ffff",
    "\ue000",
    " ",
    "#",
    ":",
    "-",
    "'",
    '"',
    "\\",
    "{",
    "]",
    ",",
    "&",
    "*",
    "!",
    "|",
    ">",
    "%",
    "@",
    "`",
]


@pytest.mark.parametrize("char", NASTY, ids=ascii)
def test_nasty_characters(char: str) -> None:
    """Each such character, wherever it stands in a text or a key, is written and read back."""
    for text in (
        char,
        f"a{char}",
        f"{char}a",
        f"a{char}b",
        f"a\n{char}\nb\n",
        f"a {char} b\n",
        f"{char}\n{char}",
        f"a{char} b {LONG}",
    ):
        assert value(dump({"k": text, text: "v"})) == {"k": text, text: "v"}
        for before in ("k: old # c\nz: 1\n", "k: |\n  old\nz: 1\n", "k: {a: 1}\nz: 1\n"):
            after = set_value(before, ("k",), text)
            assert value(after) == {"k": text, "z": "1"}
            assert after.endswith("\nz: 1\n")
        after = set_value("k: {a: b, c: [d]}\nz: 1\n", ("k", "c", 0), text)
        assert value(after) == {"k": {"a": "b", "c": [text]}, "z": "1"}
        assert value(insert_item("- a\n- b\n", (), 1, text)) == ["a", text, "b"]


# Whole documents and any edit ---------------------------------------------------------------------

texts = st.one_of(
    st.sampled_from(
        [
            "word",
            "two words",
            "no",
            "1.0",
            "2022-05-11",
            "",
            " x",
            "a: b",
            "- a",
            "~",
            "a\nb",
            "a\n\nb\n",
            "\n",
            "a\n\n",
            "  a\n b\n",
            "# x",
            LONG,
            "x\n" + LONG,
            "a\r\n",
        ]
    ),
    st.text(st.sampled_from("ab:#-\n \t'\"\\{}[],&*é😀\x85\u2028\ufeff\x07\r|>"), max_size=12),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=6),
)
numbers = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False),
    st.sampled_from([Spelled("1.0"), Spelled("0o17")]),
)
values = st.recursive(
    st.one_of(texts, texts, numbers),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(texts, inner, max_size=3)),
    max_leaves=6,
)


def spelled(tree: Any) -> Any:
    """What `read` gives back for a value that was written."""
    if isinstance(tree, dict):
        return {key: spelled(item) for key, item in tree.items()}
    if isinstance(tree, list):
        return [spelled(item) for item in tree]
    if isinstance(tree, str) or tree is None:
        return tree
    if isinstance(tree, bool):
        return Spelled("true" if tree else "false")
    text = repr(tree).replace("inf", ".inf")
    return Spelled(text.replace("e", ".0e") if "e" in text and "." not in text else text)


COMMENTS = st.sampled_from(["", "", "", "  # c", " #\tc: d"])


@st.composite
def flow_text(draw: st.DrawFn, depth: int = 2) -> str:
    kind = draw(st.integers(0, 5 if depth else 2))
    if kind < 3:
        return draw(st.sampled_from(["a", "b c", "'q'", '"d\\n"', "1", "null", "http://x"]))
    items = draw(st.lists(flow_text(depth - 1), max_size=3))
    if kind == 3:
        items = [f"k{number}: {item}" for number, item in enumerate(items)]
        return "{" + ", ".join(items) + draw(st.sampled_from(["", ","] if items else [""])) + "}"
    return draw(st.sampled_from(["[", "[ "])) + ",  ".join(items) + "]"


@st.composite
def value_lines(draw: st.DrawFn, head: str, pad: int, depth: int, *, dash: bool) -> list[str]:
    """The lines of an entry that begins with `head` at column `pad`."""
    kind = draw(st.integers(0, 9 if depth else 6))
    tail = draw(COMMENTS)
    if kind <= 2:
        return [
            head
            + " "
            + draw(
                st.sampled_from(
                    [
                        "a",
                        "two words",
                        "'it''s'",
                        '"q: \\u00e9"',
                        "12",
                        "true",
                        "2022-05",
                        "x#y",
                        "&n a",
                    ]
                )
            ).replace("&n", "a")
            + tail
        ]
    if kind == 3:
        return [head + tail]
    if kind == 4:
        chomp = draw(st.sampled_from(["|", ">", "|-", "|+"]))
        body = draw(st.lists(st.sampled_from(["x y", "", "# z", "  deep", "k: v"]), max_size=4))
        inner = pad + draw(st.sampled_from([2, 4]))
        return [
            head + " " + chomp + tail,
            *(" " * inner + line if line else "" for line in ["first", *body]),
        ]
    if kind == 5:
        return [head + " one", " " * (pad + 2) + "more" + tail]
    if kind == 6:
        return [head + " " + draw(flow_text()) + tail]
    if kind == 7 and not dash:
        inner = pad + draw(st.sampled_from([0, 2]))
        return [head + tail, *draw(list_lines(inner, depth - 1))]
    if dash:
        block = draw(st.one_of(list_lines(pad + 2, depth - 1), map_lines(pad + 2, depth - 1)))
        while not block[0].strip() or block[0].strip().startswith("#"):
            block.pop(0)
        return [head + " " + block[0].lstrip(" "), *block[1:]]
    return [head + tail, *draw(map_lines(pad + draw(st.sampled_from([2, 3])), depth - 1))]


@st.composite
def between(draw: st.DrawFn, pad: int) -> list[str]:
    return draw(
        st.sampled_from(
            [
                [],
                [],
                [],
                [""],
                [" " * pad + "# own"],
                ["", " " * pad + "# own"],
                [" " * pad + "# own", ""],
                [" " * pad + "  # deeper"],
            ]
        )
    )


@st.composite
def map_lines(draw: st.DrawFn, pad: int, depth: int) -> list[str]:
    lines = []
    for number in range(draw(st.integers(1, 3))):
        key = draw(st.sampled_from(["k{}:", "'k{}':", '"k {}" :', "x-k{}:"])).format(number)
        lines += [*draw(between(pad)), *draw(value_lines(" " * pad + key, pad, depth, dash=False))]
    return lines


@st.composite
def list_lines(draw: st.DrawFn, pad: int, depth: int) -> list[str]:
    lines = []
    for _ in range(draw(st.integers(1, 3))):
        lines += [*draw(between(pad)), *draw(value_lines(" " * pad + "-", pad, depth, dash=True))]
    return lines


@st.composite
def documents(draw: st.DrawFn) -> str:
    lines = [
        *draw(st.sampled_from([[], ["# head"], ["---"], ["# head", "", "# more"]])),
        *draw(st.one_of(map_lines(0, 3), list_lines(0, 2))),
        *draw(between(0)),
    ]
    newline = draw(st.sampled_from(["\n", "\n", "\r\n"]))
    text = newline.join(lines) + draw(st.sampled_from([newline, newline, ""]))
    text = draw(st.sampled_from(["", "", "\ufeff"])) + text
    try:
        read(text)
    except InputError:  # a comment inside a text of several lines, and the like
        text = text.replace("# deeper", "").replace("# own", "")
        try:
            read(text)
        except InputError:
            text = "k0: {}\n"
    return text


def paths(tree: Any, path: Path = ()) -> list[Path]:
    inner = (
        tree.items()
        if isinstance(tree, dict)
        else enumerate(tree)
        if isinstance(tree, list)
        else ()
    )
    return [path, *(found for step, item in inner for found in paths(item, (*path, step)))]


def lookup(tree: Any, path: Path) -> Any:
    for step in path:
        tree = tree[step]
    return tree


def line_of(text: str, offset: int) -> int:
    return text.count("\n", 0, offset)


def region(found: YamlText, path: Path) -> tuple[int, int]:
    """The lines, from and up to, that the entry at `path` or the brackets around it take up."""
    text = found.text
    for length in range(len(path) + 1):
        start, end = found.span(path[:length])
        inside = lookup(found.value, path[:length])
        if isinstance(inside, dict | list) and text[start : start + 1] in ("{", "["):
            path = path[:length]
            break
    start, end = found.span(path)
    if path and isinstance(path[-1], str):
        start = found.key_span(path)[0]
    elif path:  # from the dash, which may stand above the item
        start = text.rfind("-", 0, start + 1) if text[start : start + 1] != "-" else start
    last = line_of(text, end)
    if end and text[end - 1 : end] == "\n" and end > start:
        last -= 1
    return line_of(text, start), last + 1


def check_local(before: str, after: str, first: int, stop: int) -> None:
    """All lines but those from `first` up to `stop` are the same, byte for byte."""
    old, new = (text.lstrip("\ufeff").replace("\r", "").split("\n") for text in (before, after))
    if not before.endswith("\n"):  # a literal block at the end may need a line end
        new = new[:-1] if after.endswith("\n") else new
    rest = len(old) - stop
    assert new[:first] == old[:first]
    assert rest <= 0 or new[len(new) - rest :] == old[stop:]


def check_edit(before: str, after: str, wanted: Any) -> None:
    found = value(after)
    assert kinds(found) == kinds(wanted)
    if "\r\n" in before:
        assert after.count("\n") == after.count("\r\n")
    assert after.startswith("\ufeff") == before.startswith("\ufeff")


class TestAnyEdit:
    @QUICK
    @given(values)
    @example("\n")
    @example([["\n a"]])
    @example({"a": {"b": [" \n x"]}})
    def test_dump_and_read(self, tree: Any) -> None:
        """Whatever is written reads back the same, and YAML 1.1 reads the same texts."""
        assert kinds(value(dump(tree))) == kinds(spelled(tree))

    @QUICK
    @given(documents(), st.data())
    def test_set_value(self, text: str, data: st.DataObject) -> None:
        """Setting any value anywhere changes that value, and no line that isn't part of it."""
        tree = value(text)
        path = data.draw(st.sampled_from(paths(tree)[1:]))
        new = data.draw(values)
        after = set_value(text, path, new)
        wanted = copy.deepcopy(tree)
        lookup(wanted, path[:-1])[path[-1]] = spelled(new)
        check_edit(text, after, wanted)
        first, stop = region(read(text), path)
        if isinstance(new, dict | list):  # comments below may belong to it
            stop = trailing(text, stop)
        check_local(text, after, first, stop)
        assert set_value(after, path, new) == after

    @QUICK
    @given(documents(), st.data())
    def test_new_key(self, text: str, data: st.DataObject) -> None:
        """A new key in any mapping is written in new lines, the old ones stay."""
        tree = value(text)
        places = [path for path in paths(tree) if isinstance(lookup(tree, path), dict)]
        if not places:
            return
        path = data.draw(st.sampled_from(places))
        inside = lookup(tree, path)
        order = data.draw(st.one_of(st.none(), st.permutations([*inside, "new"])))
        new = data.draw(values)
        after = set_value(
            text, (*path, "new"), new, order=None if order is None else lambda _: order
        )
        wanted = copy.deepcopy(tree)
        lookup(wanted, path)["new"] = spelled(new)
        check_edit(text, after, wanted)
        found = read(text)
        first, stop = region(found, path)
        start = found.span(path)[0]
        if inside and text[start : start + 1] not in ("{", "[") and not flow_around(found, path):
            old_lines, new_lines = (each.lstrip("\ufeff").splitlines() for each in (text, after))
            if text.endswith("\n") and not begins_item(text, first):
                assert is_part(old_lines, new_lines)
        check_local(text, after, leading(text, first), trailing(text, stop))

    @QUICK
    @given(documents(), st.data())
    def test_remove(self, text: str, data: st.DataObject) -> None:
        """Removing anything takes its lines, at most a blank line and deeper comments beside it."""
        tree = value(text)
        path = data.draw(st.sampled_from(paths(tree)[1:]))
        after = remove(text, path)
        wanted = copy.deepcopy(tree)
        del lookup(wanted, path[:-1])[path[-1]]
        check_edit(text, after, wanted)
        found = read(text)
        first, stop = region(found, path)
        if len(lookup(tree, path[:-1])) == 1 and len(path) > 1:
            first, stop = region(found, path[:-1])
        # Behind a dash the next key takes the place of the first: its line belongs to the change.
        check_local(text, after, max(first - 1, 0), trailing(text, stop) + begins_item(text, first))

    @QUICK
    @given(documents(), st.data())
    def test_insert_and_move(self, text: str, data: st.DataObject) -> None:
        """An item put into or moved in any list leaves the lines outside of the list alone."""
        tree = value(text)
        places = [path for path in paths(tree) if isinstance(lookup(tree, path), list)]
        if not places:
            return
        path = data.draw(st.sampled_from(places))
        items = lookup(tree, path)
        index = data.draw(st.integers(0, len(items)))
        new = data.draw(values)
        after = insert_item(text, path, index, new)
        wanted = copy.deepcopy(tree)
        lookup(wanted, path).insert(index, spelled(new))
        check_edit(text, after, wanted)
        first, stop = region(read(text), path)
        check_local(text, after, leading(text, first), trailing(text, stop))
        if items:
            old = data.draw(st.integers(0, len(items) - 1))
            target = data.draw(st.integers(0, len(items) - 1))
            moved = move_item(text, path, old, target)
            wanted = copy.deepcopy(tree)
            inside = lookup(wanted, path)
            inside.insert(target, inside.pop(old))
            check_edit(text, moved, wanted)
            check_local(text, moved, leading(text, first), trailing(text, stop))
            if "|+" not in text:  # blank lines are part of such a block, wherever it goes
                assert sorted("".join(moved.split())) == sorted("".join(text.split()))

    @QUICK
    @given(st.one_of(documents(), st.text("ab:-?[]{}#&*!|>'\" \n\n\t,", max_size=25)), st.data())
    def test_any_text_can_be_edited(self, text: str, data: st.DataObject) -> None:
        """Text with odd pieces in it is edited exactly, or refused for its aliases."""
        piece = st.sampled_from(
            [
                "? ",
                "&x ",
                "*x",
                "! ",
                "# c",
                "\n",
                "  ",
                "- ",
                "{",
                "}",
                "]",
                ": ",
                "|",
                "|+\n",
                "\r",
                "---\n",
                "...\n",
                "'",
                "\u2028",
                ",",
            ]
        )
        for _ in range(2):
            place = data.draw(st.integers(0, len(text)))
            text = text[:place] + data.draw(piece) + text[place:]
        try:
            tree = value(text)
        except InputError:
            return
        path = data.draw(st.sampled_from(paths(tree)))
        new = data.draw(values)
        try:
            after = set_value(text, path, new)
            if path:
                remove(text, path)
        except InputError as error:
            problem = str(error)
        else:
            problem = "alias"
            assert kinds(lookup(value(after), path)) == kinds(spelled(new))
        assert "alias" in problem


def flow_around(found: YamlText, path: Path) -> bool:
    return any(
        found.text[found.span(path[:length])[0] :][:1] in ("{", "[") for length in range(len(path))
    )


def begins_item(text: str, line: int) -> bool:
    return text.split("\n")[line].lstrip(" \ufeff").startswith("-")


def is_part(small: list[str], big: list[str]) -> bool:
    """Whether the lines of one text stand in the other, in order."""
    rest = iter(big)
    return all(line in rest for line in small)


def leading(text: str, line: int) -> int:
    """The line with the key above, if there is one, or the first of the comments above."""
    lines = text.split("\n")
    line = max(line - 1, 0)
    while line and lines[line].strip(" \ufeff")[:1] == "#":
        line -= 1
    return line


def trailing(text: str, line: int) -> int:
    """The line after the blank and comment lines that follow."""
    lines = text.split("\n")
    while line < len(lines) and (not lines[line].strip() or lines[line].strip()[0] == "#"):
        line += 1
    return line
