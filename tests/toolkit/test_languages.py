"""The languages of the bank that ships: none lacks a word that another one has."""

import re
from collections.abc import Iterator
from string import Formatter
from typing import Any

import pytest

from impactbrief.toolkit.load import DEFAULT, SHIPPED, load
from impactbrief.yamltext import read
from tests.toolkit.test_load import cells

FOLDER = SHIPPED / DEFAULT


def plain(name: str) -> Any:
    return read((FOLDER / name).read_text(encoding="utf-8"), file=name).value


LANGUAGES: list[str] = plain("bank.yaml")["languages"]
FIRST, *OTHERS = LANGUAGES

SAME = {
    "es": {
        "toolkit.url", "labels.orcid", "governance.answers.no.name", "choices.involvement.no",
        "sentences.list_separator", "sentences.names_separator", "sentences.names_last",
        "sentences.labelled", "sentences.run_in", "sentences.dated_event", "sentences.case_rating",
        "sentences.governance_answer_count", "sentences.why_now_deadline", "sentences.generator",
        "governance.sources.isoc-2016.short", "governance.sources.netmundial-2014.short",
        "governance.sources.sao-paulo-2024.short",
    },
    "fr": {
        "toolkit.url", "planning.outputs.label", "sections.conclusion", "sections.annexes",
        "sections.notes", "sections.licence", "labels.contact", "labels.orcid", "labels.version",
        "labels.version_dated", "labels.date", "labels.dates", "labels.licence", "labels.source",
        "labels.sources", "labels.question", "labels.action", "labels.note",
        "choices.proposal_kinds.consultation", "choices.proposal_kinds.directive",
        "sentences.list_separator", "sentences.run_in", "sentences.generator",
        "governance.sources.isoc-2016.short", "governance.sources.netmundial-2014.short",
        "governance.sources.sao-paulo-2024.short",
    },
    "pt": {
        "toolkit.url", "labels.orcid", "sentences.list_separator", "sentences.names_separator",
        "sentences.names_last", "sentences.labelled", "sentences.run_in", "sentences.dated_event",
        "sentences.case_rating", "sentences.governance_answer_count",
        "sentences.why_now_deadline", "sentences.generator",
        "governance.sources.isoc-2016.short", "governance.sources.netmundial-2014.short",
        "governance.sources.sao-paulo-2024.short",
    },
    "ar": {
        "toolkit.url", "labels.orcid", "sentences.labelled", "sentences.run_in",
        "sentences.dated_event", "sentences.case_rating", "sentences.why_now_deadline",
        "sentences.generator",
    },
}  # fmt: skip
"""What is written alike in the first language and in another one."""


