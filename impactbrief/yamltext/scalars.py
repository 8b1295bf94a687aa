"""How one piece of text is written: without quotes, in quotes, or as a literal block.

Text goes without quotes only where YAML 1.1 and 1.2 both read it as that text. One exception: a day
such as 2022-05-11 is written as people write it, though YAML 1.1 has a type for it.
"""

import re
import unicodedata
from functools import lru_cache

import yaml

from impactbrief.yamltext.values import NULLS, Spelled, is_spelled

LONGEST_LINE = 90
"""Prose wider than this many terminal cells gets lines of its own."""

_LONGEST_KEY = 1000  # YAML wants a key's colon within 1024 characters, unless `?` announces the key

_day = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}").fullmatch
_indicator = re.compile(r"[-?:,\[\]{}#&*!|>'\"%@`=<~]|\.\.\.")
# Characters that need an escape wherever they stand: what YAML can't hold, what libyaml takes for a
# line end, byte order marks and noncharacters.
_escaped = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_names = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_resolvers = yaml.SafeLoader.yaml_implicit_resolvers


def width(text: str) -> int:
    """Terminal cells of a text, near enough: wide East Asian characters take two."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def is_plain(text: str, flow: bool = False) -> bool:
    """Whether the text can stand without quotes and still be text to YAML 1.1 and 1.2."""
    if text in NULLS or text != text.strip() or _indicator.match(text) or is_spelled(text):
        return False
    if "\n" in text or "\t" in text or _escaped.search(text):
        return False
    if ": " in text or " #" in text or text.endswith(":"):
        return False
    if flow and any(char in text for char in ",[]{}"):
        return False
    if text.lower() in ("y", "n"):
        return False
    return bool(_day(text)) or not any(
        pattern.match(text) for _, pattern in _resolvers.get(text[0], ())
    )


def double_quoted(text: str) -> str:
    """The text in double quotes, on one line, with no more escapes than it needs."""
    body = re.sub(r'[\\"\n\t]', lambda match: _names[match[0]], text)
    return '"' + _escaped.sub(_escape, body) + '"'


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    if char in _names:
        return _names[char]
    code = ord(char)
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}"


def inline(value: str | None, *, flow: bool = False, quote: str = "") -> str:
    """A scalar on one line. `quote` is the quote that stood there before and is kept."""
    if value is None:
        return "null"
    if isinstance(value, Spelled):
        return str(value)
    if quote == "'" and not _escaped.search(value) and "\n" not in value and "\t" not in value:
        return "'" + value.replace("'", "''") + "'"
    if quote or not is_plain(value, flow):
        return double_quoted(value)
    return str(value)


@lru_cache(maxsize=1024)  # the same few keys, hundreds of times
def key_text(key: str, flow: bool = False) -> str:
    """A key with its colon. A very long one begins with `?` and has its colon on a second line."""
    written = key if is_plain(key, flow) else double_quoted(key)
    return f"{written}:" if len(written) <= _LONGEST_KEY else f"? {written}\n:"


def wants_block(value: object) -> bool:
    """Whether text reads better as a literal block: it has several lines, or is long prose."""
    if not isinstance(value, str) or isinstance(value, Spelled):
        return False
    return ("\n" in value or (" " in value and width(value) > LONGEST_LINE)) and fits_block(value)


def fits_block(text: str) -> bool:
    """Whether a literal block can hold the text exactly."""
    last = text.rstrip("\n").rpartition("\n")[2]
    return bool(last.strip(" \t")) and not _escaped.search(text)


def block(text: str, col: int, indent: int) -> tuple[str, list[str]]:
    """A literal block's header and its lines, for text under something that begins at column `col`.

    Holds for text that `fits_block`.
    """
    lines = text.split("\n")
    first = next(number for number, line in enumerate(lines) if line.strip(" \t"))
    header = "|"
    if lines[first][0] in " \t" or any(lines[:first]):
        header += str(indent - col)
    if not text.endswith("\n"):
        header += "-"
    elif text.endswith("\n\n"):
        header += "+"
    if text.endswith("\n"):
        lines.pop()
    return header, [" " * indent + line if line else "" for line in lines]
