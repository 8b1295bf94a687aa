"""Opening a PDF: where the answers inside it go."""

import asyncio
from pathlib import Path
from typing import Any

from textual.app import App

from impactbrief.i18n import _
from impactbrief.tui.screens.dialogs import Asking
from impactbrief.tui.screens.files import ENDINGS, FilesScreen
from impactbrief.tui.screens.new import free_path
from impactbrief.workspace.paths import is_file


async def answer_file(app: App[Any], pdf: Path) -> Path | None:
    """Asks where the answers of a PDF shall go on, and gives back that file; None for nowhere.

    To be called in a worker. Raises InputError where there are none, OutputError where they can't
    be written.
    """
    from impactbrief.workspace.from_pdf import answers_in, carried_by, new_from_pdf

    carried = await asyncio.to_thread(carried_by, pdf)
    answers_in(carried)
    told = [
        _(
            "This PDF contains the answers it was made from. To go on working, save them as a new"
            " file. The PDF is not changed."
        ),
        _(
            "Left out of the PDF: private notes, the plan, the screening, who works on what,"
            " e-mail addresses, and comments in the file."
        ),
    ]
    buttons = [("keep", _("Save them as…")), ("leave", _("Back"))]
    source = beside(pdf)
    if source is not None:
        lies = _(
            "{name} is in the same folder. If it is the same brief, open it instead: it is"
            " complete."
        )
        told = [lies.format(name=source.name), *told]
        buttons = [("open", _("Open that file")), *buttons]
    text = "\n\n".join(told)
    answer = await app.push_screen_wait(Asking(pdf.name, text, buttons, safe="leave"))
    if answer == "open":
        return source
    if answer != "keep":
        return None
    start = free_path(pdf.absolute().parent, pdf.stem)
    path = await app.push_screen_wait(FilesScreen(_("Save the answers as"), start, purpose="save"))
    if path is not None:
        new_from_pdf(carried, path)
    return path


def beside(pdf: Path) -> Path | None:
    """The answer file that a PDF was probably made of: `brief.yaml` for `brief.one-page.pdf`."""
    for stem in (pdf.stem, Path(pdf.stem).stem):
        for ending in ENDINGS:
            path = pdf.with_name(stem + ending)
            if is_file(path):
                return path
    return None
