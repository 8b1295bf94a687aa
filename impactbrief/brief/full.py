"""The full brief: every section, in the order in which it is read."""

from collections.abc import Iterator

from impactbrief.assessment import Assessment
from impactbrief.brief import closing, findings, opening, provisions
from impactbrief.brief.builder import Builder
from impactbrief.brief.governance import governance
from impactbrief.brief.model import Brief, Section
from impactbrief.brief.naming import direction


def full_brief(assessment: Assessment) -> Brief:
    """The full brief of an assessment."""
    b = Builder(assessment)
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
        licence=document.licence,
        contact=document.contact,
        description=b.description(abstract),
        date=document.revised or document.date,
    )


def _sections(b: Builder) -> Iterator[Section | None]:
    """One after the other, since citations and footnotes are numbered as they come."""
    written = b.answers.sections
    yield b.prose_section("abstract", written.abstract)
    yield opening.at_a_glance(b)
    yield opening.methodology(b)
    yield opening.context(b)
    yield findings.matrix(b)
    yield findings.properties(b)
    yield findings.enablers(b)
    yield governance(b)
    yield provisions.part_matrix(b)
    yield b.prose_section("conclusion", written.conclusion)
    yield closing.recommendations(b)
    yield closing.annexes(b)
    # what stands after the references may still cite and use terms
    last = [
        b.prose_section("acknowledgements", written.acknowledgements),
        b.prose_section("disclaimer", written.disclaimer),
        closing.licence(b),
    ]
    yield closing.glossary(b)
    yield closing.notes(b)
    yield closing.references(b)
    yield from last
