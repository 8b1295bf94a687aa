"""How a document dresses prose: what it prints for the things that prose leaves to it."""

from dataclasses import dataclass
from typing import Protocol

from impactbrief.prose.citations import Citation
from impactbrief.prose.tree import NoteRef


class Dress(Protocol):
    """How a document prints what prose leaves to it.

    What a method returns is printed as it is: escaping is its own duty. An empty string prints
    nothing, and takes the space before it away.
    """

    @property
    def heading_level(self) -> int:
        """The level of the prose's top headings; deeper ones follow without gaps, 6 at most."""

    @property
    def direction(self) -> str:
        """Where the document's lines run: `ltr` or `rtl`."""

    def cite_html(self, citation: Citation) -> str | None:
        """A cluster as HTML; None prints it as typed."""

    def cite_markdown(self, citation: Citation) -> str | None:
        """A cluster as Markdown on one line; None prints it as typed."""

    def note_html(self, ref: NoteRef) -> str:
        """A footnote's reference as HTML, with the anchors that it needs."""

    def note_markdown(self, ref: NoteRef) -> str:
        """A footnote's reference as Markdown, as in `[^3]`."""


@dataclass(frozen=True, slots=True)
class PlainDress:
    """Prose by itself: citations as typed, footnotes by number."""

    heading_level: int = 2
    direction: str = "ltr"

    def cite_html(self, citation: Citation) -> str | None:  # noqa: ARG002
        return None

    def cite_markdown(self, citation: Citation) -> str | None:  # noqa: ARG002
        return None

    def note_html(self, ref: NoteRef) -> str:
        return f"<sup>{ref.index + 1}</sup>"

    def note_markdown(self, ref: NoteRef) -> str:
        return f"[^{ref.index + 1}]"
