"""What was made is not made again: by content alone, whatever becomes of the record."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from impactbrief.batch.record import place
from tests.batch.command import CITING, Shop, contents, references, states


def test_unchanged_documents_are_not_made_again(
    shop: Shop, render: Callable[..., tuple[int, str]]
) -> None:
    """By content: answers, bibliographies, templates and the document itself; --force makes all."""
    shop.brief("in/plain.yaml")
    bibliography = shop.folder / "in/more.json"
    bibliography.write_text('[{"id": "a", "type": "book", "title": "A"}]')
    shop.brief("in/citing.yaml", "Citing", "bibliography: [more.json]\n")
    templates = shop.hanging_templates()
    arguments = (
        "in", "--to", "md,html", "-o", "out", "--template", templates, "--report", "report.json",
    )  # fmt: skip

    def made() -> set[str]:
        code, said = render(*arguments)
        assert code == 0, said
        return {name for name, state in states(shop).items() if state == "written"}

    everything = {"plain.md", "plain.html", "citing.md", "citing.html"}
    assert made() == everything
    assert made() == set()
    os.utime(shop.folder / "in/plain.yaml", (1, 1))  # time alone is no change
    assert made() == set()
    shop.brief("in/plain.yaml", "B brief")  # the same size
    assert made() == {"plain.md", "plain.html"}
    bibliography.write_text('[{"id": "a", "type": "book", "title": "B"}]')
    assert made() == {"citing.md", "citing.html"}
    (shop.folder / "out/plain.md").write_text("changed by hand")
    (shop.folder / "out/citing.html").unlink()
    assert made() == {"plain.md", "citing.html"}
    with (templates / "brief" / "brief.md.j2").open("a") as file:
        file.write("more\n")
    assert made() == everything
    code, _said = render(*arguments, "--force")
    assert code == 0
    assert set(states(shop).values()) == {"written"}


def test_paper_counts_where_it_shows(shop: Shop, render: Callable[..., tuple[int, str]]) -> None:
    """In a PDF and a Word document; in HTML only where templates of one's own may show it."""
    shop.brief("x.yaml")
    arguments = ("x.yaml", "--to", "md,html,pdf,docx", "--report", "report.json")
    own = ("--template", shop.hanging_templates())
    for looks, made in ((), {"x.pdf", "x.docx"}), (own, {"x.html", "x.pdf", "x.docx"}):
        assert render(*arguments, *looks)[0] == 0
        assert render(*arguments, *looks, "--paper", "letter")[0] == 0
        assert {name for name, state in states(shop).items() if state == "written"} == made
        assert set(states(shop)) == {"x.md", "x.html", "x.pdf", "x.docx"}


def test_what_equal_answers_name_elsewhere_counts(
    shop: Shop, render: Callable[..., tuple[int, str]]
) -> None:
    """A bibliography is looked for beside the answers and in the working directory. Equal answers
    in another folder, or the same ones from another working directory, have another one."""
    for name in ("A", "B", "one", "other"):
        if name.isupper():
            shop.brief(f"{name}/x.yaml", more=CITING)
        (shop.folder / name).mkdir(exist_ok=True)
        (shop.folder / name / "refs.json").write_text(references(f"Book of {name}"))
    for name in ("A", "B"):
        assert render(name, "--to", "md", "-o", "out")[0] == 0
        assert f"Book of {name}" in (shop.folder / "out/x.md").read_text()
    (shop.folder / "B/refs.json").unlink()
    for name in ("one", "other"):
        there = Shop(shop.folder / name, {"XDG_CACHE_HOME": str(shop.folder / "cache")})
        assert there.run("../B", "--to", "md", "-o", "../out")[0] == 0
        assert f"Book of {name}" in (shop.folder / "out/x.md").read_text()


def test_equal_answers_that_name_nothing_make_one_document(
    shop: Shop, render: Callable[..., tuple[int, str]]
) -> None:
    """Wherever they lie: a copy of a folder is rendered no second time into the same place."""
    for name, state in (("A", "written"), ("B", "skipped")):
        shop.brief(f"{name}/x.yaml")
        assert render(name, "--to", "md", "-o", "out", "--report", "report.json")[0] == 0
        assert states(shop) == {"x.md": state}


