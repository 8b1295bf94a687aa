"""`impactbrief ask`: the interview line by line."""

import sys
from pathlib import Path

import click

from impactbrief.cli.options import Name
from impactbrief.i18n import _


@click.command(
    "ask",
    help=_(
        "Ask the same questions line by line.\n\nFor screen readers, braille, slow connections and"
        " pipes. Answers are saved as you go; “?” explains, “quit” ends."
    ),
)
@click.argument("file", type=Name(), metavar=_("FILE"))
def command(file: Path) -> int:
    from impactbrief.ask import ask

    return ask(file, sys.stdin, sys.stdout)
