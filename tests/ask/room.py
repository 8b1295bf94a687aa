"""A room in which somebody is asked: a folder with an answer file, and what was said there."""

import io
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from impactbrief.answers.file import read_answers
from impactbrief.answers.model import Answers
from impactbrief.ask import ask

BRIEF = """\
impactbrief: 1
document:
  title: A title   # kept
proposal:
  name: A bill
assessment:
  privacy:
    impact: negative
    effect_on_people: |
      Old words.
"""
NOW = datetime(2026, 11, 21, 14, 2)

ASK = """
import sys
from impactbrief.ask import ask
sys.exit(ask(sys.argv[1], sys.stdin, sys.stdout))
"""


class Room:
    """A folder with an answer file, and what was said in it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "brief.yaml"
        self.state = folder / "state"
        self.said = ""
        self.code = -1

    def ask(self, *lines: str, editor: Callable[[str], str] | None = None) -> Answers:
        """The answers after these lines were typed."""
        out = io.StringIO()
        typed = io.StringIO("".join(line + "\n" for line in lines))
        more: dict[str, Any] = {"editor": editor} if editor else {}
        self.code = ask(self.path, typed, out, state=self.state, now=lambda: NOW, **more)
        self.said = out.getvalue()
        return self.answers

    @property
    def answers(self) -> Answers:
        file = read_answers(self.path)
        assert file.problems == ()
        return file.answers


class Person(io.StringIO):
    """Lines that somebody types."""

    def isatty(self) -> bool:
        return True
