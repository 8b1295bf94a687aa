"""`--report`: it takes the place of an earlier report, and of nothing else."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from impactbrief.batch.outputs import plan
from impactbrief.batch.report import Tally
from impactbrief.batch.run import Outcome, State
from impactbrief.batch.sources import Source
from tests.batch.command import Shop, contents, report, states


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
    output = ("-o", "folder.html/") if "/" in name else ()
    code, said = render("b.yaml", "--to", "md", *output, "--report", name)
    assert code == 2
    assert "--report" in said
    assert contents(shop.folder) == before


def test_a_folder_without_answer_files_stands_in_it(
    shop: Shop, render: Callable[..., tuple[int, str]]
) -> None:
    """Also where there is nothing else: whoever reads the report learns why."""
    (shop.folder / "empty").mkdir()
    assert render("empty", "--to", "md", "--report", "report.json")[0] == 3
    [file] = report(shop)["files"]
    assert file["file"] == "empty"
    assert file["problems"][0]["what"] == "There is no answer file in this folder."


def test_a_report_takes_the_place_of_the_last_one(
    shop: Shop, render: Callable[..., tuple[int, str]]
) -> None:
    """And that of an empty file, as `mktemp` makes it."""
    shop.brief("a.yaml")
    (shop.folder / "report.json").touch()
    for state in ("written", "skipped"):
        assert render("a.yaml", "--to", "md", "--report", "report.json")[0] == 0
        assert states(shop) == {"a.md": state}


def test_a_report_counts_the_gaps_of_what_is_unchanged(
    shop: Shop, render: Callable[..., tuple[int, str]]
) -> None:
    """As many as when it was rendered, in the report as in words; a broken file has no number."""
    shop.brief("in/a.yaml")
    (shop.folder / "in/broken.yaml").write_text("impactbrief: 1\ndocument: [\n")
    told = []
    for state in ("written", "skipped"):
        said = render("in", "--to", "md,html", "--report", "report.json")[1]
        a, broken = report(shop)["files"]
        assert {output["state"] for output in a["outputs"]} == {state}
        assert broken["gaps"] is None
        told.append((a["gaps"], re.findall("^in/a.yaml: (\\d+) gaps;", said, re.MULTILINE)))
    assert told[0] == told[1]
    assert told[0][1] == [str(told[0][0])]


def test_a_report_counts_the_workers_that_there_were(
    shop: Shop, render: Callable[..., tuple[int, str]]
) -> None:
    """None where this process made the documents, or nothing was to be made; no more than had
    something to do."""
    shop.brief("in/a.yaml")
    shop.brief("in/b.yaml")
    for arguments, workers in (
        (("in/a.yaml",), 0),
        (("in", "--jobs", "9"), 1),
        (("in", "--jobs", "9", "--force"), 2),
        (("in", "--jobs", "9"), 0),
    ):
        render(*arguments, "--to", "md", "-o", "out", "--report", "report.json")
        assert report(shop)["workers"] == workers


def test_a_report_holds_what_earlier_runs_made() -> None:
    """Of a document that is made again what came of it now, or that it was not tried any more."""
    jobs = plan([Source(f"{name}.yaml", Path()) for name in "abc"], ["brief"], ["md"], None)
    earlier = {job: Outcome(job, State.WRITTEN, gaps=2) for job in jobs}
    tally = Tally(jobs[1:], earlier)
    tally.add(Outcome(jobs[1], State.FAILED))
    made = tally.report(version="", workers=0, memory=0)
    assert [file["outputs"][0]["state"] for file in made["files"]] == [
        "written",
        "failed",
        "stopped",
    ]
    assert (made["written"], made["failed"], made["files"][0]["gaps"]) == (1, 1, 2)
    assert not made["finished"]
