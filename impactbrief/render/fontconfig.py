"""What Fontconfig, which finds fonts for WeasyPrint, is told: where our typefaces lie, and which of
them comes first for which language.

Without any font it takes the process down, and without a configuration it complains, so `configure`
writes one of our own and names it in the environment. That must happen before WeasyPrint is
imported; `impactbrief.render.pdf` sees to it.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from xml.sax.saxutils import escape

from impactbrief.render import fonts
from impactbrief.render.fonts import MONO, SANS, TEXT, Family, families, files, folders

GENERIC: Mapping[str, Family] = MappingProxyType(
    {
        "serif": TEXT,
        "sans-serif": SANS,
        "system-ui": SANS,
        "monospace": MONO,
        "cursive": TEXT,
        "fantasy": SANS,
    }
)
"""What CSS's generic families mean in a PDF. A style sheet may name these or the faces."""


def configure(*, system: bool = True) -> Path:
    """Make WeasyPrint use our fonts, from its next font configuration on; returns that file.

    The file is named by its content, written whole or not at all, and left alone where it is
    already there, so that any number of processes may call this at once. With a home that can't be
    written to, it lies in a temporary folder of this process. `system=False` leaves the machine's
    fonts out. Raises `MachineError` where our fonts are not installed.
    """
    folder, _lasting = store()
    text = _configuration(folder / "fontconfig", system=system)
    path = folder / f"fonts-{sha256(text.encode()).hexdigest()[:16]}.conf"
    if not path.is_file():
        _write(path, text)
    os.environ["FONTCONFIG_FILE"] = str(path)
    os.environ["FONTCONFIG_PATH"] = str(folder)
    return path


def _write(path: Path, text: str) -> None:
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", dir=path.parent, prefix=path.name, delete=False
    ) as file:
        file.write(text)
    Path(file.name).replace(path)


@cache
def store() -> tuple[Path, bool]:
    """Where fontconfig's configuration and its cache lie, and whether that outlives this process.

    The user's cache folder, or a temporary one where that can't be written to.
    """
    from platformdirs import user_cache_path

    folder = user_cache_path("impactbrief") / "fonts"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder, True
    except OSError:
        folder = Path(tempfile.mkdtemp(prefix="impactbrief-fonts-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        return folder, False


def _configuration(cache: Path, *, system: bool) -> str:
    """Fontconfig's configuration. Rules for one language come before those for all."""
    parts = [
        '<?xml version="1.0"?>',
        '<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">',
        "<fontconfig>",
        *_element("dir", folders()),
    ]
    if system:
        parts += _element("dir", fonts.system_folders())
        parts += _only_our_files()
    parts += [
        *_element("cachedir", [cache]),
        *(_generic(name, family) for name, family in GENERIC.items()),
        *(_preferred([family], code) for family in families() for code in family.languages),
        _preferred(families()),
        "</fontconfig>",
        "",
    ]
    return "\n".join(parts)


def _element(tag: str, values: Iterable[object]) -> list[str]:
    return [f"<{tag}>{escape(str(value))}</{tag}>" for value in values]


def _string(element: str, value: object) -> str:
    return f'<patelt name="{element}"><string>{escape(str(value))}</string></patelt>'


def _only_our_files() -> Iterator[str]:
    """The system's copy of a face of ours must not take its place: it may be another version."""
    yield "<selectfont>"
    for file in files():
        yield f"<acceptfont><pattern>{_string('file', file)}</pattern></acceptfont>"
    for family in families():
        yield f"<rejectfont><pattern>{_string('family', family.name)}</pattern></rejectfont>"
    yield "</selectfont>"


def _generic(name: str, family: Family) -> str:
    return (
        f'<alias binding="same"><family>{name}</family>'
        f"<prefer><family>{escape(family.name)}</family></prefer></alias>"
    )


def _preferred(families: Iterable[Family], language: str = "") -> str:
    """Behind what the style sheet names, `families` come first, with text in `language`."""
    test = (
        f'<test name="lang" compare="contains"><string>{language}</string></test>'
        if language
        else ""
    )
    names = "".join(_element("string", (family.name for family in families)))
    edit = f'<edit name="family" mode="append_last" binding="strong">{names}</edit>'
    return f'<match target="pattern">{test}{edit}</match>'
