"""Choosing a file or a folder: type a path, or walk through the list below it."""

import os
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import ClassVar, Literal

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from impactbrief.i18n import _
from impactbrief.tui.screens.once import OnceModal
from impactbrief.tui.widgets.buttons import Button
from impactbrief.tui.widgets.fields import LineField
from impactbrief.tui.widgets.lines import beside
from impactbrief.workspace.paths import hidden, is_file, is_folder, is_there, shown, typed

ENDINGS = (".yaml", ".yml")
CARRIER = ".pdf"
"""A document of ours carries its answers."""
MOST = 500
"""Entries of a folder that are listed."""

Purpose = Literal["open", "save", "folder"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list."""

    path: Path
    folder: bool
    up: bool = False


class FilesScreen(OnceModal[Path | None]):
    """Gives back a path, or None for Escape.

    To open: a file that is there. To save: a file that isn't there yet, in a folder that is. For a
    folder: one that is there. `carriers` are PDFs: they are listed behind the answer files.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False, priority=True),
        Binding("down", "to_list", show=False),
        Binding("backspace", "up", show=False),
    ]

    def __init__(
        self,
        heading: str,
        start: Path | None = None,
        *,
        purpose: Purpose = "open",
        carriers: bool = False,
    ) -> None:
        super().__init__(classes="over")
        self.heading, self.purpose = heading, purpose
        self.endings = (*ENDINGS, CARRIER) if carriers else ENDINGS
        self.start = start or usual_folder()
        self.entries: list[Entry] = []

    def compose(self) -> ComposeResult:
        done = {"open": _("Open"), "save": _("Save here"), "folder": _("Use this folder")}
        with Vertical(classes="sheet"):
            yield Static(Content.styled(self.heading, "bold"), classes="heading")
            yield LineField(_written(self.start), id="path")
            yield Static("", id="trouble", markup=False)
            yield OptionList(id="files", compact=True, markup=False)
            yield Static(
                _("Type a path, or choose from the list. Enter opens a folder."),
                classes="hint", markup=False,
            )  # fmt: skip
            with Horizontal(classes="buttons"):
                yield Button(done[self.purpose], id="done", variant="primary", compact=True)
                yield Button(_("Cancel"), id="cancel", compact=True)

    def on_mount(self) -> None:
        field = self.query_one("#path", LineField)
        field.cursor_position = len(field.value)
        self.show()
        listed = self.query_one("#files", OptionList)
        self.set_focus(field if self.purpose == "save" else listed)

    def on_key(self, event: events.Key) -> None:
        """What is typed while the list is in hand goes where paths are typed. (The line's own keys
        don't come here.)"""
        field = self.query_one("#path", LineField)
        if event.character and event.character.isprintable():
            event.stop()
            if event.character in "/~" and self.focused is not field:
                field.value = ""  # a whole path begins
            self.set_focus(field)
            field.insert_text_at_cursor(event.character)

    # the list

    @property
    def typed(self) -> Path:
        """The path in the field."""
        return typed(self._text).path

    @property
    def _text(self) -> str:
        return self.query_one("#path", LineField).value.strip()

    def _parts(self) -> tuple[Path, str]:
        """The folder that is listed, and how names in it have to begin."""
        if self._text.endswith(("/", os.sep)) or is_folder(self.typed):
            return self.typed, ""
        return self.typed.parent, "" if self.purpose == "save" else self.typed.name

    def show(self, chosen: Path | None = None) -> None:
        """Lists the folder in hand."""
        folder, begins = self._parts()
        self.entries, trouble = _listed(
            folder, begins, () if self.purpose == "folder" else self.endings
        )
        listed = self.query_one("#files", OptionList)
        width = (listed.content_size.width or self.app.size.width - 6) - 1
        listed.set_options(Option(self._line(entry, width)) for entry in self.entries)
        paths = [entry.path for entry in self.entries]
        if self.entries:
            first = 1 if len(self.entries) > 1 else 0
            listed.highlighted = paths.index(chosen) if chosen in paths else first
        self._say(typed(self._text).trouble or trouble)

    def _line(self, entry: Entry, width: int) -> Content:
        if entry.up:
            return beside("../", _("the folder above"), width)
        kind = _("the answers inside it") if _carrier(entry) else ""
        return beside(entry.path.name + ("/" if entry.folder else ""), kind, width)

    def _say(self, trouble: str) -> None:
        line = self.query_one("#trouble", Static)
        line.update(Content.styled(f"! {trouble}", "$warning") if trouble else Content(""))
        line.display = bool(trouble)

    def on_line_field_edited(self, event: LineField.Edited) -> None:
        event.stop()
        self.show()

    def _enter(self, folder: Path, come_from: Path | None = None) -> None:
        field = self.query_one("#path", LineField)
        name = self.typed.name if self.purpose == "save" and not is_folder(self.typed) else ""
        field.show(shown(folder / name) if name else shown(folder, folder=True))
        field.cursor_position = len(field.value)
        self.show(come_from)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        entry = self.entries[event.option_index]
        if entry.folder:
            left = self._parts()[0] if entry.up else None
            self._enter(entry.path, left)
        else:
            self.query_one("#path", LineField).show(shown(entry.path))
            self._done()

    # ways out

    async def enter(self) -> bool:
        """Enter in the field: what is typed there."""
        if isinstance(self.focused, LineField):
            self._done()
            return True
        return False

    def on_button_pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "done":
            listed = self.query_one("#files", OptionList)
            at = listed.highlighted
            if self.purpose == "open" and is_folder(self.typed) and at is not None:
                entry = self.entries[at]
                if not entry.folder:
                    self.query_one("#path", LineField).show(shown(entry.path))
            self._done()
        else:
            self.dismiss(None)

    def _done(self) -> None:
        path = self.typed
        if trouble := typed(self._text).trouble or hidden(path):
            self._say(trouble)
            return
        if self.purpose == "folder":
            if is_folder(path):
                self.dismiss(path)
            else:
                self._say(_("There is no such folder."))
            return
        if is_folder(path):
            if self.purpose == "save":
                self._say(_("This is a folder. Add a name for the file."))
            else:
                self._enter(path)
                self._say(_("This is a folder. Choose a file in it."))
                self.set_focus(self.query_one("#files"))
            return
        if self.purpose == "save":
            if not path.suffix:
                path = path.parent / f"{path.name}{ENDINGS[0]}"
            if trouble := hidden(path):
                self._say(trouble)
            elif is_there(path):
                self._say(
                    _("A file with this name exists and is not replaced. Choose another name.")
                )
            elif not is_folder(path.parent):
                self._say(_("There is no such folder."))
            else:
                self.dismiss(path)
            return
        if is_file(path):
            self.dismiss(path)
        elif self.entries and any(not entry.up for entry in self.entries):
            self._say(_("There is no such file. The list has those whose names begin like this."))
            self.set_focus(self.query_one("#files"))
        else:
            self._say(self._no_such_file(path))

    def _no_such_file(self, path: Path) -> str:
        """That there is none, and which one was perhaps meant."""
        entries, _trouble = _listed(path.parent, "", self.endings)
        # by stems: all files of a kind end alike
        names = {entry.path.stem: entry.path.name for entry in entries if not entry.folder}
        near = get_close_matches(path.stem, names, 1)
        if not near:
            return _("There is no such file.")
        return _("There is no such file. Did you mean {name}?").format(name=names[near[0]])

    def action_up(self) -> None:
        """Backspace in the list: the folder above."""
        folder = self._parts()[0]
        self._enter(folder.absolute().parent, folder)

    def action_to_list(self) -> None:
        self.set_focus(self.query_one("#files"))

    def action_leave(self) -> None:
        self.dismiss(None)


