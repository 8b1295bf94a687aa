"""HTML to PDF: the one door to WeasyPrint.

Owns how WeasyPrint is loaded, what it may read and how it is believed. It reads nothing but the
assets handed in and `data:` addresses: no file, no network. It only logs a missing image or a dead
link, so its log is collected and every error in it fails the document. Equal HTML and assets give
equal bytes with equal libraries: dates come from the HTML alone.
"""

import ctypes.util
import gc
import logging
import os
import sys
import threading
import warnings
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field
from functools import cache
from io import StringIO
from types import MappingProxyType, ModuleType
from typing import Any

from impactbrief.errors import MachineError, Problem, RenderError
from impactbrief.i18n import _
from impactbrief.render import archive, fontconfig, fonts, libraries

Assets = Mapping[str, tuple[bytes, str]]
"""Files a document may use: name -> (content, media type), asked for as `impactbrief:NAME`."""

NO_ASSETS: Assets = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Pdf:
    """A finished document."""

    data: bytes
    pages: int
    warnings: tuple[Problem, ...] = ()
    """The characters that no font has, then what the PDF writer ignored, as a rule in a style sheet
    that it doesn't know."""
    missing: tuple[str, ...] = ()
    """The characters that no font has. The first warnings are about these, in this order."""
    borrows: bool = False
    """Whether it has characters that our own fonts lack."""
    machine_fonts: str = field(default="", compare=False)
    """What fonts of its own the machine had for it, as `fonts.machine` tells them apart."""


def to_pdf(
    html: str,
    *,
    assets: Assets = NO_ASSETS,
    system_fonts: bool = True,
    source: archive.Source | None = None,
) -> Pdf:
    """An accessible and archival PDF (PDF/UA-1 and PDF/A-3a) of `html`, which carries its own style
    sheet, language and title.

    With `system_fonts`, the machine's fonts print what ours lack. `source` is carried inside the
    document, with the versions that its bytes depend on.
    Raises `RenderError` for all that the PDF writer found wrong, and `MachineError` where its
    libraries or our fonts are missing.
    """
    html, unprintable, borrows = _in_print(html, system_fonts)
    with _log() as records, _settled_time(), _collector_paused(), warnings.catch_warnings():
        # WeasyPrint leaves the file of its colour profile to be closed by the interpreter
        warnings.simplefilter("ignore", ResourceWarning)
        weasyprint = _weasyprint(system_fonts)
        sources = _assets_only(weasyprint, assets)
        font_configuration, machine_fonts = _font_configuration(html, system_fonts, borrows)
        try:
            data, pages = _printed(weasyprint, html, sources, font_configuration, source)
        except RecursionError as error:
            raise RenderError(
                Problem(
                    what=_("The text is nested too deeply to be laid out as a PDF."),
                    hint=_("Take some levels out of its lists and quotations."),
                )
            ) from error
        except Exception as error:
            raise RenderError(
                Problem(
                    what=_("The PDF writer gave up: {kind}: {message}").format(
                        kind=type(error).__name__, message=error
                    ),
                    hint=_("If the template is the one that ships, please report this."),
                )
            ) from error
    errors = [record for record in records if record.levelno >= logging.ERROR]
    if sources.refused or errors:
        said = (_problem(record) for record in errors if _REFUSED not in record.getMessage())
        raise RenderError(dict.fromkeys([*sources.refused, *said]))
    ignored = dict.fromkeys(map(_problem, records))
    return Pdf(
        data,
        pages,
        (*unprintable.values(), *ignored),
        tuple(unprintable),
        borrows,
        machine_fonts,
    )


def _printed(
    weasyprint: ModuleType,
    html: str,
    sources: Any,
    font_configuration: Any,
    source: archive.Source | None,
) -> tuple[bytes, int]:
    """The bytes of a PDF, and the number of its pages. Nothing holds its boxes when this is left:
    the collector, once it is back, needn't go through them twice."""
    document = weasyprint.HTML(string=html, url_fetcher=sources).render(
        font_config=font_configuration, pdf_variant=archive.VARIANT,
        presentational_hints=True,  # where a numbered list begins
    )  # fmt: skip
    used = versions(fonts.extras_of(html)) if source else {}
    data = document.write_pdf(
        pdf_variant=archive.VARIANT,
        attachments=archive.attachments(weasyprint, source) if source else None,
        finisher=lambda document, pdf: archive.finish(document, pdf, source, used),
    )
    return data, len(document.pages)


