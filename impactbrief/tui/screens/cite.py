"""A source to cite: found by typing, or added from what was pasted. Nothing is fetched."""

from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from impactbrief.answers.edits import Insert
from impactbrief.answers.pasted import Pasted, references_from
from impactbrief.errors import InputError
from impactbrief.i18n import _, ngettext
from impactbrief.interview import Kind, Step
from impactbrief.interview.alike import folded
from impactbrief.interview.steps import source_line
from impactbrief.prose.citations import citation_key
from impactbrief.tui.desk import Desk
from impactbrief.tui.keys import FIRST
from impactbrief.tui.screens.entry import REFERENCES, EntryScreen
from impactbrief.tui.screens.finding import FindingScreen
from impactbrief.tui.screens.once import OnceModal
from impactbrief.tui.widgets.buttons import Button
from impactbrief.tui.widgets.fields import LineField, ProseField
from impactbrief.tui.widgets.lines import beside

if TYPE_CHECKING:
    from impactbrief.tui.app import Wizard

NEW = "new"
NO_SOURCE = "\0"
"""That no source shall be named; no id is called like this."""


async def add_by_form(app: "Wizard", desk: Desk) -> str:
    """A new source through its form; its id, or "" where nothing was filled in."""
    step = desk.interview.step_at(REFERENCES)
    if step is None:
        return ""
    index = len(desk.workspace.answers.references)
    if desk.edit(Insert(REFERENCES, index, {})) is None:
        return ""
    await app.push_screen_wait(EntryScreen(desk, step, index, fresh=True))
    return str(desk.value((*REFERENCES, index, "id")) or "")


class CiteScreen(FindingScreen[str]):
    """Type to filter, Enter takes; gives back a citation key, or "" or None for none."""

    FIELD, LIST = "#wanted", "#sources"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(FIRST["edit.cite"], "leave", show=False, priority=True, id="edit.cite"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__(classes="over")
        self.desk = desk
        self.heading, self.done = _("Cite a source"), _("Cite")
        self.adding = False
        self.clears = False
        """Whether no source can be chosen, too."""

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield Static(Content.styled(self.heading, "bold"), classes="heading")
            yield LineField(id="wanted", placeholder=_("Type a name or a word to find a source"))
            yield OptionList(id="sources", compact=True, markup=False)
            with Horizontal(classes="buttons"):
                yield Button(self.done, id="cite", variant="primary", compact=True)
                yield Button(_("Add a source…"), id="add", compact=True)
                if self.clears:
                    yield Button(_("No source"), id="clear", compact=True)
                yield Button(_("Cancel"), id="cancel", compact=True)

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002
        self.call_after_refresh(lambda: self.show(self.field.value))

    def show(self, wanted: str) -> None:
        """Lists the sources that hold every word that is wanted."""
        words = folded(wanted).split()
        listed = self.list
        width = (listed.content_size.width or self.app.size.width - 6) - 1
        options = []
        for reference in self.desk.workspace.file.references:
            id_ = str(reference.get("id") or "")
            text = source_line(reference)
            if id_ and all(word in folded(f"{id_} {text}") for word in words):
                options.append(Option(beside(text or id_, f"@{id_}", width), id=f"@{id_}"))
        if not self.desk.read_only:
            options.append(Option(Content(_("+ Add a source…")), id=NEW))
        listed.set_options(options)
        listed.highlighted = 0 if options else None

    def on_button_pressed(self, event: Button.Pressed) -> None:
        match event.button.id:
            case "cite":
                self.take_in_hand()
            case "add":
                self._add()
            case "clear":
                self.dismiss(NO_SOURCE)
            case _:
                self.dismiss("")

    def given(self, id_: str) -> str:
        """What is given back for a source."""
        return citation_key(id_)

    def take(self, id_: str) -> None:
        if id_ == NEW:
            self._add()
        else:
            self.dismiss(self.given(id_.removeprefix("@")))

    @work
    async def _add(self) -> None:
        if self.adding:
            return
        self.adding = True
        id_ = await self.app.push_screen_wait(AddSourceScreen(self.desk))
        self.adding = False
        if id_:
            self.dismiss(self.given(id_))
        else:
            self.set_focus(self.query_one("#wanted"))


class SourceScreen(CiteScreen):
    """The source that answers a question: gives back its id, NO_SOURCE, "" or None."""

    def __init__(self, desk: Desk, step: Step) -> None:
        super().__init__(desk)
        self.heading, self.done = step.question, _("Use it")
        self.clears = bool(desk.interview.chosen(step))

    def given(self, id_: str) -> str:
        return id_


async def choose_source(screen: Screen[Any], desk: Desk, step: Step) -> None:
    """Lets a source be taken from the brief's own, or added to them."""

    def take(id_: str | None) -> None:
        chosen = desk.interview.chosen(step)
        if id_ == NO_SOURCE:
            desk.answer(step, None)
        elif id_ and step.kind is not Kind.CHOICES:
            desk.answer(step, id_)
        elif id_ and id_ not in chosen:
            desk.answer(step, [*chosen, id_])

    await screen.app.push_screen(SourceScreen(desk, step), take)


class PasteField(ProseField):
    """A box to paste into; Enter adds what is understood, and what is one line."""

    understood = False
    """Whether what stands in it is a source."""

    class Entered(Message):
        """Enter, behind what can be added."""

    def keys(self) -> str:
        return _("Enter: add, Esc: cancel")

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter" and (
            self.understood or (self.text.strip() and "\n" not in self.text)
        ):
            event.stop()
            event.prevent_default()
            self.post_message(self.Entered())
        else:
            await super()._on_key(event)


