"""A new brief: five short questions and where its file goes; or a copy of an earlier one."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import DescendantFocus
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from impactbrief.answers.file import AnswerFile, read_answers
from impactbrief.errors import ImpactBriefError
from impactbrief.i18n import _, languages, wanted
from impactbrief.tui.screens.dialogs import Asking, Picking
from impactbrief.tui.screens.files import FilesScreen, usual_folder
from impactbrief.tui.screens.once import OnceModal
from impactbrief.tui.widgets.buttons import Button
from impactbrief.tui.widgets.choices import Choice
from impactbrief.tui.widgets.fields import LineField
from impactbrief.tui.widgets.form import Rows
from impactbrief.tui.widgets.keyline import KeyLine
from impactbrief.tui.widgets.label import Label
from impactbrief.tui.widgets.lines import beside
from impactbrief.tui.widgets.picker import Picker
from impactbrief.workspace.examples import examples
from impactbrief.workspace.paths import hidden, is_folder, is_there, shown, typed

WRITTEN = ("en", "fr", "es", "pt", "ar", "zh", "ru", "de", "id", "ja", "ko")
"""Languages of briefs that are offered; any other can be typed."""
OWN = "own"


@dataclass(frozen=True, slots=True)
class Making:
    """What somebody has said of a brief that is to be made."""

    path: Path
    title: str
    proposal: str = ""
    kind: str = ""
    jurisdictions: tuple[str, ...] = ()
    language: str = ""
    source: AnswerFile | None = None


class NewScreen(OnceModal[Making | None]):
    """The questions, all on one screen; gives back the answers, or None for Escape."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "app.enter", _("Next line")),
        Binding("escape", "leave", _("Cancel"), priority=True),
    ]

    def __init__(self, source: Path | None = None) -> None:
        super().__init__(classes="over new")
        self.source = source
        self.kind = ""
        self.language = ""
        self.named = False
        """Whether the file's name is the person's own, so that the title no longer changes it."""
        self.folder = usual_folder()

    def compose(self) -> ComposeResult:
        copy = self.source is not None
        heading = _("A copy as a new brief") if copy else _("A new brief")
        with Vertical(classes="sheet"):
            yield Static(Content.styled(heading, "bold"), classes="heading")
            yield Static(
                _("All of it can be changed later. Enter goes to the next line."),
                classes="hint", markup=False,
            )  # fmt: skip
            with Rows(id="questions"):
                yield from self._row(_("Title of the brief *"), LineField(id="title"))
                if not copy:
                    choose = _("Enter: choose")
                    yield from self._row(_("Name of the proposal"), LineField(id="proposal"))
                    yield from self._row(_("Kind of proposal"), Picker("", hint=choose, id="kind"))
                    yield from self._row(_("Where it would apply"), LineField(id="where"))
                    yield from self._row(_("Language to write in"), Picker("", id="language"))
                yield from self._row(_("Save the file as"), LineField(id="file"))
            yield Static("", id="hint", classes="hint", markup=False)
            yield Static("", id="trouble", markup=False)
            with Horizontal(classes="buttons"):
                yield Button(_("Create the brief"), id="make", variant="primary", compact=True)
                yield Button(_("Other folder…"), id="folder", compact=True)
                yield Button(_("Cancel"), id="cancel", compact=True)
        yield KeyLine()

    def _row(self, label: str, field: Widget) -> ComposeResult:
        with Horizontal(classes="pair"):
            yield Label(label)
            yield field

    def on_mount(self) -> None:
        if self.source is None:
            self._speak(_first_language())
        self._name_file()
        self.set_focus(self.query_one("#title"))

    def _text(self, id_: str) -> str:
        return "".join(field.value.strip() for field in self.query(f"#{id_}").results(LineField))

    # where the file goes

    def _name_file(self) -> None:
        if not self.named:
            path = free_path(self.folder, self._text("title") or _("new brief"))
            field = self.query_one("#file", LineField)
            field.show(shown(path))
            field.cursor_position = len(field.value)

    @property
    def path(self) -> Path:
        """Where the file would go."""
        path = typed(self._text("file")).path
        return path if path.suffix in (".yaml", ".yml") else path.parent / f"{path.name}.yaml"

    def on_line_field_edited(self, event: LineField.Edited) -> None:
        event.stop()
        if event.field.id == "file":
            self.named = bool(event.text.strip())
        elif event.field.id == "title":
            self._name_file()
        self._say("")

    @work
    async def _other_folder(self) -> None:
        folder = await self.app.push_screen_wait(
            FilesScreen(_("A folder for the brief"), self.folder, purpose="folder")
        )
        if folder is not None:
            self.folder = folder
            if self.named:
                self.query_one("#file", LineField).show(shown(folder / self.path.name))
            self._name_file()

    # what is chosen

    async def on_picker_opened(self, event: Picker.Opened) -> None:
        event.stop()
        await self._pick(event.picker)

    async def _pick(self, picker: Picker) -> None:
        if picker.id == "kind":
            kinds = _kinds()
            names = {kind.id: kind.name for kind in kinds}

            def take(chosen: str | None) -> None:
                if chosen is not None:
                    self.kind = chosen
                    picker.show(names[chosen])
                    self.focus_next()

            screen = Picking(_("What kind of proposal is it?"), kinds, self.kind)
        else:

            def take(chosen: str | None) -> None:
                if chosen:
                    self._speak(chosen)
                    self.focus_next()

            screen = Picking(
                _("Which language will you write in?"),
                [Choice(code, _language(code)) for code in WRITTEN],
                self.language,
                free=_("or the code of another one, such as nl or pt-BR:"),
            )
        await self.app.push_screen(screen, take)

    def _speak(self, language: str) -> None:
        self.language = language
        self.query_one("#language", Picker).show(_language(language))

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        hints = {
            "title": _("What the cover says, such as: Impact of the Platform Identity Bill"),
            "proposal": _(
                "What you assess: a bill, a standard, a service… Leave empty to use the title"
            ),
            "kind": _("Enter or a click shows the kinds. Leave it empty if you are not sure."),
            "where": _("Countries or regions, with commas between: France, EU. Worldwide: global"),
            "language": _("The questions appear in this language if they have been translated."),
            "file": _("One file holds the whole brief. It is yours: copy it, mail it, back it up."),
        }
        self.query_one("#hint", Static).update(Content(hints.get(event.widget.id or "", "")))

    # ways out

    async def enter(self) -> bool:
        """Enter in a line: to the next; behind the last one: make it."""
        match self.focused:
            case LineField(id="file"):
                self._make()
            case LineField():
                self.focus_next()
            case Picker() as picker:
                await self._pick(picker)
            case _:
                return False
        return True

    def on_button_pressed(self, event: Button.Pressed) -> None:
        match event.button.id:
            case "make":
                self._make()
            case "folder":
                self._other_folder()
            case _:
                self.action_leave()

    def _say(self, trouble: str, field: str = "") -> None:
        line = self.query_one("#trouble", Static)
        line.update(Content.styled(f"! {trouble}", "$warning") if trouble else Content(""))
        if field:
            self.set_focus(self.query_one(f"#{field}"))

    def _no_place(self, path: Path) -> str:
        """Why no file can be made here, in words; empty if one can."""
        text = self._text("file")
        written = typed(text)
        if not text:
            return _("The file needs a name.")
        if trouble := written.trouble or hidden(path):
            return trouble
        if is_folder(written.path):
            return _("This is a folder. Add a name for the file.")
        if is_there(path):
            return _("A file with this name exists and is not replaced. Choose another name.")
        if not is_folder(path.parent):
            return _("There is no folder {folder}.").format(folder=path.parent)
        return ""

    def _make(self) -> None:
        title = self._text("title")
        path = self.path
        if not title:
            self._say(_("A brief needs a title. Any will do for now."), "title")
        elif trouble := self._no_place(path):
            self._say(trouble, "file")
        else:
            source = None
            try:
                source = read_answers(self.source) if self.source is not None else None
            except ImpactBriefError as error:
                self._say(error.problems[0].what)
                return
            where = [part.strip() for part in self._text("where").split(",")]
            self.dismiss(
                Making(
                    path, title, self._text("proposal"), self.kind,
                    tuple(part for part in where if part), self.language, source,
                )
            )  # fmt: skip

    @work
    async def action_leave(self) -> None:
        """Nothing is made; what was typed is not thrown away by one key."""
        if not self.is_current:  # it is asked already
            return
        if any(field.value for field in self.query(LineField).exclude("#file")):
            answer = await self.app.push_screen_wait(
                Asking(
                    _("Leave without making the brief?"),
                    _("What you have typed here is not kept."),
                    [("stay", _("Stay")), ("leave", _("Leave"))],
                    safe="stay",
                )
            )
            if answer != "leave":
                return
        self.dismiss(None)


