"""`[@id]` and a list of references, turned into citations and a bibliography in a CSL style.

The only door to citeproc-py, which is loaded when the first reference is printed, not before.

    bibliography = Bibliography(answers.references, "ieee", "en")
    for cluster in citations:                      # in document order
        label = bibliography.cite(cluster.items)   # [1, p. 4], [2]
    bibliography.add_uncited("record-2021")        # evidence that no sentence cites
    for entry in bibliography.entries(): ...

The same input gives the same output; nothing is read but the installed styles; no reference, odd
as it may be, makes it fail.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import RLock
from typing import TYPE_CHECKING, Any, Final, Protocol

from impactbrief.answers.styles import DEFAULT_STYLE, StyleChoice, choose_style
from impactbrief.brief.citations import marks
from impactbrief.brief.citations.locators import read_locator
from impactbrief.brief.citations.marks import DOI, DOI_SITE, NUMBER, clean
from impactbrief.brief.citations.mending import INSTEAD, mended, number_of, numbered
from impactbrief.brief.citations.reference import Reference, tidy

if TYPE_CHECKING:
    from impactbrief.brief.citations.engine import Cite, Engine

__all__ = [
    "DEFAULT_STYLE",
    "Bibliography",
    "CitedItem",
    "Entry",
    "Label",
    "LabelPart",
    "StyleChoice",
    "choose_style",
]

_ENGINE: Final = RLock()
"""One style prints one thing at a time: citeproc-py keeps its state in the style."""

_GREY: Final = frozenset(
    (
        "bill", "dataset", "document", "hearing", "legal_case", "legislation", "pamphlet",
        "personal_communication", "post", "post-weblog", "regulation", "report", "speech",
        "standard", "treaty", "webpage",
    )
)  # fmt: skip
"""Types whose web address is where they are published, so that an entry without it is of no use."""


class CitedItem(Protocol):
    """One work in a citation, as `impactbrief.prose` reads it."""

    @property
    def id(self) -> str: ...
    @property
    def locator(self) -> str: ...
    @property
    def prefix(self) -> str: ...
    @property
    def suffix(self) -> str: ...
    @property
    def author_suppressed(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class LabelPart:
    """A piece of a citation."""

    text: str
    html: str
    """The same, escaped, with at most `i`, `b`, `sup` and `sub`."""
    reference: str | None = None
    """The id of the work to link this piece to, or None."""


@dataclass(frozen=True, slots=True)
class Label:
    """A citation as it prints: `[`, `1, p. 4` (linked), `], [`, `2` (linked), `]`."""

    parts: tuple[LabelPart, ...]
    unresolved: tuple[str, ...] = ()
    """Ids that no reference has; among others they print as `@id`. Where no id of the citation has
    one, there are no parts, and it is to be printed as typed."""

    @property
    def text(self) -> str:
        """The citation as plain text."""
        return "".join(part.text for part in self.parts)


@dataclass(frozen=True, slots=True)
class Entry:
    """One work in the list of references."""

    id: str
    number: str | None
    """What to print before the entry, as in `[1]`; None in a style without numbers."""
    html: str
    """The entry, safe, with at most `i`, `b`, `sup`, `sub` and links (`a`) to http and https."""
    text: str
    url: str | None
    """Where the work is: its web address, else its DOI's."""


@dataclass(slots=True)
class _Work:
    """A reference on its way through the processor."""

    reference: Reference
    key: str
    number: int = 0
    prepared: Any = None
    """In the processor's shape; made when first needed."""


