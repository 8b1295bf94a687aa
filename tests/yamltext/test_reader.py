"""Reading YAML text: the place of each value, how much may be read, and how fast."""

import time
from typing import Any

import pytest
import yaml

from impactbrief.errors import InputError, Place
from impactbrief.yamltext import Limits, dotted, read
from tests.yamltext.reading import problems, value

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


def test_aliases_stand_for_no_more_text_than_a_file_may_hold() -> None:
    """A long text, named again and again, would grow a hundredfold."""
    limits = Limits(bytes=1000)
    for held in ("&a " + "x" * 300, "&a [" + "x" * 300 + "]", "&a {" + "x" * 300 + ": y}"):
        assert read(f"a: {held}\nb: [*a, *a]\n", limits=limits).value
        with pytest.raises(InputError, match="more text"):
            read(f"a: {held}\nb: [*a, *a, *a, *a]\n", limits=limits)


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