class ExamplesScreen(OnceModal[Path | None]):
    """The examples that come along; to copy, also a brief of one's own. None for Escape."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False, priority=True),
    ]

    def __init__(self, *, look: bool) -> None:
        super().__init__(classes="dialog")
        self.look = look
        self.paths = examples()

    def compose(self) -> ComposeResult:
        heading = (
            _("Which example do you want to read?")
            if self.look
            else _("Which one do you want to copy?")
        )
        with Vertical(classes="box"):
            yield Static(Content.styled(heading, "bold"))
            yield OptionList(id="examples", compact=True, markup=False)
            yield Static("", id="hint", classes="hint", markup=False)
            with Horizontal(classes="buttons"):
                yield Button(_("Read") if self.look else _("Copy"), id="done", variant="primary",
                             compact=True)  # fmt: skip
                yield Button(_("Cancel"), id="cancel", compact=True)

    def on_mount(self) -> None:
        listed = self.query_one("#examples", OptionList)
        width = min(70, self.app.size.width - 8)
        for index, path in enumerate(self.paths):
            listed.add_option(Option(beside(_title(path), "", width), id=str(index)))
        if not self.look:
            listed.add_option(Option(Content(_("An earlier brief of your own…")), id=OWN))
            self.query_one("#hint", Static).update(
                _("The copy leaves out dates, people and private notes.")
            )
        listed.highlighted = 0
        self.set_focus(listed)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._take(event.option.id)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        option = self.query_one("#examples", OptionList).highlighted_option
        if event.button.id == "done" and option is not None:
            self._take(option.id)
        else:
            self.dismiss(None)

    @work
    async def _take(self, id_: str | None) -> None:
        if id_ == OWN:
            path = await self.app.push_screen_wait(FilesScreen(_("Copy which brief?")))
            if path is not None:
                self.dismiss(path)
        elif id_ is not None:
            self.dismiss(self.paths[int(id_)])

    def action_leave(self) -> None:
        self.dismiss(None)


def _title(path: Path) -> str:
    try:
        return read_answers(path).answers.document.title
    except ImpactBriefError:
        return path.name


def _kinds() -> list[Choice]:
    from impactbrief.answers.model import PROPOSAL_KINDS
    from impactbrief.toolkit.load import DEFAULT, load

    words = load(DEFAULT, _first_language()).words.choices.get("proposal_kinds", {})
    return [Choice(kind, words.get(kind, kind)) for kind in PROPOSAL_KINDS]


def _first_language() -> str:
    """The language in which somebody probably writes: that of the interface."""
    known = {code.partition("_")[0] for code in languages()}
    near = (code.partition("_")[0] for code in wanted())
    return next((code for code in near if code in known), "en")


def _language(code: str) -> str:
    """A language by its own name and its code."""
    from impactbrief.brief.naming import language_name

    name = language_name(code, code)
    return f"{name[:1].upper()}{name[1:]} ({code})"


def free_path(folder: Path, title: str) -> Path:
    """A file named after a title, of a name that no file has yet."""
    name = re.sub(r"\W+", "-", title.lower()).strip("-_")[:60].strip("-_") or "brief"
    path, number = folder / f"{name}.yaml", 2
    while is_there(path):
        path = folder / f"{name}-{number}.yaml"
        number += 1
    return path
