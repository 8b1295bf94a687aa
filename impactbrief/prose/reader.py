"""Markdown -> tree, through markdown-it-py.

Raw HTML is text; an image is its alternative text; a link goes to an absolute http, https or
mailto address or is no link; citations are recognised before links. Markdown that would take
a renderer too long or too deep is read as plain paragraphs, so that not a word is lost.
"""

import re
from bisect import bisect
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from functools import cache
from typing import cast
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.reference import reference
from markdown_it.rules_block.table import table
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.image import image
from markdown_it.rules_inline.link import link
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from impactbrief.prose import citations
from impactbrief.prose.facts import AsTyped, HeadingFact, ImageFact, LinkFact, NoteFact
from impactbrief.prose.tidy import clean, tidy
from impactbrief.prose.tree import (
    MAX_DEPTH,
    Align,
    Block,
    Break,
    Cite,
    Code,
    CodeBlock,
    Emphasis,
    Heading,
    Inline,
    Link,
    List,
    Marker,
    NoteRef,
    Paragraph,
    Quote,
    Rule,
    Table,
    Text,
    inline_text,
)

MAX_LENGTH = 100_000
"""Characters of one field; some 15,000 words."""
MAX_PARAGRAPH = 20_000
"""Characters of one paragraph: reading inline markup can cost the square of its length."""
MAX_COLUMNS = 50
MAX_CELLS = 10_000
_PARSED_DEPTH = 100


@dataclass(frozen=True, slots=True)
class Note:
    """The body of a footnote, as read."""

    label: str
    blocks: tuple[Block, ...]
    line: int


@dataclass(slots=True)
class Reading:
    """Everything a field says, and what is to be said about it."""

    blocks: tuple[Block, ...] = ()
    notes: dict[str, Note] = field(default_factory=dict)
    """Footnotes by label, in the order in which they are defined; the first of a label counts."""
    undefined_notes: list[NoteFact] = field(default_factory=list)
    headings: list[HeadingFact] = field(default_factory=list)
    images: list[ImageFact] = field(default_factory=list)
    links: list[LinkFact] = field(default_factory=list)
    as_typed: AsTyped = ""


def read(text: str) -> Reading:
    """Read a field. Never raises."""
    text = clean(text)
    if len(text) > MAX_LENGTH:
        return _typed(text, "too long")
    tokens = _markdown().parse(text, {})
    if any(token.level > MAX_DEPTH for token in tokens):
        return _typed(text, "too deep")
    return _Reader(tokens).reading


def _typed(text: str, reason: AsTyped) -> Reading:
    """A field whose markup is not read: its paragraphs and lines as they stand."""
    blocks = []
    for part in re.split(r"\n[ \t]*\n", text):
        nodes: list[Inline] = []
        for line in part.strip().split("\n"):
            nodes += [Text(line), Break()]
        if words := tidy(nodes):
            blocks.append(Paragraph(words))
    return Reading(blocks=tuple(blocks), as_typed=reason)


def is_safe_url(url: str) -> bool:
    """Whether `url` may be a link's target: absolute, and http, https or mailto."""
    try:
        parts = urlsplit(url)
        if parts.scheme == "mailto":
            return "@" in parts.path
        if parts.scheme not in {"http", "https"} or parts.port == 0:
            return False
    except ValueError:  # a broken IPv6 address or port
        return False
    return bool(parts.hostname) and "%" not in parts.netloc


class _Markdown(MarkdownIt):
    any_target = False

    def validateLink(self, url: str) -> bool:
        return self.any_target or is_safe_url(url)


@cache
def _markdown() -> _Markdown:
    md = _Markdown("commonmark", {"html": False, "maxNesting": _PARSED_DEPTH})
    md.use(footnote_plugin, inline=False, move_to_end=False, always_match_refs=True)
    md.enable(["strikethrough", "table"])
    md.disable(["html_block", "html_inline"])
    md.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
    md.block.ruler.at("reference", _reference)
    md.inline.ruler.before("link", "citation", _citation)
    md.inline.ruler.after("text", "address", _address)
    md.inline.ruler.at("image", _image)
    md.core.ruler.at("inline", _inline)
    return md


def _inline(state: StateCore) -> None:
    """Read inline markup, except in a paragraph that is longer than any person writes."""
    for token in state.tokens:
        if token.type == "inline":
            token.children = []
            if len(token.content) <= MAX_PARAGRAPH:
                state.md.inline.parse(token.content, state.md, state.env, token.children)
            else:
                token.children = _typed_tokens(token.content)


