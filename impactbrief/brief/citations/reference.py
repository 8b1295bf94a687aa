"""One reference as a person wrote it, made fit for a citation processor.

References come from an answer file or from somebody's Zotero. What is odd in them is taken as well
as it can be and never fails: a year may be a number, an author a bare word, a date free text.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from impactbrief.brief.citations.marks import DOI, URL, clean, rich, surround

TYPES: Final = frozenset(
    [
        "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book",
        "broadcast", "chapter", "classic", "collection", "dataset", "document", "entry",
        "entry-dictionary", "entry-encyclopedia", "event", "figure", "graphic", "hearing",
        "interview", "legal_case", "legislation", "manuscript", "map", "motion_picture",
        "musical_score", "pamphlet", "paper-conference", "patent", "performance", "periodical",
        "personal_communication", "post", "post-weblog", "regulation", "report", "review",
        "review-book", "software", "song", "speech", "standard", "thesis", "treaty", "webpage",
    ]
)  # fmt: skip
"""The types of CSL 1.0.2."""

_TYPE_SPELLINGS = {kind.replace("_", "-"): kind for kind in TYPES}
NAMES: Final = frozenset(
    [
        "author", "chair", "collection-editor", "compiler", "composer", "container-author",
        "contributor", "curator", "director", "editor", "editorial-director", "editor-translator",
        "executive-producer", "guest", "host", "illustrator", "interviewer", "narrator",
        "organizer", "original-author", "performer", "producer", "recipient", "reviewed-author",
        "script-writer", "series-creator", "translator",
    ]
)  # fmt: skip
DATES: Final = frozenset(
    ("accessed", "available-date", "event-date", "issued", "original-date", "submitted")
)
_SPELLINGS = {
    "shorttitle": "title-short",
    "journalabbreviation": "container-title-short",
    "event": "event-title",
    **{name.lower(): name for name in ("URL", "DOI", "ISBN", "ISSN", "PMID", "PMCID")},
}
_PLAIN = frozenset(("language", "page", "volume", "issue", "number", "edition", "ISBN", "ISSN"))
"""Variables in which a style looks for numbers: no marks there."""
_NAME_PARTS = ("family", "given", "dropping-particle", "non-dropping-particle", "suffix")
_LONGEST = 4000
"""Characters of one value that are printed; what is longer is no title."""
_MOST_NAMES = 200

_DOI_SPELLING = re.compile(r"^(?:doi:\s*|https?://(?:dx\.)?doi\.org/)", re.IGNORECASE)
_WEB = re.compile(r"https?://[^\s<>\"\x00-\x20]+$", re.IGNORECASE)
_EDTF = re.compile(r"(-?\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:T[\d:.Z+-]*)?([~?%]?)$")
_SENTENCE_END = re.compile(r"(?<=[^\W\d_]{4})\.$")
_CJK = re.compile("[\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff]")


@dataclass(frozen=True, slots=True)
class When:
    """A date as CSL has it: a day, month or year, a span of them, or words."""

    begin: tuple[int, ...] = ()
    end: tuple[int, ...] = ()
    season: int | None = None
    circa: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference with values a style can print. Texts hold marks (see `marks`)."""

    id: str
    type: str
    texts: dict[str, str] = field(default_factory=dict)
    names: dict[str, tuple[dict[str, str], ...]] = field(default_factory=dict)
    dates: dict[str, When] = field(default_factory=dict)
    url: str | None = None
    """The web address, where there is one that a browser may be sent to."""
    doi: str | None = None

    def with_texts(self, kind: str | None = None, **texts: str) -> "Reference":
        """The same reference under another type and with some texts changed; "" takes one out.

        Underscores in the names of texts stand for hyphens.
        """
        changed = self.texts | {name.replace("_", "-"): text for name, text in texts.items()}
        kept = {name: text for name, text in changed.items() if text}
        return replace(self, type=kind or self.type, texts=kept)


def tidy(raw: Mapping[str, object]) -> Reference:
    """The reference that `raw`, a CSL mapping, means. What cannot be printed is left out."""
    texts: dict[str, str] = {}
    names: dict[str, tuple[dict[str, str], ...]] = {}
    dates: dict[str, When] = {}
    url = doi = None
    for key, value in raw.items():
        name = str(key).strip().replace("_", "-")
        name = _SPELLINGS.get(name.lower(), name)
        if name in ("id", "type") or name.startswith("x-"):
            continue
        if name in NAMES:
            if people := _people(value):
                names[name] = people
        elif name in DATES:
            if when := _when(value):
                dates[name] = when
        elif (text := _scalar(value)) is not None:
            if name == "URL":
                text = clean(text)
                url = text if _WEB.match(text) else None
                text = surround(URL, text) if text else ""
            elif name == "DOI":
                doi = _DOI_SPELLING.sub("", clean(text))
                text = surround(DOI, doi) if doi else ""
            elif name in _PLAIN or name.startswith("number-of"):
                text = clean(text)
            else:
                text = rich(text)
            if text:
                texts[name] = text
    if "title" in texts:
        texts["title"] = _SENTENCE_END.sub("", texts["title"])
    kind = clean(_scalar(raw.get("type")) or "").lower().replace("_", "-")
    found = Reference(
        id=_scalar(raw.get("id")) or "",
        type=_TYPE_SPELLINGS.get(kind, "document"),
        texts=texts,
        names=names,
        dates=dates,
        url=url,
        doi=doi or None,
    )
    return _once(found)


