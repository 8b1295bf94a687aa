"""A row's answer that is chosen, not typed: it shows the answer and opens what changes it."""

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widget import Widget


class Picker(Widget, can_focus=True):
    """A focusable line that says an answer. Enter, space or a click asks to change it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space", "open", show=False)]

    @dataclass
    class Opened(Message):
        """Somebody wants to change the answer."""

        picker: "Picker"

        @property
        def control(self) -> "Picker":
            return self.picker

    def __init__(
        self, text: str, *, hint: str = "", opens: bool = False, id: str | None = None
    ) -> None:
        """`opens` for an answer that can be typed once the line has been opened."""
        super().__init__(id=id)
        self.text = text
        self.hint = hint
        self.opens = opens

    def render(self) -> Content:
        if self.text:
            return Content(self.text.replace("\n", " "))
        return Content.styled(self.hint, "$text-muted")

    def show(self, text: str) -> None:
        """Says another answer."""
        self.text = text
        self.refresh()

    def action_open(self) -> None:
        self.post_message(self.Opened(self))

    def on_click(self, event: Click) -> None:
        event.stop()
        self.focus()
        self.action_open()
