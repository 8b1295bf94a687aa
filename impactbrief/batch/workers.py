"""Worker processes behind the standard library's executor interface.

Each worker is one process that makes one call at a time, so that whatever happens to it happens to
that call alone: a call that takes too long is ended with its process, a process that dies fails its
call, and the next call gets a new process. A process whose memory has grown is replaced between
two calls. (`ProcessPoolExecutor` gives up all its calls when one process dies, can't end a call,
and hangs when it replaces processes.)
"""

import importlib
import math
import multiprocessing
import os
import pickle
import queue
import signal
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager, suppress
from multiprocessing import forkserver, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from tempfile import gettempdir
from typing import Any

from impactbrief.batch.memory import limit_memory, resident

PARENT = "IMPACTBRIEF_PARENT"
"""The variable that tells a fork server who started it; see `impactbrief.batch.mortal`."""
START = 120.0
"""Seconds after which a process that has not come up never will."""
LAST_WORDS = 0.5
"""Seconds that stopping may take."""
ROOM = 320 * 2**20
"""Bytes of memory with which a worker is replaced before its next call."""
MOST = 3 * 2**30
"""Bytes of memory that one call may take, where the system can hold it to that."""


class CallFailed(Exception):
    """A call has no result, and not because of what it called."""


class WorkerLost(CallFailed):
    """A worker process ended in the middle of its call."""

    def __init__(self, exitcode: int | None = None) -> None:
        super().__init__(exitcode)
        self.exitcode = exitcode


class TookTooLong(CallFailed):
    """A call was ended because its time was up."""


