"""Changes from outside: taken over, joined or decided, and never written over in silence."""

import os

import pytest

from impactbrief.answers.edits import Set
from impactbrief.answers.file import read_answers
from impactbrief.errors import OutputError
from impactbrief.workspace import Changed, Workspace
from impactbrief.workspace import journal as journals
from tests.workspace.desk import BRIEF, CONCLUSION, CONTEXT, Desk


def test_a_change_outside_is_taken_over_where_nothing_is_unsaved(desk: Desk) -> None:
    """The new text is shown and told; undo starts anew, so it can't undo another's work."""
    workspace = desk.open()
    workspace.edit(Set(CONCLUSION, "One."))
    workspace.save()
    told: list[Changed] = []
    workspace.listeners.append(told.append)
    assert not workspace.look_outside()
    desk.path.write_text(desk.text.replace("A title", "Their title"), encoding="utf-8")
    assert workspace.look_outside()
    assert workspace.value(("document", "title")) == "Their title"
    assert [each.origin for each in told] == ["outside"]
    assert workspace.undo() is None
    workspace.edit(Set(CONCLUSION, "Two."))
    assert not workspace.save().failed


def test_a_touched_file_is_no_change(desk: Desk) -> None:
    """The same bytes with a new date don't disturb anybody."""
    workspace = desk.open()
    os.utime(desk.path, (1, 1))
    assert not workspace.look_outside()


OUTSIDE = {
    "another answer": BRIEF.replace("A title", "Their title"),
    "the same answer": BRIEF.replace("Begin.", "Theirs."),
    "no YAML": "impactbrief: 1\ndocument: [Theirs.",
    "a newer format": BRIEF.replace("impactbrief: 1", "impactbrief: 99"),
    "gone": None,
}


def conflicting(desk: Desk, outside: str, *, notice: str) -> Workspace:
    """A sitting with unsaved words, and another version on disk."""
    workspace = desk.open()
    workspace.edit(Set(CONTEXT, "Mine."))
    text = OUTSIDE[outside]
    if text is None:
        desk.path.unlink()
    else:
        desk.path.write_text(text, encoding="utf-8")
    if notice == "save":
        workspace.save()
    else:
        workspace.look_outside()
    return workspace


@pytest.mark.parametrize("outside", OUTSIDE)
@pytest.mark.parametrize("notice", ["save", "look"])
def test_nothing_is_overwritten_silently(desk: Desk, outside: str, notice: str) -> None:
    """With unsaved words here and another version there, nothing is saved and all is kept."""
    workspace = conflicting(desk, outside, notice=notice)
    assert workspace.conflict is not None or workspace.read_only
    workspace.save()
    found = desk.text if desk.path.exists() else None
    assert found == OUTSIDE[outside]
    assert workspace.value(CONTEXT) == "Mine."
    assert not workspace.due(1e9)
    kept = journals.replay(desk.journals[0])
    assert kept is not None
    assert "Mine." in kept.text


@pytest.mark.parametrize("outside", ["another answer", "the same answer", "no YAML", "gone"])
@pytest.mark.parametrize("choice", ["both", "theirs", "mine", "join"])
def test_every_choice_keeps_the_words_of_both(desk: Desk, outside: str, choice: str) -> None:
    """Whatever is chosen, both versions can be got back."""
    workspace = conflicting(desk, outside, notice="save")
    text = OUTSIDE[outside]
    match choice:
        case "both":
            mine = workspace.keep_both()
            assert mine.name == "brief (my version).yaml"
            assert read_answers(mine).answers.sections.context == "Mine."
        case "theirs" if outside in ("no YAML", "gone"):
            with pytest.raises(OutputError):
                workspace.take_theirs()
            return
        case "theirs":
            workspace.take_theirs()
            assert workspace.text == text
            assert not workspace.state.pending
            workspace.undo()
            assert workspace.value(CONTEXT) == "Mine."
            return
        case "mine":
            workspace.keep_mine()
            assert workspace.value(CONTEXT) == "Mine."
        case "join":
            workspace.merge()
            if outside == "another answer":
                assert workspace.value(CONTEXT) == "Mine."
                assert workspace.value(("document", "title")) == "Their title"
            if outside == "the same answer":
                assert workspace.value(CONTEXT) == "Theirs."
    assert workspace.conflict is None
    assert workspace.state.pending or choice == "both" or outside == "the same answer"
    workspace.save()
    assert desk.text == workspace.text
    if choice == "mine" and text is not None and outside != "no YAML":
        workspace.undo()
        assert workspace.text == text
    if outside == "no YAML":
        copies = [path for path in desk.folder.iterdir() if "other version" in path.name]
        assert [path.read_text(encoding="utf-8") for path in copies] == [text]


def test_joining_takes_mine_where_it_is_told_to(desk: Desk) -> None:
    """Of answers that both changed, the user picks."""
    workspace = conflicting(desk, "the same answer", notice="save")
    workspace.merge([CONTEXT])
    assert workspace.value(CONTEXT) == "Mine."


def test_a_decided_conflict_survives_a_crash(desk: Desk) -> None:
    """What was chosen is in the journal before it is in the file."""
    workspace = conflicting(desk, "another answer", notice="save")
    workspace.merge()
    desk.crash(workspace)
    again = desk.open()
    again.restore()
    assert again.value(CONTEXT) == "Mine."
    assert again.value(("document", "title")) == "Their title"


def test_my_version_never_replaces_a_file(desk: Desk) -> None:
    """A second time it gets a number."""
    (desk.folder / "brief (my version).yaml").write_text("another day")
    workspace = conflicting(desk, "the same answer", notice="save")
    assert workspace.keep_both().name == "brief (my version 2).yaml"
