"""Templates of one's own: they take the place of ours, and a mistake is told with its line."""

from pathlib import Path

import pytest

from impactbrief.errors import TemplateError
from impactbrief.render.environment import templates
from impactbrief.render.html import to_html
from tests.render.briefs import brief
from tests.render.page import KOREA, Page


def test_an_own_template_may_leave_out_sections_and_change_their_order(tmp_path: Path) -> None:
    """Sections stand as the template names them; links to what is left out become plain words."""
    own = tmp_path / "brief"
    own.mkdir()
    (own / "brief.html.j2").write_text(
        '{% extends "shared/document.html.j2" %}{% block contents %}{% endblock %}{% block main %}'
        '{{ sections.section(brief.section("recommendations")) }}'
        '{{ sections.section(brief.section("matrix")) }}'
        '{{ sections.section(brief.section("no-such-section")) }}{% endblock %}'
    )
    page = Page(to_html(brief(KOREA), own=tmp_path))
    ids = page.all("id")
    assert ids.index("recommendations") < ids.index("matrix")
    assert "references" not in ids
    assert {link[1:] for link in page.all("href") if link.startswith("#")} <= set(ids)


def test_an_own_style_sheet_takes_the_place_of_ours_and_pictures_come_along(tmp_path: Path) -> None:
    """What the folder lacks is taken from ours; a picture of it is put into the file."""
    (tmp_path / "brief").mkdir()
    (tmp_path / "brief/brief.css").write_text(".own { color: red } </style><script>")
    (tmp_path / "logo.svg").write_bytes(b"<svg/>")
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared/sections.html.j2").write_text(
        (templates() / "shared/sections.html.j2").read_text()
        + '{% macro logo() %}{{ asset("logo.svg") }}{% endmacro %}'
    )
    html = to_html(brief(KOREA), own=tmp_path)
    assert ".own { color: red }" in html
    assert "<script>" not in html.replace("<\\/style><script>", "")
    assert html.count("</style>") == 1


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("{{ brief.no_such_thing }}", 1),
        ("\n\n{% if %}", 3),
        ("\n{{ brief.__class__.__mro__ }}", 2),
        ('{{ asset("../../secret") }}', 0),
        ("\n\n{{ 1 + 'a' }}", 3),
        ("\n{{ 1 // 0 }}", 2),
        ("\n\n\udce9", 3),
    ],
)
def test_a_broken_template_is_named_with_its_line(tmp_path: Path, body: str, line: int) -> None:
    """A mistake, a way out of the sandbox or of the folder: an error that says where."""
    (tmp_path / "brief").mkdir()
    (tmp_path / "brief/brief.html.j2").write_bytes(body.encode("utf-8", "surrogateescape"))
    with pytest.raises(TemplateError) as failure:
        to_html(brief(KOREA), own=tmp_path)
    assert failure.value.problems[0].place.line == line


def test_an_own_folder_that_is_none_is_refused(tmp_path: Path) -> None:
    """A misspelt folder doesn't print our own look in silence."""
    with pytest.raises(TemplateError):
        to_html(brief(KOREA), own=tmp_path / "none")
