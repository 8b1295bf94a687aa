"""A light door: what each command loads before it does anything."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.answer_files import MINIMAL

HEAVY = {"textual", "weasyprint", "fontTools", "PIL"}

SCRIPT = """
import json, sys
from impactbrief.cli import run
code = run(json.loads(sys.argv[1]))
sys.stdout.flush()
print(json.dumps([code, sorted({name.partition(".")[0] for name in sys.modules})]), file=sys.stderr)
"""


def loaded(folder: Path, *arguments: str) -> set[str]:
    """The packages that a fresh interpreter has loaded when a command ends."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, json.dumps(arguments)],
        cwd=folder, check=True, capture_output=True, text=True,
    )  # fmt: skip
    code, modules = json.loads(done.stderr.splitlines()[-1])
    assert code == 0, done.stderr
    return set(modules)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "brief.yaml").write_text(MINIMAL, encoding="utf-8")
    return tmp_path


def test_help_loads_next_to_nothing(folder: Path) -> None:
    """Whoever only asks what there is shouldn't wait for what they don't use."""
    heavy = {"jinja2", "markdown_it", "mdformat", "pydantic", "yaml", "citeproc", "babel"}
    assert loaded(folder, "--help").isdisjoint(HEAVY | heavy)


def test_check_loads_no_template_engine(folder: Path) -> None:
    """It runs in editors and hooks, at every save."""
    heavy = {"jinja2", "citeproc", "mdformat", "bibtexparser", "babel"}
    assert loaded(folder, "check", "brief.yaml").isdisjoint(HEAVY | heavy)


def test_markdown_needs_no_page_layout(folder: Path) -> None:
    """Text comes out on machines where PDF can't."""
    assert loaded(folder, "render", "--to", "md", "brief.yaml").isdisjoint(HEAVY)


@pytest.mark.parametrize("command", [["status", "brief.yaml"], ["schema"], ["questions"]])
def test_other_commands_are_light_too(folder: Path, command: list[str]) -> None:
    """None of them draws a screen or a page."""
    assert loaded(folder, *command).isdisjoint(HEAVY)


def test_the_wizard_is_on_the_screen_before_the_core_is_loaded() -> None:
    """Its first picture waits for nothing that reads a file: on an old laptop that is slow."""
    script = "import sys, impactbrief.tui.app; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    )
    modules = set(done.stdout.split())
    assert "textual" in modules
    assert modules.isdisjoint({"pydantic", "yaml", "impactbrief.workspace", "impactbrief.toolkit"})


def test_the_probe_sees_what_is_loaded(folder: Path) -> None:
    """What `check` needs is there; else the absences above would mean nothing."""
    assert {"pydantic", "yaml", "click"} <= loaded(folder, "check", "brief.yaml")