class AddSourceScreen(OnceModal[str]):
    """New sources from pasted text, or one by form; gives back the first id, or "" for Escape."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False, priority=True),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__(classes="over")
        self.desk = desk
        self.added = False
        """Whether a source is added already, so that a second Enter adds no other."""

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield Static(Content.styled(_("Add a source"), "bold"), classes="heading")
            yield Static(
                _("Paste web addresses, DOIs, RFC numbers, CSL items or BibTeX entries."),
                markup=False,
            )
            yield Static(
                _("Nothing is fetched: what the text doesn’t say, you fill in next."),
                classes="hint", markup=False,
            )  # fmt: skip
            yield PasteField(id="pasted")
            yield Static("", id="understood", markup=False)
            rest = _("Some of the text is no source; that is not added.")
            yield Static(Content.styled(f"! {rest}", "$warning"), id="rest")
            with Horizontal(classes="buttons"):
                yield Button(_("Add"), id="add", variant="primary", compact=True)
                yield Button(_("Fill in a form instead"), id="form", compact=True)
                yield Button(_("Cancel"), id="cancel", compact=True)

    def on_mount(self) -> None:
        self.show("")
        self.set_focus(self.query_one("#pasted"))

    def _read(self, text: str) -> Pasted:
        taken = {str(known.get("id")) for known in self.desk.workspace.file.references}
        try:
            return references_from(text, taken=taken, today=self.desk.today)
        except InputError:
            return Pasted([], not text.strip())

    def show(self, text: str) -> None:
        """Says what was understood of the pasted text."""
        found, whole = self._read(text)
        self.query_one(PasteField).understood = bool(found)
        line = self.query_one("#understood", Static)
        if not text.strip():
            line.update(Content(""))
        elif not found:
            said = _("This is none of these yet. You can also fill in a form.")
            line.update(Content.styled(f"! {said}", "$warning"))
        elif len(found) == 1:
            said = _("Understood: {source}").format(source=source_line(found[0]))
            line.update(Content(f"{said}  @{found[0]['id']}"))
        else:
            said = ngettext("Understood: {count} source", "Understood: {count} sources", len(found))
            ids = ", ".join(f"@{each['id']}" for each in found)
            line.update(Content(f"{said.format(count=len(found))}  {ids}"))
        rest = self.query_one("#rest", Static)
        rest.display = bool(found) and not whole

    def on_prose_field_edited(self, event: ProseField.Edited) -> None:
        event.stop()
        self.show(event.text)

    def on_paste_field_entered(self) -> None:
        self._add()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        match event.button.id:
            case "add":
                self._add()
            case "form":
                self._by_form()
            case _:
                self.dismiss("")

    @work
    async def _add(self) -> None:
        if self.added:
            return
        found = self._read(self.query_one("#pasted", ProseField).text).references
        if not found:
            self.set_focus(self.query_one("#pasted"))
            return
        self.added = True
        id_, *_others = [self.desk.workspace.add_reference(each) for each in found]
        index = len(self.desk.workspace.answers.references) - 1
        step = self.desk.interview.step_at(REFERENCES)
        if step is not None and len(found) == 1 and not found[0].get("title"):
            await self.app.push_screen_wait(EntryScreen(self.desk, step, index, at="title"))
            id_ = str(self.desk.value((*REFERENCES, index, "id")) or "")
        self.dismiss(id_)

    @work
    async def _by_form(self) -> None:
        if not self.added:
            self.added = True
            self.dismiss(await add_by_form(self.wizard, self.desk))

    def action_leave(self) -> None:
        self.dismiss("")
