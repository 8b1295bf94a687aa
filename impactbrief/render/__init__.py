"""How it looks: a brief turned into the bytes of a format.

Renderers return a value; writing files is somebody else's job. `FORMATS` is the one table of
formats: the command line's choices, the wizard's menu and the messages read it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from impactbrief.assessment import Assessment
from impactbrief.brief.build import DOCUMENTS, build
from impactbrief.brief.house import NO_HOUSE, House
from impactbrief.brief.model import Brief
from impactbrief.errors import Place, Problem

if TYPE_CHECKING:
    from impactbrief.answers.file import AnswerFile
    from impactbrief.render.archive import Source
    from impactbrief.render.pdf import Pdf

PAPERS = ("a4", "letter")


@dataclass(frozen=True, slots=True)
class Format:
    """A format that documents are made in."""

    id: str
    name: str
    media_type: str
    by_default: bool = True
    """Made where no format is named; others need an extra to be installed."""

    @property
    def ending(self) -> str:
        return f".{self.id}"


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        format_.id: format_
        for format_ in (
            Format("md", "Markdown", "text/markdown"),
            Format("html", "HTML", "text/html"),
            Format("pdf", "PDF", "application/pdf"),
            Format("docx", "Word", WORD, by_default=False),
        )
    }
)
DEFAULT_FORMATS = tuple(format_.id for format_ in FORMATS.values() if format_.by_default)


@dataclass(frozen=True, slots=True)
class Look:
    """What a user may choose about the looks of a document."""

    templates: Path | None = None
    """A folder laid over our own templates."""
    paper: str = "a4"


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished document."""

    data: bytes
    warnings: tuple[Problem, ...] = ()
    machine_fonts: str = ""
    """Which fonts the machine had of its own, where they may show: see `fonts.machine`."""


DEFAULT_LOOK = Look()


def render(
    assessment: Assessment, document: str, format_: str, look: Look = DEFAULT_LOOK
) -> Rendered:
    """One document in one format.

    Raises RenderError where it can't be made, TemplateError for a broken template of one's own,
    MachineError where this machine can't make PDFs, or has nothing that makes Word documents.
    """
    match format_:
        case "md":
            from impactbrief.render.markdown import to_markdown

            text = to_markdown(_built(assessment, document, look), own=look.templates)
            return Rendered(text.encode())
        case "html":
            from impactbrief.render.html import to_html

            page = to_html(_built(assessment, document, look), own=look.templates, paper=look.paper)
            return Rendered(page.encode())
        case "pdf":
            pdf = _pdf(assessment, document, look)
            # a style sheet of one's own may name any font, also one that is installed later
            shows = pdf.borrows or look.templates is not None
            return Rendered(pdf.data, pdf.warnings, pdf.machine_fonts if shows else "")
        case "docx":
            from impactbrief.render.word import to_docx

            brief = _built(assessment, document, look)
            day = _day(brief.date)
            return Rendered(to_docx(brief, own=look.templates, paper=look.paper, created=day))
        case _:
            raise ValueError(format_)


_last: tuple[Assessment, str, House, Brief] | None = None


def _built(assessment: Assessment, document: str, look: Look) -> Brief:
    """The brief of an assessment. The last one is kept: its formats are mostly asked for in a row,
    and building takes as long as printing."""
    global _last
    from impactbrief.render.house import style

    house = style(look.templates).house if look.templates else NO_HOUSE
    last = _last  # another thread may put its own there at any time
    if last is None or last[0] is not assessment or last[1:3] != (document, house):
        last = (assessment, document, house, build(assessment, document, house=house))
        _last = last
    return last[3]


def _pdf(assessment: Assessment, document: str, look: Look) -> "Pdf":
    from impactbrief.render.html import to_html
    from impactbrief.render.one_page import one_page
    from impactbrief.render.pdf import to_pdf

    own, paper = look.templates, look.paper
    source = source_of(assessment, document, look)

    def printed(html: str) -> "Pdf":
        return to_pdf(html, source=source)

    if document == "one-page":
        pdf = one_page(assessment, own=own, paper=paper, printed=printed).pdf
    else:
        brief = _built(assessment, document, look)
        pdf = printed(to_html(brief, own=own, paper=paper, for_print=True))
    placed = zip(pdf.missing, pdf.warnings, strict=False)
    unprintable = (replace(said, place=_place(char, assessment.file)) for char, said in placed)
    return replace(pdf, warnings=(*unprintable, *pdf.warnings[len(pdf.missing) :]))


def source_of(assessment: Assessment, document: str, look: Look = DEFAULT_LOOK) -> "Source":
    """What a PDF carries of its own making: its answers, and how it was made of them."""
    from impactbrief.answers.public import public_copy
    from impactbrief.render.archive import Source
    from impactbrief.render.html import version
    from impactbrief.toolkit.load import files_of

    file = assessment.file
    answers = file.answers
    bank = files_of(answers.toolkit, answers.language, base=file.base)
    made = {"document": document, "paper": look.paper, "impactbrief": version()}
    if look.templates is not None:
        made["template"] = template_fingerprint(look.templates)
    return Source(
        public_copy(file, issue=document == "one-page").encode(),
        _day(answers.document.last_date),
        {name: text.encode() for name, text in bank.items()},
        made,
    )


def template_fingerprint(folder: Path) -> str:
    """Equal where a user's own templates are equal, wherever they lie."""
    from impactbrief.render.environment import files_below

    digest = sha256()
    for file in files_below(folder):
        digest.update(repr((file.relative_to(folder).as_posix(), file.read_bytes())).encode())
    return digest.hexdigest()


def _day(date: str | None) -> datetime | None:
    """The first moment of a date, or None where there is none."""
    for pattern in ("%Y-%m-%d", "%Y-%m", "%Y"):
        try:
            return datetime.strptime(date or "", pattern).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None


def _place(char: str, file: "AnswerFile") -> Place:
    """Where a character stands first in an answer file; the file as a whole where it isn't typed
    there but spelled in an escape, or comes from elsewhere."""
    offset = file.text.find(char)
    return Place(file.name) if offset < 0 else file.yaml.place_at(offset)


__all__ = [
    "DEFAULT_FORMATS",
    "DEFAULT_LOOK",
    "DOCUMENTS",
    "FORMATS",
    "PAPERS",
    "Format",
    "Look",
    "Rendered",
    "render",
    "source_of",
    "template_fingerprint",
]
