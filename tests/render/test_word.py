"""Word documents, read with a parser of XML: what somebody who goes on writing in one finds."""

import json
import os
import re
import subprocess
import sys
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any, ClassVar
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from impactbrief.brief.build import DOCUMENTS, build
from impactbrief.brief.model import Block, Brief, Section, Text
from impactbrief.cli import run
from impactbrief.errors import TemplateError
from impactbrief.prose import parse, tree
from impactbrief.render import DEFAULT_FORMATS, FORMATS, Look, render
from impactbrief.render.html import to_html
from impactbrief.render.markdown import to_markdown
from impactbrief.render.word import to_docx
from impactbrief.render.word.directions import runs
from tests.answer_files import EXAMPLES, MINIMAL, assessed
from tests.assessment.test_in_documents import PRIVATE
from tests.pdf.samples import SAMPLES
from tests.render.briefs import brief

KOREA = next(path for path in EXAMPLES if path.stem == "korea-interconnection")
NOTED = (
    MINIMAL
    + """\
sections:
  context: |
    One[^a], two[^b] and one again[^a].

    [^a]: First *note*, with a note of its own[^c].
    [^b]: Second [@x, p. 4].
    [^c]: Third.
references: [{id: x, type: book, title: A book, URL: "https://example.org/"}]
"""
)


def parts(data: bytes) -> dict[str, Any]:
    """The XML of every part, by its name in the file."""
    with ZipFile(BytesIO(data)) as archive:
        return {name: parse_xml(archive.read(name)) for name in archive.namelist()}


def body(data: bytes) -> Any:
    return parts(data)["word/document.xml"]


def every(root: Any, tag: str) -> list[Any]:
    return list(root.iter(qn(f"w:{tag}")))


def value(element: Any, name: str = "val") -> str:
    return str(element.get(qn(f"w:{name}")))


def words(root: Any) -> str:
    """All words, each paragraph's and line's apart, without marks of direction and white space."""
    text = "\n".join("".join(t.text or "" for t in every(p, "t")) for p in every(root, "p"))
    return together(text)


def together(text: str) -> str:
    return re.sub(r"[\s\u200e\u200f]+", "", text)


def headings(data: bytes) -> list[tuple[int, str]]:
    return [
        (int(paragraph.style.name[-1]), paragraph.text)
        for paragraph in Document(BytesIO(data)).paragraphs
        if paragraph.style is not None and (paragraph.style.name or "").startswith("Heading")
    ]


@pytest.fixture(scope="module")
def korea() -> bytes:
    return to_docx(brief(KOREA))


# --- what is in it ------------------------------------------------------------------------------


def said(value: Any) -> Iterator[str]:
    """Every word that a part of a brief says, whatever it is."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Text):
        for node in tree.block_inlines(value.prose.blocks):
            if isinstance(node, tree.Text | tree.Code):
                yield node.text
    elif isinstance(value, tuple | list):
        for each in value:
            yield from said(each)
    elif is_dataclass(value):
        for each in fields(value):
            if each.name not in UNSEEN:
                yield from said(getattr(value, each.name))


UNSEEN = {
    "id", "anchor", "language", "words", "tone", "short", "typed", "answer_id", "html", "reference",
    "cited_at", "anchors", "url", "orcid", "description", "ticks",
}  # fmt: skip
"""What the model tells a renderer, but no reader as words."""


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_nothing_is_left_out_of_an_example(path: Path) -> None:
    """Every word of the brief's model is in the document."""
    whole = brief(path)
    data = parts(to_docx(whole))
    found = words(data["word/document.xml"]) + words(data["word/footnotes.xml"])
    for caption in every(data["word/document.xml"], "tblCaption"):
        found += together(value(caption))
    missing = [
        line
        for section in whole.sections
        for text in said(section.blocks if section.id == "notes" else section)
        for line in text.splitlines()
        if together(line) not in found
    ]
    assert missing == []


@dataclass(frozen=True, slots=True)
class Unknown(Block):
    kind: ClassVar[str] = "unknown"
    caption: str
    inner: tuple[Text, ...]


def test_a_block_of_a_new_kind_is_printed_as_its_words() -> None:
    """A figure that nobody taught Word loses its looks and none of its words."""
    whole = build(assessed(MINIMAL))
    block = Unknown("A caption", (Text(parse("Some *words*."), 3),))
    changed = replace(whole, sections=(*whole.sections, Section("new", "New", 2, (block,))))
    assert "NewAcaptionSomewords." in words(body(to_docx(changed)))


def test_headings_are_words_own(korea: bytes) -> None:
    """As many as the brief has sections, at their levels, without a jump."""
    found = headings(korea)
    sections = [
        (section.level - 1, section.heading)
        for top in brief(KOREA).sections
        for section in top.walk()
        if section.id != "notes"
    ]
    assert [each for each in found if each in sections] == sections
    levels = [level for level, _words in found]
    assert all(after - before <= 1 for before, after in zip([0, *levels], levels, strict=False))


def test_every_style_that_is_used_is_there(korea: bytes) -> None:
    """And those of Word's own have its names, so that its lists of styles know them."""
    styles = {value(s, "styleId") for s in every(parts(korea)["word/styles.xml"], "style")}
    for document in DOCUMENTS:
        used = parts(to_docx(brief(KOREA, document)))
        for name, root in used.items():
            if name.startswith("word/"):
                for tag in ("pStyle", "rStyle", "tblStyle"):
                    assert {value(each) for each in every(root, tag)} <= styles, name
    names = {style.name for style in Document(BytesIO(korea)).styles}
    assert {"Title", "Heading 1", "Caption", "Quote", "footnote text", "Header"} <= names


