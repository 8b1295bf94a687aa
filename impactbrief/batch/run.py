"""Many documents from many answer files: what is done already, who makes the rest, and writing it.

One `Batch` holds the workers and the record of one command. Whatever goes wrong with a document is
an outcome, never an exception: the others are made.
"""

import hashlib
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Self

from impactbrief.answers.file import STDIN, fingerprint
from impactbrief.batch import inputs
from impactbrief.batch.execute import Here, execute
from impactbrief.batch.outputs import Job, unwritable, write
from impactbrief.batch.record import Entry, Record
from impactbrief.batch.task import PAGED, Made, Reply, Task
from impactbrief.batch.workers import Workers, cores
from impactbrief.errors import ImpactBriefError, Problem
from impactbrief.render import DEFAULT_LOOK, Look

TIMEOUT = 60.0
"""Seconds that a document may take in a run of several."""
ROUND = 400
"""Answer files that are held in memory at a time."""
FAR_WINDOW = 256
"""Tasks under way at a time on a cluster, whose workers come and go."""

PRELOADED = ("impactbrief.batch.mortal", "impactbrief.batch.preloaded")
TEXT_ONLY = ("impactbrief.batch.mortal", "impactbrief.batch.preloaded_text")

Beat = Callable[[str], None]


class State(StrEnum):
    """What became of a document."""

    WRITTEN = "written"
    UNCHANGED = "unchanged"
    """It is there, and what it was made from is as it was."""
    FAILED = "failed"


@dataclass(frozen=True)
class Outcome:
    """What came of a job: a document, or the reason why there is none."""

    job: Job
    state: State
    error: ImpactBriefError | None = None
    problems: tuple[Problem, ...] = ()
    """What is wrong with the answers, though a document could be made."""
    warnings: tuple[Problem, ...] = ()
    """What is not right with this document."""
    gaps: int | None = None
    """How many questions of the answers are open, as far as they were read; of an unchanged
    document, how many were when it was made."""
    seconds: float = 0.0
    size: int = 0
    digest: str = ""
    """The SHA-256 of the document."""
    data: bytes | None = None
    """The document itself, where it is meant for standard output."""


@dataclass(frozen=True, slots=True)
class Choices:
    """How a batch is to be made."""

    look: Look = DEFAULT_LOOK
    strict: bool = False
    force: bool = False
    """Make also what is there and unchanged."""
    jobs: int | None = None
    """Worker processes; None for one on each core, and for none where there is little to do."""
    timeout: float | None = None
    """Seconds a document may take; None for `TIMEOUT` where workers are used."""
    cluster: str = ""
    """The address of a Dask scheduler that makes the documents."""
    today: date | None = None
    """What deadlines are compared with, for the number of gaps alone."""


