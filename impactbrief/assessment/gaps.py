"""The rules that find gaps: what a careful reviewer would ask about."""

import re
from collections.abc import Iterator

from impactbrief.answers.model import ElementAnswer, GoalAnswer
from impactbrief.answers.model import Finding as FindingAnswer
from impactbrief.assessment.model import UNRATED, Assessed, effects
from impactbrief.assessment.problems import OVERALL
from impactbrief.assessment.rules import Book, Case, Weight
from impactbrief.assessment.texts import PrintedText, evidence_ids
from impactbrief.errors import Problem
from impactbrief.i18n import _, ngettext
from impactbrief.prose import parse
from impactbrief.shape import Unfit
from impactbrief.yamltext import Path

BOOK = Book(Weight.GAP)

ABSTRACT_WORDS = 250
"""Published abstracts run from 80 to about 220 words."""

UNFINISHED = re.compile(r"\b(?:TODO|FIXME|TBD|TBC|XXX+|lorem ipsum)\b|\?\?\?|…\s*…|\[\s*\.\.\.\s*\]$")


def _written(text: str | None) -> bool:
    return bool(text and text.strip())


def _at(item: Assessed) -> Path:
    return ("assessment", item.element.id)


@BOOK.rule(
    "IB001",
    "An element is not assessed",
    "A brief covers every property and enabler, and says so where it found no impact.",
)
def open_elements(case: Case) -> Iterator[Problem]:
    for item in case.assessment.elements:
        if item.rating is None and not item.typed and not any(effects(item.answer)):
            yield case.found(
                _at(item),
                _("“{element}” is still open.").format(element=item.element.name),
                _("Rate it; if it is outside this brief, choose “not-assessed”."),
            )


@BOOK.rule(
    "IB002",
    "A rating without reasoning",
    "A reader can't follow a rating that stands alone.",
)
def rating_without_reasoning(case: Case) -> Iterator[Problem]:
    for item in case.assessment.elements:
        if item.rating and item.rating.id not in UNRATED and not any(effects(item.answer)):
            yield case.found(
                (*_at(item), "impact"),
                _("“{element}” is rated, but nothing says why.").format(element=item.element.name),
                _("Write what the proposal does to the Internet, then what that means for people."),
            )
    for path, goal in _goals(case):
        if goal.impact and not _written(goal.summary) and not _written(goal.effect_on_people):
            yield case.found(
                (*path, "impact"),
                _("This rating stands without a word of explanation."),
                _("Say in “summary” what carries it."),
            )


@BOOK.rule(
    "IB003",
    "An effect on the Internet without an effect on people",
    "Decision-makers act on what happens to people and organisations.",
)
def no_effect_on_people(case: Case) -> Iterator[Problem]:
    for item in case.assessment.elements:
        answer = item.answer
        if item.rating is not None and item.rating.id in UNRATED:
            continue
        if _written(answer.effect_on_internet) and not _written(answer.effect_on_people):
            yield case.found(
                _at(item),
                _("“{element}” tells the effect on the Internet, but not on people.").format(
                    element=item.element.name
                ),
                _("Add “effect_on_people”: who notices, and what changes for them."),
            )


@BOOK.rule(
    "IB004",
    "A strong claim without evidence",
    "The strongest ratings are the first to be doubted.",
)
def strong_without_evidence(case: Case) -> Iterator[Problem]:
    for item in case.assessment.elements:
        if item.rating is None or item.rating.strength < 3 or item.answer.evidence:
            continue
        if not any(parse(text).citations for text in effects(item.answer)):
            yield case.found(
                (*_at(item), "impact"),
                _("“{element}” is rated “{rating}” without evidence.").format(
                    element=item.element.name, rating=item.rating.name
                ),
                _("Cite a source in the text, as in [@id], or list it under “evidence”."),
            )


