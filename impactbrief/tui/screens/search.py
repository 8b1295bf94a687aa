"""Search over questions and answers. Enter goes there."""

from collections.abc import Iterator
from dataclasses import dataclass

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from impactbrief.i18n import _, ngettext
from impactbrief.interview import Kind, Spot, Step, Topic
from impactbrief.interview.alike import folded
from impactbrief.tui.desk import Desk
from impactbrief.tui.screens.finding import FindingScreen
from impactbrief.tui.widgets.buttons import Button
from impactbrief.tui.widgets.fields import LineField
from impactbrief.tui.widgets.lines import cut, one_line
from impactbrief.yamltext import Path, Value

MOST = 60
"""Findings that are listed."""


@dataclass(frozen=True, slots=True)
class Place:
    """Something that can be found."""

    spot: Spot
    text: str
    folded: str
    answer: bool
    """Whether it is what somebody wrote; else it is the question."""
    asked: str
    """What the question is called; empty for a topic as a whole."""


def places(desk: Desk) -> list[Place]:
    """All answers, then all questions."""
    answers: list[Place] = []
    questions: list[Place] = []
    for topic in desk.interview.topics:
        questions.append(_place(Spot(topic, None), f"{topic.title}. {topic.intro}"))
        for step in topic.steps:
            for path, text in _answers(desk, step):
                entry = path if step.kind is Kind.ENTRIES else None
                spot = Spot(topic, _inside(desk, step, path), entry)
                answers.append(_place(spot, text, step, answer=True))
            questions.append(_place(Spot(topic, step), _asked(topic, step), step))
    return [*answers, *questions]


def _place(spot: Spot, text: str, step: Step | None = None, *, answer: bool = False) -> Place:
    text = one_line(text)
    return Place(spot, text, folded(text), answer, (step.part or step.title) if step else "")


def _asked(topic: Topic, step: Step) -> str:
    asked = step.question if step.question != step.title else ""
    return ". ".join(part for part in (step.part or topic.title, step.title, asked) if part)


def _answers(desk: Desk, step: Step) -> Iterator[tuple[Path, str]]:
    """The texts of an answer with their paths; of a list, those of its entries."""
    if step.kind is not Kind.ENTRIES:
        if text := desk.text(step) if step.kind is Kind.PROSE else desk.in_words(step):
            yield step.path, text
        return
    held = desk.value(step.path)
    for index, entry in enumerate(held) if isinstance(held, list) else ():
        texts = [text for text in _texts(entry) if text.strip()]
        if texts:
            yield (*step.path, index), " – ".join(texts)


def _texts(value: Value) -> Iterator[str]:
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)
    elif value is not None:
        yield str(value)


def _inside(desk: Desk, step: Step, path: Path) -> Step:
    if step.kind is Kind.ENTRIES and len(path) > len(step.path):
        index = path[len(step.path)]
        return next(iter(desk.entry_steps(step, int(index))), step)
    return step


class SearchScreen(FindingScreen[Spot]):
    """A field and what it finds; gives back the place chosen, or None for Escape."""

    FIELD, LIST = "#wanted", "#results"

    def __init__(self, desk: Desk) -> None:
        super().__init__(classes="over search")
        self.desk = desk
        self.places = places(desk)
        self.found: list[Place] = []

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield Static(Content.styled(_("Search"), "bold"), classes="heading")
            yield LineField(id="wanted", placeholder=_("Words from a question or an answer"))
            yield Static("", id="count", classes="hint", markup=False)
            yield OptionList(id="results", markup=False)
            with Horizontal(classes="buttons"):
                yield Button(_("Go there"), id="go", variant="primary", compact=True)
                yield Button(_("Cancel"), id="cancel", compact=True)

    def show(self, wanted: str) -> None:
        """Lists the places that hold every word that is wanted."""
        words = folded(wanted).split()
        self.found = [
            place for place in self.places if words and all(word in place.folded for word in words)
        ]
        listed = self.list
        width = (listed.content_size.width or self.app.size.width - 8) - 2
        listed.set_options(
            Option(self._line(place, words[0], width), id=str(index))
            for index, place in enumerate(self.found[:MOST])
        )
        if self.found:
            listed.highlighted = 0
        count = len(self.found)
        if not words:
            said = _("Your answers come first, then the questions. Enter goes there.")
        elif not count:
            said = _("Nothing was found.")
        else:
            said = ngettext("{count} place", "{count} places", count).format(count=count)
        self.query_one("#count", Static).update(Content(said))

    def _line(self, place: Place, word: str, width: int) -> Content:
        named = (place.spot.topic.title, place.asked)
        head = " › ".join(dict.fromkeys(name for name in named if name))
        mark = "" if place.answer else "  " + _("(question)")
        head = cut(head, width - cell_len(mark)) + mark
        return Content.styled(head, "bold") + Content(f"\n  {around(place, word, width - 4)}")

    def on_button_pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "go":
            self.take_in_hand()
        else:
            self.dismiss(None)

    def take(self, id_: str) -> None:
        self.dismiss(self.found[int(id_)].spot)


def around(place: Place, word: str, width: int) -> str:
    """What stands around a word that was found."""
    at = place.folded.find(word)
    # folding may change the length, so the place in the text itself is only near
    start = max(at - width // 3, 0) if len(place.text) > width else 0
    text = place.text[start:]
    if start:
        text = "…" + (text.partition(" ")[2] or text)
    return cut(text, width)
