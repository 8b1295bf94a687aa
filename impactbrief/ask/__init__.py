"""The interview line by line: for screen readers, braille, slow lines, pipes and plain terminals.

One question at a time, numbered choices, plain lines: no cursor control, no colour, no drawing.
Everything is read from and written to the two streams that are handed in.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TextIO

from impactbrief.answers.model import LANGUAGE_TAG
from impactbrief.ask.asking import Asking
from impactbrief.ask.questions import Editor
from impactbrief.ask.talk import Leave, Talk
from impactbrief.i18n import _, spoken
from impactbrief.workspace import Workspace, new_file
from impactbrief.workspace.editor import edit_text

__all__ = ["ask"]


def ask(
    path: str | Path,
    stdin: TextIO,
    stdout: TextIO,
    *,
    state: Path | None = None,
    editor: Editor = edit_text,
    now: Callable[[], datetime] = datetime.now,
) -> int:
    """Asks the questions of the answer file at `path` and returns an exit code.

    A file that isn't there is made after its title was given. Returns 0 when all is saved, 4 when
    it is not (the words are in the journal then, and the last line says where), 130 when
    interrupted. Raises InputError where the file can't be read, OutputError where a new one can't
    be written.
    """
    talk = Talk(stdin, stdout)
    path = Path(path)
    try:
        if not path.exists():
            _make(path, talk)
        workspace = Workspace.open(path, state=state, now=now)
    except Leave:
        return 0
    return Asking(workspace, talk, editor, now).run()


def _make(path: Path, talk: Talk) -> None:
    """Asks what a new file needs, and makes it. Quitting before that makes nothing."""
    talk.say(_("There is no {file} yet. It will be made.").format(file=path))
    talk.say(_("What is the title of the brief? Press Enter to use the file name."))
    title = talk.read()
    talk.say(_("What do you assess? Give its name, or press Enter to use the title."))
    name = talk.read()
    ours = spoken().replace("_", "-")
    talk.say(
        _("In which language is the brief written? Press Enter for {language}.").format(
            language=ours
        )
    )
    while (language := talk.read() or ours) and not LANGUAGE_TAG.fits(language):
        talk.say(
            _("“{typed}” is not a language code. Write a code such as en, fr or pt-BR.").format(
                typed=language
            )
        )
    new_file(path, title=title or None, language=language, proposal=name)
