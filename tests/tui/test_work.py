"""The work screen: keys typed ahead, lists, entries, and that looking changes nothing."""

import shutil
from pathlib import Path

import pytest
from textual import events
from textual._time import get_time
from textual.geometry import Region

from impactbrief.interview import Kind
from impactbrief.tui.in_order import HELD, STALE
from impactbrief.tui.pages import pages
from impactbrief.tui.screens.entry import EntryScreen, TextScreen
from impactbrief.tui.settings import Settings
from impactbrief.tui.widgets.buttons import Button
from impactbrief.tui.widgets.fields import LineField, ProseField
from tests.answer_files import MINIMAL, ROOT
from tests.tui.person import person


async def test_looking_changes_nothing(home: Path) -> None:
    """Whoever only walks through all pages of a brief leaves its file byte for byte as it was."""
    example = ROOT / "examples" / "korea-interconnection.yaml"
    file = Path(shutil.copy(example, home))
    async with person(file) as who:
        groups = who.work.desk.interview.groups
        alike = [topic for group in groups[1:-2] for topic in group.topics[1:]]
        for topic in who.work.desk.interview.topics:
            for number in range(len(pages(topic)) if topic not in alike else 0):
                await who.work.go(topic.id, number)
        assert who.app.desk is not None
        who.app.desk.settle()
        assert who.app.desk.workspace.undo_label is None
    assert file.read_bytes() == example.read_bytes()


@pytest.mark.parametrize(("gap", "turned"), [(0.03, HELD + 1), (0.0, 15), (0.15, 15)])
async def test_a_key_held_down_stops_with_its_release(file: Path, gap: float, turned: int) -> None:
    """What a keyboard repeats faster than pages turn is dropped: they must not turn on and on.
    What was typed ahead in one burst, or by fingers, is done."""
    async with person(file) as who:
        laid = [
            (topic.id, number)
            for topic in who.work.desk.interview.topics
            for number, page in enumerate(pages(topic))
            if not number or not page.more
        ]
        driver, begun = who.app._driver, get_time() - 15 * gap - STALE - 0.1
        assert driver is not None
        before = laid.index((who.work.topic_id, who.work.page))
        for number in range(15):
            key = events.Key("ctrl+n", "\x0e")
            key.time = begun + number * gap
            driver.send_message(key)
        await who.rest()
        assert laid.index((who.work.topic_id, who.work.page)) - before == turned


async def test_typed_ahead_through_the_steps(file: Path) -> None:
    """A burst of keys over several pages puts each text where it belongs."""
    async with person(file) as who:
        await who.work.go("privacy", 0)
        assert who.app._driver is not None
        await who.type("2\nIt « harms »…\u202f!")
        await who.press("ctrl+n")
        await who.type("People €’—")
        await who.press("ctrl+n", "ctrl+n")
        assert who.value("assessment", "privacy") == {
            "impact": "negative",
            "effect_on_internet": "It « harms »…\u202f!",
            "effect_on_people": "People €’—",
        }


async def test_a_box_that_was_taken_away_can_still_be_drawn(file: Path) -> None:
    """The screen may be drawn once more between the end of a page and the layout of the next."""
    async with person(file) as who:
        await who.work.go("privacy", 1)
        field = who.work.query_one(ProseField)
        await field.remove()
        strips = field.render_lines(Region(0, 0, 20, 3))
        assert ["".join(segment.text for segment in strip) for strip in strips] == [" " * 20] * 3


async def test_lines_of_a_form_typed_ahead(file: Path) -> None:
    """Enter and Tab go to the next line at once: no letter lands in the line before."""
    async with person(file) as who:
        await who.type("!\n2026-11\n")
        await who.press("tab")
        await who.press("tab")
        await who.type("A publisher\nme@example.org")
        assert who.value("document", "title") == "A brief!"
        assert str(who.value("document", "date")) == "2026-11"
        assert who.value("document", "publisher") == "A publisher"
        assert who.value("document", "contact") == "me@example.org"


