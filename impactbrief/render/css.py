"""What is known of style sheets: their custom properties, their strings, and how well one colour
can be told from another (WCAG 2)."""

import re

from markupsafe import Markup

TEXT, GRAPHICS = 4.5, 3.0
"""The least contrast of text, and of lines that mean something."""

_DEFINED = re.compile(r"(?<![\w-])(--[\w-]+)\s*:([^;{}]*)(?:;|(?=\}))")


def custom_properties(sheet: str) -> dict[str, str]:
    """The custom properties of a style sheet; of one that is given twice the last value."""
    sheet = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    return {name: value.strip() for name, value in _DEFINED.findall(sheet)}


def without_custom_properties(sheet: str) -> str:
    """A style sheet without comments and without what defines custom properties."""
    return _DEFINED.sub("", re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL))


def css_string(text: str) -> Markup:
    """Text as a string of a style sheet."""
    safe = re.sub(r'[\\"<>&\x00-\x1f\x7f]', lambda found: f"\\{ord(found.group()):x} ", text)
    return Markup(f'"{safe}"')


def is_colour(value: str) -> bool:
    """Whether a value is a colour in digits, as `#0f4f5a`."""
    return re.fullmatch(r"#(?:[0-9a-fA-F]{3}){1,2}", value) is not None


def contrast(one: str, other: str) -> float:
    """From 1, the same, to 21, black on white."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def legible(colour: str, grounds: tuple[str, ...], least: float) -> str:
    """The colour itself, or the nearest of its shades with that contrast to all grounds."""
    target = "#000000" if _luminance(grounds[0]) > 0.18 else "#ffffff"
    shades = (_mixed(colour, target, step / 50) for step in range(51))
    good = (shade for shade in shades if min(contrast(shade, to) for to in grounds) >= least)
    return next(good, target)


def _mixed(one: str, other: str, share: float) -> str:
    pairs = zip(_shares(one), _shares(other), strict=True)
    return "#" + "".join(f"{round(255 * (a + (b - a) * share)):02x}" for a, b in pairs)


def _shares(colour: str) -> list[float]:
    """Red, green and blue of `#rgb` or `#rrggbb`, from 0 to 1."""
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    return [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]


def _luminance(colour: str) -> float:
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in _shares(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