class Batch:
    """Makes documents by the same choices, once or again and again."""

    def __init__(self, choices: Choices, record: Record | None = None) -> None:
        self.choices = choices
        self.inputs: dict[str, frozenset[str]] = {}
        """For each answer file, the other files that its documents depend on."""
        self._record = record
        self._text: Executor | None = None
        self._pages: Executor | None = None
        self._heaviest = 0
        self._workers = 0
        self._templates = ""
        self._machine_fonts = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def record(self) -> Record:
        if self._record is None:
            self._record = Record()
        return self._record

    @property
    def heaviest(self) -> int:
        """The most memory that a worker had after a document, in bytes; 0 without workers."""
        weights = [pool.heaviest for pool in self._pools() if isinstance(pool, Workers)]
        return max([self._heaviest, *weights])

    @property
    def workers(self) -> int:
        """The most workers that there were; 0 as long as this process makes the documents."""
        return max([self._workers, *map(_workers, self._pools())])

    def stop(self) -> None:
        """Ends all workers now and puts the record away."""
        self.rest()
        if self._record is not None:
            self._record.close()
            self._record = None

    def rest(self) -> None:
        """Ends the workers; new ones are started when there is work again."""
        for pool in self._pools():
            self._dismiss(pool)
        self._text = self._pages = None

    def run(self, jobs: Sequence[Job], beat: Beat = lambda _name: None) -> Iterator[Outcome]:
        """The outcome of each job, as they come.

        Text comes first, since PDFs take long. `beat` is called several times a second with the
        name of an answer file that is being worked on.
        """
        self._templates = inputs.templates_digest(self.choices.look)
        self._machine_fonts = ""
        by_source: dict[str, list[Job]] = {}
        for job in jobs:
            by_source.setdefault(job.source.name, []).append(job)
        names = list(by_source)
        for start in range(0, len(names), ROUND):
            tasks: list[Task] = []
            wanted: dict[tuple[str, str, str], Job] = {}
            for name in names[start : start + ROUND]:
                beat(name)
                for item in self._prepared(by_source[name]):
                    if isinstance(item, Outcome):
                        yield item
                    else:
                        tasks.append(item)
                        wanted |= {(name, job.document, job.format): job for job in by_source[name]}
            yield from self._made(tasks, wanted, beat)

    # what there is to do

    def _prepared(self, jobs: Sequence[Job]) -> Iterator[Outcome | Task]:
        """The tasks of one answer file, and outcomes where nothing is left to do."""
        name = jobs[0].source.name
        try:
            jobs[0].source.raise_problem()
            data = inputs.read_whole(name)
        except ImpactBriefError as error:
            yield from (Outcome(job, State.FAILED, error) for job in jobs)
            return
        left = []
        for job in jobs:
            if not self.choices.force and (entry := self._unchanged(job, data)):
                yield Outcome(job, State.UNCHANGED, gaps=entry.gaps)
            elif job.target is not None and (refused := unwritable(job.target)):
                yield Outcome(job, State.FAILED, refused)
            else:
                left.append((job.document, job.format))
        text = tuple(work for work in left if work[1] not in PAGED)
        if text:
            yield self._task(name, data, text)
        for work in left:
            if work[1] in PAGED:
                yield self._task(name, data, (work,))

    def _task(self, name: str, data: bytes, works: tuple[tuple[str, str], ...]) -> Task:
        chosen = self.choices
        return Task(name, data, works, chosen.look, chosen.strict, chosen.today)

    def _unchanged(self, job: Job, data: bytes) -> Entry | None:
        """What is known of a document that needn't be made."""
        if job.target is None or (entry := self.record.get(job.target)) is None:
            return None
        if entry.made_from != self._made_from(job, data, entry.inputs):
            return None
        self.inputs[job.source.name] = frozenset(entry.inputs)
        same = (
            all(inputs.named_digest(Path(path)) == known for path, known in entry.inputs.items())
            and (not entry.machine_fonts or entry.machine_fonts == self._fonts_now())
            and inputs.digest(job.target) == entry.output
        )
        return entry if same else None

    def _fonts_now(self) -> str:
        """Which fonts the machine has of its own: asked once a run, if a document needs them."""
        if not self._machine_fonts:
            self._machine_fonts = inputs.machine_fonts()
        return self._machine_fonts

    def _made_from(self, job: Job, data: bytes, named: Collection[str]) -> str:
        name = job.source.name
        return inputs.made_from(
            (
                fingerprint(data),
                "" if name == STDIN else Path(name).name,
                # equal answers elsewhere, or read from elsewhere, may name other files
                *(inputs.roots(name) if named else ()),
                job.document,
                job.format,
                self._templates,
                inputs.paper(self.choices.look, job.format),
                inputs.program(),
                inputs.drawing() if job.format in PAGED else "",
            )
        )

    # doing it

    def _made(
        self, tasks: list[Task], wanted: dict[tuple[str, str, str], Job], beat: Beat
    ) -> Iterator[Outcome]:
        if not tasks:
            return
        tasks.sort(key=lambda task: task.paged)
        self._staff(tasks)
        here = isinstance(self._text, Here)
        if self.choices.cluster:
            window = FAR_WINDOW
        else:
            window = 1 if here else 2 * (self.choices.jobs or cores()) + 2
        for task, reply in execute(
            tasks,
            self._executor_of,
            window=window,
            timeout=self._limit(),
            beat=lambda task: beat(task.name if task else ""),
        ):
            if reply.inputs:
                self.inputs[task.name] = frozenset(reply.inputs)
            for made in reply.made:
                job = wanted[task.name, *made.work]
                yield self._written(job, task, reply, made)
        if self._pages is not None and self._text is not self._pages and self._text is not None:
            # from now on the workers that have WeasyPrint do everything
            self._dismiss(self._text)
            self._text = self._pages

    def _written(self, job: Job, task: Task, reply: Reply, made: Made) -> Outcome:
        data, error = made.data, made.error
        if data is not None and job.target is not None:
            try:
                write(job.target, data)
            except ImpactBriefError as refused:
                error = refused
        digest = "" if error or data is None else hashlib.sha256(data).hexdigest()
        if job.target is not None:
            if digest and not reply.problems and not made.warnings:
                made_from = self._made_from(job, task.data, reply.inputs)
                entry = Entry(made_from, reply.inputs, digest, made.machine_fonts, reply.gaps)
                self.record.put(job.target, entry)
            else:  # it is made again each time, so that what is wrong with it is told each time
                self.record.forget(job.target)
        return Outcome(
            job,
            State.FAILED if error else State.WRITTEN,
            error,
            problems=reply.problems,
            warnings=made.warnings,
            gaps=reply.gaps,
            seconds=made.seconds,
            size=len(data) if data is not None and not error else 0,
            digest=digest,
            data=data if job.target is None and not error else None,
        )

    # who does it

    def _staff(self, tasks: Sequence[Task]) -> None:
        """Sees that there are executors for these tasks."""
        chosen = self.choices
        paged = any(task.paged for task in tasks)
        if self._text is not None and (self._pages is not None or not paged):
            return
        if chosen.cluster:
            from impactbrief.batch.cluster import Cluster

            self._text = self._pages = Cluster(chosen.cluster, timeout=self._limit() or TIMEOUT)
        elif self._little(tasks):
            self._text = self._pages = Here()
        else:
            count = min(chosen.jobs or cores(), len(tasks))
            limit = self._limit()
            if paged:  # text never waits until WeasyPrint is loaded
                self._pages = Workers(count, preload=PRELOADED, timeout=limit)
                self._text = self._text or Workers(
                    count, preload=TEXT_ONLY, server=False, timeout=limit
                )
            else:
                self._text = Workers(count, preload=TEXT_ONLY, timeout=limit)

    def _little(self, tasks: Sequence[Task]) -> bool:
        """Whether starting workers would take longer than doing the work."""
        return (
            self.choices.jobs is None
            and self.choices.timeout is None
            and len({task.name for task in tasks}) == 1
            and sum(task.paged for task in tasks) <= 1
        )

    def _limit(self) -> float | None:
        return None if isinstance(self._text, Here) else self.choices.timeout or TIMEOUT

    def _executor_of(self, task: Task) -> Executor:
        executor = self._pages if task.paged else self._text
        assert executor is not None
        return executor

    def _pools(self) -> set[Executor]:
        return {pool for pool in (self._text, self._pages) if pool is not None}

    def _dismiss(self, pool: Executor) -> None:
        self._workers = max(self._workers, _workers(pool))
        if isinstance(pool, Workers):
            self._heaviest = max(self._heaviest, pool.heaviest)
            pool.stop()
        else:
            pool.shutdown(wait=False, cancel_futures=True)


def _workers(pool: Executor) -> int:
    """How many workers an executor has: those of ours say so, other than `Here`."""
    count: int = getattr(pool, "count", 0)
    return count
