"""The file behind the questions: made, saved whatever ends them, shared, offered after a crash."""

import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from impactbrief.answers.file import read_answers
from impactbrief.ask import ask
from impactbrief.workspace import Workspace
from tests.ask.room import ASK, BRIEF, NOW, Person, Room
from tests.conftest import ROOT


def test_the_end_of_the_input_quits_and_saves(room: Room) -> None:
    """A pipe that ends is no loss."""
    answers = room.ask("go document.subtitle", "When the sender pays")
    assert answers.document.subtitle == "When the sender pays"
    assert room.code == 0
    assert room.said.rstrip().endswith(str(room.path))
    assert "Saved 14:02" in room.said
    assert sorted(path.name for path in room.path.parent.iterdir()) == [
        "brief.yaml", "brief.yaml~", "state",
    ]  # fmt: skip


def test_a_missing_file_is_made(tmp_path: Path) -> None:
    """After its title; quitting before that makes nothing."""
    room = Room(tmp_path)
    assert ask(room.path, io.StringIO(""), io.StringIO(), state=room.state) == 0
    assert list(tmp_path.iterdir()) == []
    answers = room.ask("Sender pays", "The Act", "", "quit")
    assert (answers.document.title, answers.proposal.name) == ("Sender pays", "The Act")
    assert answers.language == "en"
    assert (tmp_path / "impactbrief-1.schema.json").exists()


def crash(room: Room) -> None:
    """A sitting that ends before its words are in the file."""
    pid = os.fork()
    if pid == 0:
        workspace = Workspace.open(room.path, state=room.state)
        workspace.write(("sections", "context"), "Lost words.")
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(pid, 0)


def test_a_crashed_sitting_is_offered(room: Room) -> None:
    """Restore, look or discard, in a line."""
    crash(room)
    answers = room.ask("2", "", "quit")
    assert "Not saved in the file: 1 change (" in room.said
    assert "Change Text: Context" in room.said
    assert answers.sections.context == "Lost words."


def test_what_is_no_offered_answer_is_asked_again(room: Room) -> None:
    """A line that was meant for something else neither restores nor decides anything."""
    crash(room)
    answers = room.ask("go privacy", "4", "3", "quit")
    assert room.said.count("Type a number from 1 to 3.") == 2
    assert answers.sections.context is None


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
@pytest.mark.parametrize("command", [(), ("add",)])
def test_prose_without_its_dot_is_kept(
    room: Room, tmp_path: Path, end: signal.Signals, command: tuple[str, ...]
) -> None:
    """Whatever ends the sitting, the lines typed so far are in the file or offered again."""
    child = subprocess.Popen(
        [sys.executable, "-c", ASK, str(room.path)], cwd=ROOT,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env=os.environ | {"XDG_STATE_HOME": str(tmp_path / "xdg")},
    )  # fmt: skip
    assert child.stdin is not None
    assert child.stdout is not None
    where = "go assessment.privacy.effect_on_people"
    child.stdin.write("\n".join([where, *command, "One.", "", "Two.", ""]))
    child.stdin.flush()
    for line in child.stdout:
        if "Old words" in line:
            break
    time.sleep(2)
    child.send_signal(end)
    child.communicate(timeout=30)
    out = io.StringIO()
    ask(room.path, io.StringIO("\nquit\n"), out, state=tmp_path / "xdg" / "impactbrief")
    element = room.answers.assessment.get("privacy")
    assert element is not None
    before = "Old words.\n\n" if command else ""
    assert (element.effect_on_people or "").rstrip() == f"{before}One.\n\nTwo."


def test_a_note_that_is_broken_off_is_kept(room: Room) -> None:
    """What was typed of it before Ctrl+C is in the file, line ends and all."""

    class Impatient(io.StringIO):
        def readline(self, *_args: Any) -> str:  # type: ignore[override]
            line = super().readline()
            if not line:
                raise KeyboardInterrupt
            return line

    typed = Impatient("go privacy\nnote\nAsk Bo.\n\nAnd Ann.\n")
    assert ask(room.path, typed, io.StringIO(), state=room.state, now=lambda: NOW) == 130
    element = room.answers.assessment.get("privacy")
    assert element is not None
    assert [note.text.rstrip() for note in element.notes] == ["Ask Bo.\n\nAnd Ann."]


def test_an_interrupt_saves(room: Room, tmp_path: Path) -> None:
    """Ctrl+C ends it with 130, and what was answered is in the file."""
    child = subprocess.Popen(
        [sys.executable, "-c", ASK, str(room.path)], cwd=ROOT,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env=os.environ | {"XDG_STATE_HOME": str(tmp_path / "xdg")},
    )  # fmt: skip
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write("go document.subtitle\nKept\n")
    child.stdin.flush()
    asked = 0
    for line in child.stdout:
        asked += line.endswith("Press Enter to go on.\n")
        if asked == 3:  # the first one, the subtitle, and the one after it
            break
    time.sleep(0.3)
    child.send_signal(signal.SIGINT)
    child.communicate(timeout=30)
    assert child.returncode == 130
    assert room.answers.document.subtitle == "Kept"


def test_a_file_that_somebody_works_on_is_not_asked(room: Room) -> None:
    """It says who, and changes nothing."""
    first = Workspace.open(room.path, state=room.state)
    room.ask("go privacy", "1")
    assert "in use by" in room.said
    assert "End the work on it there" in room.said
    assert room.code == 4
    assert room.path.read_text(encoding="utf-8") == BRIEF
    first.close()


@pytest.mark.parametrize(("answer", "code", "title"), [("", 4, "A title"), ("2", 0, "Mine now")])
def test_a_person_may_take_over_what_somebody_works_on(
    room: Room, answer: str, code: int, title: str
) -> None:
    """Enter leaves it alone; who takes it over is asked the questions."""
    first = Workspace.open(room.path, state=room.state)
    out = io.StringIO()
    typed = Person(f"{answer}\ngo document.title\nMine now\nquit\n")
    assert ask(room.path, typed, out, state=room.state, now=lambda: NOW) == code
    assert "1 leave, 2 work on it here" in out.getvalue()
    assert room.answers.document.title == title
    first.close()


def test_a_change_outside_is_settled_in_words(room: Room) -> None:
    """Both versions are kept unless the user says otherwise."""

    class Meddler(io.StringIO):
        def readline(self, *_args: Any) -> str:  # type: ignore[override]
            line = super().readline()
            if line.startswith("Mine"):
                room.path.write_text(BRIEF.replace("A title", "Theirs"), encoding="utf-8")
            return line

    out = io.StringIO()
    typed = Meddler("go document.subtitle\nMine\n")
    assert ask(room.path, typed, out, state=room.state, now=lambda: NOW) == 0
    assert "Somebody else has changed the file" in out.getvalue()
    mine = room.path.with_name("brief (my version).yaml")
    assert read_answers(mine).answers.document.subtitle == "Mine"
    assert room.answers.document.title == "Theirs"


def test_words_that_cannot_be_saved_are_kept_and_said(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last line says why and where; the exit code isn't 0."""

    def full(**_where: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.mkstemp", full)
    out = io.StringIO()
    typed = io.StringIO("go document.subtitle\nMine\n")
    assert ask(room.path, typed, out, state=room.state, now=lambda: NOW) == 4
    journal = next(room.state.glob("*.jsonl"))
    flat = " ".join(out.getvalue().split())
    assert "Cannot save: " in flat
    assert "No space left on device. Your text is kept in" in flat
    assert str(journal) in flat
    assert "Mine" in journal.read_text(encoding="utf-8")
