"""One sitting over one answer file, and everything that may go wrong in it."""

import errno
import json
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from impactbrief.answers.edits import Insert, Remove, Set
from impactbrief.answers.file import read_answers
from impactbrief.errors import InputError, OutputError
from impactbrief.workspace import (
    Autosave,
    Changed,
    Recent,
    SaveState,
    Workspace,
    forget,
    new_file,
    recent,
    sitting,
)
from impactbrief.workspace import journal as journals
from impactbrief.workspace.lock import ABANDONED, Lock, Owner
from impactbrief.workspace.recent import remember
from impactbrief.yamltext import read
from tests.conftest import ROOT

BRIEF = """\
# mine, not printed
impactbrief: 1
document:
  title: A title
proposal:
  name: A bill   # the name
sections:
  context: Begin.
x-own: kept
"""
CONTEXT = ("sections", "context")
CONCLUSION = ("sections", "conclusion")


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds

    def wall(self) -> datetime:
        return datetime(2026, 11, 21, 14, 2) + timedelta(seconds=self.seconds - 100)


class Desk:
    """A folder with an answer file, a folder for state, and a clock."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "work"
        self.folder.mkdir()
        self.state = folder / "state"
        self.path = self.folder / "brief.yaml"
        self.path.write_text(BRIEF, encoding="utf-8")
        self.clock = Clock()
        self.open_ones: list[Workspace] = []

    def open(self, **more: Any) -> Workspace:
        workspace = Workspace.open(
            self.path, state=self.state, clock=self.clock, now=self.clock.wall, **more
        )
        self.open_ones.append(workspace)
        return workspace

    def crash(self, workspace: Workspace) -> None:
        """Leaves a sitting as a crash would: the journal stays, the lock is stale."""
        lock = self.folder / ".brief.yaml.lock"
        owner = json.loads(lock.read_text()) | {"started": "another process"}
        lock.write_text(json.dumps(owner))
        workspace._keeping.journal._close()

    @property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @property
    def journals(self) -> list[Path]:
        return sorted(self.state.glob("*.jsonl"))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    for workspace in desk.open_ones:
        workspace._keeping.journal._close()


# Editing --------------------------------------------------------------------------------------


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


def test_words_in_the_state_folder_are_private(desk: Desk) -> None:
    """Only the user may read a journal."""
    workspace = desk.open()
    workspace.edit(Set(CONCLUSION, "One."))
    assert desk.state.stat().st_mode & 0o077 == 0
    assert desk.journals[0].stat().st_mode & 0o077 == 0


def test_a_draft_that_says_nothing_new_is_no_change(desk: Desk) -> None:
    """Leaving a box without typing leaves nothing to save."""
    workspace = desk.open()
    workspace.draft(CONTEXT, "Begin.")
    assert not workspace.state.pending
    assert workspace.settle() is None


# Saving ---------------------------------------------------------------------------------------


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


# Crashes and recovery -------------------------------------------------------------------------


def in_child(what: Callable[[], None]) -> int:
    """What a forked process ends with: 0, 1 for an exception, minus the signal that killed it."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            what()
            code = 0
        except BaseException as error:
            sys.stderr.write(f"{type(error).__name__}: {error}\n")
        finally:
            os._exit(code)
    status = os.waitpid(pid, 0)[1]
    return os.waitstatus_to_exitcode(status)


