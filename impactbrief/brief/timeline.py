"""The proposal's dates as a line of time."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from impactbrief.answers.model import Event
from impactbrief.brief.builder import Builder
from impactbrief.brief.model import Timeline, TimelineEvent
from impactbrief.brief.naming import short_month
from impactbrief.shape import Unfit

FEWEST = 2
"""A single date makes no line."""
MANY_DAYS = 550
"""A longer line is divided by years instead of months."""
TICKS = 24
"""The most that divide the line."""


def timeline(b: Builder) -> Timeline | None:
    """The dates as a line of time; None where there are too few of them."""
    found = [(event, days) for event in b.answers.proposal.dates if (days := _days(event))]
    if len({days for _event, days in found}) < FEWEST:
        return None
    found.sort(key=lambda pair: (sum(pair[1]), pair[1]))
    dated = [
        TimelineEvent(written(b, event), event.event, event.deadline is True, number, *days)
        for number, (event, days) in enumerate(found, 1)
    ]
    undated = [
        TimelineEvent(
            written(b, event) or b.words.label("date_not_known"),
            event.event,
            event.deadline is True,
        )
        for event in b.answers.proposal.dates
        if not _days(event)
    ]
    first, last = min(event.first for event in dated), max(event.last for event in dated)
    deadlines = any(event.deadline for event in dated)
    return Timeline(
        caption=b.words.sentence("timeline_caption"),
        description=b.words.sentence(
            "timeline_description_deadlines" if deadlines else "timeline_description",
            start=dated[0].when,
            end=dated[-1].when,
        ),
        events=(*dated, *undated),
        first=first,
        last=last,
        ticks=_thinned(list(_ticks(first, last, b.words.language))),
    )


def written(b: Builder, event: Event) -> str:
    """An event's date in words, as far as it is known."""
    when = b.date(event.date)
    return b.words.sentence("date_range", start=when, end=b.date(event.end)) if event.end else when


def _days(event: Event) -> tuple[int, int] | None:
    """The first and the last day that an event may mean; None where its date is not known."""
    begins = _span(event.date)
    ends = _span(event.end) if event.end else begins
    if begins is None or ends is None:
        return None
    return begins[0], max(begins[1], ends[1])


def _span(value: str | None) -> tuple[int, int] | None:
    """The first and the last day of a date that may be a month or a year."""
    if not value or isinstance(value, Unfit):
        return None
    year, month, day = [*map(int, value.split("-")), 0, 0][:3]
    if year == 0:
        return None
    first = date(year, month or 1, day or 1)
    last = date(year, month or 12, day or monthrange(year, month or 12)[1])
    return first.toordinal(), last.toordinal()


def _ticks(first: int, last: int, language: str) -> Iterator[tuple[int, str]]:
    """The years, or on a short line the months, that begin on it; the first one is cut off."""
    year, month = date.fromordinal(first).year, date.fromordinal(first).month
    if last - first > MANY_DAYS:
        years = range(year, date.fromordinal(last).year + 1)
        yield from ((max(first, date(at, 1, 1).toordinal()), f"{at}") for at in years)
        return
    end = date.fromordinal(last)
    for months in range(12 * year + month - 1, 12 * end.year + end.month):
        start = date(months // 12, months % 12 + 1, 1)
        yield max(first, start.toordinal()), short_month(start, language)


def _thinned(ticks: list[tuple[int, str]]) -> tuple[tuple[int, str], ...]:
    """As many ticks as there is room for: every one, every second, and so on."""
    return tuple(ticks[:: -(-len(ticks) // TICKS)])
