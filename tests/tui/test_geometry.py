"""Every screen at every size: nothing that matters is cut or out of sight."""

import shutil
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.geometry import Region
from textual.widget import Widget

from impactbrief import i18n
from impactbrief.interview import Topic
from impactbrief.interview.fields import fields, list_fields, plan_fields
from impactbrief.tui.pages import pages
from impactbrief.tui.screens.dialogs import Asking
from impactbrief.tui.screens.export import ExportScreen
from impactbrief.tui.screens.files import FilesScreen
from impactbrief.tui.widgets.buttons import Button
from impactbrief.tui.widgets.fields import ProseField
from tests.answer_files import MINIMAL, ROOT
from tests.tui.person import Person, person

SIZES = [(80, 24), (100, 30), (120, 40), (60, 16)]


def whole(who: Person, widget: Widget, seen: str) -> None:
    """Fails where a widget doesn't lie wholly in the window, or its label is cut."""
    window = Region(0, 0, *who.app.size)
    assert window.contains_region(widget.region), f"{widget} at {widget.region}\n{seen}"
    assert widget.region.area, f"{widget} has no size\n{seen}"
    if isinstance(widget, Button):
        label = str(widget.label)
        assert widget.size.width >= cell_len(label), f"{label!r} is cut\n{seen}"
        assert label in seen, f"{label!r} can't be read\n{seen}"


def everything(who: Person) -> str:
    """All that is always in view: every button, and the focus. Gives back what is seen."""
    screen, seen = who.app.screen, who.screen
    for button in screen.query(Button):
        if button.display:
            whole(who, button, seen)
    assert who.app.focused is not None, seen
    focus = who.app.focused.region
    assert focus.intersection(Region(0, 0, *who.app.size)).area, f"no focus\n{seen}"
    return seen


@pytest.mark.parametrize(
    ("size", "plain"),
    [*((size, False) for size in SIZES), ((80, 24), True)],
    ids=lambda value: f"{value[0]}x{value[1]}" if isinstance(value, tuple) else str(value),
)
async def test_every_kind_of_page(home: Path, size: tuple[int, int], plain: bool) -> None:
    """On every page Next and Back are whole, and there is room for the answer."""
    file = Path(shutil.copy(ROOT / "examples" / "korea-interconnection.yaml", home))
    async with person(file, size=size, plain=plain) as who:
        topics = who.work.desk.interview.topics
        kinds: dict[object, tuple[Topic, int]] = {}
        for topic in topics:
            for number, page in enumerate(pages(topic)):
                kind = (page.is_form, len(page.steps) > 1, page.steps[0].kind)
                kinds.setdefault(kind, (topic, number))
        longest = max(topics, key=lambda topic: len(topic.title) if topic.rating else 0)
        assert len(kinds) > 8
        for topic, number in [*kinds.values(), (longest, 0)]:
            await who.work.go(topic.id, number)
            await who.pilot.pause()
            seen = everything(who)
            for name in ("#next", "#back", "#menu", "#title"):
                whole(who, who.work.query_one(name), seen)
            answer = who.work.query_one("#answer")
            assert answer.size.height >= 4, f"no room\n{seen}"
        assert "^N" in who.lines[-1]
        assert "F1 Help" in who.lines[-1]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_screens_of_the_start(home: Path, size: tuple[int, int]) -> None:
    """What opens from the start screen fits, with its buttons."""
    (home / "brief.yaml").write_text(MINIMAL)
    async with person(home / "brief.yaml"):
        pass
    async with person(size=size) as who:
        everything(who)
        for letter in "nevoht":
            await who.type(letter)
            everything(who)
            await who.press("escape")


LONGER = {
    "es": ("Bajar", "Resolver / reabrir",
           ["Conservar ambas", "Tomar la otra", "Conservar la mía", "Unirlas"]),
    "fr": ("Descendre", "Régler / rouvrir",
           ["Garder les deux", "Prendre l’autre", "Garder la mienne", "Les réunir"]),
    "pt": ("Descer", "Resolver/reabrir",
           ["Manter as duas", "Usar a outra", "Manter a minha", "Juntá-las"]),
}  # fmt: skip
"""Labels of buttons in languages whose words are longer."""


