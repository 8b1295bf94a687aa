"""The typefaces of PDF output: which ones, where they lie, what they can print.

They come as ordinary dependencies, never from the machine, so that a brief looks the same
everywhere and the same answers give the same bytes. Those for scripts that fewer briefs are written
in come with the extra `fonts`. Where a static face is to be had it is taken: a variable one costs
the PDF writer a quarter more time. The machine's own fonts stand behind ours, for scripts that
ours lack.
"""

import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO

from impactbrief.errors import MachineError, Problem
from impactbrief.i18n import _
from impactbrief.render import charmap


@dataclass(frozen=True, slots=True)
class Family:
    """One typeface and the package that brings it."""

    name: str
    package: str
    folder: str
    """Where its files lie inside the package."""
    regular: str
    """The file whose characters stand for the family's."""
    languages: tuple[str, ...] = ()
    """Languages for which it comes before the others; Han characters differ between them."""
    script: str = ""
    """The one script that it is there for, as the names of its characters begin."""

    @property
    def path(self) -> Path:
        """The folder of its files; raises `MachineError` where the package is missing."""
        if found := self._found():
            return found
        raise MachineError(
            Problem(
                what=_("The typeface {name} is not installed.").format(name=self.name),
                hint=_("Install impactbrief again; the package {package} brings this face.").format(
                    package=self.package.replace("_", "-")
                ),
            )
        )

    @property
    def is_installed(self) -> bool:
        return self._found() is not None

    def _found(self) -> Path | None:
        spec = find_spec(self.package)
        if spec is None or not spec.submodule_search_locations:
            return None
        folder = Path(next(iter(spec.submodule_search_locations)), self.folder)
        return folder if (folder / self.regular).is_file() else None


TEXT = Family(
    "Gentium Book Plus", "rendercv_fonts", "Gentium Book Plus", "GentiumBookPlus-Regular.ttf"
)
SANS = Family("Source Sans 3", "rendercv_fonts", "Source Sans 3", "SourceSans3-Regular.ttf")
MONO = Family("IBM Plex Mono", "fontpkg_ibm_plex_mono", "files", "IBMPlexMono-Regular.ttf")
ARABIC = Family(
    "IBM Plex Sans Arabic",
    "fontpkg_ibm_plex_sans_arabic",
    "files",
    "IBMPlexSansArabic-Regular.ttf",
    ("ar", "fa", "ur", "ps", "ku"),
)
CHINESE = Family(
    "Noto Sans SC", "rendercv_fonts", "Noto Sans", "NotoSansSC-Regular.ttf", ("zh", "zh-cn")
)
JAPANESE = Family("Noto Sans JP", "rendercv_fonts", "Noto Sans", "NotoSansJP-Regular.ttf", ("ja",))
KOREAN = Family("Noto Sans KR", "rendercv_fonts", "Noto Sans", "NotoSansKR-Regular.ttf", ("ko",))

HEBREW = Family(
    "Open Sans", "rendercv_fonts", "Open Sans", "OpenSans-Regular.ttf", ("he", "yi"), "HEBREW"
)
DEVANAGARI = Family(
    "Mukta", "rendercv_fonts", "Mukta", "Mukta-Regular.ttf", ("hi", "mr", "ne", "sa"), "DEVANAGARI"
)

FAMILIES = (TEXT, SANS, MONO, ARABIC, HEBREW, DEVANAGARI, CHINESE, JAPANESE, KOREAN)
"""In the order in which a character is looked for, where its language says nothing else."""

EXTRA = "impactbrief[fonts]"
"""What to install for the faces of `EXTRA_FAMILIES`."""

EXTRA_FAMILIES = (
    # geresh and gershayim, which the Hebrew above lacks
    Family(
        "Assistant", "fontpkg_assistant", "files", "Assistant[wght].ttf", ("he", "yi"), "HEBREW"
    ),
    Family(
        "Hind Siliguri", "fontpkg_hind_siliguri", "files", "HindSiliguri-Regular.ttf",
        ("bn", "as"), "BENGALI",
    ),
    Family("Sarabun", "fontpkg_sarabun", "files", "Sarabun-Regular.ttf", ("th",), "THAI"),
    Family(
        "Noto Sans Khmer", "fontpkg_noto_sans_khmer", "files", "NotoSansKhmer[wdth,wght].ttf",
        ("km",), "KHMER",
    ),
    Family(
        "Noto Sans Tamil", "fontpkg_noto_sans_tamil", "files", "NotoSansTamil[wdth,wght].ttf",
        ("ta",), "TAMIL",
    ),
    Family(
        "Noto Sans Telugu", "fontpkg_noto_sans_telugu", "files", "NotoSansTelugu[wdth,wght].ttf",
        ("te",), "TELUGU",
    ),
)  # fmt: skip


