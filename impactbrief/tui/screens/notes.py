"""Private notes on the answer in hand: to read, to add, to tick off. They are never printed."""

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from impactbrief.answers.edits import Remove, Set
from impactbrief.i18n import _
from impactbrief.interview import Step
from impactbrief.tui.desk import Desk
from impactbrief.tui.keys import FIRST
from impactbrief.tui.screens.once import OnceModal
from impactbrief.tui.widgets.buttons import Button
from impactbrief.tui.widgets.fields import LineField
from impactbrief.tui.widgets.lines import one_line
from impactbrief.yamltext import Value


class NotesScreen(OnceModal[None]):
    """The notes that stand beside an answer. What is done here is undone like anything else."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False, priority=True),
        Binding(FIRST["edit.notes"], "leave", show=False, priority=True, id="edit.notes"),
        Binding(FIRST["edit.undo"], "app.undo", show=False, priority=True, id="edit.undo"),
        Binding(FIRST["edit.redo"], "app.redo", show=False, priority=True, id="edit.redo"),
    ]

    def __init__(self, desk: Desk, step: Step, topic: str) -> None:
        super().__init__(classes="over")
        self.desk, self.step, self.topic = desk, step, topic

    def compose(self) -> ComposeResult:
        heading = _("Private notes: {topic}").format(topic=self.topic)
        with Vertical(classes="sheet"):
            yield Static(Content.styled(heading, "bold"), classes="heading")
            yield Static(_("For you and your team. Never printed."), classes="hint", markup=False)
            yield OptionList(id="notes", markup=False)
            if not self.desk.read_only:
                yield Static(_("New note (Enter adds it):"), markup=False)
                yield LineField(id="note")
            with Horizontal(classes="buttons"):
                yield Button(_("Done"), id="done", variant="primary", compact=True)
                if not self.desk.read_only:
                    yield Button(_("Add"), id="add", compact=True)
                    yield Button(_("Resolve / reopen"), id="resolve", compact=True)
                    yield Button(_("Remove"), id="remove", compact=True)

    def on_mount(self) -> None:
        self.refresh_answers()
        target = "#notes" if self.desk.read_only else "#note"
        self.set_focus(self.query_one(target))

    def refresh_answers(self, *, texts: bool = True) -> None:  # noqa: ARG002
        """Lists the notes as the file has them now."""
        listed = self.query_one("#notes", OptionList)
        at = listed.highlighted or 0
        held = self.desk.value(self.step.notes)
        options = []
        for index, note in enumerate(held if isinstance(held, list) else []):
            if isinstance(note, dict):
                options.append(Option(self._line(note), id=str(index)))
        listed.set_options(options or [Option(Content(_("No notes yet.")), disabled=True)])
        if options:
            listed.highlighted = min(at, len(options) - 1)

    def _line(self, note: Mapping[str, Value]) -> Content:
        box = "[x] " if str(note.get("resolved")).lower() == "true" else "[ ] "
        line = Content(box + one_line(str(note.get("text") or "")))
        about = str(note.get("about") or "")
        from_ = ", ".join(str(note[key]) for key in ("by", "date") if note.get(key))
        rest = "  ".join(part for part in (self._named(about), from_) if part)
        return line + Content.styled(f"  {rest}", "dim") if rest else line

    def _named(self, about: str) -> str:
        """A field's title, by its key."""
        step = self.desk.interview.step_at((*self.step.holder, about)) if about else None
        return step.title if step is not None else about

    def _index(self) -> int | None:
        option = self.query_one("#notes", OptionList).highlighted_option
        return int(option.id) if option is not None and option.id is not None else None

    def _add(self) -> None:
        field = self.query_one("#note", LineField)
        if text := field.value.strip():
            about = str(self.step.path[-1]) if isinstance(self.step.path[-1], str) else ""
            if about == "notes":
                about = ""
            self.desk.workspace.add_note(self.step.notes[:-1], text, about=about)
            field.value = ""
            self.refresh_answers()
            listed = self.query_one("#notes", OptionList)
            listed.highlighted = listed.option_count - 1
        self.set_focus(field)

    def _resolve(self) -> None:
        index = self._index()
        if index is None or self.desk.read_only:
            return
        path = (*self.step.notes, index, "resolved")
        done = str(self.desk.value(path)).lower() == "true"
        self.desk.edit(Remove(path) if done else Set(path, True))
        self.refresh_answers()

    async def enter(self) -> bool:
        """Enter in the field: adds what is typed there."""
        if isinstance(self.focused, LineField):
            self._add()
            return True
        return False

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._resolve()

    async def on_button_pressed(self, event: Button.Pressed) -> None:
        match event.button.id:
            case "add":
                self._add()
            case "resolve":
                self._resolve()
            case "remove":
                if (index := self._index()) is not None:
                    self.desk.edit(Remove((*self.step.notes, index)))
                    self.refresh_answers()
            case _:
                await self.action_leave()

    async def action_leave(self) -> None:
        """A note that is typed but not added is added: nothing that was typed is lost."""
        if not self.desk.read_only and self.query_one("#note", LineField).value.strip():
            self._add()
        self.dismiss(None)
