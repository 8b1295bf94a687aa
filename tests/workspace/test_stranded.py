"""Words that an answer file can't hold lie in a text file, and stay there."""

from pathlib import Path

from impactbrief.workspace.stranded import strand

NAME = "brief (text without a place).txt"


def test_they_lie_beside_the_answer_file_and_nothing_there_is_lost(tmp_path: Path) -> None:
    """Each with the answer that it was typed for, one below the other."""
    file, state = tmp_path / "brief.yaml", tmp_path / "state"
    (tmp_path / NAME).write_text("Mine.\n\n")
    first = strand(file, state, ("document", "title"), "One\nTwo — Drei\n")
    second = strand(file, state, ("parts", 0, "summary"), "Three")
    assert first.kept == second.kept == tmp_path / NAME
    assert (tmp_path / NAME).read_text(encoding="utf-8") == (
        "Mine.\n\ndocument.title\n\nOne\nTwo — Drei\n\nparts[0].summary\n\nThree\n\n"
    )


def test_they_lie_in_the_state_folder_where_none_can_be_written_beside(tmp_path: Path) -> None:
    """And where there is no such place either, that is told, with the words."""
    file, state = tmp_path / "briefs" / "brief.yaml", tmp_path / "state"
    (file.parent / NAME).mkdir(parents=True)
    lost = strand(file, state, ("document", "title"), "Words")
    assert (lost.kept, lost.words) == (None, "Words")
    state.mkdir()
    kept = strand(file, state, ("document", "title"), "Words").kept
    assert kept == state / NAME
    assert "Words" in kept.read_text(encoding="utf-8")
