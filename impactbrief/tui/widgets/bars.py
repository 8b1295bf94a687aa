"""The lines around the page: what is open and how it is saved, the steps, the way on."""

from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from impactbrief.i18n import _
from impactbrief.tui.pages import Page
from impactbrief.tui.widgets.buttons import BESIDE_LABEL, Button
from impactbrief.tui.widgets.lines import cut
from impactbrief.tui.widgets.still import Still


class TopBar(Widget):
    """The brief's title, how far it is, and whether it is saved."""

    @dataclass
    class Asked(Message):
        """Somebody clicked on the save state: where is my file?"""

    DEFAULT_CSS = """
    TopBar { height: auto; max-height: 4; dock: top; background: $panel; padding: 0 1; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._title, self._state, self._trouble = "", "", ""

    def show(self, title: str, state: str, *, trouble: str = "") -> None:
        """Says how it stands now; `trouble` is told in full below."""
        new = (title.replace("\n", " "), state, trouble)
        if new != (self._title, self._state, self._trouble):
            taller = trouble != self._trouble
            self._title, self._state, self._trouble = new
            self.refresh(layout=taller)

    def render(self) -> Content:
        state = f"! {self._state}" if self._trouble else self._state
        room = max(self.size.width - cell_len(state) - 2, 0)
        title = Content(self._title)
        if title.cell_length > room:
            title = title.truncate(room, ellipsis=True)
        gap = " " * max(self.size.width - title.cell_length - cell_len(state), 1)
        style = "$error bold" if self._trouble else ""
        line = title.stylize("bold") + Content(gap) + Content.styled(state, style)
        if self._trouble:
            line += Content.styled(f"\n{self._trouble}", "$error")
        return line

    def on_click(self, event: events.Click) -> None:
        if event.x >= self.size.width - cell_len(self._state):
            self.post_message(self.Asked())


class StepStrip(Still):
    """The pages of a topic in a line; the one in hand stands in brackets."""

    @dataclass
    class Picked(Message):
        """Somebody clicked on a page."""

        index: int

    WIDEST: ClassVar[int] = 74

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("", id=id, markup=False)
        self._spans: list[tuple[int, int, int]] = []

    def show(self, pages: tuple[Page, ...], index: int, marks: list[str], position: str) -> None:
        """`marks` says for each page what is there; `position` stands in where names don't fit."""
        parts: list[Content | str] = []
        self._spans = []
        at = 0
        for number, page in enumerate(pages):
            text = " ".join(filter(None, (str(number + 1), page.title, marks[number])))
            text = f"[{text}]" if number == index else f" {text} "
            self._spans.append((at, at + cell_len(text), number))
            at += cell_len(text) + 1
            styled = Content.styled(text, "bold $primary") if number == index else Content(text)
            parts.extend((styled, " "))
        room = self.size.width or self.WIDEST
        if at - 1 > room:
            self._spans = []
            page = pages[index]
            asked = page.title == page.steps[0].question  # it stands below, in full
            name = (
                "" if asked else cut(f"{page.title} {marks[index]}", room - cell_len(position) - 5)
            )
            told = _("{label}: {text}").format(label=position, text=name) if name else position
            told = f"[{told}]"
            self.update(Content.styled(told, "bold $primary"))
            return
        self.update(Content("").join(p if isinstance(p, Content) else Content(p) for p in parts))

    def on_click(self, event: events.Click) -> None:
        for start, end, number in self._spans:
            if start <= event.x < end:
                self.post_message(self.Picked(number))
                return


class NavBar(Horizontal):
    """The way on, named by where it leads, the way back, what few need, and the menu."""

    def compose(self):  # type: ignore[no-untyped-def]
        yield Button("", id="next", variant="primary")
        yield Button(_("Back"), id="back")
        yield Button(_("More"), id="more")
        yield Button(_("Next topic"), id="pass")
        yield Button(_("Menu"), id="menu")

    def room(self, width: int, *, more: bool, long: bool) -> int:
        """Cells that the label of the first button may take in a line of this width."""
        others = [_("Back"), _("Menu"), *([_("More")] if more else [])]
        others += [_("Next topic")] if long else []
        return width - BESIDE_LABEL - sum(cell_len(label) + BESIDE_LABEL for label in others)

    def show(self, next_: str, *, more: bool, long: bool) -> None:
        """Names where Next leads; `more` says whether there is something that few need.

        A `long` topic can be passed by, too.
        """
        self.query_one("#next", Button).show(next_)
        self.query_one("#more", Button).display = more
        self.query_one("#pass", Button).display = long
