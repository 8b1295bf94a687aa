"""Where the pages of a PDF end."""

import shutil
import subprocess

import pytest

from impactbrief.render.html import to_html
from impactbrief.render.pdf import to_pdf
from tests.answer_files import EXAMPLES
from tests.render.briefs import brief

HEIGHTS = range(170, 254, 4)
"""How far down its page a block begins, in millimetres; a page of A4 has 252 of them."""


def first_pages(block: str) -> list[str]:
    """The words of the page that `block` begins on, for each height."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not here: apt install poppler-utils")
    head, _body = to_html(brief(EXAMPLES[0]), for_print=True).split("<body", 1)
    begun = "".join(
        f'<p style="break-before: page; height: {height}mm">BEGUN</p>{block}' for height in HEIGHTS
    )
    data = to_pdf(f"{head}<body><main>{begun}</main></body></html>").data
    words = subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True)
    return [page for page in words.stdout.decode().split("\f") if "BEGUN" in page]


def several(number: int, item: str, block: str) -> str:
    return block.format(item * number)


ROW = "<tr><th>ITEM</th><td>words</td></tr>"
GROUP = f'<tbody><tr class="group"><th>Group</th></tr>{ROW * 5}</tbody>'
MATRIX = f'<table class="matrix"><thead><tr><th>Head</th></tr></thead>{GROUP}</table>'
POINTERS = '<p class="field hung pointers">ITEM</p>' * 2


@pytest.mark.parametrize(
    ("block", "counts"),
    [
        (several(3, "<p>ITEM</p>", '<div class="evidence">{}</div>'), {0, 3}),
        (several(4, "<li>ITEM</li>", '<ul class="references">{}</ul>'), {0, 2, 4}),
        (several(4, ROW, '<table class="facts glossary"><tbody>{}</tbody></table>'), {0, 2, 4}),
        (several(8, ROW, '<table class="part-matrix"><tbody>{}</tbody></table>'), {0, 3, 4, 5, 8}),
        (f"<section><h2>Overview</h2>{MATRIX}</section>", {0, 2, 3, 5}),
        (several(4, ROW, '<table class="facts"><tbody>{}</tbody></table>'), {0, 2, 3, 4}),
        (several(3, '<section class="minor"><h2>ITEM</h2><p>words</p></section>', "{}"), {0, 3}),
        (f'<div class="recommendation"><p>ITEM</p>{POINTERS}</div>', {0, 3}),
        (f'<section class="part"><p>ITEM</p>{POINTERS}</section>', {0, 3}),
    ],
    ids=[
        "evidence",
        "references",
        "glossary",
        "parts",
        "matrix",
        "facts",
        "end",
        "recommendation",
        "part",
    ],
)
def test_nothing_is_left_alone(block: str, counts: set[int]) -> None:
    """At the end of a page, or at the head of the next; and a long table leaves no page empty."""
    assert {page.count("ITEM") for page in first_pages(block)} == counts


@pytest.mark.parametrize("table", ["facts", "facts glossary"])
def test_a_label_stands_on_the_page_of_its_words(table: str) -> None:
    rows = "<tr><th>ITEM</th><td><p>WORDS</p></td></tr>" * 4 + "<tr><th>last</th><td>last</td></tr>"
    for page in first_pages(f'<table class="{table}"><tbody>{rows}</tbody></table>'):
        assert page.count("ITEM") == page.count("WORDS")


def test_a_long_abstract_leaves_no_page_empty() -> None:
    """It begins below the title, and goes on."""
    abstract = several(30, "<p>ITEM</p>", '<section class="abstract"><h2>Abstract</h2>{}</section>')
    assert 0 < first_pages(abstract)[0].count("ITEM") < 30
