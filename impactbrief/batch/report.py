"""What came of a run: counted for the summary, and whole for `--report`."""

import json
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from impactbrief.batch.outputs import Job, kept, over_inputs, spot, write
from impactbrief.batch.run import Outcome, State
from impactbrief.errors import ImpactBriefError, OutputError, Place, Problem
from impactbrief.i18n import _


class Tally:
    """The outcomes of a run so far.

    `earlier` has the outcomes of earlier runs, which the report holds as well.
    """

    def __init__(
        self, jobs: Sequence[Job], earlier: Mapping[Job, Outcome] = MappingProxyType({})
    ) -> None:
        self.jobs = jobs
        self.outcomes: dict[Job, Outcome] = {}
        self.states: Counter[State] = Counter()
        self.failures: dict[str, ImpactBriefError] = {}
        """For each answer file that failed, why: its first failure."""
        self.errors: list[ImpactBriefError] = []
        self.started = time.perf_counter()
        self._earlier = earlier
        self._left = Counter(job.source.name for job in jobs)
        self.files = len(self._left)
        self.files_done = 0

    def add(self, outcome: Outcome) -> None:
        name = outcome.job.source.name
        self.outcomes[outcome.job] = outcome
        self.states[outcome.state] += 1
        if outcome.error is not None:
            self.failures.setdefault(name, outcome.error)
            self.errors.append(outcome.error)
        self._left[name] -= 1
        if not self._left[name]:
            self.files_done += 1

    @property
    def seconds(self) -> float:
        return time.perf_counter() - self.started

    @property
    def finished(self) -> bool:
        return len(self.outcomes) == len(self.jobs)

    @property
    def known(self) -> dict[Job, Outcome | None]:
        """What came of each document: of one of this run in this run, else in an earlier one."""
        return {**self._earlier, **dict.fromkeys(self.jobs), **self.outcomes}

    def report(self, *, version: str, workers: int, memory: int) -> dict[str, Any]:
        """All of it as one JSON object, whose keys docs/batch.md explains."""
        files: dict[str, dict[str, Any]] = {}
        for job, outcome in self.known.items():
            entry = files.setdefault(
                job.source.name,
                {"file": job.source.name, "gaps": None, "problems": [], "outputs": []},
            )
            if outcome is not None:
                entry["gaps"] = _most(entry["gaps"], outcome.gaps)
                said = [*outcome.problems, *(outcome.error.problems if outcome.error else ())]
                for problem in map(_problem, said):
                    if problem not in entry["problems"]:
                        entry["problems"].append(problem)
            entry["outputs"].append(_output(job, outcome))
        states = Counter(outcome.state for outcome in self.known.values() if outcome)
        return {
            "impactbrief": version,
            "finished": self.finished,
            "seconds": round(self.seconds, 3),
            "workers": workers,
            "memory": memory,
            "written": states[State.WRITTEN],
            "skipped": states[State.UNCHANGED],
            "failed": states[State.FAILED],
            "files": list(files.values()),
        }


def _most(one: int | None, other: int | None) -> int | None:
    return max((count for count in (one, other) if count is not None), default=None)


def _output(job: Job, outcome: Outcome | None) -> dict[str, Any]:
    found: dict[str, Any] = {
        "path": None if job.target is None else str(job.target),
        "document": job.document,
        "format": job.format,
        "state": "stopped",
    }
    if outcome is None:
        return found
    found["state"] = "skipped" if outcome.state is State.UNCHANGED else str(outcome.state)
    if outcome.state is State.WRITTEN:
        found |= {
            "seconds": round(outcome.seconds, 3),
            "bytes": outcome.size,
            "sha256": outcome.digest,
        }
    found["problems"] = _problems(outcome.error.problems if outcome.error else outcome.warnings)
    return found


def _problems(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    return [_problem(problem) for problem in problems]


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "file": problem.place.file,
        "line": problem.place.line,
        "column": problem.place.column,
        "where": problem.where,
        "what": problem.what,
        "hint": problem.hint,
    }


BEGINNING = b'{\n  "impactbrief": "'
"""How every report begins."""


def check(path: Path, jobs: Sequence[Job]) -> None:
    """Raises OutputError where a report would take the place of anything but an older report.

    An answer file, a bibliography and a template are all in danger from a slip of the hand.
    """
    hint = _("Choose another name for the --report.")
    problems = over_inputs([path], (job.source for job in jobs), hint)
    if not problems and spot(path) in {spot(job.target) for job in jobs if job.target}:
        what = _("The report and a document would both be written here.")
        problems = [Problem(what=what, hint=hint, place=Place(str(path)))]
    if problems := problems or kept(path, hint, beginning=BEGINNING):
        raise OutputError(problems)


def save(report: dict[str, Any], path: Path) -> None:
    """Writes a report. Raises OutputError."""
    # names that aren't Unicode stay readable for a machine, as escapes
    write(path, (json.dumps(report, ensure_ascii=True, indent=2) + "\n").encode("ascii"))
