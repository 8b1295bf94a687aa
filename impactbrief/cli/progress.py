"""How far a run is: one line on a terminal, drawn anew in its place; nothing anywhere else."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from impactbrief.batch.report import Tally
from impactbrief.batch.run import Outcome, State
from impactbrief.batch.task import PAGED
from impactbrief.console import Console, printable
from impactbrief.i18n import _

BAR = 20
EVERY = 0.1
"""Seconds between two drawings."""


class Progress:
    """The line, if there is to be one."""

    def __init__(self, console: Console, tally: Tally, *, workers: int) -> None:
        self._console = console
        self._tally = tally
        self._workers = workers
        self.shown = (
            not console.quiet
            and sys.stderr.isatty()
            and os.environ.get("TERM", "") != "dumb"
            and len(tally.jobs) > 1
        )
        self._name = ""
        self._drawn = 0.0
        self._spent = {True: [0, 0.0], False: [0, 0.0]}
        """Documents made and the seconds they took: of PDFs, and of text."""
        self._left = {
            paged: sum((job.format in PAGED) is paged for job in tally.jobs)
            for paged in (True, False)
        }

    def count(self, outcome: Outcome) -> None:
        """Takes note of an outcome."""
        paged = outcome.job.format in PAGED
        self._left[paged] -= 1
        if outcome.state is not State.UNCHANGED:
            self._spent[paged][0] += 1
            self._spent[paged][1] += outcome.seconds

    def beat(self, name: str) -> None:
        """Draws the line, unless it was drawn a moment ago."""
        self._name = name or self._name
        if self.shown and time.monotonic() - self._drawn >= EVERY:
            self._drawn = time.monotonic()
            self._console.status(self._line(self._width()))

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Takes the line away while something else is said."""
        if self.shown and self._drawn:
            self._console.status("")
        yield
        self._drawn = 0.0

    def end(self) -> None:
        """Takes the line away for good."""
        if self.shown:
            self._console.status("")
            self.shown = False

    @staticmethod
    def _width() -> int:
        try:
            return os.get_terminal_size(sys.stderr.fileno()).columns or 80
        except (OSError, ValueError):
            return 80

    def _line(self, width: int) -> str:
        tally = self._tally
        filled = BAR * len(tally.outcomes) // len(tally.jobs)
        full, empty = ("█", "░") if _draws("█░") else ("#", "-")
        parts = [
            full * filled + empty * (BAR - filled),
            _("{done}/{files} files").format(done=tally.files_done, files=tally.files),
        ]
        if tally.failures:
            parts.append(_("{count} failed").format(count=len(tally.failures)))
        if rate := len(tally.outcomes) / max(tally.seconds, 0.001):
            parts.append(_("{rate:.1f} documents/s").format(rate=rate))
        if left := self._time_left():
            parts.append(_("{time} left").format(time=left))
        line = "  ".join(parts)
        return _cut(f"{line}  {printable(self._name)}", width - 1)

    def _time_left(self) -> str:
        """The time left, by what PDFs and texts took so far; empty while nobody can know."""
        seconds = 0.0
        for paged, left in self._left.items():
            made, spent = self._spent[paged]
            if left and not made:
                return ""
            seconds += left * spent / made if left else 0
        minutes, rest = divmod(round(seconds / self._workers), 60)
        return f"{minutes}:{rest:02d}"


def _draws(text: str) -> bool:
    try:
        text.encode(sys.stderr.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _cut(text: str, width: int) -> str:
    """Text that is no wider than so many columns."""
    from wcwidth import wcwidth

    taken = 0
    for index, char in enumerate(text):
        taken += max(wcwidth(char), 0)
        if taken > width:
            return text[:index]
    return text
