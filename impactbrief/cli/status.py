"""`impactbrief status`: a line for each file, how far it is and how it rates."""

import json

import click

from impactbrief.assessment import Assessment, Weight, findings, open_assessment, progress
from impactbrief.assessment.model import DONE
from impactbrief.batch.sources import sources
from impactbrief.console import Console, ExitCode, exit_code
from impactbrief.errors import ImpactBriefError
from impactbrief.i18n import _


@click.command("status", help=_("Tell how far each brief is, and its ratings, in a line."))
@click.argument("paths", nargs=-1, required=True, metavar=_("PATH..."))
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
    rows = []
    for source in sources(paths):
        try:
            rows.append(_row(source.name, open_assessment(source.name)))
        except ImpactBriefError as error:
            console.failure(error)
            worst = max(worst, exit_code(error))
    if style == "json":
        console.write(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
    else:
        for row in rows:
            console.line(row["line"])
    return worst


def _row(name: str, assessment: Assessment) -> dict[str, object]:
    found = findings(assessment)
    problems = sum(item.rule.weight is Weight.PROBLEM for item in found)
    elements = sum(item.state == DONE for item in assessment.elements)
    answered = sum(item.answered for item in assessment.governance)
    ratings = {
        item.element.id: item.rating.id if item.rating else item.typed or None
        for item in assessment.elements
    }
    marks = " ".join(item.rating.ascii if item.rating else "_" for item in assessment.elements)
    return {
        "file": name,
        "title": assessment.answers.document.title,
        "elements": {"done": elements, "total": len(assessment.elements)},
        "governance": {"done": answered, "total": len(assessment.governance)},
        "findings": {"problems": problems, "gaps": len(found) - problems},
        "progress": {
            section: {"done": count.done, "total": count.total}
            for section, count in progress(assessment).items()
        },
        "ratings": ratings,
        "line": _(
            "{file}: elements {done}/{elements}, governance {answered}/{questions}, findings"
            " {findings}  [{marks}]"
        ).format(
            file=name,
            done=elements,
            elements=len(assessment.elements),
            answered=answered,
            questions=len(assessment.governance),
            findings=len(found),
            marks=marks,
        ),
    }
