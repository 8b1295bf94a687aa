"""Documents made from the wizard, beside the typing."""

from pathlib import Path

import pytest

from tests.conftest import EXAMPLES
from tests.e2e.briefs import how, names
from tests.e2e.conftest import Opener
from tests.e2e.terminal import CTRL, ENTER, ESC, Terminal, until


@pytest.fixture
def long_brief(home: Path) -> Path:
    """A brief of many pages, so that an export takes its time."""
    path = home / "brief.yaml"
    path.write_bytes(max(EXAMPLES, key=lambda example: example.stat().st_size).read_bytes())
    return path


def exporting(terminal: Terminal, **others: str) -> None:
    """From the brief to an export that runs; of other documents, too, by the end of their names."""
    terminal.send(CTRL["r"])
    terminal.wait_for("Review and export")
    terminal.send("e")
    terminal.wait_for("brief.pdf")
    for end, other in others.items():
        terminal.click(f"[ ] {other}")
        terminal.wait_for(f"[x] {other}", f"{end}.pdf")
    terminal.click("Export    ", last=True) if others else terminal.send(ENTER)


def made(home: Path) -> list[str]:
    return [name for name in names(home) if "pdf" in name or name.startswith(".impactbrief")]


def test_stopped_half_way_leaves_nothing(long_brief: Path, opened: Opener, home: Path) -> None:
    """Escape while a PDF is being made: it says so, and no file is there, nor a part of one."""
    terminal = opened(long_brief)
    terminal.wait_for("Next:")
    exporting(terminal)
    terminal.wait_for("Making 1 of 1")
    terminal.send(ESC)
    terminal.wait_for("Stopped.")
    assert made(home) == []
    terminal.send(ESC)
    terminal.wait_for("Review and export")
    exporting(terminal)  # and again, to the end
    terminal.wait_for("Done.")
    assert made(home) == ["brief.pdf"]


def test_twice(brief: Path, opened: Opener, home: Path) -> None:
    """A second export replaces the first one, with what was written between them."""
    terminal = opened(brief)
    terminal.wait_for("Next:")
    exporting(terminal)
    terminal.wait_for("Done.")
    first = (home / "brief.pdf").read_bytes()
    terminal.send(ESC)
    terminal.wait_for("Export…")
    terminal.send(ESC)
    terminal.wait_for("Title *")
    terminal.send(", longer")
    terminal.wait_for("A brief, longer")
    exporting(terminal)
    terminal.wait_for("Done.")
    assert made(home) == ["brief.pdf"]
    assert (home / "brief.pdf").read_bytes() != first


def test_typing_goes_on_meanwhile(long_brief: Path, opened: Opener, home: Path) -> None:
    """While a PDF is being made somebody goes back and writes; it is told when the PDF is there."""
    terminal = opened(long_brief)
    terminal.wait_for("Next:")
    how(terminal)
    exporting(terminal, page="One-page summary", table="Preliminary table")
    terminal.wait_for("of 3", "Keep writing")
    terminal.send(ENTER)
    terminal.wait_for("Export…")
    terminal.send(ESC)
    terminal.wait_for("[2 How")
    terminal.send("Written meanwhile. ")
    terminal.wait_for("Written meanwhile.")
    assert len(made(home)) < 3, "the export was over before anything could be written"
    terminal.wait_for("Done.", "brief.one-page.pdf")
    until(lambda: len(made(home)) == 3, "the documents")
    terminal.send(CTRL["z"])
    terminal.wait_gone("Written meanwhile.")
    terminal.send(CTRL["y"], CTRL["q"])
    assert terminal.wait_ended() == 0
    assert "Written meanwhile." in long_brief.read_text(encoding="utf-8")
