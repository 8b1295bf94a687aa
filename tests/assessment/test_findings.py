"""All rules at once: what an author has accepted, the order, the words and the time it takes."""

import time
from pathlib import Path

import pytest

from impactbrief.assessment import Weight, findings, open_assessment
from tests.answer_files import EXAMPLES, assessed, found
from tests.assessment.cases import TODAY, cases, whole

TWO = "assessment:\n  privacy: {impact: negative}\n  integrity: {impact: negative}\n"


def left(ignore: str, code: str = "IB002") -> list[str]:
    """Where a rule still speaks."""
    text = whole(f"{TWO}ignore: [{ignore}]\n")
    return [where for _line, where in found(findings(assessed(text)), code)]


@pytest.mark.parametrize(
    ("ignore", "where"),
    [
        ("{rule: IB001}", ["assessment.privacy.impact", "assessment.integrity.impact"]),
        ("{rule: IB002}", []),
        ("{rule: IB002, where: assessment}", []),
        ("{rule: IB002, where: assessment.privacy}", ["assessment.integrity.impact"]),
        ("{rule: IB002, where: assessment.privacy.impact}", ["assessment.integrity.impact"]),
        ("{rule: IB002, where: assessment.priv}",
         ["assessment.privacy.impact", "assessment.integrity.impact"]),
        ("{rule: IB002, where: privacy}",
         ["assessment.privacy.impact", "assessment.integrity.impact"]),
    ],
)  # fmt: skip
def test_a_gap_is_accepted_by_its_code_and_place(ignore: str, where: list[str]) -> None:
    """A place covers what lies below it, and nothing that only begins with the same letters."""
    assert left(ignore) == where


def test_an_item_of_a_list_is_a_place() -> None:
    """So is everything inside it."""
    text = whole("recommendations: [{to: A}, {to: B}]\nignore: [{rule: IB009, where: %s}]\n")
    for place, expected in (
        ("recommendations[0]", ["recommendations[1]"]),
        ("recommendations", []),
        ("recommendations[1]", ["recommendations[0]"]),
    ):
        file = assessed(text.replace("%s", f"'{place}'"))
        assert [where for _line, where in found(findings(file), "IB009")] == expected


def test_a_problem_is_never_accepted() -> None:
    """It has to be fixed, whatever else its author wrote."""
    text = whole("assessment: {privcay: {impact: none}}\nignore: [{rule: IB102, reason: R.}]\n")
    reported = findings(assessed(text))
    assert found(reported, "IB102") == [(5, "assessment.privcay")]
    assert found(reported, "IB034") == [(6, "ignore[0]")]


def test_an_entry_that_is_used_once_is_used() -> None:
    """Two entries for the same gap: neither is reported as idle."""
    text = whole(
        TWO + "ignore: [{rule: IB002, reason: R.}, {rule: IB002, where: assessment, reason: R.}]\n"
    )
    assert found(findings(assessed(text)), "IB034") == []


def test_a_deadline_accepted_early_is_not_idle_without_a_date() -> None:
    """Where nobody says what day it is, the entry had nothing to match."""
    text = whole("ignore: [{rule: IB012, reason: R.}]\n")
    assert found(findings(assessed(text)), "IB034") == []
    assert found(findings(assessed(text), today=TODAY), "IB034") == [(5, "ignore[0]")]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_finished_examples_have_no_findings(path: Path) -> None:
    """A reader takes them as models. The half-done one shows what `check` has to say."""
    reported = findings(open_assessment(path), today=TODAY)
    if path.stem.startswith("draft-"):
        assert len({item.rule.code for item in reported}) >= 10
        assert all(item.rule.weight is Weight.GAP for item in reported)
    else:
        assert [str(item.problem) for item in reported] == []


def test_findings_come_in_the_order_of_the_lines() -> None:
    """Whoever mends them goes through the file once."""
    for path in EXAMPLES:
        places = [item.problem.place for item in findings(open_assessment(path))]
        assert places == sorted(places)


def test_every_finding_says_what_to_do() -> None:
    """A sentence on what is wrong, a sentence on what to do, and where it is in the data."""
    for case in cases():
        text = case.values[2]  # type: ignore[attr-defined]
        for item in findings(assessed(str(text)), today=TODAY):
            problem = item.problem
            assert problem.what.endswith((".", "”", "?")), problem
            assert problem.hint.endswith((".", "?")), problem
            assert problem.place.line
            assert problem.where
            assert len(problem.what) < 300


def test_very_many_findings_come_in_time() -> None:
    """Twenty thousand misspelt ids take seconds, not minutes."""
    text = "".join(f"  nothing{number}: {{impact: none}}\n" for number in range(5_000))
    parts = ", ".join(f"nothing{number}" for number in range(15_000))
    text = whole(f"assessment:\n{text}goals: {{open: {{parts: [{parts}]}}}}\n")
    begin = time.process_time()
    reported = findings(assessed(text))
    assert time.process_time() - begin < 10
    assert len(found(reported, "IB102")) == 5_000
    assert len(found(reported, "IB104")) == 15_000
