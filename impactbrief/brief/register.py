"""What is numbered through a document: citations and footnotes, in the order they are printed.

A document is built from its first page to its last; each prose field passes through the register
once, at its place, and comes back as a `Text` with its numbers and anchors settled.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from impactbrief.answers.model import Evidence
from impactbrief.brief.citations import Bibliography
from impactbrief.brief.model import Cited, EvidenceItem, Note, ReferenceItem, Text
from impactbrief.prose import CitedItem, Prose, parse


class Register:
    """The citations and footnotes of one document."""

    def __init__(
        self, references: Sequence[Mapping[str, object]], style: str, language: str
    ) -> None:
        self._bibliography = Bibliography(references, style, language)
        self._known = {str(reference["id"]) for reference in references}
        self._cited_at: dict[str, list[str]] = {}
        self.notes: list[Note] = []
        self.printed: list[str] = []
        """The plain words of every text so far, to find the glossary's terms in."""

    def text(
        self, source: str | Prose | None, level: int = 3, *, language: str | None = None
    ) -> Text | None:
        """Prose at this place of the document, or None where there is none."""
        if source is None:
            return None
        prose = parse(source) if isinstance(source, str) else source
        if prose.is_empty:
            return None
        self.printed.append(prose.text())
        cited = tuple(self._cite(citation.items) for citation in prose.body_citations)
        first = len(self.notes) + 1
        # reserve the numbers before reading the bodies, which may cite but not be numbered again
        places = range(first, first + len(prose.footnotes))
        self.notes.extend(
            Note(footnote.label, number, Text(footnote.prose, level))
            for number, footnote in zip(places, prose.footnotes, strict=True)
        )
        for number, footnote in zip(places, prose.footnotes, strict=True):
            body = Text(
                footnote.prose,
                level,
                tuple(self._cite(citation.items) for citation in footnote.prose.body_citations),
                first_note=first,
                language=language,
            )
            self.printed.append(footnote.prose.text())
            self.notes[number - 1] = Note(footnote.label, number, body)
        return Text(
            prose,
            level,
            cited,
            tuple(self.notes[number - 1] for number in places),
            first,
            language,
        )

    def evidence(self, items: Iterable[Evidence], level: int = 4) -> tuple[EvidenceItem, ...]:
        """Sources that back a finding, each cited at this place."""
        return tuple(
            EvidenceItem(
                cited=self.source(item.id, item.locator or ""),
                typed=item.id,
                shows=self.text(item.shows, level),
            )
            for item in items
            if item.id
        )

    def source(self, reference: str | None, locator: str = "") -> Cited | None:
        """A citation of one work, or None where no reference has this id."""
        if not reference or reference not in self._known:
            return None
        return self._cite([CitedItem(reference, locator=locator)])

    def _cite(self, items: Sequence[CitedItem]) -> Cited:
        label = self._bibliography.cite(items)
        anchors = []
        for part in label.parts:
            if part.reference:
                places = self._cited_at.setdefault(part.reference, [])
                places.append(f"cite-{slug(part.reference)}-{len(places) + 1}")
                anchors.append(places[-1])
        return Cited(label, tuple(anchors))

    def references(self) -> tuple[ReferenceItem, ...]:
        """The list of references, as far as the document has cited them."""
        return tuple(
            ReferenceItem(
                entry, reference_anchor(entry.id), tuple(self._cited_at.get(entry.id, ()))
            )
            for entry in self._bibliography.entries()
        )


def reference_anchor(reference: str) -> str:
    """The anchor of a reference in the list of references."""
    return f"ref-{slug(reference)}"


def slug(text: str) -> str:
    """A citation key as part of an anchor. Keys that differ stay different."""
    return re.sub(r"[^A-Za-z0-9-]", lambda found: f"_{ord(found.group()):x}", text)
