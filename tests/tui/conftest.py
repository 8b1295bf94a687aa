"""Runs asynchronous tests, each in an event loop of its own, in folders of its own."""

import asyncio
import inspect
from pathlib import Path

import pytest

from tests.answer_files import MINIMAL


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    names = pyfuncitem._fixtureinfo.argnames
    asyncio.run(pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in names}))
    return True


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder with nothing in it, where the test also is."""
    folder = tmp_path / "home"
    (folder / "Documents").mkdir(parents=True)
    for variable, place in (
        ("HOME", folder),
        ("XDG_STATE_HOME", folder / "state"),
        ("XDG_CONFIG_HOME", folder / "config"),
        ("XDG_CACHE_HOME", folder / "cache"),
        ("XDG_DOCUMENTS_DIR", folder / "Documents"),
    ):
        monkeypatch.setenv(variable, str(place))
    for variable in ("NO_COLOR", "IMPACTBRIEF_PLAIN", "IMPACTBRIEF_LANGUAGE", "LANGUAGE"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def file(home: Path) -> Path:
    """A brief that has a title and the name of a proposal, and no answer yet."""
    path = home / "brief.yaml"
    path.write_text(MINIMAL)
    return path
