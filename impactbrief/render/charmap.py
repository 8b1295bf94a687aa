"""Which characters a font file has: its `cmap` table, read without anything else of the font.

fontTools gives each of the tens of thousands of characters of a Chinese face the name of its glyph;
that took a tenth of the time of a first PDF. What isn't read here is left to it.
"""

import sys
from array import array
from pathlib import Path
from struct import error as StructError
from struct import iter_unpack, unpack_from

_BEST = ((3, 10), (3, 1), (0, 6), (0, 4), (0, 3), (0, 2), (0, 1), (0, 0))
"""Platform and encoding of the tables of Unicode, the fullest first."""


def characters(file: Path) -> frozenset[int] | None:
    """The characters of a font of one face; None where it is written in a less usual way."""
    try:
        with file.open("rb") as font:
            head = font.read(12)
            if head[:4] not in (b"\0\1\0\0", b"OTTO", b"true"):
                return None
            [count] = unpack_from(">H", head, 4)
            for tag, _sum, offset, length in iter_unpack(">4sLLL", font.read(16 * count)):
                if tag == b"cmap":
                    font.seek(offset)
                    return _table(font.read(length))
    except StructError:
        pass
    return None


def _table(cmap: bytes) -> frozenset[int] | None:
    [count] = unpack_from(">H", cmap, 2)
    places = {
        (platform, encoding): offset
        for platform, encoding, offset in iter_unpack(">HHL", cmap[4 : 4 + 8 * count])
    }
    best = next((places[kind] for kind in _BEST if kind in places), None)
    if best is None:
        return None
    match unpack_from(">H", cmap, best)[0]:
        case 4:
            return _segments(cmap[best:])
        case 12:
            return _groups(cmap[best:])
    return None


def _segments(table: bytes) -> frozenset[int]:
    """Format 4: segments of the first 65,536 characters, some with a list of their glyphs."""
    [twice] = unpack_from(">H", table, 6)
    words = array("H", table[14 : len(table) // 2 * 2])
    if sys.byteorder == "little":
        words.byteswap()
    count = twice // 2
    ends, starts = words[:count], words[count + 1 : 2 * count + 1]
    deltas, offsets = words[2 * count + 1 : 3 * count + 1], words[3 * count + 1 : 4 * count + 1]
    found: set[int] = set()
    for index, (start, end, delta, offset) in enumerate(
        zip(starts, ends, deltas, offsets, strict=True)
    ):
        if offset:
            first = 3 * count + 1 + index + offset // 2
            glyphs = words[first : first + end - start + 1]
            found.update(code for code, glyph in enumerate(glyphs, start) if glyph)
        else:
            missing = -delta & 0xFFFF  # its glyph is the one for what a font lacks
            found.update(code for code in range(start, end + 1) if code != missing)
    return frozenset(found - {0xFFFF})


def _groups(table: bytes) -> frozenset[int]:
    """Format 12: groups of any characters."""
    [count] = unpack_from(">L", table, 12)
    found: set[int] = set()
    for start, end, glyph in iter_unpack(">LLL", table[16 : 16 + 12 * count]):
        found.update(range(start + (not glyph), end + 1))
    return frozenset(found)
