"""A text in the user's own editor."""

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from impactbrief.errors import MachineError, Problem
from impactbrief.i18n import _


def edit_text(text: str) -> str:
    """The text after the user has edited it in `$VISUAL` or `$EDITOR`.

    It goes through a file that only the user may read and that is removed afterwards. Raises
    MachineError where there is no editor, or it fails: then nothing has changed.
    """
    command = editor()
    handle, name = tempfile.mkstemp(prefix="impactbrief-", suffix=".md")
    path = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text if text.endswith("\n") or not text else text + "\n")
        try:
            ended = subprocess.run([*command, str(path)], check=False).returncode
        except OSError as error:
            raise _failed(command[0], error.strerror or type(error).__name__) from error
        if ended:
            raise _failed(command[0], _("it ended with code {code}").format(code=ended))
        return path.read_bytes().decode("utf-8", "replace").removesuffix("\n")
    finally:
        path.unlink(missing_ok=True)


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


def _failed(name: str, reason: str) -> MachineError:
    return MachineError(
        Problem(
            what=_("The editor {name} failed: {reason}.").format(name=name, reason=reason),
            hint=_("Your text is as it was. Set EDITOR to another one."),
        )
    )
