"""A button that takes every press."""

from textual.content import Content
from textual.widgets import Button as TextualButton
from textual.widgets.button import ButtonVariant

BESIDE_LABEL = 6
"""Cells of a button besides its label, with the gap behind it."""


class Button(TextualButton):
    """Textual's own button shows a press for a moment and ignores Enter meanwhile.

    Somebody who types ahead then stays behind, so this one shows none.
    """

    def __init__(
        self,
        label: str | Content = "",
        variant: ButtonVariant = "default",
        *,
        id: str | None = None,
        disabled: bool = False,
        compact: bool = True,
    ) -> None:
        said = label if isinstance(label, Content) else Content(label)
        super().__init__(said, variant, id=id, disabled=disabled, compact=compact)
        self.active_effect_duration = 0

    def show(self, label: str) -> None:
        """Another label; the button becomes as wide as it needs."""
        if str(self.label) != label:
            self.label = Content(label)
            self.refresh(layout=True)