@pytest.fixture(params=LONGER)
def longer(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A language of longer words."""
    language = str(request.param)
    words = (i18n._catalogue, fields, list_fields, plan_fields)
    monkeypatch.setenv("IMPACTBRIEF_LANGUAGE", language)
    for each in words:
        each.cache_clear()
    yield language
    monkeypatch.undo()
    for each in words:
        each.cache_clear()


@pytest.mark.parametrize("plain", [False, True])
async def test_buttons_in_a_longer_language(home: Path, longer: str, plain: bool) -> None:
    """Where most buttons stand side by side, none of them is cut in the smallest window."""
    file = Path(shutil.copy(ROOT / "examples" / "korea-interconnection.yaml", home))
    async with person(file, size=SIZES[3], plain=plain) as who:
        await who.work.go("stakeholders", 0)
        await who.pilot.pause()
        down, settle, labels = LONGER[longer]
        assert down in everything(who)
        await who.press("f8")
        assert settle in everything(who)
        await who.press("escape")
        text = "Some words that say a lot. " * 40
        buttons = [(f"b{number}", label) for number, label in enumerate(labels)]
        await who.app.push_screen(Asking("A title", text, buttons))
        await who.pilot.pause()
        everything(who)


@pytest.mark.parametrize(
    "size", [SIZES[0], SIZES[2], SIZES[3]], ids=lambda size: f"{size[0]}x{size[1]}"
)
async def test_screens_over_the_page(home: Path, size: tuple[int, int]) -> None:
    """What opens over a page fits, with its buttons."""
    file = Path(shutil.copy(ROOT / "examples" / "korea-interconnection.yaml", home))
    async with person(file, size=size) as who:
        await who.work.go("privacy", 1)

        async def push(screen: object) -> None:
            await who.app.push_screen(screen)  # type: ignore[call-overload]

        long = "Some words that say a lot. " * 40
        opening: list[Callable[[], Awaitable[object]]] = [
            who.work.action_cite,
            who.work.action_notes,
            who.app.action_menu,
            who.app.action_search,
            who.app.action_help,
            who.app.show_review,
            lambda: who.app.show_guide(who.work.topic, who.work.here),
            lambda: push(Asking("A title", long, [("a", "Yes"), ("b", "No, not now")])),
            lambda: push(FilesScreen("Save", file, purpose="save")),
            lambda: push(ExportScreen(who.work.desk)),
        ]
        for opens in opening:
            await opens()
            await who.pilot.pause()
            everything(who)
            await who.press("escape")
            await who.pilot.pause()
        await who.work.go("references", 0)
        await who.press("enter")
        await who.pilot.pause()
        everything(who)


async def test_the_last_line_of_the_first_list_can_be_seen(home: Path) -> None:
    """With files to continue the list is longer than a small window."""
    for number in range(3):
        (home / f"{number}.yaml").write_text(MINIMAL)
        async with person(home / f"{number}.yaml"):
            pass
    async with person(size=SIZES[3]) as who:
        assert "T  Screen" not in who.screen
        await who.press("end")
        assert "T  Screen" in who.screen


async def test_a_message_covers_no_answer(home: Path) -> None:
    """A message of a line or two leaves the question and the answer in view."""
    file = Path(shutil.copy(ROOT / "examples" / "korea-interconnection.yaml", home))
    async with person(file, messages=True) as who:
        await who.work.go("proposal", 0)
        who.app.notify("Change About the brief: Title", title="Undone")
        await who.wait("Undone")
        toast = who.app.screen.query_one("Toast").region
        assert toast.area
        assert not toast.overlaps(who.work.query_one("#question").region), who.screen
        assert not toast.overlaps(who.work.query_one("#answer").region), who.screen


async def test_a_window_that_is_too_small_says_so(home: Path) -> None:
    """Below 60×16 there is one sentence, no crash; made larger again, all is back."""
    file = home / "brief.yaml"
    file.write_text(MINIMAL)
    async with person(file) as who:
        for size in ((59, 24), (80, 15), (5, 3), (1, 1), (12, 40)):
            await who.pilot.resize_terminal(*size)
            await who.pilot.pause()
            assert not who.work.query_one("#body").display
        await who.pilot.resize_terminal(80, 24)
        await who.wait("About the brief")
    async with person() as who:
        await who.pilot.resize_terminal(50, 12)
        await who.wait("Make the window larger")
        await who.pilot.resize_terminal(5, 3)
        await who.pilot.resize_terminal(80, 24)
        await who.wait("New brief")


async def test_the_panel_beside_the_page(home: Path) -> None:
    """At 120 columns guide and preview stand beside a text that keeps room to be written in; in a
    smaller window the panel goes, the typing stays, and the guide is a screen of its own."""
    file = Path(shutil.copy(ROOT / "examples" / "korea-interconnection.yaml", home))
    async with person(file, size=(120, 40)) as who:
        await who.work.go("decentralized-management", 1)
        for read in ("Ask yourself", "The routing system asks of each"):
            await who.press("ctrl+g")
            await who.wait(read)
            seen = everything(who)
            for name in ("#next", "#menu", "#side"):
                whole(who, who.work.query_one(name), seen)
            assert who.app.focused is who.work.query_one(".editor")
            assert who.work.query_one("#answer").size.width >= 64, seen
        await who.press("ctrl+g")
        assert not who.work.query_one("#side").display
        assert who.work.query_one("#outline").display
        await who.press("ctrl+g")
        await who.press("escape", "tab", "tab", "tab", "tab")
        assert who.app.focused is who.work.query_one("#side"), "a long guide is read by keys too"
        for size in SIZES[0], SIZES[1], SIZES[3]:
            await who.pilot.resize_terminal(*size)
            await who.pilot.pause()
            seen = everything(who)
            assert not who.work.query_one("#side").display
            assert isinstance(who.app.focused, ProseField), seen
        await who.press("ctrl+g")
        await who.wait("Arrows and Page Down move the text.")
