"""Dates, places and languages in the words of the document's language (Unicode's CLDR)."""

import unicodedata
from datetime import date
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton

from impactbrief.shape import LONGEST_TAG, Unfit
from impactbrief.toolkit.model import Words


def locale(language: str) -> Locale:
    """The locale of a language tag; English where CLDR has none."""
    return _locale(language[:LONGEST_TAG].replace("_", "-"))


@cache
def _locale(tag: str) -> Locale:
    while tag:
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            tag = tag.rpartition("-")[0]
    return Locale("en")


def direction(language: str) -> str:
    """`ltr` or `rtl`."""
    return locale(language).text_direction


def written_date(value: str | None, language: str) -> str:
    """A date as far as it is known: "2022", "May 2022" or "11 May 2022"."""
    if not value:
        return ""
    parts = [int(part) for part in value.split("-")] if not isinstance(value, Unfit) else []
    here = locale(language)
    match parts:
        case [_year]:
            return value
        case [year, month]:
            return format_skeleton("yMMMM", date(year, month, 1), locale=here)
        case [year, month, day]:
            return format_date(date(year, month, day), "long", locale=_day_first(here))
        case _:
            return value


def short_month(month: date, language: str) -> str:
    """A month and its year in little room: "May 2022".

    In figures where letters join or run from right to left: the drawings set each by itself.
    """
    name = format_skeleton("yMMM", month, locale=locale(language))
    joined = any(
        unicodedata.category(char).startswith("M") or unicodedata.bidirectional(char) in ("R", "AL")
        for char in name
    )
    return f"{month:%Y-%m}" if joined else name


def _day_first(here: Locale) -> Locale:
    """International English puts the day first; "en" alone is American in CLDR."""
    return Locale("en", "GB") if here.language == "en" and not here.territory else here


def territory(code: str, language: str) -> str | None:
    """The name of a country or region by its ISO 3166 code; None for anything else."""
    name = locale(language).territories.get(code.upper()) if code.isupper() else None
    return str(name) if name else None


def jurisdiction(code: str, words: Words) -> str:
    """The name of a jurisdiction: a bank's own for some, a country's, or what was typed."""
    special = words.choices.get("jurisdictions-special", {})
    return special.get(code) or territory(code, words.language) or code


def language_name(tag: str, language: str) -> str:
    """The name of a language, in a language."""
    return locale(tag).get_display_name(locale(language)) or tag
