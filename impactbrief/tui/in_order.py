"""Keys and clicks, one after another: each finds what the ones before it have made.

Textual lets a key go through the queues of the widget in hand and of all around it, and does what
it is bound to when it comes back; a priority binding runs at once. On a slow line or a busy machine
keys would overtake each other: a bound one the letters before it, letters the arrow before them.
"""

import asyncio
from contextlib import suppress

from textual import events
from textual._time import get_time
from textual.app import App
from textual.errors import NoWidget
from textual.widget import Widget
from textual.widgets import Input, TextArea

from impactbrief.tui.screens.entering import Answering, Entering, Opening

ROUNDS = 3
"""A key makes the widget say that it changed, and that makes it say what its text is now."""
LONGEST = 1.0
"""Seconds to wait for widgets that don't answer; then the way on is more important."""

HELD = 6
"""Times in a row, faster than fingers, after which a key that leads on is taken to be held down."""
REPEAT = (0.005, 0.1)
"""Seconds between two events of a key that is held down. What comes faster was typed ahead."""
STALE = 0.3
"""Seconds after which an event of a held key is dropped: pages must not turn on after its end."""


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
    with suppress(TimeoutError):
        async with asyncio.timeout(LONGEST):
            for each in chain * ROUNDS:
                if each.is_running:
                    done = asyncio.Event()
                    each.call_later(done.set)
                    await done.wait()


class InOrder(App[None]):
    """An application that takes keys and clicks in their order, from its very first moment."""

    def __init__(self) -> None:
        super().__init__()
        self._early: list[events.Key | events.Paste] | None = []
        """What is typed before there is a place for it; None once there is one."""
        self._repeated: tuple[str, float, int] = ("", 0.0, 0)
        """The last key that leads on, when it came, and how many times in a row."""

    @property
    def opened(self) -> bool:
        """Whether there is a place for what is typed, and all that was typed before is there."""
        return self._early is None

    def begin_typing(self) -> None:
        """From now on there is a place for what is typed."""
        self.call_next(self._take_early)

    async def _take_early(self) -> None:
        """What was typed meanwhile, a key at a time: each may lead to where the next one belongs.

        In the application's own queue, as any other key, so that what a key sets off comes first.
        """
        if self._early:
            await self._take_typed(self._early.pop(0))
            self.call_next(self._take_early)
        else:
            self._early = None

    async def on_event(self, event: events.Event) -> None:
        if event.is_forwarded:  # it comes back from a widget
            await super().on_event(event)
            return
        match event:
            case events.Key() | events.Paste() if self._early is not None:
                self._early.append(event)
            case events.Key() | events.Paste():
                await self._take_typed(event)
            case events.MouseDown() | events.MouseUp():
                await self._take_click(event)
            case _:
                await super().on_event(event)

    async def _take_typed(self, event: events.Key | events.Paste) -> None:
        """A key is done with before the next one is looked at, unless both are a field's text."""
        if self._exit:  # nothing is there any more that could take it
            return
        if self.focused is None and isinstance(self.screen, Answering):
            # a window that becomes smaller and larger takes the focus away for a moment
            self.screen.focus_answer()
        if isinstance(event, events.Key) and self._is_held(event):
            return
        if _says_something(event):
            await self._open_for_text()
        if isinstance(event, events.Paste) or _is_text(event, self.focused):
            await super().on_event(event)
            return
        await caught_up(in_hand := self.focused)
        if not (
            await self._check_bindings(event.key, priority=True)
            or await self._check_bindings(event.key)
        ):
            (self.focused or self.screen)._forward_event(event)
        await caught_up(in_hand)

    def leads_on(self, key: str) -> bool:  # noqa: ARG002
        """Whether what a key does takes longer than a keyboard takes to repeat the key."""
        return False

    def _is_held(self, event: events.Key) -> bool:
        """Whether a key only comes because nobody could see yet that it was held for too long."""
        last, at, times = self._repeated
        near = event.key == last and REPEAT[0] < event.time - at < REPEAT[1]
        self._repeated = (event.key, event.time, times + 1 if near else 0)
        waited = get_time() - event.time
        return times >= HELD and near and waited > STALE and self.leads_on(event.key)

    async def _open_for_text(self) -> None:
        """Opens the row in hand, where it is one that can't be typed on, for what is typed."""
        row: object = self.focused
        if isinstance(row, Opening):
            await caught_up(self.focused)
            screen: object = self.screen
            if row.opens and isinstance(screen, Entering):
                await screen.enter()

    async def _take_click(self, event: events.MouseDown | events.MouseUp) -> None:
        """A click waits for the keys before it, and the keys after it wait for where it leads."""
        await caught_up(self.focused)
        clicked: Widget | None = None
        with suppress(NoWidget):
            clicked, _region = self.get_widget_at(event.x, event.y)
        await super().on_event(event)
        if isinstance(event, events.MouseUp):
            await caught_up(clicked)


def _says_something(event: events.Key | events.Paste) -> bool:
    """Whether what is typed is a letter or the like, and no key to press."""
    if isinstance(event, events.Paste):
        return bool(event.text.strip())
    return event.is_printable and event.character != " "


def _is_text(event: events.Key, field: Widget | None) -> bool:
    """Whether a field takes a key as text. It keeps the order of what it is given itself."""
    return isinstance(field, Input | TextArea) and (event.is_printable or event.key == "enter")
