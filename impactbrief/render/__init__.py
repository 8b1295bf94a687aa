"""How it looks: a brief turned into the bytes of a format.

Renderers return a value; writing files is somebody else's job. `FORMATS` is the one table of
formats: the command line's choices, the wizard's menu and the messages read it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from impactbrief.assessment import Assessment
from impactbrief.brief.build import DOCUMENTS, build
from impactbrief.errors import Problem

if TYPE_CHECKING:
    from impactbrief.render.pdf import Pdf

PAPERS = ("a4", "letter")


@dataclass(frozen=True, slots=True)
class Format:
    """A format that documents are made in."""

    id: str
    name: str
    media_type: str

    @property
    def ending(self) -> str:
        return f".{self.id}"


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        format_.id: format_
        for format_ in (
            Format("md", "Markdown", "text/markdown"),
            Format("html", "HTML", "text/html"),
            Format("pdf", "PDF", "application/pdf"),
        )
    }
)


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


DEFAULT_LOOK = Look()


def render(
    assessment: Assessment, document: str, format_: str, look: Look = DEFAULT_LOOK
) -> Rendered:
    """One document in one format.

    Raises RenderError where it can't be made, TemplateError for a broken template of one's own,
    MachineError where this machine can't make PDFs.
    """
    match format_:
        case "md":
            from impactbrief.render.markdown import to_markdown

            text = to_markdown(build(assessment, document), own=look.templates)
            return Rendered(text.encode())
        case "html":
            from impactbrief.render.html import to_html

            page = to_html(build(assessment, document), own=look.templates, paper=look.paper)
            return Rendered(page.encode())
        case "pdf":
            pdf = _pdf(assessment, document, look)
            return Rendered(pdf.data, pdf.warnings)
        case _:
            raise ValueError(format_)


def _pdf(assessment: Assessment, document: str, look: Look) -> "Pdf":
    own, paper = look.templates, look.paper
    if document == "one-page":
        from impactbrief.render.one_page import one_page

        return one_page(assessment, own=own, paper=paper).pdf
    from impactbrief.render.html import to_html
    from impactbrief.render.pdf import to_pdf

    return to_pdf(to_html(build(assessment, document), own=own, paper=paper, for_print=True))


__all__ = [
    "DEFAULT_LOOK",
    "DOCUMENTS",
    "FORMATS",
    "PAPERS",
    "Format",
    "Look",
    "Rendered",
    "render",
]
