"""What is typed, made regular: characters that no format can hold, and inlines in normal form.

Normal form is what any spelling of the same words comes to, so that the Markdown that is written
reads back as the same tree: no two texts side by side, single spaces, white space outside of
emphasis and links, the same emphasis neither nested in itself nor twice in a row.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from impactbrief.prose.tree import Break, Emphasis, Inline, Link, Text

# C0 and C1 controls, lone surrogates and non-characters are dropped; whatever else divides lines
# becomes a space, so that lines count as they do in the file.
_DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_DIVIDING = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# but for a space between words, which is as it should be
_SPACES = re.compile(r"(?<!\s)(?! \S)\s*[ \t\n]\s*")


def clean(text: str) -> str:
    """`text` with line feeds as its only line ends and without control characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _DROPPED.sub("", _DIVIDING.sub(" ", text))


def tidy(nodes: Iterable[Inline]) -> tuple[Inline, ...]:
    """`nodes` in normal form, without white space or line ends at either end."""
    return tuple(_trimmed(_normal(nodes, ()))[1])


def _normal(nodes: Iterable[Inline], around: tuple[str, ...]) -> list[Inline]:
    """`nodes` in normal form; `around` names the emphasis they already stand in."""
    result: list[Inline] = []
    for node in nodes:
        for part in _parts(node, around):
            _append(result, part, around)
    return [_joined_lines(node) if isinstance(node, Text) else node for node in result]


def _parts(node: Inline, around: tuple[str, ...]) -> list[Inline]:
    """`node` in normal form, with the white space at its ends beside it."""
    if isinstance(node, Emphasis):
        if node.marker in around:
            return _normal(node.children, around)
        before, inner, after = _trimmed(_normal(node.children, (*around, node.marker)))
        return [*before, *([Emphasis(node.marker, tuple(inner))] if inner else []), *after]
    if isinstance(node, Link):
        before, inner, after = _trimmed(_normal(node.children, around))
        return [*before, Link(node.url, tuple(inner), node.bare), *after]
    return [node]


def _append(result: list[Inline], node: Inline, around: tuple[str, ...]) -> None:
    if isinstance(node, Text):
        text = node.text
        if result and isinstance(result[-1], Text):
            text = result.pop().text + text  # type: ignore[union-attr]
        if result and isinstance(result[-1], Break):
            text = text.lstrip()
        if text:
            result.append(Text(text))
        return
    if isinstance(node, Break) and result and isinstance(result[-1], Text):
        before = result.pop().text.rstrip()  # type: ignore[union-attr]
        if before:
            result.append(Text(before))
    if isinstance(node, Emphasis) and result:
        last = result[-1]
        if isinstance(last, Emphasis) and last.marker == node.marker:
            children = _normal(last.children + node.children, (*around, node.marker))
            result[-1] = Emphasis(node.marker, tuple(children))
            return
    result.append(node)


def _trimmed(nodes: Sequence[Inline]) -> tuple[list[Inline], list[Inline], list[Inline]]:
    """`nodes` divided into white space and line ends, the rest, white space and line ends."""
    inner = list(nodes)
    before: list[Inline] = []
    after: list[Inline] = []
    while inner and (space := _leading(inner)):
        before.append(space)
    inner.reverse()
    while inner and (space := _leading(inner, backwards=True)):
        after.insert(0, space)
    inner.reverse()
    return before, inner, after


def _leading(nodes: list[Inline], *, backwards: bool = False) -> Inline | None:
    """Take white space or a line end off the front of `nodes`."""
    first = nodes[0]
    if isinstance(first, Break):
        return nodes.pop(0)
    if not isinstance(first, Text):
        return None
    rest = first.text.rstrip() if backwards else first.text.lstrip()
    if rest == first.text:
        return None
    if rest:
        nodes[0] = Text(rest)
    else:
        nodes.pop(0)
    space = first.text[len(rest) :] if backwards else first.text[: len(first.text) - len(rest)]
    return Text(space)


def _joined_lines(node: Text) -> Text:
    """Single spaces; a line end within Chinese or Japanese joins without one."""

    def space(match: re.Match[str]) -> str:
        before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
        if "\n" in match.group() and before and after and _is_cjk(before) and _is_cjk(after):
            return ""
        return " "

    return Text(_SPACES.sub(space, node.text))


def _is_cjk(character: str) -> bool:
    return (
        unicodedata.east_asian_width(character) in {"W", "F"}
        and not "\uac00" <= character <= "\ud7a3"
        and unicodedata.category(character)[0] in "LP"
    )
