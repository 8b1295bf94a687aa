"""Citing: the picker, and sources from what was pasted."""

from pathlib import Path

import pytest
from textual.widgets.text_area import Selection

from impactbrief.tui.screens.cite import AddSourceScreen
from impactbrief.tui.widgets.buttons import Button
from impactbrief.tui.widgets.fields import ProseField
from impactbrief.tui.widgets.form import Form
from tests.answer_files import MINIMAL
from tests.tui.person import Person, person

SOURCES = """references:
  - {id: rfc2826, type: report, title: The unique root, author: [{literal: IAB}], issued: 2000-05}
  - {id: muñoz-2020, type: book, title: "[sic] Éléments", author: [{family: Muñoz}, {family: B}]}
  - {id: "a b", type: book, title: Odd}
"""


@pytest.fixture
def file(home: Path) -> Path:
    path = home / "brief.yaml"
    path.write_text(MINIMAL + SOURCES)
    return path


async def at_text(who: Person) -> None:
    await who.work.go("privacy", 1)
    await who.pilot.pause()
    assert isinstance(who.app.focused, ProseField)


async def test_typed_ahead_into_the_picker(file: Path) -> None:
    """Ctrl+L, a few letters without accents, Enter: the citation stands at the cursor."""
    async with person(file) as who:
        await at_text(who)
        await who.type("So says \x0c")
        await who.press("ctrl+l")
        await who.type("munoz ele\n")
        await who.type(" and rests.")

        assert who.value("assessment", "privacy", "effect_on_internet") == (
            "So says [@muñoz-2020] and rests."
        )


@pytest.mark.parametrize("back", [False, True])
async def test_selected_words_are_cited_not_replaced(file: Path, back: bool) -> None:
    """The citation stands behind them, whichever way they were selected."""
    async with person(file) as who:
        await at_text(who)
        await who.type("One claim rests.")
        field = who.work.query_one(ProseField)
        ends = [(0, 4), (0, 9)]
        field.selection = Selection(*reversed(ends) if back else ends)
        await who.press("ctrl+l")
        await who.type("unique\n!")
        assert field.text == "One claim[@rfc2826]! rests."


async def test_ids_that_need_braces(file: Path) -> None:
    """An id that is no plain key is cited in braces."""
    async with person(file) as who:
        await at_text(who)
        await who.press("ctrl+l")
        await who.type("odd\n")
        assert who.value("assessment", "privacy", "effect_on_internet") == "[@{a b}]"


async def test_escape_cites_nothing(file: Path) -> None:
    """Escape leaves the text as it was, with the cursor in it."""
    async with person(file) as who:
        await at_text(who)
        await who.type("Words")
        await who.press("ctrl+l", "escape")
        await who.type("!")
        assert who.value("assessment", "privacy", "effect_on_internet") == "Words!"


PASTED = [
    ("https://example.org/a/report-2020.html", {"type": "webpage"}, True),
    ("10.1000/xyz123", {"DOI": "10.1000/xyz123"}, True),
    ("RFC 9110", {"URL": "https://www.rfc-editor.org/rfc/rfc9110"}, True),
    (
        "@article{smith2020,\n  title = {On {DNS}},\n  author = {Smith, Ann},\n  year = 2020\n}",
        {"title": "On DNS"},
        False,
    ),
    ('{"id": "x1", "type": "book", "title": "A book"}', {"id": "x1", "title": "A book"}, False),
    ("id: y1\ntype: report\ntitle: A report\n", {"id": "y1", "title": "A report"}, False),
]


@pytest.mark.parametrize(("text", "said", "incomplete"), PASTED)
async def test_adding_what_was_pasted(
    file: Path, text: str, said: dict[str, str], incomplete: bool
) -> None:
    """An address, a DOI, a CSL item or BibTeX becomes a source, and is cited."""
    async with person(file) as who:
        await at_text(who)
        await who.press("ctrl+l")
        await who.click("Add a source…")
        await who.paste(text)
        await who.wait("Understood:")
        await who.click("Add  ")
        await who.pilot.pause(0.2)
        if incomplete:  # the rest is asked for
            await who.wait("Reference 4")
            await who.press("escape")
        await who.wait("Next: People")
        reference = who.value("references", 3)
        assert isinstance(reference, dict)
        assert {key: reference.get(key) for key in said} == said
        cited = who.value("assessment", "privacy", "effect_on_internet")
        assert cited in (f"[@{reference['id']}]", f"[@{{{reference['id']}}}]")


@pytest.mark.parametrize("way", ["add", "form"])
async def test_a_source_is_added_once(file: Path, way: str) -> None:
    """However quickly somebody presses twice."""
    async with person(file) as who:
        await who.app.push_screen(AddSourceScreen(who.work.desk))
        who.app.screen.query_one("#pasted", ProseField).text = '{"id": "x1", "title": "A book"}'
        pressed = who.app.screen.query_one(f"#{way}", Button)
        for _time in range(2):
            pressed.post_message(Button.Pressed(pressed))
        await who.pilot.pause(0.2)
        held = who.value("references")
        assert isinstance(held, list)
        assert len(held) == 4


