"""The full brief: every section, in the order in which it is read."""

import re
from collections.abc import Iterator

from impactbrief.answers.model import ElementAnswer, Finding, GoalAnswer, Part
from impactbrief.assessment import Assessed, Assessment
from impactbrief.brief.model import (
    Angle,
    Block,
    Brief,
    CaseRow,
    Fact,
    Facts,
    FindingBlock,
    Glossary,
    GlossaryItem,
    GovernanceGroup,
    GovernanceRow,
    GovernanceTable,
    Link,
    Matrix,
    MatrixGroup,
    MatrixRow,
    Notes,
    PartEntry,
    PartMatrix,
    Parts,
    Points,
    ProseBlock,
    RatedName,
    RecommendationItem,
    Recommendations,
    References,
    Section,
    Sentence,
    StakeholderRow,
    StakeholderTable,
    Text,
)
from impactbrief.brief.naming import direction
from impactbrief.brief.parts import Builder
from impactbrief.toolkit.model import Group

OVERALL_ANCHOR = "at-a-glance"


def full_brief(assessment: Assessment) -> Brief:
    """The full brief of an assessment."""
    return _FullBrief(assessment).build()


class _FullBrief(Builder):
    """Builds the sections one after the other, since citations are numbered as they come."""

    def build(self) -> Brief:
        title_block = self.title_block("brief")
        sections = [section for section in self.sections() if section]
        footer = self.footer()
        document = self.answers.document
        return Brief(
            document="brief",
            language=self.answers.language,
            words_language=self.words.language,
            direction=direction(self.answers.language),
            words=self.words,
            title_block=title_block,
            sections=tuple(sections),
            footer=footer,
            licence=document.licence,
            contact=document.contact,
            description=self.description(),
            date=document.revised or document.date,
        )

    def description(self) -> str:
        abstract = next(iter(self.prose(self.answers.sections.abstract)), None)
        return abstract.text.prose.shortened(40).text().replace("\n", " ") if abstract else ""

    def sections(self) -> Iterator[Section | None]:
        sections = self.answers.sections
        yield self.prose_section("abstract", sections.abstract)
        yield self.at_a_glance()
        yield self.methodology()
        yield self.context()
        yield self.matrix()
        yield self.properties()
        yield self.enablers()
        yield self.governance()
        yield self.part_matrix()
        yield self.prose_section("conclusion", sections.conclusion)
        yield self.recommendations()
        yield self.annexes()
        acknowledgements = self.prose_section("acknowledgements", sections.acknowledgements)
        disclaimer = self.prose_section("disclaimer", sections.disclaimer)
        licence = self.licence()
        yield self.glossary()
        yield self.notes()
        yield self.references()
        yield acknowledgements
        yield disclaimer
        yield licence

    # helpers

    def section(
        self, id_: str, *blocks: Block, level: int = 2, sections: tuple[Section, ...] = ()
    ) -> Section | None:
        """A section, or None where nothing stands in it."""
        if not blocks and not sections:
            return None
        return Section(id_, self.heading(id_), level, tuple(blocks), sections)

    def prose(self, source: str | None, level: int = 3) -> tuple[ProseBlock, ...]:
        text = self.register.text(source, level)
        return (ProseBlock(text),) if text else ()

    def prose_section(self, id_: str, source: str | None) -> Section | None:
        return self.section(id_, *self.prose(source))

    def part_link(self, part: str) -> Link:
        known = self.assessment.parts
        return Link(known[part], f"part-{part}") if part in known else Link(self.odd(part))

    # the opening

    def at_a_glance(self) -> Section | None:
        blocks: list[Block] = []
        overall = self.answers.overall
        if overall:
            blocks.append(self.goal_finding(overall, 3))
        if not any(item.assessed for item in self.assessment.elements):
            blocks.append(Sentence(self.words.sentence("nothing_assessed")))
        else:
            blocks.append(self.lenses(linked=True))
        return self.section("at-a-glance", *blocks)

    def methodology(self) -> Section | None:
        own = self.answers.sections.methodology
        return self.prose_section("methodology", self.toolkit.methodology if own is None else own)

    def context(self) -> Section | None:
        blocks: list[Block] = [*self.proposal_facts(), *self.prose(self.answers.sections.context)]
        below = []
        assumptions = tuple(
            text
            for item in self.answers.sections.assumptions
            if (text := self.register.text(item, 4))
        )
        if assumptions:
            below.append(self.section("assumptions", Points(assumptions), level=3))
        return self.section(
            "context", *blocks, sections=tuple(section for section in below if section)
        )

    def proposal_facts(self) -> tuple[Facts, ...]:
        proposal, words = self.answers.proposal, self.words
        facts = [Fact(words.label("proposal"), (proposal.name,))]

        def add(label: str, *lines: str, url: str | None = None) -> None:
            filled = tuple(line for line in lines if line)
            if filled or url:
                facts.append(Fact(words.label(label), filled, url))

        add("kind", self.choice("proposal_kinds", proposal.kind))
        add("proposal_status", self.choice("proposal_statuses", proposal.status))
        if note := self.register.text(proposal.status_note, 4):
            status = facts.pop() if proposal.status else Fact(words.label("proposal_status"))
            facts.append(Fact(status.label, status.lines, None, note))
        add("jurisdictions", words.listed(self.jurisdictions()))
        add("proponent", proposal.proponent or "")
        add("venue", proposal.venue or "")
        add("dates", *self.events())
        add("address", url=proposal.url)
        for name in ("aims", "mechanism"):
            if text := self.register.text(getattr(proposal, name), 4):
                facts.append(Fact(words.label(name), text=text))
        return (Facts(tuple(facts)),)

    def events(self) -> Iterator[str]:
        for event in self.answers.proposal.dates:
            when = self.date(event.date)
            if event.end:
                when = self.words.sentence("date_range", start=when, end=self.date(event.end))
            if when:
                yield self.words.sentence("dated_event", event=event.event, date=when)
            else:
                yield self.words.sentence("undated_event", event=event.event)

    # the findings

    def matrix(self) -> Section | None:
        if not any(item.assessed for item in self.assessment.elements):
            return None
        groups = tuple(
            MatrixGroup(
                group.name,
                tuple(self.matrix_row(item) for item in self.assessment.of_group(group)),
                self.mark_of(goal.impact) if (goal := self.answers.goals.get(group.id)) else None,
            )
            for group in self.toolkit.groups
        )
        return self.section("matrix", Matrix(self.words.sentence("matrix_caption"), groups))

    def matrix_row(self, item: Assessed) -> MatrixRow:
        return MatrixRow(
            link=self.link(item, printed=True),
            mark=self.mark(item.rating, item.typed),
            confidence=self.confidence(item.answer) if item.affected else None,
            cases=tuple(
                RatedName(self.part_link(case.part), mark)
                for case in item.answer.cases
                if (mark := self.mark_of(case.impact)) and item.affected
            ),
        )

    def confidence(self, finding: Finding) -> str | None:
        level = finding.confidence
        return (self.toolkit.confidence.get(level) or self.odd(level)) if level else None

    def properties(self) -> Section | None:
        blocks, below = [], []
        for group in self.toolkit.groups:
            if group.kind == "critical-property":
                found, sections = self.group(group, 3)
                blocks.extend(found)
                below.extend(sections)
        return self.section("critical-properties", *blocks, sections=tuple(below))

    def enablers(self) -> Section | None:
        below = []
        for goal in self.toolkit.goals:
            blocks, sections = self.group(goal, 4)
            if section := self.section(goal.id, *blocks, level=3, sections=tuple(sections)):
                below.append(section)
        return self.section("enablers", sections=tuple(below))

    def group(self, group: Group, level: int) -> tuple[list[Block], list[Section]]:
        """A group: the finding on it as a whole, the elements with an effect, then the others."""
        blocks: list[Block] = []
        if goal := self.answers.goals.get(group.id):
            blocks.append(self.goal_finding(goal, level))
        items = self.assessment.of_group(group)
        sections = [
            Section(item.element.id, item.element.name, level, (self.finding(item, level + 1),))
            for item in items
            if item.affected
        ]
        unaffected = [item for item in items if item.rating and item.rating.id == "none"]
        missing = [item for item in items if not item.assessed]
        if unaffected:
            blocks.append(self.names("no_impact", unaffected))
            reasons = tuple(
                reason for item in unaffected if (reason := self.reason(item, level + 1))
            )
            if reasons:
                blocks.append(Points(reasons))
        if missing:
            blocks.append(self.names("not_assessed", missing))
        return blocks, sections

    def reason(self, item: Assessed, level: int) -> Text | None:
        """Why an element is not affected, where its author said so."""
        return self.register.text(item.answer.effect_on_internet, level)

    def names(self, sentence: str, items: list[Assessed]) -> Sentence:
        names = [item.element.name for item in items]
        separator, last = (
            self.words.sentences["names_separator"],
            self.words.sentences["names_last"],
        )
        listed = (separator.join(names[:-1]) + last + names[-1]) if len(names) > 1 else names[0]
        return Sentence(self.words.sentence(sentence, elements=listed))

    def finding(self, item: Assessed, level: int) -> FindingBlock:
        answer = item.answer
        return FindingBlock(
            mark=self.mark(item.rating, item.typed),
            confidence=self.confidence(answer),
            effect_on_internet=self.register.text(answer.effect_on_internet, level),
            effect_on_people=self.register.text(answer.effect_on_people, level),
            depends_on=self.register.text(answer.depends_on, level),
            parts=tuple(self.part_link(part) for part in answer.parts),
            angles=tuple(self.angles(answer, level)),
            cases=tuple(
                CaseRow(
                    self.part_link(case.part),
                    self.mark_of(case.impact) or self.mark(None),
                    self.register.text(case.reason, level),
                )
                for case in answer.cases
            ),
            mitigation=self.register.text(answer.mitigation, level),
            evidence=self.register.evidence(answer.evidence, level),
        )

    def angles(self, answer: ElementAnswer, level: int) -> Iterator[Angle]:
        for angle in self.toolkit.angles:
            text = self.register.text(getattr(answer.angles, angle.id, None), level)
            if text:
                yield Angle(angle.name, text)

    def goal_finding(self, goal: GoalAnswer, level: int) -> FindingBlock:
        return FindingBlock(
            mark=self.mark_of(goal.impact),
            confidence=self.confidence(goal),
            summary=self.register.text(goal.summary, level),
            effect_on_people=self.register.text(goal.effect_on_people, level),
            depends_on=self.register.text(goal.depends_on, level),
            parts=tuple(self.part_link(part) for part in goal.parts),
            mitigation=self.register.text(goal.mitigation, level),
            evidence=self.register.evidence(goal.evidence, level),
        )

    # governance

    def governance(self) -> Section | None:
        below = []
        for side in self.toolkit.sides:
            items = [item for item in self.assessment.side(side.id) if item.answered]
            if not items:
                continue
            groups = []
            for attribute in self.toolkit.attributes:
                rows = tuple(
                    GovernanceRow(
                        id=f"{side.id}-{item.question.id}",
                        question=item.question.question,
                        answer=self.toolkit.governance_answers.get(item.answer.answer or "")
                        or self.odd(item.answer.answer or ""),
                        answer_id=self.answer_id(item.answer.answer),
                        explanation=self.register.text(item.answer.explanation, 5),
                        evidence=self.register.evidence(item.answer.evidence, 5),
                        url=item.answer.url,
                        date=self.date(item.answer.date) or None,
                    )
                    for item in items
                    if item.question.attribute == attribute.id
                )
                if rows:
                    groups.append(GovernanceGroup(attribute.name, rows))
            blocks: list[Block] = [
                Sentence(self.words.sentence(f"governance_intro_{side.id}")),
                GovernanceTable(
                    self.words.sentence(f"governance_{side.id}_caption"), tuple(groups)
                ),
            ]
            total = len(self.assessment.side(side.id))
            if missing := total - len(items):
                key = "governance_open_one" if missing == 1 else "governance_open_other"
                blocks.append(Sentence(self.words.sentence(key, count=missing)))
            if section := self.section(f"governance-{side.id}", *blocks, level=3):
                below.append(section)
        if stakeholders := self.stakeholders():
            below.append(stakeholders)
        return self.section("governance", sections=tuple(below))

    def answer_id(self, answer: str | None) -> str:
        return answer if answer and answer in self.toolkit.governance_answers else "unknown"

    def stakeholders(self) -> Section | None:
        rows = tuple(
            StakeholderRow(
                group=self.choice("stakeholder_groups", entry.group),
                name=entry.name or "",
                interest=self.register.text(entry.interest, 5),
                invited=self.choice("involvement", entry.invited),
                took_part=self.choice("involvement", entry.took_part),
            )
            for entry in self.answers.stakeholders
        )
        if not rows:
            return None
        table = StakeholderTable(self.words.sentence("stakeholders_caption"), rows)
        return self.section("stakeholders", table, level=3)

    # the proposal's parts

    def part_matrix(self) -> Section | None:
        parts = tuple(self.part(part) for part in self.answers.proposal.parts if part.id)
        if not parts:
            return None
        return self.section(
            "parts",
            PartMatrix(self.words.sentence("parts_caption"), parts),
            Parts(parts),
        )

    def part(self, part: Part) -> PartEntry:
        affects = []
        for item in self.assessment.elements:
            if not item.affected:
                continue
            case = next((case for case in item.answer.cases if case.part == part.id), None)
            if case or part.id in item.answer.parts:
                mark = self.mark_of(case.impact) if case else None
                affects.append(
                    RatedName(
                        self.link(item, printed=True), mark or self.mark(item.rating, item.typed)
                    )
                )
        facts = [
            self.choice("proposal_statuses", part.status) if part.status else "",
            self.date(part.date),
        ]
        language = part.language if part.language != self.answers.language else None
        return PartEntry(
            anchor=f"part-{part.id}",
            label=part.label or part.title or part.id,
            title=part.title if part.label else None,
            kind_name=self.choice("part_kinds", part.kind),
            facts=tuple(fact for fact in facts if fact),
            summary=self.register.text(part.summary, 4),
            quotation=self.register.text(part.text, 4, language=language),
            source=self.register.source(part.source),
            url=part.url,
            affects=tuple(affects),
            recommendations=tuple(
                Link(f"{number}", f"recommendation-{number}")
                for number, recommendation in enumerate(self.answers.recommendations, 1)
                if part.id in recommendation.parts
            ),
        )

    # what follows

    def recommendations(self) -> Section | None:
        """Grouped by addressee, in the order in which each is first named."""
        grouped: dict[str, list[RecommendationItem]] = {}
        order = sorted(
            enumerate(self.answers.recommendations, 1),
            key=lambda pair: [r.to for r in self.answers.recommendations].index(pair[1].to),
        )
        for number, entry in order:
            text = self.register.text(entry.text, 4)
            if text is None:
                continue
            action = entry.action
            grouped.setdefault(entry.to or "", []).append(
                RecommendationItem(
                    number=number,
                    anchor=f"recommendation-{number}",
                    action=self.choice("actions", action) if action and action != "other" else None,
                    priority=self.choice("priorities", entry.priority) or None,
                    text=text,
                    wording=self.register.text(entry.wording, 4),
                    parts=tuple(self.part_link(part) for part in entry.parts),
                    because=tuple(self.reason_link(reason) for reason in entry.because),
                )
            )
        below = tuple(
            Section(
                f"recommendations-{index}",
                addressee or self.words.sentence("recommendations_to_all"),
                3,
                (Recommendations(tuple(items)),),
            )
            for index, (addressee, items) in enumerate(grouped.items(), 1)
        )
        return self.section("recommendations", sections=below)

    def reason_link(self, reason: str) -> Link:
        """What a recommendation rests on, by name, leading there where it is printed."""
        if item := self.assessment.by_id.get(reason):
            return self.link(item, printed=True)
        for group in self.toolkit.groups:
            if group.id == reason:
                return Link(group.name, reason)
        if reason == "overall":
            return Link(self.words.label("overall"), OVERALL_ANCHOR)
        side, _dot, question = reason.partition(".")
        for asked in self.assessment.side(side):
            if asked.question.id == question:
                anchor = f"{side}-{question}" if asked.answered else None
                return Link(asked.question.short, anchor)
        return Link(self.odd(reason))

    # the end

    def annexes(self) -> Section | None:
        below = tuple(
            Section(f"annex-{number}", annex.title, 3, self.prose(annex.body, 4))
            for number, annex in enumerate(self.answers.annexes, 1)
        )
        return self.section("annexes", sections=below)

    def glossary(self) -> Section | None:
        """The authors' own terms, and those of the toolkit that the brief uses."""
        own = {
            entry.term: entry.definition for entry in self.answers.glossary if entry.term.strip()
        }
        said = "\n".join(self.register.printed)
        taken = {name.casefold() for name in own}
        for term in self.toolkit.glossary:
            if taken.isdisjoint(name.casefold() for name in term.spellings) and uses(
                said, term.spellings
            ):
                own[term.term] = term.definition
        items = tuple(
            GlossaryItem(term, text)
            for term, definition in sorted(own.items(), key=lambda pair: pair[0].casefold())
            if (text := self.register.text(definition, 4))
        )
        return self.section("glossary", Glossary(items)) if items else None

    def notes(self) -> Section | None:
        notes = tuple(self.register.notes)
        return self.section("notes", Notes(notes)) if notes else None

    def references(self) -> Section | None:
        items = self.register.references()
        return self.section("references", References(items)) if items else None

    def licence(self) -> Section | None:
        document, words = self.answers.document, self.words
        facts = []
        if document.licence:
            facts.append(Fact(words.label("licence"), (document.licence,)))
        if document.contact:
            facts.append(Fact(words.label("contact"), (document.contact,)))
        return self.section("licence", Facts(tuple(facts))) if facts else None


def uses(text: str, spellings: tuple[str, ...]) -> bool:
    """Whether a text uses a term: as a whole word, in capitals where the term is."""
    return any(
        re.search(
            rf"(?<!\w){re.escape(spelling)}(?!\w)",
            text,
            0 if spelling.isupper() else re.IGNORECASE,
        )
        for spelling in spellings
    )
