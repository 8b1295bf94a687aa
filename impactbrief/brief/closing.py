"""How a full brief ends: what is asked, and what a reader looks up."""

import re
from unicodedata import combining, normalize

from impactbrief.brief.builder import Builder
from impactbrief.brief.model import (
    Fact,
    Facts,
    Glossary,
    GlossaryItem,
    Link,
    Notes,
    RecommendationItem,
    Recommendations,
    References,
    Section,
)

OVERALL_ANCHOR = "at-a-glance"
"""Where the overall finding stands."""


def recommendations(b: Builder) -> Section | None:
    """Grouped by addressee."""
    grouped: dict[str, list[RecommendationItem]] = {}
    for number, entry in b.recommendations:
        text = b.register.text(entry.text, 4)
        assert text is not None, "what says nothing has no number"
        action = entry.action
        grouped.setdefault(entry.to or "", []).append(
            RecommendationItem(
                number=number,
                anchor=f"recommendation-{number}",
                action=b.choice("actions", action) if action and action != "other" else None,
                priority=b.choice("priorities", entry.priority) or None,
                text=text,
                wording=b.register.text(entry.wording, 4),
                parts=tuple(b.part_link(part) for part in entry.parts),
                because=tuple(_reason_link(b, reason) for reason in entry.because),
            )
        )
    below = tuple(
        Section(
            f"recommendations-{index}",
            addressee or b.words.sentence("recommendations_to_all"),
            3,
            (Recommendations(tuple(items)),),
        )
        for index, (addressee, items) in enumerate(grouped.items(), 1)
    )
    return b.section("recommendations", sections=below)


def _reason_link(b: Builder, reason: str) -> Link:
    """What a recommendation rests on, by name, leading there where it is printed."""
    if item := b.assessment.by_id.get(reason):
        return b.link(item, printed=True)
    for group in b.toolkit.groups:
        if group.id == reason:
            return Link(group.name, reason)
    if reason == "overall":
        return Link(b.words.label("overall"), OVERALL_ANCHOR)
    side, _dot, question = reason.partition(".")
    for asked in b.assessment.side(side):
        if asked.question.id == question:
            anchor = f"{side}-{question}" if asked.answered else None
            return Link(asked.question.short, anchor)
    return Link(b.odd(reason))


def annexes(b: Builder) -> Section | None:
    below = tuple(
        Section(f"annex-{number}", annex.title, 3, b.prose(annex.body, 4))
        for number, annex in enumerate(b.answers.annexes, 1)
    )
    return b.section("annexes", sections=below)


def glossary(b: Builder) -> Section | None:
    """The authors' own terms, and those of the toolkit that the brief uses."""
    entries: list[tuple[str, str, str | None]] = [
        (entry.term, entry.definition, None) for entry in b.answers.glossary if entry.term.strip()
    ]
    said = typeset("\n".join(b.register.printed))
    folded = said.casefold()
    taken = {
        typeset(term).casefold() for term, definition, _language in entries if definition.strip()
    }
    for term in b.toolkit.glossary:
        if taken.isdisjoint(typeset(name).casefold() for name in term.spellings) and uses(
            said, folded, term.spellings
        ):
            entries.append((term.term, term.definition, b.toolkit_language))
    items = tuple(
        GlossaryItem(term, text)
        for term, definition, language in sorted(entries, key=lambda entry: in_order(entry[0]))
        if (text := b.register.text(definition, 3, language=language))
    )
    return b.section("glossary", Glossary(items)) if items else None


def notes(b: Builder) -> Section | None:
    notes = tuple(b.register.notes)
    return b.section("notes", Notes(notes)) if notes else None


def references(b: Builder) -> Section | None:
    items = b.register.references()
    return b.section("references", References(items)) if items else None


def licence(b: Builder) -> Section | None:
    document, words = b.answers.document, b.words
    facts = []
    if b.licence:
        facts.append(Fact(words.label("licence"), (b.licence,)))
    if document.contact:
        facts.append(Fact(words.label("contact"), (document.contact,)))
    return b.section("licence", Facts(tuple(facts))) if facts else None


ARABIC_PARTICLES = "(?:[وف]?(?:لل|[بكل]?(?:ال)?))?"
"""And, by, like, to and the article: Arabic writes them together with the word that follows."""

ARABIC_ALEF = "\u0627"
"""Its most frequent letter: no Arabic text is without it."""

ARABIC_SIGNS = re.compile("[\u064b-\u0652\u0670\u0640]+")
"""Vowel signs, doubling and the stroke that only lengthens a word."""


def in_order(term: str) -> tuple[str, str]:
    """What terms are sorted by: an accent counts only between words that are alike without it.

    The tilde of ñ is no accent: wherever it is written, it is a letter of its own, after n.
    """
    parted = normalize("NFD", normalize("NFC", term.casefold()).replace("ñ", "n\uffff"))
    plain = "".join(char for char in parted if not combining(char))
    return plain, term


def uses(text: str, folded: str, spellings: tuple[str, ...]) -> bool:
    """Whether a text uses a term: as a whole word, in capitals where the term is.

    `folded` is the text without its case: most terms are not in it, and finding that out there
    takes a hundredth of the time. Both are as `typeset` sets them.
    """
    before = ARABIC_PARTICLES if ARABIC_ALEF in text else ""
    return any(
        spelling.casefold() in folded
        and re.search(
            rf"(?<!\w){before}{re.escape(spelling)}(?!\w)",
            text,
            0 if spelling.isupper() else re.IGNORECASE,
        )
        for spelling in map(typeset, spellings)
    )


def typeset(text: str) -> str:
    """A text with typeset apostrophes, since some write d’accès and some d'accès, and without the
    vowel signs that Arabic may be written with or without."""
    return ARABIC_SIGNS.sub("", text.replace("'", "’"))
