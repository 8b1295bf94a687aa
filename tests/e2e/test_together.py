"""The file in other hands: a second wizard, another program, a newer format, a shut folder."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.e2e.briefs import ACCESSIBLE, READY, how, in_file, names, on, recovered
from tests.e2e.conftest import Opener
from tests.e2e.terminal import CTRL, ENTER, IMPACTBRIEF, Terminal, until

TEXT = ("assessment", ACCESSIBLE, "effect_on_internet")
WORDS = "my own words"


def test_the_second_wizard_only_looks(brief: Path, opened: Opener) -> None:
    """Two on one file: the second says whose turn it is and changes nothing; the first goes on."""
    first = opened(brief)
    first.wait_for(READY)
    second = opened(brief)
    screen = second.wait_for("You can look, but not change anything", "in use by")
    assert os.uname().nodename in " ".join(screen.split())
    second.send(ENTER)
    second.wait_gone("You can look")
    second.wait_for("Read only")
    second.send("not allowed")
    how(second)
    second.send("not allowed either", CTRL["q"])
    assert second.wait_ended() == 0
    how(first)
    first.send(WORDS)
    in_file(brief, WORDS, *TEXT)
    assert "not allowed" not in brief.read_text(encoding="utf-8")


def test_both_versions_are_kept(brief: Path, opened: Opener, home: Path) -> None:
    """Another program changes the file while somebody types: Enter keeps both, side by side."""
    terminal = opened(brief)
    terminal.wait_for(READY)
    how(terminal)
    terminal.send(WORDS)
    other = brief.read_text(encoding="utf-8").replace("title: A brief", "title: Theirs")
    brief.write_text(other, encoding="utf-8")
    terminal.wait_for("Somebody else has changed this file", "Keep both", "› How", WORDS)
    assert brief.read_text(encoding="utf-8") == other
    terminal.send(ENTER)
    terminal.wait_gone("Keep both")
    terminal.wait(lambda screen: screen.lstrip().startswith("Theirs"), "the other title")
    terminal.send(CTRL["q"])
    assert terminal.wait_ended() == 0
    assert brief.read_text(encoding="utf-8") == other
    (mine,) = [name for name in names(home) if "my version" in name]
    assert on(home / mine, *TEXT) == WORDS
    assert on(home / mine, "document", "title") == "A brief"


def test_a_newer_format_is_never_written(brief: Path, opened: Opener) -> None:
    """A file of a format to come opens for reading, says so, and stays as it is byte for byte."""
    newer = brief.read_bytes().replace(b"impactbrief: 1\n", b"impactbrief: 2\n")
    brief.write_bytes(newer)
    terminal = opened(brief)
    terminal.wait_for("You can look, but not change anything", "format 2")
    terminal.send(ENTER)
    terminal.wait_gone("You can look")
    terminal.send("not allowed", CTRL["s"])
    how(terminal)
    terminal.send("not allowed", CTRL["q"])
    assert terminal.wait_ended() == 0
    assert brief.read_bytes() == newer


def powerless(brief: Path) -> str:
    """The wizard without the right of root to write everywhere."""
    if os.getuid():
        return f"{IMPACTBRIEF} {brief}"
    held = "-dac_override,-dac_read_search,-fowner"
    return f"setpriv --bounding-set {held} --inh-caps {held} {IMPACTBRIEF} {brief}"


def cannot_save(terminal: Terminal, brief: Path) -> None:
    """Types where nothing can be saved, and quits in spite of what it is told."""
    terminal.wait_for(READY)
    how(terminal)
    terminal.send(WORDS)
    terminal.wait_for("Cannot save", "Your text is kept in")
    terminal.send(CTRL["q"])
    terminal.wait_for("This can't be saved", "Your text is kept in", "Stay")
    terminal.send("\t", ENTER)
    assert terminal.wait_ended() == 0
    assert not on(brief, *TEXT)


def comes_back(terminal: Terminal, brief: Path) -> None:
    """The words come back from the journal as soon as the file can be written."""
    workspace, offered = recovered(brief, terminal.state)
    workspace.close()
    assert offered
    assert on(brief, *TEXT) == WORDS


def test_a_folder_that_is_shut(brief: Path, opened: Opener, home: Path) -> None:
    """A folder that can't be written to: said at once, and the words wait in the journal."""
    folder = home / "shut"
    folder.mkdir()
    shut = brief.rename(folder / brief.name)
    folder.chmod(0o555)
    try:
        terminal = opened(command=powerless(shut))
        cannot_save(terminal, shut)
    finally:
        folder.chmod(0o755)
    comes_back(terminal, shut)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own that is almost full; only root can make one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)],
        check=False,
        stderr=subprocess.DEVNULL,
    )
    if made.returncode:
        pytest.skip("no disk can be mounted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_disk_that_is_full(brief: Path, opened: Opener, small_disk: Path) -> None:
    """A full disk: said at once, the old file stays whole, and the words wait in the journal."""
    file = small_disk / "brief.yaml"
    file.write_bytes(brief.read_bytes())
    before = file.read_bytes()
    terminal = opened(file)
    terminal.wait_for(READY)
    how(terminal)
    filling = small_disk / "filling"
    with filling.open("wb", buffering=0) as stream, suppress(OSError):
        while True:
            stream.write(b"x" * 512)
    terminal.send(WORDS)
    terminal.wait_for("Cannot save", "No space left")
    assert file.read_bytes() == before
    filling.unlink()
    until(lambda: on(file, *TEXT) == WORDS, "the save that is tried again by itself")
    terminal.wait_for("Saved")
