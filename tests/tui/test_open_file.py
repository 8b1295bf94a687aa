"""The open file: others change it, take it over, or it can't hold what is typed."""

import json
from pathlib import Path

import pytest

from impactbrief.answers import file as files
from impactbrief.errors import OutputError, Problem
from impactbrief.tui import in_order
from impactbrief.tui.screens.dialogs import Asking
from impactbrief.tui.widgets.fields import ProseField
from impactbrief.workspace import Workspace
from tests.answer_files import MINIMAL
from tests.tui.person import Person, person


@pytest.fixture
def file(home: Path) -> Path:
    path = home / "brief.yaml"
    path.write_text(MINIMAL, encoding="utf-8")
    return path


def asked(who: Person) -> int:
    """How many questions lie over the page."""
    return sum(isinstance(screen, Asking) for screen in who.app.screen_stack)


def said(who: Person) -> str:
    """What is told in the corner of the screen."""
    return "\n".join(f"{told.title} {told.message}" for told in who.app._notifications)


async def change_outside(who: Person, file: Path, text: str) -> None:
    """Unsaved words here, another text in the file."""
    assert who.app.desk is not None
    await who.work.go("privacy", 1)
    await who.type("Mine")
    file.write_text(text, encoding="utf-8")
    who.app.look_outside()
    await who.wait("Somebody else has changed")


async def test_a_conflict_is_asked_about_once(file: Path) -> None:
    """However often the wizard looks while the question is open, there is one question."""
    async with person(file) as who:
        await change_outside(who, file, MINIMAL.replace("title: ", "title: Other "))
        for _time in range(3):
            who.app.look_outside()
            await who.pilot.pause()
        assert asked(who) == 1
        await who.click("Keep both")
        assert asked(who) == 0
    assert "Mine" in (file.parent / "brief (my version).yaml").read_text(encoding="utf-8")
    assert "Other" in file.read_text(encoding="utf-8")


async def test_two_versions_that_don_t_clash_can_be_joined(file: Path) -> None:
    """Where nobody changed the same answer, one text holds both."""
    async with person(file) as who:
        await change_outside(who, file, MINIMAL.replace("title: ", "title: Other "))
        await who.click("Join them")
        assert who.value("assessment", "privacy", "effect_on_internet") == "Mine"
        assert str(who.value("document", "title")).startswith("Other")


async def test_what_can_t_be_read_can_t_be_taken(file: Path) -> None:
    """A file that was broken meanwhile isn't offered; mine goes on, theirs is kept beside it."""
    async with person(file) as who:
        await change_outside(who, file, "impactbrief: [")
        assert "Take theirs" not in who.screen
        await who.click("Keep mine")
        assert asked(who) == 0
        assert who.value("assessment", "privacy", "effect_on_internet") == "Mine"
    assert (file.parent / "brief (other version).yaml").read_text() == "impactbrief: ["
    assert "Mine" in file.read_text(encoding="utf-8")


