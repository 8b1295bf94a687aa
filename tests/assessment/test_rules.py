"""Every rule: where it speaks, at which line, and where it stays silent."""

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from impactbrief.assessment import RULES, Weight, findings, open_assessment
from impactbrief.assessment.listing import rules_as_markdown
from impactbrief.toolkit.load import load
from tests.answer_files import EXAMPLES, MINIMAL, ROOT, assessed, found

TODAY = date(2026, 6, 1)
WORDS = {
    "LONG": f"{'Several words in a row that make a sentence long enough, ' * 3}and done.",
    "ALL_BUT_ONE\n": "".join(
        f"  {id_}: {{impact: not-assessed}}\n" for id_ in load().elements if id_ != "privacy"
    ),
    "ALL_ANSWERED\n": "".join(
        f"  {side.id}:\n"
        + "".join(f"    {asked.id}: {{answer: unknown}}\n" for asked in load().side(side.id))
        for side in load().sides
    ),
    "WORDS251": "word " * 251,
    "WORDS250": "word " * 250,
}

# Each case: a rule, the lines on which it should speak (a dash: on none) and a word on why; below
# it what follows the four lines of the smallest answer file.
CASES = """
IB001 5x13,7 none but privacy is rated
    assessment:
      privacy: {impact: none}
      integrity: {owner: Bo}
IB001 - outside this brief, or started with words
    assessment:
ALL_BUT_ONE
      privacy: {effect_on_people: They notice.}
IB002 7,9 a rating, of an element and of a goal
    assessment:
      privacy:
        impact: negative
    goals:
      open: {impact: negative}
IB002 - reasons given, or none needed
    assessment:
      privacy: {impact: negative, effect_on_internet: It slows.}
      integrity: {impact: none}
    goals:
      open: {impact: negative, summary: It adds up.}
    overall: {impact: negative, effect_on_people: They pay.}
IB003 6 only the Internet
    assessment:
      privacy:
        impact: negative
        effect_on_internet: It slows.
IB003 - both, or nothing to tell
    assessment:
      privacy: {impact: negative, effect_on_internet: It slows., effect_on_people: They wait.}
      integrity: {impact: none, effect_on_internet: It stays.}
IB035 6 only people
    assessment:
      privacy:
        impact: negative
        effect_on_people: They wait.
IB035 - both, or nothing to tell
    assessment:
      privacy: {impact: negative, effect_on_internet: It slows., effect_on_people: They wait.}
      integrity: {impact: not-assessed, effect_on_people: They may.}
IB004 7 strong, and nothing behind it
    assessment:
      privacy:
        impact: strongly-negative
        effect_on_internet: It breaks.
IB004 - evidence listed, evidence cited, or a weaker claim
    assessment:
      privacy: {impact: strongly-negative, evidence: [a]}
      integrity: {impact: strongly-positive, effect_on_people: 'They gain [@a, p. 4].'}
      reliability: {impact: negative, effect_on_internet: It slows.}
IB005 5,6 an element and a goal
    assessment: {privacy: {impact: depends}}
    goals: {open: {impact: depends, depends_on: ' '}}
IB005 - said, or another rating
    assessment:
      privacy: {impact: depends, depends_on: On the rules to come.}
      integrity: {impact: unclear}
IB006 6,9,10,13 cited, in the second line of a text, as evidence, to build on
    sections:
      abstract: As [@nobody] says.
      context: |
        One line.
        As [@nobody; @b] says.
    assessment: {privacy: {evidence: [nothing]}}
    references:
      - {id: b, title: B, x-mine: '[@nobody]'}
    plan: {builds_on: [earlier]}
IB006 - known, or no citation
    sections:
      abstract: As [@b, p. 4] says, and `[@code]`, and ada@example.org.
    references: [{id: b, title: B}]
IB007 6 never cited
    references:
      - {id: unused, title: B}
IB007 - cited, evidence, source, work to build on
    sections: {abstract: 'See [@a].'}
    assessment: {privacy: {evidence: [b]}}
    governance: {made: {text-public: {answer: yes, evidence: [d]}}}
    plan: {builds_on: [c]}
    references: [{id: a, title: A}, {id: b, title: B}, {id: c, title: C}, {id: d, title: D}]
IB008 6 a part nobody mentions
      parts:
        - {id: art-1, label: Article 1}
IB008 - mentioned by an element, a case, a goal, a recommendation
      parts: [{id: a}, {id: b}, {id: c}, {id: d}]
    assessment: {privacy: {parts: [a], cases: [{part: b}]}}
    goals: {open: {parts: [c]}}
    recommendations: [{text: Do., parts: [d]}]
IB009 6 no reason
    recommendations:
      - {to: All, text: Do it.}
IB009 - a reason
    recommendations: [{to: All, text: Do it., because: [privacy]}]
IB010 6,7 harm without an answer
    assessment:
      privacy: {impact: negative}
      integrity: {impact: strongly-negative}
      reliability: {impact: weakly-negative}
    recommendations: [{text: Do., because: [easy-access]}]
IB010 - answered itself, through its goal, or as a whole
    assessment: {privacy: {impact: negative}, easy-access: {impact: negative}}
    recommendations: [{text: Do., because: [privacy, open]}]
IB010 - answered as a whole
    assessment: {privacy: {impact: negative}}
    recommendations: [{text: Do., because: [overall]}]
IB036 6,6 an open element, a question without an answer
    recommendations:
      - {text: Do., because: [privacy, made.text-public]}
IB036 - both are answered; a goal is no single finding
    assessment: {privacy: {impact: none}}
    governance: {made: {text-public: {answer: no}}}
    recommendations: [{text: Do., because: [privacy, made.text-public, open, overall]}]
IB011 7 yes and no more
    governance:
      made:
        text-public: {answer: yes}
IB011 - explained, shown by evidence, or unknown
    governance:
      made:
        text-public: {answer: yes, explanation: It was on the web.}
        time-to-comment: {answer: no, evidence: [{id: a, shows: Two days.}]}
        reasons-published: {answer: unknown}
        inputs-published: {answer: not-applicable}
IB012 6,7 the work's own, and a vote
      dates:
        - {event: Vote, date: 2026-01, end: 2026-02, deadline: true}
    plan: {deadline: 2026-05-31}
IB012 - today, this year, no deadline, nothing known
      dates:
        - {event: Vote, date: 2026, deadline: true}
        - {event: Entry into force, date: 2016-01}
        - {event: Second vote, deadline: true}
    plan: {deadline: 2026-06-01}
IB012 - in a finished brief, which is read long after
      dates:
        - {event: Vote, date: 2020, deadline: true}
    document: {title: A, status: final}
IB013 6 251 words
    sections:
      abstract: WORDS251
IB013 - 250 words
    sections:
      abstract: WORDS250
IB014 8 in the second line of a text
    sections:
      context: |
        See
        ![a chart](chart.png)
IB014 - a link, or an image in code
    sections: {context: 'See [it](https://example.org) and `![a](b)`.'}
IB015 9 from two to four
    sections:
      context: |
        ## Two

        #### Four
IB015 - every level
    sections:
      context: |
        ## Two

        ### Three

        ## Two again
IB016 5 no words in it
    language: tlh
IB016 - a region, in capitals
    language: EN-gb
IB016 - another language that has words
    language: fr-CA
IB017 6 told, not rated
    assessment:
      privacy:
        effect_on_people: They wait.
IB017 - rated, or not told
    assessment: {privacy: {impact: unclear, effect_on_people: They wait.}, integrity: {owner: Bo}}
IB018 6,7 an effect under no effect
    assessment:
      privacy: {impact: none, effect_on_people: They wait.}
      integrity: {impact: not-assessed, mitigation: Encrypt.}
IB018 - why there is none
    assessment: {privacy: {impact: none, effect_on_internet: It is optional.}}
IB019 7 no reason
    assessment:
      privacy: {cases: [
        {part: a, impact: none}, {part: b, impact: none, reason: It is exempt.}]}
IB019 - a reason
    assessment: {privacy: {cases: [{part: a, impact: none, reason: It is exempt.}]}}
IB020 6,6 no addressee, no text
    recommendations:
      - {action: amend}
IB020 - both
    recommendations: [{to: Parliament, text: Amend it.}]
IB021 6 no source
      parts:
        - {id: a, label: A, text: Networks shall pay.}
IB021 - a source, an address, or no quotation
      parts: [{id: a, text: T., source: b}, {id: b, text: T., url: 'https://a.b'}, {id: c}]
IB022 5,6,7 one missing, one blank, one empty
    sections:
      abstract: ' '
      context:
IB022 - all three
    sections: {abstract: A., context: B., conclusion: C.}
IB023 2,2 neither authors nor date
    x-nothing: 1
IB023 - both
    document: {title: A, authors: [{name: Us, kind: group}], date: 2026}
IB024 1 nobody
    x-nothing: 1
IB024 - somebody
    stakeholders: [{group: users}]
IB025 5,6 questions open on both sides
    governance:
      governs: {appeal: {answer: no}}
IB025 - every one answered
    governance:
ALL_ANSWERED
IB026 6,9,10 a mark, and a sentence that stops
    sections:
      abstract: TODO
      context: |
        One line.
        More to come, TBD.
      conclusion: Several words in a row that make a sentence and
IB026 - ends of many kinds
      parts: [{id: a, text: 'The law is long [...]', summary: Short}]
    sections:
      abstract: "Several words in a row that make a sentence, see https://example.org/page"
      context: |
        Several words in a row that make a sentence, then a list:

        - first
        - second of them,
          which goes on here
      conclusion: Several words in a row that make a sentence [@a]
IB027 6,8 in a finished brief, wherever they stand
    notes:
      - {text: Ask her.}
      - {text: Asked., resolved: true}
    assessment: {privacy: {notes: [{text: Why?}]}}
    document: {title: A, status: final}
IB027 - not finished yet
    notes: [{text: Ask her.}]
IB028 7,9 a mark without a note, a note without a mark
    sections:
      context: |
        It is so.[^1]

        [^2]: Indeed.
IB028 - a pair
    sections:
      context: |
        It is so.[^1]

        [^1]: Indeed.
IB029 6 no title
    references:
      - {id: a}
IB029 - a title
    references: [{id: a, title: A}]
IB030 5,6 revised before, ended before
      dates: [{event: Talks, date: 2020, end: 2019-12-31}]
    document: {title: A, date: 2022-05, revised: 2022-04-30}
IB030 - the same month, or not known
      dates: [{event: Talks, date: 2020, end: 2020-01}, {event: B, end: 2020}]
    document: {title: A, date: 2022-05-11, revised: 2022-05}
IB031 5,6 against all
    goals: {open: {impact: positive, summary: S.}}
    overall: {impact: positive, summary: S.}
    assessment: {easy-access: {impact: negative}, unrestricted-use: {impact: none}}
IB031 - one of them agrees, or is open
    goals: {open: {impact: positive, summary: S.}, secure: {impact: positive, summary: S.}}
    overall: {impact: negative, summary: S.}
    assessment: {easy-access: {impact: negative}, unrestricted-use: {impact: weakly-positive}}
IB032 7 twice
    sections:
      abstract: LONG
      context: LONG
IB032 - short, or different
    sections: {abstract: Short., context: Short., conclusion: 'LONG'}
IB033 5,7,8 no addresses of the web
      url: www.example.org
    sections:
      abstract: See [it](notes.docx).
    governance: {made: {text-public: {answer: yes, url: 'ftp://example.org'}}}
IB033 - addresses
      url: http://example.org
    sections: {abstract: 'See [it](https://example.org) or [write](mailto:a@example.org).'}
IB034 6,7,8 nothing there, no such rule, a problem
    ignore:
      - {rule: IB007, reason: R.}
      - {rule: IB999, reason: R.}
      - {rule: IB101, reason: R.}
IB034 - used
    ignore: [{rule: IB024, reason: R.}]
IB037 6 no reason
    ignore:
      - {rule: IB024}
IB037 - a reason
    ignore: [{rule: IB024, reason: They are all of us.}]
IB101 6 a key that belongs nowhere
    sections:
      abstrakt: A.
IB101 - every key known
    sections: {abstract: A.}
IB102 6,8,10,12,13 one of each
    assessment:
      privat: {impact: none}
    goals:
      closed: {impact: none}
    screening:
      joined:
    governance:
      governs: {text-public: {answer: yes}}
      made: {appeal: {answer: yes}}
IB102 - all known
    assessment: {privacy: {impact: none}}
    goals: {critical-properties: {impact: none}}
    governance: {governs: {appeal: {answer: yes}}}
IB103 7,10 parts and references
      parts:
        - {id: a}
        - {id: a}
    references:
      - {id: a, title: A}
      - {id: a, title: A}
IB103 - a part and a reference may share a name
      parts: [{id: a}, {id: b}]
    references: [{id: a, title: A}]
IB104 6,7,8,8 parts and grounds
    assessment:
      privacy: {parts: [a]}
      integrity: {cases: [{part: b}]}
    recommendations: [{text: Do., parts: [c], because: [privacy, nothing]}]
IB104 - all there
      parts: [{id: a}]
    assessment: {privacy: {parts: [a], cases: [{part: a}]}}
    recommendations: [{text: Do., parts: [a], because: [privacy, open, overall, governs.appeal]}]
IB105 6 more than one
    screening:
      joining: {answer: [harder, easier]}
IB105 - one
    screening: {joining: {answer: harder}, reaching: {answer: [both]}}
IB106 7 misspelt
    document:
      title: A
      citation_style: appa
IB106 7 in footnotes
    document:
      title: A
      citation_style: chicago-notes
IB106 - one that can be used, or what doesn't fit anyway
    document: {title: A, citation_style: Harvard}
IB038 6,7 no words
    glossary:
      - term: Peering
      - {term: Transit, definition: ' '}
IB038 - explained
    glossary: [{term: Peering, definition: D.}]
"""


