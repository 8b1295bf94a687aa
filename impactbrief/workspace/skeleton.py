"""A new answer file to fill in: every question as a comment, every answer still empty.

Or an earlier brief as the base of a new one, without what belonged to the earlier one alone.
"""

import re
import textwrap
from collections.abc import Iterable, Iterator

from impactbrief.answers import model as shapes
from impactbrief.answers.edits import Insert, Set, apply, key_order, lookup
from impactbrief.answers.file import AnswerFile
from impactbrief.answers.model import FORMAT
from impactbrief.answers.schema import NAME
from impactbrief.i18n import _
from impactbrief.toolkit.model import Element, GovernanceQuestion, Group, Toolkit
from impactbrief.yamltext import Path, Value, remove, set_value

MODELINE = f"# yaml-language-server: $schema=./{NAME}"
"""The first line of an answer file: editors that know it complete keys and mark mistakes."""

_WIDTH = 92


def skeleton(toolkit: Toolkit, *, title: str, language: str, proposal: str = "") -> str:
    """The text of a new answer file. Its proposal is called like the brief until it has a name."""
    sections = (_head(), _document(), _plan(toolkit), _proposal(toolkit), _sections(toolkit),
                _stakeholders(toolkit), _screening(toolkit), _assessment(toolkit),
                _whole(toolkit), _governance(toolkit), _rest(toolkit))  # fmt: skip
    text = "\n".join("\n".join(lines) + "\n" for lines in sections)
    for path, value in (
        (("toolkit",), toolkit.id),
        (("language",), language),
        (("document", "title"), title),
        (("proposal", "name"), proposal or title),
    ):
        text = set_value(text, path, value)
    return text


def _comment(text: str, indent: int = 0) -> Iterator[str]:
    prefix = " " * indent + "# "
    for paragraph in text.split("\n"):
        if paragraph.strip():
            yield from textwrap.wrap(
                " ".join(filter(None, paragraph.split(" "))), _WIDTH, initial_indent=prefix,
                subsequent_indent=prefix, break_long_words=False, break_on_hyphens=False,
            )  # fmt: skip
        else:
            yield prefix.rstrip()


def _section(title: str, *texts: str) -> Iterator[str]:
    yield f"# --- {title} ".ljust(_WIDTH, "-")
    for text in texts:
        yield from _comment(text)


def _keys(indent: int, *keys: str) -> Iterator[str]:
    """Keys without answers; a hint may stand behind `#`."""
    for key in keys:
        name, _hash, hint = key.partition("#")
        line = " " * indent + name.strip() + ("" if name.strip().endswith("]") else ":")
        yield f"{line.ljust(26)} # {hint.strip()}" if hint else line


def _one_of(values: Iterable[str]) -> str:
    return " | ".join(values)


def _head() -> Iterator[str]:
    yield MODELINE
    yield "#"
    yield from _comment(
        _(
            "An Internet Impact Brief in the making. Fill in what you can and leave the rest"
            " empty: a file with a title and the name of the proposal is enough to make a"
            " document, and “impactbrief check” lists what is missing. “impactbrief” and"
            " “impactbrief ask” ask the same questions one by one.\n"
            "Lines like this one are comments. They are yours and are never printed, nor is"
            " anything under “notes”, which you can add anywhere.\n"
            "Text of several lines stands below its key, behind a bar:"
        )
    )
    yield "#   context: |"
    yield "#     " + _("The first line. Sources are cited as [@id].")
    yield f"impactbrief: {FORMAT}"
    yield from _keys(0, "toolkit")
    yield from _keys(0, "language # en, fr, pt-BR …")


def _document() -> Iterator[str]:
    yield from _section(_("About the brief"))
    yield "document:"
    date = _("2026, 2026-11 or 2026-11-21")
    yield from _keys(2, "title", "subtitle", f"date # {date}")
    yield from _keys(2, "version")
    yield "  status: draft".ljust(26) + f" # {_one_of(shapes.DOCUMENT_STATUSES)}"
    person = _("[{name: Ada Example, affiliation: Example Chapter}]")
    yield "  authors: []".ljust(26) + f" # {person}"
    yield from _keys(2, "publisher", "licence # CC-BY-4.0", "keywords: [] #", "contact")


