"""Footnotes, citations, jumps and lists: Word's own, and each leads to its place."""

import re
from dataclasses import replace

from docx.oxml.ns import qn

from impactbrief.brief.build import build
from impactbrief.render.html import to_html
from impactbrief.render.markdown import to_markdown
from impactbrief.render.word import to_docx
from tests.answer_files import MINIMAL, assessed
from tests.render.word.opened import body, every, headings, parts, together, value, words, words_of

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


def test_a_name_and_its_organisation_are_parted_as_the_language_parts() -> None:
    """With the comma of Arabic in an Arabic brief, in every format."""
    author = "{name: سلمى, affiliation: [جامعة]}"
    opening = f"language: ar\ndocument: {{authors: [{author}], "
    there = build(assessed(MINIMAL.replace("document: {", opening)))
    assert "سلمى، جامعة" in to_markdown(there)
    assert "<b>سلمى</b>، جامعة" in to_html(there)
    assert together("سلمى، جامعة") in words(body(to_docx(there)))


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