def test_a_killed_sitting_is_offered_again(desk: Desk) -> None:
    """After kill -9 every change is there: counted, listed, restored as one change, undone."""

    def child() -> None:
        workspace = desk.open()
        workspace.edit(Set(("assessment", "privacy", "impact"), "negative"))
        workspace.write(CONTEXT, "Begin again.\n\nAnd more.")
        workspace.draft(CONCLUSION, "Not yet fin")
        os.kill(os.getpid(), signal.SIGKILL)

    assert in_child(child) == -signal.SIGKILL
    assert desk.text == BRIEF
    workspace = desk.open()
    assert not workspace.read_only
    recovery = workspace.recovery
    assert recovery is not None
    assert (recovery.count, recovery.untouched) == (3, True)
    assert recovery.since == desk.clock.wall()
    assert recovery.words().startswith("Not saved in the file: 3 changes (")
    assert {change.path for change in recovery.changes} >= {CONTEXT, CONCLUSION}
    assert {str(difference.path[0]) for difference in recovery.differences} == {
        "assessment", "sections",
    }  # fmt: skip
    workspace.restore()
    assert workspace.recovery is None
    assert workspace.value(CONCLUSION) == "Not yet fin"
    assert workspace.shown(CONTEXT) == "Begin again.\n\nAnd more."
    assert workspace.undo_label == "Restore: 3 changes"
    restored = workspace.text
    workspace.undo()
    assert workspace.text == BRIEF
    workspace.redo()
    workspace.close()
    assert desk.text == restored
    assert desk.journals == []


def test_a_blank_that_came_to_nothing_is_nothing_after_a_crash(desk: Desk) -> None:
    """Neither does it count as a change, nor does it get into an entry that moved up."""

    def child() -> None:
        workspace = desk.open()
        workspace.edit(Insert(("glossary",), 0, {"term": "Peering"}))
        workspace.edit(Insert(("glossary",), 1, {"term": "Transit"}))
        title = workspace.shown(("document", "title"))
        workspace.draft(("document", "title"), f"{title} ")
        workspace.draft(("glossary", 0, "term"), "Peering ")
        workspace.edit(Remove(("glossary", 0)))
        workspace.draft(("document", "title"), f"{title} ")
        os.kill(os.getpid(), signal.SIGKILL)

    assert in_child(child) == -signal.SIGKILL
    workspace = desk.open()
    assert workspace.recovery is not None
    assert workspace.recovery.count == 3
    workspace.restore()
    assert workspace.value(("glossary",)) == [{"term": "Transit"}]


def test_words_typed_last_are_still_offered(desk: Desk) -> None:
    """A text that is begun anew, or emptied, is a change, however few its letters."""

    def child() -> None:
        workspace = desk.open()
        workspace.draft(CONCLUSION, "N")
        workspace.draft(CONTEXT, "")
        os.kill(os.getpid(), signal.SIGKILL)

    assert in_child(child) == -signal.SIGKILL
    workspace = desk.open()
    workspace.restore()
    assert workspace.shown(CONCLUSION) == "N"
    assert not workspace.shown(CONTEXT)


def test_what_was_restored_survives_another_crash(desk: Desk) -> None:
    """Between restoring and saving the words are in the new journal."""
    first = desk.open()
    first.edit(Set(CONCLUSION, "One."))
    desk.crash(first)
    second = desk.open()
    second.restore()
    assert len(desk.journals) == 1
    desk.crash(second)
    third = desk.open()
    third.restore()
    assert third.value(CONCLUSION) == "One."


def test_discarding_is_for_good(desk: Desk) -> None:
    """Whoever gives the changes up is not asked again."""
    first = desk.open()
    first.edit(Set(CONCLUSION, "One."))
    desk.crash(first)
    second = desk.open()
    second.discard()
    assert (second.recovery, desk.journals) == (None, [])


def test_who_does_not_decide_is_asked_again(desk: Desk) -> None:
    """An undecided recovery waits, however often the file is opened; new words go beside it."""
    first = desk.open()
    first.edit(Set(CONCLUSION, "One."))
    desk.crash(first)
    for number in range(4):
        again = desk.open()
        assert again.recovery is not None
        again.edit(Set(("document", "version"), f"{number}"))
        again.close()
    last = desk.open()
    last.restore()
    assert last.value(CONCLUSION) == "One."
    assert last.value(("document", "version")) == "3"
    assert last.conflict is None


def test_two_crashed_sittings_are_both_offered(desk: Desk) -> None:
    """One after the other, the older first."""
    first = desk.open()
    first.edit(Set(CONCLUSION, "One."))
    desk.crash(first)
    desk.journals[0].rename(desk.state / desk.journals[0].name.replace("2026", "2025", 1))
    second = desk.open()
    second.edit(Set(CONTEXT, "Two."))
    desk.crash(second)
    third = desk.open()
    third.restore()
    assert third.recovery is not None
    third.restore()
    assert (third.value(CONCLUSION), third.value(CONTEXT)) == ("One.", "Two.")


