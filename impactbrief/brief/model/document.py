"""A whole document: its title block and its tree of sections."""

from collections.abc import Iterator
from dataclasses import dataclass

from impactbrief.brief.model.blocks import Block
from impactbrief.brief.model.text import Text
from impactbrief.toolkit.model import Words


@dataclass(frozen=True, slots=True)
class Byline:
    """A person or group, as named in the title block."""

    name: str
    affiliations: tuple[str, ...]
    role: str | None
    orcid: str | None
    """As a web address."""


@dataclass(frozen=True, slots=True)
class TitleBlock:
    series: str
    title: str
    subtitle: str | None
    authors: tuple[Byline, ...]
    contributors: tuple[Byline, ...]
    reviewers: tuple[Byline, ...]
    publisher: str | None
    dates: tuple[str, ...]
    """Lines such as "Version 1.0, May 2022"."""
    status: str
    """`draft`, `review` or `final`."""
    status_name: str
    status_notice: str | None
    editors_note: Text | None
    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it."""

    id: str
    """Stable, and the anchor that leads here."""
    heading: str
    level: int
    """2 for the document's main sections."""
    blocks: tuple[Block, ...] = ()
    sections: tuple["Section", ...] = ()
    language: str | None = None
    """Its heading's, where that is not the document's."""

    def walk(self) -> Iterator["Section"]:
        """This section and all below it, in the order of the document."""
        yield self
        for section in self.sections:
            yield from section.walk()


@dataclass(frozen=True, slots=True)
class Brief:
    """A whole document."""

    document: str
    """`brief`, `one-page` or `table`."""
    language: str
    """The language it is written in."""
    words_language: str
    """The language of its headings and labels; differs where there are no words in its own."""
    direction: str
    """`ltr` or `rtl`."""
    words: Words
    title_block: TitleBlock
    sections: tuple[Section, ...]
    footer: tuple[Text, ...]
    """What stands at the very end: who made the method, and what this document is not."""
    licence: str | None
    contact: str | None
    description: str
    """For the document's metadata: the abstract or the issue in a sentence or two."""
    date: str | None
    """The date of the document as it stands in the file, for metadata."""

    @property
    def status_mark(self) -> str:
        """What stands on every page of a brief that isn't final; empty for one that is."""
        match self.title_block.status:
            case "draft":
                return self.words.label("draft_mark")
            case "review":
                return self.words.label("review_mark")
            case _:
                return ""

    def section(self, id_: str) -> Section | None:
        """The section of this id, for a template that wants another order."""
        for top in self.sections:
            for section in top.walk():
                if section.id == id_:
                    return section
        return None
