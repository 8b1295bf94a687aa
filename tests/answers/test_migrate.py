"""Older formats: migrated in memory, one step at a time, with everything around kept."""

import re
from pathlib import Path

import pytest

from impactbrief.answers.file import parse, save
from impactbrief.answers.migrate import migrated
from impactbrief.errors import InputError, Place
from impactbrief.yamltext import read, remove, set_value

OLD = """\
# A brief of the day before format 1.
impactbrief: 0     # the number of the format

document:
  name: 'A brief'  # called “name” then
x-mine: kept
proposal: {name: A proposal}
"""


def from_0(text: str) -> str:
    """An invented step: format 0 called the title “name”."""
    title = read(text).value
    assert isinstance(title, dict)
    document = title["document"]
    assert isinstance(document, dict)
    text = set_value(text, ("document", "title"), document["name"])
    text = remove(text, ("document", "name"))
    return set_value(text, ("impactbrief",), 1)


def test_an_older_file_is_read_as_todays() -> None:
    """Its answers arrive; the file says of itself where it came from."""
    file = parse(OLD.encode(), steps={0: from_0})
    assert file.migrated_from == 0
    assert file.answers.document.title == "A brief"
    assert file.problems == ()


def test_comments_and_order_survive() -> None:
    """A step splices; it doesn't write the file anew."""
    text = parse(OLD.encode(), steps={0: from_0}).text
    assert text.startswith("# A brief of the day before format 1.\nimpactbrief: 1     # the number")
    assert "x-mine: kept\nproposal: {name: A proposal}\n" in text


def test_the_file_changes_only_when_it_is_saved_and_the_old_one_is_kept(tmp_path: Path) -> None:
    """Reading leaves it alone; saving puts the original beside it."""
    path = tmp_path / "old.yaml"
    path.write_text(OLD, encoding="utf-8")
    file = parse(path.read_bytes(), path=path, steps={0: from_0})
    assert path.read_text(encoding="utf-8") == OLD
    save(path, file.text, expected=file.fingerprint, keep=f".format-{file.migrated_from}")
    assert path.read_text(encoding="utf-8") == file.text
    assert path.with_name("old.yaml.format-0").read_text(encoding="utf-8") == OLD


def test_steps_follow_each_other() -> None:
    """From an old format to the newest there may be several."""
    steps = {number: lambda text: f"{text}+" for number in (3, 4, 5)}
    assert migrated("a", 3, Place(), steps=steps, newest=6) == "a+++"


def test_a_format_without_a_step_is_refused_at_its_line() -> None:
    """Nobody knows how to read it, so nobody guesses."""
    with pytest.raises(InputError) as caught:
        parse(OLD.encode())
    [problem] = caught.value.problems
    assert (problem.place.line, problem.place.column) == (2, 14)
    assert re.search(r"format 0", problem.what)


def test_todays_format_is_not_touched() -> None:
    """No step runs, and nothing claims that one had."""
    text = OLD.replace("impactbrief: 0", "impactbrief: 1").replace("name: 'A", "title: 'A")
    file = parse(text.encode())
    assert file.text == text
    assert file.migrated_from is None
