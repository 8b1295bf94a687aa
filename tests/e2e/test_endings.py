"""However a sitting ends, what was typed is there the next time, and the terminal is as it was."""

import os
import random
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.briefs import ACCESSIBLE, READY, how, names, on, recovered
from tests.e2e.conftest import Opener
from tests.e2e.kills import kill_once
from tests.e2e.terminal import CTRL, ENTER, Terminal, until

TEXT = ("assessment", ACCESSIBLE, "effect_on_internet")
WORDS = "written just before the end"
KILLS = 10


def written(brief: Path, opened: Opener) -> Terminal:
    """The wizard with words on the screen that no save had time for."""
    terminal = opened(brief)
    terminal.wait_for(READY)
    how(terminal)
    terminal.send(WORDS)
    terminal.wait_for(WORDS)
    return terminal


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "zombie" not in Path(f"/proc/{pid}/status").read_text(encoding="utf-8")


def settled(terminal: Terminal) -> None:
    """The terminal as it was before: its own screen, cursor, line editing, and no mouse reports."""
    flags = [terminal.asked(flag) for flag in ("alternate_on", "mouse_any_flag", "cursor_flag")]
    assert flags == ["0", "0", "1"]
    tty = subprocess.run(
        ["stty", "-F", terminal.asked("pane_tty"), "-a"], capture_output=True, text=True, check=True
    )
    assert {"icanon", "echo", "isig", "ixon"} <= set(tty.stdout.replace(";", " ").split())


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_signal_saves_and_restores_the_terminal(
    name: str, brief: Path, opened: Opener, home: Path
) -> None:
    """SIGTERM and SIGHUP: every word is in the file, nothing is left to recover or to end."""
    terminal = written(brief, opened)
    pid = terminal.pid()
    terminal.signal(signal.Signals[name])
    assert terminal.wait_ended() == 0
    settled(terminal)
    assert on(brief, *TEXT) == WORDS
    assert not alive(pid)
    assert names(terminal.state) == ["recent.json"]
    assert not [name for name in names(home) if "lock" in name]


HANGS = """
from impactbrief.tui import app, run_wizard
app.LAST = 0.5
app.Wizard.exit = lambda *_, **__: None
run_wizard({file!r}, plain=False, say=print)
"""
"""A wizard that never ends by itself."""


def test_a_signal_ends_a_wizard_that_hangs(brief: Path, opened: Opener) -> None:
    """After a moment of patience it goes all the same, with the words in the file and the terminal
    as it was."""
    script = HANGS.format(file=str(brief))
    terminal = opened(command=shlex.join([sys.executable, "-c", script]))
    terminal.wait_for(READY)
    how(terminal)
    terminal.send(WORDS)
    terminal.wait_for(WORDS)
    terminal.signal(signal.SIGTERM)
    assert terminal.wait_ended() == 1
    settled(terminal)
    assert on(brief, *TEXT) == WORDS


def test_closing_the_window_saves(brief: Path, opened: Opener) -> None:
    """The window's cross: every word is in the file, and no process is left behind."""
    terminal = written(brief, opened)
    pid = terminal.pid()
    terminal.close()
    until(lambda: not alive(pid), "the end of the process")
    assert on(brief, *TEXT) == WORDS


def test_quitting_restores_the_terminal(brief: Path, opened: Opener) -> None:
    """Ctrl+Q right behind the last letter: saved, ended with 0, the terminal as it was, and a line
    that says where the brief is."""
    terminal = opened(brief)
    terminal.wait_for(READY)
    how(terminal)
    terminal.send(WORDS, CTRL["q"])
    assert terminal.wait_ended() == 0
    settled(terminal)
    assert on(brief, *TEXT) == WORDS
    assert terminal.screen().split("\n")[0] == f"Your brief is saved in ~/{brief.name}"


@pytest.mark.parametrize("number", range(KILLS))
def test_a_kill_loses_a_second_at_most(number: int, home: Path) -> None:
    """SIGKILL while somebody types: all that was on the screen a second before comes back.

    The next start offers what the file lacks, and what comes back has no gap.
    """
    killed = kill_once(home, random.Random(number))
    assert killed.kept >= killed.seen_late, killed
    assert killed.offered or killed.kept == killed.in_file, killed


def test_recovery_is_offered_and_works(brief: Path, opened: Opener) -> None:
    """After a kill the next start shows which words the file lacks; Enter brings them back."""
    terminal = written(brief, opened)
    terminal.signal(signal.SIGKILL)
    terminal.wait_for("ENDED WITH 137")
    assert not on(brief, *TEXT)
    terminal = opened(brief)
    terminal.wait_for("Unsaved text from last time", "Restore them", "› How", f"“{WORDS}”")
    terminal.send(ENTER)
    terminal.wait_gone("Restore them")
    terminal.send(CTRL["q"])
    assert terminal.wait_ended() == 0
    assert on(brief, *TEXT) == WORDS
    assert names(terminal.state) == ["recent.json"]


def test_a_torn_journal_gives_what_is_whole(brief: Path, opened: Opener) -> None:
    """A journal whose last line is half written, as a power cut leaves it: the rest comes back."""
    terminal = written(brief, opened)
    terminal.signal(signal.SIGKILL)
    terminal.wait_for("ENDED WITH 137")
    (journal,) = terminal.state.glob("*.jsonl")
    data = journal.read_bytes()
    journal.write_bytes(data[: len(data) - 20])
    workspace, offered = recovered(brief, terminal.state)
    workspace.close()
    assert offered
    text = str(on(brief, *TEXT))
    assert WORDS.startswith(text)
    assert len(text) >= len(WORDS) - 2
