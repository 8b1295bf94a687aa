"""Marked text: what the citation processor hands over, and how it becomes safe HTML and plain text.

The processor works on plain strings. Italics, links and quotation marks travel inside them as
Unicode noncharacters, which no text may hold (`clean` takes them out of everything a person wrote).
Only here, after all joining and changing of case, is text split at the marks and escaped, exactly
once; so no answer can bring a tag of its own.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

ITALIC, BOLD, SUPERSCRIPT, SUBSCRIPT = (
    "\ufdd0\ufdd1",
    "\ufdd2\ufdd3",
    "\ufdd4\ufdd5",
    "\ufdd6\ufdd7",
)
URL, DOI = "\ufdd8\ufdd9", "\ufdda\ufddb"
NUMBER = "\ufddc\ufddd"
"""Around an entry's number, so that it can be set apart from the entry."""
QUOTE = "\ufdde\ufddf"
"""Around a quotation, whoever quotes; the characters depend on language and depth."""
HYPHEN = "\ufde0"
"""A hyphen that is no sign of a range."""

_TAGS = {ITALIC: "i", BOLD: "b", SUPERSCRIPT: "sup", SUBSCRIPT: "sub"}
_OPENERS = {pair[0]: pair for pair in (*_TAGS, URL, DOI, NUMBER)}
_CLOSERS = {pair[1]: pair for pair in (*_TAGS, URL, DOI, NUMBER)}

_NOT_TEXT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_MARK = "[\ufdd0-\ufddf]*"
_ARABIC = "[\u0620-\u0652\u0671-\u06d3]"
_RICH = re.compile(r"<(i|b|sup|sub)>([^<>]*)</\1>|<span class=\"nocase\">([^<>]*)</span>")
_RICH_MARKS = {tag: pair for pair, tag in _TAGS.items()}
_CURLY_QUOTED = re.compile("[“„]([^“”„]*)”")
_STRAIGHT_QUOTED = re.compile(r'(?<![\w"])"(?=\S)([^"]*)(?<=\S)"(?!\w)')

DOI_SITE = "https://doi.org/"


def clean(text: str) -> str:
    """Text that a person wrote, on one line and without characters that are none."""
    return " ".join(_NOT_TEXT.sub("", text).split())


def rich(text: str) -> str:
    """`clean` text with its quotations and CSL's few inline tags as marks.

    CSL allows `<i>`, `<b>`, `<sup>` and `<sub>` in a title, and Zotero writes them. Only a pair
    with plain text in between counts; anything else in angle brackets stays the text it is.
    """

    def marked(match: re.Match[str]) -> str:
        pair = _RICH_MARKS.get(match[1] or "", "")
        return pair[:1] + (match[2] if match[1] else match[3]) + pair[1:]

    text = _RICH.sub(marked, clean(text))
    for quoted in (_CURLY_QUOTED, _STRAIGHT_QUOTED):
        text = quoted.sub(rf"{QUOTE[0]}\1{QUOTE[1]}", text)
    return text


def surround(pair: str, text: str) -> str:
    """`text` between the two marks of `pair`."""
    return f"{pair[0]}{text}{pair[1]}"


def unmarked(text: str) -> str:
    """`text` without its marks: for comparing and sorting."""
    return _NOT_TEXT.sub("", text.replace(HYPHEN, "-"))


