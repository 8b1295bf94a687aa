"""A brief, or the toolkit's worksheet, as one HTML file.

The file stands alone: its style sheet and drawings are inside, it runs no script and asks for
nothing. The same page is what a reader opens and what the PDF is printed from; `for_print` leaves
out what belongs to a screen and adds the page's size and running lines.

What may be markup is decided here: only prose, citations and references that were read and escaped
by their own modules. Everything else that a template prints is escaped by it.
"""

import mimetypes
import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as package_version
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

from markupsafe import Markup, escape

from impactbrief.brief.model import Brief, Cited, Mark, Text, Timeline
from impactbrief.brief.naming import direction
from impactbrief.prose import Citation, NoteRef, PlainDress, parse
from impactbrief.render import environment, figures, house, marks
from impactbrief.render.css import css_string, custom_properties, without_custom_properties
from impactbrief.toolkit.model import Toolkit, Words

LABEL_WIDTH, LABEL_LINE = 24, 17
"""So many characters of a label have room in one line in the margin of a printed page, and so many
in each of several, which end with a word."""


def to_html(
    brief: Brief,
    *,
    own: Path | None = None,
    paper: str = "a4",
    for_print: bool = False,
    size: float | None = None,
) -> str:
    """A brief as one self-contained file.

    `own` is a user's folder of templates. `for_print` makes the page that a PDF is printed from, on
    `paper`, in a type of `size` points where the style sheet's own is not wanted. Raises
    TemplateError.
    """
    block = brief.title_block
    title = brief.words.documents[brief.document]["title"].format(title=block.title)
    printer = _Printer(
        words=brief.words,
        language=brief.language,
        own=own,
        folder=brief.document,
        paper=paper,
        for_print=for_print,
    )
    return printer.print(
        brief=brief,
        title=title,
        running_title=title,
        status_mark=brief.status_mark,
        size=size,
    )


def worksheet_html(
    toolkit: Toolkit,
    *,
    own: Path | None = None,
    paper: str = "a4",
    for_print: bool = False,
) -> str:
    """All that a toolkit asks, as one self-contained file to print and fill in by hand."""
    words = toolkit.words
    printer = _Printer(
        words=words,
        language=toolkit.language,
        own=own,
        folder="worksheet",
        paper=paper,
        for_print=for_print,
    )
    title = words.documents["worksheet"]["title"].format(title=toolkit.credit.name)
    return printer.print(
        toolkit=toolkit,
        title=title,
        running_title=title,
        status_mark="",
        size=None,
    )


