"""A list of entries: people, dates, sources, recommendations. Add, change, remove, move."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from impactbrief.i18n import _
from impactbrief.tui.keys import Keys
from impactbrief.tui.widgets.buttons import Button

ADD = "add"


class EntryList(OptionList):
    """The entries; behind them, the line that adds one."""

    @property
    def opens(self) -> bool:
        """What is typed on the line that adds an entry is the entry's."""
        option = self.highlighted_option
        return option is not None and option.id == ADD


class Entries(Vertical):
    """The entries of one step, and buttons for what can be done with the one in hand."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("delete", "act('remove')", show=False),
    ]

    @dataclass
    class Act(Message):
        """Somebody wants something done: `add`, `open`, `remove`, `up`, `down`."""

        entries: "Entries"
        verb: str
        index: int

        @property
        def control(self) -> "Entries":
            return self.entries

    def __init__(
        self, lines: Sequence[str], one: str, *, read_only: bool = False, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self.lines = list(lines)
        self.one = one
        self.read_only = read_only

    def compose(self) -> ComposeResult:
        yield EntryList(*self._options(), id="entry-list", compact=True, markup=False)
        with Horizontal(id="entry-buttons"):
            if not self.read_only:
                yield Button(_("Add"), id="entry-add", compact=True)
            yield Button(_("Open"), id="entry-open", compact=True)
            if not self.read_only:
                yield Button(_("Remove"), id="entry-remove", compact=True)
                yield Button(_("Up"), id="entry-up", compact=True)
                yield Button(_("Down"), id="entry-down", compact=True)

    def _options(self) -> list[Option]:
        wide = len(str(len(self.lines)))
        options = [
            Option(
                Content(f"{number:{wide}}  {line or '…'}".replace("\n", " ")), id=str(number - 1)
            )
            for number, line in enumerate(self.lines, 1)
        ]
        if self.read_only and not options:
            options = [Option(_("Nothing is written here yet."), disabled=True)]
        if not self.read_only:
            add = _("+ Add: {thing}…").format(thing=self.one) if self.one else _("+ Add…")
            options.append(Option(Content(add), id=ADD))
        return options

    @property
    def list(self) -> EntryList:
        return self.query_one("#entry-list", EntryList)

    def show(self, lines: Sequence[str], index: int | None = None) -> None:
        """Lists other entries, keeping the place."""
        if list(lines) == self.lines and index is None:
            return
        at = self.list.highlighted if index is None else index
        self.lines = list(lines)
        self.list.set_options(self._options())
        self.take(at or 0)

    def take(self, index: int) -> None:
        """Takes an entry in hand, or what is there in its place."""
        self.list.highlighted = min(index, self.list.option_count - 1)
        self._offer()

    def on_mount(self) -> None:
        self.take(0)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self._offer()

    def _offer(self) -> None:
        """Offers what can be done with the entry in hand; nothing for the line that adds one."""
        at = self.list.highlighted
        entry = at is not None and at < len(self.lines)
        for button in self.query(Button):
            button.display = entry or button.id == "entry-add"
        keys: Keys = self.app.keys  # type: ignore[attr-defined]
        can = _("Enter: open; Del: remove, {undo} brings it back").format(
            undo=keys.long("edit.undo")
        )
        self.border_subtitle = can if entry and not self.read_only else ""

    def asked(self) -> "Entries.Act | None":
        """What Enter asks for: the entry in hand, or one more."""
        at = self.list.highlighted
        if at is None or (at >= len(self.lines) and self.read_only):
            return None
        return self.Act(self, "open" if at < len(self.lines) else ADD, at)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if (asked := self.asked()) is not None:
            self.post_message(asked)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self.action_act((event.button.id or "").removeprefix("entry-"))

    def action_act(self, verb: str) -> None:
        index = self.list.highlighted
        if verb == ADD:
            self.post_message(self.Act(self, ADD, len(self.lines)))
            return
        if index is None:
            return
        if index >= len(self.lines):
            if verb == "open":
                self.post_message(self.Act(self, ADD, index))
            return
        if verb == "open" or not self.read_only:
            moved = index + {"up": -1, "down": 1}.get(verb, 0)
            if 0 <= moved < len(self.lines):
                self.list.highlighted = moved  # the entry in hand stays in hand
            self.post_message(self.Act(self, verb, index))
