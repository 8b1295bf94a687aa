"""The dress that the tests print in."""

from html import escape

from impactbrief.prose import Citation, NoteRef, PlainDress

KNOWN = ("kt-2016", "tba", "Smith2020")


class Dress(PlainDress):
    """Prints known references by number, and a cluster with an unknown one as typed."""

    def cite_html(self, citation: Citation) -> str | None:
        if any(item.id not in KNOWN for item in citation.items):
            return None
        parts = []
        for item in citation.items:
            number = KNOWN.index(item.id) + 1
            locator = f", {item.locator}" if item.locator else ""
            prefix = f"{item.prefix} " if item.prefix else ""
            parts.append(escape(f"{prefix}{number}{locator}{item.suffix}"))
        return f"[{'; '.join(parts)}]"

    def cite_markdown(self, citation: Citation) -> str | None:
        printed = self.cite_html(citation)
        return None if printed is None else f"\\{printed[:-1]}\\]"

    def note_html(self, ref: NoteRef) -> str:
        return f"<sup>{ref.index + 1}</sup>"

    def note_markdown(self, ref: NoteRef) -> str:
        return f"[^{ref.index + 1}]"
