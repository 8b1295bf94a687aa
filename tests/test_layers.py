"""The architecture, held by its imports: who may import whom, and one door for each library."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "impactbrief"

LAYERS: list[set[str]] = [
    {"errors", "i18n", "bounded", "yamltext", "prose"},
    {"shape"},
    {"toolkit", "answers"},
    {"assessment"},
    {"brief"},
    {"render", "machine"},
    {"batch", "portfolio", "workspace", "interview"},
    {"console"},
    {"cli", "ask", "tui"},
    {"__main__"},
]
"""From the ground up. A module may import what lies below it, and what `BESIDE` allows."""

BESIDE = {
    ("yamltext", "errors"), ("prose", "errors"), ("prose", "i18n"), ("errors", "i18n"),
    ("yamltext", "i18n"), ("workspace", "interview"), ("machine", "render"),
    ("workspace", "batch"), ("portfolio", "batch"),
}  # fmt: skip
"""Neighbours that may be imported, and only in this direction."""

LAZY = {("cli", "tui"), ("cli", "ask")}
"""Front ends never import each other, but for the function of the command line that opens one."""

DOORS = {
    "yaml": {"yamltext"},
    "jinja2": {"render"},
    "markupsafe": {"render"},
    "markdown_it": {"prose"},
    "mdit_py_plugins": {"prose"},
    "mdformat": {"prose", "render"},
    "weasyprint": {"render"},
    "pikepdf": {"render"},
    "pydyf": {"render"},
    "fontTools": {"render"},
    "docx": {"render"},
    "citeproc": {"brief"},
    "bibtexparser": {"answers"},
    "textual": {"tui"},
    "rich": {"tui"},
    "click": {"cli"},
}
"""Each library, and the only part of the program that knows it."""

Import = tuple[str, str, bool]
"""Who imports what, and whether only inside a function."""


def imports(package: Path) -> Iterator[tuple[Path, int, str, bool]]:
    """Every import in a package's code: file, line, full name, and whether it is inside a function.

    What is imported for type checking alone counts as well: a name is knowledge.
    """
    for path in sorted(package.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        lazy = {
            id(inner)
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            for inner in ast.walk(node)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    yield path, node.lineno, alias.name, id(node) in lazy
            elif isinstance(node, ast.ImportFrom):
                module = node.module or ""
                if node.level:
                    here = [package.name, *path.relative_to(package).parent.parts]
                    module = ".".join([*here[: len(here) - node.level + 1], module]).strip(".")
                for alias in node.names:
                    yield path, node.lineno, f"{module}.{alias.name}", id(node) in lazy


def part(name: str) -> str:
    """The part of the program that a full name or path belongs to."""
    return name.split(".")[1] if "." in name else ""


def wrong(package: Path) -> list[str]:
    """Every import that the architecture forbids."""
    level = {name: index for index, layer in enumerate(LAYERS) for name in layer}
    found = []
    for path, line, name, lazy in imports(package):
        relative = path.relative_to(package)
        here = relative.parts[0].removesuffix(".py")
        if here == "__init__":
            continue
        top = name.split(".")[0]
        where = f"{relative}:{line}"
        if here not in level:
            found.append(f"{where}: “{here}” is in no layer")
        elif top == "impactbrief":
            target = part(name)
            if target in ("", here, "__version__"):
                continue
            if target not in level:
                found.append(f"{where}: “{target}” is in no layer")
            elif (lazy and (here, target) in LAZY) or (here, target) in BESIDE:
                continue
            elif level[target] >= level[here]:
                found.append(f"{where}: “{here}” may not import “{target}”")
        elif top in DOORS and here not in DOORS[top]:
            found.append(f"{where}: “{top}” belongs to {sorted(DOORS[top])}")
    return found


def test_imports_go_downwards_only() -> None:
    """A lower layer knows nothing of a higher one, and a library has one door."""
    assert wrong(PACKAGE) == []


def test_printing_has_one_door() -> None:
    """Whoever speaks to a terminal does it through the console, or is a front end of its own."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        here = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = node.func if isinstance(node, ast.Call) else None
            if isinstance(called, ast.Name) and called.id == "print" and here != "console":
                found.append(f"{path}:{node.lineno}")  # type: ignore[attr-defined]
    assert found == []


def test_no_module_is_too_long_to_read() -> None:
    """About five hundred lines: more is two things in one file."""
    long = {
        str(path.relative_to(PACKAGE)): lines
        for path in PACKAGE.rglob("*.py")
        if (lines := path.read_text(encoding="utf-8").count("\n")) > 600
    }
    assert long == {}


@pytest.mark.parametrize(
    ("path", "text", "message"),
    [
        ("toolkit/a.py", "from impactbrief.assessment import findings", "may not import"),
        ("toolkit/a.py", "import impactbrief.answers.model", "may not import"),
        ("yamltext/a.py", "from ..shape import Unfit", "may not import"),
        ("assessment/a.py", "def f():\n    import impactbrief.render", "may not import"),
        ("tui/a.py", "from impactbrief.cli import run", "may not import"),
        ("cli/a.py", "from impactbrief.tui import run_wizard", "may not import"),
        ("answers/a.py", "import yaml", "belongs to"),
        ("brief/a.py", "from jinja2 import Template", "belongs to"),
        ("new_thing/a.py", "import os", "in no layer"),
        ("cli/a.py", "from impactbrief import new_thing", "in no layer"),
    ],
)
def test_the_walk_sees_what_it_should(tmp_path: Path, path: str, text: str, message: str) -> None:
    """Imports of every form are found, also inside functions."""
    file = tmp_path / "impactbrief" / path
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    [found] = wrong(tmp_path / "impactbrief")
    assert message in found


def test_a_front_end_may_be_opened_by_the_command_line(tmp_path: Path) -> None:
    """Inside the function that opens it, so that no other command pays for it."""
    file = tmp_path / "impactbrief" / "cli" / "a.py"
    file.parent.mkdir(parents=True)
    file.write_text("def f():\n    from impactbrief.tui import run_wizard\n", encoding="utf-8")
    assert wrong(tmp_path / "impactbrief") == []
