"""The shape of an answer file, format 1.

Every field here is a key of the file, under the same name; the documentation of the format is
`docs/answer-file.md`. A value that doesn't fit its field is kept as `shape.Unfit`, so nothing that
somebody typed is lost between reading and printing. Ids that point at the question bank, at parts
or at references are checked where both sides are known, in `impactbrief.assessment`.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from impactbrief.answers.shorthand import BareId, OneOrMany
from impactbrief.i18n import N_
from impactbrief.shape import (
    Boolean,
    Choice,
    Date,
    Entry,
    Id,
    Integer,
    Keyed,
    Matching,
    Text,
    Unfit,
)

FORMAT = 1
"""The newest format of the answer file that this version reads and writes."""

DOCUMENT_STATUSES = ("draft", "review", "final")
PROPOSAL_KINDS = (
    "legislation", "regulation", "directive", "decree", "policy", "consultation", "standard",
    "technical-architecture", "technology", "business-decision", "governance-request", "trend",
    "other",
)  # fmt: skip
PROPOSAL_STATUSES = (
    "idea", "under-development", "consultation", "draft", "proposed", "in-negotiation",
    "in-committee", "adopted", "partly-in-force", "in-force", "postponed", "carried-out",
    "withdrawn", "rejected", "unknown",
)  # fmt: skip
PART_KINDS = ("provision", "specification", "scenario")
STAKEHOLDER_GROUPS = (
    "government", "private-sector", "civil-society", "technical-community", "academia", "users",
    "international-organization", "other",
)  # fmt: skip
INVOLVEMENT = ("yes", "partly", "no", "unknown")
SCREENING_ANSWERS = ("easier", "harder", "both", "no-change", "unsure")
IMPACTS = (
    "strongly-negative", "negative", "weakly-negative", "mixed", "none", "weakly-positive",
    "positive", "strongly-positive", "depends", "unclear", "not-assessed",
)  # fmt: skip
LEVELS = ("high", "medium", "low")
WORK_STATUSES = ("todo", "draft", "review", "done")
GOVERNANCE_ANSWERS = ("yes", "partly", "no", "unknown", "not-applicable")
ACTIONS = (
    "withdraw", "reject", "amend", "delay", "consult", "assess", "narrow", "align", "support",
    "keep", "refrain", "other",
)  # fmt: skip
OUTPUTS = ("brief", "one-page", "table")

KEY = Matching(r"[^\s{}\[\]]+", N_("a key without blanks or brackets"))
CitationKey = Annotated[str, KEY]
LANGUAGE_TAG = Matching(
    r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", N_("a language code such as en, fr or pt-BR")
)
Language = Annotated[str, LANGUAGE_TAG]
Orcid = Annotated[
    str,
    Matching(
        r"(https://orcid\.org/)?([0-9]{4}-){3}[0-9]{3}[0-9X]",
        N_("an ORCID such as 0000-0002-1825-0097"),
    ),
]
Impact = Annotated[str, Choice(IMPACTS)]
Level = Annotated[str, Choice(LEVELS)]
Involvement = Annotated[str, Choice(INVOLVEMENT)]
RuleCode = Annotated[str, Matching(r"IB[0-9]{3}", N_("a rule's code such as IB007"))]


class Note(Entry):
    """A private note. Never rendered."""

    headline = "text"
    by: Text | None = None
    date: Date | None = None
    text: Text = ""
    about: Text | None = None
    resolved: Boolean = False
    notes: list["Note"] = []


class Noted(Entry):
    """A mapping that may carry private notes, as every mapping of the answer file may."""

    notes: list[Note] = []


class KeyedNoted(Keyed):
    """`{id: entry}` that may carry private notes beside its entries."""

    notes: list[Note] = []


class Person(Noted):
    """An author, contributor or reviewer: a person or a group."""

    headline = "name"
    name: Text
    affiliation: Annotated[list[Text], OneOrMany()] = []
    email: Text | None = None
    orcid: Orcid | None = None
    suffix: Text | None = None
    role: Text | None = None
    kind: Annotated[str, Choice(("person", "group"))] = "person"


class Headings(KeyedNoted):
    """Replaced headings, by the ids of the document's sections."""

    __pydantic_extra__: dict[str, Text]

    def get(self, section: str) -> str | None:
        return (self.__pydantic_extra__ or {}).get(section)

    def items(self) -> Iterator[tuple[str, str]]:
        yield from (self.__pydantic_extra__ or {}).items()


