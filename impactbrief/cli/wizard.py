"""Opens the wizard, or says why it can't be opened here."""

import os
import sys

from impactbrief.console import Console, ExitCode
from impactbrief.errors import as_typed
from impactbrief.i18n import _


def open_wizard(console: Console, file: str | None, *, plain: bool) -> int:
    """The wizard on `file`, or its start screen. It needs a terminal that can draw."""
    dumb = os.environ.get("TERM") in ("dumb", "", None) and sys.platform != "win32"
    if dumb or not (sys.stdin.isatty() and sys.stdout.isatty()):
        console.warn(_("The wizard needs an interactive terminal, and this is not one."))
        way = _("  To answer the same questions line by line: impactbrief ask {file}")
        if file and file.lower().endswith(".pdf"):
            way = _("  To get the answers inside a PDF: impactbrief extract {file}")
        console.warn(way.format(file=as_typed(file or "FILE")))
        console.warn(_("  For all commands: impactbrief --help"))
        return ExitCode.USAGE
    from impactbrief.tui import run_wizard

    plain = plain or bool(os.environ.get("IMPACTBRIEF_PLAIN"))
    return run_wizard(file, plain=plain, say=console.say)
