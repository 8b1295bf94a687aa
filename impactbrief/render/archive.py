"""What WeasyPrint leaves open in a tagged PDF, done in its finisher.

A document claims PDF/UA-1 and PDF/A-3a at once; WeasyPrint writes the second, the first is added to
its metadata here, with the schema that PDF/A asks for. Its structure tree knows no languages, no
scopes of table headers and no words for links, and holds the running lines of each page; all of
that is mended from the boxes that the tree was made of.

The tree and the boxes are walked side by side. WeasyPrint keeps no link between them, but makes the
one from the other in a settled order; a difference between the two is a bug and raises.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape

VARIANT = "pdf/a-3a"
"""What WeasyPrint is asked for; `finish` adds PDF/UA-1."""

NAMESPACE = "urn:x-impactbrief:made#"
"""Of the metadata that say what a document was made of, and with what."""

_ANY_DATE = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Source:
    """What a document was made of, to be carried inside it."""

    answers: bytes
    """The public copy of the answer file."""
    created: datetime | None = None
    """A date of the document itself, since no other would be the same next time."""
    made: Mapping[str, str] = field(default_factory=dict)
    """How it was made: `document`, `paper` and the versions that its bytes depend on."""


NAME = "answers.yaml"
"""The name of the answer file inside a PDF."""


def attachment(weasyprint: Any, source: Source) -> Any:
    """The answers as WeasyPrint takes them; `finish` completes them."""
    date = source.created or _ANY_DATE  # without one, WeasyPrint would take today's
    return weasyprint.Attachment(
        string=source.answers,
        name=NAME,
        description="The answers that this document was made of",
        created=date,
        modified=date,
        relationship="Source",
    )


def finish(document: Any, pdf: Any, source: Source | None, versions: Mapping[str, str]) -> None:
    """Mends the structure tree and completes the metadata of `pdf`, made of `document`."""
    _mend(document, pdf)
    made: dict[str, str] = {}
    if source:
        made = {**source.made, **versions}
        # WeasyPrint lists each attachment twice
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])
        for item in pdf.objects:
            if getattr(item, "extra", {}).get("Type") == "/EmbeddedFile":
                # WeasyPrint asks the machine, and machines differ
                item.extra["Subtype"] = "/application#2fyaml"
                if source.created is None:
                    del item.extra["Params"]["CreationDate"], item.extra["Params"]["ModDate"]
    stream = _object(pdf, pdf.catalog["Metadata"]).stream
    before, end, after = stream[0].rpartition(b"</rdf:RDF>")
    stream[0] = before + _claims(made).encode() + end + after


def _object(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


# --- metadata -----------------------------------------------------------------------------------


def _claims(made: Mapping[str, str]) -> str:
    """PDF/UA-1 and how the document was made, as descriptions inside rdf:RDF."""
    schemas = _schema(
        "PDF/UA identification", "http://www.aiim.org/pdfua/ns/id/", "pdfuaid",
        {"part": ("Integer", "Part of ISO 14289 that this document keeps")},
    )  # fmt: skip
    values = ""
    if made:
        meaning = {name: ("Text", f"Made with this {name}") for name in made}
        schemas += _schema("How this document was made", NAMESPACE, "made", meaning)
        values = "".join(
            f"<made:{name}>{escape(value)}</made:{name}>" for name, value in made.items()
        )
        values = f'<rdf:Description xmlns:made="{NAMESPACE}" rdf:about="">{values}'
        values += "</rdf:Description>"
    return (
        '<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="" '
        f'pdfuaid:part="1"/>{values}'
        '<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" '
        'xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" '
        'xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about="">'
        f"<pdfaExtension:schemas><rdf:Bag>{schemas}</rdf:Bag></pdfaExtension:schemas>"
        "</rdf:Description>"
    )


def _schema(name: str, uri: str, prefix: str, properties: Mapping[str, tuple[str, str]]) -> str:
    """What PDF/A wants to know of metadata that its own standard doesn't name."""
    listed = "".join(
        '<rdf:li rdf:parseType="Resource">'
        f"<pdfaProperty:name>{property_}</pdfaProperty:name>"
        f"<pdfaProperty:valueType>{kind}</pdfaProperty:valueType>"
        "<pdfaProperty:category>internal</pdfaProperty:category>"
        f"<pdfaProperty:description>{meaning}</pdfaProperty:description></rdf:li>"
        for property_, (kind, meaning) in properties.items()
    )
    return (
        '<rdf:li rdf:parseType="Resource">'
        f"<pdfaSchema:schema>{name}</pdfaSchema:schema>"
        f"<pdfaSchema:namespaceURI>{uri}</pdfaSchema:namespaceURI>"
        f"<pdfaSchema:prefix>{prefix}</pdfaSchema:prefix>"
        f"<pdfaSchema:property><rdf:Seq>{listed}</rdf:Seq></pdfaSchema:property></rdf:li>"
    )


