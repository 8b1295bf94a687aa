"""The wizard: the interview in a terminal, one topic and one step at a time.

It knows nothing about briefs: it walks `impactbrief.interview` over an `impactbrief.workspace` and
shows what they say.
"""

import os


def run_wizard(file: str | None, *, plain: bool) -> int:
    """Opens the wizard on a file, or its start screen, and returns an exit code."""
    # Textual asks terminals to report every key by itself; some then swallow dead keys and AltGr
    os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
    from impactbrief.tui.app import Wizard

    app = Wizard(file, plain=plain)
    app.run()
    return app.return_code or 0
