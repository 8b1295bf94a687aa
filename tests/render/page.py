"""A page of HTML as a browser would take it apart, and briefs to make pages of."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from impactbrief.brief.build import DOCUMENTS
from impactbrief.brief.model import Brief, Section, Text
from impactbrief.prose import parse
from tests.conftest import EXAMPLES
from tests.render.briefs import brief

KOREA = next(path for path in EXAMPLES if path.stem == "korea-interconnection")
DRAFT = next(path for path in EXAMPLES if path.stem == "draft-platform-id-bill")

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
