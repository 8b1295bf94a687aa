"""What reaches a document: every typed value, also one that doesn't fit; nothing private."""

import dataclasses
import re
from collections.abc import Iterator
from typing import Any

import pytest

from impactbrief.assessment import Assessment, findings
from impactbrief.brief.build import DOCUMENTS, build
from tests.answer_files import GOOD, MINIMAL, assessed

BAD = """\
impactbrief: 1
language: en
document:
  title: A brief
  date: bad-1
  revised: bad-2
  status: bad-3
  authors: [{name: Ada, kind: bad-x, orcid: bad-4}]
proposal:
  name: A proposal
  kind: bad-5
  status: bad-6
  dates: [{event: Vote, date: bad-7, end: bad-8}]
  parts: [{id: art-1, kind: bad-9, status: bad-10, date: bad-11, label: Article 1}]
stakeholders: [{group: bad-12, name: People, invited: bad-13, took_part: bad-14}]
assessment:
  privacy:
    impact: bad-15
    confidence: bad-16
    effect_on_internet: It slows.
    effect_on_people: They wait.
    cases: [{part: art-1, impact: bad-17, reason: It is exempt.}]
goals: {open: {impact: bad-18, summary: So it is.}}
overall: {impact: bad-19, summary: So it is.}
governance: {made: {text-public: {answer: bad-20, date: bad-21, explanation: It was.}}}
recommendations: [{to: All, action: bad-22, priority: bad-23, text: Do it.}]
"""


def strings(value: Any, seen: set[int] | None = None) -> Iterator[str]:
    """Every text inside a value, however it is built."""
    seen = set() if seen is None else seen
    if isinstance(value, str):
        yield value
        return
    if id(value) in seen:
        return
    seen.add(id(value))
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from strings(getattr(value, field.name), seen)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from strings(key, seen)
            yield from strings(item, seen)
    elif isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from strings(item, seen)
    if hasattr(value, "__dict__"):
        for item in vars(value).values():
            yield from strings(item, seen)


def said(assessment: Assessment) -> str:
    return "\n".join(
        text for document in DOCUMENTS for text in strings(build(assessment, document))
    )


def test_a_value_that_does_not_fit_is_printed_as_typed_and_marked() -> None:
    """Nothing that somebody wrote is dropped in silence, and nobody takes it for a choice."""
    assessment = assessed(BAD)
    assert assessment.file.lacks == ()
    text = said(assessment)
    missing = [f"bad-{number}" for number in range(1, 24)
               if f"bad-{number} (not recognised)" not in text]  # fmt: skip
    assert missing == []
    assert len([item for item in findings(assessment) if item.rule.code == "IB101"]) == 24


def test_a_rating_that_does_not_fit_leaves_its_element_started() -> None:
    """It is no rating: the element isn't done, and `check` says why."""
    [privacy] = [item for item in assessed(BAD).elements if item.element.id == "privacy"]
    assert (privacy.rating, privacy.typed, privacy.state) == (None, "bad-15", "started")


CANARY = "canary"
PRIVATE = f"""\
impactbrief: 1
# {CANARY} in a comment
x-own: {CANARY}
notes: [{{text: {CANARY}, by: {CANARY}}}]
document:
  title: A brief
  x-own: {CANARY}
  notes: [{{text: {CANARY}}}]
  authors: [{{name: Ada, email: {CANARY}@example.org, x-own: {CANARY}}}]
  contributors: [{{name: Bo, email: {CANARY}@example.org}}]
  reviewers: [{{name: Cy, email: {CANARY}@example.org}}]
plan:
  issue: The issue is printed.
  outcome: {CANARY}
  audience: [{{who: {CANARY}, interest: {CANARY}}}]
  beneficiaries: {CANARY}
  deadline: 1987-01-01
  team: [{{name: {CANARY}, skill: {CANARY}}}]
  risks: {CANARY}
  builds_on: [{CANARY}]
  channel: {CANARY}
  schedule: [{{what: {CANARY}, owner: {CANARY}, due: 1987-01-02}}]
  notes: [{{text: {CANARY}}}]
proposal:
  name: A proposal
  notes: [{{text: {CANARY}}}]
  dates: [{{event: Vote, date: 2026, x-own: {CANARY}, notes: [{{text: {CANARY}}}]}}]
  parts: [{{id: art-1, label: Article 1, owner: {CANARY}, notes: [{{text: {CANARY}}}]}}]
sections: {{abstract: A., x-own: {CANARY}, notes: [{{text: {CANARY}}}]}}
stakeholders: [{{name: All, group: users, x-own: {CANARY}, notes: [{{text: {CANARY}}}]}}]
screening: {{joining: {{answer: harder, note: {CANARY}, notes: [{{text: {CANARY}}}]}}}}
assessment:
  notes: [{{text: {CANARY}}}]
  privacy:
    impact: negative
    effect_on_internet: It slows [@a].
    effect_on_people: They wait.
    owner: {CANARY}
    status: review
    x-own: {CANARY}
    notes: [{{text: {CANARY}, about: effect_on_people}}]
    angles: {{consumer: More., notes: [{{text: {CANARY}}}]}}
    cases: [{{part: art-1, impact: none, reason: Exempt., notes: [{{text: {CANARY}}}]}}]
    evidence: [{{id: a, shows: That., x-own: {CANARY}, notes: [{{text: {CANARY}}}]}}]
goals: {{open: {{impact: none, summary: S., notes: [{{text: {CANARY}}}]}}}}
overall: {{impact: none, summary: S., notes: [{{text: {CANARY}}}]}}
governance:
  made: {{text-public: {{answer: yes, explanation: E., notes: [{{text: {CANARY}}}]}}}}
recommendations: [{{to: All, text: Do it., x-own: {CANARY}, notes: [{{text: {CANARY}}}]}}]
references:
  - id: a
    title: A
    author: [{{family: B, x-own: {CANARY}}}]
    x-own: {CANARY}
    notes: [{{text: {CANARY}}}]
glossary: [{{term: Peering, definition: D., notes: [{{text: {CANARY}}}]}}]
annexes: [{{title: More, body: B., notes: [{{text: {CANARY}}}]}}]
ignore: [{{rule: IB024, reason: {CANARY}, where: stakeholders}}]
"""


