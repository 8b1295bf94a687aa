"""From a path to an assessment in one call: read the answers, load their toolkit, join them."""

from dataclasses import replace
from pathlib import Path

from impactbrief.answers.file import AnswerFile, read_answers
from impactbrief.assessment.model import Assessment, assess
from impactbrief.errors import NOWHERE, ToolkitError
from impactbrief.toolkit.load import load


def open_assessment(path: str | Path) -> Assessment:
    """Reads an answer file and the toolkit that it names.

    Raises InputError where the file can't be read, ToolkitError where its question bank is missing
    or broken.
    """
    return assessment_of(read_answers(path))


def assessment_of(file: AnswerFile) -> Assessment:
    """An answer file seen through the toolkit that it names. Raises ToolkitError."""
    answers = file.answers
    try:
        toolkit = load(answers.toolkit, answers.language, base=file.base)
    except ToolkitError as error:
        here = file.yaml.place(("toolkit",))
        raise ToolkitError(
            replace(problem, place=here) if problem.place == NOWHERE else problem
            for problem in error.problems
        ) from error
    return assess(toolkit, file)
