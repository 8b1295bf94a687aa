"""What the tests of many files share."""

from collections.abc import Callable
from pathlib import Path

import pytest

from impactbrief.cli import run
from tests.batch.command import Shop


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


@pytest.fixture
def render(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    """The command in this process, which saves its start-up: its exit code and what it said."""
    monkeypatch.chdir(shop.folder)
    monkeypatch.setenv("XDG_CACHE_HOME", str(shop.folder / "cache"))

    def call(*arguments: str | Path) -> tuple[int, str]:
        code = run(["render", *map(str, arguments)])
        return code, capsys.readouterr().err

    return call
