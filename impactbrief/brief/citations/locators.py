"""Places in a cited work, as typed: `p. 4`, `Article 34-2`, `Annex II`."""

import re
from typing import Final

from impactbrief.brief.citations.marks import HYPHEN, clean

AS_TYPED: Final = "as-typed"
"""The label of a place for which CSL has no term; it is printed as it stands."""

_LABELS: Final = {
    word: label
    for label, words in {
        "appendix": "appendix app",
        "article-locator": "art arts article articles",
        "book": "bk book books",
        "chapter": "ch chap chaps chapter chapters",
        "column": "col cols column columns",
        "figure": "fig figs figure figures",
        "folio": "fol fols folio folios",
        "issue": "no nos issue issues",
        "line": "l ll line lines",
        "note": "n nn note notes",
        "page": "p pp page pages",
        "paragraph": "para paras par pars paragraph paragraphs ¶ ¶¶",
        "part": "pt pts part parts",
        "rule": "rule rules",
        "section": "s ss sec secs sect sects section sections § §§",
        "table": "tbl table tables",
        "verse": "v vv verse verses",
        "volume": "vol vols volume volumes",
    }.items()
    for word in words.split()
}
_TYPED = re.compile(r"(?P<word>[^\W\d_]+|§+|¶+)(?P<dot>\.?)\s*(?P<place>\S.*)")
_NUMBERED = re.compile(r"[^\s]*\d|[A-Za-z]\b|[ivxlcdm]+\b", re.IGNORECASE)
_RANGE = re.compile(r"(\d+)-(\d+)")
_RANGED = frozenset(("page", "line", "column", "folio", "verse", "paragraph"))


def read_locator(typed: str) -> tuple[str, str]:
    """CSL's label for the place and the place itself, both "" for none.

    A bare number is a page. A hyphen means a range between two rising numbers of pages and the
    like; in an article's number (34-2) it stays a hyphen.
    """
    typed = clean(typed)
    if not typed:
        return "", ""
    label, place = "page", typed
    if not typed[0].isdigit():
        match = _TYPED.fullmatch(typed)
        known = _LABELS.get(match["word"].lower()) if match else None
        if match and known and _NUMBERED.match(match["place"]):
            label, place = known, match["place"]
        elif not re.fullmatch(r"[ivxlcdm]+(?:-[ivxlcdm]+)?", typed):
            return AS_TYPED, typed.replace("-", HYPHEN)
    if label in _RANGED:
        place = _RANGE.sub(
            lambda m: m[0] if int(m[1]) < int(m[2]) else m[0].replace("-", HYPHEN), place
        )
    else:
        place = place.replace("-", HYPHEN)
    return label, place
