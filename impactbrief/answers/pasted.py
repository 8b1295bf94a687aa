"""Sources from pasted text: addresses, DOIs, CSL items, BibTeX entries. Nothing is fetched."""

import json
import re
import unicodedata
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from impactbrief.errors import InputError, Problem
from impactbrief.i18n import _
from impactbrief.yamltext import Writable, read, resolve

_doi = re.compile(
    r"(?:doi:\s*|https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/[^\s\"<>]+)", re.IGNORECASE
)
_rfc = re.compile(
    r"(?:https?://(?:www\.)?(?:rfc-editor\.org/(?:rfc|info)|datatracker\.ietf\.org/doc(?:/html)?)/)?"
    r"rfc\s?(\d{1,5})(?:\.(?:html|txt|pdf))?/?",
    re.IGNORECASE,
)
LONGEST = 200_000
"""Characters of pasted text that are still read."""
MOST = 200
"""Sources that are taken from one paste."""


class Pasted(NamedTuple):
    """What was understood of a pasted text."""

    references: list[dict[str, Writable]]
    whole: bool
    """Whether that is all of the text."""


def references_from(text: str, *, taken: Collection[str] = (), today: date | None = None) -> Pasted:
    """The references that pasted text describes, with ids that are not among those `taken`.

    Several addresses stand in a line each. What the text doesn't say is left out: an address gives
    no title, and none is invented. `today` becomes the day on which an address was looked at.
    Raises InputError with what would do.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    addresses = [each for line in lines[:MOST] if (each := _address(line, today))]
    if len(addresses) == len(lines):
        found, whole = addresses, True
    else:
        found, whole = _entries(text.strip()[:LONGEST])
        whole = whole and len(text) <= LONGEST and len(found) <= MOST
        if not found:
            found = addresses
    if not found:
        raise InputError(
            Problem(
                what=_("This is neither an address, a DOI, a CSL item nor a BibTeX entry."),
                hint=_("Paste one of these, such as https://example.org/report or 10.1000/xyz."),
            )
        )
    known, found = set(taken), found[:MOST]
    for item in found:
        item["id"] = free_id(str(item.get("id") or "source"), known)
        known.add(item["id"])
    return Pasted([{"id": item["id"], **item} for item in found], whole)


def free_id(wanted: str, taken: Collection[str], *, plain: bool = False) -> str:
    """`wanted` as a citation key that nobody has: `smith-2020`, else `smith-2020-2`.

    With `plain` it is made of lower-case words and hyphens, whatever was wanted.
    """
    id_ = _words(wanted) if plain else _key(wanted)
    number, free = 2, id_
    while free in taken:
        free = f"{id_}-{number}"
        number += 1
    return free


def _key(text: str) -> str:
    if re.fullmatch(r"\w(?:[\w:.+-]*\w)?", text):
        return text
    return _words(text)


def _words(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:60].strip("-") or "source"


def _address(text: str, today: date | None) -> dict[str, Any] | None:
    if match := _rfc.fullmatch(text):
        number = str(int(match[1]))
        return {
            "id": f"rfc{number}",
            "type": "report",
            "genre": "RFC",
            "number": number,
            "publisher": "RFC Editor",
            "URL": f"https://www.rfc-editor.org/rfc/rfc{number}",
        }
    if match := _doi.fullmatch(text):
        doi = unquote(match[1]) if text.lower().startswith("http") else match[1]
        return {"id": doi.partition("/")[2], "type": "document", "DOI": doi.rstrip(".,;")}
    if re.fullmatch(r"https?://\S+|www\.\S+", text, re.IGNORECASE):
        url = text if "://" in text else f"https://{text}"
        try:
            parts = urlsplit(url)
        except ValueError:
            return None
        host = (parts.hostname or "").removeprefix("www.")
        if "." not in host:
            return None
        last = unquote(parts.path.rstrip("/").rpartition("/")[2]).partition(".")[0]
        id_ = _words(f"{host.partition('.')[0]} {last}")
        found = {"id": id_, "type": "webpage", "URL": url}
        return found | ({"accessed": f"{today:%Y-%m-%d}"} if today else {})
    return None


def _entries(text: str) -> tuple[list[dict[str, Any]], bool]:
    """What a text of BibTeX or CSL lists, and whether all of it is a source."""
    if re.match(r"@\w+\s*[{(]", text):
        from impactbrief.answers.bibtex import read_bibtex

        references, bad = read_bibtex(text, most=MOST)
        return [dict(reference) for reference in references], not bad
    value: object
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        try:
            value = resolve(read(text).value)
        except InputError:
            return [], False
    if isinstance(value, Mapping) and isinstance(value.get("references"), list):
        value = value["references"]
    items = value if isinstance(value, list) else [value]
    found = [
        _described(item)
        for item in items
        if isinstance(item, Mapping) and {"id", "title", "URL", "DOI"} & item.keys()
    ]
    return found, len(found) == len(items)


def _described(item: Mapping[Any, Any]) -> dict[str, Any]:
    found = {str(key): _plain(value) for key, value in item.items()}
    if not found.get("id"):
        found["id"] = str(found.get("title") or "source")
    return found


def _plain(value: Any) -> Any:
    """A value as an answer file can hold it: dates in CSL's lists become text."""
    if isinstance(value, Mapping):
        dates = value.get("date-parts")
        if isinstance(dates, list) and len(dates) == 1 and isinstance(dates[0], list):
            return "-".join(str(part).zfill(2) for part in dates[0])
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
