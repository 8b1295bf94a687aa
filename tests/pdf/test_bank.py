"""A PDF that was made with a question bank of one's own carries that bank too."""

import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from impactbrief.assessment import open_assessment
from impactbrief.cli import run
from impactbrief.errors import InputError
from impactbrief.render import render
from impactbrief.render.carried import read
from impactbrief.toolkit.load import DEFAULT, SHIPPED
from impactbrief.workspace.from_pdf import new_from_pdf
from impactbrief.yamltext import set_value
from tests.answer_files import MINIMAL

ASKED = "Being left alone"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A brief made with a bank of one's own, as a PDF beside both."""
    folder = tmp_path_factory.mktemp("bank")
    shutil.copytree(SHIPPED / DEFAULT, folder / "banks" / "mine")
    words = folder / "banks" / "mine" / "words" / "en.yaml"
    text = set_value(words.read_text(), ("elements", "privacy", "name"), ASKED)
    words.write_text(f"# between us\n{text}x-secret: between us\n")
    (folder / "brief.yaml").write_text(MINIMAL + "toolkit: ./banks/mine\n")
    pdf = folder / "brief.pdf"
    pdf.write_bytes(render(open_assessment(folder / "brief.yaml"), "table", "pdf").data)
    return pdf


def test_it_carries_what_was_asked(made: Path) -> None:
    """The bank and its words in the brief's language, without what its authors keep to
    themselves; a brief of the bank that ships carries none."""
    carried = read(made.read_bytes())
    assert sorted(carried.bank) == ["bank.yaml", "words/en.yaml"]
    assert ASKED.encode() in carried.bank["words/en.yaml"]
    assert b"between us" not in b"".join(carried.bank.values())
    with pikepdf.open(BytesIO(made.read_bytes())) as pdf:
        kinds = [str(spec.AFRelationship) for spec in pdf.Root.AF]
        assert kinds == ["/Source", "/Supplement", "/Supplement"]


def test_extract_gives_a_file_that_makes_the_same_pdf(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In an empty folder; a second time the bank is there already."""
    for name in ("one.yaml", "two.yaml"):
        target = tmp_path / name
        assert run(["extract", str(made), "-o", str(target)]) == 0
        assert render(open_assessment(target), "table", "pdf").data == made.read_bytes()
    assert (tmp_path / "banks" / "mine" / "words" / "en.yaml").is_file()
    assert run(["extract", str(made)]) == 0
    assert "--output" in capsys.readouterr().err


def test_the_wizard_opens_it_with_its_bank(made: Path, tmp_path: Path) -> None:
    """As it keeps the answers of any PDF."""
    written = new_from_pdf(read(made.read_bytes()), tmp_path / "brief.yaml")
    assert {path.name for path in written} >= {"brief.yaml", "bank.yaml", "en.yaml"}
    assert open_assessment(tmp_path / "brief.yaml").toolkit.elements["privacy"].name == ASKED


def test_another_bank_is_never_written_over(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is written then."""
    other = tmp_path / "banks" / "mine" / "bank.yaml"
    other.parent.mkdir(parents=True)
    other.write_text("mine")
    assert run(["extract", str(made), "-o", str(tmp_path / "brief.yaml")]) == 4
    assert "question bank" in capsys.readouterr().err
    assert other.read_text() == "mine"
    assert not (tmp_path / "brief.yaml").exists()


def test_verify_makes_it_again(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Wherever the PDF lies, without the bank's folder."""
    assert run(["verify", str(made)]) == 0
    assert capsys.readouterr().out.startswith("Identical: ")


def changed(made: Path, folder: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    path = folder / "changed.pdf"
    with pikepdf.open(made) as pdf:
        stream = pdf.attachments[name].obj.EF.F
        stream.write(change(stream.read_bytes()))
        pdf.save(path, fix_metadata_version=False)
    return path


def test_verify_finds_another_bank(made: Path, tmp_path: Path) -> None:
    """Other questions than those that it prints."""
    name = "question-bank.words.en.yaml"
    other = changed(made, tmp_path, name, lambda data: data.replace(ASKED.encode(), b"Otherwise"))
    assert run(["verify", str(other)]) == 1


@pytest.mark.parametrize("where", ["../out", "/tmp/out", "./a/../../out", r"..\\out", r'"./a\0b"'])
def test_a_bank_is_never_put_outside(made: Path, tmp_path: Path, where: str) -> None:
    """Whatever a PDF from anywhere says."""

    def elsewhere(data: bytes) -> bytes:
        return data.replace(b"./banks/mine", where.encode())

    bad = changed(made, tmp_path, "answers.yaml", elsewhere)
    inside = tmp_path / "inside"
    inside.mkdir()
    with pytest.raises(InputError, match="outside"):
        new_from_pdf(read(bad.read_bytes()), inside / "brief.yaml")
    assert list(inside.iterdir()) == []
    assert run(["verify", str(bad)]) == 3


def test_a_bank_that_unpacks_to_too_much_is_refused(made: Path, tmp_path: Path) -> None:
    """A bomb costs no more than a bank may."""
    bomb = changed(made, tmp_path, "question-bank.bank.yaml", lambda data: data + b"#" * 50_000_000)
    assert len(read(bomb.read_bytes()).bank["bank.yaml"]) < 3_000_000
    assert run(["verify", str(bomb)]) == 3


def test_a_bank_that_is_no_text_is_refused(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By who reads it, with the file's name; `extract` gives it as it is."""
    name = "question-bank.bank.yaml"
    bad = changed(made, tmp_path, name, lambda _data: b"\xff\xfe")
    assert run(["verify", str(bad)]) == 3
    assert "bank.yaml: This file of the question bank can't be read" in capsys.readouterr().err
    assert run(["extract", str(bad), "--output", str(tmp_path / "out" / "brief.yaml")]) == 0
    assert (tmp_path / "out" / "banks" / "mine" / "bank.yaml").read_bytes() == b"\xff\xfe"
