"""The one working screen: a topic, a page of it at a time, the outline beside it where it fits."""

from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from impactbrief.i18n import _, pgettext
from impactbrief.interview import Kind, Spot, Step, Topic
from impactbrief.tui.desk import Desk
from impactbrief.tui.keys import FIRST
from impactbrief.tui.pages import Page, is_long, main_after, page_of, pages, rarer
from impactbrief.tui.screens.dialogs import Outlined
from impactbrief.tui.screens.entry import act, choose, enter_list, enter_row
from impactbrief.tui.screens.writing import Writing
from impactbrief.tui.widgets.bars import NavBar, StepStrip, TopBar
from impactbrief.tui.widgets.buttons import Button
from impactbrief.tui.widgets.checks import CheckList
from impactbrief.tui.widgets.choices import ChoiceList
from impactbrief.tui.widgets.editors import editors_of, named
from impactbrief.tui.widgets.entries import Entries
from impactbrief.tui.widgets.fields import LineField, ProseField
from impactbrief.tui.widgets.form import Form
from impactbrief.tui.widgets.head import MEDIUM, TALL, PageHead
from impactbrief.tui.widgets.keyline import KeyLine
from impactbrief.tui.widgets.lines import cut, trouble
from impactbrief.tui.widgets.outline import Outline
from impactbrief.tui.widgets.side import Side
from impactbrief.tui.widgets.still import Still
from impactbrief.yamltext import dotted

WIDE_NAV = 70
"""Cells that the line of buttons needs for one more."""
REVIEW = "review"
"""The interview's last topic: it has no steps, the review screen stands for it."""


