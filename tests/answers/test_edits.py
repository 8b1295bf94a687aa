"""Edits of an answer file's text, and the way back."""

from collections import Counter
from pathlib import Path as File

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from impactbrief.answers import model as shapes
from impactbrief.answers.edits import (
    Edit,
    Insert,
    Move,
    Remove,
    Set,
    apply,
    clean,
    entered,
    key_order,
    lookup,
    model_at,
    prose,
    target,
)
from impactbrief.answers.file import parse
from impactbrief.answers.history import History, Splice, goes_on
from impactbrief.yamltext import Path, read, resolve
from impactbrief.yamltext.layout import Layout

DRAFT = (File(__file__).parents[2] / "examples" / "draft-platform-id-bill.yaml").read_text()

SMALL = """\
# head
impactbrief: 1
document:
  title: A title   # kept
x-own: {a: 1}
proposal:
  # about the name
  name: A bill
  x-mine: [1, two]
assessment:
  privacy:
    # about the rating
    impact: negative
    evidence: [one, {id: two, locator: p. 4}]
stakeholders:
  - name: First   # the first
  - name: Second
# foot
"""


def value(text: str, *path: str | int) -> object:
    return lookup(read(text).value, path)


def comments(text: str) -> Counter[str]:
    yaml = read(text)
    return Counter(Layout(yaml).comments(0, len(text), yaml.root))


# One edit -------------------------------------------------------------------------------------


def test_an_answer_is_a_diff_of_that_answer_alone() -> None:
    """Setting a value changes the lines of that value and no other."""
    after = apply(DRAFT, Set(("assessment", "integrity", "impact"), "negative"))
    before_lines, after_lines = DRAFT.splitlines(), after.splitlines()
    added = [line for line in after_lines if line not in before_lines]
    assert added == ["    impact: negative"] or after_lines.count("    impact: negative") == (
        before_lines.count("    impact: negative") + 1
    )
    assert len(after_lines) == len(before_lines) + 1


def test_a_new_key_stands_where_people_expect_it() -> None:
    """New keys go behind their usual neighbours, not to the end."""
    after = apply(DRAFT, Set(("goals", "open", "summary"), "Words."))
    keys = list(read(after).value)  # type: ignore[arg-type]
    assert keys.index("goals") == keys.index("overall") - 1
    after = apply(SMALL, Set(("assessment", "privacy", "effect_on_people"), "Words."))
    after = apply(after, Set(("assessment", "privacy", "effect_on_internet"), "Words."))
    held = value(after, "assessment", "privacy")
    assert list(held) == ["impact", "effect_on_internet", "effect_on_people", "evidence"]  # type: ignore[call-overload]


def test_elements_keep_the_order_of_the_bank() -> None:
    """Ids as keys follow the order that the caller gives."""
    order = key_order({("assessment",): ["integrity", "privacy", "reliability"]})
    after = apply(SMALL, Set(("assessment", "reliability", "impact"), "none"), order=order)
    after = apply(after, Set(("assessment", "integrity", "impact"), "none"), order=order)
    assert list(value(after, "assessment")) == ["integrity", "privacy", "reliability"]  # type: ignore[call-overload]


def test_the_order_in_writing_names_exactly_the_fields() -> None:
    """A field that is added to the model must find its place in the order."""
    for model, path in (
        (shapes.ElementAnswer, ("assessment", "x")),
        (shapes.GoalAnswer, ("overall",)),
    ):
        order = list(key_order()(path))
        assert sorted(order) == sorted(model.model_fields)
        assert order[-1] == "notes"


@pytest.mark.parametrize(
    ("path", "model"),
    [
        ((), shapes.Answers),
        (("document", "authors", 0), shapes.Person),
        (("assessment", "privacy", "evidence", 3), shapes.Evidence),
        (("assessment", "privacy", "angles"), shapes.Angles),
        (("governance", "made", "appeal"), shapes.GovernanceAnswer),
        (("overall",), shapes.GoalAnswer),
        (("document", "title"), None),
        (("stakeholders",), None),
        (("nothing", "here"), None),
    ],
)
def test_the_model_of_each_mapping_is_known(path: Path, model: type[BaseModel] | None) -> None:
    """The order of keys and what a lone value stands for come from the model."""
    assert model_at(path) is model


