"""Reading YAML text: values under YAML 1.2, their places, and refusal in plain words."""

import datetime
import math
import time
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from impactbrief.errors import InputError, Place, Problem
from impactbrief.yamltext import Limits, Spelled, YamlText, dotted, read, resolve

# The same examples in every run: a red test is never a matter of luck.
QUICK = settings(
    max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


def value(text: str) -> Any:
    return read(text).value


def problems(text: str, **limits: int) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        read(text, file="a.yaml", limits=Limits(**limits))
    return caught.value.problems


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


PLACED = """\
# head
document:
  title: "a: b"   # c
  authors:
    - name: Ada
      age: 3

    - {name: Bo, x: }
prose: |   # c
  one
  two

plain: one
  two
empty:
"""


class TestPlaces:
    @pytest.mark.parametrize(
        ("path", "line", "column", "written"),
        [
            ((), 2, 1, None),
            (("document",), 3, 3, None),
            (("document", "title"), 3, 10, '"a: b"'),
            (("document", "authors"), 5, 5, None),
            (("document", "authors", 0), 5, 7, "name: Ada\n      age: 3"),
            (("document", "authors", 0, "age"), 6, 12, "3"),
            (("document", "authors", 1), 8, 7, "{name: Bo, x: }"),
            (("document", "authors", 1, "name"), 8, 14, "Bo"),
            (("plain",), 13, 8, "one\n  two"),
            (("empty",), 15, 7, ""),
        ],
    )
    def test_values(
        self, path: tuple[str | int, ...], line: int, column: int, written: str | None
    ) -> None:
        """Every value has its line and column, counted from 1, and its span."""
        found = read(PLACED, file="f.yaml")
        assert found.place(path) == Place("f.yaml", line, column)
        start, end = found.span(path)
        if written is not None:
            assert PLACED[start:end] == written

    def test_keys(self) -> None:
        """A key has its own place; an item of a list has the item's."""
        found = read(PLACED)
        assert found.key_place(("document", "title")) == Place("", 3, 3)
        assert found.key_place(("document", "authors", 0)) == Place("", 5, 7)
        assert found.key_place(("document", "authors", 1, "x")) == Place("", 8, 18)
        assert found.key_place(()) == Place("", 2, 1)

    def test_missing(self) -> None:
        """A value that isn't there is placed where the nearest enclosing one begins."""
        found = read(PLACED)
        assert found.place(("document", "authors", 0, "email")) == Place("", 5, 7)
        assert found.place(("document", "authors", 9, "name")) == Place("", 5, 5)
        assert found.place(("nothing", "at", "all")) == Place("", 2, 1)
        assert found.key_place(("document", "nothing")) == Place("", 2, 1)

    def test_inside_an_alias(self) -> None:
        """What an alias brings in is where the alias is."""
        assert read("a: &x {b: 1}\nc: *x").place(("c", "b")) == Place("", 2, 4)

    @pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
    @pytest.mark.parametrize("mark", ["", "\ufeff"])
    def test_line_ends_and_byte_order_marks(self, newline: str, mark: str) -> None:
        """Offsets count characters of the text as given, columns leave the byte order mark out."""
        text = f"{mark}a: 😀é x{newline}b:{newline}  - '𝒳' # 😀{newline}  - 中: z{newline}"
        found = read(text)
        for path, written, line, column in (
            (("a",), "😀é x", 1, 4),
            (("b", 0), "'𝒳'", 3, 5),
            (("b", 1, "中"), "z", 4, 8),
        ):
            start, end = found.span(path)
            assert text[start:end] == written
            assert found.place(path) == Place("", line, column)
        assert found.key_place(("a",)) == Place("", 1, 1)

    def test_dotted(self) -> None:
        """A path in words."""
        assert dotted(("document", "authors", 0, "name")) == "document.authors[0].name"
        assert dotted(()) == ""


class TestSyntax:
    @pytest.mark.parametrize(
        ("text", "line", "column", "what", "hint"),
        [
            ("a: b: c\n", 1, 5, "colon followed by a space", "quotes"),
            ("a: 1\n  b: 2\n", 2, 3, "indented further", "like the keys"),
            ("a: @x\n", 1, 4, "begin with `@`", "quotes"),
            ("a: `x`\n", 1, 4, "a backtick", "quotes"),
            ("a: %x\n", 1, 4, "begin with `%`", "quotes"),
            ("%x: 1\n", 1, 3, "begins with `%`", "quotes"),
            ("a:\n\tb: 1\n", 2, 1, "tab", "spaces"),
            ("a:\n  b: 1\n\tc: 1\n", 3, 1, "tab", "spaces"),
            ("a:\n  b: 1\n \tc: 1\n", 3, 2, "tab", "spaces"),
            ("a: |\n\tx\n", 2, 1, "tab", "spaces"),
            ("a: 'x\nb: 1\n", 1, 4, "single quote", "missing quote"),
            ('a: "x\nb: 1\n', 1, 4, "double quote", "missing quote"),
            ('key: "a\n---\n', 1, 6, "double quote", "missing quote"),
            ('a: "x" y\n', 1, 8, "already complete", "one pair of quotes"),
            ("a: 'it's'\n", 1, 8, "already complete", "written twice"),
            ('a: "\\q"\n', 1, 5, "backslash", "twice"),
            ("a: [x\nb: c\n", 1, 4, "`]`", "commas"),
            ("a: {x: y\nb: c\n", 1, 4, "`}`", "commas"),
            ("a: [x,\n", 2, 1, "ends inside", "bracket"),
            ("a: ]\n", 1, 4, "begin with `]`", "quotes"),
            ("a\nb: 1\n", 2, 2, "part of the text above", "line above"),
            ("a: 1\nb\n", 2, 1, "key without a colon", "`key: value`"),
            ("a:\n   b: 1\n  c: 1\n", 3, 3, "fits none", "exactly like"),
            ("- a\nb: 1\n", 2, 1, "fits none", "exactly like"),
            ("a: 1\n- b\n", 2, 1, "list item", "below the key"),
            ("a: - x\n", 1, 4, "same line as its key", "next line"),
            ("a: | x\n  q\n", 1, 6, "other than a comment", "next line"),
            ("a: *\n", 1, 4, "begin with `*`", "quotes"),
            ("a: & x\n", 1, 4, "begin with `&`", "quotes"),
            ("a: !x!y z\n", 1, 4, "begin with `!`", "quotes"),
            ("%YAML 1.3\n---\na: 1\n", 1, 1, "`%`", "remove the line"),
            ("a: 1\n...\nb: 1\n", 3, 1, "after the end", "Remove"),
            ("a: b\x00c\n", 1, 5, "U+0000", "\\x00"),
            ("a: \x07\n", 1, 4, "U+0007", "\\x07"),
            ("a: \x1b[31m\n", 1, 4, "U+001B", "\\x1B"),
            ("a: x\x7f\n", 1, 5, "U+007F", "\\x7F"),
            ("a: x\x0b\n", 1, 5, "U+000B", "\\x0B"),
            ("a: x\uffff\n", 1, 5, "U+FFFF", "\\uFFFF"),
            ("a: 1\nb: '\ud800'\n", 2, 5, "surrogate", "type"),
            ("a: 1\n\ufeffb: 2\n", 2, 2, "invisible", "Delete"),
            ("\ufeffa: @\n", 1, 4, "begin with `@`", "quotes"),
        ],
    )
    def test_in_plain_words(self, text: str, line: int, column: int, what: str, hint: str) -> None:
        """A syntax error is one problem: what is wrong, line and column, and what to do."""
        found = problems(text)
        assert len(found) == 1
        assert what in found[0].what
        assert hint in found[0].hint
        assert found[0].place == Place("a.yaml", line, column)
        assert found[0].what.endswith(".")
        assert found[0].hint.endswith(".")

    @pytest.mark.parametrize(
        ("text", "what", "where", "line"),
        [
            ("a: 1\nb:\n  c: 1\n  c: 2\n", "`c` stands twice, here and in line 3", "b.c", 4),
            ("a: 1\n'a': 2\n", "`a` stands twice, here and in line 1", "a", 2),
            ("a: !!str 12\n", "Tags", "a", 1),
            ("- !x {b: 1}\n", "Tags", "[0]", 1),
            ("!x a: 1\n", "Tags", "a", 1),
            ("- [1, !x 2]\n", "Tags", "[0][1]", 1),
            ("a: {b: 1}\n<<: {c: 1}\n", "Merge keys", "<<", 2),
            ("a: 1\n---\nb: 2\n", "more than one document", "", 2),
            ("? [a]\n: 1\n", "A key must be a word", "", 1),
            ("a: &x 1\n*x : 2\n", "not an alias", "", 2),
            ("a: *x\n", "no anchor", "a", 1),
            ("a: &x [*x]\n", "inside the value", "a[0]", 1),
            ("a: &x 1\nb: &x 2\n", "stands twice", "b", 2),
        ],
    )
    def test_what_is_refused(self, text: str, what: str, where: str, line: int) -> None:
        """Duplicate keys, tags, merge keys, several documents and odd keys are problems."""
        (found,) = problems(text)
        assert what in found.what
        assert found.where == where
        assert found.place.line == line
        assert found.hint

    def test_a_quoted_merge_key_is_a_key(self) -> None:
        """Only the plain `<<` means merging."""
        assert value("'<<': 1") == {"<<": "1"}

    def test_all_at_once(self) -> None:
        """Problems that don't stop the reading come together, in the order of the file."""
        found = problems("a: !x 1\nb: 1\nb: 2\na: 3\n<<: {}\nc: *no\nd: 'x\n")
        assert [problem.place.line for problem in found] == [1, 3, 4, 5, 6, 7]

    def test_in_the_order_of_the_file(self) -> None:
        """A bracket that is never closed comes before what was found behind it."""
        found = problems("a: {\n  b: 1,\n  b: 2\nz: 1\n")
        assert [problem.place.line for problem in found] == [1, 3]

    def test_a_name_from_the_file_stays_on_one_line(self) -> None:
        """A key in a message can't break out of its line or fill the screen."""
        (found,) = problems('"a\\n\\e[31mb": 1\n"a\\n\\e[31mb": 2\n')
        assert "\n" not in found.what
        assert "\x1b" not in found.what
        (found,) = problems(f"{'k' * 900}: 1\n{'k' * 900}: 2\n")
        assert len(found.what) < 200


class TestLimits:
    def test_size(self) -> None:
        """A file above the limit is refused; bytes count, not characters."""
        assert "larger" in problems("a: " + "é" * 60, bytes=100)[0].what
        assert read("a: " + "e" * 60, limits=Limits(bytes=100)).value == {"a": "e" * 60}

    @pytest.mark.parametrize(
        "text", ["[" * 100_000, "{a: " * 100_000, "- " * 100_000, "? " * 100_000, "[{" * 50_000]
    )
    def test_depth(self, text: str) -> None:
        """Deep nesting gives a problem, soon and without recursion."""
        began = time.perf_counter()
        assert problems(text)
        assert time.perf_counter() - began < 2

    def test_depth_is_exact(self) -> None:
        """The limit itself is allowed."""
        assert value("[" * 32 + "]" * 32)
        assert "32 deep" in problems("[" * 33 + "]" * 33)[0].what
        assert (
            "32 deep"
            in problems("a: &x " + "[" * 20 + "]" * 20 + "\nb: " + "[" * 20 + "*x" + "]" * 20)[
                0
            ].what
        )

    def test_nodes(self) -> None:
        """So many values, and no more."""
        assert len(value("[" + "1," * 99 + "]")) == 99
        assert "more values" in problems("[" + "1," * 100 + "]", nodes=100)[0].what

    def test_aliases(self) -> None:
        """Aliases are counted, and so is what they stand for."""
        assert "more aliases" in problems("a: &x 1\nb: [*x, *x, *x]", aliases=2)[0].what
        laughs = (
            "a: &a ["
            + "x, " * 9
            + "x]\n"
            + "".join(
                f"{new}: &{new} [" + f"*{old}, " * 9 + f"*{old}]\n"
                for old, new in zip("abcdefgh", "bcdefghi", strict=True)
            )
        )
        began = time.perf_counter()
        assert "stand for more" in problems(laughs)[0].what
        assert time.perf_counter() - began < 2

    def test_aliases_add_up(self) -> None:
        """Many aliases, each within bounds, are counted together."""
        text = "a: &a [" + "x, " * 1999 + "x]\nb: [" + "*a, " * 59 + "*a]\n"
        assert "stand for more" in problems(text)[0].what
        assert len(value(text.replace("*a, " * 59, "*a, " * 39))["b"]) == 40

    def test_problems(self) -> None:
        """A file with thousands of mistakes is not read to its end."""
        assert len(problems("a: 1\n" * 5000)) == 50


def from_ruamel(text: str) -> Any:
    reader = YAML(typ="safe", pure=True)
    reader.version = (1, 2)
    return plainly(reader.load(text))


def plainly(tree: Any) -> Any:
    """ruamel's value as ours would be: days as text, keys as text, NaN equal to itself."""
    if isinstance(tree, dict):
        return {str(key): plainly(item) for key, item in tree.items()}
    if isinstance(tree, list):
        return [plainly(item) for item in tree]
    if isinstance(tree, datetime.date):
        return tree.isoformat()
    if isinstance(tree, float):
        return repr(tree)
    return tree


words = st.text("abcxyz é中😀-_/.,;()0123456789'", min_size=1, max_size=12).map(str.strip)
plain = st.one_of(
    st.sampled_from(
        [
            "true",
            "False",
            "null",
            "~",
            "",
            "NO",
            "no",
            "12",
            "0o17",
            "0x1f",
            "-3",
            "1.5",
            "1e3",
            ".inf",
            "-.inf",
            ".nan",
            "2022-05-11",
            "2022-05",
            "a#b",
            "a:b",
            "yes",
            "0.0",
            "KR",
            "off",
        ]
    ),
    words.filter(lambda word: word[:1].isalpha() and word.lower() != "e"),
)
double = st.text(
    st.characters(
        exclude_categories=["Cs", "Cc"], exclude_characters='\ufeff\\"\u2028\u2029\x85\ufffe\uffff'
    ),
    max_size=12,
).map(lambda text: f'"{text}"')
single = words.map(lambda text: "'" + text.replace("'", "''") + "'")
flow_plain = plain.filter(lambda word: word == "" or not set(word) & set(",[]{}'"))


@st.composite
def blocks(draw: st.DrawFn, indent: int) -> str:
    header = draw(st.sampled_from(["|", ">", "|-", ">-", "|+", ">+"])) + draw(
        st.sampled_from(["", " # c"])
    )
    line = st.sampled_from(["x", "yy z", "", "# no comment", "a: b", "  more", "- i"])
    lines = ["first", *draw(st.lists(line, min_size=1, max_size=5))]
    return header + "\n" + "\n".join(" " * indent + line if line else "" for line in lines) + "\n"


@st.composite
def flows(draw: st.DrawFn, depth: int) -> str:
    kind = draw(st.integers(0, 4 if depth else 1))
    if kind < 2:
        return draw(st.one_of(flow_plain.filter(bool), double, single))
    items = draw(st.lists(flows(depth - 1), max_size=3))
    if kind == 2:
        return "[" + ", ".join(items) + "]"
    return "{" + ", ".join(f"k{number}: {item}" for number, item in enumerate(items)) + "}"


@st.composite
def documents(draw: st.DrawFn, indent: int = 0, depth: int = 3) -> str:
    """Lines of a mapping, written in many ways."""
    lines = ""
    pad = " " * indent
    for number in range(draw(st.integers(1, 4))):
        if draw(st.booleans()) and draw(st.booleans()):
            lines += draw(st.sampled_from(["\n", f"{pad}# own line\n", "# out\n"]))
        key = draw(st.sampled_from([f"k{number}", f'"k {number}"', f"'k{number}'", f"k{number} x"]))
        kind = draw(st.integers(0, 6 if depth else 3))
        tail = draw(st.sampled_from(["\n", "   # c\n", " \n"]))
        if kind <= 1:
            lines += f"{pad}{key}: {draw(st.one_of(plain, double, single))}{tail}"
        elif kind == 2:
            lines += f"{pad}{key}: {draw(blocks(indent + 2))}"
        elif kind == 3:
            lines += f"{pad}{key}: {draw(flows(2))}{tail}"
        elif kind == 4:
            lines += f"{pad}{key}:{tail}" + draw(documents(indent + 2, depth - 1))
        else:
            shift = draw(st.sampled_from([0, 2]))
            lines += f"{pad}{key}:{tail}"
            for _ in range(draw(st.integers(1, 3))):
                inner = draw(st.one_of(plain, double, flows(1)))
                if draw(st.booleans()):
                    mapping = draw(documents(indent + shift + 2, depth - 1)).lstrip()
                    while mapping.startswith("#"):
                        mapping = mapping.partition("\n")[2].lstrip()
                    lines += f"{pad}{' ' * shift}- {mapping}"
                else:
                    lines += f"{pad}{' ' * shift}- {inner}{tail}"
    return lines


@st.composite
def spoiled(draw: st.DrawFn) -> str:
    """A document with a character too many."""
    text = draw(documents())
    place = draw(st.integers(0, len(text)))
    return text[:place] + draw(st.sampled_from("'\"[]{}:\t-#&*!%@|>\\\n?,")) + text[place:]


class TestAgainstOthers:
    @QUICK
    @given(documents())
    def test_same_values_as_ruamel(self, text: str) -> None:
        """On documents of every shape the values are those of another YAML 1.2 reader."""
        assert plainly(resolve(read(text).value)) == from_ruamel(text)

    @QUICK
    @given(documents())
    def test_every_place_shows_its_value(self, text: str) -> None:
        """The span of a plain scalar holds its text; spans lie inside those of their parents."""
        found = read(text)

        def check(tree: Any, path: tuple[str | int, ...]) -> None:
            start, end = found.span(path)
            if path:
                outer = found.span(path[:-1])
                assert outer[0] <= start <= end <= outer[1]
            if isinstance(tree, Spelled):
                assert text[start:end] == tree
            children = (
                tree.items()
                if isinstance(tree, dict)
                else enumerate(tree)
                if isinstance(tree, list)
                else ()
            )
            for step, item in children:
                check(item, (*path, step))

        check(found.value, ())

    @settings(QUICK, max_examples=200)
    @given(
        st.one_of(
            st.text(max_size=60),
            st.text("ab:-?[]{}#&*!|>'\"%@` \n\r\t,\\\ufeff\x85\u2028\x00\ud800", max_size=40),
            spoiled(),
        )
    )
    @example("\r\ufeff")
    @example("&a")
    @example("? ")
    @example("!")
    def test_any_text_is_read_or_refused(self, text: str) -> None:
        """Whatever the text, the answer is a value or problems with a place in the file."""
        found, problems = attempt(text)
        lines = text.count("\n") + text.count("\r") + 1
        for problem in problems:
            assert 1 <= problem.place.line <= lines
            assert problem.place.column >= 1
            assert problem.what.endswith(".")
            assert problem.hint.endswith(".")
        if found is None:
            assert problems
        else:
            start, end = found.span(())
            assert 0 <= start <= end <= len(text)


def attempt(text: str) -> tuple[YamlText | None, tuple[Problem, ...]]:
    try:
        return read(text, file="f"), ()
    except InputError as error:
        return None, error.problems


def test_reading_costs_little_more_than_libyaml_itself() -> None:
    """Reading with places takes no more than four times what PyYAML's C loader takes without."""
    entry = "  k{}:\n    impact: negative\n    parts: [a, b]\n    text: |\n      "
    entry += "words " * 40 + "\n"
    text = "a:\n" + "".join(entry.format(number) for number in range(110))
    assert 30_000 < len(text) < 45_000

    def best(job: Any) -> float:
        times = []
        for _ in range(7):
            began = time.perf_counter()
            job()
            times.append(time.perf_counter() - began)
        return min(times)

    assert best(lambda: read(text)) < 4 * best(lambda: yaml.load(text, yaml.CSafeLoader))


def test_aliases_stand_for_no_more_text_than_a_file_may_hold() -> None:
    """A long text, named again and again, would grow a hundredfold."""
    limits = Limits(bytes=1000)
    for held in ("&a " + "x" * 300, "&a [" + "x" * 300 + "]", "&a {" + "x" * 300 + ": y}"):
        assert read(f"a: {held}\nb: [*a, *a]\n", limits=limits).value
        with pytest.raises(InputError, match="more text"):
            read(f"a: {held}\nb: [*a, *a, *a, *a]\n", limits=limits)
