"""Questions line by line: every kind of answer, and what is no answer, asked again."""

import io
import stat
from pathlib import Path

import pytest

from impactbrief.ask import ask
from tests.ask.room import BRIEF, Room


def test_an_answer_is_a_diff_of_that_answer(room: Room) -> None:
    """Comments and everything else stay; lines passed by change nothing."""
    room.ask("go privacy", "", "", "", "", "quit")
    assert room.path.read_text(encoding="utf-8") == BRIEF
    room.ask("go privacy", "positive", "quit")
    assert room.path.read_text(encoding="utf-8") == BRIEF.replace("negative", "positive")


@pytest.mark.parametrize(
    ("typed", "rating"),
    [("1", "strongly-negative"), ("11", "not-assessed"), ("0", "unclear"), ("-", "not-assessed"),
     ("Mixed", "mixed"), ("strongly-positive", "strongly-positive"), ("it dep", "depends")],
)  # fmt: skip
def test_a_rating_by_number_key_or_word(room: Room, typed: str, rating: str) -> None:
    """Eleven ratings, chosen as one likes."""
    element = room.ask("go integrity", typed).assessment.get("integrity")
    assert element is not None
    assert element.impact == rating


def test_what_is_no_choice_is_asked_again(room: Room) -> None:
    """With what would do; nothing is written."""
    element = room.ask("go privacy", "great", "99", "2").assessment.get("privacy")
    assert element is not None
    assert element.impact == "negative"
    assert room.said.count("none of the choices. Type a number from 1 to 11.") == 2


def test_prose_ends_with_a_dot_of_its_own(room: Room) -> None:
    """Blank lines belong to it, two dots are one, commands inside it are text."""
    answers = room.ask(
        "go privacy", "", "First line.", "", "back", "..", "Last [@x].", ".", "New words.", ".",
    )  # fmt: skip
    element = answers.assessment.get("privacy")
    assert element is not None
    assert element.effect_on_internet == "First line.\n\nback\n.\nLast [@x].\n"
    assert element.effect_on_people == "New words.\n"


def test_what_is_there_is_shown_and_kept(room: Room) -> None:
    """An empty line, or a lone dot, leaves an answer as it is."""
    answers = room.ask("go privacy", "", "", ".", "", "quit")
    assert "Your answer so far: Negative" in room.said
    assert "Your answer so far: Old words." in room.said
    element = answers.assessment.get("privacy")
    assert element is not None
    assert element.effect_on_people == "Old words.\n"


def test_the_editor_and_lines_below(room: Room) -> None:
    """`edit` hands the text to the editor, `add` puts lines below what is there."""
    seen: list[str] = []

    def editor(text: str) -> str:
        seen.append(text)
        return text.replace("Old", "Edited")

    path = "go assessment.privacy.effect_on_people"
    element = room.ask(path, "edit", editor=editor).assessment.get("privacy")
    assert seen == ["Old words."]
    assert element is not None
    assert element.effect_on_people == "Edited words.\n"
    element = room.ask(path, "add", "More.", ".").assessment.get("privacy")
    assert element is not None
    assert element.effect_on_people == "Edited words.\n\nMore.\n"


def test_a_real_editor(room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`$EDITOR` gets a private file; one that fails changes nothing."""
    script = tmp_path / "editor"
    script.write_text('#!/bin/sh\nls -l "$2" > mode\nprintf \'From %s\\n\\n\' "$1" > "$2"\n')
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"{script} 'an editor'")
    answers = room.ask("go sections.context", "edit")
    assert answers.sections.context == "From an editor"
    assert (tmp_path / "mode").read_text().startswith("-rw-------")
    monkeypatch.setenv("EDITOR", "false")
    assert room.ask("go sections.context", "edit").sections.context == "From an editor"
    assert "The editor false failed" in room.said


def test_dates_and_lines_say_what_is_wrong_and_go_on(room: Room) -> None:
    """A bad value is kept as typed, marked, and never blocks."""
    out = io.StringIO()
    lines = "go document.date\nsoon\ngo document.date\n2026-11\n"
    assert ask(room.path, io.StringIO(lines), out, state=room.state) == 0
    assert "! “soon” is not a date. Write a year" in out.getvalue()
    assert "Your answer so far: soon" in out.getvalue()
    assert room.answers.document.date == "2026-11"


def test_lists_of_words_and_of_choices(room: Room) -> None:
    """One in each line where anything goes; numbers where it doesn't."""
    answers = room.ask(
        "go document.keywords", "sender pays", "peering, transit", ".",
        "go plan.outputs", "1, 3",
        "go proposal.jurisdictions", "KR", "1", ".",
        "go sections.assumptions", "It is read as of May, as amended.", ".",
    )  # fmt: skip
    assert answers.document.keywords == ["sender pays", "peering, transit"]
    assert answers.plan.outputs == ["brief", "table"]
    assert answers.proposal.jurisdictions == ["KR", "EU"]
    assert answers.sections.assumptions == ["It is read as of May, as amended."]


def test_an_explicit_nothing(room: Room) -> None:
    """`blank` is an answer of its own where it says something; `clear` takes an answer away."""
    assert room.ask("go sections.methodology", "blank").sections.methodology == ""
    assert room.ask("go sections.methodology", "clear").sections.methodology is None


def test_go_is_a_word_too(room: Room) -> None:
    """Prose may begin with a command's word; a backslash makes any line an answer."""
    answers = room.ask(
        "go sections.context", "Go on reading.", ".", "go document.subtitle", "\\back",
        "go document.publisher", "Note that this is one", "go document.contact", "list all",
    )  # fmt: skip
    assert answers.sections.context == "Go on reading."
    assert answers.document.subtitle == "back"
    assert answers.document.publisher == "Note that this is one"
    assert answers.document.contact == "list all"


def test_a_command_inside_an_answer_is_said_to_be_text(room: Room) -> None:
    """Once in an answer: who types “quit” there is not left to wonder."""
    room.ask("go assessment.privacy.effect_on_internet", "First.", "quit", "undo", ".", "quit")
    assert room.said.count("is taken as a line of the answer") == 1
    element = room.answers.assessment.get("privacy")
    assert element is not None
    assert element.effect_on_internet == "First.\nquit\nundo\n"
