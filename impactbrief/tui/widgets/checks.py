"""Choosing several of a few, each with a box that says whether it is taken."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from impactbrief.tui.widgets.choices import Choice


class CheckList(OptionList):
    """A list with a box before each choice. Enter, space or a click ticks it or takes it back."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "select", show=False)]

    @dataclass
    class Ticked(Message):
        """Somebody ticked a box or took a tick back."""

        checks: "CheckList"
        values: list[str]

        @property
        def control(self) -> "CheckList":
            return self.checks

    def __init__(
        self, choices: Sequence[Choice], values: Collection[str] = (), *, id: str | None = None
    ) -> None:
        self.choices = tuple(choices)
        self.ticked = [choice.id for choice in choices if choice.id in values]
        super().__init__(
            *(Option(self._line(choice), id=choice.id) for choice in choices),
            id=id,
            compact=True,
            markup=False,
        )

    def _line(self, choice: Choice) -> Content:
        box = "[x] " if choice.id in self.ticked else "[ ] "
        line = Content(box + choice.name)
        return line + Content.styled(f"  {choice.meaning}", "dim") if choice.meaning else line

    def show(self, values: Collection[str]) -> None:
        """Ticks other boxes, without a message."""
        self.ticked = [choice.id for choice in self.choices if choice.id in values]
        for choice in self.choices:
            self.replace_option_prompt(choice.id, self._line(choice))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        id_ = event.option.id
        if id_ is None:
            return
        values = set(self.ticked) ^ {id_}
        self.show(values)
        self.post_message(self.Ticked(self, list(self.ticked)))
