"""Texts around the page that mostly stay as they are."""

from textual.content import Content
from textual.visual import VisualType
from textual.widgets import Static


class Still(Static):
    """A text that is drawn only when it has changed: drawing one lays the whole screen out anew."""

    _said: object = None

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        said = (str(content), content.spans) if isinstance(content, Content) else content
        if said != self._said:
            self._said = said
            super().update(content, layout=layout)
