"""Who works on a file: one sitting writes, a second only reads, a stale lock keeps nobody out."""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import datetime

import pytest

from impactbrief.answers.edits import Set
from impactbrief.errors import OutputError
from impactbrief.workspace.lock import ABANDONED, Lock, Owner
from tests.conftest import ROOT
from tests.workspace.desk import BRIEF, CHILD, CONCLUSION, Desk


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