def test_footnotes_are_words_own() -> None:
    """A second mark points to the first; a note in a note stands below it."""
    data = to_docx(build(assessed(NOTED)))
    notes = {value(n, "id"): n for n in every(parts(data)["word/footnotes.xml"], "footnote")}
    marks = [value(mark, "id") for mark in every(body(data), "footnoteReference")]
    assert marks == ["1", "2"]
    assert words(notes["1"]) == "Firstnote,withanoteofitsowna.aThird."
    assert words(notes["2"]) == "Second[1,p.4]."
    codes = [code.text for code in every(body(data), "instrText")]
    [again] = [code for code in codes if "NOTEREF" in code]
    names = {value(mark, "name") for mark in every(body(data), "bookmarkStart")}
    assert again.split()[1] in names
    assert ("Notes" in {text for _level, text in headings(data)}) is False


def test_citations_and_references_lead_to_each_other(korea: bytes) -> None:
    """Every jump has its place; each reference leads back to where it is cited."""
    root = body(korea)
    stories = (root, parts(korea)["word/footnotes.xml"])
    names = [value(mark, "name") for story in stories for mark in every(story, "bookmarkStart")]
    jumps = [value(link, "anchor") for link in every(root, "hyperlink") if link.get(qn("w:anchor"))]
    assert set(jumps) <= set(names)
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[A-Za-z_]\w{0,39}", name, re.ASCII) for name in names)
    assert {name for name in jumps if name.startswith("_ref_")} != set()
    assert {name for name in jumps if name.startswith("_cite_")} != set()


def test_a_jump_to_what_is_not_printed_is_plain_words() -> None:
    """A brief whose references go elsewhere keeps its labels."""
    whole = build(assessed(NOTED.replace("One[^a]", "One [@x]")))
    cut = replace(whole, sections=tuple(s for s in whole.sections if s.id != "references"))
    root = body(to_docx(cut))
    assert "One[1]" in words(root)
    assert every(root, "hyperlink") == [link for link in every(root, "hyperlink") if words_of(link)]
    assert not [each for each in every(root, "hyperlink") if "_ref" in value(each, "anchor")]


def words_of(element: Any) -> str:
    return "".join(t.text for t in every(element, "t"))


def test_table_heads_repeat_and_tables_say_what_they_are(korea: bytes) -> None:
    """The first row is marked as the head, the caption is the table's alternative text."""
    tables = every(body(korea), "tbl")
    captioned = [table for table in tables if every(table, "tblCaption")]
    assert len(captioned) > 5
    matrix = next(t for t in captioned if "The effect on each" in value(every(t, "tblCaption")[0]))
    assert every(every(matrix, "tr")[0], "tblHeader")
    assert len(every(matrix, "tblHeader")) == 1
    tints = {value(each, "fill") for each in every(matrix, "shd")}
    assert len(tints) > 3


def test_heads_and_rows_stay_with_what_they_belong_to(korea: bytes) -> None:
    """No head ends a page, and no row of the table of parts goes over its end."""
    kept = {
        value(style, "styleId")
        for style in every(parts(korea)["word/styles.xml"], "style")
        if every(style, "keepNext")
    }
    assert {"TableHead", "TableGroup", "Caption", "Heading1"} <= kept
    [table] = [it for it in every(body(korea), "tbl") if "Whatitaffects" in words(it)]
    assert all(every(row, "cantSplit") for row in every(table, "tr"))


def test_lists_begin_anew() -> None:
    """Each numbered list has a list of its own, which starts where it was meant to."""
    text = MINIMAL + "sections:\n  context: |\n    3. a\n    4. b\n\n    Then\n\n    1. c\n"
    data = to_docx(build(assessed(text)))
    used = [value(each) for each in every(body(data), "numId")]
    starts = {
        value(num, "numId"): value(every(num, "startOverride")[0])
        for num in every(parts(data)["word/numbering.xml"], "num")
        if every(num, "startOverride")
    }
    assert [starts[each] for each in dict.fromkeys(used)] == ["3", "1"]
    assert len(used) == 3


# --- languages ----------------------------------------------------------------------------------


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


def test_a_name_and_its_organisation_are_parted_as_the_language_parts() -> None:
    """With the comma of Arabic in an Arabic brief, in every format."""
    author = "{name: سلمى, affiliation: [جامعة]}"
    opening = f"language: ar\ndocument: {{authors: [{author}], "
    there = build(assessed(MINIMAL.replace("document: {", opening)))
    assert "سلمى، جامعة" in to_markdown(there)
    assert "<b>سلمى</b>، جامعة" in to_html(there)
    assert together("سلمى، جامعة") in words(body(to_docx(there)))


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


# --- what it says of itself ---------------------------------------------------------------------


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


# --- what it never holds ------------------------------------------------------------------------

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


# --- the same every time ------------------------------------------------------------------------

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


# --- where it is asked for ----------------------------------------------------------------------


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


@pytest.mark.parametrize("language", ["x" * 300, '"en\\x07"'])
def test_a_language_that_is_none_makes_a_document_all_the_same(language: str) -> None:
    """Too long for a property, or with what XML can't hold."""
    data = render(assessed(f"language: {language}\n{MINIMAL}"), "brief", "docx").data
    assert len(Document(BytesIO(data)).core_properties.language) <= 255