# --- the structure tree -------------------------------------------------------------------------


@dataclass(slots=True)
class _Made:
    """What WeasyPrint makes one element of the structure tree of."""

    tag: str
    box: Any
    language: str | None
    """Where it differs from that of the element above."""
    page: int
    running: bool
    """Whether it belongs to a margin box."""


def _mend(document: Any, pdf: Any) -> None:
    import pydyf

    made: list[_Made] = []
    for number, page in enumerate(document.pages):
        made += _Walk(number, document.metadata.lang).boxes(page._page_box, "Document")
    tree = [item for item in pdf.objects if _is_element(item)][1:]
    tags = [f"/{origin.tag}" for origin in made]
    if [element["S"] for element in tree] != tags:
        raise RuntimeError("the structure tree is not made of these boxes")
    for element, origin in zip(tree, made, strict=True):
        if origin.language is not None:
            element["Lang"] = pydyf.String(origin.language)
        if origin.tag == "Link":
            _name_link(element, origin.box, pydyf)
        elif origin.tag == "L":
            kind = _LIST_NUMBERING.get(str(origin.box.style["list_style_type"]), "None")
            element["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": f"/{kind}"})
        elif origin.tag == "Table":
            _tie_cells(origin.box, pydyf)
            _give_body([_object(pdf, kid) for kid in element["K"]])
    _level([element for element, it in zip(tree, made, strict=True) if not it.running])
    running = [(element, it.page) for element, it in zip(tree, made, strict=True) if it.running]
    _take_out(pdf, running)


_LIST_NUMBERING = {"disc": "Disc", "circle": "Circle", "square": "Square", "decimal": "Decimal"}


def _is_element(item: Any) -> bool:
    return isinstance(item, dict) and item.get("Type") == "/StructElem"


@dataclass(slots=True)
class _Walk:
    """The boxes of a page in the order in which WeasyPrint makes elements of them."""

    page: int
    language: str | None
    running: bool = False

    def boxes(self, box: Any, above: str, spoken: str | None = None) -> Iterator[_Made]:
        """The elements made of a box below an element `above` that is `spoken` in a language."""
        from weasyprint.formatting_structure import boxes
        from weasyprint.layout.absolute import AbsolutePlaceholder
        from weasyprint.pdf.tags import _get_pdf_tag

        spoken = spoken or self.language
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        name = None if box.element is None else box.element_tag
        tag = _get_pdf_tag(name)
        if name in ("html", "body") or isinstance(box, boxes.PageBox):
            if isinstance(box, boxes.ParentBox) and not isinstance(box, boxes.LineBox):
                for child in box.children:
                    yield from self.boxes(child, above, spoken)
                return
        elif isinstance(box, boxes.MarginBox):
            self.running = True
            for child in box.children:
                yield from self.boxes(child, above, spoken)
            self.running = False
            return
        elif tag in ("TD", "TH"):
            tag = "NonStruct" if above in ("TD", "TH") else tag
        elif tag == "LI":
            unmarked = name == "li" and (
                "list-item" not in box.style["display"] or box.style["list_style_type"] == "none"
            )
            if above == "LI":
                tag = "LBody"
            elif above == "LBody":
                tag = "NonStruct"
            elif name in ("dt", "dd") or unmarked:
                yield self._made("LI", box, spoken)
                yield from self.boxes(box, "LI", box.style["lang"] or spoken)
                return
        yield self._made(tag, box, spoken)
        spoken = box.style["lang"] or spoken
        for child in _children(box, tag):
            if isinstance(child, boxes.TextBox):
                if tag != "Link":
                    yield self._made("Span", child, spoken)
            else:
                outside = tag == "LI" and child.element_tag in ("ul", "ol")
                yield from self.boxes(child, "L" if outside else tag, spoken)

    def _made(self, tag: str, box: Any, spoken: str | None) -> _Made:
        language = box.style["lang"]
        other = language if language and language != spoken else None
        return _Made(tag, box, other, self.page, self.running)


