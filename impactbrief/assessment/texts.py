"""Every prose field of an answer file that a document prints, with its place in the file.

The one list of what is Markdown. Findings read it to know what is cited and what is illustrated;
nothing private is in it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from impactbrief.answers.model import Answers, Finding
from impactbrief.prose import Prose, parse
from impactbrief.yamltext import Path


@dataclass(frozen=True)
class PrintedText:
    """One prose field."""

    path: Path
    text: str

    @cached_property
    def prose(self) -> Prose:
        return parse(self.text)


def printed_texts(answers: Answers) -> Iterator[PrintedText]:
    """The prose fields that hold something, in the order of the file."""
    for path, text in _fields(answers):
        if text and text.strip():
            yield PrintedText(path, text)


def _fields(answers: Answers) -> Iterator[tuple[Path, str | None]]:
    yield ("document", "editors_note"), answers.document.editors_note
    yield ("plan", "issue"), answers.plan.printed_issue
    proposal = answers.proposal
    for name in ("status_note", "aims", "mechanism"):
        yield ("proposal", name), getattr(proposal, name)
    for index, part in enumerate(proposal.parts):
        for name in ("text", "summary"):
            yield ("proposal", "parts", index, name), getattr(part, name)
    sections = answers.sections
    for name in ("abstract", "methodology", "context"):
        yield ("sections", name), getattr(sections, name)
    for index, text in enumerate(sections.assumptions):
        yield ("sections", "assumptions", index), text
    for name in ("conclusion", "acknowledgements", "disclaimer"):
        yield ("sections", name), getattr(sections, name)
    for index, stakeholder in enumerate(answers.stakeholders):
        yield ("stakeholders", index, "interest"), stakeholder.interest
    for id_, element in answers.assessment.items():
        here: Path = ("assessment", id_)
        yield (*here, "effect_on_internet"), element.effect_on_internet
        yield from _finding(here, element)
        for angle in type(element.angles).model_fields:
            if angle != "notes":
                yield (*here, "angles", angle), getattr(element.angles, angle)
        for index, case in enumerate(element.cases):
            yield (*here, "cases", index, "reason"), case.reason
    for id_, goal in answers.goals.items():
        yield ("goals", id_, "summary"), goal.summary
        yield from _finding(("goals", id_), goal)
    if answers.overall:
        yield ("overall", "summary"), answers.overall.summary
        yield from _finding(("overall",), answers.overall)
    for side in ("made", "governs"):
        for id_, answer in answers.governance.side(side).items():
            here = ("governance", side, id_)
            yield (*here, "explanation"), answer.explanation
            for index, evidence in enumerate(answer.evidence):
                yield (*here, "evidence", index, "shows"), evidence.shows
    for index, recommendation in enumerate(answers.recommendations):
        for name in ("text", "wording"):
            yield ("recommendations", index, name), getattr(recommendation, name)
    for index, entry in enumerate(answers.glossary):
        yield ("glossary", index, "definition"), entry.definition
    for index, annex in enumerate(answers.annexes):
        yield ("annexes", index, "body"), annex.body


def _finding(here: Path, finding: Finding) -> Iterator[tuple[Path, str | None]]:
    for name in ("effect_on_people", "depends_on", "mitigation"):
        yield (*here, name), getattr(finding, name)
    for index, evidence in enumerate(finding.evidence):
        yield (*here, "evidence", index, "shows"), evidence.shows


def evidence_ids(answers: Answers) -> Iterator[tuple[Path, str]]:
    """Every reference that is named as evidence, as a part's source or as work to build on."""
    for id_, element in answers.assessment.items():
        yield from _evidence(("assessment", id_), element)
    for id_, goal in answers.goals.items():
        yield from _evidence(("goals", id_), goal)
    if answers.overall:
        yield from _evidence(("overall",), answers.overall)
    for side in ("made", "governs"):
        for id_, answer in answers.governance.side(side).items():
            for index, evidence in enumerate(answer.evidence):
                yield ("governance", side, id_, "evidence", index, "id"), evidence.id
    for index, part in enumerate(answers.proposal.parts):
        if part.source:
            yield ("proposal", "parts", index, "source"), part.source
    for index, reference in enumerate(answers.plan.builds_on):
        yield ("plan", "builds_on", index), reference


def _evidence(here: Path, finding: Finding) -> Iterator[tuple[Path, str]]:
    for index, evidence in enumerate(finding.evidence):
        yield (*here, "evidence", index, "id"), evidence.id
