"""Many briefs side by side: each proposal with its elements' ratings, as a page or as data.

Nothing is counted up or ranked: a rating stays the word that an author chose.
"""

import csv
import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from impactbrief.answers.file import STDIN
from impactbrief.assessment import Assessed, Assessment, open_assessment
from impactbrief.batch.outputs import spot, target_name
from impactbrief.batch.sources import Source
from impactbrief.brief.model import Mark
from impactbrief.brief.naming import direction, jurisdiction, written_date
from impactbrief.errors import ImpactBriefError, Place, Problem
from impactbrief.i18n import _, words_in
from impactbrief.render import DOCUMENTS, FORMATS, environment, house, marks
from impactbrief.render.html import version
from impactbrief.render.markdown import cell
from impactbrief.toolkit.load import DEFAULT, load
from impactbrief.toolkit.model import Element, Group, Toolkit

ENDINGS: Mapping[str, str] = MappingProxyType(
    {"md": ".md", "html": ".html", "csv": ".csv", "json": ".json"}
)


@dataclass(frozen=True, slots=True)
class Link:
    """A document of a brief that is there."""

    name: str
    href: str


Claim = tuple[str, str]
"""A folder, and the name of a file in it."""

BLANK = Mark("", "", "", "neutral", 1)


@dataclass(frozen=True)
class Row:
    """One brief."""

    file: str
    title: str
    proposal: str
    kind: str
    """As it stands in the file."""
    kind_name: str
    status: str
    """As it stands in the file."""
    status_name: str
    jurisdictions: tuple[str, ...]
    """As they stand in the file."""
    jurisdiction_names: tuple[str, ...]
    date: str
    date_name: str
    marks: Mapping[str, Mark]
    """By element; the toolkit's own elements only. `BLANK` where the brief's own question bank
    doesn't ask for one."""
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Portfolio:
    """Briefs in the order of their files, seen through one toolkit."""

    toolkit: Toolkit
    rows: tuple[Row, ...]
    failures: tuple[tuple[str, ImpactBriefError], ...] = field(default=())
    """Files that can't be shown, and why."""
    warnings: tuple[Problem, ...] = ()
    """What is not right with briefs that are shown."""

    @property
    def groups(self) -> tuple[Group, ...]:
        return self.toolkit.groups

    @property
    def elements(self) -> tuple[Element, ...]:
        return tuple(self.toolkit.elements[id_] for group in self.groups for id_ in group.elements)


def read_portfolio(
    found: Iterable[Source],
    *,
    language: str = "en",
    toolkit: str = DEFAULT,
    beside: Path | None = None,
    documents: Sequence[Path] = (),
) -> Portfolio:
    """The briefs of some answer files.

    `beside` is the folder that the page will lie in: links count from it, and lead to documents
    that lie beside the answer file or, with its own folders kept, in one of `documents`, unless
    another answer file's document would have the same name there. Raises ToolkitError; what is
    wrong with an answer file is in `failures`.
    """
    bank = load(toolkit, language, base=Path.cwd())
    found = list(found)
    claims = Counter(claim for source in found for claim in _claimed(source, documents))
    rows, failures, warnings = [], [], []
    for source in found:
        try:
            source.raise_problem()
            assessment = open_assessment(source.name)
        except ImpactBriefError as error:
            failures.append((source.name, error))
            continue
        links: tuple[Link, ...] = ()
        if beside is not None:
            links = tuple(_links(source, beside, documents, bank.language, claims))
        row = _row(source, assessment, bank, links)
        if BLANK in row.marks.values():
            warnings.append(_other_bank(source.name))
        rows.append(row)
    return Portfolio(bank, tuple(rows), tuple(failures), tuple(warnings))


def _other_bank(name: str) -> Problem:
    return Problem(
        what=_("Its question bank lacks elements of this table; their cells are blank."),
        hint=_("Choose the table's question bank with --toolkit."),
        place=Place(name),
    )


def _row(source: Source, assessment: Assessment, bank: Toolkit, links: tuple[Link, ...]) -> Row:
    document, proposal = assessment.answers.document, assessment.answers.proposal
    choices, language = bank.words.choices, bank.language
    places = tuple(place.strip() for place in proposal.jurisdictions if place.strip())
    kind, status = str(proposal.kind or ""), str(proposal.status or "")
    return Row(
        file=source.name,
        title=_words(document.title) or _words(proposal.name) or source.name,
        proposal=_words(proposal.name),
        kind=kind,
        kind_name=choices["proposal_kinds"].get(kind, kind),
        status=status,
        status_name=choices["proposal_statuses"].get(status, status),
        jurisdictions=places,
        jurisdiction_names=tuple(jurisdiction(place, bank.words) for place in places),
        date=str(document.date or ""),
        date_name=written_date(str(document.date), language) if document.date else "",
        marks={
            id_: _mark(bank, assessment.by_id.get(id_)) for id_ in bank.elements
        },
        links=links,
    )  # fmt: skip


