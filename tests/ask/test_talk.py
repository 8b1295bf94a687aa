"""Plain lines on any stream: no control characters, no letter that it can't show, pipes."""

import io
import os
import re
import subprocess
import sys
from pathlib import Path

from impactbrief.ask import ask
from tests.ask.room import ASK, BRIEF, Room
from tests.conftest import ROOT


def test_nothing_but_plain_lines(room: Room) -> None:
    """No cursor control, no colour, no long lines, nothing outside the stream."""
    room.ask(*["?", ""] * 30, "list", "quit")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", room.said)
    lines = [line for line in room.said.splitlines() if str(room.path.parent) not in line]
    assert max(len(line) for line in lines) <= 80  # but for a path, which can't be broken


def test_a_terminal_without_utf_8(room: Room) -> None:
    """Marks become ASCII instead of an error."""
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="ascii")
    assert ask(room.path, io.StringIO("go privacy\n?\nlist\nquit\n"), out, state=room.state) == 0
    out.flush()
    assert b'choose "It depends". "No impact" is a result too.' in raw.getvalue()
    assert b"a court's decision?" in raw.getvalue()


def test_words_of_another_language_without_their_accents(room: Room) -> None:
    """They are taken as they can be typed, and said as a plain terminal can print them."""
    room.path.write_text(BRIEF.replace("document:", "language: es\ndocument:"))
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="ascii")
    typed = io.StringIO("go privacy\nNo esta claro\nquit\n")
    assert ask(room.path, typed, out, state=room.state) == 0
    out.flush()
    assert b"No esta claro" in raw.getvalue()
    element = room.answers.assessment.get("privacy")
    assert element is not None
    assert element.impact == "unclear"


def test_a_line_that_is_not_text_is_asked_again(room: Room) -> None:
    """Bytes that are no UTF-8 end nothing, and no line behind them is lost."""
    raw = io.BytesIO(b"go document.subtitle\n\xff\xfe\nFine\nquit\n")
    typed = io.TextIOWrapper(raw, encoding="utf-8", errors="surrogateescape")
    out = io.StringIO()
    assert ask(room.path, typed, out, state=room.state) == 0
    assert "not text in UTF-8" in out.getvalue()
    assert room.answers.document.subtitle == "Fine"


def test_in_a_pipe(room: Room, tmp_path: Path) -> None:
    """A real process, real bytes, French and Arabic letters."""
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", ASK, str(room.path)],
        input="go document.subtitle\r\nL’Internet « ouvert » العربية\r\n".encode(),
        capture_output=True, check=False, cwd=ROOT, timeout=60,
        env=os.environ | {"XDG_STATE_HOME": str(tmp_path / "xdg")},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    assert room.answers.document.subtitle == "L’Internet « ouvert » العربية"