def texts(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a file of words, by where it stands; the glossary has an order of its own."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in pairs:
        here = f"{path}.{key}" if path else str(key)
        if isinstance(item, dict | list):
            if here != "glossary":
                yield from texts(item, here)
        else:
            yield here, str(item)


def words(language: str) -> dict[str, str]:
    return dict(texts(plain(f"words/{language}.yaml")))


def fields(text: str) -> set[str]:
    return {name for _text, name, _spec, _kind in Formatter().parse(text) if name}


def markup(text: str) -> list[str]:
    """Whatever Markdown could read as more than a letter, in any order."""
    return sorted(re.findall(r"[`*_<>]|\]\(\S+?\)", text))


def test_the_languages_are_the_files() -> None:
    """No language is promised without its words, and no words lie there unlisted."""
    assert sorted(LANGUAGES) == sorted(path.stem for path in FOLDER.glob("words/*.yaml"))
    assert FIRST == "en"
    assert set(SAME) == set(OTHERS)


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_has_every_word_of_the_first(language: str) -> None:
    """A label that is added in English is missed here until it is translated."""
    assert words(language).keys() == words(FIRST).keys()
    assert len(plain(f"words/{language}.yaml")["glossary"]) >= 30


@pytest.mark.parametrize("language", OTHERS)
def test_placeholders_and_markup_are_those_of_the_first(language: str) -> None:
    """What a document fills in is filled in everywhere, and a link leads to the same place."""
    own, first = words(language), words(FIRST)
    for path, text in first.items():
        if path.startswith(("labels.", "sentences.", "documents.")):
            assert fields(own[path]) == fields(text), path
        if path.partition(".")[0] not in ("labels", "sentences", "documents"):
            assert markup(own[path]) == markup(text), path


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_left_untranslated(language: str) -> None:
    """A text is that of the first language only where both write it alike."""
    own, first = words(language), words(FIRST)
    ids = re.compile(r"words|elements\.\S+\.example\.impact|governance\.sources\.\S+\.url")
    alike = {path for path, text in own.items() if text == first[path] and not ids.fullmatch(path)}
    assert alike == SAME[language]
    assert all(own[path] == first[path] for path in own if ids.fullmatch(path))


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_fit_and_differ(language: str) -> None:
    """Names fit the wizard's outline, and no two choices of one list read alike."""
    toolkit = load(DEFAULT, language)
    assert toolkit.language == language
    assert all(cells(element.short) <= 22 for element in toolkit.elements.values())
    assert all(cells(group.short) <= 24 for group in toolkit.groups)
    assert all(cells(asked.short) <= 28 for asked in toolkit.governance)
    for names in (
        [element.short for element in toolkit.elements.values()],
        [element.name for element in toolkit.elements.values()],
        [rating.name for rating in toolkit.ratings.values()],
        [asked.short for asked in toolkit.governance],
        [*toolkit.governance_answers.values()],
        [*toolkit.screening_answers.values()],
        *([*names.values()] for names in toolkit.words.choices.values()),
    ):
        assert len(set(names)) == len(names)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_method_is_credited(language: str) -> None:
    """In every language: whose method it is, and that this program is not theirs."""
    toolkit = load(DEFAULT, language)
    for said in (toolkit.credit.credit, toolkit.credit.disclaimer, toolkit.methodology,
                 toolkit.words.sentences["made_with"]):  # fmt: skip
        assert "Internet Society" in said
    for said in (toolkit.credit.disclaimer, toolkit.words.sentences["made_with"]):
        assert "impactbrief" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_glossary_says_nothing_twice(language: str) -> None:
    """A spelling leads to one term."""
    spellings = [
        name.casefold()
        for term in load(DEFAULT, language).glossary
        for name in {spelling.casefold() for spelling in term.spellings}
    ]
    assert len(set(spellings)) == len(spellings)


def test_french_is_set_as_french() -> None:
    """A space that doesn't break before : ; ? ! and inside « », and no straight apostrophe."""
    text = (FOLDER / "words" / "fr.yaml").read_text(encoding="utf-8")
    said = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    assert not re.findall(r"[^\u202f][;?!]", said)
    assert not re.findall(r"(?<! )[ \n]:[ \n]|«[^\u00a0]|[^\u00a0]»|['“”]", said)


def test_spanish_is_set_as_spanish() -> None:
    """Each question is opened, no mark stands off its word, and quotes are “ ” throughout."""
    file = plain("words/es.yaml")
    for path, said in (*texts(file), *texts(file["glossary"], "term")):
        assert not re.findall(r"\s[:;?!,]|[¿¡(“]\s|  |[«»\"'’]", said), path
        for opening, closing in ("¿?", "¡!", "“”"):
            assert re.sub(f"[^{opening}{closing}]", "", said) == (
                (opening + closing) * said.count(opening)
            ), path


def test_spanish_names_are_joined_by_how_they_sound() -> None:
    """“Y” is “e” before the sound of i, but not before that of ie; other languages have neither."""
    listed = load(DEFAULT, "es").words.listed
    assert listed(["España", "Portugal", "Italia"]) == "España, Portugal e Italia"
    assert listed(["Privacidad", "Integridad"]) == "Privacidad e Integridad"
    assert listed(["Agua", "hielo"]) == "Agua y hielo"
    assert listed(["Chile", "Perú"]) == "Chile y Perú"
    assert listed(["Islandia"]) == "Islandia"
    assert load(DEFAULT, "en").words.listed(["Spain", "Italy"]) == "Spain and Italy"


def test_portuguese_is_set_as_portuguese() -> None:
    """“…” in pairs, no apostrophe, no space before a mark, and the spelling in force since 1990."""
    for path, text in words("pt").items():
        assert re.sub("[^“”]", "", text) == "“”" * text.count("“"), path
        assert not re.search(r"[«»„'’\"]|\s[,.:;?!%”]|“\s|[¿¡]", text), path
        assert not re.search(r"ü|êem\b|ôo\b|éia|óic", text.casefold()), path


def test_arabic_is_set_as_arabic() -> None:
    """Arabic marks and letters, numbers in one kind of figures, and no stroke to stretch a word."""
    bank = plain("words/ar.yaml")
    terms = dict(texts({"terms": bank["glossary"]}))
    for path, text in {**words("ar"), **terms}.items():
        said = re.sub(r"https?://\S+|\{\w+\}", "x", text)
        assert not re.findall(r"[,;?%'\"“”‘’]", said), path
        # a space stands behind these marks and inside no quotation; “an” stands before its alif
        assert not re.findall(r"\s[،؛؟:.]|[،؛؟](?=[^\s»)])|«\s|\s»|ا\u064b", said), path
        # other languages' letters that look alike, other figures, and the stroke
        assert not re.findall(r"[\u0640\u0660-\u0669\u06a9\u06cc\u06be\u06f0-\u06f9]", said), path
    # letters without vowel signs, of which a terminal may make cells of their own
    toolkit = load(DEFAULT, "ar")
    shorts = [
        *(element.short for element in toolkit.elements.values()),
        *(group.short for group in toolkit.groups),
        *(asked.short for asked in toolkit.governance),
    ]
    assert not re.search(r"[\u064b-\u0652]", " ".join(shorts))
