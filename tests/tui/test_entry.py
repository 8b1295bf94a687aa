"""Forms and lists of entries: what is typed on a row that opens goes where it leads."""

from pathlib import Path

import pytest

from impactbrief.tui.screens.cite import AddSourceScreen
from impactbrief.tui.screens.dialogs import Choosing, Outlined
from impactbrief.tui.screens.entry import EntryScreen
from impactbrief.tui.screens.menu import MenuScreen
from impactbrief.tui.widgets.choices import ChoiceList
from impactbrief.tui.widgets.fields import LineField, ProseField
from impactbrief.tui.widgets.picker import Picker
from tests.answer_files import MINIMAL
from tests.tui.person import Person, person

LONG = "Ministry of everything, and of much else that is too long for any line of such a form"


async def test_what_is_typed_on_the_line_that_adds_is_the_entry(file: Path) -> None:
    """Nobody has to press Enter first, however fast the letters come; nothing is lost."""
    async with person(file) as who:
        await who.work.go("stakeholders")
        await who.type(LONG)
        assert isinstance(who.app.screen, EntryScreen)
        await who.press("escape")
        assert who.value("stakeholders", 0, "name") == LONG


async def test_what_is_pasted_on_the_line_that_adds_a_source_is_read_as_one(file: Path) -> None:
    """A source's address, and any entry that can be read, without a form."""
    async with person(file) as who:
        await who.work.go("references")
        await who.paste("https://www.rfc-editor.org/rfc/rfc7258")
        assert isinstance(who.app.screen, AddSourceScreen)
        await who.press("enter")
        await who.wait("Title")
        assert who.value("references", 0, "URL") == "https://www.rfc-editor.org/rfc/rfc7258"


async def test_typing_over_an_entry_changes_nothing(file: Path) -> None:
    """Only the line that adds is opened by letters."""
    file.write_text(MINIMAL + "stakeholders: [{name: Users}]\n")
    async with person(file) as who:
        await who.work.go("stakeholders")
        before = who.value("stakeholders")
        await who.type("abc")
        assert who.app.screen is who.work
        assert who.value("stakeholders") == before


async def test_a_letter_seeks_a_choice(file: Path) -> None:
    """Each press of a letter goes to the next choice that begins with it; none is chosen by it."""
    async with person(file) as who:
        await who.work.go("proposal")
        await who.press("down", "down")
        assert isinstance(who.app.focused, Picker)
        await who.press("enter")
        assert isinstance(who.app.screen, Choosing)
        await who.type("p")
        choices = who.app.screen.query_one(ChoiceList)
        assert choices.highlighted is not None
        first = choices.choices[choices.highlighted].name
        await who.type("P")
        second = choices.choices[choices.highlighted].name
        assert first != second
        assert first[0] == second[0] == "P"
        await who.press("escape")
        assert who.value("proposal", "status") is None


async def test_arrows_lead_from_row_to_row(file: Path) -> None:
    """Down and Up in a form, and what is typed at once behind them belongs to the row reached."""
    async with person(file) as who:
        await who.work.go("proposal")
        first = who.app.focused
        await who.burst("Y", "down", "down", "down", "down", "X", "up", "up", "up", "up", "Z")
        assert who.app.focused is first
        assert who.value("proposal", "name") == "A proposalYZ"
        assert who.value("proposal", "proponent") == "X"


@pytest.mark.parametrize("plain", [False, True])
async def test_a_long_line_says_where_it_goes_on(file: Path, plain: bool) -> None:
    """An ellipsis at each end behind which there is more; none where all is seen."""
    async with person(file, plain=plain) as who:
        await who.work.go("stakeholders")
        await who.type(LONG)
        field = who.app.screen.query_one(LineField)

        def seen() -> str:
            inside = field.content_region
            return who.lines[inside.y][inside.x : inside.right].strip()

        assert seen().startswith("…")
        assert seen().endswith("such a form")
        assert field.cursor_screen_offset.x == field.content_region.x + len(seen())
        await who.press("home")
        assert seen().startswith("Ministry")
        assert seen().endswith("…")
        field.value = "Short"
        await who.pilot.pause()
        assert seen() == "Short"


async def test_a_form_says_which_question_its_rows_belong_to(file: Path) -> None:
    """Where rows of the same names follow one another, each group stands under its question."""
    async with person(file) as who:
        await who.work.go("governs-collective-responsibility", 3)
        await who.pilot.pause()
        lines = [line.strip(" ▁▂▃▄▅▆▇█") for line in who.lines]
        groups = [line for line in lines if line in ("Duties shared", "No sole authority")]
        assert groups == ["Duties shared", "No sole authority"], who.screen
        assert lines.index("Duties shared") < next(
            at for at, line in enumerate(lines) if line.startswith("Evidence")
        )


async def test_an_id_is_not_asked_for(file: Path) -> None:
    """The form says that it is made and has no star for it; hints stand beside questions."""
    async with person(file) as who:
        await who.work.go("parts")
        await who.press("enter")
        await who.wait("Such as Article 34-2")
        assert "By which number or short name is it known?" in who.screen
        assert "made for you if you leave it empty" in who.screen
        assert "Short id *" not in who.screen
        await who.type("Article 5")
        await who.press("escape")
        assert who.value("proposal", "parts", 0, "id") == "article-5"


async def test_forms_name_their_keys(file: Path) -> None:
    """The last line says what Enter and Escape do, and that one can take back."""
    async with person(file) as who:
        await who.work.go("stakeholders")
        await who.press("enter")
        assert " ".join(who.lines[-1].split()) == "Enter Next line ^Z Undo Esc Back F1 Help"