def test_what_was_set_and_cleared_leaves_no_trace() -> None:
    """Clearing an answer takes its parents along where they held nothing else."""
    for path in (("goals", "open", "summary"), ("plan", "issue"), ("document", "subtitle")):
        for text in (SMALL, DRAFT):
            if value(text, *path) is None:
                assert apply(apply(text, Set(path, "Words.")), Remove(path)) == text


def test_clearing_never_takes_a_comment() -> None:
    """A comment beside or inside what would go is kept, with `null` in place of the answer."""
    after = apply(SMALL, Remove(("assessment", "privacy", "impact")))
    assert "# about the rating" in after
    text = SMALL + "plan:\n  # why\n  issue: y  # z\n"
    after = apply(text, Remove(("plan", "issue")))
    assert "# why" in after
    assert "# z" in after
    assert value(after, "plan", "issue") is None


def test_what_must_be_there_stays_as_null() -> None:
    """A file without a title is no answer file, so the key stays and its gap is reported."""
    after = apply(SMALL, Remove(("document", "title")))
    assert "title: null   # kept" in after
    assert parse(after.encode()).lacks == ("document.title",)


def test_clearing_a_field_keeps_the_entry() -> None:
    """An entry of a list goes only when it is taken away itself."""
    after = apply(SMALL, Remove(("stakeholders", 1, "name")))
    assert value(after, "stakeholders") == [{"name": "First"}, {"name": None}]
    after = apply(after, Remove(("stakeholders", 1)))
    assert value(after, "stakeholders") == [{"name": "First"}]


def test_clearing_what_is_not_there_changes_nothing() -> None:
    """Neither a missing key nor an empty one is touched."""
    text = SMALL + "plan:\n  issue:\n"
    for path in (("plan", "issue"), ("plan", "risks"), ("annexes", 3), ("document", "notes", 0)):
        assert apply(text, Remove(path)) == text


def test_a_bare_value_becomes_what_it_stands_for() -> None:
    """Saying more about a bare id or name keeps the id or name."""
    after = apply(SMALL, Set(("assessment", "privacy", "evidence", 0, "shows"), "It."))
    assert value(after, "assessment", "privacy", "evidence", 0) == {"id": "one", "shows": "It."}
    text = SMALL.replace("proposal:\n  # about the name\n  name: A bill\n  x-mine: [1, two]\n",
                         "proposal: A bill\n")  # fmt: skip
    after = apply(text, Set(("proposal", "kind"), "policy"))
    assert value(after, "proposal") == {"name": "A bill", "kind": "policy"}
    people = "authors:\n    - {name: Ada, affiliation: One}\n"
    text = SMALL.replace("title: A title", people + "  title: A title")
    after = apply(text, Insert(("document", "authors", 0, "affiliation"), 1, "Two"))
    assert value(after, "document", "authors", 0, "affiliation") == ["One", "Two"]


def test_lists_grow_move_and_shrink() -> None:
    """Items keep their comments; a list that isn't there is made."""
    after = apply(SMALL, Move(("stakeholders",), 0, 1))
    assert value(after, "stakeholders") == [{"name": "Second"}, {"name": "First"}]
    assert "- name: First   # the first" in after
    after = apply(SMALL, Insert(("annexes",), 0, {"title": "A", "body": "b\nc\n"}))
    assert value(after, "annexes") == [{"title": "A", "body": "b\nc\n"}]
    with pytest.raises(IndexError):
        apply(SMALL, Insert(("stakeholders",), 5, {"name": "x"}))


# Text on its way in ---------------------------------------------------------------------------


@given(st.text(st.characters(codec=None), max_size=60))
def test_clean_text_can_be_written_and_read_back(text: str) -> None:
    """Whatever was typed or pasted: what is kept survives the file."""
    kept = clean(text)
    assert clean(kept) == kept
    assert not set(kept) & set("\r\v\f\x85\u2028\u2029\x1b\x07\x7f\x00")
    after = apply(SMALL, Set(("document", "subtitle"), kept))
    assert value(after, "document", "subtitle") == kept
    after.encode("utf-8")


def test_every_way_to_end_a_line_becomes_one() -> None:
    """CR LF, CR, VT, FF, NEL, LS and PS become LF, one each; tabs stay."""
    assert clean("a\r\nb\rc\vd\fe\x85f\u2028g\u2029h\ti") == "a\nb\nc\nd\ne\nf\ng\nh\ti"
    assert clean("a\r\n\tb\nc", lines=False) == "a b c"