async def test_an_entry_added_and_undone(file: Path) -> None:
    """An entry is added with typed-ahead keys; undo takes it back, redo brings it again."""
    async with person(file) as who:
        await who.press("ctrl+n")
        await who.press("enter")
        await who.type("Ada [sic] Example")
        await who.press("escape")
        await who.wait("1  Ada [sic] Example")
        assert who.value("document", "authors") == [{"name": "Ada [sic] Example"}]
        await who.press("ctrl+z", "ctrl+z")
        assert not who.value("document", "authors")
        await who.press("ctrl+y", "ctrl+y")
        assert who.value("document", "authors") == [{"name": "Ada [sic] Example"}]


async def test_an_entry_left_empty_goes(file: Path) -> None:
    """Whoever opens a new entry and leaves it empty finds the list as it was."""
    async with person(file) as who:
        await who.press("ctrl+n", "enter", "escape")
        await who.pilot.pause()
        assert not who.value("document", "authors")


async def test_entries_moved_and_removed(file: Path) -> None:
    """Entries are moved and removed by buttons and keys, and undo brings one back."""
    file.write_text(MINIMAL.replace("A brief}", "A brief, authors: [{name: A}, {name: B}]}"))
    async with person(file) as who:
        await who.press("ctrl+n")
        await who.wait("2  B")
        await who.click("Down")
        assert who.value("document", "authors") == [{"name": "B"}, {"name": "A"}]
        await who.click("1  B")
        await who.press("escape")
        await who.press("shift+tab")
        await who.work.go("document", 1)
        await who.press("delete")
        assert who.value("document", "authors") == [{"name": "A"}]
        await who.press("ctrl+z")
        assert who.value("document", "authors") == [{"name": "B"}, {"name": "A"}]


async def test_undo_closes_an_entry_that_goes(file: Path) -> None:
    """Undoing an entry's own making closes its form; what is typed next harms no other entry."""
    file.write_text(MINIMAL.replace("A brief}", "A brief, authors: [{name: A}]}"))
    async with person(file) as who:
        await who.press("ctrl+n", "down", "enter")
        await who.wait("Author 2")
        await who.press("ctrl+z")
        await who.pilot.pause()
        assert who.work
        assert who.value("document", "authors") == [{"name": "A"}]


async def test_a_list_of_texts(file: Path) -> None:
    """Assumptions are texts of any length: commas and line breaks are theirs."""
    async with person(file) as who:
        topic = who.work.desk.interview.topic("sections")
        number = next(
            number
            for number, page in enumerate(pages(topic))
            if page.steps[0].path[-1] == "assumptions"
        )
        await who.work.go("sections", number)
        await who.press("enter")
        await who.type("One, two\nand three")
        await who.press("escape")
        await who.press("down", "enter")
        await who.type("Four")
        await who.press("escape")
        assert who.value("sections", "assumptions") == ["One, two\nand three\n", "Four"]


async def test_clearing_a_text_spares_its_neighbour(file: Path) -> None:
    """Emptying a text and writing it anew, with a pause between, changes no other text."""
    file.write_text(MINIMAL + "sections: {assumptions: [One, Two]}\n")
    async with person(file) as who:
        await who.work.go("sections", 1)
        assert who.work.here.steps[0].kind is Kind.CHOICES
        await who.press("enter", "delete", "delete", "delete")
        assert who.app.desk is not None
        who.app.desk.settle()
        await who.type("Three")
        await who.press("escape")
        assert who.value("sections", "assumptions") == ["Three", "Two"]


async def test_a_list_in_a_line(file: Path) -> None:
    """Keywords are typed with commas; one that holds a comma itself stays one."""
    async with person(file) as who:
        topic = who.work.desk.interview.topic("document")
        laid = pages(topic)
        step = next(step for step in laid[-1].steps if step.path[-1] == "keywords")
        await who.work.go("document", len(laid) - 1, step)
        assert isinstance(who.app.focused, LineField)
        await who.type("DNS, law,  [sic]")
        assert who.value("document", "keywords") == ["DNS", "law", "[sic]"]
        await who.press("ctrl+z")
        assert not who.value("document", "keywords")


async def test_more_by_keyboard(file: Path) -> None:
    """What few need is a button away, and Next leads on from there."""
    async with person(file) as who:
        await who.work.go("privacy", 0)
        await who.press("escape", "tab", "tab", "enter")
        await who.wait("How sure are you?")
        await who.press("ctrl+n")
        assert who.work.topic_id != "privacy"


