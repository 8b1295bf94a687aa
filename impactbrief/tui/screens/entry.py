"""A list of entries and one entry as a form, over the page; entries may hold lists themselves."""

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import OptionList, Static

from impactbrief.answers.edits import Insert, Move, Remove, Set
from impactbrief.i18n import _
from impactbrief.interview import Kind, Step
from impactbrief.tui.desk import Desk
from impactbrief.tui.keys import FIRST
from impactbrief.tui.screens.dialogs import Asking, Choosing
from impactbrief.tui.screens.once import OnceModal
from impactbrief.tui.screens.ways import WAYS
from impactbrief.tui.screens.writing import Writing
from impactbrief.tui.widgets.buttons import Button
from impactbrief.tui.widgets.entries import Entries
from impactbrief.tui.widgets.fields import LineField, ProseField
from impactbrief.tui.widgets.form import Form
from impactbrief.tui.widgets.keyline import KeyLine
from impactbrief.tui.widgets.picker import Picker
from impactbrief.yamltext import Path

REFERENCES: Path = ("references",)
"""Where the brief's own sources are listed."""


async def choose(screen: Screen[Any], desk: Desk, step: Step) -> None:
    """Opens what changes a step's answer: its choices, or its entries.

    It is there when this returns, so that keys typed ahead are its own.
    """
    desk.settle()
    if desk.read_only and step.kind is not Kind.ENTRIES:
        return
    if step.kind is Kind.ENTRIES:
        await screen.app.push_screen(EntriesScreen(desk, step))
        return
    if step.cites:
        from impactbrief.tui.screens.cite import choose_source

        await choose_source(screen, desk, step)
        return
    if step.kind is Kind.OTHER:
        await _keep_or_remove(screen, desk, step)
        return
    several = step.kind is Kind.CHOICES

    def take(chosen: list[str] | None) -> None:
        if chosen is None:
            return
        if step.kind is Kind.FLAG:
            desk.answer(step, chosen[0] == "true" if chosen else None)
        else:
            desk.answer(step, chosen if several else (chosen[0] if chosen else None))
        if chosen and isinstance(screen.focused, Picker):
            screen.focus_next()  # it is answered: what is typed now belongs to the next row

    await screen.app.push_screen(Choosing(desk, step, several=several), take)


async def _keep_or_remove(screen: Screen[Any], desk: Desk, step: Step) -> None:
    """Shows what there is no form for; all that can be done here is to take it away."""

    def take(answer: str | None) -> None:
        if answer == "remove":
            desk.answer(step, None)

    await screen.app.push_screen(
        Asking(
            step.question or f"{step.title}: {desk.in_words(step)}",
            step.hint or _("Take it away, or correct it in the file."),
            [("leave", _("Cancel")), ("remove", _("Take it away"))],
        ),
        take,
    )


async def act(screen: Screen[Any], desk: Desk, step: Step, verb: str, index: int) -> None:
    """Does what somebody wants done with an entry of a list."""
    here: Path = (*step.path, index)
    count = len(desk.interview.entries(step))
    texts = step.kind is Kind.CHOICES
    match verb:
        case "add" if step.path == REFERENCES:
            from impactbrief.tui.screens.cite import AddSourceScreen

            await screen.app.push_screen(AddSourceScreen(desk))
        case "add" | "open":
            if verb == "add" and desk.edit(Insert(step.path, index, "" if texts else {})) is None:
                return
            if texts:
                await screen.app.push_screen(TextScreen(desk, step, index))
                return
            entry = EntryScreen(desk, step, index, fresh=verb == "add")
            await screen.app.push_screen(entry)
            if verb == "add" and (asked := desk.entry_steps(step, index)[0]).cites:
                await choose(entry, desk, asked)  # nothing else can be said of no source
        case "remove":
            desk.edit(Remove(here))
        case "up" if index > 0:
            desk.edit(Move(step.path, index, index - 1))
        case "down" if index < count - 1:
            desk.edit(Move(step.path, index, index + 1))


