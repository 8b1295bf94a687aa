"""How the work for a text grows with its length."""

import time
from collections.abc import Callable
from typing import TypeVar

Text = TypeVar("Text")


def grows_with_length(work: Callable[[Text], object], of_length: Callable[[int], Text],
                      length: int = 2000) -> bool:  # fmt: skip
    """Whether a text eight times as long takes about eight times the work, and not sixty-four.

    `length` is what a machine needs a few milliseconds for; what stays quick needs no comparing.
    """

    def seconds(text: Text) -> float:
        taken = []
        for _attempt in range(3):
            begin = time.process_time()
            work(text)
            taken.append(time.process_time() - begin)
        return min(taken)

    short, long = seconds(of_length(length)), seconds(of_length(8 * length))
    return long < 0.1 or long < 24 * short
