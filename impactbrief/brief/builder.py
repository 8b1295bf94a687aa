"""What every document is built with: words, marks, links, sections, the title block, the lenses."""

from collections import Counter
from functools import cached_property
from itertools import chain

from impactbrief.answers.model import Finding, Person, Recommendation
from impactbrief.assessment import Assessed, Assessment
from impactbrief.brief.house import NO_HOUSE, House
from impactbrief.brief.model import (
    Block,
    Byline,
    Lenses,
    LensRow,
    Link,
    Mark,
    ProseBlock,
    RatedName,
    Section,
    Text,
    TitleBlock,
)
from impactbrief.brief.naming import jurisdiction, written_date
from impactbrief.brief.register import Register
from impactbrief.prose import parse
from impactbrief.shape import Unfit
from impactbrief.toolkit.model import Rating

GOVERNANCE_LENS = "multistakeholder-governance"
"""The lens that also shows the answers on governance."""


class Builder:
    """What every document is built from; documents differ only in what they print."""

    def __init__(self, assessment: Assessment, house: House = NO_HOUSE) -> None:
        self.assessment = assessment
        self.house = house
        self.answers = assessment.answers
        self.licence = self.answers.document.licence or house.licence
        self.toolkit = assessment.toolkit
        self.words = assessment.toolkit.words
        self.register = Register(
            assessment.file.references,
            self.answers.document.citation_style,
            self.answers.language,
        )

    # words

    @property
    def toolkit_language(self) -> str | None:
        """The language of the toolkit's words, where it is not the document's."""
        language = self.words.language
        return language if language != self.answers.language else None

    def heading(self, section: str) -> str:
        """A section's heading: the user's own, or the bank's."""
        return self.answers.document.headings.get(section) or self.words.sections.get(
            section, section
        )

    def date(self, value: str | None) -> str:
        if isinstance(value, Unfit):
            return self.odd(value)
        return written_date(value, self.words.language)

    def odd(self, typed: str) -> str:
        """A value that is none of its field's choices, as typed and marked."""
        return self.words.sentence("value_not_recognised", value=typed)

    def choice(self, kind: str, value: str | None) -> str:
        """The word for a choice; what was typed, marked, where it is none."""
        if not value:
            return ""
        return self.words.choice(kind, value) or self.odd(value)

    def jurisdictions(self) -> tuple[str, ...]:
        return tuple(jurisdiction(code, self.words) for code in self.answers.proposal.jurisdictions)

    @cached_property
    def recommendations(self) -> tuple[tuple[int, Recommendation], ...]:
        """Those that say something, by addressee in the order in which each is first named, with
        the numbers that they are printed under."""
        grouped: dict[str, list[Recommendation]] = {}
        for entry in self.answers.recommendations:
            if not parse(entry.text).is_empty:
                grouped.setdefault(entry.to or "", []).append(entry)
        return tuple(enumerate(chain(*grouped.values()), 1))

    # ratings

    def mark(self, rating: Rating | None, typed: str = "") -> Mark:
        """A rating's mark. An element without a rating prints as not assessed."""
        if typed:
            return Mark("unknown", self.odd(typed), "?", "open", 1)
        if rating is None:
            rating = self.toolkit.ratings["not-assessed"]
            return Mark(rating.id, self.words.label("not_assessed"), rating.glyph, rating.tone, 0)
        return Mark(rating.id, rating.name, rating.glyph, rating.tone, rating.strength)

    def mark_of(self, impact: str | None) -> Mark | None:
        """The mark of a rating as it stands in the file; None where there is none."""
        if not impact:
            return None
        rating = self.toolkit.ratings.get(impact)
        return self.mark(rating, "" if rating else impact)

    def link(self, item: Assessed, *, printed: bool) -> Link:
        """An element's name, leading to its section where that is printed."""
        anchor = item.element.id if printed and item.affected else None
        return Link(item.element.name, anchor, item.element.short)

    # pieces

    def title_block(self, document: str) -> TitleBlock:
        answers, words = self.answers.document, self.words
        dates = []
        when = self.date(answers.date)
        if answers.version and when:
            dates.append(words.label("version_dated", version=answers.version, date=when))
        elif answers.version:
            dates.append(words.label("version", version=answers.version))
        elif when:
            dates.append(when)
        if answers.revised:
            label, revised = words.label("revised"), self.date(answers.revised)
            dates.append(words.sentence("labelled", label=label, value=revised))
        status = answers.status if not isinstance(answers.status, Unfit) else "draft"
        notices = {"draft": "draft_notice", "review": "review_notice"}
        return TitleBlock(
            series=words.documents[document]["name"],
            title=answers.title,
            subtitle=answers.subtitle,
            authors=tuple(self.byline(person) for person in answers.authors),
            contributors=tuple(self.byline(person) for person in answers.contributors),
            reviewers=tuple(self.byline(person) for person in answers.reviewers),
            publisher=answers.publisher,
            dates=tuple(dates),
            status=status,
            status_name=self.choice("document_statuses", answers.status),
            status_notice=words.sentence(notices[status]) if status in notices else None,
            editors_note=self.register.text(answers.editors_note, 2)
            if document == "brief"
            else None,
            keywords=tuple(answers.keywords),
        )

    def byline(self, person: Person) -> Byline:
        odd = (self.odd(person.orcid),) if isinstance(person.orcid, Unfit) else ()
        orcid = None if odd else person.orcid
        return Byline(
            name=f"{person.name}, {person.suffix}" if person.suffix else person.name,
            affiliations=(*person.affiliation, *odd),
            role=person.role,
            orcid=f"https://orcid.org/{orcid.rpartition('/')[2]}" if orcid else None,
        )

    def lenses(self, *, linked: bool) -> Lenses:
        """The three lenses, each with the ratings of its elements side by side."""
        rows = []
        for view in self.assessment.lenses:
            sentences = (
                tuple(self.side_summary(side.id) for side in self.toolkit.sides)
                if view.lens.id == GOVERNANCE_LENS
                else ()
            )
            rows.append(
                LensRow(
                    id=view.lens.id,
                    name=view.lens.name,
                    question=view.lens.question,
                    items=tuple(
                        RatedName(
                            self.link(item, printed=linked), self.mark(item.rating, item.typed)
                        )
                        for item in view.items
                    ),
                    sentences=tuple(sentence for sentence in sentences if sentence),
                )
            )
        return Lenses(self.words.sentence("lenses_caption"), tuple(rows))

    def side_summary(self, side: str) -> str:
        """The answers of one side of governance, counted in a sentence; empty without answers."""
        items = self.assessment.side(side)
        if not any(item.answered for item in items):
            return ""
        name = next(known.name for known in self.toolkit.sides if known.id == side)
        counts = Counter(item.answer.answer for item in items if item.answer.answer)
        known = [(name, counts[id_]) for id_, name in self.toolkit.governance_answers.items()]
        open_ = len(items) - sum(count for _, count in known)
        said = [
            self.words.sentence("governance_answer_count", answer=answer, count=count)
            for answer, count in (*known, (self.words.label("not_answered"), open_))
            if count
        ]
        return self.words.sentence(
            "governance_side_summary",
            side=name,
            total=len(items),
            counts=self.words.sentences["names_separator"].join(said),
        )

    def description(self, source: str | None) -> str:
        """The first sentences of a text, for the document's metadata."""
        return parse(source or "").shortened(40).text().replace("\n", " ")

    def footer(self) -> tuple[Text, ...]:
        """Who made the method, and what this document is not."""
        said = self.words.sentence("made_with")
        texts = (self.register.text(said, 3, language=self.toolkit_language),)
        return tuple(text for text in texts if text)

    # sections

    def section(
        self, id_: str, *blocks: Block, level: int = 2, sections: tuple[Section, ...] = ()
    ) -> Section | None:
        """A section, or None where nothing stands in it."""
        if not blocks and not sections:
            return None
        language = None if self.answers.document.headings.get(id_) else self.toolkit_language
        return Section(id_, self.heading(id_), level, tuple(blocks), sections, language)

    def prose(
        self, source: str | None, level: int = 3, *, language: str | None = None
    ) -> tuple[ProseBlock, ...]:
        text = self.register.text(source, level, language=language)
        return (ProseBlock(text),) if text else ()

    def prose_section(self, id_: str, source: str | None) -> Section | None:
        return self.section(id_, *self.prose(source))

    def part_link(self, part: str) -> Link:
        known = self.assessment.parts
        return Link(known[part], f"part-{part}") if part in known else Link(self.odd(part))

    def confidence(self, finding: Finding) -> str | None:
        level = finding.confidence
        return (self.toolkit.confidence.get(level) or self.odd(level)) if level else None
