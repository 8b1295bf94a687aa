"""Screens with texts to write in: cite a source where the cursor is, write in one's own editor,
keep private notes.
"""

from typing import ClassVar, Generic

from textual import events
from textual.binding import Binding, BindingType

from impactbrief.i18n import _
from impactbrief.interview import Step
from impactbrief.tui.desk import Desk
from impactbrief.tui.keys import FIRST
from impactbrief.tui.screens.notes import NotesScreen
from impactbrief.tui.screens.once import Result, WizardScreen
from impactbrief.tui.widgets.fields import ProseField


class Writing(WizardScreen[Result], Generic[Result]):
    """A screen that knows which text is being written."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(FIRST["edit.cite"], "cite", show=False, priority=True, id="edit.cite"),
        Binding(FIRST["edit.external"], "editor", show=False, priority=True, id="edit.external"),
        Binding(FIRST["edit.notes"], "notes", show=False, priority=True, id="edit.notes"),
    ]

    desk: Desk
    _left: ProseField | None = None
    """The text that had the focus last."""

    def in_hand(self) -> Step:
        """The step that has the focus, or the first one."""
        raise NotImplementedError

    def called(self) -> str:
        """What the answers are called that this screen is for."""
        raise NotImplementedError

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        if isinstance(event.widget, ProseField):
            self._left = event.widget

    def prose(self) -> ProseField | None:
        """The text that is being written; None if no text is in hand."""
        if self.desk.read_only:
            return None
        if isinstance(self.focused, ProseField):
            return self.focused
        return self._left if self._left is not None and self._left.is_attached else None

    async def action_cite(self) -> None:
        field = self.prose()
        if field is None:
            self.wizard.notify(_("Go to a text first: a source is cited where its cursor stands."))
            return

        def cite(key: str | None) -> None:
            if key:
                field.insert_at_cursor(f"[{key}]")
            self.set_focus(field)

        await self.wizard.pick_source(cite)

    async def action_editor(self) -> None:
        field = self.prose()
        if field is None:
            self.wizard.notify(_("Go to a text first: your editor opens that."))
            return
        self.wizard.edit_outside(field)

    async def action_notes(self) -> None:
        step = self.in_hand()
        self.desk.settle()
        await self.app.push_screen(NotesScreen(self.desk, step, step.part or self.called()))
