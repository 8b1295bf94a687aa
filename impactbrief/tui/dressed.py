"""How the application looks: themes, no colours, plain mode; and how it speaks in a corner."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.filter import LineFilter, NoColor
from textual.notifications import SeverityLevel

from impactbrief.tui.breaks import keep_together
from impactbrief.tui.in_order import InOrder
from impactbrief.tui.keys import Keys
from impactbrief.tui.plain import follow, hide
from impactbrief.tui.settings import Settings, keep
from impactbrief.tui.theme import THEMES

if TYPE_CHECKING:
    from impactbrief.tui.desk import Desk
    from impactbrief.tui.open_file import OpenFile

NO_COLOUR = NoColor()
LEADING = ("nav.next", "nav.back", "nav.open", "edit.undo", "edit.redo")
"""Commands that lead to another page, or may."""


class Dressed(InOrder):
    """An application that can change its looks while it runs."""

    def __init__(self, *, plain: bool = False, settings: Settings | None = None) -> None:
        super().__init__()
        keep_together()
        self.settings = settings or Settings()
        self.plain = False
        self.no_colours = False
        self.file: OpenFile | None = None
        """What is open; None on the start screen."""
        self._theme_shown = self.settings.theme
        for theme in THEMES:
            self.register_theme(theme)
        self.show_look("plain" if plain or self.settings.plain else self.settings.theme)
        self.keys = Keys(self.settings.keys)
        self.set_keymap(self.keys.moved)

    @property
    def desk(self) -> "Desk | None":
        """What every screen over the open file works with."""
        return self.file.desk if self.file is not None else None

    @property
    def look(self) -> str:
        """The look that is shown now: a theme of `settings.THEMES`, or `plain`."""
        return "plain" if self.plain else self._theme_shown

    def show_look(self, look: str) -> None:
        """Shows a look at once, without keeping it as a setting."""
        self.plain = look == "plain"
        if not self.plain:
            self._theme_shown = look
        self.no_colours = self.no_color or look == "none"
        self.theme = f"impactbrief-{self._theme_shown}".replace("-none", "-dark")
        self.animation_level = "none" if self.plain else "full"
        self.set_class(self.plain, "-plain")
        self.set_class(self.no_colours, "-no-colours")
        if self.desk is not None:
            self.desk.ascii_marks = self.plain
        if self.is_running:
            if not self.own_cursor:
                hide(self)
            self.refresh_css(animate=False)
            for screen in self.screen_stack:
                screen.set_class(self.one_column, "one-column")
                screen.refresh(layout=True)

    def get_line_filters(self) -> Sequence[LineFilter]:
        filters = super().get_line_filters()
        return [*filters, NO_COLOUR] if self.no_colours else filters

    def post_display_hook(self) -> None:
        if self.own_cursor:
            follow(self)

    def leads_on(self, key: str) -> bool:
        return key in map(self.keys.key, LEADING)

    @property
    def own_cursor(self) -> bool:
        """Whether the terminal's own cursor is seen: Textual draws one with colours only."""
        return self.plain or self.no_colours

    def keep_settings(self) -> None:
        """Keeps the look that is shown now for the next time."""
        self.settings.plain = self.plain
        if not self.plain:
            self.settings.theme = self._theme_shown
        keep(self.settings)

    @property
    def one_column(self) -> bool:
        """Panes side by side confuse screen readers, and terminals that write from the right."""
        if self.plain or self.desk is None:
            return self.plain
        return self.right_to_left

    @property
    def right_to_left(self) -> bool:
        """Whether the brief in hand is written from right to left."""
        if self.desk is None:
            return False
        from impactbrief.brief.naming import direction

        return direction(self.desk.workspace.answers.language) == "rtl"

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Says something in a corner. Never as markup: a path or a title may hold brackets."""
        super().notify(message, title=title, severity=severity, timeout=timeout, markup=markup)
