"""When to save, what a save does, and how it stands with the file."""

import threading
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from impactbrief.answers import file as files
from impactbrief.errors import ImpactBriefError
from impactbrief.i18n import _, ngettext


@dataclass(frozen=True, slots=True)
class Autosave:
    """When unsaved changes are due to be saved, in seconds."""

    pause: float = 0.8
    """After the last change."""
    longest: float = 5.0
    """After the first one, when changes never stop."""
    retry: float = 5.0
    """After a save that failed."""

    def at(self, first: float | None, last: float | None, failed: float | None) -> float | None:
        """The time at which a save is due; None if there is nothing to save."""
        if first is None or last is None:
            return None
        due = min(last + self.pause, first + self.longest)
        return due if failed is None else max(due, failed + self.retry)


@dataclass(frozen=True, slots=True)
class SaveState:
    """How it stands with the file."""

    saved_at: datetime | None = None
    """When this sitting last saved."""
    pending: int = 0
    """Changes that are not in the file yet."""
    saving: bool = False
    failed: str = ""
    """Why the last save failed; empty if it didn't."""
    journal: Path | None = None
    """Where the unsaved words are kept meanwhile; None if there are none, or if even that fails."""
    journal_failed: str = ""
    """Why the journal can't be written."""
    read_only: str = ""
    """Why nothing can be changed here; empty if it can."""

    @property
    def at_risk(self) -> bool:
        """Whether unsaved words exist nowhere but in memory."""
        return bool(self.pending and self.journal_failed)

    def words(self, today: date | None = None) -> str:
        """The state in one line."""
        if self.read_only:
            return _("Read only: {reason}").format(reason=self.read_only)
        if self.failed:
            line = _("Cannot save: {reason}.").format(reason=self.failed)
            if self.journal is not None and not self.journal_failed:
                return line + " " + _("Your text is kept in {path}").format(path=self.journal)
            advice = _("Your text is not saved anywhere yet. Save a copy in another folder.")
            return line + " " + advice
        if self.pending:
            return _("Not saved yet")
        if self.saved_at is None:
            return _("Nothing changed")
        if today is not None and self.saved_at.date() != today:
            return _("Saved {time}").format(time=f"{self.saved_at:%Y-%m-%d %H:%M}")
        return _("Saved {time}").format(time=f"{self.saved_at:%H:%M}")


def backup_of(path: Path) -> Path:
    """Where a file's text lies as it was before the last sitting that changed it."""
    return path.with_name(f"{path.name}~")


class SaveJob:
    """One save: the text as it was when it was begun. May run in any thread, and only once."""

    def __init__(
        self, path: Path, text: str, expected: str | None, *, keep: str, backup: bytes | None
    ) -> None:
        self.text = text
        self.fingerprint: str | None = None
        """The file's fingerprint after the save; None if it failed."""
        self.failed = ""
        self.outside = False
        """Whether it failed because somebody else has changed the file."""
        self._path = path
        self._expected = expected
        self._keep = keep
        self._backup = backup
        self._ran = False
        self._lock = threading.Lock()

    def run(self) -> None:
        """Saves. Raises nothing: what went wrong is in `failed`. A second call only waits."""
        with self._lock:
            if self._ran:
                return
            self._ran = True
            try:
                if self._backup is not None:
                    write_whole(backup_of(self._path), self._backup)
                self.fingerprint = files.save(
                    self._path, self.text, expected=self._expected, keep=self._keep
                )
            except ImpactBriefError as error:
                self.failed = error.problems[0].what.rstrip(".")
                self.outside = self._changed()
            except OSError as error:
                self.failed = _("The copy of the old file can't be written: {reason}").format(
                    reason=error.strerror or type(error).__name__
                )

    def _changed(self) -> bool:
        try:
            found: str | None = files.fingerprint(self._path.read_bytes())
        except FileNotFoundError:
            found = None
        except OSError:
            return False
        return found != self._expected


def write_whole(path: Path, data: bytes) -> None:
    """Writes a whole file in one go: the old one or the new one, never a half."""
    import os
    import tempfile

    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def counted(count: int) -> str:
    """So many changes, in words."""
    return ngettext("{count} change", "{count} changes", count).format(count=count)
