"""HTML to PDF."""

import logging
import os
import re
import shutil
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from importlib import import_module
from io import BytesIO
from pathlib import Path
from struct import pack
from zlib import compress, crc32

import pikepdf
import pytest

from impactbrief.assessment import open_assessment
from impactbrief.errors import MachineError, RenderError
from impactbrief.render import DOCUMENTS, fonts, libraries, pdf, render
from tests.render.page import KOREA

WORDS = (
    "<h1>Internet</h1><p>Text <i>slanted</i> <b>strong</b> <b><i>both</i></b> Ελληνικά Кириллица "
    "Tiếng Việt <span lang='ar' dir='rtl'>العربية</span> <span lang='ko'>전기통신사업법</span> "
    "<code>code</code></p>"
)


def page(body: str = WORDS, *, language: str = "en", head: str = "") -> str:
    style = "body{font-family:serif} h1{font-family:sans-serif} code{font-family:monospace}"
    return (
        f"<!doctype html><html lang='{language}'><head><title>A title</title>"
        f"<style>{style}</style>{head}</head><body>{body}</body></html>"
    )


def opened(document: pdf.Pdf) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(document.data))


def fonts_of(document: pdf.Pdf) -> dict[str, bool]:
    """The fonts of the first page, without the tag of a subset -> whether each is embedded."""
    found = {}
    with opened(document) as file:
        for font in file.pages[0].Resources.Font.values():
            descriptor = font.DescendantFonts[0].FontDescriptor
            name = str(font.BaseFont).partition("+")[2]
            found[name] = "/FontFile2" in descriptor or "/FontFile3" in descriptor
    return found


def picture() -> bytes:
    """A PNG of one red pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + kind + data + pack(">I", crc32(kind + data))

    header = pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", header),
            chunk(b"IDAT", compress(b"\0\xff\0\0")),
            chunk(b"IEND", b""),
        )
    )


def test_a_pdf_is_tagged_and_carries_language_and_title() -> None:
    """What PDF/UA-1 asks of every document."""
    document = pdf.to_pdf(page(language="fr"))
    assert document.pages == 1
    with opened(document) as file:
        assert str(file.Root.Lang) == "fr"
        assert bool(file.Root.MarkInfo.Marked)
        assert "/StructTreeRoot" in file.Root
        assert bool(file.Root.ViewerPreferences.DisplayDocTitle)
        with file.open_metadata() as metadata:
            assert metadata["dc:title"] == "A title"
            assert metadata["pdfuaid:part"] == "1"


def test_every_font_is_ours_and_embedded() -> None:
    """Each script finds its face among our own, whatever this machine has."""
    found = fonts_of(pdf.to_pdf(page()))
    assert set(found) == {
        "Gentium-Book-Plus",
        "Gentium-Book-Plus-Italic",
        "Gentium-Book-Plus-Bold",
        "Gentium-Book-Plus-Bold-Italic",
        "Source-Sans-3-Bold",
        "IBM-Plex-Mono",
        "IBM-Plex-Sans-Arabic",
        "Noto-Sans-KR",
    }
    assert all(found.values())


@pytest.mark.parametrize(
    ("language", "face"),
    [
        ("zh", "Noto-Sans-SC"),
        ("zh-Hant-TW", "Noto-Sans-SC"),
        ("ja", "Noto-Sans-JP"),
    ],
)
def test_han_characters_follow_the_language(language: str, face: str) -> None:
    """The same character is drawn differently in Chinese and in Japanese."""
    assert set(fonts_of(pdf.to_pdf(page("<p>中</p>", language=language)))) == {face}


def test_a_style_sheet_that_names_no_font_of_ours_still_finds_one() -> None:
    """A font that isn't there is replaced by ours, not by the machine's."""
    found = fonts_of(pdf.to_pdf(page("<p style='font-family:\"No Such Font\"'>Text</p>")))
    assert set(found) == {"Gentium-Book-Plus"}


def test_equal_bytes_in_this_process_and_in_others() -> None:
    """With and without the machine's fonts: they have no say in scripts that ours cover."""
    first = pdf.to_pdf(page())
    assert pdf.to_pdf(page()) == first
    script = (
        "import sys, time; from impactbrief.render import pdf; time.sleep(1.1)\n"
        "sys.stdout.buffer.write(pdf.to_pdf(sys.stdin.read(), system_fonts=False).data)"
    )
    environment = os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    other = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", script],
        input=page().encode(),
        env=environment | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        check=True,
    )
    assert other.stdout == first.data


