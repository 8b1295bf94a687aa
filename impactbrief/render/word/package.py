"""The file itself: the parts of a Word document, their relations and their bytes.

A document begins from a skeleton of our own, not from a template of Word's, so that nothing is in
it that nobody asked for: no picture of a page, no former author, no macro. Equal content gives
equal bytes. Footnotes are a part that python-docx doesn't know; they are made here with its tools.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.parts.story import StoryPart

from impactbrief.prose.tidy import clean
from impactbrief.render.html import short

Element = Any
"""An element of the document's XML; python-docx's have no types that mypy could follow."""

SHEETS = {"a4": (11906, 16838), "letter": (12240, 15840)}
"""Width and height of each paper, in twentieths of a point."""

LEVELS = 9
"""A list in Word has so many levels."""

MOST_OF_A_PROPERTY = 255
"""So many characters fit a property of the document."""


def w(tag: str, *children: Element, **attributes: object) -> Element:
    """An element of Word's own vocabulary."""
    element: Element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), clean(str(value)))
    element.extend(children)
    return element


@dataclass(frozen=True, slots=True)
class Page:
    """Paper and margins, in twentieths of a point."""

    width: int
    height: int
    side: int
    top: int
    bottom: int

    @property
    def text_width(self) -> int:
        return self.width - 2 * self.side


@dataclass(frozen=True, slots=True)
class Properties:
    """What a document says of itself to whoever lists it."""

    title: str
    subject: str
    authors: Sequence[str]
    keywords: Sequence[str]
    description: str
    status: str
    language: str
    created: datetime | None


class Docx:
    """A Word document in the making: its body is filled, then its bytes are taken once."""

    def __init__(
        self,
        page: Page,
        properties: Properties,
        styles: str,
        *,
        from_right: bool,
        tracked: bool,
    ) -> None:
        parts = _skeleton(page, styles, from_right=from_right, tracked=tracked)
        self._document = Document(_zipped(parts))
        self._describe(properties)
        self.part: Any = self._document.part
        self.body: Element = self._document.element.body
        self._lists: Element = self.part.numbering_part.element
        self._notes = StoryPart(
            PackURI("/word/footnotes.xml"),
            CONTENT_TYPE.WML_FOOTNOTES,
            parse_xml(_FOOTNOTES),
            self.part.package,
        )
        self.part.relate_to(self._notes, RELATIONSHIP_TYPE.FOOTNOTES)

    @property
    def header(self) -> Element:
        """The header of every page but the first."""
        return self._emptied(self._document.sections[0].header)

    @property
    def first_header(self) -> Element:
        return self._emptied(self._document.sections[0].first_page_header)

    @property
    def footers(self) -> tuple[Element, Element]:
        """The footers: of the first page, and of the others."""
        section = self._document.sections[0]
        return self._emptied(section.first_page_footer), self._emptied(section.footer)

    @staticmethod
    def _emptied(story: Any) -> Element:
        story.is_linked_to_previous = False
        element = story._element
        for child in list(element):
            element.remove(child)
        return element

    def footnote(self) -> tuple[int, Element, Any]:
        """A new footnote: its number in the file, its element and the part that it stands in."""
        root = self._notes.element
        id_ = len(root) - len(_SEPARATORS)
        note = w("footnote", id=id_ + 1)
        root.append(note)
        return id_ + 1, note, self._notes

    def numbered(self, start: int) -> int:
        """The id of a new numbered list."""
        return self._list(1, start)

    def bullets(self) -> int:
        """The id of the list of all bullets."""
        return 1

    def _list(self, abstract: int, start: int) -> int:
        id_ = len(self._lists.findall(qn("w:num"))) + 1
        overrides = [
            w("lvlOverride", w("startOverride", val=start if level == 0 else 1), ilvl=level)
            for level in range(LEVELS)
        ]
        self._lists.append(w("num", w("abstractNumId", val=abstract), *overrides, numId=id_))
        return id_

    def _describe(self, said: Properties) -> None:
        core = self._document.core_properties
        core.title = _fitting(said.title)
        core.subject = _fitting(said.subject)
        core.author = _fitting("; ".join(said.authors))
        core.keywords = _fitting(", ".join(said.keywords))
        core.comments = _fitting(said.description)
        core.content_status = _fitting(said.status)
        core.language = _fitting(said.language)
        if said.created is not None:
            core.created = said.created.replace(tzinfo=None)

    def data(self) -> bytes:
        """The finished file."""
        properties = self.body.find(qn("w:sectPr"))
        self.body.append(properties)  # it stands last
        made = BytesIO()
        self._document.save(made)
        with ZipFile(made) as archive:
            return _zipped({name: archive.read(name) for name in archive.namelist()}).getvalue()


