"""What can go wrong, as one tree.

    ImpactBriefError              base of every failure a user can mend; carries its problems
    ├── InputError                a file cannot be read, or is not what it should be      (exit 3)
    │   ├── NewerFormatError      the answer file was written by a newer impactbrief      (exit 3)
    │   └── ToolkitError          a question bank is broken or missing                    (exit 3)
    ├── OutputError               a document or an answer file cannot be written          (exit 4)
    ├── RenderError               a document cannot be made                               (exit 4)
    │   └── TemplateError         a template is broken or missing                         (exit 4)
    └── MachineError              this machine lacks something that rendering needs       (exit 5)

Anything else that is raised is a bug and stays a traceback. An unanswered question is never an
error: it is a finding (see `impactbrief.assessment`).
"""

import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from os import PathLike
from typing import NamedTuple, Self


class Place(NamedTuple):
    """Where in a file. Lines and columns count from 1; 0 means "the file as a whole"."""

    file: str = ""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [self.file] if self.file else []
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: what, where, and what to do next."""

    what: str
    """A full sentence. Keys, ids and places of the answer file stand between backticks."""
    hint: str = ""
    """What the reader should do next; a full sentence, with keys as in `what`."""
    place: Place = NOWHERE
    where: str = ""
    """The place in the data, as in `assessment.privacy.impact`; empty for a whole file."""
    by_hand: bool = False
    """Whether the hint tells how the file is to be written, which no form shows."""

    def __str__(self) -> str:
        head = f"{self.place}: {self.what}" if self.place != NOWHERE else self.what
        return f"{head}\n  {self.hint}" if self.hint else head


def as_typed(name: str | PathLike[str]) -> str:
    """A file's name as one types it behind a command, for hints that say what to type."""
    text = str(name)
    return shlex.quote(f"./{text}" if text.startswith("-") else text)


class ImpactBriefError(Exception):
    """A failure that the user can mend. Its message lists every problem, one below the other."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[Self], tuple[tuple[Problem, ...]]]:
        """Travels between processes with its problems, not with its message alone."""
        return type(self), (self.problems,)


class InputError(ImpactBriefError):
    """A file cannot be read, or is not what it should be."""


class NewerFormatError(InputError):
    """The answer file was written by a newer impactbrief; it must not be written to."""


class ToolkitError(InputError):
    """A question bank is broken or missing."""


class OutputError(ImpactBriefError):
    """A document or an answer file cannot be written."""


class RenderError(ImpactBriefError):
    """A document cannot be made from these answers."""


class TemplateError(RenderError):
    """A template is broken or missing."""


class MachineError(ImpactBriefError):
    """This machine lacks something that rendering needs; the hint says what to install."""
