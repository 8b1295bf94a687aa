"""One brief: start-up, reading, checking, one PDF."""

import gc
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.corpus import write_corpus
from benchmarks.measure import Figure, process, work

EXAMPLE = Path(__file__).parents[1] / "examples" / "korea-interconnection.yaml"
IMPACTBRIEF = str(Path(sys.executable).with_name("impactbrief"))


def figures(folder: Path) -> Iterator[Figure]:
    nothing = process("-c", "pass")
    yield Figure("--help / an empty Python", process(IMPACTBRIEF, "--help"), nothing, 5)
    thirty = min(write_corpus(folder, 40), key=lambda file: abs(file.stat().st_size - 30_000))
    check = process(IMPACTBRIEF, "check", str(thirty))
    yield Figure("check one file of 30 KB / an empty Python", check, nothing, 22)
    yield reading()
    html, environment = finished_html(folder)
    yield Figure(
        "one PDF, whole process / weasyprint on its HTML",
        process(IMPACTBRIEF, "render", str(EXAMPLE), "--to", "pdf", "-o", str(folder), "--force"),
        process(
            "-m", "weasyprint", "--pdf-variant", "pdf/ua-1", str(html), os.devnull, **environment
        ),
        1.0,
    )
    yield around_weasyprint()


def reading() -> Figure:
    import yaml

    from impactbrief.yamltext import read

    text = EXAMPLE.read_text(encoding="utf-8")
    return Figure(
        "reading with places / CSafeLoader",
        work(lambda: read(text).value),
        work(lambda: yaml.load(text, yaml.CSafeLoader)),
        4,
    )


def render_pdf() -> tuple[float, float, str]:
    """Seconds of one PDF in this process, those of them that WeasyPrint took, and its HTML."""
    from impactbrief.assessment import open_assessment
    from impactbrief.render import pdf, render

    inside = 0.0
    pages = ""
    real = pdf.to_pdf

    def watched(html: str, **options: object) -> pdf.Pdf:
        nonlocal inside, pages
        pages = html
        start = time.perf_counter()
        made = real(html, **options)  # type: ignore[arg-type]
        gc.collect()  # what it leaves behind is its own
        inside += time.perf_counter() - start
        return made

    names = [
        module
        for name, module in sys.modules.items()
        if name.startswith("impactbrief.render") and getattr(module, "to_pdf", None) is real
    ]
    for module in names:
        vars(module)["to_pdf"] = watched
    start = time.perf_counter()
    try:
        render(open_assessment(EXAMPLE), "brief", "pdf")
    finally:
        for module in names:
            vars(module)["to_pdf"] = real
    return time.perf_counter() - start, inside, pages


def finished_html(folder: Path) -> tuple[Path, dict[str, str]]:
    """The HTML that our PDF is made of, as a file, and the environment that gives it our fonts."""
    from impactbrief.render import fonts

    render_pdf()  # loads the modules that are watched
    file = folder / "finished.html"
    file.write_text(render_pdf()[2], encoding="utf-8")
    return file, {"FONTCONFIG_FILE": str(fonts.configure())}


def around_weasyprint() -> Figure:
    """Everything but WeasyPrint, of a document that is not the first one."""
    inside = 0.0

    def ours() -> float:
        nonlocal inside
        total, inside, _html = render_pdf()
        return total - inside

    return Figure("all the rest of a PDF / WeasyPrint", ours, lambda: inside, 0.05)
