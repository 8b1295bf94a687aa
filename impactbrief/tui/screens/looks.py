"""How the program looks and which language it speaks."""

from impactbrief.i18n import _, languages
from impactbrief.tui.screens.dialogs import Picking
from impactbrief.tui.widgets.choices import Choice

PLAIN = "plain"


def looks() -> list[Choice]:
    """The looks to choose from."""
    return [
        Choice("dark", _("Dark")),
        Choice("light", _("Light")),
        Choice("contrast", _("High contrast")),
        Choice("none", _("No colours"), meaning=_("those of your terminal")),
        Choice(PLAIN, _("Plain"), meaning=_("for screen readers and braille")),
    ]


def look_name(look: str) -> str:
    """A look in words."""
    return next(choice.name for choice in looks() if choice.id == look)


class LookScreen(Picking):
    """Dark, light, high contrast, no colours, plain."""

    def __init__(self, look: str) -> None:
        """`look` is what is shown now."""
        super().__init__(_("How should the screen look?"), looks(), look)

    def dismiss(self, result: str | None = None):  # type: ignore[no-untyped-def]
        if result is not None:
            self.wizard.show_look(result)
            self.wizard.keep_settings()
        return super().dismiss(result)


def speak_name(language: str) -> str:
    """A language of the interface by its own name."""
    from impactbrief.brief.naming import language_name

    tag = language.replace("_", "-")
    name = language_name(tag, tag)
    return name[:1].upper() + name[1:]


class SpeakScreen(Picking):
    """The language of the interface: those that there are, each by its own name."""

    def __init__(self, language: str) -> None:
        known = [Choice(code, speak_name(code)) for code in languages()]
        super().__init__(_("Which language should the program speak?"), known, language)
