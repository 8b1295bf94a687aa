"""Figures: every rating with its word, no pin on another, one drawing for paper and screens."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impactbrief.brief.model import Block, MatrixFigure, PartMatrix, Timeline, TimelineEvent
from impactbrief.render import figures
from impactbrief.render.html import to_html
from tests.conftest import EXAMPLES
from tests.render.briefs import brief

DRAFT = next(path for path in EXAMPLES if path.stem == "draft-platform-id-bill")

every_example = pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
both = pytest.mark.parametrize("for_print", [False, True], ids=["screen", "paper"])


def blocks(path: Path) -> list[Block]:
    return [
        block for top in brief(path).sections for section in top.walk() for block in section.blocks
    ]


def part_of(html: str, begin: str, end: str) -> str:
    """What stands between two marks, the first of each."""
    return html.partition(begin)[2].partition(end)[0]


@both
@every_example
def test_every_element_has_its_rating_in_words(path: Path, for_print: bool) -> None:
    """The picture of the ratings names each element and its rating, in the matrix's order."""
    html = to_html(brief(path), for_print=for_print)
    panels = part_of(html, '<div class="panels', '<div class="lenses">')
    shown = re.findall(
        r'<li><span class="mark [^>]*>([^<]*)<br><span class="rated-name">(?:<a [^>]*>)?([^<]*)',
        panels,
    )
    figure = next(block for block in blocks(path) if isinstance(block, MatrixFigure))
    rows = [row for group in figure.groups for row in group.rows]
    assert shown == [(row.mark.name, row.link.short) for row in rows]
    assert len(rows) == 15


@both
@every_example
def test_the_chart_says_every_mark_in_words(path: Path, for_print: bool) -> None:
    """A mark without a word is read to nobody: a drawing is named on paper, and on a screen the
    word stands beside it. Marks stand as often as parts affect elements."""
    html = to_html(brief(path), for_print=for_print)
    chart = part_of(html, '<table class="part-matrix', "</table>")
    matrix = next((block for block in blocks(path) if isinstance(block, PartMatrix)), None)
    expected = [item.mark.name for part in matrix.parts for item in part.affects] if matrix else []
    tag = "title" if for_print else 'span class="word"'
    assert re.findall(rf"<{tag}>([^<]*)<", chart) == expected
    assert matrix is None or chart.count("<svg ") == len(expected)
    assert matrix is None or all(mark.name in expected for mark in matrix.marks)


@both
def test_a_deadline_is_marked_by_shape_and_word(for_print: bool) -> None:
    """Squares instead of circles, in the drawing as in the list, and the word before the event."""
    html = to_html(brief(DRAFT), for_print=for_print)
    shown = part_of(html, '<div class="timeline">', "</table>")
    drawing = part_of(shown, "<svg ", "</svg>")
    assert drawing.count("<circle ") == 1
    assert shown.count('class="pin pin-deadline"') == 2
    assert shown.count(">Deadline:</strong> ") == 2
    assert "with each deadline marked" in drawing


def test_paper_gets_colours_and_screens_get_properties() -> None:
    """The PDF writer looks up no custom property in a drawing; a dark screen must be able to."""
    paper = to_html(brief(DRAFT), for_print=True)
    screen = to_html(brief(DRAFT))
    for drawing in re.findall(r"<svg .*?</svg>", paper, re.DOTALL):
        assert "var(" not in drawing
        assert "<title>" in drawing
    line = part_of(screen, '<svg class="line-of-time wide"', "</svg>")
    assert 'fill="var(--accent)"' in line
    assert 'role="img"' in line
    assert "#" not in line


def test_a_persons_words_cannot_be_taken_for_a_property() -> None:
    """Only attributes of drawings are filled in; text that looks like one prints as typed."""
    line = Timeline("C", 'fill="var(--accent)" </svg>', (), 1, 9, ())
    said = figures.timeline(line, direction="ltr", for_print=True)
    assert 'fill="var(--accent)" <' not in said
    assert said.count("</svg>") == 1


def test_a_name_stands_only_where_there_is_room() -> None:
    """The rest of a month that is too short for its name goes without, so that the next has it."""
    month = Timeline("c", "d", line(0, 38).events, 0, 38, ((0, "Feb 2022"), (1, "Mar 2022")))
    drawn = figures.timeline(month, direction="ltr", for_print=True)
    assert "Mar 2022" in drawn
    assert "Feb 2022" not in drawn


# --- the line of time ---------------------------------------------------------------------------


def line(*days: int, deadline: bool = False) -> Timeline:
    events = tuple(
        TimelineEvent(f"{day}", "e", deadline, number, day, day)
        for number, day in enumerate(sorted(days), 1)
    )
    return Timeline("c", "d", events, min(days), max(days), ((min(days), "2016"),))


def pins(drawing: str) -> list[float]:
    return [float(x) for x in re.findall(r'<circle cx="([\d.]+)"', drawing)]


def test_a_line_from_right_to_left_is_mirrored() -> None:
    """The first date is on the right, and the years read outwards from their marks."""
    there = figures.timeline(line(0, 10, 100), direction="ltr", for_print=True)
    back = figures.timeline(line(0, 10, 100), direction="rtl", for_print=True)
    assert pins(back) == pytest.approx([figures.WIDE - x for x in pins(there)], abs=0.02)
    assert 'text-anchor="start"' in there
    assert 'text-anchor="start"' not in back


@settings(max_examples=60)
@given(st.lists(st.integers(0, 3000), min_size=2, max_size=60, unique=True))
def test_pins_keep_their_order_and_stand_on_none(days: list[int]) -> None:
    """Whatever the dates: each pin is inside the drawing and beside its neighbours."""
    for width in (figures.WIDE, figures.NARROW):
        drawn = figures._Line(line(*days), width, rightwards=True)
        places = drawn._places()
        assert all(b - a >= 2 * drawn.pin - 0.01 for a, b in pairwise(places))
        assert places[0] >= 0
        assert places[-1] <= width


def test_places_are_as_near_as_they_can_be() -> None:
    """Where there is room nothing moves; neighbours move apart by the same."""
    assert figures.spread([10, 50, 90], 16, 0, 100) == [10, 50, 90]
    assert figures.spread([50, 50], 16, 0, 100) == [42, 58]
    assert figures.spread([99, 99], 16, 0, 100) == [84, 100]
