"""BibTeX and BibLaTeX as CSL references. The only place that knows bibtexparser.

Accents and other LaTeX become the characters they stand for; braces that keep capitals go. Nothing
is ever run or read: `\\input` is nothing, since the decoder is given no folder.
"""

import logging
import re
import unicodedata
from collections.abc import Mapping
from contextvars import ContextVar
from functools import cache
from typing import Any, Final

_TYPES: Final = {
    "article": "article-journal",
    "artwork": "graphic",
    "audio": "broadcast",
    "book": "book",
    "bookinbook": "chapter",
    "booklet": "pamphlet",
    "collection": "book",
    "conference": "paper-conference",
    "dataset": "dataset",
    "electronic": "webpage",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "inreference": "entry-encyclopedia",
    "jurisdiction": "legal_case",
    "legal": "treaty",
    "legislation": "legislation",
    "letter": "personal_communication",
    "manual": "report",
    "mastersthesis": "thesis",
    "movie": "motion_picture",
    "mvbook": "book",
    "mvcollection": "book",
    "mvproceedings": "book",
    "mvreference": "book",
    "online": "webpage",
    "patent": "patent",
    "periodical": "periodical",
    "phdthesis": "thesis",
    "proceedings": "book",
    "reference": "book",
    "regulation": "regulation",
    "report": "report",
    "review": "review",
    "software": "software",
    "standard": "standard",
    "suppbook": "chapter",
    "techreport": "report",
    "thesis": "thesis",
    "treaty": "treaty",
    "unpublished": "manuscript",
    "video": "motion_picture",
    "www": "webpage",
}
_FIELDS: Final = {
    "journaltitle": "container-title",
    "journal": "container-title",
    "booktitle": "container-title",
    "maintitle": "container-title",
    "shortjournal": "container-title-short",
    "shorttitle": "title-short",
    "publisher": "publisher",
    "institution": "publisher",
    "organization": "publisher",
    "school": "publisher",
    "location": "publisher-place",
    "address": "publisher-place",
    "volume": "volume",
    "volumes": "number-of-volumes",
    "edition": "edition",
    "issue": "issue",
    "series": "collection-title",
    "chapter": "chapter-number",
    "type": "genre",
    "eventtitle": "event-title",
    "venue": "event-place",
    "version": "version",
    "isbn": "ISBN",
    "issn": "ISSN",
    "note": "note",
    "pagetotal": "number-of-pages",
}
"""Of several fields for one variable, the first that the entry has."""
_NAMES: Final = {
    "author": "author",
    "editor": "editor",
    "translator": "translator",
    "bookauthor": "container-author",
    "holder": "author",
}
_GENRES: Final = {"phdthesis": "PhD thesis", "mastersthesis": "Master’s thesis"}
_GENRE_CODES: Final = {"phdthesis": "PhD thesis", "mathesis": "Master’s thesis", "techreport": "",
                       "resreport": "", "software": "", "datacd": "", "audiocd": ""}  # fmt: skip
_LANGUAGES: Final = {
    "american": "en-US", "arabic": "ar", "british": "en-GB", "catalan": "ca", "chinese": "zh",
    "czech": "cs", "danish": "da", "dutch": "nl", "english": "en", "finnish": "fi",
    "french": "fr", "german": "de", "greek": "el", "hebrew": "he", "hindi": "hi",
    "hungarian": "hu", "indonesian": "id", "italian": "it", "japanese": "ja", "korean": "ko",
    "ngerman": "de", "norsk": "nb", "persian": "fa", "polish": "pl", "portuguese": "pt",
    "brazilian": "pt-BR", "romanian": "ro", "russian": "ru", "spanish": "es", "swahili": "sw",
    "swedish": "sv", "thai": "th", "turkish": "tr", "ukrainian": "uk", "vietnamese": "vi",
}  # fmt: skip
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun",
                  "jul", "aug", "sep", "oct", "nov", "dec")  # fmt: skip
_LONGEST: Final = 20_000
"""Characters of one field that are decoded."""

