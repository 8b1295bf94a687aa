"""Small screens that ask one thing and give back an answer. Escape is always the safe one."""

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from impactbrief.i18n import _
from impactbrief.interview import Spot, Step
from impactbrief.tui.desk import Desk
from impactbrief.tui.keys import FIRST, Keys
from impactbrief.tui.screens.finding import FindingScreen
from impactbrief.tui.screens.once import OnceModal
from impactbrief.tui.widgets.buttons import BESIDE_LABEL, Button
from impactbrief.tui.widgets.checks import CheckList
from impactbrief.tui.widgets.choices import Choice, ChoiceList, choices_of
from impactbrief.tui.widgets.fields import LineField
from impactbrief.tui.widgets.outline import Outline


class Asking(OnceModal[str]):
    """A question with a few buttons; gives back the id of the one pressed, or "" for Escape."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(
        self, title: str, text: str, buttons: Sequence[tuple[str, str]], *, safe: str = ""
    ) -> None:
        super().__init__(classes="dialog")
        self.heading, self.text, self.buttons, self.safe = title, text, tuple(buttons), safe

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(Content.styled(self.heading, "bold"))
            with VerticalScroll(classes="words"):
                yield Static(Content(self.text))
            with Horizontal(classes="buttons"):
                for index, (id_, label) in enumerate(self.buttons):
                    yield Button(
                        Content(label), id=id_, compact=True,
                        variant="default" if index else "primary",
                    )  # fmt: skip

    def on_mount(self) -> None:
        self.set_focus(self.query(Button).first())

    def on_resize(self) -> None:
        """Buttons that don't fit beside one another stand below one another."""
        buttons = self.query_one(".buttons")
        needed = sum(cell_len(label) + BESIDE_LABEL for _id, label in self.buttons)
        buttons.set_class(needed > buttons.size.width, "stacked")

    def on_button_pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id or "")

    def action_leave(self) -> None:
        self.dismiss(self.safe)


