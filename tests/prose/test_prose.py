"""What is asked of a field's prose: facts, words, sentences, citations."""

import re
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from impactbrief.prose import (
    Footnote,
    HeadingFact,
    ImageFact,
    LinkFact,
    NoteFact,
    NoteRef,
    PlainDress,
    Prose,
    citation_key,
    is_citation_key,
    parse,
)
from impactbrief.prose.reader import MAX_LENGTH, is_safe_url
from impactbrief.prose.sentences import ends
from tests.growth import grows_with_length
from tests.prose.dress import Dress


def test_citations_come_in_the_order_of_printing() -> None:
    """The body's citations first, then those of the footnotes in the order of their references."""
    prose = parse("[^b] [@one]\n\n- [@two] [^a]\n\n[^a]: [@five]\n[^b]: [@three] [^a] [@four]\n")
    assert [c.items[0].id for c in prose.citations] == ["one", "two", "three", "four", "five"]
    assert [c.items[0].id for c in prose.body_citations] == ["one", "two"]
    assert [c.line for c in prose.citations] == [1, 3, 6, 6, 5]


@pytest.mark.parametrize(
    ("typed", "prefix", "key", "locator", "suffix", "suppressed"),
    [
        ("@a", "", "a", "", "", False),
        ("-@a", "", "a", "", "", True),
        ("see @a, p. 4", "see", "a", "p. 4", "", False),
        ("@a p. 4", "", "a", "p. 4", "", False),
        ("@a, 33", "", "a", "33", "", False),
        ("@a, pp. 33, 35-37, and *passim*", "", "a", "pp. 33, 35-37", ", and passim", False),
        ("@a, Article 34-2", "", "a", "Article 34-2", "", False),
        ("@a, стр. 4", "", "a", "стр. 4", "", False),
        ("@a, § 3", "", "a", "§ 3", "", False),
        ("@a, ch. iv", "", "a", "ch. iv", "", False),
        ("@a, {Annex B}, end", "", "a", "Annex B", ", end", False),
        ("@a in 2019", "", "a", "", "in 2019", False),
        ("@a and others", "", "a", "", "and others", False),
        ("@a:b.c/d#e_f", "", "a:b.c/d#e_f", "", "", False),
        ("@http://x.y/z", "", "http://x.y/z", "", "", False),
        ("@{a;b!}", "", "a;b!", "", "", False),
        ("@a.", "", "a", "", ".", False),
        ("@a--b", "", "a", "", "--b", False),
        ("(@a)", "(", "a", "", ")", False),
    ],
)
def test_an_item_is_taken_apart(
    typed: str, prefix: str, key: str, locator: str, suffix: str, suppressed: bool
) -> None:
    """Prefix, key, locator and suffix are what Pandoc would take them for."""
    (citation,) = parse(f"[{typed}]").citations
    (item,) = citation.items
    assert (item.prefix, item.id, item.locator, item.suffix) == (prefix, key, locator, suffix)
    assert item.author_suppressed is suppressed
    assert item.raw == typed


def test_a_cluster_needs_a_key_in_every_item() -> None:
    """`[@a; b]` is text, as in Pandoc; `[@a;@b]` is one cluster of two."""
    assert parse("[@a; b]").citations == ()
    (cluster,) = parse("[@a;\n@b, p. 2]").citations
    assert [item.id for item in cluster.items] == ["a", "b"]
    assert cluster.raw == "[@a; @b, p. 2]"


@pytest.mark.parametrize("key", ["Smith2020", "kt_2016", "a.b", "9", "über"])
def test_keys_are_cited_plainly(key: str) -> None:
    """What Pandoc takes as a key is cited as it is."""
    assert is_citation_key(key)
    assert citation_key(key) == f"@{key}"


@pytest.mark.parametrize("key", ["a!", ".a", "a.", "a..b", ""])
def test_other_ids_are_cited_in_braces(key: str) -> None:
    """Any other id is put in braces, and reads back as itself."""
    assert not is_citation_key(key)
    if key:
        assert parse(f"[{citation_key(key)}]").citations[0].items[0].id == key