_BLOCK = re.compile(r"@\s*\w+\s*[{(]")
_LATEX = re.compile(r"[\\{}$~`]|''|--")
_BEYOND = re.compile(r"[\\$]")
_ACCENT = re.compile(
    r"""\{\\(?P<a>['`^"~=.]|[uvHckrdb](?![A-Za-z]))\s*\{?(?P<x>[A-Za-z]|\\[ij])\}?\}"""
    r"""|\\(?P<b>['`^"~=.])\s*(?:\{(?P<y>[A-Za-z]|\\[ij])\}|(?P<z>[A-Za-z]))"""
    r"""|\\(?P<c>[uvHckrdb])\{(?P<w>[A-Za-z])\}"""
)
_COMBINING: Final = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304",
    ".": "\u0307", "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328",
    "r": "\u030a", "d": "\u0323", "b": "\u0331",
}  # fmt: skip
_ESCAPED = re.compile(r"\\([&%#_$])")
_PUNCTUATION: Final = (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"), ("~", " "))
_DECODED: Final = 50_000
"""Characters of one file that the full decoder gets, which takes 13 µs for each."""
_BARE_PERCENT = re.compile(r"(?<!\\)%")
_URL_COMMAND = re.compile(r"\\(?:url|nolinkurl|path)\s*\{([^{}]*)\}|\\href\s*\{([^{}]*)\}")
_WEB = re.compile(r"https?://[^\s{}]+")
_DAY = r"-?\d{4}(?:-\d{2}(?:-\d{2})?)?[~?%]?"
_EDTF = re.compile(rf"{_DAY}(?:/(?:{_DAY})?)?$")


def read_bibtex(text: str, *, most: int) -> tuple[list[dict[str, object]], list[int]]:
    """The entries of a BibTeX file as CSL references, and the lines of those that can't be read.

    A file with more than `most` entries is read a little further than that, not to its end. An
    entry whose key came before is returned like any other. Raises nothing.
    """
    _quiet()
    _budget.set([_DECODED])
    from bibtexparser.entrypoint import parse_string
    from bibtexparser.model import DuplicateBlockKeyBlock, Entry, ParsingFailedBlock

    starts = [match.start() for match in _BLOCK.finditer(text)]
    if len(starts) > most + 1:
        text = text[: starts[most + 1]]
    try:
        blocks = parse_string(text).blocks
    except Exception:  # a shape the parser trips over
        return [], [1]
    entries: list[Entry] = []
    bad: list[int] = []
    for block in blocks:
        known = block.ignore_error_block if isinstance(block, DuplicateBlockKeyBlock) else block
        if isinstance(known, Entry):
            entries.append(known)
        elif isinstance(block, ParsingFailedBlock):
            bad.append((block.start_line or 0) + 1)
    fields = {entry.key.lower(): _fields(entry) for entry in reversed(entries)}
    references = []
    for entry in entries:
        kind = entry.entry_type.lower()
        if kind in ("set", "xdata") or not entry.key.strip():
            continue
        own = _fields(entry)
        references.append(_reference(entry.key, kind, _inherited(own, fields)))
    return references, bad


@cache
def _quiet() -> None:
    """Stop the two libraries from logging: they quote the file, on standard error."""
    for name in ("bibtexparser", "pylatexenc"):
        logger = logging.getLogger(name)
        logger.addHandler(logging.NullHandler())
        logger.propagate = False


def _fields(entry: Any) -> dict[str, str]:
    return {field.key.lower(): str(field.value)[:_LONGEST] for field in reversed(entry.fields)}


def _inherited(own: dict[str, str], entries: Mapping[str, dict[str, str]]) -> dict[str, str]:
    """The entry's fields, with what it has from the entry it names in `crossref` or `xdata`."""
    for link in ("crossref", "xdata"):
        parent = entries.get(own.get(link, "").strip().lower())
        if parent and parent is not own:
            lent = {name: value for name, value in parent.items() if name != link}
            if link == "crossref" and "title" in lent:
                lent.setdefault("booktitle", lent["title"])
                for name in ("title", "subtitle", "shorttitle", "doi", "url"):
                    lent.pop(name, None)
            own = lent | own
    return own


def _reference(key: str, kind: str, fields: Mapping[str, str]) -> dict[str, object]:
    found: dict[str, object] = {"id": key.strip(), "type": _type(kind, fields)}
    title = _joined(fields, "title", "subtitle", "titleaddon")
    if title:
        found["title"] = title
    for field, variable in _FIELDS.items():
        if variable not in found and (value := _text(fields.get(field, ""))):
            found[variable] = value
    for field, variable in _NAMES.items():
        if variable not in found and (people := _people(fields.get(field, ""))):
            found[variable] = people
    if pages := _text(fields.get("pages", "")):
        found["page"] = re.sub(r"\s*[-–—]+\s*", "-", pages)
    if number := _text(fields.get("number", "")):
        journal = found["type"] in ("article-journal", "article-magazine", "article-newspaper")
        found["issue" if journal and "issue" not in found else "number"] = number
    if eid := _text(fields.get("eid", "")):
        found.setdefault("number", eid)
    if genre := _GENRES.get(kind):
        found.setdefault("genre", genre)
    if (genre := str(found.get("genre", ""))) in _GENRE_CODES:
        found["genre"] = _GENRE_CODES[genre]
    if language := fields.get("langid", fields.get("language", "")).strip().lower():
        found["language"] = _LANGUAGES.get(language, language)
    _add_address(found, fields)
    if issued := _issued(fields):
        found["issued"] = issued
    for field, variable in (("urldate", "accessed"), ("eventdate", "event-date")):
        if day := _verbatim(fields.get(field, "")):
            found[variable] = day
    return {name: value for name, value in found.items() if value}


def _type(kind: str, fields: Mapping[str, str]) -> str:
    subtype = fields.get("entrysubtype", "").strip().lower()
    if kind == "article" and subtype in ("newspaper", "magazine"):
        return f"article-{subtype}"
    if kind == "misc":
        return (
            "webpage"
            if "url" in fields or _address_in(fields.get("howpublished", ""))
            else "document"
        )
    return _TYPES.get(kind, "document")


def _add_address(found: dict[str, object], fields: Mapping[str, str]) -> None:
    how = fields.get("howpublished", "")
    url = (
        _verbatim(fields.get("url", "")) or _address_in(how) or _address_in(fields.get("note", ""))
    )
    if url:
        found["URL"] = url
    if how and not _address_in(how):
        found.setdefault("publisher", _text(how))
    if url and "note" in found and url in _verbatim(fields.get("note", "")):
        del found["note"]
    if doi := _verbatim(fields.get("doi", "")):
        found["DOI"] = doi
    preprint = fields.get("eprinttype", fields.get("archiveprefix", "")).strip().lower() == "arxiv"
    if preprint and not url and (eprint := _verbatim(fields.get("eprint", ""))):
        found["URL"] = f"https://arxiv.org/abs/{eprint}"


def _address_in(raw: str) -> str:
    command = _URL_COMMAND.search(raw)
    if command:
        return _verbatim(command[1] or command[2] or "")
    bare = _WEB.search(_verbatim(raw))
    return bare[0].rstrip(".,;)") if bare else ""


def _issued(fields: Mapping[str, str]) -> str:
    """The date, as EDTF where it is one, else as it reads."""
    if date := _verbatim(fields.get("date", "")):
        return date.removesuffix("/") if _EDTF.match(date) else _text(fields["date"])
    year = _text(fields.get("year", ""))
    raw_month = fields.get("month", "").lower()
    if not re.fullmatch(r"-?\d{4}", year):
        return " ".join(filter(None, (_text(fields.get("month", "")), year)))
    day = re.search(r"\d{1,2}", fields.get("day", "") or re.sub(r"^\W*\d{1,2}\W*$", "", raw_month))
    named = next((index for index, name in enumerate(_MONTHS, 1) if name in raw_month), 0)
    digits = re.fullmatch(r"\W*(\d{1,2})\W*", raw_month)
    month = named or (int(digits[1]) if digits else 0)
    if not 1 <= month <= 12:
        return year
    return (
        f"{year}-{month:02}-{int(day[0]):02}"
        if day and 1 <= int(day[0]) <= 31
        else f"{year}-{month:02}"
    )


def _people(raw: str) -> list[dict[str, str]]:
    """The names in a field; a name in braces is one that has no parts: an institution's."""
    from bibtexparser.middlewares.names import (
        parse_single_name_into_parts,
        split_multiple_persons_names,
    )

    if not raw.strip():
        return []
    try:
        names = split_multiple_persons_names(raw)
    except Exception:  # braces that don't match
        names = re.split(r"\s+and\s+", raw)
    people: list[dict[str, str]] = []
    for name in names[:200]:
        if name.strip().lower() == "others":
            continue
        if _in_braces(name.strip()):
            person = {"literal": _text(name)}
        else:
            try:
                parts = parse_single_name_into_parts(name, strict=False)
                person = {
                    "family": _text(" ".join(parts.last)),
                    "given": _text(" ".join(parts.first)),
                    "non-dropping-particle": _text(" ".join(parts.von)),
                    "suffix": _text(" ".join(parts.jr)),
                }
            except Exception:  # a shape the parser trips over
                person = {"literal": _text(name)}
        if person := {part: text for part, text in person.items() if text}:
            people.append(person)
    return people


def _in_braces(name: str) -> bool:
    """Whether one pair of braces holds the whole name."""
    if not name.startswith("{") or not name.endswith("}") or name.startswith("{\\"):
        return False
    depth = 0
    for index, letter in enumerate(name):
        depth += (letter == "{") - (letter == "}")
        if depth == 0:
            return index == len(name) - 1
    return False


def _joined(fields: Mapping[str, str], title: str, subtitle: str, addition: str) -> str:
    parts = [_text(fields.get(title, "")), _text(fields.get(subtitle, ""))]
    main = ": ".join(part for part in parts if part)
    extra = _text(fields.get(addition, ""))
    return f"{main}. {extra}" if main and extra else main


def _verbatim(raw: str) -> str:
    """A field that is no text: an address, a DOI, a date. Only escapes and braces go."""
    return re.sub(r"\\([_%&#~$])|[{}]|\\(?=\W)", r"\1", raw).strip().removeprefix("\\url").strip()


def _text(raw: str) -> str:
    """A field's text with its LaTeX as characters.

    Braces, accents, dashes and quotation marks, which is nearly all there is, are read here, and
    fast; commands and formulas by the full decoder, as long as a file doesn't overdo it.
    """
    if not raw:
        return ""
    raw = " ".join(raw.split())
    if not _LATEX.search(raw):
        return raw
    text = _ACCENT.sub(_accented, raw)
    rest = _ESCAPED.sub("", text)
    if _BEYOND.search(rest):
        text = _decode(text)
    else:
        text = _ESCAPED.sub(r"\1", text)
        for latex, character in _PUNCTUATION:
            text = text.replace(latex, character)
        text = text.replace("{", "").replace("}", "")
    return " ".join(text.split())


def _accented(match: re.Match[str]) -> str:
    accent = match["a"] or match["b"] or match["c"]
    letter = (match["x"] or match["y"] or match["z"] or match["w"]).lstrip("\\")
    return unicodedata.normalize("NFC", letter + _COMBINING[accent])


_budget: ContextVar[list[int]] = ContextVar("characters that may still be decoded in this file")


def _decode(text: str) -> str:
    budget = _budget.get(None)
    if budget is not None:
        budget[0] -= len(text)
    if budget is None or budget[0] >= 0:
        try:
            return str(_decoder().latex_to_text(_BARE_PERCENT.sub(r"\\%", text)))
        except Exception:  # LaTeX beyond the decoder, as nested too deeply: keep the words
            pass
    return re.sub(r"\\[A-Za-z]+\s*|[{}\\$]", "", text)


@cache
def _decoder() -> Any:
    from pylatexenc import latex2text  # type: ignore[import-untyped]

    context = latex2text.get_default_latex_context_db()
    context.add_context_category(
        "addresses",
        prepend=True,
        macros=[
            latex2text.MacroTextSpec("url", simplify_repl="%s"),
            latex2text.MacroTextSpec("href", simplify_repl="%(2)s"),
        ],
    )
    return latex2text.LatexNodes2Text(
        latex_context=context, math_mode="text", strict_latex_spaces=True
    )
