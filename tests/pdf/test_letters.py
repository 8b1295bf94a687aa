"""Every script that we promise is printed in our own fonts, the same in every process."""

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pikepdf
import pytest

from impactbrief.answers.file import parse
from impactbrief.assessment import assessment_of
from impactbrief.render import fonts, render
from tests.conftest import ROOT
from tests.pdf.samples import SAMPLES, answers
from tests.pdf.test_accessible import PROFILES, validated

LETTERS = ("he", "hi", "bn", "th", "km", "ta", "te")

RENDER = """
import sys
from pathlib import Path
from impactbrief.render import fonts
fonts.system_folders = lambda: ()  # a machine without any font
from impactbrief.answers.file import parse
from impactbrief.assessment import assessment_of
from impactbrief.render import render
from tests.pdf.samples import SAMPLES
for language in sys.argv[2:]:
    made = render(assessment_of(parse(SAMPLES[language].encode())), "table", "pdf")
    assert made.warnings == (), made.warnings
    Path(sys.argv[1], f"{language}.pdf").write_bytes(made.data)
"""


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The samples in these scripts, made by three processes."""
    made = []
    for number in range(3):
        folder = tmp_path_factory.mktemp("letters")
        elsewhere = {"PYTHONHASHSEED": str(number), "SOURCE_DATE_EPOCH": str(number),
                     "TZ": ("UTC", "Asia/Tokyo", "Pacific/Kiritimati")[number],
                     "XDG_CACHE_HOME": str(folder / "cache"),
                     "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}  # fmt: skip
        command = [sys.executable, "-c", RENDER, str(folder), *LETTERS]
        subprocess.run(command, check=True, env=os.environ | elsewhere)
        made.append(folder)
    return made


def test_no_font_of_the_machine_is_needed(folders: list[Path]) -> None:
    """Each letter is in a face of ours, inside the file."""
    ours = {family.name.replace(" ", "") for family in fonts.families()}
    for language in LETTERS:
        with pikepdf.open(folders[0] / f"{language}.pdf") as pdf:
            names = {
                str(font.BaseFont).partition("+")[2].replace("-", "")
                for page in pdf.pages
                for font in page.Resources.Font.values()
            }
        assert names
        assert {name for name in names if not name.startswith(tuple(ours))} == set()


def test_equal_bytes_in_three_processes(folders: list[Path]) -> None:
    """Variable fonts too, whatever the time, its zone and the seed of hashes."""
    for language in LETTERS:
        data = [(folder / f"{language}.pdf").read_bytes() for folder in folders]
        assert len({sha256(each).hexdigest() for each in data}) == 1, language


def test_they_keep_both_standards(folders: list[Path]) -> None:
    """Bold and slanted letters too."""
    said = validated(*(folders[0] / f"{language}.pdf" for language in LETTERS))
    assert [line for line in said if line[2] == "failed"] == []
    assert len(said) == len(PROFILES) * len(LETTERS)


def test_without_the_extra_each_character_is_told_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """And with its line in the answer file."""
    monkeypatch.setattr(fonts, "missing", lambda text, **_: ["ក"] if "ក" in text else [])
    monkeypatch.setattr(fonts, "extra_for", lambda character: character == "ក")
    text = answers("en", "One\n\nក two")
    [warning] = render(assessment_of(parse(text.encode())), "table", "pdf").warnings
    assert warning.place.line == 1 + text[: text.index("ក")].count("\n")
    assert "[U+1780]" in warning.what
    assert "impactbrief[fonts]" in warning.hint


def test_all_these_are_samples() -> None:
    """So that the long documents are held against the standards too."""
    assert set(LETTERS) <= set(SAMPLES)


def test_an_address_in_arabic_runs_from_left_to_right(tmp_path: Path) -> None:
    """Where it goes over the end of a line, the hyphen there doesn't jump to the front."""
    address = "https://example.org/" + 8 * "a-folder-with-a-long-name/"
    text = f"""\
impactbrief: 1
language: ar
document: {{title: عنوان}}
proposal: {{name: اقتراح}}
sections:
  context: |
    كما في {address} [@law].
references:
- id: law
  type: webpage
  title: القانون
  URL: {address}
"""
    path = tmp_path / "ar.pdf"
    path.write_bytes(render(assessment_of(parse(text.encode())), "brief", "pdf").data)
    command = ["pdftotext", "-layout", str(path), "-"]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert said.count("https://example.org/a-folder-with-a-long-") == 2
    assert "-https" not in said
