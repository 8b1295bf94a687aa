"""Kills the wizard at random moments while somebody types, and counts what is lost.

    python -m tests.e2e.kills [TIMES]

prints a line for each time and a summary. The tests take a few of the same.
"""

import os
import random
import signal
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from impactbrief.workspace import new_file
from tests.e2e.briefs import ACCESSIBLE, READY, how, on, recovered
from tests.e2e.terminal import PAUSE, Terminal, end_server

PATH = ("assessment", ACCESSIBLE, "effect_on_internet")


@dataclass(frozen=True)
class Killed:
    """What one kill cost."""

    typed: int
    """Words sent before it."""
    kept: int
    """Of those, in the file and the journal together, without a gap."""
    in_file: int
    seen_late: int
    """Words on the screen a second before the end."""
    lost: float
    """Seconds between the sending of the first word that is gone and the end."""
    offered: bool
    """Whether the next start had something to restore."""


def kill_once(home: Path, chance: random.Random) -> Killed:
    """One sitting that ends by SIGKILL, and the next one's recovery."""
    brief = home / "brief.yaml"
    new_file(brief, title="A brief")
    terminal = Terminal(home)
    try:
        terminal.start(str(brief))
        terminal.wait_for(READY)
        how(terminal)
        pid = terminal.pid()
        sent: list[float] = []
        seen: list[tuple[float, int]] = [(0.0, 0)]
        end = time.monotonic() + chance.uniform(1.2, 3.5)
        while time.monotonic() < end:
            terminal.send(f"w{len(sent)} ")
            sent.append(time.monotonic())
            # mostly quickly; at times a pause in which it saves
            pause = chance.choice([0.0, 0.01, 0.05, 0.1, 0.9])
            time.sleep(min(pause, max(end - time.monotonic(), 0)))
            looked = time.monotonic()
            screen = terminal.screen().split()
            last = [word for word in screen if word[:1] == "w" and word[1:].isdigit()]
            seen.append((looked, int(last[-1][1:]) + 1 if last else 0))
        killed = time.monotonic()
        os.kill(pid, signal.SIGKILL)
        terminal.wait_for("ENDED WITH 137")
    finally:
        terminal.close()
    saved = _whole(on(brief, *PATH))
    workspace, offered = recovered(brief, terminal.state)
    workspace.close()
    kept = _whole(on(brief, *PATH))
    return Killed(
        len(sent),
        kept,
        saved,
        max(count for at, count in seen if at <= killed - 1.0),
        killed - sent[kept] if kept < len(sent) else 0.0,
        offered,
    )


def _whole(text: object) -> int:
    """How many of the words are there, from the first one on."""
    words = str(text or "").split()
    count = 0
    while count < len(words) and words[count] == f"w{count}":
        count += 1
    return count


def main(times: int) -> None:
    chance = random.Random()
    figures = []
    for number in range(1, times + 1):
        with tempfile.TemporaryDirectory(prefix="impactbrief-kill-") as folder:
            killed = kill_once(Path(folder), chance)
        figures.append(killed)
        sys.stdout.write(f"{number:3} {killed}\n")
        sys.stdout.flush()
        time.sleep(PAUSE)
    lost = sorted(killed.lost for killed in figures)
    typed = sum(killed.typed for killed in figures)
    kept = sum(killed.kept for killed in figures)
    sys.stdout.write(
        f"{times} kills: {kept} of {typed} words kept; {sum(k.in_file for k in figures)} were in"
        f" the file already; recovery offered {sum(k.offered for k in figures)} times; lost:"
        f" median {lost[len(lost) // 2]:.2f} s, most {lost[-1]:.2f} s\n"
    )
    end_server()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50)
