"""Languages and directions in Word: said of the document, of passages, of every run."""

import pytest
from docx.oxml.ns import qn

from impactbrief.brief.build import build
from impactbrief.render.word import to_docx
from impactbrief.render.word.directions import runs
from tests.answer_files import assessed
from tests.pdf.samples import SAMPLES
from tests.render.word.opened import body, every, parts, value, words_of


def test_languages_are_said_of_the_document_and_of_quotations() -> None:
    """So that Word checks the spelling of each passage in its own, and a voice speaks it."""
    data = to_docx(build(assessed(SAMPLES["ru"])))
    defaults = every(parts(data)["word/styles.xml"], "docDefaults")[0]
    assert value(every(defaults, "lang")[0]) == "ru"
    spoken = {
        value(lang): words_of(lang.getparent().getparent()) for lang in every(body(data), "lang")
    }
    assert "네트워크" in spoken["ko"]
    assert "Loi" in spoken["fr"]


def test_right_to_left_is_said_of_pages_paragraphs_tables_and_runs() -> None:
    """An Arabic brief with Latin names: each run knows its way."""
    data = to_docx(build(assessed(SAMPLES["ar"])))
    styles, root = parts(data)["word/styles.xml"], body(data)
    [normal] = [s for s in every(styles, "style") if value(s, "styleId") == "Normal"]
    assert every(normal, "bidi")
    assert root[0][-1].find(qn("w:bidi")) is not None
    assert len(every(root, "bidiVisual")) == len(every(root, "tbl"))
    for run_ in every(root, "r"):
        if text := words_of(run_).strip():
            arabic = any("\u0600" <= char <= "\u06ff" for char in text)
            latin = any("a" <= char.lower() <= "z" for char in text)
            assert not (arabic and latin)
            if arabic or latin:
                assert bool(every(run_, "rtl")) is arabic, text


@pytest.mark.parametrize(
    ("text", "from_right", "pieces"),
    [
        ("plain", False, [("plain", False)]),
        ("RFC 791 (1981)", True, [("RFC 791 (1981", False), (")", True)]),
        ("شبكة", False, [("شبكة", True)]),
        ("the شبكة here", False, [("the ", False), ("شبكة", True), (" here", False)]),
        ("شبكة 42 one", True, [("شبكة 42 ", True), ("one", False)]),
        ("", True, []),
    ],
)
def test_runs_of_either_way(text: str, from_right: bool, pieces: list[tuple[str, bool]]) -> None:
    """Digits go with the letters before them, the rest with its neighbours or its line."""
    assert list(runs(text, from_right=from_right)) == pieces
