"""`impactbrief render` over many files, as a real process with real workers."""

import json
import os
import resource
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from impactbrief.batch.record import place
from impactbrief.batch.task import Reply, Task, make
from impactbrief.cli import run
from tests.answer_files import BROKEN
from tests.batch.command import Shop, described, end, members, until, workers


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


@pytest.fixture
def render(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    """The command in this process, which saves its start-up: its exit code and what it said."""
    monkeypatch.chdir(shop.folder)
    monkeypatch.setenv("XDG_CACHE_HOME", str(shop.folder / "cache"))

    def call(*arguments: str | Path) -> tuple[int, str]:
        code = run(["render", *map(str, arguments)])
        return code, capsys.readouterr().err

    return call


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


def test_the_number_of_workers_changes_nothing(
    shop: Shop, render: Callable[..., tuple[int, str]]
) -> None:
    """One worker, three, or this process alone: the same bytes."""
    for number in range(2):
        shop.brief(f"in/f{number}.yaml", f"Brief {number}")
    code, said = shop.run("in", "--to", "md,pdf", "-o", "out1", "--jobs", "1")
    assert code == 0, said
    code, said = render("in", "--to", "md,pdf", "-o", "out3", "--jobs", "3")
    assert code == 0, said
    for number in range(2):
        code, said = render(f"in/f{number}.yaml", "--to", "md,pdf", "-o", "alone")
        assert code == 0, said
    made = contents(shop.folder / "out1")
    assert len(made) == 4
    assert made == contents(shop.folder / "out3")
    assert made == contents(shop.folder / "alone")


def test_each_trouble_stays_alone(shop: Shop) -> None:
    """A broken file, one that hangs and one that can't be read fail with their own message."""
    for number in range(4):
        shop.brief(f"in/f{number}.yaml", f"Brief {number}")
    shop.brief("in/hang.yaml", "HANG")
    (shop.folder / "in/tab.yaml").write_text("impactbrief: 1\ndocument:\n\ttitle: Tab\n")
    (shop.folder / "in/loop.yaml").symlink_to("loop.yaml")
    (shop.folder / "in/round").symlink_to(".")
    os.mkfifo(shop.folder / "in/pipe.yaml")
    templates = shop.hanging_templates()
    code, said = shop.run(
        "in", "missing.yaml", "in/pipe.yaml", "--to", "md,html", "-o", "out",
        "--template", templates, "--timeout", "1.5", "--report", "report.json",
    )  # fmt: skip
    assert code == 1, said
    assert "in/hang.yaml: This document was not ready after 1.5 s." in said
    assert "in/tab.yaml:3:1:" in said
    assert "missing.yaml: There is no such file." in said
    assert "in/pipe.yaml: This is not a regular file." in said
    assert "4 of 8 files failed:" in said
    found = states(shop)
    assert {name for name, state in found.items() if state == "failed"} == {
        "hang.md", "tab.md", "tab.html", "missing.md", "missing.html", "pipe.md", "pipe.html",
    }  # fmt: skip
    written = {name for name, state in found.items() if state == "written"}
    assert written == {f"f{n}.{e}" for n in range(4) for e in ("md", "html")} | {"hang.html"}
    assert set(contents(shop.folder / "out")) == written
    whole = report(shop)
    assert (whole["written"], whole["failed"], whole["skipped"]) == (9, 7, 0)
    assert whole["finished"]
    assert whole["memory"] > 10_000_000
    tab = next(file for file in whole["files"] if file["file"] == "in/tab.yaml")
    assert tab["problems"][0]["line"] == 3


def test_broken_files_among_good_ones(shop: Shop) -> None:
    """Every broken file of the corpus among forty good ones: each is told, with its line, what
    `check` says of it, there is no traceback, and all good ones are made."""
    shutil.copytree(BROKEN[0].parent, shop.folder / "in", symlinks=True)
    good = [f"good{number}" for number in range(40)]
    for name in good:
        shop.brief(f"in/{name}.yaml", name)
    os.mkfifo(shop.folder / "in/pipe.bib")
    shop.brief("in/with-pipe.yaml", "A pipe", "bibliography: [pipe.bib]\n")
    # named outright, since a folder leaves out what isn't an answer file at all
    broken = [f"in/{path.name}" for path in BROKEN]
    code, said = shop.run("in", *broken, "--to", "md", "-o", "out", "--report", "report.json")
    assert code == 1, said
    assert "Traceback" not in said
    assert "in/with-pipe.yaml:4:16: problem: Bibliography pipe.bib: " in said
    found = states(shop)
    assert len(found) == len(BROKEN) + 41
    assert [name for name in (*good, "with-pipe") if found[f"{name}.md"] != "written"] == []
    made = contents(shop.folder / "out")
    assert all(name.encode() in made[f"{name}.md"] for name in good)
    told = {Path(file["file"]).name: file["problems"] for file in report(shop)["files"]}
    for name, expected in places_of_check().items():
        places = [f"{problem['line']}:{problem['column']}" for problem in told[name]]
        assert expected <= set(places), name
        if found[f"{Path(name).stem}.md"] == "failed":
            assert f"in/{name}:{places[0]}: " in said


def places_of_check() -> dict[str, set[str]]:
    """For each broken file, where `check` finds problems."""
    blocks = (BROKEN[0].parent / "expected.txt").read_text(encoding="utf-8").split("\n\n")
    return {
        head.partition(":")[0]: {line.split(": ")[0].strip() for line in lines[::2]}
        for head, *lines in (block.strip().splitlines() for block in blocks)
    }


def test_unchanged_documents_are_not_made_again(
    shop: Shop, render: Callable[..., tuple[int, str]]
) -> None:
    """By content: answers, bibliographies, templates and the document itself; --force makes all."""
    shop.brief("in/plain.yaml")
    bibliography = shop.folder / "in/more.json"
    bibliography.write_text('[{"id": "a", "type": "book", "title": "A"}]')
    shop.brief("in/citing.yaml", "Citing", "bibliography: [more.json]\n")
    templates = shop.hanging_templates()
    arguments = (
        "in", "--to", "md,html", "-o", "out", "--template", templates, "--report", "report.json",
    )  # fmt: skip

    def made() -> set[str]:
        code, said = render(*arguments)
        assert code == 0, said
        return {name for name, state in states(shop).items() if state == "written"}

    everything = {"plain.md", "plain.html", "citing.md", "citing.html"}
    assert made() == everything
    assert made() == set()
    os.utime(shop.folder / "in/plain.yaml", (1, 1))  # time alone is no change
    assert made() == set()
    shop.brief("in/plain.yaml", "B brief")  # the same size
    assert made() == {"plain.md", "plain.html"}
    bibliography.write_text('[{"id": "a", "type": "book", "title": "B"}]')
    assert made() == {"citing.md", "citing.html"}
    (shop.folder / "out/plain.md").write_text("changed by hand")
    (shop.folder / "out/citing.html").unlink()
    assert made() == {"plain.md", "citing.html"}
    with (templates / "brief" / "brief.md.j2").open("a") as file:
        file.write("more\n")
    assert made() == everything
    code, _said = render(*arguments, "--force")
    assert code == 0
    assert set(states(shop).values()) == {"written"}
    code, _said = render(*arguments, "--paper", "letter")
    assert set(states(shop).values()) == {"written"}


RARE = "\U000f0001"
"""A letter that no font has."""


def rare_font(path: Path, height: int = 700) -> None:
    """A font that has it, as a box of this height."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for corner in ((100, height), (500, height), (500, 0)):
        pen.lineTo(corner)
    pen.closePath()
    box = pen.glyph()
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder([".notdef", "box"])
    font.setupCharacterMap({ord(RARE): "box"})
    font.setupGlyf({".notdef": box, "box": box})
    font.setupHorizontalMetrics({".notdef": (600, 100), "box": (600, 100)})
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": "Rare", "styleName": "Regular"})
    font.setupOS2(sTypoAscender=800, usWinAscent=800, usWinDescent=200)
    font.setupPost()
    path.parent.mkdir(parents=True, exist_ok=True)
    font.save(path)


def test_fonts_of_the_machine_count_where_they_show(
    shop: Shop, render: Callable[..., tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that is installed, replaced or removed: PDFs with letters that our fonts lack are made
    again, and those by templates of one's own, which may name any font; the others are not."""
    monkeypatch.setenv("XDG_DATA_HOME", str(shop.folder / "data"))
    shop.brief("rare.yaml", f"A {RARE}")
    shop.brief("plain.yaml")
    templates = shop.hanging_templates()
    rare, plain = ("rare.yaml", "-o", "out"), ("plain.yaml", "-o", "out")
    own = ("plain.yaml", "-o", "own", "--template", templates)

    def made() -> list[tuple[str | Path, ...]]:
        again: list[tuple[str | Path, ...]] = []
        for arguments in (rare, plain, own):
            code, said = render(*arguments, "--to", "pdf", "--report", "report.json")
            assert code == 0, said
            assert ("No font has the character" in said) == (
                arguments is rare and not font.exists()
            )
            if "written" in states(shop).values():
                again.append(arguments)
        return again

    font = shop.folder / "data" / "fonts" / "new" / "Rare.ttf"
    assert made() == [rare, plain, own]
    rare_font(font)
    assert made() == [rare, own]
    before = contents(shop.folder / "out")
    assert made() == []
    rare_font(font, 500)
    assert made() == [rare, own]
    after = contents(shop.folder / "out")
    assert after["rare.pdf"] != before["rare.pdf"]
    assert after["plain.pdf"] == before["plain.pdf"]
    font.unlink()
    assert made() == [rare, own]


def test_a_damaged_record_only_costs_time(
    shop: Shop, render: Callable[..., tuple[int, str]]
) -> None:
    """Whatever has become of it, the right documents are made, and nothing is said."""
    shop.brief("in/plain.yaml")
    arguments = ("in", "--to", "md", "-o", "out", "--report", "report.json")
    assert render(*arguments)[0] == 0
    before = contents(shop.folder / "out")
    record = place()

    def folder() -> None:
        record.unlink()
        record.mkdir()
        (record / "full").touch()

    for damage, mends in (
        (lambda: record.write_text("no database at all\n" * 100), True),
        (lambda: record.write_bytes(record.read_bytes()[:5000]), True),
        (folder, False),
    ):
        damage()
        code, said = render(*arguments)
        assert code == 0
        assert said.count("\n") <= 3, said
        assert states(shop) == {"plain.md": "written"}
        assert contents(shop.folder / "out") == before
        if mends:
            assert render(*arguments)[0] == 0
            assert states(shop) == {"plain.md": "skipped"}


def test_a_document_with_a_warning_is_made_each_time(
    shop: Shop, render: Callable[..., tuple[int, str]]
) -> None:
    """So that the warning is told each time."""
    shop.brief("in/odd.yaml", more="bibliography: [missing.bib]\n")
    first = render("in", "--to", "md")[1]
    assert "problem" in first
    assert render("in", "--to", "md")[1].splitlines()[:2] == first.splitlines()[:2]


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


@pytest.mark.parametrize(
    "name", ["a.yaml", "b.yaml", "link.yaml", "refs.json", "b.md", "B.MD", "folder.html/b.md"]
)
def test_a_report_replaces_reports_only(
    shop: Shop, render: Callable[..., tuple[int, str]], name: str
) -> None:
    """Not an answer file, an input or an output; what to do is told before anything is written."""
    shop.brief("a.yaml")
    shop.brief("b.yaml", more="bibliography: [refs.json]\n")
    (shop.folder / "refs.json").write_text("[]")
    (shop.folder / "link.yaml").symlink_to("b.yaml")
    before = contents(shop.folder)
    output = ("-o", "folder.html") if "/" in name else ()
    code, said = render("b.yaml", "--to", "md", *output, "--report", name)
    assert code == 2
    assert "--report" in said
    assert contents(shop.folder) == before


def test_a_report_takes_the_place_of_the_last_one(
    shop: Shop, render: Callable[..., tuple[int, str]]
) -> None:
    """And that of an empty file, as `mktemp` makes it."""
    shop.brief("a.yaml")
    (shop.folder / "report.json").touch()
    for state in ("written", "skipped"):
        assert render("a.yaml", "--to", "md", "--report", "report.json")[0] == 0
        assert states(shop) == {"a.md": state}


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

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))

    code, said = shop.run("in", "--to", "md", "-o", "out", preexec=little_room)
    assert code == 1, said
    assert "out/long.md: This document can't be written: File too large." in said
    assert set(contents(shop.folder / "out")) == {"plain.md"}


