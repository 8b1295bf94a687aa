"""How soon a save is a document: `render --watch`, as a real process over a folder of briefs.

Each figure is the time from the end of a save to the last of the documents that it changes, as a
part of the 0.3 seconds after which people feel that they wait.
"""

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.corpus import write_corpus
from benchmarks.measure import Figure

LIMIT = 0.3
BRIEFS = 40
PATIENCE = 60.0
REST = 0.6
"""Seconds between two saves."""
IMPACTBRIEF = str(Path(sys.executable).with_name("impactbrief"))
TEMPLATES = Path(__file__).parents[1] / "templates"

BIBLIOGRAPHY = '[{"id": "mine", "type": "book", "title": "Edition %d"}]'


class Watch:
    """The command, watching, and what it says."""

    def __init__(self, *arguments: str | Path) -> None:
        self.process = subprocess.Popen(
            [IMPACTBRIEF, "render", *map(str, arguments), "--to", "md,html", "--watch"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.said: list[str] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stderr is not None
        self.said.extend(self.process.stderr)

    def until(self, true: Callable[[], bool], *, since: float) -> float:
        """Seconds from a moment until something is true."""
        while not true():
            if time.perf_counter() - since > PATIENCE:
                raise TimeoutError("".join(["this never came: ", *self.said[-9:]]))
            time.sleep(0.001)
        return time.perf_counter() - since

    def says(self, words: str) -> bool:
        return any(words in line for line in self.said)

    def end(self) -> None:
        self.process.kill()
        self.process.wait()


@contextmanager
def watching(*arguments: str | Path) -> Iterator[Watch]:
    watch = Watch(*arguments)
    try:
        watch.until(lambda: watch.says("Watching"), since=time.perf_counter())
        time.sleep(REST)
        yield watch
    finally:
        watch.end()


def figures(folder: Path) -> Iterator[Figure]:
    os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
    briefs = write_corpus(folder / "in", BRIEFS)
    average = min(briefs, key=lambda path: abs(path.stat().st_size - 30_000))
    text = average.read_text(encoding="utf-8")
    out = folder / "out"
    documents = [out / "group-00" / f"{average.stem}.{ending}" for ending in ("md", "html")]
    bibliography = average.with_name("mine.json")
    bibliography.write_text(BIBLIOGRAPHY % 0, encoding="utf-8")
    citing = text + "bibliography: [mine.json]\n"
    average.write_text(citing, encoding="utf-8")
    count = 0

    def changed(
        watch: Watch, made: list[Path], save: Callable[[int], object]
    ) -> Callable[[], float]:
        """Seconds from a save until all these documents are new."""

        def run() -> float:
            nonlocal count
            count += 1
            before = [_version(path) for path in made]
            save(count)
            taken = watch.until(
                lambda: all(_version(path) != old for path, old in zip(made, before, strict=True)),
                since=time.perf_counter(),
            )
            time.sleep(REST)
            return taken

        return run

    def edited(number: int) -> str:
        return citing.replace("title: Proposal", f"title: Draft {number} of proposal", 1)

    def in_place(number: int) -> None:
        average.write_text(edited(number), encoding="utf-8")

    def by_renaming(number: int) -> None:
        beside = average.with_name(f".{average.name}.new")
        beside.write_text(edited(number), encoding="utf-8")
        beside.replace(average)

    def library(number: int) -> None:
        bibliography.write_text(BIBLIOGRAPHY % number, encoding="utf-8")

    def figure(name: str, run: Callable[[], float]) -> Figure:
        return Figure(f"watch: {name} / {LIMIT} s", run, lambda: LIMIT, 1.0)

    with watching(folder / "in", "-o", out) as watch:

        def new() -> float:
            path = average.with_name(f"new-{time.time_ns()}.yaml")
            made = [document.with_stem(path.stem) for document in documents]
            return changed(watch, made, lambda _count: path.write_text(text, encoding="utf-8"))()

        def deleted() -> float:
            path = average.with_name(f"old-{time.time_ns()}.yaml")
            made = [document.with_stem(path.stem) for document in documents]
            changed(watch, made, lambda _count: path.write_text(text, encoding="utf-8"))()
            path.unlink()
            told = f"{path.name} is gone"
            taken = watch.until(lambda: watch.says(told), since=time.perf_counter())
            time.sleep(REST)
            return taken

        yield figure("saved in place", changed(watch, documents, in_place))
        yield figure("saved by renaming", changed(watch, documents, by_renaming))
        yield figure("a bibliography", changed(watch, documents, library))
        yield figure("a new file", new)
        yield figure("a deleted file, told", deleted)

    templates = folder / "templates"
    shutil.copytree(TEMPLATES, templates)
    end = templates / "shared" / "document.html.j2"

    def template(number: int) -> None:
        with end.open("a", encoding="utf-8") as file:
            file.write(f"<!-- {number} -->\n")

    with watching(average, "-o", folder / "own", "--template", templates) as watch:
        html = folder / "own" / f"{average.stem}.html"
        yield figure("a template, one brief", changed(watch, [html], template))


def _version(path: Path) -> tuple[int, int]:
    """Another one for each time that a file was written."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_ino, found.st_mtime_ns
