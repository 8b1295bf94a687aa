"""What is typed or pasted arrives: every character, in the answer that it was meant for."""

from pathlib import Path

import pytest

from impactbrief.toolkit.load import DEFAULT, load
from tests.e2e.briefs import ACCESSIBLE, READY, how, in_file, on
from tests.e2e.conftest import Opener
from tests.e2e.terminal import BACKSPACE, CTRL, DOWN, ENTER, LEFT, Silent, Terminal

NBSP, NARROW, JOINER, MARK = "\xa0", "\u202f", "\u200c", "\u200f"
"""No-break space, the narrow one before French punctuation, ZWNJ, RLM."""
TYPED = f"Où{NARROW}?{NBSP}«{NBSP}dé à coudre{NBSP}» می{JOINER}شود {MARK}العربية 👩 日本語 € ’ — …"
BURSTS = 10
ELEMENTS = list(load(DEFAULT, "en").elements.values())[:BURSTS]


def at_how(terminal: Terminal) -> None:
    terminal.wait_for(READY)
    how(terminal)


def test_bursts_land_where_they_were_meant(brief: Path, opened: Opener) -> None:
    """Ten times in a row, all in one write: ^O, a filter, Enter, a rating, Enter, text, ^N, text.

    Nothing of it is lost, and nothing lands in the answer before or after.
    """
    terminal = opened(brief)
    terminal.wait_for(READY)
    for number, element in enumerate(ELEMENTS):
        burst = [CTRL["o"], element.short.lower(), ENTER, "2", ENTER, f"how {number}"]
        terminal.send(*burst, CTRL["n"], f"people {number}")
    for number, element in enumerate(ELEMENTS):
        at = ("assessment", element.id)
        try:
            in_file(brief, f"people {number}", *at, "effect_on_people")
        except Silent as error:
            raise Silent(f"{error}; the screen says:\n{terminal.screen()}") from None
        assert on(brief, *at, "effect_on_internet") == f"how {number}"
        assert on(brief, *at, "impact") == "negative"


def test_no_key_overtakes_another_one(brief: Path, opened: Opener) -> None:
    """Letters, arrows and deleting in one write, in a text, a line and a form: each is done before
    the next one."""
    terminal = opened(brief)
    at_how(terminal)
    for number in range(5):
        terminal.send("abc", LEFT, LEFT, "X", BACKSPACE, DOWN, DOWN, f"{number}", ENTER)
    lines = "\n".join(f"abc{number}" for number in range(5))
    in_file(brief, lines, "assessment", ACCESSIBLE, "effect_on_internet")
    terminal.send(CTRL["o"], "stakeh", ENTER, "Users", LEFT, LEFT, BACKSPACE, "X")
    in_file(brief, "UsXrs", "stakeholders", 0, "name")


def test_what_is_typed_before_there_is_a_place_waits_for_it(brief: Path, opened: Opener) -> None:
    """Keys in the very first moment, while the file is still being opened, go where they lead:
    none is lost, and their order stays."""
    terminal = opened(brief)
    terminal.send("!")
    terminal.wait_for("Opening")
    terminal.send(" on", CTRL["n"])
    for part in (CTRL["o"], "accessible", ENTER, "2", ENTER, "how", CTRL["n"], "people"):
        terminal.send(part)
    in_file(brief, "people", "assessment", ACCESSIBLE, "effect_on_people")
    assert on(brief, "assessment", ACCESSIBLE, "effect_on_internet") == "how"
    assert on(brief, "document", "title") == "A brief! on"


def test_a_burst_of_digits_rates_with_the_last(brief: Path, opened: Opener) -> None:
    """Digits in one write: each chooses, the last one stays, and none gets into a text."""
    terminal = opened(brief)
    terminal.wait_for(READY)
    for digits, impact in (("1357", "positive"), ("97531", "strongly-negative"), ("1-", None)):
        terminal.send(CTRL["o"], "accessible", ENTER, digits)
        in_file(brief, impact or "not-assessed", "assessment", ACCESSIBLE, "impact")
    assert not on(brief, "assessment", ACCESSIBLE, "effect_on_internet")


@pytest.mark.parametrize("pasted", [False, True], ids=["typed", "pasted"])
def test_every_character_arrives(brief: Path, opened: Opener, pasted: bool) -> None:
    """No-break spaces, joiners, direction marks, accents, Arabic, emoji: all are in the file."""
    terminal = opened(brief)
    at_how(terminal)
    put = terminal.paste if pasted else terminal.send
    put(TYPED)
    in_file(brief, TYPED, "assessment", ACCESSIBLE, "effect_on_internet")
    terminal.send(CTRL["o"], "about", ENTER)
    terminal.wait_for("Title *")
    put(f" {TYPED}")
    in_file(brief, f"A brief {TYPED}", "document", "title")


