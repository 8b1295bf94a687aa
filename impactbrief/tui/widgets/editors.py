"""What a page's answers are given with: a widget for each step, or one form for all."""

from textual.widget import Widget

from impactbrief.interview import Kind, Step
from impactbrief.tui.desk import Desk
from impactbrief.tui.pages import Page
from impactbrief.tui.widgets.checks import CheckList
from impactbrief.tui.widgets.choices import ChoiceList, choices_of
from impactbrief.tui.widgets.entries import Entries
from impactbrief.tui.widgets.fields import LineField, ProseField
from impactbrief.tui.widgets.form import Form
from impactbrief.tui.widgets.label import Label


def editors_of(page: Page, desk: Desk) -> list[Widget]:
    """The widgets that hold the answers of a page: as many as it has steps, or a form."""
    if page.is_form:
        return [Form(desk, page.steps, id="form")]
    editors = [_editor(step, desk) for step in page.steps]
    for step, editor in zip(page.steps, editors, strict=True):
        if len(editors) > 1 and isinstance(editor, ProseField):
            editor.border_title = step.title
    return editors


def named(page: Page, editors: list[Widget], desk: Desk) -> list[Widget]:
    """The same; in plain mode, which has no frames, with the names of texts above them."""
    if not desk.ascii_marks or page.is_form:
        return editors
    shown: list[Widget] = []
    for step, editor in zip(page.steps, editors, strict=True):
        if editor.border_title:
            shown.append(Label(step.title))
        shown.append(editor)
    return shown


def _editor(step: Step, desk: Desk) -> Widget:
    chosen = desk.interview.chosen(step)
    match step.kind:
        case Kind.RATING | Kind.CHOICE | Kind.FLAG if step.choices:
            value = chosen[0] if chosen else None
            listed = ChoiceList(choices_of(step, desk), value, plain=desk.ascii_marks)
            if value is None:
                listed.highlighted = None  # Enter, to pass a page by, must not rate
            editor: Widget = listed
        case Kind.CHOICES if step.choices and not step.free:
            editor = CheckList(choices_of(step, desk), chosen)
        case Kind.ENTRIES | Kind.CHOICES if not step.choices:
            lines = desk.interview.entries(step)
            editor = Entries(lines, step.one, read_only=desk.read_only)
        case Kind.PROSE:
            editor = ProseField(desk.text(step), read_only=desk.read_only)
        case _:
            editor = LineField(desk.text(step), disabled=desk.read_only)
    editor.add_class("editor", step.kind.value)
    editor.disabled = desk.read_only and not isinstance(editor, ProseField | Entries)
    return editor