@cache
def families() -> tuple[Family, ...]:
    """Our faces on this machine: all of `FAMILIES`, and those of the extra that are installed."""
    return FAMILIES + tuple(family for family in EXTRA_FAMILIES if family.is_installed)


def folders() -> tuple[Path, ...]:
    """The folders of our fonts, each once. Raises `MachineError` where one is missing."""
    return tuple(dict.fromkeys(family.path for family in families()))


def files() -> tuple[Path, ...]:
    """Our font files, in a settled order."""
    return tuple(file for folder in folders() for file in sorted(folder.glob("*.ttf")))


def system_folders() -> tuple[Path, ...]:
    """Where this system keeps fonts of its own; they need not exist."""
    home = Path(os.path.expanduser("~"))  # noqa: PTH111 - unlike Path.home it never raises
    if sys.platform == "darwin":
        return (
            Path("/System/Library/Fonts"),
            Path("/Library/Fonts"),
            home / "Library/Fonts",
        )
    if sys.platform == "win32":
        return (
            Path(os.environ.get("WINDIR", "C:/Windows"), "Fonts"),
            home / "AppData/Local/Microsoft/Windows/Fonts",
        )
    data = os.environ.get("XDG_DATA_HOME") or home / ".local/share"
    return (
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        Path(data, "fonts"),
        home / ".fonts",
    )


def system_files() -> Iterator[Path]:
    """The system's font files. Bold faces are left out: they have what the others have."""
    for folder in system_folders():
        for file in sorted(folder.rglob("*")):
            if file.suffix.lower() in (".ttf", ".otf", ".ttc") and "Bold" not in file.name:
                yield file


# --- what they can print ------------------------------------------------------------------------


def covers(character: str) -> bool:
    """Whether our own fonts can print this one character."""
    return not missing(character, system=False)


def missing(text: str, *, system: bool = True) -> list[str]:
    """The characters of `text` that no font can print, each once, in order of appearance.

    `system=False` asks our own fonts only. The machine's are read only where ours fall short.
    """
    wanted = [
        character
        for character in dict.fromkeys(text)
        if not (_plain(character) or _drawn(character))
    ]
    if system and wanted:
        for characters in _system_characters():
            wanted = [char for char in wanted if _box(char) or ord(char) not in characters]
            if all(map(_box, wanted)):
                break
    return wanted


def _plain(character: str) -> bool:
    """Printable ASCII, and what is laid out but never drawn: spaces, line ends, joiners, marks of
    direction, selectors of variants."""
    if " " <= character <= "~" or character in "\t\n\r\f":
        return True
    code = ord(character)
    if 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF:
        return True
    return unicodedata.category(character) in ("Zs", "Cf")


def _box(character: str) -> bool:
    """Control characters: some fonts draw a box for them, and that is no printing."""
    return unicodedata.category(character) in ("Cc", "Zl", "Zp")


@cache
def _drawn(character: str) -> bool:
    if _box(character):
        return False
    if any(ord(character) in _characters(family) for family in families()):
        return True
    # the shaper puts a plain hyphen for one that doesn't break, and takes composed letters apart
    if character == "\N{NON-BREAKING HYPHEN}":
        return _drawn("\N{HYPHEN}")
    parts = unicodedata.normalize("NFD", character)
    return parts != character and all(_drawn(part) for part in parts)


@cache
def _characters(family: Family) -> frozenset[int]:
    return _read_characters(family.path / family.regular)


def _read_characters(file: Path) -> frozenset[int]:
    if (found := charmap.characters(file)) is not None:
        return found
    from fontTools.ttLib import TTCollection, TTFont

    if file.suffix.lower() == ".ttc":
        with TTCollection(file, lazy=True) as collection:
            return frozenset().union(*(font.getBestCmap() or () for font in collection.fonts))
    with TTFont(file, lazy=True) as font:
        return frozenset(font.getBestCmap() or ())


