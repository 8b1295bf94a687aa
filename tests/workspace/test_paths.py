"""Paths as people type and see them."""

from pathlib import Path

import pytest

from impactbrief.workspace.paths import hidden, is_file, is_folder, is_there, shown, typed
from impactbrief.workspace.recent import Recent

LONG = "x" * 300


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder, in which the test is."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_what_is_typed(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Home, variables and blanks around it are understood; nothing is where one is."""
    monkeypatch.setenv("WORK", "some/where")
    assert typed(" ~/a b ").path == home / "a b"
    assert typed("$WORK/x").path == Path("some/where/x")
    assert typed("").path == Path()
    assert not typed("a~b$").trouble


@pytest.mark.parametrize("text", ["~b", "~nobody-of-this-name/x", "a\0b"])
def test_what_can_be_no_path_says_so(text: str) -> None:
    """In words, and nothing fails."""
    assert typed(text).trouble


@pytest.mark.parametrize("name", [LONG, "a\0b"])
def test_looking_never_fails(name: str) -> None:
    """What can't be looked at is not there, and there is a reason."""
    path = Path(name)
    assert not is_file(path)
    assert not is_folder(path)
    assert not is_there(path)
    assert hidden(path)
    assert not Recent(name, "", 0, 0, "").there


def test_a_folder_that_one_may_not_enter(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reason is the system's; what is not there has none."""

    def refuse(self: Path) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    assert not hidden(Path("nothing/here"))
    monkeypatch.setattr(Path, "stat", refuse)
    assert hidden(Path("locked/brief.yaml")) == "Permission denied"


def test_what_is_shown(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The home folder is `~`, but not what is only called like it; a folder ends with a slash."""
    assert shown(home / "a") == "~/a"
    assert shown(Path("a"), folder=True) == "~/a/"
    assert shown(home) == "~"
    assert shown(Path(f"{home}-other")) == f"{home}-other"
    assert shown(Path("/"), folder=True) == "/"
    monkeypatch.setenv("HOME", "/")
    assert shown(Path("/srv/a")) == "/srv/a"


def test_a_working_folder_that_is_gone(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path is still shown, as far as it is known."""
    gone = home / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert shown(Path("a")) == "a"
    monkeypatch.chdir(home)
