"""Paths as people type and see them. Nothing here raises, whatever was typed."""

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from impactbrief.i18n import _


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed as a path."""

    path: Path
    trouble: str = ""
    """Why it can't be one, in words; empty if it can."""


def typed(text: str) -> Typed:
    """A typed text as a path: `~` is the home folder, `$NAME` a variable, nothing is here."""
    text = text.strip()
    full = os.path.expanduser(os.path.expandvars(text))  # noqa: PTH111 (pathlib's raises)
    if "\0" in full:
        return Typed(Path(), _("This can't be the name of a file."))
    if full.startswith("~"):
        trouble = _("On this computer, {name} is nobody’s folder.")
        return Typed(Path(full), trouble.format(name=full.partition("/")[0]))
    return Typed(Path(full or "."))


def is_file(path: Path) -> bool:
    """Whether there is a file, as far as one can see."""
    return os.path.isfile(path)  # noqa: PTH113 (pathlib's raises where one may not look)


def is_folder(path: Path) -> bool:
    """Whether there is a folder, as far as one can see."""
    return os.path.isdir(path)  # noqa: PTH112


def is_there(path: Path) -> bool:
    """Whether there is anything, as far as one can see."""
    return os.path.exists(path)  # noqa: PTH110


def hidden(path: Path) -> str:
    """Why one can't see whether there is anything: no right to look, too long a name.

    Empty where one can, be there something or not.
    """
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except (OSError, ValueError) as error:
        return getattr(error, "strerror", "") or type(error).__name__
    return ""


def shown(path: Path, *, folder: bool = False) -> str:
    """A path as people read it: whole, the home folder as `~`; a `folder` ends with a slash."""
    with suppress(OSError):  # where one is may be gone
        path = path.absolute()
    text = str(path)
    home = os.path.expanduser("~")  # noqa: PTH111
    if len(home) > 1 and (text == home or text.startswith(home + os.sep)):
        text = "~" + text.removeprefix(home)
    return text + os.sep if folder and not text.endswith(os.sep) else text
