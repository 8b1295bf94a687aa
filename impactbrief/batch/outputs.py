"""Where documents go: their names, and writing them whole or not at all.

Names: `NAME.md`, `NAME.one-page.pdf`, `NAME.table.html`, where NAME is the answer file's without
its ending. Existing outputs are replaced, an input never.
"""

import errno
import os
import stat
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from impactbrief.answers.file import STDIN
from impactbrief.batch.sources import Source
from impactbrief.errors import OutputError, Place, Problem
from impactbrief.i18n import _
from impactbrief.render import FORMATS

STDOUT = "-"


@dataclass(frozen=True, slots=True)
class Job:
    """One document to make: from which answers, which one, in which format, to where."""

    source: Source
    document: str
    format: str
    target: Path | None
    """None for standard output."""


def plan(
    found: Sequence[Source],
    documents: Sequence[str],
    formats: Sequence[str],
    output: str | None,
) -> list[Job]:
    """Every document to make, in order.

    `output` is a file only where there is exactly one output, it has that format's ending and is
    no folder; else a folder. Raises OutputError for two outputs of one name, an output that would
    replace an input, or a folder called like a document, before anything is written.
    """
    kinds = [(source, document, format_) for source in found for document in documents
             for format_ in formats]  # fmt: skip
    if output == STDOUT:
        if len(kinds) != 1:
            raise OutputError(
                Problem(
                    what=_(
                        "Only one document can go to standard output, but {count} were asked for."
                    ).format(count=len(kinds)),
                    hint=_("Choose one file, one --document and one --to."),
                )
            )
        return [Job(*kinds[0], None)]
    if output is None and any(source.name == STDIN for source in found):
        raise OutputError(
            Problem(
                what=_("Answers from standard input have no folder to write to."),
                hint=_("Add --output with a file, a folder, or - for standard output."),
            )
        )
    single = (
        output is not None
        and len(kinds) == 1
        and output.endswith(FORMATS[kinds[0][2]].ending)
        and not os.path.isdir(output)  # noqa: PTH112
    )
    if output is not None and not single:
        check_folder(output, {format_: FORMATS[format_].ending for format_ in FORMATS})
    jobs = [
        Job(source, document, format_, Path(output) if single and output else
            _target(source, document, format_, output))
        for source, document, format_ in kinds
    ]  # fmt: skip
    _check(jobs)
    return jobs


def check_folder(output: str, endings: Mapping[str, str]) -> None:
    """Raises OutputError for a folder that isn't there and has the ending of a format.

    More often than not a file was meant; a slash at its end says that it was not.
    """
    for format_, ending in endings.items():
        if output.endswith(ending) and not os.path.isdir(output):  # noqa: PTH112
            raise OutputError(
                Problem(
                    what=_("This is named like a file, but would be a folder."),
                    hint=_(
                        "For a file, ask for one document and add --to {format}. For a folder, end"
                        " the name with a slash."
                    ).format(format=format_),
                    place=Place(output),
                )
            )


def target_name(source: Source, document: str, format_: str) -> str:
    """The name of a document's file."""
    stem = "brief" if source.name == STDIN else Path(source.name).stem
    return f"{stem}{'' if document == 'brief' else '.' + document}{FORMATS[format_].ending}"


def _target(source: Source, document: str, format_: str, output: str | None) -> Path:
    name = target_name(source, document, format_)
    return Path(source.name).parent / name if output is None else Path(output) / source.below / name


def spot(path: str | Path) -> str:
    """Equal for names that may mean one file: links are followed, and case counts for nothing, as
    on many systems."""
    return os.path.realpath(path).casefold()


def over_inputs(
    targets: Iterable[Path | None], found: Iterable[Source], hint: str
) -> list[Problem]:
    """A problem for each file that would be written over an answer file; `hint` says what to do."""
    inputs = {spot(source.name) for source in found if source.name != STDIN}
    return [
        Problem(
            what=_("This is an answer file; it is not replaced."),
            hint=hint,
            place=Place(str(target)),
        )
        for target in targets
        if target is not None and spot(target) in inputs
    ]


def kept(target: Path, hint: str, *, beginning: bytes = b"") -> list[Problem]:
    """A problem where a file is that is not to be lost; `hint` says what to do.

    That is any file; with a `beginning`, any but an empty one and those that begin so, since they
    are earlier ones of the same kind.
    """
    try:
        if not target.exists() or target.is_dir():
            return []
        if beginning and target.is_file():
            with target.open("rb") as file:
                if file.read(len(beginning)) in (b"", beginning):
                    return []
    except OSError:  # whether it can be written is found out by writing
        return []
    what = _("A file with this name already exists.")
    if _device(target):
        hint = _("For standard output, write “-”.")
    return [Problem(what=what, hint=hint, place=Place(str(target)))]


def _check(jobs: Sequence[Job]) -> None:
    taken: dict[str, Job] = {}
    problems = over_inputs(
        (job.target for job in jobs), (job.source for job in jobs), _("Choose another --output.")
    )
    for job in jobs:
        if job.target is None or job.source.problem:
            continue
        other = taken.setdefault(spot(job.target), job)
        if other is not job:
            problems.append(
                Problem(
                    what=_("“{first}” and “{second}” would both be written here.").format(
                        first=other.source.name, second=job.source.name
                    ),
                    hint=_("Render them into different folders, or rename one."),
                    place=Place(str(job.target)),
                )
            )
    if problems:
        raise OutputError(problems)


def unwritable(target: Path) -> OutputError | None:
    """Why no document could be written here, found out by trying; None where it could."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        with tempfile.TemporaryFile(dir=target.parent):
            return None
    except OSError as error:
        return _refused(target, error)


def write(target: Path, data: bytes) -> None:
    """Writes a document whole or not at all. Raises OutputError with the reason.

    Whoever may not read the one that it replaces may not read it either.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if _device(target):
            raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))
        handle, temporary = tempfile.mkstemp(prefix=".impactbrief-", dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(temporary).chmod(_mode(target))
            Path(temporary).replace(target)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise _refused(target, error) from error


def _device(path: Path) -> bool:
    """Whether this is a thing of the system's, such as /dev/stdout, that no file may replace."""
    return path.parts[:2] == (os.sep, "dev") and os.path.lexists(path) and not path.is_dir()


def _mode(target: Path) -> int:
    """The permissions of the file that is there, or the usual ones."""
    if target.is_file():
        return stat.S_IMODE(target.stat().st_mode)
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask


def _refused(target: Path, error: OSError) -> OutputError:
    reason = error.strerror or str(error)
    hint = _("Choose another folder, or free some space.")
    if (name := _no_folder(target)) is not None:
        reason = os.strerror(errno.ENOTDIR)
        hint = _("“{name}” is no folder. Choose another name.").format(name=name)
    if _device(name or target):
        hint = _("For standard output, write “-”.")
    return OutputError(
        Problem(
            what=_("This document can't be written: {reason}.").format(reason=reason),
            hint=hint,
            place=Place(str(target)),
        )
    )


def _no_folder(target: Path) -> Path | None:
    """What stands where a folder should be, above a file."""
    for path in target.parents:
        if os.path.lexists(path):
            return None if path.is_dir() else path
    return None
