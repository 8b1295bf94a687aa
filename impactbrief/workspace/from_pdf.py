"""The answers that a finished PDF carries, as a file to go on with.

Imported where somebody opens a PDF, and only there: what reads PDFs takes long to load.
"""

from pathlib import Path

from impactbrief.answers import file as files
from impactbrief.answers.file import parse
from impactbrief.bounded import NotRegular, holds, read_bytes
from impactbrief.errors import InputError, OutputError, Place, Problem
from impactbrief.i18n import _
from impactbrief.render.carried import LARGEST, Carried, read
from impactbrief.workspace.new import put_schema, toolkit_of


def carried_by(path: Path) -> Carried:
    """What the PDF at `path` carries. Raises InputError."""
    try:
        data = read_bytes(path, LARGEST)
    except NotRegular as error:
        raise InputError(
            Problem(
                what=_("This is not a regular file."),
                hint=_("Name a brief that impactbrief made, as it was made."),
                place=Place(str(path)),
            )
        ) from error
    except OSError as error:
        raise InputError(
            Problem(
                what=_("This file can't be read: {reason}.").format(
                    reason=error.strerror or type(error).__name__
                ),
                hint=_("Check its name, and that you have permission to read it."),
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


def put_bank(carried: Carried, folder: Path) -> tuple[Path, ...]:
    """Puts the question bank inside a PDF where its answers look for it from `folder`; nothing
    where none is inside.

    Returns what was written. Raises OutputError where another bank is there or it can't be
    written, InputError where the answers look for it outside the folder.
    """
    if not carried.bank:
        return ()
    named = parse(answers_in(carried), name=f"{carried.name}!answers.yaml").answers.toolkit
    bank = Path(named)
    if bank.is_absolute() or {"\\", "\0"} & {*named} or ".." in bank.parts:
        raise InputError(
            Problem(
                what=_("The answers inside look for their question bank outside their folder."),
                hint=_("impactbrief makes no such PDF; ask its authors for the file."),
                place=Place(carried.name),
            )
        )
    # as they are: whether they are text is for those to say who read the bank
    paths = {folder / bank / name: data for name, data in carried.bank.items()}
    new = {path: data for path, data in paths.items() if not holds(path, data)}
    for path, data in new.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:
                file.write(data)
        except OSError as error:
            raise OutputError(
                Problem(
                    what=_("The question bank inside can't be written here: {reason}.").format(
                        reason=error.strerror or type(error).__name__
                    ),
                    hint=_("Choose another folder for the file."),
                    place=Place(str(path)),
                )
            ) from error
    return tuple(new)


def new_from_pdf(carried: Carried, path: Path) -> tuple[Path, ...]:
    """Writes the answers inside a PDF as a new answer file, their question bank and the schema
    beside it.

    Returns what was written. Raises OutputError where there is a file of that name already, or it
    can't be written, InputError where there are no answers inside.
    """
    answers = answers_in(carried)
    bank = put_bank(carried, path.parent)
    files.save(path, answers.decode("utf-8"), expected=None)
    toolkit = toolkit_of(parse(answers, name=str(path), path=path))
    return (path, *bank, *put_schema(path.parent, toolkit))