def _words(text: str | None) -> str:
    return " ".join((text or "").split())


def _mark(bank: Toolkit, item: Assessed | None) -> Mark:
    if item is None:
        return BLANK
    if item.typed:
        return Mark("unknown", item.typed, "?", "open", 1)
    own = item.rating or bank.ratings["not-assessed"]
    rating = bank.ratings.get(own.id, own)
    return Mark(rating.id, rating.name, rating.glyph, rating.tone, rating.strength)


def _folders(source: Source, documents: Sequence[Path]) -> dict[str, Path]:
    """The folders where documents of an answer file may lie, without regard to links and case;
    the likeliest comes last."""
    if source.name == STDIN:
        return {}
    folders = [Path(source.name).parent, *(folder / source.below for folder in documents)]
    return {spot(folder): folder for folder in folders}


def _claimed(source: Source, documents: Sequence[Path]) -> set[Claim]:
    """What an answer file's documents would be called, and where."""
    names = [
        target_name(source, document, format_).casefold()
        for document in DOCUMENTS
        for format_ in FORMATS
    ]
    return {(folder, name) for folder in _folders(source, documents) for name in names}


def _links(
    source: Source,
    beside: Path,
    documents: Sequence[Path],
    language: str,
    claims: Mapping[Claim, int],
) -> Iterable[Link]:
    folders = list(reversed(_folders(source, documents).items()))
    for document in DOCUMENTS:
        for format_ in FORMATS.values():
            name = target_name(source, document, format_.id)
            for place, folder in folders:
                if claims[place, name.casefold()] == 1 and (folder / name).is_file():
                    path = os.path.relpath(folder / name, beside)
                    yield Link(_link_name(document, format_.name, language), _href(path))
                    break


def _link_name(document: str, format_: str, language: str) -> str:
    _ = words_in(language)
    match document:
        case "one-page":
            return _("One-page summary, {format}").format(format=format_)
        case "table":
            return _("Preliminary table, {format}").format(format=format_)
        case _:
            return _("Brief, {format}").format(format=format_)


def _href(path: str) -> str:
    """A relative address. A first part with a colon would read as a scheme."""
    return "./" + quote(os.fsencode(Path(path).as_posix()))


# --- as data ------------------------------------------------------------------------------------


def as_json(portfolio: Portfolio) -> bytes:
    """Everything, by ids."""
    data: dict[str, Any] = {
        "toolkit": portfolio.toolkit.id,
        "elements": [
            {"id": element.id, "group": element.group, "name": element.name}
            for element in portfolio.elements
        ],
        "briefs": [
            {
                "file": row.file,
                "title": row.title,
                "proposal": row.proposal,
                "kind": row.kind or None,
                "status": row.status or None,
                "jurisdictions": list(row.jurisdictions),
                "date": row.date or None,
                "ratings": {id_: mark.id or None for id_, mark in row.marks.items()},
                "documents": [link.href for link in row.links],
            }
            for row in portfolio.rows
        ],
    }
    return (json.dumps(data, ensure_ascii=True, indent=2) + "\n").encode("ascii")


