"""Markdown: whatever is typed into a plain field, it is words and never structure."""

import re
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, example, given, settings
from hypothesis import strategies as st

from impactbrief.brief.build import DOCUMENTS
from impactbrief.brief.citations import Entry, Label
from impactbrief.brief.model import Text
from impactbrief.prose import parse
from impactbrief.render.markdown import cell, plain, prose, table, to_markdown
from impactbrief.toolkit.model import Words
from tests.conftest import ROOT
from tests.render.briefs import brief, shape, tokens, words

KOREA = ROOT / "examples" / "korea-interconnection.yaml"

PIECES = [
    "#", "##", "# ", "*", "**", "_", "__", "-", "--", "- ", "+ ", "1.", "1. ", "2) ", "=", "===",
    "---", "***", ">", "> ", "|", "||", "|-|", ":-", "`", "```", "~", "~~", "~~~", "[", "]", "[x]",
    "[ ]", "[1]", "[1]:", "](", "[^1]", "[^1]:", "!", "![", "(", ")", "<", ">", "<b>", "</b>",
    "<!--", "-->", "<script>", "&", "&amp;", "&#35;", "\\", "\\\\", "{{", "}}", "{% raw %}",
    "$", ":", " ", "  ", "\n", "\n\n", "\t", "\r\n", "\u00a0", "\u2028", "\u200b", "a", "word", "1",
    "2022.", "é", "日本", "עברית", "ก็", "👩‍💻", "\ufdd0", "\x00", "\x1b[1m",
]  # fmt: skip
hostile = st.one_of(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("".join), st.text(max_size=20)
)
soon = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def one_line(value: str) -> str:
    """What a reader can see of a field: no line ends, no characters that nothing can print."""
    kept = re.sub("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]", "", value)  # fmt: skip # noqa: E501
    return " ".join(kept.split())


PLACES = {
    "paragraph": "{}",
    "heading": "### {}",
    "item": "- {}",
    "number": "1. {}",
    "quotation": "> {}",
    "bold": "**{}** and more",
    "sentence": "before {} after",
    "label": "- **{}:** {}",
}


@pytest.mark.parametrize("place", PLACES)
@given(hostile)
@example("--  -")
@example("1.")
@example("x #")
@soon
def test_a_plain_field_is_its_words_and_nothing_else(place: str, value: str) -> None:
    """At any place where a template puts a field, it adds words and no structure."""
    assume(one_line(value) and not addressed(value))
    pattern = PLACES[place]
    printed = pattern.format(plain(value), plain(value))
    assert shape(printed) == shape(pattern.format("word", "word"))
    seen = one_line(value)
    assert words(printed) == " ".join(words(pattern).replace("{}", seen).split())


@given(hostile, hostile)
@soon
def test_a_cell_is_its_words_and_nothing_else(one: str, two: str) -> None:
    """A table's cell keeps its words, bars and backslashes too."""
    assume(one_line(one) and one_line(two) and not addressed(one + two))
    printed = table(f"| {cell(one)} | b |\n| {cell(two)} | d |\n")
    assert shape(printed) == shape("| a | b |\n| - | - |\n| c | d |")
    found = [token.content for token in tokens(printed) if token.type == "inline"]
    assert [words(content) for content in found] == [one_line(one), "b", one_line(two), "d"] or (
        words(printed) == f"{one_line(one)} b {one_line(two)} d"
    )


def addressed(value: str) -> bool:
    return re.search(r"://|www\.|@", value) is not None


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("See https://example.org/a_b(c).", "See <https://example.org/a_b(c)>."),
        ("https://example.org/", "<https://example.org/>"),
        ("ada@example.org, bo", "<ada@example.org>, bo"),
        ("https://example.org/?q=<b>", "<https://example.org/?q=>\\<b>"),
    ],
)
def test_an_address_in_a_plain_field_is_a_link(typed: str, printed: str) -> None:
    """Bare addresses, which markdownlint refuses, become links with the same words."""
    assert plain(typed) == printed
    assert words(printed) == typed


NAMES = {
    "title", "subtitle", "series", "publisher", "dates", "status_name", "status_notice", "keywords",
    "name", "affiliations", "role", "heading", "label", "lines", "question", "sentences", "answer",
    "confidence", "date", "group", "invited", "took_part", "kind_name", "facts", "action", "term",
    "priority", "text", "addressee",
}  # fmt: skip
"""The model's plain fields."""


def with_words(value: Any, word: str) -> Any:
    """A brief in which every plain field that says something says `word`."""
    if isinstance(value, Text | Words | Entry | Label):
        return value
    if isinstance(value, tuple):
        return tuple(with_words(item, word) for item in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed: dict[str, Any] = {}
    for field in fields(value):
        found = getattr(value, field.name)
        if field.name in NAMES and isinstance(found, str):
            changed[field.name] = word if found else found
        elif (
            field.name in NAMES
            and isinstance(found, tuple)
            and all(isinstance(item, str) for item in found)
        ):
            changed[field.name] = tuple(word for _ in found)
        elif not isinstance(found, str | int | None):
            changed[field.name] = with_words(found, word)
    return replace(value, **changed)


@cache
def usual_markdown(document: str) -> str:
    return to_markdown(with_words(brief(KOREA, document), "Word"))


@pytest.mark.parametrize("document", DOCUMENTS)
@given(value=hostile)
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=set(Phase) - {Phase.shrink, Phase.explain},  # a document takes its time
)
def test_no_field_of_a_brief_can_change_the_document(document: str, value: str) -> None:
    """With any words in all plain fields at once, the document keeps its shape and says them."""
    assume(one_line(value) and not addressed(value))
    usual = usual_markdown(document)
    printed = to_markdown(with_words(brief(KOREA, document), value))
    assert shape(printed) == shape(usual)
    assert words(printed) == " ".join(words(usual).replace("Word", one_line(value)).split())


@given(hostile, hostile, st.sampled_from(["", "- ", "> ", "1. ", "    ", "## "]))
@soon
def test_a_label_leaves_prose_as_it_is(label: str, source: str, mark: str) -> None:
    """Words that a document puts before prose are read as words, and so is what follows them."""
    assume(one_line(label) and not addressed(label + source) and not parse(mark + source).is_empty)
    alone = prose(Text(parse(mark + source), 4))
    printed = prose(Text(parse(mark + source), 4), label, indent=4)
    assert words(printed) == f"{one_line(label)} {words(alone)}".strip()