@pytest.mark.parametrize(
    "damage", [b'{"at": "2026-11-21T14', b"\0" * 700, b"\xff\xfe\n{}\n", b"[]\n"]
)
def test_a_torn_end_costs_only_itself(desk: Desk, damage: bytes) -> None:
    """A power cut may leave half a line, zeros or rubbish: all that came before counts."""
    first = desk.open()
    first.edit(Set(CONCLUSION, "One."))
    first.edit(Set(("sections", "abstract"), "Two."))
    desk.crash(first)
    journal = desk.journals[0]
    journal.write_bytes(journal.read_bytes() + damage)
    second = desk.open()
    assert second.recovery is not None
    assert second.recovery.replay.torn
    second.restore()
    assert second.text == first.text


def test_every_cut_of_a_journal_gives_a_beginning_of_the_sitting(desk: Desk) -> None:
    """Wherever the journal ends, what is offered is the text after some change, never a mixture."""
    workspace = desk.open()
    states = [workspace.text]
    for text in ("One.", "One. Two\nlines.", "Ö – “three”"):
        workspace.edit(Set(CONCLUSION, text))
        states.append(workspace.text)
    workspace.undo()
    states.append(workspace.text)
    journal = desk.journals[0]
    data = journal.read_bytes()
    cut = desk.state / "cut.jsonl"
    for length in range(0, len(data), 7):
        cut.write_bytes(data[:length])
        told = journals.replay(cut)
        assert told is None or told.text in states
    assert journals.replay(journal).text == states[-1]  # type: ignore[union-attr]


def test_a_line_that_is_missing_ends_what_counts(desk: Desk) -> None:
    """Changes after a gap could land in the wrong place, so they are left out."""
    workspace = desk.open()
    states = []
    for number in range(4):
        workspace.edit(Insert(("document", "keywords"), 0, f"word {number}"))
        states.append(workspace.text)
    lines = desk.journals[0].read_bytes().splitlines(keepends=True)
    del lines[2]
    cut = desk.state / "cut.jsonl"
    cut.write_bytes(b"".join(lines))
    told = journals.replay(cut)
    assert told is not None
    assert (told.text, told.torn) == (states[0], True)


@pytest.mark.parametrize("content", [b"", b"\0\0\0", b"{}", b"[" * 100_000, b'{"journal": 99}\n'])
def test_a_journal_that_is_none_is_set_aside(desk: Desk, content: bytes) -> None:
    """It doesn't stop anybody, is never deleted unless empty, and is named."""
    desk.open().close()
    desk.state.mkdir(exist_ok=True)
    path = desk.state / f"{journals.key_of(desk.path)}.20200101T000000-1.jsonl"
    path.write_bytes(content)
    workspace = desk.open()
    assert workspace.recovery is None
    assert len(workspace.set_aside) == bool(content)
    assert [kept.read_bytes() for kept in workspace.set_aside] == [content] * bool(content)


def test_a_journal_that_brings_the_program_down_is_not_read_for_ever(desk: Desk) -> None:
    """It is renamed before it is read: after two crashes it is left alone, and named."""
    first = desk.open()
    first.edit(Set(CONCLUSION, "One."))
    desk.crash(first)

    def dies() -> None:
        sitting.journals.replay = lambda _path: os._exit(7)  # type: ignore[attr-defined]
        desk.open()

    assert in_child(dies) == 7
    assert in_child(dies) == 7
    workspace = desk.open()
    assert workspace.recovery is None
    assert len(workspace.set_aside) == 1
    assert "One." in workspace.set_aside[0].read_text(encoding="utf-8")


