"""Screens in which Enter leads on, at once, so that what is typed next lands there."""

from typing import Protocol, runtime_checkable


@runtime_checkable
class Entering(Protocol):
    """A screen that takes Enter before its widgets do."""

    async def enter(self) -> bool:
        """Does what Enter means for the widget in hand; False where it is the widget's own."""
