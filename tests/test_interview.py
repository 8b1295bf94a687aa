"""Every question of an answer file, in the order in which people answer them."""

import unicodedata
from collections.abc import Iterator
from pathlib import Path as File
from typing import Any

import pytest
from pydantic import BaseModel

from impactbrief.answers import model as shapes
from impactbrief.answers.edits import Remove, Set, apply, lookup
from impactbrief.answers.file import parse
from impactbrief.assessment import assess, findings, progress
from impactbrief.interview import Interview, Kind, Spot, State, Step, label, place
from impactbrief.interview.fields import fields
from impactbrief.toolkit.load import load
from impactbrief.yamltext import Path, dotted, read, undotted
from tests.conftest import EXAMPLES

MINIMAL = "impactbrief: 1\ndocument: {title: A brief}\nproposal: {name: A proposal}\n"
TOOLKIT = load()


def interview(text: str, *, find: bool = False) -> Interview:
    file = parse(text.encode(), name="brief.yaml", path=File("brief.yaml"))
    assessment = assess(TOOLKIT, file)
    return Interview(TOOLKIT, assessment, findings(assessment) if find else ())


def steps_of(made: Interview) -> Iterator[Step]:
    """Every step, with those of one entry of each list."""

    def inside(step: Step, seen: tuple[Any, ...] = ()) -> Iterator[Step]:
        yield step
        if step.kind is Kind.ENTRIES and step.of not in seen:
            for inner in made.entry(step, 0):
                yield from inside(inner, (*seen, step.of))

    for topic in made.topics:
        for step in topic.steps:
            yield from inside(step)


# Everything can be reached --------------------------------------------------------------------

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


# Topics and steps -----------------------------------------------------------------------------


def test_the_topics_come_in_the_order_of_the_work() -> None:
    """The proposal first, the elements by group, governance, then writing and review."""
    topics = [topic.id for topic in interview(MINIMAL).topics]
    assert topics[:6] == ["document", "plan", "proposal", "parts", "stakeholders", "screening"]
    assert topics[6:21] == list(TOOLKIT.elements)
    assert topics[21:23] == ["overall", "goals"]
    assert [topic.partition("-")[0] for topic in topics[23:31]] == ["made"] * 4 + ["governs"] * 4
    assert topics[31:] == [
        "sections", "recommendations", "references", "glossary", "annexes", "notes", "headings",
        "settings", "review",
    ]  # fmt: skip


def test_an_element_asks_four_things_first() -> None:
    """Rating, how, people, evidence; everything else stands behind "more"."""
    topic = interview(MINIMAL).topic("privacy")
    assert [step.path[-1] for step in topic.main] == [
        "impact", "effect_on_internet", "effect_on_people", "evidence",
    ]  # fmt: skip
    assert {str(step.path[-1]) for step in topic.more} >= {
        "confidence", "depends_on", "consumer", "compliance", "parts", "cases", "mitigation",
        "owner", "status", "notes",
    }  # fmt: skip
    rating = topic.main[0]
    assert rating.asks == TOOLKIT.elements["privacy"].questions
    assert topic.main[1].example == TOOLKIT.elements["privacy"].example.effect_on_internet


def test_what_it_depends_on_is_asked_where_it_matters() -> None:
    """With “It depends” or “Mixed” that question stands among the first."""
    for rating, first in (("depends", True), ("mixed", True), ("negative", False)):
        made = interview(f"{MINIMAL}assessment: {{privacy: {{impact: {rating}}}}}\n")
        asked = [step.path[-1] for step in made.topic("privacy").main]
        assert ("depends_on" in asked) is first


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


def test_names_fit_an_outline() -> None:
    """At most 22 terminal cells."""
    for topic in interview(MINIMAL).topics:
        cells = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in topic.short)
        assert cells <= 22, topic.short


def test_every_question_has_words() -> None:
    """A title and a question, and for lists the name of one entry."""
    for step in steps_of(interview(MINIMAL)):
        assert step.title, step.id
        assert step.question, step.id
        assert step.kind is not Kind.ENTRIES or (step.of and step.one), step.id
    for model, asked in fields().items():
        assert len({field.name for field in asked}) == len(asked), model


def test_the_screening_carries_over() -> None:
    """A topic that an answer points to says so."""
    made = interview(MINIMAL + "screening: {personal-data: {answer: harder}}\n")
    assert "Harder" in made.topic("privacy").aside
    assert made.topic("integrity").aside == ""
    none = interview(MINIMAL + "screening: {personal-data: {answer: no-change}}\n")
    assert none.topic("privacy").aside == ""


