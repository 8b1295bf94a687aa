"""Texts on lines: what is too long is cut by terminal cells, and says so with an ellipsis; what is
looked for is compared without capitals and accents."""

import re

from rich.cells import cell_len
from textual.content import Content

from impactbrief.errors import Problem

FULL = 92
"""Lines of a list are not wider than this, so that what belongs together stands together."""


def words(text: str) -> list[str]:
    """What stands between the blanks of a text; a no-break space is none of them."""
    return [word for word in re.split(r"[ \t\r\n]+", text) if word]


def one_line(text: str) -> str:
    """A text on one line."""
    return " ".join(words(text))


def cut(text: str, width: int) -> str:
    """A text on one line, in at most so many cells."""
    text = one_line(text)
    if cell_len(text) <= width:
        return text
    kept, used = "", 0
    for char in text:
        used += cell_len(char)
        if used > width - 1:
            break
        kept += char
    return kept.rstrip() + "…" if width > 0 else ""


def fit(text: str, width: int) -> str:
    """A text in exactly so many cells."""
    short = cut(text, width)
    return short + " " * (width - cell_len(short))


def beside(left: str, right: str, width: int, *, faint: str = "dim") -> Content:
    """Two texts at the two ends of a line; the left one gives way."""
    width = min(width, FULL)
    if not right:
        return Content(cut(left, width))
    room = width - cell_len(right) - 2
    if room < 12:
        return Content(cut(left, width))
    return Content(fit(left, room) + "  ") + Content.styled(right, faint)


def wrapped(text: str, width: int) -> list[str]:
    """A text in lines of at most so many cells, broken at spaces."""
    lines, line = [], ""
    for word in words(text):
        longer = f"{line} {word}" if line else word
        if line and cell_len(longer) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line] if line else lines


def clipped(text: str, width: int, most: int, *, more: str = "") -> str:
    """A text on one line that takes at most so many lines when it is wrapped.

    What is left out is marked with an ellipsis and `more`, which says where all of it stands.
    """
    lines = wrapped(text, width)
    if len(lines) <= most or width < 8:
        return one_line(text)
    tail = f"… {more}".rstrip()
    last = lines[most - 1]
    while last and cell_len(last) + cell_len(tail) > width:
        last = last.rpartition(" ")[0]
    return " ".join([*lines[: most - 1], last.rstrip(" ,;:.") + tail])


def trouble(problem: Problem) -> str:
    """What is wrong and what to do."""
    return f"! {problem.what} {problem.hint}".rstrip()
