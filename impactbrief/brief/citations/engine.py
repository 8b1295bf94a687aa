"""A CSL style in a language, ready to print. With `elements`, the only importer of citeproc-py."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

from citeproc import LANGUAGE_NAMES, PRIMARY_DIALECTS  # type: ignore[import-untyped]
from citeproc.source import (  # type: ignore[import-untyped]
    CitationItem,
    Date,
    DateRange,
    LiteralDate,
    Locator,
    Name,
)
from citeproc.source import Reference as ProcessorReference

from impactbrief.brief.citations import marks
from impactbrief.brief.citations.elements import CSL, FALLBACK_LOCALE, Value, begin, parse
from impactbrief.brief.citations.reference import Reference, When
from impactbrief.shape import LONGEST_TAG

_DIALECTS: Final = {
    "zh-hant": "zh-TW",
    "zh-hk": "zh-TW",
    "zh-hans": "zh-CN",
    "sr": "sr-Cyrl-RS",
    "sr-latn": "sr-Latn-RS",
    "no": "nb-NO",
    "pt": "pt-BR",  # as CLDR has it, whose dates stand beside
    **dict.fromkeys(("pt-ao", "pt-cv", "pt-gw", "pt-mz", "pt-st", "pt-tl"), "pt-PT"),
}

ARABIC_QUOTES = ("«", "»"), ("“", "”")
"""The quotation marks that Arabic prints; the processor's locale has those of a typewriter."""


class _Item(CitationItem):  # type: ignore[misc]
    """One work, cited or listed."""

    def __init__(self, reference: Any, number: int, locator: Any = None) -> None:
        super().__init__(reference["key"], **({"locator": locator} if locator else {}))
        self["of"], self["as"] = reference, number

    @property
    def reference(self) -> Any:
        return self["of"]

    @property
    def number(self) -> Any:
        return self["as"]

    def get_field(self, field: str) -> Any:
        return self["of"].get(field)


@dataclass(frozen=True, slots=True)
class Cite:
    """One work in a citation: what to cite, its number, the place in it."""

    reference: Any
    number: int
    locator_label: str = ""
    locator: str = ""
    author_suppressed: bool = False


