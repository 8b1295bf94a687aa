"""Makes documents one after the other, in this process; each job fails alone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from impactbrief.assessment import Assessment, Weight, findings, open_assessment
from impactbrief.batch.outputs import Job
from impactbrief.errors import ImpactBriefError, InputError, Place, Problem, RenderError
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
    jobs: Iterable[Job], *, look: Look = DEFAULT_LOOK, strict: bool = False
) -> Iterator[Outcome]:
    """Each job's outcome, in order. An answer file is read once for all its documents."""
    last: tuple[str, Assessment | ImpactBriefError] | None = None
    for job in jobs:
        if last is None or last[0] != job.source.name:
            last = (job.source.name, _opened(job.source.name, strict=strict))
        opened = last[1]
        if isinstance(opened, ImpactBriefError):
            yield Outcome(job, error=opened)
            continue
        yield _made(job, opened, look, strict=strict)


def _opened(name: str, *, strict: bool) -> Assessment | ImpactBriefError:
    try:
        assessment = open_assessment(name)
        if assessment.file.lacks:
            raise InputError(_lacking(assessment))
        if strict and (problems := _problems(assessment)):
            raise RenderError(problems)
    except ImpactBriefError as error:
        return error
    return assessment


def _lacking(assessment: Assessment) -> list[Problem]:
    return [
        Problem(
            what=_("“{where}” is missing; no document can be made without it.").format(where=key),
            hint=_("Add it to the answer file."),
            place=Place(
                assessment.file.name, assessment.file.yaml.place(tuple(key.split("."))).line
            ),
            where=key,
        )
        for key in assessment.file.lacks
    ]


def _problems(assessment: Assessment) -> list[Problem]:
    return [item.problem for item in findings(assessment) if item.rule.weight is Weight.PROBLEM]


def _made(job: Job, assessment: Assessment, look: Look, *, strict: bool) -> Outcome:
    found = findings(assessment)
    problems = tuple(item.problem for item in found if item.rule.weight is Weight.PROBLEM)
    gaps = len(found) - len(problems)
    try:
        rendered = render(assessment, job.document, job.format, look)
        if strict and rendered.warnings:
            raise RenderError(rendered.warnings)
    except ImpactBriefError as error:
        return Outcome(job, error=error, gaps=gaps, warnings=problems)
    return Outcome(job, rendered, gaps=gaps, warnings=(*problems, *rendered.warnings))