class Workers(Executor):
    """`count` processes that make calls, the first submitted first.

    `preload` names modules that each process has imported before its first call. With `server`,
    where the system has fork servers, they are imported once for all processes. `timeout` is in
    seconds, for each call, from when its process was ready for it. A process is started when
    there is a call for it. With a result comes what its process weighs: see `heaviest`.
    """

    def __init__(
        self,
        count: int,
        *,
        preload: tuple[str, ...] = (),
        server: bool = True,
        timeout: float | None = None,
        room: int = ROOM,
    ) -> None:
        self.count = count
        self.heaviest = 0
        """The most memory that a process had after a call, in bytes."""
        self.started = 0
        """How many processes were started so far."""
        self._timeout = timeout
        self._room = room
        self._preload = preload
        self._context = _context(preload if server else ())
        self._calls: queue.SimpleQueue[tuple[Future[Any], bytes] | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._open = 0
        self._processes: set[_Process] = set()
        self._closed = False
        self._stopped = False

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        call = pickle.dumps((fn, args, kwargs))
        with self._lock:
            if self._closed:
                raise RuntimeError("these workers were sent home")
            self._calls.put((future, call))
            self._open += 1
            if len(self._threads) < min(self._open, self.count):
                thread = threading.Thread(target=self._work, daemon=True, name="impactbrief-worker")
                self._threads.append(thread)
                thread.start()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        with self._lock:
            self._closed = True
            if cancel_futures:
                with suppress(queue.Empty):
                    while item := self._calls.get_nowait():
                        item[0].cancel()
            for _thread in self._threads:
                self._calls.put(None)
        if wait:
            for thread in self._threads:
                thread.join()

    def stop(self) -> None:
        """Ends every process now, whatever it is doing; calls without a result never get one."""
        self.shutdown(wait=False, cancel_futures=True)
        with self._lock:
            self._stopped = True
            for process in self._processes:
                process.kill()
        deadline = time.monotonic() + LAST_WORDS
        for thread in self._threads:
            # one that waits for a fork server to come up is left to the end of this process, and
            # Ctrl-C may have come before one began
            if thread.is_alive():
                thread.join(max(0.0, deadline - time.monotonic()))

    # one thread a process: it hands out calls and watches over them

    def _work(self) -> None:
        process: _Process | None = None
        while True:
            item = self._calls.get()
            if item is None:
                break
            future, call = item
            if future.set_running_or_notify_cancel():
                try:
                    process = self._made(process, future, call)
                except Exception as error:
                    future.set_exception(error)
                    self._gone(process)
                    process = None
            with self._lock:
                self._open -= 1
            del item, future, call
        self._gone(process)

    def _made(
        self, process: "_Process | None", future: Future[Any], call: bytes
    ) -> "_Process | None":
        """Makes a call, and says which process is there for the next one."""
        if process is None or not process.send(call):  # it may have died while it was idle
            self._gone(process)
            process = self._new()
            if not process.send(call):
                exitcode = process.exitcode()
                self._gone(process)
                future.set_exception(WorkerLost(exitcode))
                return None
        try:
            good, value, weight = process.result(self._timeout)
        except CallFailed as failed:
            self._gone(process)
            future.set_exception(failed)
            return None
        self.heaviest = max(self.heaviest, weight)
        if good:
            future.set_result(value)
        else:
            future.set_exception(value)
        if weight > self._room:
            self._gone(process)
            return None
        return process

    def _new(self) -> "_Process":
        process = _Process(self._context, self._preload, self._timeout)
        with self._lock:
            self.started += 1
            self._processes.add(process)
            if self._stopped:
                process.kill()
        return process

    def _gone(self, process: "_Process | None") -> None:
        if process is not None:
            with self._lock:
                self._processes.discard(process)
            process.end()


class _Process:
    """A worker process, seen from here."""

    def __init__(
        self, context: BaseContext, preload: tuple[str, ...], timeout: float | None
    ) -> None:
        self._here, there = multiprocessing.Pipe()
        # mypy knows no Process of a context that is chosen at run time
        self._process = context.Process(  # type: ignore[attr-defined]
            target=_serve,
            args=(there, preload, timeout),
            daemon=True,
            name="impactbrief worker",
        )
        with _interrupts_blocked():
            self._process.start()
        there.close()
        self._ready = False

    def send(self, call: bytes) -> bool:
        """Whether the call reached a process that was ready for it."""
        try:
            if not self._ready:
                if not self._here.poll(START):
                    return False
                self._here.recv_bytes()
                self._ready = True
            self._here.send_bytes(call)
        except (OSError, EOFError):
            return False
        return True

    def result(self, timeout: float | None) -> tuple[bool, Any, int]:
        """Whether the call went well, its result or exception, and the memory of its process."""
        if not wait([self._here], timeout):
            raise TookTooLong
        try:
            answer: tuple[bool, Any, int] = pickle.loads(self._here.recv_bytes())
        except (OSError, EOFError):
            raise WorkerLost(self.exitcode()) from None
        return answer

    def exitcode(self) -> int | None:
        """How the process ended, as far as that is known in time."""
        self._process.join(1)
        code: int | None = self._process.exitcode
        return code

    def kill(self) -> None:
        self._process.kill()

    def end(self) -> None:
        """Ends the process now. It holds nothing that would have to be put away first."""
        with suppress(OSError):
            self._process.kill()
        self.exitcode()
        self._here.close()


LONGEST_FOLDER = 60
"""A temporary folder of a longer name has no room for the fork server's socket (107 bytes)."""


def _context(preload: tuple[str, ...]) -> BaseContext:
    known = multiprocessing.get_all_start_methods()
    if not preload or "forkserver" not in known or len(gettempdir()) > LONGEST_FOLDER:
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    # without this name in the list it would import the program's main module as well
    context.set_forkserver_preload(list(preload))
    resource_tracker.ensure_running()  # later, it would let interrupts through again
    os.environ[PARENT] = str(os.getpid())
    try:
        with _interrupts_blocked():
            forkserver.ensure_running()
    finally:
        del os.environ[PARENT]
    return context


@contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """Children that start meanwhile never see Ctrl-C: it is for this process to end them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# --- in the worker process ----------------------------------------------------------------------


def _serve(
    connection: "Connection[bytes, bytes]", preload: tuple[str, ...], timeout: float | None
) -> None:
    """Makes calls until nobody sends any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    limit_memory(MOST)
    for name in preload:  # a process of a fork server has them already
        importlib.import_module(name)
    connection.send_bytes(b"ready")
    while True:
        try:
            call = connection.recv_bytes()
        except (OSError, EOFError):
            return
        _set_alarm(timeout)
        try:
            fn, args, kwargs = pickle.loads(call)
            answer = pickle.dumps((True, fn(*args, **kwargs), resident()))
        except BaseException as error:
            answer = _failure(error)
        _set_alarm(None)
        del call
        connection.send_bytes(answer)


def _failure(error: BaseException) -> bytes:
    """An exception on its way home, with its traceback as a note."""
    error.add_note("".join(traceback.format_exception(error)))
    try:
        answer = pickle.dumps((False, error, resident()))
        pickle.loads(answer)
    except Exception:
        stand_in = RuntimeError(f"{type(error).__name__}: {error}")
        for note in error.__notes__:
            stand_in.add_note(note)
        answer = pickle.dumps((False, stand_in, resident()))
    return answer


def _set_alarm(timeout: float | None) -> None:
    """Has the system end this process long after its time, should nobody else be left to do so."""
    if hasattr(signal, "alarm"):
        signal.alarm(math.ceil(timeout) + 30 if timeout is not None else 0)


def _leave_with_parent() -> None:
    """Ends this process when the one that it works for is gone."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
