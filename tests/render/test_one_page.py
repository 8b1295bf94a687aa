"""The one-page summary: one page, in the largest type and with the most findings that fit."""

from functools import cache
from pathlib import Path

import pytest

from impactbrief.answers.file import AnswerFile, read_answers
from impactbrief.assessment import Assessment, assess
from impactbrief.brief.short import FINDINGS
from impactbrief.errors import RenderError
from impactbrief.render.one_page import SIZES, one_page
from impactbrief.render.pdf import Pdf
from impactbrief.toolkit.load import load
from tests.conftest import EXAMPLES

KOREA = next(path for path in EXAMPLES if path.stem == "korea-interconnection")


@cache
def assessment(path: Path) -> Assessment:
    return of(read_answers(path))


def of(file: AnswerFile) -> Assessment:
    return assess(load(file.answers.toolkit, file.answers.language, base=file.base), file)


class Press:
    """A press whose page holds so many findings at each size of type."""

    def __init__(self, room: dict[float, int]) -> None:
        self.room = room
        self.tried: list[tuple[int, float]] = []

    def __call__(self, html: str) -> Pdf:
        findings = html.count('<span class="head">')
        size = next(size for size in SIZES if f"font-size: {size}pt }} }}" in html)
        self.tried.append((findings, size))
        return Pdf(b"%PDF", 1 if findings <= self.room.get(size, -1) else 2)


def test_all_findings_in_the_largest_type_where_they_fit() -> None:
    """A short summary is neither small nor cut."""
    page = one_page(assessment(KOREA), printed=Press(dict.fromkeys(SIZES, 9)))
    assert (page.findings, page.size) == (FINDINGS, SIZES[0])


def test_type_steps_down_before_a_finding_goes() -> None:
    """As long as a smaller size holds all findings, none is left out."""
    page = one_page(assessment(KOREA), printed=Press({SIZES[-1]: 9, SIZES[-2]: 9, SIZES[0]: 3}))
    assert (page.findings, page.size) == (FINDINGS, SIZES[-2])


def test_the_weakest_findings_go_whole_and_are_named() -> None:
    """Where even the smallest type is too large, the last finding goes, and the page says which."""
    page = one_page(assessment(KOREA), printed=Press({SIZES[-1]: FINDINGS - 2}))
    assert (page.findings, page.size) == (FINDINGS - 2, SIZES[-1])
    full = one_page(assessment(KOREA), printed=Press(dict.fromkeys(SIZES, 9)))
    left = page.html.partition("Left out for space:")[2].partition("</p>")[0]
    assert left.count(",") > full.html.partition("Left out for space:")[2].partition("</p>")[
        0
    ].count(",")


def test_a_page_that_can_never_fit_is_an_error_with_advice() -> None:
    """A template of one's own may be too long; that is said, not printed on two pages."""
    with pytest.raises(RenderError) as failure:
        one_page(assessment(KOREA), printed=Press({}))
    assert failure.value.problems[0].hint


def test_the_smallest_type_can_be_read() -> None:
    """Nothing is set below 8.5 points to make it fit."""
    assert min(SIZES) >= 8.5


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_fits(path: Path, paper: str) -> None:
    """One page, A4 and Letter, with all findings that the summary has room for."""
    page = one_page(assessment(path), paper=paper)
    assert page.pdf.pages == 1
    assert page.pdf.warnings == ()
    assert page.findings == FINDINGS


def test_whatever_is_long_is_made_to_fit(tmp_path: Path) -> None:
    """Endless titles, names, dates and addressees: still one page."""
    text = KOREA.read_text()
    text = text.replace(
        'title: "South Korea\'s interconnection rules"', f"title: {'Long title ' * 60}"
    )
    dates = "".join(
        f'    - {{event: "{"Hearing " * 12}", date: 2027-01-{n:02}, deadline: true}}\n'
        for n in range(1, 25)
    )
    text = text.replace("\n  dates:\n", f"\n  dates:\n{dates}", 1)
    text = text.replace("to: Ministry", f"to: {'Department ' * 40} Ministry")
    people = "".join(f'    - {{name: "{"Somebody " * 9}{n}"}}\n' for n in range(20))
    text = text.replace("\n  authors:\n", f"\n  authors:\n{people}", 1)
    (tmp_path / "long.yaml").write_text(text)
    file = read_answers(tmp_path / "long.yaml")
    assert len(file.answers.document.title) > 500
    assert len(file.answers.document.authors) > 20
    assert len(file.answers.proposal.dates) > 24
    page = one_page(of(file))
    assert page.pdf.pages == 1
