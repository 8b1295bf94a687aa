"""Screens to read: the guide to a question, and the keys. Escape goes back."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from impactbrief.i18n import _
from impactbrief.interview import Topic
from impactbrief.tui.keys import Keys
from impactbrief.tui.pages import Page
from impactbrief.tui.screens.once import OnceModal
from impactbrief.tui.widgets.buttons import Button
from impactbrief.tui.widgets.lines import fit
from impactbrief.tui.widgets.side import guide


class Reading(OnceModal[None]):
    """A text to read, with the focus on it so that the arrows move it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,f1,question_mark,ctrl+g", "leave", show=False, priority=True),
        Binding("enter", "leave", show=False),
        Binding("space", "page_down", show=False),
    ]

    def __init__(self, heading: str, text: Content) -> None:
        super().__init__(classes="over")
        self.heading, self.text = heading, text

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield Static(Content.styled(self.heading, "bold"), classes="heading")
            with VerticalScroll(id="text"):
                yield Static(self.text)
            with Horizontal(classes="buttons"):
                yield Button(_("Back"), id="leave", variant="primary", compact=True)
                yield Static(_("Arrows and Page Down move the text."), classes="hint")

    def on_mount(self) -> None:
        self.set_focus(self.query_one("#text"))

    def on_button_pressed(self) -> None:
        self.dismiss(None)

    def action_leave(self) -> None:
        self.dismiss(None)

    def action_page_down(self) -> None:
        self.query_one("#text", VerticalScroll).scroll_page_down()


class GuideScreen(Reading):
    """All that helps with a page: the topic, each of its questions, a worked example."""

    def __init__(self, topic: Topic, page: Page) -> None:
        parts = [guide(topic, page.steps[0])]
        parts.extend(guide(topic, step, about_topic=False) for step in page.steps[1:])
        super().__init__(_("Guide"), Content("\n").join(parts))


class HelpScreen(Reading):
    """What to do, and the keys that do it."""

    def __init__(self, keys: Keys) -> None:
        super().__init__(_("How this works"), Content("\n").join(_help(keys)))


def _help(keys: Keys) -> list[Content]:
    def key(*actions: str) -> str:
        return ", ".join(keys.long(action) for action in actions)

    lines = [
        Content(
            _(
                "Answer the question on the screen, then go on with Next. Skip what you like and"
                " come back at any time. Everything is saved by itself."
            )
        ),
        Content(""),
    ]
    for named, what in (
        (_("Tab, Shift+Tab"), _("to the next field or button, and back")),
        (_("Arrows, Enter"), _("move in lists and forms; choose, or press a button")),
        (_("Escape"), _("leaves the text and goes to Next; again: the menu")),
        (key("nav.next", "nav.back"), _("next question, and back")),
        (key("nav.outline"), _("outline: all topics, to go to any of them")),
        (key("nav.open"), _("the next question without an answer")),
        (key("view.guide"), _("guide: what is meant, and a worked example")),
        (key("view.search"), _("search your answers and the questions")),
        (key("view.review"), _("review what is missing, preview, export")),
        (
            key("edit.cite", "edit.external"),
            _("in a text: cite a source; write in your own editor"),
        ),
        (key("edit.undo", "edit.redo"), _("undo and redo, anywhere in the brief")),
        (key("app.menu", "app.quit"), _("menu with all commands; save and quit")),
    ):
        lines.append(Content.styled(fit(named, 16), "bold") + Content(f" {what}"))
    lines += [
        Content(""),
        Content(
            _(
                "With a mouse: click what you want. To select text, hold Shift while you drag. To"
                " paste: Ctrl+Shift+V, Cmd+V or Shift and the right button."
            )
        ),
    ]
    return lines
