"""The answers that a finished PDF carries, as a file to go on with.

Imported where somebody opens a PDF, and only there: what reads PDFs takes long to load.
"""

from pathlib import Path

from impactbrief.answers import file as files
from impactbrief.answers.file import parse
from impactbrief.errors import InputError, Place, Problem
from impactbrief.i18n import _
from impactbrief.render.carried import LARGEST, Carried, read
from impactbrief.workspace.new import put_schema, toolkit_of


def carried_by(path: Path) -> Carried:
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


def answers_in(carried: Carried) -> bytes:
    """The answers inside a PDF, sure to be an answer file. Raises InputError."""
    if carried.answers is None:
        raise InputError(
            Problem(
                what=_("There are no answers in this PDF."),
                hint=_("Only PDFs that impactbrief made carry them; ask its authors for the file."),
                place=Place(carried.name),
            )
        )
    parse(carried.answers, name=f"{carried.name}!answers.yaml")
    return carried.answers


def new_from_pdf(answers: bytes, path: Path) -> tuple[Path, ...]:
    """Writes what `answers_in` gave as a new answer file, with the schema beside it.

    Returns what was written. Raises OutputError where there is a file of that name already, or it
    can't be written.
    """
    files.save(path, answers.decode("utf-8"), expected=None)
    return (path, *put_schema(path.parent, toolkit_of(parse(answers, name=str(path)))))
