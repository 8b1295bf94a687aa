"""Fields of the answer file made into steps: with their place, their choices and their state."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from impactbrief.answers import model as shapes
from impactbrief.answers.edits import lookup
from impactbrief.assessment import Assessment
from impactbrief.errors import Problem
from impactbrief.i18n import _
from impactbrief.interview import choices
from impactbrief.interview.fields import Field, Name, field_of, fields
from impactbrief.interview.found import Found
from impactbrief.interview.model import Choice, Kind, State, Step
from impactbrief.shape import as_typed
from impactbrief.toolkit.model import Toolkit
from impactbrief.yamltext import Path, Value, dotted


class Steps:
    """Makes steps for one reading of an answer file."""

    def __init__(
        self, toolkit: Toolkit, assessment: Assessment, problems: Iterable[Problem]
    ) -> None:
        self.toolkit = toolkit
        self.assessment = assessment
        self.tree = assessment.file.yaml.value
        self._problems: dict[str, list[Problem]] = {}
        for problem in problems:
            self._problems.setdefault(problem.where, []).append(problem)
        self._ratings = choices.ratings(toolkit)
        self._choices: dict[str, tuple[Choice, ...]] = {}
        self.found = Found(toolkit, self.choices)

    def value(self, path: Path) -> Value:
        return lookup(self.tree, path)

    def problems(self, path: Path) -> tuple[Problem, ...]:
        """What is wrong at a path or below it, in the words of the forms."""
        if not self._problems:
            return ()
        here = dotted(path)
        return tuple(
            self.found.on_screen(problem)
            for where, found in self._problems.items()
            if where == here or where.startswith((f"{here}.", f"{here}["))
            for problem in found
        )

    def step(self, path: Path, field: Field, *, part: str = "") -> Step:
        """The field at a path as a step."""
        words = self.toolkit.words
        if field.kind is Kind.RATING:
            offered = self._ratings
        elif field.choices:
            offered = self.choices(field.choices)
        else:
            offered = ()
        found = self.problems(path)
        return Step(
            path=path,
            kind=field.kind,
            title=field.title,
            question=field.question or field.title,
            hint=field.hint,
            guide=words.guidance.get(field.guidance, ""),
            example=field.example,
            choices=offered,
            free=field.free,
            cites=field.choices == "references",
            required=field.required,
            expected=field.expected,
            more=field.more,
            private=field.private,
            part=part,
            of=field.of,
            one=field.one,
            blank=field.blank,
            state=self.state(path, field.kind, found),
            problems=found,
        )

    def choices(self, source: str) -> tuple[Choice, ...]:
        """The choices that a source has now."""
        if source not in self._choices:
            self._choices[source] = choices.choices(source, self.toolkit, self.assessment)
        return self._choices[source]

    def state(self, path: Path, kind: Kind, found: Sequence[Problem] = ()) -> State:
        """How far the answer at a path is."""
        if found:
            return State.CHECK
        value = self.value(path)
        if value is None or value == [] or value == {}:
            return State.OPEN
        if kind is not Kind.PROSE and isinstance(value, str) and not value.strip():
            return State.OPEN
        return State.DONE

    def of_mapping(
        self, path: Path, model: type[BaseModel], *, part: str = "", leave_out: Sequence[str] = ()
    ) -> Iterator[Step]:
        """The steps of the mapping at a path."""
        for field in fields()[model]:
            if field.name not in leave_out:
                yield self.step((*path, field.name), field, part=part)

    def notes(self, path: Path, *, part: str = "") -> Step:
        """The private notes of the mapping at a path."""
        field = field_of(shapes.Document, "notes")
        assert field is not None
        return self.step((*path, "notes"), field, part=part)

    # One entry of a list ----------------------------------------------------------------------

    def entry(self, step: Step, index: int) -> tuple[Step, ...]:
        """The steps of one entry of a list."""
        assert step.of is not None
        path = (*step.path, index)
        found = list(self.of_mapping(path, step.of))
        if step.of is shapes.Reference:
            found += self._other_keys(path, {each.path[-1] for each in found})
        return tuple(found)

    def _other_keys(self, path: Path, asked: set[str | int]) -> Iterator[Step]:
        """What a reference says beyond the usual: CSL has many keys."""
        held = self.value(path)
        for key, value in held.items() if isinstance(held, dict) else ():
            if key in asked:
                continue
            if key in _ROLES:
                field = Field(key, Kind.ENTRIES, key.capitalize(), of=Name, one=_("name"))
            elif key.startswith("x-") or isinstance(value, dict | list):
                field = Field(key, Kind.OTHER, key)
            else:
                field = Field(key, Kind.LINE, key)
            yield self.step((*path, key), replace(field, more=True))

    def left_over(self, walked: set[Path]) -> Iterator[Step]:
        """What stands in the file and belongs to no step: misspelt keys, unknown ids."""
        for path in self._strays((), self.tree, walked):
            yield replace(
                self.step(path, Field(str(path[-1]), Kind.OTHER, dotted(path))),
                question=_("“{where}” is not known here: {value}").format(
                    where=dotted(path), value=as_typed(self.value(path))
                ),
                hint=_("Take it away, or correct it in the file."),
                more=True,
            )

    def _strays(self, path: Path, value: Value, walked: set[Path]) -> Iterator[Path]:
        if path in walked or (path and str(path[-1]).startswith("x-")) or value is None:
            return
        if not any(known[: len(path)] == path for known in walked):
            yield path
        elif isinstance(value, dict):
            for key, inner in value.items():
                yield from self._strays((*path, key), inner, walked)

    # Values in words --------------------------------------------------------------------------

    def shown(self, step: Step, value: Value) -> str:
        """A value in words, on one line where it is short: choices by their names."""
        if value is None:
            return ""
        if step.kind is Kind.ENTRIES:
            items = value if isinstance(value, list) else [value]
            return "; ".join(self.entry_shown(step, item) for item in items)
        if step.kind is Kind.FLAG:
            return {"true": _("Yes"), "false": _("No")}.get(str(value).lower(), str(value))
        if step.kind is Kind.DATE and isinstance(value, dict):
            return _csl_date(value)
        if isinstance(value, list):
            return ", ".join(self.shown(step, item) for item in value)
        if isinstance(value, dict):
            return as_typed(value)
        choice = step.choice(value)
        return choice.word if choice is not None else str(value).rstrip("\n")

    def entry_shown(self, step: Step, item: Value) -> str:
        """One entry of a list in a line: its heading and what else tells it apart."""
        if not isinstance(item, dict) or step.of is None:
            return as_typed(item)
        if step.of is Name:
            parts = [item.get("literal"), item.get("given"), item.get("family")]
            return " ".join(as_typed(part) for part in parts if part)
        if step.of is shapes.Reference and (source := source_line(item)):
            return source
        said: list[str] = []
        for field in fields()[step.of]:
            value = item.get(field.name)
            if value in (None, "", [], {}) or field.kind is Kind.ENTRIES:
                continue
            if said and field.name == "id":
                continue  # it was made of what stands there already
            known = self.choices(field.choices) if field.choices else ()
            words = (choice.word for choice in known if choice.value == value)
            text = next(words, as_typed(value)).strip().partition("\n")[0]
            said.append(text if len(text) <= 60 else text[:59] + "…")
            if len(said) == 2:
                break
        return " – ".join(said) or _("(empty)")


_ROLES = frozenset(
    (
        "editor", "translator", "director", "interviewer", "recipient", "composer",
        "container-author", "collection-editor", "editorial-director", "illustrator",
        "original-author", "reviewed-author", "contributor",
    )
)  # fmt: skip
"""CSL's names besides the author."""


def source_line(reference: Mapping[str, Any]) -> str:
    """A source in a line: who, when, what."""
    held = reference.get("author") or reference.get("editor")
    names = [
        as_typed(name.get("literal") or name.get("family") or name.get("given"))
        for name in (held if isinstance(held, list) else [])
        if isinstance(name, dict)
    ]
    who = names[0] if names else ""
    if len(names) > 1:
        who = _("{name} and others").format(name=who)
    issued = reference.get("issued")
    when = _csl_date(issued) if isinstance(issued, dict) else as_typed(issued)
    what = reference.get("title") or reference.get("URL") or reference.get("DOI")
    return ", ".join(part for part in (who, when[:4], as_typed(what)) if part)


def _csl_date(value: dict[str, Value]) -> str:
    """A date in CSL's own form as people write it."""
    parts = value.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list):
        numbers = [as_typed(number) for number in parts[0]]
        return "-".join(number.zfill(2) for number in numbers)
    return as_typed(value.get("raw") or value.get("literal") or value)
