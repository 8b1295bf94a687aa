"""Prose of any kind: what holds whatever is typed."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from impactbrief.prose import Citation, NoteRef, PlainDress, Prose, parse
from impactbrief.prose.inlines import escape
from impactbrief.prose.tidy import clean

TAGS = {
    "a": {"href", "rel", "class"},
    "blockquote": set(),
    "br": set(),
    "code": set(),
    "em": set(),
    "h2": {"dir"},
    "h3": {"dir"},
    "h4": {"dir"},
    "h5": {"dir"},
    "h6": {"dir"},
    "hr": set(),
    "li": set(),
    "ol": {"start"},
    "p": {"dir"},
    "pre": set(),
    "s": set(),
    "span": {"class"},
    "strong": set(),
    "sup": set(),
    "table": set(),
    "tbody": set(),
    "td": {"class"},
    "th": {"class", "scope"},
    "thead": set(),
    "tr": set(),
    "ul": set(),
}
VOID = {"br", "hr"}
IN_ITEM = {"a", "br", "code", "em", "li", "ol", "s", "span", "strong", "sup", "ul"}
INLINE = {"a", "br", "code", "em", "s", "span", "strong", "sup"}


class Checker(HTMLParser):
    """Reads HTML as a browser would, and holds it to the allow-list."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS, tag
        assert {name for name, _ in attrs} <= TAGS[tag], (tag, attrs)
        for name, value in attrs:
            if name == "href":
                assert value is not None
                assert re.match(r"(https?://[^/]|mailto:)", value), value
            if name == "dir":
                assert value == "rtl"  # in a dress whose lines run from left to right
        if "li" in self.open:
            assert tag in IN_ITEM, f"<{tag}> in a list item"
        assert not (tag == "a" and "a" in self.open), "a link in a link"
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_comment(self, data: str) -> None:
        pytest.fail(f"a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        pytest.fail(f"a declaration: {decl}")

    def handle_pi(self, data: str) -> None:
        pytest.fail(f"an instruction: {data}")


def checked(html: str) -> str:
    """The words of `html`, once it is found to be safe and well-formed."""
    checker = Checker()
    checker.feed(html)
    checker.close()
    assert not checker.open
    return checker.words


_MARKS = "* ** _ __ ~~ ~ ` `` ``` ~~~ # ## ###### > - + 1. 2) 17. | |-|-| --- ==="
_BRACKETS = "[ ] ( ) ! ^ : ; @ < & \\ [^1] [^1]: [^x]: [@a] [@a;-@b] [@a,_p._4] [@ [[ ]] {}"
_SHADY = "<b> <!-- --> <script> javascript: data: www.x.org a@b.org [t](javascript:1) [t]()"
_LINKS = "http://a.b https://a.b/c?d=1&e=(f) ![alt](x.png) [t](http://a.b) [](http://a.b) [r] [r]:"
_OTHERS = "<https://x.y> (x)[y] &amp; &#10; &nbsp; &#x2028; a b word 1 5 é 中文 字 。 ؟ ا क \" '"
_TOUCHING = "$ = . ! a_b _a *a a* **a b** $_x %"
PIECES = st.sampled_from(" ".join([_MARKS, _BRACKETS, _SHADY, _LINKS, _OTHERS, _TOUCHING]).split())
SPACES = st.sampled_from(
    [" ", "", "\n", "\n\n", "  \n", "\\\n", "    ", "\n  ", "\n    ", "\n> ", "\n- ", "\t"]
)
MARKDOWN = st.lists(st.tuples(PIECES, SPACES), max_size=25).map(
    lambda pairs: "".join(piece + space for piece, space in pairs)
)
STARTS = st.sampled_from(
    ["", "- ", "1. ", "7. ", "> ", "# ", "### ", "    ", "   - ", "|a|b|\n|-|:-:|\n|", "```\n"]
)
ENDS = st.sampled_from(["\n", "\n\n", "\n\n    ", "\n  ", "|\n", "\n```\n"])
BLOCKS = st.lists(
    st.tuples(STARTS, st.lists(PIECES, min_size=1, max_size=20).map(" ".join), ENDS), max_size=8
).map(lambda parts: "".join(map("".join, parts)))
ANYTHING = st.one_of(st.text(max_size=200), MARKDOWN, BLOCKS)
relaxed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
plain_words = st.text(st.characters(codec="utf-8"), max_size=200)


class Dressed(PlainDress):
    """A document that knows every reference but `b`."""

    def cite_html(self, citation: Citation) -> str | None:
        if any(item.id == "b" for item in citation.items):
            return None
        return '<a href="https://ref.org/">[1]</a>'

    def cite_markdown(self, citation: Citation) -> str | None:
        return None if self.cite_html(citation) is None else citation.raw

    def note_markdown(self, ref: NoteRef) -> str:
        return f"[^{ref.label}]"


def definitions(prose: Prose) -> str:
    return "".join(f"\n\n[^{note.label}]: x" for note in prose.footnotes)


@given(ANYTHING)
@relaxed
def test_any_text_gives_safe_html(text: str) -> None:
    """No text raises or comes out as markup of its own; list items hold inline content only."""
    prose = parse(text)
    checked(prose.html(PlainDress()))
    checked(prose.shortened(7).html(PlainDress()))


@given(ANYTHING)
@relaxed
def test_inline_html_holds_no_block(text: str) -> None:
    """A value that is printed within a line has no block in it."""
    html = parse(text).inline_html(PlainDress())
    checked(html)
    assert set(re.findall(r"<(\w+)", html)) <= INLINE


def spaced(html: str) -> str:
    return re.sub(r"\s+", " ", html)


@given(MARKDOWN | BLOCKS)
@relaxed
def test_markdown_reads_back_as_the_same_prose(text: str) -> None:
    """What is written as Markdown says, read again, what was read at first."""
    prose = parse(text)
    markdown = prose.markdown(Dressed())
    if "<!-- markdownlint" in markdown or "<!-- -->" in markdown:
        return  # comments are for other readers; this one shows them
    again = parse(markdown + definitions(prose))
    assert spaced(again.html(Dressed())) == spaced(prose.html(Dressed()))


@given(st.text(max_size=60), st.sampled_from(["`{}`", "``{}``", "    {}\n", "```\n{}\n```\n"]))
@relaxed
def test_a_citation_in_code_is_text(text: str, code: str) -> None:
    """Nothing in code is a citation, a footnote, a link or an image."""
    words = re.sub(r"[`\s]", "", text)
    prose = parse(code.format(f"x [@a] {words} [^1] ![i](x) https://x.y z"))
    assert not any((prose.citations, prose.links, prose.images, prose.undefined_notes))
    assert "[@a]" in checked(prose.html(PlainDress()))


@given(plain_words)
@relaxed
def test_words_that_are_escaped_print_as_they_are(text: str) -> None:
    """Whatever a value says, `escape` makes it Markdown that says just that."""
    words = " ".join(clean(text).split())
    html = parse("x " + escape(words) + " x").html(PlainDress())
    assert checked(html) == f"x {words} x\n".replace("x  x", "x x")
    assert not re.search(r"<(?!/?p>)", html)


@given(st.text("ab. !?…。؟\n", max_size=120), st.integers(1, 12))
@relaxed
def test_shortened_prose_is_within_its_budget(text: str, budget: int) -> None:
    """However many words are asked for, there are no more, and never none of some."""
    prose = parse(text)
    short = prose.shortened(budget)
    assert short.words <= budget
    assert bool(short.words) == bool(prose.words)
