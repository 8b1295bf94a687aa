"""HTML: one file that stands alone, says all that the brief says, and takes no text for markup."""

import re
from collections import Counter
from dataclasses import fields, is_dataclass, replace
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from impactbrief.brief.citations import Entry, Label, LabelPart
from impactbrief.brief.model import (
    Cited,
    Fact,
    Facts,
    Note,
    ProseBlock,
    ReferenceItem,
    References,
    Section,
    Sentence,
    Text,
)
from impactbrief.prose import Dress, parse
from impactbrief.render.html import short, to_html
from tests.render.briefs import brief
from tests.render.page import DRAFT, KOREA, Page, every_document, every_example, text, with_sections

EVIL = "<script>alert(1)</script> {{ 7 * 7 }} & </style> \"'"


@every_document
@every_example
def test_a_document_is_one_well_formed_file_that_asks_for_nothing(
    path: Path, document: str
) -> None:
    """No script, no picture or style sheet from elsewhere, and every element closed in its turn."""
    html = to_html(brief(path, document))
    page = Page(html)
    assert page.tags().isdisjoint({"script", "link", "img", "iframe", "object", "form"})
    assert not page.all("src")
    assert all(url.startswith("data:") for url in re.findall(r'url\("?([^")]*)', html))
    assert "@import" not in html
    assert (page.open, page.crossed) == ([], [])


def test_one_author_is_no_authors() -> None:
    """A label speaks of as many people as stand beside it."""
    assert ">Author</strong>" in to_html(brief(KOREA))
    several = replace(brief(KOREA).title_block, authors=brief(KOREA).title_block.authors * 2)
    assert ">Authors</strong>" in to_html(replace(brief(KOREA), title_block=several))


def test_names_that_hold_commas_are_told_apart() -> None:
    """In a list of properties and enablers, a comma is part of a name."""
    words = " ".join(Page(to_html(brief(DRAFT))).words.split())
    last = "Data confidentiality of information, devices, and applications"
    names = [
        "Common global identifiers",
        "Unrestricted use and deployment of Internet technologies",
        last,
    ]
    assert "; ".join(names) in words


@every_document
@every_example
def test_anchors_are_unique_and_inner_links_lead_somewhere(path: Path, document: str) -> None:
    """No id stands twice, and what an inner link leads to is in the file."""
    page = Page(to_html(brief(path, document)))
    ids = Counter(page.all("id"))
    assert [name for name, count in ids.items() if count > 1] == []
    inner = {link[1:] for link in page.all("href") if link.startswith("#")}
    assert inner <= ids.keys()


@every_example
def test_every_section_and_recommendation_can_be_linked_to(path: Path) -> None:
    """The anchors are those of the brief, so that a link from outside stays right."""
    shown = brief(path)
    ids = set(Page(to_html(shown)).all("id"))
    assert {section.id for top in shown.sections for section in top.walk()} <= ids
    assert re.search(r'id="recommendation-1"', to_html(shown))


@every_example
def test_citations_and_references_are_tied_both_ways(path: Path) -> None:
    """Each citation leads to its reference, and the reference back to its citations; one that is
    cited more than five times leads to the first three and the last."""
    page = Page(to_html(brief(path)))
    cites = {a["id"]: a["href"] for _tag, a in page.elements if a.get("class") == "cite"}
    backs = {a["href"] for _tag, a in page.elements if a.get("role") == "doc-backlink"}
    assert cites
    assert all(target.startswith("#ref-") for target in cites.values())
    kept = {
        anchor
        for target in set(cites.values())
        for places in [[anchor for anchor in cites if cites[anchor] == target]]
        for anchor in (places if len(places) <= 5 else [*places[:3], places[-1]])
    }
    assert {f"#{anchor}" for anchor in kept} == {back for back in backs if "#cite-" in back}


