"""One trial: an answer file goes all the way, and the process is watched meanwhile."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from impactbrief.answers.file import parse
from impactbrief.assessment import assessment_of, findings
from impactbrief.brief.build import DOCUMENTS
from impactbrief.errors import ImpactBriefError
from impactbrief.render import render
from tests.answer_files import ROOT

LONGEST = 5.0
"""Seconds of processor time that no file may take."""

OURS = tuple(
    {str(Path(folder).resolve()) for folder in (sys.prefix, sys.base_prefix, ROOT / "impactbrief",
                                                ROOT / "templates")}
)  # fmt: skip
"""Where the program itself and its libraries lie."""


@dataclass
class Watch:
    """What a process did that rendering an answer file must not do."""

    on: bool = False
    seen: list[str] = field(default_factory=list)

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if not self.on:
            return
        if event == "open":
            name = arguments[0]
            if isinstance(name, str | bytes):
                path = os.path.abspath(os.fsdecode(name))  # noqa: PTH100 (no Path: it may be odd)
                if not path.startswith(OURS):
                    self.seen.append(f"open {path}")
        elif event.startswith(("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn",
                               "urllib.", "os.remove", "os.rename", "os.mkdir")):  # fmt: skip
            self.seen.append(f"{event} {arguments!r}"[:200])


WATCH = Watch()
sys.addaudithook(WATCH)


@contextmanager
def watched() -> Iterator[None]:
    """Fails where the process opened a file of its own accord, or reached for the network."""
    WATCH.seen.clear()
    WATCH.on = True
    try:
        yield
    finally:
        WATCH.on = False
    assert not WATCH.seen, WATCH.seen


@dataclass(frozen=True)
class Result:
    """What came of a trial."""

    read: bool
    """Whether it was an answer file at all."""
    seconds: float


def trial(data: bytes, folder: Path, *, formats: tuple[str, ...] = ("md",)) -> Result:
    """Reads, checks and renders an answer file. Raises what is no ImpactBriefError."""
    begin = time.process_time()
    read = False
    with watched():
        try:
            file = parse(data, name="brief.yaml", path=folder / "brief.yaml")
            assessment = assessment_of(file)
            for item in findings(assessment, today=date(2026, 1, 1)):
                assert item.problem.what
            read = True
            if not file.lacks:
                for format_ in formats:
                    for document in DOCUMENTS:
                        render(assessment, document, format_)
        except ImpactBriefError as error:
            told = error.problems
        else:
            told = ()
    assert read or told, "refused without a word"
    assert all(problem.what for problem in told)
    seconds = time.process_time() - begin
    assert seconds < LONGEST, f"{seconds:.1f} s"
    return Result(read, seconds)
