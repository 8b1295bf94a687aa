"""Small screens that ask one thing and give back an answer. Escape is always the safe one."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from impactbrief.i18n import _
from impactbrief.interview import Step
from impactbrief.tui.desk import Desk
from impactbrief.tui.keys import FIRST
from impactbrief.tui.screens.finding import FindingScreen
from impactbrief.tui.screens.once import OnceModal
from impactbrief.tui.widgets.buttons import Button
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

    def on_button_pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id or "")

    def action_leave(self) -> None:
        self.dismiss(self.safe)


class Line(OnceModal[str]):
    """Asks for a line of text; gives it back, or "" for Escape."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(self, title: str, hint: str = "", text: str = "") -> None:
        super().__init__(classes="dialog")
        self.heading, self.hint, self.text = title, hint, text

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(Content.styled(self.heading, "bold"))
            yield Static(Content(self.hint), classes="hint")
            yield LineField(self.text, id="line")
            with Horizontal(classes="buttons"):
                yield Button(_("Done"), id="done", variant="primary", compact=True)
                yield Button(_("Cancel"), id="cancel", compact=True)

    def on_mount(self) -> None:
        self.set_focus(self.query_one("#line"))

    async def enter(self) -> bool:
        """Enter in the line: done."""
        if isinstance(self.focused, LineField):
            self.dismiss(self.focused.value)
            return True
        return False

    def on_button_pressed(self, event: Button.Pressed) -> None:
        line = self.query_one("#line", LineField).value
        self.dismiss(line if event.button.id == "done" else "")

    def action_leave(self) -> None:
        self.dismiss("")


class Choosing(OnceModal[list[str] | None]):
    """A step's choices, one or several; gives back what was chosen, or None for Escape."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(self, desk: Desk, step: Step, *, several: bool) -> None:
        super().__init__(classes="dialog")
        self.desk, self.step, self.several = desk, step, several

    def compose(self) -> ComposeResult:
        chosen = self.desk.interview.chosen(self.step)
        choices = choices_of(self.step, self.desk)
        with Vertical(classes="box"):
            yield Static(Content.styled(self.step.question or self.step.title, "bold"))
            if self.several:
                yield CheckList(choices, chosen, id="choices")
            else:
                value, plain = chosen[0] if chosen else None, self.desk.ascii_marks
                yield ChoiceList(choices, value, plain=plain, id="choices")
            if self.step.free:
                yield Static(Content(_("or in your own words, with commas between several:")))
                known = {choice.id for choice in choices}
                own = ", ".join(value for value in chosen if value not in known)
                yield LineField(own, id="own")
            with Horizontal(classes="buttons"):
                yield Button(_("Done"), id="done", variant="primary", compact=True)
                yield Button(_("No answer"), id="clear", compact=True)
                yield Button(_("Cancel"), id="cancel", compact=True)

    def on_mount(self) -> None:
        self.set_focus(self.query_one("#choices"))

    def on_choice_list_chosen(self, event: ChoiceList.Chosen) -> None:
        event.stop()
        if event.go_on:
            self.dismiss([event.value])

    async def enter(self) -> bool:
        """Enter in the line or on the one choice: done."""
        match self.focused:
            case LineField():
                self.dismiss(self._all())
            case ChoiceList() as choices if (value := choices.choose()) is not None:
                self.dismiss([value])
            case _:
                return False
        return True

    def on_button_pressed(self, event: Button.Pressed) -> None:
        match event.button.id:
            case "done":
                self.dismiss(self._all())
            case "clear":
                self.dismiss([])
            case _:
                self.dismiss(None)

    def _all(self) -> list[str]:
        listed = self.query_one("#choices")
        own = [
            item.strip()
            for field in self.query(LineField)
            for item in field.value.split(",")
            if item.strip()
        ]
        if isinstance(listed, CheckList):
            return [*listed.ticked, *own]
        if own:
            return own[:1]
        return [listed.value] if isinstance(listed, ChoiceList) and listed.value else []

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

    async def enter(self) -> bool:
        """Enter in the line or on a choice: done."""
        if not isinstance(self.focused, LineField | ChoiceList):
            return False
        self.dismiss(self._chosen())
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


class Outlined(FindingScreen[str]):
    """The outline over the page, with a filter; gives back a topic's id, or None."""

    FIELD, LIST = "#filter", "#topics"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(FIRST["nav.outline"], "leave", show=False, priority=True, id="nav.outline"),
    ]

    def __init__(self, desk: Desk, current: str) -> None:
        super().__init__(classes="left")
        self.desk, self.current = desk, current

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield LineField(id="filter", placeholder=_("Go to… type to filter"))
            yield Outline(self.desk, id="topics")

    def on_mount(self) -> None:
        super().on_mount()
        self.set_focus(self.list)

    def show(self, wanted: str) -> None:
        self.query_one(Outline).show(self.current, wanted)

    def on_outline_picked(self, event: Outline.Picked) -> None:
        self.take(event.topic)

    def take(self, id_: str) -> None:
        self.dismiss(id_)