async def test_an_entry_moved_twice_goes_two_places(file: Path) -> None:
    """The entry in hand stays in hand while it moves."""
    names = ["Users", "Operators", "Courts"]
    file.write_text(MINIMAL + f"stakeholders: {[{'name': name} for name in names]}\n")
    async with person(file) as who:
        await who.work.go("stakeholders")
        await who.press("down", "down")
        await who.click("Up")
        await who.click("Up")
        moved = who.value("stakeholders")
        assert moved == [{"name": name} for name in ("Courts", "Users", "Operators")]
        await who.click("Down")
        assert who.highlighted("#entry-list").split()[-1] == "Courts"


async def test_undo_leads_to_the_entry(file: Path) -> None:
    """Also to where it was before it was moved: the entry is in hand again."""
    names = ["Users", "Operators", "Courts"]
    file.write_text(MINIMAL + f"stakeholders: {[{'name': name} for name in names]}\n")

    def in_hand(who: Person) -> str:
        return who.highlighted("#entry-list").split()[-1]

    async with person(file) as who:
        await who.work.go("stakeholders")
        await who.press("down", "down")
        await who.click("Up")
        await who.press("ctrl+home", "up", "up")
        await who.press("ctrl+z")
        assert who.value("stakeholders", 2, "name") == "Courts"
        assert in_hand(who) == "Courts"
        await who.press("ctrl+y")
        assert in_hand(who) == "Courts"
        await who.press("delete")
        await who.work.go("privacy")
        await who.press("ctrl+z")
        assert who.work.topic_id == "stakeholders"
        assert in_hand(who) == "Courts"


async def test_a_choice_leads_to_the_next_row(file: Path) -> None:
    """What is typed after a choice is not taken for another choice."""
    async with person(file) as who:
        await who.work.go("proposal")
        await who.press("down", "enter", "enter")
        assert who.value("proposal", "kind") == "legislation"
        await who.press("down", "down")
        await who.type("In 2026 the ministry")
        assert who.value("proposal", "kind") == "legislation"
        assert who.value("proposal", "proponent") == "In 2026 the ministry"


async def test_letters_never_choose(file: Path) -> None:
    """A sentence typed on a row of choices, and over an open list, changes no answer; space marks
    in a list and stays there."""
    async with person(file) as who:
        await who.work.go("proposal")
        await who.press("down")
        await who.type("no pain")
        await who.press("escape")
        assert who.value("proposal", "kind") is None
        await who.work.go("privacy", 0)
        await who.press("down", "down")
        await who.type(" ")
        assert who.work.page == 0
        assert who.value("assessment", "privacy", "impact") == "negative"


async def test_a_source_is_cited_inside_a_form(file: Path) -> None:
    """The keys that a text names below its box work in a form, too, and so does help."""
    file.write_text(MINIMAL + "references: [{id: act, type: book, title: The act}]\n")
    async with person(file) as who:
        await who.work.go("recommendations")
        await who.press("enter")
        fields = list(who.app.screen.query(ProseField))
        who.app.screen.set_focus(fields[0])
        await who.type("Repeal it")
        await who.press("ctrl+l")
        await who.type("act\n.")
        assert fields[0].text == "Repeal it[@act]."
        await who.press("f1")
        await who.wait("How this works")


async def test_closing_the_file_closes_its_forms(file: Path) -> None:
    """Of a new entry that nobody has filled in, nothing is left, whichever key ends the sitting."""
    async with person(file) as who:
        before = file.read_text()
        await who.work.go("stakeholders")
        await who.press("enter")
        assert isinstance(who.app.screen, EntryScreen)
        await who.press("ctrl+q")
    assert file.read_text() == before


async def test_the_ways_lead_out_of_a_form(file: Path) -> None:
    """A key that leads to another page closes the forms over this one, keeps what was typed in
    them, and what is typed next lands where it leads."""
    async with person(file) as who:
        await who.work.go("stakeholders")
        here = who.work.topic_id
        await who.press("enter")
        await who.type("Small networks")
        await who.burst("ctrl+n", "ctrl+b", "ctrl+o")
        assert who.is_on(Outlined)
        await who.press("escape")
        assert who.work.topic_id == here
        assert who.value("stakeholders", 0, "name") == "Small networks"
        await who.press("enter")
        assert who.is_on(EntryScreen)
        await who.press("f4")
        assert who.work.topic_id != here


async def test_the_menu_over_a_form(file: Path) -> None:
    """The menu offers the same over a form; a way closes the form, Escape leads back into it."""
    async with person(file) as who:
        await who.work.go("recommendations")
        await who.press("enter")
        await who.type("Repeal it")
        form = who.app.screen
        assert isinstance(form, EntryScreen)
        await who.press("f2")
        assert who.is_on(MenuScreen)
        await who.press("escape")
        assert who.app.screen is form
        await who.press("f2")
        await who.type("private notes\n")
        await who.type("Ask Ana\n")
        await who.press("escape")
        assert who.app.screen is form
        await who.press("f2")
        await who.type("Next topic\n")
        assert who.work.topic_id != "recommendations"
        assert who.value("recommendations", 0, "text") == "Repeal it"
        assert who.value("recommendations", 0, "notes", 0, "text") == "Ask Ana"


async def test_a_new_entry_without_words_goes_with_the_form(file: Path) -> None:
    """Also where the search is what closes it."""
    async with person(file) as who:
        before = file.read_text()
        await who.work.go("stakeholders")
        await who.press("enter", "f3")
        await who.type("abstract\n")
        assert who.work.topic_id != "stakeholders"
        await who.press("ctrl+s")
    assert file.read_text() == before
