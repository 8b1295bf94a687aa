"""HTML: one file that stands alone, says all that the brief says, and takes no text for markup."""

import re
from collections import Counter
from dataclasses import fields, is_dataclass, replace
from html.parser import HTMLParser
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from impactbrief.brief.build import DOCUMENTS
from impactbrief.brief.citations import Entry, Label, LabelPart
from impactbrief.brief.model import (
    Brief,
    Cited,
    Fact,
    Facts,
    Mark,
    Note,
    ProseBlock,
    ReferenceItem,
    References,
    Section,
    Sentence,
    Text,
)
from impactbrief.errors import TemplateError
from impactbrief.prose import Dress, parse
from impactbrief.render import marks
from impactbrief.render.environment import templates
from impactbrief.render.html import short, to_html, worksheet_html
from impactbrief.toolkit.load import DEFAULT, load
from tests.conftest import EXAMPLES, ROOT
from tests.render.briefs import brief, toolkit

KOREA = next(path for path in EXAMPLES if path.stem == "korea-interconnection")
DRAFT = next(path for path in EXAMPLES if path.stem == "draft-platform-id-bill")
FRENCH = ROOT / "tests" / "fixtures" / "markdown" / "french.yaml"
EVIL = "<script>alert(1)</script> {{ 7 * 7 }} & </style> \"'"

every_document = pytest.mark.parametrize("document", DOCUMENTS)
every_example = pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)