async def test_back_from_the_first_page(file: Path) -> None:
    """Back on the very first page stays there, with the focus where it was."""
    async with person(file) as who:
        focused = who.app.focused
        await who.press("ctrl+b")
        assert who.work.page == 0
        assert isinstance(who.app.focused, type(focused))


async def test_a_smaller_window_keeps_the_typing(file: Path) -> None:
    """Making the window smaller while typing loses neither letters nor the place."""
    async with person(file, size=(120, 40)) as who:
        await who.work.go("privacy", 1)
        await who.type("One ")
        await who.pilot.resize_terminal(80, 24)
        await who.type("two ")
        await who.pilot.resize_terminal(60, 16)
        await who.type("three ")
        await who.pilot.resize_terminal(40, 10)
        await who.wait("Make the window larger")
        await who.pilot.resize_terminal(100, 30)
        await who.pilot.pause()
        await who.type("four")
        assert isinstance(who.app.focused, ProseField)
        assert who.value("assessment", "privacy", "effect_on_internet") == "One two three four"


async def test_a_text_stays_whole_in_a_window_of_another_size(file: Path) -> None:
    """Every word can be read once, in a larger window and in the old one again."""
    words = " ".join(f"word{number}" for number in range(30))
    async with person(file) as who:
        await who.work.go("privacy", 1)
        await who.type(words)
        for size in ((120, 40), (80, 24), (100, 30)):
            await who.pilot.resize_terminal(*size)
            await who.pilot.pause(0.2)
            field = who.work_field().region
            seen = [line[field.x : field.right] for line in who.lines[field.y : field.bottom]]
            assert [word for word in " ".join(seen).split() if "word" in word][:30] == words.split()


async def test_what_is_no_text_is_not_written_over_unseen(home: Path) -> None:
    """A list where a text belongs stands in the box, and what is typed comes to it."""
    path = home / "brief.yaml"
    path.write_text(MINIMAL.replace("A proposal}", "A proposal, aims: [one, two]}"))
    async with person(path) as who:
        await who.work.go("proposal", 2)
        assert who.work_field().text == "one, two"
        assert who.value("proposal", "aims") == ["one", "two"]
        await who.press("end")
        await who.type(", three")
        assert who.value("proposal", "aims") == "one, two, three"


async def test_plain_mode_shows_where_one_is(file: Path) -> None:
    """In plain mode every focus has a place for the terminal's cursor, and marks are ASCII."""
    from impactbrief.tui.plain import place_of

    async with person(file, plain=True) as who:
        await who.work.go("privacy", 0)
        seen = set()
        for key in ("down", "down", "tab", "tab", "tab"):
            await who.press(key)
            place = place_of(who.app.focused)
            assert place is not None
            seen.add(place)
        assert len(seen) == 5
        assert who.screen.isascii(), [char for char in who.screen if not char.isascii()]


