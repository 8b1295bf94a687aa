"""The last line: the main keys of a screen. Each is a button, too.

Textual's own footer is made anew whenever the focus moves, and is empty meanwhile; this one stands.
"""

from rich.cells import cell_len
from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from impactbrief.tui.keys import FIRST, Keys, short


class KeyLine(Static):
    """The keys that a screen's bindings show."""

    DEFAULT_CSS = """
    KeyLine { dock: bottom; height: 1; background: $panel; padding: 0 1; text-wrap: nowrap; }
    """

    def __init__(self) -> None:
        super().__init__("", markup=False)
        self._spans: list[tuple[int, int, str]] = []

    def on_mount(self) -> None:
        self.show()

    def on_resize(self) -> None:
        self.show()

    def show(self) -> None:
        """As many of the keys as there is room for: the first ones, and the last."""
        keys: Keys = self.app.keys  # type: ignore[attr-defined]
        told = [
            (
                keys.short(binding.id) if binding.id in FIRST else short(binding.key),
                binding.description,
                binding.action,
            )
            for binding in self.screen.BINDINGS
            if isinstance(binding, Binding) and binding.show and binding.description
        ]
        room = self.app.size.width - 2
        while len(told) > 3 and sum(cell_len(k) + cell_len(d) + 3 for k, d, _a in told) - 2 > room:
            del told[-3]
        parts: list[Content] = []
        at = 0
        self._spans = []
        for key, description, action in told:
            width = cell_len(key) + 1 + cell_len(description)
            parts.append(Content.styled(key, "bold $accent"))
            parts.append(Content(f" {description}  "))
            self._spans.append((at, at + width, action))
            at += width + 2
        self.update(Content("").join(parts))

    async def on_click(self, event: events.Click) -> None:
        x = event.x - self.styles.padding.left
        for start, end, action in self._spans:
            if start <= x < end:
                await self.screen.run_action(action)
                return