NAMES = [
    "with space", "'quotes' and \"more\"", "new\nline", "-dash", "--help", "\N{GRINNING FACE}",
    "\N{HEBREW LETTER ALEF}\N{HEBREW LETTER BET} (1)", "50%", "$HOME", "semi;colon", "tab\t",
    "\x1b[2Jwiped", "\N{RIGHT-TO-LEFT OVERRIDE}fdp", "end.", "end .", "back\\slash", "<b>&amp;",
    os.fsdecode(b"not-\xff-unicode"), "x" * 240,
]  # fmt: skip


def test_odd_names(shop: Shop) -> None:
    """Any name that a file can have is an ordinary name."""
    for name in NAMES:
        shop.brief(f"in/{name}.yaml")
    code, said = shop.run("in", "--to", "md", "-o", "out", "--report", "report.json")
    assert code == 0, said
    assert set(contents(shop.folder / "out")) == {f"{name}.md" for name in NAMES}
    assert "\x1b" not in said
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in said
    assert "new\\x0aline" in said
    assert report(shop)["written"] == len(NAMES)


def test_a_bug_is_told_with_lines_to_report(
    shop: Shop, render: Callable[..., tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As lines, and for its own file."""

    def broken(task: Task) -> Reply:
        if task.name == "bad.yaml":
            raise ZeroDivisionError("by nothing")
        return make(task)

    monkeypatch.setattr("impactbrief.batch.execute.make", broken)
    shop.brief("bad.yaml")
    code, said = render("bad.yaml", "--to", "md")
    assert code == 4, said
    assert said.startswith("bad.yaml: impactbrief itself failed on this file: ZeroDivisionError")
    assert '\n    raise ZeroDivisionError("by nothing")\n' in said


def test_fail_fast_stops_at_the_first_failure(shop: Shop) -> None:
    """What is done stays, what is under way is ended, the report says so."""
    shop.brief("in/a.yaml", "HANG")
    (shop.folder / "in/b.yaml").write_text("impactbrief: 1\ndocument:\n\ttitle: Tab\n")
    code, said = shop.run(
        "in", "--to", "md", "-o", "out", "--template", shop.hanging_templates(),
        "--fail-fast", "--report", "report.json",
    )  # fmt: skip
    assert code == 1, said
    assert states(shop) == {"a.md": "stopped", "b.md": "failed"}
    assert not report(shop)["finished"]


@pytest.mark.parametrize("moment", ["at once", "working"])
def test_ctrl_c(shop: Shop, moment: str) -> None:
    """Finished documents stay, no half-written one appears, everybody is gone within 2 s, 130."""
    for number in range(3):
        shop.brief(f"in/f{number}.yaml", f"Brief {number}")
    shop.brief("in/hang.yaml", "HANG")
    shop.brief("in/hang2.yaml", "HANG too")
    process = shop.start(
        "in", "--to", "md,pdf", "-o", "out", "--template", shop.hanging_templates(),
        "--report", "report.json",
    )  # fmt: skip
    try:
        out = shop.folder / "out"
        if moment == "working":
            assert until(lambda: len(list(out.glob("*.md"))) == 3)
        else:
            assert until(lambda: len(members(process.pid)) > 2)
        os.killpg(process.pid, signal.SIGINT)
        assert until(lambda: not workers(process.pid), 2), described(process.pid)
        said = process.communicate(timeout=10)[1].decode()
        assert process.returncode == 130, said
        assert "Traceback" not in said
        assert "Stopped." in said
    finally:
        end(process)
    assert set(states(shop).values()) <= {"written", "stopped"}
    made = {name for name, state in states(shop).items() if state == "written"}
    assert set(contents(out) if out.exists() else ()) == made
    if moment == "working":
        assert {"f0.md", "f1.md", "f2.md"} <= made


def test_a_command_that_is_killed_leaves_nobody_behind(shop: Shop) -> None:
    """Its workers notice, even one that hangs."""
    shop.brief("in/hang.yaml", "HANG")
    shop.brief("in/plain.yaml")
    process = shop.start(
        "in", "--to", "md", "-o", "out", "--template", shop.hanging_templates(), "--jobs", "2"
    )
    try:
        assert until(lambda: (shop.folder / "out/plain.md").exists())
        process.kill()
        process.wait()
        assert until(lambda: members(process.pid) == [], 5)
    finally:
        end(process)


def test_one_failure_keeps_its_own_exit_code(
    shop: Shop, render: Callable[..., tuple[int, str]]
) -> None:
    """One file has its own code, several end with 1; --quiet leaves what went wrong."""
    (shop.folder / "tab.yaml").write_text("impactbrief: 1\ndocument:\n\ttitle: Tab\n")
    code, said = render("tab.yaml", "--to", "md", "--quiet")
    assert code == 3
    assert said.startswith("tab.yaml:3:1: ")
    shop.brief("plain.yaml")
    assert render("plain.yaml", "--to", "md", "--quiet") == (0, "")
    assert render("plain.yaml", "tab.yaml", "--to", "md", "--quiet")[0] == 1
