"""What a screen or a widget may be for keys: Enter leads on in it, or what is typed belongs to an
answer, or opens the place where it is typed."""

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


@runtime_checkable
class Opening(Protocol):
    """A widget that Enter opens. What is typed on it opens it, too, and goes where that leads."""

    @property
    def opens(self) -> bool:
        """Whether Enter would open something just now."""
