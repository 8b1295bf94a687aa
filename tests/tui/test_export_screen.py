"""The export screen: what is made, and where it goes."""

import shutil
from pathlib import Path

from tests.answer_files import ROOT
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