_system_read: dict[Path, frozenset[int]] = {}


def _system_characters() -> Iterator[frozenset[int]]:
    """What each of the system's fonts has, one after another; a broken font has nothing."""
    for file in system_files():
        if file not in _system_read:
            try:
                _system_read[file] = _read_characters(file)
            except Exception:
                _system_read[file] = frozenset()
        yield _system_read[file]


def extra_for(character: str) -> bool:
    """Whether the extra `fonts` brings a face for this character, which isn't installed."""
    name = unicodedata.name(character, "")
    return any(
        name.startswith(f"{family.script} ") and not family.is_installed
        for family in EXTRA_FAMILIES
    )


def extras_of(html: str) -> tuple[Family, ...]:
    """The faces of the extra that a page may show: by its languages and its letters."""
    letters = {character for character in set(html) if not character.isascii()}
    return tuple(
        family
        for family in families()
        if family not in FAMILIES
        and (
            any(f'lang="{language}' in html for language in family.languages)
            or any(unicodedata.name(each, "").startswith(family.script) for each in letters)
        )
    )


def scripts() -> dict[str, str]:
    """The scripts that we have faces for, by name, each with a letter of it."""
    return {
        _("Latin"): "a", _("Greek"): "α", _("Cyrillic"): "я", _("Arabic"): "ع", _("Hebrew"): "א",
        _("Devanagari"): "क", _("Chinese"): "电", _("Japanese"): "あ", _("Korean"): "한",
        _("Bengali"): "ক", _("Thai"): "ก", _("Khmer"): "ក", _("Tamil"): "க", _("Telugu"): "క",
    }  # fmt: skip


# --- fonts of one's own -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Face:
    """One file of a typeface, by what it says of itself."""

    family: str
    weight: int
    italic: bool


def face(file: BinaryIO) -> Face | str:
    """The face in a font file, or in a sentence why it can't be used."""
    from fontTools.ttLib import TTFont

    try:
        with TTFont(file) as font:
            names, metrics = font["name"], font["OS/2"]
            family = names.getDebugName(16) or names.getDebugName(1)
            if "fvar" in font:
                return _("This is a variable font; documents are made with one file for each face.")
            if metrics.fsType & 0x2:
                return _("The licence of this font does not allow embedding it in documents.")
            if not family or not font.getBestCmap():
                return _("This font names no family, or has no letters.")
            return Face(family, metrics.usWeightClass, bool(metrics.fsSelection & 0x1))
    except Exception:  # fontTools raises whatever a broken file makes it stumble over
        return _("This file can't be read as a font.")


# --- what they are ------------------------------------------------------------------------------


def versions() -> dict[str, str]:
    """The packages that bring our fonts, with their versions."""
    return {
        name: found
        for name, found in sorted(
            (family.package.replace("_", "-"), _version(family)) for family in families()
        )
        if found
    }


def _version(family: Family) -> str:
    try:
        return distribution(family.package.replace("_", "-")).version
    except PackageNotFoundError:
        return ""


def machine() -> str:
    """Equal while the machine's own fonts are the same files. Takes some milliseconds.

    Unlike answers, fonts are told apart by path, size and time: reading a machine's hundreds of
    megabytes would take longer than making the few documents that need them.
    """
    digest = sha256()
    for folder in system_folders():
        for here, folders, names in os.walk(folder):
            folders.sort()
            for path in (Path(here, name) for name in sorted(names)):
                with suppress(OSError):
                    found = path.stat()
                    digest.update(repr((str(path), found.st_size, found.st_mtime_ns)).encode())
    return digest.hexdigest()


def fingerprint(extras: Iterable[Family] | None = None) -> str:
    """Equal where our fonts and our rules for choosing among them are equal, on any machine.

    `extras` are those of the extra `fonts` that count: all that are installed, if not said.
    """
    return _fingerprint(families() if extras is None else (*FAMILIES, *extras))


@cache
def _fingerprint(counted: tuple[Family, ...]) -> str:
    folders = dict.fromkeys(family.path for family in counted)
    digest = sha256(repr(sorted({family.package for family in counted})).encode())
    for file in (file for folder in folders for file in sorted(folder.glob("*.ttf"))):
        digest.update(repr((file.name, file.stat().st_size)).encode())
    for family in counted:
        digest.update(repr((family.name, _version(family), family.languages)).encode())
    return digest.hexdigest()