def test_facts_have_lines() -> None:
    """Headings, jumps, images, links and unmatched footnotes are told with their lines."""
    prose = parse(
        "## One\n\n##### Two *x*\n\n# Three\n\ntext\n![alt](a.png) more\n[w](https://x.y)\n[^u]\n\n"
        "| a |\n|---|\n| b |\n| ![c]() |\n\n[^v]: never\n"
    )
    assert prose.headings == (
        HeadingFact(2, "One", 1, jumps=False),
        HeadingFact(5, "Two x", 3, jumps=True),
        HeadingFact(1, "Three", 5, jumps=False),
    )
    assert prose.images == (ImageFact("alt", 8), ImageFact("c", 15))
    assert prose.links == (LinkFact("https://x.y", 9),)
    assert prose.undefined_notes == (NoteFact("u", 10),)
    assert prose.unused_notes == (NoteFact("v", 17),)


def test_footnotes_are_prose_of_their_own() -> None:
    """A footnote's body prints by itself; references say which footnote and how often."""
    prose = parse("a[^x] b[^y] c[^x]\n\n[^y]: Why *so*.\n[^x]: An x, see [^y].\n\n    More.\n")
    x, y = prose.footnotes
    assert (x.label, x.references, x.line) == ("x", 2, 4)
    assert (y.label, y.references, y.line) == ("y", 2, 3)
    assert x.prose.html(Dress()) == "<p>An x, see <sup>2</sup>.</p>\n<p>More.</p>\n"
    assert y.prose.inline_html(Dress()) == "Why <em>so</em>."

    seen: list[NoteRef] = []

    class Spy(Dress):
        def note_html(self, ref: NoteRef) -> str:
            seen.append(ref)
            return ""

    assert prose.html(Spy()) == "<p>a b c</p>\n"
    assert seen == [NoteRef(0, 0, "x"), NoteRef(1, 0, "y"), NoteRef(0, 1, "x")]


def test_footnotes_may_go_round_in_circles() -> None:
    """Footnotes that refer to themselves or each other end."""
    notes = parse("[^a]\n\n[^a]: [^a] [^b]\n[^b]: [^a]\n").footnotes
    assert [(note.label, note.references) for note in notes] == [("a", 3), ("b", 1)]


def test_what_prints_as_nothing_takes_its_space_away() -> None:
    """A dress that prints no citations leaves no gap before the full stop."""

    class Bare(Dress):
        def cite_html(self, citation: object) -> str:  # noqa: ARG002
            return ""

        def cite_markdown(self, citation: object) -> str:  # noqa: ARG002
            return ""

    prose = parse("Costs rise [@tba]. Much [@tba]\n")
    assert prose.html(Bare()) == "<p>Costs rise. Much</p>\n"
    assert prose.markdown(Bare()) == "Costs rise. Much"
    assert prose.text() == "Costs rise. Much"


@pytest.mark.parametrize(
    ("level", "tags"), [(2, ["h2", "h3"]), (5, ["h5", "h6"]), (6, ["h6", "h6"]), (9, ["h6", "h6"])]
)
def test_headings_stop_at_six(level: int, tags: list[str]) -> None:
    """However deep a field stands, its headings are headings."""
    html = parse("# a\n\n## b\n").html(PlainDress(heading_level=level))
    assert [part[:2] for part in html.split("<") if part.startswith("h")] == tags


@pytest.mark.parametrize(
    ("text", "of_document", "way"),
    [
        ("Only Latin letters.", "rtl", ' dir="ltr"'),
        ("## Latin", "rtl", ' dir="ltr"'),
        ("نص، VPN", "rtl", ""),
        ("VPN: نص", "rtl", ""),
        ("12 – 34.", "rtl", ""),
        ("نص 12.", "ltr", ' dir="rtl"'),
        ("שלום.", "ltr", ' dir="rtl"'),
        ("نص is a text.", "ltr", ""),
        ("Latin.", "ltr", ""),
        ("12 – 34.", "ltr", ""),
    ],
)
def test_words_that_run_against_the_document_say_so(text: str, of_document: str, way: str) -> None:
    """Where all letters of a paragraph do: else their full stop would stand at their beginning."""
    html = parse(text).html(PlainDress(2, of_document))
    assert re.match(r"<(?:p|h2)(.*?)>", html)[1] == way  # type: ignore[index]


