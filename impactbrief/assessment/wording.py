"""Gaps in how it is written: texts, references, dates, the title block.

What a careful editor would ask before the brief is printed.
"""

import re
from collections.abc import Iterator

from pydantic import BaseModel

from impactbrief.answers.model import Note
from impactbrief.assessment.rules import Book, Case, Weight, written
from impactbrief.assessment.texts import PrintedText, evidence_ids
from impactbrief.errors import Problem
from impactbrief.i18n import _
from impactbrief.prose import parse
from impactbrief.shape import Unfit, shown
from impactbrief.yamltext import Path

BOOK = Book(Weight.GAP)

ABSTRACT_WORDS = 250
"""Published abstracts run from 80 to about 220 words."""

UNFINISHED = re.compile(
    r"\b(?:TODO|FIXME|TBD|TBC|XXX+|lorem ipsum)\b|\?\?\?|…\s*…|\[\s*\.\.\.\s*\]$"
)


LINK = re.compile(
    r"(?<!!)\[[^\[\]\n]{1,200}\]"
    r"\(<?((?:[./#]|[a-z]+:|www\.|[\w-]{1,80}\.\w)[^()\s]{0,200})\)"
)
"""What somebody meant as a link, wherever it leads."""
CODE = re.compile(r"`[^`\n]+`")


@BOOK.rule(
    "IB006",
    "A citation without a reference",
    "It is printed as typed, and the reader can't look it up.",
)
def unknown_citations(case: Case) -> Iterator[Problem]:
    hint = _("Add the reference to `references`, or correct the id.")
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
    "IB012",
    "A deadline has passed",
    "A brief that comes too late helps nobody.",
)
def passed_deadlines(case: Case) -> Iterator[Problem]:
    if case.today is None or case.answers.document.status == "final":
        return  # a finished brief is read long after the dates that it was written for
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
        last = 0
        for heading in text.prose.headings:
            if heading.jumps:
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
    if not case.toolkit.speaks_wanted_language and not isinstance(case.answers.language, Unfit):
        yield case.found(
            ("language",),
            _(
                "The headings are not translated into “{language}”; they are printed in “{other}”."
            ).format(language=case.answers.language, other=case.toolkit.language),
            _("A translation is one file: words/{language}.yaml in a question bank.").format(
                language=case.answers.language
            ),
        )


@BOOK.rule(
    "IB021",
    "A quotation without its source",
    "Readers must be able to look up a quoted law.",
)
def unsourced_quotations(case: Case) -> Iterator[Problem]:
    for index, part in enumerate(case.answers.proposal.parts):
        if written(part.text) and not part.source and not part.url:
            yield case.found(
                ("proposal", "parts", index, "text"),
                _("The quoted text of “{part}” names no source.").format(
                    part=part.label or part.title or part.id
                ),
                _("Name its source in `source` or `url`."),
            )


@BOOK.rule(
    "IB022",
    "A main section is empty",
    "Readers look for an abstract, for the context and for a conclusion.",
)
def empty_sections(case: Case) -> Iterator[Problem]:
    for name in ("abstract", "context", "conclusion"):
        if not written(getattr(case.answers.sections, name)):
            yield case.found(
                ("sections", name),
                _("The section “{section}” is empty.").format(
                    section=case.toolkit.words.sections.get(name, name)
                ),
                _("Write it in `sections.{name}`.").format(name=name),
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
            _("Add `authors`; a group may be named instead of people."),
        )
    if not document.date:
        yield case.found(
            ("document",), _("The brief has no date."), _("Add `date`, such as 2026-11.")
        )


@BOOK.rule(
    "IB026",
    "Text is unfinished",
    "A placeholder or a sentence that stops half-way goes unnoticed until it is printed.",
)
def unfinished_text(case: Case) -> Iterator[Problem]:
    for text in case.texts:
        if text.path[:2] == ("proposal", "parts") and text.path[-1] == "text":
            continue  # quoted words are left out where their source leaves them out
        if found := UNFINISHED.search(text.text):
            yield case.found(
                text.path,
                _("“{mark}” looks like a placeholder.").format(mark=found.group()),
                _("Write it, or take the mark out."),
                line=1 + text.text.count("\n", 0, found.start()),
            )
        elif cut := _cut_short(text):
            yield case.found(
                text.path,
                _("The text stops mid-sentence: “{end}”").format(end=cut),
                _("Finish the sentence, or end it with a full stop."),
            )


WHOLE_PROSE = frozenset({
    "effect_on_internet", "effect_on_people", "abstract", "context", "conclusion", "summary",
    "mitigation",
})  # fmt: skip
"""Fields that hold whole sentences: elsewhere a few words without a full stop are good style."""
NO_SENTENCE = re.compile(r"\s*(?:[|#>*+-]|\[\^|```|~~~|\d+[.)]\s| {4}|\t)")
"""How a block begins that need not end like a sentence: list, table, heading, quotation, code."""