class Bibliography:
    """The numbered references of one document.

    Of references with the same id the first counts. A reference without an id can't be cited.
    An unknown or unusable style is replaced by IEEE, and a language that the processor doesn't
    know by American English; `style` and `locale` say so.
    """

    def __init__(
        self, references: Sequence[Mapping[str, object]], style: str, language: str
    ) -> None:
        self.style: StyleChoice = choose_style(style)
        self.locale = "en-US"
        self._language = language
        self._works: dict[str, _Work] = {}
        for raw in references:
            reference = tidy(raw)
            if reference.id and reference.id not in self._works:
                self._works[reference.id] = _Work(reference, f"r{len(self._works)}")
        self._listed: list[_Work] = []
        self._earlier: list[Any] = []
        self._labels: dict[tuple[object, ...], Label] = {}
        """Citations that print the same wherever they stand."""
        self._loaded: Engine | None = None

    def cite(self, items: Sequence[CitedItem]) -> Label:
        """The label of one citation; to be called in document order, since it gives the numbers."""
        same = tuple(
            (item.id, item.locator, item.prefix, item.suffix, item.author_suppressed)
            for item in items
        )
        if (label := self._labels.get(same)) is not None:
            return label
        known = [item for item in items if item.id in self._works]
        unresolved = tuple(dict.fromkeys(item.id for item in items if item.id not in self._works))
        if not known:
            return Label((), unresolved)
        with _ENGINE:
            engine = self._engine()
            for item in known:
                self._list(self._works[item.id])
            if engine.numeric:
                known.sort(key=lambda item: self._works[item.id].number)
            texts = self._cited(engine, known)
            label = Label(self._assemble(engine, known, texts, unresolved), unresolved)
            if not engine.looks_back:
                self._labels[same] = label
            return label

    def add_uncited(self, id: str) -> bool:
        """List a reference that no sentence cites, after those that are. False if there is none."""
        work = self._works.get(id)
        if work is not None:
            self._list(work)
        return work is not None

    def entries(self) -> list[Entry]:
        """The works cited or added so far, in the style's order, each with its text."""
        if not self._listed:
            return []
        with _ENGINE:
            engine = self._engine()
            for work in self._listed:
                self._prepared(engine, work)
            order = self._order(engine, self._listed)
            return [self._entry(engine, self._listed[index]) for index in order]

    # -- one work -----------------------------------------------------------------------------

    def _list(self, work: _Work) -> None:
        if not work.number:
            self._listed.append(work)
            work.number = len(self._listed)

    def _prepared(self, engine: "Engine", work: _Work) -> Any:
        if work.prepared is None:
            work.prepared = engine.prepare(
                mended(work.reference, self.style.used, engine.numeric), work.key
            )
        return work.prepared

    def _entry(self, engine: "Engine", work: _Work) -> Entry:
        reference = work.reference
        number, body = self._best_entry(engine, work)
        body = marks.set_quotes(marks.mend(body, engine.quotes), engine.quotes).strip()
        pieces = marks.runs(body)
        url = reference.url or (_doi_address(reference.doi) if reference.doi else None)

        def link(kind: str, text: str) -> str | None:
            return _doi_address(text) if kind == DOI else reference.url

        return Entry(
            id=reference.id,
            number=number or None,
            html=marks.html(pieces, link),
            text=marks.plain(pieces),
            url=url,
        )

    def _best_entry(self, engine: "Engine", work: _Work) -> tuple[str, str]:
        """Number and text, under the first type whose entry says what the work is and where."""
        reference = work.reference
        title = marks.unmarked(reference.texts.get("title", ""))
        address = marks.unmarked(reference.texts.get("URL", "")) if reference.type in _GREY else ""
        number = marks.unmarked(number_of(reference)).casefold()
        first: tuple[str, str] | None = None
        changes: list[Reference | None] = [None, numbered(reference)] if number else [None]
        for change in (*changes, *(numbered(reference).with_texts(kind) for kind in INSTEAD)):
            printed = self._printed(engine, work, change)
            if printed is None:
                continue
            plain = marks.unmarked(printed[1]).casefold()
            addressed = address.casefold() in plain or _has_doi(reference, plain)
            if title.casefold() in plain and number in plain and addressed:
                return printed
            if first is None and title.casefold() in plain:
                first = printed
        if first is None:
            label = f"[{work.number}]" if engine.numeric else ""
            first = (label, reference.texts.get("title") or clean(reference.id))
        return first[0], " ".join(filter(None, (first[1], reference.texts.get("URL", ""))))

    def _printed(
        self, engine: "Engine", work: _Work, change: Reference | None
    ) -> tuple[str, str] | None:
        """Number and text of the entry, as it is or changed; None if the style prints nothing."""
        prepared = self._prepared(engine, work)
        if change is not None:
            prepared = engine.prepare(change, work.key, like=prepared)
        try:
            number, text = _apart(engine.entry(prepared, work.number))
        except Exception:  # a value of a shape that the style trips over
            return None
        return (number, text) if marks.unmarked(text).strip() else None

    # -- one citation -------------------------------------------------------------------------

    def _cited(self, engine: "Engine", items: Sequence[CitedItem]) -> list[str]:
        from impactbrief.brief.citations.engine import Cite

        texts = []
        for item in items:
            work = self._works[item.id]
            label, place = read_locator(item.locator)
            cite = Cite(self._prepared(engine, work), work.number, label, place,
                        item.author_suppressed and not engine.numeric)  # fmt: skip
            text = self._cited_alone(engine, cite, self._earlier)
            text = marks.mend(text, engine.quotes)
            texts.append(text or (str(work.number) if engine.numeric else clean(item.id)))
        return texts

    def _assemble(
        self,
        engine: "Engine",
        items: Sequence[CitedItem],
        texts: Sequence[str],
        unresolved: tuple[str, ...],
    ) -> tuple[LabelPart, ...]:
        before, between, after = engine.cluster
        pieces: list[tuple[str, str | None]] = [(before, None)]
        for index, (item, text) in enumerate(zip(items, texts, strict=True)):
            opening, core, closing = _bracketed(text)
            prefix, suffix = clean(item.prefix), clean(item.suffix)
            joint = "" if suffix[:1] in ",;:.)]" else " "
            pieces += [
                (between if index else "", None),
                (f"{prefix} " if prefix else "", None),
                (opening, None),
                (core, item.id),
                (f"{joint}{suffix}" if suffix else "", None),
                (closing, None),
            ]
        pieces += [(f"{between}@{id}", None) for id in map(clean, unresolved)]
        pieces.append((after, None))
        return tuple(self._parts(engine, pieces))

    def _parts(self, engine: "Engine", pieces: Sequence[tuple[str, str | None]]) -> list[LabelPart]:
        parts: list[LabelPart] = []
        pending = ""
        for text, id in pieces:
            if id is None:
                pending += text
                continue
            parts += _part(engine, pending, None)
            parts += _part(engine, text, id)
            pending = ""
        return parts + _part(engine, pending, None)

    # -- the style ----------------------------------------------------------------------------

    def _engine(self) -> "Engine":
        if self._loaded is None:
            from impactbrief.brief.citations import engine

            with _ENGINE:
                self.locale = engine.locale_for(self._language)
                self._loaded = engine.load(self.style.path, self.locale)
                if not self._loaded.numeric:
                    self._tell_apart(self._loaded)
        return self._loaded

    def _tell_apart(self, engine: "Engine") -> None:
        """Give works that would be cited alike a letter after the year: 2020a, 2020b."""
        for work in self._works.values():
            self._prepared(engine, work)
        for works in self._cited_alike(engine):
            for work in works:
                engine.tell_apart(work.prepared)
        if not engine.adds_year_suffix:
            return
        for works in self._cited_alike(engine):
            for rank, index in enumerate(self._order(engine, works)):
                engine.tell_apart(works[index].prepared, _letter(rank))

    def _cited_alike(self, engine: "Engine") -> list[list[_Work]]:
        from impactbrief.brief.citations.engine import Cite

        alike: dict[str, list[_Work]] = {}
        for work in self._works.values():
            label = self._cited_alone(engine, Cite(work.prepared, 0), [])
            alike.setdefault(label, []).append(work)
        return [works for works in alike.values() if len(works) > 1]

    # -- what may trip over odd values ----------------------------------------------------------

    def _cited_alone(self, engine: "Engine", cite: "Cite", earlier: list[Any]) -> str:
        try:
            return engine.cite(cite, earlier)
        except Exception:  # a value of a shape that the style trips over
            return ""

    def _order(self, engine: "Engine", works: Sequence[_Work]) -> list[int]:
        try:
            return engine.order([work.prepared for work in works])
        except Exception:  # a value that the style cannot sort by
            return list(range(len(works)))


