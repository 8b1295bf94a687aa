"""The finished briefs that come along, to look at or to begin from."""

from pathlib import Path

_PACKAGE = Path(__file__).parents[1]


def examples() -> list[Path]:
    """The answer files of the examples: in the installed package, or at the top of a checkout."""
    installed = _PACKAGE / "examples"
    folder = installed if installed.is_dir() else _PACKAGE.parent / "examples"
    return sorted(folder.glob("*.yaml")) if folder.is_dir() else []
