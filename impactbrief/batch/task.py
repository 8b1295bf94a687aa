"""What a worker does: some documents of one answer file, as a call from values to values.

A task holds everything that it needs but the files that the answers name, which lie beside them;
for a worker on another machine it holds what those say, too (see `impactbrief.batch.cluster`).
"""

import gc
import time
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from impactbrief.answers.file import STDIN, AnswerFile, fingerprint, parse
from impactbrief.assessment import Assessment, Weight, assessment_of, findings
from impactbrief.batch import inputs
from impactbrief.errors import ImpactBriefError, InputError, Problem, RenderError
from impactbrief.i18n import _
from impactbrief.render import DEFAULT_LOOK, Look, render

PAGED = frozenset({"pdf"})
"""Formats that WeasyPrint makes: they take long, and a while to load."""

Work = tuple[str, str]
"""A document and a format."""

Read = tuple[Assessment, dict[str, str]]
"""An answer file that was read, and the files besides it that were read, or looked for, for that:
path -> digest."""


@dataclass(frozen=True, slots=True)
class Task:
    """Documents to make of one answer file."""

    name: str
    """How messages name the answer file."""
    data: bytes
    """What it holds."""
    works: tuple[Work, ...]
    look: Look = DEFAULT_LOOK
    strict: bool = False
    today: date | None = None
    """What deadlines are compared with, for the number of gaps alone."""
    read: Read | None = None
    """For a worker that can't reach the files that the answers name."""

    @property
    def paged(self) -> bool:
        return any(format_ in PAGED for _document, format_ in self.works)

    def each(self) -> "list[Task]":
        """The same work as tasks of one document each."""
        return [replace(self, works=(work,)) for work in self.works]


@dataclass(frozen=True, slots=True)
class Made:
    """One document, or the reason why there is none."""

    work: Work
    data: bytes | None = None
    error: ImpactBriefError | None = None
    warnings: tuple[Problem, ...] = ()
    seconds: float = 0.0
    machine_fonts: str = ""
    """Which fonts the machine had of its own, where they may show."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of a task."""

    made: tuple[Made, ...]
    problems: tuple[Problem, ...] = ()
    """What is wrong with the answers, though documents could be made."""
    gaps: int | None = None
    inputs: dict[str, str] = field(default_factory=dict)
    """The files besides the answer file that were read, or looked for: path -> digest."""


def make(task: Task) -> Reply:
    """Makes the documents of a task; each fails alone, with an error that the user can mend."""
    try:
        opened = _opened(task)
    except ImpactBriefError as error:
        return failed(task, error)
    made = tuple(_made(task, opened, work) for work in task.works)
    if task.paged and gc.get_freeze_count():
        # left alone, the collector lets what several long documents leave pile up, and a process
        # hardly shrinks again; in a worker that has set apart what it loaded this costs little
        gc.collect()
    return Reply(made, opened.problems, opened.gaps, opened.inputs)


def failed(task: Task, error: ImpactBriefError) -> Reply:
    """None of a task's documents. What the answers name is told all the same: it may be what is
    broken, and to be watched until it is mended."""
    made = tuple(Made(work, error=error) for work in task.works)
    if task.read is not None:
        return Reply(made, inputs=task.read[1])
    named: dict[str, str] = {}
    with suppress(ImpactBriefError):
        named = inputs.named_inputs(_parsed(task.name, task.data))
    return Reply(made, inputs=named)


@dataclass(frozen=True)
class _Opened:
    """An answer file that documents can be made of, with what was found about it."""

    assessment: Assessment
    problems: tuple[Problem, ...]
    gaps: int
    inputs: dict[str, str]


_last: tuple[object, _Opened] | None = None
"""What was opened last: the documents of one file often follow each other."""


def _opened(task: Task) -> _Opened:
    global _last
    key = (task.name, fingerprint(task.data), task.strict, task.today)
    if _last and _last[0] == key and _still(_last[1].inputs):
        return _last[1]
    assessment, named = task.read or read(task.name, task.data)
    if assessment.file.lacks:
        raise InputError(_lacking(assessment))
    found = findings(assessment, today=task.today)
    problems = tuple(item.problem for item in found if item.rule.weight is Weight.PROBLEM)
    if task.strict and problems:
        raise RenderError(problems)
    opened = _Opened(assessment, problems, len(found) - len(problems), named)
    _last = (key, opened)
    return opened


def _still(named: dict[str, str]) -> bool:
    return all(inputs.named_digest(Path(path)) == known for path, known in named.items())


def read(name: str, data: bytes) -> Read:
    """The assessment of an answer file that holds `data`, with the files that it names.

    Raises as `open_assessment` does, and InputError where one of those is being changed all the
    time: what was read must be what is remembered.
    """
    deadline = time.monotonic() + inputs.PATIENCE
    while True:
        moment = time.time()
        assessment = assessment_of(_parsed(name, data))
        named = inputs.named_inputs(assessment.file)
        if inputs.settled(named, moment):
            return assessment, named
        if time.monotonic() > deadline:
            restless = (path for path in named if not inputs.settled([path], moment))
            raise InputError(inputs.being_changed(next(restless, min(named))))
        time.sleep(inputs.BREATH)


def _parsed(name: str, data: bytes) -> AnswerFile:
    return parse(data, name=name, path=None if name == STDIN else Path(name))


def _lacking(assessment: Assessment) -> list[Problem]:
    return [
        Problem(
            what=_("“{where}” is missing; no document can be made without it.").format(where=key),
            hint=_("Add it to the answer file."),
            place=assessment.file.yaml.place(tuple(key.split("."))),
            where=key,
        )
        for key in assessment.file.lacks
    ]


def _made(task: Task, opened: _Opened, work: Work) -> Made:
    start = time.perf_counter()
    try:
        rendered = render(opened.assessment, *work, task.look)
        if task.strict and rendered.warnings:
            raise RenderError(rendered.warnings)
    except ImpactBriefError as error:
        return Made(work, error=error, seconds=time.perf_counter() - start)
    return Made(
        work,
        rendered.data,
        warnings=rendered.warnings,
        seconds=time.perf_counter() - start,
        machine_fonts=rendered.machine_fonts,
    )
