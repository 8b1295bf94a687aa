"""Which answer files a command is about.

A PATH is a file, a folder (searched for answer files) or `-` for standard input. A folder is
searched for `*.yaml` and `*.yml` that have a line beginning `impactbrief:`; hidden and symlinked
folders are passed over. A file that is named outright always counts, and so does one that can't be
looked into: reading it will say why.
"""

import errno
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from impactbrief.answers.file import ENDINGS, STDIN
from impactbrief.bounded import NotRegular, regular
from impactbrief.errors import InputError, Place, Problem
from impactbrief.i18n import _

HEAD = 1_000_000
"""How much of a file is looked at for its `impactbrief:` line."""
LINE = re.compile(
    rb"""(?:\A(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?|[\r\n])(["']?)impactbrief\1[ \t]*:"""
)
NOWHERE = (errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENAMETOOLONG)
"""What opening a link that leads to no file fails with."""


@dataclass(frozen=True, slots=True)
class Source:
    """An answer file, and where it lies below the PATH that led to it."""

    name: str
    """As it was named, or `-`."""
    below: Path
    """The folders between PATH and the file; a dot for a file that was named outright."""
    problem: Problem | None = None
    """Why there is nothing to read: this is a folder without answer files, or a closed one."""

    def raise_problem(self) -> None:
        """Raises InputError where there is nothing to read."""
        if self.problem is not None:
            raise InputError(self.problem)


def sources(paths: Iterable[str]) -> list[Source]:
    """Every answer file of some PATHs, each once, in order.

    A folder that has none, or can't be looked into, is one with a problem: silence would look like
    success.
    """
    found: dict[str, Source] = {}
    for name in paths:
        if name == STDIN:
            found.setdefault(name, Source(name, Path()))
            continue
        is_folder = os.path.isdir(name)  # noqa: PTH112 (a Path raises on names that can't be)
        for source in _search(name) if is_folder else [Source(name, Path())]:
            found.setdefault(os.path.realpath(source.name), source)
    return list(found.values())


def _search(name: str) -> Iterator[Source]:
    closed: list[OSError] = []
    nothing = True
    for here, folders, files in os.walk(name, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for file in sorted(files):
            path = Path(here) / file
            if path.suffix in ENDINGS and not file.startswith(".") and is_answer_file(path):
                nothing = False
                yield Source(str(path), path.parent.relative_to(name))
    for error in closed:
        yield _folder(
            str(error.filename),
            _("This folder can't be read: {reason}.").format(reason=error.strerror),
            _("Check that you have permission to read it and that its disk is connected."),
        )
    if nothing and not closed:
        yield _folder(
            name,
            _("There is no answer file in this folder."),
            _("An answer file ends in .yaml and has a line “impactbrief: 1”."),
        )


def _folder(name: str, what: str, hint: str) -> Source:
    return Source(name, Path(), Problem(what=what, hint=hint, place=Place(name)))


def is_answer_file(path: Path) -> bool:
    """Whether a file has a line that begins `impactbrief:`, or may have one, since it can't be
    read. Never waits on a pipe or a device."""
    try:
        with regular(path) as file:
            head = file.read(HEAD)
    except (NotRegular, IsADirectoryError):
        return False
    except OSError as error:
        return error.errno not in NOWHERE
    # UTF-16 counts too, though it is refused: between its letters are zeros
    return LINE.search(head.replace(b"\0", b"")) is not None
