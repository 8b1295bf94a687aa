"""Every printed word and every exit code.

Standard output is data, standard error is speech. Colour only ever repeats what a word says, and
only on a terminal that has not asked to be spared it (`NO_COLOR`, `--color never`).
"""

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import IntEnum
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from impactbrief.errors import (
    ImpactBriefError,
    InputError,
    MachineError,
    OutputError,
    Problem,
    RenderError,
)
from impactbrief.i18n import _


class ExitCode(IntEnum):
    """How a command ends."""

    DONE = 0
    FOUND = 1
    """`check` found problems or, with --strict, gaps; some of a batch could not be rendered."""
    USAGE = 2
    INPUT = 3
    """An input can't be read or is no answer file."""
    RENDER = 4
    """Rendering or writing failed."""
    MACHINE = 5
    """This machine lacks something; the message says what to install."""
    INTERRUPTED = 130
    UNHEARD = 141
    """Whoever read standard output went away before the command knew how it ends."""


def exit_code(error: ImpactBriefError) -> ExitCode:
    """The code that a failure ends a command with."""
    match error:
        case InputError():
            return ExitCode.INPUT
        case MachineError():
            return ExitCode.MACHINE
        case RenderError() | OutputError():
            return ExitCode.RENDER
        case _:
            return ExitCode.FOUND


STYLES = {"problem": "31;1", "gap": "33;1", "place": "1", "quiet": "2", "good": "32;1"}


@dataclass(frozen=True)
class Console:
    """Where a command speaks."""

    color: str = "auto"
    """`auto`, `always` or `never`."""
    quiet: bool = False
    verbose: bool = False

    def write(self, text: str) -> None:
        """Data, to standard output, as it is."""
        with _told():
            sys.stdout.write(text)
            sys.stdout.flush()

    def write_bytes(self, data: bytes) -> None:
        """A document, to standard output."""
        with _told():
            sys.stdout.flush()
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()

    def line(self, text: str = "") -> None:
        """A line of data, to standard output."""
        with _told():
            print(printable(text))

    def flush(self) -> None:
        """Sends off what is still on its way to standard output."""
        with _told():
            sys.stdout.flush()

    def say(self, text: str) -> None:
        """A line of speech, to standard error; not with --quiet."""
        if not self.quiet:
            self.warn(text)

    def detail(self, text: str) -> None:
        """A line of speech that --verbose asks for."""
        if self.verbose:
            self.say(text)

    def warn(self, text: str) -> None:
        """A line of speech that --quiet doesn't silence."""
        with _told(sys.stderr):
            print(printable(text), file=sys.stderr)

    def status(self, text: str) -> None:
        """A line of speech, on a terminal, that the next one takes the place of."""
        with _told(sys.stderr):
            sys.stderr.write(f"\r{printable(text)}\x1b[K")
            sys.stderr.flush()

    def problem(
        self, problem: Problem, *, kind: str = "", code: str = "", stream: TextIO | None = None
    ) -> None:
        """`path:line:column: what is wrong`, and below it what to do.

        `kind` is `problem` or `gap`; `code` is the rule's.
        """
        stream = stream or sys.stderr
        place = printable(str(problem.place))
        head = self._styled(place + ": ", "place", stream) if place else ""
        word = {"problem": _("problem"), "gap": _("gap")}.get(kind, "")
        label = self._styled(f"{word} {code}".rstrip() + ": ", kind, stream) if kind else ""
        hint = f"\n  {printable(problem.hint)}" if problem.hint else ""
        with _told(stream):
            print(f"{head}{label}{printable(problem.what)}{hint}", file=stream)

    def failure(self, error: ImpactBriefError) -> None:
        """All problems of a failure."""
        for problem in error.problems:
            self.problem(problem)

    def _styled(self, text: str, style: str, stream: TextIO) -> str:
        code = STYLES.get(style)
        return f"\x1b[{code}m{text}\x1b[0m" if code and self.colored(stream) else text

    def colored(self, stream: TextIO) -> bool:
        if self.color != "auto":
            return self.color == "always"
        return (
            not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb" and stream.isatty()
        )


def printable(text: str) -> str:
    """Text from a file, safe for a line of a terminal: no control character reaches it."""
    return "".join(char if char.isprintable() or char in HARMLESS else _code(char) for char in text)


HARMLESS = frozenset("\t\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{IDEOGRAPHIC SPACE}"
                     "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}")  # fmt: skip
"""What Python doesn't count as printable, but writing needs."""


def _code(char: str) -> str:
    number = ord(char)
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"


def prepare_streams() -> None:
    """Makes every character fit: data is UTF-8 unless a terminal reads it, speech never fails."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # it was closed before we came
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            data = stream is sys.stdout and not stream.isatty()
            stream.reconfigure(
                encoding="utf-8" if data else stream.encoding, errors="backslashreplace"
            )


def settled() -> None:
    """What is loaded stays to the end of the process, and is not looked through for garbage.

    The collector rests from the start until here: it takes a sixth of the time in which the wizard
    opens, and finds nothing.
    """
    gc.freeze()
    gc.enable()


def abandon(stream: TextIO) -> None:
    """Lets go of a stream that nobody reads any more, so that nothing complains later."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


@contextmanager
def _told(stream: TextIO | None = None) -> Iterator[None]:
    """Turns a standard output that can't be written, such as a full disk, into an OutputError.

    Where the reader went away, as `head` does, the command goes on for its exit code. Speech never
    fails: there is nobody left to tell.
    """
    try:
        yield
    except OSError as error:
        abandon(stream or sys.stdout)
        if isinstance(error, BrokenPipeError) or stream is sys.stderr:
            return
        raise unwritten(error) from error


def unwritten(error: OSError) -> OutputError:
    """What to say of a standard output that can't be written."""
    return OutputError(
        Problem(
            what=_("Standard output can't be written: {reason}.").format(
                reason=error.strerror or type(error).__name__
            ),
            hint=_("Free some disk space, or send the output elsewhere."),
        )
    )


def counted(problems: int, gaps: int) -> str:
    """How much was found, in a sentence."""
    return _("Problems: {problems}. Gaps: {gaps}.").format(problems=problems, gaps=gaps)
