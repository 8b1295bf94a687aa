"""Answer files for tests: the corpus, the examples, and the smallest one."""

from pathlib import Path

from impactbrief.answers.file import AnswerFile, parse
from impactbrief.assessment import Assessment, Finding, assessment_of

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
GOOD = sorted((ROOT / "tests" / "corpus" / "good").glob("*.yaml"))
BROKEN = sorted((ROOT / "tests" / "corpus" / "broken").glob("*.yaml"))

MINIMAL = "impactbrief: 1\ndocument: {title: A brief}\nproposal: {name: A proposal}\n"


def answers(text: str) -> AnswerFile:
    """An answer file with this text, as if it lay in the working directory."""
    return parse(text.encode(), name="brief.yaml", path=Path("brief.yaml"))


def assessed(text: str) -> Assessment:
    """The assessment of an answer file with this text."""
    return assessment_of(answers(text))


def found(findings: list[Finding], code: str) -> list[tuple[int, str]]:
    """Line and place of everything that a rule found."""
    return [
        (item.problem.place.line, item.problem.where) for item in findings if item.rule.code == code
    ]