@BOOK.rule(
    "IB005",
    "“Depends” without what it depends on",
    "The reader needs to know what would tip it either way.",
)
def depends_on_what(case: Case) -> Iterator[Problem]:
    for path, finding in _all_findings(case):
        if finding.impact == "depends" and not _written(finding.depends_on):
            yield case.found(
                (*path, "impact"),
                _("Nothing says what this depends on."),
                _("Add “depends_on”: under which conditions does it help, under which does it harm?"),
            )


@BOOK.rule(
    "IB006",
    "A citation that no reference answers",
    "It is printed as typed, and the reader can't look it up.",
)
def unknown_citations(case: Case) -> Iterator[Problem]:
    hint = _("Add the reference under “references”, or correct the id.")
    for text in case.texts:
        for citation in text.prose.citations:
            for item in citation.items:
                if item.id not in case.references:
                    yield case.found(
                        text.path,
                        _("No reference has the id “{id}”.").format(id=item.id),
                        hint,
                        line=citation.line,
                    )
    for path, id_ in evidence_ids(case.answers):
        if id_ not in case.references and not isinstance(id_, Unfit):
            yield case.found(path, _("No reference has the id “{id}”.").format(id=id_), hint)


@BOOK.rule(
    "IB007",
    "A reference that is never cited",
    "It is left out of the list of references, or it backs something that doesn't say so.",
)
def uncited_references(case: Case) -> Iterator[Problem]:
    cited = {id_ for _path, id_ in evidence_ids(case.answers)}
    for text in case.texts:
        cited.update(item.id for citation in text.prose.citations for item in citation.items)
    for index, reference in enumerate(case.answers.references):
        if reference.id and reference.id not in cited:
            yield case.found(
                ("references", index),
                _("The reference “{id}” is never cited.").format(id=reference.id),
                _("Cite it as [@{id}], list it as evidence, or remove it.").format(id=reference.id),
            )


@BOOK.rule(
    "IB008",
    "A part that nothing mentions",
    "A provision that was listed but not assessed looks overlooked.",
)
def unmentioned_parts(case: Case) -> Iterator[Problem]:
    mentioned = {part for _path, finding in _all_findings(case) for part in finding.parts}
    for _id, element in case.answers.assessment.items():
        mentioned.update(item.part for item in element.cases)
    for recommendation in case.answers.recommendations:
        mentioned.update(recommendation.parts)
    for index, part in enumerate(case.answers.proposal.parts):
        if part.id and part.id not in mentioned:
            yield case.found(
                ("proposal", "parts", index),
                _("No element and no recommendation mentions “{part}”.").format(
                    part=part.label or part.title or part.id
                ),
                _("Add “{id}” to the “parts” of what it affects, or remove it.").format(id=part.id),
            )


@BOOK.rule(
    "IB009",
    "A recommendation without a finding",
    "What is asked should follow from what was found.",
)
def unfounded_recommendations(case: Case) -> Iterator[Problem]:
    for index, recommendation in enumerate(case.answers.recommendations):
        if not recommendation.because:
            yield case.found(
                ("recommendations", index),
                _("This recommendation rests on no finding."),
                _("List under “because” the elements, goals or questions that it follows from."),
            )


@BOOK.rule(
    "IB010",
    "A negative finding without a recommendation",
    "A reader who has seen the harm asks what to do about it.",
)
def findings_without_recommendation(case: Case) -> Iterator[Problem]:
    reasons = {
        reason
        for recommendation in case.answers.recommendations
        for reason in recommendation.because
    }
    if OVERALL in reasons:
        return
    for item in case.assessment.elements:
        rating = item.rating
        if rating is None or rating.tone != "negative" or rating.strength < 2:
            continue
        if reasons.isdisjoint({item.element.id, item.element.group}):
            yield case.found(
                (*_at(item), "impact"),
                _("“{element}” is rated “{rating}”, and no recommendation answers it.").format(
                    element=item.element.name, rating=rating.name
                ),
                _("Name “{id}” under “because” of a recommendation, or add one.").format(
                    id=item.element.id
                ),
            )