async def test_a_decision_that_can_t_be_carried_out_is_asked_again(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second file that can't be written ends nothing: the reason is said, the question stays."""

    def full(_workspace: Workspace) -> Path:
        raise OutputError(Problem("The disk is full.", "Free some space."))

    async with person(file) as who:
        await change_outside(who, file, MINIMAL.replace("title: ", "title: Other "))
        with monkeypatch.context() as patch:
            patch.setattr(Workspace, "keep_both", full)
            await who.click("Keep both")
            await who.wait("The disk is full.")
        assert asked(who) == 1
        await who.click("Take theirs")
        assert asked(who) == 0


async def test_whoever_loses_the_file_is_told_and_can_take_it_back(file: Path) -> None:
    """Another wizard took it over: the fields take nothing any more, and one button undoes it."""
    lock = file.with_name(".brief.yaml.lock")
    async with person(file) as who:
        await who.work.go("privacy", 1)
        held = json.loads(lock.read_text(encoding="utf-8"))
        lock.write_text(json.dumps(held | {"user": "Bo"}), encoding="utf-8")
        who.app.look_outside()
        await who.wait("You can look, but not change anything")
        assert who.work_field().read_only
        await who.click("Work on it here")
        await who.pilot.pause()
        assert not who.work_field().read_only
        await who.type("Mine again")
        assert who.value("assessment", "privacy", "effect_on_internet") == "Mine again"


async def test_what_can_only_be_looked_at_is_walked_with_enter(file: Path) -> None:
    """Where no answer can be given, the focus is on Next, in a form, on a rating, in a list."""
    async with person(file), person(file) as who:
        await who.wait("You can look")
        await who.press("enter")
        for topic, page in (("proposal", 0), ("privacy", 0)):
            await who.work.go(topic, page)
            assert who.app.focused is who.work.query_one("#next")
        await who.press("enter")
        assert who.work.page == 1
        await who.work.go("parts", 0)
        await who.wait("Nothing is written here yet.")


async def test_text_that_the_file_can_t_hold_is_kept_beside_it(home: Path) -> None:
    """A text stands where the sections belong: what is typed for one of them is in a file of its
    own, and the wizard goes on."""
    file = home / "brief.yaml"
    file.write_text(MINIMAL + "sections: some words\n", encoding="utf-8")
    async with person(file) as who:
        await who.work.go("sections")
        assert isinstance(who.app.focused, ProseField)
        await who.type("Our abstract")
        assert who.app.desk is not None
        who.app.desk.settle()
        await who.pilot.pause(0.5)
        assert "The file has no place for this text" in said(who)
        await who.press("ctrl+n", "ctrl+b")
    (kept,) = home.glob("*.txt")
    assert "Our abstract" in kept.read_text(encoding="utf-8")
    assert "some words" in file.read_text(encoding="utf-8")


async def test_a_choice_that_the_file_can_t_hold_is_refused_with_its_reason(home: Path) -> None:
    """A rating for an element that is a list by hand: nothing changes, and the reason is said."""
    file = home / "brief.yaml"
    file.write_text(MINIMAL + "assessment:\n  privacy: [odd]\n", encoding="utf-8")
    async with person(file) as who:
        await who.work.go("privacy")
        await who.type("3")
        await who.pilot.pause()
        assert said(who)
    assert "privacy: [odd]" in file.read_text(encoding="utf-8")


async def test_save_says_how_it_stands(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl+S never says “saved” where nothing was."""

    def full(*_arguments: object, **_named: object) -> str:
        raise OutputError(Problem("The disk is full.", "Free some space."))

    async with person(file) as who:
        await who.work.go("privacy", 1)
        await who.type("Words")
        with monkeypatch.context() as patch:
            patch.setattr(files, "save", full)
            await who.press("ctrl+s")
            await who.pilot.pause(0.3)
            assert "The disk is full" in said(who)
            assert "It also saves by itself" not in said(who)
        await who.press("ctrl+s")
        await who.pilot.pause(0.3)
        assert "It also saves by itself" in said(who)


async def test_a_fault_of_the_program_costs_no_words(file: Path) -> None:
    """Whatever ends the wizard, the words are in the file and the lock is given back."""

    async def write_until_it_fails() -> None:
        async with person(file) as who:
            await who.work.go("privacy", 1)
            await who.type("Last words")
            who.app.call_later(lambda: 1 / 0)
            await who.pilot.pause(0.2)

    with pytest.raises(ZeroDivisionError):
        await write_until_it_fails()
    assert "Last words" in file.read_text(encoding="utf-8")
    assert not file.with_name(".brief.yaml.lock").exists()


async def test_what_is_typed_after_a_click_lands_where_the_click_leads(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A click on Next or on the outline waits for nothing but the keys before it, and the keys
    after it wait for the new page."""
    monkeypatch.setattr(in_order, "LONGEST", 8.0)  # who waits for itself never comes back
    async with person(file, size=(120, 40)) as who:
        await who.work.go("privacy", 1)
        await who.type("How")
        await who.click("Next:", then="people typed at once")
        await who.wait("people typed at once")
        assert who.value("assessment", "privacy", "effect_on_people") == "people typed at once"
        await who.click("The proposal", then=" at once")
        await who.wait("at once")
        assert who.value("assessment", "privacy", "effect_on_internet") == "How"
        assert str(who.value("proposal", "name")).endswith(" at once")


async def test_passing_a_rating_by_is_no_answer(file: Path) -> None:
    """Enter on a rating in which nothing was chosen goes on, and the file says nothing new."""
    async with person(file) as who:
        await who.work.go("privacy")
        await who.press("enter")
        await who.wait("[2 How")
        assert who.value("assessment", "privacy", "impact") is None
        await who.press("ctrl+b", "down", "down", "enter")
        assert who.value("assessment", "privacy", "impact") == "negative"


async def test_rows_of_a_form_stay_what_they_were_drawn_for(home: Path) -> None:
    """An answer that is emptied may take its step away: no other row takes its place."""
    file = home / "brief.yaml"
    file.write_text(
        MINIMAL + "references:\n"
        "  - {id: a, type: report, title: T, abstract: AAA, annote: BBB, note: NNN}\n",
        encoding="utf-8",
    )
    async with person(file, size=(100, 60)) as who:
        await who.work.go("references")
        await who.press("enter")
        await who.wait("AAA")
        await who.click("AAA")
        await who.press("end", "ctrl+u")
        assert who.app.desk is not None
        who.app.desk.settle()
        await who.pilot.pause(0.5)
        await who.type("New abstract")
        assert who.value("references", 0, "abstract") == "New abstract"
        assert who.value("references", 0, "note") == "NNN"
        assert who.value("references", 0, "annote") == "BBB"
