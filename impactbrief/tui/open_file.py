"""The file that is open in the wizard: it saves by itself, looks whether somebody else has changed
it, takes steps back, and lets nobody leave while words could be lost.
"""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from impactbrief.errors import ImpactBriefError, Problem
from impactbrief.i18n import _
from impactbrief.tui import versions
from impactbrief.tui.desk import Desk
from impactbrief.tui.screens.dialogs import Asking
from impactbrief.tui.screens.entry import Over
from impactbrief.tui.screens.notes import NotesScreen
from impactbrief.tui.screens.work import WorkScreen
from impactbrief.tui.terminal import LEFT_TO_RIGHT, RIGHT_TO_LEFT, tell
from impactbrief.tui.widgets.bars import TopBar
from impactbrief.workspace import Changed, Conflict, SaveJob, Stranded, Workspace
from impactbrief.workspace.paths import shown
from impactbrief.yamltext import Path as At

if TYPE_CHECKING:
    from impactbrief.tui.app import Wizard

TURN = 0.02
"""Seconds between looks at whether a save is done."""


class OpenFile:
    """A workspace, the desk on which it lies, and the wizard whose screens show it."""

    def __init__(self, wizard: "Wizard", workspace: Workspace) -> None:
        self.wizard = wizard
        self.workspace = workspace
        self.desk = Desk(workspace, ascii_marks=wizard.plain)
        self.desk.refused = self._refuse
        self._saving: SaveJob | None = None
        self._asking = False
        """Whether a conflict is being asked about."""
        workspace.listeners.append(self._changed)

    async def show(self) -> None:
        """Puts the work screen on, then says what an earlier sitting left behind."""
        wizard = self.wizard
        if wizard.right_to_left:
            tell(wizard, RIGHT_TO_LEFT)
        screen = WorkScreen(self.desk)
        if isinstance(wizard.screen, WorkScreen):
            await wizard.switch_screen(screen)
        else:
            await wizard.push_screen(screen)
        self._beside(self._say_what_happened)

    def close(self) -> str:
        """Saves and gives the lock back. Says how it stands with what was written, if it was."""
        if self.wizard.right_to_left:
            tell(self.wizard, LEFT_TO_RIGHT)
        self._finish_forms()
        state = self.workspace.close()
        if state.read_only or (state.saved_at is None and not state.pending):
            return ""
        if state.pending:
            return _short(state.words())
        return _("Your brief is saved in {path}").format(path=shown(self.workspace.path.resolve()))

    def _beside(
        self, work: Callable[[], Awaitable[None]], *, group: str = "default", only: bool = False
    ) -> None:
        """Does something beside the typing; `only` the last one of its group is carried on."""
        self.wizard.run_worker(work, group=group, exclusive=only)

    def _refuse(self, problem: Problem) -> None:
        """Says why a change could not be made."""
        self.wizard.notify(f"{problem.what} {problem.hint}".rstrip(), severity="error", timeout=15)
        self._refresh_answers(texts=True)

    @property
    def _is_open(self) -> bool:
        return self.wizard.file is self

    async def _say_what_happened(self) -> None:
        """What an earlier sitting left behind, or why nothing can be changed."""
        workspace = self.workspace
        while workspace.recovery is not None and self._is_open:
            recovery = workspace.recovery
            answer = await self.wizard.push_screen_wait(
                Asking(
                    _("Unsaved text from last time"),
                    recovery.words()
                    + "\n\n"
                    + versions.recovered(self.desk.interview, recovery.differences)
                    + versions.without_place(recovery.loose),
                    [("restore", _("Restore them")), ("discard", _("Discard them"))],
                    safe="later",
                )
            )
            if answer == "restore":
                workspace.restore()
                await self._go_to(recovery.changes[-1].path if recovery.changes else ())
            elif answer == "discard":
                workspace.discard()
            else:
                break
        if workspace.read_only:
            await self._say_read_only()
        if isinstance(self.wizard.screen, WorkScreen):
            self.wizard.screen.focus_answer()

    async def _say_read_only(self) -> None:
        """Why nothing can be changed, and what can be done about it."""
        workspace = self.workspace
        text = _("The reason: {reason}.").format(reason=workspace.read_only)
        buttons = [("go", _("Look at it"))]
        if workspace.lock_owner is not None:
            text += "\n\n" + _(
                "If nobody works on it there any more, work on it here all the same. If somebody"
                " does, both versions are kept."
            )
            buttons.append(("take", _("Work on it here")))
        answer = await self.wizard.push_screen_wait(
            Asking(_("You can look, but not change anything"), text, buttons)
        )
        if answer == "take":
            workspace.take_over()
            await self._draw_anew()
            await self._say_what_happened()

    async def _draw_anew(self) -> None:
        """The fields, which can be changed now, or no longer."""
        for screen in self.wizard.screen_stack:
            if isinstance(screen, WorkScreen):
                await screen.draw()
        self.show_saved()

    # what changes

    def _changed(self, changed: Changed) -> None:
        """The text is another one: every open screen shows it."""
        # what a person types comes from the field itself, which may be some keys ahead by now
        typed = changed.origin == "edit"
        if typed and self.desk.typing:
            self._beside(self._catch_up, group="catch-up", only=True)
            return
        self._refresh_answers(texts=not typed)
        if changed.origin in ("undo", "redo"):
            self.wizard.notify(
                changed.label, title=_("Undone") if changed.origin == "undo" else _("Redone")
            )

    async def _catch_up(self) -> None:
        """Works out beside the typing what it changes in marks and findings, and shows it."""
        await asyncio.to_thread(self.workspace.findings, self.desk.today)
        if self._is_open:
            self._refresh_answers(texts=False)
            self.show_saved()

    def _refresh_answers(self, *, texts: bool) -> None:
        for screen in self.wizard.screen_stack:
            if isinstance(screen, WorkScreen | Over | NotesScreen):
                screen.refresh_answers(texts=texts)

    async def step(self, *, back: bool) -> None:
        """Undoes or redoes one change, and goes to where it was."""
        if self.desk.read_only:
            return
        self.desk.settle()
        changed = self.workspace.undo() if back else self.workspace.redo()
        if changed is None:
            self.wizard.notify(
                _("There is nothing to undo.") if back else _("There is nothing to redo.")
            )
            return
        await self._go_to(changed.path)

    async def _go_to(self, path: At) -> None:
        """To where an answer is given, if it has a place in the interview."""
        spot = self.desk.interview.find(path)
        if spot is not None and isinstance(self.wizard.screen, WorkScreen):
            await self.wizard.screen.go_to(spot)

    # saving

    def show_saved(self) -> None:
        """How it stands with the file, in the top bar."""
        state = self.workspace.state
        count = self.desk.known.count
        words = trouble = state.words(self.desk.today)
        if state.read_only:
            words = _("Read only")
        elif state.failed:
            words = _("Cannot save")
        elif state.at_risk:
            trouble = _(
                "The safety copy of your text can't be written: {reason}. Save often."
            ).format(reason=state.journal_failed)
        else:
            trouble = ""
        trouble = _short(trouble)
        words = f"{count.done}/{count.total}  {words}"
        for screen in self.wizard.screen_stack:
            for bar in screen.query(TopBar):
                bar.show(self.desk.title, words, trouble=trouble)

    def tick(self) -> None:
        """To be called several times a second: saves what is due."""
        self.desk.settle_lists()
        if self.workspace.due():
            self.save_soon()
        for stranded in self.workspace.stranded():
            self._tell_stranded(stranded)

    def _tell_stranded(self, stranded: Stranded) -> None:
        problem = stranded.problem
        said = [problem.what, problem.hint] if problem is not None else []
        if stranded.kept is not None:
            said.append(_("Your text is kept in {path}.").format(path=shown(stranded.kept)))
        else:
            said.append(
                _("Copy it from here, it could not be kept: {text}").format(text=stranded.words)
            )
        self.wizard.notify(
            "\n".join(filter(None, said)), title=_("The file has no place for this text"),
            severity="error", timeout=60,
        )  # fmt: skip
        self._refresh_answers(texts=True)

    def save_soon(self) -> None:
        """Saves now, beside the typing."""
        if self._saving is not None:
            return
        self.desk.typing = True
        try:
            job = self._saving = self.workspace.begin_save()
        finally:
            self.desk.typing = False
        if job is not None:
            self._beside(partial(self._save, job))

    async def save_now(self) -> None:
        """Saves, and says how that went."""
        self.desk.settle()
        self.save_soon()
        while self._saving is not None:
            await asyncio.sleep(TURN)
        state = self.workspace.state
        if state.pending or state.read_only:
            self.wizard.notify(state.words(self.desk.today), severity="warning")
        else:
            self.wizard.notify(_("Saved. It also saves by itself."))

    async def _save(self, job: SaveJob) -> None:
        await asyncio.to_thread(job.run)
        self.workspace.end_save(job)
        self._saving = None
        self.show_saved()
        if self.workspace.conflict is not None:
            self._ask_about_conflict()

    def look_outside(self) -> None:
        """Has somebody else changed the file, or taken it over?"""
        ours = not self.workspace.read_only
        self.workspace.look_after_lock()
        if ours and self.workspace.read_only:
            self._beside(self._say_taken)
        if self.workspace.look_outside():
            if self.workspace.conflict is not None:
                self._ask_about_conflict()
            else:
                self.wizard.notify(
                    _("The file was changed by another program. You see its new text.")
                )

    async def _say_taken(self) -> None:
        await self._draw_anew()
        await self._say_read_only()

    def _ask_about_conflict(self) -> None:
        if not self._asking:
            self._asking = True
            self._beside(self._settle_conflict)

    async def _settle_conflict(self) -> None:
        """Asks until it is decided: what can't be done now is said, and asked again."""
        try:
            trouble = ""
            while self.workspace.conflict is not None and self._is_open:
                answer = await self._ask_about(self.workspace.conflict, trouble)
                try:
                    self._decide(answer)
                except ImpactBriefError as error:
                    trouble = str(error)
                except OSError as error:
                    trouble = error.strerror or type(error).__name__
        finally:
            self._asking = False
        self.show_saved()

    async def _ask_about(self, conflict: Conflict, trouble: str) -> str:
        buttons = [("both", _("Keep both")), ("mine", _("Keep mine"))]
        if conflict.theirs is None:
            said = _("The file is gone, or can't be read any more. Nothing is lost here.")
            said += "\n\n" + "\n".join(problem.what for problem in conflict.problems)
        else:
            said = _(
                "The file has changed, and so has your text here. Nothing is lost: if you keep"
                " both, your text goes into a second file next to it."
            )
            said += "\n\n" + versions.compared(self.desk.interview, conflict.differences)
            buttons.insert(1, ("theirs", _("Take theirs")))
            if not any(difference.both for difference in conflict.differences):
                buttons.append(("join", _("Join them")))
        if trouble:
            said = f"! {trouble}\n\n{said}"
        heading = _("Somebody else has changed this file")
        return await self.wizard.push_screen_wait(Asking(heading, said, buttons, safe="both"))

    def _decide(self, answer: str) -> None:
        """Does what was decided. Raises OutputError or OSError where it can't be done."""
        match answer:
            case "theirs":
                self.workspace.take_theirs()
            case "mine":
                self.workspace.keep_mine()
            case "join":
                self.workspace.merge()
            case _:
                kept = self.workspace.keep_both()
                self.wizard.notify(shown(kept), title=_("Your text is in"))

    def saved_or(self, leave: Callable[[], object]) -> bool:
        """Saves. Where that fails it asks, and may close the file and `leave` later."""
        self._finish_forms()
        state = self.workspace.save()
        if state.failed or self.workspace.conflict is not None:
            self._beside(partial(self._ask_before_leaving, state.words(), leave))
            return False
        return True

    def _finish_forms(self) -> None:
        """What forms do when they are closed, also where the whole file is: an entry that nobody
        has filled in goes."""
        for screen in reversed(self.wizard.screen_stack):
            if isinstance(screen, Over):
                screen.finish()
        self.desk.settle()

    async def _ask_before_leaving(self, why: str, leave: Callable[[], object]) -> None:
        answer = await self.wizard.push_screen_wait(
            Asking(
                _("This can't be saved"),
                _short(why),
                [("stay", _("Stay")), ("leave", _("Quit; the safety copy is kept"))],
                safe="stay",
            )
        )
        if answer == "leave":
            self.wizard.close_file()
            leave()


def _short(text: str) -> str:
    """A text in which paths begin at the person's own folder."""
    return text.replace(str(Path.home()), "~")
