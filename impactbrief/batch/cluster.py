"""The same tasks on somebody's Dask cluster, through Dask's own executor interface.

Answers travel to the workers and documents come back: no disk is shared. What an answer file names
(bibliographies, a question bank of one's own) is read here, and a folder of templates goes along.
Dask looks after its workers: a task whose worker is lost is given to another one.
"""

import atexit
import ctypes
import faulthandler
import hashlib
import importlib
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from impactbrief.batch.task import Made, Reply, Task, failed, read
from impactbrief.batch.workers import TookTooLong
from impactbrief.errors import ImpactBriefError, MachineError, Problem
from impactbrief.i18n import _
from impactbrief.render.environment import files_below
from impactbrief.render.html import version

PATIENCE = 10
"""Seconds to wait for a scheduler to answer."""
GRACE = 2.0
"""Seconds for a document that takes too long to give way."""

Files = tuple[tuple[str, bytes], ...]
"""A folder: the path of each file in it, and what it holds."""


class Cluster(Executor):
    """A Dask scheduler at `address`, for `make` and its tasks. Raises MachineError."""

    def __init__(self, address: str, *, timeout: float) -> None:
        self._timeout = timeout
        self._client = _client(address)
        # a document is made where there is room, also if an equal one was made before
        self._executor: Executor = self._client.get_executor(pure=False)
        self._templates: dict[Path, Files] = {}

    @property
    def count(self) -> int:
        """How many workers there are now; 0 where the scheduler doesn't say so at once."""
        client = self._client
        with suppress(Exception):  # `nthreads` would wait for one that is gone
            return len(client.sync(client.scheduler.ncores, callback_timeout=1))
        return 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        (task,) = args
        try:
            task, templates = self._packed(task)
        except ImpactBriefError as error:
            future: Future[Any] = Future()
            future.set_result(failed(task, error))
            return future
        return self._executor.submit(
            _make_far, fn, task, templates, self._timeout, version(), **kwargs
        )

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        with suppress(Exception):  # a scheduler that is gone has nothing left to be told
            self._executor.shutdown(wait=wait and not cancel_futures)
        self._client.close(timeout=1)

    def _packed(self, task: Task) -> tuple[Task, Files]:
        templates: Files = ()
        folder = task.look.templates
        if folder is not None:
            if folder not in self._templates:
                self._templates[folder] = _read(folder)
            templates = self._templates[folder]
        # an answer file may spell a key in escapes: only who has read it knows what it names
        found = read(task.name, task.data)
        if found[1] or found[0].answers.bibliography:
            task = replace(task, read=found)
        return task, templates


def _client(address: str) -> Any:
    try:
        from distributed import Client

        connect: Any = Client  # Dask has no types
    except ImportError as error:
        raise MachineError(
            Problem(
                what=_("Dask is not installed. It is needed to use a cluster."),
                hint=_("Type: pip install 'impactbrief[cluster]'"),
            )
        ) from error
    client = connect.__new__(connect)  # so that one that fails can be closed
    try:
        client.__init__(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        # else it would be closed as garbage, and wait for ever where another one begins just then
        with suppress(Exception):
            client.close(timeout=1)
        raise MachineError(
            Problem(
                what=_("No Dask scheduler answers at {address}.").format(address=address),
                hint=_("Check the address, as in tcp://host:8786, and that the scheduler runs."),
            )
        ) from error
    return client


def _read(folder: Path) -> Files:
    """A folder's files. One that can't be read is missing on the workers, and told there."""
    found = []
    for path in files_below(folder):
        with suppress(OSError):
            found.append((path.relative_to(folder).as_posix(), path.read_bytes()))
    return tuple(found)


# --- on a worker of the cluster -----------------------------------------------------------------

_alone = threading.Lock()
"""A worker may have several threads, and WeasyPrint works in one of them at a time."""


def _make_far(
    fn: Callable[[Task], Reply], task: Task, templates: Files, timeout: float, home: str
) -> Reply:
    """Makes a task's documents in a worker of the cluster."""
    if version() != home:
        error = MachineError(
            Problem(
                what=_("The cluster's workers have impactbrief {far}, this machine {home}.").format(
                    far=version(), home=home
                ),
                hint=_("Install the same version everywhere."),
            )
        )
        return Reply(tuple(Made(work, error=error) for work in task.works))
    if task.look.templates is not None:
        task = replace(task, look=replace(task.look, templates=_unpacked(templates)))
    with _alone:
        # what is loaded for a worker's first document takes none of that document's time
        importlib.import_module(f"impactbrief.batch.preloaded{'' if task.paged else '_text'}")
        return _in_time(fn, task, timeout * len(task.works))


class _TimeIsUp(BaseException):
    """Raised where a document takes too long, past all that catches an Exception."""


def _in_time(fn: Callable[[Task], Reply], task: Task, seconds: float) -> Reply:
    """`fn(task)`. Raises TookTooLong when its time is up.

    The worker then goes on with the next task. Where a library holds on to the thread, the worker
    ends as soon as it has answered, and Dask's nanny starts another one. Where it holds on to all
    threads, nobody can answer: the worker ends at once, and Dask tries another one.
    """
    future: Future[Reply] = Future()

    def work() -> None:
        try:
            future.set_result(fn(task))
        except BaseException as error:
            future.set_exception(error)

    thread = threading.Thread(target=work, daemon=True)
    faulthandler.dump_traceback_later(seconds + 2 * GRACE, exit=True)
    try:
        thread.start()
        thread.join(seconds)
        if not thread.is_alive():
            return future.result()
        deadline = time.monotonic() + GRACE
        while thread.is_alive() and time.monotonic() < deadline:
            _interrupt(thread)
            thread.join(0.1)
        if thread.is_alive():
            threading.Timer(GRACE, os._exit, (1,)).start()
        raise TookTooLong
    finally:
        faulthandler.cancel_dump_traceback_later()


def _interrupt(thread: threading.Thread) -> None:
    ctypes.pythonapi.PyThreadState_SetAsyncExc(
        ctypes.c_ulong(thread.ident or 0), ctypes.py_object(_TimeIsUp)
    )


def _unpacked(templates: Files) -> Path:
    """A folder of templates that came along, on this worker's own disk."""
    whole: Mapping[str, bytes] = dict(templates)
    return _folder(hashlib.sha256(repr(sorted(whole.items())).encode()).hexdigest(), templates)


@lru_cache(maxsize=4)
def _folder(_digest: str, templates: Files) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="impactbrief-templates-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for name, data in templates:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder
