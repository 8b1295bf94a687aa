"""A source from pasted text, offline."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactbrief.answers.file import parse
from impactbrief.answers.pasted import LONGEST, MOST, free_id, references_from
from impactbrief.errors import InputError
from impactbrief.yamltext import set_value

TODAY = date(2026, 11, 21)
MINIMAL = "impactbrief: 1\ndocument: {title: A brief}\nproposal: {name: A proposal}\n"


@pytest.mark.parametrize(
    ("pasted", "expected"),
    [
        (
            "https://www.example.org/a/2022/Interconnection-Notice.html?x=1#y",
            {"id": "example-interconnection-notice", "type": "webpage", "accessed": "2026-11-21",
             "URL": "https://www.example.org/a/2022/Interconnection-Notice.html?x=1#y"},
        ),
        ("www.example.org", {"id": "example", "type": "webpage", "accessed": "2026-11-21",
                             "URL": "https://www.example.org"}),
        ("10.1145/3366423.3380119", {"id": "3366423.3380119", "type": "document",
                                     "DOI": "10.1145/3366423.3380119"}),
        (" doi:10.1000/xyz\n", {"id": "xyz", "type": "document", "DOI": "10.1000/xyz"}),
        ("https://doi.org/10.1000/a%2Fb", {"id": "a-b", "type": "document", "DOI": "10.1000/a/b"}),
        (
            "RFC 2826",
            {"id": "rfc2826", "type": "report", "genre": "RFC", "number": "2826",
             "publisher": "RFC Editor", "URL": "https://www.rfc-editor.org/rfc/rfc2826"},
        ),
        (
            "https://datatracker.ietf.org/doc/html/rfc7754",
            {"id": "rfc7754", "type": "report", "genre": "RFC", "number": "7754",
             "publisher": "RFC Editor", "URL": "https://www.rfc-editor.org/rfc/rfc7754"},
        ),
        (
            '[{"id": "Smith2020", "title": "T", "issued": {"date-parts": [[2020, 4]]}}]',
            {"id": "Smith2020", "title": "T", "issued": "2020-04"},
        ),
        ("id: x\ntitle: T\nauthor: [{family: A, given: B}]\n",
         {"id": "x", "title": "T", "author": [{"family": "A", "given": "B"}]}),
        ('{"title": "Über die Netze", "type": "report"}',
         {"id": "uber-die-netze", "type": "report", "title": "Über die Netze"}),
    ],
)  # fmt: skip
def test_pasted_text_becomes_a_reference(pasted: str, expected: dict[str, object]) -> None:
    """Addresses, DOIs, RFCs and CSL; nothing is invented."""
    assert references_from(pasted, today=TODAY) == ([expected], True)


def test_a_bibtex_entry() -> None:
    """As journals offer it for copying."""
    entry = "@article{Doe2019, title={On {TLS}}, author={Doe, Jane}, year=2019}"
    [found], whole = references_from(entry)
    assert whole
    assert (found["id"], found["type"]) == ("Doe2019", "article-journal")
    assert "TLS" in str(found["title"])


@pytest.mark.parametrize(
    "pasted",
    ["", "hello", "a b c", "https://", "10.1", "@", "[]", "{}", "x: ["],
)
def test_anything_else_says_what_would_do(pasted: str) -> None:
    """With an example."""
    with pytest.raises(InputError, match=r"https://example\.org"):
        references_from(pasted)


@pytest.mark.parametrize(
    ("pasted", "ids"),
    [
        ("@book{a, title={A}}\n\n@book{b, title={B}}\n@book{a, title={C}}", ["a", "b", "a-2"]),
        ("rfc1\n\nhttps://example.org/x\n10.1000/xyz", ["rfc1", "example-x", "xyz"]),
        ('[{"id": "a", "title": "A"}, {"id": "b", "title": "B"}]', ["a", "b"]),
        ("references:\n  - {id: a, title: A}\n  - {id: b, title: B}\n", ["a", "b"]),
    ],
)
def test_several_at_once(pasted: str, ids: list[str]) -> None:
    """All that was pasted is taken, each with an id of its own."""
    found, whole = references_from(pasted)
    assert [each["id"] for each in found] == ids
    assert whole


@pytest.mark.parametrize(
    ("pasted", "ids"),
    [
        ("rfc1\nsee also\nrfc2", ["rfc1", "rfc2"]),
        ("@book{a, title={A}}\n\n@book{b, title={B}", ["a"]),
        ('[{"id": "a", "title": "A"}, {"note": "B"}, 3]', ["a"]),
        ("\n".join(f"rfc{number}" for number in range(1, MOST + 2)),
         [f"rfc{number}" for number in range(1, MOST + 1)]),
        ("id: a\ntitle: A\nnote: " + "x" * LONGEST, ["a"]),
    ],
)  # fmt: skip
def test_what_is_left_out_is_no_secret(pasted: str, ids: list[str]) -> None:
    """Where some of the text is no source, or it is too much, the rest is taken, and this said."""
    found, whole = references_from(pasted)
    assert [each["id"] for each in found] == ids
    assert not whole


def test_a_whole_library_is_taken_up_to_a_bound() -> None:
    """Its first entries, in their order."""
    library = [{"id": f"a{number}", "title": "A"} for number in range(MOST + 1)]
    found, whole = references_from(json.dumps(library))
    assert [entry["id"] for entry in found] == [f"a{number}" for number in range(MOST)]
    assert not whole


def test_an_id_is_its_own() -> None:
    """One that is taken gets a number."""
    assert references_from("rfc1", taken={"rfc1", "rfc1-2"}).references[0]["id"] == "rfc1-3"
    assert free_id("Smith & Co. 2020", ()) == "smith-co-2020"
    assert free_id("法", ()) == "法"
    assert free_id("!!", ()) == "source"
    assert free_id("Article 34(2)", (), plain=True) == "article-34-2"


@given(st.one_of(st.text(max_size=40), st.from_regex(r"https?://[a-z]+\.[a-z]+/\S{0,20}")))
def test_whatever_is_pasted_fits_the_format(pasted: str) -> None:
    """Either it is refused, or the answer file takes it without a problem."""
    try:
        found = references_from(pasted).references
    except InputError:
        return
    text = set_value(MINIMAL, ("references",), found)
    assert parse(text.encode()).problems == ()
