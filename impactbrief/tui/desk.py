"""What every screen works with: one workspace, and the interview over it as it stands now."""

from collections.abc import Sequence
from datetime import date, datetime

from impactbrief.assessment import Finding
from impactbrief.interview import Interview, Kind, Step
from impactbrief.workspace import Changed, Workspace
from impactbrief.yamltext import Path, Value, Writable


class Desk:
    """A workspace with its interview. The interview is made anew when the text has changed."""

    def __init__(self, workspace: Workspace, *, ascii_marks: bool = False) -> None:
        self.workspace = workspace
        self.ascii_marks = ascii_marks
        self._revision = -1
        self._interview: Interview | None = None

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
        if step.kind is Kind.CHOICES:
            return ", ".join(self.interview.chosen(step))
        return self.workspace.shown(step.path)

    def typed(self, step: Step, text: str) -> None:
        """Takes what is being typed, at every key."""
        if self.read_only:
            return
        if step.kind is Kind.CHOICES:
            self.answer(step, [item.strip() for item in text.split(",")])
        else:
            self.workspace.draft(step.path, text)

    def answer(self, step: Step, value: Writable) -> Changed | None:
        """Takes an answer that was chosen."""
        if self.read_only:
            return None
        return self.workspace.edit(self.interview.answer(step, value))

    def in_words(self, step: Step) -> str:
        """An answer in words, for a line; empty where there is none."""
        if step.kind is Kind.ENTRIES:
            return "; ".join(self.interview.entries(step))
        return self.interview.shown(step)

    def value(self, path: Path) -> Value:
        return self.workspace.value(path)

    def entry_steps(self, step: Step, index: int) -> Sequence[Step]:
        return self.interview.entry(step, index)
