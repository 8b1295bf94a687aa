"""What a PDF of ours carries: the answers that it was made of, how it was made, what it says.

A PDF may come from anywhere. It is read without running anything in it, and what unpacks to more
than an answer file may hold is refused.
"""

import logging
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from itertools import islice
from typing import Any

import pikepdf

from impactbrief.errors import InputError, Place, Problem
from impactbrief.i18n import _
from impactbrief.render.archive import BANK, NAME, NAMESPACE
from impactbrief.yamltext import LIMITS

LARGEST = 200_000_000
"""Bytes of a PDF that is still read."""
LARGEST_STREAM = 20_000_000
"""Bytes that a page or a table in it may unpack to."""
DEEPEST = 200
"""Levels of a structure tree that are still followed."""

# what pikepdf thinks of broken metadata would be printed, with a traceback
logging.getLogger("pikepdf").addHandler(logging.NullHandler())


@dataclass(frozen=True)
class Carried:
    """A PDF as it was read."""

    data: bytes
    answers: bytes | None
    """The answer file inside it, or None where there is none."""
    made: dict[str, str]
    """How it was made: the document, its paper, and the versions of what made it."""

    name: str = ""
    """How messages name it."""
    bank: dict[str, bytes] = field(default_factory=dict)
    """The files of the question bank inside it, by their names in the bank's folder."""

    @cached_property
    def words(self) -> str:
        """All that it says, in the order of reading, without blanks and hyphens: two documents with
        the same words may break their lines and pages differently. Raises InputError."""
        with _refusing(self.name), pikepdf.open(BytesIO(self.data)) as pdf:
            return re.sub(r"[\s\xad\u2010-]+", "", "".join(_said(pdf)))

    @cached_property
    def links(self) -> frozenset[tuple[str, str]]:
        """The addresses that it leads to, each once, and whatever else lies upon its pages, such as
        a comment, of which ours have none. Raises InputError."""
        with _refusing(self.name), pikepdf.open(BytesIO(self.data)) as pdf:
            return frozenset(
                (str(note.get("/Subtype")), _address(note))
                for page in pdf.pages
                for note in page.get("/Annots", [])
            )


def read(data: bytes, name: str = "") -> Carried:
    """What a PDF carries. Raises InputError where it is no PDF, or one that can't be read."""
    with _refusing(name), pikepdf.open(BytesIO(data)) as pdf:
        return Carried(data, _answers(pdf), _made(pdf), name, _bank(pdf))


@contextmanager
def _refusing(name: str) -> Iterator[None]:
    """What a file that isn't as we make them may bring about, as one error."""
    try:
        yield
    except (
        pikepdf.PikepdfError, zlib.error, ArithmeticError, AttributeError, LookupError, TypeError,
        ValueError,
    ) as error:  # fmt: skip
        locked = isinstance(error, pikepdf.PasswordError)
        raise InputError(
            Problem(
                what=_("This PDF is locked with a password.")
                if locked
                else _("This file can't be read as a PDF."),
                hint=_("Name a brief that impactbrief made, as it was made."),
                place=Place(name),
            )
        ) from error


def _unpacked(stream: Any, limit: int) -> bytes:
    """A stream's bytes, at most one more than `limit`."""
    packed: bytes = stream.read_raw_bytes()
    if "/Filter" not in stream:
        return packed[: limit + 1]
    if stream.Filter not in ("/FlateDecode", ["/FlateDecode"]) or "/DecodeParms" in stream:
        raise ValueError(stream.Filter)
    return zlib.decompressobj().decompress(packed, limit + 1)


def _bounded(stream: Any) -> None:
    """Raises ValueError for a stream that unpacks to more than any of ours does."""
    if len(_unpacked(stream, LARGEST_STREAM)) > LARGEST_STREAM:
        raise ValueError("a stream unpacks to too much")


def _answers(pdf: pikepdf.Pdf) -> bytes | None:
    if NAME not in pdf.attachments:
        return None
    return _unpacked(pdf.attachments[NAME].obj.EF.F, LIMITS.bytes)


def _bank(pdf: pikepdf.Pdf) -> dict[str, bytes]:
    """As many files as a brief in one language needs: the bank's own and its words."""
    found = {}
    for name in sorted(pdf.attachments):
        if made := re.fullmatch(re.escape(BANK) + r"(bank|words\.[A-Za-z0-9-]{1,40})\.yaml", name):
            data = _unpacked(pdf.attachments[name].obj.EF.F, LIMITS.bytes)
            found[made[1].replace(".", "/") + ".yaml"] = data
    return found if len(found) == 2 else {}


