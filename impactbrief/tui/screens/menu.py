"""Every command in words, with its key; type to find one."""

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from impactbrief.i18n import _
from impactbrief.tui.keys import FIRST
from impactbrief.tui.screens.finding import FindingScreen
from impactbrief.tui.screens.work import WorkScreen
from impactbrief.tui.screens.writing import Writing
from impactbrief.tui.widgets.buttons import Button
from impactbrief.tui.widgets.fields import LineField
from impactbrief.tui.widgets.lines import beside

if TYPE_CHECKING:
    from impactbrief.tui.app import Wizard


@dataclass(frozen=True, slots=True)
class Command:
    """Something that can be done now."""

    name: str
    key: str
    run: Callable[[], Any]


async def open_menu(app: "Wizard") -> None:
    """Shows the commands that make sense now; what is chosen is done after the menu has gone."""

    async def run(command: Command | None) -> None:
        if command is not None:
            done = command.run()
            if inspect.isawaitable(done):
                await done

    await app.push_screen(MenuScreen(commands(app)), run)


def commands(app: "Wizard") -> list[tuple[str, list[Command]]]:
    """The commands that make sense now, by group."""
    groups: list[tuple[str, list[Command]]] = []
    screen, desk, key = app.screen, app.desk, app.keys.long
    if work := next((each for each in app.screen_stack if isinstance(each, WorkScreen)), None):
        groups.append((_("Go to"), _ways(work)))
    if desk is not None:
        if not desk.read_only:
            groups.append((_("Change"), _changes(app, screen)))
        groups.append((_("File"), _file(app)))
    program = [
        Command(_("How the screen looks…"), "", app.action_looks),
        Command(_("Language of the program…"), "", app.action_language),
        Command(_("How it works: a 2-minute tour"), "", app.action_tour),
        Command(_("Help: the keys"), key("app.help"), app.action_help),
        Command(_("Save and quit") if desk else _("Quit"), key("app.quit"), app.action_quit),
    ]
    return [*groups, (_("This program"), program)]


def _ways(work: WorkScreen) -> list[Command]:
    app = work.wizard
    key = app.keys.long

    def way(name: str, action: str, id_: str = "") -> Command:
        return Command(name, key(id_) if id_ else "", partial(app.action_on_page, action))

    return [
        way(_("Next"), "next", "nav.next"),
        way(_("Back"), "back", "nav.back"),
        *([way(_("More questions on this topic"), "more")] if work.has_more else []),
        way(_("Next topic"), "pass"),
        way(_("Outline: all topics"), "outline", "nav.outline"),
        way(_("Next unanswered question"), "next_open", "nav.open"),
        Command(_("Search questions and answers…"), key("view.search"), app.action_search),
        way(_("Guide and example"), "guide", "view.guide"),
        Command(_("Preview the whole brief"), "", app.show_preview),
        way(_("Review and export"), "review", "view.review"),
    ]


def _changes(app: "Wizard", screen: object) -> list[Command]:
    workspace, key = app.desk.workspace if app.desk else None, app.keys.long
    found = []
    if workspace and workspace.undo_label:
        undo = _("Undo: {change}").format(change=workspace.undo_label)
        found.append(Command(undo, key("edit.undo"), app.action_undo))
    if workspace and workspace.redo_label:
        redo = _("Redo: {change}").format(change=workspace.redo_label)
        found.append(Command(redo, key("edit.redo"), app.action_redo))
    if isinstance(screen, Writing):
        if screen.prose() is not None:
            found += [
                Command(_("Cite a source here…"), key("edit.cite"), screen.action_cite),
                Command(_("Write in your own editor"), key("edit.external"), screen.action_editor),
            ]
        found.append(
            Command(_("Private notes on this answer…"), key("edit.notes"), screen.action_notes)
        )
    found.append(Command(_("Add a source…"), "", app.action_add_source))
    return found


def _file(app: "Wizard") -> list[Command]:
    found = [
        Command(_("Save a copy…"), "", app.action_save_copy),
        Command(_("Where is my file?"), "", app.action_where),
        Command(_("Close this brief"), "", app.action_close_brief),
    ]
    if app.desk is not None and not app.desk.read_only:
        save = _("Save now (it also saves by itself)")
        found.insert(0, Command(save, app.keys.long("file.save"), app.action_save))
    return found


class MenuScreen(FindingScreen[Command]):
    """A list of commands; gives back the one chosen, or None for Escape."""

    FIELD, LIST = "#filter", "#commands"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(FIRST["app.menu"], "leave", show=False, priority=True, id="app.menu"),
    ]

    def __init__(self, groups: Sequence[tuple[str, list[Command]]]) -> None:
        super().__init__(classes="dialog menu")
        self.groups = groups
        self.shown: list[Command] = []

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield LineField(id="filter", placeholder=_("Menu: type to find a command"))
            yield OptionList(id="commands", compact=True, markup=False)
            with Horizontal(classes="buttons"):
                yield Button(_("Close the menu"), id="leave", compact=True)
                yield Static(_("Arrows, then Enter. Escape closes."), classes="hint")

    def show(self, wanted: str) -> None:
        """Lists the commands whose name holds every word that is wanted."""
        words = wanted.casefold().split()
        width = min(70, self.app.size.width - 8)
        options: list[Option] = []
        self.shown = []
        for heading, found in self.groups:
            named = [each for each in found if all(word in each.name.casefold() for word in words)]
            if named:
                options.append(Option(Content.styled(heading, "bold"), disabled=True))
            for each in named:
                line = Content("  ") + beside(each.name, each.key, width - 4)
                options.append(Option(line, id=str(len(self.shown))))
                self.shown.append(each)
        if not self.shown:
            options.append(Option(_("No command holds these words."), disabled=True))
        self.list.set_options(options)
        if self.shown:
            self.list.highlighted = 1

    def take(self, id_: str) -> None:
        self.dismiss(self.shown[int(id_)])

    def on_button_pressed(self) -> None:
        self.dismiss(None)
