"""Screens of the wizard, and those that close once however quickly somebody presses a key twice."""

from typing import TYPE_CHECKING, Generic, TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, Screen

if TYPE_CHECKING:
    from impactbrief.tui.app import Wizard

Result = TypeVar("Result")


class WizardScreen(Screen[Result], Generic[Result]):
    """A screen of the wizard."""

    @property
    def wizard(self) -> "Wizard":
        return self.app  # type: ignore[return-value]


class OnceScreen(WizardScreen[Result], Generic[Result]):
    """A screen that closes only itself. Textual closes whatever is on top at that moment."""

    _dismissed = False

    @property
    def closed(self) -> bool:
        """Whether it is closed already: what somebody presses twice comes once more then."""
        return self._dismissed

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        if self._dismissed or not self.is_current:
            return AwaitComplete()
        self._dismissed = True
        return super().dismiss(result)


class OnceModal(OnceScreen[Result], ModalScreen[Result], Generic[Result]):
    """The same over another screen."""
