"""All that a brief says stands in its Word document, in Word's own headings and styles."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any, ClassVar

import pytest
from docx import Document

from impactbrief.brief.build import DOCUMENTS, build
from impactbrief.brief.model import Block, Section, Text
from impactbrief.prose import parse, tree
from impactbrief.render.word import to_docx
from tests.answer_files import EXAMPLES, MINIMAL, assessed
from tests.render.briefs import brief
from tests.render.word.opened import KOREA, body, every, headings, parts, together, value, words


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