def _children(box: Any, tag: str) -> Iterator[Any]:
    """A box's children, with the lines between left out, and a table's captions among its rows."""
    from weasyprint.formatting_structure.boxes import LineBox

    children = getattr(box, "children", ())
    if tag == "Table" and box.is_table_wrapper and (table := box.get_wrapped_table()):
        children = [
            inner
            for child in box.children
            for inner in (child.children if child is table else [child])
        ]
    for child in children:
        if isinstance(child, LineBox):
            yield from child.children
        else:
            yield child


def _level(tree: list[Any]) -> None:
    """Headings that go down one level at a time, in the order of reading."""
    above: list[int] = []
    """The levels, as they were, of the headings that the next one may stand under."""
    for element in tree:
        if re.fullmatch("/H[1-6]", element["S"]):
            level = int(element["S"][2])
            while above and above[-1] >= level:
                above.pop()
            above.append(level)
            element["S"] = f"/H{len(above)}"


def _name_link(element: Any, box: Any, pydyf: Any) -> None:
    """A link's description: its words, where WeasyPrint writes the name of its target."""
    if box.element is None:
        return
    label = box.element.get("aria-label")
    words = " ".join((label or "".join(box.element.itertext())).split())
    if label:
        element["Alt"] = pydyf.String(words)
    if box.link_annotation and words:
        box.link_annotation["Contents"] = pydyf.String(words)


def _tie_cells(wrapper: Any, pydyf: Any) -> None:
    """A scope for each header cell; the heading of a group of rows is a header of these alone."""
    group: bytes | None = None
    groups: list[bytes] = []
    for row in _rows(_children(wrapper, "Table")):
        for cell in row.children:
            mark = getattr(cell, "mark", None)
            if mark is None:
                continue
            scope = cell.element.get("scope", "col") if cell.element is not None else "col"
            if mark["S"] == "/TH":
                mark["A"]["Scope"] = "/Row" if scope == "row" else "/Column"
                if scope == "rowgroup":
                    group = mark["ID"]
                    groups.append(group)
            elif "Headers" in mark["A"]:
                headers = [header for header in mark["A"]["Headers"] if header not in groups]
                mark["A"]["Headers"] = pydyf.Array(([group] if group else []) + headers)


def _give_body(parts: list[Any]) -> None:
    """A table with a head alone has a body instead, since a head must have one below it."""
    tags = [part["S"] for part in parts]
    if "/THead" in tags and "/TBody" not in tags:
        parts[tags.index("/THead")]["S"] = "/TBody"


def _rows(boxes: Any) -> Iterator[Any]:
    for box in boxes:
        if box.element_tag == "tr":
            yield box
        else:
            yield from _rows(getattr(box, "children", ()))


def _take_out(pdf: Any, running: list[tuple[Any, int]]) -> None:
    """The running lines of the pages leave the tree: they are marked as artifacts instead."""
    numbers = _object(pdf, pdf.catalog["StructTreeRoot"])["ParentTree"]
    per_page = _object(pdf, numbers)["Nums"]
    for element, page in running:
        content = _object(pdf, _object(pdf, pdf.page_references[page])["Contents"]).stream
        for mcid in (kid for kid in element["K"] if isinstance(kid, int)):
            per_page[2 * page + 1][mcid] = "null"
            place = next(
                place
                for place, item in enumerate(content)
                if isinstance(item, dict) and item.get("MCID") == mcid
            )
            content[place - 1] = "/Artifact"
            content[place].clear()
            content[place].update({"Type": "/Pagination"})
        element.clear()
