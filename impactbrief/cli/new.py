"""`impactbrief new`: a commented answer file to fill in."""

from pathlib import Path

import click

from impactbrief.cli.options import Name
from impactbrief.console import Console
from impactbrief.errors import as_typed
from impactbrief.i18n import _


@click.command(
    "new",
    help=_(
        "Make an answer file to fill in.\n\nIt explains itself in comments. The JSON Schema that"
        " editors complete keys from is put beside it. An existing file is never replaced."
    ),
)
@click.argument("file", type=Name(as_path=False), metavar=_("FILE"))
@click.option("--title", default=None, help=_("The brief's title."))
@click.option(
    "--language",
    default=None,
    help=_("The language the brief is written in (default: the one that this program speaks)."),
)
@click.option(
    "--from",
    "source",
    type=Name(),
    metavar=_("FILE"),
    help=_("Begin as a copy of another answer file."),
)
@click.pass_obj
def command(
    console: Console, file: str, title: str | None, language: str | None, source: Path | None
) -> None:
    from impactbrief.workspace import new_file

    for path in new_file(file, title=title, language=language, source=source):
        console.say(str(path))
    console.say(
        _("Next: impactbrief {file}, or edit it and run: impactbrief check {file}").format(
            file=as_typed(file)
        )
    )
