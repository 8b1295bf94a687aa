"""One process that renders beside somebody's typing, and that can be stopped.

It is started early and loads what PDFs need, so that an export later takes no longer than the
rendering itself. Nothing is written by it: it is handed the text of an answer file and hands back
the bytes of a document.
"""

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import TYPE_CHECKING

from impactbrief.errors import ImpactBriefError, Problem, RenderError
from impactbrief.i18n import _

if TYPE_CHECKING:  # loaded by the process, not by who starts it
    from impactbrief.render import Look, Rendered


@dataclass(frozen=True, slots=True)
class Order:
    """What to render: the text of an answer file, and which document of it."""

    text: str
    path: Path
    """Where the text belongs: paths in it count from there."""
    document: str
    format: str
    look: "Look"


class Stopped(Exception):
    """The work was stopped before it was done."""


class Child:
    """The process. Its methods may be called from any thread, `render` by one at a time."""

    def __init__(self) -> None:
        self._process: SpawnProcess | None = None
        self._line: Connection | None = None
        self._lock = threading.Lock()

    def start(self) -> None:
        """Starts the process, if it does not run."""
        with self._lock:
            self._started()

    def _started(self) -> Connection:
        """The line to a process that runs."""
        if self._line is not None and self._process is not None and self._process.is_alive():
            return self._line
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
        # a terminal program may have put something without a file number in stderr's place
        with contextlib.redirect_stderr(sys.__stderr__):
            self._process.start()
        theirs.close()
        self._line = ours
        return ours

    def render(self, order: Order) -> "Rendered":
        """One document. Raises what rendering raises, and Stopped after `stop`."""
        with self._lock:
            line = self._started()
        try:
            line.send(order)
            answer = line.recv()
        except (EOFError, OSError, TypeError) as error:  # inside, a closed line is None
            with self._lock:
                if self._line is not line:  # another one may have been started since
                    raise Stopped from error
                self._end()
            raise RenderError(
                Problem(
                    what=_("The program that makes documents stopped unexpectedly."),
                    hint=_("Try again. If it happens again, use “impactbrief render”."),
                )
            ) from error
        if isinstance(answer, tuple):
            kind, problems = answer
            raise kind(problems)
        rendered: Rendered = answer
        return rendered

    def stop(self) -> None:
        """Ends the process at once. What it was making is lost, nothing else."""
        with self._lock:
            self._end()

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join(2)
            self._process = None
        if self._line is not None:
            self._line.close()
            self._line = None


def _serve(line: Connection) -> None:
    """The child's life: load what rendering needs, then answer orders until the line is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # the terminal belongs to the wizard
    quiet = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(quiet, number)
    with contextlib.suppress(ImpactBriefError):
        from impactbrief.render.pdf import preload

        preload()
    while True:
        try:
            order: Order = line.recv()
        except (EOFError, OSError):
            return
        try:
            line.send(_rendered(order))
        except ImpactBriefError as error:
            line.send((type(error), error.problems))
        except Exception as error:  # a bug; `render` tells all of it
            line.send((RenderError, (_bug(error),)))


def _bug(error: Exception) -> Problem:
    return Problem(
        what=_("impactbrief itself failed on this file: {kind}: {message}").format(
            kind=type(error).__name__, message=error
        ),
        hint=_("Try again. If it happens again, use “impactbrief render”."),
    )


def _rendered(order: Order) -> "Rendered":
    from impactbrief.answers.file import parse
    from impactbrief.assessment import assessment_of
    from impactbrief.render import render

    file = parse(order.text.encode(), name=str(order.path), path=order.path)
    return render(assessment_of(file), order.document, order.format, order.look)
