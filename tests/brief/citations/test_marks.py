"""The HTML of an entry: italics and links, and nothing that somebody typed as a tag."""

import re

import pytest

from impactbrief.brief.citations import Bibliography
from tests.brief.citations.references import URL, entry


def test_html_of_an_entry() -> None:
    """Titles of books are set in italics, addresses and DOIs are links, numbers stand apart."""
    book = entry(type="book", title="The net", URL=URL, DOI="10.1000/a<b")
    assert book.number == "[1]"
    assert book.url == URL
    assert "<i>The net</i>" in book.html
    assert '<a class="url" href="https://doi.org/10.1000/a&lt;b">10.1000/a&lt;b</a>' in book.html
    page = entry("apa", type="article-journal", title="T", DOI="10.1000/xyz")
    assert page.number is None
    assert page.url == "https://doi.org/10.1000/xyz"
    assert page.html.endswith(
        '<a class="url" href="https://doi.org/10.1000/xyz">https://doi.org/10.1000/xyz</a>'
    )


@pytest.mark.parametrize("style", ["ieee", "apa", "chicago", "nature"])
@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "[x]", "&amp;", "<i>a<b>", 'a"onclick="b', "</a>"]
)
def test_escaped_once(style: str, text: str) -> None:
    """What a person wrote is escaped exactly once, and can neither open nor close a tag."""
    found = entry(style, type="book", title=f"X {text} y", author=[{"literal": text}],
                  publisher=text, URL=f"https://example.org/{text}")  # fmt: skip
    tags = set(re.findall(r"<(/?\w+)", found.html))
    assert tags <= {"i", "/i", "b", "/b", "sup", "/sup", "sub", "/sub", "a", "/a"}
    assert found.html.count("<a ") <= 1
    if text == "&amp;":
        assert "x &amp;amp; y" in found.html.lower()
        assert "x &amp; y" in found.text.lower()
    if "script" in text:
        assert "&lt;script&gt;" in found.html.lower()
        assert "&amp;lt;" not in found.html


def test_csl_inline_tags() -> None:
    """CSL's own few inline tags are understood, any other markup is text."""
    found = entry(type="report", title="CO<sub>2</sub> and <u>others</u>")
    assert "CO<sub>2</sub> and &lt;u&gt;others&lt;/u&gt;" in found.html


def test_italics_inside_italics_are_upright() -> None:
    """As CSL has it: what is set off by slanting stands out by not being slanted there."""
    book = entry(type="book", title="A <i>big</i> <b>bad</b> book")
    assert "<i>A </i>big<i> </i><i><b>bad</b></i><i> book</i>" in book.html


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//x", "https://a b"])
def test_bad_address(url: str) -> None:
    """Only http and https addresses become links; another prints."""
    bibliography = Bibliography(
        [{"id": "a", "type": "webpage", "title": "T", "URL": url}], "ieee", "en"
    )
    bibliography.add_uncited("a")
    (found,) = bibliography.entries()
    assert "href" not in found.html
    assert found.url is None