async def enter_row(form: Form, focused: Widget | None) -> bool:
    """Enter in a row of a form: from a line to the next row, from a choice to its choices."""
    match focused:
        case LineField():
            form.screen.focus_next()
            return True
        case Picker() if (step := form.step_of(focused)) is not None:
            await choose(form.screen, form.desk, step)
            return True
    return False


def enter_list(focused: Widget | None) -> Entries.Act | None:
    """Enter in a list of entries: what it asks for."""
    if isinstance(focused, OptionList) and isinstance(focused.parent, Entries):
        return focused.parent.asked()
    return None


class Over(Writing[None], OnceModal[None]):
    """A screen over the page, closed by Escape or its button. What was typed is kept."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(FIRST["edit.undo"], "app.undo", _("Undo"), priority=True, id="edit.undo"),
        Binding(FIRST["edit.redo"], "app.redo", show=False, priority=True, id="edit.redo"),
        Binding(FIRST["file.save"], "app.save", show=False, priority=True, id="file.save"),
        Binding("escape", "leave", _("Back"), priority=True),
        Binding(FIRST["app.help"], "app.help", _("Help"), priority=True, id="app.help"),
        *WAYS,
    ]

    def __init__(self, desk: Desk, step: Step) -> None:
        super().__init__(classes="over")
        self.desk, self.step = desk, step

    async def action_leave(self) -> None:
        self.leave()

    def leave(self) -> None:
        """Closes the screen, the second time without doing anything."""
        if not self.closed:
            self.finish()
            self.dismiss(None)

    def in_hand(self) -> Step:
        return self.step

    def called(self) -> str:
        return self.step.title

    def finish(self) -> None:
        """What is left to do with the answers before the screen is closed."""

    def on_screen_resume(self) -> None:
        self.refresh_answers(texts=False)  # a citation that was just put in is not in the file yet

    def refresh_answers(self, *, texts: bool = True) -> None:
        """Brings the screen to what the file says now; without `texts`, only what is chosen."""
        raise NotImplementedError

    def _step_now(self) -> Step:
        found = self.desk.interview.step_at(self.step.path)
        return found or self.step

    def gone(self, index: int) -> bool:
        """Whether an entry is no longer there: undone, or removed by another program."""
        held = self.desk.value(self.step.path)
        return not isinstance(held, list) or index >= len(held)


class EntriesScreen(Over):
    """The entries of a step that is itself a row of a form."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "app.enter", _("Open")),
        *Over.BINDINGS,
    ]

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
        yield KeyLine()

    def on_mount(self) -> None:
        self.set_focus(self.query_one("#entry-list"))

    def refresh_answers(self, *, texts: bool = True) -> None:  # noqa: ARG002
        self.query_one(Entries).show(self.desk.interview.entries(self._step_now()))

    async def enter(self) -> bool:
        """Enter in the list."""
        asked = enter_list(self.focused)
        if asked is not None:
            await self.on_entries_act(asked)
        return asked is not None

    async def on_entries_act(self, event: Entries.Act) -> None:
        await act(self, self.desk, self._step_now(), event.verb, event.index)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "done":
            self.leave()


