"""The full brief: every section, in the order in which it is read."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from impactbrief.assessment import Assessment
from impactbrief.brief import closing, findings, opening, provisions
from impactbrief.brief.builder import Builder
from impactbrief.brief.governance import governance
from impactbrief.brief.house import NO_HOUSE, House
from impactbrief.brief.model import Brief, Section
from impactbrief.brief.naming import direction

SECTIONS: Mapping[str, Callable[[Builder], Section | None]] = MappingProxyType(
    {
        "abstract": lambda b: b.prose_section("abstract", b.answers.sections.abstract),
        "at-a-glance": opening.at_a_glance,
        "methodology": opening.methodology,
        "context": opening.context,
        "matrix": findings.matrix,
        "critical-properties": findings.properties,
        "enablers": findings.enablers,
        "governance": governance,
        "parts": provisions.part_matrix,
        "conclusion": lambda b: b.prose_section("conclusion", b.answers.sections.conclusion),
        "recommendations": closing.recommendations,
        "annexes": closing.annexes,
        "glossary": closing.glossary,
        "notes": closing.notes,
        "references": closing.references,
        "acknowledgements": lambda b: b.prose_section(
            "acknowledgements", b.answers.sections.acknowledgements
        ),
        "disclaimer": lambda b: b.prose_section("disclaimer", b.answers.sections.disclaimer),
        "licence": closing.licence,
    }
)
"""What makes each section of a full brief, in the usual order."""

_LOOKED_UP = ("glossary", "notes", "references")
"""What is known only when all else is made, wherever it stands; and in this order."""


def full_brief(assessment: Assessment, house: House = NO_HOUSE) -> Brief:
    """The full brief of an assessment."""
    b = Builder(assessment, house)
    title_block = b.title_block("brief")
    sections = tuple(section for section in _sections(b) if section)
    document = b.answers.document
    abstract = b.answers.sections.abstract
    return Brief(
        document="brief",
        language=b.answers.language,
        words_language=b.words.language,
        direction=direction(b.answers.language),
        words=b.words,
        title_block=title_block,
        sections=sections,
        footer=b.footer(),
        licence=b.licence,
        contact=document.contact,
        description=b.description(abstract),
        date=document.last_date,
    )


def _sections(b: Builder) -> Iterator[Section | None]:
    """One after the other, since citations and footnotes are numbered as they come."""
    order = list(dict.fromkeys([*b.house.sections, *SECTIONS]))
    first = (name for name in order if name not in _LOOKED_UP)
    made = {name: SECTIONS[name](b) for name in (*first, *_LOOKED_UP)}
    return (made[name] for name in order)
