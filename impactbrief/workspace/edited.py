"""A text that is being edited: every change journalled, undoable, and told to whoever listens."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from impactbrief.answers import file as files
from impactbrief.answers.edits import Edit, Insert, Set, clean, entered, key_order, prose
from impactbrief.answers.file import AnswerFile
from impactbrief.answers.history import PAUSE, Change, History, Splice, goes_on
from impactbrief.answers.model import Answers
from impactbrief.answers.pasted import free_id
from impactbrief.assessment import Assessment, Finding
from impactbrief.errors import InputError, OutputError, Place, Problem
from impactbrief.i18n import _
from impactbrief.interview import Interview, Kind, ids_of
from impactbrief.interview import label as label_of
from impactbrief.shape import as_typed
from impactbrief.toolkit.model import Toolkit
from impactbrief.workspace import journal as journals
from impactbrief.workspace.keeping import Clocks
from impactbrief.workspace.reading import Reading
from impactbrief.yamltext import Path as At
from impactbrief.yamltext import Value, Writable

Listener = Callable[["Changed"], None]


@dataclass(frozen=True, slots=True)
class Changed:
    """What listeners are told: the text is another one."""

    path: At
    """Where the change acts; empty where it is all over the file."""
    label: str
    origin: str
    """`edit`, `undo`, `redo`, `restore` or `outside`."""


class EditedText:
    """The text of one answer file, its history and its readings.

    Whoever owns it keeps the lines that `_record` is handed: they are the journal.
    """

    def __init__(self, file: AnswerFile, clocks: Clocks) -> None:
        assert file.path is not None
        self.path: Path = file.path
        self.listeners: list[Listener] = []
        """Called after each change of the text, in the order they were added."""
        self.revision = 0
        """Grows with every change of the text."""
        self.read_only = ""
        """Why nothing can be changed; empty if it can."""
        self._clocks = clocks
        self._reading = Reading(file)
        self._history = History(file.text, order=self._order)
        self._drafts: dict[At, str] = {}
        self._begun: dict[At, str] = {}  # what each draft began from
        self._draft_at = 0.0

    def _record(self, line: str, *, change: bool) -> None:
        """Takes a line of the journal."""
        raise NotImplementedError

    def _strand(self, path: At, typed: str, problem: Problem) -> None:
        """Takes typed words that the text can't hold."""
        raise NotImplementedError

    # Reading ----------------------------------------------------------------------------------

    @property
    def text(self) -> str:
        """The file's text as it is now, with what is being typed left out (see `settle`)."""
        return self._history.text

    @property
    def file(self) -> AnswerFile:
        """The text read."""
        return self._reading.file

    @property
    def answers(self) -> Answers:
        return self.file.answers

    @property
    def toolkit(self) -> Toolkit:
        """The file's question bank, in the language of the brief."""
        return self._reading.toolkit

    @property
    def toolkit_problems(self) -> tuple[Problem, ...]:
        """Why the file's own question bank can't be used; the one that ships stands in for it."""
        return (self._reading.toolkit and ()) or self._reading.toolkit_problems

    @property
    def assessment(self) -> Assessment:
        return self._reading.assessment

    @property
    def interview(self) -> Interview:
        """Every question with its state, in the language of the brief."""
        return self._reading.interview

    def findings(self, today: date | None = None) -> list[Finding]:
        """Problems and gaps. This takes as long as several edits: ask after a pause."""
        return self._reading.findings(today)

    def value(self, path: At) -> Value:
        """What stands at a path, with what is being typed; None if nothing does."""
        if path in self._drafts:
            return self._drafts[path]
        return self._reading.value(path)

    def shown(self, path: At) -> str:
        """The text at a path as somebody edits it: without the line end that closes it.

        What is no text though one belongs there is shown in words: it must not be written over
        unseen.
        """
        value = self.value(path)
        if value is None or value in ([], {}):
            return ""
        return value.rstrip("\n") if isinstance(value, str) else as_typed(value)

    # Editing ----------------------------------------------------------------------------------

    def edit(self, edit: Edit, label: str | None = None) -> Changed | None:
        """Makes one change; None if it changes nothing.

        Raises InputError or IndexError where the text can't hold it, OutputError where the file is
        read only; then nothing has changed.
        """
        self._writable()
        self.settle()
        return self._do(edit, label, self._clocks.clock())

    def _do(
        self, edit: Edit, label: str | None, at: float, *, drafted: bool = False
    ) -> Changed | None:
        change = self._history.do(
            edit, label=label_of(self.toolkit, edit) if label is None else label, at=at
        )
        if change is None:
            return None
        try:
            self._read_again()
        except InputError:
            self._history.undo()
            raise
        return self._note(change, "edit", counts=not drafted)

    def write(self, path: At, text: str, *, lines: bool = True) -> Changed | None:
        """Puts entered text at a path, cleaned; text without a visible character clears it."""
        old = self._reading.value(path)
        return self.edit(entered(path, text, old if isinstance(old, str) else None, lines=lines))

    def draft(self, path: At, text: str, *, as_one: bool = False) -> None:
        """Takes text that is still being typed: quick, in the journal at once, in the text soon.

        For every key press. `value` knows it; `settle` puts it into the text, and so do a pause in
        the typing (see `due`), a new line and every other change; `as_one`, only another change
        does, so that undo takes back all that was typed here.
        """
        self._writable()
        now = self._clocks.clock()
        if path not in self._drafts or not (as_one or self._goes_on(path, text, now)):
            self.settle()
            self._begun[path] = self.shown(path)
        if text.rstrip("\n") == self.shown(path) and path not in self._drafts:
            del self._begun[path]
            return
        line = journals.line_of_draft(path, text, self._clocks.now())
        self._record(line, change=path not in self._drafts)
        self._drafts[path] = text
        self._draft_at = now

    def _goes_on(self, path: At, text: str, now: float) -> bool:
        """Whether typing goes on where it was, without a pause or a new line."""
        if now - self._draft_at >= PAUSE:
            return False
        return goes_on(self._begun[path], self._drafts[path].rstrip("\n"), text.rstrip("\n"))

    def settle(self) -> Changed | None:
        """Puts what is being typed into the text. What the text can't hold is kept elsewhere."""
        done = None
        for path, typed in tuple(self._drafts.items()):
            step = self.interview.step_at(path)
            if step is not None and step.kind is not Kind.CHOICES:
                edit = self.interview.answer(step, typed)
            else:
                old = self._reading.value(path)
                edit = entered(path, typed, old if isinstance(old, str) else None)
            del self._drafts[path], self._begun[path]
            try:
                done = self._do(edit, None, self._draft_at, drafted=True) or done
            except InputError as error:
                self._strand(path, typed, error.problems[0])
        return done

    def undo(self) -> Changed | None:
        """Takes the last change back; None if there is none. The result says where to look."""
        self._writable()
        self.settle()
        return self._step(self._history.undo(), "undo")

    def redo(self) -> Changed | None:
        """Does again what was undone last; None if there is nothing."""
        self._writable()
        self.settle()
        return self._step(self._history.redo(), "redo")

    def forget(self) -> None:
        """What was done until now can't be undone any more: it is how the file begins."""
        self.settle()
        self._history.forget(self.text)

    @property
    def undo_label(self) -> str | None:
        """What `undo` would take back; None if there is nothing."""
        if self._drafts:
            return label_of(self.toolkit, Set(next(iter(self._drafts)), ""))
        return self._history.undo_label

    @property
    def redo_label(self) -> str | None:
        return self._history.redo_label

    def add_note(self, path: At, text: str, *, by: str = "", about: str = "") -> Changed | None:
        """Adds a private note to the mapping at `path`; `about` may name one of its fields."""
        today = f"{self._clocks.now():%Y-%m-%d}"
        note = {"by": clean(by, lines=False), "date": today, "about": about, "text": prose(text)}
        held = self._reading.value((*path, "notes"))
        index = len(held) if isinstance(held, list) else 0
        return self.edit(
            Insert((*path, "notes"), index, {key: said for key, said in note.items() if said})
        )

    def add_reference(self, reference: Mapping[str, Writable]) -> str:
        """Adds a reference and returns its id, which may have got a number to be its own."""
        taken = {str(known.get("id")) for known in self.file.references}
        id_ = free_id(str(reference.get("id") or "source"), taken)
        index = len(self.answers.references)
        self.edit(Insert(("references",), index, {**reference, "id": id_}))
        return id_

    def _writable(self) -> None:
        if self.read_only:
            raise OutputError(
                Problem(
                    what=_("This file can't be changed here: {reason}.").format(
                        reason=self.read_only
                    ),
                    hint=_("Save a copy under another name, and change that."),
                    place=Place(str(self.path)),
                )
            )

    def _step(self, change: Change | None, origin: str) -> Changed | None:
        if change is None:
            return None
        self._read_again()
        splice = change.splice
        if origin == "undo":
            splice = Splice(splice.start, splice.new, splice.old)
            change = replace(change, splice=splice, path=change.before)
        return self._note(change, origin)

    def _replace(self, text: str, label: str, origin: str) -> Changed | None:
        change = self._history.replace(text, label=label, at=self._clocks.clock())
        if change is None:
            return None
        self._read_again()
        return self._note(change, origin)

    def _note(self, change: Change, origin: str, *, counts: bool = True) -> Changed:
        """Writes a change that was made into the journal, and tells the listeners."""
        line = journals.line_of(change, len(self._history.text), self._clocks.now())
        self._record(line, change=counts)
        return self._tell(Changed(change.path, change.label, origin))

    def _tell(self, changed: Changed) -> Changed:
        for listener in tuple(self.listeners):
            listener(changed)
        return changed

    def _read_again(self) -> None:
        data = self._history.text.encode("utf-8")
        self._reading = Reading(files.parse(data, name=str(self.path), path=self.path))
        self.revision += 1

    def _order(self, path: At) -> Sequence[str]:
        return key_order(ids_of(self.toolkit))(path)
