"""Imported by a fork server, so that each worker finds loaded what makes text.

A first small brief is made here: it loads the question bank and the templates once for all.
"""

from contextlib import suppress

from impactbrief.batch.task import Task, make

SMALL = b"impactbrief: 1\ndocument: {title: A brief}\nproposal: {name: A proposal}\n"


def make_small_brief(*formats: str) -> None:
    """Makes a brief and throws it away. Whatever is wrong, a worker will meet and tell it."""
    with suppress(Exception):
        make(Task("brief.yaml", SMALL, tuple(("brief", format_) for format_ in formats)))


make_small_brief("md", "html")
