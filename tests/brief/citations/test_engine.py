"""A style in a language: loaded late, quick, and not changed by what it prints."""

import gc
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from lxml.etree import tostring  # type: ignore[import-untyped]

from impactbrief.brief.citations import Bibliography, choose_style
from impactbrief.brief.citations.reference import tidy
from impactbrief.prose.citations import CitedItem
from tests.brief.citations.references import ENTRIES, THREE, entry


@pytest.mark.parametrize(
    ("language", "locale", "label"),
    [
        ("en", "en-US", "[1, pp. 4–6]"),
        ("en-GB", "en-GB", "[1, pp. 4–6]"),
        ("fr", "fr-FR", "[1, p. 4–6]"),
        ("ko", "ko-KR", "[1, pp 4–6]"),
        ("pt", "pt-BR", "[1, p. 4–6]"),
        ("pt-PT", "pt-PT", "[1, pp. 4–6]"),
        ("pt-AO", "pt-PT", "[1, pp. 4–6]"),
        ("zh-Hant", "zh-TW", None),
        ("tlh", "en-US", "[1, pp. 4–6]"),
        ("", "en-US", "[1, pp. 4–6]"),
        ("../x", "en-US", "[1, pp. 4–6]"),
    ],
)
def test_languages(language: str, locale: str, label: str | None) -> None:
    """Citations speak the brief's language; one without a locale falls back to English."""
    bibliography = Bibliography(THREE, "ieee", language)
    found = bibliography.cite([CitedItem("ada", locator="pp. 4-6")])
    assert bibliography.locale == locale
    assert label is None or found.text == label


def test_french_quotation_marks() -> None:
    """Quotation marks and months are the language's own."""
    found = entry(language="fr", type="report", title='Le "réseau" ouvert', issued="2016-01")
    assert found.text == "«\N{NO-BREAK SPACE}Le “réseau” ouvert\N{NO-BREAK SPACE}», janv. 2016."


def test_a_style_is_not_changed_by_use() -> None:
    """What one brief prints doesn't depend on what was printed before in the process."""
    from impactbrief.brief.citations.engine import load

    for style in ("ieee", "chicago", "nlm-citation-sequence", "mla"):
        root: Any = load(choose_style(style).path, "en-US")._root
        parts = [root, *root.locales]
        before = [tostring(part) for part in parts]
        for reference, _ in ENTRIES:
            entry(style, **reference)
        assert [tostring(part) for part in parts] == before, style
    for style in ("ieee", "chicago"):
        first = [entry(style, **reference).html for reference, _ in ENTRIES]
        gc.collect()
        again = [entry(style, **reference).html for reference, _ in reversed(ENTRIES)]
        assert again == first[::-1]


def test_a_look_of_a_date_is_its_own(tmp_path: Path) -> None:
    """How a style wants one date doesn't change the next one, or the same one next time."""
    from impactbrief.brief.citations.engine import Engine

    style = tmp_path / "dates.csl"
    style.write_text(
        """<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
        <citation><layout><text variable="title"/></layout></citation>
        <bibliography><layout><group delimiter=" / ">
          <date variable="accessed" form="text"/>
          <date variable="issued" form="text"><date-part name="month" text-case="uppercase"/></date>
          <date variable="event-date" form="text"/>
        </group></layout></bibliography></style>"""
    )
    engine = Engine(style, "en-US")
    dates = {"accessed": "2017-02", "issued": "2016-01", "event-date": "2018-03"}
    reference = engine.prepare(tidy(dates), "k")
    for _ in range(2):
        assert engine.entry(reference, 1) == "February 2017 / JANUARY 2016 / March 2018"


def test_loaded_late_and_quietly() -> None:
    """Importing loads no XML library; printing says nothing on standard error."""
    script = (
        "import sys\n"
        "from impactbrief.brief.citations import Bibliography, choose_style\n"
        "choose_style('apa'); choose_style('nonsense')\n"
        "odd = {'id': 'a', 'title': 'T', 'oddity': 1, 'author': [{'x': 1}]}\n"
        "b = Bibliography([odd], 'ieee', 'en')\n"
        "assert not {'lxml', 'citeproc'} & {name.split('.')[0] for name in sys.modules}\n"
        "b.add_uncited('a'); b.entries()\n"
        "assert 'citeproc' in sys.modules\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "always", "-c", script], capture_output=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_fast_enough() -> None:
    """Once a style is loaded, a brief's 26 references and 60 citations take well under 0.2 s.

    The aim is 60 ms on a quiet machine; the bound leaves room for a busy one.
    """
    references = [{"id": f"r{i}", **ENTRIES[i % 20][0]} for i in range(26)]
    best = 9.0
    for _ in range(4):
        start = time.perf_counter()
        bibliography = Bibliography(references, "ieee", "en")
        for index in range(60):
            bibliography.cite([CitedItem(f"r{index % 26}", locator="p. 4")])
        bibliography.entries()
        best = min(best, time.perf_counter() - start)
    assert best < 0.2, f"{best:.3f} s"