@BOOK.rule(
    "IB011",
    "A governance answer without an explanation",
    "A bare yes or no about a process is easily disputed.",
)
def unexplained_governance(case: Case) -> Iterator[Problem]:
    for item in case.assessment.governance:
        answer = item.answer
        if answer.answer in (None, "unknown", "not-applicable") or _written(answer.explanation):
            continue
        yield case.found(
            ("governance", item.question.side, item.question.id, "answer"),
            _("Nothing explains the answer to “{question}”").format(question=item.question.question),
            _("Add “explanation”: what happened, and where it can be seen."),
        )


@BOOK.rule(
    "IB012",
    "A deadline has passed",
    "A brief that comes too late helps nobody.",
)
def passed_deadlines(case: Case) -> Iterator[Problem]:
    if case.today is None:
        return
    today = case.today.isoformat()
    plan = case.answers.plan
    due: list[tuple[Path, str | None, str]] = [
        (("plan", "deadline"), plan.deadline, _("The deadline of the assessment"))
    ]
    for index, event in enumerate(case.answers.proposal.dates):
        if event.deadline:
            due.append((("proposal", "dates", index), event.end or event.date, event.event))
    for path, when, what in due:
        if when and not isinstance(when, Unfit) and when < today[: len(when)]:
            yield case.found(
                path,
                _("“{what}” was on {date}, which has passed.").format(what=what, date=when),
                _("Change the date, or finish quickly."),
            )


@BOOK.rule(
    "IB013",
    "The abstract is long",
    "Many readers read nothing else; published abstracts stay well below 250 words.",
)
def long_abstract(case: Case) -> Iterator[Problem]:
    abstract = case.answers.sections.abstract
    words = parse(abstract).words if abstract else 0
    if words > ABSTRACT_WORDS:
        yield case.found(
            ("sections", "abstract"),
            _("The abstract has {count} words.").format(count=words),
            _("Cut it to {limit} words or fewer.").format(limit=ABSTRACT_WORDS),
        )


@BOOK.rule("IB014", "An image in prose", "Images are not supported; only their text is printed.")
def images(case: Case) -> Iterator[Problem]:
    for text in case.texts:
        for image in text.prose.images:
            yield case.found(
                text.path,
                _("There is an image here; only its text is printed."),
                _("Describe in words what the image shows."),
                line=image.line,
            )


@BOOK.rule(
    "IB015",
    "A heading level is skipped in prose",
    "Screen readers navigate by heading levels; the document closes the gap by itself.",
)
def skipped_levels(case: Case) -> Iterator[Problem]:
    for text in case.texts:
        last = None
        for heading in text.prose.headings:
            if last is not None and heading.level > last + 1:
                yield case.found(
                    text.path,
                    _("The heading “{heading}” skips a level.").format(heading=heading.text),
                    _("Begin it with {marks}.").format(marks="#" * (last + 1)),
                    line=heading.line,
                )
            last = heading.level


@BOOK.rule(
    "IB016",
    "No words in the brief's language",
    "Headings and labels are printed in another language than the text.",
)
def missing_language(case: Case) -> Iterator[Problem]:
    if not case.toolkit.speaks_wanted_language:
        yield case.found(
            ("language",),
            _("There are no words for “{language}”; headings are printed in “{other}”.").format(
                language=case.answers.language, other=case.toolkit.language
            ),
            _("A translation is one file: words/{language}.yaml in a question bank.").format(
                language=case.answers.language
            ),
        )


@BOOK.rule(
    "IB017",
    "An effect without a rating",
    "The matrix and the lenses show the element as not assessed.",
)
def effect_without_rating(case: Case) -> Iterator[Problem]:
    for item in case.assessment.elements:
        if not item.answer.impact and any(effects(item.answer)):
            yield case.found(
                _at(item),
                _("“{element}” is explained, but not rated.").format(element=item.element.name),
                _("Add “impact”; “unclear”, “mixed” and “depends” are ratings too."),
            )


