"""The whole toolkit as a worksheet: to print, to fill in by hand, or for other programs."""

import dataclasses
import json
from typing import Any

from impactbrief.toolkit.model import Toolkit

FORMATS = ("md", "html", "pdf", "json")


def worksheet(toolkit: Toolkit, format_: str, *, paper: str = "a4") -> bytes:
    """The worksheet in one format. Raises MachineError where this machine can't make PDFs."""
    match format_:
        case "md":
            from impactbrief.render.markdown import worksheet_markdown

            return worksheet_markdown(toolkit).encode()
        case "html":
            from impactbrief.render.html import worksheet_html

            return worksheet_html(toolkit, paper=paper).encode()
        case "pdf":
            from impactbrief.render.html import worksheet_html
            from impactbrief.render.pdf import to_pdf

            return to_pdf(worksheet_html(toolkit, paper=paper, for_print=True)).data
        case "json":
            return (json.dumps(as_data(toolkit), ensure_ascii=False, indent=2) + "\n").encode()
        case _:
            raise ValueError(format_)


def as_data(toolkit: Toolkit) -> dict[str, Any]:
    """What is asked, without the documents' own words."""
    data = dataclasses.asdict(toolkit)
    for name in ("words", "wanted_language"):
        del data[name]
    data["sections"] = {
        section: toolkit.words.sections.get(section, section) for section in toolkit.sections
    }
    return data
