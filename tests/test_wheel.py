"""The wheel that users install."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.skipif(
    not (ROOT / "pyproject.toml").is_file(), reason="there is nothing to build from"
)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds what a wheel built from here would install."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def run(
    installed: Path, where: Path, *arguments: str, language: str = "en"
) -> "subprocess.CompletedProcess[str]":
    """The installed impactbrief, far from the checkout and without a network."""
    start = (
        "import socket, sys\n"
        "def no(*_args, **_options): raise AssertionError('the network was asked')\n"
        "socket.socket.connect = socket.getaddrinfo = no\n"
        "import impactbrief\n"
        "from pathlib import Path\n"
        f"assert Path(impactbrief.__file__).is_relative_to({str(installed)!r})\n"
        "from impactbrief.__main__ import main\n"
        "sys.exit(main())"
    )
    return subprocess.run(
        [sys.executable, "-P", "-c", start, *arguments],
        cwd=where,
        env=os.environ | {"PYTHONPATH": str(installed), "IMPACTBRIEF_LANGUAGE": language},
        capture_output=True,
        text=True,
    )


def test_it_carries_everything_that_is_not_code(installed: Path) -> None:
    """Templates, examples, the question bank, compiled catalogues, the mark of a typed package,
    the licence."""
    package = installed / "impactbrief"
    for folder in ("templates", "examples"):
        ours = {path.relative_to(ROOT) for path in (ROOT / folder).rglob("*") if path.is_file()}
        there = {path.relative_to(package) for path in (package / folder).rglob("*")}
        assert ours
        assert ours <= there
    assert (package / "toolkit/iiat/words/en.yaml").is_file()
    for source in (ROOT / "impactbrief").rglob("*.po"):
        installed_source = package / source.relative_to(ROOT / "impactbrief")
        assert installed_source.with_suffix(".mo").is_file()
        assert not installed_source.exists()
    assert (package / "py.typed").is_file()
    assert list(installed.glob("*.dist-info/licenses/LICENSE"))


def test_it_renders_an_example_in_every_format(installed: Path, tmp_path: Path) -> None:
    """Templates are found inside the package, and nothing is fetched."""
    example = installed / "impactbrief/examples/korea-interconnection.yaml"
    done = run(installed, tmp_path, "render", str(example), "--output", "out")
    assert done.returncode == 0, done.stderr
    made = {path.name for path in (tmp_path / "out").rglob("*") if path.is_file()}
    assert made == {f"korea-interconnection.{ending}" for ending in ("md", "html", "pdf")}


def test_it_starts_a_new_answer_file_that_reads_back(installed: Path, tmp_path: Path) -> None:
    """The first thing a new user does."""
    assert run(installed, tmp_path, "new", "brief.yaml").returncode == 0
    checked = run(installed, tmp_path, "check", "brief.yaml")
    assert checked.returncode in (0, 1), checked.stderr
    assert "Traceback" not in checked.stderr


def test_it_speaks_french(installed: Path, tmp_path: Path) -> None:
    """From the compiled catalogue alone."""
    said = run(installed, tmp_path, "check", "nowhere.yaml", language="fr")
    assert "Ce fichier n’existe pas." in said.stderr + said.stdout
