"""The start screen: recent files, new briefs, examples, files, looks."""

import json
from pathlib import Path

import pytest

from impactbrief.answers.file import read_answers
from impactbrief.tui.screens.files import FilesScreen
from impactbrief.tui.screens.new import NewScreen, free_path
from impactbrief.tui.screens.start import StartScreen
from impactbrief.tui.settings import Settings, load, settings_file
from impactbrief.tui.widgets.fields import LineField
from impactbrief.workspace import recent
from impactbrief.workspace.examples import examples
from tests.answer_files import EXAMPLES, MINIMAL
from tests.tui.person import Person, person


async def test_from_nothing_to_a_brief_by_keys(home: Path) -> None:
    """Five questions, all by keyboard and typed ahead, make a file and open it."""
    async with person() as who:
        await who.type("n")
        await who.type("Impact of the “Data” law\nData Retention Bill\n")
        await who.press("enter", "3", "enter")
        await who.type("France, EU\n")
        await who.press("enter", "2", "enter")
        await who.wait("impact-of-the-data-law.yaml")
        await who.press("enter")
        await who.wait("About the brief")

        assert who.value("document", "title") == "Impact of the “Data” law"
        assert who.value("proposal", "name") == "Data Retention Bill"
        assert who.value("proposal", "kind") == "directive"
        assert who.value("proposal", "jurisdictions") == ["France", "EU"]
        assert who.app.desk is not None
        assert who.app.desk.workspace.undo_label is None
        assert who.value("language") == "fr"
    assert (home / "Documents" / "impact-of-the-data-law.yaml").is_file()


async def test_by_mouse_alone() -> None:
    """Every step of making a brief can be clicked, but for the typing itself."""
    async with person() as who:
        await who.click("New brief")
        await who.type("A law")
        await who.click("Enter: choose")
        await who.click("Policy")
        await who.click("Create the brief")
        await who.wait("About the brief")

        assert who.value("proposal", "kind") == "policy"


async def test_a_title_is_needed() -> None:
    """Without a title nothing is made, and the cursor goes where it belongs."""
    async with person() as who:
        await who.type("n")
        await who.press("tab")
        await who.click("Create the brief")

        assert "A brief needs a title" in who.screen
        assert who.app.focused is not None
        assert who.app.focused.id == "title"


async def test_no_file_is_replaced(home: Path) -> None:
    """A name that is taken gets a number; typed by hand, it is refused."""
    taken = home / "Documents" / "a-law.yaml"
    taken.write_text(MINIMAL)
    async with person() as who:
        await who.type("nA law")
        assert "a-law-2.yaml" in who.screen
        screen = who.app.screen
        assert isinstance(screen, NewScreen)
        await who.press("shift+tab", "shift+tab", "shift+tab", "shift+tab")
        for _key in range(60):
            await who.pilot.press("backspace")
        await who.type(f"{taken}\n")
        assert "not replaced" in who.screen
    assert taken.read_text() == MINIMAL


async def rewrite(who: Person, field: str, text: str) -> None:
    """Empties a line and types another text into it."""
    line = who.app.screen.query_one(f"#{field}", LineField)
    who.app.screen.set_focus(line)
    line.value = ""
    await who.pilot.pause()
    await who.type(text)


@pytest.mark.parametrize(
    ("name", "trouble"),
    [
        ("", "The file needs a name."),
        ("~", "This is a folder. Add a name"),
        ("~b", "~b is nobody’s folder"),
        ("x" * 300, "too long"),
        ("~/nowhere/brief", "There is no folder"),
    ],
)
async def test_a_name_that_none_can_be(name: str, trouble: str) -> None:
    """A file that can't be made is named as such; what was answered so far stays."""
    async with person() as who:
        await who.type("nA law\nThe bill")
        await rewrite(who, "file", f"{name}\n")
        assert trouble in who.screen
        assert who.app.screen.query_one("#proposal", LineField).value == "The bill"


async def test_a_name_taken_away_comes_back(home: Path) -> None:
    """Whoever empties the file's name gets it from the title again."""
    async with person() as who:
        await who.type("nA law")
        await rewrite(who, "file", "")
        await rewrite(who, "title", "Another law")
        await who.click("Create the brief")
        await who.wait("About the brief")
    assert (home / "Documents" / "another-law.yaml").is_file()


