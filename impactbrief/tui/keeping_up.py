"""Keys that lead elsewhere must wait for those that were typed before them.

A key goes to the widget in hand through queues: its own, and then, for what it says, those of its
parents. A priority binding runs at once, while earlier keys may still lie in these queues.
"""

import asyncio
from contextlib import suppress

from textual.widget import Widget

ROUNDS = 3
"""A key makes the widget say that it changed, and that makes it say what its text is now."""
LONGEST = 1.0
"""Seconds to wait for a widget that doesn't answer; then the way on is more important."""


async def caught_up(widget: Widget | None) -> None:
    """Waits until a widget and its parents have done with every key before this moment."""
    if widget is None or not widget.is_attached:
        return
    # who asks while it handles a message itself can't be waited for
    chain = [
        each
        for each in widget.ancestors_with_self
        if isinstance(each, Widget) and each._task is not asyncio.current_task()
    ]
    for _round in range(ROUNDS):
        for each in chain:
            if not each.is_running:
                continue
            done = asyncio.Event()
            each.call_later(done.set)
            with suppress(TimeoutError):
                await asyncio.wait_for(done.wait(), LONGEST)
