"""What the documents say of answers that are odd, few or in an order of their own."""

from collections.abc import Iterator

from impactbrief.brief.build import build
from impactbrief.brief.closing import in_order
from impactbrief.brief.model import (
    Block,
    Brief,
    FindingBlock,
    Glossary,
    Lenses,
    Parts,
    Reasons,
    Recommendations,
    Section,
    Sentence,
)
from tests.answer_files import MINIMAL, assessed


def full(text: str) -> Brief:
    return build(assessed(MINIMAL + text), "brief")


def blocks(sections: tuple[Section, ...]) -> Iterator[tuple[str, Block]]:
    """Every block with the id of its section, in the order of printing."""
    for section in sections:
        yield from ((section.id, block) for block in section.blocks)
        yield from blocks(section.sections)


def test_recommendations_are_numbered_as_printed() -> None:
    """One, two, three down the page, also where two addressees take turns in the file."""
    brief = full(
        "recommendations:\n"
        "  - {to: A ministry, text: First.}\n"
        "  - {to: A parliament, text: Second.}\n"
        "  - {to: A ministry, text: Third.}\n"
        "  - {to: A parliament, text: ' '}\n"
    )
    printed = [
        (item.number, item.anchor, item.text.prose.text())
        for _, block in blocks(brief.sections)
        if isinstance(block, Recommendations)
        for item in block.items
    ]
    assert printed == [
        (1, "recommendation-1", "First."),
        (2, "recommendation-2", "Third."),
        (3, "recommendation-3", "Second."),
    ]


def test_a_part_names_its_recommendations_by_their_printed_numbers() -> None:
    """Whatever their order in the file, and without those that say nothing."""
    text = MINIMAL.replace("A proposal}", "A proposal, parts: [{id: a, label: A}]}") + (
        "recommendations:\n"
        "  - {text: First.}\n"
        "  - {to: A parliament, text: Second., parts: [a]}\n"
        "  - {to: '', text: Third., parts: [a]}\n"
        "  - {to: A parliament, text: '[^1]: nothing', parts: [a]}\n"
    )
    found = [block for _, block in blocks(build(assessed(text), "brief").sections)]
    [part] = next(block.parts for block in found if isinstance(block, Parts))
    printed = {
        item.anchor: item
        for block in found
        if isinstance(block, Recommendations)
        for item in block.items
    }
    assert list(printed) == [f"recommendation-{number}" for number in (1, 2, 3)]
    assert [printed[link.anchor or ""].text.prose.text() for link in part.recommendations] == [
        "Third.", "Second.",
    ]  # fmt: skip


def test_a_rating_without_a_word_says_that_it_lacks_one() -> None:
    """Under a rating that nothing explains stands a sentence; under one that is explained, none."""
    brief = full(
        "assessment:\n"
        "  privacy: {impact: negative}\n"
        "  accountability: {impact: negative, effect_on_people: They wait.}\n"
    )
    kinds = {"privacy": [FindingBlock, Sentence], "accountability": [FindingBlock]}
    for id_, expected in kinds.items():
        found = [type(block) for section, block in blocks(brief.sections) if section == id_]
        assert found == expected


def test_each_reason_for_no_effect_names_its_element() -> None:
    """Several elements without an effect: which reason is whose can be read off."""
    brief = full(
        "assessment:\n"
        "  privacy: {impact: none, effect_on_internet: Nothing is collected.}\n"
        "  accountability: {impact: none, effect_on_internet: Nobody is asked.}\n"
    )
    said = [
        (reason.of, reason.text.prose.text())
        for section, block in blocks(brief.sections)
        if section == "trustworthy" and isinstance(block, Reasons)
        for reason in block.items
    ]
    assert sorted(said) == [
        ("Accountability", "Nobody is asked."),
        ("Privacy", "Nothing is collected."),
    ]