def _plan(toolkit: Toolkit) -> Iterator[str]:
    yield from _section(_("Plan"), _("For you and your team. None of it is printed in the brief."))
    yield "plan:"
    lists = {"audience", "team", "schedule", "builds_on", "outputs"}
    shown = {
        "audience": "[{who: …, interest: …}]",
        "team": "[{name: …, skill: …}]",
        "schedule": "[{what: …, owner: …, due: 2026-11-21}]",
        "builds_on": "[example-2024]",
        "outputs": f"[{', '.join(shapes.OUTPUTS)}]",
    }
    for question in toolkit.planning:
        if question.id not in shapes.Plan.model_fields:
            continue
        yield from _comment(question.question, 2)
        if question.id in lists:
            yield f"  {question.id}: []".ljust(26) + f" # {shown[question.id]}"
        else:
            yield f"  {question.id}:"


def _proposal(toolkit: Toolkit) -> Iterator[str]:
    guidance = toolkit.words.guidance
    yield from _section(_("The proposal"))
    yield "proposal:"
    yield from _keys(2, "name")
    yield from _comment(_one_of(shapes.PROPOSAL_KINDS), 2)
    yield from _keys(2, "kind")
    yield from _comment(_one_of(shapes.PROPOSAL_STATUSES), 2)
    codes = _("ISO codes such as KR, or EU, global")
    yield from _keys(2, "status", f"jurisdictions: [] # {codes}")
    yield from _keys(2, "proponent", "venue", "url")
    yield "  dates: []".ljust(26) + " # [{event: " + _("Committee vote") + ", date: 2026-11-21}]"
    yield from _comment(guidance.get("aims", ""), 2)
    yield from _keys(2, "aims")
    yield from _comment(guidance.get("mechanism", ""), 2)
    yield from _keys(2, "mechanism")
    yield from _comment(guidance.get("parts", ""), 2)
    yield "  parts: []".ljust(26) + " # [{id: art-1, label: " + _("Article 1") + ", summary: …}]"


def _sections(toolkit: Toolkit) -> Iterator[str]:
    guidance = toolkit.words.guidance
    yield from _section(_("Text of the brief"))
    yield "sections:"
    for name in ("abstract", "context", "assumptions", "conclusion"):
        yield from _comment(guidance.get(name, ""), 2)
        yield f"  {name}: []" if name == "assumptions" else f"  {name}:"


def _stakeholders(toolkit: Toolkit) -> Iterator[str]:
    yield from _section(_("Stakeholders"), toolkit.words.guidance.get("stakeholders", ""))
    yield from _comment(
        "[{group: users, name: …, interest: …, invited: partly, took_part: no}]\n"
        f"group: {_one_of(shapes.STAKEHOLDER_GROUPS)}\n"
        f"invited, took_part: {_one_of(shapes.INVOLVEMENT)}"
    )
    yield "stakeholders: []"


def _screening(toolkit: Toolkit) -> Iterator[str]:
    yield from _section(
        _("Screening"), toolkit.words.guidance.get("screening", ""),
        _one_of(shapes.SCREENING_ANSWERS),
    )  # fmt: skip
    yield "screening:"
    for question in toolkit.screening:
        yield from _comment(question.question, 2)
        yield f"  {question.id}:"
        yield "    answer:"


def _assessment(toolkit: Toolkit) -> Iterator[str]:
    guidance = toolkit.words.guidance
    yield from _section(_("Assessment"), guidance.get("rating", ""))
    for rating in toolkit.ratings.values():
        yield f"#   {rating.id.ljust(18)} {rating.meaning}"
    yield from _comment(guidance.get("evidence", ""))
    yield "#   evidence: [example-2024, {id: example-2025, locator: p. 4, shows: …}]"
    yield "assessment:"
    for group in toolkit.groups:
        yield from _group(toolkit, group)


def _group(toolkit: Toolkit, group: Group) -> Iterator[str]:
    yield ""
    yield from _comment(f"{group.short.upper()}. {group.meaning}", 2)
    for element in toolkit.elements_of(group):
        yield from _element(element)


def _element(element: Element) -> Iterator[str]:
    yield ""
    yield from _comment(f"{element.name}: {element.summary}", 2)
    yield f"  {element.id}:"
    yield from _keys(4, "impact", f"confidence # {_one_of(shapes.LEVELS)}")
    yield from _keys(4, "effect_on_internet", "effect_on_people")
    yield "    evidence: []"


