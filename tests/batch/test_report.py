"""`--report`: it takes the place of an earlier report, and of nothing else."""

from collections.abc import Callable

import pytest

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