def test_inline_values_have_no_blocks() -> None:
    """Paragraphs and lists in a line's place come as lines."""
    prose = parse("One *a*\n\n1. x\n2. y | z\n")
    assert prose.inline_html(Dress()) == "One <em>a</em><br>\n1. x<br>\n2. y | z"
    assert prose.inline_markdown(Dress()) == "One *a* x y \\| z"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("One two, three - four.", 4),
        ("It's a well-known e-mail: a@b.org", 5),
        ("*One* `two` [three](https://x.y) [@four] five[^1]\n\n[^1]: six seven\n", 4),
        ("互联网是开放的。", 7),
        ("インターネット", 7),
        ("인터넷은 열려 있다", 3),
        ("الإنترنت مفتوح", 2),
        ("इंटरनेट खुला है।", 3),
        ("อินเทอร์เน็ตเปิดกว้าง", 3),
    ],
)
def test_words_are_counted_as_people_count(text: str, words: int) -> None:
    """Words between spaces; characters in Chinese and Japanese; by length in Thai."""
    assert parse(text).words == words


@pytest.mark.parametrize(
    ("text", "budget", "short"),
    [
        ("One two. Three four. Five.", 4, "One two. Three four."),
        ("One two. Three four. Five.", 3, "One two."),
        ("One two three four.", 2, "One two…"),
        (
            "See Art. 5 of the U.S. act, e.g. p. 4. More.", 10,
            "See Art. 5 of the U.S. act, e.g. p. 4.",
        ),
        ("It costs 3.5 million. More.", 5, "It costs 3.5 million. More."),
        ("“It ends.” He left. More words.", 4, "“It ends.” He left."),
        ("Why? Because! So.", 2, "Why? Because!"),
        ("هل هو مفتوح؟ نعم هو كذلك.", 4, "هل هو مفتوح؟"),
        ("互联网开放。它很好！还有。", 8, "互联网开放。它很好！"),
        ("यह खुला है। वह बंद है।", 3, "यह खुला है।"),
        ("互联网是开放的", 3, "互联网…"),
        (
            "One.\n\n# Head\n\nTwo.\n\n| a |\n|---|\n\n- three\n- four five\n",
            3,
            "One.\n\nTwo.\n\nthree",
        ),
        ("Rises. [@a] Next[^1] one.\n\n[^1]: x", 1, "Rises."),
        ("> Quoted words. More.\n\nEnd.", 2, "Quoted words."),
    ],
)  # fmt: skip
def test_prose_is_shortened_at_sentences(text: str, budget: int, short: str) -> None:
    """Whole sentences within the budget; a first one beyond it ends at a word with an ellipsis."""
    shortened = parse(text).shortened(budget)
    assert shortened.text() == short
    assert shortened.words <= budget


def test_shortened_prose_keeps_its_marks() -> None:
    """Emphasis, links and citations stay; references to footnotes don't."""
    text = "A *bold [act](https://x.y)* [@tba].[^1] Then [@kt-2016].\n\n[^1]: x"
    html = parse(text).shortened(3).html(Dress())
    assert html == '<p>A <em>bold <a href="https://x.y" rel="noopener">act</a></em> [2].</p>\n'


def test_empty_prose_is_empty() -> None:
    """White space, and markup around nothing, print nothing."""
    for text in ("", " \n\t\n", "****\n", "-\n", ">\n", "#\n", "[^1]: unused\n"):
        prose = parse(text)
        assert prose.html(Dress()) == "" or not prose.is_empty
    assert parse(" ").is_empty
    assert parse(">\n\n-\n").is_empty
    assert parse("").markdown(Dress()) == ""


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JAVASCRIPT:x", "file:///x", "data:text/html,x", "//host", "/x", "#x",
     "x.html", "", "http://", "http:///x", "http://[", "https://x:99999/", "mailto:", "vbscript:x"],
)  # fmt: skip
def test_only_absolute_addresses_are_links(url: str) -> None:
    """Nothing else is a link, so that nothing is loaded and no anchor dangles."""
    assert not is_safe_url(url)
    assert "<a" not in parse(f"[x]({url}) [y](<{url}>) <{url}>").html(Dress())


