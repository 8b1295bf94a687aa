"""Choosing several of a few, each with a box that says whether it is taken."""

from collections.abc import Iterator, Sequence
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
        self, choices: Sequence[Choice], values: Sequence[str] = (), *, id: str | None = None
    ) -> None:
        self.choices = tuple(choices)
        self.ticked = list(values)
        """The values taken: what stood there first in its order, also what is no choice."""
        self._boxes = self._listed()
        super().__init__(*self._drawn(), id=id, compact=True, markup=False)

    def _listed(self) -> dict[str, Choice]:
        """The choices, and behind them the values that are none, so that they can be taken back."""
        listed = {choice.id: choice for choice in self.choices}
        return listed | {
            value: Choice(value, value) for value in self.ticked if value not in listed
        }

    def _drawn(self) -> Iterator[Option]:
        for choice in self._boxes.values():
            yield Option(self._line(choice), id=choice.id)

    def _line(self, choice: Choice) -> Content:
        box = "[x] " if choice.id in self.ticked else "[ ] "
        line = Content(box + choice.name)
        return line + Content.styled(f"  {choice.meaning}", "dim") if choice.meaning else line

    def show(self, values: Sequence[str]) -> None:
        """Ticks other boxes, without a message."""
        self.ticked = list(values)
        if all(value in self._boxes for value in values):
            for choice in self._boxes.values():
                self.replace_option_prompt(choice.id, self._line(choice))
            return
        at, self._boxes = self.highlighted, self._listed()
        self.set_options(self._drawn())
        self.highlighted = at

    def _taking(self, value: str) -> list[str]:
        """What is ticked, with one more: before the first choice that the list has below it."""
        order = [choice.id for choice in self.choices]
        below = set(order[order.index(value) + 1 :]) if value in order else set()
        at = next((i for i, other in enumerate(self.ticked) if other in below), len(self.ticked))
        return [*self.ticked[:at], value, *self.ticked[at:]]

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        id_ = event.option.id
        if id_ is None:
            return
        taken = id_ in self.ticked
        self.show([value for value in self.ticked if value != id_] if taken else self._taking(id_))
        self.post_message(self.Ticked(self, list(self.ticked)))