def test_templates_that_are_links_count(shop: Shop, render: Callable[..., tuple[int, str]]) -> None:
    """They are read through the link; one that leads back to its own folder is left alone."""
    shop.brief("x.yaml")
    templates = shop.hanging_templates()
    (templates / "brief").rename(shop.folder / "design")
    (templates / "brief").symlink_to("../design")
    (shop.folder / "design" / "round").symlink_to("../templates")
    for words in ("One end.", "Another end."):
        with (shop.folder / "design" / "brief.md.j2").open("a") as file:
            file.write(words)
        assert render("x.yaml", "--to", "md", "--template", templates)[0] == 0
        assert words in (shop.folder / "x.md").read_text()


RARE = "\U000f0001"
"""A letter that no font has."""


def rare_font(path: Path, height: int = 700) -> None:
    """A font that has it, as a box of this height."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for corner in ((100, height), (500, height), (500, 0)):
        pen.lineTo(corner)
    pen.closePath()
    box = pen.glyph()
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder([".notdef", "box"])
    font.setupCharacterMap({ord(RARE): "box"})
    font.setupGlyf({".notdef": box, "box": box})
    font.setupHorizontalMetrics({".notdef": (600, 100), "box": (600, 100)})
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": "Rare", "styleName": "Regular"})
    font.setupOS2(sTypoAscender=800, usWinAscent=800, usWinDescent=200)
    font.setupPost()
    path.parent.mkdir(parents=True, exist_ok=True)
    font.save(path)


def test_fonts_of_the_machine_count_where_they_show(
    shop: Shop, render: Callable[..., tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that is installed, replaced or removed: PDFs with letters that our fonts lack are made
    again, and those by templates of one's own, which may name any font; the others are not."""
    monkeypatch.setenv("XDG_DATA_HOME", str(shop.folder / "data"))
    shop.brief("rare.yaml", f"A {RARE}")
    shop.brief("plain.yaml")
    templates = shop.hanging_templates()
    rare, plain = ("rare.yaml", "-o", "out"), ("plain.yaml", "-o", "out")
    own = ("plain.yaml", "-o", "own", "--template", templates)

    def made() -> list[tuple[str | Path, ...]]:
        again: list[tuple[str | Path, ...]] = []
        for arguments in (rare, plain, own):
            code, said = render(*arguments, "--to", "pdf", "--report", "report.json")
            assert code == 0, said
            assert ("No font has the character" in said) == (
                arguments is rare and not font.exists()
            )
            if "written" in states(shop).values():
                again.append(arguments)
        return again

    font = shop.folder / "data" / "fonts" / "new" / "Rare.ttf"
    assert made() == [rare, plain, own]
    rare_font(font)
    assert made() == [rare, own]
    before = contents(shop.folder / "out")
    assert made() == []
    rare_font(font, 500)
    assert made() == [rare, own]
    after = contents(shop.folder / "out")
    assert after["rare.pdf"] != before["rare.pdf"]
    assert after["plain.pdf"] == before["plain.pdf"]
    font.unlink()
    assert made() == [rare, own]


def test_a_damaged_record_only_costs_time(
    shop: Shop, render: Callable[..., tuple[int, str]]
) -> None:
    """Whatever has become of it, the right documents are made, and nothing is said."""
    shop.brief("in/plain.yaml")
    arguments = ("in", "--to", "md", "-o", "out", "--report", "report.json")
    assert render(*arguments)[0] == 0
    before = contents(shop.folder / "out")
    record = place()

    def folder() -> None:
        record.unlink()
        record.mkdir()
        (record / "full").touch()

    for damage, mends in (
        (lambda: record.write_text("no database at all\n" * 100), True),
        (lambda: record.write_bytes(record.read_bytes()[:5000]), True),
        (folder, False),
    ):
        damage()
        code, said = render(*arguments)
        assert code == 0
        assert said.count("\n") <= 3, said
        assert states(shop) == {"plain.md": "written"}
        assert contents(shop.folder / "out") == before
        if mends:
            assert render(*arguments)[0] == 0
            assert states(shop) == {"plain.md": "skipped"}


def test_a_document_with_a_warning_is_made_each_time(
    shop: Shop, render: Callable[..., tuple[int, str]]
) -> None:
    """So that the warning is told each time."""
    shop.brief("in/odd.yaml", more="bibliography: [missing.bib]\n")
    first = render("in", "--to", "md")[1]
    assert "problem" in first
    assert render("in", "--to", "md")[1].splitlines()[:2] == first.splitlines()[:2]
