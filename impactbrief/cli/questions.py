"""`impactbrief questions`: the whole toolkit as a worksheet."""

from pathlib import Path

import click

from impactbrief.batch.outputs import kept, write
from impactbrief.bounded import holds
from impactbrief.cli.options import OR_FORCE, OUTPUT
from impactbrief.console import Console
from impactbrief.errors import OutputError
from impactbrief.i18n import _
from impactbrief.render import PAPERS
from impactbrief.render.worksheet import FORMATS, worksheet
from impactbrief.toolkit.load import DEFAULT, load


@click.command(
    "questions",
    help=_(
        "Print everything the toolkit asks, as a worksheet.\n\nThe worksheet also lists the ids"
        " that an answer file uses."
    ),
)
@click.option("--toolkit", default=DEFAULT, help=_("A question bank's id, or its folder."))
@click.option("--language", default="en", help=_("The language of the words."))
@click.option(
    "--to", "format_", type=click.Choice(FORMATS), default="md", help=_("The format to print.")
)
@click.option("--paper", type=click.Choice(PAPERS), default="a4", help=_("Paper size of the PDF."))
@click.option(
    "-o", "--output", type=OUTPUT, metavar=_("FILE"), help=_("Write here, not to standard output.")
)
@click.option("--force", is_flag=True, help=_("Replace FILE, where there is one."))
@click.pass_obj
def command(
    console: Console,
    toolkit: str,
    language: str,
    format_: str,
    paper: str,
    output: str | None,
    force: bool,
) -> None:
    data = worksheet(load(toolkit, language, base=Path.cwd()), format_, paper=paper)
    if output in (None, "-"):
        console.write_bytes(data)
        return
    target = Path(output)
    # a worksheet that somebody filled in begins like an empty one; the same one may be made again
    if not force and not holds(target, data) and (problems := kept(target, OR_FORCE)):
        raise OutputError(problems)
    write(target, data)
    console.say(str(target))