class Page(HTMLParser):
    """A page as a browser would take it apart: its elements, its words, its addresses."""

    VOID = frozenset({"meta", "br", "hr", "img", "link", "input", "col", "wbr"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words = ""
        self.open: list[str] = []
        self.crossed: list[str] = []
        """Elements that were closed while another one was open in them."""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.crossed.append(tag)

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words += data

    def all(self, attribute: str) -> list[str]:
        return [attrs[attribute] for _tag, attrs in self.elements if attribute in attrs]

    def tags(self) -> set[str]:
        return {tag for tag, _attrs in self.elements}


def text(source: str, level: int = 3) -> Text:
    return Text(parse(source), level)


def with_sections(*sections: Section, of: Brief | None = None) -> Brief:
    return replace(of or brief(KOREA), sections=sections)


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

    return _Dress.of(of)


# --- languages ----------------------------------------------------------------------------------


def test_words_of_another_language_say_so() -> None:
    """In a brief without words of its own, headings and ratings are marked as English."""
    old = brief(KOREA)
    html = to_html(replace(old, language="ar", direction="rtl"))
    assert '<html lang="ar" dir="rtl">' in html
    assert re.search(r'<span class="mark [^"]*" lang="en" dir="ltr">', html)
    assert re.search(r'<strong class="label" lang="en" dir="ltr">', html)


def test_a_quotation_is_marked_with_its_language_and_direction() -> None:
    """A passage in another language carries `lang` and `dir`; one in the own language not."""
    there = Section("a", "A", 2, (ProseBlock(replace(text("نص"), language="ar")),))
    here = Section("b", "B", 2, (ProseBlock(replace(text("text"), language="en")),))
    html = to_html(with_sections(there, here))
    assert html.count('<div lang="ar" dir="rtl">') == 1
    assert '<div lang="en"' not in html


@every_document
def test_a_colon_is_set_as_its_language_sets_it(document: str) -> None:
    """In French a space stands before it, on the page and in what a screen reader is told."""
    french = brief(FRENCH, document)
    own = with_sections(*(s for s in french.sections if s.id != "references"), of=french)
    for html in (to_html(own), worksheet_html(load(DEFAULT, "fr"))):
        page = Page(html)
        assert not re.findall(r"\w+:\s.{9}", "\n".join([page.words, *page.all("aria-label")]))


def test_no_template_has_words_of_its_own() -> None:
    """Every word comes from the question bank, so that a translation is one file."""
    for path in templates().rglob("*.html.j2"):
        bare = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", path.read_text(), flags=re.DOTALL)
        bare = re.sub(r"<style.*?</style>", "", bare, flags=re.DOTALL)
        bare = re.sub(r"<!?/?[a-z].*?>", "", bare, flags=re.DOTALL)
        bare = re.sub(r"[^{};]*\{[^}]*\}?", "", bare)  # rules of a style sheet
        assert re.findall(r"\w+", bare) == [], path


# --- ratings ------------------------------------------------------------------------------------


def test_every_rating_of_the_toolkit_is_drawn_and_named() -> None:
    """A mark never stands without its word, and no two ratings share a drawing."""
    names = set()
    for rating in toolkit().ratings.values():
        mark = Mark(rating.id, rating.name, rating.glyph, rating.tone, rating.strength)
        assert marks.is_drawn(mark)
        names.add(marks.classes(mark))
        assert f".{marks.classes(mark).split()[2]} " in marks.style_sheet(dark=False)
    assert len(names) == len(toolkit().ratings)
    for _tag, words in re.findall(
        r'<(span) class="mark[^>]*>([^<]*)</span>', to_html(brief(KOREA))
    ):
        assert words.strip()


def test_a_glyph_of_another_bank_is_typed() -> None:
    """A rating that has no drawing keeps its glyph, as text before its word."""
    mark = Mark("odd", "Odd", "◆", "open", 1)
    assert not marks.is_drawn(mark)
    assert "mark-" not in marks.classes(mark)


def test_ratings_can_be_read_on_paper_and_on_dark_screens() -> None:
    """Each ink has a contrast of 4.5 or more on the page and on its own tint."""
    for ink in marks._INKS.values():
        for colour, grounds in (
            (ink.light, ("#ffffff", ink.tint)),
            (ink.dark, ("#14181b", ink.dark_tint)),
        ):
            for ground in grounds:
                assert contrast(colour, ground) >= 4.5, (colour, ground)


def contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        shares = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


# --- for print ----------------------------------------------------------------------------------


def test_on_paper_only_what_something_leads_to_has_an_id() -> None:
    """And headings, for links from outside: any other id makes the PDF writer slow for nothing. On
    a screen each citation and each answer can be linked to."""
    page = Page(to_html(brief(KOREA), for_print=True))
    led_to = {a["href"][1:] for _tag, a in page.elements if a.get("href", "").startswith("#")}
    with_id = [(tag, a["id"]) for tag, a in page.elements if "id" in a]
    assert {id_ for tag, id_ in with_id if not re.fullmatch("h[1-6]", tag)} <= led_to
    assert led_to <= {id_ for _tag, id_ in with_id}
    assert set(Page(to_html(brief(KOREA))).all("id")) > {id_ for _tag, id_ in with_id}


def test_a_long_label_in_the_margin_keeps_its_room() -> None:
    """What stands beside it may be shorter than its lines."""
    html = to_html(brief(KOREA), for_print=True)
    assert re.search(r'class="field hung">\n<p><strong class="label beside">What would help<', html)
    tall = r'class="field hung tall-2">\n<p><strong class="label beside">Effect on people and org'
    assert re.search(tall, html)


def test_rules_for_pages_from_right_to_left_are_on_those_alone() -> None:
    """Others needn't be tried against them."""
    there, here = brief(KOREA), replace(brief(KOREA), language="ar")
    for for_print in (False, True):
        assert '[dir="rtl"] .hung' in to_html(here, for_print=for_print)
        assert '[dir="rtl"] .hung' not in to_html(there, for_print=for_print)


def test_the_page_for_print_has_its_paper_and_no_screen_furniture() -> None:
    """Size as asked, no navigation, every value settled, and the contents with their pages."""
    html = to_html(brief(KOREA), for_print=True, paper="letter")
    assert "size: letter;" in html
    assert "size: A4;" in to_html(brief(KOREA), for_print=True)
    assert "size: A4 landscape;" in to_html(brief(KOREA, "table"), for_print=True)
    assert 'class="skip"' not in html
    assert "prefers-color-scheme" not in html
    assert "var(" not in html
    assert 'class="contents-printed' in html
    assert 'content: "Page " counter(page) " of " counter(pages)' in html


def test_a_draft_says_so_on_every_page() -> None:
    """A draft's running line has its mark, a finished brief's has none."""
    assert 'content: "Draft"' in to_html(brief(DRAFT), for_print=True)
    assert 'content: "Draft"' not in to_html(brief(KOREA), for_print=True)
    assert 'class="notice notice-draft"' in to_html(brief(DRAFT))


def test_metadata_name_the_document() -> None:
    """Title, authors, description, date and the program stand in the head."""
    html = to_html(brief(KOREA))
    for name in ("author", "description", "keywords", "dcterms.created"):
        assert f'<meta name="{name}" content="' in html
    generator = f"impactbrief {version('impactbrief')}"
    assert f'<meta name="generator" content="{generator}">' in html
    assert "<title>Internet Impact Brief: South Korea" in html


# --- templates of one's own ---------------------------------------------------------------------


def test_an_own_template_may_leave_out_sections_and_change_their_order(tmp_path: Path) -> None:
    """Sections stand as the template names them; links to what is left out become plain words."""
    own = tmp_path / "brief"
    own.mkdir()
    (own / "brief.html.j2").write_text(
        '{% extends "shared/document.html.j2" %}{% block contents %}{% endblock %}{% block main %}'
        '{{ sections.section(brief.section("recommendations")) }}'
        '{{ sections.section(brief.section("matrix")) }}'
        '{{ sections.section(brief.section("no-such-section")) }}{% endblock %}'
    )
    page = Page(to_html(brief(KOREA), own=tmp_path))
    ids = page.all("id")
    assert ids.index("recommendations") < ids.index("matrix")
    assert "references" not in ids
    assert {link[1:] for link in page.all("href") if link.startswith("#")} <= set(ids)


def test_an_own_style_sheet_takes_the_place_of_ours_and_pictures_come_along(tmp_path: Path) -> None:
    """What the folder lacks is taken from ours; a picture of it is put into the file."""
    (tmp_path / "brief").mkdir()
    (tmp_path / "brief/brief.css").write_text(".own { color: red } </style><script>")
    (tmp_path / "logo.svg").write_bytes(b"<svg/>")
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared/sections.html.j2").write_text(
        (templates() / "shared/sections.html.j2").read_text()
        + '{% macro logo() %}{{ asset("logo.svg") }}{% endmacro %}'
    )
    html = to_html(brief(KOREA), own=tmp_path)
    assert ".own { color: red }" in html
    assert "<script>" not in html.replace("<\\/style><script>", "")
    assert html.count("</style>") == 1


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("{{ brief.no_such_thing }}", 1),
        ("\n\n{% if %}", 3),
        ("\n{{ brief.__class__.__mro__ }}", 2),
        ('{{ asset("../../secret") }}', 0),
        ("\n\n{{ 1 + 'a' }}", 3),
        ("\n{{ 1 // 0 }}", 2),
        ("\n\n\udce9", 3),
    ],
)
def test_a_broken_template_is_named_with_its_line(tmp_path: Path, body: str, line: int) -> None:
    """A mistake, a way out of the sandbox or of the folder: an error that says where."""
    (tmp_path / "brief").mkdir()
    (tmp_path / "brief/brief.html.j2").write_bytes(body.encode("utf-8", "surrogateescape"))
    with pytest.raises(TemplateError) as failure:
        to_html(brief(KOREA), own=tmp_path)
    assert failure.value.problems[0].place.line == line


