"""The rules as a page of documentation: `python -m impactbrief.assessment.listing` prints it."""

import sys

from impactbrief.assessment.findings import RULES
from impactbrief.assessment.rules import Weight

INTRODUCTION = """\
# Rules

`impactbrief check` reports what it finds under a code.

A **problem** is an error that has to be fixed: a key that doesn't exist, a date that is not a date,
an id that names nothing. It makes `check` end with exit code 1.

A **gap** is something a careful reviewer would ask about. It fails `check` only with `--strict`.
Authors may accept a gap by naming its code in the answer file, with their reason:

```yaml
ignore:
  - rule: IB007
    where: references[2]     # as `check --format json` names the place; left out: everywhere
    reason: It is there for readers who want to go on.
```

`where` covers everything below the place that it names. A problem can't be accepted.

This page is made from the rules themselves. Don't edit it: run
`python -m impactbrief.assessment.listing > docs/rules.md`.
"""

HEADINGS = {Weight.GAP: "Gaps", Weight.PROBLEM: "Problems"}


def rules_as_markdown() -> str:
    """Every rule with its code, what it finds and why that matters."""
    lines = [INTRODUCTION]
    for weight, heading in HEADINGS.items():
        lines.append(f"## {heading}\n")
        for rule in RULES.values():
            if rule.weight is weight:
                lines.append(f"### {rule.code}: {rule.title}\n\n{rule.why}\n")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(rules_as_markdown())
