"""What a person has set for the wizard, kept in the system's folder for settings.

Settings are a convenience: a file that is missing, damaged or can't be written is no trouble.
"""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

THEMES = ("dark", "light", "contrast", "none")
"""`none` uses no colour at all: the terminal's own."""


@dataclass(slots=True)
class Settings:
    """How the wizard looks and speaks, and which keys somebody has moved."""

    theme: str = "dark"
    language: str = ""
    """Of the interface; empty follows the system."""
    plain: bool = False
    keys: dict[str, str] = field(default_factory=dict)
    """Other keys for actions, by the action's id: `nav.next: f8`."""


def settings_file() -> Path:
    """Where the settings are kept."""
    from platformdirs import user_config_path

    return user_config_path("impactbrief", appauthor=False) / "wizard.json"


def load() -> Settings:
    """The settings as they were left; whatever can't be read is as it was at first."""
    try:
        found: Any = json.loads(settings_file().read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return Settings()
    found = found if isinstance(found, dict) else {}
    theme, language, keys = found.get("theme"), found.get("language"), found.get("keys")
    return Settings(
        theme=theme if theme in THEMES else "dark",
        language=language if isinstance(language, str) else "",
        plain=found.get("plain") is True,
        keys={
            action: key
            for action, key in (keys.items() if isinstance(keys, dict) else ())
            if isinstance(key, str)
        },
    )


def keep(settings: Settings) -> None:
    """Keeps the settings for the next time."""
    from impactbrief.workspace.saving import write_whole

    path = settings_file()
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(asdict(settings), indent=1, ensure_ascii=False) + "\n"
        write_whole(path, text.encode("utf-8"))
