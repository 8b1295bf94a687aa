"""Choosing: what was not touched stays, and what is no choice is kept."""

from pathlib import Path

import pytest

from impactbrief.tui.screens.dialogs import Asking, Choosing, Picking
from impactbrief.tui.screens.entry import choose
from impactbrief.tui.widgets.choices import Choice
from impactbrief.tui.widgets.fields import LineField
from impactbrief.yamltext import Path as At
from impactbrief.yamltext import Value
from tests.answer_files import MINIMAL
from tests.tui.person import Person, person

STRAYS = """\
asessment: {privacy: {impact: negative}}
references:
  - {id: a, type: book, title: A, event-date: {date-parts: [[2020, 5]]}}
"""


async def asked(who: Person, *path: str | int) -> None:
    """Opens what changes an answer."""
    assert who.app.desk is not None
    step = who.app.desk.interview.step_at(path)
    assert step is not None
    await choose(who.app.screen, who.app.desk, step)
    await who.pilot.pause()


def brief(home: Path, proposal: str, more: str = "") -> Path:
    """An answer file whose proposal says more."""
    file = home / "brief.yaml"
    file.write_text(MINIMAL.replace("A proposal}", f"A proposal, {proposal}}}") + more)
    return file


async def test_what_has_no_form_is_kept_or_taken_away(home: Path) -> None:
    """Of a misspelt key, or of CSL's own ways, nothing but all of it can be taken away."""
    file = brief(home, "kind: bill", STRAYS)
    async with person(file) as who:
        date: At = ("references", 0, "event-date")
        for path in (("asessment",), date):
            before = who.value(*path)
            await asked(who, *path)
            assert isinstance(who.app.screen, Asking)
            await who.press("enter")
            assert who.value(*path) == before
        await asked(who, *date)
        await who.press("tab", "enter")
        assert who.value(*date) is None
        assert who.value("references", 0, "title") == "A"


@pytest.mark.parametrize(
    ("path", "answer", "value"),
    [
        (("references", 0, "type"), "motion, amended", "motion, amended"),
        (("proposal", "jurisdictions"), "[FR, 'Korea, Republic of', global]", None),
        (("proposal", "jurisdictions"), "KR", None),
        (("plan", "outputs"), "[html-thing, brief, slides, brief]", None),
        (("proposal", "kind"), "[bill, law]", None),
    ],
)
async def test_looking_at_the_choices_changes_nothing(
    home: Path, path: At, answer: str, value: Value
) -> None:
    """Opened and left by Done, an answer is as it was, byte for byte, also by Enter in the line."""
    *above, last = path
    text = MINIMAL + STRAYS
    if above[0] == "references":
        text = text.replace("type: book", f"{last}: {answer!r}")
    elif above[0] == "proposal":
        text = text.replace("A proposal}", f"A proposal, {last}: {answer}}}")
    else:
        text += f"{above[0]}: {{{last}: {answer}}}\n"
    file = home / "brief.yaml"
    file.write_text(text)
    async with person(file) as who:
        await asked(who, *path)
        assert isinstance(who.app.screen, Choosing)
        await who.click("Done")
        for line in (False, True):
            await asked(who, *path)
            own = who.app.screen.query("#own")
            if line and own:
                who.app.screen.set_focus(own.first())
            await who.press("enter" if line and own else "escape")
            assert who.work
        if value is not None:
            assert who.value(*path) == value
    assert file.read_text() == text


async def test_a_tick_keeps_the_order_and_what_is_no_choice(home: Path) -> None:
    """One more is taken; one's own words, commas and all, stay where they were."""
    file = brief(home, 'jurisdictions: [FR, "Korea, Republic of"]')
    async with person(file) as who:
        await asked(who, "proposal", "jurisdictions")
        assert "with semicolons between several" in who.screen
        await who.press("space")
        await who.click("Done")
        held = who.value("proposal", "jurisdictions")
        assert isinstance(held, list)
        assert held[:2] == ["FR", "Korea, Republic of"]
        await asked(who, "proposal", "jurisdictions")
        own = who.app.screen.query_one("#own", LineField)
        own.value += "; Congo, Democratic Republic of the"
        await who.click("Done")
        assert who.value("proposal", "jurisdictions") == [
            "FR", "Korea, Republic of", held[2], "Congo, Democratic Republic of the",
        ]  # fmt: skip


async def test_the_last_word_counts(home: Path) -> None:
    """Of a choice and one's own words what was given last counts, whole, and is what one sees."""
    file = brief(home, "kind: bill", STRAYS.replace("book", "motion"))
    path = ("references", 0, "type")
    async with person(file) as who:
        await asked(who, *path)
        assert isinstance(who.app.focused, LineField)
        await who.press("shift+tab")
        await who.type("2")
        assert "motion" not in who.screen
        await who.click("Done")
        assert who.value(*path) == "report"
        await asked(who, *path)
        await who.press("tab")
        await who.type("motion, second")
        assert "(•)" not in who.screen
        await who.press("enter")
        assert who.value(*path) == "motion, second"


async def test_a_language_that_is_listed_after_all(home: Path) -> None:  # noqa: ARG001
    """Where a code was typed before, Enter in the list takes the list's."""
    async with person() as who:
        chosen: list[str | None] = []
        choices = [Choice("en", "English"), Choice("fr", "Français")]
        for keys in (("enter",), ("2", "tab", "tab", "enter")):
            await who.app.push_screen(Picking("Which?", choices, "nl", free="or:"), chosen.append)
            await who.press(*keys)
        assert chosen == ["en", "fr"]


async def test_without_choices_one_types_at_once(home: Path) -> None:
    """Where there is nothing to choose from, the words typed are the answer."""
    file = brief(home, "kind: bill", "assessment: {privacy: {cases: [{reason: So}]}}\n")
    async with person(file) as who:
        await asked(who, "assessment", "privacy", "cases", 0, "part")
        await who.type("Article 3, last line\n")
        assert who.value("assessment", "privacy", "cases", 0, "part") == "Article 3, last line"


async def test_a_box_that_is_ticked_drops_nothing(home: Path) -> None:
    """Values that the list doesn't know are listed with it, kept, and can be taken back."""
    file = home / "brief.yaml"
    file.write_text(MINIMAL + "plan: {outputs: [slides, 7, brief, {a: b}]}\n")
    async with person(file) as who:

        async def tick(*keys: str) -> Value:
            await asked(who, "plan", "outputs")
            await who.press(*keys)
            await who.click("Done")
            return who.value("plan", "outputs")

        await asked(who, "plan", "outputs")
        assert who.listed("#choices")[-3:] == ["[x] slides", "[x] 7", "[x] {'a': 'b'}"]
        await who.press("escape")
        rest = ["slides", "7", "brief", {"a": "b"}]
        assert await tick("down", "down", "space") == [*rest, "table"]
        assert await tick("down", "space") == [*rest, "one-page", "table"]
        assert await tick("down", "space", "down", "space", "down", "space") == rest[1:]
        await asked(who, "plan", "outputs")
        await who.press("end", "space", "space", "escape")
        assert who.value("plan", "outputs") == ["7", "brief", {"a": "b"}]


async def test_two_parts_of_one_id(home: Path) -> None:
    """An id that two parts have is one choice, and opens like any other."""
    file = brief(home, "parts: [{id: a}, {id: a}]", "recommendations: [{to: X}]\n")
    async with person(file) as who:
        await asked(who, "recommendations", 0, "parts")
        await who.press("space")
        await who.click("Done")
        assert who.value("recommendations", 0, "parts") == ["a"]
