"""Any text: read as another YAML 1.2 reader reads it, or refused with a place in it."""

import datetime
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from impactbrief.errors import InputError, Problem
from impactbrief.yamltext import Spelled, YamlText, read, resolve

# The same examples in every run: a red test is never a matter of luck.
QUICK = settings(
    max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


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
