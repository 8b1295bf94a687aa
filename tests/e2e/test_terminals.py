"""Terminals of other kinds, and people who need another picture than a coloured one."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.e2e.briefs import ACCESSIBLE, READY, how, in_file
from tests.e2e.conftest import Opener
from tests.e2e.terminal import CTRL, DOWN, ENTER, ESC, IMPACTBRIEF, Terminal

TEXT = ("assessment", ACCESSIBLE, "effect_on_internet")
PUNCTUATION = "“”‘’…–—"
"""Of words, not of frames and marks: screen readers read it."""
COLOURS = re.compile(r"\x1b\[[0-9;:]*m")


def colours(screen: str) -> set[int]:
    """The codes on a screen that choose a colour; bold, dim and reversed are none."""
    codes = {int(code) for run in COLOURS.findall(screen) for code in re.findall(r"\d+", run)}
    return {code for code in codes if code >= 30 and code not in (39, 49)}


@pytest.mark.parametrize("term", ["dumb", ""])
def test_a_terminal_that_cannot_draw(term: str, brief: Path, opened: Opener) -> None:
    """TERM=dumb, or none: exit code 2 and the way that works there, nothing else."""
    command = f"TERM={term} {IMPACTBRIEF} {brief}"
    terminal = opened(command=command)
    assert terminal.wait_ended() == 2
    assert f"impactbrief ask {brief}" in terminal.screen().replace("\n", "")


def test_no_terminal_at_all(brief: Path, home: Path) -> None:
    """In a pipe: exit code 2, the hint on stderr, nothing on stdout."""
    done = subprocess.run(
        [IMPACTBRIEF, str(brief)],
        env={"HOME": str(home), "TERM": "xterm", "PATH": os.environ["PATH"]},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert "ask" in done.stderr
    assert "\x1b" not in done.stderr


def test_no_color(brief: Path, opened: Opener) -> None:
    """NO_COLOR: no screen holds a colour, and what is chosen is still told by marks."""
    terminal = opened(brief, env={"NO_COLOR": "1"})
    terminal.wait_for(READY)
    terminal.send(CTRL["o"], "accessible", ENTER)
    terminal.wait_for("[1 Impact")
    terminal.send("2")
    terminal.wait_for("(•) 2")
    assert colours(terminal.screen(colours=True)) == set()
    terminal.send(CTRL["r"])
    terminal.wait_for("Review and export")
    assert colours(terminal.screen(colours=True)) == set()


def test_colours_where_they_are_wanted(brief: Path, opened: Opener) -> None:
    """Without NO_COLOR there are colours, so that the test above can fail."""
    terminal = opened(brief)
    terminal.wait_for(READY)
    assert colours(terminal.screen(colours=True))


def test_the_c_locale(brief: Path, opened: Opener) -> None:
    """LANG=C, as on bare machines: it opens, and accents typed there are in the file."""
    terminal = opened(brief, env={"LANG": "C", "LC_ALL": "C"})
    terminal.wait_for(READY)
    how(terminal)
    terminal.send("café — العربية")
    in_file(brief, "café — العربية", *TEXT)


def strange(screen: str) -> set[str]:
    """The characters of a screen that are neither ASCII nor the punctuation of words."""
    return {char for char in screen if not char.isascii() and char not in PUNCTUATION}


def here(terminal: Terminal, text: str) -> None:
    """Waits until the terminal's own cursor is visible and in the line with this text."""

    def met(screen: str) -> bool:
        line = screen.splitlines()[terminal.cursor[1]]
        return text in line and terminal.asked("cursor_flag") == "1"

    terminal.wait(met, f"the cursor at {text!r}")


def test_plain_is_ascii_with_a_cursor(brief: Path, opened: Opener) -> None:
    """IMPACTBRIEF_PLAIN=1: frames and marks are ASCII, and the cursor is where the focus is.

    Screen readers and braille displays read around it: in a form, on a rating, in a text, on a
    button, in a list.
    """
    terminal = opened(brief, env={"IMPACTBRIEF_PLAIN": "1"})

    def ascii_only(*texts: str) -> None:
        assert strange(terminal.wait_for(*texts)) == set()

    ascii_only("Next:", "Title *")
    here(terminal, "Title *")
    terminal.send(" x")
    terminal.wait_for("A brief x")
    here(terminal, "Title *")
    column = terminal.cursor[0]
    terminal.send("y")
    terminal.wait(lambda _screen: terminal.cursor[0] == column + 1, "the cursor behind the y")
    terminal.send(CTRL["o"], "accessible")
    ascii_only("accessible")
    here(terminal, "accessible")
    terminal.send(ENTER)
    ascii_only("[1 Impact", "Strongly negative")
    here(terminal, "Strongly negative")
    terminal.send(DOWN, DOWN)
    here(terminal, " Negative")
    terminal.send("3")
    here(terminal, "(*) 3")
    terminal.send(ENTER, "abc")
    ascii_only("[2 How", "abc", "Esc: leave the box")
    here(terminal, "abc")
    terminal.send(ESC)
    here(terminal, "Next: People")
    terminal.send(CTRL["r"])
    ascii_only("Review and export", "Worth a look")
    terminal.send(DOWN * 2)
    here(terminal, "!")
    terminal.send("e")
    ascii_only("Documents", "Formats")
    here(terminal, "Export")


def test_plain_start(opened: Opener) -> None:
    """The same for the first screen, with the cursor on the line in hand."""
    terminal = opened("--plain")
    assert strange(terminal.wait_for("New brief")) == set()
    here(terminal, "New brief")
    terminal.send(DOWN)
    here(terminal, "New from an example")
