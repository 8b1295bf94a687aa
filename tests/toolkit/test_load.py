"""Question banks: the one that ships is complete, and one's own is checked before it is used."""

import os
import re
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from impactbrief.answers import model as answers
from impactbrief.assessment import findings, open_assessment
from impactbrief.brief.build import DOCUMENTS, build
from impactbrief.errors import ToolkitError
from impactbrief.toolkit.load import DEFAULT, SHIPPED, load, shipped
from impactbrief.yamltext import insert_item, remove, set_value
from tests.answer_files import MINIMAL, ROOT

TOOLKIT = load()


def cells(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


# -- the bank that ships -----------------------------------------------------------------------


def test_the_toolkit_has_its_fifteen_elements() -> None:
    """Five critical properties and ten enablers of four goals, under their exact ids."""
    assert [group.id for group in TOOLKIT.groups] == [
        "critical-properties", "open", "globally-connected", "secure", "trustworthy",
    ]  # fmt: skip
    assert [len(group.elements) for group in TOOLKIT.groups] == [5, 3, 2, 2, 3]
    assert len(TOOLKIT.elements) == 15
    assert [goal.id for goal in TOOLKIT.goals] == [group.id for group in TOOLKIT.groups[1:]]


def test_every_element_says_enough_to_be_answered() -> None:
    """A short name that fits a column, five questions, and an example that could be an answer."""
    for element in TOOLKIT.elements.values():
        assert cells(element.short) <= 22
        assert len(element.questions) >= 5
        assert all("?" in question for question in element.questions)
        assert element.example.impact in answers.IMPACTS
        for text in (element.meaning, element.benefit, element.summary,
                     element.example.effect_on_internet, element.example.effect_on_people,
                     element.strongly_negative, element.strongly_positive):  # fmt: skip
            assert len(text) > 20


def test_screening_touches_everything() -> None:
    """Its questions, two-sided, point between them at all properties and at all goals."""
    assert len(TOOLKIT.screening) >= 12
    touched = {id_ for question in TOOLKIT.screening for id_ in question.points_to}
    for group in TOOLKIT.groups:
        if group.kind == "critical-property":
            assert set(group.elements) <= touched
        else:
            assert not touched.isdisjoint(group.elements)
    for question in TOOLKIT.screening:
        assert {"easier", "harder", "no-change"} <= set(question.answers)


def test_governance_has_two_sides_with_sources() -> None:
    """At least twelve questions a side, each under an attribute and with a source."""
    for side in TOOLKIT.sides:
        questions = TOOLKIT.side(side.id)
        assert len(questions) >= 12
        assert {question.attribute for question in questions} == {
            attribute.id for attribute in TOOLKIT.attributes
        }
        assert all(question.sources for question in questions)
    assert len(TOOLKIT.attributes) == 4
    assert len(TOOLKIT.sources) >= 5


def test_ratings_are_told_apart_without_colour() -> None:
    """Eleven ratings; no two share a glyph, a plain mark or a name."""
    ratings = TOOLKIT.ratings.values()
    assert tuple(TOOLKIT.ratings) == answers.IMPACTS
    for marks in (
        [r.glyph for r in ratings],
        [r.ascii for r in ratings],
        [r.name for r in ratings],
    ):
        assert len(set(marks)) == 11
    assert all(rating.ascii.isascii() for rating in ratings)


def test_the_bank_and_the_answer_file_use_the_same_words() -> None:
    """A choice of the format without a word in the bank would be printed as its id."""
    words = TOOLKIT.words.choices
    assert tuple(TOOLKIT.confidence) == answers.LEVELS
    assert tuple(TOOLKIT.governance_answers) == answers.GOVERNANCE_ANSWERS
    assert set(TOOLKIT.screening_answers) == set(answers.SCREENING_ANSWERS)
    assert [question.id for question in TOOLKIT.planning] == [
        name for name in answers.Plan.model_fields if name != "notes"
    ]
    known = [set(names) for names in words.values()]
    for choices in (answers.DOCUMENT_STATUSES, answers.PROPOSAL_KINDS, answers.PROPOSAL_STATUSES,
                    answers.PART_KINDS, answers.STAKEHOLDER_GROUPS, answers.INVOLVEMENT,
                    answers.ACTIONS):  # fmt: skip
        assert set(choices) in known, choices


def test_the_glossary_and_the_credit_are_there() -> None:
    """Thirty terms at least; whose method it is, and what this program is not."""
    assert len(TOOLKIT.glossary) >= 30
    assert "Internet Society" in TOOLKIT.credit.credit
    assert "not" in TOOLKIT.credit.disclaimer
    assert TOOLKIT.credit.url.startswith("https://www.internetsociety.org/")


def test_every_section_has_a_heading() -> None:
    """So that a user can replace it by its id."""
    assert set(TOOLKIT.sections) <= set(TOOLKIT.words.sections)


# -- languages ---------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "EN", "en-GB", "en-Latn-GB", "fr", "fr-CA"])
def test_the_nearest_words_are_taken(language: str) -> None:
    """A region or a script of a known language is that language."""
    assert load(DEFAULT, language).speaks_wanted_language


@pytest.mark.parametrize("language", ["tlh", "", "..", "../../x", "e", "en/../../x"])
def test_a_language_without_words_falls_back_and_says_so(language: str) -> None:
    """To the bank's first language, whatever stands where a language should."""
    toolkit = load(DEFAULT, language)
    assert toolkit.language == "en"
    assert not toolkit.speaks_wanted_language


# -- a bank of one's own -----------------------------------------------------------------------


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A copy of the bank that ships, as somebody would begin their own."""
    folder = tmp_path / "my-bank"
    shutil.copytree(SHIPPED / DEFAULT, folder)
    return folder


def edit(path: Path, change: Callable[[str], str]) -> None:
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


def refused(folder: Path) -> str:
    with pytest.raises(ToolkitError) as caught:
        load("./my-bank", base=folder.parent)
    assert all(problem.hint for problem in caught.value.problems)
    return str(caught.value)


def test_a_copy_of_the_bank_is_a_bank(own: Path) -> None:
    """Named by its folder, from the answer file's."""
    for name in ("./my-bank", "my-bank/", str(own)):
        assert load(name, base=own.parent).elements == TOOLKIT.elements


def test_a_changed_word_is_seen_at_once(own: Path) -> None:
    """Whoever writes a bank looks at the result again and again."""
    load("./my-bank", base=own.parent)
    path = own / "words" / "en.yaml"
    edit(path, lambda text: set_value(text, ("elements", "privacy", "name"), "Being left alone"))
    os.utime(path, ns=(1, 1))
    assert load("./my-bank", base=own.parent).elements["privacy"].name == "Being left alone"


def test_words_of_the_documents_may_be_left_out(own: Path) -> None:
    """A bank asks other questions; it needn't say again what “Abstract” is called."""
    path = own / "words" / "en.yaml"
    for key in ("labels", "sentences", "sections", "choices", "documents", "guidance"):
        edit(path, lambda text, key=key: remove(text, (key,)))  # type: ignore[misc]
    assert load("./my-bank", base=own.parent).words == TOOLKIT.words


BREAKS: dict[str, tuple[str, Callable[[str], str], str]] = {
    "a misspelt key": ("bank.yaml", lambda t: t.replace("lenses:", "lences:", 1),
                       r"bank\.yaml:\d+:1: “lences” is not a key.*\n.*`lenses`"),
    "an element without a group": ("bank.yaml", lambda t: remove(t, ("groups", 0, "elements", 0)),
                                   r"bank\.yaml:\d+:3: “accessible-infrastructure” should stand"),
    "a lens that is none": (
        "bank.yaml", lambda t: set_value(t, ("elements", "privacy", "lenses"), ["opennes"]),
        r"“opennes” names nothing in this bank\.\n.*`openness`"),
    "an attribute that is none": (
        "bank.yaml", lambda t: set_value(t, ("governance", "made", 0, "attribute"), "kindness"),
        r"“kindness” names nothing"),
    "a question without words": (
        "bank.yaml", lambda t: insert_item(t, ("governance", "made"), 0, {
            "id": "new-question", "attribute": "collective-responsibility", "sources": []}),
        r"en\.yaml:\d+:\d+: “governance\.questions\.made\.new-question” has no words"),
    "words without a question": (
        "words/en.yaml", lambda t: set_value(t, ("angles", "neighbour"), {"name": "Neighbour"}),
        r"en\.yaml:\d+:\d+: “neighbour” is not in the bank"),
    "a rating of one's own": (
        "bank.yaml", lambda t: set_value(t, ("ratings", 0, "id"), "catastrophic"),
        r"“catastrophic” can't stand here"),
    "no rating for what was left out": (
        "bank.yaml",
        lambda t: remove(t, ("ratings", 10)),
        r"bank\.yaml:\d+:1: The rating “not-assessed” is missing",
    ),
    "a planning question of one's own": (
        "bank.yaml", lambda t: insert_item(t, ("planning",), 0, "budget"),
        r"“budget” can't stand here"),
    "a placeholder that is none": (
        "words/en.yaml", lambda t: set_value(t, ("sentences", "dated_event"), "{evnt} on {date}"),
        r"braces in “dated_event”[^\n]*\n  Only these may stand here: \{date\}, \{event\}"),
    "a placeholder that reaches for more": (
        "words/en.yaml", lambda t: set_value(t, ("labels", "overall"), "{a.__class__}"),
        r"braces in “overall”[^\n]*\n  Write it without braces"),
    "a lone brace": ("words/en.yaml", lambda t: set_value(t, ("labels", "overall"), "a { b"),
                     r"braces in “overall”"),
    "broken YAML": ("words/en.yaml", lambda t: t + "a: b: c\n", r"en\.yaml:\d+:5: A colon"),
    "a newer bank": ("bank.yaml", lambda t: t.replace("bank: 1", "bank: 2\nnew: 1", 1),
                     r"needs a newer impactbrief"),
    "a missing text": (
        "words/en.yaml", lambda t: remove(t, ("elements", "privacy", "benefit")),
        r"`elements\.privacy\.benefit` is missing"),
}  # fmt: skip


@pytest.mark.parametrize("name", BREAKS)
def test_a_broken_bank_is_refused_with_its_line(own: Path, name: str) -> None:
    """Before anything is asked with it, and with what to do."""
    file, change, message = BREAKS[name]
    edit(own / file, change)
    assert re.search(message, refused(own))


def test_all_problems_of_a_bank_come_at_once(own: Path) -> None:
    """Whoever writes one mends them in one go."""
    edit(own / "bank.yaml", lambda text: remove(text, ("groups", 0, "elements", 0)))
    edit(own / "words" / "en.yaml", lambda text: set_value(text, ("labels", "overall"), "{x}"))
    edit(own / "words" / "en.yaml", lambda text: remove(text, ("angles", "consumer")))
    assert len(re.findall(r"^/", refused(own), re.MULTILINE)) == 3


def test_files_that_are_none(own: Path) -> None:
    """A pipe, a link out of the folder, a file of other bytes, too large a file, nothing at all."""
    path = own / "bank.yaml"
    original = path.read_bytes()
    outside = own.parent / "outside.yaml"
    outside.write_bytes(original)
    for replace in (
        lambda: os.mkfifo(path),
        lambda: path.symlink_to(outside),
        lambda: path.write_bytes(b"\xff\xfe"),
        lambda: path.write_bytes(original + b"#" * 2_000_001),
        lambda: path.mkdir(),
    ):
        path.unlink()
        replace()
        assert "my-bank" in refused(own)
    path.rmdir()
    assert "There is no question bank in “./my-bank”" in refused(own)
    path.write_bytes(original)
    shutil.rmtree(own / "words")
    assert "has no words" in refused(own)


@pytest.mark.parametrize(
    "name", ["../my-bank", "/etc", "..", "./a\0b", "./" + "a" * 3000, "./loop/x", "./missing"]
)
def test_a_bank_lies_inside_the_answer_files_folder(tmp_path: Path, name: str) -> None:
    """An answer file that came by e-mail reads nothing else on this computer."""
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(ToolkitError):
        load(name, base=tmp_path)


def test_an_unknown_id_names_the_known_ones() -> None:
    """A slip is corrected, and the way to one's own bank is told."""
    with pytest.raises(ToolkitError, match=r"Did you mean `iiat`\? For a bank of your own"):
        load("iait")
    assert shipped() == [DEFAULT]


# -- its documentation -------------------------------------------------------------------------


def test_the_bank_in_the_documentation_works(tmp_path: Path) -> None:
    """docs/question-banks.md ends with a small bank; it loads as it stands there."""
    page = (ROOT / "docs" / "question-banks.md").read_text(encoding="utf-8")
    files = re.findall(r"^`(my-bank/\S+\.yaml)`:\n\n```yaml\n(.*?)^```", page, re.M | re.S)
    assert [name for name, _text in files] == ["my-bank/bank.yaml", "my-bank/words/en.yaml"]
    for name, text in files:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    toolkit = load("./my-bank", base=tmp_path)
    assert list(toolkit.elements) == ["openness-of-standards", "freedom-to-leave"]
    assert toolkit.words == TOOLKIT.words
    path = tmp_path / "brief.yaml"
    path.write_text(
        MINIMAL + "toolkit: ./my-bank\nassessment: {freedom-to-leave: {impact: positive}}\n",
        encoding="utf-8",
    )
    assessment = open_assessment(path)
    assert [item.rule.code for item in findings(assessment)].count("IB001") == 1
    for document in DOCUMENTS:
        assert build(assessment, document)


def test_every_word_is_used() -> None:
    """No label and no sentence waits for a translator that no document prints."""
    folders = (ROOT / "impactbrief", ROOT / "templates")
    sources = "\n".join(
        path.read_text(encoding="utf-8")
        for folder in folders
        for path in folder.rglob("*")
        if path.suffix in (".py", ".j2")
    )
    made_up = {"governance_intro_", "governance_", "one_page_recommendations_left_out_"}
    assert all(f'"{start}' in sources for start in made_up)
    endings = re.compile("(" + "|".join(made_up) + r")(made|governs|one|other)(_caption)?")
    words = load().words
    unused = [
        name
        for name in (*words.labels, *words.sentences)
        if f'"{name}"' not in sources and not endings.fullmatch(name)
    ]
    assert not unused
