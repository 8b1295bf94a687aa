"""The interview over a text, and every step of it."""

from collections.abc import Iterator
from pathlib import Path as File
from typing import Any

from impactbrief.answers.file import parse
from impactbrief.assessment import assess, findings
from impactbrief.interview import Interview, Kind, Step
from impactbrief.toolkit.load import load

TOOLKIT = load()


def interview(text: str, *, find: bool = False) -> Interview:
    file = parse(text.encode(), name="brief.yaml", path=File("brief.yaml"))
    assessment = assess(TOOLKIT, file)
    return Interview(TOOLKIT, assessment, findings(assessment) if find else ())


def steps_of(made: Interview) -> Iterator[Step]:
    """Every step, with those of one entry of each list."""

    def inside(step: Step, seen: tuple[Any, ...] = ()) -> Iterator[Step]:
        yield step
        if step.kind is Kind.ENTRIES and step.of not in seen:
            for inner in made.entry(step, 0):
                yield from inside(inner, (*seen, step.of))

    for topic in made.topics:
        for step in topic.steps:
            yield from inside(step)
