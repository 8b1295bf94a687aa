"""Measure impactbrief as ratios, each against what it can't or needn't beat on the same machine.

    python -m benchmarks [ROUNDS] [one|pages|peers|watching|wizard|batches|WORDS ...]

Seconds depend on the machine and the hour; ratios of runs that take turns hardly do. Each line
says how often the second command's time the first one took: least, median and most of all rounds.
README.md has the last table and tells what each line means.
"""

import sys
import tempfile
from pathlib import Path

from benchmarks import batches, one, pages, peers, watching, wizard
from benchmarks.measure import head

ROUNDS = 5
PARTS = {
    "one": one.figures,
    "pages": pages.figures,
    "peers": peers.figures,
    "watching": watching.figures,
    "wizard": wizard.figures,
    "batches": batches.figures,
}


def main(arguments: list[str]) -> None:
    rounds = int(arguments.pop(0)) if arguments and arguments[0].isdigit() else ROUNDS
    parts = [part for part in arguments if part in PARTS] or list(PARTS)
    words = [word for word in arguments if word not in PARTS]
    print(head(rounds))
    for part in parts:
        with tempfile.TemporaryDirectory() as folder:
            for figure in PARTS[part](Path(folder)):
                if not words or any(word in figure.name for word in words):
                    print(figure.measure(rounds), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
