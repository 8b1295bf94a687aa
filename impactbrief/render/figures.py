"""The figures as drawings: SVG inside the page, from a figure's block of the brief.

A drawing holds shapes and figures only. Words stand beside it as text of the page, which wraps, is
read aloud and is shaped by its script; the PDF writer sets the letters of a drawing one by one.
Colours are the style sheet's custom properties, so that screen, dark screen and paper differ
without a second drawing.
"""

from collections.abc import Sequence

from markupsafe import Markup

from impactbrief.brief.model import Mark, Timeline
from impactbrief.render import marks

WIDE, NARROW = 445, 230
"""How many units a drawing is wide: about the points of the column on paper, and less for phones,
where the same type needs more of the width."""


def glyph(mark: Mark, *, for_print: bool) -> Markup:
    """A rating's mark as a drawing, named by its word on paper; on a screen its word is beside it.

    Empty where there is no drawing for it.
    """
    if not marks.is_drawn(mark):
        return Markup("")
    colour = f"var(--{marks.ink_name(mark)})"
    width, shapes = marks.shapes_of(mark.glyph, colour)
    return Markup(
        '<svg class="glyph" viewBox="0 0 {width} 12" width="{width}" height="12" fill="{colour}"'
        "{hidden}>{title}{shapes}</svg>"
    ).format(
        width=width,
        colour=colour,
        hidden=Markup("" if for_print else ' aria-hidden="true"'),
        title=Markup("<title>{}</title>").format(mark.name) if for_print else "",
        shapes=Markup(shapes),
    )


def timeline(block: Timeline, *, direction: str, for_print: bool) -> Markup:
    """A line of time with a numbered pin for each date; on a screen a second one for phones."""
    widths = (WIDE,) if for_print else (WIDE, NARROW)
    return Markup("").join(
        _Line(block, width, rightwards=direction != "rtl").drawn(for_print) for width in widths
    )


_EDGE, _PIN, _TOP, _AXIS, _BOTTOM = 9.0, 7.0, 7.5, 29.0, 42.0
"""Room at both ends, the half of a pin, the height of pins, and between which heights the line
lies."""


