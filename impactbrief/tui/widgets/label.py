"""The name in front of a field."""

from textual.widgets import Static


class Label(Static):
    """A click on it goes to the field, as everywhere else: people with a mouse aim at words."""

    def __init__(self, text: str) -> None:
        super().__init__(text, classes="label", markup=False)

    def on_click(self) -> None:
        after = False
        for each in self.parent.children if self.parent else ():
            if after and each.focusable:
                self.screen.set_focus(each)
                return
            after = after or each is self
