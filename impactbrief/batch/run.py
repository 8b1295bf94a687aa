"""Makes documents one after the other, in this process; each job fails alone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from impactbrief.assessment import Assessment, Weight, findings, open_assessment
from impactbrief.batch.outputs import Job
from impactbrief.errors import ImpactBriefError, InputError, Problem, RenderError
from impactbrief.i18n import _
from impactbrief.render import DEFAULT_LOOK, Look, Rendered, render


@dataclass(frozen=True)
class Outcome:
    """What came of a job: a document, or the reason why there is none."""

    job: Job
    rendered: Rendered | None = None
    error: ImpactBriefError | None = None
    gaps: int = 0
    warnings: tuple[Problem, ...] = field(default=())


def run(
    jobs: Iterable[Job],
    *,
    look: Look = DEFAULT_LOOK,
    strict: bool = False,
    today: date | None = None,
) -> Iterator[Outcome]:
    """Each job's outcome, in order. An answer file is read and reviewed once for all its documents.

    `today` is what deadlines are compared with, for the number of gaps alone.
    """
    last: tuple[str, _Reviewed | ImpactBriefError] | None = None
    for job in jobs:
        if last is None or last[0] != job.source.name:
            last = (job.source.name, _opened(job.source.name, today, strict=strict))
        opened = last[1]
        if isinstance(opened, ImpactBriefError):
            yield Outcome(job, error=opened)
            continue
        yield _made(job, opened, look, strict=strict)


@dataclass(frozen=True)
class _Reviewed:
    """An answer file that documents can be made of, with what was found about it."""

    assessment: Assessment
    problems: tuple[Problem, ...]
    gaps: int


def _opened(name: str, today: date | None, *, strict: bool) -> _Reviewed | ImpactBriefError:
    try:
        assessment = open_assessment(name)
        if assessment.file.lacks:
            raise InputError(_lacking(assessment))
        found = findings(assessment, today=today)
        problems = tuple(item.problem for item in found if item.rule.weight is Weight.PROBLEM)
        if strict and problems:
            raise RenderError(problems)
    except ImpactBriefError as error:
        return error
    return _Reviewed(assessment, problems, len(found) - len(problems))


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


def _made(job: Job, reviewed: _Reviewed, look: Look, *, strict: bool) -> Outcome:
    problems, gaps = reviewed.problems, reviewed.gaps
    try:
        rendered = render(reviewed.assessment, job.document, job.format, look)
        if strict and rendered.warnings:
            raise RenderError(rendered.warnings)
    except ImpactBriefError as error:
        return Outcome(job, error=error, gaps=gaps, warnings=problems)
    return Outcome(job, rendered, gaps=gaps, warnings=(*problems, *rendered.warnings))
