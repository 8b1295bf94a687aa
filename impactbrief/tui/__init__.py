"""The wizard: the interview in a terminal, one topic and one step at a time.

It knows nothing about briefs: it walks `impactbrief.interview` over an `impactbrief.workspace` and
shows what they say.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress


def run_wizard(file: str | None, *, plain: bool, say: Callable[[str], None]) -> int:
    """Opens the wizard on a file, or its start screen, and returns an exit code.

    What is left to say when its screen has gone goes to `say`.
    """
    # Textual asks terminals to report every key by itself; some then swallow dead keys and AltGr
    os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
    from impactbrief import i18n
    from impactbrief.tui.settings import load

    settings = load()
    if settings.language and not os.environ.get("IMPACTBRIEF_LANGUAGE"):
        i18n.speak(settings.language)

    from impactbrief.tui.app import Wizard
    from impactbrief.tui.other_screens import AGAIN

    app = Wizard(file, plain=plain, settings=settings)
    app.run()
    if app.last_words:
        with suppress(OSError):  # the window may be closed
            say(app.last_words)
    if app.return_code == AGAIN:
        # words are looked up as modules are loaded: another language needs a new process
        os.environ.pop("IMPACTBRIEF_LANGUAGE", None)
        command = [sys.executable, "-m", "impactbrief", *sys.argv[1:]]
        return subprocess.run(command, check=False).returncode
    return app.return_code or 0
