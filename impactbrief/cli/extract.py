"""`impactbrief extract`: the answer file that a PDF carries."""

from pathlib import Path

import click

from impactbrief.answers.file import parse
from impactbrief.batch.outputs import write
from impactbrief.console import Console, ExitCode
from impactbrief.errors import InputError, OutputError, Place, Problem
from impactbrief.i18n import _
from impactbrief.render.carried import LARGEST, Carried, read


@click.command(
    "extract",
    help=_(
        "Get the answer file out of a PDF.\n\nA brief carries the public copy of the answers that"
        " it was made of. Exits with 3 where there is none inside."
    ),
)
@click.argument("pdf", type=click.Path(path_type=Path), metavar=_("BRIEF.pdf"))
@click.option("-o", "--output", metavar=_("FILE"), help=_("Write here, not to standard output."))
@click.option("--force", is_flag=True, help=_("Replace FILE, where there is one."))
@click.pass_obj
def command(console: Console, pdf: Path, output: str | None, force: bool) -> int:
    answers = answers_in(opened(pdf), pdf)
    if output in (None, "-"):
        console.write_bytes(answers)
        return ExitCode.DONE
    target = Path(output)
    if target.exists() and not force:
        raise OutputError(
            Problem(
                what=_("There is a file of this name already."),
                hint=_("Choose another name, or replace it with --force."),
                place=Place(output),
            )
        )
    write(target, answers)
    console.say(output)
    return ExitCode.DONE


def opened(path: Path) -> Carried:
    """What the PDF at `path` carries. Raises InputError."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise InputError(
            Problem(
                what=_("This file can't be read: {reason}.").format(
                    reason=error.strerror or type(error).__name__
                ),
                hint=_("Check its name, and that it is yours to read."),
                place=Place(str(path)),
            )
        ) from error
    return read(data[:LARGEST], str(path))


def answers_in(carried: Carried, path: Path) -> bytes:
    """The answers inside a PDF, sure to be an answer file. Raises InputError."""
    if carried.answers is None:
        raise InputError(
            Problem(
                what=_("There are no answers in this PDF."),
                hint=_("Only PDFs that impactbrief made carry them; ask its authors for the file."),
                place=Place(str(path)),
            )
        )
    parse(carried.answers, name=f"{path}!answers.yaml")
    return carried.answers
