"""The file itself: what it says of itself, what it never holds, and the same bytes each time."""

import os
import subprocess
import sys
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn

from impactbrief.brief.build import DOCUMENTS, build
from impactbrief.render import render
from impactbrief.render.word import to_docx
from tests.answer_files import MINIMAL, assessed
from tests.assessment.test_in_documents import PRIVATE
from tests.pdf.samples import SAMPLES
from tests.render.briefs import brief
from tests.render.word.opened import KOREA, body, every, parts, words


def test_properties_are_the_briefs(korea: bytes) -> None:
    """Title, authors, language and date, and nothing of whoever made the file."""
    core = Document(BytesIO(korea)).core_properties
    block = brief(KOREA).title_block
    assert core.title == f"Internet Impact Brief: {block.title}"
    assert core.author == "; ".join(person.name for person in block.authors)
    assert (core.language, core.last_modified_by) == ("en", "")
    bare = render(assessed(MINIMAL), "brief", "docx").data
    assert Document(BytesIO(bare)).core_properties.created is None
    dated = MINIMAL.replace("A brief", "A brief, date: 2022-05")
    made = Document(BytesIO(render(assessed(dated), "brief", "docx").data)).core_properties.created
    assert made is not None
    assert made.date().isoformat() == "2022-05-01"


def test_endless_properties_are_cut() -> None:
    """Word has room for 255 characters in each."""
    data = to_docx(build(assessed(MINIMAL.replace("A brief", "word " * 200))))
    title = Document(BytesIO(data)).core_properties.title
    assert len(title) <= 255
    assert title.endswith("…")


@pytest.mark.parametrize("language", ["x" * 300, '"en\\x07"'])
def test_a_language_that_is_none_makes_a_document_all_the_same(language: str) -> None:
    """Too long for a property, or with what XML can't hold."""
    data = render(assessed(f"language: {language}\n{MINIMAL}"), "brief", "docx").data
    assert len(Document(BytesIO(data)).core_properties.language) <= 255


def test_a_draft_is_marked_on_every_page_and_a_final_one_nowhere() -> None:
    """In words at its beginning, and in the header of the first and of the other pages."""
    for status, marked in (("draft", True), ("final", False)):
        text = MINIMAL.replace("A brief", f"A brief, status: {status}")
        found = parts(to_docx(build(assessed(text))))
        headers = [words(root) for name, root in found.items() if "header" in name]
        assert len(headers) == 2
        assert [("Draft" in header) for header in headers] == [marked, marked]
        assert ("Thisisadraft" in words(found["word/document.xml"])) is marked


def test_a_brief_in_review_tracks_changes() -> None:
    """Whoever reviews it need not think of it; in others the choice is theirs."""
    for status, tracked in (("draft", 0), ("review", 1), ("final", 0)):
        text = MINIMAL.replace("A brief", f"A brief, status: {status}")
        settings = parts(to_docx(build(assessed(text))))["word/settings.xml"]
        assert len(every(settings, "trackRevisions")) == tracked


HOSTILE = (
    MINIMAL.replace(
        "A brief", '"<w:t>&amp; ]]> \\x07 \\uFFFE \\u2028 </w:document>, *no* [@mark] {{ 7*7 }}"'
    ).replace("{name: A proposal}", '{name: A proposal, url: "file:///etc/passwd"}')
    + """\
sections:
  context: |
    <w:p/> &lt; <script>x</script> [a](javascript:alert(1)) [b](file:///etc/passwd)
    [c](https://example.org/?a=1&b="2") ![d](https://example.org/d.png)

    ```
    a  b\tc
      </w:t>
    ```
"""
)


def test_text_is_text() -> None:
    """What looks like markup of any kind is printed, characters that XML can't hold are not."""
    data = to_docx(build(assessed(HOSTILE)))
    found = words(body(data))
    assert "<w:t>&amp;]]>" in found
    assert "</w:document>,*no*[@mark]{{7*7}}" in found
    assert "<w:p/><<script>x</script>" in found
    assert "</w:t>" in found


@pytest.mark.parametrize("sample", ["odd", "odd-ar"])
@pytest.mark.parametrize("document", DOCUMENTS)
def test_nothing_leads_outside_but_links(sample: str, document: str) -> None:
    """Whatever prose does: no program, no picture, no file; links go to the web."""
    data = to_docx(build(assessed(SAMPLES[sample]), document))
    found = parts(data)
    assert not [name for name in found if not name.endswith((".xml", ".rels"))]
    for name, root in found.items():
        for relation in root if name.endswith(".rels") else ():
            if relation.get("TargetMode") == "External":
                assert relation.get("Type").endswith("/hyperlink")
                assert relation.get("Target").startswith(("https://", "http://", "mailto:"))


def test_unsafe_links_are_no_links() -> None:
    """The words stay."""
    data = to_docx(build(assessed(HOSTILE)))
    root = parts(data)["word/_rels/document.xml.rels"]
    targets = [each.get("Target") for each in root if each.get("TargetMode") == "External"]
    assert [target for target in targets if "example.org" in target] == [
        "https://example.org/?a=1&b=%222%22"
    ]
    assert not [target for target in targets if target.startswith(("javascript", "file"))]
    assert "file:///etc/passwd" in words(body(data))


ORDERS = {
    "pPr": "pStyle keepNext keepLines widowControl numPr pBdr shd tabs suppressAutoHyphens bidi "
    "spacing ind jc outlineLvl",
    "rPr": "rStyle rFonts b bCs i iCs strike color sz szCs u shd vertAlign rtl lang",
    "tblPr": "tblStyle bidiVisual tblW tblInd tblBorders tblLayout tblCellMar tblLook tblCaption",
    "tcPr": "tcW gridSpan tcBorders shd vAlign",
}
"""The properties that are used, in the order of Word's schema."""


@pytest.mark.parametrize("sample", ["odd", "odd-ar", "ar"])
def test_properties_stand_in_words_order(sample: str) -> None:
    """Word calls a file broken that has them in another."""
    for root in parts(to_docx(build(assessed(SAMPLES[sample])))).values():
        for tag, names in ORDERS.items():
            order = names.split()
            for properties in every(root, tag):
                found = [child.tag.rpartition("}")[2] for child in properties]
                assert found == sorted(found, key=order.index)
        for cell in every(root, "tc"):
            assert cell[-1].tag == qn("w:p")


RENDER = """
import sys, time
from impactbrief.answers.file import parse
from impactbrief.assessment import assessment_of
from impactbrief.render import render
data = render(assessment_of(parse(sys.stdin.buffer.read())), sys.argv[1], "docx").data
sys.stdout.buffer.write(data)
"""


def test_equal_bytes_in_another_process() -> None:
    """Whatever its time zone, seed of hashes and time of day."""
    made = render(assessed(PRIVATE), "brief", "docx").data
    elsewhere = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "42",
                 "PYTHONPATH": os.pathsep.join(sys.path)}  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", RENDER, "brief"],
        input=PRIVATE.encode(),
        env=os.environ | elsewhere,
        capture_output=True,
        check=True,
    )
    assert sha256(done.stdout).hexdigest() == sha256(made).hexdigest()
    with ZipFile(BytesIO(made)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
