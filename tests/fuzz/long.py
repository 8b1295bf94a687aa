"""The long run: `python -m tests.fuzz.long --cases 20000 [--seed 1]`.

Every case that fails is written to the folder named by --keep, and the run goes on.
"""

import argparse
import itertools
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

from tests.answer_files import MINIMAL
from tests.fuzz.mutations import cases
from tests.fuzz.trial import trial


def main() -> int:
    """Runs the cases; 1 where one of them failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--html", type=int, default=20, help="every so many cases, HTML as well")
    parser.add_argument("--keep", type=Path, default=Path("build/fuzz"))
    chosen = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    for warm in ("md", "html"):
        trial_once(MINIMAL.encode(), folder, warm)
    failures: Counter[str] = Counter()
    read, longest, begin = 0, 0.0, time.monotonic()
    for number, data in enumerate(itertools.islice(cases(chosen.seed), chosen.cases), 1):
        formats = ("md", "html") if number % chosen.html == 0 else ("md",)
        try:
            result = trial(data, folder, formats=formats)
        except Exception as error:
            last = traceback.extract_tb(error.__traceback__)[-1]
            name = f"{type(error).__name__} {Path(last.filename).name}:{last.lineno}"
            failures[name] += 1
            if failures[name] <= 3:
                chosen.keep.mkdir(parents=True, exist_ok=True)
                (chosen.keep / f"{number}.yaml").write_bytes(data)
                sys.stdout.write(f"case {number}: {name}: {str(error)[:200]}\n")
        else:
            read += result.read
            longest = max(longest, result.seconds)
        if number % 1000 == 0:
            sys.stdout.write(f"{number} cases, {time.monotonic() - begin:.0f} s\n")
            sys.stdout.flush()
    sys.stdout.write(
        f"{chosen.cases} cases, seed {chosen.seed}: {read} were answer files, longest"
        f" {longest:.2f} s, {sum(failures.values())} failures {dict(failures)}\n"
    )
    return bool(failures)


def trial_once(data: bytes, folder: Path, format_: str) -> None:
    """Loads what is loaded once, before anybody watches."""
    from impactbrief.answers.file import parse
    from impactbrief.assessment import assessment_of
    from impactbrief.render import DOCUMENTS, render

    assessment = assessment_of(parse(data, path=folder / "brief.yaml"))
    for document in DOCUMENTS:
        render(assessment, document, format_)


if __name__ == "__main__":
    sys.exit(main())
