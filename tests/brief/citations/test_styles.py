"""Styles by name: replaced by IEEE where they can't be used, and never a path."""

from pathlib import Path

import pytest

from impactbrief.brief.citations import choose_style


@pytest.mark.parametrize(
    ("asked", "used", "why_not"),
    [
        ("ieee", "ieee", ""),
        ("IEEE", "ieee", ""),
        ("apa", "apa", ""),
        ("harvard", "harvard-cite-them-right", ""),
        ("nature-digest", "nature-digest", ""),
        ("ieeee", "ieee", "unknown"),
        ("../ieee", "ieee", "unknown"),
        ("/etc/passwd", "ieee", "unknown"),
        ("https://example.org/x.csl", "ieee", "unknown"),
        ("", "ieee", "unknown"),
        ("chicago-notes", "ieee", "needs-footnotes"),
        ("din-1505-2-alphanumeric", "ieee", "needs-labels"),
    ],
)
def test_styles(asked: str, used: str, why_not: str) -> None:
    """A style that isn't there or can't be used is replaced by IEEE, and the reason is given."""
    choice = choose_style(asked)
    assert (choice.asked, choice.used, choice.why_not) == (asked, used, why_not)


def test_a_style_is_no_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that looks like a style is not used, wherever it lies."""
    source = choose_style("apa").path.read_text(encoding="utf-8")
    (tmp_path / "mine.csl").write_text(source, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    away = "../" * 40 + str(tmp_path).lstrip("/")
    for name in ("mine", "./mine", str(tmp_path / "mine"), f"{away}/mine", f"{away}/mine.csl"):
        assert choose_style(name).why_not == "unknown"


def test_similar_styles() -> None:
    """An unknown style's name comes with the names it may have meant."""
    assert "ieee" in choose_style("ieeee").similar
    assert "modern-language-association" in choose_style("modern-language-asociation").similar
