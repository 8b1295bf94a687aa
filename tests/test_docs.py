"""What the documentation shows can be typed as it stands there."""

import re
from pathlib import Path

import pytest

from impactbrief.assessment import Weight, findings
from impactbrief.cli import COMMANDS
from impactbrief.yamltext import read
from tests.answer_files import ROOT, assessed

PAGES = [*sorted((ROOT / "docs").glob("*.md")), ROOT / "README.md"]
BLOCKS = [
    pytest.param(text, id=f"{page.name}:{number}")
    for page in PAGES
    for number, text in enumerate(
        re.findall(r"^```yaml\n(.*?)^```", page.read_text(encoding="utf-8"), re.M | re.S), 1
    )
]


@pytest.mark.parametrize("text", BLOCKS)
def test_every_example_is_yaml(text: str) -> None:
    """The reader of answer files takes it; a whole answer file has no problems either."""
    value = read(text).value
    assert isinstance(value, dict)
    if "impactbrief" in value and not str(value.get("toolkit", "iiat")).startswith("."):
        found = findings(assessed(text))
        assert [str(item.problem) for item in found if item.rule.weight is Weight.PROBLEM] == []


def test_the_page_on_answer_files_shows_most_keys() -> None:
    """A key that nobody can read about is a key that nobody uses."""
    from impactbrief.answers.model import Answers

    page = (ROOT / "docs" / "answer-file.md").read_text(encoding="utf-8")
    for key in Answers.model_fields:
        assert f"{key}:" in page, key


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_that_is_named_exists(page: Path) -> None:
    """And every page that is linked to."""
    text = page.read_text(encoding="utf-8")
    for command in re.findall(r"`impactbrief ([a-z]+)\b(?!\.)", text):
        assert command in COMMANDS, command
    for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", text):
        assert (page.parent / target).exists(), target
