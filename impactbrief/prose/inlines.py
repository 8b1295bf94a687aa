"""Inlines -> Markdown within a line, with nothing in it that could be taken for other markup."""

import re
from collections.abc import Sequence

from impactbrief.prose.dress import Dress
from impactbrief.prose.tree import Break, Cite, Code, Emphasis, Inline, Link, NoteRef, Text

_MARKS = {"em": "*", "strong": "**", "s": "~~"}

_ALWAYS = re.compile(r"[\\*`]")
_LESS = re.compile(r"<(?! )")
_REFERENCE = re.compile(r"&(?=#?\w{1,40};)")
_TILDE = re.compile(r"~(?=~|$)|(?<=~)~|^~")
# An underscore within a word is no emphasis.
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
# Square brackets around plain words, as in "[sic]", stay; others could be a link, a note, a
# citation or a task.
_PLAIN_BRACKETS = re.compile(r"(?<![)\]!^\\\w])\[(\w[\w ,.’'-]+)\](?![(\[:{])")
_ADDRESS = re.compile(r"\b(https?|ftp)://|\b(www)\.(?=\w)", re.IGNORECASE)
_MAIL = re.compile(r"(?<=[\w.+-])@(?=[\w-]+\.\w)")
# What stands before a colon at the beginning of a paragraph, and could define a link with it.
_ALONE_IN_BRACKETS = re.compile(r"\[.*\]", re.DOTALL)
_AS_TYPED = re.compile(r"[\w\s@;:,.?+#%$/(){}\[\]–—…’'-]*")


def write(nodes: Sequence[Inline], dress: Dress, *, space: str = " ") -> str:
    """The nodes as Markdown; `space` stands where a line may be wrapped."""
    written = ""
    for position, node in enumerate(nodes):
        following = nodes[position + 1] if position + 1 < len(nodes) else None
        match node:
            case Text():
                text = escape(node.text)
                if text.endswith("!") and isinstance(following, Link | Cite | NoteRef):
                    text = text[:-1] + "\\!"
                if text.startswith(":") and _ALONE_IN_BRACKETS.fullmatch(written):
                    text = "\\" + text
                written += text.replace(" ", space)
            case Code():
                written += _code(node.text)
            case Emphasis():
                mark, words = _MARKS[node.marker], write(node.children, dress, space=space)
                written += mark + words + mark if words else ""
            case Link():
                written += _link(node, dress, space)
            case Break():
                written += "\\\n"
            case Cite():
                cited = dress.cite_markdown(node.citation)
                if cited is None:
                    cited = _typed(node.citation.raw, written, following).replace(" ", space)
                written = _beside(written, cited, space)
            case NoteRef():
                written = _beside(written, dress.note_markdown(node), space)
    return written


def escape(text: str) -> str:
    """Markdown that reads as `text`, anywhere within a line."""
    text = _ALWAYS.sub(r"\\\g<0>", text)
    text = _UNDERSCORE.sub(r"\\_", text)
    text = _LESS.sub(r"\\<", text)
    text = _REFERENCE.sub(r"\\&", text)
    text = _TILDE.sub(r"\\~", text)
    text = _brackets(text)
    text = _ADDRESS.sub(lambda m: f"{m[1]}\\://" if m[1] else f"{m[2]}\\.", text)
    return _MAIL.sub(r"\\@", text)


def _brackets(text: str) -> str:
    if "[" not in text and "]" not in text:
        return text
    written, at = "", 0
    for plain in _PLAIN_BRACKETS.finditer(text):
        at_edge = plain.start() == 0 or plain.end() == len(text)
        if not at_edge:
            written += _bracketed(text[at : plain.start()]) + plain.group()
            at = plain.end()
    return written + _bracketed(text[at:])


def _bracketed(text: str) -> str:
    return re.sub(r"[\[\]]", r"\\\g<0>", text)


def _code(code: str) -> str:
    longest = max(map(len, re.findall("`+", code)), default=0)
    fence = "`" * (longest + 1) if longest else "`"
    pad = " " if code.startswith("`") or code.endswith("`") else ""
    return f"{fence}{pad}{code}{pad}{fence}"


def _link(node: Link, dress: Dress, space: str) -> str:
    words = write(node.children, dress, space=space)
    if node.bare:
        if not node.url.startswith("mailto:"):
            return f"<{node.url}>"
        if "?" not in node.url:
            return f"<{node.url.removeprefix('mailto:')}>"
    target = f"<{node.url}>" if re.search(r"[()\s]", node.url) else node.url
    return f"[{words}]({target})"


def _typed(raw: str, written: str, following: Inline | None) -> str:
    """A citation as typed; escaped where it could be read as something else."""
    after = following.text[:1] if isinstance(following, Text) else ""
    alone = not written.endswith(("]", ")", "!", "^")) and (
        after not in {"(", "[", ":", "{"} if after else following is None
    )
    return raw if alone and _AS_TYPED.fullmatch(raw) else escape(raw)


def _beside(written: str, more: str, space: str) -> str:
    """`more` behind `written`; where it is nothing, the space before it goes too."""
    return written + more if more else written.removesuffix(space)
