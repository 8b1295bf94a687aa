"""Opening a finished PDF: its answers go on in a file of their own."""

from pathlib import Path

import pytest

from impactbrief.answers.file import read_answers
from impactbrief.assessment import assessment_of
from impactbrief.render import Look, render
from tests.answer_files import MINIMAL
from tests.tui.person import person

SOURCE = MINIMAL + (
    "assessment:\n  privacy: {impact: negative, notes: [{text: A secret}]}\n"
    "notes: [{text: Another secret}]\n"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("made") / "brief.yaml"
    path.write_text(SOURCE)
    return render(assessment_of(read_answers(path)), "one-page", "pdf", Look()).data


@pytest.fixture
def pdf(home: Path, made: bytes) -> Path:
    path = home / "Documents" / "brief.one-page.pdf"
    path.write_bytes(made)
    return path


async def test_the_answers_go_on_in_a_file(pdf: Path) -> None:
    """A PDF named on the command line: one is told what isn't in it, and asked for a file."""
    async with person(pdf) as who:
        await who.wait("Left out of the PDF: private notes")
        assert "Open that file" not in who.screen
        await who.click("Save them as…")
        await who.wait("~/Documents/brief-one-page.yaml")
        await who.press("enter")
        await who.wait("About the brief")
        assert who.value("assessment", "privacy", "impact") == "negative"
    kept = pdf.with_name("brief-one-page.yaml").read_text()
    assert "secret" not in kept


async def test_nothing_is_replaced(pdf: Path) -> None:
    """A name that is taken is refused; Escape leads back, and nothing was written."""
    before = sorted(pdf.parent.iterdir())
    taken = pdf.with_name("taken.yaml")
    taken.write_text(MINIMAL)
    async with person(pdf) as who:
        await who.wait("Left out of the PDF")
        await who.press("enter")
        await who.wait("Save the answers as")
        await who.press(*["backspace"] * len("brief-one-page.yaml"))
        await who.type("taken\n")
        await who.wait("not replaced")
        await who.press("escape")
        await who.wait("New brief")
    assert taken.read_text() == MINIMAL
    assert sorted(pdf.parent.iterdir()) == [*before, taken]


async def test_its_own_file_beside_it(pdf: Path) -> None:
    """The file that it was made of lies beside it: that is offered first, and opened whole."""
    source = pdf.with_name("brief.yaml")
    source.write_text(SOURCE)
    async with person(size=(80, 24)) as who:
        await who.type("o")
        await who.wait("brief.one-page.pdf")
        assert "the answers inside it" in who.screen
        await who.press("down", "enter")
        await who.wait("brief.yaml is in the same folder")
        assert "Open that file" in who.screen
        await who.press("enter")
        await who.wait("About the brief")
        assert who.value("notes", 0, "text") == "Another secret"


async def test_a_pdf_without_answers(home: Path) -> None:
    """What is no PDF of ours is told in words, and the start screen is there again."""
    other = home / "other.pdf"
    other.write_bytes(b"%PDF-1.7\nnothing\n%%EOF")
    async with person(other) as who:
        await who.wait("can't be read as a PDF")
        assert "Create it" not in who.screen
        await who.press("enter")
        await who.wait("New brief")
