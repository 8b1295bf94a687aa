"""Where a person types: one line, or prose.

Both take every character of every language (Textual's own fields drop what Python calls
unprintable: no-break spaces, joiners, direction marks), never lose a pasted line, and leave undo to
the document, so that one history runs through text, ratings and lists alike.
"""

import unicodedata
from collections.abc import Hashable
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.cache import LRUCache
from textual.geometry import Offset, Region
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Input, TextArea

from impactbrief.i18n import _, ngettext
from impactbrief.tui.keys import Keys

KEPT = frozenset({"Zs", "Cf"})
"""Categories of characters that are text though Python calls them unprintable."""


LEAST = 8
"""Cells below which a line has no room to say that it goes on."""


def typed(event: events.Key) -> str | None:
    """The character of a key that Textual would drop, or None."""
    char = event.character
    if char is None or len(char) != 1 or char.isprintable():
        return None
    return char if unicodedata.category(char) in KEPT else None


class ProseField(TextArea):
    """A box for prose. Tab leaves it; Escape is for the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+a", "select_all", show=False),
        Binding("ctrl+home", "to_start", show=False),
        Binding("ctrl+end", "to_end", show=False),
    ]

    @dataclass
    class Edited(Message):
        """Somebody changed the text."""

        field: "ProseField"
        text: str

        @property
        def control(self) -> "ProseField":
            return self.field

    def __init__(self, text: str = "", *, id: str | None = None, read_only: bool = False) -> None:
        super().__init__(
            text,
            id=id,
            read_only=read_only,
            soft_wrap=True,
            tab_behavior="focus",
            show_line_numbers=False,
            highlight_cursor_line=False,
            compact=True,
        )
        self._said = ""
        self._kept: LRUCache[Hashable, Strip] = LRUCache(512)

    async def _on_key(self, event: events.Key) -> None:
        char = typed(event)
        if char is None or self.read_only:
            return
        event.stop()
        event.prevent_default()
        self._replace_via_keyboard(char, *self.selection)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The box; blank where it was taken away, and the screen is drawn before it is laid out
        without it. Textual's own would end the wizard there."""
        if not self.is_attached:
            return [Strip.blank(crop.width)] * crop.height
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """A line of the box. Textual draws each one anew, with its whole paragraph, at every key.

        Those without the cursor mostly stay the same, so they are kept.
        """
        key = self._unmarked(y + self.scroll_offset.y)
        if key is None:
            return super().render_line(y)
        strip = self._kept.get(key)
        if strip is None:
            strip = self._kept[key] = super().render_line(y)
        return strip

    def _unmarked(self, at: int) -> Hashable:
        """What a line of the box looks like, by all that decides on it; None if marks are on it."""
        theme, lines = self._theme, self.wrapped_document._offset_to_line_info
        if (
            theme is None or not self.selection.is_empty or at >= len(lines)
            or at == self._cursor_offset[1] or self._matching_bracket_location is not None
        ):  # fmt: skip
            return None
        row, section = lines[at]
        breaks = [0, *self.wrapped_document.get_offsets(row), None]
        text = self.document.get_line(row)[breaks[section] : breaks[section + 1]]
        if "\t" in text:
            return None
        return text, self.size, theme.base_style, self.rich_style

    def on_mount(self) -> None:
        self._tell()

    def _on_resize(self) -> None:
        super()._on_resize()
        self.refresh()  # it may have been drawn already, of the new size and the old lines

    def _tell(self) -> None:
        """Below the box: how many words, and the keys that few would guess."""
        count = len(self.text.split())
        words = ngettext("{count} word", "{count} words", count).format(count=count)
        keys = self.keys()
        told = [words] if count else []
        said = ", ".join([*told, keys] if self.has_focus and not self.read_only else told)
        if said != self._said:
            self._said = self.border_subtitle = said

    def keys(self) -> str:
        """The keys that are told below the box while it has the focus."""
        keys: Keys = self.app.keys  # type: ignore[attr-defined]
        return _("{cite} cite, {editor} your editor, Esc: leave the box").format(
            cite=keys.short("edit.cite"), editor=keys.short("edit.external")
        )

    def watch_has_focus(self, focus: bool) -> None:
        super().watch_has_focus(focus)
        self._tell()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        self._tell()
        self.post_message(self.Edited(self, self.text))

    def show(self, text: str) -> None:
        """Brings the box to `text` without a message, moving the cursor as little as can be."""
        old = self.text
        if old == text:
            return
        start = next(
            (i for i, (a, b) in enumerate(zip(old, text, strict=False)) if a != b),
            min(len(old), len(text)),
        )
        end = 0
        while end < min(len(old), len(text)) - start and old[-1 - end] == text[-1 - end]:
            end += 1
        with self.prevent(TextArea.Changed):
            self.replace(
                text[start : len(text) - end],
                _location(old, start),
                _location(old, len(old) - end),
                maintain_selection_offset=False,
            )
        self._tell()

    def insert_at_cursor(self, text: str) -> None:
        """Puts `text` where the cursor is, behind what is selected, as if it had been typed."""
        end = max(self.selection)
        self._replace_via_keyboard(text, end, end)

    def action_to_start(self) -> None:
        self.move_cursor((0, 0))

    def action_to_end(self) -> None:
        self.move_cursor(self.document.end)

    def action_undo(self) -> None:
        raise SkipAction  # the document's own history answers

    def action_redo(self) -> None:
        raise SkipAction


