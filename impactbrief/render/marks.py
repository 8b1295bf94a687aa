"""The rating marks as drawings, and the colours that belong to them.

Text fonts lack most of the toolkit's glyphs, so a mark is drawn: a small SVG, put into the style
sheet as a background. It is an ornament for every reader who gets the word, which always stands
beside it. Shape and word tell the ratings apart; colour only repeats what they say.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from urllib.parse import quote

from impactbrief.brief.model import Mark

_UP, _DOWN = "6,1.6 11.4,10.6 .6,10.6", "6,10.6 11.4,1.6 .6,1.6"
_HOLLOW = 'fill="none" stroke="{ink}" stroke-width="1.5" stroke-linejoin="round"'
_LINE = 'fill="none" stroke="{ink}" stroke-width="1.7" stroke-linecap="round"'

_SHAPES = {
    "▲": f'<polygon points="{_UP}"/>',
    "▼": f'<polygon points="{_DOWN}"/>',
    "▵": f'<polygon points="6,2.6 10.5,10 1.5,10" {_HOLLOW}/>',
    "▿": f'<polygon points="6,9.8 10.5,2.4 1.5,2.4" {_HOLLOW}/>',
    "=": '<path d="M1.5 3.4h9v1.9h-9zM1.5 7.1h9V9h-9z"/>',
    "·": f'<circle cx="6" cy="6.1" r="3.2" {_HOLLOW} stroke-dasharray="1.5 1.5"/>',
    "?": f'<path d="M3.4 4.2C3.4 1 8.7 1 8.7 4.1 8.7 6 6.1 6 6.1 7.7" {_LINE}/>'
    '<circle cx="6.1" cy="10.4" r="1.1"/>',
    "↔": f'<path d="M1.6 6.1h8.8M3.9 3.6 1.4 6.1l2.5 2.5M8.1 3.6l2.5 2.5-2.5 2.5" {_LINE}/>',
}
"""One character of a glyph on a field of 12 by 12."""


@dataclass(frozen=True, slots=True)
class Ink:
    """A colour on white paper and on a dark screen, and the tint behind it."""

    light: str
    dark: str
    tint: str
    dark_tint: str


_INKS = {
    ("negative", True): Ink("#a33b00", "#ff8c5a", "#fbe5da", "#3a2117"),
    ("negative", False): Ink("#8a5200", "#ffb980", "#fcf1e1", "#33291b"),
    ("positive", True): Ink("#0b4a8a", "#5cb3ff", "#dce9f6", "#142c42"),
    ("positive", False): Ink("#1f64a8", "#9ad0ff", "#ebf3fb", "#1b2a38"),
    ("open", True): Ink("#6f3fa8", "#d9b3ff", "#f1eaf8", "#2c2338"),
    ("open", False): Ink("#6b5f00", "#f0e27a", "#f7f4dd", "#2f2c17"),
    ("neutral", True): Ink("#4a4a4a", "#c8c8c8", "#f0f0f0", "#272727"),
    ("neutral", False): Ink("#4a4a4a", "#c8c8c8", "#f0f0f0", "#272727"),
}
"""By tone, and by whether it is at its strongest. Orange and blue stay apart for colour-blind
readers, and each has a contrast of 4.5 or more on white, on dark, and on its own tint."""

_DRAWN = {
    "▼▼": "negative strong",
    "▼": "negative",
    "▿": "negative",
    "▲▼": "open strong",
    "=": "neutral",
    "▵": "positive",
    "▲": "positive",
    "▲▲": "positive strong",
    "↔": "open strong",
    "?": "open",
    "·": "neutral",
}
"""The glyphs that are drawn, each in the ink of its usual tone."""


def classes(mark: Mark) -> str:
    """The style sheet's names for a mark: its ink and its drawing."""
    names = ["mark", ink_name(mark)]
    if mark.glyph in _DRAWN:
        names.append(_shape_name(mark.glyph))
        if len(mark.glyph) > 1:
            names.append("mark-double")
    return " ".join(names)


def is_drawn(mark: Mark) -> bool:
    """Whether there is a drawing for this glyph; another bank may bring glyphs of its own."""
    return mark.glyph in _DRAWN


@cache
def style_sheet(*, dark: bool) -> str:
    """The rules that draw the marks and colour their words; with `dark`, for dark screens too.

    Each ink is a custom property, such as `--negative-strong` and `--negative-strong-tint`.
    """
    rules = "\n".join([*_inks(dark=False), *_rules(), *_drawings(dark=False)])
    if not dark:
        return rules + "\n"
    night = "\n".join(f"  {rule}" for rule in (*_inks(dark=True), *_drawings(dark=True)))
    return f"{rules}\n@media screen and (prefers-color-scheme: dark) {{\n{night}\n}}\n"


def _inks(*, dark: bool) -> Iterator[str]:
    for (tone, strong), ink in _INKS.items():
        colour, tint = (ink.dark, ink.dark_tint) if dark else (ink.light, ink.tint)
        name = _ink_name(tone, strong=strong)
        yield f":root {{ --{name}: {colour}; --{name}-tint: {tint} }}"


def _rules() -> Iterator[str]:
    for tone, strong in _INKS:
        name = _ink_name(tone, strong=strong)
        yield f".{name} {{ color: var(--{name}) }}"
        yield f".tinted .{name} {{ background-color: var(--{name}-tint) }}"


def _drawings(*, dark: bool) -> Iterator[str]:
    for glyph, look in _DRAWN.items():
        tone, _space, strength = look.partition(" ")
        ink = _INKS[tone, bool(strength)]
        address = drawing(glyph, ink.dark if dark else ink.light)
        yield f'.{_shape_name(glyph)} {{ background-image: url("{address}") }}'


def drawing(glyph: str, colour: str) -> str:
    """A glyph's drawing as a `data:` address."""
    width, shapes = shapes_of(glyph, colour)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} 12" '
        f'width="{width}" height="12" fill="{colour}">{shapes}</svg>'
    )
    return "data:image/svg+xml," + quote(svg, safe=" =:/'(),.")


def shapes_of(glyph: str, colour: str) -> tuple[int, str]:
    """A glyph's width on a field 12 high, and its shapes, which fill in the colour around them."""
    shapes = ""
    for index, character in enumerate(glyph):
        shape = _SHAPES[character].replace("{ink}", colour)
        shapes += f'<g transform="translate({12 * index})">{shape}</g>' if index else shape
    return 12 * len(glyph), shapes


def ink_name(mark: Mark) -> str:
    """The name of a mark's ink: of its class, and of its custom property."""
    strong = mark.strength >= 3 if mark.tone in ("negative", "positive") else mark.strength >= 2
    return _ink_name(mark.tone, strong=strong)


def _ink_name(tone: str, *, strong: bool) -> str:
    return f"{tone}-strong" if strong else tone


def _shape_name(glyph: str) -> str:
    return "mark-" + "-".join(f"{ord(character):x}" for character in glyph)


INKS: Mapping[str, Ink] = MappingProxyType(
    {_ink_name(tone, strong=strong): ink for (tone, strong), ink in _INKS.items()}
)
"""Each ink by its name."""