HEAD = "impactbrief: 1\n{document}\nproposal:\n  name: A proposal\n"


def cases() -> Iterator[object]:
    for block in CASES.split("\nIB")[1:]:
        head, _newline, body = block.partition("\n")
        code, lines, title = f"IB{head}".split(" ", 2)
        expected = [line for part in lines.split(",") for line in times(part)]
        text = "".join(f"{line.removeprefix('    ')}\n" for line in body.splitlines())
        yield pytest.param(code, expected, whole(text), id=f"{code}: {title}")


def times(line: str) -> list[int]:
    """`5x13` stands for thirteen findings on line 5, a dash for none."""
    if line == "-":
        return []
    number, _x, count = line.partition("x")
    return [int(number)] * int(count or 1)


def whole(text: str) -> str:
    """The smallest answer file with this added; what is indented belongs to the proposal."""
    for word, stands_for in WORDS.items():
        text = text.replace(word, stands_for)
    document = "# below" if "\ndocument:" in f"\n{text}" else "document: {title: A brief}"
    return HEAD.format(document=document) + text


@pytest.mark.parametrize(("code", "lines", "text"), list(cases()))
def test_a_rule_speaks_where_it_should_and_nowhere_else(
    code: str, lines: list[int], text: str
) -> None:
    """Each line that a rule points at is the one to mend; a file without fault is left in peace."""
    assert [line for line, _where in found(findings(assessed(text), today=TODAY), code)] == lines


def test_every_rule_has_both_kinds_of_case() -> None:
    """A rule that never speaks, or never is silent, would be no rule."""
    speaks = {case.values[0] for case in cases() if case.values[1]}  # type: ignore[attr-defined]
    silent = {case.values[0] for case in cases() if not case.values[1]}  # type: ignore[attr-defined]
    assert speaks == set(RULES)
    assert silent == set(RULES)


# -- accepting ---------------------------------------------------------------------------------

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


# -- all of them -------------------------------------------------------------------------------


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


def test_the_documentation_lists_every_rule() -> None:
    """docs/rules.md is what `python -m impactbrief.assessment.listing` prints."""
    written = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert written == rules_as_markdown()
    assert all(f"### {code}: " in written for code in RULES)


def test_a_misspelt_style_is_told_with_the_one_that_was_meant() -> None:
    """By the names that are installed."""
    text = MINIMAL.replace("A brief", "A brief, citation_style: appa")
    [problem] = [f.problem for f in findings(assessed(text)) if f.rule.code == "IB106"]
    assert problem.hint == "Did you mean `apa`?"