class EntryScreen(Over):
    """One entry as a form."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "app.enter", _("Next line")),
        *Over.BINDINGS,
    ]

    def __init__(
        self, desk: Desk, step: Step, index: int, *, fresh: bool = False, at: str = ""
    ) -> None:
        """`fresh` for an entry that was just made; `at` names the field to begin with."""
        super().__init__(desk, step)
        self.at = at
        self.index = index
        self.fresh = fresh

    @property
    def here(self) -> Path:
        return (*self.step.path, self.index)

    def in_hand(self) -> Step:
        form = self.query_one(Form)
        return form.step_of(self.focused) or form.steps[0]

    def called(self) -> str:
        one = self.step.one or self.step.title
        return f"{one[:1].upper()}{one[1:]} {self.index + 1}"

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield Static(Content.styled(self.called(), "bold"))
            yield Static("", id="entry-hint", markup=False)
            yield Form(self.desk, self.desk.entry_steps(self.step, self.index), id="form")
            with Horizontal(classes="buttons"):
                yield Button(_("Done"), id="done", variant="primary", compact=True)
                if not self.desk.read_only:
                    yield Button(_("Remove"), id="remove", compact=True)
        yield KeyLine()

    def on_mount(self) -> None:
        form = self.query_one(Form)
        form.focus_step(next((step for step in form.steps if step.path[-1] == self.at), None))

    async def enter(self) -> bool:
        """Enter in a row of the form."""
        return await enter_row(self.query_one(Form), self.focused)

    def refresh_answers(self, *, texts: bool = True) -> None:
        if self.gone(self.index):
            self.dismiss(None)
        else:
            steps = self.desk.entry_steps(self._step_now(), self.index)
            self.query_one(Form).show(steps, texts=texts)

    def on_form_typed(self, event: Form.Typed) -> None:
        event.stop()
        self.desk.typed(event.step, event.text)
        self.wizard.show_saved()

    async def on_form_opened(self, event: Form.Opened) -> None:
        await choose(self, self.desk, event.step)

    def on_form_in_hand(self, event: Form.InHand) -> None:
        event.stop()
        asked = event.step.question if event.step.question != event.step.title else ""
        self.query_one("#entry-hint", Static).update(
            Content(f"{asked} ") + Content.styled(event.step.hint, "dim")
        )

    def on_button_pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "done":
            self.leave()
        elif not self.closed:
            self.desk.settle()
            here = self.here
            self.dismiss(None)
            self.desk.edit(Remove(here))

    def finish(self) -> None:
        self.desk.settle()
        if not self.desk.read_only:
            self._tidy()

    def _tidy(self) -> None:
        """Takes an entry that nobody filled in away, and gives one that was an id."""
        held = self.desk.value(self.here)
        filled = isinstance(held, dict) and any(held.values())
        if self.fresh and not filled and not self.gone(self.index):
            self.desk.edit(Remove(self.here))
        for step in self.desk.entry_steps(self.step, self.index) if filled else ():
            if suggested := self.desk.interview.suggestion(step):
                self.desk.answer(step, suggested)


class TextScreen(Over):
    """One text of a list of texts."""

    def __init__(self, desk: Desk, step: Step, index: int) -> None:
        super().__init__(desk, step)
        self.index = index

    @property
    def here(self) -> Path:
        return (*self.step.path, self.index)

    def called(self) -> str:
        return f"{self.step.title} {self.index + 1}"

    def compose(self) -> ComposeResult:
        desk = self.desk
        with Vertical(classes="sheet"):
            yield Static(Content.styled(self.called(), "bold"), classes="heading")
            yield ProseField(desk.workspace.shown(self.here), id="item", read_only=desk.read_only)
            with Horizontal(classes="buttons"):
                yield Button(_("Done"), id="done", variant="primary")
                if not desk.read_only:
                    yield Button(_("Remove"), id="remove")
        yield KeyLine()

    def on_mount(self) -> None:
        self.set_focus(self.query_one("#item"))

    def refresh_answers(self, *, texts: bool = True) -> None:
        if self.gone(self.index):
            self.dismiss(None)
        elif texts:
            self.query_one(ProseField).show(self.desk.workspace.shown(self.here))

    def on_prose_field_edited(self, event: ProseField.Edited) -> None:
        event.stop()
        if self.desk.read_only:
            return
        if event.text.strip():
            self.desk.workspace.draft(self.here, event.text)
        else:
            # a text without words would be taken off the list, and the next one come in its place
            self.desk.edit(Set(self.here, ""))
        self.wizard.show_saved()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        self.leave(remove=event.button.id == "remove")

    def leave(self, *, remove: bool = False) -> None:
        """Closes the screen; a text without words is taken off the list, or any with `remove`."""
        if self.closed:
            return
        self.desk.settle()
        empty = not self.query_one(ProseField).text.strip()
        self.dismiss(None)
        if not self.desk.read_only and (remove or empty) and not self.gone(self.index):
            self.desk.edit(Remove(self.here))