@every_document
@every_example
def test_headings_go_down_one_level_at_a_time(path: Path, document: str) -> None:
    """A document has one main heading, and no heading skips a level below it."""
    tags = [tag for tag, _attrs in Page(to_html(brief(path, document))).elements]
    levels = [int(tag[1]) for tag in tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    jumps = [(a, b) for a, b in pairwise(levels) if b > a + 1]
    assert jumps == []


def test_what_a_person_typed_is_never_markup() -> None:
    """Tags, template code and the end of a style sheet print as typed, wherever they stand."""
    old = brief(DRAFT)
    evil = replace(
        old,
        title_block=replace(
            old.title_block,
            title=EVIL,
            subtitle=EVIL,
            publisher=EVIL,
            authors=(replace(old.title_block.authors[0], name=EVIL, affiliations=(EVIL,)),),
            keywords=(EVIL,),
        ),
        description=EVIL,
        sections=(
            Section("x", EVIL, 2, (Sentence(EVIL), Facts((Fact(EVIL, (EVIL,), EVIL),)))),
            Section("y", EVIL, 2, (ProseBlock(text(EVIL)),)),
        ),
    )
    for for_print in (False, True):
        html = to_html(evil, for_print=for_print)
        page = Page(html)
        assert "script" not in page.tags()
        assert page.open == []
        assert html.count("</style>") == 1
        assert page.words.count(EVIL) >= 6


def test_only_an_address_of_the_web_becomes_a_link() -> None:
    """A fact's address with another scheme prints as words."""
    facts = Facts((Fact("A", (), "javascript:alert(1)"), Fact("B", (), "https://example.org/")))
    page = Page(to_html(with_sections(Section("x", "X", 2, (facts,)))))
    assert [link for link in page.all("href") if not link.startswith("#")] == [
        "https://example.org/"
    ] + [link for link in page.all("href") if "internetsociety.org" in link]
    assert "javascript:alert(1)" in page.words


def test_a_heading_is_not_said_again_by_its_first_fact() -> None:
    """As where a licence is followed by whom to write to."""
    facts = Facts((Fact("Licence", ("CC-BY-4.0",)), Fact("Contact", ("info@example.org",))))
    page = Page(to_html(with_sections(Section("licence", "Licence", 2, (facts,)))))
    words = " ".join(page.words.split())
    assert "Licence CC-BY-4.0 Contact: info@example.org" in words


def test_a_citation_in_prose_links_each_work_by_itself() -> None:
    """Two works have two links, each with the anchor that its reference leads back to."""
    parts = (
        LabelPart("[", "["),
        LabelPart("1, p. 4", "1, p.&nbsp;4", "one"),
        LabelPart("], [", "], ["),
        LabelPart("2", "2", "two"),
        LabelPart("]", "]"),
    )
    cited = Cited(Label(parts), ("cite-one-1", "cite-two-1"))
    prose = Text(parse("So it is [@one, p. 4; @two]."), 3, (cited,))
    references = References(
        (
            ReferenceItem(
                Entry("one", "[1]", "<i>One</i>", "One", None), "ref-one", cited.anchors[:1]
            ),
            ReferenceItem(Entry("two", "[2]", "Two", "Two", None), "ref-two", cited.anchors[1:]),
        )
    )
    html = to_html(
        with_sections(
            Section("a", "A", 2, (ProseBlock(prose),)), Section("references", "R", 2, (references,))
        )
    )
    assert '[<a href="#ref-one" id="cite-one-1" class="cite" role="doc-biblioref">' in html
    assert '], [<a href="#ref-two" id="cite-two-1"' in html
    assert 'href="#cite-one-1" role="doc-backlink"' in html
    assert "<i>One</i>" in html


def test_a_link_to_what_is_left_out_keeps_its_words_alone() -> None:
    """Neither an address nor a role stays on a link whose end is not in the document."""
    old = brief(KOREA)
    html = to_html(with_sections(*(s for s in old.sections if s.id != "references")))
    assert "doc-biblioref" not in html
    assert '[<a id="cite-isoc-korea-2022-1" class="cite">1</a>]' in html


def test_a_footnote_keeps_the_number_of_the_document() -> None:
    """A field's first note may be the document's seventh; a note may refer to the next."""
    prose = parse("Word.[^a]\n\n[^a]: See too.[^b]\n\n[^b]: There.")
    body = Text(prose, 3, first_note=7)
    notes = [
        Note(note.label, 7 + n, Text(note.prose, 3, first_note=7))
        for n, note in enumerate(prose.footnotes)
    ]
    html = "".join(
        part.prose.html(dress)
        for part, dress in [(t, _dress(t)) for t in (body, *(note.text for note in notes))]
    )
    assert 'href="#note-7" id="note-mark-7"' in html
    assert 'href="#note-8" id="note-mark-8"' in html


def _dress(of: Text) -> Dress:
    from impactbrief.render.html import _Dress

    return _Dress.of(of, "en")


def test_the_footnotes_of_a_table_stand_below_it(tmp_path: Path) -> None:
    """The preliminary table prints the notes of its cells, tied both ways."""
    source = KOREA.read_text().replace(
        "effect_on_people: |\n",
        "effect_on_people: |\n      Told here.[^told]\n\n      [^told]: Told below.\n\n",
        1,
    )
    (tmp_path / "noted.yaml").write_text(source)
    html = to_html(brief(tmp_path / "noted.yaml", "table"))
    assert "Told below." in Page(html).words
    assert 'href="#note-1" id="note-mark-1"' in html
    assert 'href="#note-mark-1"' in html


def test_metadata_name_the_document() -> None:
    """Title, authors, description, date and the program stand in the head."""
    html = to_html(brief(KOREA))
    for name in ("author", "description", "keywords", "dcterms.created"):
        assert f'<meta name="{name}" content="' in html
    generator = f"impactbrief {version('impactbrief')}"
    assert f'<meta name="generator" content="{generator}">' in html
    assert "<title>Internet Impact Brief: South Korea" in html


@pytest.mark.parametrize(
    ("long", "length", "shortened"),
    [
        ("One two three", 20, "One two three"),
        ("One two three", 9, "One two…"),
        ("x" * 20, 5, "xxxx…"),
    ],
)
def test_a_long_title_is_cut_at_a_word(long: str, length: int, shortened: str) -> None:
    """Cut with an ellipsis, within the length, at a word where there is one."""
    assert short(long, length) == shortened
    assert len(shortened) <= max(length, len(shortened) if long == shortened else length)


JUMPS = "###### Far too deep\n\nText.\n\n# Too high\n\nText.\n\n#### Two levels down\n\nText."


def with_headings(value: Any) -> Any:
    """A brief in which every text has headings that jump."""
    if isinstance(value, Text):
        return replace(value, prose=parse(JUMPS), cited=(), notes=())
    if isinstance(value, tuple):
        return tuple(map(with_headings, value))
    if not is_dataclass(value) or isinstance(value, type):
        return value
    return replace(
        value, **{it.name: with_headings(getattr(value, it.name)) for it in fields(value)}
    )


@every_document
def test_headings_that_jump_are_put_in_order_wherever_they_stand(document: str) -> None:
    """In every field of every block, at whatever depth it is printed."""
    old = brief(KOREA, document)
    changed = replace(
        old,
        sections=with_headings(old.sections),
        title_block=with_headings(old.title_block),
        footer=with_headings(old.footer),
    )
    tags = [tag for tag, _attrs in Page(to_html(changed)).elements]
    levels = [int(tag[1]) for tag in tags if re.fullmatch(r"h[1-6]", tag)]
    assert len(levels) > 10
    assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == []
