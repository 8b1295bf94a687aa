"""How values are written as YAML text, down to characters that YAML has a meaning for."""

import math
from typing import Any

import pytest
import yaml

from impactbrief.errors import InputError
from impactbrief.yamltext import Spelled, dump, insert_item, set_value
from tests.yamltext.documents import LONG
from tests.yamltext.reading import value


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
