"""The cases of every rule, as tests/fixtures/rules.txt tells them."""

from collections.abc import Iterator
from datetime import date

import pytest

from impactbrief.toolkit.load import load
from tests.answer_files import ROOT

TODAY = date(2026, 6, 1)
WORDS = {
    "LONG": f"{'Several words in a row that make a sentence long enough, ' * 3}and done.",
    "ALL_BUT_ONE\n": "".join(
        f"  {id_}: {{impact: not-assessed}}\n" for id_ in load().elements if id_ != "privacy"
    ),
    "ALL_ANSWERED\n": "".join(
        f"  {side.id}:\n"
        + "".join(f"    {asked.id}: {{answer: unknown}}\n" for asked in load().side(side.id))
        for side in load().sides
    ),
    "WORDS251": "word " * 251,
    "WORDS250": "word " * 250,
}

CASES = (ROOT / "tests" / "fixtures" / "rules.txt").read_text(encoding="utf-8")

HEAD = "impactbrief: 1\n{document}\nproposal:\n  name: A proposal\n"


def cases() -> Iterator[object]:
    for block in CASES.split("\nIB")[1:]:
        head, _newline, body = block.partition("\n")
        code, lines, title = f"IB{head}".split(" ", 2)
        expected = [line for part in lines.split(",") for line in times(part)]
        text = "".join(f"{line.removeprefix('    ')}\n" for line in body.splitlines())
        yield pytest.param(code, expected, whole(text), id=f"{code}: {title}")


def times(line: str) -> list[int]:
    """`5x13` stands for thirteen findings on line 5, a dash for none."""
    if line == "-":
        return []
    number, _x, count = line.partition("x")
    return [int(number)] * int(count or 1)


def whole(text: str) -> str:
    """The smallest answer file with this added; what is indented belongs to the proposal."""
    for word, stands_for in WORDS.items():
        text = text.replace(word, stands_for)
    document = "# below" if "\ndocument:" in f"\n{text}" else "document: {title: A brief}"
    return HEAD.format(document=document) + text