def test_an_own_folder_that_is_none_is_refused(tmp_path: Path) -> None:
    """A misspelt folder doesn't print our own look in silence."""
    with pytest.raises(TemplateError):
        to_html(brief(KOREA), own=tmp_path / "none")


# --- the worksheet ------------------------------------------------------------------------------


def test_the_worksheet_asks_all_that_the_toolkit_asks() -> None:
    """Each question of planning, screening, elements and governance, each term and section id."""
    bank = toolkit()
    page = Page(worksheet_html(bank))
    asked = [question.question for question in bank.planning]
    asked += [question.question for question in bank.screening]
    asked += [question.question for question in bank.governance]
    asked += [q for element in bank.elements.values() for q in element.questions]
    asked += [term.term for term in bank.glossary] + list(bank.sections)
    said = " ".join(page.words.split())
    assert [question for question in asked if " ".join(question.split()) not in said] == []
    ids = Counter(page.all("id"))
    assert max(ids.values()) == 1
    assert {link[1:] for link in page.all("href") if link.startswith("#")} <= ids.keys()


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


def test_a_link_to_what_is_left_out_keeps_its_words_alone() -> None:
    """Neither an address nor a role stays on a link whose end is not in the document."""
    old = brief(KOREA)
    html = to_html(with_sections(*(s for s in old.sections if s.id != "references")))
    assert "doc-biblioref" not in html
    assert '[<a id="cite-isoc-korea-2022-1" class="cite">1</a>]' in html


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
