"""Keys that somebody has moved: they work, and every place that names keys names the new ones."""

import json
from pathlib import Path

import pytest
from textual.binding import Binding

from impactbrief.tui.app import Wizard
from impactbrief.tui.keys import FIRST, Keys, usable
from impactbrief.tui.screens.work import WorkScreen
from impactbrief.tui.screens.writing import Writing
from impactbrief.tui.settings import Settings, load, settings_file
from tests.answer_files import MINIMAL, ROOT
from tests.tui.person import person

MOVED = {"nav.next": "f9", "edit.cite": "ctrl+e", "app.help": "f5"}


async def test_moved_keys_work_and_are_named(home: Path) -> None:
    """The last line, the box, the menu and the help name the keys as they are."""
    (home / "brief.yaml").write_text(MINIMAL)
    async with person(home / "brief.yaml", settings=Settings(keys=MOVED)) as who:
        await who.work.go("privacy", 0)
        assert "F9 Next" in who.lines[-1]
        assert "F5 Help" in who.lines[-1]
        await who.press("ctrl+n")
        assert who.work.page == 0
        await who.press("f9")
        assert who.work.page == 1
        assert "^E cite" in who.screen
        await who.press("ctrl+e")
        await who.wait("Cite")
        await who.press("escape", "f5")
        await who.wait("F9, Ctrl+B")
        assert "Ctrl+E, Ctrl+T" in who.screen
        await who.press("escape", "f2")
        await who.wait("Arrows, then Enter")
        assert any(line.split() == ["Next", "F9"] for line in who.listed("#commands"))


@pytest.mark.parametrize(
    ("moved", "kept"),
    [
        ({"nav.next": "n"}, {}),  # a letter is for typing
        ({"nav.next": "ctrl+i"}, {}),  # Tab, to a terminal
        ({"nav.next": "enter"}, {}),
        ({"nav.nowhere": "f9"}, {}),
        ({"nav.next": " F9 "}, {"nav.next": "f9"}),
        ({"nav.next": "ctrl+b"}, {}),  # Back has it
        ({"nav.next": "ctrl+b", "nav.back": "ctrl+n"},
         {"nav.next": "ctrl+b", "nav.back": "ctrl+n"}),
        ({"nav.next": "f9", "nav.back": "f9"}, {"nav.next": "f9"}),
        ({"nav.next": "f9", "nav.back": "ctrl+n"}, {"nav.next": "f9", "nav.back": "ctrl+n"}),
    ],
)  # fmt: skip
def test_only_keys_that_can_be_had(moved: dict[str, str], kept: dict[str, str]) -> None:
    """What can't work keeps its first key, and no key ever means two things."""
    assert usable(moved) == kept
    keys = Keys(moved)
    assert len({keys.key(action) for action in FIRST}) == len(FIRST)


def test_every_command_can_be_moved() -> None:
    """The table of first keys and the bindings of the work screen and the application agree."""
    bound = {
        binding.id: binding.key
        for binding in [*WorkScreen.BINDINGS, *Writing.BINDINGS, *Wizard.BINDINGS]
        if isinstance(binding, Binding) and binding.id in FIRST
    }
    assert bound == FIRST


def test_the_settings_file_that_the_manual_shows(home: Path) -> None:  # noqa: ARG001
    """The example of the manual is read as it stands, and every command is in its table."""
    text = (ROOT / "docs" / "wizard.md").read_text(encoding="utf-8")
    example = text.partition("```json\n")[2].partition("```")[0]
    settings_file().parent.mkdir(parents=True)
    settings_file().write_text(example)
    assert load().keys == usable(load().keys) == json.loads(example)["keys"]
    for action, key in FIRST.items():
        assert f"| `{action}` | `{key}` |" in text


async def test_no_key_overtakes_another_one(home: Path) -> None:
    """Arrows, deleting and letters in one burst, as over a slow line: each finds what the last one
    has made."""
    file = home / "brief.yaml"
    file.write_text(MINIMAL)
    async with person(file) as who:
        await who.work.go("privacy", 1)
        await who.burst(*"abc", "left", "left", *"X", "home", *"Y", "end", *"Z")
        assert who.work_field().text == "YaXbcZ"
        await who.burst("backspace", "backspace", *"q", "shift+left", "delete", "up", *"!")
        assert who.work_field().text == "!YaXb"


async def test_a_list_goes_on_from_where_quick_arrows_led(home: Path) -> None:
    """Down, down, Enter and the first letters of the answer, in one burst."""
    file = home / "brief.yaml"
    file.write_text(MINIMAL)
    async with person(file) as who:
        await who.work.go("privacy", 0)
        await who.burst("down", "down", "enter", *"So")
        assert who.value("assessment", "privacy") == {
            "impact": "negative",
            "effect_on_internet": "So",
        }
        await who.work.go("stakeholders")
        await who.burst("enter", *"Users", "escape", "down", "enter", *"Operators", "escape")
        assert who.value("stakeholders") == [{"name": "Users"}, {"name": "Operators"}]