class WorkScreen(Writing[None]):
    """Where the brief is written. State lives in the workspace; this only shows and passes on."""

    AUTO_FOCUS = None  # the page decides, so that its title never scrolls away
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012
        (0, "-tiny"), (60, "-narrow"), (96, "-wide"), (118, "-broad"),
    ]  # fmt: skip
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012
        (0, "-flat"),
        (16, "-short"),
        (MEDIUM, "-medium"),
        (TALL, "-tall"),
    ]

    # priority, and awaited below: what is typed after a key must land on the page it leads to
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(FIRST["nav.next"], "next", _("Next"), priority=True, id="nav.next"),
        Binding(FIRST["nav.back"], "back", _("Back"), priority=True, id="nav.back"),
        Binding(FIRST["nav.outline"], "outline", _("Outline"), priority=True, id="nav.outline"),
        Binding(FIRST["view.guide"], "guide", _("Guide"), priority=True, id="view.guide"),
        Binding(
            FIRST["nav.open"],
            "next_open",
            pgettext("what is not answered yet", "To do"),
            priority=True,
            id="nav.open",
        ),
        Binding(FIRST["view.review"], "review", _("Review"), priority=True, id="view.review"),
        Binding(FIRST["app.help"], "app.help", _("Help"), priority=True, id="app.help"),
        Binding(FIRST["edit.undo"], "app.undo", show=False, priority=True, id="edit.undo"),
        Binding(FIRST["edit.redo"], "app.redo", show=False, priority=True, id="edit.redo"),
        Binding(FIRST["file.save"], "app.save", show=False, priority=True, id="file.save"),
        Binding(FIRST["view.search"], "app.search", show=False, priority=True, id="view.search"),
        Binding("escape", "leave_box", show=False, priority=True, id="nav.leave"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        interview = desk.interview
        last = interview.find(desk.workspace.place) or Spot(interview.topics[0], None)
        self.topic_id = last.topic.id
        self.page = page_of(pages(last.topic), last.step)
        self._first = last.step
        """What the page in hand begins with: pages before it may come and go."""
        self.drawn: tuple[str, int] | None = None
        self._drawn: list[tuple[Step, Widget]] = []

    def compose(self) -> ComposeResult:
        yield TopBar(id="top")
        yield Static(
            _("Make the window larger: 60 columns and 16 lines are needed."), id="too-small"
        )
        with Horizontal(id="body"):
            yield Outline(self.desk, id="outline")
            with Vertical(id="page"):
                yield PageHead(self.desk)
                yield Vertical(id="answer")
                yield Still("", id="trouble", markup=False)
                yield NavBar(id="nav")
            yield Side(self.desk, id="side")
        yield KeyLine()

    async def on_mount(self) -> None:
        if self.wizard.one_column:
            self.add_class("one-column")
        await self.draw(self._first)

    # where we are

    @property
    def topic(self) -> Topic:
        return self.desk.interview.topic(self.topic_id)

    @property
    def pages(self) -> tuple[Page, ...]:
        return pages(self.topic)

    @property
    def here(self) -> Page:
        laid = self.pages
        return laid[min(self.page, len(laid) - 1)]

    async def go(self, topic: str, page: int = 0, step: Step | None = None) -> None:
        """Takes the page of a topic, with the focus where its answer goes."""
        if topic == REVIEW or not pages(self.desk.interview.topic(topic)):
            await self.action_review()
            return
        self.topic_id, self.page = topic, page
        self.desk.settle()
        await self.draw(step)
        self.wizard.save_soon()

    async def go_to(self, spot: Spot) -> None:
        """Takes a place of the interview."""
        laid = pages(spot.topic)
        await self.go(spot.topic.id, page_of(laid, spot.step), spot.step)
        if (entry := spot.entry) is None:
            return
        for step, editor in self._asked():
            if isinstance(editor, Entries) and entry[:-1] == step.path:
                editor.take(int(entry[-1]))

    # drawing

    async def draw(self, step: Step | None = None) -> None:
        """Puts the page in hand on the screen and the focus on its answer."""
        page, answer = self.here, self.query_one("#answer", Vertical)
        self.show_around()
        with self.app.batch_update():
            await answer.remove_children()
            editors = editors_of(page, self.desk)
            await answer.mount_all(named(page, editors, self.desk))
        self._drawn = [] if page.is_form else list(zip(page.steps, editors, strict=True))
        self._first = page.steps[0]
        self.drawn = (self.topic_id, self.page)
        self._at(step or self._first)
        self.focus_answer(step)
        self.query_one(Side).show(self.topic, page, page.steps[0])

    def _at(self, step: Step) -> None:
        """Remembers which answer is in hand, for the next sitting."""
        self.desk.workspace.place = dotted(step.path)

    def _asked(self) -> list[tuple[Step, Widget]]:
        """The steps that this page was drawn for, as they are now, with the widgets that hold their
        answers. Paired by the answer and not by the place: other pages may have moved meanwhile."""
        now = {step.path: step for step in self.topic.steps}
        return [(now.get(step.path, step), editor) for step, editor in self._drawn]

    def step_of(self, widget: Widget | None) -> Step | None:
        """The step whose answer a widget holds."""
        while widget is not None:
            for step, editor in self._asked():
                if editor is widget:
                    return step
            widget = widget.parent if isinstance(widget.parent, Widget) else None
        return None

    def _drawn_step(self, field: Widget) -> Step | None:
        """The step that a field was drawn for. For every key: nothing is worked out for it."""
        return next((step for step, editor in self._drawn if editor is field), None)

    def focus_answer(self, step: Step | None = None) -> None:
        """The focus on a step's answer, or on the page's first."""
        if self.drawn is None:
            return  # nothing is there yet; drawing the page sets the focus
        target: Widget | None = None
        if self.here.is_form:
            target = self.query_one(Form).field_of(step)
        for each, editor in self._asked():
            if target is None or (step is not None and step.path[: len(each.path)] == each.path):
                target = editor.query_one("#entry-list") if isinstance(editor, Entries) else editor
        if target is None or not target.focusable:  # where nothing can be changed, Enter goes on
            target = self.query_one("#next")
        self.set_focus(target)

    def show_around(self) -> None:
        """Everything but the answer itself: title, steps, question, what is wrong, the way on."""
        head = self.query_one(PageHead)
        head.show(self.topic, self.pages, self.page)
        if self.here.is_form:
            self._ask_row(self.in_hand())
        self.show_trouble()
        nav = self.query_one(NavBar)
        next_, mark = _("Next: {title}"), self.desk.mark("›", ">")
        more, long = self.has_more, is_long(self.pages) and head.width >= WIDE_NAV
        room = nav.room(head.width, more=more, long=long) - cell_len(next_.format(title="")) - 2
        nav.show(f"{next_.format(title=self._ahead(room))} {mark}", more=more, long=long)
        self.query_one("#outline", Outline).show(self.topic_id)
        self.wizard.show_saved()

    def _ask_row(self, step: Step) -> None:
        """Puts the question of a form's row above the form."""
        question = step.question if step.question != step.title else ""
        self.query_one(PageHead).ask(question, step.hint, of_row=True)

    def _ahead(self, room: int) -> str:
        """What Next leads to, in at most so many cells."""
        laid = self.pages
        following = main_after(self.pages, self.page)
        if following is not None:
            title = laid[following].title
            if cell_len(title) <= room or not title.endswith("?"):
                return cut(title, room)
            return _("{number} of {count}").format(number=following + 1, count=len(laid))
        topics = self.desk.interview.topics
        at = [topic.id for topic in topics].index(self.topic_id)
        return cut(topics[at + 1].short if at + 1 < len(topics) else _("Review"), room)

    @property
    def has_more(self) -> bool:
        """Whether this topic has questions that few need, on another page."""
        return rarer(self.pages, self.page) is not None

    async def action_pass(self) -> None:
        """To the next topic."""
        topics = [topic.id for topic in self.desk.interview.topics]
        at = topics.index(self.topic_id)
        await self.go(topics[at + 1] if at + 1 < len(topics) else REVIEW)

    async def action_more(self) -> None:
        """To the questions of this topic that few need."""
        page = rarer(self.pages, self.page)
        if page is not None:
            await self.go(self.topic_id, page)

    def show_trouble(self) -> None:
        """One line below the answer: what is wrong with it, and what to do."""
        problems = [] if self.here.is_form else [p for s in self.here.steps for p in s.problems]
        line = self.query_one("#trouble", Static)
        line.display = bool(problems)
        if problems:
            line.update(Content.styled(trouble(problems[0]), "$warning"))

    def refresh_answers(self, *, texts: bool = True) -> None:
        """Brings the page to what the file says now; called after every change of the text.

        Without `texts`, only what is chosen, not what is typed.
        """
        if self.drawn != (self.topic_id, self.page):
            return
        self.page = page_of(self.pages, self._first)
        self.drawn = (self.topic_id, self.page)
        for form in self.query_one("#answer").query(Form):
            form.show(self.topic.steps, texts=texts)
        for step, editor in self._asked():
            chosen = self.desk.interview.chosen(step)
            match editor:
                case ProseField() | LineField():
                    if texts:
                        editor.show(self.desk.text(step))
                case ChoiceList():
                    editor.show(chosen[0] if chosen else None)
                case CheckList():
                    editor.show(chosen)
                case Entries():
                    editor.show(self.desk.interview.entries(step))
        self.show_around()
        self.query_one(Side).show(self.topic, self.here, self.here.steps[0])

    # what people do

    def on_prose_field_edited(self, event: ProseField.Edited) -> None:
        event.stop()
        if step := self._drawn_step(event.field):
            self.desk.typed(step, event.text)
            self.wizard.show_saved()

    def on_line_field_edited(self, event: LineField.Edited) -> None:
        event.stop()
        if step := self._drawn_step(event.field):
            self.desk.typed(step, event.text)
            self.wizard.show_saved()

    def on_form_typed(self, event: Form.Typed) -> None:
        event.stop()
        self.desk.typed(event.step, event.text)
        self.wizard.show_saved()

    def on_form_in_hand(self, event: Form.InHand) -> None:
        event.stop()
        self._at(event.step)
        self._ask_row(event.step)
        self.query_one(Side).show(self.topic, self.here, event.step)

    async def enter(self) -> bool:
        """Enter: takes a choice and goes on, leaves a line, presses Next or Back."""
        if self.here.is_form and await enter_row(self.query_one(Form), self.focused):
            return True
        if (asked := enter_list(self.focused)) is not None:
            await self.on_entries_act(asked)
            return True
        match self.focused:
            case LineField():
                await self.action_next()
            case ChoiceList() as choices if (value := choices.choose()) is not None:
                await self._choose(choices, value, go_on=True)
            case ChoiceList():  # nothing was chosen: to pass by is no answer
                await self.action_next()
            case Button(id="next"):
                await self.action_next()
            case Button(id="back"):
                await self.action_back()
            case Button(id="more"):
                await self.action_more()
            case Button(id="pass"):
                await self.action_pass()
            case _:
                return False
        return True

    async def on_choice_list_chosen(self, event: ChoiceList.Chosen) -> None:
        event.stop()
        await self._choose(event.choices, event.value, go_on=event.go_on)

    async def _choose(self, choices: ChoiceList, chosen: str, *, go_on: bool) -> None:
        step = self.step_of(choices)
        if step is None:
            return
        self.desk.answer(step, chosen == "true" if step.kind is Kind.FLAG else chosen)
        if go_on:
            if len(self.here.steps) > 1 and step is self.here.steps[0]:
                self.focus_answer(self.here.steps[1])
            else:
                await self.action_next()

    def on_check_list_ticked(self, event: CheckList.Ticked) -> None:
        event.stop()
        if step := self.step_of(event.checks):
            self.desk.answer(step, event.values)

    async def on_entries_act(self, event: Entries.Act) -> None:
        if step := self.step_of(event.entries):
            await act(self, self.desk, step, event.verb, event.index)

    async def on_form_opened(self, event: Form.Opened) -> None:
        await choose(self, self.desk, event.step)

    async def on_button_pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "next":
            await self.action_next()
        elif event.button.id == "back":
            await self.action_back()
        elif event.button.id == "more":
            await self.action_more()
        elif event.button.id == "pass":
            await self.action_pass()
        elif event.button.id == "menu":
            await self.wizard.action_menu()

    async def on_outline_picked(self, event: Outline.Picked) -> None:
        await self.go(event.topic)

    async def on_step_strip_picked(self, event: StepStrip.Picked) -> None:
        await self.go(self.topic_id, event.index)

    def on_top_bar_asked(self) -> None:
        self.wizard.notify(str(self.desk.workspace.path), title=_("Your file"))

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002
        self.call_after_refresh(self._keep_focus)
        self.call_after_refresh(self.show_around)

    def _keep_focus(self) -> None:
        """A pane that a smaller window hides must not take the typing with it."""
        focused = self.focused
        if focused is None or not focused.is_attached or not focused.visible or not focused.size:
            self.focus_answer()

    # ways

    async def action_next(self) -> None:
        following = main_after(self.pages, self.page)
        if following is not None:
            await self.go(self.topic_id, following)
            return
        await self.action_pass()

    async def action_back(self) -> None:
        if self.page > 0:
            await self.go(self.topic_id, self.page - 1)
            return
        topics = self.desk.interview.topics
        at = [topic.id for topic in topics].index(self.topic_id)
        if at > 0:
            main = [page for page in pages(topics[at - 1]) if not page.more]
            await self.go(topics[at - 1].id, max(len(main) - 1, 0))

    async def action_next_open(self) -> None:
        spot = self.desk.interview.next_open(Spot(self.topic, self.here.steps[-1]))
        if spot is None:
            self.wizard.notify(_("Every question has an answer."))
        else:
            await self.go_to(spot)

    async def action_outline(self) -> None:
        """All topics with a filter, also where the pane shows them: the same keys everywhere."""

        async def go(spot: Spot | None) -> None:
            if spot is not None:
                await self.go_to(spot)

        await self.app.push_screen(Outlined(self.desk, self.topic_id), go)

    async def action_guide(self) -> None:
        side = self.query_one(Side)
        if self.has_class("-broad") and not self.has_class("one-column"):
            side.turn()
            # three panes leave too little for the text: the outline gives way, Ctrl+O has it still
            self.set_class(bool(side.mode), "beside")
            self.call_after_refresh(self.show_around)
            if not side.mode:
                self.focus_answer()
        else:
            await self.wizard.show_guide(self.topic, self.here)

    async def action_review(self) -> None:
        await self.wizard.show_review()

    async def action_leave_box(self) -> None:
        """Escape leaves the box for Next; from there it opens the menu."""
        next_ = self.query_one("#next", Button)
        if self.focused is next_:
            await self.wizard.action_menu()
        else:
            self.set_focus(next_)

    def called(self) -> str:
        return self.topic.title

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        if step := self.step_of(event.widget):
            self._at(step)

    def in_hand(self) -> Step:
        if self.here.is_form:
            for form in self.query(Form):
                if step := form.step_of(self.focused):
                    return step
        return self.step_of(self.focused) or self.here.steps[0]
