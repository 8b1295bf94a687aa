"""A Word document taken apart: its parts as XML, its words and its headings."""

import re
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from tests.answer_files import EXAMPLES

KOREA = next(path for path in EXAMPLES if path.stem == "korea-interconnection")


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


def words_of(element: Any) -> str:
    return "".join(t.text for t in every(element, "t"))


def together(text: str) -> str:
    return re.sub(r"[\s\u200e\u200f]+", "", text)


def headings(data: bytes) -> list[tuple[int, str]]:
    return [
        (int(paragraph.style.name[-1]), paragraph.text)
        for paragraph in Document(BytesIO(data)).paragraphs
        if paragraph.style is not None and (paragraph.style.name or "").startswith("Heading")
    ]