def test_killed_at_every_step_of_a_save(desk: Desk) -> None:
    """The file is the old text or the new, whole; what isn't in it is in the journal."""
    step = 0
    died = True
    while died:
        step += 1
        desk.path.write_text(BRIEF, encoding="utf-8")

        def child(last: int = step) -> None:
            workspace = desk.open()
            workspace.edit(Set(CONCLUSION, "One."))
            workspace.edit(Set(("sections", "abstract"), "Two."))
            left = last

            def hook(event: str, _args: object) -> None:
                nonlocal left
                if event in ("open", "os.rename", "os.remove", "os.chmod", "tempfile.mkstemp",
                             "os.listdir", "os.scandir"):  # fmt: skip
                    left -= 1
                    if not left:
                        os.kill(os.getpid(), signal.SIGKILL)

            sys.addaudithook(hook)
            workspace.save()

        died = in_child(child) == -signal.SIGKILL
        workspace = desk.open()
        assert not workspace.read_only
        assert workspace.set_aside == ()
        if workspace.text == BRIEF:
            assert workspace.recovery is not None, f"step {step}"
            workspace.restore()
        assert workspace.recovery is None, f"step {step}"
        assert workspace.value(CONCLUSION) == "One."
        assert workspace.value(("sections", "abstract")) == "Two."
        workspace.close()
        assert not desk.journals
    assert step > 8


CHILD = """
import sys, time
from pathlib import Path
from impactbrief.workspace import Workspace
workspace = Workspace.open(sys.argv[1], state=Path(sys.argv[2]))
typed = "Begin."
for number in range(100000):
    typed += f" w{number}"
    if number % 17 == 16:
        typed += "\\n"
    workspace.draft(("sections", "context"), typed)
    print(number, flush=True)
    if workspace.due():
        workspace.save()
    time.sleep(0.003)
"""


@pytest.mark.parametrize("after", [0.05, 0.4, 1.1])
def test_kill_9_while_typing_loses_nothing_that_was_taken(desk: Desk, after: float) -> None:
    """Every word whose key press had returned is in the file or in the journal."""
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(desk.path), str(desk.state)],
        stdout=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip
    assert child.stdout is not None
    child.stdout.readline()
    time.sleep(after)
    child.kill()
    last = [int(line) for line in child.communicate()[0].split() if line][-1]
    workspace = Workspace.open(desk.path, state=desk.state)
    while workspace.recovery is not None:
        workspace.restore()
    words = str(workspace.value(CONTEXT)).split()
    assert words[: last + 2] == ["Begin.", *(f"w{number}" for number in range(last + 1))]
    assert workspace.conflict is None
    workspace.close()


def test_recovery_joins_what_others_wrote_meanwhile(desk: Desk) -> None:
    """Where the file was changed after the crash, other answers are joined."""
    first = desk.open()
    first.edit(Set(CONCLUSION, "Mine."))
    desk.crash(first)
    desk.path.write_text(BRIEF.replace("A title", "Their title"), encoding="utf-8")
    second = desk.open()
    assert second.recovery is not None
    assert not second.recovery.untouched
    second.restore()
    assert second.conflict is None
    assert second.value(CONCLUSION) == "Mine."
    assert second.value(("document", "title")) == "Their title"


def test_recovery_of_the_same_answer_is_a_conflict(desk: Desk) -> None:
    """Where both changed one answer, both are there and nothing is saved before the choice."""
    first = desk.open()
    first.edit(Set(CONTEXT, "Mine."))
    desk.crash(first)
    theirs = BRIEF.replace("Begin.", "Theirs.")
    desk.path.write_text(theirs, encoding="utf-8")
    second = desk.open()
    second.restore()
    assert second.conflict is not None
    assert [(d.path, d.mine, d.theirs) for d in second.conflict.differences] == [
        (CONTEXT, "Mine.", "Theirs.")
    ]
    second.save()
    assert desk.text == theirs
    second.keep_mine()
    second.save()
    assert read_answers(desk.path).answers.sections.context == "Mine."


# Locks ----------------------------------------------------------------------------------------