def _in_print(html: str, system_fonts: bool) -> tuple[str, dict[str, Problem], bool]:
    """`html` with a body of characters that some font has: others are written as [U+1F600]; what
    is said of these; and whether the machine's fonts were asked.

    An empty box tells nobody what stood there, and PDF/UA forbids it.
    """
    head, mark, body = html.partition("<body")
    if not mark:
        head, body = "", head
    lacking = missing = fonts.missing(body, system=False)
    if system_fonts and lacking:
        missing = fonts.missing("".join(lacking))
    codes = {ord(char): f"[U+{ord(char):04X}]" for char in missing}
    warnings = {
        chr(char): Problem(
            what=_("No font has the character {char}; it is printed as {code}.").format(
                char=chr(char), code=code
            ),
            hint=_("Type: pip install '{extra}'. It brings a typeface for it.").format(
                extra=fonts.EXTRA
            )
            if fonts.extra_for(chr(char))
            else _("Install a font that has it, or put a word in its place."),
        )
        for char, code in codes.items()
    }
    return head + mark + body.translate(codes), warnings, system_fonts and bool(lacking)


def facts() -> dict[str, str]:
    """What PDFs are made with on this machine, after a small one was made for trial."""
    to_pdf("<html lang='en'><title>Trial</title><p>Trial</p></html>")
    weasyprint = _weasyprint(True)
    own = {name: found for name, found in versions().items() if name != "fonts"}
    subsetter = "harfbuzz" if weasyprint.text.ffi.harfbuzz_subset else ""
    return own | {"subsetter": subsetter} | fonts.versions()


@cache
def versions(extras: tuple[fonts.Family, ...] = ()) -> dict[str, str]:
    """The versions that a PDF's bytes depend on, which shows `extras` of our fonts. Raises
    MachineError."""
    weasyprint = _weasyprint(True)
    ffi = weasyprint.text.ffi
    pango = ffi.pango.pango_version()
    return {
        "weasyprint": weasyprint.__version__,
        "pango": f"{pango // 10_000}.{pango // 100 % 100}.{pango % 100}",
        "harfbuzz": _harfbuzz_version(ffi.harfbuzz.hb_version_atleast),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        "fonts": fonts.fingerprint(extras),
    }


def _harfbuzz_version(at_least: Callable[[int, int, int], int]) -> str:
    """HarfBuzz's version, by asking: WeasyPrint's binding has no better question."""
    major = max(number for number in range(100) if at_least(number, 0, 0))
    minor = max(number for number in range(100) if at_least(major, number, 0))
    micro = max(number for number in range(100) if at_least(major, minor, number))
    return f"{major}.{minor}.{micro}"


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Loading WeasyPrint and laying out make no garbage that a search for cycles would find: it
    only takes a tenth of a first document's time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


# --- loading WeasyPrint -------------------------------------------------------------------------

_loading = threading.Lock()
_font_configurations: dict[bool, tuple[Any, str]] = {}


def preload() -> None:
    """Load WeasyPrint and our fonts now, so that the first document needn't wait for them."""
    _weasyprint(True)
    _font_configuration("", True, False)


def release_fonts() -> None:
    """Give up the fonts that this process has loaded, and the thread in which Pango looks for them.

    To be called before a fork: newer Pangos keep that thread, a child has none, and would wait for
    its answer for ever.
    """
    _font_configurations.clear()
    gc.collect()


def _weasyprint(system_fonts: bool) -> ModuleType:
    with _loading:
        fontconfig.configure(system=system_fonts)
        return _import_weasyprint()


@cache
def _import_weasyprint() -> ModuleType:
    """Import WeasyPrint without its banner; `MachineError` where a library is missing."""
    try:
        # a missing subsetter is a DeprecationWarning: `impactbrief doctor` says so, once and better
        with redirect_stdout(StringIO()), warnings.catch_warnings(), _no_library_search():
            warnings.simplefilter("ignore")
            import weasyprint
            import weasyprint.text.fonts
            import weasyprint.urls
    except OSError as error:
        raise MachineError(
            Problem(
                what=_("This machine lacks a library that PDF output needs: {reason}").format(
                    reason=str(error).partition(".  ")[0]
                ),
                hint=libraries.how_to_install(),
            )
        ) from error
    inline = weasyprint.layout.inline
    inline.split_first_line = _with_hanging_space(inline.split_first_line)
    module: ModuleType = weasyprint
    return module


