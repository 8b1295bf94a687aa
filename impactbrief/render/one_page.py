"""The one-page summary as a PDF: one page, always.

A page that is too full first takes smaller type, down to a size that still reads well in print,
then gives up whole findings, the least strong first; the page names what it left out.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from impactbrief.assessment import Assessment
from impactbrief.brief.build import build
from impactbrief.brief.model import Brief
from impactbrief.brief.short import FINDINGS
from impactbrief.errors import Problem, RenderError
from impactbrief.i18n import _
from impactbrief.render import house
from impactbrief.render.html import to_html
from impactbrief.render.pdf import Pdf, to_pdf

SIZES = (10.5, 10.0, 9.5, 9.0, 8.5)
"""Type sizes in points, the best first. The smallest is the least that is set."""


@dataclass(frozen=True, slots=True)
class OnePage:
    """A summary that fits its page."""

    brief: Brief
    html: str
    pdf: Pdf
    size: float
    """The size of its type, in points."""
    findings: int
    """How many findings it has room for."""


def one_page(
    assessment: Assessment,
    *,
    own: Path | None = None,
    paper: str = "a4",
    printed: Callable[[str], Pdf] = to_pdf,
) -> OnePage:
    """The summary on one page of `paper`, in the largest type and with the most findings that fit.

    `printed` makes a PDF of HTML. Raises RenderError where even a page without findings is too
    long, which only a template of one's own can bring about.
    """

    def attempt(findings: int, size: float) -> OnePage:
        brief = build(assessment, "one-page", findings=findings, house=house.style(own).house)
        html = to_html(brief, own=own, paper=paper, for_print=True, size=size)
        return OnePage(brief, html, printed(html), size, findings)

    for findings in range(FINDINGS, -1, -1):
        smallest = attempt(findings, SIZES[-1])
        if smallest.pdf.pages > 1:
            continue
        for size in SIZES[:-1]:
            larger = attempt(findings, size)
            if larger.pdf.pages == 1:
                return larger
        return smallest
    raise RenderError(
        Problem(
            what=_("The one-page summary does not fit on one page, even without its findings."),
            hint=_("Shorten the texts of the plan, or give the template more room."),
        )
    )
