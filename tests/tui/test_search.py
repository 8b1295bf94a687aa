"""Search over questions and answers."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from impactbrief.interview.alike import folded
from impactbrief.tui.desk import Desk
from impactbrief.tui.screens.search import SearchScreen, places
from impactbrief.tui.widgets.fields import LineField
from impactbrief.tui.widgets.lines import one_line
from impactbrief.workspace import Workspace
from impactbrief.yamltext import Value
from tests.answer_files import EXAMPLES, MINIMAL, ROOT
from tests.tui.person import person


@pytest.fixture
def file(home: Path) -> Path:
    return Path(shutil.copy(ROOT / "examples" / "korea-interconnection.yaml", home))


def test_folding() -> None:
    """Capitals and accents make no difference."""
    assert folded("État ÉTAT İstanbul ﬁn") == folded("etat etat istanbul fin")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_every_answer_can_be_found(example: Path) -> None:
    """Whatever text an answer file holds, search knows it, and knows where it stands."""
    desk = Desk(Workspace.open(example, look=True))
    known = "\n".join(place.folded for place in places(desk))
    texts = [text for text in leaves(desk.workspace.file.yaml.value) if " " in text]
    assert len(texts) > 20
    assert [text for text in texts if folded(one_line(text)) not in known] == []
    for place in places(desk):
        assert desk.interview.topic(place.spot.topic.id)


def leaves(value: Value) -> Iterator[str]:
    """Every text in a tree."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if not key.startswith("x-"):
                yield from leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)
    elif value is not None:
        yield str(value)


async def test_enter_goes_there(file: Path) -> None:
    """F3, words, Enter: the page with that answer, the focus on it. Typing ahead is no trouble."""
    async with person(file) as who:
        await who.press("f3")
        await who.type("one willing neighbour\n")
        await who.wait("An accessible infrastructure")
        assert who.work.topic_id == "accessible-infrastructure"
        assert who.work.page == 1


async def test_answers_come_first(file: Path) -> None:
    """What somebody wrote stands before the questions, and questions are marked in words."""
    async with person(file) as who:
        await who.press("f3")
        await who.type("impact")
        lines = who.listed("#results")
        asked = ["(question)" in line for line in lines]
        assert asked == sorted(asked)
        assert False in asked


async def test_nothing_found_is_said(file: Path) -> None:
    """Words that stand nowhere are said to stand nowhere, and Enter does nothing."""
    async with person(file) as who:
        await who.press("f3")
        await who.type("xyzzy\n")
        assert "Nothing was found" in who.screen
        assert isinstance(who.app.screen, SearchScreen)
        await who.press("escape")
        assert who.work


async def test_brackets_are_text(file: Path) -> None:
    """What looks like markup is found and shown as it is."""
    async with person(file) as who:
        await who.press("f3")
        await who.type("[@isoc-case-korea]")
        assert any("[@isoc-case-korea]" in line for line in who.listed("#results"))


async def test_the_outline_finds_what_a_topic_is_about(home: Path) -> None:
    """By a topic's name, or else by what it asks; what nothing holds, it says, and leads on."""
    (home / "brief.yaml").write_text(MINIMAL)
    async with person(home / "brief.yaml") as who:
        await who.press("ctrl+o")
        await who.type("privacy")
        assert [line.split()[-1] for line in who.listed("#topics")[1:]] == ["Privacy"]
        await who.press(*["backspace"] * 7)
        await who.type("sources")
        assert any("References" in line for line in who.listed("#topics"))
        await who.press(*["backspace"] * 7)
        await who.type("abstract\n")
        assert who.work.here.steps[0].path == ("sections", "abstract")
        await who.press("ctrl+o")
        await who.type("xyz")
        assert "No topic holds these words" in who.screen
        await who.press("f3")
        await who.wait("Words from a question or an answer")
        await who.press("escape")
        assert who.work


async def test_the_outline_is_filtered_by_names_first(home: Path) -> None:
    """A name of a topic or group, however typed, before what is asked; from the list, too."""
    (home / "brief.yaml").write_text(MINIMAL)
    async with person(home / "brief.yaml") as who:
        await who.press("ctrl+o")
        await who.type("PÁRTS")
        assert [line.split()[-1] for line in who.listed("#topics")[1:]] == ["Parts"]
        assert "Parts" in who.highlighted("#topics")
        await who.press(*["backspace"] * 5)
        await who.type("trust")
        await who.press("down")
        await who.type("worthy")
        field = who.app.screen.query_one("#filter", LineField)
        assert (who.app.focused, field.value) == (field, "trustworthy")
        found = [line.split()[-1] for line in who.listed("#topics")[1:]]
        assert found == ["Reliability", "Accountability", "Privacy"]
        assert "Reliability" in who.highlighted("#topics")
        await who.press("down", "enter")
        assert who.work.topic_id == "accountability"


async def test_an_entry_is_found_under_its_list(file: Path) -> None:
    """Not under the first field of its form."""
    async with person(file) as who:
        await who.press("f3")
        await who.type("settlement-free")
        assert "Glossary" in who.screen
        assert "› Term" not in who.screen