async def test_what_is_no_source_is_not_added(file: Path) -> None:
    """Text that is no source is named as such, and nothing is added."""
    async with person(file) as who:
        await at_text(who)
        await who.press("ctrl+l")
        await who.click("Add a source…")
        await who.paste("just words")
        await who.wait("none of these yet")
        await who.click("Add  ")
        await who.press("escape", "escape")
        held = who.value("references")
        assert isinstance(held, list)
        assert len(held) == 3


async def test_a_source_by_form(file: Path) -> None:
    """A form adds a source and gives it an id if it got none."""
    async with person(file) as who:
        await at_text(who)
        await who.press("ctrl+l")
        await who.click("Add a source…")
        await who.click("Fill in a form")
        await who.wait("Reference 4")
        await who.type("A report on roots")
        await who.press("escape")
        await who.wait("Next: People")
        assert who.value("references", 3, "id") == "a-report-on-roots"
        assert who.value("assessment", "privacy", "effect_on_internet") == "[@a-report-on-roots]"


async def test_an_empty_form_adds_nothing(file: Path) -> None:
    """A form that is left empty leaves no empty source behind."""
    async with person(file) as who:
        await at_text(who)
        await who.press("ctrl+l")
        await who.click("Add a source…")
        await who.click("Fill in a form")
        await who.wait("Reference 4")
        await who.press("escape")
        held = who.value("references")
        assert isinstance(held, list)
        assert len(held) == 3


async def test_evidence_begins_with_its_source(home: Path) -> None:
    """Whoever adds evidence to a brief without sources is asked for one, pastes it, and has it."""
    file = home / "new.yaml"
    file.write_text(MINIMAL)
    async with person(file) as who:
        await who.work.go("privacy", 3)
        await who.press("enter")
        await who.wait("Which source?")
        await who.press("enter")
        await who.wait("Add a source")
        await who.type("https://example.org/report\n")
        await who.wait("What is its title?")
        await who.type("A report")
        await who.press("escape")
        await who.wait("Page or section")
        await who.press("escape")
        known = who.value("references", 0, "id")
        assert who.value("assessment", "privacy", "evidence") == [{"id": known}]
        assert who.value("references", 0, "title") == "A report"


async def test_evidence_without_a_source_goes(file: Path) -> None:
    """Escape from the sources, and from the form, leaves no evidence behind."""
    async with person(file) as who:
        await who.work.go("privacy", 3)
        await who.press("enter", "escape", "escape")
        assert not who.value("assessment", "privacy", "evidence")


async def test_the_source_of_a_part_is_taken_and_cleared(file: Path) -> None:
    """A field that names a source takes one of the list, and none again."""
    file.write_text(
        MINIMAL.replace("A proposal}", "A proposal, parts: [{id: a, label: A}]}") + SOURCES
    )
    async with person(file) as who:
        await who.work.go("parts", 0)
        await who.press("enter")
        form = who.app.screen.query_one(Form)
        form.focus_step(next(step for step in form.steps if step.cites))
        await who.press("enter")
        await who.type("unique\n")
        assert who.value("proposal", "parts", 0, "source") == "rfc2826"
        await who.press("enter")
        await who.click("No source")
        assert who.value("proposal", "parts", 0, "source") is None


async def test_several_sources_at_once(file: Path) -> None:
    """Pasted BibTeX in several lines is added by Enter, every entry of it."""
    async with person(file) as who:
        await who.work.go("references")
        await who.press("end", "enter")
        assert isinstance(who.app.screen, AddSourceScreen)
        await who.paste("@book{one,\n  title = {One}\n}\n\n@book{two,\n  title = {Two}\n}\n")
        assert "Understood: 2 sources" in who.screen
        assert "Some of the text is no source" not in who.screen
        await who.press("enter")
        held = who.value("references")
        assert isinstance(held, list)
        assert [entry["id"] for entry in held if isinstance(entry, dict)][-2:] == ["one", "two"]
        assert who.work


async def test_what_is_no_source_is_said(file: Path) -> None:
    """Where only some of a paste is a source, that is told before it is added."""
    async with person(file) as who:
        await at_text(who)
        who.app.action_add_source()
        await who.wait("Paste web addresses")
        await who.paste("rfc1\nsee also\nrfc2")
        await who.wait("Understood: 2 sources")
        assert "Some of the text is no source; that is not added." in who.screen


async def test_the_first_of_several_is_cited(file: Path) -> None:
    """Whoever cites and pastes several sources has them all, and the first one in the text."""
    async with person(file) as who:
        await at_text(who)
        await who.press("ctrl+l")
        await who.click("Add a source…")
        await who.paste("@book{one,\n  title = {One}\n}\n\n@book{two,\n  title = {Two}\n}\n")
        await who.press("enter")
        await who.wait("Next: People")
        assert who.value("assessment", "privacy", "effect_on_internet") == "[@one]"
        assert [who.value("references", index, "id") for index in (3, 4)] == ["one", "two"]
