"""Opening a file: what is shown and never written, what can't be opened, what is stood in for."""

import pytest

from impactbrief.answers.edits import Remove, Set
from impactbrief.errors import InputError, OutputError
from impactbrief.workspace import Workspace
from tests.workspace.desk import BRIEF, CONTEXT, Desk


def test_a_newer_format_is_shown_and_never_written(desk: Desk) -> None:
    """Read only, with the reason; not a byte of it changes."""
    text = BRIEF.replace("impactbrief: 1", "impactbrief: 2\nnew-key: x")
    desk.path.write_text(text, encoding="utf-8")
    workspace = desk.open()
    assert "format 2" in workspace.read_only
    assert workspace.value(CONTEXT) == "Begin."
    with pytest.raises(OutputError):
        workspace.edit(Set(CONTEXT, "x"))
    workspace.close()
    assert desk.text == text
    assert [path.name for path in desk.folder.iterdir()] == ["brief.yaml"]


def test_looking_takes_no_lock(desk: Desk) -> None:
    """An example is looked at without a trace."""
    workspace = desk.open(look=True)
    assert workspace.read_only
    workspace.close()
    assert [path.name for path in desk.folder.iterdir()] == ["brief.yaml"]
    assert not desk.state.exists()


def test_a_file_that_is_missing_or_broken_says_so(desk: Desk) -> None:
    """With what to do next."""
    with pytest.raises(InputError, match="no such file"):
        Workspace.open(desk.folder / "other.yaml", state=desk.state)
    desk.path.write_text("a: [", encoding="utf-8")
    with pytest.raises(InputError, match=r"brief\.yaml:1"):
        desk.open()


def test_a_bank_that_is_not_there_is_stood_in_for(desk: Desk) -> None:
    """The file can be edited all the same, and the reason is there."""
    desk.path.write_text(BRIEF + "toolkit: nowhere\n", encoding="utf-8")
    workspace = desk.open()
    assert workspace.toolkit.id == "iiat"
    assert "nowhere" in str(workspace.toolkit_problems[0])
    workspace.edit(Remove(("toolkit",)))
    assert workspace.toolkit_problems == ()