@dataclass(frozen=True, slots=True)
class Quotes:
    """A language's quotation marks."""

    outer: tuple[str, str]
    inner: tuple[str, str]
    holds_punctuation: bool
    """Whether a comma or full stop that follows stands inside, as American English has it."""
    arabic_comma: bool = False
    """Whether a comma beside an Arabic word is an Arabic one: styles bring the Latin one."""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text that looks the same throughout."""

    text: str
    marks: tuple[str, ...] = ()

    @property
    def html(self) -> str:
        """The text, escaped, in the tags of its marks."""
        html = escape(self.text, quote=False)
        for pair in reversed(self.marks):
            if tag := _TAGS.get(pair):
                html = f"<{tag}>{html}</{tag}>"
        return html


def mend(marked: str, quotes: Quotes) -> str:
    """Mend the seams where pieces met, and move punctuation into quotations where it belongs there.

    What is mended: two spaces, a space before a comma or full stop at a seam, a doubled comma or
    full stop, a comma before a full stop, a full stop after a closing `?` or `!`, a Latin comma
    between Arabic words.
    """
    if quotes.holds_punctuation:
        marked = re.sub(f"(?<=[?!])({_MARK}{QUOTE[1]}{_MARK})[.,](?!\\w)", r"\1", marked)
        marked = re.sub(f"(?<=\\.)({_MARK}{QUOTE[1]}{_MARK})\\.(?!\\w)", r"\1", marked)
        marked = re.sub(f"({QUOTE[1]}+)({_MARK})([.,])(?!\\w)", r"\3\1\2", marked)
    marked = re.sub(rf"\s+({_MARK}) ", r" \1", marked)
    marked = re.sub(rf" ({_MARK}),", r"\1,", marked)
    marked = re.sub(rf"(?<!\.)\.({_MARK})\.(?!\.)", r".\1", marked)
    marked = re.sub(rf",({_MARK})\s*,", r",\1", marked)
    marked = re.sub(rf",({_MARK}) ?\.(?={_MARK}(?:\s|$))", r"\1.", marked)
    if quotes.arabic_comma:
        marked = re.sub(rf"(?<={_ARABIC})({_MARK}),|,(?=\s*{_MARK}{_ARABIC})", r"\1،", marked)
    return re.sub(rf"([?!])({_MARK})\.(?={_MARK}(?:\s|$))", r"\1\2", marked)


def set_quotes(marked: str, quotes: Quotes) -> str:
    """Set the quotation marks, the inner ones inside a quotation."""
    depth, out = 0, []
    for character in marked:
        if character == QUOTE[0]:
            out.append((quotes.inner if depth % 2 else quotes.outer)[0])
            depth += 1
        elif character == QUOTE[1]:
            depth = max(depth - 1, 0)
            out.append((quotes.inner if depth % 2 else quotes.outer)[1])
        else:
            out.append("-" if character == HYPHEN else character)
    return "".join(out)


def _together(marks: list[str]) -> tuple[str, ...]:
    """What marks inside one another come to: italics inside italics are upright again."""
    upright = marks.count(ITALIC) % 2 == 0
    return tuple(pair for pair in dict.fromkeys(marks) if pair != ITALIC or not upright)


def runs(marked: str) -> list[Run]:
    """The text as pieces that look the same throughout; a mark without its fellow is nothing."""
    found: list[Run] = []
    open_marks: list[str] = []
    piece: list[str] = []

    def close() -> None:
        if piece:
            found.append(Run("".join(piece), _together(open_marks)))
            piece.clear()

    for character in marked:
        if pair := _OPENERS.get(character):
            close()
            open_marks.append(pair)
        elif pair := _CLOSERS.get(character):
            close()
            if pair in open_marks:
                open_marks.reverse()
                open_marks.remove(pair)
                open_marks.reverse()
        else:
            piece.append(character)
    close()
    return found


def plain(pieces: list[Run]) -> str:
    """The text of all pieces."""
    return "".join(piece.text for piece in pieces)


def html(pieces: list[Run], link: Callable[[str, str], str | None]) -> str:
    """The pieces as HTML. `link` gives the address for a piece marked `URL` or `DOI`, or None.

    A style's `https://doi.org/` before a DOI becomes part of the link.
    """
    out: list[str] = []
    for piece in pieces:
        kind = next((mark for mark in piece.marks if mark in (URL, DOI)), None)
        address = link(kind, piece.text) if kind else None
        if not address:
            out.append(piece.html)
            continue
        text = piece.html
        if kind == DOI and out and out[-1].endswith(DOI_SITE):
            out[-1] = out[-1].removesuffix(DOI_SITE)
            text = DOI_SITE + text
        out.append(f'<a class="url" href="{escape(address)}">{text}</a>')
    return "".join(out)
