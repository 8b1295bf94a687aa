"""What was found, in the words of the forms: no key and no path of the file reaches a screen."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from impactbrief.assessment import findings, open_assessment
from impactbrief.errors import ImpactBriefError, Problem
from impactbrief.interview import Interview
from tests.answer_files import BROKEN, EXAMPLES, GOOD


def on_screen(path: Path) -> Iterator[Problem]:
    """Every problem and gap of a file, as front ends say it."""
    assessment = open_assessment(path)
    found = findings(assessment)
    interview = Interview(assessment.toolkit, assessment, found)
    for finding in found:
        yield interview.on_screen(finding.problem)


@pytest.mark.parametrize("path", [*BROKEN, *GOOD, *EXAMPLES], ids=lambda path: path.stem)
def test_no_key_of_the_file_is_named_on_the_screen(path: Path) -> None:
    """Whoever answers questions never saw the file: what is said has no keys and no paths."""
    try:
        said = list(on_screen(path))
    except ImpactBriefError:
        return  # a file that can't be opened is told by its lines
    for problem in said:
        told = re.sub(r"^“[^”]*” is not|“[^”]*” is the id", "", problem.what) + problem.hint
        assert "`" not in told
        assert not re.search(r"[a-z]_[a-z]|\w\[\d|“\w+[.]\w+”|key: ", told), told


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("assessment: {privacy: {impact: negative, effect_on_internet: It does.}}",
         "Add “People”: who notices"),
        ("assessment: {privacy: {impact: strongly_negative}}", "Did you mean “Strongly negative”?"),
        ("goals: {open: {impact: negative}}", "Give the reasons in “Summary”."),
        ("proposal: {name: A, parts: [{id: a, text: It says.}]}",
         "Name its source in “Source” or “Web address”."),
        ("overall: {impact: depends}", "Add “Depends on”: when does it help"),
        ("sections: {abstract: '[@nobody]'}", "Add the reference to “References”"),
        ("document: {title: A, date: soon}", "“soon” is not a date. Write a year"),
        ("document: {title: A, authors: Ada}", "correct line 2 of the file in an editor."),
        ("", "Rate it; if it is outside this brief, choose “Not assessed”."),
    ],
)  # fmt: skip
def test_what_is_found_names_what_the_forms_show(tmp_path: Path, text: str, said: str) -> None:
    """Titles of fields and words of choices, where the file's own words would be keys and ids."""
    path = tmp_path / "brief.yaml"
    head = {"document": "document: {title: A}", "proposal": "proposal: {name: A}"}
    kept = [line for key, line in head.items() if not text.startswith(f"{key}:")]
    path.write_text("\n".join(["impactbrief: 1", text, *kept]))
    assert any(said in f"{problem.what} {problem.hint}" for problem in on_screen(path))