def test_the_systems_fonts_do_not_push_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither another cut of a face of ours, nor a font that knows the text's language better."""
    from fontTools.ttLib import TTFont

    with TTFont(fonts.SANS.path / fonts.SANS.regular) as semibold:
        semibold["OS/2"].usWeightClass = 600
        semibold.save(tmp_path / "SourceSans3-Semibold.ttf")
    folders = (tmp_path, *fonts.system_folders())
    monkeypatch.setattr(fonts, "system_folders", lambda: folders)
    monkeypatch.setattr(pdf, "_font_configurations", {})
    body = "<p style='font-family:sans-serif;font-weight:600'>Text ① ☎</p>"
    ours = pdf.to_pdf(page(body, language="vi"), system_fonts=False)
    assert pdf.to_pdf(page(body, language="vi")) == ours


def test_equal_bytes_without_harfbuzz_subsetter(monkeypatch: pytest.MonkeyPatch) -> None:
    """fontTools then cuts the fonts, and would stamp them with the hour; nothing is said of it."""
    usual = pdf.to_pdf(page())
    monkeypatch.setattr("weasyprint.pdf.fonts.harfbuzz_subset", None)
    first = pdf.to_pdf(page())
    assert first.data != usual.data
    assert first.warnings == ()
    monkeypatch.setattr("time.time", lambda: 2e9)
    assert pdf.to_pdf(page()).data == first.data


def test_the_environment_is_left_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """The date for fonts is set only while a document is made."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    kept = pdf.to_pdf(page("<p>x</p>"))
    assert os.environ["SOURCE_DATE_EPOCH"] == "86400"
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert pdf.to_pdf(page("<p>x</p>")) == kept
    assert "SOURCE_DATE_EPOCH" not in os.environ


def test_assets_and_data_addresses_are_read() -> None:
    """The two ways by which a template brings pictures."""
    inline = f"data:image/png;base64,{b64encode(picture()).decode()}"
    body = f"<p><img alt='a' src='impactbrief:dot.png'><img alt='b' src='{inline}'></p>"
    document = pdf.to_pdf(page(body), assets={"dot.png": (picture(), "image/png")})
    assert document.warnings == ()
    with opened(document) as file:
        assert "/XObject" in file.pages[0].Resources


def test_a_template_brings_its_own_font_and_keeps_it_to_itself() -> None:
    """The next document can't see it."""
    body = "<p style='font-family:Corporate,serif'>Text</p>"
    face = "<style>@font-face{font-family:Corporate;src:url(impactbrief:c.ttf)}</style>"
    file = (fonts.MONO.path / fonts.MONO.regular).read_bytes()
    branded = pdf.to_pdf(page(body, head=face), assets={"c.ttf": (file, "font/ttf")})
    assert set(fonts_of(branded)) == {"Corporate"}
    assert set(fonts_of(pdf.to_pdf(page(body)))) == {"Gentium-Book-Plus"}


@pytest.fixture
def secret(tmp_path: Path) -> str:
    file = tmp_path / "secret.png"
    file.write_bytes(picture())
    return file.as_uri()


