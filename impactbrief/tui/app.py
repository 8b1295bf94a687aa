"""The wizard's application: it is on the screen before anything that knows briefs is loaded, then
opens the start screen or a file, keeps what is typed meanwhile, and ends cleanly on a signal.

Words live in the workspace, never in a widget.
"""

import asyncio
import importlib
import os
import signal
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events, work
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.errors import NoWidget
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from impactbrief.console import settled
from impactbrief.errors import ImpactBriefError
from impactbrief.i18n import _
from impactbrief.tui.keeping_up import caught_up
from impactbrief.tui.keys import FIRST
from impactbrief.tui.other_screens import OtherScreens
from impactbrief.tui.screens.entering import Answering, Entering, Opening
from impactbrief.tui.settings import Settings
from impactbrief.tui.terminal import plain_keys

if TYPE_CHECKING:  # loaded when it is wanted, behind the first picture
    from impactbrief.batch.child import Child
    from impactbrief.batch.outputs import Job
    from impactbrief.render import Look
    from impactbrief.tui.exporting import Exporting
    from impactbrief.tui.screens.new import Making
    from impactbrief.tui.widgets.fields import ProseField

TICK = 0.2
"""Seconds between looks at whether a save is due."""
LAST = 3.0
"""Seconds after a signal to end in which the wizard may end by itself."""
LOOK = 5.0
"""Seconds between looks at whether somebody else has changed the file."""


