"""Word documents as LibreOffice opens and lays them out."""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pikepdf
import pytest

from impactbrief.brief.build import DOCUMENTS, build
from impactbrief.render.word import to_docx
from tests.answer_files import EXAMPLES, MINIMAL, assessed
from tests.pdf.samples import SAMPLES
from tests.render.briefs import brief

PAGES = {"brief": range(9, 40), "one-page": range(1, 2), "table": range(2, 9)}
"""How many pages an example takes."""

WORDS = "word " * 200 + "."
FULL = MINIMAL.replace(
    "{title: A brief}",
    f"{{title: {'A long title ' * 8}, subtitle: {'And more words ' * 8}, version: '1.0', "
    f"date: 2026-11-22, authors: [{{name: {'A long name ' * 4}}}, {{name: {'Another ' * 6}}}], "
    "contact: someone@example.org, licence: CC-BY-4.0}",
) + (
    f"plan: {{issue: {WORDS}}}\nassessment:\n"
    + "".join(
        f"  {id_}: {{impact: strongly-negative, effect_on_people: {WORDS}}}\n"
        for id_ in ("accessible-infrastructure", "building-blocks", "decentralized-management",
                    "common-identifiers", "general-purpose-network", "privacy", "accountability")
    )
    + "recommendations:\n"
    + "".join(f"  - {{to: {'An addressee ' * 6}, text: {WORDS}}}\n" for _each in range(6))
)  # fmt: skip
"""A one-page summary with as many words as it takes."""


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """The PDF of every document of every example and of a few more, in one go."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not here: apt install libreoffice-writer-nogui")
    folder = tmp_path_factory.mktemp("laid-out")
    made = {
        f"{path.stem}.{document}": brief(path, document)
        for path in EXAMPLES
        for document in DOCUMENTS
    }
    made["ar"] = build(assessed(SAMPLES["ar"]))
    made["odd"] = build(assessed(SAMPLES["odd"]))
    made["odd-ar"] = build(assessed(SAMPLES["odd-ar"]))
    made["full"] = build(assessed(FULL), "one-page")
    for name, whole in made.items():
        paper = "letter" if name == "odd-ar" else "a4"  # where LibreOffice came to no end
        (folder / f"{name}.docx").write_bytes(to_docx(whole, paper=paper))
    subprocess.run(
        [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
         "--convert-to", "pdf", "--outdir", str(folder), *map(str, sorted(folder.glob("*.docx")))],
        check=True, capture_output=True, timeout=150,
        # it uses the machine's fonts, whatever a test in this process has set for its PDFs
        env={key: value for key, value in os.environ.items() if key != "FONTCONFIG_FILE"},
    )  # fmt: skip
    return {name: folder / f"{name}.pdf" for name in made}


def text(path: Path) -> str:
    """All words of a PDF, as a reader would copy them."""
    done = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True)
    return re.sub(r"[\s\u200e\u200f\u202a-\u202e\u00ad]+", "", done.stdout.decode())


@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_open(laid_out: Mapping[str, Path], path: Path, document: str) -> None:
    """On as many pages as they should take, with their headings in the outline, in their words."""
    whole, made = brief(path, document), laid_out[f"{path.stem}.{document}"]
    with pikepdf.open(made) as pdf:
        assert len(pdf.pages) in PAGES[document]
        with pdf.open_outline() as outline:
            titles = [item.title for item in outline.root]
    assert titles == [section.heading for section in whole.sections if section.id != "notes"]
    said = text(made)
    for words in (whole.title_block.title, whole.title_block.series, whole.footer[0].prose.text()):
        assert "".join(words.split()) in said


def test_footnotes_stand_at_the_foot(laid_out: Mapping[str, Path]) -> None:
    """The one of the Korean brief is the last that its page says, above the page's number."""
    said = text(laid_out["korea-interconnection.brief"])
    assert re.search(r"AboutUSD328,000,asconverted[^.]*\[\d+\]\.Page\d+of", said)


def test_drafts_say_so_on_every_page(laid_out: Mapping[str, Path]) -> None:
    """Above the text, beside the notice on the first."""
    path = laid_out["draft-platform-id-bill.brief"]
    with pikepdf.open(path) as pdf:
        pages = len(pdf.pages)
    assert text(path).count("Draft") > pages


@pytest.mark.parametrize("name", ["ar", "odd", "odd-ar"])
def test_other_scripts_and_odd_prose_open(laid_out: Mapping[str, Path], name: str) -> None:
    """With their pages numbered, and the table's words in it."""
    with pikepdf.open(laid_out[name]) as pdf:
        last = len(pdf.pages)
        numbered = f"صفحة{last}من{last}" if "ar" in name else f"Page{last}of{last}"
        assert numbered in text(laid_out[name])


def test_a_full_summary_keeps_to_its_page(laid_out: Mapping[str, Path]) -> None:
    """Whatever the answers: its texts are cut to a number of words before."""
    with pikepdf.open(laid_out["full"]) as pdf:
        assert len(pdf.pages) == 1
