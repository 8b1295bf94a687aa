"""Choices: ratings with their keys, words that the format takes, what other answers hold."""

from impactbrief.answers.edits import Set, apply
from impactbrief.answers.file import parse
from impactbrief.interview import Kind
from tests.answer_files import MINIMAL
from tests.interview.made import interview, steps_of


def test_eleven_ratings_have_eleven_keys() -> None:
    """1 to 9, 0 and -, each with a mark, a word and a meaning."""
    choices = interview(MINIMAL).topic("privacy").main[0].choices
    assert "".join(choice.key for choice in choices) == "1234567890-"
    assert all(choice.glyph and choice.ascii.isascii() and choice.word for choice in choices)
    assert all(choice.meaning and choice.tone for choice in choices)


def test_choices_are_those_of_the_format() -> None:
    """Each fixed choice is a value that its field takes."""
    made = interview(MINIMAL)
    for step in steps_of(made):
        if step.kind not in (Kind.CHOICE, Kind.RATING) or step.free:
            continue
        assert step.choices, step.id
        assert len({choice.key for choice in step.choices if choice.key}) == sum(
            bool(choice.key) for choice in step.choices
        )
        if any(isinstance(part, int) for part in step.path):
            continue
        for choice in step.choices:
            text = apply(MINIMAL, Set(step.path, choice.value))
            assert parse(text.encode()).problems == (), (step.id, choice.value)


def test_sources_parts_and_reasons_are_offered() -> None:
    """What other answers hold can be picked."""
    text = MINIMAL.replace("{name: A proposal}", "{name: x, parts: [{id: a-1, label: Article 1}]}")
    made = interview(text + "references: [{id: kt, title: Notice}]\n")
    evidence = made.entry(made.topic("privacy").main[3], 0)[0]
    assert [(choice.value, choice.meaning) for choice in evidence.choices] == [("kt", "Notice")]
    parts = next(step for step in made.topic("privacy").more if step.path[-1] == "parts")
    assert [(choice.value, choice.word) for choice in parts.choices] == [("a-1", "Article 1")]
    because = made.entry(made.topic("recommendations").main[0], 0)[3]
    values = {choice.value for choice in because.choices}
    assert {"privacy", "trustworthy", "overall", "made.text-public"} <= values


def test_an_id_is_suggested() -> None:
    """A part's id from its label, one that no other part has."""
    text = MINIMAL.replace(
        "{name: A proposal}", "{name: x, parts: [{id: article-3}, {label: Article 3}]}"
    )
    made = interview(text)
    step = made.topic("parts").main[0]
    assert made.suggestion(made.entry(step, 1)[1]) == "article-3-2"
    assert made.suggestion(made.entry(step, 0)[1]) == ""
