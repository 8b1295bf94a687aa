"""`impactbrief render --watch`: renders, then stays and renders again what changes."""

import os
from collections.abc import Iterable
from dataclasses import replace

from impactbrief.answers.file import STDIN
from impactbrief.batch.outputs import STDOUT, Job
from impactbrief.batch.run import Batch, Outcome
from impactbrief.batch.watch import Changes, Watcher
from impactbrief.batch.workers import cores
from impactbrief.cli.rendering import Request, Run, today
from impactbrief.console import Console, ExitCode
from impactbrief.errors import ImpactBriefError
from impactbrief.i18n import _


def watch_and_render(console: Console, request: Request) -> int:
    """Renders until Ctrl-C. Whatever goes wrong is told, and watching goes on."""
    if STDIN in request.paths or request.output == STDOUT:
        console.warn(_("--watch needs files and folders: standard input and output don't change."))
        return ExitCode.USAGE
    # with workers, also a document that hangs or crashes doesn't end the watch
    choices = replace(request.choices, jobs=request.choices.jobs or cores())
    request = replace(request, choices=choices)
    watcher = Watcher(request.paths, choices.look.templates)
    watcher.look_after({})  # before the first reading, so that no change is missed
    try:
        with Batch(choices) as batch:
            _Watch(console, request, watcher, batch).go()
    finally:
        watcher.stop()
    return ExitCode.DONE


class _Watch:
    def __init__(self, console: Console, request: Request, watcher: Watcher, batch: Batch) -> None:
        self._console = console
        self._request = request
        self._watcher = watcher
        self._batch = batch
        self._jobs: list[Job] = []
        self._outcomes: dict[Job, Outcome] = {}

    def go(self) -> None:
        self._jobs = self._planned() or []
        self._render(self._jobs)
        self._console.say(_("Watching. Ctrl-C ends."))
        for changes in self._watcher.changes():
            self._render(self._touched(changes))

    def _render(self, jobs: list[Job]) -> None:
        if jobs:
            self._batch.choices = replace(self._batch.choices, today=today())
            try:
                Run(
                    self._console,
                    self._request,
                    self._batch,
                    jobs,
                    stay=True,
                    outcomes=self._outcomes,
                ).go()
            except ImpactBriefError as error:  # such as a report that can't be written
                self._console.failure(error)
        self._watcher.look_after(self._batch.inputs)

    def _touched(self, changes: Changes) -> list[Job]:
        """The documents that have to be made anew."""
        before = _by_name(self._jobs)
        known = {os.path.realpath(name) for name in before}
        if changes.may_add(known) or changes.may_take(known):
            planned = self._planned()
            if planned is None:
                return []
            self._jobs = planned
        now = _by_name(self._jobs)
        for name in before.keys() - now.keys():
            self._batch.inputs.pop(name, None)
            for job in before[name]:
                self._outcomes.pop(job, None)
            if before[name][0].source.problem is None:
                self._console.say(_("{file} is gone; its documents stay.").format(file=name))
        all_of_them = changes.touch_templates(self._request.choices.look.templates)
        return [
            job
            for name, jobs in now.items()
            for job in jobs
            if all_of_them
            or name not in before
            or changes.touch(name, self._batch.inputs.get(name, frozenset()))
        ]

    def _planned(self) -> list[Job] | None:
        try:
            return self._request.jobs()
        except ImpactBriefError as error:
            self._console.failure(error)
            return None


def _by_name(jobs: Iterable[Job]) -> dict[str, list[Job]]:
    found: dict[str, list[Job]] = {}
    for job in jobs:
        found.setdefault(job.source.name, []).append(job)
    return found
