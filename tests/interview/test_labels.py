"""Answers in words: as they are written, shown and listed, and what a change is called."""

from typing import Any

from impactbrief.answers.edits import Remove, Set, apply, lookup
from impactbrief.answers.file import parse
from impactbrief.interview import Kind, label, place
from impactbrief.yamltext import Path, dotted, read
from tests.answer_files import MINIMAL
from tests.interview.made import TOOLKIT, interview, steps_of


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
