"""`impactbrief status`: a line for each file, how far it is and how it rates."""

import json
from datetime import UTC, date, datetime
from typing import Any

import click

from impactbrief.assessment import Assessment, Weight, findings, open_assessment, progress
from impactbrief.assessment.model import DONE
from impactbrief.batch.sources import sources
from impactbrief.cli.options import paths_argument
from impactbrief.console import Console, ExitCode, exit_code
from impactbrief.errors import ImpactBriefError
from impactbrief.i18n import _


@click.command("status", help=_("Show the progress of each brief and its ratings, in a line."))
@paths_argument
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json"]),
    default="text",
    help=_("How to print it."),
)
@click.pass_obj
def command(console: Console, paths: tuple[str, ...], style: str) -> int:
    worst = ExitCode.DONE
    rows: list[dict[str, Any]] = []
    today = datetime.now(tz=UTC).astimezone().date()
    for source in sources(paths):
        try:
            console.detail(_("Reading {file}.").format(file=source.name))
            source.raise_problem()
            rows.append(_row(source.name, open_assessment(source.name), today))
        except ImpactBriefError as error:
            console.failure(error)
            worst = max(worst, exit_code(error))
    if style == "json":
        console.write(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
    else:
        for row in rows:
            console.line(_line(row))
    return worst


def _row(name: str, assessment: Assessment, today: date) -> dict[str, Any]:
    found = findings(assessment, today=today)
    problems = sum(item.rule.weight is Weight.PROBLEM for item in found)
    return {
        "file": name,
        "title": assessment.answers.document.title,
        "elements": {
            "done": sum(item.state == DONE for item in assessment.elements),
            "total": len(assessment.elements),
        },
        "governance": {
            "done": sum(item.answered for item in assessment.governance),
            "total": len(assessment.governance),
        },
        "findings": {"problems": problems, "gaps": len(found) - problems},
        "progress": {
            section: {"done": count.done, "total": count.total}
            for section, count in progress(assessment).items()
        },
        "ratings": {
            item.element.id: item.rating.id if item.rating else item.typed or None
            for item in assessment.elements
        },
        "marks": [item.rating.ascii if item.rating else "_" for item in assessment.elements],
    }


def _line(row: dict[str, Any]) -> str:
    return _(
        "{file}: elements {done}/{elements}, governance {answered}/{questions}, findings"
        " {findings}  [{marks}]"
    ).format(
        file=row["file"],
        done=row["elements"]["done"],
        elements=row["elements"]["total"],
        answered=row["governance"]["done"],
        questions=row["governance"]["total"],
        findings=sum(row["findings"].values()),
        marks=" ".join(row["marks"]),
    )
