"""What the sections of a document hold: findings, tables, figures, lists."""

from dataclasses import dataclass
from typing import ClassVar

from impactbrief.brief.citations import Entry
from impactbrief.brief.model.text import Cited, Link, Mark, Note, Text


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a section. `kind` names the template's macro that prints it."""

    kind: ClassVar[str]


@dataclass(frozen=True, slots=True)
class ProseBlock(Block):
    kind: ClassVar[str] = "prose"
    text: Text


@dataclass(frozen=True, slots=True)
class Sentence(Block):
    """A sentence that the document says by itself."""

    kind: ClassVar[str] = "sentence"
    text: str


@dataclass(frozen=True, slots=True)
class Points(Block):
    """A list of short prose items."""

    kind: ClassVar[str] = "points"
    items: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled value: plain lines, a web address, or prose."""

    label: str
    lines: tuple[str, ...] = ()
    url: str | None = None
    text: Text | None = None


@dataclass(frozen=True, slots=True)
class Facts(Block):
    kind: ClassVar[str] = "facts"
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class RatedName:
    """An element or part with its mark."""

    link: Link
    mark: Mark


@dataclass(frozen=True, slots=True)
class LensRow:
    id: str
    name: str
    question: str
    items: tuple[RatedName, ...]
    sentences: tuple[str, ...]
    """What else belongs to this lens, as the answers on governance do."""


@dataclass(frozen=True, slots=True)
class Lenses(Block):
    """The result as a reader meets it: each lens with the ratings of its elements side by side."""

    kind: ClassVar[str] = "lenses"
    caption: str
    rows: tuple[LensRow, ...]


@dataclass(frozen=True, slots=True)
class MatrixRow:
    link: Link
    mark: Mark
    confidence: str | None
    cases: tuple[RatedName, ...]
    """Ratings that hold for one part only."""


@dataclass(frozen=True, slots=True)
class MatrixGroup:
    name: str
    rows: tuple[MatrixRow, ...]
    mark: Mark | None = None
    """The rating of the group as a whole, where one was given."""


@dataclass(frozen=True, slots=True)
class Matrix(Block):
    """All elements with their ratings, by group."""

    kind: ClassVar[str] = "matrix"
    caption: str
    groups: tuple[MatrixGroup, ...]


@dataclass(frozen=True, slots=True)
class MatrixFigure(Block):
    """All elements with their ratings as a picture: each in a field of its own, by group."""

    kind: ClassVar[str] = "matrix_figure"
    caption: str
    groups: tuple[MatrixGroup, ...]


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """Something that happened or will happen to the proposal."""

    when: str
    """Its date as far as it is known, in words."""
    event: str
    deadline: bool
    number: int | None = None
    """Its place among the dated ones; None for one without a date."""
    first: int = 0
    last: int = 0
    """The first and the last day that it may mean, counted as `date.toordinal` does."""


@dataclass(frozen=True, slots=True)
class Timeline(Block):
    """The proposal's dates, first to last, and then what has no date."""

    kind: ClassVar[str] = "timeline"
    caption: str
    description: str
    """What the picture of it shows, for those who don't see it."""
    events: tuple[TimelineEvent, ...]
    first: int
    last: int
    """The days at which its line begins and ends."""
    ticks: tuple[tuple[int, str], ...]
    """The years or months that begin on it: first day, name."""


@dataclass(frozen=True, slots=True)
class Angle:
    name: str
    text: Text


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is as it is."""

    of: str
    text: Text


@dataclass(frozen=True, slots=True)
class Reasons(Block):
    """Why nothing was found on some elements."""

    kind: ClassVar[str] = "reasons"
    items: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class CaseRow:
    part: Link
    mark: Mark
    reason: Text | None


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """A source that backs a finding; `typed` is its id where no reference answers it."""

    cited: Cited | None
    typed: str
    shows: Text | None


@dataclass(frozen=True, slots=True)
class FindingBlock(Block):
    """What was found on one element, on a goal, or overall."""

    kind: ClassVar[str] = "finding"
    mark: Mark | None
    confidence: str | None = None
    summary: Text | None = None
    effect_on_internet: Text | None = None
    effect_on_people: Text | None = None
    depends_on: Text | None = None
    parts: tuple[Link, ...] = ()
    angles: tuple[Angle, ...] = ()
    cases: tuple[CaseRow, ...] = ()
    mitigation: Text | None = None
    evidence: tuple[EvidenceItem, ...] = ()


@dataclass(frozen=True, slots=True)
class GovernanceRow:
    id: str
    question: str
    answer: str
    """The answer's word."""
    answer_id: str
    explanation: Text | None
    evidence: tuple[EvidenceItem, ...]
    url: str | None
    date: str | None


