"""The proposal's dates as a line of time."""

from datetime import date

from impactbrief.brief.build import build
from impactbrief.brief.model import Brief, Facts, Timeline
from impactbrief.brief.naming import short_month
from tests.answer_files import assessed


def brief(dates: str, language: str = "en") -> Brief:
    text = (
        f"impactbrief: 1\nlanguage: {language}\ndocument: {{title: T}}\n"
        f"proposal:\n  name: N\n  dates: [{dates}]\n"
    )
    return build(assessed(text))


def timeline(dates: str, language: str = "en") -> Timeline | None:
    context = brief(dates, language).section("context")
    assert context is not None
    return next((block for block in context.blocks if isinstance(block, Timeline)), None)


def test_dates_stand_in_their_order_and_what_has_none_comes_last() -> None:
    """Whatever order they were typed in; a date that doesn't fit is kept and marked."""
    line = timeline(
        "{event: B, date: 2022-03-08}, {event: C}, {event: A, date: 2016}, {event: D, date: soon}"
    )
    assert line is not None
    assert [(event.number, event.event, event.when) for event in line.events] == [
        (1, "A", "2016"),
        (2, "B", "8 March 2022"),
        (None, "C", "Date not known"),
        (None, "D", "soon (not recognised)"),
    ]


def test_a_date_spans_what_it_may_mean() -> None:
    """A year is all its days, a month all of its own, a range from its first day to its last."""
    line = timeline(
        "{event: A, date: 2016}, {event: B, date: 2020-02}, {event: C, date: 2021, end: 2022-05}"
    )
    assert line is not None
    spans = [(date.fromordinal(e.first), date.fromordinal(e.last)) for e in line.events]
    assert spans == [
        (date(2016, 1, 1), date(2016, 12, 31)),
        (date(2020, 2, 1), date(2020, 2, 29)),
        (date(2021, 1, 1), date(2022, 5, 31)),
    ]
    assert (line.first, line.last) == (spans[0][0].toordinal(), spans[-1][1].toordinal())


def test_a_long_line_has_years_and_a_short_one_months() -> None:
    """Each named at its first day on the line; never more than there is room for."""
    years = timeline("{event: A, date: 2019-06-01}, {event: B, date: 2021-06-01}")
    months = timeline("{event: A, date: 2022-02-28}, {event: B, date: 2022-04-07}")
    ages = timeline("{event: A, date: 1066}, {event: B, date: 2026}")
    assert years
    assert months
    assert ages
    assert [name for _day, name in years.ticks] == ["2019", "2020", "2021"]
    assert [name for _day, name in months.ticks] == ["Feb 2022", "Mar 2022", "Apr 2022"]
    assert years.ticks[0][0] == years.first
    assert len(ages.ticks) <= 24


def test_months_are_figures_where_letters_join() -> None:
    """A drawing sets its letters one by one, and Arabic can't be set so."""
    line = timeline("{event: A, date: 2022-02}, {event: B, date: 2022-04}", "ar")
    assert line is not None
    assert [name for _day, name in line.ticks] == ["2022-02", "2022-03", "2022-04"]
    assert short_month(date(2022, 2, 1), "hi") == "2022-02"


def test_one_date_makes_no_line() -> None:
    """It stays among the facts; so do dates that nobody knows, and none at all make nothing."""
    for dates, lines in (
        ("{event: A, date: 2016}, {event: B}", ("A: 2016", "B: date not known")),
        ("{event: A, date: 2016}, {event: B, date: 2016}", ("A: 2016", "B: 2016")),
    ):
        context = brief(dates).section("context")
        assert context is not None
        assert not any(isinstance(block, Timeline) for block in context.blocks)
        facts = next(block for block in context.blocks if isinstance(block, Facts))
        assert next(fact.lines for fact in facts.facts if fact.label == "Dates") == lines
    assert timeline("") is None


def test_the_last_day_of_the_calendar_has_its_place() -> None:
    """After it comes no month that a tick could stand for."""
    line = timeline("{event: A, date: 9999-11-30}, {event: B, date: 9999-12-31}")
    assert line is not None
    assert [name for _day, name in line.ticks] == ["Nov 9999", "Dec 9999"]
