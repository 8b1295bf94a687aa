"""The interface's own words, through gettext.

Owns which language the interface speaks. Source strings are plain English; what a language says for
them lies in `impactbrief/locales/<language>/LC_MESSAGES/`. The words of a *document* are not here:
they belong to the question bank (`impactbrief.toolkit`), since a brief may be in another language
than the screen of its author.

A translator writes a `.po` file; building the package compiles it to a `.mo` (`hatch_build.py`),
which alone is installed. In a checkout, a `.po` that was changed since is read itself: what is
shown is always what was written.
"""

import os
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gettext import GNUTranslations

LOCALES = f"{__file__.removesuffix('i18n.py')}locales"
DOMAIN = "impactbrief"


def wanted() -> list[str]:
    """Languages the environment asks for, best first, as gettext reads them."""
    for variable in ("IMPACTBRIEF_LANGUAGE", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable):
            codes = (code.partition(".")[0].partition("@")[0] for code in value.split(":"))
            return [code.replace("-", "_") for code in codes if code]
    return []


def languages() -> list[str]:
    """The languages that the interface speaks: English, in which it is written, and the others."""
    try:
        with os.scandir(LOCALES) as found:
            return ["en", *sorted(entry.name for entry in found if entry.is_dir())]
    except OSError:
        return ["en"]


def spoken() -> str:
    """The language of the interface: the first one that is asked for and is there."""
    return _nearest(wanted())


def _nearest(codes: list[str]) -> str:
    there = languages()
    near = (each for code in codes for each in (code, code.partition("_")[0]))
    return next((code for code in near if code in there), "en")


def speak(language: str) -> None:
    """Takes another language from here on. Words that are already looked up stay as they are."""
    os.environ["IMPACTBRIEF_LANGUAGE"] = language
    _catalogue.cache_clear()


def lend() -> None:
    """Lets libraries that ask Python's own gettext, as Click does, find what is said here."""
    if (language := spoken()) != "en":
        import gettext

        os.environ["LANGUAGE"] = language  # it takes the language from nowhere else
        gettext.bindtextdomain(DOMAIN, LOCALES)
        gettext.textdomain(DOMAIN)


def words_in(tag: str) -> Callable[[str], str]:
    """What `_` is in the language of a tag such as `pt-BR`: for a page that others are to read."""
    catalogue = _load(_nearest([tag.replace("-", "_")]))
    return catalogue.gettext if catalogue else str


@cache
def _catalogue() -> "GNUTranslations | None":
    return _load(spoken())


def _load(language: str) -> "GNUTranslations | None":
    if language == "en":
        return None
    # gettext is only worth its import where there is something to translate
    from gettext import GNUTranslations

    source = f"{LOCALES}/{language}/LC_MESSAGES/{DOMAIN}.po"
    compiled = f"{source.removesuffix('po')}mo"
    if _changed(source) > _changed(compiled):
        return _read(source)
    try:
        with open(compiled, "rb") as file:  # noqa: PTH123 (pathlib would be most of the cost)
            return GNUTranslations(file)
    except OSError:
        return None


def _changed(path: str) -> float:
    """When a file was last changed; 0 for one that isn't there."""
    try:
        return os.stat(path).st_mtime  # noqa: PTH116
    except OSError:
        return 0


def _read(source: str) -> "GNUTranslations":
    from gettext import GNUTranslations
    from io import BytesIO
    from pathlib import Path

    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with Path(source).open("rb") as file:
        write_mo(compiled, read_po(file))
    compiled.seek(0)
    return GNUTranslations(compiled)


def _(message: str) -> str:
    """`message` in the language of the interface."""
    catalogue = _catalogue()
    return catalogue.gettext(message) if catalogue else message


def ngettext(one: str, many: str, count: int) -> str:
    """`one` or `many`, by the plural rule of the interface's language."""
    if catalogue := _catalogue():
        return catalogue.ngettext(one, many, count)
    return one if count == 1 else many


def pgettext(context: str, message: str) -> str:
    """`message` in the sense that `context` tells translators, where one word means two things."""
    catalogue = _catalogue()
    return catalogue.pgettext(context, message) if catalogue else message


def N_(message: str) -> str:
    """`message` itself, marked for translation: a constant that `_` looks up when it is shown."""
    return message
