"""Commands in this process, in a folder of answer files."""

import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from impactbrief.cli import run
from tests.answer_files import MINIMAL

Streams = tuple[int, str, str]


class Shell:
    """Runs commands in this process, in a folder of answer files."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.capsys = capsys

    def __call__(self, *arguments: str | Path) -> Streams:
        self.capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        out, err = self.capsys.readouterr()
        return code, out, err

    def file(self, name: str, text: str = MINIMAL) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def files(self) -> set[str]:
        found = self.folder.rglob("*")
        return {str(path.relative_to(self.folder)) for path in found if path.is_file()}


def give(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Puts text on standard input."""
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(text.encode())))