def test_governance_counts_every_answer() -> None:
    """The counts add up to the number of questions: what is unknown or open is not left out."""
    brief = full(
        "governance:\n"
        "  made:\n"
        "    bottom-up-start: {answer: 'no', explanation: No.}\n"
        "    text-public: {answer: unknown}\n"
        "    reasons-published: {answer: unknown}\n"
        "assessment:\n"
        "  privacy: {impact: negative}\n"
    )
    [lenses] = [block for _, block in blocks(brief.sections) if isinstance(block, Lenses)]
    [sentence] = [sentence for row in lenses.rows for sentence in row.sentences]
    assert "No 1; Unknown 2; Not answered 19" in sentence
    assert "22 questions" in sentence


def test_the_glossary_is_in_the_order_of_the_alphabet() -> None:
    """É stands among the e, where a reader looks for it, and not behind the z."""
    brief = full(
        "glossary:\n"
        "  - {term: Zone, definition: D.}\n"
        "  - {term: Élan, definition: D.}\n"
        "  - {term: école, definition: D.}\n"
        "  - {term: Eau, definition: D.}\n"
    )
    terms = [
        item.term
        for _, block in blocks(brief.sections)
        if isinstance(block, Glossary)
        for item in block.items
    ]
    assert [term for term in terms if term in ("Eau", "école", "Élan", "Zone")] == [
        "Eau", "école", "Élan", "Zone",
    ]  # fmt: skip


def test_an_enye_is_a_letter_of_its_own() -> None:
    """Spanish readers look for ñ behind the n, however it is encoded."""
    terms = ["Caoba", "Caña", "Cano", "Can\u0303a", "Cañón", "Cana"]
    assert sorted(terms, key=in_order) == [
        "Cana", "Cano", "Can\u0303a", "Caña", "Cañón", "Caoba",
    ]  # fmt: skip


def test_a_term_is_found_under_either_apostrophe() -> None:
    """The glossary writes “réseau d’accès”; many keyboards write it with a straight apostrophe."""
    for said in ("Les réseaux d’accès paient.", "Les réseaux d'accès paient."):
        brief = full(f'language: fr\nsections: {{conclusion: "{said}"}}\n')
        terms = [
            item.term
            for _, block in blocks(brief.sections)
            if isinstance(block, Glossary)
            for item in block.items
        ]
        assert "Réseau d’accès" in terms


def test_a_term_is_found_with_what_arabic_writes_together_with_it() -> None:
    """The article and the particles before a word, and vowel signs that most leave out."""
    for said in ("تشفير", "والتشفير", "للتشفير", "وبتشفير", "بالتَّشفير", "تشفيرا"):
        terms = _terms(f'language: ar\nsections: {{conclusion: "هذا {said} قوي."}}\n')
        assert "تشفير" in terms, said
    assert "تشفير" not in _terms('language: ar\nsections: {conclusion: "هذه تشفيرات."}\n')
    assert "نظام أسماء النطاقات (DNS)" in _terms(
        "language: ar\nsections: {conclusion: عبر الـDNS.}\n"
    )


def test_an_authors_own_arabic_term_takes_the_place_of_the_toolkits() -> None:
    """Also with the article, and without a vowel sign that the toolkit writes."""
    own = "{term: محلل الأسماء, definition: تعريف.}"
    terms = _terms(f"language: ar\nsections: {{conclusion: محلّلات الأسماء.}}\nglossary: [{own}]\n")
    assert [term for term in terms if "محل" in term] == ["محلل الأسماء"]


def _terms(text: str) -> list[str]:
    return [
        item.term
        for _, block in blocks(full(text).sections)
        if isinstance(block, Glossary)
        for item in block.items
    ]


def test_each_entry_of_the_glossary_is_printed() -> None:
    """Also two for one term; one that explains nothing leaves the toolkit's own word for it."""
    brief = full(
        "sections: {abstract: Interoperability and peering.}\n"
        "glossary:\n"
        "  - {term: Peering, definition: First.}\n"
        "  - {term: Peering, definition: Second.}\n"
        "  - {term: Interoperability}\n"
    )
    [glossary] = [block for _, block in blocks(brief.sections) if isinstance(block, Glossary)]
    found = [(item.term, item.definition.prose.text()) for item in glossary.items]
    assert [said for term, said in found if term == "Peering"] == ["First.", "Second."]
    assert all(said for _term, said in found)
