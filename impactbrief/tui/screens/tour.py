"""The two-minute tour: what the screen looks like and what to do, in words."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from impactbrief.i18n import _
from impactbrief.tui.keys import Keys
from impactbrief.tui.screens.once import OnceModal
from impactbrief.tui.widgets.buttons import Button


def tour(keys: Keys) -> list[tuple[str, str]]:
    """The pages: a heading and a few short paragraphs each."""
    key = keys.long
    return [
        (
            _("What you make here"),
            _(
                "An Internet Impact Brief says what a proposal, such as a law, a standard or a"
                " service, would do to the Internet: to what makes it work, and to the people who"
                " use it.\n\n"
                "This program asks one question at a time. From your answers it makes the finished"
                " document: a PDF, a web page, a Word file or plain text.\n\n"
                "You need no internet connection, and nothing leaves this computer."
            ),
        ),
        (
            _("What you see"),
            _(
                "The top line says which brief is open, how many topics are done, and whether your"
                " text is saved.\n\n"
                "Below it stands one topic with its steps, one question, and the place for your"
                " answer. In a wide window all topics stand on the left.\n\n"
                "Below the answer: Next says where it leads. The last line lists the main keys;"
                " “^N” means: hold Ctrl and press N."
            ),
        ),
        (
            _("How to answer"),
            _(
                "To choose, move with the arrow keys and press Enter, or press the number in front"
                " of a choice. To write, just type; long lines break by themselves.\n\n"
                "Tab goes to the next field or button. In a text, Escape takes you to Next, and"
                " Enter goes on.\n\n"
                "With a mouse, click whatever you want."
            ),
        ),
        (
            _("A topic, step by step"),
            _(
                "1  Impact: is it good or bad for this part of the Internet? Choose a rating.\n"
                "2  How: say what would change, and why.\n"
                "3  People: say what that means for those who use the Internet.\n"
                "4  Evidence: what backs this up.\n\n"
                "Not sure what is meant? {guide} opens the guide with a worked example."
            ).format(guide=key("view.guide")),
        ),
        (
            _("Nothing gets lost"),
            _(
                "Every answer is saved within a second, into one file that you can read, copy and"
                " mail. Skip what you like: {open} finds the next unanswered question, {outline}"
                " lists all topics.\n\n"
                "{undo} takes back anything, also ratings and lists. If the computer stops, your"
                " text is offered again the next time.\n\n"
                "Private notes are never printed."
            ).format(open=key("nav.open"), outline=key("nav.outline"), undo=key("edit.undo")),
        ),
        (
            _("The finished document"),
            _(
                "{review} shows what has no answer yet or looks wrong. Enter takes you there. None"
                " of it keeps you from exporting: the brief lists unanswered topics as not"
                " assessed.\n\n"
                "{quit} saves and quits. {help} shows the keys. {menu}, or Escape twice, opens the"
                " menu with every command.\n\n"
                "That is all. Choose “New brief”, or view an example first."
            ).format(
                review=key("view.review"),
                quit=key("app.quit"),
                help=key("app.help"),
                menu=key("app.menu"),
            ),
        ),
    ]


class TourScreen(OnceModal[None]):
    """Pages to turn. Escape ends it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", show=False, priority=True),
        Binding("right,ctrl+n", "turn(1)", show=False, priority=True),
        Binding("left,ctrl+b", "turn(-1)", show=False, priority=True),
        Binding("down,pagedown", "scroll(1)", show=False),
        Binding("up,pageup", "scroll(-1)", show=False),
    ]

    def __init__(self, keys: Keys) -> None:
        super().__init__(classes="over")
        self.pages = tour(keys)
        self.page = 0

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield Static("", id="where", classes="hint", markup=False)
            yield Static("", id="heading", classes="heading", markup=False)
            with VerticalScroll(can_focus=False, id="text"):
                yield Static("", id="words", markup=False)
            with Horizontal(classes="buttons"):
                yield Button("", id="next", variant="primary", compact=True)
                yield Button(_("Back"), id="back", compact=True)
                yield Button(_("End the tour"), id="end", compact=True)

    def on_mount(self) -> None:
        self.show()
        self.set_focus(self.query_one("#next"))

    def show(self) -> None:
        """The page in hand."""
        heading, text = self.pages[self.page]
        place = _("How it works: {number} of {count}").format(
            number=self.page + 1, count=len(self.pages)
        )
        self.query_one("#where", Static).update(Content(place))
        self.query_one("#heading", Static).update(Content.styled(heading, "bold"))
        self.query_one("#words", Static).update(Content(text))
        self.query_one("#text", VerticalScroll).scroll_home(animate=False)
        last = self.page == len(self.pages) - 1
        button = self.query_one("#next", Button)
        button.label = Content(_("Done") if last else _("Next"))
        button.refresh(layout=True)
        self.query_one("#back", Button).disabled = self.page == 0

    def on_button_pressed(self, event: Button.Pressed) -> None:
        match event.button.id:
            case "next":
                self.action_turn(1)
            case "back":
                self.action_turn(-1)
            case _:
                self.dismiss(None)

    def action_turn(self, by: int) -> None:
        page = self.page + by
        if page >= len(self.pages):
            self.dismiss(None)
        elif page >= 0:
            self.page = page
            self.show()
            if self.focused is None or not self.focused.focusable:
                self.set_focus(self.query_one("#next"))

    def action_scroll(self, by: int) -> None:
        self.query_one("#text", VerticalScroll).scroll_relative(y=3 * by, animate=False)

    def action_leave(self) -> None:
        self.dismiss(None)
