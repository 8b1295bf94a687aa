"""The journal as a file: private, replayed as far as it is whole, set aside where it is none."""

import os

import pytest

from impactbrief.answers.edits import Insert, Set
from impactbrief.workspace import journal as journals
from impactbrief.workspace import sitting
from tests.workspace.desk import CONCLUSION, Desk, in_child


def test_words_in_the_state_folder_are_private(desk: Desk) -> None:
    """Only the user may read a journal."""
    workspace = desk.open()
    workspace.edit(Set(CONCLUSION, "One."))
    assert desk.state.stat().st_mode & 0o077 == 0
    assert desk.journals[0].stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "damage", [b'{"at": "2026-11-21T14', b"\0" * 700, b"\xff\xfe\n{}\n", b"[]\n"]
)
def test_a_torn_end_costs_only_itself(desk: Desk, damage: bytes) -> None:
    """A power cut may leave half a line, zeros or rubbish: all that came before counts."""
    first = desk.open()
    first.edit(Set(CONCLUSION, "One."))
    first.edit(Set(("sections", "abstract"), "Two."))
    desk.crash(first)
    journal = desk.journals[0]
    journal.write_bytes(journal.read_bytes() + damage)
    second = desk.open()
    assert second.recovery is not None
    assert second.recovery.replay.torn
    second.restore()
    assert second.text == first.text


def test_every_cut_of_a_journal_gives_a_beginning_of_the_sitting(desk: Desk) -> None:
    """Wherever the journal ends, what is offered is the text after some change, never a mixture."""
    workspace = desk.open()
    states = [workspace.text]
    for text in ("One.", "One. Two\nlines.", "Ö – “three”"):
        workspace.edit(Set(CONCLUSION, text))
        states.append(workspace.text)
    workspace.undo()
    states.append(workspace.text)
    journal = desk.journals[0]
    data = journal.read_bytes()
    cut = desk.state / "cut.jsonl"
    for length in range(0, len(data), 7):
        cut.write_bytes(data[:length])
        told = journals.replay(cut)
        assert told is None or told.text in states
    assert journals.replay(journal).text == states[-1]  # type: ignore[union-attr]


def test_a_line_that_is_missing_ends_what_counts(desk: Desk) -> None:
    """Changes after a gap could land in the wrong place, so they are left out."""
    workspace = desk.open()
    states = []
    for number in range(4):
        workspace.edit(Insert(("document", "keywords"), 0, f"word {number}"))
        states.append(workspace.text)
    lines = desk.journals[0].read_bytes().splitlines(keepends=True)
    del lines[2]
    cut = desk.state / "cut.jsonl"
    cut.write_bytes(b"".join(lines))
    told = journals.replay(cut)
    assert told is not None
    assert (told.text, told.torn) == (states[0], True)


@pytest.mark.parametrize("content", [b"", b"\0\0\0", b"{}", b"[" * 100_000, b'{"journal": 99}\n'])
def test_a_journal_that_is_none_is_set_aside(desk: Desk, content: bytes) -> None:
    """It doesn't stop anybody, is never deleted unless empty, and is named."""
    desk.open().close()
    desk.state.mkdir(exist_ok=True)
    path = desk.state / f"{journals.key_of(desk.path)}.20200101T000000-1.jsonl"
    path.write_bytes(content)
    workspace = desk.open()
    assert workspace.recovery is None
    assert len(workspace.set_aside) == bool(content)
    assert [kept.read_bytes() for kept in workspace.set_aside] == [content] * bool(content)


def test_a_journal_that_brings_the_program_down_is_not_read_for_ever(desk: Desk) -> None:
    """It is renamed before it is read: after two crashes it is left alone, and named."""
    first = desk.open()
    first.edit(Set(CONCLUSION, "One."))
    desk.crash(first)

    def dies() -> None:
        sitting.journals.replay = lambda _path: os._exit(7)  # type: ignore[attr-defined]
        desk.open()

    assert in_child(dies) == 7
    assert in_child(dies) == 7
    workspace = desk.open()
    assert workspace.recovery is None
    assert len(workspace.set_aside) == 1
    assert "One." in workspace.set_aside[0].read_text(encoding="utf-8")
