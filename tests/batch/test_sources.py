"""Which answer files a command is about."""

import errno
import os
from pathlib import Path
from typing import NoReturn

import pytest

from impactbrief.batch.sources import Source, is_answer_file, sources
from impactbrief.errors import InputError
from tests.answer_files import MINIMAL


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with answer files at several depths, and much that is none."""
    monkeypatch.chdir(tmp_path)
    for name in ("in/b.yaml", "in/a.yml", "in/deep/er/c.yaml", "in/.hidden/d.yaml", "in/.e.yaml"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(MINIMAL, encoding="utf-8")
    (tmp_path / "in" / "other.yaml").write_text("title: Not one of ours\n", encoding="utf-8")
    (tmp_path / "in" / "commented.yaml").write_text("# impactbrief: 1\n", encoding="utf-8")
    (tmp_path / "in" / "answers.txt").write_text(MINIMAL, encoding="utf-8")
    return tmp_path


def test_a_folder_is_searched_at_every_depth(tree: Path) -> None:
    """In an order that doesn't depend on the disk, with the folders between."""
    assert sources(["in"]) == [
        Source("in/a.yml", Path()),
        Source("in/b.yaml", Path()),
        Source("in/deep/er/c.yaml", Path("deep/er")),
    ]
    assert sources([str(tree)])[0].name == str(tree / "in" / "a.yml")


def test_a_file_that_is_named_always_counts(tree: Path) -> None:
    """Whatever its ending, hidden or not, there or not: reading it will say what is wrong."""
    names = ["in/answers.txt", "in/.e.yaml", "in/other.yaml", "in/missing.yaml"]
    assert [source.name for source in sources(names)] == names
    assert tree.is_dir()


def test_a_file_counts_once(tree: Path) -> None:
    """However it was reached: by name, through its folder, through a link."""
    (tree / "link.yaml").symlink_to(tree / "in" / "b.yaml")
    names = [
        source.name for source in sources(["in/b.yaml", "in", "./in/b.yaml", "link.yaml", "in"])
    ]
    assert names == ["in/b.yaml", "in/a.yml", "in/deep/er/c.yaml"]
    assert [source.name for source in sources(["-", "-"])] == ["-"]


def test_links_to_folders_are_passed_over_and_to_files_followed(tree: Path) -> None:
    """A loop is no trap; a folder of links is a folder."""
    (tree / "in" / "loop").symlink_to(tree / "in", target_is_directory=True)
    links = tree / "links"
    links.mkdir()
    (links / "l.yaml").symlink_to(tree / "in" / "b.yaml")
    (links / "broken.yaml").symlink_to(tree / "nowhere")
    (links / "itself.yaml").symlink_to(links / "itself.yaml")
    assert len(sources(["in"])) == 3
    assert [source.name for source in sources(["links"])] == ["links/l.yaml"]
    assert sources(["in/loop"])[0].name == "in/loop/a.yml"


def test_names_that_can_not_be_are_left_to_reading(tree: Path) -> None:
    """A loop of links, a name that is too long: told later, not raised here."""
    itself = tree / "itself.yaml"
    itself.symlink_to(itself)
    names = [str(itself), "n" * 5000, "a/" * 3000]
    assert [source.name for source in sources(names)] == names


def test_a_folder_without_answer_files_is_told(tree: Path) -> None:
    """Each of them, and the others are found."""
    for name in ("empty", "none"):
        (tree / name).mkdir()
    found = sources(["empty", "in", "none"])
    assert [source.name for source in found if source.problem] == ["empty", "none"]
    assert len(found) == 5
    with pytest.raises(InputError, match="empty: There is no answer file in this folder"):
        found[0].raise_problem()


def closed(path: object, *_arguments: object) -> NoReturn:
    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))


@pytest.mark.parametrize("top", ["in", "in/deep"])
def test_a_folder_that_can_not_be_looked_into_is_told(
    tree: Path, monkeypatch: pytest.MonkeyPatch, top: str
) -> None:
    """There may be answer files in it."""
    assert (tree / top).is_dir()
    scandir = os.scandir
    monkeypatch.setattr(
        os, "scandir", lambda path: closed(path) if str(path) == "in/deep" else scandir(path)
    )
    [problem] = [source.problem for source in sources([top]) if source.problem]
    assert problem.place.file == "in/deep"
    assert problem.what == "This folder can't be read: Permission denied."


def test_a_file_that_can_not_be_looked_into_counts(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be an answer file; reading it will say what is wrong."""
    real = os.open

    def opened(path: str | Path, flags: int) -> int:
        return closed(path) if Path(path).name == "b.yaml" else real(path, flags)

    monkeypatch.setattr(os, "open", opened)
    assert "in/b.yaml" in [source.name for source in sources(["in"])]
    assert tree.is_dir()


def test_what_makes_a_file_an_answer_file(tmp_path: Path) -> None:
    """A line that begins with the format's key; a pipe is never waited for."""
    for text, expected in (
        (MINIMAL, True),
        ("\ufeff" + MINIMAL, True),
        ("# first\r\nimpactbrief: 1\r\n", True),
        ("  impactbrief: 1\n", False),
        ("{impactbrief: 1}\n", False),
        ('"impactbrief": 1\n', True),
        ("# first\n'impactbrief' : 1\n", True),
        ("\"impactbrief': 1\n", False),
        ("impactbriefs: 1\n", False),
        ("", False),
    ):
        path = tmp_path / "a.yaml"
        path.write_bytes(text.encode())
        assert is_answer_file(path) is expected, text
    path = tmp_path / "utf-16.yaml"
    for encoding in ("utf-16", "utf-16-be"):  # so that somebody learns that it has to be UTF-8
        path.write_bytes(MINIMAL.encode(encoding))
        assert is_answer_file(path)
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    assert not is_answer_file(pipe)
    assert not is_answer_file(tmp_path)
    assert not is_answer_file(tmp_path / ("n" * 400))
