"""Brief -> Markdown that reads well raw, and that markdownlint has nothing to say about.

The templates are Markdown with placeholders. Every value goes through a filter, which says what it
is: `plain` (a field: its words and nothing else), `prose` and `quote` (an answer's own Markdown),
`inline` (the same on one line), `work` (an entry of the list of references), `table` (rows).
A template need not care for blank lines and the width of the page: `_laid_out` does, at the end.

Nothing leads from one place of the document to another but notes: in Markdown a name is found by
its heading, and `[1]` by its number.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import chain, count
from pathlib import Path
from typing import Any

from wcwidth import width

from impactbrief.brief.citations import Entry
from impactbrief.brief.model import Brief, Cited, EvidenceItem, Mark, Text
from impactbrief.prose import Citation, NoteRef, PlainDress, Prose, citation_key, tree
from impactbrief.prose.filling import filled
from impactbrief.prose.inlines import escape
from impactbrief.prose.tidy import clean
from impactbrief.render.environment import environment, run
from impactbrief.toolkit.model import Rating, Toolkit

WIDTH = 80
WIDE_TABLES = '<!-- markdownlint-configure-file {"MD013": {"tables": false}} -->'
"""Ends a document with a table that is wider than the page: a table's rows can't be wrapped."""


def to_markdown(brief: Brief, *, own: Path | None = None) -> str:
    """A document as Markdown; `own` is a user's folder of templates.

    Raises TemplateError where a template can't be used.
    """
    name = f"{brief.document}/{brief.document}.md.j2"
    return _printed(name, own, brief=brief, words=brief.words)


def worksheet_markdown(toolkit: Toolkit, *, own: Path | None = None) -> str:
    """All that a toolkit asks, to print or to fill in by hand."""
    return _printed("worksheet/worksheet.md.j2", own, toolkit=toolkit, words=toolkit.words)


def _printed(name: str, own: Path | None, **values: Any) -> str:
    sandbox = environment(own, escape=False)
    sandbox.filters.update(_FILTERS)
    return _laid_out(run(sandbox, name, **values))


# --- filters ------------------------------------------------------------------------------------

_SPACE = re.compile(r"[^\S\u00a0\u202f]+")
_BEGINS_BLOCK = re.compile(
    r"[-+](?: |$)|(?:-[- ]*|=+)$|[>|#]|:?-+[:|]|(?P<number>\d{1,9})[.)](?: |$)"
)
_ADDRESS = re.compile(
    r"(?P<url>https?://[^\s<>\"]+)"
    r"|(?P<mail>[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)",
    re.ASCII,
)


def plain(value: object, bar: str = "|") -> str:
    """A field's words on one line, safe at any place of a line; web addresses become links."""
    text = on_one_line(value)
    written, end = "", 0
    for match in _ADDRESS.finditer(text):
        address = _without_stop(match.group())
        written += escape(text[end : match.start()]).replace("|", bar) + f"<{address}>"
        end = match.start() + len(address)
    written += escape(text[end:]).replace("|", bar)
    if begins := _BEGINS_BLOCK.match(written):
        at = begins.end("number") if begins["number"] else 0
        written = f"{written[:at]}\\{written[at:]}"
    return f"{written[:-1]}\\#" if written.endswith("#") and written != "\\#" else written


def _without_stop(address: str) -> str:
    """An address without what ends the sentence around it."""
    while address[-1] in ".,;:!?'*_»”’]}|" or (
        address[-1] == ")" and address.count(")") > address.count("(")
    ):
        address = address[:-1]
    return address


def cell(value: object) -> str:
    """The same for a table's cell; a rating too."""
    return plain(
        f"{value.glyph} {value.name}" if isinstance(value, Mark | Rating) else value, r"\|"
    )


def on_one_line(value: object) -> str:
    """A field's words on one line, as they are typed."""
    return _SPACE.sub(" ", clean(str(value))).strip()


def marked(mark: Mark | Rating) -> str:
    """A rating: its glyph and its word."""
    return plain(f"{mark.glyph} {mark.name}")


def prose(
    text: Text,
    label: str = "",
    lead: str = "",
    tail: Sequence[str] = (),
    *,
    head: str = "",
    after: str = "",
    indent: int = 0,
) -> str:
    """An answer's prose as blocks, for a place that is indented by so many columns.

    It can run on from words of the document: `head` (Markdown), `lead`, `label` in bold and what
    comes `after` it. A `tail` (Markdown, not to be broken in its pieces) ends it.
    """
    words: list[tree.Inline] = [_Verbatim(head)] if head else []
    words += [tree.Text(on_one_line(lead))] if lead else []
    words += [tree.Emphasis("strong", (tree.Text(on_one_line(label)),))] if label else []
    words += [tree.Text(on_one_line(after))] if after else []
    blocks = _run_on(_run_in(text.prose.blocks, words), [_Verbatim(piece) for piece in tail])
    return _written(text, blocks, indent)


