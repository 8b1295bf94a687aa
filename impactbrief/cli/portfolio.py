"""`impactbrief portfolio`: all briefs side by side."""

from collections.abc import Mapping
from pathlib import Path

import click

from impactbrief.batch.outputs import STDOUT, check_folder, kept, over_inputs, write
from impactbrief.batch.sources import sources
from impactbrief.cli.options import OR_FORCE, OUTPUT, CommaList, Name, comma_lists, paths_argument
from impactbrief.console import Console, ExitCode, exit_code
from impactbrief.errors import OutputError, Problem
from impactbrief.i18n import _
from impactbrief.portfolio import ENDINGS, made, read_portfolio
from impactbrief.toolkit.load import DEFAULT

NAME = "portfolio"


@click.command(
    "portfolio",
    help=_(
        "Show all briefs side by side: proposals, elements and ratings.\n\nThe HTML page links to"
        " the documents that lie beside the answer files or in the output's folder."
    ),
)
@paths_argument
@click.option(
    "--to", "formats", multiple=True, type=CommaList(tuple(ENDINGS)), callback=comma_lists,
    help=_("Formats to make (default: html)."),
)  # fmt: skip
@click.option(
    "-o", "--output", type=OUTPUT, metavar=_("PATH"),
    help=_("A folder, a file, or - for standard output (default for one format)."),
)  # fmt: skip
@click.option(
    "--force", is_flag=True,
    help=_("Replace what is there, even if it is no earlier page of this kind."),
)  # fmt: skip
@click.option("--toolkit", default=DEFAULT, help=_("A question bank's id, or its folder."))
@click.option("--language", default="en", help=_("The language of the words."))
@click.option(
    "--template", type=Name(), metavar=_("DIR"),
    help=_("A folder of your own templates, begun as a copy of “templates”."),
)  # fmt: skip
@click.pass_obj
def command(
    console: Console,
    paths: tuple[str, ...],
    formats: tuple[str, ...],
    output: str | None,
    force: bool,
    toolkit: str,
    language: str,
    template: Path | None,
) -> int:
    formats = formats or ("html",)
    if output in (None, STDOUT) and len(formats) > 1:
        console.warn(_("Standard output takes one format. Choose one, or add --output FOLDER."))
        return ExitCode.USAGE
    found = sources(paths)
    try:
        targets = {
            format_: _target(output, format_, alone=len(formats) == 1) for format_ in formats
        }
        if problems := over_inputs(targets.values(), found, _("Choose another --output.")):
            raise OutputError(problems)
    except OutputError as misfit:
        console.failure(misfit)
        return ExitCode.USAGE
    folder = next((target.parent for target in targets.values() if target), Path())
    portfolio = read_portfolio(
        found, language=language, toolkit=toolkit, beside=folder, documents=[folder]
    )
    for _name, error in portfolio.failures:
        console.failure(error)
    for warning in portfolio.warnings:
        console.problem(warning)
    worst = ExitCode.DONE
    if portfolio.failures:
        worst = ExitCode.FOUND if len(found) > 1 else exit_code(portfolio.failures[0][1])
    if not portfolio.rows:
        return worst
    pages = {format_: made(portfolio, format_, template) for format_ in targets}
    if not force and (problems := _kept(targets, pages)):
        raise OutputError(problems)
    for format_, target in targets.items():
        data = pages[format_]
        if target is None:
            console.write_bytes(data)
        else:
            write(target, data)
            console.say(str(target))
    return worst


BEGINNING = 16
"""Bytes by which an earlier page is told from anything else."""


def _kept(targets: Mapping[str, Path | None], pages: Mapping[str, bytes]) -> list[Problem]:
    return [
        problem
        for format_, target in targets.items() if target is not None
        for problem in kept(target, OR_FORCE, beginning=pages[format_][:BEGINNING])
    ]  # fmt: skip


def _target(output: str | None, format_: str, *, alone: bool) -> Path | None:
    if output in (None, STDOUT):
        return None
    path = Path(output)
    if alone and path.suffix == ENDINGS[format_] and not path.is_dir():
        return path
    check_folder(output, ENDINGS)
    return path / f"{NAME}{ENDINGS[format_]}"
