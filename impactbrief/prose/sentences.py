"""Words and sentences, in any script."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from impactbrief.prose.tidy import tidy
from impactbrief.prose.tree import (
    Block,
    Break,
    Cite,
    Code,
    Emphasis,
    Inline,
    Link,
    List,
    NoteRef,
    Paragraph,
    Quote,
    Text,
    block_text,
    inline_text,
)

# A character of a script that is written without spaces counts as a word (as its readers count),
# or a share of one where a word takes several letters. Compiled when such a text is met: it takes
# longer than all the rest of this module.
_CHARACTERS = (
    "[\u2e80-\u2fdf\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_SPACELESS = "[\u0e01-\u0e2e\u0e81-\u0eae\u1000-\u102a\u1780-\u17a2]"
_SPACELESS_MARKS = "[\u0e30-\u0e4e\u0eb0-\u0ecd\u102b-\u109f\u17a3-\u17dd]"
_FIRST_SPACELESS = "\u0e01"
_LETTERS_A_WORD = 4
_LONGEST_WORD = 100
_LETTER = re.compile(r"\w")
_NEXT = re.compile(r"\s*(\S?)")

# Full stops of the world's scripts. Those in `_CLOSED` end a sentence wherever they stand; the
# others only before a space.
_CLOSED = "。！？｡።፧"
_STOPS = ".!?…؟۔।॥։᠃᙮။។"
_OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"
# What belongs to the sentence before it: closing marks, citations, note references.
_AFTER = rf"[\"'”’»›)\]」』）】]*(?:\s?{_OBJECT})*"
_END = re.compile(rf"[{_CLOSED}]+{_AFTER}|(?<![{_STOPS}])[{_STOPS}]+{_AFTER}(?=\s)")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[“‘«\"'—–])(?:[^\W\d]|(?:\w\.)+\w|art|arts|ca|cf|ch|chap|co|corp|dr|ed|eds|eg|est|etc|fig"
    r"|gov|ie|inc|jr|ltd|mr|mrs|ms|mme|no|nos|nr|núm|op|p|para|pp|prof|sec|sr|sra|st|v|vol|vs|zb)$",
    re.IGNORECASE,
)


def count(text: str) -> int:
    """How many words a person would count in `text`."""
    characters = 0
    if max(text, default="") >= _FIRST_SPACELESS:
        text, characters = re.subn(_CHARACTERS, " ", text)
        text, letters = re.subn(_SPACELESS, " ", text)
        if letters:
            characters += max(1, round(letters / _LETTERS_A_WORD))
            text = re.sub(_SPACELESS_MARKS, " ", text)
    return characters + sum(1 for word in text.split() if _LETTER.search(word))


def ends(text: str) -> list[int]:
    """The positions behind each sentence of `text`; the last is the text's own end."""
    found = []
    for match in _END.finditer(text):
        if match.group()[0] in ".…" and not _closes(text, match):
            continue
        found.append(match.end())
    length = len(text.rstrip())
    return [*(end for end in found if end < length), length]


def _closes(text: str, stop: re.Match[str]) -> bool:
    """Whether a full stop ends a sentence, and not an abbreviation or an ellipsis."""
    following = _NEXT.match(text, stop.end())
    if following and following[1].islower():
        return False
    before = text[max(0, stop.start() - 20) : stop.start()]
    return stop.group()[0] != "." or not _ABBREVIATION.search(before)


def shorten(blocks: Sequence[Block], budget: int) -> tuple[Block, ...]:
    """The first sentences of `blocks`, at most `budget` words (one word at the least).

    Takes from paragraphs, lists and quotations; headings, tables and code are passed over, and
    so are references to notes. A sentence is never cut, unless the first alone is over the
    budget: it ends at a word, with an ellipsis.
    """
    taken, _, _ = _take(blocks, max(budget, 1), first=True)
    return tuple(taken)


def _take(blocks: Sequence[Block], budget: int, *, first: bool) -> tuple[list[Block], int, bool]:
    """Blocks within the budget, what is left of it, and whether everything fitted."""
    taken: list[Block] = []
    for block in blocks:
        whole, before = True, len(taken)
        if isinstance(block, Paragraph):
            words = _head(block.children, budget, first=first)
            whole = inline_text(words) == inline_text(block.children)
            if words:
                taken.append(Paragraph(words))
                budget -= count(inline_text(words))
        elif isinstance(block, Quote):
            inner, budget, whole = _take(block.children, budget, first=first)
            if inner:
                taken.append(Quote(tuple(inner)))
        elif isinstance(block, List):
            items: list[tuple[Block, ...]] = []
            for item in block.items:
                inner, budget, whole = _take(item, budget, first=first)
                if inner:
                    items.append(tuple(inner))
                    first = first and not count(block_text(inner))
                if not whole:
                    break
            if items:
                taken.append(replace(block, items=tuple(items)))
        if not whole:
            return taken, budget, False
        first = first and not count(block_text(taken[before:]))
    return taken, budget, True


def _head(nodes: Sequence[Inline], budget: int, *, first: bool) -> tuple[Inline, ...]:
    """The first sentences of a paragraph."""
    text = _spread(nodes)
    end = _fitting(text, ends(text), budget)
    if count(text[:end]) or not count(text):
        return _cut(nodes, end)
    if not first:
        return ()
    end = _fitting(text, (gap.start() for gap in re.finditer(r"\s+", text)), budget)
    if not end:  # a script without spaces, or a single endless word
        while count(text[: end + 1]) <= budget and end < _LONGEST_WORD:
            end += 1
    return (*_cut(nodes, end), Text("…"))


def _fitting(text: str, ends: Iterable[int], budget: int) -> int:
    """The last of `ends` that `text` reaches within the budget, or 0."""
    fitting = 0
    for end in ends:
        budget -= count(text[fitting:end])
        if budget < 0:
            break
        fitting = end
    return fitting


def _spread(nodes: Sequence[Inline]) -> str:
    """The nodes as a text in which everything has its place, a citation too."""
    return "".join(map(_spread_one, nodes))


def _spread_one(node: Inline) -> str:
    match node:
        case Text() | Code():
            return node.text
        case Emphasis() | Link():
            return _spread(node.children)
        case Cite() | NoteRef():
            return _OBJECT
        case Break():
            return "\n"


def _cut(nodes: Sequence[Inline], end: int) -> tuple[Inline, ...]:
    """The nodes up to the position `end` of their spread-out text, without note references."""
    kept: list[Inline] = []
    for node in nodes:
        length = len(_spread_one(node))
        if end <= 0:
            break
        if isinstance(node, NoteRef):
            pass
        elif length <= end and not isinstance(node, Emphasis | Link):
            kept.append(node)
        elif isinstance(node, Text | Code):
            kept.append(replace(node, text=node.text[:end]))
        elif isinstance(node, Emphasis | Link) and (children := _cut(node.children, end)):
            kept.append(replace(node, children=children))
        end -= length
    return tidy(kept)
