"""The way through the questions: back, on, around, undone, and to a whole brief."""

import io
import re
from pathlib import Path

from impactbrief.ask import ask
from impactbrief.interview import Kind
from impactbrief.toolkit.load import load
from impactbrief.workspace import Workspace
from tests.ask.room import NOW, Person, Room


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


def test_a_person_goes_on_where_they_stopped(room: Room) -> None:
    """The next time it asks what was asked last, as the wizard does."""
    out = io.StringIO()
    for lines in ("go assessment.privacy.effect_on_people\nquit\n", "Better.\n.\nquit\n"):
        ask(room.path, Person(lines), out, state=room.state, now=lambda: NOW)
    element = room.answers.assessment.get("privacy")
    assert element is not None
    assert (element.effect_on_people or "").rstrip() == "Better."


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