@dataclass(frozen=True, slots=True)
class _Printer:
    """What a template may call. Its public methods are documented in docs/templates.md."""

    words: Words
    language: str
    own: Path | None
    folder: str
    paper: str
    for_print: bool

    def print(self, **values: Any) -> str:
        page = environment.run(
            environment.environment(self.own, escape=True),
            f"{self.folder}/{self.folder}.html.j2",
            words=self.words,
            language=self.language,
            direction=direction(self.language),
            paper=self.paper,
            for_print=self.for_print,
            prose=self.prose,
            inline=self.inline,
            plain=self.plain,
            cite=self.cite,
            safe_entry=self.entry,
            tall=self.tall,
            mark_classes=marks.classes,
            is_drawn=marks.is_drawn,
            mark_rules=self.mark_rules,
            glyph=self.glyph,
            line_of_time=self.line_of_time,
            style=self.style,
            house_rules=self.house_rules,
            logo=house.style(self.own).logo,
            asset=self.asset,
            css_string=css_string,
            page_of=self.page_of,
            short=short,
            is_web=is_web,
            folder=self.folder,
            spoken=self.spoken,
            in_words=self.in_words,
            generator=f"impactbrief {version()}",
            **values,
        )
        page = _without_dead_links(page)
        return _with_plain_values(_without_idle_ids(page)) if self.for_print else page

    # prose

    def prose(self, text: Text, label: str = "") -> Markup:
        """A text's paragraphs, lists and tables; `label` stands before its first words."""
        html = text.prose.html(_Dress.of(text, text.language or self.language))
        if not label:
            return Markup(html)
        beside = _OPENING.match(html)
        said = self.in_words()
        if beside and beside[1] and not said:  # the text runs the other way, its label doesn't
            said = Markup(' dir="{}"').format(direction(self.language))
        head = Markup('<strong class="label{}"{}>{}</strong>').format(
            " beside" if beside else "", said, label
        )
        if beside:
            return Markup(f"{beside[0]}{head}{html[beside.end() :]}")
        return Markup(f'<p class="lead">{head}</p>\n{html}')

    def tall(self, name: str) -> str:
        """The class of a field whose label takes several lines in the margin of a printed page,
        where what stands beside it may be shorter; empty where one line will do."""
        label = self.words.label(name)
        wide = sum(2 if east_asian_width(character) in "WF" else 1 for character in label)
        return "" if wide <= LABEL_WIDTH else f" tall-{min(4, -(-wide // LABEL_LINE))}"

    def inline(self, text: Text) -> Markup:
        """A text without its paragraphs, for a list's item or a line."""
        return Markup(text.prose.inline_html(_Dress.of(text, text.language or self.language)))

    def plain(self, source: str) -> Markup:
        """The toolkit's own words, which are Markdown too."""
        return Markup(parse(source).html(PlainDress(4)))

    def cite(self, cited: Cited) -> Markup:
        """A citation with its links."""
        return Markup(_cited_html(cited))

    @staticmethod
    def entry(item: Any) -> Markup:
        """An entry of the list of references, as its module made it."""
        return Markup(item.entry.html)

    # languages

    def spoken(self, language: str | None) -> Markup:
        """The attributes of something in another language than the document's."""
        if not language or language == self.language:
            return Markup("")
        return Markup(' lang="{}" dir="{}"').format(language, direction(language))

    def in_words(self) -> Markup:
        """The attributes of a heading or label, where the document's language has no words."""
        return self.spoken(self.words.language)

    # looks

    def style(self, *names: str) -> Markup:
        """The style sheets of these names, one after the other."""
        sheets = (environment.source(name, self.own) for name in names)
        return Markup("\n".join(sheet.replace("</", "<\\/") for sheet in sheets))

    def house_rules(self) -> Markup:
        """The house's part of the style sheet; empty without a house style."""
        return house.style(self.own).rules(for_print=self.for_print)

    def mark_rules(self) -> Markup:
        """The rules that draw the marks."""
        return Markup(marks.style_sheet(dark=not self.for_print))

    def glyph(self, mark: Mark) -> Markup:
        """A rating's mark as a drawing inside the page."""
        return figures.glyph(mark, for_print=self.for_print)

    def line_of_time(self, block: Timeline) -> Markup:
        """The drawing of a timeline."""
        side = direction(self.language)
        return figures.timeline(block, direction=side, for_print=self.for_print)

    def asset(self, name: str) -> str:
        """A picture of the template folder as a `data:` address."""
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        data = environment.binary(name, self.own)
        return f"data:{kind};base64,{b64encode(data).decode()}"

    def page_of(self) -> Markup:
        """“Page x of y” as the content of a margin box."""
        parts = re.split(r"\{(page|pages)\}", self.words.labels["page_of"])
        return Markup(
            " ".join(
                f"counter({part})" if index % 2 else css_string(part)
                for index, part in enumerate(parts)
                if part
            )
        )


@dataclass(frozen=True, slots=True)
class _Dress:
    """How a text's citations and footnotes print in HTML."""

    heading_level: int
    direction: str
    cited: Mapping[int, Cited]
    """As `Text.cited_by_place` has them."""
    first_note: int

    @classmethod
    def of(cls, text: Text, language: str) -> "_Dress":
        return cls(text.level, direction(language), text.cited_by_place(), text.first_note)

    def cite_html(self, citation: Citation) -> str | None:
        cited = self.cited.get(id(citation))
        return _cited_html(cited) if cited and cited.label.parts else None

    def cite_markdown(self, citation: Citation) -> str | None:
        raise NotImplementedError

    def note_html(self, ref: NoteRef) -> str:
        number = self.first_note + ref.index
        again = f"-{ref.occurrence + 1}" if ref.occurrence else ""
        return (
            f'<sup class="note-mark"><a href="#note-{number}" id="note-mark-{number}{again}" '
            f'role="doc-noteref">{number}</a></sup>'
        )

    def note_markdown(self, ref: NoteRef) -> str:
        raise NotImplementedError