def _location(text: str, index: int) -> tuple[int, int]:
    """Row and column of an index into a text."""
    before = text[:index]
    return before.count("\n"), index - before.rfind("\n") - 1


class LineField(Input):
    """A line of text. Pasted line ends become spaces; nothing is dropped."""

    @dataclass
    class Edited(Message):
        """Somebody changed the line."""

        field: "LineField"
        text: str

        @property
        def control(self) -> "LineField":
            return self.field

    def __init__(
        self,
        text: str = "",
        *,
        id: str | None = None,
        placeholder: str = "",
        disabled: bool = False,
    ) -> None:
        super().__init__(
            text, id=id, placeholder=placeholder, compact=True, select_on_focus=False,
            disabled=disabled,
        )  # fmt: skip
        self._known = text

    async def _on_key(self, event: events.Key) -> None:
        char = typed(event)
        if char is None:
            return
        event.stop()
        event.prevent_default()
        self._put(char)

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        if event.text:
            self._put(" ".join(event.text.splitlines()))

    def _put(self, text: str) -> None:
        selection = self.selection
        if selection.is_empty:
            self.insert_text_at_cursor(text)
        else:
            self.replace(text, *selection)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value != self._known:  # Textual also tells of the value that it began with
            self._known = event.value
            self.post_message(self.Edited(self, event.value))

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the cursor is drawn. Textual's own is a cell behind that at the end of the line."""
        at = self._position_to_cell(self.cursor_position) - int(self.scroll_x)
        return self.content_region.offset + Offset(at, 0)

    def render_line(self, y: int) -> Strip:
        """The line; an ellipsis at each end behind which it goes on."""
        strip = super().render_line(y)
        left, width = int(self.scroll_x), self.scrollable_content_region.width
        if y or not self.value or width < LEAST:
            return strip
        cursor = self.cursor_screen_offset.x - self.content_region.x if self.has_focus else -1
        whole = strip.cell_length
        dots = Strip([Segment("…", self.rich_style)])
        if left and cursor != 0:
            strip = Strip.join([dots, strip.crop(1, whole)])
        if self.content_width - 1 - left > width and cursor != width - 1:
            strip = Strip.join([strip.crop(0, width - 1), dots, strip.crop(width, whole)])
        return strip

    def show(self, text: str) -> None:
        """Brings the line to `text` without a message."""
        if self.value != text:
            self._known = text
            with self.prevent(Input.Changed):
                self.value = text
