"""Where documents go: their names, and writing them whole or not at all."""

import os
import resource
import stat
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from impactbrief.batch.outputs import plan, write
from impactbrief.batch.sources import Source
from impactbrief.errors import OutputError
from tests.batch.command import Shop, contents, states

ONE = [Source("in/a.yaml", Path())]


def targets(
    found: list[Source], output: str | None, *, to: str = "md", documents: str = "brief"
) -> list[str]:
    return [str(job.target) for job in plan(found, documents.split(","), to.split(","), output)]


def test_names_say_which_document_and_format() -> None:
    """Beside the answer file, under its name."""
    assert targets(ONE, None, to="md,pdf", documents="brief,one-page,table") == [
        "in/a.md", "in/a.pdf", "in/a.one-page.md", "in/a.one-page.pdf", "in/a.table.md",
        "in/a.table.pdf",
    ]  # fmt: skip
    assert targets([Source("no-ending", Path())], None) == ["no-ending.md"]
    assert targets([Source("v1.2.yaml", Path())], None) == ["v1.2.md"]


@pytest.mark.parametrize(
    ("output", "to", "expected"),
    [
        ("out.md", "md", ["out.md"]),
        ("out.html/", "md", ["out.html/a.md"]),
        ("out", "md", ["out/a.md"]),
        ("out.md/", "md,html", ["out.md/a.md", "out.md/a.html"]),
        ("out/", "md", ["out/a.md"]),
    ],
)
def test_output_is_a_file_where_it_is_the_only_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str, to: str, expected: list[str]
) -> None:
    """It has the format's ending and is no folder; else it is a folder."""
    monkeypatch.chdir(tmp_path)
    assert targets(ONE, output, to=to) == expected
    (tmp_path / "out.md").mkdir()
    if output == "out.md":
        assert targets(ONE, output) == ["out.md/a.md"]


@pytest.mark.parametrize(("output", "to"), [("out.pdf", "md,html,pdf"), ("out.html", "md")])
def test_a_folder_is_not_called_like_a_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str, to: str
) -> None:
    """Somebody meant a file; the way to one is told, and that to such a folder."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(OutputError, match="would be a folder") as caught:
        targets(ONE, output, to=to)
    [problem] = caught.value.problems
    assert f"--to {output[4:]}." in problem.hint
    assert "slash" in problem.hint
    (tmp_path / output).mkdir()
    assert targets(ONE, output, to=to)[0] == f"{output}/a.md"


def test_a_tree_is_kept() -> None:
    """Two files of one name in different folders don't meet."""
    found = [Source("in/x/a.yaml", Path("x")), Source("in/y/a.yaml", Path("y"))]
    assert targets(found, "out") == ["out/x/a.md", "out/y/a.md"]


def test_standard_output_is_for_one() -> None:
    """And standard input has no folder of its own."""
    stdin = [Source("-", Path())]
    assert plan(stdin, ["brief"], ["md"], "-")[0].target is None
    assert targets(stdin, "out") == ["out/brief.md"]
    for found, output, to in (
        (ONE, "-", ["md", "html"]),
        (ONE * 2, "-", ["md"]),
        (stdin, None, ["md"]),
    ):
        with pytest.raises(OutputError) as caught:
            plan(found, ["brief"], to, output)
        assert caught.value.problems[0].hint


def test_documents_never_meet_and_never_replace_an_input(tmp_path: Path) -> None:
    """All that would is told at once, before anything is written."""
    for found, output in (
        ([Source("x/a.yaml", Path()), Source("y/a.yaml", Path())], "out"),
        ([Source("x/a.yaml", Path()), Source("y/A.yaml", Path())], "out"),
        ([Source("x/a.yaml", Path()), Source("x/a.yml", Path())], None),
        ([Source("x/a.md", Path())], None),
        ([Source("x/a.yaml", Path()), Source("x/a.md", Path())], None),
    ):
        with pytest.raises(OutputError):
            plan(found, ["brief"], ["md"], output)
    source = tmp_path / "real.md"
    link = tmp_path / "link.md"
    source.write_text("x", encoding="utf-8")
    link.symlink_to(source)
    with pytest.raises(OutputError, match="is not replaced"):
        plan([Source(str(source), Path())], ["brief"], ["md"], str(link))


def test_a_document_is_written_whole(tmp_path: Path) -> None:
    """With folders made, with the usual permissions, and nothing left beside it."""
    path = tmp_path / "new" / "folder" / "a.md"
    before = os.umask(0o022)
    try:
        write(path, b"one")
        write(path, b"two")
    finally:
        os.umask(before)
    assert path.read_bytes() == b"two"
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    assert list(path.parent.iterdir()) == [path]


