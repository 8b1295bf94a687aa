"""Ways through the wizard that many of these tests take, and what the file says afterwards."""

from pathlib import Path

from impactbrief.answers.edits import lookup
from impactbrief.workspace import Workspace
from impactbrief.yamltext import read, resolve
from tests.e2e.terminal import CTRL, ENTER, Silent, Terminal, until

READY = "Next:"
"""On the screen as soon as the wizard takes keys for a brief."""
ACCESSIBLE = "accessible-infrastructure"


def value(file: Path, *path: str | int) -> object:
    """An answer as the file has it; None if it isn't there."""
    found = lookup(read(file.read_text(encoding="utf-8")).value, path)
    return found if found is None else resolve(found)


def on(file: Path, *path: str | int) -> object:
    """The same, without the line end that a block of prose ends with."""
    found = value(file, *path)
    return found.rstrip("\n") if isinstance(found, str) else found


def in_file(file: Path, wanted: object, *path: str | int) -> None:
    """Waits until autosave has brought an answer into the file."""
    try:
        until(lambda: on(file, *path) == wanted, f"{wanted!r} at {path}")
    except Silent as error:
        raise Silent(f"{error}; it is {on(file, *path)!r}") from None


def how(terminal: Terminal) -> None:
    """From anywhere in the brief to the first long text of the first property."""
    terminal.send(CTRL["o"], "accessible", ENTER, CTRL["n"])
    terminal.wait(
        lambda screen: "[2 How" in screen or "[2 of 5: How" in screen, "the page of the text"
    )


def recovered(file: Path, state: Path) -> tuple[Workspace, bool]:
    """A sitting as the next start would open it, with what was offered already restored."""
    workspace = Workspace.open(file, state=state)
    offered = workspace.recovery is not None
    while workspace.recovery is not None:
        workspace.restore()
    return workspace, offered


def names(folder: Path) -> list[str]:
    """The names of all files in a folder, hidden ones too."""
    return sorted(path.name for path in folder.iterdir() if path.is_file())
