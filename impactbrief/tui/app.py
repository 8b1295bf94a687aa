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

from textual import work
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import Static

from impactbrief.console import settled
from impactbrief.errors import ImpactBriefError
from impactbrief.i18n import _
from impactbrief.tui.in_order import caught_up
from impactbrief.tui.keys import FIRST
from impactbrief.tui.other_screens import OtherScreens
from impactbrief.tui.screens.entering import Entering
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
        self._child: Child | None = None
        self.exporting: Exporting | None = None
        self._ended = False
        self.last_words = ""
        """Where the brief that was closed last is; for who has left."""

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
        self.begin_typing()

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
        self.desk.workspace.forget()
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
            hint = "" if missing else problem.hint  # a button makes it
            said.append(f"{where} {problem.what} {hint}".strip())
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
            self.last_words = self.file.close()
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
        if self.file is not None:
            await self.file.step(back=back)

    async def action_menu(self) -> None:
        from impactbrief.tui.screens.entry import Over
        from impactbrief.tui.screens.menu import MenuScreen, open_menu

        if isinstance(self.screen, Over) or not isinstance(self.screen, ModalScreen):
            await open_menu(self)
        elif isinstance(self.screen, MenuScreen):
            self.screen.action_leave()

    def action_copy(self) -> None:
        """Ctrl+C copies and never quits."""
        if text := self.screen.get_selected_text():
            self.copy_to_clipboard(text)

    async def action_quit(self) -> None:
        """Saves, then leaves. Asks only where words could be lost."""
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
