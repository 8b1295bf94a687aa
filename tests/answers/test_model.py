"""The answer file's shape: every key of the format has its place, and nothing is lost."""

from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from impactbrief.answers import model
from impactbrief.answers.file import read_answers
from impactbrief.answers.model import Answers
from impactbrief.shape import Entry, Keyed, Unfit
from impactbrief.yamltext import Spelled, Value
from tests.answer_files import GOOD, MINIMAL, answers

WHOLE = next(path for path in GOOD if path.stem == "whole")


def leaves(value: Value, here: tuple[str | int, ...] = ()) -> Iterator[tuple[Any, str]]:
    """Every scalar of a YAML value with its path."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, (*here, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from leaves(item, (*here, index))
    elif value is not None:
        yield here, value


def at(found: Any, path: tuple[str | int, ...]) -> Any:
    """What a model holds at a path of the file."""
    for step in path:
        if isinstance(found, BaseModel):
            extra = found.__pydantic_extra__ or {}
            found = extra[str(step)] if step in extra else getattr(found, str(step))
        elif isinstance(found, str):
            break  # a bare id that stands for an entry
        else:
            found = found[step]
    return found


def test_every_value_of_the_format_arrives() -> None:
    """The whole format by example: what stands in the file stands in the model, word for word."""
    file = read_answers(WHOLE)
    for path, value in leaves(file.yaml.value):
        if any(str(step).startswith("x-") for step in path):
            continue
        held = at(file.answers, path)
        if isinstance(held, model.Evidence):
            held = held.id
        if isinstance(held, list):
            [held] = held
        expected = value.value if isinstance(held, bool | int) else value  # type: ignore[attr-defined]
        assert held == expected, path


def test_every_key_of_the_format_stands_in_the_example() -> None:
    """A key that is added to the model and not to the example would go untested."""
    used: dict[type, set[str]] = {}

    def walk(found: Any) -> None:
        if isinstance(found, BaseModel):
            used.setdefault(type(found), set()).update(found.model_fields_set)
            for name in type(found).model_fields:
                walk(getattr(found, name))
            for item in (found.__pydantic_extra__ or {}).values():
                walk(item)
        elif isinstance(found, list):
            for item in found:
                walk(item)

    for path in GOOD:
        walk(read_answers(path).answers)
    shapes = [shape for shape in vars(model).values()
              if isinstance(shape, type) and issubclass(shape, Entry)]  # fmt: skip
    abstract = {Entry, Keyed, model.Noted, model.KeyedNoted, model.Finding}
    missing = {
        f"{shape.__name__}.{name}"
        for shape in shapes
        if shape not in abstract
        for name in shape.model_fields
        if name not in used.get(shape, set())
    }
    assert missing <= EMPTY_IN_THE_EXAMPLES


EMPTY_IN_THE_EXAMPLES = {
    "Document.subtitle", "Document.revised", "Document.editors_note", "Sections.methodology",
    "Sections.acknowledgements", "Sections.disclaimer", "Angles.consumer", "Angles.intermediary",
    "Angles.compliance", "ElementAnswer.depends_on", "GoalAnswer.depends_on",
    "GoalAnswer.confidence", "GoalAnswer.effect_on_people", "GoalAnswer.evidence",
    "GoalAnswer.mitigation", "GoalAnswer.parts", "Recommendation.wording", "Step.owner",
    "Person.suffix", "TeamMember.skill",
}  # fmt: skip
"""Keys that the corpus leaves empty; all of them are plain text or lists like their neighbours."""


@pytest.mark.parametrize(
    ("written", "held"),
    [
        ("affiliation: One", ["One"]),
        ("affiliation: [One, Two]", ["One", "Two"]),
        ("affiliation: 2020", ["2020"]),
        ("affiliation: ~", []),
    ],
)
def test_one_affiliation_may_stand_without_brackets(written: str, held: list[str]) -> None:
    """A person has one employer more often than two."""
    file = answers(MINIMAL.replace("A brief}", f"A, authors: [{{name: Ada, {written}}}]}}"))
    assert file.problems == ()
    assert file.answers.document.authors[0].affiliation == held


def test_evidence_may_be_a_bare_id() -> None:
    """Most evidence needs no more than its reference."""
    file = answers(
        MINIMAL + "assessment: {privacy: {evidence: [a, {id: b, locator: p. 4}, 2016]}}\n"
    )
    privacy = file.answers.assessment.get("privacy")
    assert privacy is not None
    assert [(item.id, item.locator) for item in privacy.evidence] == [
        ("a", None), ("b", "p. 4"), ("2016", None)
    ]  # fmt: skip


def test_what_does_not_fit_can_be_told_from_what_does() -> None:
    """Front ends mark it; a rule doesn't complain of it twice."""
    file = answers(MINIMAL + "assessment: {privacy: {impact: awful, confidence: high}}\n")
    privacy = file.answers.assessment.get("privacy")
    assert privacy is not None
    assert isinstance(privacy.impact, Unfit)
    assert not isinstance(privacy.confidence, Unfit)


def test_ids_that_are_words_of_the_program_are_only_ids() -> None:
    """An id that is also a name in the code reads like any other."""
    for id_ in ("copy", "model_dump", "get", "items", "__class__", "model_fields"):
        file = answers(MINIMAL + f"assessment: {{{id_}: {{impact: none}}}}\n")
        assert [key for key, _answer in file.answers.assessment.items()] == [id_]


def test_the_answers_can_not_be_changed_in_place() -> None:
    """Every change is an edit of the file's text, never of its model."""
    held: Answers = answers(MINIMAL).answers
    with pytest.raises(Exception, match="frozen"):
        held.language = "fr"  # type: ignore[misc]


def test_a_number_keeps_its_spelling() -> None:
    """`Spelled` is text everywhere that text is wanted."""
    assert answers(MINIMAL.replace("A brief", "1.50")).answers.document.title == Spelled("1.50")
