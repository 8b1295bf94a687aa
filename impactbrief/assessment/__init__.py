"""Toolkit + answers: what is done, what is open, what doesn't hold together.

Pure functions of their arguments (but for `opening`, which reads): today's date is handed in.
Nothing is scored: ratings stay words.
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
from impactbrief.assessment.opening import assessment_of, open_assessment
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
    "assessment_of",
    "findings",
    "open_assessment",
    "progress",
]
