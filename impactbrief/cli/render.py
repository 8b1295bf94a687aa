"""`impactbrief render`: documents from answer files."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from impactbrief.batch.outputs import Job, plan, write
from impactbrief.batch.run import Outcome, run
from impactbrief.batch.sources import sources
from impactbrief.console import Console, ExitCode, exit_code
from impactbrief.errors import ImpactBriefError, OutputError
from impactbrief.i18n import _, ngettext
from impactbrief.render import DOCUMENTS, FORMATS, PAPERS, Look


class CommaList(click.ParamType):  # type: ignore[type-arg]  # older Click has none
    """One or more words of a few, separated by commas."""

    name = "list"

    def __init__(self, options: tuple[str, ...]) -> None:
        self.options = options

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        words = tuple(word.strip() for word in str(value).split(",") if word.strip())
        for word in words:
            if word not in self.options:
                self.fail(
                    _("“{word}” is not one of {options}.").format(
                        word=word, options=", ".join(self.options)
                    ),
                    param,
                    ctx,
                )
        return words

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:  # noqa: ARG002
        return "[" + ",".join(self.options) + "]"


def _flat(
    ctx: click.Context,  # noqa: ARG001
    param: click.Parameter,  # noqa: ARG001
    value: tuple[tuple[str, ...], ...],
) -> tuple[str, ...]:
    """Comma lists may repeat; each word counts once, in the order given."""
    return tuple(dict.fromkeys(word for words in value for word in words))


def look_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options that choose a document's looks."""
    function = click.option(
        "--template",
        type=click.Path(path_type=Path),
        metavar=_("DIR"),
        help=_("A folder of your own templates, begun as a copy of “templates”."),
    )(function)
    return click.option(
        "--paper", type=click.Choice(PAPERS), default="a4", help=_("Paper of a PDF.")
    )(function)


@click.command(
    "render",
    help=_(
        "Make documents from answer files.\n\nWithout --to and --document, makes the full brief in"
        " every format, beside its answer file."
    ),
)
@click.argument(
    "paths", nargs=-1, required=True, type=click.Path(allow_dash=True), metavar=_("PATH...")
)
@click.option(
    "--to", "formats", multiple=True, type=CommaList(tuple(FORMATS)), callback=_flat,
    help=_("Formats to make."),
)  # fmt: skip
@click.option(
    "--document", "documents", multiple=True, type=CommaList(DOCUMENTS), callback=_flat,
    help=_("Documents to make."),
)  # fmt: skip
@click.option(
    "-o", "--output", metavar=_("PATH"), help=_("A folder, a file, or - for standard output.")
)
@click.option("--strict", is_flag=True, help=_("Problems and warnings fail."))
@look_options
@click.pass_obj
def command(
    console: Console,
    paths: tuple[str, ...],
    formats: tuple[str, ...],
    documents: tuple[str, ...],
    output: str | None,
    strict: bool,
    template: Path | None,
    paper: str,
) -> int:
    found = sources(paths)
    # what needs no library beyond Python's is written first, so that a missing one costs least
    wanted = sorted(formats or tuple(FORMATS), key=list(FORMATS).index)
    try:
        jobs = plan(found, documents or ("brief",), wanted, output)
    except OutputError as misfit:  # nothing was tried yet: the arguments don't go together
        console.failure(misfit)
        return ExitCode.USAGE
    failures: list[ImpactBriefError] = []
    written = 0
    told: set[str] = set()
    today = datetime.now(tz=UTC).astimezone().date()
    for outcome in run(jobs, look=Look(template, paper), strict=strict, today=today):
        error = outcome.error or _write(console, outcome)
        _tell(console, outcome, error, told)
        if error:
            failures.append(error)
        else:
            written += 1
    if failures:
        console.warn(
            ngettext(
                "{count} document could not be made.",
                "{count} documents could not be made.",
                len(failures),
            ).format(count=len(failures))
        )
        if len(found) > 1:
            return ExitCode.FOUND
        return max(exit_code(error) for error in failures)
    return ExitCode.DONE


def _write(console: Console, outcome: Outcome) -> ImpactBriefError | None:
    """Puts a document where it belongs; the reason why it could not be put there, or None."""
    if outcome.rendered is None:
        return None
    job: Job = outcome.job
    if job.target is None:
        console.write_bytes(outcome.rendered.data)
        return None
    try:
        write(job.target, outcome.rendered.data)
    except ImpactBriefError as error:
        return error
    console.say(str(job.target))
    return None


def _tell(
    console: Console, outcome: Outcome, error: ImpactBriefError | None, told: set[str]
) -> None:
    """What is to be said about a document; about its answers once, whatever the formats."""
    for problem in outcome.warnings:
        if str(problem) not in told:
            told.add(str(problem))
            console.problem(problem, kind="problem")
    if error and str(error) not in told:
        told.add(str(error))
        console.failure(error)
    name = outcome.job.source.name
    if outcome.gaps and f"gaps {name}" not in told:
        told.add(f"gaps {name}")
        console.say(
            ngettext(
                "{file}: {count} gap; “impactbrief check” tells which.",
                "{file}: {count} gaps; “impactbrief check” tells which.",
                outcome.gaps,
            ).format(file=name, count=outcome.gaps)
        )
