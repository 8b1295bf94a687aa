"""Measure the wizard through a terminal of its own, as ratios against bare Textual.

    python -m benchmarks [ROUNDS] wizard [WORDS ...]

Real keys go in, and what comes out is read until it is on the screen.
"""

import fcntl
import os
import pty
import random
import select
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from benchmarks.measure import Figure
from impactbrief.answers.edits import Set, apply

EXAMPLE = Path(__file__).parents[1] / "examples" / "korea-interconnection.yaml"
IMPACTBRIEF = str(Path(sys.executable).with_name("impactbrief"))
KEYS = 60
"""Keys of a round. Each is another letter, so that its drawing can be told from the others'."""
LETTERS = [chr(code) for start, end in ((0x391, 0x3A1), (0x3B1, 0x3C9), (0x410, 0x450))
           for code in range(start, end)]  # fmt: skip
WORDS = 5000
PATIENCE = 20.0

EMPTY = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("READY")
Empty().run()
"""
FIELDS = """
import pydantic
from textual.app import App
from textual.widgets import Button, Input, OptionList, Static, TextArea
class Model(pydantic.BaseModel):
    text: str
class Fields(App):
    def compose(self):
        yield Static("READY")
        yield Input()
        yield OptionList("one", "two")
        yield Button("Next")
        yield TextArea()
Fields().run()
"""
BARE = """
import sys
import tempfile
from textual.app import App
from textual.widgets import TextArea
class Bare(App):
    def compose(self):
        yield TextArea(open(sys.argv[1], encoding="utf-8").read(), soft_wrap=True)
