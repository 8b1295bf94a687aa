"""Entries of YAML text removed, put in and moved: with their own lines and comments, no others."""

import pytest

from impactbrief.errors import InputError
from impactbrief.yamltext import Path, insert_item, move_item, remove, set_value


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
