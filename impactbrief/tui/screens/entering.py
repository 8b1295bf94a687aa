"""What a screen may be for keys: Enter leads on in it, or what is typed belongs to an answer."""

from typing import Protocol, runtime_checkable


@runtime_checkable
class Entering(Protocol):
    """A screen that takes Enter before its widgets do."""

    async def enter(self) -> bool:
        """Does what Enter means for the widget in hand; False where it is the widget's own."""


@runtime_checkable
class Answering(Protocol):
    """A screen with an answer for what is typed, also where nothing has the focus just now."""

    def focus_answer(self) -> None:
        """Gives the focus to the answer."""