def as_csv(portfolio: Portfolio) -> bytes:
    """A line for each brief, with a column for each element; for spreadsheets, in UTF-8."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    ids = [element.id for element in portfolio.elements]
    writer.writerow(["file", "title", "proposal", "kind", "status", "jurisdictions", "date", *ids])
    for row in portfolio.rows:
        places = "; ".join(row.jurisdictions)
        facts = (row.file, row.title, row.proposal, row.kind, row.status, places, row.date)
        writer.writerow([*map(_harmless, facts), *(_harmless(row.marks[id_].id) for id_ in ids)])
    return out.getvalue().encode("utf-8", "backslashreplace")


def _harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


# --- as a page ----------------------------------------------------------------------------------


def as_markdown(portfolio: Portfolio) -> bytes:
    """A table with a row for each brief and a column for each element."""
    _ = words_in(portfolio.toolkit.language)
    shorts = (element.short for element in portfolio.elements)
    heads = [_("Brief"), _("Proposal"), _("Jurisdiction"), _("Kind"), *shorts]
    title = _("Portfolio of briefs")
    lines = [f"# {title}", "", _table_line(map(cell, heads))]
    lines.append(_table_line("---" for _head in heads))
    separator = portfolio.toolkit.words.sentence("list_separator")
    for row in portfolio.rows:
        name = cell(row.title)
        if row.links:
            links = separator.join(f"[{cell(link.name)}]({link.href})" for link in row.links)
            name = f"{name} ({links})"
        places = separator.join(row.jurisdiction_names)
        facts = [cell(row.proposal), cell(places), cell(row.kind_name)]
        rated = (cell(row.marks[element.id]) for element in portfolio.elements)
        lines.append(_table_line([name, *facts, *rated]))
    return ("\n".join(lines) + "\n").encode("utf-8", "backslashreplace")


def _table_line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


@dataclass(frozen=True)
class Filter:
    """A choice among the rows: its options, each with the class of the rows that it leaves."""

    id: str
    name: str
    every: str
    options: tuple[tuple[str, str], ...]
    """(class, what a reader sees)."""


def as_html(portfolio: Portfolio, own: Path | None = None) -> bytes:
    """One self-contained page. Its filters are rules of the style sheet: no script runs.

    `own` is a user's folder of templates and house style. Raises TemplateError.
    """
    rows = portfolio.rows
    places = _numbered("j", ((n, n) for row in rows for n in row.jurisdiction_names))
    kinds = _numbered("k", ((row.kind, row.kind_name) for row in rows if row.kind))
    order = list(portfolio.toolkit.ratings)
    used = {mark.id: mark.name for row in rows for mark in row.marks.values() if mark != BLANK}
    ranked = sorted(used, key=lambda id_: order.index(id_) if id_ in order else len(order))
    ratings = {id_: (f"r{index}", used[id_]) for index, id_ in enumerate(ranked)}
    looks, words = house.style(own), portfolio.toolkit.words
    _ = words_in(portfolio.toolkit.language)
    filters = [
        Filter("jurisdiction", _("Jurisdiction"), _("All"), _in_order(places)),
        Filter("kind", _("Kind"), _("All"), _in_order(kinds)),
        Filter("rating", _("With a rating of"), _("Any"), tuple(ratings.values())),
    ]
    page = environment.run(
        environment.environment(own, escape=True),
        "portfolio/portfolio.html.j2",
        portfolio=portfolio,
        words=words,
        language=portfolio.toolkit.language,
        direction=direction(portfolio.toolkit.language),
        generator=f"impactbrief {version()}",
        filters=[item for item in filters if len(item.options) > 1],
        rows=[
            (row, " ".join(_classes(row, places, kinds, ratings))) for row in rows
        ],
        mark_classes=marks.classes,
        is_drawn=marks.is_drawn,
        mark_rules=marks.style_sheet(dark=True),
        base=environment.source("shared/base.css", own),
        house_rules=looks.rules(for_print=False),
        css=environment.source("portfolio/portfolio.css", own),
        logo=looks.logo,
        licence=words.sentence("labelled", label=words.label("licence"), value=licence)
        if (licence := looks.house.licence) else "",
        t=_page_words(portfolio),
    )  # fmt: skip
    return page.encode("utf-8", "xmlcharrefreplace")


def _page_words(portfolio: Portfolio) -> dict[str, str]:
    _ = words_in(portfolio.toolkit.language)
    return {
        "title": _("Portfolio of briefs"),
        "skip": _("Skip to the table"),
        "filters": _("Show only"),
        "reset": _("Show all"),
        "shown": _("Shown:"),
        "of": _("of {count}").format(count=len(portfolio.rows)),
        "brief": _("Brief"),
        "proposal": _("Proposal"),
        "jurisdiction": _("Jurisdiction"),
        "kind": _("Kind"),
        "caption": _("Proposals and their impact on each element of the toolkit"),
    }


def _numbered(letter: str, items: Iterable[tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """For each id, a class of its own and its name."""
    names = dict(items)
    return {id_: (f"{letter}{index}", name) for index, (id_, name) in enumerate(names.items())}


def _in_order(options: Mapping[str, tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Options by what a reader sees."""
    return tuple(sorted(options.values(), key=lambda option: option[1].casefold()))


def _classes(
    row: Row,
    places: Mapping[str, tuple[str, str]],
    kinds: Mapping[str, tuple[str, str]],
    ratings: Mapping[str, tuple[str, str]],
) -> Iterable[str]:
    yield from (places[name][0] for name in row.jurisdiction_names)
    if row.kind:
        yield kinds[row.kind][0]
    yield from sorted({ratings[mark.id][0] for mark in row.marks.values() if mark != BLANK})


def made(portfolio: Portfolio, format_: str, own: Path | None = None) -> bytes:
    """The portfolio in one of the formats of `ENDINGS`."""
    match format_:
        case "md":
            return as_markdown(portfolio)
        case "html":
            return as_html(portfolio, own)
        case "csv":
            return as_csv(portfolio)
        case "json":
            return as_json(portfolio)
        case _:
            raise ValueError(format_)