def _cut_short(text: PrintedText) -> str:
    """The last words of a long prose field that ends without an end, or nothing."""
    words = text.text.split()
    if text.path[-1] not in WHOLE_PROSE or len(words) < 8:
        return ""
    lines = text.text.rstrip().splitlines()
    begin = len(lines) - 1
    while begin and lines[begin - 1].strip():
        begin -= 1
    if any(NO_SENTENCE.match(line) for line in lines[begin:]) or "://" in words[-1]:
        return ""
    last = words[-1][-1]
    stops = (last.isalpha() and last.lower() != last.upper()) or last in ",;:–-"
    return "…" + " ".join(words[-5:]) if stops else ""


@BOOK.rule(
    "IB027",
    "A private note is still open in a finished brief",
    "A reviewer's question may have been forgotten.",
)
def open_notes(case: Case) -> Iterator[Problem]:
    if case.answers.document.status != "final":
        return
    for path, note in _notes((), case.answers):
        if not note.resolved:
            yield case.found(
                path,
                _("This brief is final, but a note is not resolved."),
                _("Settle it, and set its `resolved`."),
            )


def _notes(here: Path, value: object) -> Iterator[tuple[Path, Note]]:
    """Every private note, wherever it stands."""
    if isinstance(value, Note):
        yield here, value
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _notes((*here, name), getattr(value, name))
        for id_, entry in (value.__pydantic_extra__ or {}).items():
            yield from _notes((*here, id_), entry)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _notes((*here, index), item)


@BOOK.rule(
    "IB028",
    "A footnote that is not there, or is never used",
    "The mark is printed as typed, or the note is lost.",
)
def footnotes(case: Case) -> Iterator[Problem]:
    for text in case.texts:
        for note in text.prose.undefined_notes:
            yield case.found(
                text.path,
                _("There is no footnote “{label}”.").format(label=note.label),
                _("Add a line that begins with [^{label}]: in the same field.").format(
                    label=note.label
                ),
                line=note.line,
            )
        for note in text.prose.unused_notes:
            yield case.found(
                text.path,
                _("The footnote “{label}” is never used; it is not printed.").format(
                    label=note.label
                ),
                _("Put [^{label}] where it belongs, or remove it.").format(label=note.label),
                line=note.line,
            )


@BOOK.rule("IB029", "A reference without a title", "Nobody can find a work that has no name.")
def untitled_references(case: Case) -> Iterator[Problem]:
    for index, reference in enumerate(case.answers.references):
        if reference.id and not reference.csl().get("title"):
            yield case.found(
                ("references", index),
                _("The reference “{id}” has no title.").format(id=reference.id),
                _("Add `title`."),
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
    "IB032",
    "The same text appears in two places",
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
                _("The same text is also in `{where}`.").format(
                    where=case.found(seen[words], "", "").where
                ),
                _("Write in each place what applies there."),
            )
        seen.setdefault(words, text.path)


@BOOK.rule(
    "IB033",
    "A link that leads nowhere outside this computer",
    "Readers of the brief can't follow it.",
)
def odd_links(case: Case) -> Iterator[Problem]:
    for text in case.texts:
        plain = CODE.sub(lambda code: " " * len(code[0]), text.text)
        for link in LINK.finditer(plain):
            if not link[1].startswith(("http://", "https://", "mailto:")):
                yield case.found(
                    text.path,
                    _("The link to “{url}” is not a web address; it is printed as typed.").format(
                        url=shown(link[1])
                    ),
                    _("Begin it with https://."),
                    line=1 + plain.count("\n", 0, link.start()),
                )
    urls: list[tuple[Path, str | None]] = [(("proposal", "url"), case.answers.proposal.url)]
    for index, part in enumerate(case.answers.proposal.parts):
        urls.append((("proposal", "parts", index, "url"), part.url))
    for side in ("made", "governs"):
        for id_, answer in case.answers.governance.side(side).items():
            urls.append((("governance", side, id_, "url"), answer.url))
    for path, url in urls:
        if url and not url.startswith(("http://", "https://")):
            yield case.found(
                path,
                _("“{url}” is not a web address.").format(url=shown(url)),
                _("Begin it with https://."),
            )


@BOOK.rule(
    "IB037",
    "A gap is accepted without a reason",
    "A reviewer can't tell a decision from an oversight.",
)
def ignored_without_reason(case: Case) -> Iterator[Problem]:
    for index, entry in enumerate(case.answers.ignore):
        if not written(entry.reason):
            yield case.found(
                ("ignore", index),
                _("No reason is given for accepting {rule} here.").format(rule=shown(entry.rule)),
                _("Add `reason` in a few words."),
            )


@BOOK.rule(
    "IB038",
    "A term of the glossary is not explained",
    "A term without a definition is not printed.",
)
def unexplained_terms(case: Case) -> Iterator[Problem]:
    for index, entry in enumerate(case.answers.glossary):
        if written(entry.term) and not written(entry.definition):
            yield case.found(
                ("glossary", index),
                _("The term “{term}” has no definition.").format(term=shown(entry.term)),
                _("Add `definition`, or remove the term."),
            )
