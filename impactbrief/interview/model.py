"""What a front end walks: groups of topics, topics of steps, and each step's question.

Plain values. A step says where its answer lies and what kind it is; how it is asked (a text box, a
line on standard output) is the front end's business.
"""

from dataclasses import dataclass
from enum import StrEnum

from pydantic import BaseModel

from impactbrief.errors import Problem
from impactbrief.i18n import _
from impactbrief.toolkit.model import Rating
from impactbrief.yamltext import Path, Value


class Kind(StrEnum):
    """What an answer is."""

    RATING = "rating"
    """One of the toolkit's ratings."""
    CHOICE = "choice"
    """One of `Step.choices`; with `Step.free` also any other text."""
    CHOICES = "choices"
    """Several of `Step.choices`; with `Step.free` also other texts."""
    FLAG = "flag"
    """Yes or no."""
    LINE = "line"
    """Text of one line."""
    PROSE = "prose"
    """Markdown of any length."""
    DATE = "date"
    """A year, a month or a day."""
    ENTRIES = "entries"
    """A list of mappings; `Interview.entry` gives the steps of one."""
    OTHER = "other"
    """Something there is no form for. It can be read and taken away; the file itself changes it."""


class State(StrEnum):
    """How far a topic or a step is."""

    OPEN = "open"
    STARTED = "started"
    DONE = "done"
    CHECK = "check"
    """Something here is not as it should be."""

    @property
    def glyph(self) -> str:
        return {"open": "○", "started": "◐", "done": "●", "check": "!"}[self.value]

    @property
    def ascii(self) -> str:
        return {"open": ".", "started": "-", "done": "x", "check": "!"}[self.value]

    @property
    def word(self) -> str:
        words = {"open": _("open"), "started": _("started"), "done": _("done")}
        return words.get(self.value, _("check"))


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a question's answers."""

    key: str
    """The key that chooses it: 1 to 9, 0, -; empty beyond these."""
    value: str
    word: str
    meaning: str = ""
    glyph: str = ""
    ascii: str = ""
    tone: str = ""
    """Of a rating: `negative`, `positive`, `neutral` or `open`."""


KEYS = "1234567890-"
"""The keys of choices, in order."""


@dataclass(frozen=True, slots=True)
class Step:
    """One question and where its answer lies."""

    path: Path
    kind: Kind
    title: str
    """A word or two, for a strip of steps or a label."""
    question: str
    hint: str = ""
    """A line or two beside the question."""
    guide: str = ""
    """All that helps to answer it, as paragraphs."""
    asks: tuple[str, ...] = ()
    """Questions to ask oneself first."""
    example: str = ""
    choices: tuple[Choice, ...] = ()
    free: bool = False
    """Whether other values than the choices fit too."""
    cites: bool = False
    """Whether its choices are the brief's sources, to which one may be added."""
    required: bool = False
    """Whether no document can be made without it."""
    expected: bool = False
    """Whether its topic is done only with it."""
    more: bool = False
    """Whether it stands behind "more": few need it."""
    private: bool = False
    """Whether its answer is never printed."""
    part: str = ""
    """Of a topic with several questions, the one it belongs to, in a few words."""
    of: type[BaseModel] | None = None
    """Of entries: their shape."""
    one: str = ""
    """Of entries: what one is called."""
    blank: str = ""
    """What an answer of no text at all says, where that differs from no answer; else empty."""
    state: State = State.OPEN
    problems: tuple[Problem, ...] = ()
    """What is wrong with the answer."""

    @property
    def id(self) -> str:
        """The path in words: `assessment.privacy.impact`."""
        return "".join(f"[{s}]" if isinstance(s, int) else f".{s}" for s in self.path)[1:]

    @property
    def notes(self) -> Path:
        """Where private notes on this answer go."""
        if self.path[-1] == "notes":
            return self.path
        return (*self.holder, "notes")

    @property
    def holder(self) -> Path:
        """The mapping that holds the answer."""
        end = len(self.path) - 1
        while end and isinstance(self.path[end], int):
            end -= 1
        return self.path[:end]

    def choice(self, value: Value) -> Choice | None:
        """The choice that a value stands for."""
        return next((choice for choice in self.choices if choice.value == value), None)


@dataclass(frozen=True, slots=True)
class Topic:
    """What is answered together: one property, one form."""

    id: str
    title: str
    short: str
    """A name of at most 22 terminal cells."""
    intro: str
    """What it is about, in a line or two."""
    guide: str
    steps: tuple[Step, ...]
    state: State
    counts: bool
    """Whether it counts in "6 of 30 topics"."""
    group: str
    rating: Rating | None = None
    path: Path = ()
    """What it is about in the file, where that is one mapping."""
    aside: str = ""
    """What earlier answers say about it: “The screening points here.”"""

    @property
    def main(self) -> tuple[Step, ...]:
        """The steps that everybody walks."""
        return tuple(step for step in self.steps if not step.more)

    @property
    def more(self) -> tuple[Step, ...]:
        """The steps behind "more"."""
        return tuple(step for step in self.steps if step.more)


@dataclass(frozen=True, slots=True)
class TopicGroup:
    """Topics that stand together in an outline."""

    id: str
    title: str
    topics: tuple[Topic, ...]

    @property
    def done(self) -> int:
        return sum(topic.state is State.DONE for topic in self.topics if topic.counts)

    @property
    def total(self) -> int:
        return sum(topic.counts for topic in self.topics)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the interview."""

    topic: Topic
    step: Step | None
    """None for a topic as a whole."""
    entry: Path | None = None
    """Inside a list: the path of the item."""