@pytest.mark.parametrize("path", ["~b", "~/" + "x" * 300, "~/a\0b"])
async def test_opening_what_can_be_no_path(path: str) -> None:
    """It says what is wrong, at every key."""
    async with person() as who:
        await who.type("o")
        await rewrite(who, "path", "")
        await who.paste(path)
        await who.press("enter")
        assert isinstance(who.app.screen, FilesScreen)
        assert "!" in who.screen


async def test_recent_files_with_progress(home: Path) -> None:
    """What was worked on stands first, with its progress, and Enter goes on with it."""
    file = home / "brief.yaml"
    file.write_text(MINIMAL)
    async with person(file) as who:
        await who.wait("About the brief")
    async with person() as who:
        assert "A brief " in who.screen
        assert "of 30 done   today" in who.screen
        await who.press("enter")
        await who.wait("About the brief")


async def test_briefs_of_one_title_are_told_apart(home: Path) -> None:
    """By the names of their files."""
    for name in ("first.yaml", "second.yaml"):
        (home / name).write_text(MINIMAL)
        async with person(home / name):
            pass
    async with person() as who:
        for name in ("first.yaml", "second.yaml"):
            assert f"{name}: A brief" in who.screen


async def test_a_file_that_moved(home: Path) -> None:
    """A recent file that has gone is marked in words, and can be found or taken off."""
    file = home / "brief.yaml"
    file.write_text(MINIMAL)
    async with person(file):
        pass
    moved = file.rename(home / "Documents" / "moved.yaml")
    async with person() as who:
        assert "file moved" in who.screen
        await who.press("enter")
        await who.wait("no longer there")
        await who.press("enter")
        await who.wait("Find the file")
        assert isinstance(who.app.screen, FilesScreen)
        await who.click("Documents/")
        await who.wait("moved.yaml")
        await who.click("moved.yaml")
        await who.wait("About the brief")
        assert who.app.desk is not None
        assert who.app.desk.workspace.path == moved


async def test_a_file_that_is_not_there_can_be_made(home: Path) -> None:
    """A button makes it; nobody is sent to the command line."""
    async with person(home / "new.yaml") as who:
        await who.wait("There is no such file.")
        assert "impactbrief new" not in who.screen
        await who.click("Create it")
        await who.wait("About the brief")


async def test_taken_off_the_list(home: Path) -> None:
    """Del takes a file off the list and leaves it on disk."""
    file = home / "brief.yaml"
    file.write_text(MINIMAL)
    async with person(file):
        pass
    async with person() as who:
        await who.press("delete")
        assert "Continue" not in who.screen
    assert recent() == []
    assert file.exists()


async def test_examples_are_there_to_read() -> None:
    """An example opens for reading only, says so, and stays as it is."""
    before = [path.read_bytes() for path in examples()]
    async with person() as who:
        await who.type("v")
        await who.press("enter")
        await who.wait("You can look")
        await who.press("enter")
        assert who.app.desk is not None
        assert who.app.desk.read_only
        await who.type("xyz\x0e")
    assert examples() == EXAMPLES
    assert [path.read_bytes() for path in examples()] == before


async def test_a_copy_of_an_example(home: Path) -> None:
    """A copy has another title and the example's words."""
    async with person() as who:
        await who.type("e")
        await who.press("down", "enter")
        await who.type("My copy\n")
        await who.press("enter")
        await who.wait("About the brief")
    made = read_answers(home / "Documents" / "my-copy.yaml").answers
    source = read_answers(EXAMPLES[1]).answers
    assert made.document.title == "My copy"
    assert made.proposal.name == source.proposal.name


async def test_opening_a_typed_path(home: Path) -> None:
    """A path can be typed, from the home folder too."""
    (home / "Documents" / "brief.yaml").write_text(MINIMAL)
    async with person() as who:
        await who.type("o")
        await who.press("shift+tab")
        for _key in range(60):
            await who.pilot.press("backspace")
        await who.type("~/Documents/bri\n")
        await who.press("enter")
        await who.wait("About the brief")


