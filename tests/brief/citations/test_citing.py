"""Citations: their numbers and letters, their order, what is linked, what is not there."""

from dataclasses import dataclass
from typing import Any

from impactbrief.brief.citations import Bibliography
from impactbrief.prose.citations import CitedItem
from tests.brief.citations.references import MINISTRY, THREE, cited, labels


def test_numbers_follow_citation() -> None:
    """In a numeric style the number is the rank of the first citation; uncited evidence follows."""
    bibliography = Bibliography(THREE, "ieee", "en")
    assert bibliography.cite(cited("cy")).text == "[1]"
    assert bibliography.cite(cited("ada", "cy")).text == "[1], [2]"
    assert bibliography.cite(cited("cy")).text == "[1]"
    assert bibliography.add_uncited("bo")
    assert not bibliography.add_uncited("nobody")
    assert [(e.id, e.number) for e in bibliography.entries()] == [
        ("cy", "[1]"), ("ada", "[2]"), ("bo", "[3]"),
    ]  # fmt: skip


def test_numbers_before_letters() -> None:
    """A numeric style that would list by name lists by number: the numbers stand in the text."""
    bibliography = Bibliography(THREE, "elsevier-with-titles-alphabetical", "en")
    assert [bibliography.cite(cited(id)).text for id in ("cy", "ada")] == ["[1]", "[2]"]
    assert [(e.id, e.number) for e in bibliography.entries()] == [("cy", "[1]"), ("ada", "[2]")]


def test_label_parts() -> None:
    """A label comes in pieces, so that just the number and place are linked to the work.

    All that is said of a work stands in its brackets.
    """
    bibliography = Bibliography(THREE, "ieee", "en")
    label = bibliography.cite(
        [CitedItem("ada", locator="p. 4", prefix="see", suffix=", and elsewhere"), CitedItem("bo")]
    )
    assert label.text == "see [1, p. 4, and elsewhere], [2]"
    assert [(part.text, part.reference) for part in label.parts if part.reference] == [
        ("1, p. 4", "ada"), ("2", "bo"),
    ]  # fmt: skip


def test_unresolved() -> None:
    """An id without a reference is reported; alone it leaves the label to be printed as typed."""
    bibliography = Bibliography(THREE, "ieee", "en")
    lonely = bibliography.cite(cited("who"))
    assert (lonely.parts, lonely.unresolved) == ((), ("who",))
    mixed = bibliography.cite(cited("who", "ada"))
    assert (mixed.text, mixed.unresolved) == ("[1], @who", ("who",))
    assert "<" not in "".join(
        part.html for part in bibliography.cite(cited("<b>", "ada")).parts
    ).replace("&lt;", "")


def test_ids_keep_their_case() -> None:
    """`Smith2020` and `smith2020` are two references."""
    two: list[dict[str, Any]] = [{"id": "S", "title": "A"}, {"id": "s", "title": "B"}]
    assert labels(two, cited("s"), cited("S"), style="ieee") == ["[1]", "[2]"]


def test_author_date() -> None:
    """Author-date styles cite by name, year and place, and without the name if so asked."""
    items = [CitedItem("ada", locator="pp. 4-6"), CitedItem("ada", author_suppressed=True)]
    assert labels(THREE, items[:1], items[1:], cited("ada", "bo"), style="apa") == [
        "(Ada, 2020, pp. 4–6)",
        "(2020)",
        "(Ada, 2020; Bo, 2020)",
    ]


def test_told_apart() -> None:
    """Works that would be cited alike get a letter, the same in citation and entry."""
    twins: list[dict[str, Any]] = [
        {"id": name, "type": "report", "title": title, "author": MINISTRY, "issued": 2020}
        for name, title in (("z", "Zebra"), ("a", "Ant"))
    ]
    bibliography = Bibliography(twins, "apa", "en")
    assert bibliography.cite(cited("z")).text == "(Ministry of Science and ICT, 2020b)"
    assert bibliography.cite(cited("a")).text == "(Ministry of Science and ICT, 2020a)"
    assert [e.text for e in bibliography.entries()] == [
        "Ministry of Science and ICT. (2020a). Ant.",
        "Ministry of Science and ICT. (2020b). Zebra.",
    ]
    assert labels(THREE, cited("ada"), style="mla") == ["(Ada)"]
    assert labels(twins, cited("z"), style="mla") == ["(Ministry of Science and ICT, Zebra)"]


def test_told_apart_under_another_type() -> None:
    """The letter stays where an entry had to be printed in another way to be complete."""
    twins: list[dict[str, Any]] = [
        {"id": n, "type": "bill", "title": "Bill", "author": MINISTRY, "number": n, "issued": 2020}
        for n in ("H. 1", "H. 2")
    ]
    bibliography = Bibliography(twins, "harvard", "en")
    for twin in twins:
        bibliography.cite(cited(twin["id"]))
    texts = sorted(e.text for e in bibliography.entries())
    assert ["2020a" in texts[0], "2020b" in texts[1]] == [True, True], texts
    assert ["H. 1" in texts[0], "H. 2" in texts[1]] == [True, True], texts


def test_sorted_by_letters() -> None:
    """An alphabetical list ignores accents and case, and its order doesn't depend on citing."""
    names = ["Zola", "émile", "Adler", "Eaton"]
    references: list[dict[str, Any]] = [
        {"id": n, "type": "book", "title": "T", "author": [{"family": n}], "issued": 2020}
        for n in names
    ]
    bibliography = Bibliography(references, "apa", "en")
    bibliography.cite(cited(*names))
    assert [e.id for e in bibliography.entries()] == ["Adler", "Eaton", "émile", "Zola"]


@dataclass
class _Duck:
    id: str
    locator: str = ""
    prefix: str = ""
    suffix: str = ""
    author_suppressed: bool = False


def test_any_cited_item_will_do() -> None:
    """What is cited is told by its attributes, not by its class."""
    assert Bibliography(THREE, "ieee", "en").cite([_Duck("ada")]).text == "[1]"