class _Line:
    """A line of time: pins in a row above it, each tied to its place on the line."""

    def __init__(self, block: Timeline, width: float, *, rightwards: bool) -> None:
        self.block = block
        self.width = width
        self.rightwards = rightwards
        self.type = 7.2 if width == WIDE else 8.4
        self.events = [event for event in block.events if event.number is not None]
        self.gap = min(2 * _PIN + 2, (width - 2 * _EDGE) / max(1, len(self.events) - 1))
        self.pin = min(_PIN, self.gap / 2 - 0.3)

    def drawn(self, for_print: bool) -> Markup:
        name = self.block.description
        said = Markup('role="img" aria-label="{}"').format(name)
        title = Markup("<title>{}</title>").format(name)
        return Markup(
            '<svg class="line-of-time {kind}" viewBox="0 0 {width} {height}" '
            'font-family="var(--sans)" font-size="{type}" direction="ltr" {said}>'
            "{title}{shapes}</svg>"
        ).format(
            kind="wide" if self.width == WIDE else "narrow",
            type=_number(self.type),
            width=_number(self.width),
            height=_number(_BOTTOM + 1),
            said="" if for_print else said,
            title=title if for_print else "",
            shapes=Markup("".join([*self._axis(), *self._ties(), *self._pins()])),
        )

    def x(self, day: float) -> float:
        """Where a day lies on the line."""
        share = (day - self.block.first) / (self.block.last - self.block.first)
        along = _EDGE + share * (self.width - 2 * _EDGE)
        return along if self.rightwards else self.width - along

    def _axis(self) -> list[str]:
        drawn = [_rect(0, _AXIS, self.width, _BOTTOM - _AXIS, "wash")]
        end = 0.0
        ticks = self.block.ticks
        for index, (day, name) in enumerate(ticks):
            at, room = self.x(day), 0.57 * self.type * len(name) + 3
            drawn.append(_stroke(at, _AXIS, at, _BOTTOM, "rule", 0.7))
            along = at if self.rightwards else self.width - at
            # what is left of a first year or month may be too little for its name
            cut = not index and len(ticks) > 1 and abs(self.x(ticks[1][0]) - at) < room
            if cut or along < end or along + room > self.width:
                continue
            end = along + room + 4
            shift, anchor = (2.5, "start") if self.rightwards else (-2.5, "end")
            drawn.append(_text(at + shift, _BOTTOM - 4, name, "soft", anchor))
        return drawn

    def _ties(self) -> list[str]:
        drawn = []
        for event, pin in zip(self.events, self._places(), strict=True):
            at = self.x((event.first + event.last) / 2)
            colour, thick = ("deadline", 1.4) if event.deadline else ("accent", 0.8)
            drawn.append(_stroke(pin, _TOP + self.pin, at, _AXIS, colour, thick))
            if event.deadline:
                drawn.append(_stroke(at, _AXIS, at, _BOTTOM, colour, thick))
            left, right = sorted((self.x(event.first), self.x(event.last)))
            left, right = min(left, at - 1.2), max(right, at + 1.2)
            drawn.append(_rect(left, _AXIS - 1.2, right - left, 2.4, colour))
        return drawn

    def _pins(self) -> list[str]:
        drawn, half = [], self.pin
        for event, pin in zip(self.events, self._places(), strict=True):
            if event.deadline:
                drawn.append(_rect(pin - half, _TOP - half, 2 * half, 2 * half, "deadline"))
            else:
                drawn.append(
                    f'<circle cx="{_number(pin)}" cy="{_number(_TOP)}" r="{_number(half)}" '
                    'fill="var(--accent)"/>'
                )
            size = min(8.0, 1.15 * half)
            drawn.append(
                _text(pin, _TOP + 0.36 * size, f"{event.number}", "page", "middle", size=size)
            )
        return drawn

    def _places(self) -> list[float]:
        """Where the pins stand: near their days, in their order, and none on another."""
        wanted = [self.x((event.first + event.last) / 2) for event in self.events]
        if not self.rightwards:
            wanted = [self.width - at for at in wanted]
        placed = spread(wanted, self.gap, _EDGE, self.width - _EDGE)
        return placed if self.rightwards else [self.width - at for at in placed]


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places between `low` and `high` in the order of those wanted, at least `gap` apart, and as
    near to them as that allows."""
    blocks: list[list[float]] = []
    """Neighbours that push each other: how many, and the sum of what they want."""
    for index, place in enumerate(wanted):
        blocks.append([1, place - index * gap])
        while len(blocks) > 1 and blocks[-2][1] / blocks[-2][0] > blocks[-1][1] / blocks[-1][0]:
            count, total = blocks.pop()
            blocks[-1][0] += count
            blocks[-1][1] += total
    means = [total / count for count, total in blocks for _ in range(int(count))]
    last = high - (len(wanted) - 1) * gap
    return [max(low, min(mean, last)) + index * gap for index, mean in enumerate(means)]


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _rect(x: float, y: float, width: float, height: float, colour: str) -> str:
    places = ("x", x), ("y", y), ("width", width), ("height", height)
    drawn = " ".join(f'{name}="{_number(value)}"' for name, value in places)
    return f'<rect {drawn} fill="var(--{colour})"/>'


def _stroke(x1: float, y1: float, x2: float, y2: float, colour: str, thick: float) -> str:
    path = f"M{_number(x1)} {_number(y1)}L{_number(x2)} {_number(y2)}"
    return (
        f'<path d="{path}" fill="none" stroke="var(--{colour})" stroke-width="{_number(thick)}"/>'
    )


def _text(x: float, y: float, text: str, colour: str, anchor: str, *, size: float = 0) -> str:
    bold = f' font-size="{_number(size)}" font-weight="bold"' if size else ""
    return Markup('<text x="{}" y="{}" text-anchor="{}" fill="var(--{})"{}>{}</text>').format(
        _number(x), _number(y), anchor, colour, Markup(bold), text
    )
