"""The interface's own words, through gettext.

Owns which language the interface speaks. Source strings are plain English; catalogues lie in
`impactbrief/locales/<language>/LC_MESSAGES/impactbrief.mo`. The words of a *document* are not here:
they belong to the question bank (`impactbrief.toolkit`), since a brief may be in another language
than the screen of its author.
"""

import os
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gettext import NullTranslations

LOCALES = f"{__file__.removesuffix('i18n.py')}locales"


def wanted() -> list[str]:
    """Languages the environment asks for, best first, as gettext reads them."""
    for variable in ("IMPACTBRIEF_LANGUAGE", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable):
            return [code.split(".")[0] for code in value.split(":") if code]
    return []


def speak(language: str) -> None:
    """Takes another language from here on. Words that are already looked up stay as they are."""
    os.environ["IMPACTBRIEF_LANGUAGE"] = language
    _catalogue.cache_clear()


@cache
def _catalogue() -> "NullTranslations | None":
    languages = wanted()
    if not languages or languages[0].partition("_")[0] in ("en", "C"):
        return None
    # gettext is only worth its import where there is something to translate
    from gettext import translation

    return translation("impactbrief", LOCALES, languages=languages, fallback=True)


def _(message: str) -> str:
    """`message` in the language of the interface."""
    catalogue = _catalogue()
    return catalogue.gettext(message) if catalogue else message


def ngettext(one: str, many: str, count: int) -> str:
    """`one` or `many`, by the plural rule of the interface's language."""
    if catalogue := _catalogue():
        return catalogue.ngettext(one, many, count)
    return one if count == 1 else many
