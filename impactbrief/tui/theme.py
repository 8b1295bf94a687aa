"""Colours of the wizard: light, dark, high contrast, and none at all.

A rating's colour only repeats its mark and word. The palette runs from orange to blue, which
people with every kind of colour blindness tell apart; its contrast is 4.5 or more on its ground.
"""

from textual.theme import Theme

TONES_DARK = {
    "negative": "#ff9c6e",
    "positive": "#7cc0ff",
    "open": "#d9b3ff",
    "neutral": "#c8c8c8",
}
TONES_LIGHT = {
    "negative": "#9a3800",
    "positive": "#0b4a8a",
    "open": "#6338a0",
    "neutral": "#4a4a4a",
}
TONES_CONTRAST = {
    "negative": "#ffb38a",
    "positive": "#9ad0ff",
    "open": "#e6ccff",
    "neutral": "#ffffff",
}


GROUNDS_DARK = {
    "in-hand": "#3d4a57",
    "was-in-hand": "#2b343d",
    "edge": "#4c5966",
    "entry": "#34404c",
}
GROUNDS_LIGHT = {
    "in-hand": "#bcd3ea",
    "was-in-hand": "#dadad2",
    "edge": "#9a9a90",
    "entry": "#d3e3f3",
}
GROUNDS_CONTRAST = {
    "in-hand": "#005a78", "was-in-hand": "#2c2c2c", "edge": "#9a9a9a", "entry": "#00405a",
}  # fmt: skip
"""Grounds of what is in hand, of what was before the focus left, and of a field; and edges."""


def _variables(tones: dict[str, str], grounds: dict[str, str]) -> dict[str, str]:
    return {f"rating-{tone}": colour for tone, colour in tones.items()} | grounds


DARK = Theme(
    name="impactbrief-dark",
    dark=True,
    primary="#5aa9e6",
    secondary="#9fb8cc",
    accent="#e6b35a",
    warning="#f0c060",
    error="#ff8c7a",
    success="#8fd19e",
    foreground="#e4e4e4",
    background="#14181c",
    surface="#1b2127",
    panel="#262e36",
    variables=_variables(TONES_DARK, GROUNDS_DARK),
)
LIGHT = Theme(
    name="impactbrief-light",
    dark=False,
    primary="#0b5394",
    secondary="#4a6072",
    accent="#8a5200",
    warning="#7a5200",
    error="#a32100",
    success="#1e6b34",
    foreground="#1c1c1c",
    background="#fbfbf8",
    surface="#f1f1ec",
    panel="#e2e2da",
    variables=_variables(TONES_LIGHT, GROUNDS_LIGHT),
)
CONTRAST = Theme(
    name="impactbrief-contrast",
    dark=True,
    primary="#00d7ff",
    secondary="#ffffff",
    accent="#ffff00",
    warning="#ffff00",
    error="#ff9e9e",
    success="#a8ffa8",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1c1c1c",
    variables=_variables(TONES_CONTRAST, GROUNDS_CONTRAST),
)
THEMES = (DARK, LIGHT, CONTRAST)
