"""After a crash: every word that was typed is offered again, restored, joined or given up."""

import os
import signal
import subprocess
import sys
import time

import pytest

from impactbrief.answers.edits import Insert, Remove, Set
from impactbrief.answers.file import read_answers
from impactbrief.workspace import Workspace
from tests.conftest import ROOT
from tests.workspace.desk import BRIEF, CHILD, CONCLUSION, CONTEXT, Desk, in_child


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
