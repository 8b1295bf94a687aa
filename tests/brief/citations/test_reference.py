"""References as people write them: dates, names, and any oddity, which never fails."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impactbrief.brief.citations import Bibliography
from impactbrief.brief.citations.reference import TYPES, When, tidy
from impactbrief.prose.citations import CitedItem
from tests.brief.citations.references import entry


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("2016-01", "Jan. 2016"),
        (2016, "2016"),
        ("2016", "2016"),
        ({"date-parts": [[2016, 1]]}, "Jan. 2016"),
        ({"date-parts": [["2016", "1"]]}, "Jan. 2016"),
        ({"date-parts": [2016, 1]}, "Jan. 2016"),
        ({"raw": "2016-01"}, "Jan. 2016"),
        ({"literal": "after the vote"}, "after the vote"),
        ([{"year": 2016, "month": 1}], "Jan. 2016"),
        ("2016~", "2016"),
        ("2016-13", "2016-13"),
        ("spring of 2016", "spring of 2016"),
        ("2016-01/2016-03", "Jan.–Mar. 2016"),
    ],
    ids=repr,
)
def test_dates(typed: object, printed: str) -> None:
    """A date prints whether it came as EDTF, a number or CSL; what is no date prints as typed."""
    assert entry(type="report", title="T", issued=typed).text == f"“T,” {printed}."


def test_date_of_a_season() -> None:
    """EDTF's seasons are known."""
    assert tidy({"issued": "2016-21"}).dates["issued"] == When((2016,), season=1)


@pytest.mark.parametrize(
    ("typed", "circa"), [("false", False), ("true", True), (1, True), (0, False)]
)
def test_a_date_is_about_right_where_it_says_so(typed: object, circa: bool) -> None:
    """In YAML's words or in JSON's."""
    when = tidy({"id": "a", "issued": {"date-parts": [[2020]], "circa": typed}}).dates["issued"]
    assert when.circa is circa


@pytest.mark.parametrize(
    ("author", "printed"),
    [
        ("Bare Words", "Bare Words"),
        (["A", {"name": "B"}], "A and B"),
        ([{"family": "Lee", "given": "Ada-Marie B."}], "A.-M. B. Lee"),
        ([{"family": "Shim", "given": "Woo-hyun"}], "W.-H. Shim"),
        ([{"family": "이", "given": "명박"}], "이명박"),
        ([{"family": "boyd", "given": "danah"}], "danah boyd"),
        ([{"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"}],
         "L. van Beethoven"),
        ([{"given": "Plato"}], "Plato"),
        ([{}, None, 3], "3"),
    ],
)  # fmt: skip
def test_names(author: object, printed: str) -> None:
    """Names print in whatever shape they came, and no name is abbreviated to nothing."""
    assert entry(type="report", title="T", author=author).text == f"{printed}, “T.”"


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ({"family": "王", "given": "小明"}, "王小明"),
        ({"family": "باز", "given": "علی", "non-dropping-particle": "ابن"}, "علی ابن باز"),
        ({"family": "כהן", "given": "דוד", "suffix": "הבן"}, "דוד כהן, הבן"),
        ({"given": "Teresa", "suffix": "OCD", "dropping-particle": "de"}, "Teresa de, OCD"),
        ({"given": "Plato"}, "Plato"),
    ],
)
def test_a_name_without_capitals_or_family_is_printed_whole(
    name: dict[str, str], printed: str
) -> None:
    """With its particles and its suffix, each in its place."""
    [person] = tidy({"id": "a", "author": [name]}).names["author"]
    assert person == {"literal": printed}


_SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
_VALUES = st.recursive(
    _SCALARS | st.sampled_from(["2020-01/2021", "1-2", "<i>x</i>", "[x]", "“q”", "\ufdd0\ufdde"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["family", "given", "literal", "date-parts", "raw", "season", "circa", "year"]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)
_KEYS = st.sampled_from(
    ["type", "title", "author", "editor", "issued", "accessed", "URL", "DOI", "page", "volume",
     "issue", "number", "publisher", "container-title", "language", "edition", "genre", "event",
     "number-of-volumes", "collection-editor", "year-suffix", "citation-number", "key", "locator",
     "first-reference-note-number", "custom"]
)  # fmt: skip
_REFERENCES = st.dictionaries(_KEYS | st.text(max_size=5), _VALUES, max_size=8)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(_REFERENCES, min_size=1, max_size=4),
    st.sampled_from(["ieee", "apa", "chicago-author-date", "nature", "\0"]),
    st.text(max_size=10),
    st.sampled_from([None, *sorted(TYPES)]),
)
def test_odd_references_never_fail(
    references: list[dict[str, Any]], style: str, typed: str, kind: str | None
) -> None:
    """Any mapping whatever makes a citation and an entry, and never a tag of its own."""
    numbered = [
        {**reference, "id": f"r{index}", **({"type": kind} if kind else {})}
        for index, reference in enumerate(references)
    ]
    bibliography = Bibliography(numbered, style, "en")
    for reference in numbered:
        label = bibliography.cite([CitedItem(str(reference["id"]), typed, typed, typed)])
        assert label.text
    found = bibliography.entries()
    assert len(found) == len(numbered)
    for each in found:
        assert each.text
        assert not re.search("[\ufdd0-\ufdef]", each.html + each.text)
        tags = re.sub(
            r'</?(i|b|sup|sub)>|<a class="url" href="https?://[^"<>]*">|</a>', "", each.html
        )
        assert "<" not in tags
        assert ">" not in tags