def _typed_tokens(content: str) -> list[Token]:
    tokens = []
    for line in content.split("\n"):
        tokens += [Token("text", "", 0, content=line), Token("softbreak", "br", 0)]
    return tokens[:-1]


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A table of a size that a document could hold; a larger one stays a paragraph."""
    if start + 2 > end:
        return False
    columns = state.src.count("|", state.bMarks[start + 1], state.eMarks[start + 1])
    if "blank lines" not in state.env:
        lines = enumerate(state.src.split("\n"))
        state.env["blank lines"] = [number for number, line in lines if not line.strip()]
    blank = state.env["blank lines"]
    after = bisect(blank, start)
    rows = (blank[after] if after < len(blank) else end) - start
    return (
        columns <= MAX_COLUMNS
        and (columns + 1) * rows <= MAX_CELLS
        and table(state, start, end, silent)
    )


def _reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A link's definition; a paragraph that begins with a citation is none."""
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    if citations.begins_with_cluster(line):
        return False
    return reference(state, start, end, silent)


def _citation(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "[":
        return False
    cluster = citations.cluster_at(state.src, state.pos, state.posMax)
    if cluster is None:
        return False
    citation, end = cluster
    if end < state.posMax and state.src[end] in "([":
        start = state.pos
        is_link = link(state, True)
        state.pos = start
        if is_link:
            return False
    if not silent:
        token = state.push("citation", "", 0)
        token.meta = {"citation": citation}
        token.content = state.src[state.pos : end]
    state.pos = end
    return True


def _image(state: StateInline, silent: bool) -> bool:
    """An image, wherever it lies: nothing is loaded."""
    md = state.md
    state.md = _any_target()
    try:
        return image(state, silent)
    finally:
        state.md = md


@cache
def _any_target() -> MarkdownIt:
    md = copy(_markdown())
    md.any_target = True
    return md


_ADDRESS = re.compile(r"://[^\s<>\"`\\^{}|\[\]，。；：！？、（）「」『』《》【】“”‘’«»…]+")


def _address(state: StateInline, silent: bool) -> bool:
    """A bare http or https address, without the punctuation that follows it."""
    if state.src[state.pos] != ":" or state.linkLevel:
        return False
    scheme = re.search(r"(?<![^\W_])https?$", state.src[max(0, state.pos - 6) : state.pos], re.I)
    if scheme is None or (not silent and not state.pending.endswith(scheme.group())):
        return False
    found = _ADDRESS.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    rest = found.group()
    while rest:
        if rest[-1] in ".,;:!?'\"*_~&" or (rest[-1] == ")" and rest.count(")") > rest.count("(")):
            rest = rest[:-1]
        else:
            break
    typed = scheme.group() + rest
    url = state.md.normalizeLink(typed)
    if not state.md.validateLink(url):
        return False
    if not silent:
        state.pending = state.pending[: -len(scheme.group())]
        token = state.push("link_open", "a", 1)
        token.attrs, token.info = {"href": url}, "auto"
        state.push("text", "", 0).content = typed
        state.push("link_close", "a", -1)
    state.pos += len(rest)
    return True


_MARKERS: dict[str, Marker] = {"em_open": "em", "strong_open": "strong", "s_open": "s"}


def _container(opened: Token, children: list[Inline]) -> list[Inline]:
    if opened.type != "link_open":
        return [Emphasis(_MARKERS[opened.type], tuple(children))]
    url = str(opened.attrs["href"])
    if not is_safe_url(url):  # `[words]()`
        return children
    words = inline_text(children).strip()
    if opened.info == "auto" or words in {"", url}:
        shown = _markdown().normalizeLinkText(url).removeprefix("mailto:")
        return [Link(url, (Text(clean(shown)),), bare=True)]
    return [Link(url, tuple(children), bare=False)]


class _Reader:
    """One pass over markdown-it's tokens."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.reading = Reading()
        self._tokens = tokens
        self._at = 0
        self._line = 1
        self._levels: list[int] = []
        self._defined = {
            token.meta["label"] for token in tokens if token.type == "footnote_reference_open"
        }
        self.reading.blocks = self._blocks("", top=True)

    def _blocks(self, end: str, *, top: bool = False) -> tuple[Block, ...]:
        """The blocks up to the token `end`, which is passed."""
        blocks: list[Block] = []
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            self._at += 1
            if token.type == end:
                break
            if token.map:
                self._line = token.map[0] + 1
            block = self._block(token, top=top)
            if isinstance(block, List) and block.start is None and blocks:
                before = blocks[-1]
                if isinstance(before, List) and before.start is None:
                    # Only the bullet's spelling divides them, and all bullets print alike.
                    blocks[-1] = List(before.items + block.items, None)
                    continue
            if block is not None:
                blocks.append(block)
        return tuple(blocks)

    def _block(self, token: Token, *, top: bool) -> Block | None:
        match token.type:
            case "paragraph_open":
                words = self._words()
                return Paragraph(words) if words else None
            case "heading_open":
                return self._heading(token, top=top)
            case "blockquote_open":
                children = self._blocks("blockquote_close")
                return Quote(children) if children else None
            case "bullet_list_open" | "ordered_list_open":
                return self._list(token)
            case "fence" | "code_block":
                language = re.match(r"[\w+#.-]{1,30}(?!\S)", token.info.strip(), re.ASCII)
                lines = token.content.expandtabs(4).split("\n")
                code = "\n".join(line.rstrip() for line in lines).strip("\n")
                return CodeBlock(code, language.group() if language else "")
            case "hr":
                return Rule() if top else None
            case "table_open":
                return self._table()
            case "footnote_reference_open":
                label, line = token.meta["label"], self._line
                note = Note(label, self._blocks("footnote_reference_close"), line)
                self.reading.notes.setdefault(label, note)
                return None
            case _:  # pragma: no cover
                raise AssertionError(f"unknown Markdown block: {token.type}")

    def _heading(self, token: Token, *, top: bool) -> Block | None:
        line, level = self._line, int(token.tag[1:])
        words = tidy(Text(" ") if isinstance(w, Break) else w for w in self._words())
        if not words:
            return None
        if not top:
            # Inside a list or a quotation nothing can stand under it: it is a strong line.
            return Paragraph(tidy([Emphasis("strong", words)]))
        facts = self.reading.headings
        jumps = bool(facts) and level > facts[-1].level + 1
        facts.append(HeadingFact(level, inline_text(words), line, jumps))
        while self._levels and self._levels[-1] >= level:
            self._levels.pop()
        self._levels.append(level)
        return Heading(len(self._levels), words)

    def _list(self, token: Token) -> Block | None:
        start = None
        if token.type == "ordered_list_open":
            start = int(token.attrs.get("start", 1))
        items = []
        while self._tokens[self._at].type == "list_item_open":
            self._at += 1
            if item := self._blocks("list_item_close"):
                items.append(item)
        self._at += 1
        return List(tuple(items), start) if items else None

    def _table(self) -> Block | None:
        rows: list[tuple[tuple[Inline, ...], ...]] = []
        row: list[tuple[Inline, ...]] = []
        align: list[Align] = []
        while (token := self._tokens[self._at]).type != "table_close":
            self._at += 1
            if token.type == "tr_open":
                row = []
                self._line = token.map[0] + 1 if token.map else self._line
            elif token.type == "tr_close":
                rows.append(tuple(row))
            elif token.type in {"th_open", "td_open"}:
                if token.type == "th_open":
                    style = str(token.attrs.get("style", ""))
                    align.append(cast(Align, style.removeprefix("text-align:")))
                row.append(self._words())
        self._at += 1
        return Table(rows[0], tuple(rows[1:]), tuple(align))

    def _words(self) -> tuple[Inline, ...]:
        """The inlines of the block that was just opened; its closing token is passed."""
        token = self._tokens[self._at]
        self._at += 2
        if token.map:
            self._line = token.map[0] + 1
        children = token.children or []
        if any(child.level > MAX_DEPTH for child in children):
            children = _typed_tokens(token.content)
        return tidy(self._inlines(children))

    def _inlines(self, tokens: Iterable[Token]) -> list[Inline]:
        stack: list[tuple[Token | None, list[Inline]]] = [(None, [])]
        for token in tokens:
            if token.nesting == 1:
                stack.append((token, []))
                if token.type == "link_open" and is_safe_url(str(token.attrs["href"])):
                    self.reading.links.append(LinkFact(str(token.attrs["href"]), self._line))
            elif token.nesting == -1:
                opened, children = stack.pop()
                assert opened is not None
                stack[-1][1].extend(_container(opened, children))
            else:
                stack[-1][1].append(self._leaf(token))
        return stack[0][1]

    def _leaf(self, token: Token) -> Inline:
        match token.type:
            case "text":
                return Text(clean(token.content).replace("\n", " "))
            case "code_inline":
                code = " ".join(clean(token.content).split())
                return Code(code) if code else Text(" ")
            case "softbreak":
                self._line += 1
                return Text("\n")
            case "hardbreak":
                self._line += 1
                return Break()
            case "image":
                line, links = self._line, len(self.reading.links)
                alt = inline_text(tidy(self._inlines(token.children or [])))
                del self.reading.links[links:]
                self.reading.images.append(ImageFact(alt, line))
                return Text(alt)
            case "citation":
                citation: citations.Citation = token.meta["citation"]
                citation = replace(citation, line=self._line)
                self._line += token.content.count("\n")
                return Cite(citation)
            case "footnote_ref":
                label = token.meta["label"]
                if label not in self._defined:
                    self.reading.undefined_notes.append(NoteFact(label, self._line))
                    return Text(f"[^{label}]")
                return NoteRef(-1, -1, label)
            case _:  # pragma: no cover
                raise AssertionError(f"unknown Markdown inline: {token.type}")