@BOOK.rule(
    "IB018",
    "Rated “none”, but something speaks of an effect",
    "One of the two is wrong, or the reader will think so.",
)
def none_with_effects(case: Case) -> Iterator[Problem]:
    for item in case.assessment.elements:
        answer = item.answer
        if item.rating is None or item.rating.id not in UNRATED:
            continue
        if _written(answer.effect_on_people) or _written(answer.mitigation) or answer.cases:
            yield case.found(
                (*_at(item), "impact"),
                _("“{element}” is rated “{rating}”, yet it tells an effect.").format(
                    element=item.element.name, rating=item.rating.name
                ),
                _("Rate the effect, or take its text out: it is not printed."),
            )


@BOOK.rule(
    "IB019",
    "A case without a reason",
    "The reader can't see why this part is rated differently.",
)
def unexplained_cases(case: Case) -> Iterator[Problem]:
    for id_, element in case.answers.assessment.items():
        for index, item in enumerate(element.cases):
            if not _written(item.reason):
                yield case.found(
                    ("assessment", id_, "cases", index),
                    _("Nothing says why this case is rated on its own."),
                    _("Add “reason” in a sentence."),
                )


@BOOK.rule(
    "IB020",
    "A recommendation without addressee or action",
    "Nobody feels asked by a recommendation that names nobody.",
)
def vague_recommendations(case: Case) -> Iterator[Problem]:
    for index, recommendation in enumerate(case.answers.recommendations):
        if not _written(recommendation.to):
            yield case.found(
                ("recommendations", index),
                _("This recommendation is addressed to nobody."),
                _("Say under “to” who should act."),
            )
        if not _written(recommendation.text):
            yield case.found(
                ("recommendations", index),
                _("This recommendation has no text."),
                _("Say under “text” what should be done."),
            )


@BOOK.rule(
    "IB021",
    "A quotation without its source",
    "Quoted law must be possible to look up.",
)
def unsourced_quotations(case: Case) -> Iterator[Problem]:
    for index, part in enumerate(case.answers.proposal.parts):
        if _written(part.text) and not part.source and not part.url:
            yield case.found(
                ("proposal", "parts", index, "text"),
                _("The quoted text of “{part}” names no source.").format(
                    part=part.label or part.title or part.id
                ),
                _("Add “source” with a reference's id, or “url”."),
            )


@BOOK.rule(
    "IB022",
    "A main section is empty",
    "Readers look for an abstract, for the context and for a conclusion.",
)
def empty_sections(case: Case) -> Iterator[Problem]:
    for name in ("abstract", "context", "conclusion"):
        if not _written(getattr(case.answers.sections, name)):
            yield case.found(
                ("sections", name),
                _("The section “{section}” is empty.").format(
                    section=case.toolkit.words.sections.get(name, name)
                ),
                _("Write it under “sections”, in “{name}”.").format(name=name),
            )


@BOOK.rule(
    "IB023",
    "The title block is incomplete",
    "A brief without authors or date can't be cited or trusted.",
)
def title_block(case: Case) -> Iterator[Problem]:
    document = case.answers.document
    if not document.authors:
        yield case.found(
            ("document",),
            _("No author is named."),
            _("Add “authors”; a group may be named instead of people."),
        )
    if not document.date:
        yield case.found(
            ("document",), _("The brief has no date."), _("Add “date”, such as 2026-11.")
        )


@BOOK.rule(
    "IB024",
    "No stakeholders are named",
    "Who was asked and who took part is the heart of multistakeholder governance.",
)
def no_stakeholders(case: Case) -> Iterator[Problem]:
    if not case.answers.stakeholders:
        yield case.found(
            ("stakeholders",),
            _("No stakeholders are named."),
            _("List who is affected, and whether they were invited and took part."),
        )


