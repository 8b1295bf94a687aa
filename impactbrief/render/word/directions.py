"""Which words of a line run from right to left: Word has to be told run by run.

A short form of Unicode's algorithm: letters have a direction, digits take that of the letters
before them, and what has none takes that of its neighbours where they agree, else the line's.
"""

import unicodedata
from collections.abc import Iterator
from itertools import groupby

_LEFT_MARK, _RIGHT_MARK = "\N{LEFT-TO-RIGHT MARK}", "\N{RIGHT-TO-LEFT MARK}"
_FROM_LEFT, _FROM_RIGHT, _EITHER = "L", "R", ""


def runs(text: str, *, from_right: bool) -> Iterator[tuple[str, bool]]:
    """The text in pieces, each with whether it runs from right to left; `from_right` is the way of
    the line that it stands in."""
    if text.isascii() and not from_right:
        yield text, False
        return
    ways = _resolved(list(_ways(text, from_right=from_right)), from_right=from_right)
    start = 0
    for way, group in groupby(ways):
        end = start + sum(1 for _each in group)
        yield text[start:end], way == _FROM_RIGHT
        start = end


def _ways(text: str, *, from_right: bool) -> Iterator[str]:
    """For each character its direction, or none."""
    letters = _FROM_RIGHT if from_right else _FROM_LEFT
    before = _EITHER
    for character in text:
        match unicodedata.bidirectional(character):
            case "L":
                letters = before = _FROM_LEFT
            case "R" | "AL" | "AN":
                letters = before = _FROM_RIGHT
            case "EN":
                before = letters
            case "NSM":
                pass  # a mark above a letter goes with it
            case _:
                before = _EITHER
        yield before


def _resolved(ways: list[str], *, from_right: bool) -> Iterator[str]:
    """The same with a direction for each."""
    line = _FROM_RIGHT if from_right else _FROM_LEFT
    before = line
    groups = [(way, sum(1 for _each in group)) for way, group in groupby(ways)]
    for index, (way, length) in enumerate(groups):
        after = groups[index + 1][0] if index + 1 < len(groups) else line
        way = way or (before if before == after else line)
        yield from [way] * length
        before = way


def held_together(text: str, *, from_right: bool) -> str:
    """The text for a line of the other way: invisible marks at its ends keep what has no direction,
    as a full stop, on its own side of the words."""
    mark = _RIGHT_MARK if from_right else _LEFT_MARK
    before, after = (
        "" if unicodedata.bidirectional(end) in ("L", "R", "AL") else mark
        for end in (text[0], text[-1])
    )
    return f"{before}{text}{after}"


def gap(*, from_right: bool) -> str:
    """Room between words of different kinds, which parts them in a line of either way."""
    return f"{_RIGHT_MARK}\N{EM SPACE}{_RIGHT_MARK}" if from_right else "\N{EM SPACE}"
