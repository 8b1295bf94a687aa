"""What a page costs: our HTML and style sheets against plain HTML of the same words, page-numbered
contents, hyphenation and each figure by itself, the tags and attachments of the PDF, many pages.

All of it in this process, once it is warm, with the same fonts, in processor time: one thread
works, and what else the machine does counts less.
"""

import gc
import time
from collections.abc import Callable, Iterator
from functools import cache
from html import escape
from html.parser import HTMLParser
from pathlib import Path

from benchmarks.corpus import write_brief
from benchmarks.measure import Figure

EXAMPLE = Path(__file__).parents[1] / "examples" / "korea-interconnection.yaml"
MANY, FEW = 10.4, 0.25
"""The sizes of a brief of eighty pages and of one of nine."""

CONTENTS = "contents-printed"
FIGURES = {"ratings": "panels", "timeline": "timeline", "parts": "part-matrix"}
"""The classes of what may be taken out of a document without another word changing."""

KEPT = frozenset([
    "h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "li", "dl", "dt", "dd", "blockquote",
    "table", "caption", "thead", "tbody", "tr", "th", "td", "em", "strong", "b", "i", "a", "sup",
    "code", "pre",
])  # fmt: skip
DROPPED = frozenset(["head", "svg", "nav", "script"])
PLAIN = """
@page { size: A4; margin: 22mm; @bottom-right { content: counter(page) } }
html { font: 10.2pt/1.42 "Gentium Book Plus", serif }
table { border-collapse: collapse; width: 100%; font-size: .9em }
th, td { border: .5pt solid #bbb; padding: 2pt 4pt; text-align: left; vertical-align: top }
"""


class _Plain(HTMLParser):
    """A document's words in plain elements, without a class, a role or a picture."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._skipped: list[str] = []
        """The element that is being left out, and the ones of its kind inside it."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        classes = set((given.get("class") or "").split())
        if self._skipped:
            self._skipped += [tag] * (tag == self._skipped[0])
        elif tag in DROPPED or classes & {CONTENTS, *FIGURES.values()}:
            self._skipped = [tag]
        elif tag == "br":
            self.parts.append("<br>")
        elif tag in KEPT:
            kept = "".join(
                f' {name}="{escape(value)}"'
                for name, value in attrs
                if value and name in ("id", "href", "colspan")
            )
            self.parts.append(f"<{tag}{kept}>")

    def handle_endtag(self, tag: str) -> None:
        if self._skipped:
            if tag == self._skipped[0]:
                self._skipped.pop()
        elif tag in KEPT:
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self.parts.append(escape(data))


def our_html(file: Path) -> str:
    """The HTML that the PDF of an answer file is made of."""
    from impactbrief.assessment import open_assessment
    from impactbrief.brief.build import build
    from impactbrief.render.html import to_html

    return to_html(build(open_assessment(file), "brief"), for_print=True)


def plain_html(html: str) -> str:
    """Plain HTML of the same words, with a short style sheet, but no contents and no figures."""
    parser = _Plain()
    parser.feed(html)
    return (
        f'<!doctype html><html lang="en"><title>Plain</title><style>{PLAIN}</style>'
        f"<body>{''.join(parser.parts)}</body></html>"
    )


