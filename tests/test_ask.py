"""The interview line by line."""

import io
import os
import re
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from impactbrief.answers.file import read_answers
from impactbrief.answers.model import Answers
from impactbrief.ask import ask
from impactbrief.interview import Kind
from impactbrief.toolkit.load import load
from impactbrief.workspace import Workspace
from tests.conftest import ROOT

BRIEF = """\
impactbrief: 1
document:
  title: A title   # kept
proposal:
  name: A bill
assessment:
  privacy:
    impact: negative
    effect_on_people: |
      Old words.
"""
NOW = datetime(2026, 11, 21, 14, 2)


class Room:
    """A folder with an answer file, and what was said in it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "brief.yaml"
        self.state = folder / "state"
        self.said = ""
        self.code = -1

    def ask(self, *lines: str, editor: Callable[[str], str] | None = None) -> Answers:
        """The answers after these lines were typed."""
        out = io.StringIO()
        typed = io.StringIO("".join(line + "\n" for line in lines))
        more: dict[str, Any] = {"editor": editor} if editor else {}
        self.code = ask(self.path, typed, out, state=self.state, now=lambda: NOW, **more)
        self.said = out.getvalue()
        return self.answers

    @property
    def answers(self) -> Answers:
        file = read_answers(self.path)
        assert file.problems == ()
        return file.answers


@pytest.fixture
def room(tmp_path: Path) -> Room:
    room = Room(tmp_path)
    room.path.write_text(BRIEF, encoding="utf-8")
    return room


# Answering ------------------------------------------------------------------------------------


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


def test_entries_are_added_changed_moved_and_removed(room: Room) -> None:
    """A list is shown with numbers; each entry is asked field by field."""
    answers = room.ask(
        "go document.authors",
        "+", "Ada", "Chapter", ".", "1", "next",
        "add", "Bo", "next",
        "+", "Cy", "next",
        "2", "Bo Example", "next",
        "move 3 1",
        "-2",
        "",
    )  # fmt: skip
    assert [author.name for author in answers.document.authors] == ["Cy", "Bo Example"]
    assert "1 Ada – Chapter" in room.said


def test_an_entry_that_is_left_empty_leaves_no_trace(room: Room) -> None:
    """Adding and saying nothing adds nothing."""
    assert room.ask("go stakeholders", "+", "next", "").stakeholders == []
    assert "stakeholders" not in room.path.read_text(encoding="utf-8")


def test_sources_by_pasting(room: Room) -> None:
    """An address becomes a reference; evidence picks from what is there."""
    answers = room.ask(
        "go references", "https://example.org/notice", "rfc 2826", "nonsense", "",
        "go assessment.privacy.evidence", "+", "2", "section 1", "next", "",
    )  # fmt: skip
    assert [reference.id for reference in answers.references] == ["example-notice", "rfc2826"]
    assert "Cite it as [@rfc2826]." in room.said
    assert "neither an address" in room.said
    element = answers.assessment.get("privacy")
    assert element is not None
    assert [(e.id, e.locator) for e in element.evidence] == [("rfc2826", "section 1")]


def test_a_parts_id_is_suggested(room: Room) -> None:
    """Enter takes it."""
    answers = room.ask("go parts", "+", "Article 34(2)", "", "next", "")
    assert [part.id for part in answers.proposal.parts] == ["article-34-2"]
    assert "Press Enter for: article-34-2" in room.said


def test_an_explicit_nothing(room: Room) -> None:
    """`blank` is an answer of its own where it says something; `clear` takes an answer away."""
    assert room.ask("go sections.methodology", "blank").sections.methodology == ""
    assert room.ask("go sections.methodology", "clear").sections.methodology is None


# Getting around -------------------------------------------------------------------------------


def test_back_skip_next_and_more(room: Room) -> None:
    """Going back never erases, and "more" asks what few need."""
    answers = room.ask(
        "go privacy", "skip", "Words.", ".", "back", "Better.", ".", "", "", "more", "1",
        "next", "quit",
    )  # fmt: skip
    element = answers.assessment.get("privacy")
    assert element is not None
    assert (element.effect_on_internet, element.confidence) == ("Better.", "high")
    assert element.impact == "negative"


def test_list_and_go(room: Room) -> None:
    """All topics with their state; by number, name or place."""
    answers = room.ask(
        "list", "go 33", "+", "", "Parliament", "next", "", "go nowhere", "go 99", "quit"
    )
    assert re.search(r"^ 21 Privacy: started, Negative$", room.said, re.MULTILINE)
    assert re.search(r"^ 33 Recommendations: open$", room.said, re.MULTILINE)
    assert answers.recommendations[0].to == "Parliament"
    assert "There is no “nowhere”" in room.said


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


def test_help_has_guidance_and_commands(room: Room) -> None:
    """For the question at hand: what it means, what to ask oneself, an example, the commands."""
    room.ask("go privacy", "?", "", "help")
    element = load().elements["privacy"]
    said = " ".join(room.said.split())
    for text in (element.meaning, element.questions[0], element.example.effect_on_internet):
        assert " ".join(text.split())[:60] in said
    assert "Place: assessment.privacy.impact" in said
    assert "edit: in your editor" in said


def test_undo_and_redo_go_where_they_act(room: Room) -> None:
    """Across topics, saying what they do."""
    answers = room.ask(
        "go integrity", "1", "go document.subtitle", "Sub", "undo", "undo", "redo", "redo", "redo",
        "quit",
    )  # fmt: skip
    assert answers.document.subtitle == "Sub"
    assert "Undone: Change Document: Subtitle." in room.said
    assert "Undone: Rate Integrity of information, applications, and services." in room.said
    assert "There is nothing to redo." in room.said


def test_undo_takes_a_text_back_as_a_whole(room: Room) -> None:
    """However many lines it has; redo gives back all of them."""
    go = "go assessment.privacy.effect_on_internet"

    def kept(*lines: str) -> str | None:
        element = room.ask(*lines, "quit").assessment.get("privacy")
        assert element is not None
        return element.effect_on_internet

    assert kept(go, "First.", "", "Second.", "Third.", ".", "undo") is None
    assert kept(go, "First.", "Second.", ".", "undo", "redo") == "First.\nSecond.\n"


def test_a_private_note(room: Room) -> None:
    """Beside the answer it is about, said to be private."""
    answers = room.ask("go privacy", "note", "Ask Bo.", ".", "quit")
    element = answers.assessment.get("privacy")
    assert element is not None
    assert [(note.text, note.about, note.date) for note in element.notes] == [
        ("Ask Bo.", "impact", "2026-11-21")
    ]


def test_the_review_lists_what_is_open(room: Room) -> None:
    """At the end: problems, gaps, and how to make the documents."""
    room.ask("go review", "")
    assert "Gaps: " in room.said
    assert "is still open" in " ".join(room.said.split())
    assert f"impactbrief render {room.path}" in " ".join(room.said.split())
    assert room.code == 0


# Files ----------------------------------------------------------------------------------------


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


def test_a_file_that_somebody_works_on_is_not_asked(room: Room) -> None:
    """It says who, and changes nothing."""
    first = Workspace.open(room.path, state=room.state)
    room.ask("go privacy", "1")
    assert "in use by" in room.said
    assert "End the work on it there" in room.said
    assert room.code == 4
    assert room.path.read_text(encoding="utf-8") == BRIEF
    first.close()


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


class Person(io.StringIO):
    """Lines that somebody types."""

    def isatty(self) -> bool:
        return True


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


def test_a_person_goes_on_where_they_stopped(room: Room) -> None:
    """The next time it asks what was asked last, as the wizard does."""
    out = io.StringIO()
    for lines in ("go assessment.privacy.effect_on_people\nquit\n", "Better.\n.\nquit\n"):
        ask(room.path, Person(lines), out, state=room.state, now=lambda: NOW)
    element = room.answers.assessment.get("privacy")
    assert element is not None
    assert (element.effect_on_people or "").rstrip() == "Better."


def test_a_command_inside_an_answer_is_said_to_be_text(room: Room) -> None:
    """Once in an answer: who types “quit” there is not left to wonder."""
    room.ask("go assessment.privacy.effect_on_internet", "First.", "quit", "undo", ".", "quit")
    assert room.said.count("is taken as a line of the answer") == 1
    element = room.answers.assessment.get("privacy")
    assert element is not None
    assert element.effect_on_internet == "First.\nquit\nundo\n"


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


# Streams --------------------------------------------------------------------------------------


def test_nothing_but_plain_lines(room: Room) -> None:
    """No cursor control, no colour, no long lines, nothing outside the stream."""
    room.ask(*["?", ""] * 30, "list", "quit")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", room.said)
    lines = [line for line in room.said.splitlines() if str(room.path.parent) not in line]
    assert max(len(line) for line in lines) <= 80  # but for a path, which can't be broken


def test_a_terminal_without_utf_8(room: Room) -> None:
    """Marks become ASCII instead of an error."""
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="ascii")
    assert ask(room.path, io.StringIO("go privacy\n?\nlist\nquit\n"), out, state=room.state) == 0
    out.flush()
    assert b'choose "It depends". "No impact" is a result too.' in raw.getvalue()
    assert b"a court's decision?" in raw.getvalue()


def test_words_of_another_language_without_their_accents(room: Room) -> None:
    """They are taken as they can be typed, and said as a plain terminal can print them."""
    room.path.write_text(BRIEF.replace("document:", "language: es\ndocument:"))
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="ascii")
    typed = io.StringIO("go privacy\nNo esta claro\nquit\n")
    assert ask(room.path, typed, out, state=room.state) == 0
    out.flush()
    assert b"No esta claro" in raw.getvalue()
    element = room.answers.assessment.get("privacy")
    assert element is not None
    assert element.impact == "unclear"


def test_a_line_that_is_not_text_is_asked_again(room: Room) -> None:
    """Bytes that are no UTF-8 end nothing, and no line behind them is lost."""
    raw = io.BytesIO(b"go document.subtitle\n\xff\xfe\nFine\nquit\n")
    typed = io.TextIOWrapper(raw, encoding="utf-8", errors="surrogateescape")
    out = io.StringIO()
    assert ask(room.path, typed, out, state=room.state) == 0
    assert "not text in UTF-8" in out.getvalue()
    assert room.answers.document.subtitle == "Fine"


ASK = """
import sys
from impactbrief.ask import ask
sys.exit(ask(sys.argv[1], sys.stdin, sys.stdout))
"""


def test_in_a_pipe(room: Room, tmp_path: Path) -> None:
    """A real process, real bytes, French and Arabic letters."""
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", ASK, str(room.path)],
        input="go document.subtitle\r\nL’Internet « ouvert » العربية\r\n".encode(),
        capture_output=True, check=False, cwd=ROOT, timeout=60,
        env=os.environ | {"XDG_STATE_HOME": str(tmp_path / "xdg")},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    assert room.answers.document.subtitle == "L’Internet « ouvert » العربية"


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


# A whole brief --------------------------------------------------------------------------------


def test_a_whole_brief_from_a_text_file_of_answers(tmp_path: Path) -> None:
    """From nothing to a brief in which every topic is done, without problems."""
    toolkit = load()
    lines = ["Sender pays", "The Act", "en"]
    lines += ["go document.date", "2026-11-21", "+", "Ada Example", "next", "", "CC-BY-4.0"]
    lines += ["go proposal.kind", "1", "in force"]
    lines += ["go proposal.jurisdictions", "KR", "."]
    lines += ["go proposal.aims", "Fair sharing of costs.", ".", "Networks pay each other.", "."]
    lines += ["go parts", "+", "Article 34", "", "1", "Fees", "next", ""]
    lines += ["+", "Operators", "4", "Free peering", "2", "no", ""]
    lines += [line for _question in toolkit.screening for line in ["harder"]]
    for element in toolkit.elements:
        lines += [f"go {element}", "2", f"Networks of {element} change.", "", "More.", "."]
        lines += ["People pay.", ".", "+", "kt-2016", "p. 4", "Fees.", ""]
    lines += ["go overall", "2", "The harm is larger than the gain.", "."]
    for side in ("made", "governs"):
        for question in toolkit.side(side):
            lines += [f"go governance.{side}.{question.id}.answer", "partly", "Some did.", "."]
    lines += ["go sections.context", "The history [@kt-2016].", "."]
    lines += ["go sections.conclusion", "It harms.", ".", "In short.", "."]
    lines += ["go recommendations", "+", "Remove it.", ".", "Parliament", "amend", "1", "high"]
    lines += ["next", ""]
    lines += ["go references", '{"id": "kt-2016", "type": "report", "title": "Notice"}', ""]
    lines += ["go review", ""]
    script = tmp_path / "answers.txt"
    script.write_text("\n".join(lines) + "\n", encoding="utf-8")
    out = io.StringIO()
    path = tmp_path / "brief.yaml"
    with script.open(encoding="utf-8") as typed:
        assert ask(path, typed, out, state=tmp_path / "state", now=lambda: NOW) == 0
    workspace = Workspace.open(path, look=True)
    assert workspace.file.problems == ()
    undone = [
        topic.id for topic in workspace.interview.topics
        if topic.counts and topic.state.value != "done"
    ]  # fmt: skip
    assert undone == []
    assert "Problems to fix: 0" in out.getvalue()
    answers = workspace.answers
    assert len(list(answers.screening.items())) == len(toolkit.screening)
    assert answers.recommendations[0].because == ["accessible-infrastructure"]
    assert answers.stakeholders[0].took_part == "no"
    kinds = {step.kind for topic in workspace.interview.topics for step in topic.steps}
    assert kinds == set(Kind) - {Kind.FLAG, Kind.OTHER}
