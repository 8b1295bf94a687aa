"""Lines of fixed width: what is too long is cut by terminal cells, and says so with an ellipsis."""

from textual.content import Content
from wcwidth import wcswidth, wcwidth

FULL = 92
"""Lines of a list are not wider than this, so that what belongs together stands together."""


def cells(text: str) -> int:
    """Terminal cells that a text takes."""
    return max(wcswidth(text), 0) if text.isprintable() else sum(max(wcwidth(c), 0) for c in text)


def one_line(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())


def cut(text: str, width: int) -> str:
    """A text on one line, in at most so many cells."""
    text = one_line(text)
    if cells(text) <= width:
        return text
    kept, used = "", 0
    for char in text:
        used += max(wcwidth(char), 0)
        if used > width - 1:
            break
        kept += char
    return kept.rstrip() + "…" if width > 0 else ""


def fit(text: str, width: int) -> str:
    """A text in exactly so many cells."""
    short = cut(text, width)
    return short + " " * (width - cells(short))


def beside(left: str, right: str, width: int, *, faint: str = "dim") -> Content:
    """Two texts at the two ends of a line; the left one gives way."""
    width = min(width, FULL)
    if not right:
        return Content(cut(left, width))
    room = width - cells(right) - 2
    if room < 12:
        return Content(cut(left, width))
    return Content(fit(left, room) + "  ") + Content.styled(right, faint)
