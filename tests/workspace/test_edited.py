"""Editing an open file: changes, drafts, undoing, and what is cleaned on its way in."""

import pytest

from impactbrief.answers.edits import Insert, Set
from impactbrief.errors import InputError
from impactbrief.workspace import Changed
from impactbrief.yamltext import read
from tests.workspace.desk import BRIEF, CONCLUSION, CONTEXT, Desk


def test_an_edit_is_seen_told_and_undone(desk: Desk) -> None:
    """A change shows in the values, is told to listeners with its place, and can be taken back."""
    workspace = desk.open()
    told: list[Changed] = []
    workspace.listeners.append(told.append)
    workspace.edit(Set(("assessment", "common-identifiers", "impact"), "negative"))
    assert workspace.value(("assessment", "common-identifiers", "impact")) == "negative"
    assert workspace.assessment.by_id["common-identifiers"].state == "started"
    assert workspace.undo_label == "Rate Common global identifiers"
    workspace.undo()
    assert workspace.text == BRIEF
    assert workspace.assessment.by_id["common-identifiers"].state == "open"
    workspace.redo()
    assert [(each.origin, each.path[-1]) for each in told] == [
        ("edit", "impact"), ("undo", "impact"), ("redo", "impact"),
    ]  # fmt: skip
    assert workspace.revision == 3


def test_an_edit_that_cannot_be_made_changes_nothing(desk: Desk) -> None:
    """Neither the text nor the history nor the journal."""
    workspace = desk.open()
    with pytest.raises(IndexError):
        workspace.edit(Insert(("annexes",), 4, {"title": "x"}))
    with pytest.raises(InputError):
        workspace.edit(Set((*CONTEXT, "below"), "text can't hold this"))
    assert workspace.text == BRIEF
    assert workspace.undo_label is None
    assert not workspace.state.pending


def test_typed_text_is_cleaned_on_its_way_in(desk: Desk) -> None:
    """Control characters never reach the file; several lines become one in a line field. Letters
    stay as they were typed, composed or not."""
    workspace = desk.open()
    workspace.write(CONTEXT, "One\r\ntwo\x07 e\u0301\u2028three")
    assert workspace.value(CONTEXT) == "One\ntwo e\u0301\nthree\n"
    assert workspace.shown(CONTEXT) == "One\ntwo e\u0301\nthree"
    workspace.write(("document", "title"), " Two\nlines ", lines=False)
    assert workspace.value(("document", "title")) == "Two lines"
    workspace.write(CONTEXT, "  \n")
    assert workspace.value(CONTEXT) is None


def test_a_note_and_a_reference(desk: Desk) -> None:
    """Both go into their lists; a reference's id is its own."""
    workspace = desk.open()
    workspace.add_note(("sections",), "Ask Bo.", by="Ada", about="context")
    assert workspace.value(("sections", "notes")) == [
        {"by": "Ada", "date": "2026-11-21", "about": "context", "text": "Ask Bo."}
    ]
    assert workspace.add_reference({"id": "kt", "type": "report"}) == "kt"
    assert workspace.add_reference({"id": "kt", "type": "webpage"}) == "kt-2"
    assert not workspace.file.problems


def test_what_is_drafted_is_known_before_it_is_in_the_text(desk: Desk) -> None:
    """A draft costs no reading of the file; values know it, and every other change settles it."""
    workspace = desk.open()
    for text in ("E", "En", "End"):
        workspace.draft(CONCLUSION, text)
    assert workspace.text == BRIEF
    assert workspace.value(CONCLUSION) == "End"
    assert workspace.state.pending == 1
    assert workspace.undo_label == "Change Text: Conclusion"
    workspace.edit(Set(("document", "subtitle"), "Sub"))
    assert read(workspace.text).value["sections"]["conclusion"] == "End"  # type: ignore[index,call-overload]
    workspace.undo()
    workspace.undo()
    assert workspace.text == BRIEF


def test_drafts_become_changes_as_typing_does(desk: Desk) -> None:
    """A pause, a new line and a deletion begin a new change to undo."""
    workspace = desk.open()
    workspace.draft(CONTEXT, "Begin. One")
    desk.clock.seconds += 3
    workspace.draft(CONTEXT, "Begin. One two")
    workspace.draft(CONTEXT, "Begin. One tw")
    workspace.draft(CONTEXT, "Begin. One tw\n")
    seen = []
    while workspace.undo() is not None:
        seen.append(workspace.shown(CONTEXT))
    assert seen == ["Begin. One two", "Begin. One", "Begin."]


def test_a_draft_is_written_as_its_question_wants(desk: Desk) -> None:
    """A pasted line end in a title is a blank; a year is a number without quotes."""
    workspace = desk.open()
    workspace.draft(("document", "title"), "One\nline")
    workspace.draft(("document", "date"), "2022")
    workspace.draft(("document", "authors", 0, "name"), "Ada")
    workspace.settle()
    assert "  title: One line\n  date: 2022\n" in workspace.text
    assert workspace.answers.document.authors[0].name == "Ada"


def test_a_draft_that_says_nothing_new_is_no_change(desk: Desk) -> None:
    """Leaving a box without typing leaves nothing to save."""
    workspace = desk.open()
    workspace.draft(CONTEXT, "Begin.")
    assert not workspace.state.pending
    assert workspace.settle() is None


def test_a_blank_that_came_to_nothing_leaves_nothing(desk: Desk) -> None:
    """A space typed behind a title and taken away by the cleaning: no change, no journal."""
    workspace = desk.open()
    workspace.draft(("document", "title"), "A title ")
    assert workspace.state.pending
    workspace.settle()
    assert not workspace.state.pending
    assert workspace.due_at() is None
    assert list(desk.state.glob("*.jsonl")) == []
