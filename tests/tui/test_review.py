"""The review: each finding leads to where it is mended."""

import shutil
from pathlib import Path

import pytest

from impactbrief.tui.screens.review import ReviewScreen
from impactbrief.tui.screens.start import StartScreen
from impactbrief.tui.screens.work import WorkScreen
from tests.answer_files import MINIMAL, ROOT
from tests.tui.person import Person, person


@pytest.fixture
def file(home: Path) -> Path:
    return Path(shutil.copy(ROOT / "examples" / "draft-platform-id-bill.yaml", home))


def over(who: Person) -> type[object]:
    """The kind of screen that is shown."""
    return type(who.app.screen)


@pytest.mark.parametrize("downs", [0, 1, 5])
async def test_enter_goes_to_the_finding(file: Path, downs: int) -> None:
    """Enter on any line leads to its page, and what is typed next lands there."""
    async with person(file, size=(100, 30)) as who:
        await who.work.go("common-identifiers", 2)
        await who.press("ctrl+r")
        assert over(who) is ReviewScreen
        await who.press(*["down"] * downs, "enter")
        await who.pilot.pause(0.3)
        assert over(who) is WorkScreen
        assert len(who.app.screen_stack) == 2
        assert who.app.focused is not None
        await who.press("ctrl+o")
        await who.type("privacy\n")
        await who.press("ctrl+n")
        await who.type("Typed on.")
        assert "Typed on." in str(who.value("assessment", "privacy", "effect_on_internet"))


async def test_a_click_goes_there_too(file: Path) -> None:
    """The same by mouse."""
    async with person(file, size=(100, 30)) as who:
        await who.press("ctrl+r")
        line = next(line for line in who.lines if line.startswith("  ! "))
        await who.click(line.strip()[:30])
        await who.pilot.pause(0.3)
        assert over(who) is WorkScreen


async def test_the_brief_can_be_closed_by_mouse(file: Path) -> None:
    """Menu, “Close this brief”: the screen whose button it was is gone, and the start is there."""
    async with person(file, size=(100, 40)) as who:
        await who.click("Menu")
        await who.click("Close this brief")
        await who.pilot.pause(0.5)
        assert over(who) is StartScreen
        await who.press("h")
        await who.wait("How it works")


async def test_topics_of_one_name_are_told_apart(home: Path) -> None:
    """The same question about how a proposal was made and about how it would govern."""
    path = home / "brief.yaml"
    path.write_text(MINIMAL)
    async with person(path) as who:
        await who.press("ctrl+r")
        listed = [line.strip() for line in who.listed("#found")]
        assert len(set(listed)) == len(listed)
