"""What a place in the answer file, and a change there, is called."""

from collections.abc import Mapping, Sequence

from impactbrief.answers.edits import Edit, Insert, Move, Remove, Set, model_at
from impactbrief.i18n import _
from impactbrief.interview.fields import field_of
from impactbrief.toolkit.model import Toolkit
from impactbrief.yamltext import Path, dotted


def ids_of(toolkit: Toolkit) -> Mapping[Path, Sequence[str]]:
    """The ids that stand as keys in an answer file, in their usual order, by where they stand."""
    return {
        ("document", "headings"): toolkit.sections,
        ("screening",): [question.id for question in toolkit.screening],
        ("assessment",): list(toolkit.elements),
        ("goals",): [group.id for group in toolkit.groups],
        **{
            ("governance", side.id): [question.id for question in toolkit.side(side.id)]
            for side in toolkit.sides
        },
    }


def label(toolkit: Toolkit, edit: Edit) -> str:
    """What a change does, in a few words: “Rate Common global identifiers”."""
    path = edit.path
    topic, field = _topic(toolkit, path), field_title(toolkit, path)
    place = _together(topic, field) or topic or field or dotted(path)
    match edit:
        case Insert():
            return _("Add to {place}").format(place=place)
        case Move():
            return _("Reorder {place}").format(place=place)
        case Remove():
            if isinstance(path[-1], int):
                return _("Remove from {place}").format(place=place)
            return _("Clear {place}").format(place=place)
        case Set() if path[-1] == "impact" and topic:
            return _("Rate {topic}").format(topic=topic)
    return _("Change {place}").format(place=place)


def place(toolkit: Toolkit, path: Path) -> str:
    """What a place is called: “Privacy: How”."""
    topic, field = _topic(toolkit, path), field_title(toolkit, path)
    return _together(topic, field) or topic or dotted(path)


def _together(topic: str, field: str) -> str:
    if not topic or not field or topic == field:
        return ""
    return _("{label}: {text}").format(label=topic, text=field)


def _topic(toolkit: Toolkit, path: Path) -> str:
    steps = [str(step) for step in path]
    match steps:
        case ["assessment", id_, *_rest] if id_ in toolkit.elements:
            return toolkit.elements[id_].name
        case ["goals", id_, *_rest]:
            return next((group.name for group in toolkit.groups if group.id == id_), id_)
        case ["governance", side, id_, *_rest]:
            named = (asked.short for asked in toolkit.side(side) if asked.id == id_)
            return next(named, id_)
        case ["screening", _id, *_rest]:
            return _("Screening")
        case ["overall", *_rest]:
            return _("Overall finding")
        case [first, *_rest]:
            return titles().get(first, "")
    return ""


def titles() -> dict[str, str]:
    """What the keys at the top of an answer file are called."""
    return {
        "document": _("Document"),
        "plan": _("Plan"),
        "proposal": _("Proposal"),
        "sections": _("Text"),
        "stakeholders": _("Stakeholders"),
        "screening": _("Screening"),
        "assessment": _("Assessment"),
        "goals": _("Goals"),
        "overall": _("Overall finding"),
        "governance": _("Governance"),
        "recommendations": _("Recommendations"),
        "references": _("References"),
        "bibliography": _("Bibliographies"),
        "glossary": _("Glossary"),
        "annexes": _("Annexes"),
        "ignore": _("Accepted gaps"),
        "notes": _("Private notes"),
        "language": _("Language"),
        "toolkit": _("Question bank"),
    }


def field_title(toolkit: Toolkit, path: Path) -> str:
    """The title of the field that a path leads to, or of the list that it leads into."""
    while path and isinstance(path[-1], int):
        path = path[:-1]
    if not path:
        return ""
    name = str(path[-1])
    if path[0] == "plan" and len(path) == 2:
        named = (question.label for question in toolkit.planning if question.id == name)
        return next(named, name)
    if len(path) == 4 and path[2] == "angles":
        return next((angle.name for angle in toolkit.angles if angle.id == name), name)
    if path[:2] == ("document", "headings") and len(path) == 3:
        return toolkit.words.sections.get(name, name)
    model = model_at(path[:-1])
    found = field_of(model, name) if model is not None else None
    return found.title if found is not None else ""


def quoted(text: str) -> str:
    """A text in the quotation marks of the interface's language."""
    return _("“{text}”").format(text=text)


def short_attribute(id_: str, name: str) -> str:
    """An attribute of governance in at most 22 terminal cells."""
    short = {
        "inclusiveness-and-transparency": _("Inclusive and open"),
        "collective-responsibility": _("Shared responsibility"),
        "effective-decision-making": _("Effective decisions"),
        "distributed-collaboration": _("Working with others"),
    }.get(id_)
    if short is not None or len(name) <= 22:
        return short or name
    return name[:21].rpartition(" ")[0] + "…"
