"""Which characters a font has, read without fontTools."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from impactbrief.render import charmap, fonts


@pytest.mark.parametrize("family", fonts.families(), ids=lambda family: family.name)
def test_fonttools_reads_the_same(family: fonts.Family) -> None:
    """In every face of ours, but for characters whose glyph is that of a missing one."""
    file = family.path / family.regular
    with TTFont(file, lazy=True) as font:
        wanted = {code for code, name in font.getBestCmap().items() if name != ".notdef"}
    assert charmap.characters(file) == frozenset(wanted)


def test_fonts_of_the_machine_too() -> None:
    """Whatever wrote them."""
    for file in [file for file in fonts.system_files() if file.suffix.lower() != ".ttc"][:60]:
        with TTFont(file, lazy=True) as font:
            cmap = font.getBestCmap() or {}
        wanted = {code for code, name in cmap.items() if name != ".notdef"}
        assert charmap.characters(file) in (wanted, None), file


@pytest.mark.parametrize("data", [b"", b"\0\1\0\0", b"\0\1\0\0\0\7cmap", b"ttcf" + bytes(40)])
def test_what_is_no_font_of_one_face_is_left_to_fonttools(tmp_path: Path, data: bytes) -> None:
    """A broken file and a collection: there is no answer, and no error."""
    file = tmp_path / "a.ttf"
    file.write_bytes(data)
    assert charmap.characters(file) is None
