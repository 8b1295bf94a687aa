"""The toolkit: what an assessment asks, and the words a document needs.

A toolkit is frozen data in one language. It is joined from a question bank's structure and one file
of words (see `impactbrief.toolkit.load`); everything that reads it sees only what is here.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple


class Rating(NamedTuple):
    """A word for an impact. Ratings are never turned into a number, averaged or hidden."""

    id: str
    name: str
    meaning: str
    help: str
    glyph: str
    ascii: str
    """The mark in plain ASCII, for terminals and readers without the glyph."""
    tone: str
    """`negative`, `positive`, `neutral` or `open`: which way it points, for colour and choice."""
    strength: int
    """0 to 3. Only chooses which findings come first where there is room for a few."""


class Example(NamedTuple):
    """A worked example of an answer."""

    proposal: str
    impact: str
    effect_on_internet: str
    effect_on_people: str


class Element(NamedTuple):
    """A critical property or an enabler: one of the things every assessment looks at."""

    id: str
    group: str
    lenses: tuple[str, ...]
    name: str
    short: str
    """A name of at most 22 terminal cells."""
    summary: str
    meaning: str
    benefit: str
    questions: tuple[str, ...]
    example: Example
    strongly_negative: str
    strongly_positive: str


class Group(NamedTuple):
    """Elements that belong together: the critical properties, or the enablers of one goal."""

    id: str
    kind: str
    """`critical-property` or `enabler`."""
    name: str
    short: str
    meaning: str
    question: str
    elements: tuple[str, ...]


class Lens(NamedTuple):
    """One of the ways a reader meets the result, across groups."""

    id: str
    name: str
    question: str
    meaning: str
    elements: tuple[str, ...]


class Angle(NamedTuple):
    id: str
    name: str
    question: str


class PlanningQuestion(NamedTuple):
    """One field of the planning worksheet; its id is the key under `plan`."""

    id: str
    label: str
    question: str
    hint: str
    example: str


class ScreeningQuestion(NamedTuple):
    id: str
    question: str
    example: str
    answers: tuple[str, ...]
    several: bool
    points_to: tuple[str, ...]
    """The elements to look at first when the answer is not "no change"."""


class GovernanceQuestion(NamedTuple):
    """A question on multistakeholder governance, put so that "yes" speaks for it."""

    id: str
    side: str
    """`made` (how the proposal was made) or `governs` (how it would govern)."""
    attribute: str
    sources: tuple[str, ...]
    question: str
    short: str
    hint: str


class Side(NamedTuple):
    id: str
    name: str
    short: str
    question: str


class Attribute(NamedTuple):
    id: str
    name: str
    meaning: str


class Source(NamedTuple):
    """A text that governance questions are drawn from."""

    id: str
    name: str
    short: str
    url: str


class Term(NamedTuple):
    """An entry of the glossary that every brief may draw on."""

    term: str
    definition: str
    match: tuple[str, ...] = ()
    """Other spellings under which a text may use the term."""

    @property
    def spellings(self) -> tuple[str, ...]:
        return (self.term, *self.match)


class Credit(NamedTuple):
    """Who made the method, and what this program is not."""

    name: str
    credit: str
    url: str
    disclaimer: str


SPANISH_I = re.compile(r"h?[ií](?![aeo])", re.IGNORECASE)
"""Where Spanish says “e” for “y”: before the sound of i, and not before that of ia, ie or io."""


class Words(NamedTuple):
    """The words a document uses by itself, in one language."""

    language: str
    labels: Mapping[str, str]
    sentences: Mapping[str, str]
    sections: Mapping[str, str]
    choices: Mapping[str, Mapping[str, str]]
    guidance: Mapping[str, str]
    documents: Mapping[str, Mapping[str, str]]

    def label(self, name: str, **values: object) -> str:
        """A label; raises KeyError for one that the bank doesn't have."""
        return self.labels[name].format(**values)

    def sentence(self, name: str, **values: object) -> str:
        """A whole sentence with its values filled in."""
        return self.sentences[name].format(**values)

    def choice(self, kind: str, value: str) -> str | None:
        """The word for one of a field's choices; None for a value that is no choice."""
        return self.choices[kind].get(value)

    def listed(self, items: "list[str] | tuple[str, ...]") -> str:
        """Several things in one sentence, joined as this language joins them."""
        if len(items) < 2:
            return "".join(items)
        separator, last = self.sentences["list_separator"], self.sentences["list_last"]
        if last == " y " and SPANISH_I.match(items[-1]):
            last = " e "
        return separator.join(items[:-1]) + last + items[-1]


class Toolkit(NamedTuple):
    """Everything that is asked, in one language."""

    id: str
    language: str
    wanted_language: str
    """The language that was asked for; differs from `language` where there are no words in it."""
    groups: tuple[Group, ...]
    elements: Mapping[str, Element]
    lenses: tuple[Lens, ...]
    angles: tuple[Angle, ...]
    ratings: Mapping[str, Rating]
    confidence: Mapping[str, str]
    planning: tuple[PlanningQuestion, ...]
    screening: tuple[ScreeningQuestion, ...]
    sides: tuple[Side, ...]
    attributes: tuple[Attribute, ...]
    sources: Mapping[str, Source]
    governance: tuple[GovernanceQuestion, ...]
    governance_answers: Mapping[str, str]
    screening_answers: Mapping[str, str]
    sections: tuple[str, ...]
    """The ids of a document's sections, in order."""
    methodology: str
    glossary: tuple[Term, ...]
    credit: Credit
    words: Words

    def elements_of(self, group: Group | Lens) -> tuple[Element, ...]:
        return tuple(self.elements[id_] for id_ in group.elements)

    def side(self, side: str) -> tuple[GovernanceQuestion, ...]:
        """The governance questions of one side, in order."""
        return tuple(question for question in self.governance if question.side == side)

    @property
    def goals(self) -> tuple[Group, ...]:
        """The groups of enablers: the goals."""
        return tuple(group for group in self.groups if group.kind == "enabler")

    @property
    def speaks_wanted_language(self) -> bool:
        return _main(self.language) == _main(self.wanted_language)


def _main(language: str) -> str:
    """A language tag without script and region."""
    return language.partition("-")[0].lower()
