"""An answer's Markdown: facts about it, safe HTML, tidy Markdown.

The only door to markdown-it-py and mdformat; both are imported when they are first needed.

    prose = parse(text)             read it, once
    prose.citations, .headings …    facts
    prose.html(dress)               print it: the document's dress says how deep its headings
    prose.markdown(dress)           stand and how citations and footnotes look
"""

from impactbrief.prose.citations import Citation, CitedItem, citation_key, is_citation_key
from impactbrief.prose.dress import Dress, PlainDress
from impactbrief.prose.facts import AsTyped, HeadingFact, ImageFact, LinkFact, NoteFact
from impactbrief.prose.prose import Footnote, Prose, parse
from impactbrief.prose.tree import NoteRef

__all__ = [
    "AsTyped",
    "Citation",
    "CitedItem",
    "Dress",
    "Footnote",
    "HeadingFact",
    "ImageFact",
    "LinkFact",
    "NoteFact",
    "NoteRef",
    "PlainDress",
    "Prose",
    "citation_key",
    "is_citation_key",
    "parse",
]
