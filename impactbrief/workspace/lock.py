"""Who works on an answer file: a small file beside it that says so.

The lock is advisory: it keeps two sittings from writing at once and tells the second one whose turn
it is. What protects the words if it fails is the fingerprint that every save compares.
"""

import contextlib
import getpass
import json
import os
import socket
import sys
import time
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from impactbrief.i18n import _
from impactbrief.workspace.journal import key_of

ABANDONED = 900.0
"""Seconds without a sign of life after which a lock from another machine counts as abandoned."""
SIGN_OF_LIFE = 60.0
"""Seconds between signs of life."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Who holds a lock."""

    pid: int
    host: str
    user: str
    since: str
    """When, in ISO format."""
    started: str = ""
    """Tells this process from an earlier one with the same number, where the system says so."""

    @classmethod
    def this(cls, now: datetime) -> "Owner":
        try:
            user = getpass.getuser()
        except (OSError, KeyError, ImportError):
            user = ""
        pid = os.getpid()
        return cls(pid, socket.gethostname(), user, now.isoformat("T", "seconds"), _born(pid))

    def __str__(self) -> str:
        since = self.since.replace("T", " ")[:16]
        who = self.user or _("somebody")
        return _("{user} on {host}, since {since}").format(user=who, host=self.host, since=since)

    def lives(self, last_sign: float, now: float) -> bool:
        """Whether the process that holds the lock can still be there."""
        if self.host != socket.gethostname() or sys.platform == "win32":
            return now - last_sign < ABANDONED  # its processes can't be asked from here
        if not _runs(self.pid):
            return False
        return not self.started or _born(self.pid) in ("", self.started)


def _born(pid: int) -> str:
    """When a process started, as this system tells it; empty where it doesn't."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except (OSError, ValueError):
        return ""
    return f"{boot}:{fields[19]}" if len(fields) > 19 else ""


def _runs(pid: int) -> bool:
    if pid <= 0:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


class Lock:
    """The lock of one answer file. `owner` is None while it is ours (or can't be placed)."""

    def __init__(self, file: Path, state: Path) -> None:
        file = file.resolve()
        self._places = (
            file.with_name(f".{file.name}.lock"),
            state / f"{key_of(file)}.lock",
        )
        self.path: Path | None = None
        """Where our lock lies; None if we have none."""
        self.owner: Owner | None = None
        """Who else holds it."""
        self._ours = ""
        self._last_sign = 0.0

    def take(self, now: datetime, *, force: bool = False) -> bool:
        """Whether the lock is ours now. `force` takes it from a living owner."""
        ours = Owner.this(now)
        content = json.dumps(asdict(ours))
        self.owner = None
        for place in self._places:
            held = self._held(place)
            if held is not None and not force:
                self.owner = held
                return False
        for place in self._places:
            for _attempt in range(3):
                try:
                    place.parent.mkdir(parents=True, exist_ok=True)
                    handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
                except FileExistsError:
                    held = self._held(place)
                    if held is not None and not force:
                        self.owner = held
                        return False
                    self._set_aside(place, force)
                    continue
                except OSError:
                    break  # a folder that can't be written to: the next place
                with contextlib.suppress(OSError), os.fdopen(handle, "w") as stream:
                    stream.write(content)
                self.path, self._ours = place, content
                return True
        return True  # no place can be written to; then nothing can be saved either

    def _held(self, place: Path) -> Owner | None:
        """The living owner of a lock file; None if there is none, or only a trace of one."""
        try:
            content = place.read_text(encoding="utf-8")
            last_sign = place.stat().st_mtime
        except (OSError, UnicodeDecodeError):
            return None
        now = time.time()
        try:
            owner = Owner(**json.loads(content))
            lives = owner.lives(last_sign, now)
        except (ValueError, TypeError, AttributeError):
            # Just being written, or damaged: give its owner a moment.
            return Owner(0, "", "", "") if now - last_sign < 2 else None
        return owner if lives else None

    def _set_aside(self, place: Path, force: bool) -> None:
        """Takes a stale lock away. Of two that try, one finds that the other was quicker."""
        aside = place.with_name(f"{place.name}.{os.getpid()}")
        try:
            place.rename(aside)
        except OSError:
            return
        if not force and self._held(aside) is not None:
            with contextlib.suppress(OSError):
                os.link(aside, place)
        with contextlib.suppress(OSError):
            aside.unlink()

    @property
    def ours(self) -> bool:
        """Whether the lock is still ours: it may have been taken over."""
        if self.path is None:
            return self.owner is None
        try:
            return self.path.read_text(encoding="utf-8") == self._ours
        except OSError:
            return True  # gone by hand: nobody else holds it

    def held(self) -> Owner | None:
        """Who holds it now, if anybody does."""
        return next((owner for place in self._places if (owner := self._held(place))), None)

    def sign(self, now: float) -> None:
        """A sign of life, now and then, for those on other machines."""
        if self.path is not None and now - self._last_sign >= SIGN_OF_LIFE:
            self._last_sign = now
            with contextlib.suppress(OSError):
                os.utime(self.path)

    def release(self) -> None:
        """Gives the lock back."""
        if self.path is not None and self.ours:
            with contextlib.suppress(OSError):
                self.path.unlink(missing_ok=True)
        self.path = None
