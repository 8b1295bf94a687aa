"""What Fontconfig is told of our typefaces, and where that lies."""

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from impactbrief.render import fontconfig, fonts


@pytest.fixture
def fresh_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of this test's own, whose name needs care in XML."""
    folder = tmp_path / "a & b"
    folder.mkdir()
    monkeypatch.setattr(fontconfig, "store", lambda: (folder, True))
    monkeypatch.setenv("FONTCONFIG_FILE", "")
    monkeypatch.setenv("FONTCONFIG_PATH", "")
    return folder


def test_configuration_is_written_once_and_named_by_its_content(fresh_store: Path) -> None:
    """A second call finds the file as it is; other rules make another file."""
    first = fontconfig.configure()
    written = first.stat().st_mtime_ns
    assert fontconfig.configure() == first
    assert first.stat().st_mtime_ns == written
    assert os.environ["FONTCONFIG_FILE"] == str(first)
    assert fontconfig.configure(system=False) != first
    assert first.is_relative_to(fresh_store)


def test_configuration_names_our_folders_before_the_systems(fresh_store: Path) -> None:
    """Without the system's fonts, ours are the only ones; names are written as XML text."""
    ours = [str(folder) for folder in fonts.folders()]
    assert fresh_store.name == "a & b"

    def named(path: Path) -> list[str]:
        tree = ElementTree.parse(path)
        assert tree.findtext("cachedir", "").startswith(str(fresh_store))
        return [element.text or "" for element in tree.iter("dir")]

    assert named(fontconfig.configure(system=False)) == ours
    theirs = [str(folder) for folder in fonts.system_folders()]
    assert named(fontconfig.configure()) == [*ours, *theirs]


def test_a_home_that_cannot_be_written_to_does_no_harm(tmp_path: Path) -> None:
    """The configuration then lies in a temporary folder, which goes with the process."""
    blocked = tmp_path / "file"
    blocked.touch()  # a file where a folder should be stops root too
    script = (
        "from impactbrief.render.fontconfig import configure, store\n"
        "print(configure()); print(store()[1])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=os.environ | {"XDG_CACHE_HOME": str(blocked), "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    path, lasting = done.stdout.split()
    assert lasting == "False"
    assert path.startswith(str(tmp_path))
    assert list(tmp_path.iterdir()) == [blocked]


def test_processes_configure_at_the_same_time(tmp_path: Path) -> None:
    """All end with the same whole file and leave nothing beside it."""
    script = "from impactbrief.render import fontconfig; print(fontconfig.configure())"
    running = [
        subprocess.Popen(
            [sys.executable, "-c", script],
            env=os.environ | {"XDG_CACHE_HOME": str(tmp_path)},
            stdout=subprocess.PIPE,
            text=True,
        )
        for _number in range(4)
    ]
    answers = {process.communicate()[0].strip() for process in running}
    assert len(answers) == 1
    path = Path(answers.pop())
    ElementTree.parse(path)
    assert list(path.parent.iterdir()) == [path]