def _with_hanging_space(split: Callable[..., Any]) -> Callable[..., Any]:
    """`split`, for which the space at the end of a run of text may hang over the line's end, as in
    every other line. WeasyPrint breaks a run that fits but for this space behind its first word."""

    def split_first_line(
        text: str, style: Any, context: Any, width: float | None, *more: Any, **options: Any
    ) -> Any:
        found = split(text, style, context, width, *more, **options)
        _layout, length, resume, *_sizes = found
        if resume is None or not text.endswith(" ") or b" " in text.encode()[:length]:
            return found
        fits = split(text.rstrip(" "), style, context, width, *more, **options)[2] is None
        return split(text, style, context, None, *more, **options) if fits else found

    return split_first_line


@contextmanager
def _no_library_search() -> Iterator[None]:
    """On Linux WeasyPrint's last name for each library is its exact file name. Before that it tries
    names for which ctypes starts ldconfig and a compiler, a quarter of the import's time."""
    if not sys.platform.startswith("linux"):
        yield
        return
    original = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None  # noqa: ARG005
    try:
        yield
    finally:
        ctypes.util.find_library = original


def _font_configuration(html: str, system_fonts: bool, borrows: bool) -> tuple[Any, str]:
    """A font configuration, and which of the machine's fonts it knows.

    One serves all documents of this process, since each new one keeps its memory. A document that
    brings fonts gets its own, so that the next one can't see them; one that needs the machine's
    fonts gets a new one where some were installed or removed in the meantime.
    """
    new = _import_weasyprint().text.fonts.FontConfiguration
    known = _font_configurations.get(system_fonts)
    brings = "@font-face" in html
    if known is None or brings or borrows:
        machine = fonts.machine() if system_fonts else ""
        if brings:
            return new(), machine
        if known is None or known[1] != machine:
            known = _font_configurations[system_fonts] = new(), machine
    return known


# --- what WeasyPrint may read -------------------------------------------------------------------


_REFUSED = "not one of the document's own files"


def _assets_only(weasyprint: ModuleType, assets: Assets) -> Any:
    """A fetcher of nothing but `assets` and `data:`, which remembers what it refused."""

    class AssetFetcher(weasyprint.urls.URLFetcher):  # type: ignore[name-defined,misc]
        def __init__(self) -> None:
            super().__init__(allowed_protocols=frozenset({"data"}), allow_redirects=False)
            self.refused: list[Problem] = []

        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            scheme, _colon, name = url.partition(":")
            if scheme != "impactbrief" or name not in assets:
                self.refused.append(_refused(url, known=scheme == "impactbrief"))
                raise ValueError(_REFUSED)
            body, media_type = assets[name]
            return weasyprint.urls.URLFetcherResponse(
                url, body=body, headers={"Content-Type": media_type}
            )

    return AssetFetcher()


def _refused(url: str, *, known: bool) -> Problem:
    if known:
        return Problem(
            what=_("The template has no file {name}.").format(name=url.partition(":")[2]),
            hint=_("Put it into the template's folder, or take its name out of the template."),
        )
    shown = url if len(url) <= 80 else f"{url[:80]}…"
    return Problem(
        what=_("The document asks for {url}, which is not one of its own files.").format(url=shown),
        hint=_("Documents are made without network and without other files; use a file of the "
               "template's folder."),
    )  # fmt: skip


# --- what WeasyPrint says -----------------------------------------------------------------------


@contextmanager
def _log() -> Iterator[list[logging.LogRecord]]:
    """The warnings and errors that WeasyPrint and fontTools log meanwhile, kept off the screen."""
    records: list[logging.LogRecord] = []
    thread = threading.get_ident()

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            # that the subsetter is missing is `impactbrief doctor`'s to say, not every document's
            if record.thread == thread and "HarfBuzz-Subset" not in record.getMessage():
                records.append(record)

    collector = Collector(logging.WARNING)
    loggers = [logging.getLogger("weasyprint"), logging.getLogger("fontTools")]
    for logger in loggers:
        logger.addHandler(collector)
    try:
        yield records
    finally:
        for logger in loggers:
            logger.removeHandler(collector)


def _problem(record: logging.LogRecord) -> Problem:
    return Problem(
        what=_("The PDF writer says: {message}").format(message=record.getMessage()),
        hint=_("Look for it in the template and its style sheet."),
    )


@contextmanager
def _settled_time() -> Iterator[None]:
    """fontTools stamps the fonts it cuts with this hour, unless the environment names another."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = "0"
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before