def test_control_characters_are_dropped() -> None:
    """What no document can hold goes; what divides lines becomes a space."""
    text = "a\x00b\x1b\x07c\ud800 d\u2028e\x0bf\r\ng &#x2028; h\ufffe"
    assert parse(text).html(Dress()) == "<p>abc d e f g h</p>\n"
    parse(text).markdown(Dress()).encode("utf-8")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("*a* " * (MAX_LENGTH // 4 + 1), "too long"),
        (">" * 60_000 + " a", "too deep"),
        ("".join(" " * (2 * depth) + "- a\n" for depth in range(60)), "too deep"),
    ],
)
def test_what_is_too_much_is_printed_as_typed(text: str, reason: str) -> None:
    """Prose that is too long or too deep loses its markup, but no word."""
    prose = parse(text)
    assert prose.as_typed == reason
    assert prose.text().split() == text.split()


@pytest.mark.parametrize(
    "piece",
    ["[", "*a_ ", "![", "[a](", "[@a", "[@a;", "[^a]: ", "http://", "&amp", "\\", "(", "'", ".",
     "`a``", "~~a ", "**a *b ", "- ", "_", "[x\n", "a|", "|-|-|\n", "1. ", "<!--", "word [@a]. "],
)  # fmt: skip
def test_hostile_prose_does_not_hang(piece: str) -> None:
    """60 KB of anything is read, printed, counted and shortened within seconds."""
    text = piece * (60_000 // len(piece))
    start = time.process_time()
    prose = parse(text)
    prose.html(Dress())
    prose.markdown(Dress())
    prose.shortened(40)
    assert prose.words >= 0
    assert time.process_time() - start < 4


def test_deep_emphasis_is_printed_as_typed() -> None:
    """Emphasis nested beyond reason is text."""
    text = "**a *b " * 50 + "b* a**" * 50
    html = parse(text).html(Dress())
    assert "<em>" not in html
    assert html.count("**a *b") == 50


def test_a_table_beyond_all_bounds_is_text() -> None:
    """A table that could not be printed stays the lines that were typed."""
    columns = "|".join("a" * 60)
    assert "<table>" not in parse(f"{columns}\n{'|'.join('-' * 60)}\n").html(Dress())
    rows = "a|b\n-|-\n" + "a\n" * 20_000
    assert "<table>" not in parse(rows).html(Dress())


def test_prose_is_a_value() -> None:
    """Equal texts read equal; a footnote is a value too."""
    assert parse("a [@b]") == parse("a  [@b]")
    assert parse("a") != parse("b")
    assert isinstance(parse("[^1]\n\n[^1]: x").footnotes[0], Footnote)
    assert Prose().is_empty


def test_importing_prose_loads_no_parser() -> None:
    """markdown-it is loaded by the first text, mdformat by the first Markdown."""
    code = (
        "import sys; from impactbrief.prose import PlainDress, parse\n"
        "parse('')\n"
        "assert 'markdown_it' not in sys.modules\n"
        "parse('a').html(PlainDress())\n"
        "assert 'mdformat' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    ("of_length", "length"),
    [
        (lambda length: "a" + "\N{EM SPACE}" * length + "b", 2000),
        (lambda length: "— \n\n" * length, 500),
        (lambda length: "- —\n" * length, 100),
        (lambda length: "> —\n\n" * length, 100),
        (lambda length: f"[@a, {'b' * length}]" * 20, 240),
        (lambda length: f"[@a, 1{'-1' * length}]" * 20, 120),
    ],
    ids=["spaces", "dashes", "items", "quotations", "words", "pages"],
)
def test_work_grows_with_length(of_length: Callable[[int], str], length: int) -> None:
    """Reading and shortening, whatever is repeated."""
    assert grows_with_length(lambda text: parse(text).shortened(len(text)), of_length, length)


def test_sentences_are_found_in_time() -> None:
    """However many there are."""
    assert grows_with_length(ends, lambda length: "a. " * length, 20_000)
