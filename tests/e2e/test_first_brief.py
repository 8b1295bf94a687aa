"""Somebody who has never used a terminal program comes from nothing to a PDF."""

import re
from pathlib import Path

from tests.e2e.briefs import ACCESSIBLE, on, value
from tests.e2e.conftest import Opener
from tests.e2e.terminal import CTRL, ENTER, ESC, until

INTERNET = "Every platform has to ask for papers."
PEOPLE = "People without papers stay outside."


def made(file: Path, pdf: Path) -> None:
    """The brief that both ways lead to."""
    assert on(file, "document", "title") == "Impact of the bill"
    assert on(file, "proposal", "name") == "Platform Bill"
    assert value(file, "assessment", ACCESSIBLE, "impact") == "negative"
    assert on(file, "assessment", ACCESSIBLE, "effect_on_internet") == INTERNET
    assert on(file, "assessment", ACCESSIBLE, "effect_on_people") == PEOPLE
    data = pdf.read_bytes()
    assert data.startswith(b"%PDF-")
    assert data.rstrip().endswith(b"%%EOF")


def test_by_keys_alone(home: Path, opened: Opener) -> None:
    """80×24, no mouse: new brief, a rating, two texts, review, PDF, quit; every word is there."""
    terminal = opened()
    terminal.wait_for("New brief")
    terminal.send("n")
    terminal.wait_for("Title of the brief")
    terminal.send("Impact of the bill", ENTER, "Platform Bill")
    terminal.wait_for("Platform Bill", "impact-of-the-bill.yaml")
    terminal.send(*[ENTER, "\t"], "France", ENTER, "\t", ENTER)
    terminal.wait_for("Next: Authors")
    terminal.send(CTRL["o"])
    terminal.wait_for("Go to…", "Accessible network")
    terminal.send("accessible", ENTER)
    terminal.wait_for("[1 Impact", "Strongly negative")
    terminal.send("2", ENTER)
    terminal.wait_for("[2 How")
    terminal.send(INTERNET, CTRL["n"])
    terminal.wait_for("[3 People")
    terminal.send(PEOPLE, CTRL["r"])
    terminal.wait_for("Review and export")
    terminal.send("e")
    terminal.wait_for("Documents", "impact-of-the-bill.pdf")
    terminal.send(ENTER)
    terminal.wait_for("Done.")
    terminal.send(ESC)
    terminal.wait_for("Review and export")
    terminal.send(ESC)
    terminal.wait_for("[3 People")
    terminal.send(CTRL["q"])
    assert terminal.wait_ended() == 0
    made(home / "impact-of-the-bill.yaml", home / "impact-of-the-bill.pdf")


def test_by_mouse_alone(home: Path, opened: Opener) -> None:
    """80×24, clicks only, the keyboard for words alone: the same brief, the same PDF."""
    terminal = opened()
    terminal.click("New brief")
    terminal.click("Title of the brief")
    terminal.send("Impact of the bill")
    terminal.wait_for("impact-of-the-bill.yaml")
    terminal.click("Name of the proposal")
    terminal.wait_for("What you assess")
    terminal.send("Platform Bill")
    terminal.wait_for("Platform Bill")
    terminal.click("Enter: choose")
    terminal.click("Legislation")
    terminal.wait(
        lambda screen: bool(re.search(r"Kind of proposal +Legislation", screen)), "the kind"
    )
    terminal.click("Create the brief")
    terminal.wait_for("Next: Authors")
    terminal.click("^O Outline")
    terminal.click("Accessible network")
    terminal.click("Negative  ")
    terminal.wait_for("[2 How")
    terminal.send(INTERNET)
    terminal.wait_for(INTERNET)
    terminal.click("Next: People")
    terminal.wait_for("[3 People")
    terminal.send(PEOPLE)
    terminal.wait_for(PEOPLE)
    terminal.click("Menu")
    terminal.click("Review and export")
    terminal.click("Export…")
    terminal.wait_for("Documents", "impact-of-the-bill.pdf")
    terminal.click("Export", last=True)
    terminal.wait_for("Done.")
    terminal.click("Back", last=False)
    terminal.click("Back to the brief")
    terminal.wait_for("[3 People")
    file = home / "impact-of-the-bill.yaml"
    terminal.click("Menu")
    terminal.wheel_to("Save and quit")
    terminal.click("Save and quit")
    assert terminal.wait_ended() == 0
    until(file.exists, "the file")
    assert value(file, "proposal", "kind") == "legislation"
    made(file, home / "impact-of-the-bill.pdf")
