"""What all tests share."""

import os
import signal
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))

# The interface speaks English in the tests, whatever the developer's machine speaks. Said before
# anything is imported, since some words are looked up as their module is loaded.
for variable in ("IMPACTBRIEF_LANGUAGE", "LANGUAGE", "LC_ALL", "LC_MESSAGES"):
    os.environ.pop(variable, None)
os.environ["LANG"] = "C.UTF-8"

# A shell that starts the tests in the background lets them, and all programs that they start,
# ignore Ctrl-C.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:  # noqa: ARG001
    """More workers than cores: much of the time, a test waits for a terminal or for a pause."""
    return max(2, (os.cpu_count() or 1) * 3 // 2)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the golden files anew, to be read as a diff, instead of comparing with them",
    )
