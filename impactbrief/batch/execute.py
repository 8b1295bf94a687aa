"""Tasks through any executor of the standard library's kind, and what came of each.

What is independent of where the work is done is here: how much is under way at a time, that a task
which took its worker down is taken apart to find the document that did it, and that an exception
which no user can mend is told as such, for its file alone.
"""

import queue
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from contextlib import suppress
from typing import Any

from impactbrief.batch.task import Made, Reply, Task, make
from impactbrief.batch.workers import TookTooLong, WorkerLost
from impactbrief.errors import ImpactBriefError, Place, Problem, RenderError
from impactbrief.i18n import _

TICK = 0.1
"""Seconds between two looks at what is going on."""

ExecutorOf = Callable[[Task], Executor]


class Here(Executor):
    """Makes each call at once, in this process."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_running_or_notify_cancel()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


def execute(
    tasks: Iterable[Task],
    executor_of: ExecutorOf,
    *,
    window: int,
    timeout: float | None = None,
    beat: Callable[[Task | None], None] = lambda _task: None,
) -> Iterator[tuple[Task, Reply]]:
    """Each task with its reply, as they are done.

    No more than `window` tasks are under way at a time; the next ones are taken from `tasks` when
    there is room. `timeout` is what the executor's workers were given, for the messages. `beat` is
    called several times a second with a task that is being worked on.
    """
    finished: queue.SimpleQueue[Future[Reply]] = queue.SimpleQueue()
    under_way: dict[Future[Reply], Task] = {}
    coming = iter(tasks)
    again: list[Task] = []
    beaten = 0.0
    while True:
        while len(under_way) < window:
            task = again.pop() if again else next(coming, None)
            if task is None:
                break
            future = executor_of(task).submit(make, task)
            under_way[future] = task
            future.add_done_callback(finished.put)
        if not under_way:
            return
        done: Future[Reply] | None = None
        with suppress(queue.Empty):
            done = finished.get(timeout=TICK)
        if time.monotonic() - beaten > TICK:
            beaten = time.monotonic()
            beat(next((task for known, task in under_way.items() if known.running()), None))
        if done is None:
            continue
        task = under_way.pop(done)
        reply = _reply(task, done, timeout)
        if reply is None:
            again += reversed(task.each())
        else:
            yield task, reply


def _reply(task: Task, future: Future[Reply], timeout: float | None) -> Reply | None:
    """What came of a task, or None where each of its documents must be tried alone."""
    try:
        return future.result()
    except (Exception, CancelledError) as error:
        if len(task.works) > 1:
            return None
        failure = _failure(task, error, timeout)
        return Reply((Made(task.works[0], error=failure),))


def _failure(task: Task, error: BaseException, timeout: float | None) -> ImpactBriefError:
    place = Place(task.name)
    match error:
        case ImpactBriefError():
            return error
        case TookTooLong():
            return RenderError(
                Problem(
                    what=_("This document was not ready after {seconds:g} s.").format(
                        seconds=timeout or 0
                    ),
                    hint=_("Allow more time with --timeout, or shorten its longest texts."),
                    place=place,
                )
            )
        case WorkerLost() | CancelledError():
            code = error.exitcode if isinstance(error, WorkerLost) else None
            return RenderError(
                Problem(
                    what=_("The process crashed while making this document ({code}).").format(
                        code=_("code {code}").format(code=code) if code else _("no reason known")
                    ),
                    hint=_("It may need more memory than there is; “impactbrief doctor” tells what"
                           " this machine lacks."),
                    place=place,
                )
            )  # fmt: skip
        case _ if type(error).__name__ == "KilledWorker":  # Dask's word for a lost worker
            return RenderError(
                Problem(
                    what=_("Several cluster workers crashed while making this document."),
                    hint=_("Render it on one machine to see why."),
                    place=place,
                )
            )
        case _:
            bug = Bug(
                Problem(
                    what=_("impactbrief itself failed on this file: {kind}: {message}").format(
                        kind=type(error).__name__, message=error
                    ),
                    hint=_("Please report this with the lines below."),
                    place=place,
                )
            )
            bug.told = trace(error)
            return bug


class Bug(RenderError):
    """A failure that no user can mend. In a batch it fails its own file, with its traceback."""

    told: str = ""


def trace(error: BaseException) -> str:
    """The traceback of an exception, wherever it was raised."""
    import traceback

    notes = getattr(error, "__notes__", [])
    return "".join(notes) or "".join(traceback.format_exception(error))