def _cited_html(cited: Cited) -> str:
    anchors = iter(cited.anchors)
    html = ""
    for part in cited.label.parts:
        if part.reference and (anchor := next(anchors, None)):
            target = "ref-" + anchor.removeprefix("cite-").rpartition("-")[0]
            html += (
                f'<a href="#{target}" id="{anchor}" class="cite" role="doc-biblioref">'
                f"{part.html}</a>"
            )
        else:
            html += part.html
    return html


_OPENING = re.compile(r'<p( dir="\w+")?>')
_ANCHOR = re.compile(r'\bid="([^"]*)"')
_INNER_LINK = re.compile(r'<a((?: [\w-]+="[^"]*")*?) href="#([^"]*)"([^>]*)>')
_LINKS_OWN = re.compile(r' (?:role|aria-label)="[^"]*"')


def _without_dead_links(page: str) -> str:
    """The page with links to what it doesn't hold printed as plain words.

    A template may leave a section out; what leads there must not break the document.
    """
    anchors = set(_ANCHOR.findall(page))

    def mended(link: re.Match[str]) -> str:
        if link[2] in anchors:
            return link.group()
        return f"<a{_LINKS_OWN.sub('', link[1] + link[3])}>"

    return _INNER_LINK.sub(mended, page)


_NAMED = re.compile(r'(<(?!h[1-6]\b)[a-z][^<>]*?) id="([^"]*)"')


def _without_idle_ids(page: str) -> str:
    """The page without the ids that nothing leads to, but those of headings.

    The PDF writer makes a style of its own for whatever has an id, and for all that it holds.
    """
    asked = {target for _before, target, _after in _INNER_LINK.findall(page)}
    sheet = _STYLE.search(page)
    asked |= set(re.findall(r"#([\w-]+)", sheet[1])) if sheet else set()
    return _NAMED.sub(lambda tag: tag.group() if tag[2] in asked else tag[1], page)


_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_USED = re.compile(r"var\((--[\w-]+)\)")
_DRAWING = re.compile(r"<svg .*?</svg>", re.DOTALL)
_PAINTED = re.compile(r' (fill|stroke|font-family)="var\((--[\w-]+)\)"')


def _with_plain_values(page: str) -> str:
    """The page with each custom property of its style sheet put in where it is used.

    On paper a property has one value, the last; the PDF writer would look it up for each element,
    and doesn't in drawings.
    """
    found = _STYLE.search(page)
    if not found:
        return page
    values = custom_properties(found[1])
    sheet = without_custom_properties(found[1])
    sheet = _USED.sub(lambda use: values.get(use[1], use[0]), sheet)

    def painted(drawing: re.Match[str]) -> str:
        return _PAINTED.sub(
            lambda use: f' {use[1]}="{escape(values.get(use[2], "inherit"))}"', drawing.group()
        )

    body = _DRAWING.sub(painted, page[found.end() :])
    return f"{page[: found.start()]}<style>{sheet}</style>{body}"


def short(text: str, length: int) -> str:
    """Text cut at a word, with an ellipsis, where it is longer than so many characters."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    words = cut.rpartition(" ")[0]
    return (words if len(words) > length // 2 else cut).rstrip(" ,;:–—-") + "…"


def is_web(address: str) -> bool:
    """Whether an address may be a link: nothing but the web's."""
    return address.startswith(("https://", "http://"))


@cache
def version() -> str:
    """The installed version of impactbrief."""
    try:
        return package_version("impactbrief")
    except PackageNotFoundError:
        return "0"