def _part(engine: "Engine", text: str, id: str | None) -> list[LabelPart]:
    runs = marks.runs(marks.set_quotes(engine.in_layout(text), engine.quotes))
    if not runs:
        return []
    return [LabelPart(marks.plain(runs), "".join(run.html for run in runs), id)]


_BRACKETS = re.compile(r"([\[(]?)(.*?)([\])]?)", re.DOTALL)


def _bracketed(text: str) -> tuple[str, str, str]:
    """A cite without the brackets around it, which are no part of the link."""
    match = _BRACKETS.fullmatch(text)
    if match and (match[1] + match[3]) in ("[]", "()") and match[2]:
        return match[1], match[2], match[3]
    return "", text, ""


def _apart(entry: str) -> tuple[str, str]:
    """An entry's number, with what stands around it, and the rest."""
    number_end = entry.find(NUMBER[1])
    head = entry[: number_end + 1]
    if number_end < 0 or any(c.isalnum() for c in head[: head.find(NUMBER[0])]):
        return "", entry
    match = re.match(r"[\]).:]*\s*", entry[number_end + 1 :])
    cut = number_end + 1 + (match.end() if match else 0)
    return marks.unmarked(entry[:cut]).strip(), entry[cut:]


def _has_doi(reference: Reference, plain: str) -> bool:
    return bool(reference.doi and reference.doi.casefold() in plain)


def _doi_address(doi: str) -> str | None:
    return DOI_SITE + doi if re.match(r"10\.\d{3,9}/\S+$", doi) else None


def _letter(rank: int) -> str:
    letters = ""
    rank += 1
    while rank:
        rank, digit = divmod(rank - 1, 26)
        letters = chr(ord("a") + digit) + letters
    return letters