def test_many_lines_into_one(brief: Path, opened: Opener) -> None:
    """Lines pasted into a field of one line stand in it one after the other; none is lost."""
    terminal = opened(brief)
    terminal.wait_for("Title *")
    terminal.paste(" on\nthe draft\r\nlaw\n")
    in_file(brief, "A brief on the draft law", "document", "title")
    terminal.wait_for("A brief on the draft law")


def test_lines_of_prose_stay_lines(brief: Path, opened: Opener) -> None:
    """Lines pasted into a long text stay lines, whatever their ends were."""
    terminal = opened(brief)
    at_how(terminal)
    terminal.paste("one\r\ntwo\rthree\n\nفصل جديد")
    in_file(brief, "one\ntwo\nthree\n\nفصل جديد", "assessment", ACCESSIBLE, "effect_on_internet")


def test_no_control_character_gets_into_the_file(brief: Path, opened: Opener) -> None:
    """Bells, escapes and their kind, pasted or typed, are not in the file; the words are."""
    terminal = opened(brief)
    terminal.wait_for("Title *")
    controls = "\x01\x02\x05\x07\x0e\x7f"
    terminal.paste(f" a{controls}b")
    terminal.send("\x1c\x1d\x1e\x1f", "c")
    in_file(brief, "A brief abc", "document", "title")
    how(terminal)
    terminal.paste(f"d{controls}\u2028e")
    terminal.send("\x1c\x1d", "f")
    in_file(brief, "d\nef", "assessment", ACCESSIBLE, "effect_on_internet")
    text = brief.read_text(encoding="utf-8")
    assert not [char for char in text if not char.isprintable() and char != "\n"]


def test_resizing_takes_neither_focus_nor_words(brief: Path, opened: Opener) -> None:
    """From 120 columns down to 50 and up again while somebody types: all of it is in the text."""
    terminal = opened(brief, size=(120, 40))
    at_how(terminal)
    words = []
    for width, height in ((120, 40), (80, 24), (60, 16), (50, 12), (100, 30)):
        terminal.resize(width, height)
        for part in ("a", "b", "c"):
            words.append(f"{part}{width}")
            terminal.send(words[-1] + " ")
    terminal.wait_for("c100")
    in_file(brief, " ".join(words) + " ", "assessment", ACCESSIBLE, "effect_on_internet")


MARKUP = "[sic] [/ [@click=app.quit]x[/] [bold]b [red on $x] \\[ [[/]]"


def test_markup_is_shown_as_typed(brief: Path, opened: Opener) -> None:
    """Square brackets in a title, a name, a topic of one's own and a text are only characters.

    They show as typed in the bar, the lists, the review, the menu and the search, and a click on
    them does nothing.
    """
    terminal = opened(brief, size=(120, 40))
    terminal.wait_for("Title *")
    terminal.send(MARKUP)
    terminal.wait(lambda screen: MARKUP in screen.splitlines()[0], "the title in the bar")
    terminal.send(CTRL["n"])
    terminal.wait_for("Add: author")
    terminal.send(ENTER)
    terminal.wait_for("Name")
    terminal.send(MARKUP)
    in_file(brief, MARKUP, "document", "authors", 0, "name")
    terminal.send("\x1b")
    terminal.wait_gone("ORCID")
    terminal.wait_for(f"1  {MARKUP}")
    how(terminal)
    terminal.send(MARKUP)
    terminal.wait(lambda screen: screen.count("[sic]") > 1, "the text")
    terminal.send(CTRL["z"])
    terminal.send(CTRL["y"])
    in_file(brief, MARKUP, "assessment", ACCESSIBLE, "effect_on_internet")
    terminal.send(CTRL["r"])
    terminal.wait_for("Review and export", MARKUP)
    terminal.send("p")
    terminal.wait_for("[sic]")
    terminal.send("\x1b")
    terminal.wait_for("Review and export")
    terminal.send("\x1b")
    terminal.wait_for("[2 How")
    terminal.send("\x1bOR", "sic")
    terminal.wait_for("Search", "places")
    terminal.send("\x1b")
    terminal.wait_for("[2 How")
    terminal.click("[@click=app.quit]x")
    terminal.send(CTRL["q"])
    assert terminal.wait_ended() == 0
