"""What was asked of `impactbrief render`, and one run that makes it, told as it goes."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from impactbrief.batch.execute import Bug
from impactbrief.batch.outputs import Job, plan
from impactbrief.batch.report import Tally, check, save
from impactbrief.batch.run import Batch, Choices, Outcome, State
from impactbrief.batch.sources import sources
from impactbrief.batch.workers import cores
from impactbrief.cli.progress import Progress
from impactbrief.console import Console, ExitCode, exit_code
from impactbrief.errors import ImpactBriefError
from impactbrief.i18n import _, ngettext
from impactbrief.render import DEFAULT_FORMATS, FORMATS
from impactbrief.render.html import version

MOST_TOLD = 20
"""How many failed files the summary names."""


def today() -> date:
    return datetime.now(tz=UTC).astimezone().date()


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
        """Every document to make, text first. Raises OutputError."""
        # what needs no library beyond Python's is written first, so that a missing one costs least
        formats = sorted(self.formats or DEFAULT_FORMATS, key=list(FORMATS).index)
        jobs = plan(sources(self.paths), self.documents or ("brief",), formats, self.output)
        if self.report is not None:
            check(self.report, jobs)
        return jobs


@dataclass
class Run:
    """One run over some jobs, told as it goes."""

    console: Console
    request: Request
    batch: Batch
    jobs: Sequence[Job]
    stay: bool = False
    """Keep the workers for another run."""
    outcomes: dict[Job, Outcome] = field(default_factory=dict)
    """What came of documents so far, in this run and before it: the report holds them all."""
    _told: set[str] = field(default_factory=set)

    def go(self) -> int:
        """Makes the documents and returns the exit code. Ctrl-C gets through, after the report."""
        tally = Tally(self.jobs, dict(self.outcomes))
        workers = self.request.choices.jobs or cores()
        progress = Progress(self.console, tally, workers=workers)
        try:
            for outcome in self.batch.run(self.jobs, progress.beat):
                tally.add(outcome)
                self.outcomes[outcome.job] = outcome
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
                batch = self.batch
                made = tally.report(version=version(), workers=batch.workers, memory=batch.heaviest)
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
        elif outcome.state is State.UNCHANGED and (console.verbose or len(self.jobs) == 1):
            console.say(_("unchanged: {file}").format(file=outcome.job.target))
        if (others := self._others(name)) and f"others {name}" not in self._told:
            self._told.add(f"others {name}")
            console.detail(_("{file}: made with {others}").format(file=name, others=others))
        if listed and outcome.gaps and f"gaps {name}" not in self._told:
            self._told.add(f"gaps {name}")
            console.say(
                ngettext(
                    "{file}: {count} gap; “impactbrief check” tells which.",
                    "{file}: {count} gaps; “impactbrief check” tells which.",
                    outcome.gaps,
                ).format(file=name, count=outcome.gaps)
            )

    def _others(self, name: str) -> str:
        """The files besides an answer file that its documents are made from."""
        return "; ".join(filter(os.path.exists, sorted(self.batch.inputs.get(name, ()))))

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
                console.warn(f"  {name}: {_reason(name, error)}" if error.problems else name)
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


def _reason(name: str, error: ImpactBriefError) -> str:
    """Why an answer file failed, with the place where that lies in another file."""
    problem = error.problems[0]
    elsewhere = problem.place.file not in ("", name)
    return f"{problem.place}: {problem.what}" if elsewhere else problem.what
