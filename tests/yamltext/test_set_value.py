"""Setting one value in YAML text: exactly that value, and nothing but its lines."""

from collections.abc import Sequence
from typing import Any

import pytest

from impactbrief.errors import InputError
from impactbrief.yamltext import Path, Spelled, resolve, set_value
from impactbrief.yamltext import splice as splicing
from tests.yamltext.documents import LONG
from tests.yamltext.reading import value


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