class Document(Noted):
    """About the brief itself."""

    headline = "title"
    title: Text
    subtitle: Text | None = None
    date: Date | None = None
    revised: Date | None = None
    version: Text | None = None
    status: Annotated[str, Choice(DOCUMENT_STATUSES)] = "draft"
    editors_note: Text | None = None
    authors: list[Person] = []
    contributors: list[Person] = []
    reviewers: list[Person] = []
    publisher: Text | None = None
    licence: Text | None = None
    keywords: list[Text] = []
    contact: Text | None = None
    citation_style: Text = "ieee"
    headings: Headings = Headings()

    @property
    def last_date(self) -> str | None:
        """When it was revised, else its date; what is no date doesn't count."""
        dates = (self.revised, self.date)
        return next((date for date in dates if date and not isinstance(date, Unfit)), None)


class Audience(Noted):
    headline = "who"
    who: Text
    interest: Text | None = None


class TeamMember(Noted):
    headline = "name"
    name: Text
    skill: Text | None = None


class Step(Noted):
    headline = "what"
    what: Text
    owner: Text | None = None
    due: Date | None = None


class Plan(Noted):
    """The planning worksheet. Private, but for `issue`, which the one-page summary may print."""

    headline = "issue"
    issue: Text | None = None
    outcome: Text | None = None
    audience: list[Audience] = []
    beneficiaries: Text | None = None
    deadline: Date | None = None
    team: list[TeamMember] = []
    risks: Text | None = None
    builds_on: list[CitationKey] = []
    channel: Text | None = None
    outputs: list[Annotated[str, Choice(OUTPUTS)]] = []
    schedule: list[Step] = []

    @property
    def printed_issue(self) -> str | None:
        """The issue, where it was written as such: a lone value may be any part of the plan."""
        return None if isinstance(self.issue, Unfit) else self.issue


class Event(Noted):
    headline = "event"
    event: Text
    date: Date | None = None
    end: Date | None = None
    deadline: Boolean = False


class Part(Noted):
    """What the work is divided by: a provision, a specification part or a scenario."""

    headline = "label"
    id: Id
    kind: Annotated[str, Choice(PART_KINDS)] = "provision"
    label: Text | None = None
    title: Text | None = None
    text: Text | None = None
    language: Language | None = None
    summary: Text | None = None
    source: CitationKey | None = None
    status: Annotated[str, Choice(PROPOSAL_STATUSES)] | None = None
    date: Date | None = None
    url: Text | None = None
    owner: Text | None = None


class Proposal(Noted):
    """What is assessed."""

    headline = "name"
    name: Text
    kind: Annotated[str, Choice(PROPOSAL_KINDS)] | None = None
    status: Annotated[str, Choice(PROPOSAL_STATUSES)] | None = None
    status_note: Text | None = None
    jurisdictions: list[Text] = []
    proponent: Text | None = None
    venue: Text | None = None
    url: Text | None = None
    dates: list[Event] = []
    aims: Text | None = None
    mechanism: Text | None = None
    parts: list[Part] = []


class Sections(Noted):
    """The prose of the brief, besides the assessment."""

    abstract: Text | None = None
    methodology: Text | None = None
    context: Text | None = None
    assumptions: list[Text] = []
    conclusion: Text | None = None
    acknowledgements: Text | None = None
    disclaimer: Text | None = None


class Stakeholder(Noted):
    headline = "name"
    group: Annotated[str, Choice(STAKEHOLDER_GROUPS)] | None = None
    name: Text | None = None
    interest: Text | None = None
    invited: Involvement | None = None
    took_part: Involvement | None = None


class ScreeningAnswer(Entry):
    headline = "answer"
    answer: Annotated[list[Annotated[str, Choice(SCREENING_ANSWERS)]], OneOrMany()] = []
    note: Text | None = None
    notes: list[Note] = []


class Screening(KeyedNoted):
    """The short triage questionnaire: answers by question id. Private."""

    __pydantic_extra__: dict[str, ScreeningAnswer]

    def items(self) -> Iterator[tuple[str, ScreeningAnswer]]:
        yield from (self.__pydantic_extra__ or {}).items()

    def get(self, question: str) -> ScreeningAnswer | None:
        return (self.__pydantic_extra__ or {}).get(question)


class Evidence(Noted):
    """A reference that backs an answer."""

    headline = "id"
    id: CitationKey
    locator: Text | None = None
    shows: Text | None = None


EvidenceList = list[Annotated[Evidence, BareId(KEY)]]


class Angles(Noted):
    """How an effect looks from each angle."""

    consumer: Text | None = None
    provider: Text | None = None
    intermediary: Text | None = None
    compliance: Text | None = None