async def test_escape_is_safe_everywhere() -> None:
    """Escape leads back to the start screen from whatever opened over it, and changes nothing."""
    async with person() as who:
        for letter in "nevohlt":
            await who.type(letter)
            assert not isinstance(who.app.screen, StartScreen), letter
            await who.press("escape")
            assert isinstance(who.app.screen, StartScreen), letter
    assert not settings_file().exists()


@pytest.mark.parametrize(
    ("down", "look"), [(1, "light"), (2, "contrast"), (3, "none"), (4, "plain")]
)
async def test_a_look_is_kept(down: int, look: str) -> None:
    """A look is shown at once and kept for the next time."""
    async with person() as who:
        await who.type("t")
        await who.press(*["down"] * down, "enter")
        assert who.app.look == look
    assert "plain" if load().plain else load().theme == look
    async with person(settings=load()) as who:
        assert who.app.look == look


def test_damaged_settings_are_none() -> None:
    """Settings that can't be read, or say nonsense, are as if nobody had set anything."""
    for text in ("", "[]", "{", '{"theme": 3, "keys": [1], "plain": "x"}', "\0"):
        settings_file().parent.mkdir(parents=True, exist_ok=True)
        settings_file().write_text(text)
        assert load() == Settings()
    settings_file().write_text(json.dumps({"theme": "light", "keys": {"nav.next": "f9", "a": 1}}))
    assert load() == Settings(theme="light", keys={"nav.next": "f9"})


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Impact of a law", "impact-of-a-law"),
        ("../../etc/passwd", "etc-passwd"),
        ("Loi n° 2024-449 «\u202fSREN\u202f»", "loi-n-2024-449-sren"),
        ("互联网影响", "互联网影响"),
        ("…", "brief"),
        ("x" * 300, "x" * 60),
    ],
)
def test_file_names_from_titles(title: str, name: str, tmp_path: Path) -> None:
    """A title of any script gives a name that stays in its folder."""
    assert free_path(tmp_path, title) == tmp_path / f"{name}.yaml"


async def test_titles_are_never_markup(home: Path) -> None:
    """What somebody wrote is shown as it is, brackets and all, on every screen."""
    title = "[b]A[/b] [/ [sic] [@click=app.quit]x"
    file = home / "brief.yaml"
    file.write_text(MINIMAL.replace("A brief", json.dumps(title)))
    async with person(file) as who:
        await who.wait(title)
    async with person() as who:
        await who.wait(title)


async def test_a_path_can_be_typed_over_the_list_of_files(home: Path) -> None:
    """Where a list of files is in hand, what is typed goes into the line above it, whole."""
    path = home / "decree.yaml"
    path.write_text(MINIMAL, encoding="utf-8")
    async with person() as who:
        await who.type("o")
        await who.wait("Type a path")
        await who.type(f"{path}\n")
        await who.wait("About the brief")
        assert who.app.desk is not None
        assert who.app.desk.workspace.path == path


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("decre.yaml", "There is no such file. Did you mean decree.yaml?"),
        ("other.yaml", "There is no such file."),
        ("foldr", "There is no such file."),
        ("decr", "There is no such file. The list has those whose names begin like this."),
    ],
)
async def test_a_name_that_no_file_has(home: Path, typed: str, said: str) -> None:
    """It says so, and names the file that was perhaps meant: none that is unlike it, no folder."""
    (home / "decree.yaml").write_text(MINIMAL, encoding="utf-8")
    (home / "folder").mkdir()
    async with person() as who:
        await who.type("o")
        await who.wait("Type a path")
        await who.type(f"{home}/{typed}\n")
        await who.wait(said)
        assert ("Did you mean" in who.screen) is ("Did you mean" in said)


@pytest.mark.parametrize(("then", "stays"), [(["escape"], True), (["tab", "enter"], False)])
async def test_a_title_is_not_thrown_away_by_one_key(then: list[str], stays: bool) -> None:
    """Escape asks first where something was typed, and a second one stays."""
    async with person() as who:
        start = who.app.screen
        await who.type("n")
        await who.press("escape")
        assert who.app.screen is start
        await who.type("nA long title")
        await who.press("escape")
        await who.wait("Leave without making the brief?")
        await who.press(*then)
        assert ("A long title" in who.screen) is stays
