"""A text in the user's own editor."""

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from impactbrief.errors import MachineError, Problem
from impactbrief.i18n import _

AT_ONCE = 1.0
"""Seconds within which nobody writes: an editor that has ended by then only opened a window."""


def edit_text(text: str) -> str:
    """The text after the user has edited it in `$VISUAL` or `$EDITOR`.

    It goes through a file that only the user may read and that is removed afterwards. Raises
    MachineError where there is no editor, it fails, it doesn't wait for the user, or what it leaves
    is no text. Then nothing has changed, and a file in which words are or may yet come is kept and
    named.
    """
    command = editor()
    handle, name = tempfile.mkstemp(prefix="impactbrief-", suffix=".md")
    path = Path(name)
    given = (text if text.endswith("\n") or not text else text + "\n").encode()
    with os.fdopen(handle, "wb") as stream:
        stream.write(given)
    begun = time.monotonic()
    try:
        ended = subprocess.run([*command, str(path)], check=False).returncode
    except OSError as error:
        path.unlink(missing_ok=True)
        raise _failed(command[0], error.strerror or type(error).__name__) from error
    at_once = time.monotonic() - begun < AT_ONCE
    try:
        left = path.read_bytes()
    except OSError as error:
        raise _failed(command[0], error.strerror or type(error).__name__) from error
    if ended:
        reason = _("it ended with code {code}").format(code=ended)
        if left != given:
            raise _failed(command[0], reason, path)
        path.unlink(missing_ok=True)
        raise _failed(command[0], reason)
    if at_once and left == given:
        raise MachineError(
            Problem(
                what=_("The editor {name} ended at once, with nothing changed.").format(
                    name=command[0]
                ),
                hint=_(
                    "If it is still open, what you write goes to {file}. Set EDITOR to a command"
                    " that waits, as in: export EDITOR='code --wait'"
                ).format(file=path),
            )
        )
    try:
        edited = left.decode("utf-8")
    except UnicodeDecodeError:
        raise _failed(command[0], _("what it left is not text in UTF-8"), path) from None
    path.unlink(missing_ok=True)
    return edited.removesuffix("\n")


def editor() -> list[str]:
    """The user's editor as a command. Raises MachineError where there is none."""
    for variable in ("VISUAL", "EDITOR"):
        named = os.environ.get(variable, "")
        try:
            command = shlex.split(named, posix=sys.platform != "win32")
        except ValueError:
            raise _failed(named, _("its name has a quotation mark too many")) from None
        if command:
            return command
    for name in ("notepad",) if sys.platform == "win32" else ("nano", "vim", "vi"):
        if found := shutil.which(name):
            return [found]
    raise MachineError(
        Problem(
            what=_("No editor was found."),
            hint=_("Set EDITOR to the one you like, as in: export EDITOR=nano"),
        )
    )


def _failed(name: str, reason: str, kept: Path | None = None) -> MachineError:
    hint = _("Your text is as it was. Set EDITOR to another one.")
    if kept is not None:
        hint = _("Your text is as it was. What you wrote is in {file}.").format(file=kept)
    return MachineError(
        Problem(
            what=_("The editor {name} failed: {reason}.").format(name=name, reason=reason),
            hint=hint,
        )
    )
