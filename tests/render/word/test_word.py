"""Word documents where they are asked for: the command, the extra, styles, house style, paper."""

import json
import os
import subprocess
import sys
from base64 import b64decode
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from impactbrief.brief.model import Brief
from impactbrief.cli import run
from impactbrief.errors import TemplateError
from impactbrief.render import DEFAULT_FORMATS, FORMATS, Look, render
from impactbrief.render.word import to_docx
from tests.answer_files import MINIMAL, assessed
from tests.render.briefs import brief
from tests.render.word.opened import KOREA, body, every, parts, value


def test_word_is_made_where_it_is_asked_for(tmp_path: Path) -> None:
    """By name; without one, the formats that need no extra are made. Twice is once."""
    source = tmp_path / "brief.yaml"
    source.write_text(MINIMAL)
    assert {*DEFAULT_FORMATS, "docx"} == set(FORMATS)
    report = tmp_path / "report.json"
    command = ["render", str(source), "--to", "docx", "--document", "brief,table", "--report"]
    for state in ("written", "skipped"):
        assert run([*command, str(report)]) == 0
        [entry] = json.loads(report.read_text())["files"]
        assert [output["state"] for output in entry["outputs"]] == [state, state]
    assert {path.name for path in tmp_path.glob("brief.*")} == {
        "brief.yaml", "brief.docx", "brief.table.docx"
    }  # fmt: skip
    assert run(["render", str(source), "--to", "docx", "-o", str(tmp_path / "to.docx")]) == 0
    assert (tmp_path / "to.docx").read_bytes() == (tmp_path / "brief.docx").read_bytes()


def test_without_the_extra_render_says_what_to_type(tmp_path: Path) -> None:
    """Exit code 5; other formats are made all the same."""
    (tmp_path / "docx.py").write_text("raise ImportError")
    source = tmp_path / "brief.yaml"
    source.write_text(MINIMAL)
    done = subprocess.run(
        [sys.executable, "-m", "impactbrief", "render", str(source), "--to", "md,docx"],
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path])},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 5
    assert "pip install 'impactbrief[docx]'" in done.stderr
    assert (tmp_path / "brief.md").exists()
    assert not (tmp_path / "brief.docx").exists()


def test_styles_of_ones_own(tmp_path: Path) -> None:
    """They lie in a template folder, as style sheets do; what is no XML is told with its file."""
    folder = tmp_path / "templates" / "shared"
    folder.mkdir(parents=True)
    sheet = folder / "word.xml.j2"
    ours = Path("templates/shared/word.xml.j2").read_text(encoding="utf-8")
    sheet.write_text(ours.replace('"Cambria"', '"Garamond"'), encoding="utf-8")
    look = Look(templates=tmp_path / "templates")
    styles = parts(render(assessed(MINIMAL), "brief", "docx", look).data)["word/styles.xml"]
    assert value(every(styles, "rFonts")[0], "ascii") == "Garamond"
    sheet.write_text("<w:styles>", encoding="utf-8")
    with pytest.raises(TemplateError, match="not valid XML"):
        render(assessed(MINIMAL), "brief", "docx", replace(look, paper="letter"))


PIXEL = (
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
    b"gg=="
)


@pytest.mark.parametrize("logo", ["logo.png", "logo.svg"])
def test_the_house_style_reaches_word(tmp_path: Path, logo: str) -> None:
    """Its colours, typefaces and logo; of a drawing that Word can't show, what it says."""
    drawn = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><path d='M0 0h9v9z'/></svg>"
    (tmp_path / logo).write_bytes(b64decode(PIXEL) if logo.endswith("png") else drawn)
    (tmp_path / "house.yaml").write_text(
        f"logo: {{file: {logo}, text: Example Chapter}}\n"
        'colours: {accent: "#5b1a4a"}\nfonts: {text: Gentium Book Plus}\n'
    )
    data = render(assessed(MINIMAL), "brief", "docx", Look(templates=tmp_path)).data
    with ZipFile(BytesIO(data)) as archive:
        styles = archive.read("word/styles.xml").decode()
        document = archive.read("word/document.xml").decode()
    assert 'w:val="5B1A4A"' in styles
    assert 'w:ascii="Gentium Book Plus"' in styles
    said = 'descr="Example Chapter"' if logo.endswith("png") else "<w:t>Example Chapter</w:t>"
    assert said in document


def test_paper_and_direction_of_each_document() -> None:
    """The table lies on its side."""
    for document, paper, wide in (("brief", "letter", False), ("table", "a4", True)):
        whole: Brief = brief(KOREA, document)
        [size] = every(body(to_docx(whole, paper=paper)), "pgSz")
        assert (int(value(size, "w")) > int(value(size, "h"))) is wide
        assert {"11906", "12240"} & {value(size, "w"), value(size, "h")} == {
            "12240" if paper == "letter" else "11906"
        }
