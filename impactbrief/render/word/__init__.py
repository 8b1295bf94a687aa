"""Brief -> Word, for those who review in it: the one door to python-docx.

A document has Word's own styles, headings, footnotes, lists and tables, so that somebody can go on
writing in it. `templates/shared/word.xml.j2` says how the styles look. Nothing of it is a program,
and nothing leads outside but the links to the web that a reader sees. The same brief gives the same
bytes. Where the extra `impactbrief[docx]` isn't installed, `to_docx` raises MachineError.
"""

import re
from base64 import b64decode
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from impactbrief.brief.model import Brief, Byline
from impactbrief.errors import MachineError, Place, Problem, TemplateError
from impactbrief.i18n import _
from impactbrief.prose.tidy import clean
from impactbrief.render import environment, house, marks
from impactbrief.render.css import custom_properties, is_colour
from impactbrief.render.html import short

if TYPE_CHECKING:
    from impactbrief.render.word.blocks import Printer
    from impactbrief.render.word.line import Line
    from impactbrief.render.word.package import Element, Page
    from impactbrief.render.word.writer import Writer

STYLES = "shared/word.xml.j2"

_SIZES = {"brief": 10.5, "one-page": 9.0, "table": 9.5}
"""The text's size in points, by document."""

_MOST_BLOCKS = 4
"""A section of the one-page summary has room for so many."""

_UNLISTED = ("abstract", "notes", "acknowledgements", "disclaimer", "licence")
"""Sections that the contents don't name: what stands beside them, or is found anyway."""


def version() -> str:
    """python-docx's version. Raises MachineError where it isn't installed."""
    try:
        import docx
    except ImportError as error:
        raise MachineError(
            Problem(
                what=_("python-docx is not installed. It is needed for Word documents."),
                hint=_("Type: pip install 'impactbrief[docx]'"),
            )
        ) from error
    return docx.__version__


def to_docx(
    brief: Brief,
    *,
    own: Path | None = None,
    paper: str = "a4",
    created: datetime | None = None,
) -> bytes:
    """A brief as a Word document on `paper`, with the styles of `own`, a folder of templates, if it
    has any. `created` is the day that the document gives itself. Raises TemplateError and
    MachineError."""
    version()
    from impactbrief.render.word.package import Docx, Properties
    from impactbrief.render.word.writer import Writer

    block = brief.title_block
    page = _page(brief.document, paper)
    properties = Properties(
        title=_title(brief),
        subject=block.series,
        authors=[person.name for person in block.authors],
        keywords=block.keywords,
        description=brief.description,
        status=block.status_name,
        language=brief.language,
        created=created,
    )
    docx = Docx(
        page,
        properties,
        _styles(brief, page, own),
        from_right=brief.direction == "rtl",
        tracked=block.status == "review",
    )
    writer = Writer(brief, docx)
    _print(brief, writer, page, own)
    writer.without_dead_jumps()
    return docx.data()


def _title(brief: Brief) -> str:
    """What the document is and of what, as its properties and running line say it."""
    titled = brief.words.documents[brief.document]["title"]
    return titled.format(title=brief.title_block.title)


def _page(document: str, paper: str) -> "Page":
    from impactbrief.render.word.package import SHEETS, Page

    width, height = SHEETS[paper]
    match document:
        case "table":
            return Page(height, width, side=1000, top=1200, bottom=1000)
        case "one-page":
            return Page(width, height, side=1000, top=900, bottom=800)
        case _:
            return Page(width, height, side=1500, top=1500, bottom=1350)


