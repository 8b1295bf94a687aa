"""What a terminal is told beyond what Textual tells it, and told back at the end."""

import sys
from typing import Any

from textual.app import App

RIGHT_TO_LEFT = "\x1b[?2501h"
"""Work the direction of each paragraph out from its text. Terminals that can't, ignore it."""
LEFT_TO_RIGHT = "\x1b[?2501l"
PLAIN_KEYS = "\x1b[<u"
"""Back to plain keys: with the other ones, AltGr gives no character in Windows Terminal."""


def tell(app: App[Any], sequence: str) -> None:
    """Sends a control sequence; nothing where there is no terminal."""
    driver = app._driver
    if driver is not None and not app.is_headless:
        driver.write(sequence)
        driver.flush()


def plain_keys(app: App[Any]) -> None:
    """Takes back what Textual asks a Windows terminal for."""
    if sys.platform == "win32":
        tell(app, PLAIN_KEYS)
