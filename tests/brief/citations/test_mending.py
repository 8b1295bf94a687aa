"""Entries, read by an editor: every type in full, in styles that have no place for it."""

import re
from typing import Any

import pytest

from impactbrief.brief.citations.reference import TYPES
from tests.brief.citations.references import ADA, ENTRIES, URL, WEB, entry


@pytest.mark.parametrize(("reference", "expected"), ENTRIES, ids=lambda value: str(value)[:50])
def test_ieee_entry(reference: dict[str, Any], expected: str) -> None:
    """Every type that policy people cite prints in full: who, what, number, when, address."""
    assert entry(**reference).text == expected


@pytest.mark.parametrize(
    ("style", "reference", "expected"),
    [
        ("apa", {"type": "webpage", "title": "A page", "URL": URL, "accessed": "2022-04-01"},
         "A page. (n.d.). Retrieved April 1, 2022, from https://example.org/x"),
        ("mla", {"type": "chapter", "title": "A part", "container-title": "The net",
                 "page": "1-20"}, "“A Part.” The Net, pp. 1–20."),
        ("apa", ENTRIES[0][0], "Telecommunications Business Act, Act No. 12345, Official Gazette "
                               "(2016). https://example.org/x"),
        ("apa", ENTRIES[4][0], "Ministry of Science and ICT. (2016). Interconnection notice. "
                               "https://example.org/x"),
        ("apa", ENTRIES[10][0], "Roe, R. (Ed.). (2001). A part. In The net (pp. 1–20). MIT Press."),
        ("apa", ENTRIES[14][0], "Committee on Commerce. (2020). Hearing on network fees "
                                "(S. Hrg. 1). US Senate. https://example.org/x"),
        ("apa", ENTRIES[18][0], "Smith, J. P. (2022, March 4). E-mail to the authors."),
        ("chicago-author-date", ENTRIES[8][0],
         "Smith, John Paul. 2019. “Why Fees Rise?” The Daily, May 6. https://example.org/x."),
        ("chicago-author-date", ENTRIES[17][0],
         "Schrems v. Data Protection Commissioner, C-362/14 (CJEU October 6, 2015). "
         "https://example.org/x."),
        ("harvard", ENTRIES[17][0],
         "Schrems v. Data Protection Commissioner, C-362/14 (2015). Available at: "
         "https://example.org/x (Accessed: April 1, 2022)."),
        ("modern-language-association", ENTRIES[9][0],
         "Smith, John Paul. The Net. 2nd ed., MIT Press, 2001."),
    ],
)  # fmt: skip
def test_other_styles(style: str, reference: dict[str, Any], expected: str) -> None:
    """Author-date styles print laws, hearings and letters in full too, and nothing twice."""
    assert entry(style, **reference).text == expected


@pytest.mark.parametrize("style", ["ieee", "apa", "chicago", "mla", "harvard", "nature"])
@pytest.mark.parametrize("kind", sorted(TYPES))
def test_no_type_is_left_out(style: str, kind: str) -> None:
    """Whatever the type, an entry says the title, and for what is on the web the address."""
    found = entry(style, type=kind, title="Some title", author=ADA, issued="2020-03-04", **WEB)
    assert "some title" in found.text.lower()
    assert not re.search(r"[,;:] ?[.,]|\.\.|  | ,|\(\)|\[\]|””|“ ?”", found.text), found.text
    if style == "ieee":
        assert found.text.endswith(URL)
        assert "2020" in found.text


def test_an_entry_in_arabic() -> None:
    """Its commas and quotation marks are those of Arabic, beside a Latin name those of Latin."""
    title, ministry = "تقرير عن السوق", "وزارة الاتصالات"
    found = entry(
        language="ar", type="report", title=title, author=[{"literal": ministry}], issued=2026
    )
    assert found.text == f"{ministry}، «{title}»، 2026."
    latin = entry(language="ar", type="report", title="A report", author=[{"literal": "CZ.NIC"}])
    assert latin.text.startswith("CZ.NIC, «A report»")
