"""Runs every rule over an assessment and leaves out what its authors have accepted.

`docs/rules.md` lists the rules; it is made from `RULES`.
"""

from datetime import date

from impactbrief.answers.model import Ignored
from impactbrief.assessment import claims, problems, wording
from impactbrief.assessment.model import Assessment
from impactbrief.assessment.rules import Case, Finding, Rule, Weight
from impactbrief.i18n import _
from impactbrief.shape import Unfit

FORMAT = Rule(
    "IB101",
    Weight.PROBLEM,
    "A key or value does not fit the format",
    "A misspelt key would be a silently missing answer, and a value that can't be read can't be"
    " printed as meant.",
)
IDLE = Rule(
    "IB034",
    Weight.GAP,
    "An entry of `ignore` matches no gap",
    "It would accept a gap that comes up later and that nobody has looked at.",
)
DATED = frozenset({"IB012"})
"""The rules that look at today's date: without one they find nothing."""
REGISTERED = (*claims.BOOK.entries, *wording.BOOK.entries, *problems.BOOK.entries)

RULES = {
    rule.code: rule
    for rule in sorted(
        [FORMAT, IDLE, *(entry.rule for entry in REGISTERED)], key=lambda rule: rule.code
    )
}
"""Every rule by its code."""


def findings(assessment: Assessment, *, today: date | None = None) -> list[Finding]:
    """Everything that was found, in the order of the lines; accepted gaps are left out.

    `today` is what deadlines are compared with; without it no deadline counts as passed.
    """
    case = Case(assessment, today)
    found = [Finding(FORMAT, problem) for problem in assessment.file.problems]
    for entry in REGISTERED:
        found.extend(Finding(entry.rule, problem) for problem in entry.check(case))
    kept, idle = _accepted(found, case.answers.ignore)
    for index in idle:
        rule = case.answers.ignore[index].rule
        if isinstance(rule, Unfit) or (rule in DATED and today is None):
            continue
        what = _("This entry for {rule} matches no gap.").format(rule=rule)
        kept.append(Finding(IDLE, case.found(("ignore", index), what, _advice(rule))))
    kept.sort(key=lambda item: (item.problem.place.line, item.problem.place.column, item.rule.code))
    return kept


def _advice(code: str) -> str:
    """What to do about an entry of `ignore` that matches no gap."""
    rule = RULES.get(code)
    if rule is None:
        return _("No rule has this code; docs/rules.md lists them.")
    if rule.weight is Weight.PROBLEM:
        return _("A problem can't be accepted. Fix its cause, then remove this entry.")
    return _("Remove it, or correct its rule or place.")


def _accepted(found: list[Finding], ignored: list[Ignored]) -> tuple[list[Finding], list[int]]:
    """What stays after the entries of `ignore`, and the entries that matched nothing."""
    used: set[int] = set()
    kept = []
    for item in found:
        hits = [
            index
            for index, entry in enumerate(ignored)
            if item.rule.weight is Weight.GAP and _matches(entry, item)
        ]
        used.update(hits)
        if not hits:
            kept.append(item)
    return kept, [index for index in range(len(ignored)) if index not in used]


def _matches(entry: Ignored, item: Finding) -> bool:
    if entry.rule != item.rule.code:
        return False
    where = item.problem.where
    return (
        not entry.where
        or where == entry.where
        or where.startswith((f"{entry.where}.", f"{entry.where}["))
    )
