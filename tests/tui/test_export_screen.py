"""The export screen: what is made, and where it goes."""

import json
import shutil
from pathlib import Path

import pytest

from impactbrief.tui.screens.export import ExportScreen
from impactbrief.tui.widgets.choices import ChoiceList
from impactbrief.tui.widgets.fields import LineField
from tests.answer_files import MINIMAL, ROOT
from tests.tui.person import Person, person


async def test_the_folder_is_walked_to(home: Path) -> None:
    """Somebody who types no paths reaches a folder by arrows and Enter; Escape changes nothing."""
    file = Path(shutil.copy(ROOT / "examples" / "korea-interconnection.yaml", home / "brief.yaml"))
    out = home / "Documents" / "out"
    out.mkdir()
    (out / "brief.pdf").write_text("an earlier one")
    async with person(file) as who:
        await who.app.show_review()
        await who.press("enter")  # nothing is open: Export is at hand
        await who.wait("Folder")
        await who.click("Choose…")
        await who.wait("A folder for the documents")
        await who.press("escape")
        assert "  ~/  " in who.screen
        await who.click("Choose…")
        await who.wait("A folder for the documents")
        for name in ("Documents/", "out/"):
            while not who.highlighted("#files").startswith(name):
                await who.press("down")
            await who.press("enter")
        await who.press("tab", "enter")
        await who.wait("  ~/Documents/out/  ")
        await who.wait("(is there already, will be replaced)")


async def test_the_last_export_is_offered_again(home: Path, file: Path) -> None:
    """The same documents, formats, paper and folder, also when the file is opened another day."""
    out = home / "out"
    out.mkdir()

    async def screen(who: Person) -> ExportScreen:
        await who.app.push_screen(ExportScreen(who.work.desk))
        await who.pilot.pause()
        assert isinstance(who.app.screen, ExportScreen)
        return who.app.screen

    async with person(file) as who:
        first = await screen(who)
        first.query_one("#folder", LineField).value = "~/out"
        await who.click("[ ] Preliminary table")
        await who.click("[x] PDF")
        await who.click("[ ] Markdown")
        await who.click("Letter")
        await who.click("Export    Stop")
        await who.wait("Done.")
    made = {path.name for path in out.iterdir()}
    assert made == {"brief.md", "brief.table.md"}
    async with person(file) as who:
        again = await screen(who)
        assert "[x] Preliminary table" in who.screen
        assert "[ ] PDF" in who.screen
        assert "[x] Markdown" in who.screen
        assert again.query_one("#paper", ChoiceList).value == "letter"
        assert {job.target.name for job in again.jobs() if job.target} == made
        assert "  ~/out/  " in who.screen


async def test_an_export_that_was_kept_damaged_is_none(home: Path, file: Path) -> None:
    """What can't be read, or is not known, is not offered; the rest of what was kept stays."""
    kept = home / "state" / "impactbrief" / "recent.json"
    kept.parent.mkdir(parents=True)
    entry = {"path": str(file), "title": "T", "done": 0, "total": 1, "at": "2026-01-01",
             "place": "assessment.privacy.impact"}  # fmt: skip
    for exported, lines in (
        ({"documents": 3}, ("[x] Internet Impact Brief", "[x] PDF")),
        ({"documents": ["tome", "table"], "formats": ["scroll"], "paper": "A0", "folder": "."},
         ("[x] Preliminary table", "[ ] PDF")),
    ):  # fmt: skip
        kept.write_text(json.dumps([{**entry, "exported": exported}]))
        async with person(file) as who:
            assert who.work.topic_id == "privacy"
            await who.app.push_screen(ExportScreen(who.work.desk))
            for line in lines:
                await who.wait(line)


@pytest.mark.parametrize("name", ["-", "x.pdf", "~/x.pdf"])
async def test_a_folder_is_a_folder(home: Path, name: str) -> None:
    """Also one that is called like a document, or like standard output."""
    file = home / "brief.yaml"
    file.write_text(MINIMAL)
    async with person(file) as who:
        await who.app.push_screen(ExportScreen(who.work.desk))
        screen = who.app.screen
        assert isinstance(screen, ExportScreen)
        screen.query_one("#folder", LineField).value = name
        await who.pilot.pause()
        assert "  brief.pdf\n" in who.screen
        [job] = screen.jobs()
        assert job.target is not None
        assert job.target.absolute() == home / name.removeprefix("~/") / "brief.pdf"


@pytest.mark.parametrize("name", ["~b", "x" * 300])
async def test_what_can_be_no_folder(home: Path, name: str) -> None:
    """It says so, and another one can still be walked to."""
    file = home / "brief.yaml"
    file.write_text(MINIMAL)
    async with person(file) as who:
        await who.app.push_screen(ExportScreen(who.work.desk))
        who.app.screen.query_one("#folder", LineField).value = name
        await who.pilot.pause()
        assert "! " in who.screen
        assert who.app.screen.query_one("#go").disabled
        await who.click("Choose…")
        await who.wait("A folder for the documents")
