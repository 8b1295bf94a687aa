"""Any edit of any document: the values that were asked for, every other line as it was."""

import copy
from typing import Any

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
    set_value,
)
from tests.yamltext.documents import documents, values
from tests.yamltext.reading import value

# The same examples in every run: a red test is never a matter of luck.
QUICK = settings(
    max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


def kinds(tree: Any) -> Any:
    """A tree that tells `Spelled` from text when compared."""
    if isinstance(tree, dict):
        return {key: kinds(item) for key, item in tree.items()}
    if isinstance(tree, list):
        return [kinds(item) for item in tree]
    return (type(tree).__name__, tree)


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
