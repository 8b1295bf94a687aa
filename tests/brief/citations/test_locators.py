"""Places in a cited work: read as CSL's kinds of places, printed by the style."""

import pytest

from impactbrief.brief.citations.locators import AS_TYPED, read_locator
from impactbrief.brief.citations.marks import HYPHEN
from impactbrief.prose.citations import CitedItem
from tests.brief.citations.references import THREE, labels


@pytest.mark.parametrize(
    ("typed", "label", "place"),
    [
        ("", "", ""),
        ("4", "page", "4"),
        ("p. 4", "page", "4"),
        ("pp. 4-6", "page", "4-6"),
        ("34-2", "page", f"34{HYPHEN}2"),
        ("Article 34-2", "article-locator", f"34{HYPHEN}2"),
        ("§ 5", "section", "5"),
        ("ch. 3", "chapter", "3"),
        ("iv", "page", "iv"),
        ("Annex II", AS_TYPED, "Annex II"),
        ("No answer at all", AS_TYPED, "No answer at all"),
    ],
)
def test_locators(typed: str, label: str, place: str) -> None:
    """A typed place is read as CSL's kinds of places; an article's hyphen is no range."""
    assert read_locator(typed) == (label, place)


def test_locators_print() -> None:
    """Places print by the style; one that CSL has no word for prints as typed."""
    for typed, printed in {
        "4": "[1, p. 4]", "pp. 4-6": "[1, pp. 4–6]", "Article 34-2": "[1, Art. 34-2]",
        "Annex II": "[1, Annex II]", "ch. 3": "[1, Ch. 3]",
    }.items():  # fmt: skip
        assert labels(THREE, [CitedItem("ada", locator=typed)], style="ieee") == [printed]
