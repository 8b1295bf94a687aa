"""What is remembered outside of the file: the files somebody worked on, and where they were."""

from impactbrief.workspace import Recent, Workspace, forget, recent
from impactbrief.workspace.recent import remember
from tests.workspace.desk import BRIEF, Desk


def test_files_that_were_worked_on_are_remembered(desk: Desk) -> None:
    """The latest first, with how far they are; a file that is gone is marked, not dropped."""
    desk.open().close()
    other = desk.folder / "other.yaml"
    other.write_text(BRIEF.replace("A title", "Other"), encoding="utf-8")
    Workspace.open(other, state=desk.state, now=desk.clock.wall).close()
    listed = recent(desk.state)
    assert [entry.title for entry in listed] == ["Other", "A title"]
    assert (listed[0].done, listed[0].total) == (0, 30)
    assert listed[0].when == desk.clock.wall()
    other.unlink()
    assert [entry.there for entry in recent(desk.state)] == [False, True]
    forget(listed[0].path, desk.state)
    assert [entry.title for entry in recent(desk.state)] == ["A title"]


def test_where_somebody_was_is_remembered_outside_the_file(desk: Desk) -> None:
    """The next sitting over the same file knows it; another file, or the answers, know nothing."""
    workspace = desk.open()
    assert workspace.place == ""
    workspace.place = "assessment.privacy.effect_on_people"
    workspace.close()
    other = desk.folder / "other.yaml"
    other.write_text(BRIEF, encoding="utf-8")

    assert desk.open().place == "assessment.privacy.effect_on_people"
    assert Workspace.open(other, state=desk.state, now=desk.clock.wall).place == ""
    assert "place" not in desk.path.read_text(encoding="utf-8")


def test_a_damaged_list_is_an_empty_one(desk: Desk) -> None:
    """And it mends itself with the next file."""
    desk.state.mkdir()
    for content in (b"", b"\xff", b'{"a": 1}', b'[1, {"path": "x"}]', b"[" * 100_000):
        (desk.state / "recent.json").write_bytes(content)
        assert recent(desk.state) == []
    for number in range(30):
        remember(Recent(f"/{number}", "T", 0, 1, ""), desk.state)
    assert len(recent(desk.state)) == 20
