"""Where the choices of a question come from: the question bank, the answers, a few fixed words."""

from collections.abc import Iterable, Iterator

from impactbrief.answers import model as shapes
from impactbrief.assessment import Assessment
from impactbrief.i18n import _
from impactbrief.interview.model import KEYS, Choice
from impactbrief.toolkit.model import ScreeningQuestion, Toolkit


def ratings(toolkit: Toolkit) -> tuple[Choice, ...]:
    """The ratings, in the bank's order."""
    return tuple(
        Choice(key, rating.id, rating.name, rating.meaning, rating.glyph, rating.ascii, rating.tone)
        for key, rating in zip(_keys(), toolkit.ratings.values(), strict=False)
    )


def choices(source: str, toolkit: Toolkit, assessment: Assessment) -> tuple[Choice, ...]:
    """The choices that `source` names."""
    return _keyed(_pairs(source, toolkit, assessment))


def screening(question: ScreeningQuestion, toolkit: Toolkit) -> tuple[Choice, ...]:
    """The answers that a screening question takes."""
    return _keyed((answer, toolkit.screening_answers[answer], "") for answer in question.answers)


def _keys() -> Iterator[str]:
    yield from KEYS
    while True:
        yield ""


def _keyed(found: Iterable[tuple[str, str, str]]) -> tuple[Choice, ...]:
    return tuple(
        Choice(key, value, word, meaning)
        for key, (value, word, meaning) in zip(_keys(), found, strict=False)
    )


_ORDERS = {
    "proposal_kinds": shapes.PROPOSAL_KINDS,
    "proposal_statuses": shapes.PROPOSAL_STATUSES,
    "part_kinds": shapes.PART_KINDS,
    "stakeholder_groups": shapes.STAKEHOLDER_GROUPS,
    "actions": shapes.ACTIONS,
    "priorities": shapes.LEVELS,
    "document_statuses": shapes.DOCUMENT_STATUSES,
    "element_statuses": shapes.WORK_STATUSES,
    "involvement": shapes.INVOLVEMENT,
}
"""Choices with words in the bank, in the order of the format."""


def _pairs(source: str, toolkit: Toolkit, assessment: Assessment) -> Iterable[tuple[str, str, str]]:
    words = toolkit.words
    if source in _ORDERS:
        names = words.choices.get(source, {})
        return [(value, names.get(value, value), "") for value in _ORDERS[source]]
    match source:
        case "confidence":
            return [(value, word, "") for value, word in toolkit.confidence.items()]
        case "governance_answers":
            return [(value, word, "") for value, word in toolkit.governance_answers.items()]
        case "screening_answers":
            return [(value, word, "") for value, word in toolkit.screening_answers.items()]
        case "outputs":
            return [
                (value, words.documents[value]["name"], words.documents[value]["description"])
                for value in shapes.OUTPUTS
            ]
        case "jurisdictions":
            names = words.choices.get("jurisdictions-special", {})
            return [(value, word, "") for value, word in names.items()]
        case "references":
            return [
                (str(known.get("id")), str(known.get("id")), str(known.get("title") or ""))
                for known in assessment.file.references
            ]
        case "parts":
            return [
                (part.id, part.label or part.title or part.id, (part.label and part.title) or "")
                for part in assessment.answers.proposal.parts
                if part.id
            ]
        case "reasons":
            return list(_reasons(toolkit))
        case "person_kinds":
            return [("person", _("Person"), ""), ("group", _("Group"), "")]
        case "citation_styles":
            return [(style, style, "") for style in _STYLES]
        case "reference_types":
            return [(value, word, "") for value, word in _types()]
    return []


def _reasons(toolkit: Toolkit) -> Iterator[tuple[str, str, str]]:
    for element in toolkit.elements.values():
        yield element.id, element.short, ""
    for group in toolkit.groups:
        yield group.id, group.name, ""
    yield "overall", _("Overall finding"), ""
    for question in toolkit.governance:
        yield f"{question.side}.{question.id}", question.short, ""


_STYLES = (
    "ieee", "apa", "chicago-author-date", "harvard1", "vancouver", "modern-language-association",
)  # fmt: skip


def _types() -> list[tuple[str, str]]:
    return [
        ("webpage", _("Web page")),
        ("report", _("Report")),
        ("legislation", _("Law")),
        ("bill", _("Bill")),
        ("regulation", _("Regulation")),
        ("treaty", _("Treaty")),
        ("standard", _("Standard")),
        ("article-journal", _("Article in a journal")),
        ("article-newspaper", _("Article in a newspaper")),
        ("book", _("Book")),
        ("chapter", _("Chapter of a book")),
        ("paper-conference", _("Conference paper")),
        ("speech", _("Speech")),
        ("hearing", _("Hearing")),
        ("legal_case", _("Court decision")),
        ("dataset", _("Data")),
        ("interview", _("Interview")),
        ("post-weblog", _("Blog post")),
        ("thesis", _("Thesis")),
        ("document", _("Other document")),
    ]
