"""The wizard's application: which screen is open, and the sitting over the file.

It saves by itself, looks whether somebody else has changed the file, and ends cleanly on a signal.
Words live in the workspace, never in a widget.
"""

import asyncio
import inspect
import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from impactbrief.errors import ImpactBriefError
from impactbrief.i18n import _
from impactbrief.tui import versions
from impactbrief.tui.desk import Desk
from impactbrief.tui.keeping_up import caught_up
from impactbrief.tui.keys import FIRST
from impactbrief.tui.other_screens import OtherScreens
from impactbrief.tui.screens.dialogs import Asking
from impactbrief.tui.screens.entering import Entering
from impactbrief.tui.screens.entry import Over
from impactbrief.tui.screens.new import Making
from impactbrief.tui.screens.notes import NotesScreen
from impactbrief.tui.screens.work import WorkScreen
from impactbrief.tui.settings import Settings
from impactbrief.tui.terminal import LEFT_TO_RIGHT, RIGHT_TO_LEFT, plain_keys, tell
from impactbrief.tui.widgets.bars import TopBar
from impactbrief.tui.widgets.fields import ProseField
from impactbrief.workspace import Changed, SaveJob, Workspace, new_file
from impactbrief.workspace.editor import edit_text

if TYPE_CHECKING:  # what makes documents is loaded when it is wanted
    from impactbrief.batch.child import Child
    from impactbrief.batch.outputs import Job
    from impactbrief.render import Look
    from impactbrief.tui.exporting import Exporting