MISPLACED = tuple(
    re.sub(pattern, replacement, PRIVATE, count=1, flags=re.MULTILINE)
    for pattern, replacement in (
        (r"^  (authors|reviewers): \[(.*)\]$", r"  \1: \2"),
        (r"^(stakeholders|recommendations|glossary|annexes): \[(.*)\]$", r"\1: \2"),
        (r"impact: negative", f"impact: {{owner: {CANARY}, notes: {CANARY}}}"),
        (r"They wait\.", f"{{ntoes: {CANARY}}}"),
        (r"^  name: A proposal", rf"\g<0>\n  kind: {{notes: [{{text: {CANARY}}}]}}"),
        (r"^  privacy:", rf"  integrity: {{impact: [{{owner: {CANARY}}}]}}\n\g<0>"),
        (r"^overall: {", rf"\g<0>parts: {{a: {{notes: {CANARY}}}}}, "),
        (r"^plan:\n  issue: .*", f"plan: {CANARY}\nx-plan:"),
        (r"^plan:", f"plan: [{{issue: [{{x-own: {CANARY}}}], risks: {CANARY}}}]\nx-plan:"),
        (r"^plan:", f"plan: [{CANARY}, {{risks: {CANARY}}}]\nx-plan:"),
    )
)
"""The same with private things below what should be of another shape: a dash is forgotten, a key
stands one line too low."""


@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.parametrize("text", MISPLACED, ids=range(len(MISPLACED)))
def test_what_is_private_reaches_no_document_from_a_wrong_place(document: str, text: str) -> None:
    """A mapping or a list that stands where another shape belongs may hold anything."""
    assessment = assessed(text)
    assert assessment.file.problems
    for said in strings(build(assessment, document)):
        assert CANARY not in said


@pytest.mark.parametrize("document", DOCUMENTS)
def test_what_is_private_reaches_no_document(document: str) -> None:
    """Not in its text, not in its metadata, not anywhere in the value that renderers get."""
    assessment = assessed(PRIVATE)
    assert assessment.file.problems == ()
    assert CANARY in assessment.file.text
    for text in strings(build(assessment, document)):
        assert CANARY not in text
        assert "1987" not in text


def test_the_walk_finds_what_is_there() -> None:
    """Else the promise above would hold of anything."""
    text = said(assessed(PRIVATE))
    for word in ("The issue is printed.", "It slows", "Ada", "Article 1", "Exempt.", "Peering"):
        assert word in text


def test_the_corpus_can_be_built() -> None:
    """Every good file makes all three documents, however little it says."""
    for path in GOOD:
        assessment = assessed(path.read_text(encoding="utf-8-sig"))
        assert re.search(r"\w", said(assessment))
    assert said(assessed(MINIMAL))


PROSE = """\
impactbrief: 1
document: {title: A brief, editors_note: '[@n0]'}
plan: {issue: '[@n1]'}
proposal:
  name: A proposal
  status_note: '[@n2]'
  aims: '[@n3]'
  mechanism: '[@n4]'
  parts: [{id: art-1, text: '[@n5]', summary: '[@n6]'}]
sections:
  abstract: '[@n7]'
  methodology: '[@n8]'
  context: '[@n9]'
  assumptions: [a, '[@n10]']
  conclusion: '[@n11]'
  acknowledgements: '[@n12]'
  disclaimer: '[@n13]'
stakeholders: [{name: All, interest: '[@n14]'}]
assessment:
  privacy:
    effect_on_internet: '[@n15]'
    effect_on_people: '[@n16]'
    depends_on: '[@n17]'
    mitigation: '[@n18]'
    angles: {consumer: '[@n19]', provider: '[@n20]', intermediary: '[@n21]', compliance: '[@n22]'}
    cases: [{part: art-1, reason: '[@n23]'}]
    evidence: [{id: n24, shows: '[@n25]'}]
goals: {open: {summary: '[@n26]', effect_on_people: '[@n27]', evidence: [n28]}}
overall: {summary: '[@n29]', depends_on: '[@n30]', mitigation: '[@n31]', evidence: [n32]}
governance: {made: {text-public: {answer: yes, explanation: '[@n33]', evidence: [n34]}}}
recommendations: [{text: '[@n35]', wording: '[@n36]'}]
glossary: [{term: Peering, definition: '[@n37]'}]
annexes: [{title: More, body: '[@n38]'}]
notes: [{text: '[@private]'}]
screening: {joining: {note: '[@private]'}}
"""


def test_every_printed_field_is_read_for_citations() -> None:
    """A field that is printed and not looked at would hide what is wrong in it."""
    reported = findings(assessed(PROSE))
    ids = [re.findall(r"“(.*?)”", item.problem.what)[0] for item in reported
           if item.rule.code == "IB006"]  # fmt: skip
    assert sorted(ids) == sorted(f"n{number}" for number in range(39))
