"""Screens with a field to type into and a list of what it finds, as one: Enter takes from both."""

from typing import ClassVar, Generic, TypeVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import OptionList

from impactbrief.tui.screens.once import OnceModal
from impactbrief.tui.widgets.fields import LineField

Result = TypeVar("Result")


class FindingScreen(OnceModal[Result], Generic[Result]):
    """Letters go to the field, arrows to the list, wherever the focus is; Escape takes nothing."""

    FIELD: ClassVar[str]
    LIST: ClassVar[str]

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False, priority=True),
        Binding("down", "to_list", show=False),
    ]

    @property
    def field(self) -> LineField:
        return self.query_one(self.FIELD, LineField)

    @property
    def list(self) -> OptionList:
        return self.query_one(self.LIST, OptionList)

    def show(self, wanted: str) -> None:
        """Lists what is wanted."""
        raise NotImplementedError

    def take(self, id_: str) -> None:
        """Takes a line of the list."""
        raise NotImplementedError

    def on_mount(self) -> None:
        self.show("")
        self.set_focus(self.field)

    def on_line_field_edited(self, event: LineField.Edited) -> None:
        event.stop()
        self.show(event.text)

    def on_key(self, event: events.Key) -> None:
        if event.character and event.character.isprintable() and self.focused is self.list:
            event.stop()
            self.set_focus(self.field)
            self.field.insert_text_at_cursor(event.character)

    async def enter(self) -> bool:
        """Enter in the field or in the list: takes the line in hand."""
        if self.focused is not self.field and self.focused is not self.list:
            return False
        self.take_in_hand()
        return True

    def take_in_hand(self) -> None:
        """Takes the line that is in hand, if there is one."""
        option = self.list.highlighted_option
        if option is not None and option.id is not None:
            self.take(option.id)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option.id is not None:
            self.take(event.option.id)

    def action_to_list(self) -> None:
        """Down in the field: the next line, and on through the list."""
        self.set_focus(self.list)
        self.list.action_cursor_down()

    def action_leave(self) -> None:
        self.dismiss(None)