def test_a_second_sitting_only_reads(desk: Desk) -> None:
    """It says whose lock it is, refuses changes, and follows what the first one saves."""
    first = desk.open()
    second = desk.open()
    assert second.lock_owner is not None
    assert second.lock_owner.pid == os.getpid()
    assert "in use by" in second.read_only
    assert second.state.words().startswith("Read only: ")
    with pytest.raises(OutputError) as caught:
        second.edit(Set(CONCLUSION, "x"))
    assert "in use by" in str(caught.value)
    assert second.begin_save() is None
    first.edit(Set(CONCLUSION, "One."))
    first.save()
    assert second.look_outside()
    assert second.value(CONCLUSION) == "One."
    second.close()
    assert first._lock is not None
    assert first._lock.ours
    first.close()
    assert not desk.open().read_only


def test_a_second_sitting_leaves_the_journal_of_the_first_alone(desk: Desk) -> None:
    """It belongs to a sitting that lives, and is nothing to recover."""
    first = desk.open()
    first.edit(Set(CONCLUSION, "One."))
    before = desk.journals
    second = desk.open()
    assert second.recovery is None
    second.close()
    assert desk.journals == before


def test_the_lock_of_another_process(desk: Desk) -> None:
    """Held while it lives; gone with it, even after kill -9."""
    code = CHILD.replace("for number in range(100000):", "print('open', flush=True)\nwhile True:\n"
                         "    time.sleep(9)\nfor number in []:")  # fmt: skip
    child = subprocess.Popen(
        [sys.executable, "-c", code, str(desk.path), str(desk.state)],
        stdout=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip
    assert child.stdout is not None
    child.stdout.readline()
    held = desk.open()
    assert held.lock_owner is not None
    assert held.lock_owner.pid == child.pid
    child.kill()
    child.communicate()
    assert not desk.open().read_only


@pytest.mark.parametrize(
    ("owner", "age", "stale"),
    [
        ({"pid": 2**22 + 1}, 0, True),  # no such process
        ({"started": "another"}, 0, True),  # the number was given again
        ({"host": "elsewhere"}, 0, False),
        ({"host": "elsewhere"}, ABANDONED + 60, True),
        (None, 60, True),  # damaged
    ],
)
def test_stale_locks_are_recognised(
    desk: Desk, owner: dict[str, object] | None, age: float, stale: bool
) -> None:
    """A dead process, a number given again, a machine that has gone silent, rubbish."""
    mine = {"pid": os.getpid(), "host": os.uname().nodename, "user": "ada",
            "since": "2026-11-21T14:02:00", "started": ""}  # fmt: skip
    lock = desk.folder / ".brief.yaml.lock"
    lock.write_text("rubbish" if owner is None else json.dumps(mine | owner))
    os.utime(lock, (time.time() - age, time.time() - age))
    workspace = desk.open()
    assert bool(workspace.read_only) is not stale
    if not stale:
        assert "ada on elsewhere, since 2026-11-21 14:02" in workspace.read_only


def test_of_many_that_come_at_once_one_gets_the_lock(desk: Desk) -> None:
    """A stale lock is taken by exactly one."""
    lock = desk.folder / ".brief.yaml.lock"
    for _round in range(5):
        lock.write_text(json.dumps({"pid": 2**22 + 1, "host": os.uname().nodename, "user": "",
                                    "since": "", "started": ""}))  # fmt: skip
        go, done = os.pipe(), os.pipe()
        pids = []
        for _number in range(6):
            pid = os.fork()
            if pid == 0:
                os.close(go[1])
                os.read(go[0], 1)
                got = Lock(desk.path, desk.state).take(datetime.now())
                os.write(done[1], b"y" if got else b"n")
                time.sleep(1)
                os._exit(0)
            pids.append(pid)
        os.close(go[0])
        os.close(go[1])
        answers = b""
        while len(answers) < 6:
            answers += os.read(done[0], 6)
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        assert answers.count(b"y") == 1


def test_a_lock_that_is_no_longer_stale_is_put_back(desk: Desk) -> None:
    """Between looking and taking, somebody else may have been quicker."""
    first = desk.open()
    place = desk.folder / ".brief.yaml.lock"
    Lock(desk.path, desk.state)._set_aside(place, force=False)
    assert first._lock is not None
    assert place.read_text() == first._lock._ours
    assert [path.name for path in desk.folder.iterdir() if "lock" in path.name] == [place.name]


def test_a_lock_can_be_taken_over(desk: Desk) -> None:
    """By the user's choice; the other sitting notices, stops saving, and keeps its words."""
    first = desk.open()
    first.edit(Set(CONCLUSION, "First."))
    second = desk.open()
    lock = desk.folder / ".brief.yaml.lock"
    second.take_over()
    assert not second.read_only
    assert second.recovery is not None  # what the first one hadn't saved yet
    lock.write_text(lock.read_text().replace('"user": "', '"user": "x'))
    first.save()
    assert "taken over by" in first.read_only
    assert desk.text == BRIEF
    assert first.state.words().startswith("Read only")


def test_owner_in_words() -> None:
    """Who, where, since when."""
    assert str(Owner(1, "host", "ada", "2026-11-21T14:02:33")) == (
        "ada on host, since 2026-11-21 14:02"
    )


# Changes from outside -------------------------------------------------------------------------


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


# Files that are not for us --------------------------------------------------------------------


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


# Recent files ---------------------------------------------------------------------------------


def test_files_that_were_worked_on_are_remembered(desk: Desk) -> None:
    """The latest first, with how far they are; a file that is gone is marked, not dropped."""
    desk.open().close()
    other = desk.folder / "other.yaml"
    other.write_text(BRIEF.replace("A title", "Other"), encoding="utf-8")
    Workspace.open(other, state=desk.state, now=desk.clock.wall).close()
    listed = recent(desk.state)
    assert [entry.title for entry in listed] == ["Other", "A title"]
    assert (listed[0].done, listed[0].total) == (0, 30)
    assert listed[0].when == desk.clock.wall()
    other.unlink()
    assert [entry.there for entry in recent(desk.state)] == [False, True]
    forget(listed[0].path, desk.state)
    assert [entry.title for entry in recent(desk.state)] == ["A title"]


def test_where_somebody_was_is_remembered_outside_the_file(desk: Desk) -> None:
    """The next sitting over the same file knows it; another file, or the answers, know nothing."""
    workspace = desk.open()
    assert workspace.place == ""
    workspace.place = "assessment.privacy.effect_on_people"
    workspace.close()
    other = desk.folder / "other.yaml"
    other.write_text(BRIEF, encoding="utf-8")

    assert desk.open().place == "assessment.privacy.effect_on_people"
    assert Workspace.open(other, state=desk.state, now=desk.clock.wall).place == ""
    assert "place" not in desk.path.read_text(encoding="utf-8")


def test_a_damaged_list_is_an_empty_one(desk: Desk) -> None:
    """And it mends itself with the next file."""
    desk.state.mkdir()
    for content in (b"", b"\xff", b'{"a": 1}', b'[1, {"path": "x"}]', b"[" * 100_000):
        (desk.state / "recent.json").write_bytes(content)
        assert recent(desk.state) == []
    for number in range(30):
        remember(Recent(f"/{number}", "T", 0, 1, ""), desk.state)
    assert len(recent(desk.state)) == 20


# New files ------------------------------------------------------------------------------------


def leaves(value: object, path: tuple[object, ...] = ()) -> Iterator[tuple[object, ...]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from leaves(inner, (*path, index))
    else:
        yield path


def test_a_new_file_is_valid_and_asks_everything(tmp_path: Path) -> None:
    """It has no problems, holds a place for every question, and the schema lies beside it."""
    path, *_schema = new_file(tmp_path / "brief.yaml", title="It’s: a “title” # yes", language="en")
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=./impactbrief-1.schema.json\n")
    file = read_answers(path)
    assert file.problems == ()
    assert file.answers.document.title == "It’s: a “title” # yes"
    assert file.lacks == ()
    workspace = Workspace.open(path, look=True)
    toolkit = workspace.toolkit
    held = read(text).value
    assert isinstance(held, dict)
    assert list(held["assessment"]) == list(toolkit.elements)  # type: ignore[arg-type]
    for side in toolkit.sides:
        asked = [question.id for question in toolkit.side(side.id)]
        assert list(held["governance"][side.id]) == asked  # type: ignore[index,call-overload,arg-type]
    for element in toolkit.elements.values():
        assert element.name in " ".join(text.replace("#", " ").split())
    assert all(len(line) <= 100 for line in text.splitlines())
    schema = json.loads((tmp_path / "impactbrief-1.schema.json").read_text(encoding="utf-8"))
    assert "privacy" in json.dumps(schema)


def test_a_new_file_asks_for_no_more_than_an_empty_one(tmp_path: Path) -> None:
    """Its empty places count as open, not as answers."""
    path, *_schema = new_file(tmp_path / "new.yaml", title="T")
    least = tmp_path / "least.yaml"
    least.write_text("impactbrief: 1\ndocument: {title: T}\nproposal: {name: T}\n")

    def rules(path: Path) -> list[tuple[str, str]]:
        workspace = Workspace.open(path, look=True)
        return sorted((f.rule.code, f.problem.where) for f in workspace.findings())

    assert rules(path) == rules(least)


def test_filling_a_new_file_in_and_clearing_it_keeps_its_comments(desk: Desk) -> None:
    """The explanations stay wherever somebody writes."""
    path, *_schema = new_file(desk.folder / "new.yaml", title="T")
    before = [line for line in path.read_text().splitlines() if line.lstrip().startswith("#")]
    workspace = Workspace.open(path, state=desk.state)
    for step in workspace.interview.topic("privacy").main[:3]:
        workspace.edit(workspace.interview.answer(step, "negative"))
    workspace.edit(Insert(("document", "authors"), 0, {"name": "Ada"}))
    workspace.write(CONTEXT, "One\ntwo")
    workspace.edit(Remove(CONTEXT))
    after = [line for line in workspace.text.splitlines() if line.lstrip().startswith("#")]
    assert before == after
    assert not workspace.file.problems
    workspace.close()


def test_new_never_replaces_a_file(desk: Desk) -> None:
    """Neither an answer file nor a schema."""
    (desk.folder / "impactbrief-1.schema.json").write_text("{}")
    with pytest.raises(OutputError, match="already"):
        new_file(desk.path, title="T")
    assert desk.text == BRIEF
    new_file(desk.folder / "other.yaml", title="T")
    assert (desk.folder / "impactbrief-1.schema.json").read_text() == "{}"


@pytest.mark.parametrize("name", ["draft-platform-id-bill", "lets-encrypt-acme"])
def test_a_brief_as_the_base_of_another(tmp_path: Path, name: str) -> None:
    """Findings stay; people, dates, working state and private words of the old one do not."""
    example = ROOT / "examples" / f"{name}.yaml"
    source = read_answers(example)
    path, *_schema = new_file(tmp_path / "copy.yaml", title="Mine", source=source)
    copy = read_answers(path)
    assert copy.problems == ()
    answers = copy.answers
    assert (answers.document.title, answers.document.status) == ("Mine", "draft")
    assert not answers.document.authors
    assert answers.document.date is None
    assert answers.proposal.name == source.answers.proposal.name
    for id_, element in source.answers.assessment.items():
        kept = answers.assessment.get(id_)
        assert (kept.impact if kept else None) == element.impact
    assert {r["id"] for r in copy.references} == {r["id"] for r in source.references}
    private = {"notes", "ignore", "team"}
    for leaf in leaves(copy.yaml.value):
        assert not private & set(leaf)
        assert not any(str(step).startswith("x-") for step in leaf)
        assert leaf[-1] != "owner" or leaf[0] == "plan"
    head = path.read_text(encoding="utf-8").splitlines()[:3]
    assert head[1] == f"# Based on {example.name}"
    assert head[2].startswith("impactbrief: ")


def test_a_blank_that_came_to_nothing_leaves_nothing(desk: Desk) -> None:
    """A space typed behind a title and taken away by the cleaning: no change, no journal."""
    workspace = desk.open()
    workspace.draft(("document", "title"), "A title ")
    assert workspace.state.pending
    workspace.settle()
    assert not workspace.state.pending
    assert workspace.due_at() is None
    assert list(desk.state.glob("*.jsonl")) == []
