"""Where everything is: all topics by group, each with how far it is and its rating."""

from dataclasses import dataclass

from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from impactbrief.interview import Step, Topic, TopicGroup
from impactbrief.interview.alike import folded
from impactbrief.tui.desk import Desk
from impactbrief.tui.widgets.lines import fit

WIDTH = 22
"""Cells of a topic's short name."""


class Outline(OptionList):
    """Topics to go to. Marks say how far each is; the word for a mark stands in the Review list,
    and here in plain mode."""

    @dataclass
    class Picked(Message):
        """Somebody wants to go to a topic."""

        topic: str

    def __init__(self, desk: Desk, *, id: str | None = None) -> None:
        super().__init__(id=id, compact=True, markup=False)
        self.desk = desk
        self.wanted = ""
        self._drawn: list[str] = []

    def on_mount(self) -> None:
        self.show()

    def show(self, current: str = "", wanted: str = "") -> None:
        """Lists the topics anew; with `wanted`, those that hold it, best in their names."""
        options = []
        self.wanted = folded(wanted.strip())
        kept = self._found()
        for group in self.desk.interview.groups:
            topics = [topic for topic in group.topics if topic.id in kept]
            if topics:
                options.append(Option(self._head(group), disabled=True))
                options.extend(Option(self._line(topic), id=topic.id) for topic in topics)
        top = self.scroll_offset.y
        ids = [option.id for option in options]
        drawn = [str(option.prompt) for option in options]
        if drawn != self._drawn:  # drawing forty lines anew takes longer than the page beside them
            self._drawn = drawn
            self.set_options(options)
        if current in ids:
            self.highlighted = ids.index(current)
        elif self.wanted and len(ids) > 1:
            self.highlighted = 1
        else:
            self.scroll_to(y=top, animate=False)

    def _found(self) -> set[str]:
        """The topics that hold what is wanted: in their names, or else in what they are about."""
        interview = self.desk.interview
        names, texts = set(), set()
        for group in interview.groups:
            for topic in group.topics:
                name = f"{topic.title} {topic.short} {group.title}"
                if self._holds(name):
                    names.add(topic.id)
                elif self._holds(topic.intro) or self.asks(topic) is not None:
                    texts.add(topic.id)
        return names or texts

    def asks(self, topic: Topic) -> Step | None:
        """The question of a topic that holds what is wanted; None for none, or if all is wanted."""
        if not self.wanted or self._holds(f"{topic.title} {topic.short}"):
            return None
        asked = (step for step in topic.steps if self._holds(f"{step.title} {step.question}"))
        return next(asked, None)

    def _holds(self, text: str) -> bool:
        return self.wanted in folded(text)

    def _head(self, group: TopicGroup) -> Content:
        count = f"{group.done}/{group.total}" if group.total else ""
        return Content.styled(f"{fit(group.title, WIDTH + 2)} {count}", "bold")

    def _line(self, topic: Topic) -> Content:
        rating = topic.rating
        if self.desk.ascii_marks:  # in words, for who hears them
            state = fit(topic.state.word, 8)
            return Content(f" {fit(topic.short, WIDTH)}  {state} {rating.name if rating else ''}")
        mark = self.desk.mark(topic.state.glyph, topic.state.ascii)
        line = Content(f" {mark} {fit(topic.short, WIDTH)} ")
        if rating is None:
            return line
        return line + Content.styled(rating.glyph, f"$rating-{rating.tone}")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option.id:
            self.post_message(self.Picked(event.option.id))
