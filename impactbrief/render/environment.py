"""Where templates come from, and the closed world they run in.

A template sees one brief and its words, and nothing else: no file but the templates', no network,
no attribute that begins with an underscore (Jinja's immutable sandbox). A user's own folder is laid
over ours: a template that is missing there is taken from ours.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from pickle import UnpicklingError
from typing import Any

import jinja2
import jinja2.bccache
from jinja2.loaders import split_template_path
from jinja2.sandbox import ImmutableSandboxedEnvironment

from impactbrief.errors import NOWHERE, ImpactBriefError, Place, Problem, TemplateError
from impactbrief.i18n import _

_PACKAGE = Path(__file__).parent.parent


def templates() -> Path:
    """The folder of our own templates: in the installed package, or at the top of a checkout."""
    installed = _PACKAGE / "templates"
    return installed if installed.is_dir() else _PACKAGE.parent / "templates"


def files_below(folder: Path) -> list[Path]:
    """Every file that a folder of templates may read, sorted: links are followed, as Jinja does,
    but none that leads back to a folder around it."""
    return sorted(_files(folder, frozenset()))


def _files(folder: Path, around: frozenset[str]) -> Iterator[Path]:
    real = os.path.realpath(folder)
    if real in around:
        return
    with suppress(OSError):  # a folder that may not be read has nothing to read
        for path in folder.iterdir():
            if os.path.isdir(path):  # noqa: PTH112 (a Path raises where nothing may be asked)
                yield from _files(path, around | {real})
            elif os.path.isfile(path):  # noqa: PTH113
                yield path


def places(folder: Path) -> frozenset[str]:
    """Where what a folder of templates reads lies, with links resolved: the folder itself, and the
    folders and files outside to which links in it lead."""
    top = os.path.realpath(folder)
    read = {path if path.is_symlink() else path.parent for path in files_below(folder)}
    outside = {real for real in map(os.path.realpath, read) if not _below(real, top)}
    return frozenset([top, *outside])


def _below(path: str, top: str) -> bool:
    return path == top or path.startswith(top + os.sep)


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's, which remembers its answers: they took half of a page's time."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._safe: dict[tuple[type, str], bool] = {}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        asked = type(obj), attr
        if asked not in self._safe:
            self._safe[asked] = super().is_safe_attribute(obj, attr, value)
        return self._safe[asked]


class Compiled(jinja2.FileSystemBytecodeCache):
    """Jinja's, but what was damaged is compiled again, and what can't be kept is not kept."""

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        try:
            super().load_bytecode(bucket)
        except (UnpicklingError, EOFError, ValueError, TypeError, OSError):
            bucket.reset()

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        with suppress(OSError):  # a full disk
            super().dump_bytecode(bucket)


def _compiled(*, escape: bool) -> jinja2.BytecodeCache | None:
    """Where the templates lie once they are compiled, which takes longer than a page; Jinja finds
    them there by their text. None where nothing outlasts this process."""
    from impactbrief.render.fontconfig import store

    fonts, lasting = store()
    if not lasting:
        return None
    folder = fonts.parent / "templates" / f"jinja-{version('jinja2')}{'-html' if escape else ''}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return Compiled(str(folder))


@lru_cache(maxsize=8)
def environment(own: Path | None = None, *, escape: bool) -> ImmutableSandboxedEnvironment:
    """The sandbox for HTML (`escape`) or for text. Raises TemplateError if `own` is no folder."""
    if own is not None and not own.is_dir():
        raise TemplateError(
            Problem(
                what=_("There is no template folder here."),
                hint=_("Name a folder that began as a copy of “templates”."),
                place=Place(str(own)),
            )
        )
    folders = [str(folder) for folder in (own, templates()) if folder is not None]
    return Sandbox(
        loader=jinja2.FileSystemLoader(folders),
        autoescape=escape,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=_compiled(escape=escape),
    )


def run(sandbox: ImmutableSandboxedEnvironment, name: str, **values: Any) -> str:
    """The output of a template. Raises TemplateError with the template's file and line."""
    try:
        return sandbox.get_template(name).render(**values)
    except jinja2.TemplateError as error:
        raise TemplateError(_problem(error, name)) from error
    except ImpactBriefError:
        raise
    except Exception as error:
        # what a template of one's own does wrong is told; an error in one of ours is a bug
        place = _in_own(error, sandbox)
        if place is None:
            raise
        raise TemplateError(_unusable(str(error), place)) from error


def source(name: str, own: Path | None = None) -> str:
    """A template file as it stands, such as a style sheet."""
    sandbox = environment(own, escape=False)
    assert sandbox.loader is not None
    try:
        return sandbox.loader.get_source(sandbox, name)[0]
    except jinja2.TemplateError as error:
        raise TemplateError(_problem(error, name)) from error
    except UnicodeDecodeError as error:
        raise TemplateError(_unusable(str(error), _undecoded(error))) from error


def binary(name: str, own: Path | None = None) -> bytes:
    """A file of the template folders that is no text, such as a logo. Raises TemplateError."""
    try:
        parts = split_template_path(name)
        for folder in (own, templates()):
            if folder is not None and (path := folder.joinpath(*parts)).is_file():
                return path.read_bytes()
        raise jinja2.TemplateNotFound(name)
    except jinja2.TemplateError as error:
        raise TemplateError(_problem(error, name)) from error


def _problem(error: jinja2.TemplateError, name: str) -> Problem:
    line = getattr(error, "lineno", None) or _line_in_traceback(error, name)
    if isinstance(error, jinja2.TemplateNotFound):
        return Problem(
            what=_("There is no template “{name}”.").format(name=error.name or name),
            hint=_("Copy it from impactbrief's “templates” folder."),
        )
    place = Place(getattr(error, "filename", None) or name, line or 0)
    return _unusable(error.message or str(error), place)


def _unusable(reason: str, place: Place) -> Problem:
    return Problem(
        what=_("This template can't be used: {reason}").format(reason=reason),
        hint=_("Compare it with the template of the same name that ships with impactbrief."),
        place=place,
    )


def _in_own(error: Exception, sandbox: ImmutableSandboxedEnvironment) -> Place | None:
    """Where in a user's own template an error came up, or something it called failed; else None."""
    if isinstance(error, UnicodeDecodeError) and (read := _undecoded(error)) != NOWHERE:
        return read
    loader = sandbox.loader
    assert isinstance(loader, jinja2.FileSystemLoader)
    own = tuple(f"{folder}/" for folder in loader.searchpath[:-1])
    place: Place | None = None
    trace = error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name.endswith(".j2") and name.startswith(own):
            place = Place(name, trace.tb_lineno)
        trace = trace.tb_next
    return place


def _undecoded(error: UnicodeDecodeError) -> Place:
    """Which template, and which line of it, is no text in UTF-8; nowhere where none was read."""
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_name == "get_source" and "filename" in trace.tb_frame.f_locals:
            line = error.object.count(b"\n", 0, error.start) + 1
            return Place(str(trace.tb_frame.f_locals["filename"]), line)
        trace = trace.tb_next
    return NOWHERE


def _line_in_traceback(error: BaseException, name: str) -> int:
    """The template's line in an error that came up while it ran."""
    line, trace = 0, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename.endswith(name):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
