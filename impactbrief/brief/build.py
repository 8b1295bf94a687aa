"""From an assessment to a document. The one door of this package."""

from impactbrief.assessment import Assessment
from impactbrief.brief.full import full_brief
from impactbrief.brief.house import NO_HOUSE, House
from impactbrief.brief.model import Brief
from impactbrief.brief.short import FINDINGS, one_page, table

DOCUMENTS = ("brief", "one-page", "table")
"""The documents that an answer file makes."""


def build(
    assessment: Assessment,
    document: str = "brief",
    *,
    findings: int = FINDINGS,
    house: House = NO_HOUSE,
) -> Brief:
    """One document of an assessment, in the way of a house.

    `findings` is how many findings a one-page summary has room for; the others don't use it.
    """
    match document:
        case "brief":
            return full_brief(assessment, house)
        case "one-page":
            return one_page(assessment, findings=findings, house=house)
        case "table":
            return table(assessment, house)
        case _:
            raise ValueError(document)
