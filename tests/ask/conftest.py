"""What the tests of the questions line by line share."""

from pathlib import Path

import pytest

from tests.ask.room import BRIEF, Room


@pytest.fixture
def room(tmp_path: Path) -> Room:
    room = Room(tmp_path)
    room.path.write_text(BRIEF, encoding="utf-8")
    return room
