"""Many briefs: workers, what is unchanged, memory, a cluster, and pandoc on the same words.

The sizes are for a small machine: `IMPACTBRIEF_BENCH_BRIEFS` (default 60) is how many PDFs a round
makes; the runs over a thousand say so in their names.
"""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from benchmarks.corpus import write_corpus
from benchmarks.measure import Figure
from benchmarks.peers import pandoc
from impactbrief.batch.memory import resident
from impactbrief.batch.run import PRELOADED
from impactbrief.batch.task import Task, make
from impactbrief.batch.workers import Workers

BRIEFS = int(os.environ.get("IMPACTBRIEF_BENCH_BRIEFS", "60"))
THOUSAND = int(os.environ.get("IMPACTBRIEF_BENCH_THOUSAND", "1000"))
MEMORY = int(os.environ.get("IMPACTBRIEF_BENCH_MEMORY", "500"))
WARM = 10
"""Documents after which a worker has loaded all that it will."""
IMPACTBRIEF = str(Path(sys.executable).with_name("impactbrief"))


def render(files: Sequence[Path], out: Path, *arguments: str) -> float:
    """Seconds of a whole `impactbrief render`."""
    start = time.perf_counter()
    subprocess.run(
        [IMPACTBRIEF, "render", *map(str, files), "-o", str(out), "--quiet", *arguments],
        check=True,
    )
    return time.perf_counter() - start


def figures(folder: Path) -> Iterator[Figure]:
    os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
    write_corpus(folder / "corpus", THOUSAND)
    corpus = folder / "corpus"
    some = sorted(corpus.rglob("*.yaml"))[:BRIEFS]
    out = folder / "out"

    def pdfs(*arguments: str) -> float:
        return render(some, out, "--to", "pdf", "--force", *arguments)

    yield Figure(
        f"{BRIEFS} PDFs: 1 worker / 2 workers",
        lambda: pdfs("--jobs", "1"),
        lambda: pdfs("--jobs", "2"),
        1.85,
        at_least=True,
        warm=False,
    )
    yield from cluster_figure(folder, some, out)

    full = 0.0

    def everything() -> float:
        nonlocal full
        if not full:  # once is enough: it takes long, and only the others' size matters
            full = render([corpus], out / "all", "--to", "md,html,pdf", "--force")
        return full

    def unchanged() -> float:
        everything()
        return render([corpus], out / "all", "--to", "md,html,pdf")

    yield Figure(
        f"{THOUSAND:,} unchanged / making all (once)", unchanged, everything, 1 / 1000, warm=False
    )
    yield from pandoc_figure(corpus, out)
    yield memory(some)


def memory(files: Sequence[Path]) -> Figure:
    """MiB that one worker gains with each PDF. It makes the same ones again and again; the first
    two times count as warming up, since a longer document takes more room.

    Measured once, however many rounds there are: it takes long.
    """

    @cache
    def growth() -> float:
        few = files[:WARM]
        tasks = [Task(str(file), file.read_bytes(), (("brief", "pdf"),)) for file in few]
        pool = Workers(1, preload=PRELOADED, room=2**40)
        try:
            for task in tasks * 2:
                start = pool.submit(resident_after, task).result()
            end = start
            for number in range(MEMORY):
                end = pool.submit(resident_after, tasks[number % len(tasks)]).result()
            assert pool.started == 1
        finally:
            pool.stop()
        return (end - start) / 2**20 / MEMORY

    return Figure(
        f"MiB a document, over {MEMORY} PDFs (once)", growth, lambda: 1.0, 0.1, warm=False
    )


def resident_after(task: Task) -> int:
    """Bytes of memory of the process that made a PDF."""
    (made,) = make(task).made
    assert made.error is None, made.error
    return resident()


def pandoc_figure(corpus: Path, out: Path) -> Iterator[Figure]:
    """Markdown for all against pandoc, one process a file, on the Markdown that we made."""
    found = pandoc()
    if found is None:
        print(f"{f'{THOUSAND:,} Markdown / pandoc on each':<54}  not installed")
        return

    def ours() -> float:
        return render([corpus], out / "md", "--to", "md", "--force")

    def theirs() -> float:
        start = time.perf_counter()
        for file in sorted((out / "md").rglob("*.md")):
            subprocess.run([found, str(file), "-o", str(file.with_suffix(".txt"))], check=True)
        return time.perf_counter() - start

    yield Figure(f"{THOUSAND:,} Markdown / pandoc on each", ours, theirs, 0.5, warm=False)


def cluster_figure(folder: Path, some: Sequence[Path], out: Path) -> Iterator[Figure]:
    """The same PDFs on a Dask scheduler with two workers, on this machine."""
    try:
        import distributed  # noqa: F401
    except ImportError:
        print(f"{f'{BRIEFS} PDFs: 2 workers / Dask with 2 workers':<54}  not installed")
        return
    told = folder / "scheduler.json"

    def start(*arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.dask_{arguments[0]}", *arguments[1:]]
        nowhere = subprocess.DEVNULL
        return subprocess.Popen(command, stdout=nowhere, stderr=nowhere)

    running = [
        start("scheduler", "--port", "0", "--host", "127.0.0.1", "--no-dashboard", "--no-show",
              "--scheduler-file", str(told))
    ]  # fmt: skip
    try:
        while not told.exists() or not (found := re.search("tcp://[0-9.:]+", told.read_text())):
            time.sleep(0.1)
        for _worker in range(2):
            running.append(
                start("worker", found[0], "--nthreads", "1", "--no-nanny", "--no-dashboard",
                      "--local-directory", str(folder))
            )  # fmt: skip
        arguments = ("--to", "pdf", "--force")
        yield Figure(
            f"{BRIEFS} PDFs: 2 workers / Dask with 2 workers",
            lambda: render(some, out, *arguments, "--jobs", "2"),
            lambda: render(some, out, *arguments, "--cluster", found[0]),
            0.75,
            at_least=True,
        )
    finally:
        for process in running:
            process.kill()
            process.wait()
