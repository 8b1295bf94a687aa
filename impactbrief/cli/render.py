"""`impactbrief render`: documents from answer files."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from impactbrief.batch.run import Batch, Choices
from impactbrief.cli.options import OUTPUT, CommaList, Name, Seconds, comma_lists, paths_argument
from impactbrief.cli.rendering import Request, Run, today
from impactbrief.console import Console, ExitCode
from impactbrief.errors import OutputError
from impactbrief.i18n import _
from impactbrief.render import DOCUMENTS, FORMATS, PAPERS, Look


def look_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options that choose a document's looks."""
    function = click.option(
        "--template",
        type=Name(),
        metavar=_("DIR"),
        help=_("A folder of your own templates, begun as a copy of “templates”."),
    )(function)
    return click.option(
        "--paper",
        type=click.Choice(PAPERS),
        default="a4",
        help=_("Paper size of PDF and Word documents."),
    )(function)


@click.command(
    "render",
    help=_(
        "Make documents from answer files.\n\nWithout --to and --document, makes the full brief as"
        " Markdown, HTML and PDF, beside its answer file. What is there and unchanged is not made"
        " again."
    ),
)
@paths_argument
@click.option(
    "--to", "formats", multiple=True, type=CommaList(tuple(FORMATS)), callback=comma_lists,
    help=_("Formats to make; docx is for Word."),
)  # fmt: skip
@click.option(
    "--document", "documents", multiple=True, type=CommaList(DOCUMENTS), callback=comma_lists,
    help=_("Documents to make."),
)  # fmt: skip
@click.option(
    "-o",
    "--output",
    type=OUTPUT,
    metavar=_("PATH"),
    help=_("A folder, a file, or - for standard output."),
)
@click.option("--strict", is_flag=True, help=_("Fail on problems and warnings."))
@click.option("--force", is_flag=True, help=_("Remake documents even if nothing has changed."))
@click.option(
    "--watch", is_flag=True, help=_("Keep running, and remake documents when files change.")
)
@click.option(
    "-j", "--jobs", type=click.IntRange(1, 1024), metavar="N",
    help=_("Worker processes (default: one per core)."),
)  # fmt: skip
@click.option(
    "--timeout", type=Seconds(0, min_open=True), metavar=_("SECONDS"),
    help=_("Time limit for each document (default: 60 with several workers)."),
)  # fmt: skip
@click.option("--fail-fast", is_flag=True, help=_("Stop at the first failure."))
@click.option(
    "--report", type=Name(dir_okay=False), metavar=_("FILE"),
    help=_("Write the result for each document, as JSON."),
)  # fmt: skip
@click.option(
    "--cluster", default="", metavar=_("ADDRESS"),
    help=_("Make them on a Dask cluster, as tcp://host:8786."),
)  # fmt: skip
@look_options
@click.pass_obj
def command(
    console: Console,
    paths: tuple[str, ...],
    formats: tuple[str, ...],
    documents: tuple[str, ...],
    output: str | None,
    strict: bool,
    force: bool,
    watch: bool,
    jobs: int | None,
    timeout: float | None,
    fail_fast: bool,
    report: Path | None,
    cluster: str,
    template: Path | None,
    paper: str,
) -> int:
    choices = Choices(
        look=Look(template, paper),
        strict=strict,
        force=force,
        jobs=jobs,
        timeout=timeout,
        cluster=cluster,
        today=today(),
    )
    request = Request(paths, formats, documents, output, choices, fail_fast, report)
    if watch:
        from impactbrief.cli.watch import watch_and_render  # its library is for it alone

        return watch_and_render(console, request)
    try:
        planned = request.jobs()
    except OutputError as misfit:  # nothing was tried yet: the arguments don't go together
        console.failure(misfit)
        return ExitCode.USAGE
    with Batch(choices) as batch:
        return Run(console, request, batch, planned).go()