def quote(text: Text, label: str = "", indent: int = 0) -> str:
    """An answer's prose as a quotation."""
    words = [tree.Emphasis("strong", (tree.Text(on_one_line(label)),))] if label else []
    return _written(text, (tree.Quote(_run_in(text.prose.blocks, words)),), indent)


def inline(text: Text) -> str:
    """An answer's prose on one line."""
    return text.prose.inline_markdown(_Dress.of(text))


def begins_with_list(text: Text) -> bool:
    """Whether prose would go on with a list that stands before it."""
    return isinstance(text.prose.blocks[0], tree.List)


def cited(item: Cited | EvidenceItem | None) -> str:
    """A citation's label, as in `[1, p. 4]`; what was typed where no reference has the id."""
    if isinstance(item, EvidenceItem):
        return cited(item.cited) or _as_typed(item.typed)
    return _label(item) or "" if item else ""


def _as_typed(reference: str) -> str:
    """A citation of what is no reference: as prose prints one, where its id is a plain word."""
    typed = f"[{citation_key(on_one_line(reference))}]"
    return typed if re.fullmatch(r"\[@[\w:./-]+\]", typed) else escape(typed)


def work(entry: Entry, indent: int = 0) -> str:
    """An entry of the list of references, behind its number if the style has them."""
    nodes = _Entry(entry.html).nodes
    if entry.number:
        number = entry.number if re.fullmatch(r"\[\w+\]", entry.number) else plain(entry.number)
        nodes = [_Verbatim(number), tree.Text(" "), *nodes]
    return Prose(blocks=(tree.Paragraph(tuple(nodes)),)).markdown(_Dress(), WIDTH - indent)


def table(rows: str) -> str:
    """Rows of `| a | b |`, the first of them the head, as a table with aligned columns."""
    cells = [
        [cell.strip() for cell in re.split(r"(?<!\\)\|", row.strip().strip("|"))]
        for row in rows.strip().split("\n")
        if row.strip()
    ]
    return "\n".join(_aligned(cells))


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(3, *map(width, column)) for column in zip(*rows, strict=True)]
    for row in (rows[0], ["-" * size for size in widths], *rows[1:]):
        padded = (cell + " " * (size - width(cell)) for cell, size in zip(row, widths, strict=True))
        yield f"| {' | '.join(padded)} |"


_FILTERS = {
    "line": on_one_line,
    "plain": plain,
    "cell": cell,
    "mark": marked,
    "prose": prose,
    "quote": quote,
    "inline": inline,
    "begins_with_list": begins_with_list,
    "cited": cited,
    "work": work,
    "table": table,
}


# --- prose in a document's dress ----------------------------------------------------------------


_BRACKETED = re.compile(r"\[([^\[\]^@ ][^\[\]]+|\d)\](?![(\[{])")
"""Square brackets that are no link, note, task or citation, whatever follows them."""


@dataclass(frozen=True, slots=True)
class _Dress(PlainDress):
    """How one text is printed: its citations in the order in which they are met."""

    labels: Iterator[str | None] = field(default_factory=lambda: iter(()))
    first_note: int = 1

    @classmethod
    def of(cls, text: Text) -> "_Dress":
        labels = (
            _label(item, follower)
            for item, follower in zip(text.cited, _followers(text.prose.blocks), strict=True)
        )
        return cls(text.level, labels=labels, first_note=text.first_note)

    def cite_markdown(self, citation: Citation) -> str | None:
        return citation.raw if not citation.items else next(self.labels)

    def note_markdown(self, ref: NoteRef) -> str:
        return f"[^{self.first_note + ref.index}]"


def _label(item: Cited, follower: str = "") -> str | None:
    """A citation's label, its brackets bare where no link can begin; None prints it as typed."""
    if not item.label.parts:
        return None
    text, written, end = item.label.text, "", 0
    for match in _BRACKETED.finditer(text + follower):
        written += escape(text[end : match.start()]) + f"[{escape(match[1])}]"
        end = match.end()
    return written + escape(text[end:])


def _followers(blocks: Iterable[tree.Block]) -> Iterator[str]:
    """For each citation what stands behind it, as far as it could make its brackets a link."""
    nodes = list(tree.block_inlines(blocks))
    for node, following in zip(nodes, [*nodes[1:], None], strict=True):
        if isinstance(node, tree.Cite):
            yield following.text[:1] if isinstance(following, tree.Text) else ""


class _Verbatim(tree.Cite):
    """Words of the document that are Markdown already."""

    def __init__(self, markdown: str) -> None:
        super().__init__(Citation((), markdown))


def _run_in(blocks: Sequence[tree.Block], words: Sequence[tree.Inline]) -> tuple[tree.Block, ...]:
    """Blocks that begin with words of the document, in their first paragraph if there is one."""
    if not words:
        return tuple(blocks)
    spaced = [node for word in words for node in (word, tree.Text(" "))]
    match blocks:
        case (tree.Paragraph() as first, *rest):
            return (tree.Paragraph((*spaced, *first.children)), *rest)
        case _:
            return (tree.Paragraph(tuple(spaced[:-1])), *blocks)


