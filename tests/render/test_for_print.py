"""The page for print: its paper, its running lines, and nothing that only a screen needs."""

import re
from dataclasses import replace

from impactbrief.render.html import to_html
from tests.render.briefs import brief
from tests.render.page import DRAFT, KOREA, Page


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
