"""What is wrong or open, by weight, and the way to each; then the way to the finished document."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from impactbrief.assessment import Finding, Weight
from impactbrief.i18n import _
from impactbrief.interview import State, Topic
from impactbrief.tui.desk import Desk
from impactbrief.tui.keys import FIRST
from impactbrief.tui.screens.once import OnceScreen
from impactbrief.tui.screens.ways import WAYS
from impactbrief.tui.widgets.bars import TopBar
from impactbrief.tui.widgets.buttons import Button
from impactbrief.tui.widgets.keyline import KeyLine
from impactbrief.tui.widgets.lines import FULL, fit, wrapped

OPEN_RULES = frozenset({"IB001", "IB025"})
"""Rules that only say that a question is open; the list of open topics says it shorter."""


PLACE = 26
"""Cells that a finding's place takes."""


class ReviewScreen(OnceScreen[None]):
    """Findings and open topics. Enter goes there; nothing here stops an export."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", _("Back"), priority=True),
        Binding(FIRST["nav.back"], "leave", show=False, priority=True, id="nav.back"),
        Binding("e", "export", _("Export")),
        Binding("p", "preview", _("Preview")),
        Binding(FIRST["app.help"], "app.help", _("Help"), priority=True, id="app.help"),
        Binding(FIRST["file.save"], "app.save", show=False, priority=True, id="file.save"),
        *(way for way in WAYS if way.id in ("nav.outline", "nav.open", "view.search")),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__(classes="full")
        self.desk = desk
        self.targets: list[str] = []

    def compose(self) -> ComposeResult:
        yield TopBar(id="top")
        with Vertical(classes="body"):
            yield Static(Content.styled(_("Review and export"), "bold"))
            yield Static("", id="summary", markup=False, classes="hint")
            yield OptionList(id="found", markup=False)
            with Horizontal(classes="buttons"):
                yield Button(_("Export…"), id="export", variant="primary", compact=True)
                yield Button(_("Preview"), id="preview", compact=True)
                yield Button(_("Back to the brief"), id="leave", compact=True)
        yield KeyLine()

    def on_mount(self) -> None:
        self.wizard.child.start()  # it loads what an export needs while the findings are read
        self.show()
        self.wizard.show_saved()
        self.set_focus(self.query_one("#found" if self.targets else "#export"))

    def on_screen_resume(self) -> None:
        self.show()

    def on_resize(self) -> None:
        self.show()

    def show(self) -> None:
        """Lists what there is to see to, the heaviest first."""
        found = self.desk.findings
        problems = [item for item in found if item.rule.weight is Weight.PROBLEM]
        gaps = [
            item
            for item in found
            if item.rule.weight is Weight.GAP and item.rule.code not in OPEN_RULES
        ]
        topics = [
            topic
            for topic in self.desk.interview.topics
            if topic.counts and topic.state in (State.OPEN, State.STARTED)
        ]
        self.targets = []
        options: list[Option] = []
        self._group(options, _("Problems to fix ({count})"), problems)
        self._group(options, _("Worth a look ({count})"), gaps)
        if topics:
            options.append(self._head(_("Not answered ({count})").format(count=len(topics))))
            for topic in topics:
                mark = self.desk.mark(topic.state.glyph, topic.state.ascii)
                line = Content(f" {mark} {self._called(topic)}  ")
                options.append(self._line(line + Content.styled(topic.state.word, "dim"), topic.id))
        listed = self.query_one("#found", OptionList)
        at = listed.highlighted
        listed.set_options(options)
        if options:
            listed.highlighted = min(at if at is not None else 1, len(options) - 1)
        if not options:
            summary = _("Every question has an answer, and nothing needs attention.")
        else:
            summary = _("You can export now. The brief lists unanswered topics as not assessed.")
        self.query_one("#summary", Static).update(Content(summary))

    def _called(self, topic: Topic) -> str:
        """A topic's short name; with its group's where another topic is called the same."""
        interview = self.desk.interview
        if [each.short for each in interview.topics].count(topic.short) == 1:
            return topic.short
        group = next(each for each in interview.groups if each.id == topic.group)
        return _("{label}: {text}").format(label=group.title, text=topic.short)

    def _group(self, options: list[Option], heading: str, found: list[Finding]) -> None:
        if not found:
            return
        options.append(self._head(heading.format(count=len(found))))
        width = min(self.app.size.width - 5, FULL)
        for item in found:
            spot = self.desk.interview.find(item.problem.where)
            place = spot.topic.short if spot else ""
            said = self.desk.interview.on_screen(item.problem)
            what = f"\n{' ' * PLACE}".join(wrapped(said.what, width - PLACE))
            hint = "\n   ".join(wrapped(f"{said.hint} {item.rule.code}", width - 3))
            line = Content.styled(f" ! {fit(place, PLACE - 4)} ", "$warning") + Content(what)
            more = Content.styled(f"\n   {hint}", "dim")
            options.append(self._line(line + more, item.problem.where))

    def _head(self, text: str) -> Option:
        return Option(Content.styled(text, "bold"), disabled=True)

    def _line(self, content: Content, target: str) -> Option:
        self.targets.append(target)
        return Option(content, id=str(len(self.targets) - 1))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option.id is None:
            return
        target = self.targets[int(event.option.id)]
        topics = {topic.id: topic for topic in self.desk.interview.topics}
        spot = self.desk.interview.find(target)
        if target in topics:
            self.wizard.go_to_topic(target)
        elif spot is not None:
            self.wizard.go_to(spot)

    async def on_button_pressed(self, event: Button.Pressed) -> None:
        match event.button.id:
            case "export":
                self.action_export()
            case "preview":
                self.action_preview()
            case _:
                self.action_leave()

    def action_leave(self) -> None:
        self.dismiss(None)

    def action_export(self) -> None:
        from impactbrief.tui.screens.export import ExportScreen

        self.app.push_screen(ExportScreen(self.desk))

    def action_preview(self) -> None:
        from impactbrief.tui.screens.preview import PreviewScreen

        self.app.push_screen(PreviewScreen(self.desk))
