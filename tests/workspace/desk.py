"""An answer file on somebody's desk: opened, left as a crash would, and read again."""

import json
import os
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from impactbrief.workspace import Workspace

BRIEF = """\
# mine, not printed
impactbrief: 1
document:
  title: A title
proposal:
  name: A bill   # the name
sections:
  context: Begin.
x-own: kept
"""
CONTEXT = ("sections", "context")
CONCLUSION = ("sections", "conclusion")


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds

    def wall(self) -> datetime:
        return datetime(2026, 11, 21, 14, 2) + timedelta(seconds=self.seconds - 100)


class Desk:
    """A folder with an answer file, a folder for state, and a clock."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "work"
        self.folder.mkdir()
        self.state = folder / "state"
        self.path = self.folder / "brief.yaml"
        self.path.write_text(BRIEF, encoding="utf-8")
        self.clock = Clock()
        self.open_ones: list[Workspace] = []

    def open(self, **more: Any) -> Workspace:
        workspace = Workspace.open(
            self.path, state=self.state, clock=self.clock, now=self.clock.wall, **more
        )
        self.open_ones.append(workspace)
        return workspace

    def crash(self, workspace: Workspace) -> None:
        """Leaves a sitting as a crash would: the journal stays, the lock is stale."""
        lock = self.folder / ".brief.yaml.lock"
        owner = json.loads(lock.read_text()) | {"started": "another process"}
        lock.write_text(json.dumps(owner))
        workspace._keeping.journal._close()

    @property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @property
    def journals(self) -> list[Path]:
        return sorted(self.state.glob("*.jsonl"))


CHILD = """
import sys, time
from pathlib import Path
from impactbrief.workspace import Workspace
workspace = Workspace.open(sys.argv[1], state=Path(sys.argv[2]))
typed = "Begin."
for number in range(100000):
    typed += f" w{number}"
    if number % 17 == 16:
        typed += "\\n"
    workspace.draft(("sections", "context"), typed)
    print(number, flush=True)
    if workspace.due():
        workspace.save()
    time.sleep(0.003)
"""
"""A sitting in a process of its own, which types for ever and says each word that was taken."""


def in_child(what: Callable[[], None]) -> int:
    """What a forked process ends with: 0, 1 for an exception, minus the signal that killed it."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            what()
            code = 0
        except BaseException as error:
            sys.stderr.write(f"{type(error).__name__}: {error}\n")
        finally:
            os._exit(code)
    status = os.waitpid(pid, 0)[1]
    return os.waitstatus_to_exitcode(status)