def test_nothing_takes_the_place_of_a_device(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even where the user may do that: whatever wrote to it would write to a file."""

    def harm(**_options: object) -> NoReturn:
        pytest.fail("it was about to be replaced")

    monkeypatch.setattr("tempfile.mkstemp", harm)
    for name in ("stdout", "null"):
        with pytest.raises(OutputError, match="For standard output, write “-”"):
            write(Path("/dev", name), b"x")


def test_a_document_keeps_its_permissions(tmp_path: Path) -> None:
    """What was hidden from others stays so when it is made again."""
    path = tmp_path / "a.md"
    for mode in (0o600, 0o664):
        path.touch()
        path.chmod(mode)
        write(path, b"anew")
        assert stat.S_IMODE(path.stat().st_mode) == mode


def test_what_stands_in_the_way_is_told(tmp_path: Path) -> None:
    """A file where a folder should be, a folder where the file should be, too long a name."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    (tmp_path / "a.md").mkdir()
    for path in (tmp_path / "file" / "a.md", tmp_path / "a.md", tmp_path / ("n" * 300 + ".md")):
        with pytest.raises(OutputError) as caught:
            write(path, b"x")
        assert caught.value.problems[0].place.file == str(path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.md", "file"]


def test_two_files_for_one_output_are_refused_at_once(
    shop: Shop, render: Callable[..., tuple[int, str]]
) -> None:
    """Before anything is written, with both names."""
    shop.brief("in/a.yaml")
    shop.brief("in/a.yml")
    code, said = render("in", "--to", "md,html", "-o", "out")
    assert code == 2
    assert "in/a.yaml" in said
    assert "in/a.yml" in said
    assert not (shop.folder / "out").exists()


@pytest.fixture
def small_disk(shop: Shop) -> Iterator[Path]:
    """A disk of one megabyte."""
    disk = shop.folder / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(disk)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("only root may mount a disk, and not everywhere")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def test_a_disk_that_is_full_and_one_that_is_read_only(
    shop: Shop, small_disk: Path, render: Callable[..., tuple[int, str]]
) -> None:
    """What fits is written whole, the rest is told; nothing half-written stays; the same run again
    makes what is missing once there is room."""
    for name in "abcdef":
        shop.brief(f"in/{name}.yaml", name, f"sections: {{context: {'long ' * 2_000}}}\n")
    (small_disk / "filling").write_bytes(bytes(2**20 - 50_000))
    arguments = ("in", "--to", "md", "-o", "disk/out", "--report", "report.json")
    code, said = render(*arguments, "--jobs", "2")
    assert code == 1, said
    found = states(shop)
    written = {name for name, state in found.items() if state == "written"}
    assert 0 < len(written) < len(found)
    for name in found.keys() - written:
        assert f"disk/out/{name}: This document can't be written: No space left on device." in said
    assert set(contents(small_disk / "out")) == written

    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    code, said = render(*arguments, "--jobs", "2")
    assert code == 1, said
    for name in found.keys() - written:
        assert f"disk/out/{name}: This document can't be written: Read-only file system." in said
    assert {name for name, state in states(shop).items() if state == "skipped"} == written

    subprocess.run(["mount", "-o", "remount,rw,size=4m", str(small_disk)], check=True)
    code, said = render(*arguments, "--jobs", "2")
    assert code == 0, said
    assert set(contents(small_disk / "out")) == set(found)


def test_outputs_that_cant_be_written(shop: Shop, render: Callable[..., tuple[int, str]]) -> None:
    """A folder that is a file, one of a system that takes none, and a disk without room."""
    shop.brief("in/plain.yaml")
    shop.brief("in/long.yaml", more=f"sections: {{context: {'long ' * 8_000}}}\n")
    (shop.folder / "file").touch()
    for folder in ("file", "/proc/impactbrief"):
        code, said = render("in", "--to", "md", "-o", folder)
        assert code == 1
        assert f"{folder}/plain.md: This document can't be written:" in said
    code, said = render("in/plain.yaml", "--to", "md", "-o", "file/deeper")
    assert "file/deeper/plain.md: This document can't be written: Not a directory." in said
    assert "“file” is no folder. Choose another name." in said
    code, said = render("in/plain.yaml", "--to", "md", "-o", "/dev/stdout")
    assert (code, said.splitlines()[1]) == (4, "  For standard output, write “-”.")

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))

    code, said = shop.run("in", "--to", "md", "-o", "out", preexec=little_room)
    assert code == 1, said
    assert "out/long.md: This document can't be written: File too large." in said
    assert set(contents(shop.folder / "out")) == {"plain.md"}