# States ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_elements_are_counted_as_status_counts_them(example: File) -> None:
    """The wizard and `status` never disagree."""
    made = interview(example.read_text(encoding="utf-8"))
    counts = progress(made.assessment)
    for group in made.groups:
        if group.id in counts and group.topics[0].rating is not None:
            done = sum(made.assessment.by_id[topic.id].state == "done" for topic in group.topics)
            assert (group.done, group.total) == (done, len(group.topics))
            assert (counts[group.id].done, counts[group.id].total) == (group.done, group.total)


def test_an_empty_brief_is_open_and_a_finished_one_done() -> None:
    """Nothing counts before it is answered."""
    empty = interview(MINIMAL)
    assert (empty.count.done, empty.count.total) == (0, 30)
    korea = next(path for path in EXAMPLES if path.stem == "korea-interconnection")
    full = interview(korea.read_text(encoding="utf-8"))
    open_ones = [t.id for t in full.topics if t.counts and t.state is not State.DONE]
    assert full.count.done == 30, open_ones
    assert full.next_open() is None


def test_a_problem_marks_its_step_and_its_topic() -> None:
    """CHECK, with the words and the way out; a gap doesn't."""
    text = MINIMAL.replace("A brief}", "A brief, date: soon}") + (
        "assessment: {privacy: {impact: negativ, parts: [nowhere]}}\n"
    )
    made = interview(text, find=True)
    for topic, name in (("document", "date"), ("privacy", "impact"), ("privacy", "parts")):
        step = next(s for s in made.topic(topic).steps if s.path[-1] == name)
        assert step.state is State.CHECK, step.id
        assert step.problems[0].what
        assert made.topic(topic).state is State.CHECK
    assert made.topic("integrity").state is State.OPEN


def test_marks_are_told_apart_without_colour() -> None:
    """By glyph, by ASCII and by word."""
    for told in ([s.glyph for s in State], [s.ascii for s in State], [s.word for s in State]):
        assert len(set(told)) == len(State)


# Ways -----------------------------------------------------------------------------------------


def test_next_open_goes_round_once() -> None:
    """From anywhere to the next question that is expected and open, and back to the start."""
    made = interview(MINIMAL)
    spot = made.next_open()
    assert spot is not None
    assert spot.step is not None
    assert spot.step.id == "document.date"
    seen = [spot.step.path]
    again: Path = ()
    for _round in range(400):
        spot = made.next_open(spot)
        assert spot is not None
        assert spot.step is not None
        again = spot.step.path
        if again in seen:
            break
        seen.append(again)
    assert seen[0] == again
    assert ("assessment", "privacy", "impact") in seen
    assert ("plan", "issue") not in seen


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_every_finding_leads_somewhere(example: File) -> None:
    """Enter on a finding goes to a step or to a topic."""
    made = interview(example.read_text(encoding="utf-8"))
    for finding in findings(made.assessment):
        where = finding.problem.where
        assert not where or made.find(where) is not None, where


@pytest.mark.parametrize(
    ("where", "topic", "step"),
    [
        ("assessment.privacy.impact", "privacy", "assessment.privacy.impact"),
        ("assessment.privacy", "privacy", "assessment.privacy.impact"),
        ("assessment.privacy.evidence[1].shows", "privacy", "assessment.privacy.evidence[1].shows"),
        ("assessment.privacy.angles.consumer", "privacy", "assessment.privacy.angles.consumer"),
        ("document.authors[0].affiliation[2]", "document", "document.authors[0].affiliation"),
        ("references[3].title", "references", "references[3].title"),
        ("references[3].notes[1].text", "references", "references[3].notes[1].text"),
        ("governance.made.text-public", "made-inclusiveness-and-transparency",
         "governance.made.text-public.answer"),
        ("screening.joining.answer", "screening", "screening.joining.answer"),
        ("proposal.parts[2].id", "parts", "proposal.parts[2].id"),
        ("document.headings.abstract", "headings", "document.headings.abstract"),
        ("language", "settings", "language"),
    ],
)  # fmt: skip
def test_a_place_finds_its_step(where: str, topic: str, step: str) -> None:
    """Inside lists too."""
    spot = interview(MINIMAL).find(where)
    assert isinstance(spot, Spot)
    assert spot.step is not None
    assert (spot.topic.id, spot.step.id) == (topic, step)
    assert undotted(where)[: len(spot.step.path)] == spot.step.path or len(spot.step.path) > len(
        undotted(where)
    )


