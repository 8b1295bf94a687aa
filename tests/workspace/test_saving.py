"""Saving: when it is due, what it writes, and disks and folders that refuse it."""

import errno
import os
import resource
import signal
import threading
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from impactbrief.answers.edits import Set
from impactbrief.workspace import Autosave, SaveState
from tests.workspace.desk import BRIEF, CONCLUSION, CONTEXT, Desk, in_child


def test_a_save_is_due_soon_after_the_last_change(desk: Desk) -> None:
    """0.8 s after the last change; while changes never stop, 5 s after the first."""
    workspace = desk.open()
    assert not workspace.due()
    workspace.edit(Set(CONCLUSION, "x"))
    assert workspace.due_at() == pytest.approx(100.8)
    desk.clock.seconds = 100.79
    assert not workspace.due()
    assert workspace.due(100.81)
    while desk.clock.seconds < 104.9:
        desk.clock.seconds += 0.5
        workspace.draft(CONTEXT, "Begin." + "x" * int(desk.clock.seconds))
    assert workspace.due_at() == pytest.approx(105.0)
    workspace.save()
    assert workspace.due_at() is None


def test_a_save_writes_the_text_and_keeps_the_old_one(desk: Desk) -> None:
    """The file says the text; a copy from the sitting's start lies beside it; the journal goes."""
    workspace = desk.open()
    (desk.folder / "brief.yaml~").write_text("from another day")
    workspace.edit(Set(CONCLUSION, "One."))
    assert len(desk.journals) == 1
    state = workspace.save()
    assert (state.pending, state.failed, state.words(desk.clock.wall().date())) == (
        0, "", "Saved 14:02",
    )  # fmt: skip
    assert desk.text == workspace.text != BRIEF
    assert desk.journals == []
    workspace.edit(Set(CONCLUSION, "Two."))
    workspace.save()
    assert (desk.folder / "brief.yaml~").read_text(encoding="utf-8") == BRIEF
    assert workspace.close() == workspace.state
    assert sorted(path.name for path in desk.folder.iterdir()) == ["brief.yaml", "brief.yaml~"]


def test_undo_back_to_the_file_leaves_nothing_to_save(desk: Desk) -> None:
    """What is saved is what is there, however it came about."""
    workspace = desk.open()
    workspace.edit(Set(CONCLUSION, "One."))
    workspace.undo()
    assert workspace.begin_save() is None
    workspace.close()
    assert desk.journals == []
    assert [path.name for path in desk.folder.iterdir()] == ["brief.yaml"]


def test_typing_goes_on_while_a_save_runs(desk: Desk) -> None:
    """A save runs in any thread; what is typed meanwhile stays in the journal and unsaved."""
    workspace = desk.open()
    workspace.edit(Set(CONCLUSION, "One."))
    first = workspace.text
    job = workspace.begin_save()
    assert job is not None
    thread = threading.Thread(target=job.run)
    thread.start()
    workspace.edit(Set(CONCLUSION, "Two."))
    assert workspace.state.saving
    thread.join()
    state = workspace.end_save(job)
    assert desk.text == first
    assert (state.pending, state.saving) == (1, False)
    desk.crash(workspace)
    again = desk.open()
    assert again.recovery is not None
    assert again.recovery.count == 1
    again.restore()
    assert again.value(CONCLUSION) == "Two."


def test_a_second_save_waits_for_the_first(desk: Desk) -> None:
    """A signal that saves while a save is under way, or was never run, loses nothing."""
    workspace = desk.open()
    workspace.edit(Set(CONCLUSION, "One."))
    job = workspace.begin_save()
    assert job is not None
    workspace.edit(Set(CONCLUSION, "Two."))
    assert workspace.save().pending == 0
    assert desk.text == workspace.text
    assert workspace.end_save(job).failed == ""


def test_a_full_disk_leaves_the_words_in_the_journal(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is as it was, the state says why and where the words are; later all is well."""
    workspace = desk.open()
    workspace.edit(Set(CONCLUSION, "One."))

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr("impactbrief.answers.file.os.fsync", full)
        state = workspace.save()
    assert "No space left" in state.failed
    assert state.journal == desk.journals[0]
    assert desk.text == BRIEF
    assert [path.name for path in desk.folder.iterdir() if "tmp" in path.name] == []
    assert not workspace.due()
    desk.clock.seconds += 5.1
    assert workspace.due()
    assert not workspace.save().failed
    assert desk.text == workspace.text


def test_a_disk_that_is_really_full(desk: Desk) -> None:
    """In a process that may write no more: the sitting goes on, says so, and saves later."""

    def child() -> None:
        workspace = desk.open()
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, resource.RLIM_INFINITY))
        workspace.edit(Set(CONCLUSION, "y" * 1500))
        workspace.edit(Set(("sections", "abstract"), "x" * 1500))
        state = workspace.save()
        assert "too large" in state.failed, state
        assert state.at_risk
        assert "not saved anywhere yet" in state.words()
        assert desk.text == BRIEF
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        state = workspace.close()
        assert (state.failed, state.pending) == ("", 0), state
        assert desk.text == workspace.text

    assert in_child(child) == 0


def test_a_folder_that_is_gone(desk: Desk) -> None:
    """The words stay in the journal, and are offered when the folder is back."""
    workspace = desk.open()
    workspace.edit(Set(CONCLUSION, "One."))
    elsewhere = desk.folder.rename(desk.folder.with_name("moved"))
    state = workspace.close()
    assert state.failed
    assert state.journal is not None
    elsewhere.rename(desk.folder)
    desk.crash(workspace)
    again = desk.open()
    assert again.recovery is not None
    again.restore()
    assert again.value(CONCLUSION) == "One."


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_folder_that_is_read_only(desk: Desk) -> None:
    """The lock lies with the state then, a save says why it fails, and the words are kept."""
    desk.folder.chmod(0o555)
    try:
        workspace = desk.open()
        assert not workspace.read_only
        workspace.edit(Set(CONCLUSION, "One."))
        state = workspace.save()
        assert "Permission denied" in state.failed
        assert state.journal is not None
    finally:
        desk.folder.chmod(0o755)


def test_a_journal_that_cannot_be_written_is_said(desk: Desk) -> None:
    """Typing goes on; the state tells that the words are in memory alone; a save ends that."""
    desk.state.write_text("a file where a folder should be")
    workspace = desk.open()
    workspace.edit(Set(CONCLUSION, "One."))
    before, after = workspace.state, workspace.save()
    assert before.at_risk
    assert (after.pending, after.at_risk) == (0, False)
    assert desk.text == workspace.text


def test_the_state_in_words() -> None:
    """One line for each state."""
    at = datetime(2026, 11, 21, 14, 2)
    assert SaveState(saved_at=at).words(at.date()) == "Saved 14:02"
    assert SaveState(saved_at=at).words(datetime(2026, 11, 22).date()) == "Saved 2026-11-21 14:02"
    assert SaveState(pending=2).words() == "Not saved yet"
    assert SaveState(read_only="Ada has it").words() == "Read only: Ada has it"
    kept = SaveState(pending=1, failed="disk full", journal=Path("/j"))
    assert kept.words() == "Cannot save: disk full. Your text is kept in /j"
    assert "not saved anywhere yet" in replace(kept, journal_failed="disk full").words()


def test_autosave_is_data() -> None:
    """When a save is due follows from three times alone."""
    policy = Autosave(pause=1, longest=4, retry=10)
    assert policy.at(None, None, None) is None
    assert policy.at(0, 0, None) == 1
    assert policy.at(0, 9, None) == 4
    assert policy.at(0, 0, 5) == 15