class Case(Noted):
    """A rating that holds for one part or scenario only."""

    headline = "part"
    part: Id
    impact: Impact | None = None
    reason: Text | None = None


class Finding(Noted):
    """What goals, the whole and elements have in common: a rating and what carries it."""

    headline = "impact"
    impact: Impact | None = None
    confidence: Level | None = None
    effect_on_people: Text | None = None
    depends_on: Text | None = None
    parts: list[Id] = []
    evidence: EvidenceList = []
    mitigation: Text | None = None


class ElementAnswer(Finding):
    """The answer for one critical property or enabler."""

    effect_on_internet: Text | None = None
    angles: Angles = Angles()
    cases: list[Case] = []
    owner: Text | None = None
    status: Annotated[str, Choice(WORK_STATUSES)] | None = None


class GoalAnswer(Finding):
    """A finding about a whole goal, about the five critical properties as a group, or overall."""

    summary: Text | None = None


class Elements(KeyedNoted):
    """Answers by element id."""

    __pydantic_extra__: dict[str, ElementAnswer]

    def items(self) -> Iterator[tuple[str, ElementAnswer]]:
        yield from (self.__pydantic_extra__ or {}).items()

    def get(self, element: str) -> ElementAnswer | None:
        return (self.__pydantic_extra__ or {}).get(element)


class Goals(KeyedNoted):
    """Findings by goal id, or `critical-properties` for the five as a group."""

    __pydantic_extra__: dict[str, GoalAnswer]

    def items(self) -> Iterator[tuple[str, GoalAnswer]]:
        yield from (self.__pydantic_extra__ or {}).items()

    def get(self, goal: str) -> GoalAnswer | None:
        return (self.__pydantic_extra__ or {}).get(goal)


class GovernanceAnswer(Noted):
    headline = "answer"
    answer: Annotated[str, Choice(GOVERNANCE_ANSWERS)] | None = None
    explanation: Text | None = None
    evidence: EvidenceList = []
    date: Date | None = None
    url: Text | None = None


class GovernanceSide(KeyedNoted):
    """Answers by question id, for one side of multistakeholder governance."""

    __pydantic_extra__: dict[str, GovernanceAnswer]

    def items(self) -> Iterator[tuple[str, GovernanceAnswer]]:
        yield from (self.__pydantic_extra__ or {}).items()

    def get(self, question: str) -> GovernanceAnswer | None:
        return (self.__pydantic_extra__ or {}).get(question)


class Governance(Noted):
    made: GovernanceSide = GovernanceSide()
    governs: GovernanceSide = GovernanceSide()

    def side(self, side: str) -> GovernanceSide:
        return self.made if side == "made" else self.governs


class Recommendation(Noted):
    headline = "text"
    to: Text | None = None
    action: Annotated[str, Choice(ACTIONS)] | None = None
    parts: list[Id] = []
    text: Text = ""
    wording: Text | None = None
    because: list[Text] = []
    priority: Level | None = None


class Reference(Keyed):
    """One reference in CSL's own terms; every key but `id` is passed on to the citation style."""

    headline = "id"
    id: CitationKey
    notes: list[Note] = []
    __pydantic_extra__: dict[str, Any]

    def csl(self) -> dict[str, object]:
        """The reference as a CSL item, without what is private at any depth."""
        return {"id": self.id, **_public(self.__pydantic_extra__ or {})}


def _public(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {
            key: _public(item)
            for key, item in value.items()
            if key != "notes" and not key.startswith("x-")
        }
    return [_public(item) for item in value] if isinstance(value, list) else value


class GlossaryEntry(Noted):
    headline = "term"
    term: Text
    definition: Text = ""


class Annex(Noted):
    headline = "title"
    title: Text
    body: Text = ""


class Ignored(Noted):
    """A gap that the authors accept, with their reason."""

    headline = "rule"
    rule: RuleCode
    where: Text | None = None
    reason: Text | None = None


class Answers(Noted):
    """A whole answer file."""

    impactbrief: Integer
    toolkit: Text = "iiat"
    language: Language = "en"
    document: Document
    plan: Plan = Plan()
    proposal: Proposal
    sections: Sections = Sections()
    stakeholders: list[Stakeholder] = []
    screening: Screening = Screening()
    assessment: Elements = Elements()
    goals: Goals = Goals()
    overall: GoalAnswer | None = None
    governance: Governance = Governance()
    recommendations: list[Recommendation] = []
    references: list[Reference] = []
    bibliography: list[Text] = []
    glossary: list[GlossaryEntry] = []
    annexes: list[Annex] = []
    ignore: list[Ignored] = []
