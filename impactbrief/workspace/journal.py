"""The journal: what was typed since the last save, kept where a crash can't reach it.

One file a sitting, in the system's folder for state. Its first line holds the text that the sitting
began from, each further line one change, so it can be replayed whatever became of the answer file.
It goes as soon as everything in it is saved: a journal that is still there tells of a sitting that
ended badly.
"""

import contextlib
import hashlib
import json
import os
import re
import secrets
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

from impactbrief.answers.edits import Remove, Set, apply, clean, lookup, tree
from impactbrief.answers.file import fingerprint
from impactbrief.answers.history import Change, Splice
from impactbrief.errors import ImpactBriefError
from impactbrief.yamltext import Path as At

VERSION = 1
LARGEST = 64_000_000
"""Bytes of a journal that is still read."""
TRIES = 2
"""How often reading a journal is tried before it is set aside for good."""


def state_folder() -> Path:
    """The system's folder for journals and the list of recent files."""
    from platformdirs import user_state_path

    return user_state_path("impactbrief", appauthor=False)


def key_of(file: Path) -> str:
    """A short name for a file's place."""
    return hashlib.sha256(str(file.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:16]


@dataclass
class Journal:
    """The journal of one sitting. Nothing here raises: `failed` says why it can't be written."""

    folder: Path
    file: Path
    failed: str = ""
    """Why the last line could not be written; empty while all is well."""
    path: Path = field(init=False)
    _stream: TextIO | None = field(default=None, init=False, repr=False)

    def __post_init__(self) -> None:
        stamp = f"{datetime.now():%Y%m%dT%H%M%S}-{os.getpid()}-{secrets.token_hex(2)}"
        self.path = self.folder / f"{key_of(self.file)}.{stamp}.jsonl"

    @property
    def begun(self) -> bool:
        """Whether anything is in it."""
        return self._stream is not None

    def restart(self, base: str, on_disk: str, lines: Iterable[str], at: datetime) -> None:
        """Starts it anew from the text `base`, with some lines already in it.

        `on_disk` is the answer file's fingerprint. The old journal stays until it is replaced.
        """
        head = {
            "journal": VERSION,
            "file": str(self.file.resolve()),
            "fingerprint": on_disk,
            "at": at.isoformat(),
            "text": base,
        }
        new = self.path.with_suffix(".new")
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            stream = os.fdopen(handle, "w", encoding="utf-8", newline="\n")
            try:
                stream.write(json.dumps(head, ensure_ascii=False) + "\n")
                stream.writelines(line + "\n" for line in lines)
                stream.flush()
                if sys.platform == "win32":  # an open file can't be renamed there
                    self._close()
                    stream.close()
                    new.replace(self.path)
                    stream = self.path.open("a", encoding="utf-8", newline="\n")
                else:
                    new.replace(self.path)
            except BaseException:
                with contextlib.suppress(OSError):
                    stream.close()
                raise
        except OSError as error:
            self.failed = _reason(error)
            with contextlib.suppress(OSError):
                new.unlink(missing_ok=True)
            return
        self._close()
        self._stream = stream
        self.failed = ""

    def write(self, line: str) -> None:
        """Adds a line and hands it to the system, where a crash of this program can't reach it."""
        if self._stream is None:
            return
        try:
            self._stream.write(line + "\n")
            self._stream.flush()
        except OSError as error:
            self.failed = _reason(error)
        else:
            self.failed = ""

    def sync(self) -> None:
        """Waits until it is on the disk, where a power cut can't reach it."""
        if self._stream is None:
            return
        try:
            os.fsync(self._stream.fileno())
        except OSError as error:
            self.failed = _reason(error)

    def close(self) -> None:
        """Leaves it for the next sitting to find."""
        self.sync()
        self._close()

    def clear(self) -> None:
        """Takes it away: everything in it is in the answer file."""
        if self._stream is not None:
            self._close()
            with contextlib.suppress(OSError):
                self.path.unlink(missing_ok=True)

    def _close(self) -> None:
        if self._stream is not None:
            with contextlib.suppress(OSError):
                self._stream.close()
            self._stream = None


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__


def line_of(change: Change, size: int, at: datetime) -> str:
    """A change as a line; `size` is the length of the text after it."""
    splice = change.splice
    return json.dumps(
        {
            "at": at.isoformat(),
            "label": change.label,
            "path": list(change.path),
            "start": splice.start,
            "old": splice.old,
            "new": splice.new,
            "size": size,
        },
        ensure_ascii=False,
    )


def line_of_draft(path: At, text: str, at: datetime) -> str:
    """Text that is still being typed as a line."""
    return json.dumps({"at": at.isoformat(), "draft": list(path), "text": text}, ensure_ascii=False)


# Reading it back ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Kept:
    """One change that a journal kept."""

    at: datetime | None
    label: str
    path: At


@dataclass(frozen=True, slots=True)
class Replay:
    """What a journal tells."""

    path: Path
    base: str
    """The text that the sitting began from."""
    fingerprint: str
    """Of the answer file at that time."""
    text: str
    """The text as it was last."""
    changes: tuple[Kept, ...]
    torn: bool = False
    """Whether its end is damaged; all that came before counts."""
    loose: tuple[tuple[At, str], ...] = ()
    """Typed text that no longer finds its place; it must be shown, or it would be lost."""

    @property
    def since(self) -> datetime | None:
        """When the first of its changes was made."""
        return next((kept.at for kept in self.changes if kept.at), None)

    def beyond(self, on_disk: str) -> "Replay | None":
        """What of it is not in the file on disk; None if everything is."""
        if self.text == on_disk and not self.loose:
            return None
        text, position = self.base, 0
        reached = 0 if text == on_disk else None
        for position, after in enumerate(_texts(self.path), start=1):
            if after == on_disk:
                reached = position
        if not reached:
            return self if self.text != self.base or self.loose else None
        return Replay(
            self.path,
            on_disk,
            fingerprint(on_disk.encode("utf-8")),
            self.text,
            self.changes[reached:],
            self.torn,
            self.loose,
        )


def replay(path: Path) -> Replay | None:
    """What the journal at `path` tells; None if it is empty, too large or none at all."""
    return _Reading(path).run()


def _texts(path: Path) -> Iterator[str]:
    """The text after each change of a journal."""
    reading = _Reading(path)
    reading.run()
    yield from reading.stages


class _Reading:
    """One replay, from the first line to the last that is whole."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.changes: list[Kept] = []
        self.drafts: dict[At, tuple[str, datetime | None]] = {}
        self.splices: list[Splice] = []
        self.base = ""
        self.text = ""

    @property
    def stages(self) -> Iterator[str]:
        text = self.base
        for splice in self.splices:
            text = splice.done(text)
            yield text

    def run(self) -> Replay | None:
        lines = _lines(self.path)
        head = _record(next(lines, b""))
        if head.get("journal") != VERSION or not isinstance(head.get("text"), str):
            return None
        self.base = self.text = head["text"]
        torn = False
        for line in lines:
            if not self.take(_record(line)):
                torn = True
                break
        loose = []
        for path, (typed, at) in self.drafts.items():
            try:
                old = lookup(tree(self.text), path)
                if typed.strip() == (old.strip() if isinstance(old, str) else ""):
                    continue  # a blank behind a word is no change
                kept = clean(typed, lines=True)
                after = apply(self.text, Set(path, kept) if kept.strip() else Remove(path))
            except (ImpactBriefError, IndexError, KeyError, ValueError, AssertionError):
                loose.append((path, typed))
                continue
            self.text = after
            self.changes.append(Kept(at, "", path))
        return Replay(
            self.path,
            self.base,
            str(head.get("fingerprint", "")),
            self.text,
            tuple(self.changes),
            torn,
            tuple(loose),
        )

    def take(self, record: dict[str, Any]) -> bool:
        """Whether a line was whole and fits the text so far."""
        at = _time(record.get("at"))
        if "draft" in record:
            path, typed = _path(record["draft"]), record.get("text")
            if path is None or not isinstance(typed, str):
                return False
            # a text is typed when the one before it is settled, be it that nothing came of that
            self.drafts = {path: (typed, at)}
            return True
        path = _path(record.get("path"))
        start, old, new = record.get("start"), record.get("old"), record.get("new")
        if path is None or not isinstance(start, int) or not isinstance(old, str):
            return False
        if not isinstance(new, str):
            return False
        try:
            after = Splice(start, old, new).done(self.text)
        except ValueError:
            return False
        if len(after) != record.get("size"):
            return False
        self.text = after
        self.splices.append(Splice(start, old, new))
        self.changes.append(Kept(at, str(record.get("label", "")), path))
        self.drafts.clear()  # every change settles first what was being typed
        return True


def _lines(path: Path) -> Iterator[bytes]:
    """The whole lines of a journal; a torn last one, without its line end, counts as damaged."""
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError:
        return
    if len(data) <= LARGEST:
        yield from data.split(b"\n") if not data.endswith(b"\n") else data[:-1].split(b"\n")


def _record(line: bytes) -> dict[str, Any]:
    try:
        record = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError):
        return {}
    return record if isinstance(record, dict) else {}


def _time(value: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None


def _path(value: Any) -> At | None:
    if not isinstance(value, list) or not all(type(step) in (str, int) for step in value):
        return None
    return tuple(value)


def leftovers(folder: Path, file: Path) -> tuple[list[Path], list[Path]]:
    """Journals of earlier sittings over a file, and those that were given up.

    Each is renamed before anybody reads it, so one that brings the program down is tried only
    `TRIES` times and then left alone.
    """
    found, given_up = [], []
    key = key_of(file)
    try:
        names = sorted(path for path in folder.glob(f"{key}.*.jsonl"))
    except OSError:
        return [], []
    for path in names:
        match = re.fullmatch(r"(.+?)(?:\.try(\d))?\.jsonl", path.name)
        assert match is not None
        tries = int(match[2] or 0) + 1
        if tries > TRIES:
            given_up.append(path)
            continue
        renamed = path.with_name(f"{match[1]}.try{tries}.jsonl")
        try:
            path.rename(renamed)
        except OSError:
            continue
        found.append(renamed)
    return found, given_up


def untried(path: Path) -> None:
    """Gives a journal its first name back: reading it was no trouble, it only waits."""
    with contextlib.suppress(OSError):
        path.rename(path.with_name(re.sub(r"\.try\d(?=\.jsonl$)", "", path.name)))
