"""Dates, places and languages in words."""

from collections.abc import Callable
from itertools import count

import pytest

from impactbrief.brief.citations.engine import locale_for
from impactbrief.brief.naming import locale
from impactbrief.toolkit.load import load
from tests.growth import grows_with_length

NUMBER = count()


@pytest.mark.parametrize("tag", ["fr-CA", "fr-xx-yy", "fr" + "-abcdefgh" * 1000])
def test_a_tag_is_known_by_how_it_begins(tag: str) -> None:
    """As far as CLDR knows it."""
    assert locale(tag).language == "fr"
    assert locale_for(tag).startswith("fr")
    assert load(language=tag).language == "fr"


@pytest.mark.parametrize(
    "look_up", [locale, locale_for, lambda tag: load(language=tag)], ids=["CLDR", "CSL", "words"]
)
def test_a_tag_without_end_is_looked_up_at_once(look_up: Callable[[str], object]) -> None:
    """Its first characters say which language it is."""

    def of_length(length: int) -> str:
        return "x" + "-ab" * length

    def look_up_anew(tag: str) -> None:
        look_up(f"{tag[:2]}{next(NUMBER)}{tag[2:]}")

    assert grows_with_length(look_up_anew, of_length)
