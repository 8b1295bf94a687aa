"""What was made from what, so that the same document is not made twice.

One small database in the user's cache folder, none beside the user's files. It only saves time:
where it is missing, damaged, locked or can't be written, documents are made, and nothing is said.
"""

import json
import os
import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path

SHAPE = 3
"""Changes when the table does; a record of another shape starts anew."""
KEPT = 180 * 86_400
"""Seconds after which an entry is dropped."""
PATIENCE = 2.0
"""Seconds to wait while another impactbrief writes."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One document that was made."""

    made_from: str
    """A digest of the answers, the looks and the program, and of the folders in which the files
    that the answers name are looked for."""
    inputs: dict[str, str]
    """The files that the answers name: path -> digest."""
    output: str
    """The SHA-256 of the document."""
    machine_fonts: str = ""
    """Which fonts the machine had of its own, where the document may show them."""
    gaps: int | None = None
    """How many questions of the answers were open."""


def place() -> Path:
    """Where the record lies."""
    from platformdirs import user_cache_path

    return user_cache_path("impactbrief") / "batch" / "made.sqlite3"


class Record:
    """The documents that were made, by where they were written."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or place()
        self._renewed = False
        self._database = self._opened()

    def get(self, target: Path) -> Entry | None:
        """What is known of the document at `target`."""
        if self._database is None:
            return None
        try:
            row = self._database.execute(
                "SELECT made_from, inputs, output, machine_fonts, gaps FROM made WHERE target = ?",
                (_key(target),),
            ).fetchone()
            if row is None:
                return None
            made_from, inputs, output, fonts, gaps = row
            gaps = None if gaps is None else int(gaps)
            entry = Entry(made_from, dict(json.loads(inputs)), output, fonts, gaps)
        except (sqlite3.Error, ValueError, TypeError):
            return None
        return entry

    def put(self, target: Path, entry: Entry) -> None:
        """Remembers a document that was written."""
        self._change(
            "INSERT OR REPLACE INTO made VALUES (?, ?, ?, ?, ?, ?, ?)",
            _key(target),
            entry.made_from,
            json.dumps(entry.inputs),
            entry.output,
            entry.machine_fonts,
            entry.gaps,
            int(time.time()),
        )

    def forget(self, target: Path) -> None:
        """Forgets a document."""
        self._change("DELETE FROM made WHERE target = ?", _key(target))

    def close(self) -> None:
        if self._database is not None:
            self._change("DELETE FROM made WHERE written < ?", int(time.time()) - KEPT)
        if self._database is not None:
            self._database.close()
            self._database = None

    def _change(self, statement: str, *values: object) -> None:
        if self._database is None:
            return
        try:
            self._database.execute(statement, values)
        except sqlite3.Error as error:
            self._database.close()
            self._database = self._anew() if _damaged(error) else None

    def _opened(self) -> sqlite3.Connection | None:
        database = None
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            # each change is done at once, so that nobody else waits; what a power cut takes from a
            # cache costs time only
            database = sqlite3.connect(self._path, timeout=PATIENCE, isolation_level=None)
            database.execute("PRAGMA synchronous = OFF")
            database.execute("PRAGMA journal_mode = MEMORY")
            (shape,) = database.execute("PRAGMA user_version").fetchone()
            if shape != SHAPE:
                database.execute("DROP TABLE IF EXISTS made")
                database.execute(
                    "CREATE TABLE IF NOT EXISTS made (target BLOB PRIMARY KEY, made_from TEXT,"
                    " inputs TEXT, output TEXT, machine_fonts TEXT, gaps INTEGER, written INTEGER)"
                    " WITHOUT ROWID"
                )
                database.execute(f"PRAGMA user_version = {SHAPE}")
            database.execute(
                "SELECT target, made_from, inputs, output, machine_fonts, gaps, written FROM made"
                " LIMIT 1"
            )
        except (sqlite3.Error, OSError) as error:
            if database is not None:
                database.close()
            return self._anew() if isinstance(error, sqlite3.Error) and _damaged(error) else None
        return database

    def _anew(self) -> sqlite3.Connection | None:
        """A new record in the place of a damaged one; none where there can be none."""
        if self._renewed:
            return None
        self._renewed = True
        try:
            self._path.unlink()
        except OSError:
            return None
        return self._opened()


def _damaged(error: sqlite3.Error) -> bool:
    """Whether a new record would do better: this one isn't locked, full or out of reach."""
    return getattr(error, "sqlite_errorcode", None) in (
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_ERROR,
        sqlite3.SQLITE_SCHEMA,
        sqlite3.SQLITE_MISMATCH,
    )


def _key(target: Path) -> bytes:
    return os.fsencode(os.path.abspath(target))  # noqa: PTH100 - links stay as they are