def _listed(folder: Path, begins: str, endings: tuple[str, ...]) -> tuple[list[Entry], str]:
    """The folders and the files of some kinds in a folder, and what is wrong with it."""
    entries = [Entry(folder.absolute().parent, True, up=True)]
    begins = begins.casefold()
    folders, files = [], []
    try:
        with os.scandir(folder) as found:
            for item in found:
                name = item.name
                if name.startswith(".") and not begins.startswith("."):
                    continue
                if not name.casefold().startswith(begins):
                    continue
                if item.is_dir():
                    folders.append(Entry(folder / name, True))
                elif name.lower().endswith(endings):
                    files.append(Entry(folder / name, False))
    except FileNotFoundError:
        return entries, _("There is no such folder.")
    except OSError as error:
        return entries, error.strerror or type(error).__name__
    for some in (files, folders):
        some.sort(key=lambda entry: (_carrier(entry), entry.path.name.casefold()))
    return [*entries, *files, *folders][:MOST], ""


def _carrier(entry: Entry) -> bool:
    return not entry.folder and entry.path.name.lower().endswith(CARRIER)


def _written(path: Path) -> str:
    """A path as it stands in the field."""
    return shown(path, folder=is_folder(path))


def usual_folder() -> Path:
    """Where somebody's briefs lie: where they are now, unless that is only where shells begin."""
    home = typed("~").path
    with suppress(OSError):  # it may be gone
        here = Path.cwd()
        if here not in (home, Path(here.anchor)) and os.access(here, os.W_OK):
            return here
    from impactbrief.workspace import recent

    for entry in recent():
        if is_folder(folder := Path(entry.path).parent) and os.access(folder, os.W_OK):
            return folder
    from platformdirs import user_documents_path

    documents = user_documents_path()
    return documents if is_folder(documents) else home
