"""Keeping words safe: what is in the file, what is only in the journal, and the way between."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from impactbrief.answers.file import AnswerFile
from impactbrief.answers.history import Change, Splice
from impactbrief.workspace.journal import Journal, line_of
from impactbrief.workspace.saving import Autosave, SaveJob


@dataclass(frozen=True, slots=True)
class Clocks:
    """Where the time comes from."""

    clock: Callable[[], float]
    """Seconds that only go forward."""
    now: Callable[[], datetime]
    """What the wall says."""


class Keeping:
    """The file and the journal of one sitting, and how far they are behind the text."""

    def __init__(
        self, file: AnswerFile, path: Path, data: bytes, journal: Journal, autosave: Autosave,
        clocks: Clocks,
    ) -> None:  # fmt: skip
        self.path = path
        self.base = file.text
        """The text in the file, as far as this sitting knows."""
        self.fingerprint: str | None = file.fingerprint
        """Of the file; None if it is gone."""
        self.stamp = stamp(path)
        self.journal = journal
        self.autosave = autosave
        self.failed = ""
        self.failed_at: float | None = None
        self.saved_at: datetime | None = None
        self.clocks = clocks
        self._opened: bytes | None = data  # until it has been copied
        self._migrated_from = file.migrated_from
        self._lines: list[tuple[str, bool]] = []
        self._first: float | None = None
        self._last: float | None = None
        self._job: tuple[SaveJob, int] | None = None

    @property
    def changes(self) -> int:
        """Changes since the file was last written."""
        return sum(change for _line, change in self._lines)

    @property
    def job(self) -> SaveJob | None:
        """The save that is under way."""
        return self._job[0] if self._job is not None else None

    def record(self, line: str, *, change: bool = True) -> None:
        """Takes a line for the journal; `change` says whether it is a change of its own."""
        self._lines.append((line, change))
        now = self.clocks.clock()
        self._first = now if self._first is None else self._first
        self._last = now
        if self.journal.begun:
            self.journal.write(line)
        else:
            self._restart_journal()

    def _restart_journal(self) -> None:
        lines = [line for line, _change in self._lines]
        self.journal.restart(self.base, self.fingerprint or "", lines, self.clocks.now())

    def due_at(self) -> float | None:
        """When a save is due, if there is anything to save."""
        return self.autosave.at(self._first, self._last, self.failed_at)

    def settle(self) -> None:
        """Nothing is unsaved: the journal goes, the clock stops."""
        self._lines.clear()
        self._first = self._last = self.failed_at = None
        self.failed = ""
        self.journal.clear()

    def begin(self, text: str) -> SaveJob:
        """A save of the text."""
        self.journal.sync()
        keep = f".format-{self._migrated_from}" if self._migrated_from is not None else ""
        job = SaveJob(self.path, text, self.fingerprint, keep=keep, backup=self._opened)
        self._job = (job, len(self._lines))
        return job

    def end(self, job: SaveJob, text: str) -> bool:
        """Whether the save went well. The journal keeps only what came after it began."""
        if self._job is None or self._job[0] is not job:
            return True
        count, self._job = self._job[1], None
        if job.fingerprint is None:
            self.failed, self.failed_at = job.failed, self.clocks.clock()
            return False
        self._opened = self._migrated_from = None
        self.saved_at = self.clocks.now()
        self.base, self.fingerprint, self.stamp = job.text, job.fingerprint, stamp(self.path)
        self.failed, self.failed_at = "", None
        self._lines = self._lines[count:]
        if self._lines or text != self.base:
            self._restart_journal()
            self._first = self._last
        else:
            self.settle()
        return True

    def start_from(self, file: AnswerFile) -> None:
        """The file as somebody else left it is what this sitting begins from."""
        self.base, self.fingerprint, self.stamp = file.text, file.fingerprint, stamp(self.path)
        self._migrated_from = file.migrated_from
        self.settle()

    def decide(self, base: str, fingerprint: str | None, text: str, label: str) -> None:
        """After a conflict: the file said `base`, and `text` is what is to be saved.

        The file may have changed again while somebody decided: the next look reads it.
        """
        self.base, self.fingerprint, self.stamp = base, fingerprint, ()
        if text == base and fingerprint is not None:
            self.settle()
            return
        now = self.clocks.clock()
        change = Change(Splice.between(base, text), label, (), now)
        self._lines = [(line_of(change, len(text), self.clocks.now()), True)]
        self.failed, self.failed_at = "", None
        self._first = self._last = now
        self._restart_journal()


def stamp(path: Path) -> tuple[int, ...]:
    """What changes when a file does, without reading it."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return (found.st_mtime_ns, found.st_size, found.st_ino)
