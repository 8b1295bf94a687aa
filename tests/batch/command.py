"""The `render` command as a real process, in a folder and with a cache folder of its own."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

BRIEF = "impactbrief: 1\ndocument: {{title: {title}}}\nproposal: {{name: A proposal}}\n"

CITING = "bibliography: [refs.json]\nsections: {context: 'See [@a].'}\n"
"""For a brief that cites a bibliography: see `references`."""

HANG = (
    '{% if "HANG" in brief.title_block.title %}{% for a in range(99999) %}'
    "{% for b in range(99999) %}{% endfor %}{% endfor %}{% endif %}"
)
"""The start of a template that takes hours for a brief whose title has this word."""

OURS = Path(__file__).parents[2] / "templates"


@dataclass
class Shop:
    """A folder to work in."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    def brief(self, name: str, title: str = "A brief", more: str = "") -> Path:
        """A small answer file."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(BRIEF.format(title=title) + more, encoding="utf-8")
        return path

    def hanging_templates(self) -> Path:
        """A folder of templates with which a brief titled HANG takes hours in Markdown."""
        template = self.folder / "templates" / "brief" / "brief.md.j2"
        template.parent.mkdir(parents=True, exist_ok=True)
        template.write_text(HANG + (OURS / "brief" / "brief.md.j2").read_text(encoding="utf-8"))
        return self.folder / "templates"

    def start(
        self, *arguments: str | Path, preexec: Callable[[], None] | None = None
    ) -> subprocess.Popen[bytes]:
        """The command, under way in a process group of its own."""
        return subprocess.Popen(
            [sys.executable, "-m", "impactbrief", "render", *map(str, arguments)],
            cwd=self.folder,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            preexec_fn=preexec,
        )

    def run(
        self, *arguments: str | Path, preexec: Callable[[], None] | None = None
    ) -> tuple[int, str]:
        """The command's exit code and what it said."""
        process = self.start(*arguments, preexec=preexec)
        try:
            _data, said = process.communicate(timeout=120)
        finally:
            end(process)
        return process.returncode, said.decode("utf-8", "replace")

    def _environment(self) -> Mapping[str, str]:
        root = str(Path(__file__).parents[2])
        return (
            os.environ
            | {"XDG_CACHE_HOME": str(self.folder / "cache"), "PYTHONPATH": _joined(root)}
            | self.environment
        )


def _joined(root: str) -> str:
    return os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH", "")]))


def end(process: subprocess.Popen[bytes]) -> None:
    """Ends a process with all of its group, if it is still there."""
    if members(process.pid):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(10)
    for stream in (process.stdout, process.stderr):
        if stream is not None:
            stream.close()


def members(group: int) -> list[int]:
    """The processes of a group that are still alive, by /proc."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[2]) == group and fields[0] != "Z":
                found.append(int(entry.name))
    return found


def workers(group: int) -> list[int]:
    """The processes of a group but its leader and the one that clears up after it."""
    return [
        pid for pid in members(group) if pid != group and "resource_tracker" not in _command(pid)
    ]


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def described(group: int) -> str:
    """The processes of a group in words, for a message."""
    lines = []
    for pid in members(group):
        with suppress(OSError):
            stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            lines.append(f"{pid} of {stat[1]}, {stat[0]}: {_command(pid)}")
    return "\n".join(lines)


def references(title: str) -> str:
    """A bibliography of one book, `a`."""
    return f'[{{"id": "a", "type": "book", "title": "{title}"}}]'


def until(condition: Callable[[], bool], seconds: float = 60) -> bool:
    """Waits for a condition; whether it came true in time."""
    end_ = time.monotonic() + seconds
    while time.monotonic() < end_:
        if condition():
            return True
        time.sleep(0.02)
    return condition()


def report(shop: Shop) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((shop.folder / "report.json").read_text())
    return found


def states(shop: Shop) -> dict[str, str]:
    """What became of each document, by the last part of its path."""
    return {
        Path(output["path"]).name: output["state"]
        for file in report(shop)["files"]
        for output in file["outputs"]
    }


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
