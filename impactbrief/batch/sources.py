"""Which answer files a command is about.

A PATH is a file, a folder (searched for answer files) or `-` for standard input. A folder is
searched for `*.yaml` and `*.yml` that have a line beginning `impactbrief:`; hidden and symlinked
folders are passed over. A file that is named outright always counts.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from impactbrief.answers.file import STDIN
from impactbrief.errors import InputError, Place, Problem
from impactbrief.i18n import _

ENDINGS = (".yaml", ".yml")
HEAD = 1_000_000
"""How much of a file is looked at for its `impactbrief:` line."""


@dataclass(frozen=True, slots=True)
class Source:
    """An answer file, and where it lies below the PATH that led to it."""

    name: str
    """As it was named, or `-`."""
    below: Path
    """The folders between PATH and the file; a dot for a file that was named outright."""


def sources(paths: Iterable[str]) -> list[Source]:
    """Every answer file of some PATHs, each once, in order. Raises InputError for what isn't there.

    A folder without answer files is an InputError too: silence would look like success.
    """
    found: dict[str, Source] = {}
    problems = []
    for name in paths:
        if name == STDIN:
            found.setdefault(name, Source(name, Path()))
        elif os.path.isdir(name):  # noqa: PTH112 (a Path raises on names that can't be)
            inside = list(_search(Path(name)))
            if not inside:
                problems.append(
                    Problem(
                        what=_("There is no answer file in this folder."),
                        hint=_("An answer file ends in .yaml and has a line “impactbrief: 1”."),
                        place=Place(name),
                    )
                )
            for path in inside:
                key = os.path.realpath(path)
                found.setdefault(key, Source(str(path), path.parent.relative_to(name)))
        else:
            key = os.path.realpath(name)
            found.setdefault(key, Source(name, Path()))
    if problems:
        raise InputError(problems)
    return list(found.values())


def _search(folder: Path) -> Iterator[Path]:
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(here) / name
            if path.suffix in ENDINGS and not name.startswith(".") and is_answer_file(path):
                yield path


def is_answer_file(path: Path) -> bool:
    """Whether a file has a line that begins `impactbrief:`. Never waits on a pipe or a device."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            head = file.read(HEAD)
    except OSError:
        return False
    return (
        head.removeprefix(b"\xef\xbb\xbf").startswith(b"impactbrief:") or b"\nimpactbrief:" in head
    )
