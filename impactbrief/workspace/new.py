"""A new answer file on disk, with the schema beside it."""

import contextlib
import os
from pathlib import Path

from impactbrief.answers import file as files
from impactbrief.answers.edits import clean
from impactbrief.answers.file import AnswerFile
from impactbrief.answers.schema import NAME
from impactbrief.answers.schema import schema_text as text_of_schema
from impactbrief.errors import InputError, OutputError, Place, Problem
from impactbrief.i18n import _, spoken
from impactbrief.interview import ids_of
from impactbrief.toolkit.load import DEFAULT, load
from impactbrief.toolkit.model import Toolkit
from impactbrief.workspace.paths import is_folder
from impactbrief.workspace.skeleton import based_on, skeleton


def new_file(
    path: str | Path,
    *,
    title: str | None = None,
    language: str | None = None,
    proposal: str = "",
    source: AnswerFile | str | Path | None = None,
) -> tuple[Path, ...]:
    """Writes a new answer file and puts the schema beside it; returns what was written.

    Without a `source` every question stands in it as a comment; with one it is a copy without what
    belonged to that brief alone. Without a `title` it is called like the file, or like the source;
    without a `language` it speaks the interface's, or the source's.
    Raises OutputError where there is a file of that name, it can't be written, or no folder would
    be searched for that name; InputError where the source can't be read.
    """
    if problem := _misnamed(path):
        raise OutputError(problem)
    path = Path(path)
    if isinstance(source, str | Path):
        source = files.read_answers(source)
    if source is not None:
        toolkit = toolkit_of(source)
        text = based_on(source, title=clean(title, lines=False) if title else None,
                        language=language)  # fmt: skip
    else:
        language = language or spoken().replace("_", "-")
        toolkit = load(DEFAULT, language)
        named = title or path.stem.replace("-", " ").replace("_", " ").strip() or path.stem
        text = skeleton(
            toolkit, title=clean(named, lines=False), language=language,
            proposal=clean(proposal, lines=False),
        )  # fmt: skip
    files.save(path, text, expected=None)
    return (path, *put_schema(path.parent, toolkit))


def _misnamed(name: str | Path) -> Problem | None:
    """Why a new answer file can't have this name; None where it can."""
    path = Path(name)
    if str(name).endswith(("/", os.sep)) or is_folder(path):
        what, hint = _("This is a folder. Add a name for the file."), ""
    elif path.suffix not in files.ENDINGS:
        what = _("The name of an answer file ends in .yaml.")
        hint = _("Choose a name such as “{name}”.").format(name=path.with_suffix(".yaml").name)
    elif not is_folder(path.parent):
        what = _("There is no folder “{name}”.").format(name=path.parent)
        hint = _("Make the folder first, or choose another one.")
    else:
        return None
    return Problem(what=what, hint=hint, place=Place(str(name)))


def put_schema(folder: Path, toolkit: Toolkit) -> tuple[Path, ...]:
    """Puts the schema into a folder, for editors, and returns where it is, if it was put.

    One that is there stays; one that can't be written is no harm.
    """
    path = folder / NAME
    with contextlib.suppress(OSError), path.open("x", encoding="utf-8") as stream:
        stream.write(schema_text(toolkit))
        return (path,)
    return ()


def schema_text(toolkit: Toolkit | None = None) -> str:
    """The JSON Schema of the answer file, with the ids of a question bank to complete from."""
    toolkit = toolkit or load(DEFAULT)
    ids = {place: dict.fromkeys(ids, "") for place, ids in ids_of(toolkit).items()}
    ids[("assessment",)] = {id_: element.name for id_, element in toolkit.elements.items()}
    named = {tuple(str(step) for step in place): names for place, names in ids.items()}
    return text_of_schema(named)


def toolkit_of(source: AnswerFile) -> Toolkit:
    """The question bank of an answer file, or the one that ships where that can't be read."""
    try:
        return load(source.answers.toolkit, source.answers.language, base=source.base)
    except InputError:
        return load(DEFAULT)