class Engine:
    """A style in a language, ready to print."""

    def __init__(self, path: Path, locale: str) -> None:
        self._root = parse(path)
        self._root.set_locale_list(locale)
        self._root.set("default-locale", locale)
        self._citation: Any = self._root.citation
        self._bibliography: Any = self._root.bibliography
        self.numeric = any(
            element.get("citation-format") == "numeric"
            for element in self._root.iter(f"{CSL}category")
        )
        self.adds_year_suffix = self._citation.get("disambiguate-add-year-suffix") == "true"
        self.looks_back = any(element.get("position") for element in self._root.iter())
        """Whether a work may be cited otherwise once it was cited before, as by “ibid.”."""
        term = self._citation.get_single_term
        outer = str(term(name="open-quote")), str(term(name="close-quote"))
        inner = str(term(name="open-inner-quote")), str(term(name="close-inner-quote"))
        arabic = locale.partition("-")[0] == "ar"
        if arabic:
            outer, inner = ARABIC_QUOTES
        self.quotes = marks.Quotes(
            outer=outer,
            inner=inner,
            holds_punctuation=self._citation.get_locale_option("punctuation-in-quote") == "true",
            arabic_comma=arabic,
        )

    def prepare(self, reference: Reference, key: str, like: Any = None) -> Any:
        """The reference in the processor's own shape; `key` tells it from all others.

        It is told apart from others as `like` is, another shape of the same work.
        """
        prepared = ProcessorReference(key, reference.type)
        texts = dict(reference.texts)
        if "event-title" in texts:
            texts["event"] = texts["event-title"]
        for name, text in texts.items():
            _both(prepared, name, text if name == "language" else Value(text))
        for name, people in reference.names.items():
            _both(prepared, name, [Name(**person) for person in people])
        for name, when in reference.dates.items():
            _both(prepared, name, _processor_date(when))
        for name in ("cited-like-another", "year-suffix", "year_suffix"):
            if like is not None and name in like:
                dict.__setitem__(prepared, name, like.get(name))
        return prepared

    def tell_apart(self, prepared: Any, letter: str = "") -> None:
        """Cite a prepared reference so that it differs from another: more of it, or by a letter."""
        dict.__setitem__(prepared, "cited-like-another", True)
        if letter:
            _both(prepared, "year-suffix", Value(letter))

    def cite(self, cite: Cite, earlier: list[Any]) -> str:
        """How one work is cited, as marked text, without the layout's own affixes.

        `earlier` holds what was cited before; the work is added to it.
        """
        layout = self._citation.layout
        self._citation.cites = earlier
        locator = Locator(cite.locator_label, cite.locator) if cite.locator else None
        item = _Item(cite.reference, cite.number, locator)
        item["citation"] = SimpleNamespace(cites=[item])
        if cite.author_suppressed:
            item["author_suppressed"] = True
        begin(layout)
        text = _text(layout.render_children(item))
        earlier.append(item)
        return text

    @property
    def cluster(self) -> tuple[str, str, str]:
        """What stands before, between and after the works of one citation."""
        layout = self._citation.layout
        return layout.get("prefix", ""), layout.get("delimiter", ""), layout.get("suffix", "")

    def in_layout(self, text: str) -> str:
        """Marked `text` in the citation's own look (superscript, in some styles)."""
        return str(self._citation.layout.format(Value(text))) if text else ""

    def entry(self, reference: Any, number: int) -> str:
        """The work's entry in the list of references, as marked text; "" where there is none."""
        layout = self._bibliography.layout
        begin(layout)
        text = layout.render_children(_Item(reference, number))
        return _text(layout.format(layout.wrap(text))) if text else ""

    def order(self, references: Sequence[Any]) -> list[int]:
        """The style's order of the references, as indexes into `references`.

        A numeric style lists by number, whatever it says: the numbers are given while citing.
        """
        sort = self._bibliography.find("cs:sort", self._bibliography.nsmap)
        indexes = list(range(len(references)))
        if self.numeric or sort is None:
            return indexes
        items = [_Item(reference, index) for index, reference in enumerate(references)]
        return [item.number for item in sort.sort(items, self._bibliography.layout)]


def _both(prepared: Any, name: str, value: object) -> None:
    """Set a variable under both spellings: the processor looks up some with hyphens."""
    dict.__setitem__(prepared, name, value)
    dict.__setitem__(prepared, name.replace("-", "_"), value)


def _processor_date(when: When) -> Any:
    if when.words or not when.begin:
        return LiteralDate(when.words, circa=when.circa)

    def date(parts: Iterable[int]) -> Any:
        return dict(zip(("year", "month", "day"), parts, strict=False))

    if when.end:
        return DateRange(begin=Date(**date(when.begin)), end=Date(**date(when.end)),
                         circa=when.circa)  # fmt: skip
    season = {"season": when.season} if when.season else {}
    return Date(circa=when.circa, **date(when.begin), **season)


def _text(rendered: Any) -> str:
    return "" if rendered is None else str(rendered)


def locale_for(language: str) -> str:
    """The processor's locale for a BCP 47 tag: itself, else its language's main one, else en-US."""
    tag = language[:LONGEST_TAG].replace("_", "-").lower()
    known = {name.lower(): name for name in LANGUAGE_NAMES}
    while tag:
        found = known.get(tag) or _DIALECTS.get(tag) or PRIMARY_DIALECTS.get(tag)
        if found:
            return str(found)
        tag = tag.rpartition("-")[0]
    return FALLBACK_LOCALE


@lru_cache(maxsize=8)
def load(path: Path, locale: str) -> Engine:
    """The engine for a style file and a locale, kept for the process."""
    return Engine(path, locale)
