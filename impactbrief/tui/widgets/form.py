"""Steps as rows of a form: a label, the answer, and one line below it where something is wrong."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import DescendantFocus
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from impactbrief.errors import Problem
from impactbrief.i18n import _
from impactbrief.interview import Kind, Step
from impactbrief.tui.desk import Desk
from impactbrief.tui.widgets.fields import LineField, ProseField
from impactbrief.tui.widgets.label import Label
from impactbrief.tui.widgets.lines import trouble
from impactbrief.tui.widgets.picker import Picker
from impactbrief.yamltext import dotted


class Row(Vertical):
    """One step of a form."""

    def __init__(self, desk: Desk, step: Step) -> None:
        super().__init__(classes=f"row {'tall' if step.kind is Kind.PROSE else ''}".strip())
        self.desk = desk
        self.step = step

    def compose(self) -> ComposeResult:
        needed = self.step.required or self._missing(self.step.problems)
        star = " *" if needed and not self._made else ""
        label = Label(f"{self.step.title}{star}")
        answer = self.editor()
        if self.step.kind is Kind.PROSE:
            yield label
            yield answer
        else:
            with Horizontal(classes="pair"):
                yield label
                yield answer
        yield Static("", classes="trouble", markup=False)

    def editor(self) -> Widget:
        step, desk = self.step, self.desk
        if step.kind is Kind.PROSE:
            return ProseField(desk.text(step), read_only=desk.read_only)
        if step.kind in (Kind.LINE, Kind.DATE) or (step.kind is Kind.CHOICES and not step.choices):
            invitation = _("made for you if you leave it empty") if self._made else ""
            return LineField(desk.text(step), placeholder=invitation, disabled=desk.read_only)
        hint = _("Enter: add") if step.kind is Kind.ENTRIES else _("Enter: choose")
        opens = bool(step.kind is Kind.ENTRIES or step.cites) and not desk.read_only
        return Picker(desk.in_words(step), hint="" if desk.read_only else hint, opens=opens)

    def on_mount(self) -> None:
        self.show()

    @property
    def _made(self) -> bool:
        """Whether the answer is made when the form is left without one."""
        return self.step.path[-1] == "id" and self.step.kind is Kind.LINE

    @property
    def field(self) -> Widget:
        """The widget that holds the answer."""
        return next(iter(self.query("ProseField, LineField, Picker")))

    def show(self, *, texts: bool = True) -> None:
        """Brings the row to what the file says now; without `texts`, only what is chosen."""
        field = self.field
        if isinstance(field, ProseField | LineField):
            if texts:
                field.show(self.desk.text(self.step))
        elif isinstance(field, Picker):
            field.show(self.desk.in_words(self.step))
        self.show_problems(self.step.problems)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Says below the answer what is wrong with it, and what to do.

        Nobody is blamed for a line that they are only about to fill in: its star says enough.
        """
        line = self.query_one(".trouble", Static)
        problems = () if self._missing(problems) else problems
        line.update(Content(trouble(problems[0])) if problems else "")
        line.display = bool(problems)

    def _missing(self, problems: Sequence[Problem]) -> bool:
        """Whether all that is wrong is that nothing is here yet."""
        here = dotted(self.step.path)
        return bool(problems) and not self.desk.text(self.step) and problems[0].where == here


class Rows(VerticalScroll, can_focus=False, inherit_bindings=False):
    """Rows to fill in. The arrows lead from row to row, where a row doesn't use them itself."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("pageup", "page_up", show=False),
        Binding("pagedown", "page_down", show=False),
    ]


class Form(Rows):
    """Rows of steps. Says which step is in hand, what is typed, and what is to be chosen."""

    @dataclass
    class Typed(Message):
        """Somebody typed into a row."""

        step: Step
        text: str

    @dataclass
    class Opened(Message):
        """Somebody wants to choose a row's answer."""

        step: Step

    @dataclass
    class InHand(Message):
        """The focus has come to a row."""

        step: Step

    def __init__(self, desk: Desk, steps: Sequence[Step], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.desk = desk
        self.steps = tuple(steps)

    def compose(self) -> ComposeResult:
        part = ""
        for step in self.steps:
            if step.part != part:
                part = step.part
                yield Static(part, classes="part", markup=False)
            yield Row(self.desk, step)

    @property
    def rows(self) -> Iterator[Row]:
        yield from self.query(Row)

    def show(self, steps: Sequence[Step], *, texts: bool = True) -> None:
        """Brings every row to what the file says now; `steps` are looked up anew.

        A row stays what it was drawn for: one whose step is gone from the page keeps its own.
        """
        now = {step.path: step for step in steps}
        for row in self.rows:
            row.step = now.get(row.step.path, row.step)
            row.show(texts=texts)

    def field_of(self, step: Step | None) -> Widget | None:
        """What the answer to a step is given with; for none, that of the first row."""
        for row in self.rows:
            if step is None or step.path[: len(row.step.path)] == row.step.path:
                return row.field
        return None

    def focus_step(self, step: Step | None) -> None:
        """Takes the focus to a step's row, or to the first."""
        if (field := self.field_of(step)) is not None:
            self.screen.set_focus(field)

    def step_of(self, widget: Widget | None) -> Step | None:
        """The step whose row holds a widget."""
        while widget is not None and widget is not self:
            if isinstance(widget, Row):
                return widget.step
            widget = widget.parent if isinstance(widget.parent, Widget) else None
        return None

    def on_prose_field_edited(self, event: ProseField.Edited) -> None:
        event.stop()
        if step := self.step_of(event.field):
            self.post_message(self.Typed(step, event.text))

    def on_line_field_edited(self, event: LineField.Edited) -> None:
        event.stop()
        if step := self.step_of(event.field):
            self.post_message(self.Typed(step, event.text))

    def on_picker_opened(self, event: Picker.Opened) -> None:
        event.stop()
        if step := self.step_of(event.picker):
            self.post_message(self.Opened(step))

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        if step := self.step_of(event.widget):
            self.post_message(self.InHand(step))
