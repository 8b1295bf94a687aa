"""Measure impactbrief as ratios, each against what it can't or needn't beat on the same machine.

    python -m benchmarks [ROUNDS] [NAME ...]

Seconds depend on the machine and the hour; ratios of runs that take turns hardly do. Each line
says how often the second command's time the first one took: least, median and most of all rounds.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

EXAMPLE = Path(__file__).parents[1] / "examples" / "korea-interconnection.yaml"
IMPACTBRIEF = str(Path(sys.executable).with_name("impactbrief"))
ROUNDS = 7

Run = Callable[[], float]
"""Does the work once and returns the seconds it took."""


@dataclass(frozen=True)
class Figure:
    """What is measured, against what, and the ratio that it should stay under."""

    name: str
    ours: Run
    theirs: Run
    reach: float


def process(*arguments: str, **environment: str) -> Run:
    """A whole process of this Python."""

    def run() -> float:
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, *arguments],
            check=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=os.environ | environment,
        )
        return time.perf_counter() - start

    return run


def work(task: Callable[[], object]) -> Run:
    """A task in this process, as often as fills a tenth of a second."""

    def timed(times: int) -> float:
        start = time.perf_counter()
        for _time in range(times):
            task()
        return (time.perf_counter() - start) / times

    once = timed(1)
    times = max(1, round(0.1 / once))
    return lambda: timed(times)


def figures(folder: Path) -> Iterator[Figure]:
    nothing = process("-c", "pass")
    yield Figure("--help / an empty Python", process(IMPACTBRIEF, "--help"), nothing, 5)
    yield Figure(
        "check one file / an empty Python",
        process(IMPACTBRIEF, "check", str(EXAMPLE)),
        nothing,
        22,
    )
    yield reading()
    html, environment = finished_html(folder)
    yield Figure(
        "one PDF, whole process / weasyprint on its HTML",
        process(IMPACTBRIEF, "render", str(EXAMPLE), "--to", "pdf", "-o", str(folder)),
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
        inside += time.perf_counter() - start
        return made

    pdf.to_pdf = watched
    start = time.perf_counter()
    try:
        render(open_assessment(EXAMPLE), "brief", "pdf")
    finally:
        pdf.to_pdf = real
    return time.perf_counter() - start, inside, pages


def finished_html(folder: Path) -> tuple[Path, dict[str, str]]:
    """The HTML that our PDF is made of, as a file, and the environment that gives it our fonts."""
    from impactbrief.render import fonts

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


def main(arguments: list[str]) -> None:
    rounds = int(arguments.pop(0)) if arguments and arguments[0].isdigit() else ROUNDS
    print(f"{'ratio, ' + str(rounds) + ' rounds':<52}{'min':>8}{'median':>8}{'max':>8}{'reach':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for figure in figures(Path(folder)):
            if arguments and not any(word in figure.name for word in arguments):
                continue
            figure.ours(), figure.theirs()  # fills the caches of both
            ratios = [figure.ours() / figure.theirs() for _round in range(rounds)]
            middle = statistics.median(ratios)
            print(
                f"{figure.name:<52}{min(ratios):>8.2f}{middle:>8.2f}{max(ratios):>8.2f}"
                f"{figure.reach:>8.2f}{'' if middle <= figure.reach else '  over'}",
                flush=True,
            )


if __name__ == "__main__":
    main(sys.argv[1:])
