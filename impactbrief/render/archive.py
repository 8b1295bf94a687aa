"""What makes a PDF archival and accessible in one, and carry its source, done in WeasyPrint's
finisher.

A document claims PDF/UA-1 and PDF/A-3a at once; WeasyPrint writes the second, the first is added to
its metadata here, with the schema that PDF/A asks for. The structure tree is mended in `structure`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape

import pydyf

from impactbrief.render import structure

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
    bank: Mapping[str, bytes] = field(default_factory=dict)
    """The files of a question bank of its own, by their names in the bank's folder."""
    made: Mapping[str, str] = field(default_factory=dict)
    """How it was made: `document`, `paper` and the versions that its bytes depend on."""


NAME = "answers.yaml"
"""The name of the answer file inside a PDF."""

BANK = "question-bank."
"""How the names of a question bank's files begin inside a PDF, where folders are dots."""


def attachments(weasyprint: Any, source: Source) -> list[Any]:
    """The answers and their question bank as WeasyPrint takes them; `finish` completes them."""
    date = source.created or _ANY_DATE  # without one, WeasyPrint would take today's
    carried = [(NAME, source.answers, "Source", "The answers that this document was made of")]
    carried += [
        (BANK + name.replace("/", "."), data, "Supplement", "Of the questions that were asked")
        for name, data in source.bank.items()
    ]
    return [
        weasyprint.Attachment(
            string=data,
            name=name,
            description=description,
            created=date,
            modified=date,
            relationship=relationship,
        )
        for name, data, relationship, description in carried
    ]


def finish(document: Any, pdf: Any, source: Source | None, versions: Mapping[str, str]) -> None:
    """Mends the structure tree and completes the metadata of `pdf`, made of `document`."""
    structure.mend(document, pdf)
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
    pdf.objects[:] = [item if item.free == "f" else _Settled(item) for item in pdf.objects]


class _Settled(pydyf.Object):  # type: ignore[misc]
    """An object that won't change any more, ready to be written.

    pydyf asks twice for each one's data, for the file and for its fingerprint, and would serialize
    and compress it twice.
    """

    def __init__(self, item: Any) -> None:
        super().__init__()
        self.number, self.generation = item.number, item.generation
        self._data, self._compressible = item.data, item.compressible

    @property
    def data(self) -> bytes:
        return self._data  # type: ignore[no-any-return]

    @property
    def compressible(self) -> bool:
        return self._compressible  # type: ignore[no-any-return]


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
