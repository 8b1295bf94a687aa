"""What `impactbrief doctor` looks for."""

import os
import subprocess
import sys

import pytest

from impactbrief import machine
from impactbrief.errors import MachineError, Problem
from impactbrief.machine import Check
from impactbrief.render import fonts, libraries


def found(name: str) -> Check:
    return {check.name: check for check in machine.examine()}[name]


def test_a_machine_that_makes_pdfs_lacks_nothing() -> None:
    """The tests' own machine is one; every check says what it found."""
    checks = machine.examine()
    assert machine.lacking(checks) == []
    assert all(check.found for check in checks)
    assert {"impactbrief", "Python", "WeasyPrint", "Pango", "HarfBuzz"} <= {c.name for c in checks}


def test_weasyprint_is_not_loaded_here() -> None:
    """It could take the process down that only wants to report."""
    script = (
        "import sys; from impactbrief import machine; machine.examine()\n"
        "assert 'weasyprint' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_a_missing_library_comes_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same words that `render` uses."""
    broken = machine._PROBE.replace(
        "import json\n",
        "import json, cffi\n"
        "def no_library(*_args): raise OSError('cannot load library')\n"
        "cffi.FFI.dlopen = no_library\n",
        1,
    )
    monkeypatch.setattr(machine, "_PROBE", broken)
    pango = found("Pango")
    assert not pango.ok
    assert pango.needed
    assert "cannot load library" in pango.found
    assert pango.hint == libraries.how_to_install()
    assert machine.lacking([pango]) == [pango]


def test_a_crash_of_weasyprint_is_reported_and_survived(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine without any font."""
    monkeypatch.setattr(machine, "_PROBE", "import os; os.abort()")
    pango = found("Pango")
    assert not pango.ok
    assert "-6" in pango.found
    assert pango.hint


def test_a_missing_subsetter_is_told_but_not_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    """PDFs come out all the same, only later."""
    facts = {"pango": "1.50.12", "harfbuzz": "6.0.0", "subsetter": ""}
    monkeypatch.setattr(machine, "_probe", lambda: facts)
    subsetter = found("HarfBuzz subsetter")
    assert not subsetter.ok
    assert not subsetter.needed
    assert subsetter.hint == libraries.how_to_install()


def test_an_old_pango_is_too_old(monkeypatch: pytest.MonkeyPatch) -> None:
    """WeasyPrint needs 1.44."""
    facts = {"pango": "1.42.4", "harfbuzz": "2.3.1", "subsetter": "harfbuzz"}
    monkeypatch.setattr(machine, "_probe", lambda: facts)
    assert not found("Pango").ok


def test_missing_typefaces_are_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any font there is no PDF."""

    def none() -> tuple[()]:
        raise MachineError(Problem("No typeface.", "Install it."))

    monkeypatch.setattr(fonts, "files", none)
    assert [check.found for check in machine.lacking(list(machine._fonts()))] == ["No typeface."]


def test_a_plain_terminal_is_pointed_to_the_line_by_line_interview(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The wizard can't draw on it."""
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("TERM", "dumb")
    checks = {check.name: check for check in machine._screen()}
    assert not checks["Terminal"].ok
    assert "impactbrief ask" in checks["Terminal"].hint


def test_a_locale_without_unicode_is_told() -> None:
    """Rating marks need it; the hint names a locale that every system has."""
    script = (
        "from impactbrief import machine\n"
        "check = list(machine._screen())[-1]\n"
        "print(check.ok, check.hint)"
    )
    done = subprocess.run(
        [sys.executable, "-X", "utf8=0", "-c", script],
        env=os.environ | {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONCOERCECLOCALE": "0"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("False")
    assert "C.UTF-8" in done.stdout


def test_what_makes_word_documents_may_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is an extra: the same words that `render` uses, and nothing that PDFs need."""
    assert found("Word documents").ok
    monkeypatch.setitem(sys.modules, "docx", None)
    check = found("Word documents")
    assert (check.ok, check.needed) == (False, False)
    assert "pip install 'impactbrief[docx]'" in check.hint
