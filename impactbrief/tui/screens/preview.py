"""The whole brief to read, as its Markdown, a section at a time so that it opens quickly."""

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Markdown, Static

from impactbrief.errors import ImpactBriefError
from impactbrief.i18n import _
from impactbrief.tui.desk import Desk
from impactbrief.tui.keys import FIRST
from impactbrief.tui.screens.once import OnceScreen
from impactbrief.tui.widgets.bars import TopBar
from impactbrief.tui.widgets.keyline import KeyLine


class PreviewScreen(OnceScreen[None]):
    """Read only. Arrows and Page Down move."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", _("Back"), priority=True),
        Binding(FIRST["nav.back"], "leave", show=False, priority=True, id="nav.back"),
        Binding("e", "export", _("Export")),
        Binding(FIRST["app.help"], "app.help", _("Help"), priority=True, id="app.help"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__(classes="full")
        self.desk = desk

    def compose(self) -> ComposeResult:
        yield TopBar(id="top")
        yield VerticalScroll(Static(_("Reading the brief…"), id="wait"), id="pages", classes="body")
        yield KeyLine()

    def on_mount(self) -> None:
        self.wizard.show_saved()
        self.set_focus(self.query_one("#pages"))
        self._read()

    @work(thread=True, exclusive=True)
    def _read(self) -> None:
        try:
            from impactbrief.render import render

            text = render(self.desk.workspace.assessment, "brief", "md").data.decode()
        except ImpactBriefError as error:
            self.app.call_from_thread(self._say, str(error))
            return
        self.app.call_from_thread(self._show, text)

    def _say(self, text: str) -> None:
        self.query_one("#wait", Static).update(Content(text))

    @work
    async def _show(self, text: str) -> None:
        pages = self.query_one("#pages")
        await self.query_one("#wait").remove()
        for section in _sections(text):
            if not self.is_attached:
                return
            await pages.mount(Markdown(section, open_links=False))

    def action_leave(self) -> None:
        self.dismiss(None)

    def action_export(self) -> None:
        from impactbrief.tui.screens.export import ExportScreen

        self.app.push_screen(ExportScreen(self.desk))


def _sections(text: str) -> list[str]:
    """The document cut before each heading of the second level."""
    parts: list[list[str]] = [[]]
    fenced = False
    for line in text.splitlines():
        fenced ^= line.startswith("```")
        if line.startswith("## ") and not fenced:
            parts.append([])
        parts[-1].append(line)
    return ["\n".join(part) for part in parts if any(line.strip() for line in part)]
