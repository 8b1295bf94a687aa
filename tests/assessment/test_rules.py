"""Every rule: where it speaks, at which line, and where it stays silent."""

import pytest

from impactbrief.assessment import RULES, findings
from impactbrief.assessment.listing import rules_as_markdown
from tests.answer_files import MINIMAL, ROOT, assessed, found
from tests.assessment.cases import TODAY, cases


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


def test_a_misspelt_style_is_told_with_the_one_that_was_meant() -> None:
    """By the names that are installed."""
    text = MINIMAL.replace("A brief", "A brief, citation_style: appa")
    [problem] = [f.problem for f in findings(assessed(text)) if f.rule.code == "IB106"]
    assert problem.hint == "Did you mean `apa`?"


def test_the_documentation_lists_every_rule() -> None:
    """docs/rules.md is what `python -m impactbrief.assessment.listing` prints."""
    written = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert written == rules_as_markdown()
    assert all(f"### {code}: " in written for code in RULES)
