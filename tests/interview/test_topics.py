"""The topics: their order, what each asks first, and how far it is."""

import unicodedata
from pathlib import Path as File

import pytest

from impactbrief.assessment import progress
from impactbrief.interview import State
from tests.answer_files import MINIMAL
from tests.conftest import EXAMPLES
from tests.interview.made import TOOLKIT, interview


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


def test_names_fit_an_outline() -> None:
    """At most 22 terminal cells."""
    for topic in interview(MINIMAL).topics:
        cells = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in topic.short)
        assert cells <= 22, topic.short


def test_the_screening_carries_over() -> None:
    """A topic that an answer points to says so."""
    made = interview(MINIMAL + "screening: {personal-data: {answer: harder}}\n")
    assert "Harder" in made.topic("privacy").aside
    assert made.topic("integrity").aside == ""
    none = interview(MINIMAL + "screening: {personal-data: {answer: no-change}}\n")
    assert none.topic("privacy").aside == ""


def test_nobody_has_to_plan_first() -> None:
    """The plan is offered on one page between the brief and its proposal; the walk passes it by."""
    made = interview(MINIMAL)
    plan = made.topic("plan")
    assert not plan.main
    assert {str(step.path[1]) for step in plan.more} >= {"issue", "audience", "outputs"}
    assert not plan.counts
    assert all(spot.step is None or spot.topic.id != "plan" for spot in made.walk())


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
