"""A real terminal for tests: tmux in the background, real bytes in, the screen out.

Textual's own pilot waits between keys and has no bytes; what goes wrong between a keyboard and the
wizard shows only here. Nothing sleeps for a fixed time: tests wait for what they expect to see.
"""

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

IMPACTBRIEF = str(Path(sys.executable).with_name("impactbrief"))
PATIENCE = 40.0
"""Seconds that anything may take: a busy machine is no failure, a wizard that hangs is one."""
PAUSE = 0.03

CTRL = {letter: chr(ord(letter) - 96) for letter in "abcdefghijklmnopqrstuvwxyz"}
ESC, ENTER, TAB, BACKTAB, BACKSPACE = "\x1b", "\r", "\t", "\x1b[Z", "\x7f"
UP, DOWN, RIGHT, LEFT = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D"
F1, F2, F3, F4, F8 = "\x1bOP", "\x1bOQ", "\x1bOR", "\x1bOS", "\x1b[19~"
END_MARK = "ENDED WITH"
"""What the shell around the wizard says when it is over."""


class Silent(AssertionError):
    """Something that was waited for did not come."""


class Terminal:
    """One terminal window with one program in it, in a home folder of its own."""

    def __init__(
        self, home: Path, *, size: tuple[int, int] = (80, 24), env: Mapping[str, str] | None = None
    ) -> None:
        self.home = home
        self.size = size
        self.socket = f"impactbrief-tests-{os.getpid()}"
        self.session = f"t{time.monotonic_ns()}"
        self.env = {
            "HOME": str(home),
            "XDG_STATE_HOME": str(home / ".state"),
            "XDG_CONFIG_HOME": str(home / ".config"),
            "XDG_CACHE_HOME": str(home / ".cache"),
            "XDG_DATA_HOME": str(home / ".share"),
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "PYTHONPYCACHEPREFIX": os.environ.get("PYTHONPYCACHEPREFIX", ""),
            **(env or {}),
        }
        self.state = Path(self.env["XDG_STATE_HOME"]) / "impactbrief"

    # the window

    def _tmux(self, *arguments: str, data: bytes | None = None, check: bool = True) -> str:
        done = subprocess.run(
            ["tmux", "-u", "-L", self.socket, "-f", os.devnull, *arguments],
            input=data,
            capture_output=True,
            check=False,
        )
        if check and done.returncode:
            raise AssertionError(f"tmux {arguments}: {done.stderr.decode()}")
        return done.stdout.decode("utf-8", "replace")

    def start(self, *arguments: str, command: str = "") -> "Terminal":
        """Opens the window and runs `impactbrief ARGUMENTS` in it, or another shell command."""
        environment = [f"{name}={value}" for name, value in self.env.items() if value]
        run = command or shlex.join([IMPACTBRIEF, *arguments])
        shell = f'{run}; echo "{END_MARK} $?"; exec cat'
        width, height = map(str, self.size)
        self._tmux(
            "start-server", ";",
            "set-option", "-g", "status", "off", ";",
            "set-option", "-s", "escape-time", "0", ";",
            # a server that ends with its last window would take the next test's first one with it
            "set-option", "-s", "exit-empty", "off", ";",
            "set-option", "-g", "remain-on-exit", "on", ";",
            "new-session", "-d", "-s", self.session, "-x", width, "-y", height, "-c",
            str(self.home), "env", "-i", *environment, "sh", "-c", shell,
        )  # fmt: skip
        return self

    def close(self) -> None:
        """Closes the window, as a click on its cross does."""
        with suppress(AssertionError):
            self._tmux("kill-session", "-t", self.session)

    def resize(self, width: int, height: int) -> None:
        self.size = (width, height)
        self._tmux("resize-window", "-t", self.session, "-x", str(width), "-y", str(height))

    def asked(self, name: str) -> str:
        """What tmux knows of the window: `cursor_flag`, `alternate_on`, …"""
        return self._tmux("display-message", "-p", "-t", self.session, f"#{{{name}}}").strip()

    @property
    def cursor(self) -> tuple[int, int]:
        """Column and line of the terminal's cursor."""
        return int(self.asked("cursor_x")), int(self.asked("cursor_y"))

    # bytes in

    def send(self, *keys: str | bytes) -> None:
        """All of it as one burst, byte for byte."""
        data = b"".join(key.encode() if isinstance(key, str) else key for key in keys)
        self._put(data, "-r")

    def paste(self, text: str) -> None:
        """What a terminal sends for a paste: bracketed, if the program has asked for that."""
        self._put(text.encode(), "-r", "-p")

    def _put(self, data: bytes, *how: str) -> None:
        self._tmux("load-buffer", "-b", self.session, "-", data=data)
        if "S" in self._tmux("list-commands", "paste-buffer").partition("[-")[2].partition("]")[0]:
            how = (*how, "-S")  # newer ones would write control characters out
        self._tmux("paste-buffer", "-d", "-b", self.session, "-t", self.session, *how)

    def click(self, text: str, *, last: bool = False) -> None:
        """A click of the mouse on a text, once it is there."""
        column, line = self.wait_where(text, last=last)
        at = f"{column + 1};{line + 1}"
        self.send(f"\x1b[<0;{at}M", f"\x1b[<0;{at}m")

    def wheel_to(self, text: str) -> None:
        """Turns the mouse's wheel in the middle of the screen until a text comes up."""
        at = f"{self.size[0] // 2};{self.size[1] // 2}"

        def turned(screen: str) -> bool:
            if text not in screen:
                self.send(f"\x1b[<65;{at}M")
            return text in screen

        self.wait(turned, f"{text!r} further down")

    # the screen out

    def screen(self, *, colours: bool = False) -> str:
        """What can be seen now."""
        return self._tmux(
            "capture-pane", "-p", "-t", self.session, *(["-e"] if colours else []), check=False
        )

    def wait(self, met: Callable[[str], bool], what: str, *, seconds: float = PATIENCE) -> str:
        """Waits until the screen is as wanted, and returns it."""
        end = time.monotonic() + seconds
        while True:
            screen = self.screen()
            if met(screen):
                return screen
            if time.monotonic() > end:
                raise Silent(f"waited in vain for {what}; the screen says:\n{screen}")
            time.sleep(PAUSE)

    def wait_for(self, *texts: str, seconds: float = PATIENCE) -> str:
        """Waits until all the texts can be seen."""
        return self.wait(
            lambda screen: all(text in screen for text in texts), str(texts), seconds=seconds
        )

    def wait_gone(self, text: str) -> str:
        return self.wait(lambda screen: text not in screen, f"the end of {text!r}")

    def wait_where(self, text: str, *, last: bool = False) -> tuple[int, int]:
        """Column and line of a text on the screen, once it is there."""
        lines = self.wait_for(text).splitlines()
        found = [(row, line) for row, line in enumerate(lines) if text in line]
        row, line = found[-1 if last else 0]
        return line.index(text), row

    def wait_ended(self) -> int:
        """Waits for the end of the wizard and returns its exit code."""
        screen = self.wait_for(END_MARK)
        match = re.search(rf"{END_MARK} (\d+)", screen)
        assert match is not None
        return int(match[1])

    # the program

    def pid(self) -> int:
        """The process of the wizard itself."""
        shell = self.asked("pane_pid")

        def child() -> str:
            children = Path(f"/proc/{shell}/task/{shell}/children")
            return children.read_text().strip().partition(" ")[0] if children.exists() else ""

        until(lambda: bool(child()), "a process in the window")
        return int(child())

    def signal(self, number: signal.Signals) -> None:
        os.kill(self.pid(), number)


def until(met: Callable[[], bool], what: str, *, seconds: float = PATIENCE) -> None:
    """Waits for something that is not on the screen."""
    end = time.monotonic() + seconds
    while not met():
        if time.monotonic() > end:
            raise Silent(f"waited in vain for {what}")
        time.sleep(PAUSE)


def tmux_there() -> bool:
    return shutil.which("tmux") is not None


def end_server() -> None:
    """Ends the tmux server of these tests, and no other."""
    subprocess.run(
        ["tmux", "-L", f"impactbrief-tests-{os.getpid()}", "kill-server"],
        check=False,
        stderr=subprocess.DEVNULL,
    )
