"""What the tests of the workspace share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.workspace.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    for workspace in desk.open_ones:
        workspace._keeping.journal._close()