class Choosing(OnceModal[list[str] | None]):
    """A step's choices, one or several; gives back what was chosen, or None where nothing is new.

    Values that are no choices are kept: they are the line's, where there is one, else the list's.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(self, desk: Desk, step: Step, *, several: bool) -> None:
        super().__init__(classes="dialog")
        self.desk, self.step, self.several = desk, step, several
        self.choices = choices_of(step, desk)
        self.held = list(desk.interview.chosen(step))
        known = {choice.id for choice in self.choices}
        self.own = [value for value in self.held if value not in known] if step.free else []
        self.separator = desk.separator(step)

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(Content.styled(self.step.question or self.step.title, "bold"))
            if self.several:
                listed = [value for value in self.held if value not in self.own]
                yield CheckList(self.choices, listed, id="choices")
                if self.choices:
                    yield Static(_("Space, Enter or a click ticks one."), classes="hint")
            else:
                value = self.held[0] if self.held else None
                yield ChoiceList(self.choices, value, plain=self.desk.ascii_marks, id="choices")
            if self.step.free:
                yield Static(Content(self._invitation()))
                yield LineField(self._own_words, id="own")
            with Horizontal(classes="buttons"):
                yield Button(_("Done"), id="done", variant="primary", compact=True)
                yield Button(_("No answer"), id="clear", compact=True)
                yield Button(_("Cancel"), id="cancel", compact=True)

    def _invitation(self) -> str:
        if not self.several:
            return _("or in your own words:")
        if self.separator == ";":
            return _("or in your own words, with semicolons between several:")
        return _("or in your own words, with commas between several:")

    @property
    def _own_words(self) -> str:
        """What the line says in the beginning."""
        own = self.own if self.several else self.own[:1]
        return f"{self.separator} ".join(own)

    def on_mount(self) -> None:
        listed, own = self.query_one("#choices"), self.query("#own")
        if own and (not self.choices or (self.own and not self.several)):
            self.set_focus(own.first())
        else:
            self.set_focus(listed)

    def on_choice_list_chosen(self, event: ChoiceList.Chosen) -> None:
        event.stop()
        if event.go_on:
            self.dismiss([event.value])
        for line in self.query(LineField):
            line.show("")

    def on_line_field_edited(self, event: LineField.Edited) -> None:
        event.stop()
        if event.text.strip():
            for choices in self.query(ChoiceList):
                choices.show(None)

    async def enter(self) -> bool:
        """Enter in the line or on the one choice: done."""
        match self.focused:
            case LineField():
                self._done()
            case ChoiceList() as choices if (value := choices.choose()) is not None:
                self.dismiss([value])
            case _:
                return False
        return True

    def on_button_pressed(self, event: Button.Pressed) -> None:
        match event.button.id:
            case "done":
                self._done()
            case "clear":
                self.dismiss([])
            case _:
                self.dismiss(None)

    def _done(self) -> None:
        chosen = self._several() if self.several else self._one()
        self.dismiss(None if chosen == self.held else chosen)

    def _one(self) -> list[str]:
        """The words in the line, or else the choice that is marked."""
        typed = [line.value for line in self.query(LineField) if line.value.strip()]
        if typed:
            return self.held if typed == [self._own_words] else typed
        choices = self.query_one(ChoiceList)
        if choices.value is None:
            return []
        return self.held if choices.value == next(iter(self.held), None) else [choices.value]

    def _several(self) -> list[str]:
        """What is ticked and what stands in the line; what was there before keeps its order."""
        ticked, own = self.query_one(CheckList).ticked, self.own
        if not self.step.free:
            return ticked
        for line in self.query(LineField):
            if line.value != self._own_words:
                separator = ";" if ";" in line.value else self.separator
                own = [item for each in line.value.split(separator) if (item := each.strip())]
        chosen = [*ticked, *own]
        return [
            *(value for value in self.held if value in chosen),
            *(value for value in dict.fromkeys(chosen) if value not in self.held),
        ]

    def action_leave(self) -> None:
        self.dismiss(None)


class Picking(OnceModal[str | None]):
    """One of a few things, or with `free` a text of one's own; None for Escape."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(
        self, title: str, choices: Sequence[Choice], value: str = "", *, free: str = ""
    ) -> None:
        super().__init__(classes="dialog")
        self.heading, self.choices, self.value, self.free = title, tuple(choices), value, free

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(Content.styled(self.heading, "bold"))
            plain = bool(self.app.has_class("-plain"))
            yield ChoiceList(self.choices, self.value, plain=plain, id="choices")
            if self.free:
                own = "" if self.value in {choice.id for choice in self.choices} else self.value
                yield Static(Content(self.free))
                yield LineField(own, id="own")
            with Horizontal(classes="buttons"):
                yield Button(_("Done"), id="done", variant="primary", compact=True)
                yield Button(_("Cancel"), id="cancel", compact=True)

    def on_mount(self) -> None:
        self.set_focus(self.query_one("#choices"))

    def on_choice_list_chosen(self, event: ChoiceList.Chosen) -> None:
        event.stop()
        if event.go_on:
            self.dismiss(event.value)
        for line in self.query(LineField):
            line.show("")

    async def enter(self) -> bool:
        """Enter in the line or on a choice: done."""
        match self.focused:
            case LineField():
                self.dismiss(self._chosen())
            case ChoiceList() as choices if (value := choices.choose()) is not None:
                self.dismiss(value)
            case _:
                return False
        return True

    def on_button_pressed(self, event: Button.Pressed) -> None:
        self.dismiss(self._chosen() if event.button.id == "done" else None)

    def _chosen(self) -> str | None:
        own = [field.value.strip() for field in self.query(LineField)]
        if any(own):
            return own[0]
        listed = self.query_one(ChoiceList)
        at = listed.highlighted
        return listed.choices[at].id if at is not None else None

    def action_leave(self) -> None:
        self.dismiss(None)


class Outlined(FindingScreen[Spot]):
    """The outline over the page, with a filter; gives back the place chosen, or None."""

    FIELD, LIST = "#filter", "#topics"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(FIRST["nav.outline"], "leave", show=False, priority=True, id="nav.outline"),
        Binding(FIRST["view.search"], "search", show=False, priority=True, id="view.search"),
    ]

    def __init__(self, desk: Desk, current: str) -> None:
        super().__init__(classes="left")
        self.desk, self.current = desk, current

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield LineField(id="filter", placeholder=_("Go to… type to filter"))
            yield Outline(self.desk, id="topics")
            yield Static(self._nothing(), id="nothing", classes="hint", markup=False)

    def _nothing(self) -> str:
        keys: Keys = self.app.keys  # type: ignore[attr-defined]
        return _("No topic holds these words. {search} searches in your answers, too.").format(
            search=keys.long("view.search")
        )

    def show(self, wanted: str) -> None:
        outline = self.query_one(Outline)
        outline.show(self.current, wanted)
        outline.display = bool(outline.option_count)
        self.query_one("#nothing").display = not outline.display

    def action_search(self) -> None:
        """To the search in questions and answers instead."""
        self.dismiss(None)
        self.app.call_next(self.app.run_action, "search")

    def on_outline_picked(self, event: Outline.Picked) -> None:
        self.take(event.topic)

    def take(self, id_: str) -> None:
        topic = self.desk.interview.topic(id_)
        self.dismiss(Spot(topic, self.query_one(Outline).asks(topic)))