def _styles(brief: Brief, page: "Page", own: Path | None) -> str:
    from docx.oxml import parse_xml

    from impactbrief.render.word.pieces import style_id

    written = environment.run(
        environment.environment(own, escape=True),
        STYLES,
        document=brief.document,
        language=clean(brief.language),
        rtl=brief.direction == "rtl",
        size=_SIZES[brief.document],
        width=page.text_width,
        colours=_colours(own),
        fonts=_fonts(own),
        ratings=[
            (
                style_id(name),
                f"Rating {name.replace('-', ' ')}",
                ink.light[1:].upper(),
                ink.tint[1:],
            )
            for name, ink in marks.INKS.items()
        ],
    )
    try:
        parse_xml(written.encode())
    except SyntaxError as error:
        raise TemplateError(
            Problem(
                what=_("These styles are not valid XML: {reason}").format(reason=error.msg),
                hint=_(
                    "Compare it with the template of the same name that ships with impactbrief."
                ),
                place=Place(STYLES),
            )
        ) from error
    return written


def _colours(own: Path | None) -> dict[str, str]:
    """The colours of the style sheet and of the house style, as Word writes them."""
    sheet = custom_properties(environment.source("shared/base.css", own))
    return {
        name.removeprefix("--"): value.removeprefix("#").upper()
        for name, value in (sheet | dict(house.style(own).light)).items()
        if is_colour(value)
    }


def _fonts(own: Path | None) -> dict[str, str]:
    """The typefaces of the house style by their use; empty where it names none."""
    named = house.style(own).fonts
    return {
        use: found[1] if (found := re.match('"([^"]+)"', named.get(f"--{use}", ""))) else ""
        for use in ("serif", "sans", "mono")
    }


def _print(brief: Brief, writer: "Writer", page: "Page", own: Path | None) -> None:
    from impactbrief.render.word.blocks import Printer
    from impactbrief.render.word.line import Story

    printer = Printer(writer, Story(writer.docx.body, writer.docx.part, page.text_width))
    _running_lines(printer, page)
    _opening(printer, own)
    most = _MOST_BLOCKS if brief.document == "one-page" else None
    notes = None
    for section in brief.sections:
        if section.id == "notes":
            notes = section  # they stand at the foot of their pages
            continue
        printer.section(section, most)
        if section is brief.sections[0]:
            _contents(printer)
    if notes and writer.unseen:
        printer.section(notes)
    _closing(printer)


def _running_lines(printer: "Printer", page: "Page") -> None:
    """The title and the status above each page, the page's number below it."""
    from impactbrief.render.word.line import Face, Story

    brief, docx = printer.writer.brief, printer.writer.docx
    for element, titled in ((docx.first_header, False), (docx.header, True)):
        line = printer.writer.line(Story(element, docx.part, page.text_width), "Header")
        if titled:
            line.text(short(_title(brief), 90))
        line.tab()
        printer.said(line, brief.status_mark, Face("NoticeMark"))
    for element in docx.footers:
        line = printer.own(Story(element, docx.part, page.text_width), "Footer")
        if brief.document == "one-page":
            continue
        before, page_number, between, pages, after = _parts(brief.words.labels["page_of"])
        for text, number in ((before, page_number), (between, pages), (after, "")):
            printer.said(line, text)
            if number:
                line.field({"page": "PAGE", "pages": "NUMPAGES"}[number], "1")


def _parts(words: str) -> tuple[str, str, str, str, str]:
    """“Page x of y” around its two numbers, whichever comes first."""
    before, first, between, second, after = re.split(r"\{(page|pages)\}", words)
    return before, first, between, second, after


def _logo(printer: "Printer", logo: house.Logo) -> None:
    """The house's logo; what it says, where it is a drawing of a kind that Word can't show."""
    head, _comma, data = logo.address.partition(",")
    line = printer.writer.line(printer.body, "Logo")
    if "svg" in head:
        line.text(logo.text)
    else:
        line.picture(b64decode(data), logo.text, float(logo.height.removesuffix("mm")))


