"""Languages on a page: said where words are in another one, set as their own sets them."""

import re
from dataclasses import replace

from impactbrief.brief.build import build
from impactbrief.brief.model import ProseBlock, Section
from impactbrief.render.environment import templates
from impactbrief.render.html import to_html, worksheet_html
from impactbrief.toolkit.load import DEFAULT, load
from tests.answer_files import MINIMAL, assessed
from tests.conftest import ROOT
from tests.render.briefs import brief
from tests.render.page import KOREA, Page, every_document, text, with_sections

FRENCH = ROOT / "tests" / "fixtures" / "markdown" / "french.yaml"


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


def test_a_label_keeps_its_direction_beside_words_of_the_other() -> None:
    """English words in an Arabic field run from left to right, and their label doesn't."""
    words = (
        MINIMAL
        + "language: ar\nassessment: {privacy: {impact: negative, effect_on_internet: X.}}\n"
    )
    html = to_html(build(assessed(words)))
    assert re.search(r'<p dir="ltr"><strong class="label beside" dir="rtl">[^<]+</strong>X\.', html)


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
