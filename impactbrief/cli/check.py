"""`impactbrief check`: problems and gaps, with file, line and column."""

import sys
from datetime import UTC, datetime

import click

from impactbrief.assessment import Finding, Weight, findings, open_assessment
from impactbrief.batch.sources import sources
from impactbrief.cli.options import paths_argument
from impactbrief.console import Console, ExitCode, counted, exit_code
from impactbrief.errors import ImpactBriefError, Problem
from impactbrief.i18n import _


@click.command(
    "check",
    help=_(
        "Show what is wrong or missing in answer files.\n\n"
        "A problem is an error that has to be fixed. A gap is something a careful reviewer would"
        " ask about. docs/rules.md lists the codes."
    ),
)
@paths_argument
@click.option("--strict", is_flag=True, help=_("Fail on gaps, too."))
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help=_("How to print what was found."),
)
@click.pass_obj
def command(console: Console, paths: tuple[str, ...], strict: bool, style: str) -> int:
    today = datetime.now(tz=UTC).astimezone().date()
    worst = ExitCode.DONE
    unread = 0
    found: list[Finding] = []
    report: list[dict[str, object]] = []
    for source in sources(paths):
        try:
            console.detail(_("Reading {file}.").format(file=source.name))
            source.raise_problem()
            file_findings = findings(open_assessment(source.name), today=today)
        except ImpactBriefError as error:
            worst = max(worst, exit_code(error))
            unread += 1
            for problem in error.problems:
                report.append(_entry(problem, "problem", ""))
                _print(console, style, problem, "problem", "")
            continue
        found.extend(file_findings)
        for item in file_findings:
            weight, code = str(item.rule.weight), item.rule.code
            report.append(_entry(item.problem, weight, code))
            _print(console, style, item.problem, weight, code)
    problems = sum(item.rule.weight is Weight.PROBLEM for item in found)
    gaps = len(found) - problems
    if style == "json":
        import json

        console.write(json.dumps(report, ensure_ascii=False, indent=2) + "\n")
    elif style == "text":
        if found:
            console.say(counted(problems, gaps))
        elif not unread:
            console.say(_("Nothing was found."))
        if unread:
            console.say(_("Files that could not be read: {count}.").format(count=unread))
    if problems or (strict and gaps):
        worst = max(worst, ExitCode.FOUND)
    return worst


def _entry(problem: Problem, weight: str, code: str) -> dict[str, object]:
    return {
        "file": problem.place.file,
        "line": problem.place.line,
        "column": problem.place.column,
        "code": code,
        "weight": weight,
        "where": problem.where,
        "what": problem.what,
        "hint": problem.hint,
    }


def _print(console: Console, style: str, problem: Problem, weight: str, code: str) -> None:
    if style == "text":
        console.problem(problem, kind=weight, code=code, stream=sys.stdout)
    elif style == "github":
        console.line(_github(problem, weight, code))


def _github(problem: Problem, weight: str, code: str) -> str:
    """A workflow command that shows a finding beside its line."""
    level = "error" if weight == "problem" else "warning"
    place = problem.place
    where = ",".join(
        f"{name}={_escaped(str(value), ',:')}"
        for name, value in (
            ("file", place.file),
            ("line", place.line or 1),
            ("col", place.column or 1),
            ("title", code or "impactbrief"),
        )
    )
    return f"::{level} {where}::{_escaped(f'{problem.what} {problem.hint}'.strip())}"


def _escaped(text: str, more: str = "") -> str:
    for char in "%\r\n" + more:
        text = text.replace(char, f"%{ord(char):02X}")
    return text