def _run_on(blocks: Sequence[tree.Block], words: Sequence[tree.Inline]) -> tuple[tree.Block, ...]:
    """Blocks that end with words of the document, in their last paragraph if there is one."""
    if not words:
        return tuple(blocks)
    spaced = [node for word in words for node in (tree.Text(" "), word)]
    match blocks:
        case (*rest, tree.Paragraph() as last):
            return (*rest, tree.Paragraph((*last.children, *spaced)))
        case _:
            return (*blocks, tree.Paragraph(tuple(spaced[1:])))


def _written(text: Text, blocks: tuple[tree.Block, ...], indent: int) -> str:
    return Prose(blocks=blocks).markdown(_Dress.of(text), WIDTH - indent)


class _Entry(HTMLParser):
    """Reads an entry of the list of references, which has links, italics and bold."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self._open: list[tuple[str, str, list[tree.Inline]]] = [("", "", [])]
        self.feed(html)
        self.close()

    @property
    def nodes(self) -> Sequence[tree.Inline]:
        return self._open[0][2]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open.append((tag, dict(attrs).get("href") or "", []))

    def handle_data(self, data: str) -> None:
        self._open[-1][2].append(tree.Text(data))

    def handle_endtag(self, tag: str) -> None:
        _tag, url, nodes = self._open.pop()
        children = tuple(nodes)
        match tag:
            case "a":
                node = tree.Link(url, children, bare=url == tree.inline_text(children))
                self._open[-1][2].append(node)
            case "i":
                self._open[-1][2].append(tree.Emphasis("em", children))
            case "b":
                self._open[-1][2].append(tree.Emphasis("strong", children))
            case _:
                self._open[-1][2].extend(children)


# --- the page -----------------------------------------------------------------------------------

_FENCE = re.compile(r"[\s>]*(?:(?:-|\d+[.)])\s+)*(`{3,}(?!.*`)|~{3,})")
_HEADING = re.compile(r"(#{1,6}) (.+)")
_PREFIX = re.compile(r"(?:> )*(?: *(?:-|\d+[.)]|\[\^\d+\]:) )*(?: {2,})?")
_ROWS_APART = re.compile(
    r"<!-- markdownlint-disable MD013 -->\n\n((?:\|.*\n)+)\n<!-- markdownlint-enable MD013 -->\n"
)
"""A table of somebody's prose that asks for itself what the end of the document asks for all."""


def _laid_out(markdown: str) -> str:
    """Single blank lines, lines of at most 80 columns, headings told apart, one line end."""
    lines: list[str] = []
    headings: list[int] = []
    fence = ""
    for line in markdown.split("\n"):
        mark = _FENCE.match(line)
        if fence:
            lines.append(line)
            if mark and mark[1].startswith(fence) and line.strip("> ") == mark[1]:
                fence = ""
        elif mark:
            lines.append(line)
            fence = mark[1]
        elif line.strip() or (lines and lines[-1].strip()):
            if _HEADING.fullmatch(line):
                headings.append(len(lines))
            lines.extend(_wrapped(line.rstrip()))
    _tell_apart(lines, headings)
    text = _ROWS_APART.sub(r"\1", "\n".join(lines)).strip("\n") + "\n"
    if any(width(line) > WIDTH for line in lines if line.startswith("| ")):
        text += f"\n{WIDE_TABLES}\n"
    return text


def _wrapped(line: str) -> list[str]:
    """A line that a template wrote, in lines of at most 80 columns."""
    if width(line) <= WIDTH or line.startswith(("#", "|", "<!--")):
        return [line]
    prefix = _PREFIX.match(line)
    first = prefix.group() if prefix else ""
    hanging = re.sub(r"[^> ]", " ", re.sub(r"\[\^\d+\]: ", "    ", first))
    return filled(line[len(first) :], WIDTH, first, hanging)


def _tell_apart(lines: list[str], headings: Sequence[int]) -> None:
    """Change headings of which there is more than one, so that each can be found by its words.

    Of equal headings the highest keeps its words, the first among equals; another one gets those
    of the heading above it, or a number where that doesn't tell it apart either.
    """
    read = [(at, *_heading(lines[at])) for at in headings]
    keeps: dict[str, tuple[int, int]] = {}
    for at, level, words in read:
        keeps[words] = min(keeps.get(words, (level, at)), (level, at))
    taken = set(keeps)
    numbers: dict[str, Iterator[int]] = {}
    above: list[tuple[int, str]] = []
    for at, level, words in read:
        while above and above[-1][0] >= level:
            above.pop()
        if keeps[words] != (level, at):
            upper = above[-1][1] if above else words
            numbered = numbers.setdefault(words, count(2))  # what was tried once stays taken
            candidates = chain([upper] if upper != words else [], numbered)
            told = next(f"{words} ({by})" for by in candidates if f"{words} ({by})" not in taken)
            taken.add(told)
            lines[at] = f"{'#' * level} {told}"
        above.append((level, words))


def _heading(line: str) -> tuple[int, str]:
    marks, _space, words = line.partition(" ")
    return len(marks), words
