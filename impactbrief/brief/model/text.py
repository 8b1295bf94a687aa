"""Words where they stand in a document: texts with their citations and notes, marks, links."""

from dataclasses import dataclass

from impactbrief.brief.citations import Label
from impactbrief.prose import Prose


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation where it stands: its label, and an anchor for the way back from each work."""

    label: Label
    anchors: tuple[str, ...]
    """One for each cited work that has a reference, in the label's order."""


@dataclass(frozen=True, slots=True)
class Text:
    """Prose in its place in the document."""

    prose: Prose
    level: int
    """The level at which the prose's top heading is printed."""
    cited: tuple[Cited, ...] = ()
    """One for each citation of the prose, in its order."""
    notes: tuple["Note", ...] = ()
    """One for each footnote of the prose that is printed, in the order of their marks."""
    first_note: int = 1
    """The number of its first footnote. A footnote may refer to others of the same text."""
    language: str | None = None
    """Where it differs from the document's, as in a quotation."""

    def cited_by_place(self) -> dict[int, Cited]:
        """What stands at each citation of the prose, by the citation's identity: two may read
        alike."""
        return dict(zip(map(id, self.prose.body_citations), self.cited, strict=False))


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote."""

    label: str
    """As typed in its field."""
    number: int
    text: Text

    @property
    def anchor(self) -> str:
        return f"note-{self.number}"

    @property
    def mark_anchor(self) -> str:
        return f"note-mark-{self.number}"


@dataclass(frozen=True, slots=True)
class Mark:
    """A rating as it is printed: a drawn mark and its word."""

    id: str
    """The rating's id; `unknown` for something typed that is no rating."""
    name: str
    glyph: str
    tone: str
    strength: int


@dataclass(frozen=True, slots=True)
class Link:
    """A name that leads to another place of the document, where that place is printed."""

    name: str
    anchor: str | None = None
    short: str = ""
    """A short name for where there is little room; empty where there is none."""
