"""The shape of a question bank's files: `bank.yaml` and `words/<language>.yaml`.

Structure (ids, order, groups, lenses) stands apart from words, so a translation is one file.
`docs/question-banks.md` documents the shape for somebody who makes a bank of their own.
"""

from typing import Annotated, Any, ClassVar

from impactbrief.shape import Boolean, Choice, Entry, Id, Integer, Keyed, Text

BANK_FORMAT = 1
"""The newest format of a question bank that this version reads."""


class RatingShape(Entry):
    id: Id
    glyph: Text
    ascii: Text
    tone: Annotated[str, Choice(("negative", "positive", "neutral", "open"))]
    strength: Integer


class GroupShape(Entry):
    id: Id
    kind: Annotated[str, Choice(("critical-property", "enabler"))]
    elements: list[Id]


class ElementShape(Entry):
    lenses: list[Id] = []


class ElementShapes(Keyed):
    __pydantic_extra__: dict[str, ElementShape]


class ScreeningShape(Entry):
    id: Id
    answers: list[Id]
    several: Boolean = False
    points_to: list[Id]


class GovernanceQuestionShape(Entry):
    id: Id
    attribute: Id
    sources: list[Id] = []


class GovernanceShape(Entry):
    attributes: list[Id]
    sources: list[Id]
    made: list[GovernanceQuestionShape]
    governs: list[GovernanceQuestionShape]


class BankFile(Entry):
    """`bank.yaml`: what is asked, in which order, and what belongs to what."""

    bank: Integer
    id: Id
    languages: list[Text]
    lenses: list[Id]
    groups: list[GroupShape]
    elements: ElementShapes
    angles: list[Id]
    ratings: list[RatingShape]
    confidence: list[Id]
    planning: list[Text]
    screening: list[ScreeningShape] = []
    governance: GovernanceShape
    sections: list[Id]


class ExampleWords(Entry):
    proposal: Text
    impact: Text
    effect_on_internet: Text
    effect_on_people: Text


class ElementWords(Entry):
    name: Text
    short: Text
    meaning: Text
    benefit: Text
    summary: Text
    questions: list[Text]
    example: ExampleWords
    strongly_negative: Text
    strongly_positive: Text


class NamedWords(Entry):
    """A name and what it means; which of the rest is given depends on what is named."""

    headline: ClassVar[str] = "name"
    name: Text
    short: Text = ""
    meaning: Text = ""
    question: Text = ""
    help: Text = ""
    url: Text = ""


class Names(Keyed):
    __pydantic_extra__: dict[str, NamedWords]


class ElementsWords(Keyed):
    __pydantic_extra__: dict[str, ElementWords]


class QuestionWords(Entry):
    question: Text
    label: Text = ""
    short: Text = ""
    hint: Text = ""
    example: Text = ""


class Questions(Keyed):
    __pydantic_extra__: dict[str, QuestionWords]


class Sides(Entry):
    made: Questions
    governs: Questions


class GovernanceWords(Entry):
    sides: Names
    attributes: Names
    sources: Names
    answers: Names
    questions: Sides


class Phrases(Keyed):
    __pydantic_extra__: dict[str, Text]


class PhraseBook(Keyed):
    __pydantic_extra__: dict[str, Phrases]


class TermWords(Entry):
    term: Text
    definition: Text
    match: list[Text] = []


class ToolkitWords(Entry):
    name: Text
    credit: Text
    url: Text
    disclaimer: Text
    method: Text = ""


class WordsFile(Entry):
    """`words/<language>.yaml`: the words for everything in `bank.yaml`.

    The words of the documents themselves (`labels`, `sentences`, `sections`, `choices`,
    `documents`, `guidance`) may be left out of a bank of one's own; those of the bank that ships
    stand in.
    """

    words: Integer
    language: Text
    name: Text
    toolkit: ToolkitWords
    planning: Questions
    screening: Questions = Questions()
    screening_answers: Phrases = Phrases()
    groups: Names
    elements: ElementsWords
    angles: Names
    lenses: Names
    ratings: Names
    confidence: Names
    governance: GovernanceWords
    guidance: Phrases = Phrases()
    choices: PhraseBook = PhraseBook()
    sections: Phrases = Phrases()
    documents: PhraseBook = PhraseBook()
    labels: Phrases = Phrases()
    sentences: Phrases = Phrases()
    methodology: Text
    glossary: list[TermWords] = []


def by_id(holder: Entry) -> dict[str, Any]:
    """What a mapping of ids holds, by id."""
    return dict(holder.__pydantic_extra__ or {}) if isinstance(holder, Keyed) else {}
