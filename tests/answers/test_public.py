"""The public copy of an answer file."""

import json
from pathlib import Path

import pytest

from impactbrief.answers.file import parse, read_answers
from impactbrief.answers.public import public_copy
from impactbrief.assessment import assessment_of
from impactbrief.render import DOCUMENTS, render
from impactbrief.workspace import new_file
from tests.answer_files import EXAMPLES, GOOD, MINIMAL, answers
from tests.assessment.test_in_documents import BAD, CANARY, MISPLACED, PRIVATE

EMPTY = """
goals:
  open: {summary: , parts: []}
"""
"""More places in which nothing is said."""


@pytest.mark.parametrize("path", [*EXAMPLES, *GOOD], ids=lambda path: path.stem)
@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_copy_makes_the_same_document(path: Path, document: str) -> None:
    """Whatever a document says, its copy of the answers says; and it is an answer file."""
    file = read_answers(path)
    copy = parse(public_copy(file, issue=document == "one-page").encode(), path=path)
    made = render(assessment_of(copy), document, "md").data
    assert made == render(assessment_of(file), document, "md").data


def test_empty_places_say_nothing(tmp_path: Path) -> None:
    """A new file, with a place for everything, makes the document that its copy makes, to the
    letter: a PDF of it can be verified."""
    path = tmp_path / "brief.yaml"
    new_file(path, title="A brief")
    text = path.read_text(encoding="utf-8")
    assert "\noverall:" in text
    for more in ("", EMPTY):
        file = parse((text + more).encode(), path=path)
        assert not file.problems
        copy = parse(public_copy(file).encode(), path=path)
        for document in DOCUMENTS:
            made = render(assessment_of(copy), document, "html").data
            assert made == render(assessment_of(file), document, "html").data


def test_a_value_that_does_not_fit_stays_as_it_was_typed() -> None:
    """The copy says what the document says, also where that is no choice of the format."""
    copy = answers(public_copy(answers(BAD)))
    assert len(copy.problems) == len(answers(BAD).problems) > 0
    md = [render(assessment_of(file), "brief", "md").data for file in (copy, answers(BAD))]
    assert md[0] == md[1]


@pytest.mark.parametrize("issue", [True, False])
def test_nothing_private_is_in_the_copy(issue: bool) -> None:
    """The canary sits in every private place; the issue is there only where it is printed."""
    copy = public_copy(answers(PRIVATE), issue=issue)
    assert CANARY not in copy
    assert "1987" not in copy
    assert "review" not in copy.replace("reviewers", "")
    assert ("The issue is printed." in copy) is issue
    for word in ("It slows", "Ada", "Bo", "Cy", "Article 1", "Exempt.", "Peering"):
        assert word in copy


@pytest.mark.parametrize("text", MISPLACED, ids=range(len(MISPLACED)))
def test_nothing_private_is_copied_from_a_wrong_place(text: str) -> None:
    """A mapping or a list that stands where another shape belongs may hold anything."""
    assert answers(text).problems
    assert CANARY not in public_copy(answers(text), issue=True)


def test_an_unknown_key_is_not_copied() -> None:
    """A misspelt key may be anything, also a misspelt private one."""
    text = PRIVATE.replace("    owner:", "    onwer:").replace(
        "    notes: [{text", "    ntoes: [{text"
    )
    assert answers(text).problems
    assert CANARY not in public_copy(answers(text))


def test_equal_answers_give_equal_copies() -> None:
    """Comments, quotes, order of keys and blank lines don't reach it, nor does a second copying."""
    one = "impactbrief: 1\ndocument: {title: A, status: final}\nproposal: {name: 'B'}\n"
    two = '# c\nproposal:\n  name: B\n\ndocument: {status: final, title: "A"}\nimpactbrief: 1\n'
    assert public_copy(answers(one)) == public_copy(answers(two))
    again = public_copy(answers(public_copy(answers(PRIVATE))))
    assert again == public_copy(answers(PRIVATE))


def test_only_cited_references_of_a_bibliography_are_copied(tmp_path: Path) -> None:
    """And of these what describes the work: not where its file lies, nor what its owner noted."""
    (tmp_path / "refs.json").write_text(
        json.dumps(
            [
                {"id": "cited", "title": "T", "file": "/home/canary/a.pdf", "annote": "canary"},
                {"id": "backs", "title": "T", "URL": "https://example.org/", "abstract": "canary"},
                {"id": "footnoted", "title": "T"},
                {"id": "unread", "title": "canary"},
                {"id": "planned", "title": "canary"},
            ]
        )
    )
    path = tmp_path / "brief.yaml"
    path.write_text(
        "impactbrief: 1\ndocument: {title: A}\nproposal: {name: B}\nbibliography: [refs.json]\n"
        "plan: {builds_on: [planned]}\nsections: {abstract: 'So [see @cited, p. 4].[^1]\n\n\n"
        "    [^1]: By @nobody [@footnoted].'}\n"
        "assessment: {privacy: {evidence: [backs]}}\n"
    )
    copy = public_copy(read_answers(path))
    assert "canary" not in copy
    assert "refs.json" not in copy
    found = {item["id"] for item in answers(copy).references}
    assert found == {"cited", "backs", "footnoted"}
    assert "https://example.org/" in copy


def test_a_question_banks_folder_keeps_its_way_to_itself(tmp_path: Path) -> None:
    """An absolute path would tell the user's name."""
    text = (
        f"impactbrief: 1\ntoolkit: {tmp_path}/bank\ndocument: {{title: A}}\nproposal: {{name: B}}\n"
    )
    for name, wanted in (("brief.yaml", "./bank"), ("sub/brief.yaml", "./bank")):
        copy = public_copy(parse(text.encode(), path=tmp_path / name))
        assert f"toolkit: {wanted}\n" in copy


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [("./a/bank", "./a/bank"), ("../bank", "./bank"), ("../../home/..", "./question-bank")],
)
def test_a_question_bank_elsewhere_comes_to_lie_beside_the_answers(typed: str, wanted: str) -> None:
    """A PDF carries it too, and `extract` puts nothing outside the folder."""
    text = f"impactbrief: 1\ntoolkit: {typed}\ndocument: {{title: A}}\nproposal: {{name: B}}\n"
    assert f"toolkit: {wanted}\n" in public_copy(parse(text.encode()))


def test_an_address_in_a_reference_stays_at_home(tmp_path: Path) -> None:
    """At any depth, of the file's own references and of a bibliography's."""
    author = '[{"family": "B", "email": "canary", "owner": "canary"}]'
    (tmp_path / "refs.json").write_text(f'[{{"id": "b", "title": "T", "author": {author}}}]')
    text = (
        MINIMAL + "bibliography: [refs.json]\nsections: {context: 'See [@a; @b].'}\n"
        "references: [{id: a, title: A, author: [{family: B, email: canary}]}]\n"
    )
    copy = public_copy(parse(text.encode(), path=tmp_path / "brief.yaml"))
    assert "canary" not in copy
    assert copy.count("family: B") == 2
