"""One brief: start-up, reading, checking, one PDF."""

import atexit
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
    usual = usual_file(folder)
    size = f"{usual.stat().st_size / 1000:.0f} KB"
    check = process(IMPACTBRIEF, "check", str(usual))
    yield Figure(f"check one file of {size} / an empty Python", check, nothing, 22)
    yield reading(usual, size)
    html, environment = finished_html(folder)
    weasyprint = ("-m", "weasyprint", "--pdf-variant", "pdf/ua-1", str(html), os.devnull)
    yield Figure(
        "one PDF, whole process / weasyprint on its HTML",
        process(IMPACTBRIEF, "render", str(EXAMPLE), "--to", "pdf", "-o", str(folder), "--force"),
        process(*weasyprint, **environment),
        1.0,
    )
    yield Figure(
        "with our typefaces / with the machine's",
        process(*weasyprint, **environment),
        process(*weasyprint, FONTCONFIG_FILE="/etc/fonts/fonts.conf"),
    )
    yield around_weasyprint()
    yield export()


def usual_file(folder: Path) -> Path:
    """An answer file of 30 to 34 KB, which is what the limits for checking and reading are for."""
    file = min(write_corpus(folder, 40), key=lambda file: abs(file.stat().st_size - 32_000))
    assert 30_000 <= file.stat().st_size <= 34_000
    return file


def reading(file: Path, size: str) -> Figure:
    import yaml

    from impactbrief.yamltext import read

    text = file.read_text(encoding="utf-8")
    return Figure(
        f"reading {size} with places / CSafeLoader",
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
    from impactbrief.render import fontconfig

    render_pdf()  # loads the modules that are watched
    file = folder / "finished.html"
    file.write_text(render_pdf()[2], encoding="utf-8")
    return file, {"FONTCONFIG_FILE": str(fontconfig.configure())}


def around_weasyprint() -> Figure:
    """Everything but WeasyPrint, of a document that is not the first one."""
    inside = 0.0

    def ours() -> float:
        nonlocal inside
        total, inside, _html = render_pdf()
        return total - inside

    return Figure("all the rest of a PDF / WeasyPrint", ours, lambda: inside, 0.05)


def export() -> Figure:
    """A PDF as the wizard makes it, in its warm child, against the same in this warm process."""
    from impactbrief.assessment import open_assessment
    from impactbrief.batch.child import Child, Order
    from impactbrief.render import DEFAULT_LOOK, render

    order = Order(EXAMPLE.read_text(encoding="utf-8"), EXAMPLE, "brief", "pdf", DEFAULT_LOOK)
    child = Child()
    atexit.register(child.stop)

    def ours() -> float:
        start = time.perf_counter()
        child.render(order)
        return time.perf_counter() - start

    def theirs() -> float:
        start = time.perf_counter()
        render(open_assessment(EXAMPLE), "brief", "pdf")
        return time.perf_counter() - start

    return Figure("an export from the wizard's child / steady state", ours, theirs, 1.2)