def test_letters_stay_as_typed_and_so_does_the_unseen() -> None:
    """A name's own ideograph, a unit's own sign, no-break spaces and joiners that languages need
    stay; halves of characters go."""
    for typed in ("e\u0301", "\ufa19", "\u212b", "\u2126"):
        assert clean(typed) == typed
    assert clean("a\u00a0b\u202fc\u200cd\u200fe\u00ad") == "a\u00a0b\u202fc\u200cd\u200fe\u00ad"
    assert clean("\ud83dx\udc00") == "x"


def test_prose_ends_as_it_did() -> None:
    """A changed word is a diff of that word: the line end at the end stays as it was."""
    assert prose("One.\nTwo.\n\n\n") == "One.\nTwo.\n"
    assert prose("One.") == "One."
    assert prose("One.", "Was.\n") == "One.\n"
    assert prose("\n\n") == ""
    path = ("assessment", "privacy", "effect_on_people")
    old = value(DRAFT, *path)
    assert isinstance(old, str)
    after = apply(DRAFT, entered(path, old.replace("Anonymity", "Secrecy").rstrip(), old))
    assert after == DRAFT.replace("Anonymity ends", "Secrecy ends")


def test_nothing_visible_clears() -> None:
    """Blanks are no answer."""
    assert entered(("a",), " \n\t\n") == Remove(("a",))
    assert entered(("a",), "  x  ", lines=False) == Set(("a",), "x")


# There and back -------------------------------------------------------------------------------

FIELDS: list[Path] = [
    ("document", "title"), ("document", "subtitle"), ("document", "date"), ("plan", "issue"),
    ("proposal", "name"), ("proposal", "aims"), ("sections", "conclusion"),
    ("sections", "abstract"), ("assessment", "privacy", "impact"),
    ("assessment", "privacy", "effect_on_people"), ("assessment", "privacy", "angles", "consumer"),
    ("assessment", "integrity", "depends_on"), ("governance", "made", "text-public", "answer"),
    ("overall", "summary"), ("screening", "joining", "note"), ("stakeholders", 0, "interest"),
    ("assessment", "privacy", "evidence", 0, "shows"),
]  # fmt: skip
LISTS: list[Path] = [
    ("stakeholders",), ("recommendations",), ("document", "keywords"), ("annexes",),
    ("assessment", "privacy", "evidence"), ("assessment", "privacy", "parts"),
]  # fmt: skip

texts = st.one_of(
    st.text(max_size=30).map(clean),
    st.sampled_from(["", "- a\n- b\n", "a: b # c", "| x", "One.\n\nTwo.\n", "yes", "2022", "  lead",
                     "'\"", "%", "é\u00a0–", "#", "x" * 120, "long words " * 12, "\t"]),
)  # fmt: skip
items = st.one_of(texts, st.dictionaries(st.sampled_from(["name", "title", "id"]), texts))
edits = st.one_of(
    st.builds(Set, st.sampled_from(FIELDS), texts),
    st.builds(Remove, st.sampled_from(FIELDS)),
    st.builds(Insert, st.sampled_from(LISTS), st.integers(0, 2), items),
    st.builds(Move, st.sampled_from(LISTS), st.integers(0, 2), st.integers(0, 2)),
    st.builds(lambda path, index: Remove((*path, index)), st.sampled_from(LISTS),
              st.integers(0, 2)),
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.sampled_from([SMALL, SMALL.replace("\n", "\r\n"), DRAFT]), st.lists(edits, max_size=8))
def test_undo_is_the_way_back_and_redo_the_way_there(text: str, wanted: list[Edit]) -> None:
    """do, undo, redo: each step gives exactly the text that was there."""
    history = History(text, order=key_order())
    seen = [text]
    for edit in wanted:
        try:
            change = history.do(edit, at=float(10 * len(seen)))
        except (IndexError, KeyError):
            continue
        if change is not None:
            seen.append(history.text)
            assert change.splice.done(seen[-2]) == seen[-1]
            assert change.path == target(edit)
    for before in reversed(seen[:-1]):
        assert history.undo() is not None
        assert history.text == before
    assert history.undo() is None
    for after in seen[1:]:
        assert history.redo() is not None
        assert history.text == after
    assert history.redo() is None


