"""One sitting over one answer file: open, edit, undo, save, recover.

`Workspace` is what front ends call. Its state belongs to one thread; only `SaveJob.run` may run in
another. What a person typed is in the journal before a call returns and in the file soon after, and
neither a crash nor a full disk nor somebody else's change of the file makes it vanish silently.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from impactbrief.answers import file as files
from impactbrief.answers.edits import lookup
from impactbrief.answers.file import AnswerFile
from impactbrief.answers.model import FORMAT
from impactbrief.errors import InputError, NewerFormatError, OutputError, Problem
from impactbrief.i18n import _
from impactbrief.workspace import journal as journals
from impactbrief.workspace import outside
from impactbrief.workspace.edited import Changed, EditedText
from impactbrief.workspace.journal import Journal, Replay, state_folder
from impactbrief.workspace.keeping import Clocks, Keeping, stamp
from impactbrief.workspace.lock import Lock, Owner
from impactbrief.workspace.outside import Conflict, Difference
from impactbrief.workspace.reading import Reading
from impactbrief.workspace.recent import Exported, Recent, left, remember
from impactbrief.workspace.saving import Autosave, SaveJob, SaveState, counted, write_whole
from impactbrief.workspace.stranded import Stranded, strand
from impactbrief.yamltext import Path as At
from impactbrief.yamltext import Spelled, read


@dataclass(frozen=True, slots=True)
class Recovery:
    """Changes of an earlier sitting that never reached the file."""

    replay: Replay
    on_disk: str
    """The text of the file as it is now."""
    untouched: bool
    """Whether the file is as that sitting left it, so that restoring can't undo anybody's work."""

    @property
    def count(self) -> int:
        return len(self.replay.changes)

    @property
    def since(self) -> datetime | None:
        return self.replay.since

    @property
    def changes(self) -> tuple[journals.Kept, ...]:
        return self.replay.changes

    @property
    def loose(self) -> tuple[tuple[At, str], ...]:
        """Typed text that no longer finds its place in the file."""
        return self.replay.loose

    @property
    def differences(self) -> tuple[Difference, ...]:
        """Every answer that restoring would change."""
        try:
            return outside.differences(self.replay.base, self.replay.text, self.on_disk)
        except InputError:
            return ()

    def words(self) -> str:
        """What happened, in one line."""
        since = f"{self.since:%H:%M}" if self.since else "?"
        if self.since and self.since.date() != datetime.now().date():
            since = f"{self.since:%Y-%m-%d %H:%M}"
        return _("Not saved in the file: {changes} ({time}).").format(
            changes=counted(self.count), time=since
        )


class Workspace(EditedText):
    """One sitting over one answer file. Made by `open`."""

    def __init__(
        self, file: AnswerFile, data: bytes, *, state: Path, clocks: Clocks, autosave: Autosave
    ) -> None:
        super().__init__(file, clocks)
        self.recovery: Recovery | None = None
        """Changes of an earlier sitting that wait for `restore` or `discard`."""
        self.conflict: Conflict | None = None
        """What has to be decided before anything is saved; None while all is well."""
        self.set_aside: tuple[Path, ...] = ()
        """Journals that can't be read. They are kept, and can be read by eye."""
        last = left(self.path.resolve(), state)
        self.place = last.place if last is not None else ""
        """The answer in hand, as a dotted path; at first, where the last sitting ended."""
        self.exported: Exported | None = last.exported if last is not None else None
        """What was asked for at the last export, in this sitting or an earlier one."""
        self._state_folder = state
        journal = Journal(state, self.path)
        self._keeping = Keeping(file, self.path, data, journal, autosave, clocks)
        self._lock: Lock | None = None
        self._waiting: list[Path] = []  # journals of earlier sittings
        self._stranded: list[Stranded] = []

    def _record(self, line: str, *, change: bool) -> None:
        self._keeping.record(line, change=change)

    def _strand(self, path: At, typed: str, problem: Problem | None = None) -> None:
        self._stranded.append(strand(self.path, self._state_folder, path, typed, problem))

    def settle(self) -> Changed | None:
        done = super().settle()
        if not self._unsaved and self._keeping.job is None:
            self._keeping.settle()  # what came to nothing, as a blank at the end, is no change
        return done

    def stranded(self) -> tuple[Stranded, ...]:
        """The words that found no place since this was asked last. To be told to the user."""
        found, self._stranded = tuple(self._stranded), []
        return found

    # Opening and closing ----------------------------------------------------------------------

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        state: Path | None = None,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = datetime.now,
        autosave: Autosave | None = None,
        look: bool = False,
    ) -> "Workspace":
        """A sitting over the answer file at `path`.

        Raises InputError where there is no such file (see `new_file`) or it can't be read. A file
        of a newer format, one that somebody else works on, and any file with `look` are opened for
        reading only; `read_only` says why.
        """
        path = Path(path)
        file, data, newer = _read_any(path)
        workspace = cls(
            file, data, state=state or state_folder(), clocks=Clocks(clock, now),
            autosave=autosave or Autosave(),
        )  # fmt: skip
        if newer:
            workspace.read_only = newer
        elif look:
            workspace.read_only = _("it was opened to be looked at")
        else:
            workspace._take_lock()
        return workspace

    @property
    def lock_owner(self) -> Owner | None:
        """Who else works on this file; None if nobody does."""
        return self._lock.owner if self._lock is not None else None

    def take_over(self) -> None:
        """Takes the lock from somebody else. For the user to decide: both may be writing."""
        if self._lock is not None and self._lock.owner is not None:
            self._take_lock(force=True)
            self.look_outside()

    def _take_lock(self, *, force: bool = False) -> None:
        self._lock = Lock(self.path, self._state_folder)
        if not self._lock.take(self._clocks.now(), force=force):
            self.read_only = _("in use by {owner}").format(owner=self._lock.owner)
            return
        self.read_only = ""
        self._waiting, given_up = journals.leftovers(self._state_folder, self.path)
        self.set_aside = tuple(given_up)
        self._next_recovery()

    def close(self, *, save: bool = True) -> SaveState:
        """Saves, gives the lock back and returns how it ended.

        Words that can't be saved stay in the journal, and an undecided recovery is offered again.
        """
        state = self.save() if save else self.state
        if self._unsaved:
            self._keeping.journal.close()
        else:
            self._keeping.journal.clear()
        for path in [*([self.recovery.replay.path] if self.recovery else []), *self._waiting]:
            journals.untried(path)
        if self._lock is not None:
            if self._lock.owner is None:
                self._remember()
            self._lock.release()
        return state

    def _remember(self) -> None:
        count = self.interview.count
        at = self._clocks.now().isoformat("T", "seconds")
        title = self.answers.document.title
        remember(
            Recent(
                str(self.path.resolve()), title, count.done, count.total, at, self.place,
                self.exported,
            ),
            self._state_folder,
        )  # fmt: skip

    # Recovery ---------------------------------------------------------------------------------

    def _next_recovery(self) -> None:
        self.recovery = None
        while self._waiting:
            path = self._waiting.pop(0)
            told = journals.replay(path)
            if told is None:
                if path.exists() and path.stat().st_size:
                    self.set_aside = (*self.set_aside, path)
                else:
                    path.unlink(missing_ok=True)
                continue
            rest = told.beyond(self._keeping.base)
            if rest is None:
                path.unlink(missing_ok=True)
                continue
            on_disk = self._keeping.base
            untouched = rest.base == on_disk or rest.fingerprint == self._keeping.fingerprint
            self.recovery = Recovery(rest, on_disk, untouched)
            return

    def restore(self) -> Changed | None:
        """Takes the recovered changes over, as one change that can be undone.

        Where the file was changed after that sitting, both are joined; where both changed the same
        answer, `conflict` is set and the user chooses.
        """
        recovery, self.recovery = self.recovery, None
        if recovery is None:
            return None
        self.settle()
        replayed = recovery.replay
        label = _("Restore: {changes}").format(changes=counted(recovery.count))
        if recovery.untouched and self.text == self._keeping.base:
            self._replace(replayed.text, label, "restore")
        else:
            both = Conflict(replayed.base, replayed.text, self.text, self._keeping.fingerprint)
            clashes = any(difference.both for difference in both.differences)
            self._replace(
                replayed.text if clashes else outside.merged(both, order=self._order),
                label,
                "restore",
            )
            self.conflict = both if clashes else None
        for path, typed in recovery.loose:
            self._strand(path, typed)
        self._keeping.journal.sync()
        replayed.path.unlink(missing_ok=True)
        self._next_recovery()
        return Changed((), label, "restore")

    def discard(self) -> None:
        """Gives the recovered changes up, for good."""
        if self.recovery is not None:
            self.recovery.replay.path.unlink(missing_ok=True)
            self._next_recovery()

    # Saving -----------------------------------------------------------------------------------

    @property
    def _unsaved(self) -> bool:
        keeping = self._keeping
        gone = keeping.fingerprint is None  # a file that is gone has to be written anew
        return bool(self._drafts) or gone or self._history.text != keeping.base

    @property
    def state(self) -> SaveState:
        """How it stands with the file."""
        keeping, unsaved = self._keeping, self._unsaved
        return SaveState(
            saved_at=keeping.saved_at,
            pending=max(keeping.changes, 1) if unsaved else 0,
            saving=keeping.job is not None,
            failed=keeping.failed if unsaved else "",
            journal=keeping.journal.path if unsaved and keeping.journal.begun else None,
            journal_failed=keeping.journal.failed if unsaved else "",
            read_only=self.read_only,
        )

    def due_at(self) -> float | None:
        """When the next save is due, on the workspace's clock; None if there is none to make."""
        if self.read_only or self.conflict is not None or not self._unsaved:
            return None
        return self._keeping.due_at()

    def due(self, now: float | None = None) -> bool:
        """Whether it is time to save."""
        at = self.due_at()
        return at is not None and (self._clocks.clock() if now is None else now) >= at

    def begin_save(self) -> SaveJob | None:
        """A save to run (in any thread) and then to hand to `end_save`; None if there is none.

        A save that is still under way is waited for and ended first.
        """
        if (running := self._keeping.job) is not None:
            running.run()
            self.end_save(running)
        self.look_after_lock()
        if self.read_only or self.conflict is not None:
            return None
        self.settle()
        return self._keeping.begin(self._history.text) if self._unsaved else None

    def end_save(self, job: SaveJob) -> SaveState:
        """Takes the result of a save in."""
        if not self._keeping.end(job, self._history.text) and job.outside:
            self._outside_changed()
        return self.state

    def look_after_lock(self) -> None:
        """Keeps the lock alive, and notices if somebody has taken it over: then nothing can be
        changed any more. To be asked now and then."""
        if self._lock is None or self._lock.owner is not None:
            return
        if not self._lock.ours:
            self._lock.owner = self._lock.held()
            owner = self._lock.owner or _("somebody")
            self.read_only = _("taken over by {owner}").format(owner=owner)
            self._keeping.journal.sync()
        self._lock.sign(self._clocks.clock())

    def save(self) -> SaveState:
        """Saves now, in this thread, and returns how it went. Raises nothing."""
        job = self.begin_save()
        if job is not None:
            job.run()
            self.end_save(job)
        return self.state

    def save_copy(self, path: str | Path) -> Path:
        """Writes the text as it is to another file, which must not exist. Raises OutputError."""
        if not self.read_only:
            self.settle()
        files.save(Path(path), self._history.text, expected=None)
        return Path(path)

    # What others do to the file ---------------------------------------------------------------

    def look_outside(self) -> bool:
        """Whether somebody else changed the file. To be asked now and then, and on return.

        Without unsaved changes here the new text is taken over, and undo starts anew from it; with
        some, `conflict` is set and nothing is saved until the user has chosen.
        """
        keeping = self._keeping
        if keeping.job is not None or self.conflict is not None:
            return self.conflict is not None
        found = stamp(self.path)
        if found == keeping.stamp:
            return False
        keeping.stamp = found
        if found and _fingerprint(self.path) in (keeping.fingerprint, None):
            return False  # the same again, or unreadable just now
        self._outside_changed()
        return True

    def _outside_changed(self) -> None:
        if not self.read_only:
            self.settle()
        keeping, mine = self._keeping, self._history.text
        keeping.journal.sync()
        try:
            theirs, _data, newer = _read_any(self.path)
        except InputError as error:
            if not self.read_only:
                found = _fingerprint(self.path)
                self.conflict = Conflict(keeping.base, mine, None, found, error.problems)
            return
        self.read_only = newer or self.read_only
        if self._unsaved and theirs.text != mine:
            self.conflict = Conflict(keeping.base, mine, theirs.text, theirs.fingerprint)
            return
        keeping.start_from(theirs)
        self._history.forget(theirs.text)
        self._reading = Reading(theirs)
        self.revision += 1
        self._tell(Changed((), _("The file was changed outside"), "outside"))

    def keep_both(self) -> Path:
        """Writes my version to a file of its own beside the other and goes on with theirs.

        Returns where mine is. Raises OutputError where it can't be written; then the conflict stays
        and my words are in the journal.
        """
        conflict = self._in_conflict()
        mine = _free_name(self.path, _("my version"))
        files.save(mine, self._history.text, expected=None)
        if conflict.theirs is not None:
            self.take_theirs()
        else:
            self.keep_mine()
        return mine

    def take_theirs(self) -> None:
        """Goes on with the other version; undo brings mine back. The other one must be readable."""
        conflict = self._in_conflict()
        if conflict.theirs is None:
            raise OutputError(
                Problem(_("The other version can't be read."), _("Keep yours, or keep both."))
            )
        self._decide(conflict.theirs, _("Take the other version"))

    def keep_mine(self) -> None:
        """Goes on with my version, which the next save writes; undo brings the other back.

        What can't be brought back so, because it can't be read, is copied beside the file first.
        """
        conflict = self._in_conflict()
        mine = self._history.text
        if conflict.theirs is None and conflict.fingerprint is not None:
            copy = _free_name(self.path, _("other version"))
            write_whole(copy, self.path.read_bytes())
        if conflict.theirs is not None:
            self._replace(conflict.theirs, _("Take the other version"), "outside")
        self._decide(mine, _("Keep my version"))

    def merge(self, mine: Iterable[At] = ()) -> None:
        """Goes on with both versions joined: theirs, with all that only I changed.

        Of the answers that both changed, those whose path is in `mine` are mine.
        """
        conflict = self._in_conflict()
        if conflict.theirs is None:
            self.keep_mine()
            return
        now = Conflict(conflict.base, self._history.text, conflict.theirs, conflict.fingerprint)
        self._decide(outside.merged(now, mine, order=self._order), _("Join both versions"))

    def _in_conflict(self) -> Conflict:
        if self.conflict is None:
            raise ValueError("there is no conflict to decide")
        self._writable()
        self.settle()
        return self.conflict

    def _decide(self, text: str, label: str) -> None:
        conflict = self._in_conflict()
        self.conflict = None
        self._replace(text, label, "outside")
        base = self._keeping.base if conflict.theirs is None else conflict.theirs
        self._keeping.decide(base, conflict.fingerprint, self._history.text, label)


def _read_any(path: Path) -> tuple[AnswerFile, bytes, str]:
    """An answer file, its bytes, and why it must not be written to (newer format, or empty)."""
    try:
        file = files.read_answers(path)
    except NewerFormatError as error:
        data = path.read_bytes()
        spelled = lookup(read(data.decode("utf-8")).value, ("impactbrief",))
        assert isinstance(spelled, Spelled)
        version = int(spelled)
        try:
            file = files.parse(data, name=str(path), path=path, newest=version)
        except InputError:
            raise error from None
        reason = _(
            "it uses format {version}; this version of impactbrief reads formats up to {newest}"
        )
        return file, data, reason.format(version=version, newest=FORMAT)
    return file, path.read_bytes(), ""


def _fingerprint(path: Path) -> str | None:
    try:
        return files.fingerprint(path.read_bytes())
    except OSError:
        return None


def _free_name(path: Path, what: str) -> Path:
    """A name beside `path` that no file has: `name (what).yaml`, `name (what 2).yaml`."""
    number = 1
    while True:
        inside = what if number == 1 else f"{what} {number}"
        candidate = path.with_name(f"{path.stem} ({inside}){path.suffix}")
        if not candidate.exists():
            return candidate
        number += 1
