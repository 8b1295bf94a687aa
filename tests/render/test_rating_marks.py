"""Marks of ratings: drawn each in its own way, beside their word, with enough contrast."""

import re

from impactbrief.brief.model import Mark
from impactbrief.render import marks
from impactbrief.render.html import to_html
from tests.render.briefs import brief, toolkit
from tests.render.page import KOREA


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
