"""One history through all of the brief, and the way into an editor of one's own."""

from pathlib import Path

from tests.e2e.briefs import ACCESSIBLE, READY, how, in_file, on
from tests.e2e.conftest import Opener
from tests.e2e.terminal import CTRL, ENTER, ESC

AT = ("assessment", ACCESSIBLE)


def test_undo_goes_back_through_everything(brief: Path, opened: Opener) -> None:
    """Title, rating, text and a list, undone one by one from elsewhere and redone.

    Each time the place comes up where it happens, and in the end the file is what it was.
    """
    before = brief.read_bytes()
    terminal = opened(brief)
    terminal.wait_for(READY)
    terminal.send(" of mine")
    terminal.wait_for("A brief of mine")
    terminal.send(CTRL["o"], "accessible", ENTER)
    terminal.wait_for("[1 Impact")
    terminal.send("2", ENTER, "some words")
    terminal.wait_for("some words")
    terminal.send(CTRL["o"], "stakeholders", ENTER)
    terminal.wait_for("Add:")
    terminal.send(ENTER)
    terminal.wait_for("Done", "Remove")
    terminal.send("Small networks")
    in_file(brief, "Small networks", "stakeholders", 0, "name")
    terminal.send(ESC)
    terminal.wait_for("1  Small networks")
    after = brief.read_bytes()
    terminal.send(CTRL["o"], "privacy", ENTER)
    terminal.wait_for("Privacy", "Strongly negative")

    terminal.send(CTRL["z"] * 2)  # the name, then the entry
    terminal.wait(lambda screen: "Stakeholders" in screen and "Small" not in screen, "no entry")
    terminal.send(CTRL["z"])
    terminal.wait(lambda screen: "[2 How" in screen and "some words" not in screen, "no text")
    terminal.send(CTRL["z"])
    terminal.wait_for("[1 Impact", "( ) 2")
    terminal.send(CTRL["z"])
    terminal.wait_for("About the brief")
    terminal.wait_gone("of mine")
    terminal.send(CTRL["s"])
    in_file(brief, "A brief", "document", "title")
    assert brief.read_bytes() == before

    terminal.send(CTRL["y"])
    terminal.wait_for("A brief of mine")
    terminal.send(CTRL["y"])
    terminal.wait_for("[1 Impact", "(•) 2")
    terminal.send(CTRL["y"])
    terminal.wait_for("[2 How", "some words")
    terminal.send(CTRL["y"] * 2)
    terminal.wait_for("1  Small networks")
    in_file(brief, "Small networks", "stakeholders", 0, "name")
    assert brief.read_bytes() == after


def editor(home: Path, lines: str) -> dict[str, str]:
    """An editor that is a script."""
    script = home / "editor"
    script.write_text(f"#!/bin/sh\n{lines}\n", encoding="utf-8")
    script.chmod(0o755)
    return {"EDITOR": str(script)}


def test_an_editor_of_ones_own(brief: Path, opened: Opener, home: Path) -> None:
    """Ctrl+T hands the text to $EDITOR and the terminal with it, and takes back what was written.

    Afterwards the wizard is there again, typing goes on in the box, and one undo takes it back.
    """
    lines = 'printf "IN THE EDITOR: "; cat "$1"; read line; printf "%s\\nü" "$line" >> "$1"'
    terminal = opened(brief, env=editor(home, lines))
    terminal.wait_for(READY)
    how(terminal)
    terminal.send("before", CTRL["t"])
    terminal.wait_for("IN THE EDITOR: before")
    assert terminal.asked("alternate_on") == "0"
    terminal.send("typed there", ENTER)
    terminal.wait_for("[2 How", "typed there")
    in_file(brief, "before\ntyped there\nü", *AT, "effect_on_internet")
    terminal.send(CTRL["z"])
    in_file(brief, "before", *AT, "effect_on_internet")
    assert not list(home.glob("*.md"))


def test_an_editor_that_fails_changes_nothing(brief: Path, opened: Opener, home: Path) -> None:
    """An editor that fails, though it wrote, and one that isn't there: said, and the text stays."""
    terminal = opened(brief, env=editor(home, 'echo spoilt > "$1"; exit 1'))
    terminal.wait_for(READY)
    how(terminal)
    terminal.send("before", CTRL["t"])
    terminal.wait_for("ended", "before")  # a long path breaks the line anywhere
    (home / "editor").unlink()
    terminal.send(CTRL["t"])
    terminal.wait_for("No such")
    terminal.send(" and after")
    in_file(brief, "before and after", *AT, "effect_on_internet")
    assert on(brief, "document", "title") == "A brief"
