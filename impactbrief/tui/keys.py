"""The keys of the wizard's commands: what they are at first, and what somebody has made of them.

Only control keys and function keys that every terminal passes on; letters are for typing.
"""

import re
from collections.abc import Mapping

from impactbrief.i18n import _

FIRST = {
    "nav.next": "ctrl+n",
    "nav.back": "ctrl+b",
    "nav.outline": "ctrl+o",
    "nav.open": "f4",
    "view.guide": "ctrl+g",
    "view.review": "ctrl+r",
    "view.search": "f3",
    "edit.cite": "ctrl+l",
    "edit.external": "ctrl+t",
    "edit.notes": "f8",
    "edit.undo": "ctrl+z",
    "edit.redo": "ctrl+y",
    "file.save": "ctrl+s",
    "app.menu": "f2",
    "app.help": "f1",
    "app.quit": "ctrl+q",
}
"""Each command that has a key, with the key that it has at first."""

USABLE = re.compile(r"ctrl\+[abdefgklnopqrstuvwxyz]|f([1-9]|1[0-2])")
"""Ctrl with H, I, J and M is Backspace, Tab and Enter to a terminal, and Ctrl+C copies."""


def usable(moved: Mapping[str, str]) -> dict[str, str]:
    """What of somebody's own keys can be had: known commands, keys that work, none of them twice.

    The others keep the keys that they have at first.
    """
    wanted = {
        action: key.strip().lower()
        for action, key in moved.items()
        if action in FIRST and USABLE.fullmatch(key.strip().lower())
    }
    while True:
        keys = {**FIRST, **wanted}
        taken = list(keys.values())
        twice = [action for action, key in wanted.items() if taken.count(key) > 1]
        if not twice:
            return wanted
        del wanted[twice[-1]]


class Keys:
    """The keys as they are now, and how they are written."""

    def __init__(self, moved: Mapping[str, str] | None = None) -> None:
        self.moved = usable(moved or {})

    def key(self, action: str) -> str:
        """The key of a command, by Textual's name."""
        return self.moved.get(action) or FIRST[action]

    def short(self, action: str) -> str:
        """As the last line has it: `^N`, `F4`."""
        return short(self.key(action))

    def long(self, action: str) -> str:
        """As menus have it: `Ctrl+N`, `F4`."""
        key = self.key(action)
        if not key.startswith("ctrl+"):
            return key.upper()
        return _("Ctrl+{letter}").format(letter=key[-1].upper())


def short(key: str) -> str:
    """A key as it is written in few cells: `^N`, `F4`, `Esc`."""
    first = key.partition(",")[0]
    if first.startswith("ctrl+"):
        return "^" + first.removeprefix("ctrl+").upper()
    return {"escape": _("Esc"), "enter": _("Enter")}.get(first, first.upper())