def test_notes_go_beside_the_answer() -> None:
    """Each step knows where a private note on it belongs."""
    made = interview(MINIMAL)
    expected = {
        "assessment.privacy.impact": ("assessment", "privacy", "notes"),
        "document.authors": ("document", "notes"),
        "language": ("notes",),
        "references[0].title": ("references", 0, "notes"),
        "recommendations": ("notes",),
    }
    for where, notes in expected.items():
        spot = made.find(where)
        assert spot is not None
        assert spot.step is not None
        assert spot.step.notes == notes


# Answers --------------------------------------------------------------------------------------


def test_answers_are_written_as_people_write_them() -> None:
    """A year without quotes, a list of words, prose as a block; nothing clears."""
    made = interview(MINIMAL)

    def text_after(where: str, value: Any) -> str:
        spot = made.find(where)
        assert spot is not None
        assert spot.step is not None
        return apply(MINIMAL, made.answer(spot.step, value))

    assert "date: 2022}" in text_after("document.date", "2022")
    assert "date: 2022-05}" in text_after("document.date", " 2022-05 ")
    after = text_after("sections.context", "One\r\ntwo")
    assert lookup(read(after).value, ("sections", "context")) == "One\ntwo\n"
    after = text_after("document.keywords", [" a ", "", "b\nc"])
    assert lookup(read(after).value, ("document", "keywords")) == ["a", "b c"]
    for where, nothing in (("document.title", " "), ("document.keywords", []), ("overall", None)):
        after = text_after(where, nothing)
        assert parse(after.encode()).answers.overall is None
    assert text_after("document.subtitle", "") == MINIMAL


def test_values_are_shown_in_words() -> None:
    """Choices by their names, entries in a line, dates of CSL as dates."""
    made = interview(
        MINIMAL.replace("A brief}", "A brief, status: final, authors: [{name: Ada, role: Lead}]}")
        + "assessment: {privacy: {impact: negative, evidence: [kt, {id: a, locator: p. 4}]}}\n"
        "references: [{id: a, issued: {date-parts: [[2020, 4, 1]]}}]\n"
    )

    def shown(where: str) -> str:
        spot = made.find(where)
        assert spot is not None
        assert spot.step is not None
        return made.shown(spot.step)

    assert shown("document.status") == "Final"
    assert shown("document.authors") == "Ada – Lead"
    assert shown("assessment.privacy.impact") == "Negative"
    assert shown("assessment.privacy.evidence") == "kt; a – p. 4"
    assert shown("references[0].issued") == "2020-04-01"
    assert shown("document.subtitle") == ""


def test_a_part_is_listed_by_what_readers_know_of_it() -> None:
    """Its number and its heading, not the id that was made of them; evidence by its source."""
    text = MINIMAL.replace(
        "{name: A proposal}", "{name: x, parts: [{label: Article 3, id: article-3, title: Duties}]}"
    )
    made = interview(text + "assessment: {privacy: {evidence: [{id: kt, locator: p. 4}]}}\n")
    assert made.entries(made.topic("parts").main[0]) == ("Article 3 – Duties",)
    assert made.entries(made.topic("privacy").main[3]) == ("kt – p. 4",)


def test_an_id_is_suggested() -> None:
    """A part's id from its label, one that no other part has."""
    text = MINIMAL.replace(
        "{name: A proposal}", "{name: x, parts: [{id: article-3}, {label: Article 3}]}"
    )
    made = interview(text)
    step = made.topic("parts").main[0]
    assert made.suggestion(made.entry(step, 1)[1]) == "article-3-2"
    assert made.suggestion(made.entry(step, 0)[1]) == ""


def test_every_change_has_a_name() -> None:
    """Undo says what it takes back, in words and not in keys."""
    for step in steps_of(interview(MINIMAL)):
        if step.kind is Kind.OTHER or step.path[:1] == ("references",):
            continue
        named = label(TOOLKIT, Set(step.path, "x"))
        assert "_" not in named, (step.id, named)
        assert len(step.path) == 1 or dotted(step.path) not in named, (step.id, named)
    path: Path = ("assessment", "common-identifiers")
    assert label(TOOLKIT, Set((*path, "impact"), "none")) == "Rate Common global identifiers"
    assert label(TOOLKIT, Remove(("stakeholders", 2))) == "Remove from Stakeholders"
    assert place(TOOLKIT, (*path, "effect_on_people")) == "Common global identifiers: People"


def test_nobody_has_to_plan_first() -> None:
    """The plan is offered on one page between the brief and its proposal; the walk passes it by."""
    made = interview(MINIMAL)
    plan = made.topic("plan")
    assert not plan.main
    assert {str(step.path[1]) for step in plan.more} >= {"issue", "audience", "outputs"}
    assert not plan.counts
    assert all(spot.step is None or spot.topic.id != "plan" for spot in made.walk())