async def test_without_colours_one_sees_where_one_is(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line in hand is underlined, and the terminal's own cursor is shown and hidden again."""
    told: list[str] = []
    monkeypatch.setattr("impactbrief.tui.plain.tell", lambda _app, sent: told.append(sent))
    async with person(file, settings=Settings(theme="none")) as who:
        await who.work.go("privacy", 0)
        await who.press("down")
        strips = who.app.screen._compositor.render_strips()
        style = next(
            part.style for strip in strips for part in strip if "Strongly negative" in part.text
        )
        assert style is not None
        assert style.underline
        assert told[-1].endswith("\x1b[?25h")
        who.app.show_look("dark")
        assert told[-1] == "\x1b[?25l"


async def test_a_burst_of_lines_is_whole(file: Path) -> None:
    """Lines typed faster than they are taken in arrive whole, in the box and in the file."""
    text = "".join(f"Line {number}, which is “typed”\n" for number in range(12))
    async with person(file) as who:
        await who.work.go("privacy", 1)
        await who.type(text)
        await who.press("ctrl+n", "ctrl+b")
        assert isinstance(who.app.focused, ProseField)
        assert who.app.focused.text == text.rstrip("\n")
        assert who.value("assessment", "privacy", "effect_on_internet") == text


async def test_the_question_stays_while_its_row_is_in_hand(file: Path) -> None:
    """Above a form stands the question of the row in hand, also when something changes."""
    async with person(file) as who:
        await who.wait("What is the title of the brief?")
        await who.type("!")
        await who.wait("Saved")
        assert "What is the title of the brief?" in who.screen
        await who.press("tab")
        await who.wait("What is the date of the brief?")
        who.work.refresh_answers()
        await who.pilot.pause()
        assert "What is the date of the brief?" in who.screen


async def test_nobody_is_blamed_for_a_line_not_yet_filled_in(file: Path) -> None:
    """A new entry marks what it needs with a star, and says what is wrong with what was typed."""
    async with person(file) as who:
        await who.press("ctrl+n", "enter")
        await who.wait("Name *")
        assert "!" not in who.screen
        await who.press(*["tab"] * 5)
        await who.type("12")
        assert who.value("document", "authors", 0, "orcid") == "12"
        await who.wait("! “12” is not ")


async def test_a_long_topic_can_be_passed_by(file: Path) -> None:
    """The screening has a page for each question: a button leads past it, to the first rating."""
    async with person(file) as who:
        await who.work.go("screening", 0)
        await who.wait("[1 of 18]")
        await who.wait("Next topic")
        await who.click("Next topic")
        await who.wait("[1 Impact]")
        assert who.work.topic_id == "accessible-infrastructure"
        assert "Next topic" not in who.screen
        await who.work.go("screening", 0)
        await who.press("escape", "tab", "tab", "tab", "enter")
        assert who.work.topic_id == "accessible-infrastructure"


async def test_the_next_time_begins_where_the_last_one_ended(tmp_path: Path) -> None:
    """Whoever stops in the middle goes on there; a place that is gone leads to the first page."""
    file = tmp_path / "brief.yaml"
    file.write_text(MINIMAL, encoding="utf-8")
    async with person(file) as who:
        assert "About the brief" in who.screen
        await who.press("ctrl+o")
        await who.type("privacy\n")
        await who.press("ctrl+n")
        await who.wait("[2 How")
    async with person(file) as who:
        await who.wait("[2 How")
        assert who.work.topic.id == "privacy"
        await who.type("On we go")
        assert who.value("assessment", "privacy", "effect_on_internet") == "On we go"
        assert who.app.desk is not None
        who.app.desk.workspace.place = "nowhere.at[3].all"
    async with person(file) as who:
        await who.wait("About the brief")


@pytest.mark.parametrize("button", ["Remove", "Done"])
async def test_a_text_of_a_list_closes_once(file: Path, button: str) -> None:
    """However quickly somebody presses its button twice, one text goes, and nothing fails."""
    file.write_text(MINIMAL + "sections: {assumptions: [One, Two, Three]}\n")
    async with person(file) as who:
        step = who.work.desk.interview.step_at(("sections", "assumptions"))
        assert step is not None
        await who.app.push_screen(TextScreen(who.work.desk, step, 1))
        pressed = who.app.screen.query_one(f"#{button.lower()}", Button)
        for _time in range(2):
            pressed.post_message(Button.Pressed(pressed))
        await who.pilot.pause(0.1)
        assert who.work
        left = ["One", "Three"] if button == "Remove" else ["One", "Two", "Three"]
        assert who.value("sections", "assumptions") == left


async def test_an_entry_is_removed_once(file: Path) -> None:
    """The one that comes in its place stays."""
    file.write_text(MINIMAL + "glossary: [{term: A}, {term: B}, {term: C}]\n")
    async with person(file) as who:
        step = who.work.desk.interview.step_at(("glossary",))
        assert step is not None
        await who.app.push_screen(EntryScreen(who.work.desk, step, 0))
        pressed = who.app.screen.query_one("#remove", Button)
        for _time in range(2):
            pressed.post_message(Button.Pressed(pressed))
        await who.pilot.pause(0.1)
        assert who.work
        assert who.value("glossary") == [{"term": "B"}, {"term": "C"}]