@settings(max_examples=60, deadline=None)
@given(st.lists(edits, max_size=6))
def test_comments_and_own_keys_survive_every_edit(wanted: list[Edit]) -> None:
    """What a person keeps by hand is there after any edit that doesn't take away its entry."""
    text = SMALL
    for edit in wanted:
        if isinstance(edit, Remove) and edit.path[0] == "stakeholders" and len(edit.path) == 2:
            continue
        try:
            text = apply(text, edit)
        except (IndexError, KeyError):
            continue
    assert comments(SMALL) - comments(text) == Counter()
    assert value(text, "x-own") == {"a": "1"}
    assert resolve(value(text, "proposal", "x-mine")) == [1, "two"]  # type: ignore[arg-type]


@given(st.text(max_size=80), st.text(max_size=80))
def test_a_splice_turns_one_text_into_the_other(before: str, after: str) -> None:
    """And back; and it is as small as it can be."""
    splice = Splice.between(before, after)
    assert splice.done(before) == after
    assert splice.undone(after) == before
    if splice.old and splice.new:
        assert splice.old[0] != splice.new[0]
        assert splice.old[-1] != splice.new[-1]


def test_a_splice_refuses_another_text() -> None:
    """A change that belongs to another text is never forced upon this one."""
    with pytest.raises(ValueError, match="another text"):
        Splice(2, "abc", "x").done("abcdef")


# Typing ---------------------------------------------------------------------------------------

PLACE = ("sections", "conclusion")


def typed(history: History, *texts: str, every: float = 0.2, start: float = 0.0) -> float:
    for text in texts:
        history.do(Set(PLACE, text), at=start)
        start += every
    return start


def test_typing_that_goes_on_is_one_change() -> None:
    """Undo takes back a run of typing, not one letter."""
    history = History(SMALL)
    typed(history, "H", "He", "Hel", "Hell", "Hello")
    history.undo()
    assert history.text == SMALL
    history.redo()
    assert value(history.text, *PLACE) == "Hello"


@pytest.mark.parametrize(
    ("first", "second", "pause"),
    [
        ("One", "One two", 2.5),  # a pause
        ("One", "On", 0.1),  # taking away
        ("One", "One\nTwo", 0.1),  # a new line
        ("One", "One" + "x" * 100, 0.1),  # too much
        ("One", "Ona", 0.1),  # replacing
    ],
)
def test_typing_that_does_not_go_on_is_a_new_change(first: str, second: str, pause: float) -> None:
    """The rule of text editors: under 2 s, inserts only, one line, under 100 characters."""
    history = History(SMALL)
    typed(history, first, second, every=pause)
    history.undo()
    assert value(history.text, *PLACE) == first


def test_typing_elsewhere_is_a_new_change() -> None:
    """Changes to different answers never become one; nor does typing after an undo."""
    history = History(SMALL)
    history.do(Set(PLACE, "One"), at=0.0)
    history.do(Set(("sections", "abstract"), "Two"), at=0.1)
    history.do(Set(PLACE, "One more"), at=0.2)
    history.undo()
    assert value(history.text, *PLACE) == "One"
    assert value(history.text, "sections", "abstract") == "Two"
    history.do(Set(PLACE, "One or two"), at=0.3)
    history.undo()
    assert value(history.text, *PLACE) == "One"


def test_goes_on_needs_neighbouring_inserts() -> None:
    """Typing at the other end of a text is a change of its own."""
    assert goes_on("abc", "abcd", "abcde")
    assert not goes_on("abc", "abcd", "xabcd")
    assert goes_on("", "a", "ab")
    assert not goes_on("abc", "ab", "a")


def test_labels_tell_what_undo_and_redo_do() -> None:
    """The words of the last change and of the next one."""

    def labels() -> tuple[str | None, str | None]:
        return history.undo_label, history.redo_label

    history = History(SMALL)
    assert labels() == (None, None)
    history.do(Set(PLACE, "One"), label="Write", at=0.0)
    assert labels() == ("Write", None)
    history.undo()
    assert labels() == (None, "Write")


def test_an_edit_that_fails_changes_nothing() -> None:
    """Neither the text nor the way back."""
    history = History(SMALL)
    history.do(Set(PLACE, "One"), at=0.0)
    text = history.text
    with pytest.raises(IndexError):
        history.do(Insert(("stakeholders",), 9, {"name": "x"}), at=9.0)
    assert history.text == text
    assert history.undo_label == ""
