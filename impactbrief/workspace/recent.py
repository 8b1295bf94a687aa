"""The files somebody worked on last, for a start screen. Kept in the system's folder for state."""

import contextlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from impactbrief.workspace.journal import state_folder
from impactbrief.workspace.paths import is_file
from impactbrief.workspace.saving import write_whole

MOST = 20


@dataclass(frozen=True, slots=True)
class Exported:
    """What somebody asked for when they last exported a brief."""

    documents: tuple[str, ...]
    formats: tuple[str, ...]
    paper: str
    folder: str


@dataclass(frozen=True, slots=True)
class Recent:
    """A file that was worked on."""

    path: str
    title: str
    done: int
    """Topics done, of `total`."""
    total: int
    at: str
    """When, in ISO format."""
    place: str = ""
    """The answer that was in hand, as a dotted path. Where somebody was is nobody else's business,
    so it stands here and not in the answer file."""
    exported: Exported | None = None

    @property
    def there(self) -> bool:
        """Whether the file is still where it was."""
        return is_file(Path(self.path))

    @property
    def when(self) -> datetime | None:
        try:
            return datetime.fromisoformat(self.at)
        except ValueError:
            return None


def recent(state: Path | None = None) -> list[Recent]:
    """The files worked on, the latest first. A damaged list is an empty one."""
    try:
        data = json.loads(_list(state).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return []
    found = []
    for entry in data if isinstance(data, list) else []:
        with contextlib.suppress(TypeError, ValueError, KeyError, AttributeError):
            found.append(
                Recent(
                    str(entry["path"]), str(entry["title"]), int(entry["done"]),
                    int(entry["total"]), str(entry["at"]), str(entry.get("place", "")),
                    _exported(entry.get("exported")),
                )
            )  # fmt: skip
    return found[:MOST]


def _exported(kept: object) -> Exported | None:
    with contextlib.suppress(TypeError, KeyError):
        if isinstance(kept, dict):
            return Exported(
                tuple(map(str, kept["documents"])), tuple(map(str, kept["formats"])),
                str(kept["paper"]), str(kept["folder"]),
            )  # fmt: skip
    return None


def left(path: Path, state: Path | None = None) -> Recent | None:
    """How a file was left when somebody worked on it last. `path` is the file's, resolved."""
    return next((entry for entry in recent(state) if entry.path == str(path)), None)


def remember(entry: Recent, state: Path | None = None) -> None:
    """Puts a file on top of the list. A list that can't be written is no trouble."""
    _write([entry, *(other for other in recent(state) if other.path != entry.path)], state)


def forget(path: str, state: Path | None = None) -> None:
    """Takes a file off the list; the file itself stays."""
    _write([other for other in recent(state) if other.path != path], state)


def _list(state: Path | None) -> Path:
    return (state or state_folder()) / "recent.json"


def _write(entries: list[Recent], state: Path | None) -> None:
    with contextlib.suppress(OSError):
        path = _list(state)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        text = json.dumps([asdict(entry) for entry in entries[:MOST]], indent=1, ensure_ascii=False)
        write_whole(path, text.encode("utf-8"))
