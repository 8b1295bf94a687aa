"""`impactbrief check`: no file is left out in silence."""

import errno
import json
import os
from pathlib import Path

import pytest

from tests.answer_files import MINIMAL
from tests.cli.shell import Shell


@pytest.mark.parametrize("command", ["check", "status", "render", "portfolio"])
def test_a_folder_without_answer_files_stays_alone(shell: Shell, command: str) -> None:
    """It is told, and the other files have what was asked for."""
    (shell.folder / "empty").mkdir()
    shell.file("a.yaml")
    to = ("--to", "md") if command in ("render", "portfolio") else ()
    code, out, err = shell(command, "empty", "a.yaml", *to)
    assert code == (1 if to else 3)
    assert "no answer file in this folder" in out + err
    assert "a.yaml" in out or "a.md" in err or "A brief" in out


def test_what_is_for_programs_names_the_folder_too(shell: Shell) -> None:
    """A list is a list, whatever stands in it."""
    (shell.folder / "empty").mkdir()
    shell.file("a.yaml")
    code, out, _err = shell("check", "empty", "a.yaml", "--format", "json")
    assert code == 3
    assert {entry["file"] for entry in json.loads(out)} == {"empty", "a.yaml"}
    code, out, _err = shell("check", "empty", "a.yaml", "--format", "github")
    assert code == 3
    assert out.startswith("::error file=empty,")
    assert "::warning file=a.yaml," in out


def test_files_that_are_no_utf_8_or_have_a_quoted_key_are_checked(shell: Shell) -> None:
    """Below a folder as by name."""
    shell.file("in/a.yaml", MINIMAL.replace("impactbrief", '"impactbrief"', 1))
    shell.file("in/b.yaml").write_bytes(MINIMAL.encode("utf-16"))
    code, out, _err = shell("check", "in")
    assert code == 3
    assert "in/a.yaml:" in out
    assert "in/b.yaml:1:1: problem: This file is not text in UTF-8." in out


def test_files_that_could_not_be_read_are_counted(shell: Shell) -> None:
    """Below them stands no nought."""
    code, _out, err = shell("check", "one.yaml", "two.yaml")
    assert (code, err) == (3, "Files that could not be read: 2.\n")
    shell.file("a.yaml")
    err = shell("check", "one.yaml", "a.yaml")[2]
    assert err.splitlines()[0].startswith("Problems: 0. Gaps: ")
    assert err.splitlines()[1:] == ["Files that could not be read: 1."]


@pytest.mark.parametrize("command", ["check", "status", "render", "portfolio"])
def test_a_named_file_that_can_not_be_read_fails_alone(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """With its own message, and the others have what was asked for."""
    real = os.open

    def opened(path: str | Path, *rest: int) -> int:
        if Path(path).name == "locked.yaml":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return real(path, *rest)

    monkeypatch.setattr(os, "open", opened)
    monkeypatch.setattr(os, "access", lambda path, _mode: Path(path).name != "locked.yaml")
    shell.file("locked.yaml")
    shell.file("a.yaml")
    to = ("--to", "md") if command in ("render", "portfolio") else ()
    code, out, err = shell(command, "locked.yaml", "a.yaml", *to)
    assert code == (1 if to else 3)
    assert "locked.yaml: " in out + err
    assert "This file can't be read: Permission denied." in out + err
    assert "a.yaml" in out or "a.md" in err or "A brief" in out
    assert shell(command, "locked.yaml", *to)[0] == 3
