"""`impactbrief extract`: the answer file that a PDF carries."""

from pathlib import Path

import click

from impactbrief.batch.outputs import kept, write
from impactbrief.cli.options import OR_FORCE, OUTPUT, Name
from impactbrief.console import Console, ExitCode
from impactbrief.errors import OutputError
from impactbrief.i18n import _
from impactbrief.workspace.from_pdf import answers_in, carried_by, put_bank


@click.command(
    "extract",
    help=_(
        "Extract the answer file from a PDF.\n\n"
        "A brief carries the public copy of the answers that it was made from. Exits with 3 where"
        " there is none inside."
    ),
)
@click.argument("pdf", type=Name(), metavar=_("BRIEF.pdf"))
@click.option(
    "-o", "--output", type=OUTPUT, metavar=_("FILE"), help=_("Write here, not to standard output.")
)
@click.option("--force", is_flag=True, help=_("Replace FILE, where there is one."))
@click.pass_obj
def command(console: Console, pdf: Path, output: str | None, force: bool) -> int:
    carried = carried_by(pdf)
    answers = answers_in(carried)
    if output in (None, "-"):
        console.write_bytes(answers)
        if carried.bank:
            console.say(_("It was made with a question bank of its own: --output FILE gets both."))
        return ExitCode.DONE
    target = Path(output)
    if not force and (problems := kept(target, OR_FORCE)):
        raise OutputError(problems)
    bank = put_bank(carried, target.parent)
    write(target, answers)
    for path in (output, *bank):
        console.say(str(path))
    return ExitCode.DONE
