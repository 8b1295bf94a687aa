"""The export screen: what is made, and where it goes."""

import shutil
from pathlib import Path

import pytest

from impactbrief.tui.screens.export import ExportScreen
from impactbrief.tui.widgets.fields import LineField
from tests.answer_files import MINIMAL, ROOT
from tests.tui.person import person


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
