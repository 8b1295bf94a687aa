"""Citations in prose, spelled Pandoc's way: `[see @id, p. 4; -@{other id}]`.

This module knows their grammar only. What an id stands for, and how it prints, is the document's.
"""

import html
import re
from dataclasses import dataclass

_KEY = r"\w(?:\w|[:.#$%&\-+?<>~/](?=\w)|[:/](?=/))*"
_CITATION_KEY = re.compile(_KEY)
_BRACED = r"\{[^\s{}\[\]]+\}"
# The key must not continue a word, an address or an escape.
_CITED = re.compile(rf"(?:^|(?<=[\s(“‘«„\"'—–]))(?P<minus>-?)@(?P<key>{_BRACED}|{_KEY})")
# One pair of square brackets without another inside, without code; bounded, so that a field of
# opening brackets stays cheap.
_CLUSTER = re.compile(r"\[(?:\\.|[^\[\]\\`]){1,2000}\]", re.DOTALL)
_BETWEEN = re.compile(r";(?![^{;]*\})")

_TERMS = {
    "p", "pp", "page", "pages", "ch", "chap", "chapter", "chapters", "sec", "sect", "section",
    "sections", "par", "para", "paras", "paragraph", "paragraphs", "art", "arts", "article",
    "articles", "no", "nos", "vol", "vols", "volume", "fig", "figs", "figure", "figures", "n",
    "note", "notes", "l", "ll", "line", "lines", "v", "vv", "verse", "bk", "book", "col",
    "cols", "column", "columns", "fol", "folio", "op", "part", "parts", "pt", "pts",
    "recital", "recitals", "annex", "appendix", "table", "clause", "rule", "principle",
    "slide",
}  # fmt: skip
_DIGITS = r"(?=[^\s,]*\d)[^\s,]*[^\s,;:.!?]"
_NUMBER = rf"(?:{_DIGITS}|[ivxlcdm]+(?:[-–][ivxlcdm]+)?(?!\w))"
_LOCATOR = re.compile(
    rf"(?P<comma>,?)\s*(?P<locator>(?:(?P<term>(?:[^\W\d]{{1,30}}|§+|¶+))(?P<dot>\.?)\s*)?{_NUMBER}"
    rf"(?:(?:,\s*|\s*[&–-]\s*|\s+[^\W\d]{{1,3}}\s+){_DIGITS})*)",  # 3 and 5, 3 et 5, 3 to 5
    re.IGNORECASE,
)
_BRACED_LOCATOR = re.compile(r",?\s*\{(?P<locator>[^{}]*)\}")

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_MARKED = re.compile(r"(?<!\w)(\*{1,2}|_{1,2})(?=\S)([^*_]*?)(?<=\S)\1(?!\w)")


@dataclass(frozen=True, slots=True)
class CitedItem:
    """One reference named in a cluster."""

    id: str
    locator: str = ""
    """Where in it, as typed: `p. 4`, `ch. 2`, `Article 34-2`."""
    prefix: str = ""
    """Words before it, as in `see`."""
    suffix: str = ""
    """What follows the locator, with the mark that joins it: `, and elsewhere`."""
    author_suppressed: bool = False
    raw: str = ""
    """The item as typed, without the brackets and semicolons."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A cluster: everything between one pair of square brackets."""

    items: tuple[CitedItem, ...]
    raw: str
    """As typed, on one line."""
    line: int = 1
    """Where it begins: the line within the field, from 1."""


def is_citation_key(text: str) -> bool:
    """Whether `text` can be cited as `[@text]`, without braces."""
    return _CITATION_KEY.fullmatch(text) is not None


def citation_key(identifier: str) -> str:
    """How `identifier` is cited: `@id`, in braces where its spelling needs them."""
    return f"@{identifier}" if is_citation_key(identifier) else f"@{{{identifier}}}"


def cluster_at(source: str, position: int, end: int) -> tuple[Citation, int] | None:
    """The cluster whose `[` stands at `position`, and the position behind its `]`."""
    found = _CLUSTER.match(source, position, end)
    if found is None or "@" not in found.group():
        return None
    raw = found.group()
    items = _items(raw[1:-1])
    return (Citation(items, " ".join(raw.split())), found.end()) if items else None


def begins_with_cluster(line: str) -> bool:
    """Whether `line` begins with a citation."""
    return cluster_at(line, 0, len(line)) is not None


def _items(content: str) -> tuple[CitedItem, ...]:
    """The items of a cluster; empty where one of them names no reference."""
    items = []
    for part in _BETWEEN.split(content):
        raw = " ".join(part.split())
        cited = _CITED.search(raw)
        if cited is None:
            return ()
        identifier = cited["key"]
        if identifier.startswith("{"):
            identifier = identifier[1:-1]
        locator, suffix = _locator(raw[cited.end() :])
        items.append(
            CitedItem(
                id=identifier,
                locator=_plain(locator),
                prefix=_plain(raw[: cited.start()]),
                suffix=_plain(suffix),
                author_suppressed=bool(cited["minus"]),
                raw=raw,
            )
        )
    return tuple(items)


def _locator(tail: str) -> tuple[str, str]:
    """What follows a key, divided into locator and suffix."""
    found = _BRACED_LOCATOR.match(tail)
    if found is None:
        found = _LOCATOR.match(tail)
        if found is None:
            return "", tail
        term = (found["term"] or "").lower()
        named = term in _TERMS or term[:1] in ("§", "¶")
        roman = not any(c.isdigit() for c in found["locator"])
        if not named and (not found["comma"] or roman):
            return "", tail
    return found["locator"], tail[found.end() :]


def _plain(text: str) -> str:
    """`text` without the marks of emphasis, escapes and character references."""
    text = _MARKED.sub(r"\2", text)
    return html.unescape(_ESCAPED.sub(r"\1", text)).strip()
