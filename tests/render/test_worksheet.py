"""The worksheet: all that the toolkit asks, on a page to fill in by hand."""

from collections import Counter

from impactbrief.render.html import worksheet_html
from tests.render.briefs import toolkit
from tests.render.page import Page


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
