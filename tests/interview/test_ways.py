"""The ways through the interview: on to what is open, and from a place to its step."""

from pathlib import Path as File

import pytest

from impactbrief.assessment import findings
from impactbrief.interview import Spot
from impactbrief.yamltext import Path, undotted
from tests.answer_files import MINIMAL
from tests.conftest import EXAMPLES
from tests.interview.made import interview


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
