"""What the text says at one moment: values, the assessment, findings, the interview."""

from datetime import date
from functools import cached_property

from impactbrief.answers.edits import lookup
from impactbrief.answers.file import AnswerFile
from impactbrief.assessment import Assessment, Finding, assess, findings
from impactbrief.errors import InputError, Problem
from impactbrief.interview import Interview
from impactbrief.toolkit.load import DEFAULT, load
from impactbrief.toolkit.model import Toolkit
from impactbrief.yamltext import Path as At
from impactbrief.yamltext import Value


class Reading:
    """One reading of the text. Everything is worked out when it is first asked for."""

    def __init__(self, file: AnswerFile) -> None:
        self.file = file
        self.toolkit_problems: tuple[Problem, ...] = ()
        """Why the file's own question bank can't be used; the one that ships stands in for it."""
        self._findings: dict[date | None, list[Finding]] = {}

    def value(self, path: At) -> Value:
        """What stands at a path; None if nothing does."""
        return lookup(self.file.yaml.value, path)

    @cached_property
    def toolkit(self) -> Toolkit:
        """The file's question bank, in the language of the brief."""
        answers = self.file.answers
        try:
            return load(answers.toolkit, answers.language, base=self.file.base)
        except InputError as error:
            self.toolkit_problems = error.problems
            return load(DEFAULT, answers.language)

    @cached_property
    def assessment(self) -> Assessment:
        return assess(self.toolkit, self.file)

    @cached_property
    def interview(self) -> Interview:
        """Every question with its state, in the language of the brief."""
        return Interview(self.toolkit, self.assessment)

    def findings(self, today: date | None = None) -> list[Finding]:
        """Problems and gaps. This takes as long as several edits: ask after a pause."""
        if today not in self._findings:
            self._findings[today] = findings(self.assessment, today=today)
        return self._findings[today]
