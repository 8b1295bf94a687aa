"""The cursor of the looks that have none: the terminal's own, visible, always where the focus is.

Screen readers and braille displays read around the terminal's cursor. Textual hides it and moves it
only for text.
"""

from typing import Any

from textual.app import App
from textual.geometry import Offset
from textual.widget import Widget
from textual.widgets import Input, OptionList, TextArea

from impactbrief.tui.terminal import tell


def follow(app: App[Any]) -> None:
    """Shows the terminal's cursor at the focus. To be called after each drawing."""
    place = place_of(app.focused)
    if place is not None:
        place = app.screen.outer_size.clamp_offset(place)
        app.cursor_position = place
        tell(app, f"\x1b[{place.y + 1};{place.x + 1}H\x1b[?25h")


def hide(app: App[Any]) -> None:
    """Hides the terminal's cursor again."""
    tell(app, "\x1b[?25l")


def place_of(widget: Widget | None) -> Offset | None:
    """Where somebody is, in cells of the screen; None without a focus."""
    if widget is None or not widget.is_attached:
        return None
    if isinstance(widget, Input | TextArea):
        return widget.cursor_screen_offset
    here = widget.content_region.offset
    if isinstance(widget, OptionList) and widget.highlighted is not None:
        row = line_of(widget, widget.highlighted) - widget.scroll_offset.y
        return here + Offset(0, min(max(row, 0), max(widget.content_size.height - 1, 0)))
    return here


def line_of(listed: OptionList, index: int) -> int:
    """The line of a list on which an option begins."""
    return listed._index_to_line.get(index, 0)
