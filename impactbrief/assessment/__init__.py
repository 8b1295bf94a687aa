"""Toolkit + answers: what is done, what is open, what doesn't hold together.

Pure functions of their arguments: no file is read, and today's date is handed in. Nothing is
scored: ratings stay words.
"""

from impactbrief.assessment.findings import RULES, findings
from impactbrief.assessment.model import (
    Assessed,
    Assessment,
    Count,
    GovernanceItem,
    LensView,
    assess,
    progress,
)
from impactbrief.assessment.rules import Finding, Rule, Weight

__all__ = [
    "RULES",
    "Assessed",
    "Assessment",
    "Count",
    "Finding",
    "GovernanceItem",
    "LensView",
    "Rule",
    "Weight",
    "assess",
    "findings",
    "progress",
]
