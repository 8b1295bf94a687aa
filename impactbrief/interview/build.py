"""The interview over one answer file: the ways through its topics, and answering."""

from collections.abc import Iterable, Iterator
from functools import cached_property

from impactbrief.answers.edits import Edit, Remove, Set, clean, entered
from impactbrief.answers.pasted import free_id
from impactbrief.assessment import Assessment, Count, Finding, Weight
from impactbrief.errors import Problem
from impactbrief.interview.model import Kind, Spot, State, Step, Topic, TopicGroup
from impactbrief.interview.steps import Steps
from impactbrief.interview.topics import Topics
from impactbrief.toolkit.model import Toolkit
from impactbrief.yamltext import Path, Spelled, Value, Writable, undotted


class Interview:
    """Every question of one answer file. Made anew after each change; that costs little.

    `toolkit` gives the words of the questions and may be in another language than the brief.
    `found` are findings to mark: problems among them turn a step's and a topic's state to CHECK.
    """

    def __init__(
        self,
        toolkit: Toolkit,
        assessment: Assessment,
        found: Iterable[Finding] = (),
    ) -> None:
        self.toolkit = toolkit
        self.assessment = assessment
        problems: dict[Problem, None] = dict.fromkeys(assessment.file.problems)
        problems.update(
            (finding.problem, None) for finding in found if finding.rule.weight is Weight.PROBLEM
        )
        self._steps = Steps(toolkit, assessment, problems)

    def on_screen(self, problem: Problem) -> Problem:
        """A problem in the words of the forms, without the keys of the file."""
        return self._steps.found.on_screen(problem)

    # The list ---------------------------------------------------------------------------------

    @cached_property
    def groups(self) -> tuple[TopicGroup, ...]:
        """All topics, in the order of the work, as an outline shows them."""
        return Topics(self.toolkit, self.assessment, self._steps).groups()

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        """All topics, in the order of the work."""
        return tuple(topic for group in self.groups for topic in group.topics)

    @property
    def count(self) -> Count:
        """Topics done, of those that count."""
        return Count(
            sum(group.done for group in self.groups), sum(group.total for group in self.groups)
        )

    def topic(self, id_: str) -> Topic:
        """The topic with an id; raises KeyError for one that isn't there."""
        for topic in self.topics:
            if topic.id == id_:
                return topic
        raise KeyError(id_)

    def entry(self, step: Step, index: int) -> tuple[Step, ...]:
        """The steps of one entry of a list (a step of kind ENTRIES). It needn't be there yet."""
        return self._steps.entry(step, index)

    # Ways -------------------------------------------------------------------------------------

    def walk(self, *, more: bool = False) -> Iterator[Spot]:
        """Every topic with every step, in order; `more` takes the rarer ones along."""
        for topic in self.topics:
            if not topic.steps:
                yield Spot(topic, None)
            for step in topic.steps:
                if more or not step.more:
                    yield Spot(topic, step)

    def step_at(self, path: Path) -> Step | None:
        """The step whose answer lies exactly at a path, inside lists too."""
        spot = self.find(path)
        return spot.step if spot is not None and spot.step and spot.step.path == path else None

    def find(self, where: Path | str) -> Spot | None:
        """The place in the interview for a path, such as a finding's `where`.

        The nearest step: inside lists the entry's own step, for a whole mapping its first one.
        """
        path = undotted(where) if isinstance(where, str) else where
        if not path:
            return None
        best: tuple[int, Topic, Step] | None = None
        for topic in self.topics:
            for step in topic.steps:
                shared = _shared(step.path, path)
                whole = shared == len(step.path) or shared == len(path)
                if shared and whole and (best is None or shared > best[0]):
                    best = (shared, topic, step)
        if best is None:
            for topic in self.topics:
                if topic.path and path[: len(topic.path)] == topic.path:
                    return Spot(topic, None)
            return None
        _length, topic, step = best
        entry: Path | None = None
        while step.kind is Kind.ENTRIES and len(path) > len(step.path):
            index = path[len(step.path)]
            if not isinstance(index, int):
                break
            entry = (*step.path, index)
            inner = [each for each in self.entry(step, index) if _under(each.path, path)]
            if not inner:
                break
            step = inner[0]
        return Spot(topic, step, entry)

    def next_open(self, after: Spot | None = None) -> Spot | None:
        """The next expected step without an answer, going round once; None if all are answered."""
        spots = [
            spot
            for spot in self.walk()
            if spot.step is not None and spot.topic.counts and spot.topic.state is not State.DONE
        ]
        order = [spot.step.path for spot in self.walk(more=True) if spot.step is not None]
        here = after.step.path if after and after.step else ()
        at = order.index(here) if here in order else -1
        ahead = [spot for spot in spots if spot.step and order.index(spot.step.path) > at]
        for spot in [*ahead, *spots]:
            if spot.step is not None and spot.step.state in (State.OPEN, State.CHECK):
                return spot
        return None

    # Answers ----------------------------------------------------------------------------------

    def value(self, step: Step) -> Value:
        """What the file says."""
        return self._steps.value(step.path)

    def shown(self, step: Step, value: Value = None) -> str:
        """A value (by default the file's) in words."""
        return self._steps.shown(step, self.value(step) if value is None else value)

    def entries(self, step: Step) -> tuple[str, ...]:
        """The entries of a list, each in a line."""
        held = self.value(step)
        items = held if isinstance(held, list) else [] if held is None else [held]
        return tuple(self._steps.entry_shown(step, item) for item in items)

    def chosen(self, step: Step) -> tuple[str, ...]:
        """The values of a step that takes several (or one)."""
        held = self.value(step)
        items = held if isinstance(held, list) else [] if held is None else [held]
        return tuple(str(item) for item in items)

    def answer(self, step: Step, value: Writable) -> Edit:
        """The edit that answers a step: text is cleaned, nothing clears the answer."""
        old = self.value(step)
        if step.kind is Kind.FLAG and isinstance(value, bool):
            return Set(step.path, value)
        if isinstance(value, str):
            lines = step.kind is Kind.PROSE
            edit = entered(step.path, value, old if isinstance(old, str) else None, lines=lines)
            if isinstance(edit, Set) and step.kind is Kind.DATE and str(edit.value).isdecimal():
                return Set(step.path, Spelled(edit.value))
            if isinstance(edit, Set) and step.kind is Kind.CHOICES:
                return Set(step.path, [edit.value])
            return edit
        if isinstance(value, list | tuple):
            items = [clean(item, lines=False).strip() for item in value if isinstance(item, str)]
            held = old if isinstance(old, list) else []
            odd = {str(item): item for item in held if not isinstance(item, str)}
            kept = [odd.get(item, item) for item in items if item]
            return Set(step.path, kept) if kept else Remove(step.path)
        return Remove(step.path) if value is None else Set(step.path, value)

    def suggestion(self, step: Step) -> str:
        """What could be answered, drawn from other answers; empty if nothing can."""
        if step.path[-1] != "id" or len(step.path) < 2 or self.value(step):
            return ""
        held = self._steps.value(step.path[:-1])
        if not isinstance(held, dict):
            return ""
        named = held.get("label") or held.get("title") or ""
        listed = self._steps.value(step.path[:-2])
        items = listed if isinstance(listed, list) else []
        taken = {str(item.get("id")) for item in items if isinstance(item, dict)}
        return free_id(str(named).lower(), taken, plain=True) if named else ""


def _shared(one: Path, other: Path) -> int:
    """How many steps two paths begin with in common."""
    count = 0
    for mine, yours in zip(one, other, strict=False):
        if mine != yours:
            break
        count += 1
    return count


def _under(one: Path, other: Path) -> bool:
    """Whether one of two paths leads on from the other."""
    return _shared(one, other) == min(len(one), len(other))
