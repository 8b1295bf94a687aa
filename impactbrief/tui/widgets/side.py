"""The panel beside the page: the guide to the question, or the answers as they will read."""

from textual.app import ComposeResult
from textual.containers import VerticalGroup, VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from impactbrief.i18n import _
from impactbrief.interview import Kind, Step, Topic
from impactbrief.tui.desk import Desk
from impactbrief.tui.pages import Page

PAUSE = 0.3
"""Seconds without a key before the preview is drawn anew: drawing must never wait for typing."""


def guide(topic: Topic, step: Step, *, about_topic: bool = True) -> Content:
    """All that helps to answer a step."""
    parts: list[Content] = []

    def add(heading: str, *lines: str) -> None:
        filled = [line for line in lines if line]
        if filled:
            parts.append(Content.styled(heading, "bold"))
            parts.extend(Content(line) for line in filled)
            parts.append(Content(""))

    if about_topic:
        add(topic.title, topic.guide or topic.intro, f"\n{topic.aside}" if topic.aside else "")
    asked = step.question if step.question != step.title else ""
    if asked or step.hint or step.guide:
        add(step.title, asked, step.hint, step.guide)
    add(_("Ask yourself"), *(f"• {question}" for question in step.asks))
    add(_("Example"), step.example)
    return Content("\n").join(parts)


class Side(VerticalScroll, can_focus=True):
    """Hidden, guide, preview: `turn` goes round. Tab leads here where there is more to read."""

    def __init__(self, desk: Desk, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.desk = desk
        self.mode = ""
        self._topic: Topic | None = None
        self._step: Step | None = None
        self._timer: Timer | None = None
        self._sources: list[str] = []

    def compose(self) -> ComposeResult:
        yield Static("", id="guide", markup=False)
        yield VerticalGroup(id="preview")

    def allow_focus(self) -> bool:
        return self.max_scroll_y > 0

    def turn(self) -> None:
        """From hidden to the guide, to the preview, to hidden. Hiding it is for the screen."""
        self.mode = {"": "guide", "guide": "preview", "preview": ""}[self.mode]
        self.query_one("#guide").display = self.mode == "guide"
        self.query_one("#preview").display = self.mode == "preview"
        self._draw()

    def show(self, topic: Topic, page: Page, step: Step) -> None:  # noqa: ARG002
        """Follows the page in hand."""
        self._topic, self._step = topic, step
        if self.mode == "preview":
            if self._timer is not None:
                self._timer.stop()
            self._timer = self.set_timer(PAUSE, self._draw)
        elif self.mode:
            self._draw()

    def _draw(self) -> None:
        if self._topic is None or self._step is None:
            return
        if self.mode == "guide":
            self.query_one("#guide", Static).update(guide(self._topic, self._step))
        elif self.mode == "preview":
            self._preview(self._texts(self._topic))

    def _preview(self, sources: list[str]) -> None:
        """Draws what has changed: drawing Markdown takes longer than a key may."""
        from textual.widgets import Markdown  # not needed before somebody asks for a preview

        place = self.query_one("#preview", VerticalGroup)
        if len(sources) != len(self._sources):
            place.remove_children()
            place.mount_all(Markdown(source, open_links=False) for source in sources)
        else:
            for text, old, new in zip(place.children, self._sources, sources, strict=False):
                if old != new and isinstance(text, Markdown):
                    text.update(new)
        self._sources = sources

    def _texts(self, topic: Topic) -> list[str]:
        """The prose of the topic in hand, as typed: only what is near, so that it is quick."""
        parts = []
        for step in topic.steps:
            text = self.desk.text(step) if step.kind is Kind.PROSE else ""
            if text.strip():
                parts.append(f"## {step.title}\n\n{text}")
        return parts or [_("Nothing is written here yet.")]