class Wizard(OtherScreens):
    """One person, one file."""

    TITLE = "impactbrief"
    CSS_PATH = "wizard.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(FIRST["app.quit"], "quit", _("Quit"), priority=True, id="app.quit", show=False),
        Binding("ctrl+c", "copy", show=False),
        Binding(FIRST["app.menu"], "menu", show=False, priority=True, id="app.menu"),
        # not left to the widgets: what is typed after these keys must land where they lead
        Binding("tab", "focus_next", show=False, priority=True),
        Binding("shift+tab", "focus_previous", show=False, priority=True),
        Binding("enter", "enter", show=False, priority=True),
    ]
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012
        (0, "-tiny"), (60, "-narrow"), (96, "-wide"), (118, "-broad"),
    ]  # fmt: skip
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (16, "-short"), (22, "-medium"), (30, "-tall")]  # noqa: RUF012

    def __init__(
        self, file: str | None = None, *, plain: bool = False, settings: Settings | None = None
    ) -> None:
        super().__init__(plain=plain, settings=settings)
        self._first = file
        self._early: list[events.Key | events.Paste] | None = []
        """What is typed before there is a place for it; None once there is one."""
        self._child: Child | None = None
        self.exporting: Exporting | None = None
        self._ended = False

    @property
    def opened(self) -> bool:
        """Whether the start screen, a file, or what is wrong with it is there."""
        return self._early is None

    def compose(self) -> ComposeResult:
        named = Path(self._first).name if self._first else ""
        text = _("Opening {name}…").format(name=named) if named else "impactbrief"
        yield Static(text, id="opening", markup=False)

    def on_mount(self) -> None:
        for name in ("SIGTERM", "SIGHUP"):
            if number := getattr(signal, name, None):
                with suppress(NotImplementedError, RuntimeError):
                    asyncio.get_running_loop().add_signal_handler(number, self._end)
        plain_keys(self)
        self.set_interval(TICK, self._tick)
        self.set_interval(LOOK, self.look_outside)

    def on_ready(self) -> None:
        self._begin()

    @work
    async def _begin(self) -> None:
        """The first picture is there: loads what it takes to show the second one."""
        module = "impactbrief.tui.open_file" if self._first else "impactbrief.tui.screens.start"
        await asyncio.to_thread(importlib.import_module, module)
        settled()
        if self._first is None:
            self.show_start()
        else:
            await self.open(Path(self._first))
        self.call_next(self._take_early)

    async def _take_early(self) -> None:
        """What was typed meanwhile, a key at a time: each may lead to where the next one belongs.

        In the application's own queue, as any other key, so that what a key sets off comes first.
        """
        if self._early:
            await self._take_typed(self._early.pop(0))
            self.call_next(self._take_early)
        else:
            self._early = None

    async def on_event(self, event: events.Event) -> None:
        typed = event if isinstance(event, events.Key | events.Paste) else None
        if typed is not None and self._early is not None:
            self._early.append(typed)
            return
        if isinstance(event, events.MouseDown | events.MouseUp) and not event.is_forwarded:
            await self._take_click(event)
            return
        if typed is not None and not typed.is_forwarded:
            await self._take_typed(typed)
            return
        await super().on_event(event)

    async def _take_typed(self, event: events.Key | events.Paste) -> None:
        """A key is done with before the next one is looked at, unless both are a field's text.

        Textual lets each go through the queues of the widget in hand and of all around it, and does
        what it is bound to when it comes back: what is typed meanwhile would overtake it.
        """
        if self._exit:  # nothing is there any more that could take it
            return
        if self.focused is None and isinstance(self.screen, Answering):
            # a window that becomes smaller and larger takes the focus away for a moment
            self.screen.focus_answer()
        if _says_something(event):
            await self._open_for_text()
        if isinstance(event, events.Paste) or _is_text(event, self.focused):
            await super().on_event(event)
            return
        await caught_up(in_hand := self.focused)
        if not (
            await self._check_bindings(event.key, priority=True)
            or await self._check_bindings(event.key)
        ):
            (self.focused or self.screen)._forward_event(event)
        await caught_up(in_hand)

    async def _open_for_text(self) -> None:
        """Opens the row in hand, where it is one that can't be typed on, for what is typed."""
        row: object = self.focused
        if isinstance(row, Opening):
            await caught_up(self.focused)
            screen: object = self.screen
            if row.opens and isinstance(screen, Entering):
                await screen.enter()

    async def _take_click(self, event: events.MouseDown | events.MouseUp) -> None:
        """A click waits for the keys before it, and the keys after it wait for where it leads."""
        await caught_up(self.focused)
        clicked: Widget | None = None
        with suppress(NoWidget):
            clicked, _region = self.get_widget_at(event.x, event.y)
        await super().on_event(event)
        if isinstance(event, events.MouseUp):
            await caught_up(clicked)

    def _handle_exception(self, error: Exception) -> None:
        """Whatever went wrong in the program: the words come first."""
        with suppress(Exception):
            self.close_file()
        super()._handle_exception(error)

    # files

    def show_start(self) -> None:
        """The first screen: what to open. In the application's own queue, as `go_to`."""
        self.call_next(self._show_start)

    async def _show_start(self) -> None:
        from impactbrief.tui.screens.start import StartScreen

        while len(self.screen_stack) > 1 and not isinstance(self.screen, StartScreen):
            await self.pop_screen()
        if not isinstance(self.screen, StartScreen):
            await self.push_screen(StartScreen())

    async def open_new(self, making: "Making") -> None:
        """Makes a new file and opens it where the first answer is missing."""
        from impactbrief.workspace import new_file

        try:
            new_file(
                making.path,
                title=making.title,
                language=making.language or None,
                proposal=making.proposal,
                source=making.source,
            )
        except ImpactBriefError as error:
            self._say_cannot_open(making.path, error)
            return
        await self.open(making.path)
        if self.desk is None or self.desk.read_only or self.desk.workspace.path != making.path:
            return
        for path, said in (
            (("proposal", "kind"), making.kind),
            (("proposal", "jurisdictions"), list(making.jurisdictions)),
        ):
            step = self.desk.interview.step_at(path)
            if step is not None and said:
                self.desk.answer(step, said)
        self.save_soon()

    async def open(self, path: Path, *, look: bool = False) -> None:
        """Opens a file to work on, or only to look at; of a PDF, the answers inside it."""
        from impactbrief.tui.open_file import OpenFile
        from impactbrief.workspace import Workspace

        if path.suffix.lower() == ".pdf":
            self._open_pdf(path)
            return
        try:
            workspace = Workspace.open(path, look=look)
        except ImpactBriefError as error:
            self._say_cannot_open(path, error)
            return
        self.close_file()
        self.file = OpenFile(self, workspace)
        await self.file.show()

    @work
    async def _open_pdf(self, pdf: Path) -> None:
        from impactbrief.tui.screens.from_pdf import answer_file

        try:
            path = await answer_file(self, pdf)
        except ImpactBriefError as error:
            self._say_cannot_open(pdf, error)
            return
        if path is not None:
            await self.open(path)
        elif len(self.screen_stack) < 2:
            self.show_start()

    @work
    async def _say_cannot_open(self, path: Path, error: ImpactBriefError) -> None:
        from impactbrief.tui.screens.dialogs import Asking
        from impactbrief.workspace import new_file
        from impactbrief.workspace.paths import hidden, is_there

        missing = not is_there(path) and not hidden(path) and path.suffix.lower() != ".pdf"
        buttons = [("leave", _("Back"))]
        if missing:
            buttons = [("make", _("Create it")), *buttons]
        said = []
        for problem in error.problems:
            line = problem.place.line if problem.place is not None else 0
            where = _("Line {line}:").format(line=line) if line else ""
            said.append(f"{where} {problem.what} {problem.hint}".strip())
        text = "\n".join(said)
        answer = await self.push_screen_wait(Asking(str(path), text, buttons))
        if answer == "make":
            try:
                new_file(path)
            except ImpactBriefError as failure:
                self._say_cannot_open(path, failure)
                return
            await self.open(path)
        elif len(self.screen_stack) < 2:
            self.show_start()

    def close_file(self) -> None:
        """Saves and gives the lock back."""
        if self.file is not None:
            self.file.close()
            self.file = None
        if self.exporting is not None:
            self.exporting.stop()
            self.exporting = None
        if self._child is not None:
            self._child.stop()

    def _tick(self) -> None:
        if self.file is not None:
            self.file.tick()

    def show_saved(self) -> None:
        """How it stands with the file, in the top bar."""
        if self.file is not None:
            self.file.show_saved()

    def save_soon(self) -> None:
        """Saves now, beside the typing."""
        if self.file is not None:
            self.file.save_soon()

    @work(exclusive=True, group="save")
    async def action_save(self) -> None:
        if self.file is not None:
            await self.file.save_now()

    def look_outside(self) -> None:
        """Has somebody else changed the file?"""
        if self.file is not None:
            self.file.look_outside()

    def on_app_focus(self) -> None:
        self.look_outside()

    async def action_enter(self) -> None:
        """Enter, for screens that it leads on in; else it is the widget's own."""
        screen = self.screen
        if isinstance(screen, Entering):
            await caught_up(screen.focused)
        if not isinstance(screen, Entering) or not await screen.enter():
            raise SkipAction

    # whole-document commands

    async def action_undo(self) -> None:
        await self._step(back=True)

    async def action_redo(self) -> None:
        await self._step(back=False)

    async def _step(self, *, back: bool) -> None:
        await caught_up(self.focused)
        if self.file is not None:
            await self.file.step(back=back)

    async def action_menu(self) -> None:
        from impactbrief.tui.screens.menu import MenuScreen, open_menu

        await caught_up(self.focused)
        if not isinstance(self.screen, ModalScreen):
            await open_menu(self)
        elif isinstance(self.screen, MenuScreen):
            self.screen.action_leave()

    def action_copy(self) -> None:
        """Ctrl+C copies and never quits."""
        if text := self.screen.get_selected_text():
            self.copy_to_clipboard(text)

    async def action_quit(self) -> None:
        """Saves, then leaves. Asks only where words could be lost."""
        await caught_up(self.focused)
        if self.file is None or self.file.saved_or(self.exit):
            self.close_file()
            self.exit()

    async def action_close_brief(self) -> None:
        """Saves, then back to the start screen."""
        if self.file is None or self.file.saved_or(self.show_start):
            self.close_file()
            self.show_start()

    def _end(self) -> None:
        """A signal to end: save, put the terminal back, go. Also where something hangs."""
        if not self._ended:
            self._ended = True
            asyncio.get_running_loop().call_later(LAST, self._go)
            self.close_file()
            self.exit(return_code=0)

    def _go(self) -> None:
        if self._driver is not None:
            with suppress(Exception):
                self._driver.stop_application_mode()
                self._driver.close()  # only then is all of it written
        os._exit(1)

    # documents

    @property
    def child(self) -> "Child":
        """The process that makes documents."""
        if self._child is None:
            from impactbrief.batch.child import Child

            self._child = Child()
        return self._child

    @work(exclusive=True, group="export")
    async def export(self, jobs: "Sequence[Job]", look: "Look") -> None:
        """Makes documents beside the typing; says so where nobody watches when they are done."""
        if self.desk is None:
            return
        self.desk.settle()
        from impactbrief.tui.exporting import Exporting
        from impactbrief.tui.screens.export import ExportScreen

        exporting = Exporting(self.desk, self.child, jobs, look, self._show_export)
        self.exporting = exporting
        await exporting.run()
        if not any(isinstance(screen, ExportScreen) for screen in self.screen_stack):
            self.notify(exporting.in_short(), title=exporting.said, timeout=15)

    def _show_export(self) -> None:
        from impactbrief.tui.screens.export import ExportScreen

        for screen in self.screen_stack:
            if isinstance(screen, ExportScreen):
                screen.show_progress()

    def edit_outside(self, field: "ProseField") -> None:
        """Opens a box's text in the user's own editor; an editor that fails changes nothing."""
        from impactbrief.workspace.editor import edit_text

        text, failure = field.text, ""
        with self.suspend():  # nothing may be raised in here: the screen would never come back
            try:
                text = edit_text(text)
            except ImpactBriefError as error:
                failure = f"{error.problems[0].what} {error.problems[0].hint}"
            except OSError as error:
                failure = error.strerror or type(error).__name__
        if failure:
            self.notify(failure, severity="error", markup=False)
        elif text != field.text:
            field.replace(text, (0, 0), field.document.end)


def _says_something(event: events.Key | events.Paste) -> bool:
    """Whether what is typed is a letter or the like, and no key to press."""
    if isinstance(event, events.Paste):
        return bool(event.text.strip())
    return event.is_printable and event.character != " "


def _is_text(event: events.Key, field: Widget | None) -> bool:
    """Whether a field takes a key as text. It keeps the order of what it is given itself."""
    return isinstance(field, Input | TextArea) and (event.is_printable or event.key == "enter")