def _fitting(words: str) -> str:
    return short(" ".join(clean(words).split()), MOST_OF_A_PROPERTY)


def _zipped(parts: Mapping[str, bytes | str]) -> BytesIO:
    """An archive that says nothing of the time and the machine."""
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        for name, data in parts.items():
            entry = ZipInfo(name)  # of 1980, the first year that an archive knows
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, data)
    return made


_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTS = {"styles": "styles", "numbering": "numbering", "settings": "settings"}
_SEPARATORS = {"separator": -1, "continuationSeparator": 0}

_TYPES = f"""{_XML}<Types xmlns="{_PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>
{"".join(f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{name}+xml"/>' for name in _PARTS)}
<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>
<Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>
</Types>"""  # noqa: E501

_RELATIONS = f"""{_XML}<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="rId1" Type="{_OFFICE}/relationships/officeDocument" Target="word/document.xml"/>
<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>
<Relationship Id="rId3" Type="{_OFFICE}/relationships/extended-properties" Target="docProps/app.xml"/>
</Relationships>"""  # noqa: E501

_WORD_RELATIONS = (
    f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    + "".join(
        f'<Relationship Id="rId{index}" Type="{_OFFICE}/relationships/{name}" Target="{name}.xml"/>'
        for index, name in enumerate(_PARTS, 1)
    )
    + "</Relationships>"
)

_CORE = (
    f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>'
)

_APP = (
    f'{_XML}<Properties xmlns="{_OFFICE}/extended-properties">'
    "<Application>impactbrief</Application></Properties>"
)

_FOOTNOTES = (
    f"<w:footnotes {nsdecls('w', 'r')}>"
    + "".join(
        f'<w:footnote w:type="{kind}" w:id="{id_}"><w:p><w:pPr><w:spacing w:after="0" w:line="240" '
        f'w:lineRule="auto"/></w:pPr><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for kind, id_ in _SEPARATORS.items()
    )
    + "</w:footnotes>"
)

_BULLETS = "•–▪"
_NUMBERS = ("decimal", "lowerLetter", "lowerRoman")


def _skeleton(page: Page, styles: str, *, from_right: bool, tracked: bool) -> dict[str, str]:
    landscape = ' w:orient="landscape"' if page.width > page.height else ""
    document = (
        f"<w:document {nsdecls('w', 'r')}><w:body><w:sectPr>"
        f'<w:pgSz w:w="{page.width}" w:h="{page.height}"{landscape}/>'
        f'<w:pgMar w:top="{page.top}" w:right="{page.side}" w:bottom="{page.bottom}" '
        f'w:left="{page.side}" w:header="500" w:footer="450" w:gutter="0"/>'
        f"<w:titlePg/>{'<w:bidi/>' if from_right else ''}</w:sectPr></w:body></w:document>"
    )
    return {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONS,
        "word/document.xml": _XML + document,
        "word/_rels/document.xml.rels": _WORD_RELATIONS,
        "word/styles.xml": _XML + styles,
        "word/numbering.xml": _XML + _numbering(),
        "word/settings.xml": _XML + _settings(tracked=tracked),
        "docProps/core.xml": _CORE,
        "docProps/app.xml": _APP,
    }


def _settings(*, tracked: bool) -> str:
    separators = "".join(f'<w:footnote w:id="{id_}"/>' for id_ in _SEPARATORS.values())
    return (
        f"<w:settings {nsdecls('w')}>{'<w:trackRevisions/>' if tracked else ''}"
        '<w:defaultTabStop w:val="480"/><w:characterSpacingControl w:val="doNotCompress"/>'
        f"<w:footnotePr>{separators}</w:footnotePr><w:compat>"
        '<w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>'
    )


def _numbering() -> str:
    """Two kinds of lists, of bullets and of numbers, and the one list that has bullets."""

    def level(index: int, kind: str, text: str) -> str:
        left = 360 * (index + 1)
        return (
            f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
            f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:ind w:left="{left}" w:hanging="360"/></w:pPr></w:lvl>'
        )

    bullets = "".join(
        level(index, "bullet", _BULLETS[index % len(_BULLETS)]) for index in range(LEVELS)
    )
    numbers = "".join(
        level(index, _NUMBERS[index % len(_NUMBERS)], f"%{index + 1}.") for index in range(LEVELS)
    )
    kinds = "".join(
        f'<w:abstractNum w:abstractNumId="{id_}"><w:multiLevelType w:val="hybridMultilevel"/>'
        f"{levels}</w:abstractNum>"
        for id_, levels in enumerate((bullets, numbers))
    )
    return (
        f"<w:numbering {nsdecls('w')}>{kinds}"
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