TICK = 0.2
"""Seconds between looks at whether a save is due."""
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
        self.file = file
        self._child: Child | None = None
        self.exporting: Exporting | None = None
        self._saving: SaveJob | None = None
        self._ended = False

    async def on_mount(self) -> None:
        for name in ("SIGTERM", "SIGHUP"):
            if number := getattr(signal, name, None):
                with suppress(NotImplementedError, RuntimeError):
                    asyncio.get_running_loop().add_signal_handler(number, self._end)
        plain_keys(self)
        self.set_interval(TICK, self._tick)
        self.set_interval(LOOK, self.look_outside)
        if self.file is None:
            await self.show_start()
        else:
            await self.open(Path(self.file))

    # files

    async def show_start(self) -> None:
        """The first screen: what to open."""
        from impactbrief.tui.screens.start import StartScreen

        while len(self.screen_stack) > 1 and not isinstance(self.screen, StartScreen):
            await self.pop_screen()
        if not isinstance(self.screen, StartScreen):
            await self.push_screen(StartScreen())

    async def open_new(self, making: Making) -> None:
        """Makes a new file and opens it where the first answer is missing."""
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
        if self.desk is None or self.desk.read_only or not isinstance(self.screen, WorkScreen):
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
        if path.suffix.lower() == ".pdf":
            self._open_pdf(path)
            return
        try:
            workspace = Workspace.open(path, look=look)
        except ImpactBriefError as error:
            self._say_cannot_open(path, error)
            return
        self.close_file()
        self.desk = Desk(workspace, ascii_marks=self.plain)
        workspace.listeners.append(self._changed)
        if self.right_to_left:
            tell(self, RIGHT_TO_LEFT)
        screen = WorkScreen(self.desk)
        if isinstance(self.screen, WorkScreen):
            await self.switch_screen(screen)
        else:
            await self.push_screen(screen)
        self._say_what_happened(workspace)

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
            await self.show_start()

    @work
    async def _say_cannot_open(self, path: Path, error: ImpactBriefError) -> None:
        missing = not path.exists() and path.suffix.lower() != ".pdf"
        buttons = [("leave", _("Back"))]
        if missing:
            buttons = [("make", _("Make it")), *buttons]
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
            await self.show_start()

    @work
    async def _say_what_happened(self, workspace: Workspace) -> None:
        """What an earlier sitting left behind, or why nothing can be changed."""
        while workspace.recovery is not None and self.desk is not None:
            recovery = workspace.recovery
            answer = await self.push_screen_wait(
                Asking(
                    _("Words from an earlier sitting"),
                    recovery.words()
                    + "\n\n"
                    + versions.recovered(self.desk.interview, recovery.differences),
                    [("restore", _("Restore them")), ("discard", _("Discard them"))],
                    safe="later",
                )
            )
            if answer == "later":
                break
            if answer == "restore":
                workspace.restore()
            else:
                workspace.discard()
        if workspace.read_only:
            await self.push_screen_wait(
                Asking(
                    _("You can look, but not change anything"),
                    _("The reason: {reason}.").format(reason=workspace.read_only),
                    [("go", _("Look at it"))],
                )
            )
        if isinstance(self.screen, WorkScreen):
            self.screen.focus_answer()

    def close_file(self) -> None:
        """Saves and gives the lock back."""
        if self.desk is not None:
            if self.right_to_left:
                tell(self, LEFT_TO_RIGHT)
            self.desk.settle()
            self.desk.workspace.close()
            self.desk = None
        if self.exporting is not None:
            self.exporting.stop()
            self.exporting = None
        if self._child is not None:
            self._child.stop()

    # saving

    def _changed(self, changed: Changed) -> None:
        """The text is another one: every open screen shows it."""
        # what a person types comes from the field itself, which may be some keys ahead by now
        typed = changed.origin == "edit"
        if typed and self.desk is not None and self.desk.typing:
            self._catch_up(self.desk)
            return
        for screen in self.screen_stack:
            if isinstance(screen, WorkScreen | Over | NotesScreen):
                screen.refresh_answers(texts=not typed)
        if changed.origin in ("undo", "redo"):
            self.notify(
                changed.label, title=_("Undone") if changed.origin == "undo" else _("Redone")
            )

    @work(exclusive=True, group="catch-up")
    async def _catch_up(self, desk: Desk) -> None:
        """Works out beside the typing what it changes in marks and findings, and shows it."""
        await asyncio.to_thread(desk.workspace.findings, desk.today)
        if desk is not self.desk:
            return
        for screen in self.screen_stack:
            if isinstance(screen, WorkScreen | Over | NotesScreen):
                screen.refresh_answers(texts=False)
        self.show_saved()

    def show_saved(self) -> None:
        """How it stands with the file, in the top bar."""
        if self.desk is None:
            return
        state = self.desk.workspace.state
        count = self.desk.known.count
        words = trouble = state.words(self.desk.today)
        if state.read_only:
            words = _("Read only")
        elif state.failed:
            words = _("Cannot save")
        elif state.at_risk:
            trouble = _("The journal can't be written: {reason}. Save now and then.").format(
                reason=state.journal_failed
            )
        else:
            trouble = ""
        trouble = trouble.replace(str(Path.home()), "~")
        words = f"{count.done}/{count.total}  {words}"
        for screen in self.screen_stack:
            for bar in screen.query(TopBar):
                bar.show(self.desk.title, words, trouble=trouble)

    def _tick(self) -> None:
        if self.desk is not None:
            self.desk.settle_lists()
            if self.desk.workspace.due():
                self.save_soon()

    def save_soon(self) -> None:
        """Saves now, beside the typing."""
        if self.desk is None or self._saving is not None:
            return
        self.desk.typing = True
        job = self.desk.workspace.begin_save()
        self.desk.typing = False
        self._saving = job
        if job is not None:
            self._save(self.desk.workspace, job)

    @work(exclusive=False)
    async def _save(self, workspace: Workspace, job: SaveJob) -> None:
        await asyncio.to_thread(job.run)
        workspace.end_save(job)
        self._saving = None
        self.show_saved()
        if workspace.conflict is not None:
            self._ask_about_conflict(workspace)

    def action_save(self) -> None:
        self.save_soon()
        self.notify(_("Saved. It also saves by itself."))

    def look_outside(self) -> None:
        """Has somebody else changed the file?"""
        if self.desk is not None and self.desk.workspace.look_outside():
            if self.desk.workspace.conflict is not None:
                self._ask_about_conflict(self.desk.workspace)
            else:
                self.notify(_("The file was changed by another program. You see its new text."))

    def on_app_focus(self) -> None:
        self.look_outside()

    @work(exclusive=True, group="conflict")
    async def _ask_about_conflict(self, workspace: Workspace) -> None:
        conflict = workspace.conflict
        if conflict is None or self.desk is None:
            return
        text = _(
            "The file and your words here have both changed. Nothing is lost: keep both, and yours"
            " goes into a second file beside it."
        )
        text += "\n\n" + (
            versions.compared(self.desk.interview, conflict.differences)
            if conflict.theirs is not None
            else "\n".join(problem.what for problem in conflict.problems)
        )
        answer = await self.push_screen_wait(
            Asking(
                _("Somebody else has changed this file"),
                text,
                [
                    ("both", _("Keep both")),
                    ("theirs", _("Take theirs")),
                    ("mine", _("Keep mine")),
                ],
                safe="both",
            )
        )
        match answer:
            case "theirs":
                workspace.take_theirs()
            case "mine":
                workspace.keep_mine()
            case _:
                kept = workspace.keep_both()
                self.notify(str(kept), title=_("Your words are in"))
        self.show_saved()

    async def action_enter(self) -> None:
        """Enter, for screens that it leads on in; else it is the widget's own."""
        screen = self.screen
        if isinstance(screen, Entering):
            await caught_up(screen.focused)
        if not isinstance(screen, Entering) or not await screen.enter():
            raise SkipAction

    # whole-document commands

    async def action_undo(self) -> None:
        await caught_up(self.focused)
        await self._step(back=True)

    async def action_redo(self) -> None:
        await caught_up(self.focused)
        await self._step(back=False)

    async def _step(self, *, back: bool) -> None:
        if self.desk is None or self.desk.read_only:
            return
        workspace = self.desk.workspace
        self.desk.settle()
        changed = workspace.undo() if back else workspace.redo()
        if changed is None:
            self.notify(_("There is nothing to undo.") if back else _("There is nothing to redo."))
            return
        spot = self.desk.interview.find(changed.path)
        if spot is not None and isinstance(self.screen, WorkScreen):
            await self.screen.go_to(spot)

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
        if self._saved_or(self.exit):
            self.close_file()
            self.exit()

    async def action_close_brief(self) -> None:
        """Saves, then back to the start screen."""
        if self._saved_or(self.show_start):
            self.close_file()
            await self.show_start()

    def _saved_or(self, leave: Callable[[], object]) -> bool:
        """Saves. Where that fails it asks, and may close the file and `leave` later."""
        if self.desk is not None:
            self.desk.settle()
            state = self.desk.workspace.save()
            if state.failed or self.desk.workspace.conflict is not None:
                self._ask_before_leaving(state.words(), leave)
                return False
        return True

    @work
    async def _ask_before_leaving(self, why: str, leave: Callable[[], object]) -> None:
        answer = await self.push_screen_wait(
            Asking(
                _("This can't be saved"),
                why,
                [("stay", _("Stay")), ("leave", _("Leave, words stay in the journal"))],
                safe="stay",
            )
        )
        if answer == "leave":
            self.close_file()
            left = leave()
            if inspect.isawaitable(left):
                await left

    def _end(self) -> None:
        """A signal to end: save, put the terminal back, go."""
        if not self._ended:
            self._ended = True
            self.close_file()
            self.exit(return_code=0)

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

    def edit_outside(self, field: ProseField) -> None:
        """Opens a box's text in the user's own editor; an editor that fails changes nothing."""
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
