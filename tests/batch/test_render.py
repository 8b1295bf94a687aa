"""`impactbrief render` over many files, as a real process with real workers."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from impactbrief.batch.task import Reply, Task, make
from tests.answer_files import BROKEN
from tests.batch.command import Shop, contents, report, states


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


def test_the_summary_says_where_a_failure_lies(
    shop: Shop, render: Callable[..., tuple[int, str]]
) -> None:
    """Where it isn't in the answer file itself, but in what many have in common."""
    (shop.hanging_templates() / "house.yaml").write_text("licence: [\n")
    for name in ("a", "b"):
        shop.brief(f"in/{name}.yaml")
    (shop.folder / "in/tab.yaml").write_text("impactbrief: 1\ndocument:\n\ttitle: Tab\n")
    _code, said = render("in", "--to", "md", "-o", "out", "--template", "templates")
    summary = said[said.index("3 of 3 files failed:") :]
    assert summary.count("yaml: templates/house.yaml:2:1: ") == 2
    assert "  in/tab.yaml: A tab is used for indentation." in summary


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
