"""What YAML text means: values under YAML 1.2, with numbers as they are spelled."""

import math
from typing import Any

import pytest
import yaml

from impactbrief.errors import InputError, Place
from impactbrief.yamltext import Spelled, read, resolve
from tests.yamltext.reading import value


class TestValues:
    @pytest.mark.parametrize(
        ("spelling", "meaning"),
        [
            ("true", True),
            ("True", True),
            ("TRUE", True),
            ("false", False),
            ("FALSE", False),
            ("0", 0),
            ("12", 12),
            ("-7", -7),
            ("+7", 7),
            ("012", 12),
            ("0o14", 12),
            ("0x1F", 31),
            ("1.0", 1.0),
            ("-.5", -0.5),
            ("1.", 1.0),
            ("1e3", 1000.0),
            ("6.02E+23", 6.02e23),
            (".inf", math.inf),
            ("-.INF", -math.inf),
            ("+.Inf", math.inf),
        ],
    )
    def test_a_plain_number_or_boolean_keeps_its_spelling(
        self, spelling: str, meaning: Any
    ) -> None:
        """The core schema of YAML 1.2 decides what a word means; its spelling stays."""
        found = value(f"a: {spelling}\n")["a"]
        assert type(found) is Spelled
        assert found == spelling
        assert found.value == meaning
        assert type(found.value) is type(meaning)

    def test_not_a_number_is_a_number(self) -> None:
        """`.nan` is read as a float."""
        assert math.isnan(value("a: .NaN")["a"].value)

    @pytest.mark.parametrize("spelling", ["", "~", "null", "Null", "NULL", "# comment"])
    def test_null(self, spelling: str) -> None:
        """Nothing, a tilde and null in three spellings are None."""
        assert value(f"a: {spelling}\nb: x") == {"a": None, "b": "x"}

    @pytest.mark.parametrize(
        "spelling",
        [
            "NO",
            "no",
            "yes",
            "on",
            "Off",
            "y",
            "2022-05-11",
            "2022-05",
            "1:30",
            "1_000",
            "0b1",
            "1.2.3",
            "tRUE",
            "nULL",
            ".e",
            "0o8",
            "0xG",
            "+",
            "e3",
            "+.nan",
            "infinity",
            "nan",
            "--1",
        ],
    )
    def test_the_rest_is_text(self, spelling: str) -> None:
        """What only YAML 1.1 takes for a boolean, number or date is text; so is NO for Norway."""
        found = value(f"a: {spelling} \n")["a"]
        assert type(found) is str
        assert found == spelling

    @pytest.mark.parametrize("text", ['"12"', "'12'", "|-\n  12", ">-\n  12", "! 12", '"null"'])
    def test_quoted_numbers_are_text(self, text: str) -> None:
        """Quotes, blocks and the non-specific tag make text of anything."""
        assert type(value(f"a: {text}\n")["a"]) is str

    def test_a_very_long_number_is_text(self) -> None:
        """More digits than Python would read don't crash; they stay text."""
        digits = "9" * 5000
        assert value(f"a: {digits}") == {"a": digits}
        assert type(value(f"a: {digits}")["a"]) is str

    def test_spelled_without_meaning(self) -> None:
        """A Spelled that somebody made from other text says so when asked for its value."""
        with pytest.raises(ValueError, match="neither"):
            _ = Spelled("no").value

    def test_resolve(self) -> None:
        """`resolve` gives the meanings and leaves the rest."""
        assert resolve(value("a: [1, x, {b: true}]\nc:")) == {"a": [1, "x", {"b": True}], "c": None}

    def test_keys_are_their_spelling(self) -> None:
        """A key is text however it is written."""
        assert list(value("1: a\ntrue: b\n'q': c\n~: d\n2022-05-11: e\n\"x y\": f")) == [
            "1",
            "true",
            "q",
            "~",
            "2022-05-11",
            "x y",
        ]

    def test_order(self) -> None:
        """Keys come in the order of the file."""
        assert list(value("z: 1\na: 2\nm: 3")) == ["z", "a", "m"]

    @pytest.mark.parametrize("text", ["", "\n", "# only\n", "---\n", "--- # x\n", "\ufeff", "null"])
    def test_nothing(self, text: str) -> None:
        """An empty document is None, and its place is in the file."""
        found = read(text, file="f")
        assert found.value is None
        assert found.place(("a",)).line >= 1
        start, end = found.span(())
        assert 0 <= start <= end <= len(text)

    @pytest.mark.parametrize("char", ["\x85", "\u2028", "\u2029"])
    def test_unusual_line_ends_are_text(self, char: str) -> None:
        """NEL, LS and PS are ordinary characters in YAML 1.2: read exactly, offsets true."""
        text = f"a: x{char}y\nb: 'p{char}q'\nc: |\n  r{char}s\nd{char}: z\n"
        found = read(text)
        assert found.value == {
            "a": f"x{char}y",
            "b": f"p{char}q",
            "c": f"r{char}s\n",
            f"d{char}": "z",
        }
        assert found.place(("b",)) == Place("", 2, 4)
        start, end = found.span(("b",))
        assert text[start:end] == f"'p{char}q'"

    @pytest.mark.parametrize("char", ["\xa0", "\u202f", "\u200c", "\u200f", "😀", "é", "\u3000"])
    def test_characters_that_mean_nothing_to_yaml(self, char: str) -> None:
        """No-break spaces, joiners, marks and emoji are kept where they stand."""
        assert value(f"a: x{char}y\nb: |\n  {char}z\n") == {"a": f"x{char}y", "b": f"{char}z\n"}

    def test_aliases_copy(self) -> None:
        """An alias gives a copy: changing one leaves the other."""
        found = value("a: &x {b: [1]}\nc: *x\nd: &y t\ne: *y")
        assert found["c"] == {"b": ["1"]}
        assert found["e"] == "t"
        found["c"]["b"].append("2")
        assert found["a"] == {"b": ["1"]}

    def test_pure_python(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where libyaml is missing the slow parser gives the same values and places."""
        text = "\ufeffa: {b: [1, é😀]}\r\nc: |\r\n  x\r\n\r\n  y\r\nd:\r\n- &p q\r\n- *p\r\n"
        fast = read(text)
        monkeypatch.setattr("impactbrief.yamltext.reader._Loader", yaml.SafeLoader)
        slow = read(text)
        assert slow.value == fast.value
        for path in [("a",), ("a", "b", 1), ("d",), ("d", 1)]:
            assert slow.place(path) == fast.place(path)
        with pytest.raises(InputError, match="quote"):
            read("a: 'x\n")
        with pytest.raises(InputError, match=r"U\+0007"):
            read("a: \x07\n")
