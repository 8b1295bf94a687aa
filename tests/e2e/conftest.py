"""What the tests in a real terminal share."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from impactbrief.workspace import new_file
from tests.e2e.terminal import Terminal, end_server, tmux_there

Opener = Callable[..., Terminal]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without tmux there is no terminal to test in; `.ci/setup test` brings it."""
    if not tmux_there():
        for item in items:
            if Path(__file__).parent in item.path.parents:
                item.add_marker(pytest.mark.skip(reason="needs tmux"))


@pytest.fixture(scope="session", autouse=True)
def _server() -> Iterator[None]:
    yield
    if tmux_there():
        end_server()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home folder in which nothing has ever been done."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def brief(home: Path) -> Path:
    """A new brief in that home, with its title and nothing else."""
    path = home / "brief.yaml"
    new_file(path, title="A brief")
    return path


@pytest.fixture
def opened(home: Path) -> Iterator[Opener]:
    """Opens terminals with the wizard in them; closes all that are left in the end."""
    terminals: list[Terminal] = []

    def open_(
        *arguments: str | Path,
        size: tuple[int, int] = (80, 24),
        env: dict[str, str] | None = None,
        command: str = "",
    ) -> Terminal:
        terminal = Terminal(home, size=size, env=env)
        terminals.append(terminal)
        return terminal.start(*map(str, arguments), command=command)

    yield open_
    for terminal in terminals:
        terminal.close()