Bare().run()
"""


class Screen:
    """A program in a terminal of 120 by 40 cells."""

    def __init__(self, *command: str, home: Path) -> None:
        state = tempfile.mkdtemp(dir=home)  # nothing to recover from an earlier one
        self.begun = time.perf_counter()
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        environment = {
            name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
        }
        environment |= {
            "HOME": str(home), "XDG_STATE_HOME": state, "XDG_CONFIG_HOME": str(home),
            "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8",
            "TEXTUAL_DISABLE_KITTY_KEY": "1",
        }  # fmt: skip
        self.process = subprocess.Popen(
            command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment,
            start_new_session=True,
        )  # fmt: skip
        os.close(theirs)
        self.line = ours

    def __enter__(self) -> "Screen":
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        os.close(self.line)

    def wait(self, text: str) -> float:
        """Reads until a text has been drawn; the moment at which it came."""
        wanted, seen = text.encode(), b""
        end = time.perf_counter() + PATIENCE
        while wanted not in seen:
            ready, _write, _except = select.select([self.line], [], [], 1)
            if ready:
                seen += os.read(self.line, 65536)
            if time.perf_counter() > end:
                raise TimeoutError(f"{text!r} was never drawn, but {seen[-2000:]!r}")
        return time.perf_counter()

    def rest(self, seconds: float) -> None:
        """Reads whatever is drawn for a while."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            if select.select([self.line], [], [], left)[0]:
                os.read(self.line, 65536)

    def send(self, keys: str) -> float:
        """Presses keys; the moment at which that was."""
        now = time.perf_counter()
        os.write(self.line, keys.encode())
        return now

    def wait_after(self, keys: str, text: str) -> float:
        """Seconds from keys to a text that they lead to."""
        pressed = self.send(keys)
        return self.wait(text) - pressed

    def memory(self) -> float:
        """Megabytes that the process holds in memory."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024

    def key_to_paint(self) -> float:
        """Seconds from a key to its letter on the screen that 19 of 20 keys stay below.

        Behind each word there is a pause for thought, the same ones each time, in which what is
        drawn or saved later gets its turn: the next key may have to wait for that.
        """
        self.send("\x1b[1;5F")  # Ctrl+End: people write on at the end
        self.rest(1)
        taken = []
        chance = random.Random(7)
        for number in range(KEYS):
            letter = LETTERS[number % len(LETTERS)]
            pressed = self.send(letter)
            taken.append(self.wait(letter) - pressed)
            self.rest(chance.uniform(0.1, 1.5) if number % 6 == 5 else 0.06)
        return statistics.quantiles(taken, n=20)[-1]


def wizard(file: Path, home: Path) -> Screen:
    return Screen(IMPACTBRIEF, str(file), home=home)


def empty(home: Path) -> Screen:
    return Screen(sys.executable, "-c", EMPTY, home=home)


def figures(home: Path) -> Iterator[Figure]:
    short = home / "short.yaml"
    text = "impactbrief: 1\ndocument: {title: A brief}\nproposal: {name: A proposal}\n"
    short.write_text(text, encoding="utf-8")

    def first_frame(screen: Screen, text: str) -> float:
        with screen:
            return screen.wait(text) - screen.begun

    yield Figure(
        "first frame / an empty Textual app",
        lambda: first_frame(wizard(short, home), "Opening short.yaml"),
        lambda: first_frame(empty(home), "READY"),
        1.8,
    )
    yield Figure(
        "first question / an empty Textual app",
        lambda: first_frame(wizard(short, home), "Next:"),
        lambda: first_frame(empty(home), "READY"),
    )

    def memory(screen: Screen, text: str) -> float:
        with screen:
            screen.wait(text)
            screen.rest(1)
            return screen.memory()

    yield Figure(
        "memory / an empty Textual app",
        lambda: memory(wizard(short, home), "Next:"),
        lambda: memory(empty(home), "READY"),
        1.5,
    )
    yield Figure(
        "memory / one of fields and a pydantic model",
        lambda: memory(wizard(short, home), "Next:"),
        lambda: memory(Screen(sys.executable, "-c", FIELDS, home=home), "READY"),
    )

    long, answer = long_brief(home)

    def typing() -> float:
        with wizard(long, home) as screen:
            screen.wait("Next:")
            screen.rest(1)
            screen.send("\x0faccessible\r\x0e")
            screen.wait("words")
            screen.send("\x07\x07")  # the guide beside the page, then the preview
            screen.rest(2)
            return screen.key_to_paint()

    def bare() -> float:
        with Screen(sys.executable, "-c", BARE, str(answer), home=home) as screen:
            screen.wait("one")
            screen.rest(1)
            return screen.key_to_paint()

    yield Figure(f"key to paint, {WORDS} words, preview open / a TextArea", typing, bare, 2)
    yield steps(long, short, home)
    yield export(home)


def long_brief(home: Path) -> tuple[Path, Path]:
    """A brief of many words, and a file with one of its answers."""
    from impactbrief.toolkit.load import DEFAULT, load

    elements = list(load(DEFAULT, "en").elements)
    each = WORDS // (2 * len(elements))
    answer = " ".join(["one two three four five six seven eight"] * (each // 8))
    text = EXAMPLE.read_text(encoding="utf-8")
    for element in elements:
        for part in ("effect_on_internet", "effect_on_people"):
            text = apply(text, Set(("assessment", element, part), answer))
    file, alone = home / "long.yaml", home / "answer.txt"
    file.write_text(text, encoding="utf-8")
    alone.write_text(answer, encoding="utf-8")
    return file, alone


def steps(long: Path, short: Path, home: Path) -> Figure:
    """Going to the next step at the end of a full brief and at the beginning of an empty one."""

    def going(file: Path, topic: str, first: str, second: str) -> float:
        with wizard(file, home) as screen:
            screen.wait("Next:")
            screen.rest(1)
            screen.send(f"\x0f{topic}\r")
            screen.wait(first)
            screen.rest(0.5)
            taken = []
            for _time in range(10):
                taken.append(screen.wait_after("\x0e", second))
                screen.rest(0.2)
                screen.wait_after("\x02", first)
                screen.rest(0.2)
            return statistics.median(taken)

    return Figure(
        "next step, end of a full brief / an empty one",
        lambda: going(long, "privacy", "How does the proposal", "How does it affect"),
        lambda: going(short, "accessible", "How does the proposal", "How does it affect"),
        1.1,
    )


def export(home: Path) -> Figure:
    """A PDF from the wizard, against the same in a process that has made one before."""
    from impactbrief.assessment import open_assessment
    from impactbrief.render import render

    file = home / "export.yaml"
    file.write_bytes(EXAMPLE.read_bytes())

    def ours() -> float:
        with wizard(file, home) as screen:
            screen.wait("Next:")
            screen.send("\x12")
            screen.wait("Export")
            screen.rest(8)  # somebody reads the findings; meanwhile the process gets ready
            screen.send("e")
            screen.wait("export.pdf")
            screen.rest(1)
            pressed = screen.send("\r")
            return screen.wait("Done.") - pressed

    def theirs() -> float:
        start = time.perf_counter()
        render(open_assessment(file), "brief", "pdf")
        return time.perf_counter() - start

    return Figure("an export from the wizard / a rendering in a warm process", ours, theirs, 1.2)
