"""Types that a style has no place for, given as types that it prints in full.

CSL styles are written for scholars. Laws, treaties, hearings and web pages fall through to whatever
comes last in the style, and lose their number, publisher or date. No entry is formatted here: a
reference is handed to the style as a type it knows, with its facts in that type's variables.
"""

import re
from collections.abc import Callable
from typing import Final

from impactbrief.brief.citations.reference import Reference

INSTEAD: Final = ("document", "report", "webpage", "book")
"""Types to try, in this order, where a style prints nothing of a reference that matters."""


def _chain(*facts: str) -> str:
    return ", ".join(dict.fromkeys(fact for fact in facts if fact))


def _labelled(label: str, text: str) -> str:
    return f"{label} {text}" if text else ""


def _pages(pages: str) -> str:
    return re.sub(r"(?<=\d)-(?=\d)", "–", pages)


def _authored(reference: Reference, *makers: str) -> tuple[Reference, str]:
    """The reference with an author, and what of `makers` is still to be said."""
    if reference.names.get("author"):
        return reference, _chain(*makers)
    for index, maker in enumerate(makers):
        if maker:
            rest = makers[:index] + makers[index + 1 :]
            author = ({"literal": maker},)
            names = reference.names | {"author": author}
            return (
                Reference(reference.id, reference.type, reference.texts, names, reference.dates,
                          reference.url, reference.doi),
                _chain(*rest),
            )  # fmt: skip
    return reference, ""


def _act(reference: Reference) -> Reference:
    """A law, treaty or standard: *Title*, number, where it is published, full date."""
    text = reference.texts.get
    reference, rest = _authored(reference, text("publisher", ""), text("authority", ""))
    facts = _chain(
        " ".join(filter(None, (text("genre", ""), text("number", "")))),
        " ".join(filter(None, (text("container-title", ""), text("volume", "")))),
        _labelled("p.", _pages(text("page", ""))),
        _labelled("§", text("section", "")),
        rest,
        text("publisher-place", ""),
    )
    return reference.with_texts("standard", genre="", number=facts, publisher_place="")


def _case(reference: Reference) -> Reference:
    """A judgment: *Parties*, court, number, where it is reported, full date."""
    text = reference.texts.get
    facts = _chain(
        text("authority", ""),
        " ".join(filter(None, (text("genre", ""), text("number", "")))),
        " ".join(filter(None, (text("volume", ""), text("container-title", ""), text("page", "")))),
        text("publisher", ""),
    )
    return reference.with_texts("standard", genre="", number=facts, publisher_place="")


def _page(reference: Reference) -> Reference:
    """Something on the web or in a series: “Title,” where, publisher, number, full date."""
    text = reference.texts.get
    issuer = _chain(
        text("publisher", ""),
        " ".join(filter(None, (text("genre", ""), text("number", "")))),
        text("authority", ""),
        text("event-title", ""),
        text("event-place", ""),
        _version(text("version", "")),
    )
    return reference.with_texts("article-newspaper", publisher=issuer)


def _webpage(reference: Reference) -> Reference:
    """As the style has it, unless there is a date or publisher, which IEEE would not print."""
    dated = "issued" in reference.dates or "publisher" in reference.texts
    return _page(reference) if dated else reference


def _program(reference: Reference) -> Reference:
    text = reference.texts.get
    reference, rest = _authored(reference, text("publisher", ""))
    facts = _chain(_version(text("version", "")), rest)
    return reference.with_texts("standard", genre="", number=facts, publisher_place="")


def _video(reference: Reference) -> Reference:
    return _page(reference) if reference.texts.get("publisher") else reference


def _speech(reference: Reference) -> Reference:
    place = reference.texts.get("publisher-place") or reference.texts.get("event-place", "")
    return reference.with_texts(publisher_place=place)


def _foreign_law(reference: Reference) -> Reference:
    """A law whose number says what it is (Act No. 12345): it belongs to the name.

    Author-date styles know laws of the United States, and print `Pub. L. No.` before a number.
    """
    law = re.match(r"[^\W\d_]", reference.texts.get("number", ""))
    return numbered(reference) if law and "title" in reference.texts else reference


def _hearing(reference: Reference) -> Reference:
    """A hearing as a report: the styles' hearings are testimony before one country's Congress."""
    return reference.with_texts("report")


def _version(version: str) -> str:
    return f"v{version}" if version[:1].isdigit() else version


_IEEE: dict[str, Callable[[Reference], Reference]] = {
    "bill": _act,
    "legislation": _act,
    "regulation": _act,
    "treaty": _act,
    "standard": _act,
    "legal_case": _case,
    "software": _program,
    "speech": _speech,
    "dataset": _page,
    "document": _page,
    "entry": _page,
    "entry-dictionary": _page,
    "entry-encyclopedia": _page,
    "event": _page,
    "hearing": _page,
    "interview": _page,
    "pamphlet": _page,
    "patent": _page,
    "performance": _page,
    "periodical": _page,
    "collection": _page,
    "review": _page,
    "review-book": _page,
    "motion_picture": _video,
    "post": _webpage,
    "post-weblog": _webpage,
    "webpage": _webpage,
}

_MENDS: Final = {"ieee": _IEEE}
_AUTHOR_DATE: Final = {"legislation": _foreign_law, "hearing": _hearing}


_NUMBERED: Final = frozenset(
    ("bill", "hearing", "legal_case", "legislation", "regulation", "standard", "treaty")
)
"""Types that are known by their number as much as by their title."""


def number_of(reference: Reference) -> str:
    """The number without which an entry of this type says too little, or ""."""
    return reference.texts.get("number", "") if reference.type in _NUMBERED else ""


def numbered(reference: Reference) -> Reference:
    """The reference with its number, if it has one, as a part of its title."""
    title = reference.texts.get("title", "")
    number = " ".join(filter(None, (reference.texts.get("genre"), reference.texts.get("number"))))
    if "number" not in reference.texts:
        return reference
    short = reference.texts.get("title-short", title)
    return reference.with_texts(title=_chain(title, number), title_short=short, number="", genre="")


def mended(reference: Reference, style: str, numeric: bool) -> Reference:
    """The reference as the type under which `style` prints the most of it."""
    table = _MENDS.get(style, {} if numeric else _AUTHOR_DATE)
    mend = table.get(reference.type)
    return mend(reference) if mend else reference