class _Without(HTMLParser):
    """A document as it is, but for the elements of some classes."""

    VOID = frozenset(["br", "meta", "img", "hr", "link", "col"])

    def __init__(self, classes: frozenset[str]) -> None:
        super().__init__(convert_charrefs=False)
        self.parts: list[str] = []
        self._classes = classes
        self._skipped: list[str] = []

    def handle_decl(self, decl: str) -> None:
        self.parts.append(f"<!{decl}>")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._skipped or self._classes & set((dict(attrs).get("class") or "").split()):
            self._skipped += [tag] * (tag not in self.VOID)
        else:
            self.parts.append(self.get_starttag_text() or "")

    def handle_startendtag(
        self,
        tag: str,  # noqa: ARG002
        attrs: list[tuple[str, str | None]],  # noqa: ARG002
    ) -> None:
        if not self._skipped:
            self.parts.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if self._skipped:
            self._skipped.pop()
        else:
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self.parts.append(data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")


def without(html: str, *classes: str, hyphens: bool) -> str:
    """A document without some of its parts. They are taken out, as they are of the plain page: what
    is only hidden is parsed and given its style none the less."""
    parser = _Without(frozenset(classes))
    parser.feed(html)
    rest = "".join(parser.parts)
    if hyphens:
        return rest
    rule = "<style>* { hyphens: manual !important }</style>"
    return rest.replace("</head>", f"{rule}</head>", 1)


class Printer:
    """WeasyPrint as it comes, with our fonts."""

    def __init__(self) -> None:
        from impactbrief.render import fontconfig

        fontconfig.configure()
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration

        self._html = weasyprint.HTML
        self._fonts = FontConfiguration()

    def seconds_and_pages(self, html: str) -> tuple[float, int]:
        start = time.process_time()
        pages = self._print(html)
        gc.collect()  # what it leaves behind is its own
        return time.process_time() - start, pages

    def _print(self, html: str) -> int:
        gc.disable()  # as we do while a PDF is made
        try:
            document = self._html(string=html).render(font_config=self._fonts)
            document.write_pdf()
            return len(document.pages)
        finally:
            gc.enable()

    def all_of(self, html: str) -> Callable[[], float]:
        return lambda: self.seconds_and_pages(html)[0]

    def per_page(self, html: str) -> Callable[[], float]:
        def run() -> float:
            seconds, pages = self.seconds_and_pages(html)
            return seconds / pages

        return run


def figures(folder: Path) -> Iterator[Figure]:
    printer = Printer()
    html = our_html(EXAMPLE)
    parts = {name: class_ for name, class_ in FIGURES.items() if f'"{class_}' in html}
    optional = (CONTENTS, *FIGURES.values())
    bare = without(html, *optional, hyphens=False)
    yield Figure(
        "a page of our HTML and CSS / of plain HTML",
        printer.per_page(bare),
        printer.per_page(plain_html(html)),
        1.15,
    )
    base = printer.all_of(bare)
    for name, class_ in {"page-numbered contents": CONTENTS, **parts}.items():
        others = [other for other in optional if other != class_]
        with_it = without(html, *others, hyphens=False)
        yield Figure(f"with {name} / without", printer.all_of(with_it), base)
    hyphenated = without(html, *optional, hyphens=True)
    yield Figure("with hyphenation / without", printer.all_of(hyphenated), base)
    yield tagged(html, printer)
    yield many_pages(folder)


def tagged(html: str, printer: Printer) -> Figure:
    """PDF/UA-1 and PDF/A-3a with the answers inside, against a PDF without any of it."""
    from impactbrief.assessment import open_assessment
    from impactbrief.render import source_of
    from impactbrief.render.pdf import to_pdf

    source = source_of(open_assessment(EXAMPLE), "brief")

    def ours() -> float:
        start = time.process_time()
        to_pdf(html, source=source)
        gc.collect()
        return time.process_time() - start

    return Figure("tagged, archival, with answers / plain PDF", ours, printer.all_of(html), 1.2)


def many_pages(folder: Path) -> Figure:
    from impactbrief.render.pdf import to_pdf

    @cache
    def html(size: float) -> str:
        return our_html(write_brief(folder / f"size-{size}.yaml", size))

    def per_page(size: float) -> float:
        start = time.process_time()
        pages = to_pdf(html(size)).pages
        return (time.process_time() - start) / pages

    for size in (MANY, FEW):
        html(size)
    return Figure(
        "a page of some 80 / of some 9", lambda: per_page(MANY), lambda: per_page(FEW), 1.3
    )
