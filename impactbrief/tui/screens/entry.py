"""A list of entries and one entry as a form, over the page; entries may hold lists themselves."""

from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from impactbrief.answers.edits import Insert, Move, Remove
from impactbrief.i18n import _
from impactbrief.interview import Kind, Step
from impactbrief.tui.desk import Desk
from impactbrief.tui.screens.dialogs import Choosing
from impactbrief.tui.widgets.buttons import Button
from impactbrief.tui.widgets.entries import Entries
from impactbrief.tui.widgets.fields import LineField
from impactbrief.tui.widgets.form import Form
from impactbrief.yamltext import Path

if TYPE_CHECKING:
    from impactbrief.tui.app import Wizard


async def choose(screen: Screen[Any], desk: Desk, step: Step) -> None:
    """Opens what changes a step's answer: its choices, or its entries."""
    app = screen.app
    if step.kind is Kind.ENTRIES:
        await app.push_screen_wait(EntriesScreen(desk, step))
        return
    several = step.kind is Kind.CHOICES
    if step.kind is Kind.FLAG:
        chosen = await app.push_screen_wait(Choosing(desk, step, several=False))
        if chosen is not None:
            desk.answer(step, chosen[0] == "true" if chosen else None)
        return
    chosen = await app.push_screen_wait(Choosing(desk, step, several=several))
    if chosen is not None:
        desk.answer(step, chosen if several else (chosen[0] if chosen else None))


async def act(screen: Screen[Any], desk: Desk, step: Step, verb: str, index: int) -> None:
    """Does what somebody wants done with an entry of a list."""
    here: Path = (*step.path, index)
    count = len(desk.interview.entries(step))
    match verb:
        case "add":
            desk.workspace.edit(Insert(step.path, index, {}))
            await screen.app.push_screen_wait(EntryScreen(desk, step, index, fresh=True))
        case "open":
            await screen.app.push_screen_wait(EntryScreen(desk, step, index))
        case "remove":
            desk.workspace.edit(Remove(here))
        case "up" if index > 0:
            desk.workspace.edit(Move(step.path, index, index - 1))
        case "down" if index < count - 1:
            desk.workspace.edit(Move(step.path, index, index + 1))


class Over(ModalScreen[None]):
    """A screen over the page, closed by Escape or its button. What was typed is kept."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", _("Back"), priority=True),
        Binding("ctrl+z", "app.undo", _("Undo"), show=False, priority=True),
        Binding("ctrl+y", "app.redo", _("Redo"), show=False, priority=True),
        Binding("ctrl+s", "app.save", show=False, priority=True),
    ]

    def __init__(self, desk: Desk, step: Step) -> None:
        super().__init__(classes="over")
        self.desk, self.step = desk, step

    def action_leave(self) -> None:
        self.dismiss(None)

    def refresh_answers(self) -> None:
        """Brings the screen to what the file says now."""
        raise NotImplementedError

    def _step_now(self) -> Step:
        found = self.desk.interview.step_at(self.step.path)
        return found or self.step

    @property
    def wizard(self) -> "Wizard":
        return self.app  # type: ignore[return-value]


class EntriesScreen(Over):
    """The entries of a step that is itself a row of a form."""

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield Static(Content.styled(self.step.question or self.step.title, "bold"))
            yield Entries(
                self.desk.interview.entries(self.step),
                self.step.one,
                read_only=self.desk.read_only,
                id="entries",
            )
            with Horizontal(classes="buttons"):
                yield Button(_("Done"), id="done", variant="primary", compact=True)

    def on_mount(self) -> None:
        self.set_focus(self.query_one("#entry-list"))

    def refresh_answers(self) -> None:
        self.query_one(Entries).show(self.desk.interview.entries(self._step_now()))

    @work
    async def on_entries_act(self, event: Entries.Act) -> None:
        await act(self, self.desk, self._step_now(), event.verb, event.index)
        self.refresh_answers()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "done":
            self.action_leave()


class EntryScreen(Over):
    """One entry as a form."""

    def __init__(self, desk: Desk, step: Step, index: int, *, fresh: bool = False) -> None:
        super().__init__(desk, step)
        self.index = index
        self.fresh = fresh

    @property
    def here(self) -> Path:
        return (*self.step.path, self.index)

    def compose(self) -> ComposeResult:
        one = self.step.one or self.step.title
        with Vertical(classes="sheet"):
            yield Static(Content.styled(f"{one} {self.index + 1}", "bold"))
            yield Static("", id="entry-hint", markup=False)
            yield Form(self.desk, self.desk.entry_steps(self.step, self.index), id="form")
            with Horizontal(classes="buttons"):
                yield Button(_("Done"), id="done", variant="primary", compact=True)
                if not self.desk.read_only:
                    yield Button(_("Remove"), id="remove", compact=True)

    def on_mount(self) -> None:
        self.query_one(Form).focus_step(None)

    async def enter(self) -> bool:
        """Enter in a line: to the next."""
        if isinstance(self.focused, LineField):
            self.focus_next()
            return True
        return False

    def refresh_answers(self) -> None:
        self.query_one(Form).show(self.desk.entry_steps(self._step_now(), self.index))

    def on_form_typed(self, event: Form.Typed) -> None:
        event.stop()
        self.desk.typed(event.step, event.text)
        self.wizard.show_saved()

    @work
    async def on_form_opened(self, event: Form.Opened) -> None:
        self.desk.workspace.settle()
        await choose(self, self.desk, event.step)
        self.refresh_answers()

    def on_form_in_hand(self, event: Form.InHand) -> None:
        event.stop()
        self.query_one("#entry-hint", Static).update(
            Content(event.step.hint or event.step.question)
        )

    def on_button_pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "remove":
            self.desk.workspace.settle()
            self.desk.workspace.edit(Remove(self.here))
            self.dismiss(None)
        elif event.button.id == "done":
            self.action_leave()

    def action_leave(self) -> None:
        if not self.desk.read_only:
            self.desk.workspace.settle()
            if self.fresh and not self.desk.value(self.here):
                self.desk.workspace.edit(Remove(self.here))  # an entry nobody filled in
        self.dismiss(None)
