"""Briefs to print, and Markdown read back as another reader would."""

from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from impactbrief.answers.file import read_answers
from impactbrief.assessment import assess
from impactbrief.brief.build import build
from impactbrief.brief.model import Brief
from impactbrief.toolkit.load import load
from impactbrief.toolkit.model import Toolkit

_READER = MarkdownIt("commonmark").enable("table").use(footnote_plugin)


@cache
def brief(path: Path, document: str = "brief") -> Brief:
    """A document of an answer file."""
    file = read_answers(path)
    return build(
        assess(load(file.answers.toolkit, file.answers.language, base=file.base), file), document
    )


@cache
def toolkit() -> Toolkit:
    return load("iiat", "en", base=Path())


def tokens(markdown: str) -> list[Token]:
    return _READER.parse(markdown)


def shape(markdown: str) -> list[str]:
    """All structure in the order of the text: what opens and closes, whatever words it holds."""
    found = []
    for token in tokens(markdown):
        if _asks_markdownlint(token):
            continue
        found.append(f"{token.type} {token.tag}")
        found += [c.type for c in token.children or () if c.type not in {"text", "softbreak"}]
    return found


def words(markdown: str) -> str:
    """All words as a reader meets them, on one line."""
    return " ".join(" ".join(_words(token) for token in tokens(markdown)).split())


def _asks_markdownlint(token: Token) -> bool:
    return token.type == "html_block" and token.content.startswith("<!-- markdownlint-")


def _words(token: Token) -> str:
    if token.children is None:
        return "" if _asks_markdownlint(token) else token.content
    return "".join(
        " " if child.type in {"softbreak", "hardbreak"} else child.content
        for child in token.children
    )