def _opening(printer: "Printer", own: Path | None) -> None:

    brief, writer, body = printer.writer.brief, printer.writer, printer.body
    block, brevity = brief.title_block, brief.document == "one-page"
    most = 150 if brevity else None
    if logo := house.style(own).logo:
        _logo(printer, logo)
    if block.status_notice:
        printer.own(body, "Notice", block.status_notice)
    printer.own(body, "Series", block.series)
    writer.line(body, "Title").text(_shortened(block.title, most))
    if block.subtitle:
        writer.line(body, "Subtitle").text(_shortened(block.subtitle, most))
    if brevity:
        separator = brief.words.sentence("list_separator")
        names = short(separator.join(person.name for person in block.authors[:4]), 160)
        names += "…" if len(block.authors) > 4 else ""
        imprint = [names, *block.dates]
    else:
        _people(printer, "author", "authors", block.authors)
        _people(printer, "contributor", "contributors", block.contributors)
        _people(printer, "reviewed_by", "reviewed_by", block.reviewers)
        imprint = [block.publisher or "", *block.dates, block.status_name]
    writer.line(body, "Imprint").text(" · ".join(filter(None, imprint)))
    if block.editors_note and not brevity:
        lead = printer.run_in(brief.words.label("editors_note"))
        writer.prose(body, block.editors_note, lead=lead)


def _shortened(words: str, most: int | None) -> str:
    return short(words, most) if most else words


def _people(printer: "Printer", one: str, many: str, people: tuple[Byline, ...]) -> None:
    if not people:
        return
    printer.label(one if len(people) == 1 else many)
    for person in people:
        line = printer.writer.line(printer.body, "People")
        _person(line, person, printer)


def _person(line: "Line", person: Byline, printer: "Printer") -> None:
    from impactbrief.render.word.line import Face

    line.text(person.name, Face(bold=True))
    separator = printer.words.sentence("list_separator")
    for affiliation in person.affiliations:
        line.text(f"{separator}{affiliation}")
    if person.role:
        line.text(f" ({person.role})")
    if person.orcid:
        line.text(" ")
        with line.link(person.orcid):
            printer.said(line, printer.words.label("orcid"), Face("Hyperlink"))


def _contents(printer: "Printer") -> None:
    """A table of contents that Word can bring up to date; it has no page numbers, which only Word
    itself would know."""
    from docx.oxml.ns import qn

    from impactbrief.render.word.package import w

    brief, writer = printer.writer.brief, printer.writer
    named = [section for section in brief.sections if section.id not in _UNLISTED]
    if brief.document != "brief" or len(brief.sections) <= 5:
        return
    printer.own(printer.body, "TOCHeading", brief.words.label("contents"))
    entries: list[Element] = []
    for section in named:
        line = writer.line(printer.body.inner(language=section.language), "TOC1")
        with line.jump(section.id):
            line.text(section.heading)
        entries.append(line.element)
    code = w("instrText")
    code.text = ' TOC \\o "1-1" \\n \\h '
    opening = [w("r", w("fldChar", fldCharType="begin")), w("r", code),
               w("r", w("fldChar", fldCharType="separate"))]  # fmt: skip
    properties = entries[0].find(qn("w:pPr"))
    for run in reversed(opening):
        properties.addnext(run)
    entries[-1].append(w("r", w("fldChar", fldCharType="end")))


def _closing(printer: "Printer") -> None:
    """What the document says of itself."""
    brief, writer = printer.writer.brief, printer.writer
    style = "ColophonFirst"
    if brief.document == "one-page":
        line = writer.line(printer.body, style)
        title = short(brief.title_block.title, 120)
        printer.said(line, brief.words.sentence("one_page_full_brief", title=title))
        for name, value, most in (("contact", brief.contact, 120), ("licence", brief.licence, 60)):
            if value:
                line.text(" ")
                printer.run_in(brief.words.label(name))(line)
                line.text(short(value, most))
        style = "Colophon"
    for text in brief.footer:
        writer.prose(printer.body.inner(style=style), text)
        style = "Colophon"


__all__ = ["STYLES", "to_docx", "version"]