@dataclass(frozen=True, slots=True)
class GovernanceGroup:
    name: str
    rows: tuple[GovernanceRow, ...]


@dataclass(frozen=True, slots=True)
class GovernanceTable(Block):
    kind: ClassVar[str] = "governance"
    caption: str
    groups: tuple[GovernanceGroup, ...]


@dataclass(frozen=True, slots=True)
class StakeholderRow:
    group: str
    name: str
    interest: Text | None
    invited: str
    took_part: str


@dataclass(frozen=True, slots=True)
class StakeholderTable(Block):
    kind: ClassVar[str] = "stakeholders"
    caption: str
    rows: tuple[StakeholderRow, ...]


@dataclass(frozen=True, slots=True)
class PartEntry:
    """A provision, specification part or scenario, with what follows from it."""

    anchor: str
    label: str
    title: str | None
    kind_name: str
    facts: tuple[str, ...]
    """Short facts such as a status of its own."""
    summary: Text | None
    quotation: Text | None
    source: Cited | None
    url: str | None
    affects: tuple[RatedName, ...]
    recommendations: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Parts(Block):
    """The proposal's parts as they stand, each quoted apart from the authors' own words."""

    kind: ClassVar[str] = "parts"
    parts: tuple[PartEntry, ...]


@dataclass(frozen=True, slots=True)
class PartMatrix(Block):
    """Which part affects which element: a row for each part, a column for each element."""

    kind: ClassVar[str] = "part_matrix"
    caption: str
    parts: tuple[PartEntry, ...]
    columns: tuple[tuple[Link, ...], ...]
    """The elements that some part affects, by group."""
    marks: tuple[Mark, ...]
    """The ratings that stand in it, for its key."""


@dataclass(frozen=True, slots=True)
class RecommendationItem:
    number: int
    anchor: str
    action: str | None
    priority: str | None
    text: Text
    wording: Text | None
    parts: tuple[Link, ...]
    because: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Recommendations(Block):
    """What one addressee is asked to do."""

    kind: ClassVar[str] = "recommendations"
    items: tuple[RecommendationItem, ...]


@dataclass(frozen=True, slots=True)
class GlossaryItem:
    term: str
    definition: Text


@dataclass(frozen=True, slots=True)
class Glossary(Block):
    kind: ClassVar[str] = "glossary"
    items: tuple[GlossaryItem, ...]


@dataclass(frozen=True, slots=True)
class Notes(Block):
    kind: ClassVar[str] = "notes"
    notes: tuple[Note, ...]


FEW_CITATIONS = 5
"""A reference leads back to all of so many citations."""


@dataclass(frozen=True, slots=True)
class ReferenceItem:
    entry: Entry
    anchor: str
    cited_at: tuple[str, ...]
    """The anchors of the citations that lead here."""

    @property
    def back(self) -> tuple[tuple[int, str], ...]:
        """The citations that it leads back to, each with its number among those that lead here: a
        work that is cited often leads to the first ones and to the last, or its line is nothing but
        numbers."""
        numbered = tuple(enumerate(self.cited_at, start=1))
        return numbered if len(numbered) <= FEW_CITATIONS else numbered[:3] + numbered[-1:]


@dataclass(frozen=True, slots=True)
class References(Block):
    kind: ClassVar[str] = "references"
    items: tuple[ReferenceItem, ...]


@dataclass(frozen=True, slots=True)
class ShortFinding:
    """A finding in a line or two, for the one-page summary."""

    link: Link
    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class ShortFindings(Block):
    """The strongest findings. The last is the first to go when a page is full."""

    kind: ClassVar[str] = "short_findings"
    items: tuple[ShortFinding, ...]


@dataclass(frozen=True, slots=True)
class ShortRequest:
    addressee: str
    text: str


@dataclass(frozen=True, slots=True)
class ShortRequests(Block):
    kind: ClassVar[str] = "short_requests"
    items: tuple[ShortRequest, ...]


@dataclass(frozen=True, slots=True)
class TableRow:
    name: str
    mark: Mark
    how: Text | None
    people: Text | None


@dataclass(frozen=True, slots=True)
class TableGroup:
    name: str
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class PreliminaryTable(Block):
    """The toolkit's table: a row for each element."""

    kind: ClassVar[str] = "table"
    caption: str
    groups: tuple[TableGroup, ...]
