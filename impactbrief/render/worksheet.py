"""The whole toolkit as a worksheet: to print, to fill in by hand, or for other programs."""

import json
from collections.abc import Mapping
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
    data = {
        name: _plain(value)
        for name, value in toolkit._asdict().items()
        if name not in ("words", "wanted_language")
    }
    data["sections"] = {
        section: toolkit.words.sections.get(section, section) for section in toolkit.sections
    }
    return data


def _plain(value: Any) -> Any:
    """A part of the toolkit as mappings, lists and texts."""
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        fields = getattr(value, "_asdict", None)
        return _plain(fields()) if fields else [_plain(inner) for inner in value]
    return value
