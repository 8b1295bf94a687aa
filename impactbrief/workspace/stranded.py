"""Words that an answer file can't hold, as where a list stands in the place of a text. They go into
a text file beside it, where they stay until somebody finds another place for them."""

import os
from dataclasses import dataclass
from pathlib import Path

from impactbrief.errors import Problem
from impactbrief.i18n import _
from impactbrief.yamltext import Path as At
from impactbrief.yamltext import dotted


@dataclass(frozen=True, slots=True)
class Stranded:
    """Words that found no place."""

    at: At
    """The answer that they were typed for."""
    words: str
    kept: Path | None
    """The file that has them; None where none could be written."""
    problem: Problem | None = None
    """Why they have no place; None if that was an earlier sitting."""


def strand(file: Path, state: Path, at: At, words: str, problem: Problem | None = None) -> Stranded:
    """Adds the words to a text file beside the answer file, or else in the state folder."""
    name = _("{name} (text without a place).txt").format(name=file.stem)
    for folder in (file.parent, state):
        try:
            with (folder / name).open("a", encoding="utf-8") as stream:
                stream.write(f"{dotted(at)}\n\n{words.rstrip()}\n\n")
                stream.flush()
                os.fsync(stream.fileno())
        except OSError:
            continue
        return Stranded(at, words, folder / name, problem)
    return Stranded(at, words, None, problem)
