"""`impactbrief verify`: whether a PDF is what the answers inside it make."""

from pathlib import Path
from tempfile import TemporaryDirectory

import click

from impactbrief.answers.file import parse
from impactbrief.assessment import assessment_of
from impactbrief.cli.options import Name
from impactbrief.console import Console, ExitCode
from impactbrief.errors import InputError, Place, Problem
from impactbrief.i18n import _
from impactbrief.render import DOCUMENTS, PAPERS, Look, render, source_of
from impactbrief.render.carried import Carried, read
from impactbrief.workspace.from_pdf import answers_in, carried_by, put_bank


@click.command(
    "verify",
    help=_(
        "Check a PDF against the answers inside it.\n\n"
        "Makes it again and compares: every byte where it was made with the same versions, else"
        " every word. Exits with 0 for the same, 1 for different, 3 where there are no answers"
        " inside."
    ),
)
@click.argument("pdf", type=Name(), metavar=_("BRIEF.pdf"))
@click.option(
    "--template",
    type=Name(),
    metavar=_("DIR"),
    help=_("The templates that it was made with, where they aren't ours."),
)
@click.pass_obj
def command(console: Console, pdf: Path, template: Path | None) -> int:
    carried = carried_by(pdf)
    answers = answers_in(carried)
    document, paper = carried.made.get("document", ""), carried.made.get("paper", "")
    if document not in DOCUMENTS or paper not in PAPERS:
        raise InputError(
            Problem(
                what=_("This PDF doesn't say how it was made."),
                hint=_("It was changed since, or made by another version of impactbrief."),
                place=Place(str(pdf)),
            )
        )
    look = Look(template, paper)
    with TemporaryDirectory() as folder:
        put_bank(carried, Path(folder))
        path = Path(folder, "answers.yaml") if carried.bank else None
        assessment = assessment_of(parse(answers, name=f"{pdf}!answers.yaml", path=path))
        made = source_of(assessment, document, look).made
        same_template = made.get("template") == carried.made.get("template")
        if not same_template:
            console.warn(_other_template(template, carried))
        again = read(render(assessment, document, "pdf", look).data)
    if again.data == carried.data:
        console.line(_("Identical: the answers inside produce exactly this PDF."))
        return ExitCode.DONE
    others = sorted(
        name
        for name in again.made.keys() | carried.made.keys()
        if name != "template" and again.made.get(name) != carried.made.get(name)
    )
    for name in others:
        console.say(
            _("{name}: it was made with {then}, this machine has {now}.").format(
                name=name, then=carried.made.get(name, "—"), now=again.made.get(name, "—")
            )
        )
    unchanged = (again.answers, again.bank) == (carried.answers, carried.bank)
    alike = unchanged and (again.words, again.links) == (carried.words, carried.links)
    if alike and not same_template:
        console.line(_("Same text: it was made with other templates, but the wording matches."))
        return ExitCode.DONE
    if alike and others:
        console.line(_("Same text: it was made with other versions, but the wording matches."))
        return ExitCode.DONE
    if alike:
        console.line(_("Different: the words match, but the file was changed or saved anew since."))
    else:
        console.line(_("Different: the answers inside produce another document."))
    return ExitCode.FOUND


def _other_template(template: Path | None, carried: Carried) -> str:
    """What to say where the templates aren't those that a PDF was made with."""
    if template is None:
        return _("It was made with other templates; name them with --template.")
    if "template" not in carried.made:
        return _("It was made with our own templates; leave out --template.")
    return _(
        "“{folder}” isn't what it was made with: it is another folder, or changed since."
    ).format(folder=template)
