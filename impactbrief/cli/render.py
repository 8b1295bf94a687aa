"""`impactbrief render`: documents from answer files."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from impactbrief.batch.execute import Bug
from impactbrief.batch.outputs import Job, plan
from impactbrief.batch.report import Tally, check, save
from impactbrief.batch.run import Batch, Choices, Outcome, State
from impactbrief.batch.sources import sources
from impactbrief.batch.workers import cores
from impactbrief.cli.progress import Progress
from impactbrief.console import Console, ExitCode, exit_code
from impactbrief.errors import OutputError
from impactbrief.i18n import _, ngettext
from impactbrief.render import DEFAULT_FORMATS, DOCUMENTS, FORMATS, PAPERS, Look
from impactbrief.render.html import version

MOST_TOLD = 20
"""How many failed files the summary names."""


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

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002
        param: click.Parameter,  # noqa: ARG002
        incomplete: str,
    ) -> list[CompletionItem]:
        """The words that may follow what was typed, each once."""
        before, comma, begun = incomplete.rpartition(",")
        typed = before.split(",")
        return [
            CompletionItem(before + comma + option)
            for option in self.options
            if option.startswith(begun) and option not in typed
        ]

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:  # noqa: ARG002
        return "[" + ",".join(self.options) + "]"


def comma_lists(
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
        "--paper",
        type=click.Choice(PAPERS),
        default="a4",
        help=_("Paper size of PDF and Word documents."),
    )(function)


@dataclass(frozen=True)
class Request:
    """What was asked for on the command line."""

    paths: tuple[str, ...]
    formats: tuple[str, ...]
    documents: tuple[str, ...]
    output: str | None
    choices: Choices
    fail_fast: bool = False
    report: Path | None = None

    def jobs(self) -> list[Job]:
        """Every document to make, text first. Raises InputError and OutputError."""
        # what needs no library beyond Python's is written first, so that a missing one costs least
        formats = sorted(self.formats or DEFAULT_FORMATS, key=list(FORMATS).index)
        jobs = plan(sources(self.paths), self.documents or ("brief",), formats, self.output)
        if self.report is not None:
            check(self.report, jobs)
        return jobs


@click.command(
    "render",
    help=_(
        "Make documents from answer files.\n\nWithout --to and --document, makes the full brief as"
        " Markdown, HTML and PDF, beside its answer file. What is there and unchanged is not made"
        " again."
    ),
)
@click.argument(
    "paths", nargs=-1, required=True, type=click.Path(allow_dash=True), metavar=_("PATH...")
)
@click.option(
    "--to", "formats", multiple=True, type=CommaList(tuple(FORMATS)), callback=comma_lists,
    help=_("Formats to make; docx is for Word."),
)  # fmt: skip
@click.option(
    "--document", "documents", multiple=True, type=CommaList(DOCUMENTS), callback=comma_lists,
    help=_("Documents to make."),
)  # fmt: skip
@click.option(
    "-o", "--output", metavar=_("PATH"), help=_("A folder, a file, or - for standard output.")
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
    "--timeout", type=click.FloatRange(0, min_open=True), metavar=_("SECONDS"),
    help=_("Time limit for each document (default: 60 with several workers)."),
)  # fmt: skip
@click.option("--fail-fast", is_flag=True, help=_("Stop at the first failure."))
@click.option(
    "--report", type=click.Path(path_type=Path, dir_okay=False), metavar=_("FILE"),
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
        from impactbrief.cli.watch import watch_and_render

        return watch_and_render(console, request)
    try:
        planned = request.jobs()
    except OutputError as misfit:  # nothing was tried yet: the arguments don't go together
        console.failure(misfit)
        return ExitCode.USAGE
    with Batch(choices) as batch:
        return Run(console, request, batch, planned).go()


def today() -> date:
    return datetime.now(tz=UTC).astimezone().date()


@dataclass
class Run:
    """One run over some jobs, told as it goes."""

    console: Console
    request: Request
    batch: Batch
    jobs: Sequence[Job]
    stay: bool = False
    """Keep the workers for another run."""
    _told: set[str] = field(default_factory=set)

    def go(self) -> int:
        """Makes the documents and returns the exit code. Ctrl-C gets through, after the report."""
        tally = Tally(self.jobs)
        workers = self.request.choices.jobs or cores()
        progress = Progress(self.console, tally, workers=workers)
        try:
            for outcome in self.batch.run(self.jobs, progress.beat):
                tally.add(outcome)
                progress.count(outcome)
                with progress.aside():
                    self._tell(outcome, listed=not progress.shown)
                if outcome.error and self.request.fail_fast:
                    break
        finally:
            progress.end()
            if not self.stay:
                self.batch.rest()
            if self.request.report is not None:
                made = tally.report(version=version(), workers=workers, memory=self.batch.heaviest)
                save(made, self.request.report)
            if len(self.jobs) > 1:
                self._sum_up(tally)
        if not tally.errors:
            return ExitCode.DONE
        if tally.files > 1:
            return ExitCode.FOUND
        return max(exit_code(error) for error in tally.errors)

    def _tell(self, outcome: Outcome, *, listed: bool) -> None:
        """What is to be said about a document; about its answers once, whatever the formats."""
        console, name = self.console, outcome.job.source.name
        for problem in (*outcome.problems, *outcome.warnings):
            if str(problem) not in self._told:
                self._told.add(str(problem))
                console.problem(problem, kind="problem")
        if outcome.error and str(outcome.error) not in self._told:
            self._told.add(str(outcome.error))
            console.failure(outcome.error)
            if isinstance(outcome.error, Bug):
                for line in outcome.error.told.splitlines():
                    console.warn(line)
        if outcome.data is not None:
            console.write_bytes(outcome.data)
        elif outcome.state is State.WRITTEN and listed:
            console.say(str(outcome.job.target))
        if listed and outcome.gaps and f"gaps {name}" not in self._told:
            self._told.add(f"gaps {name}")
            console.say(
                ngettext(
                    "{file}: {count} gap; “impactbrief check” tells which.",
                    "{file}: {count} gaps; “impactbrief check” tells which.",
                    outcome.gaps,
                ).format(file=name, count=outcome.gaps)
            )

    def _sum_up(self, tally: Tally) -> None:
        console = self.console
        if tally.failures and tally.files > 1:
            console.warn(
                ngettext(
                    "{count} of {files} files failed:",
                    "{count} of {files} files failed:",
                    len(tally.failures),
                ).format(count=len(tally.failures), files=tally.files)
            )
            for name, error in list(tally.failures.items())[:MOST_TOLD]:
                console.warn(f"  {name}: {error.problems[0].what}" if error.problems else name)
            if (rest := len(tally.failures) - MOST_TOLD) > 0:
                console.warn(_("  and {count} more; --report FILE names all.").format(count=rest))
        told = console.warn if tally.states[State.FAILED] else console.say
        told(
            _(
                "Documents written: {written}, unchanged: {unchanged}, failed: {failed}. {seconds}"
            ).format(
                written=tally.states[State.WRITTEN],
                unchanged=tally.states[State.UNCHANGED],
                failed=tally.states[State.FAILED],
                seconds=_("Time: {seconds:.1f} s.").format(seconds=tally.seconds),
            )
        )
