"""What a rule is, and what it may look at.

A *problem* is something that can't be what its author meant; a *gap* is something a careful
reviewer would ask about. The rules themselves stand in `problems`, `claims` and
`wording`; `findings` runs them.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from impactbrief.assessment.model import Assessment
from impactbrief.assessment.texts import PrintedText, printed_texts
from impactbrief.errors import Place, Problem
from impactbrief.i18n import _
from impactbrief.shape import suggestion
from impactbrief.yamltext import Path, dotted


class Weight(StrEnum):
    """How much a finding weighs."""

    PROBLEM = "problem"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its code, what it finds, and why that matters."""

    code: str
    weight: Weight
    title: str
    why: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule found."""

    rule: Rule
    problem: Problem


MOST_SUGGESTIONS = 100
"""How many misspelt ids of one file are compared with the known ones: comparing takes time."""


class Case:
    """An assessment under review: what the rules look at."""

    def __init__(self, assessment: Assessment, today: date | None) -> None:
        self.assessment = assessment
        self.toolkit = assessment.toolkit
        self.answers = assessment.answers
        self.file = assessment.file
        self.today = today
        self.texts: tuple[PrintedText, ...] = tuple(printed_texts(self.answers))
        self.references = {str(reference.get("id")) for reference in self.file.references}
        self._suggestions = MOST_SUGGESTIONS

    def found(self, path: Path, what: str, hint: str, *, line: int = 1) -> Problem:
        """A problem at `path`; `line` is the line within a prose field, from 1.

        A text has the place where it begins; a mapping, a list, or what is missing from one, has
        the place of its key.
        """
        yaml = self.file.yaml
        node, _parent, steps = yaml.node(path)
        holds_more = isinstance(getattr(node, "value", None), dict | list)
        whole = steps < len(path) or holds_more
        place = yaml.key_place(path) if whole else yaml.place(path)
        in_block = not whole and self.file.text.startswith(("|", ">"), yaml.span(path)[0])
        if line > 1 or in_block:
            # a block's text begins on the line below its "|"
            place = Place(place.file, place.line + line - 1 + in_block, 1)
        return Problem(what=what, hint=hint, place=place, where=dotted(path))

    def keys(self, *path: str) -> tuple[str, ...]:
        """The ids that stand as keys in a mapping of the file, also those left without a value."""
        here: object = self.file.yaml.value
        for step in path:
            here = here.get(step) if isinstance(here, dict) else None
        if not isinstance(here, dict):
            return ()
        return tuple(key for key in here if key != "notes" and not key.startswith("x-"))

    def suggest(self, typed: str, known: Collection[str], otherwise: str = "") -> str:
        """What to write instead of an id that names nothing; `otherwise` where nothing could."""
        self._suggestions -= 1
        hint = suggestion(typed, known) if self._suggestions >= 0 else ""
        return hint or otherwise or _("Correct it, or remove it.")


Check = Callable[[Case], Iterator[Problem]]


@dataclass(frozen=True, slots=True)
class Registered:
    """A rule with the function that looks for it."""

    rule: Rule
    check: Check


class Book:
    """The rules of one module, in the order they are written."""

    def __init__(self, weight: Weight) -> None:
        self.weight = weight
        self.entries: list[Registered] = []

    def rule(self, code: str, title: str, why: str) -> Callable[[Check], Check]:
        """Registers a check under a rule's code."""

        def register(check: Check) -> Check:
            self.entries.append(Registered(Rule(code, self.weight, title, why), check))
            return check

        return register


def written(text: str | None) -> bool:
    """Whether a field holds anything."""
    return bool(text and text.strip())