def _once(reference: Reference) -> Reference:
    """The reference without a publisher that its author or container already names."""
    publisher = reference.texts.get("publisher", "").casefold()
    makers = reference.names.get("author") or reference.names.get("editor") or ()
    named = {(maker.get("literal") or maker.get("family", "")).casefold() for maker in makers}
    if publisher and (
        publisher in named or publisher == reference.texts.get("container-title", "").casefold()
    ):
        return reference.with_texts(publisher="")
    return reference


def _scalar(value: object) -> str | None:
    """What a single value reads like, or None for nothing and for a list or mapping."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | float | date):
        return str(value)[:_LONGEST]
    if isinstance(value, int):
        return str(value) if abs(value) < 10**40 else None
    return None


def _people(value: object) -> tuple[dict[str, str], ...]:
    if isinstance(value, str | Mapping):
        value = [value]
    if not isinstance(value, Sequence):
        return ()
    return tuple(person for one in value[:_MOST_NAMES] if (person := _person(one)))


def _person(value: object) -> dict[str, str]:
    """A name's parts. A name that has no capitals to abbreviate becomes one literal text."""
    if not isinstance(value, Mapping):
        literal = clean(_scalar(value) or "")
        return {"literal": literal} if literal else {}
    literal = clean(_scalar(value.get("literal")) or _scalar(value.get("name")) or "")
    if literal:
        return {"literal": literal}
    parts = {part: clean(_scalar(value.get(part)) or "") for part in _NAME_PARTS}
    parts = {part: text for part, text in parts.items() if text}
    family, given = parts.get("family"), parts.get("given")
    if family and given and any(letter.isupper() for letter in given):
        return parts
    if family and not given:
        return parts
    if family and given and _CJK.search(family):
        return {"literal": family + given + parts.get("suffix", "")}
    order = ("given", "dropping-particle", "non-dropping-particle", "family")
    joined = " ".join(parts[part] for part in order if part in parts)
    literal = ", ".join(filter(None, (joined, parts.get("suffix"))))
    return {"literal": literal} if literal else {}


def _when(value: object) -> When | None:
    if isinstance(value, Mapping):
        return _when_of_mapping(value)
    if isinstance(value, list | tuple):  # Pandoc's older shape: a list of {year, month, day}
        parts = [_parts([one.get(k) for k in ("year", "month", "day")])
                 for one in value[:2] if isinstance(one, Mapping)]  # fmt: skip
        return _span([part for part in parts if part])
    text = clean(_scalar(value) or "")
    return _when_of_text(text) if text else None


def _when_of_mapping(value: Mapping[object, object]) -> When | None:
    circa = (_scalar(value.get("circa")) or "").lower() not in ("", "0", "false")
    listed = value.get("date-parts")
    if isinstance(listed, list | tuple):
        if listed and not isinstance(listed[0], list | tuple):
            listed = [listed]
        days = [_parts(one) for one in listed[:2] if isinstance(one, list | tuple)]
        if when := _span([day for day in days if day]):
            season = _number(value.get("season"))
            if season not in (1, 2, 3, 4) or len(when.begin) > 1:
                season = None
            return replace(when, circa=circa, season=season)
    if "year" in value and (day := _parts([value.get(k) for k in ("year", "month", "day")])):
        return When(day, circa=circa)
    for key in ("raw", "literal", "edtf"):
        if text := clean(_scalar(value.get(key)) or ""):
            when = When(words=text) if key == "literal" else _when_of_text(text)
            return replace(when, circa=circa or when.circa)
    return None


def _when_of_text(text: str) -> When:
    days = [_EDTF.match(part.strip()) for part in text.split("/")]
    if len(days) <= 2 and all(days):
        found = [match for match in days if match]
        circa = any(match[4] for match in found)
        if len(found) == 1 and found[0][2] and 21 <= int(found[0][2]) <= 24 and not found[0][3]:
            return When((int(found[0][1]),), season=int(found[0][2]) - 20, circa=circa)
        parts = [_parts(match.group(1, 2, 3)) for match in found]
        if all(parts) and (when := _span(parts)):
            return replace(when, circa=circa)
    if re.fullmatch(r"-?\d{1,4}", text):
        return When((int(text),))
    return When(words=text[:80])


def _parts(values: Sequence[object]) -> tuple[int, ...]:
    """Year, month, day as far as they make sense; () where not even a year does."""
    parts: list[int] = []
    for value, (lowest, highest) in zip(values, ((-9999, 9999), (1, 12), (1, 31)), strict=False):
        number = _number(value)
        if number is None:
            break
        if not lowest <= number <= highest:
            return ()
        parts.append(number)
    return tuple(parts) if parts and parts[0] else ()


def _number(value: object) -> int | None:
    text = _scalar(value)
    return int(text) if text and re.fullmatch(r"[+-]?[0-9]{1,4}", text.strip()) else None


def _span(days: list[tuple[int, ...]]) -> When | None:
    if not days:
        return None
    begin, end = days[0], days[-1]
    return When(begin, end if end > begin else ())