@pytest.mark.parametrize(
    "attack",
    [
        "<img alt='a' src='{url}'>",
        "<link rel='attachment' href='{url}'>",
        "<link rel='stylesheet' href='{url}'>",
        "<style>@import '{url}';</style>",
        "<style>@font-face{{font-family:x;src:url({url})}}</style>",
        "<p style='background:url({url})'>x</p>",
        "<object data='{url}'></object>",
        "<img alt='a' src='data:image/svg+xml,"
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
        '<image width="9" height="9" href="{url}"/></svg>\'>',
    ],
)
@pytest.mark.parametrize("scheme", ["file", "http", "https", "ftp", "impactbrief"])
def test_nothing_else_is_read(attack: str, scheme: str, secret: str) -> None:
    """Whatever a document asks for beyond its assets fails it, and the message names it."""
    urls = {
        "file": secret,
        "http": "http://127.0.0.1:9/x.png",
        "https": "https://127.0.0.1:9/x.png",
        "ftp": "ftp://127.0.0.1:9/x.png",
        "impactbrief": "impactbrief:x.png",
    }
    with pytest.raises(RenderError) as caught:
        pdf.to_pdf(page(attack.format(url=urls[scheme])))
    begins = urls[scheme].removeprefix("impactbrief:")[:60]  # of a long one, the message shows that
    assert begins in caught.value.problems[0].what
    assert len(caught.value.problems) == 1


@pytest.mark.parametrize("body", ["<img alt='a' src='x.png'>", "<p><a href='#nowhere'>x</a></p>"])
def test_what_weasyprint_only_logs_as_an_error_fails_the_document(body: str) -> None:
    """A document without its picture or with a dead link isn't finished."""
    with pytest.raises(RenderError):
        pdf.to_pdf(page(body))


def test_all_errors_come_at_once() -> None:
    """Nobody wants to learn of them one run at a time."""
    with pytest.raises(RenderError) as caught:
        pdf.to_pdf(page("<a href='#a'>x</a> <a href='#b'>y</a> <img alt='a' src='impactbrief:c'>"))
    assert len(caught.value.problems) == 3


def test_warnings_are_returned_and_not_printed(capfd: pytest.CaptureFixture[str]) -> None:
    """A rule that WeasyPrint doesn't know is no failure; the terminal belongs to the caller."""
    document = pdf.to_pdf(page("<p style='no-such-rule: 1'>x</p>"))
    assert len(document.warnings) == 1
    assert "no-such-rule" in document.warnings[0].what
    assert capfd.readouterr() == ("", "")
    assert pdf.to_pdf(page()).warnings == ()


def test_a_character_that_no_font_has_is_printed_as_its_number() -> None:
    """With a warning that names it; the title, which nobody prints, keeps it."""
    odd = "\U000f0000"
    html = page(f"<h1>Odd {odd}, {odd}</h1>").replace("A title", f"A title {odd}")
    document = pdf.to_pdf(html)
    assert [warning.what for warning in document.warnings] == [
        f"No font has the character {odd}; it is printed as [U+F0000]."
    ]
    with opened(document) as file:
        assert str(file.Root.Outlines.First.Title) == "Odd [U+F0000], [U+F0000]"
        assert str(file.docinfo.Title) == f"A title {odd}"


def test_a_numbered_list_begins_where_it_says(tmp_path: Path) -> None:
    """As in HTML: a list that follows the numbers of a law keeps them."""
    lists = '<ol start="5"><li>five<li>six<ol><li>one</ol></ol><ol><li>first</ol>'
    path = tmp_path / "list.pdf"
    path.write_bytes(pdf.to_pdf(page(lists)).data)
    said = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True
    ).stdout
    assert said.split() == ["5.", "five", "6.", "six", "1.", "one", "1.", "first"]