def _made(pdf: pikepdf.Pdf) -> dict[str, str]:
    if "/Metadata" not in pdf.Root:
        return {}
    _bounded(pdf.Root.Metadata)
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        start = f"{{{NAMESPACE}}}"
        return {
            key.removeprefix(start): str(metadata[key])
            for key in list(metadata)
            if key.startswith(start)
        }


# --- what it says -------------------------------------------------------------------------------


_UNMARKED = -1
"""Where a page's words are kept that belong to no piece of the structure; ours have none."""


def _said(pdf: pikepdf.Pdf) -> Iterator[str]:
    """The document's words in the order of its structure tree, then those on its pages that are not
    in the tree: whoever adds a line needn't add it there."""
    written: dict[Any, dict[int, str]] = {}
    fonts: dict[Any, dict[int, str]] = {}
    for page in pdf.pages:
        written[page.objgen] = _written(page, fonts)
    yield str(pdf.docinfo.get("/Title", ""))
    yield from _read_out(pdf.Root.StructTreeRoot, None, written, set(), 0)
    for pieces in written.values():
        yield from pieces.values()


def _read_out(
    node: Any, page: Any, written: dict[Any, dict[int, str]], seen: set[Any], depth: int
) -> Iterator[str]:
    """The words below a node, which are taken out of `written`. Each node and each piece is read
    once: a tree that names one node twice on each level would be read for ever."""
    if depth > DEEPEST or (node.is_indirect and node.objgen in seen):
        return
    seen.add(node.objgen)
    page = node.get("/Pg", page)
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            yield written.get(page.objgen, {}).pop(kid, "")
        elif isinstance(kid, pikepdf.Dictionary) and "/MCID" in kid:
            yield written.get(kid.get("/Pg", page).objgen, {}).pop(int(kid.MCID), "")
        elif isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from _read_out(kid, page, written, seen, depth + 1)


def _written(page: pikepdf.Page, fonts: dict[Any, dict[int, str]]) -> dict[int, str]:
    """The text of each marked piece of a page, but for running lines. `fonts` remembers what was
    read for other pages."""
    letters = {
        name: _letters(font, fonts) for name, font in page.resources.get("/Font", {}).items()
    }
    contents = page.Contents
    for stream in contents if isinstance(contents, pikepdf.Array) else [contents]:
        _bounded(stream)
    found: dict[int, list[str]] = {}
    open_: list[int | None] = []
    font: dict[int, str] = {}
    for instruction in pikepdf.parse_content_stream(page):
        operands: Any = instruction.operands
        operator = instruction.operator
        match str(operator):
            case "BDC" | "BMC":
                marked = len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary)
                number = operands[1].get("/MCID") if marked else None
                inherited = open_[-1] if open_ else _UNMARKED
                if number is not None:
                    open_.append(int(number))
                else:
                    open_.append(None if operands[0] == "/Artifact" else inherited)
            case "EMC":
                open_.pop()
            case "Tf":
                font = letters.get(str(operands[0]), {})
            case "Tj" | "TJ" | "'" | '"':
                number = open_[-1] if open_ else _UNMARKED
                if number is not None:
                    pieces = operands[0] if str(operator) == "TJ" else operands
                    found.setdefault(number, []).extend(
                        _decoded(bytes(piece), font)
                        for piece in pieces
                        if isinstance(piece, pikepdf.String)
                    )
    return {number: "".join(pieces) for number, pieces in found.items()}


def _address(note: Any) -> str:
    """Where a link on a page leads to outside the document; of anything else, what it says."""
    if note.get("/Subtype") == "/Link":
        return str(note.get("/A", {}).get("/URI", ""))
    return str(note.get("/Contents", ""))


def _decoded(glyphs: bytes, font: dict[int, str]) -> str:
    pairs = zip(islice(glyphs, 0, None, 2), islice(glyphs, 1, None, 2), strict=False)
    return "".join(font.get(high << 8 | low, "\N{REPLACEMENT CHARACTER}") for high, low in pairs)


def _letters(font: Any, fonts: dict[Any, dict[int, str]]) -> dict[int, str]:
    """What each glyph of a font stands for, as its ToUnicode table says."""
    if "/ToUnicode" not in font:
        return {}
    at = font.ToUnicode.objgen
    if at not in fonts:
        table = _unpacked(font.ToUnicode, LARGEST_STREAM).decode("latin-1")
        fonts[at] = {
            int(glyph, 16): bytes.fromhex(text).decode("utf-16-be", "replace")
            for part in _between(table, "beginbfchar", "endbfchar")
            for glyph, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", part)
        }
    return fonts[at]


def _between(text: str, opening: str, closing: str) -> Iterator[str]:
    """What stands between each opening and the closing after it."""
    end = 0
    while (begin := text.find(opening, end)) >= 0 and (end := text.find(closing, begin)) >= 0:
        yield text[begin + len(opening) : end]
