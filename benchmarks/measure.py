"""How things are timed: two runs that take turns, and the ratio of each pair."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

Run = Callable[[], float]
"""Does the work once and returns the seconds it took, or whatever else is compared."""


@dataclass(frozen=True)
class Figure:
    """What is measured, against what, and the ratio to stay under, or over, if any."""

    name: str
    ours: Run
    theirs: Run
    reach: float | None = None
    """None where nothing is aimed at, as for programs that do something else."""
    at_least: bool = False
    warm: bool = True
    """Whether both are run once before it counts."""

    def measure(self, rounds: int) -> str:
        """A line of the table."""
        if self.warm:
            self.ours(), self.theirs()
        ratios = [self.ours() / self.theirs() for _round in range(rounds)]
        middle = statistics.median(ratios)
        numbers = "".join(f"{_short(value):>10}" for value in (min(ratios), middle, max(ratios)))
        return f"{self.name:<54}{numbers}{self._judged(middle)}"

    def _judged(self, middle: float) -> str:
        if self.reach is None:
            return ""
        good = middle >= self.reach if self.at_least else middle <= self.reach
        limit = f"{'≥' if self.at_least else '≤'} {_short(self.reach)}"
        return f"{limit:>10}{'' if good else '  missed'}"


def head(rounds: int) -> str:
    """The first line of the table."""
    return f"{f'ratio, {rounds} rounds':<54}{'min':>10}{'median':>10}{'max':>10}{'reach':>10}"


def _short(value: float) -> str:
    return f"{value:.2f}" if value >= 0.095 else f"{value:.3g}"


def process(*arguments: str, **environment: str) -> Run:
    """A whole process of this Python, which finds its modules compiled, as it does where they are
    installed."""
    around = os.environ | environment
    around.pop("PYTHONDONTWRITEBYTECODE", None)

    def run() -> float:
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, *arguments],
            check=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=around,
        )
        return time.perf_counter() - start

    return run


def work(task: Callable[[], object]) -> Run:
    """A task in this process, as often as fills a tenth of a second."""

    def timed(times: int) -> float:
        start = time.perf_counter()
        for _time in range(times):
            task()
        return (time.perf_counter() - start) / times

    once = timed(1)
    times = max(1, round(0.1 / once))
    return lambda: timed(times)