def test_a_line_is_not_broken_behind_its_first_word() -> None:
    """Where all of the words before a link fit, but not the space after them."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not here: apt install poppler-utils")
    lines = "".join(
        f"<p style='width: {tenths / 10}px'>Words before it <a href='https://example.org'>link</a>"
        for tenths in range(1000, 1120, 5)
    )
    data = pdf.to_pdf(page(lines)).data
    words = subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True)
    ends = {line.partition(" ")[2] for line in words.stdout.decode().splitlines()}
    assert {"before", "before it"} <= ends
    assert not re.search("^Words$", words.stdout.decode(), re.MULTILINE)


def test_no_line_asks_its_typeface_for_features() -> None:
    """Each line that does keeps some memory for good, and a worker makes hundreds of documents."""
    pdf.release_fonts()
    assessment = open_assessment(KOREA)
    for document in DOCUMENTS:
        render(assessment, document, "pdf")
    assert [known.font_features for known, _ in pdf._font_configurations.values()] == [{}]


def test_no_log_handler_is_left_behind() -> None:
    """Failing or not."""
    before = list(logging.getLogger("weasyprint").handlers)
    with pytest.raises(RenderError):
        pdf.to_pdf(page("<img alt='a' src='x.png'>"))
    assert logging.getLogger("weasyprint").handlers == before


def test_text_that_is_nested_too_deeply_is_a_render_error() -> None:
    """Python's limit of recursion is no traceback for the user."""
    with pytest.raises(RenderError, match="nested too deeply"):
        pdf.to_pdf(page("<div>" * 2000))


@pytest.mark.usefixtures("no_pango")
def test_missing_libraries_are_a_machine_error_without_a_banner(
    capfd: pytest.CaptureFixture[str],
) -> None:
    """The hint is the command for this system; WeasyPrint's own words stay unprinted."""
    with pytest.raises(MachineError) as caught:
        pdf.to_pdf(page())
    assert not sys.modules.get("weasyprint")
    assert caught.value.problems[0].hint == libraries.how_to_install()
    assert "\n" not in caught.value.problems[0].what
    assert capfd.readouterr() == ("", "")


@pytest.fixture
def no_pango(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """WeasyPrint as it is on a machine without Pango."""
    cffi = import_module("cffi")
    loaded = {name: module for name, module in sys.modules.items() if name.startswith("weasyprint")}
    for name in loaded:
        del sys.modules[name]
    pdf._import_weasyprint.cache_clear()

    def no_library(_self: object, name: str, _flags: int = 0) -> None:
        raise OSError(f"cannot load library '{name}': it is not here.  Additionally, nothing")

    monkeypatch.setattr(cffi.FFI, "dlopen", no_library)
    yield
    for name in [name for name in sys.modules if name.startswith("weasyprint")]:
        del sys.modules[name]
    sys.modules.update(loaded)
    pdf._import_weasyprint.cache_clear()


@pytest.mark.skipif(sys.platform != "linux", reason="the search is only left out on Linux")
def test_loading_weasyprint_starts_no_search_for_libraries() -> None:
    """That search runs a compiler where there is one, and takes a quarter of the loading."""
    script = (
        "import ctypes.util, subprocess, impactbrief.render.pdf as pdf\n"
        "search = ctypes.util.find_library\n"
        "def no(*_args, **_options): raise AssertionError('a process was started')\n"
        "subprocess.Popen = no\n"
        "pdf.preload()\n"
        "assert ctypes.util.find_library is search\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_facts_name_the_versions_that_bytes_depend_on() -> None:
    """Each is known on a machine that makes PDFs."""
    found = pdf.facts()
    assert {"weasyprint", "pango", "harfbuzz", "zlib", "rendercv-fonts"} <= set(found)
    assert all(found[name] for name in found if name != "subsetter")
    assert tuple(map(int, found["pango"].split("."))) >= (1, 44)
    assert tuple(map(int, found["harfbuzz"].split("."))) >= (2, 0)


def test_every_system_has_a_command() -> None:
    """Known systems get their own words, others the names of the libraries."""
    for family, command in libraries.INSTALL.items():
        assert command in libraries.how_to_install(family)
    assert "Pango" in libraries.how_to_install("")
