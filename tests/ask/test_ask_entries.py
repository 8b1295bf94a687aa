"""Lists line by line: entries added, changed, moved and removed, sources by pasting."""

from tests.ask.room import Room


def test_entries_are_added_changed_moved_and_removed(room: Room) -> None:
    """A list is shown with numbers; each entry is asked field by field."""
    answers = room.ask(
        "go document.authors",
        "+", "Ada", "Chapter", ".", "1", "next",
        "add", "Bo", "next",
        "+", "Cy", "next",
        "2", "Bo Example", "next",
        "move 3 1",
        "-2",
        "",
    )  # fmt: skip
    assert [author.name for author in answers.document.authors] == ["Cy", "Bo Example"]
    assert "1 Ada – Chapter" in room.said


def test_an_entry_that_is_left_empty_leaves_no_trace(room: Room) -> None:
    """Adding and saying nothing adds nothing."""
    assert room.ask("go stakeholders", "+", "next", "").stakeholders == []
    assert "stakeholders" not in room.path.read_text(encoding="utf-8")


def test_sources_by_pasting(room: Room) -> None:
    """An address becomes a reference; evidence picks from what is there."""
    answers = room.ask(
        "go references", "https://example.org/notice", "rfc 2826", "nonsense", "",
        "go assessment.privacy.evidence", "+", "2", "section 1", "next", "",
    )  # fmt: skip
    assert [reference.id for reference in answers.references] == ["example-notice", "rfc2826"]
    assert "Cite it as [@rfc2826]." in room.said
    assert "neither an address" in room.said
    element = answers.assessment.get("privacy")
    assert element is not None
    assert [(e.id, e.locator) for e in element.evidence] == [("rfc2826", "section 1")]


def test_several_sources_in_one_line(room: Room) -> None:
    """Each is added, and named with its id."""
    answers = room.ask(
        "go references", '[{"id": "a", "title": "A"}, {"id": "a", "title": "B"}]', ""
    )  # fmt: skip
    assert [reference.id for reference in answers.references] == ["a", "a-2"]
    assert "Cite it as [@a]." in room.said
    assert "Cite it as [@a-2]." in room.said


def test_a_parts_id_is_suggested(room: Room) -> None:
    """Enter takes it."""
    answers = room.ask("go parts", "+", "Article 34(2)", "", "next", "")
    assert [part.id for part in answers.proposal.parts] == ["article-34-2"]
    assert "Press Enter for: article-34-2" in room.said
