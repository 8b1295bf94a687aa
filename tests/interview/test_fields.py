"""Every field of an answer file is asked for once, in words, and nothing that the format lacks."""

from collections.abc import Iterator
from pathlib import Path as File
from typing import Any

import pytest
from pydantic import BaseModel

from impactbrief.answers import model as shapes
from impactbrief.answers.edits import Remove, apply
from impactbrief.interview import Kind, State
from impactbrief.interview.fields import fields
from impactbrief.yamltext import Path, dotted, read
from tests.answer_files import MINIMAL
from tests.conftest import EXAMPLES
from tests.interview.made import TOOLKIT, interview, steps_of

KEYED: dict[Path, list[str]] = {
    ("document", "headings"): [id_ for id_ in TOOLKIT.sections if id_ != "notes"],
    ("screening",): [question.id for question in TOOLKIT.screening],
    ("assessment",): list(TOOLKIT.elements),
    ("goals",): [group.id for group in TOOLKIT.groups],
    ("governance", "made"): [question.id for question in TOOLKIT.side("made")],
    ("governance", "governs"): [question.id for question in TOOLKIT.side("governs")],
}


def places(annotation: Any, path: Path, seen: tuple[Any, ...]) -> Iterator[Path]:
    """Every place of the model's that holds an answer: a scalar, or a list of scalars."""
    models = [kind for kind in kinds_in(annotation) if issubclass(kind, BaseModel)]
    if not models:
        yield path
        return
    model = models[0]
    if model in seen:
        yield path
        return
    if "list" in str(annotation):
        path = (*path, 0)
    for name, field in model.model_fields.items():
        if (*path, name) != ("impactbrief",):
            yield from places(field.annotation, (*path, name), (*seen, model))
    extra: Any = next(
        (base.__annotations__["__pydantic_extra__"] for base in model.__mro__
         if "__pydantic_extra__" in getattr(base, "__annotations__", {})
         and base.__module__ == shapes.__name__), None,
    )  # fmt: skip
    if extra is not None:
        for id_ in KEYED.get(path, []):
            yield from places(extra.__args__[1], (*path, id_), (*seen, model))


def kinds_in(annotation: Any) -> Iterator[type]:
    if isinstance(annotation, type) and not hasattr(annotation, "__args__"):
        yield annotation
    for part in getattr(annotation, "__args__", ()):
        yield from kinds_in(part)


def test_every_field_of_the_answer_file_has_a_step() -> None:
    """A field that is added to the format and not to the interview fails here."""
    wanted = set(places(shapes.Answers, (), ()))
    assert len(wanted) > 900
    asked = {step.path for step in steps_of(interview(MINIMAL))}
    missing = {dotted(path) for path in wanted - asked}
    assert missing == set()


def test_no_step_leads_to_what_the_format_does_not_have() -> None:
    """The other way round; only CSL's own keys go beyond the model."""
    wanted = set(places(shapes.Answers, (), ()))
    for step in steps_of(interview(MINIMAL)):
        if step.path[0] == "references" and len(step.path) > 2:
            continue
        prefix = step.path
        assert any(path[: len(prefix)] == prefix for path in wanted), step.id


def test_every_path_is_asked_once() -> None:
    """Two steps for one answer would show two states of it."""
    paths = [step.path for topic in interview(MINIMAL).topics for step in topic.steps]
    assert len(paths) == len(set(paths))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_every_value_of_the_examples_belongs_to_a_step(example: File) -> None:
    """Nothing that somebody wrote is out of the interview's reach."""
    text = example.read_text(encoding="utf-8")
    made = interview(text)
    known = {step.path for topic in made.topics for step in topic.steps}
    assert not [step.id for topic in made.topics for step in topic.steps if step.kind is Kind.OTHER]

    def reach(value: Any, path: Path) -> None:
        if path in known or (path and str(path[-1]).startswith("x-")):
            return
        assert isinstance(value, dict), dotted(path)
        for key, inner in value.items():
            reach(inner, (*path, key))

    held = dict(read(text).value)  # type: ignore[arg-type]
    del held["impactbrief"]
    reach(held, ())


def test_what_nobody_knows_can_be_reached_too() -> None:
    """Misspelt keys and unknown ids stand in the settings, can be read and taken away."""
    text = MINIMAL + "asessment: {privacy: {impact: none}}\nassessment: {privcy: {impact: none}}\n"
    text = text.replace("{title: A brief}", "{title: A brief, autors: [Ada]}")
    made = interview(text)
    settings = made.topic("settings")
    strays = {step.id: step for step in settings.steps if step.kind is Kind.OTHER}
    assert set(strays) == {"asessment", "assessment.privcy", "document.autors"}
    assert settings.state is State.CHECK
    assert "Ada" in strays["document.autors"].question
    after = apply(text, Remove(strays["document.autors"].path))
    assert "autors" not in after


def test_what_a_reference_says_beyond_the_usual_is_asked_for() -> None:
    """CSL has many keys: those that are there can be changed."""
    text = MINIMAL + "references: [{id: a, genre: RFC, editor: [{family: B}], custom: {x: 1}}]\n"
    made = interview(text)
    steps = {str(step.path[-1]): step for step in made.entry(made.topic("references").steps[0], 0)}
    assert steps["genre"].kind is Kind.LINE
    assert made.shown(steps["editor"]) == "B"
    assert steps["custom"].kind is Kind.OTHER


def test_every_question_has_words() -> None:
    """A title and a question, and for lists the name of one entry."""
    for step in steps_of(interview(MINIMAL)):
        assert step.title, step.id
        assert step.question, step.id
        assert step.kind is not Kind.ENTRIES or (step.of and step.one), step.id
    for model, asked in fields().items():
        assert len({field.name for field in asked}) == len(asked), model


def test_what_is_private_says_so() -> None:
    """The steps whose answers never reach a document are marked."""
    for step in steps_of(interview(MINIMAL)):
        private = (
            "notes" in step.path
            or step.path[0] in ("screening", "ignore")
            or (step.path[0] == "plan" and step.path[1] != "issue")
            or step.path[-1] in ("owner", "email")
            or (step.path[0] == "assessment" and step.path[-1] == "status")
        )
        inner = len([part for part in step.path if isinstance(part, int)])
        if step.path[0] in ("plan", "ignore") and inner:
            continue  # said by the list itself
        assert step.private is private, step.id
