"""New answer files: valid, with a place for every question; or made from an earlier brief."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from impactbrief.answers.edits import Insert, Remove
from impactbrief.answers.file import read_answers
from impactbrief.errors import OutputError
from impactbrief.toolkit.load import DEFAULT, load
from impactbrief.workspace import Workspace, new_file
from impactbrief.yamltext import read
from tests.conftest import ROOT
from tests.workspace.desk import BRIEF, CONTEXT, Desk


def leaves(value: object, path: tuple[object, ...] = ()) -> Iterator[tuple[object, ...]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from leaves(inner, (*path, index))
    else:
        yield path


def test_a_new_file_is_valid_and_asks_everything(tmp_path: Path) -> None:
    """It has no problems, holds a place for every question, and the schema lies beside it."""
    path, *_schema = new_file(tmp_path / "brief.yaml", title="It’s: a “title” # yes", language="en")
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=./impactbrief-1.schema.json\n")
    file = read_answers(path)
    assert file.problems == ()
    assert file.answers.document.title == "It’s: a “title” # yes"
    assert file.lacks == ()
    workspace = Workspace.open(path, look=True)
    toolkit = workspace.toolkit
    held = read(text).value
    assert isinstance(held, dict)
    assert list(held["assessment"]) == list(toolkit.elements)  # type: ignore[arg-type]
    for side in toolkit.sides:
        asked = [question.id for question in toolkit.side(side.id)]
        assert list(held["governance"][side.id]) == asked  # type: ignore[index,call-overload,arg-type]
    for element in toolkit.elements.values():
        assert element.name in " ".join(text.replace("#", " ").split())
    assert all(len(line) <= 100 for line in text.splitlines())
    schema = json.loads((tmp_path / "impactbrief-1.schema.json").read_text(encoding="utf-8"))
    assert "privacy" in json.dumps(schema)


def test_a_new_file_asks_for_no_more_than_an_empty_one(tmp_path: Path) -> None:
    """Its empty places count as open, not as answers."""
    path, *_schema = new_file(tmp_path / "new.yaml", title="T")
    least = tmp_path / "least.yaml"
    least.write_text("impactbrief: 1\ndocument: {title: T}\nproposal: {name: T}\n")

    def rules(path: Path) -> list[tuple[str, str]]:
        workspace = Workspace.open(path, look=True)
        return sorted((f.rule.code, f.problem.where) for f in workspace.findings())

    assert rules(path) == rules(least)


@pytest.mark.parametrize(
    ("asked", "spoken", "language"),
    [(None, "fr", "fr"), ("pt-BR", "fr", "pt-BR"), (None, "", "en")],
)
def test_a_new_file_speaks_the_language_of_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: str | None, spoken: str, language: str
) -> None:
    """Its key and its comments, where nobody names another one."""
    monkeypatch.setenv("IMPACTBRIEF_LANGUAGE", spoken)
    new_file(tmp_path / "brief.yaml", language=asked)
    answers = read_answers(tmp_path / "brief.yaml").answers
    assert answers.language == language
    question = load(DEFAULT, language).screening[0].question
    assert question[:30] in (tmp_path / "brief.yaml").read_text(encoding="utf-8")


def test_filling_a_new_file_in_and_clearing_it_keeps_its_comments(desk: Desk) -> None:
    """The explanations stay wherever somebody writes."""
    path, *_schema = new_file(desk.folder / "new.yaml", title="T")
    before = [line for line in path.read_text().splitlines() if line.lstrip().startswith("#")]
    workspace = Workspace.open(path, state=desk.state)
    for step in workspace.interview.topic("privacy").main[:3]:
        workspace.edit(workspace.interview.answer(step, "negative"))
    workspace.edit(Insert(("document", "authors"), 0, {"name": "Ada"}))
    workspace.write(CONTEXT, "One\ntwo")
    workspace.edit(Remove(CONTEXT))
    after = [line for line in workspace.text.splitlines() if line.lstrip().startswith("#")]
    assert before == after
    assert not workspace.file.problems
    workspace.close()


def test_new_never_replaces_a_file(desk: Desk) -> None:
    """Neither an answer file nor a schema."""
    (desk.folder / "impactbrief-1.schema.json").write_text("{}")
    with pytest.raises(OutputError, match="already"):
        new_file(desk.path, title="T")
    assert desk.text == BRIEF
    new_file(desk.folder / "other.yaml", title="T")
    assert (desk.folder / "impactbrief-1.schema.json").read_text() == "{}"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("i.pdf", "Choose a name such as “i.yaml”."),
        ("no-ending", "Choose a name such as “no-ending.yaml”."),
        ("d.yaml/", "This is a folder. Add a name for the file."),
        ("there.yaml", "This is a folder. Add a name for the file."),
        ("x/y/z.yaml", "There is no folder “x/y”."),
    ],
)
def test_a_name_that_is_none_for_an_answer_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, words: str
) -> None:
    """A search of folders would not find it, or it would lie nowhere: another one is asked for."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there.yaml").mkdir()
    with pytest.raises(OutputError) as caught:
        new_file(name)
    assert words in str(caught.value)
    assert [path.name for path in tmp_path.iterdir()] == ["there.yaml"]


@pytest.mark.parametrize("name", ["draft-platform-id-bill", "lets-encrypt-acme"])
def test_a_brief_as_the_base_of_another(tmp_path: Path, name: str) -> None:
    """Findings stay; people, dates, working state and private words of the old one do not."""
    example = ROOT / "examples" / f"{name}.yaml"
    source = read_answers(example)
    path, *_schema = new_file(tmp_path / "copy.yaml", title="Mine", source=source)
    copy = read_answers(path)
    assert copy.problems == ()
    answers = copy.answers
    assert (answers.document.title, answers.document.status) == ("Mine", "draft")
    assert not answers.document.authors
    assert answers.document.date is None
    assert answers.proposal.name == source.answers.proposal.name
    for id_, element in source.answers.assessment.items():
        kept = answers.assessment.get(id_)
        assert (kept.impact if kept else None) == element.impact
    assert {r["id"] for r in copy.references} == {r["id"] for r in source.references}
    private = {"notes", "ignore", "team"}
    for leaf in leaves(copy.yaml.value):
        assert not private & set(leaf)
        assert not any(str(step).startswith("x-") for step in leaf)
        assert leaf[-1] != "owner" or leaf[0] == "plan"
    head = path.read_text(encoding="utf-8").splitlines()[:3]
    assert head[1] == f"# Based on {example.name}"
    assert head[2].startswith("impactbrief: ")
