"""Other programs on the same words: whole processes, from a text to a PDF.

They do less, and their pages differ: no tags, no archive, no answers inside, and nobody has read,
checked and built anything before. The figures say what that costs. What isn't installed is told.
"""

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path

from benchmarks.measure import Figure
from benchmarks.pages import EXAMPLE, our_html, plain_html

IMPACTBRIEF = str(Path(sys.executable).with_name("impactbrief"))


def whole(command: Sequence[str], made: Path) -> Callable[[], float]:
    """Seconds of a process, which must have made a file."""

    def run() -> float:
        made.unlink(missing_ok=True)
        start = time.perf_counter()
        done = subprocess.run(command, capture_output=True, check=False)
        taken = time.perf_counter() - start
        if not made.is_file() or not made.stat().st_size:
            raise RuntimeError(f"{command[0]} made nothing: {done.stderr.decode()[-500:]}")
        return taken

    return run


def figures(folder: Path) -> Iterator[Figure]:
    os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
    ours = whole(
        [IMPACTBRIEF, "render", str(EXAMPLE), "--to", "pdf", "-o", str(folder), "--force"],
        folder / f"{EXAMPLE.stem}.pdf",
    )
    plain = folder / "plain.html"
    plain.write_text(plain_html(our_html(EXAMPLE)), encoding="utf-8")
    for name, command in peers(plain, folder / "peer.pdf").items():
        if command is None:
            print(f"{f'one PDF / {name}':<54}  not installed")
        else:
            yield Figure(f"one PDF / {name}", ours, whole(command, folder / "peer.pdf"))


def peers(plain: Path, made: Path) -> dict[str, list[str] | None]:
    """The command of each peer, or None where it is not installed."""
    typst = plain.with_suffix(".typ")
    typst.write_text(in_typst(plain.read_text(encoding="utf-8")), encoding="utf-8")
    weasyprint = [sys.executable, "-m", "weasyprint"]
    compile_it = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])"
    pluto = Path(sys.executable).with_name("plutoprint")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    found = pandoc()
    return {
        "WeasyPrint, plain": [*weasyprint, str(plain), str(made)],
        "PlutoPrint, plain": [str(pluto), str(plain), str(made)] if pluto.is_file() else None,
        "Typst, plain": (
            [sys.executable, "-c", compile_it, str(typst), str(made)]
            if importlib.util.find_spec("typst") else None
        ),
        "Chromium, plain": [
            chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
            f"--user-data-dir={plain.parent / 'chromium'}", f"--print-to-pdf={made}",
            plain.as_uri(),
        ] if chromium else None,
        "pandoc and WeasyPrint, plain": [
            found, str(plain), "-o", str(made),
            f"--pdf-engine={Path(sys.executable).with_name('weasyprint')}",
        ] if found else None,
    }  # fmt: skip


def pandoc() -> str | None:
    """Pandoc as the system has it, or as it came with a package."""
    if there := shutil.which("pandoc"):
        return there
    try:
        return str(importlib.import_module("pypandoc").get_pandoc_path())
    except (ImportError, OSError):
        return None


class _Typst(HTMLParser):
    """Plain HTML in the words of Typst: headings, paragraphs, items and tables."""

    def __init__(self) -> None:
        super().__init__()
        self.parts = ['#set page("a4", margin: 22mm)\n#set text(10.2pt)\n']
        self._said: list[str] = []
        self._rows: list[list[str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in ("p", "li", "table", "ul", "ol", "caption") or re.fullmatch(r"h\d", tag):
            self._end("par")
        if tag == "table":
            self._rows = [[]]
        elif tag == "tr":
            self._rows.append([])

    def handle_endtag(self, tag: str) -> None:
        if heading := re.fullmatch(r"h(\d)", tag):
            self._end(f"heading(level: {heading[1]})")
        elif tag == "li":
            self._end("list.item")
        elif tag in ("th", "td"):
            self._rows[-1].append(self._taken())
        elif tag == "table":
            rows = [row for row in self._rows if row]
            width = max(map(len, rows), default=0)
            cells = [cell for row in rows for cell in row + [""] * (width - len(row))]
            if cells:
                self.parts.append(f"#table(columns: {width}, {', '.join(map(_text, cells))})\n\n")
        elif tag in ("p", "caption"):
            self._end("par")

    def handle_data(self, data: str) -> None:
        self._said.append(data)

    def _taken(self) -> str:
        said = " ".join("".join(self._said).split())
        self._said.clear()
        return said

    def _end(self, function: str) -> None:
        if said := self._taken():
            self.parts.append(f"#{function}[#{_text(said)}]\n\n")


def _text(words: str) -> str:
    return f"text({json.dumps(words, ensure_ascii=False)})"


def in_typst(html: str) -> str:
    parser = _Typst()
    parser.feed(html.partition("<body>")[2])
    return "".join(parser.parts)