def _whole(toolkit: Toolkit) -> Iterator[str]:
    yield from _section(_("As a whole"), toolkit.words.guidance.get("overall", ""))
    yield "overall:"
    yield from _keys(2, "impact", "summary")


def _governance(toolkit: Toolkit) -> Iterator[str]:
    yield from _section(
        _("Multistakeholder governance"), toolkit.words.guidance.get("governance", ""),
        _one_of(shapes.GOVERNANCE_ANSWERS),
    )  # fmt: skip
    yield "governance:"
    for side in toolkit.sides:
        yield from _comment(side.question, 2)
        yield f"  {side.id}:"
        for question in toolkit.side(side.id):
            yield from _asked(question)


def _asked(question: GovernanceQuestion) -> Iterator[str]:
    yield from _comment(question.question, 4)
    yield f"    {question.id}:"
    yield from _keys(6, "answer", "explanation")


def _rest(toolkit: Toolkit) -> Iterator[str]:
    guidance = toolkit.words.guidance
    yield from _section(_("Recommendations"), guidance.get("recommendations", ""))
    yield from _comment(
        "[{to: …, action: amend, text: …, because: [privacy], priority: high}]\n"
        f"action: {_one_of(shapes.ACTIONS)}"
    )
    yield "recommendations: []"
    yield ""
    yield from _section(_("References"), guidance.get("references", ""))
    yield from _comment(
        "[{id: example-2024, type: report, title: …, author: [{literal: …}], issued: 2024,"
        " URL: https://example.org, accessed: 2026-11-21}]"
    )
    yield "references: []"
    yield "glossary: []".ljust(26) + " # [{term: …, definition: …}]"
    yield "annexes: []".ljust(26) + " # [{title: …, body: …}]"
    yield "notes: []".ljust(26) + " # " + _("[{by: Ada Example, text: …}], never printed")


# A brief as the base of another ---------------------------------------------------------------

_OF_ITS_OWN: tuple[Path, ...] = (
    *(("document", key) for key in (
        "subtitle", "date", "revised", "version", "editors_note", "authors", "contributors",
        "reviewers", "publisher", "contact",
    )),
    ("plan", "deadline"), ("plan", "team"), ("plan", "schedule"), ("ignore",),
)  # fmt: skip
"""What belonged to the earlier brief alone: its dates, its people, what its reviewers accepted."""


def based_on(source: AnswerFile, *, title: str | None = None, language: str | None = None) -> str:
    """The text of a new answer file that begins from another.

    Kept: what was assessed and every finding, text, source and heading, with the comments. Left
    out: dates and version, the people (nobody is named for what they haven't written), the working
    state, private notes, accepted gaps, `x-` keys, and the comment at the top. It is a draft.
    References from other files are written into it, so that it stands alone.
    """
    text, held = source.text, source.yaml.value
    own = [path for path in _OF_ITS_OWN if isinstance(inner := lookup(held, path[:-1]), dict)
           and path[-1] in inner]  # fmt: skip
    for path in [*own, *reversed(list(_workings((), held)))]:
        text = remove(text, path)
    if source.bibliographies:
        text = remove(text, ("bibliography",))
        known = len(source.answers.references)
        for index, reference in enumerate(source.references[known:], start=known):
            text = apply(text, Insert(("references",), index, reference))  # type: ignore[arg-type]
    text = apply(text, Set(("document", "status"), "draft"), order=key_order())
    if title is not None:
        text = apply(text, Set(("document", "title"), title))
    if language is not None:
        text = apply(text, Set(("language",), language), order=key_order())
    text = text.removeprefix("\ufeff")
    head = re.match(r"(?:[ \t]*(?:#[^\n]*)?\r?\n)*", text)
    assert head is not None
    name = re.sub(r"[^\S ]", " ", source.path.name if source.path else "")
    return "\n".join([MODELINE, "# " + _("Based on {file}").format(file=name), text[head.end() :]])


def _workings(path: Path, value: Value) -> Iterator[Path]:
    """Private notes, who works on what and how far they are, and keys of the users' own."""
    if isinstance(value, dict):
        element = len(path) == 2 and path[0] == "assessment"
        part = path[:2] == ("proposal", "parts")
        for key, inner in value.items():
            if (
                key == "notes"
                or key.startswith("x-")
                or (key == "owner" and (element or part))
                or (key == "status" and element)
            ):
                yield (*path, key)
            else:
                yield from _workings((*path, key), inner)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _workings((*path, index), inner)
