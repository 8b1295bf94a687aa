"""The first screen: go on with a brief, begin one, look at one, and how the program looks."""

from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from impactbrief.i18n import _, spoken
from impactbrief.tui.keys import FIRST
from impactbrief.tui.screens.dialogs import Asking
from impactbrief.tui.screens.files import FilesScreen
from impactbrief.tui.screens.looks import LookScreen, look_name, speak_name
from impactbrief.tui.screens.new import ExamplesScreen, Making, NewScreen
from impactbrief.tui.screens.once import WizardScreen
from impactbrief.tui.widgets.keyline import KeyLine
from impactbrief.tui.widgets.lines import beside, fit
from impactbrief.workspace import Recent, forget, recent
from impactbrief.workspace.paths import is_folder, shown

SHOWN = 6
"""Recent files that are listed."""


def when(moment: datetime | None, now: datetime) -> str:
    """A moment as people say it, short."""
    if moment is None:
        return ""
    moment = moment.astimezone()
    days = (now.date() - moment.date()).days
    if days == 0:
        return _("today {time}").format(time=f"{moment:%H:%M}")
    if days == 1:
        return _("yesterday {time}").format(time=f"{moment:%H:%M}")
    return f"{moment:%Y-%m-%d}"


class StartScreen(WizardScreen[None]):
    """A list to choose from; a letter does the same as its line."""

    AUTO_FOCUS = "#choices"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "do('new')", _("New"), priority=True),
        Binding("e", "do('copy')", _("From example"), priority=True),
        Binding("v", "do('look')", _("View"), priority=True, show=False),
        Binding("o", "do('open')", _("Open"), priority=True),
        Binding("h", "do('tour')", _("Tour"), priority=True),
        Binding("l", "do('language')", _("Language"), priority=True, show=False),
        Binding("t", "do('screen')", _("Screen"), priority=True, show=False),
        Binding(FIRST["app.help"], "app.help", _("Help"), id="app.help"),
        Binding("question_mark", "app.help", show=False),
        Binding("q", "app.quit", _("Quit")),
        Binding("delete", "forget", show=False),
        Binding(FIRST["app.menu"], "app.menu", show=False, id="app.menu"),
    ]

    def compose(self) -> ComposeResult:
        yield Static(_("Make the window larger: 60 columns and 16 lines are needed."),
                     classes="too-small")  # fmt: skip
        with Vertical(id="start"):
            yield Static(
                Content.styled("impactbrief", "bold $primary")
                + Content("  ")
                + Content(_("Internet Impact Briefs, step by step")),
                id="name",
            )
            yield Static(
                _("Everything you type is saved as you go. You can stop at any time."),
                classes="hint", markup=False,
            )  # fmt: skip
            yield OptionList(id="choices", compact=True, markup=False)
            yield Static("", id="about", classes="hint", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        self.files: list[Recent] = []
        self.alike: set[str] = set()
        """Titles that several of them have."""
        self.show()

    def on_screen_resume(self) -> None:
        self.show()

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002
        self.call_after_refresh(self.show)

    def show(self) -> None:
        """Lists the recent files anew, and what else there is to do."""
        self.files = recent()[:SHOWN]
        listed = self.query_one("#choices", OptionList)
        width = (listed.content_size.width or self.app.size.width - 4) - 3
        options: list[Option] = []
        if self.files:
            options.append(_head(_("Continue")))
            now = datetime.now().astimezone()
            called = Counter(entry.title for entry in self.files)
            self.alike = {title for title, count in called.items() if count > 1}
            options += [
                Option(Content("  ") + self._file(entry, now, width), id=f"file:{index}")
                for index, entry in enumerate(self.files)
            ]
        options.append(_head(_("Begin")))
        options += [
            _line(*parts, width)
            for parts in (
                ("new", "N", _("New brief"), _("asks a few short questions first")),
                ("copy", "E", _("New from an example"), _("copy an example or a brief of yours")),
                ("look", "V", _("View an example"), _("to read; nothing can be changed")),
                ("open", "O", _("Open a file…"), _("or the answers inside a PDF")),
            )
        ]
        options.append(_head(_("This program")))
        options += [
            _line(*parts, width)
            for parts in (
                ("tour", "H", _("How it works"), _("a 2-minute tour")),
                ("language", "L", _("Language"), speak_name(spoken())),
                ("screen", "T", _("Screen"), look_name(self.wizard.look)),
            )
        ]
        at = listed.highlighted
        with self.prevent(OptionList.OptionHighlighted):
            listed.set_options(options)
        listed.highlighted = min(at if at is not None else 1, len(options) - 1)

    def _file(self, entry: Recent, now: datetime, width: int) -> Content:
        title, name = entry.title, Path(entry.path).name
        if not title:
            title = name
        elif title in self.alike:
            title = _("{label}: {text}").format(label=name, text=title)
        if not entry.there:
            return beside(f"! {title}", _("file moved. Enter: find it"), width)
        far = _("{done} of {total} done").format(done=entry.done, total=entry.total)
        if width < 72:
            far = f"{entry.done}/{entry.total}"
        right = f"{far}   {fit(when(entry.when, now), 15)}" if width >= 56 else far
        return beside(title, right, width)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        entry = self._recent(event.option.id)
        about = ""
        if entry is not None:
            about = _("{file}  (Del takes it off this list; the file stays)").format(
                file=shown(Path(entry.path))
            )
        elif not self.files:
            about = _("New here? Press H for a two-minute tour, or choose “New brief”.")
        self.query_one("#about", Static).update(Content(about))

    def _recent(self, id_: str | None) -> Recent | None:
        if id_ is None or not id_.startswith("file:"):
            return None
        index = int(id_.removeprefix("file:"))
        return self.files[index] if index < len(self.files) else None

    # what people do

    async def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        entry = self._recent(event.option.id)
        if entry is not None:
            self._go_on(entry)
        elif event.option.id:
            await self.action_do(event.option.id)

    async def action_do(self, what: str) -> None:
        """Does what a line of the list says. Awaited: what is typed next lands in what opens."""
        match what:
            case "new":
                await self.app.push_screen(NewScreen(), self._make)
            case "copy":
                await self.app.push_screen(ExamplesScreen(look=False), self._copy)
            case "look":
                await self.app.push_screen(ExamplesScreen(look=True), self._look)
            case "open":
                await self.app.push_screen(FilesScreen(_("Open a file"), carriers=True), self._open)
            case "tour":
                await self.wizard.action_tour()
            case "language":
                self.wizard.action_language()
            case "screen":
                await self.app.push_screen(LookScreen(self.wizard.look), lambda _done: self.show())

    def action_forget(self) -> None:
        listed = self.query_one("#choices", OptionList)
        option = listed.highlighted_option
        entry = self._recent(option.id if option else None)
        if entry is not None:
            forget(entry.path)
            self.show()

    @work
    async def _go_on(self, entry: Recent) -> None:
        path = Path(entry.path)
        if not entry.there:
            answer = await self.app.push_screen_wait(
                Asking(
                    _("The file is no longer there"),
                    _("It was at {path}.").format(path=entry.path),
                    [
                        ("find", _("Find it…")),
                        ("forget", _("Take it off the list")),
                        ("leave", _("Back")),
                    ],
                )
            )
            if answer == "forget":
                forget(entry.path)
                self.show()
            if answer != "find":
                return
            folder = next((each for each in path.parents if is_folder(each)), None)
            found = await self.app.push_screen_wait(FilesScreen(_("Find the file"), folder))
            if found is None:
                return
            forget(entry.path)
            path = found
        await self.wizard.open(path)

    async def _make(self, making: Making | None) -> None:
        if making is not None:
            await self.wizard.open_new(making)

    async def _copy(self, path: Path | None) -> None:
        if path is not None:
            await self.app.push_screen(NewScreen(path), self._make)

    async def _look(self, path: Path | None) -> None:
        if path is not None:
            await self.wizard.open(path, look=True)

    async def _open(self, path: Path | None) -> None:
        if path is not None:
            await self.wizard.open(path)


def _head(text: str) -> Option:
    return Option(Content.styled(text, "bold"), disabled=True)


def _line(id_: str, letter: str, name: str, meaning: str, width: int) -> Option:
    line = Content("  ") + Content.styled(letter, "bold") + Content(f"  {fit(name, 22)}")
    if meaning and width > 40:
        line += Content.styled(f"  {meaning}", "dim")
    return Option(line, id=id_)
