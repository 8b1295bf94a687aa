"""A text in the user's own editor: what it leaves is taken whole, or kept where it is."""

import re
import stat
import tempfile
from pathlib import Path

import pytest

from impactbrief.errors import MachineError
from impactbrief.workspace import editor
from impactbrief.workspace.editor import edit_text


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the texts lie while they are edited."""
    texts = tmp_path / "texts"
    texts.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(texts))
    monkeypatch.delenv("VISUAL", raising=False)
    return texts


def use(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Makes an editor of some lines of shell; "$1" is the text's file."""
    command = folder.with_name("editor")
    command.write_text(f"#!/bin/sh\n{script}\n")
    command.chmod(command.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("EDITOR", str(command))


def refused(text: str = "Mine.") -> str:
    """What is said of an editor that could not be used."""
    with pytest.raises(MachineError) as caught:
        edit_text(text)
    [problem] = caught.value.problems
    return f"{problem.what} {problem.hint}"


def kept(folder: Path, said: str) -> bytes:
    """What stands in the file that is named."""
    [path] = folder.iterdir()
    assert str(path) in said
    return path.read_bytes()


def test_what_was_written_comes_back(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And nothing is left in the folder for temporary files, however quick the editor was."""
    use(folder, monkeypatch, "printf ' More.\\n' >> \"$1\"")
    assert edit_text("Mine.") == "Mine.\n More."
    assert list(folder.iterdir()) == []


def test_an_editor_that_does_not_wait(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its file stays for the window that is still open, and a command that waits is named."""
    use(folder, monkeypatch, "exit 0")
    said = refused()
    assert "code --wait" in said
    assert kept(folder, said) == b"Mine.\n"


def test_who_looks_and_changes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever takes a moment may leave the text as it is."""
    monkeypatch.setattr(editor, "AT_ONCE", 0.0)
    use(folder, monkeypatch, "exit 0")
    assert edit_text("Mine.") == "Mine."
    assert list(folder.iterdir()) == []


def test_text_that_is_none(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bytes that are no UTF-8 come back neither as they are nor as question marks."""
    use(folder, monkeypatch, "printf 'caf\\351' > \"$1\"")
    said = refused()
    assert "UTF-8" in said
    assert kept(folder, said) == b"caf\xe9"


def test_an_editor_that_fails_keeps_what_was_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Words that it saved before it failed are in a file that is named; else there is none."""
    use(folder, monkeypatch, "printf 'Words' > \"$1\"; exit 3")
    said = refused()
    assert re.search(r"failed: .* 3\.", said)
    assert kept(folder, said) == b"Words"
    next(folder.iterdir()).unlink()
    use(folder, monkeypatch, "exit 3")
    assert "as it was" in refused()
    assert list(folder.iterdir()) == []


def test_an_editor_that_takes_the_file_away(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has failed, in words."""
    use(folder, monkeypatch, 'rm "$1"')
    assert "failed" in refused()


def test_an_editor_that_is_not_there(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says so and leaves nothing behind."""
    monkeypatch.setenv("EDITOR", str(folder.with_name("nowhere")))
    assert "failed" in refused()
    assert list(folder.iterdir()) == []
