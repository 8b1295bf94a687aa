"""What every screen works with: one workspace, and the interview over it as it stands now."""

import time
from collections.abc import Callable, Sequence
from datetime import date, datetime

from impactbrief.answers.edits import Edit
from impactbrief.assessment import Finding
from impactbrief.errors import InputError, Problem
from impactbrief.interview import Interview, Kind, Step
from impactbrief.workspace import Changed, Workspace
from impactbrief.yamltext import Path, Value, Writable

LIST_PAUSE = 0.6
"""Seconds without a key after which a list that is being typed goes into the text."""
LIST_LONGEST = 0.9
"""Seconds after which it does all the same: nobody may lose more than a second's words."""


class Desk:
    """A workspace with its interview. The interview is made anew when the text has changed."""

    def __init__(self, workspace: Workspace, *, ascii_marks: bool = False) -> None:
        self.workspace = workspace
        self.ascii_marks = ascii_marks
        self.typing = False
        """Whether a change that comes now is somebody's typing."""
        self._revision = -1
        self._interview: Interview | None = None
        self._listing: tuple[Step, str] | None = None
        self._listed_from = self._listed_at = 0.0
        self.refused: Callable[[Problem], None] = lambda _problem: None
        """Told of a change that the file can't hold."""

    @property
    def interview(self) -> Interview:
        if self._interview is None or self._revision != self.workspace.revision:
            workspace = self.workspace
            self._interview = Interview(
                workspace.toolkit, workspace.assessment, workspace.findings(self.today)
            )
            self._revision = workspace.revision
        return self._interview

    @property
    def known(self) -> Interview:
        """The interview as it was worked out last: it may be behind by what is being typed."""
        return self._interview or self.interview

    @property
    def today(self) -> date:
        return datetime.now().astimezone().date()

    @property
    def findings(self) -> list[Finding]:
        return self.workspace.findings(self.today)

    @property
    def read_only(self) -> bool:
        return bool(self.workspace.read_only)

    @property
    def title(self) -> str:
        return self.workspace.answers.document.title

    def mark(self, glyph: str, ascii_: str) -> str:
        """A mark as this wizard draws marks."""
        return ascii_ if self.ascii_marks else glyph

    # answers

    def text(self, step: Step) -> str:
        """An answer as it is typed: text as it stands, a list with commas."""
        if self._listing is not None and self._listing[0].path == step.path:
            return self._listing[1]
        if step.kind is Kind.CHOICES:
            return f"{self.separator(step)} ".join(self.interview.chosen(step))
        if step.kind is Kind.DATE:  # CSL has them in parts, too
            return self.interview.shown(step)
        return self.workspace.shown(step.path)

    def typed(self, step: Step, text: str) -> None:
        """Takes what is being typed, at every key."""
        if self.read_only:
            return
        if step.kind is not Kind.CHOICES:
            self.typing = True
            try:
                self.workspace.draft(step.path, text)
            finally:
                self.typing = False
            return
        if self._listing is not None and self._listing[0].path != step.path:
            self.settle()
        self._listed_at = time.monotonic()
        self._listed_from = self._listed_from if self._listing else self._listed_at
        self._listing = (step, text)

    def separator(self, step: Step) -> str:
        """What parts the items of a list: a comma, unless one of them holds one."""
        return ";" if any("," in item for item in self.interview.chosen(step)) else ","

    def settle(self) -> None:
        """Puts what is being typed into the text: one change for a list, however many keys."""
        if self.read_only:
            return
        listing, self._listing = self._listing, None
        if listing is not None:
            step, text = listing
            separator = ";" if ";" in text else self.separator(step)
            self.answer(step, [item.strip() for item in text.split(separator)])
        self.workspace.settle()

    def settle_lists(self) -> None:
        """Puts a list into the text after a pause in its typing, or where that goes on for long;
        to be asked now and then."""
        now = time.monotonic()
        paused, long = now - self._listed_at >= LIST_PAUSE, now - self._listed_from >= LIST_LONGEST
        if self._listing is not None and (paused or long):
            self.settle()

    def answer(self, step: Step, value: Writable) -> Changed | None:
        """Takes an answer that was chosen."""
        return self.edit(self.interview.answer(step, value))

    def edit(self, edit: Edit) -> Changed | None:
        """Makes a change; where the file can't hold it, `refused` is told why."""
        if self.read_only:
            return None
        if self._listing is not None:
            self.settle()
        try:
            return self.workspace.edit(edit)
        except InputError as error:
            self.refused(error.problems[0])
            return None

    def in_words(self, step: Step) -> str:
        """An answer in words, for a line; empty where there is none."""
        if step.kind is Kind.ENTRIES:
            return "; ".join(self.interview.entries(step))
        return self.interview.shown(step)

    def value(self, path: Path) -> Value:
        return self.workspace.value(path)

    def entry_steps(self, step: Step, index: int) -> Sequence[Step]:
        return self.interview.entry(step, index)
