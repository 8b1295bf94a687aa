"""Somebody at the wizard: types every character of Unicode, clicks on what can be read, and looks.

Pilot's own `press` looks keys up by name and drops what has no name it knows: €, «, ’, —, ….
"""

import asyncio
import os

os.environ["TEXTUAL_DISABLE_KITTY_KEY"] = "1"  # as `run_wizard` does, before Textual is loaded

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import OptionList

from impactbrief.tui.app import Wizard
from impactbrief.tui.screens.work import WorkScreen
from impactbrief.tui.settings import Settings
from impactbrief.tui.widgets.fields import ProseField
from impactbrief.yamltext import Path as At
from impactbrief.yamltext import Value

Kind = type[Screen[Any]]


class Person:
    """Does what a person can do, and sees what a person can see."""

    def __init__(self, app: Wizard, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    async def type(self, text: str) -> None:
        """Types a text, key by key."""
        assert self.app._driver is not None
        for char in text:
            key = "enter" if char == "\n" else _character_to_key(char)
            self.app._driver.send_message(events.Key(key, "\r" if char == "\n" else char))
        await self.rest()

    async def press(self, *keys: str) -> None:
        """Presses keys by their names, each when what the last one does is done."""
        for key in keys:
            await self.burst(key)

    async def burst(self, *keys: str) -> None:
        """Keys by their names or as letters, none of them waiting for what the last one does."""
        assert self.app._driver is not None
        for key in keys:
            char = key if len(key) == 1 else {"enter": "\r", "tab": "\t", "space": " "}.get(key)
            name = _character_to_key(key) if len(key) == 1 else key
            self.app._driver.send_message(events.Key(name, char))
        await self.rest()

    async def rest(self) -> None:
        """Waits until the wizard has taken all that was typed."""
        assert self.app._driver is not None
        taken = asyncio.Event()
        self.app._driver.send_message(events.Callback(taken.set))
        while not taken.is_set() and self.app.is_running and not self.app._exit:
            await asyncio.sleep(0.005)
        await self.pilot.pause()

    async def paste(self, text: str) -> None:
        """Pastes as a terminal does."""
        assert self.app._driver is not None
        self.app._driver.send_message(events.Paste(text))
        await self.rest()

    async def click(self, text: str, *, then: str = "") -> None:
        """Clicks on the first place where this can be read, and types at once what comes then."""
        assert self.app._driver is not None
        for y, line in enumerate(self.lines):
            if (x := line.find(text)) >= 0:
                if then:
                    for kind in (events.MouseDown, events.MouseUp):
                        self.app._driver.send_message(
                            kind(None, x, y, 0, 0, 1, False, False, False, x, y)
                        )
                    await self.type(then)
                    return
                await self.pilot.click(offset=(x, y))
                await self.pilot.pause()
                return
        raise AssertionError(f"{text!r} can't be seen:\n{self.screen}")

    async def wait(self, text: str, seconds: float = 5.0) -> None:
        """Waits until something can be read."""
        for _time in range(int(seconds / 0.05)):
            if text in self.screen:
                return
            await self.pilot.pause(0.05)
        raise AssertionError(f"{text!r} doesn't come:\n{self.screen}")

    @property
    def lines(self) -> list[str]:
        """What is on the screen, line by line."""
        strips = self.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip) for strip in strips]

    @property
    def screen(self) -> str:
        return "\n".join(line.rstrip() for line in self.lines)

    @property
    def work(self) -> WorkScreen:
        assert isinstance(self.app.screen, WorkScreen), self.app.screen
        return self.app.screen

    def is_on(self, kind: Kind) -> bool:
        """Whether a screen of this kind is on top."""
        return isinstance(self.app.screen, kind)

    def work_field(self) -> ProseField:
        """The text of the page in hand."""
        works = [each for each in self.app.screen_stack if isinstance(each, WorkScreen)]
        return works[-1].query_one(ProseField)

    def value(self, *path: str | int) -> Value:
        """What the answer file in hand says."""
        assert self.app.desk is not None
        self.app.desk.settle()
        at: At = path
        return self.app.desk.value(at)

    def listed(self, selector: str) -> list[str]:
        """The lines of a list."""
        options = self.app.screen.query_one(selector, OptionList).options
        return [str(option.prompt) for option in options]

    def highlighted(self, selector: str) -> str:
        """The line of a list that Enter takes."""
        option = self.app.screen.query_one(selector, OptionList).highlighted_option
        return str(option.prompt) if option is not None else ""


@asynccontextmanager
async def person(
    file: Path | None = None,
    *,
    size: tuple[int, int] = (80, 24),
    plain: bool = False,
    settings: Settings | None = None,
    messages: bool = False,
) -> AsyncIterator[Person]:
    """Somebody with the wizard open, on a file or at the start screen.

    Messages are in `_notifications`, and on the screen only where a test looks at them there.
    """
    app = Wizard(str(file) if file else None, plain=plain, settings=settings)
    async with app.run_test(size=size, notifications=messages) as pilot:
        while not app.opened:
            await pilot.pause(0.01)
        await pilot.pause()
        try:
            yield Person(app, pilot)
        finally:
            app.close_file()
