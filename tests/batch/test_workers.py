"""Worker processes: what happens to one call happens to no other."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from impactbrief.batch.workers import TookTooLong, WorkerLost, Workers
from tests.batch.command import until


def double(number: int) -> int:
    return 2 * number


def process() -> int:
    return os.getpid()


def hang() -> None:
    time.sleep(600)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def fail() -> None:
    raise KeyError("nothing here")


def leave() -> None:
    raise SystemExit(3)


class Unsendable(Exception):
    def __init__(self, one: int, two: int) -> None:
        super().__init__(f"{one} and {two}")


def fail_oddly() -> None:
    raise Unsendable(1, 2)


def grow() -> int:
    global kept
    kept = bytearray(os.urandom(1)) * (64 * 2**20)
    return os.getpid()


kept = bytearray()


@pytest.fixture(params=[(), ("impactbrief.batch.mortal",)], ids=["spawned", "forked by a server"])
def workers(request: pytest.FixtureRequest) -> Iterator[Workers]:
    pool = Workers(2, preload=request.param, timeout=3)
    yield pool
    pool.stop()


def test_troubles_stay_with_their_call(workers: Workers) -> None:
    """A call that hangs, kills its process, fails or tries to leave harms none of the others."""
    before = [workers.submit(double, number) for number in range(5)]
    hanging, dying = workers.submit(hang), workers.submit(die)
    failing, leaving, odd = (workers.submit(fn) for fn in (fail, leave, fail_oddly))
    after = [workers.submit(double, number) for number in range(5)]
    assert [call.result(60) for call in before + after] == [0, 2, 4, 6, 8] * 2
    with pytest.raises(TookTooLong):
        hanging.result(60)
    with pytest.raises(WorkerLost) as lost:
        dying.result(60)
    assert lost.value.exitcode in (-signal.SIGKILL, 255)
    with pytest.raises(KeyError) as failed:
        failing.result(60)
    assert "in fail\n" in failed.value.__notes__[0]
    with pytest.raises(SystemExit):
        leaving.result(60)
    with pytest.raises(RuntimeError, match="Unsendable: 1 and 2"):
        odd.result(60)


def test_a_worker_that_dies_while_idle_costs_nothing(workers: Workers) -> None:
    """The next call gets another process."""
    first = workers.submit(process).result(60)
    os.kill(first, signal.SIGKILL)
    time.sleep(0.2)
    pids = {workers.submit(process).result(60) for _call in range(4)}
    assert first not in pids


def test_memory_is_bounded() -> None:
    """A process that has grown is replaced before its next call; one that hasn't is kept."""
    pool = Workers(1, room=60 * 2**20)
    try:
        small = pool.submit(process).result(60)
        assert pool.submit(process).result(60) == small
        assert pool.submit(grow).result(60) == small
        assert pool.heaviest > 64 * 2**20
        assert pool.submit(process).result(60) != small
        assert pool.started == 2
    finally:
        pool.stop()


def test_no_more_processes_than_calls() -> None:
    """A process is started when there is a call for it."""
    pool = Workers(8)
    try:
        assert pool.submit(double, 4).result(60) == 8
        assert pool.started == 1
    finally:
        pool.stop()


def test_ctrl_c_may_come_at_any_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also while the thread is started that watches over a process."""

    def interrupted(_thread: threading.Thread) -> None:
        raise KeyboardInterrupt

    pool = Workers(1)
    with monkeypatch.context() as moment:
        moment.setattr(threading.Thread, "start", interrupted)
        with pytest.raises(KeyboardInterrupt):
            pool.submit(double, 1)
    pool.stop()


def test_stopping_ends_everything_at_once(workers: Workers) -> None:
    """What is under way is ended, what waits is cancelled, and nobody stays behind."""
    pid = workers.submit(process).result(60)
    calls = [workers.submit(hang) for _call in range(4)]
    time.sleep(0.5)
    start = time.monotonic()
    workers.stop()
    assert time.monotonic() - start < 2
    assert all(call.done() for call in calls)
    assert until(lambda: not Path(f"/proc/{pid}").exists(), 2)
    with pytest.raises(RuntimeError):
        workers.submit(double, 1)


ALONE = """
import os, time
import impactbrief.batch.preloaded
end = time.monotonic() + 10
while len(os.listdir("/proc/self/task")) > 1 and time.monotonic() < end:
    time.sleep(0.05)  # a thread that was told to end takes a moment
print(len(os.listdir("/proc/self/task")))
"""


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="threads are listed on Linux only")
def test_a_fork_server_has_one_thread() -> None:
    """A worker has none of its others, and would wait for them for ever: newer Pangos keep one."""
    done = subprocess.run([sys.executable, "-c", ALONE], capture_output=True, check=True, text=True)
    assert done.stdout == "1\n"
