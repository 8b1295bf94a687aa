"""The menu, notes, help, and what they lead to."""

import shutil
from pathlib import Path

from impactbrief.tui.screens.dialogs import Asking
from impactbrief.tui.screens.menu import MenuScreen, commands
from impactbrief.tui.screens.notes import NotesScreen
from impactbrief.tui.screens.reading import GuideScreen, HelpScreen
from impactbrief.tui.screens.start import StartScreen
from tests.answer_files import ROOT
from tests.tui.person import person


async def test_every_command_runs(file: Path) -> None:
    """Whatever the menu offers can be done: nothing fails, and Escape leads back."""
    async with person(file) as who:
        await who.work.go("privacy", 1)
        await who.type("Words")
        found = [each for _group, each in commands(who.app)]
        names = [command.name for group in found for command in group]
        assert len(names) == len(set(names))
        assert len(names) > 20
        leaving = ("Close this brief", "Save and quit", "Write in your own editor")
        for name in names:
            if name.startswith(leaving) or name.startswith("Language"):
                continue
            await who.press("f2")
            assert isinstance(who.app.screen, MenuScreen), name
            await who.type(name)
            assert who.highlighted("#commands").strip().startswith(name)
            await who.press("enter")
            await who.pilot.pause(0.05)
            assert not any(isinstance(screen, MenuScreen) for screen in who.app.screen_stack), name
            for _time in range(4):
                if who.app.screen is not who.app.screen_stack[1]:
                    await who.press("escape")
            assert who.work, name
            await who.work.go("privacy", 1)


async def test_menu_by_mouse_and_by_escape(file: Path) -> None:
    """The menu opens by its button, and by Escape twice; Escape closes it."""
    async with person(file) as who:
        await who.click(" Menu ")
        assert isinstance(who.app.screen, MenuScreen)
        await who.press("escape", "escape", "escape")
        assert isinstance(who.app.screen, MenuScreen)
        await who.press("escape")
        assert who.work


async def test_a_menu_that_finds_nothing_says_so(file: Path) -> None:
    """Enter does nothing then; other words find something again."""
    async with person(file) as who:
        await who.press("f2")
        await who.type("zzz")
        await who.wait("No command holds these words.")
        await who.press("enter", "backspace", "backspace", "backspace")
        await who.type("copy")
        assert "Save a copy…" in who.screen
        assert "No command" not in who.screen


async def test_undo_says_what(file: Path) -> None:
    """The menu names the change that would be undone, and undoes it."""
    async with person(file) as who:
        await who.work.go("privacy", 0)
        await who.type("1")
        await who.press("f2")
        assert "Undo: Rate Privacy" in who.screen
        await who.type("undo\n")
        await who.pilot.pause(0.1)
        assert who.value("assessment", "privacy", "impact") is None


async def test_a_copy(file: Path) -> None:
    """Save a copy writes what is on the screen to another file, and goes on with the first."""
    async with person(file) as who:
        await who.work.go("privacy", 1)
        await who.type("Fresh words")
        await who.press("f2")
        await who.type("save a copy\n")
        await who.wait("Save here")
        await who.press("enter")
        await who.pilot.pause(0.2)
        assert who.app.desk is not None
        assert who.app.desk.workspace.path == file
    assert "Fresh words" in file.with_name("brief-copy.yaml").read_text()


async def test_closing_leads_to_the_start(file: Path) -> None:
    """Close this brief saves it and shows the start screen with it on top."""
    async with person(file) as who:
        await who.work.go("privacy", 1)
        await who.type("Last words")
        await who.press("f2")
        await who.type("close this\n")
        await who.wait("Continue")
        assert isinstance(who.app.screen, StartScreen)
        assert "Last words" in file.read_text()
        await who.press("enter")
        await who.wait("Last words")


async def test_notes(file: Path) -> None:
    """A private note is added, settled, undone; one that was not added yet is not lost."""
    async with person(file) as who:
        await who.work.go("privacy", 1)
        await who.press("f8")
        await who.type("Ask [the] ministry — soon\n")
        assert "[ ] Ask [the] ministry — soon" in who.screen
        await who.click("Resolve")
        assert "[x] Ask [the] ministry — soon" in who.screen
        await who.press("ctrl+z")
        assert "[ ] Ask" in who.screen
        await who.click("New note")
        note = who.app.screen
        assert isinstance(note, NotesScreen)
        note.set_focus(note.query_one("#note"))
        await who.type("typed only")
        await who.press("escape")
        await who.pilot.pause()
        notes = who.value("assessment", "privacy", "notes")
        assert isinstance(notes, list)
        texts = [note.get("text") for note in notes if isinstance(note, dict)]
        assert texts == ["Ask [the] ministry — soon", "typed only"]


async def test_help_and_guide(home: Path) -> None:
    """Help fits one screen; the guide has the meaning and a worked example."""
    file = Path(shutil.copy(ROOT / "examples" / "korea-interconnection.yaml", home))
    async with person(file) as who:
        await who.press("f1")
        assert isinstance(who.app.screen, HelpScreen)
        assert "Ctrl+Q" in who.screen
        await who.press("escape")
        await who.work.go("privacy", 1)
        await who.press("ctrl+g")
        assert isinstance(who.app.screen, GuideScreen)
        assert "Ask yourself" in who.screen
        await who.press("end")
        await who.wait("Example")
        await who.press("ctrl+g")
        assert who.work


async def test_where_is_my_file(file: Path) -> None:
    """The menu says where the file is; so does a click on the save state, but not on the title."""
    async with person(file) as who:
        await who.press("f2")
        await who.type("where is\n")
        await who.wait(str(file)[:40])
        assert isinstance(who.app.screen, Asking)
        await who.press("escape")
        await who.click("A brief")
        assert [note.message for note in who.app._notifications] == []
        await who.click("/30  ")
        assert [note.message for note in who.app._notifications] == [str(file)]


async def test_the_file_as_it_was_is_named_beside_it(file: Path) -> None:
    """Once something is saved, there is a copy of the file from before."""
    async with person(file) as who:
        await who.press("f2")
        await who.type("where is\n")
        await who.wait("Your file")
        assert "As it was" not in who.screen
        await who.press("escape")
        await who.type("New title")
        await who.press("ctrl+s")
        await who.wait("Saved")
        await who.press("f2")
        await who.type("where is\n")
        await who.wait(f"last worked on: {file.name}~")
        assert file.with_name(f"{file.name}~").exists()
