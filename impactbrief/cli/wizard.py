"""Opens the wizard, or says why it can't be opened here."""

import os
import sys

from impactbrief.console import Console, ExitCode
from impactbrief.i18n import _


def open_wizard(console: Console, file: str | None, *, plain: bool) -> int:
    """The wizard on `file`, or its start screen. It needs a terminal that can draw."""
    dumb = os.environ.get("TERM") in ("dumb", "", None) and sys.platform != "win32"
    if dumb or not (sys.stdin.isatty() and sys.stdout.isatty()):
        console.warn(_("The wizard needs an interactive terminal, and this is not one."))
        console.warn(
            _("  To answer the same questions line by line: impactbrief ask {file}").format(
                file=file or "FILE"
            )
        )
        console.warn(_("  For all commands: impactbrief --help"))
        return ExitCode.USAGE
    from impactbrief.tui import run_wizard

    plain = plain or bool(os.environ.get("IMPACTBRIEF_PLAIN"))
    return run_wizard(file, plain=plain, say=console.say)
