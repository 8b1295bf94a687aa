"""The cases of tests/fixtures/prose/*.md: what is typed, and what the brief then says.

A case is a heading that states its promise and three blocks between lines of `~~~~`: `input`, what
an analyst types; `html` and `written`, the HTML and the Markdown that come of it. To add one, write
the input and leave the others empty; the failing test shows what they would be.
"""

import re
from pathlib import Path

import pytest

from impactbrief.prose import parse
from tests.prose.dress import Dress

FOLDER = Path(__file__).parent.parent / "fixtures" / "prose"
_BLOCK = re.compile(r"^~~~~ (?P<kind>\w+)\n(?P<text>.*?)^~~~~$", re.MULTILINE | re.DOTALL)


def cases() -> list[tuple[str, dict[str, str]]]:
    """The title and the blocks of each case."""
    found = []
    for file in sorted(FOLDER.glob("*.md")):
        for case in file.read_text("utf-8").split("\n## Case: ")[1:]:
            title, _, body = case.partition("\n")
            found.append((title, {m["kind"]: m["text"] for m in _BLOCK.finditer(body)}))
    return found


@pytest.mark.parametrize(("title", "blocks"), cases())
def test_case(title: str, blocks: dict[str, str]) -> None:
    """A field prints as its case says, as HTML and as Markdown."""
    prose = parse(blocks["input"])
    assert prose.html(Dress()) == blocks["html"], title
    assert prose.markdown(Dress()) + "\n" == blocks["written"], title


def test_there_are_cases() -> None:
    """The cases are found, each with its three blocks."""
    assert len(cases()) > 30
    assert all(set(blocks) == {"input", "html", "written"} for _, blocks in cases())
