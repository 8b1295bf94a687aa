"""Which answer files are to be rendered again, as files are saved, made, renamed and deleted.

Folders are watched rather than files: an editor that saves by renaming puts another file in the
old one's place. What the watching library tells is only a hint where to look.
"""

import os
import queue
import threading
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path

from impactbrief.answers.file import ENDINGS, STDIN
from impactbrief.render.environment import places

STEP = 40
"""Milliseconds without another change after which a save counts as finished."""
LONGEST = 400
"""Milliseconds after which changes are told, though there are more coming."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened since the last time."""

    paths: frozenset[str]
    """Files that were written, made or deleted, with links resolved."""

    def touch(self, name: str, others: frozenset[str]) -> bool:
        """Whether an answer file, or one of the files that it names, or a folder in which one would
        lie, is among them."""
        named = [os.path.realpath(other) for other in others]
        return (
            os.path.realpath(name) in self.paths
            or self._within(named)
            or any(path.startswith(changed + os.sep) for path in named for changed in self.paths)
        )

    def touch_templates(self, folder: Path | None) -> bool:
        """Whether anything in a folder of templates is among them, or what links in it lead to."""
        return folder is not None and self._within(places(folder))

    def _within(self, tops: Iterable[str]) -> bool:
        """Whether any of these files and folders, or something below one, is among them."""
        return any(
            changed == top or changed.startswith(top + os.sep)
            for top in tops
            for changed in self.paths
        )

    def may_add(self, known: Set[str]) -> bool:
        """Whether there may be other answer files now than the `known` ones.

        A new folder may be filled before it is watched; then it is all that is told.
        """
        return any(
            (path.endswith(ENDINGS) and path not in known) or os.path.isdir(path)  # noqa: PTH112
            for path in self.paths
        )

    def may_take(self, known: Set[str]) -> bool:
        """Whether some of the `known` answer files may be gone."""
        gone = [path for path in self.paths if not os.path.exists(path)]  # noqa: PTH110
        return any(
            file == path or file.startswith(path + os.sep) for path in gone for file in known
        )


@dataclass
class Watcher:
    """Tells what changes below some PATHs, in a folder of templates and in named files."""

    paths: tuple[str, ...]
    templates: Path | None = None
    _changes: "queue.SimpleQueue[frozenset[str]]" = field(default_factory=queue.SimpleQueue)
    _stop: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)
    _watched: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())
    _missed: frozenset[str] = frozenset()
    """Named files whose folder isn't there yet."""

    def look_after(self, inputs: Mapping[str, frozenset[str]]) -> None:
        """Watches also the files that the answers name, from now on."""
        missed, self._missed = self._missed, frozenset(
            path for named in inputs.values() for path in named
            if not Path(os.path.realpath(path)).parent.is_dir()
        )  # fmt: skip
        wanted = self._folders(inputs)
        if wanted == self._watched:
            return
        old, self._stop = self._stop, threading.Event()
        before, self._threads = self._threads, []
        self._watched = wanted
        ready = []
        for folders, recursive in zip(wanted, (True, False), strict=True):
            if folders:
                begun = threading.Event()
                thread = threading.Thread(
                    target=self._watch,
                    args=(sorted(folders), recursive, self._stop, begun),
                    daemon=True,
                )
                thread.start()
                self._threads.append(thread)
                ready.append(begun)
        for begun in ready:
            begun.wait(5)
        if found := frozenset(filter(os.path.exists, missed)):
            self._changes.put(found)  # they may have come before they were watched
        old.set()
        for thread in before:
            thread.join(2)

    def changes(self) -> Iterator[Changes]:
        """Waits, and tells what changed; ends with Ctrl-C only."""
        while True:
            try:
                found = set(self._changes.get(timeout=0.5))  # some systems can't interrupt it
            except queue.Empty:
                continue
            while not self._changes.empty():
                found |= self._changes.get()
            yield Changes(frozenset(map(os.path.realpath, found)))

    def stop(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(2)

    def _folders(
        self, inputs: Mapping[str, frozenset[str]]
    ) -> tuple[frozenset[str], frozenset[str]]:
        """The folders to watch with all that is below them, and those to watch alone."""
        deep = {os.path.realpath(path) for path in self.paths if Path(path).is_dir()}
        flat = set()
        for path in self.paths:
            if path != STDIN and not Path(path).is_dir():
                flat.add(str(Path(os.path.realpath(path)).parent))
                flat.add(os.path.realpath(Path(path).parent))
        read = places(self.templates) if self.templates is not None else ()
        for named in frozenset(read).union(*inputs.values()):
            real = os.path.realpath(named)
            if Path(real).is_dir():
                deep.add(real)
            else:
                flat.add(_nearest_folder(real))
        flat = {
            folder for folder in flat
            if Path(folder).is_dir()
            and not any(folder == top or folder.startswith(top + os.sep) for top in deep)
        }  # fmt: skip
        return frozenset(deep), frozenset(flat)

    def _watch(
        self, folders: list[str], recursive: bool, stop: threading.Event, begun: threading.Event
    ) -> None:
        from watchfiles import watch

        for changes in watch(
            *folders,
            watch_filter=None,
            recursive=recursive,
            stop_event=stop,
            step=STEP,
            debounce=LONGEST,
            rust_timeout=100,
            yield_on_timeout=True,
            raise_interrupt=False,
        ):
            begun.set()
            if changes:
                self._changes.put(frozenset(path for _change, path in changes))


def _nearest_folder(path: str) -> str:
    """The folder of a file, or the nearest one above it that is there."""
    return str(next(folder for folder in Path(path).parents if folder.is_dir()))