@BOOK.rule(
    "IB025",
    "Governance questions are open",
    "One of the three things a reader looks for is how the proposal was made and would govern.",
)
def open_governance(case: Case) -> Iterator[Problem]:
    for side in case.toolkit.sides:
        items = case.assessment.side(side.id)
        missing = sum(not item.answered for item in items)
        if missing:
            yield case.found(
                ("governance", side.id),
                ngettext(
                    "“{side}”: {count} question is open.",
                    "“{side}”: {count} questions are open.",
                    missing,
                ).format(side=side.name, count=missing),
                _("Answer them; “unknown” and “not-applicable” are answers too."),
            )


@BOOK.rule(
    "IB026",
    "Text is unfinished",
    "A placeholder or a sentence that stops half-way goes unnoticed until it is printed.",
)
def unfinished_text(case: Case) -> Iterator[Problem]:
    for text in case.texts:
        if found := UNFINISHED.search(text.text):
            yield case.found(
                text.path,
                _("“{mark}” looks like a place that is still to be written.").format(
                    mark=found.group()
                ),
                _("Write it, or take the mark out."),
                line=text.text.count("\n", 0, found.start()),
            )
        elif cut := _cut_short(text):
            yield case.found(
                text.path,
                _("The text stops mid-sentence: “{end}”").format(end=cut),
                _("Finish the sentence, or end it with a full stop."),
            )


def _cut_short(text: PrintedText) -> str:
    """The last words of a long prose field that ends without an end, or nothing."""
    if text.path[-1] not in ("effect_on_internet", "effect_on_people", "abstract", "context",
                             "conclusion", "summary", "mitigation"):  # fmt: skip
        return ""
    last = text.text.rstrip().splitlines()[-1].strip()
    if last.startswith(("|", "#", "-", "*", ">", "[^", "```")) or re.match(r"\d+[.)]\s", last):
        return ""
    words = text.text.split()
    stops = last[-1].isalpha() and last[-1].lower() != last[-1].upper() or last[-1] in ",;:–-"
    return "…" + " ".join(words[-5:]) if len(words) >= 8 and stops else ""


@BOOK.rule(
    "IB027",
    "A private note is still open in a finished brief",
    "A reviewer's question may have been forgotten.",
)
def open_notes(case: Case) -> Iterator[Problem]:
    if case.answers.document.status != "final":
        return
    for id_, element in case.answers.assessment.items():
        for index, note in enumerate(element.notes):
            if not note.resolved:
                yield case.found(
                    ("assessment", id_, "notes", index),
                    _("This brief is final, but a note is not resolved."),
                    _("Settle it and write “resolved: true”."),
                )


@BOOK.rule(
    "IB028",
    "A footnote that is not there, or is never used",
    "The mark is printed as typed, or the note is lost.",
)
def footnotes(case: Case) -> Iterator[Problem]:
    for text in case.texts:
        for label in text.prose.undefined_notes:
            yield case.found(
                text.path,
                _("There is no footnote “{label}”.").format(label=label),
                _("Add a line that begins with [^{label}]: in the same field.").format(label=label),
            )
        for label in text.prose.unused_notes:
            yield case.found(
                text.path,
                _("The footnote “{label}” is never used; it is not printed.").format(label=label),
                _("Put [^{label}] where it belongs, or remove it.").format(label=label),
            )


@BOOK.rule("IB029", "A reference without a title", "Nobody can find a work that has no name.")
def untitled_references(case: Case) -> Iterator[Problem]:
    for index, reference in enumerate(case.answers.references):
        if reference.id and not reference.csl().get("title"):
            yield case.found(
                ("references", index),
                _("The reference “{id}” has no title.").format(id=reference.id),
                _("Add “title”."),
            )


@BOOK.rule(
    "IB030",
    "Dates are out of order",
    "One of the two dates must be wrong.",
)
def dates_out_of_order(case: Case) -> Iterator[Problem]:
    document = case.answers.document
    pairs: list[tuple[Path, str | None, str | None]] = [
        (("document", "revised"), document.date, document.revised)
    ]
    for index, event in enumerate(case.answers.proposal.dates):
        pairs.append((("proposal", "dates", index, "end"), event.date, event.end))
    for path, first, second in pairs:
        if not first or not second or isinstance(first, Unfit) or isinstance(second, Unfit):
            continue
        if second < first[: len(second)]:
            yield case.found(
                path,
                _("{second} comes before {first}.").format(first=first, second=second),
                _("Correct one of the two dates."),
            )


