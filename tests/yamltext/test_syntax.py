"""YAML text that is refused: each time in plain words, with its place and the way out."""

import pytest

from impactbrief.errors import Place
from tests.yamltext.reading import problems, value


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
