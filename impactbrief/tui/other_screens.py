"""The screens that open over the work, and where they lead."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import work

from impactbrief.errors import ImpactBriefError
from impactbrief.i18n import _, spoken
from impactbrief.tui.dressed import Dressed
from impactbrief.tui.settings import keep

if TYPE_CHECKING:
    from impactbrief.interview import Spot, Topic
    from impactbrief.tui.pages import Page
    from impactbrief.tui.screens.work import WorkScreen

AGAIN = 75
"""Exit code: begin again, in the language that was just chosen."""


class OtherScreens(Dressed):
    """An application that knows the way to each screen."""

    async def show_review(self) -> None:
        from impactbrief.tui.screens.review import ReviewScreen

        if self.desk is not None:
            self.desk.settle()
            await self.push_screen(ReviewScreen(self.desk))

    async def show_preview(self) -> None:
        from impactbrief.tui.screens.preview import PreviewScreen

        if self.desk is not None:
            self.desk.settle()
            await self.push_screen(PreviewScreen(self.desk))

    async def show_guide(self, topic: "Topic", page: "Page") -> None:
        from impactbrief.tui.screens.reading import GuideScreen

        await self.push_screen(GuideScreen(topic, page))

    async def action_help(self) -> None:
        from impactbrief.tui.screens.reading import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            await self.push_screen(HelpScreen(self.keys))

    async def action_tour(self) -> None:
        from impactbrief.tui.screens.tour import TourScreen

        await self.push_screen(TourScreen(self.keys))

    async def action_looks(self) -> None:
        from impactbrief.tui.screens.looks import LookScreen

        await self.push_screen(LookScreen(self.look))

    @work
    async def action_language(self) -> None:
        """Asks for the language of the interface; it takes a new start, here or later."""
        from impactbrief.tui.screens.looks import SpeakScreen

        kept = self.settings.language or spoken()
        language = await self.push_screen_wait(SpeakScreen(kept))
        if language is None or language == kept == spoken():
            return
        self.settings.language = language
        keep(self.settings)
        if language == spoken():
            return
        if self.desk is None:
            self.exit(return_code=AGAIN)
        else:
            self.notify(_("The new language is used from the next start."))

    async def action_search(self) -> None:
        from impactbrief.tui.screens.search import SearchScreen

        if self.desk is None:
            return
        self.desk.settle()

        async def go(spot: "Spot | None") -> None:
            if spot is not None:
                self.go_to(spot)

        await self.push_screen(SearchScreen(self.desk), go)

    @work
    async def action_add_source(self) -> None:
        from impactbrief.tui.screens.cite import AddSourceScreen

        if self.desk is not None and not self.desk.read_only:
            self.desk.settle()
            if id_ := await self.push_screen_wait(AddSourceScreen(self.desk)):
                self.notify(f"@{id_}", title=_("The source is in the list"))

    @work
    async def action_save_copy(self) -> None:
        from impactbrief.tui.screens.files import FilesScreen
        from impactbrief.tui.screens.new import free_path

        if self.desk is None:
            return
        here = self.desk.workspace.path.resolve()
        start = free_path(here.parent, _("{name} copy").format(name=here.stem))
        path = await self.push_screen_wait(FilesScreen(_("Save a copy"), start, purpose="save"))
        if path is None or self.desk is None:
            return
        try:
            self.desk.workspace.save_copy(path)
        except ImpactBriefError as error:
            self.notify(error.problems[0].what, title=_("No copy was made"), severity="error")
        else:
            self.notify(
                _("{path}. You are still working in the original file.").format(path=path),
                title=_("A copy is in"),
            )

    @work
    async def action_where(self) -> None:
        from impactbrief.tui.screens.dialogs import Asking
        from impactbrief.workspace import backup_of
        from impactbrief.workspace.paths import is_there

        if self.desk is None:
            return
        workspace = self.desk.workspace
        lines = [str(workspace.path.resolve()), "", workspace.state.words(self.desk.today)]
        if is_there(backup := backup_of(workspace.path)):
            earlier = _("As it was before it was last worked on: {name}").format(name=backup.name)
            lines += ["", earlier]
        text = "\n".join(lines)
        await self.push_screen_wait(Asking(_("Your file"), text, [("leave", _("Back"))]))

    async def pick_source(self, then: Callable[[str | None], None]) -> None:
        """Asks for a source to cite, and hands its citation key on; "" where none was taken."""
        from impactbrief.tui.screens.cite import CiteScreen

        if self.desk is not None:
            self.desk.settle()
            await self.push_screen(CiteScreen(self.desk), then)

    def go_to_topic(self, topic: str) -> None:
        """Back to the work screen, at a topic."""
        from impactbrief.interview import Spot

        if self.desk is not None:
            self.go_to(Spot(self.desk.interview.topic(topic), None))

    def go_to(self, spot: "Spot") -> None:
        """Back to the work screen, at a place of the interview.

        In the application's own queue: a screen that waits for its own end waits for ever.
        """
        self.call_next(self._go_to, spot)

    async def _go_to(self, spot: "Spot") -> None:
        await self._to_page().go_to(spot)

    async def action_on_page(self, action: str) -> None:
        """Closes what lies over the page, then does there what a key asks for."""
        await self._to_page().run_action(action)

    def _to_page(self) -> "WorkScreen":
        """Closes what lies over the page, each screen as Escape would."""
        from impactbrief.tui.screens.entry import Over
        from impactbrief.tui.screens.work import WorkScreen

        while not isinstance(screen := self.screen, WorkScreen):
            if isinstance(screen, Over):
                screen.leave()
            else:
                screen.dismiss(None)
        return screen