@BOOK.rule(
    "IB031",
    "A goal is rated against all of its elements",
    "The reader will ask which of the two holds.",
)
def goal_against_elements(case: Case) -> Iterator[Problem]:
    for group in case.toolkit.groups:
        rating = case.assessment.rating_of(case.answers.goals.get(group.id))
        if rating is None or rating.tone not in ("negative", "positive"):
            continue
        opposite = {"negative": "positive", "positive": "negative"}[rating.tone]
        tones = {
            item.rating.tone
            for item in case.assessment.of_group(group)
            if item.rating and item.rating.tone != "neutral"
        }
        if tones == {opposite}:
            yield case.found(
                ("goals", group.id, "impact"),
                _("“{goal}” is rated “{rating}”, but all of its elements point the other way.").format(
                    goal=group.name, rating=rating.name
                ),
                _("Correct one of them, or say in “summary” why both hold."),
            )


@BOOK.rule(
    "IB032",
    "The same text stands in two places",
    "It was probably copied and meant to be changed.",
)
def repeated_text(case: Case) -> Iterator[Problem]:
    seen: dict[str, Path] = {}
    for text in case.texts:
        words = " ".join(text.text.split())
        if len(words) < 120:
            continue
        if words in seen:
            yield case.found(
                text.path,
                _("This text stands in “{where}” too.").format(
                    where=case.found(seen[words], "", "").where
                ),
                _("Say in each place what holds there."),
            )
        seen.setdefault(words, text.path)


@BOOK.rule(
    "IB033",
    "A link that leads nowhere outside this computer",
    "Readers of the brief can't follow it.",
)
def odd_links(case: Case) -> Iterator[Problem]:
    for text in case.texts:
        for link in text.prose.links:
            if not link.url.startswith(("http://", "https://", "mailto:")):
                yield case.found(
                    text.path,
                    _("The link to “{url}” is not a web address.").format(url=link.url),
                    _("Begin it with https://."),
                    line=link.line,
                )
    urls: list[tuple[Path, str | None]] = [(("proposal", "url"), case.answers.proposal.url)]
    for index, part in enumerate(case.answers.proposal.parts):
        urls.append((("proposal", "parts", index, "url"), part.url))
    for path, url in urls:
        if url and not url.startswith(("http://", "https://")):
            yield case.found(
                path,
                _("“{url}” is not a web address.").format(url=url),
                _("Begin it with https://."),
            )


@BOOK.rule(
    "IB034",
    "A rating that turns on something without saying on what",
    "“Mixed” tells the reader that it helps and harms; the text should tell which is which.",
)
def mixed_without_both(case: Case) -> Iterator[Problem]:
    for item in case.assessment.elements:
        answer = item.answer
        if answer.impact == "mixed" and not (
            _written(answer.effect_on_internet) or _written(answer.depends_on) or answer.cases
        ):
            yield case.found(
                (*_at(item), "impact"),
                _("“{element}” is rated “mixed”, but nothing tells what helps and what harms.").format(
                    element=item.element.name
                ),
                _("Say both, or add “cases” for the parts that differ."),
            )


def _all_findings(case: Case) -> Iterator[tuple[Path, FindingAnswer]]:
    element: ElementAnswer
    for id_, element in case.answers.assessment.items():
        yield ("assessment", id_), element
    yield from _goals(case)


def _goals(case: Case) -> Iterator[tuple[Path, GoalAnswer]]:
    for id_, goal in case.answers.goals.items():
        yield ("goals", id_), goal
    if case.answers.overall:
        yield ("overall",), case.answers.overall
