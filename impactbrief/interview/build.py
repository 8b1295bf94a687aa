"""The interview over one answer file: its topics, their steps, and the ways between them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from impactbrief.answers import model as shapes
from impactbrief.answers.edits import Edit, Remove, Set, clean, entered
from impactbrief.answers.pasted import free_id
from impactbrief.assessment import Assessment, Count, Finding, Weight
from impactbrief.errors import Problem
from impactbrief.i18n import _
from impactbrief.interview import choices
from impactbrief.interview.fields import Field, field_of, list_fields, plan_fields
from impactbrief.interview.labels import short_attribute, titles
from impactbrief.interview.model import Kind, Spot, State, Step, Topic, TopicGroup
from impactbrief.interview.steps import Steps
from impactbrief.toolkit.model import Element, GovernanceQuestion, Toolkit
from impactbrief.yamltext import Path, Spelled, Value, Writable, undotted


@dataclass(frozen=True, slots=True)
class _Plan:
    """A topic to be made."""

    id: str
    title: str
    steps: Callable[[], Iterator[Step]]
    counts: bool = False
    short: str = ""
    intro: str = ""
    guide: str = ""
    path: Path = ()
    element: Element | None = None


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
        made = []
        for id_, title, plans in self._plans():
            topics = tuple(self._topic(id_, plan) for plan in plans)
            made.append(TopicGroup(id_, title, topics))
        made[-1] = self._with_left_overs(made)
        return tuple(made)

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
            kept = [item for item in items if item]
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

    # Topics -----------------------------------------------------------------------------------

    def _topic(self, group: str, plan: _Plan) -> Topic:
        steps = tuple(plan.steps())
        rating = None
        if plan.element is not None:
            assessed = self.assessment.by_id[plan.element.id]
            rating = assessed.rating
            state = State(assessed.state)
            state = State.CHECK if any(step.problems for step in steps) else state
        else:
            state = _state(steps)
            if plan.id == "overall":
                rating = self.assessment.rating_of(self.assessment.answers.overall)
        return Topic(
            id=plan.id,
            title=plan.title,
            short=plan.short or plan.title,
            intro=plan.intro,
            guide=plan.guide,
            steps=steps,
            state=state,
            counts=plan.counts,
            group=group,
            rating=rating,
            path=plan.path,
            aside=self._aside(plan.element) if plan.element else "",
        )

    def _aside(self, element: Element) -> str:
        """What the screening said that points at an element."""
        said = []
        for question in self.toolkit.screening:
            if element.id not in question.points_to:
                continue
            given = self.assessment.answers.screening.get(question.id)
            answers = [
                answer for answer in (given.answer if given else ()) if answer != "no-change"
            ]
            if answers:
                words = ", ".join(self.toolkit.screening_answers.get(a, a) for a in answers)
                said.append(f"{question.question} {words}.")
        if not said:
            return ""
        return _("The screening points here.") + " " + " ".join(said)

    def _with_left_overs(self, made: list[TopicGroup]) -> TopicGroup:
        """The last group, with what no step reaches in its settings."""
        walked = {step.path for group in made for topic in group.topics for step in topic.steps}
        walked.add(("impactbrief",))
        strays = tuple(self._steps.left_over(walked))
        last = made[-1]
        if not strays:
            return last
        topics = tuple(
            replace(topic, steps=(*topic.steps, *strays), state=State.CHECK)
            if topic.id == "settings"
            else topic
            for topic in last.topics
        )
        return replace(last, topics=topics)

    def _plans(self) -> Iterator[tuple[str, str, list[_Plan]]]:
        named = titles()
        guidance = self.toolkit.words.guidance
        steps = self._steps
        one = self._one
        yield "begin", _("Begin"), [
            _Plan("document", _("About the brief"), self._document, True, path=("document",)),
            _Plan("plan", named["plan"], self._planning, path=("plan",),
                  intro=_("For you and your team, not for the brief. Skip it if you like.")),
            _Plan("proposal", _("The proposal"), self._proposal, True, path=("proposal",)),
            _Plan("parts", _("Parts of the proposal"),
                  lambda: one(("proposal",), shapes.Proposal, "parts"), short=_("Parts"),
                  guide=guidance.get("parts", ""), path=("proposal", "parts")),
            _Plan("stakeholders", named["stakeholders"],
                  lambda: one((), shapes.Answers, "stakeholders"), True,
                  guide=guidance.get("stakeholders", ""), path=("stakeholders",)),
            _Plan("screening", named["screening"], self._screening,
                  intro=guidance.get("screening", ""), path=("screening",)),
        ]  # fmt: skip
        for group in self.toolkit.groups:
            yield (
                group.id,
                group.short,
                [self._element(element) for element in self.toolkit.elements_of(group)],
            )
        yield "whole", _("As a whole"), [
            _Plan("overall", named["overall"],
                  lambda: steps.of_mapping(("overall",), shapes.GoalAnswer), True,
                  guide=guidance.get("overall", ""), path=("overall",)),
            _Plan("goals", _("Findings on a whole goal"), self._goals, short=named["goals"],
                  guide=guidance.get("goal", ""), path=("goals",)),
        ]  # fmt: skip
        for side in self.toolkit.sides:
            yield f"governance-{side.id}", side.name, list(self._governance(side.id))
        yield "write", _("Write"), [
            _Plan("sections", _("Text of the brief"), self._sections, True, path=("sections",)),
            _Plan("recommendations", named["recommendations"],
                  lambda: one((), shapes.Answers, "recommendations"), True,
                  guide=guidance.get("recommendations", ""), path=("recommendations",)),
            _Plan("references", named["references"], self._references, True,
                  guide=guidance.get("references", ""), path=("references",)),
            _Plan("glossary", named["glossary"], lambda: one((), shapes.Answers, "glossary"),
                  path=("glossary",)),
            _Plan("annexes", named["annexes"], lambda: one((), shapes.Answers, "annexes"),
                  path=("annexes",)),
        ]  # fmt: skip
        yield "end", _("End"), [
            _Plan("notes", _("Private notes"), self._all_notes, path=("notes",)),
            _Plan("headings", _("Headings of the document"), self._headings, short=_("Headings"),
                  path=("document", "headings")),
            _Plan("settings", _("Settings"), self._settings),
            _Plan("review", _("Review and export"), lambda: iter(())),
        ]  # fmt: skip

    def _one(self, path: Path, model: type, name: str) -> Iterator[Step]:
        """A topic that is one list."""
        field = field_of(model, name) or list_fields()[name]
        yield replace(self._steps.step((*path, name), field), expected=True, more=False)

    def _document(self) -> Iterator[Step]:
        yield from self._steps.of_mapping(("document",), shapes.Document)

    def _proposal(self) -> Iterator[Step]:
        yield from self._steps.of_mapping(("proposal",), shapes.Proposal, leave_out=["parts"])

    def _sections(self) -> Iterator[Step]:
        for step in self._steps.of_mapping(("sections",), shapes.Sections):
            if step.path[-1] == "methodology":
                yield replace(step, example=self.toolkit.methodology)
            else:
                yield step

    def _references(self) -> Iterator[Step]:
        yield from self._one((), shapes.Answers, "references")
        bibliography = field_of(shapes.Answers, "bibliography")
        assert bibliography is not None
        yield self._steps.step(("bibliography",), bibliography)

    def _planning(self) -> Iterator[Step]:
        for question in self.toolkit.planning:
            field = plan_fields().get(question.id)
            if field is None:
                continue  # a bank of one's own may ask what the format has no field for
            step = self._steps.step(("plan", question.id), field)
            yield replace(
                step, title=question.label, question=question.question, hint=question.hint,
                example=question.example, more=True,  # nobody has to plan before the first answer
            )  # fmt: skip
        yield self._steps.notes(("plan",))

    def _screening(self) -> Iterator[Step]:
        for question in self.toolkit.screening:
            path = ("screening", question.id)
            model, part = shapes.ScreeningAnswer, question.question
            for step in self._steps.of_mapping(path, model, part=part):
                if step.path[-1] == "answer":
                    yield replace(
                        step,
                        kind=Kind.CHOICES if question.several else Kind.CHOICE,
                        question=question.question,
                        example=question.example,
                        choices=choices.screening(question, self.toolkit),
                    )
                else:
                    yield step
        yield self._steps.notes(("screening",))

    def _element(self, element: Element) -> _Plan:
        example = element.example
        guide = "\n\n".join(
            (
                element.meaning,
                element.benefit,
                _("A strong harm: {text}").format(text=element.strongly_negative),
                _("A strong gain: {text}").format(text=element.strongly_positive),
            )
        )

        def steps() -> Iterator[Step]:
            path = ("assessment", element.id)
            rating = str(self._steps.value((*path, "impact")) or "")
            for step in self._steps.of_mapping(path, shapes.ElementAnswer):
                match step.path[-1]:
                    case "impact":
                        worked = self.toolkit.ratings.get(example.impact)
                        yield replace(
                            step,
                            question=_("How does the proposal affect this?"),
                            hint=element.summary,
                            asks=element.questions,
                            example=f"{example.proposal} {worked.name if worked else ''}".strip(),
                        )
                    case "effect_on_internet":
                        yield replace(
                            step, asks=element.questions, example=example.effect_on_internet
                        )
                    case "effect_on_people":
                        yield replace(step, example=example.effect_on_people)
                    case "depends_on":
                        yield replace(step, more=rating not in ("depends", "mixed"))
                        yield from self._angles(path)
                    case _:
                        yield step

        return _Plan(
            element.id, element.name, steps, True, element.short, element.summary, guide,
            ("assessment", element.id), element,
        )  # fmt: skip

    def _angles(self, path: Path) -> Iterator[Step]:
        guide = self.toolkit.words.guidance.get("angles", "")
        for angle in self.toolkit.angles:
            if angle.id in shapes.Angles.model_fields:
                field = Field(angle.id, Kind.PROSE, angle.name, angle.question, more=True)
                step = self._steps.step((*path, "angles", angle.id), field, part=_("Angles"))
                yield replace(step, guide=guide)
        yield self._steps.notes((*path, "angles"), part=_("Angles"))

    def _goals(self) -> Iterator[Step]:
        for group in self.toolkit.groups:
            path = ("goals", group.id)
            for step in self._steps.of_mapping(path, shapes.GoalAnswer, part=group.name):
                asked = group.question if step.path[-1] == "impact" else step.question
                yield replace(step, question=asked, expected=False)
        yield self._steps.notes(("goals",))
        yield self._steps.notes(("assessment",), part=titles()["assessment"])

    def _governance(self, side: str) -> Iterator[_Plan]:
        for attribute in self.toolkit.attributes:
            asked = tuple(q for q in self.toolkit.side(side) if q.attribute == attribute.id)

            def steps(
                questions: tuple[GovernanceQuestion, ...] = asked,
            ) -> Iterator[Step]:
                for question in questions:
                    path = ("governance", side, question.id)
                    for step in self._steps.of_mapping(
                        path, shapes.GovernanceAnswer, part=question.short
                    ):
                        if step.path[-1] == "answer":
                            yield replace(
                                step, question=question.question, hint=question.hint,
                                guide=self.toolkit.words.guidance.get("governance", ""),
                            )  # fmt: skip
                        else:
                            yield step

            if asked:
                yield _Plan(
                    f"{side}-{attribute.id}", attribute.name, steps, True,
                    short_attribute(attribute.id, attribute.name), attribute.meaning,
                )  # fmt: skip

    def _headings(self) -> Iterator[Step]:
        for section in self.toolkit.sections:
            if section == "notes":
                continue  # under this key stand private notes, here as everywhere
            name = self.toolkit.words.sections.get(section, section)
            field = Field(
                section, Kind.LINE, name,
                _("What should “{heading}” be called?").format(heading=name), example=name,
            )  # fmt: skip
            yield self._steps.step(("document", "headings", section), field)
        yield self._steps.notes(("document", "headings"))

    def _settings(self) -> Iterator[Step]:
        yield from self._steps.of_mapping((), shapes.Answers, leave_out=["bibliography", "notes"])

    def _all_notes(self) -> Iterator[Step]:
        """The file's own notes, and those of mappings that no other topic stands for."""
        yield replace(self._steps.notes(()), more=False)
        for path, title in (
            (("governance",), titles()["governance"]),
            *((("governance", side.id), side.name) for side in self.toolkit.sides),
        ):
            yield self._steps.notes(path, part=title)


def _state(steps: tuple[Step, ...]) -> State:
    """How far a topic is: done when all that is expected is there, started with anything."""
    if any(step.problems for step in steps):
        return State.CHECK
    answered = [step for step in steps if step.state is State.DONE]
    expected = [step for step in steps if step.expected]
    if expected and all(step.state is State.DONE for step in expected):
        return State.DONE
    if not expected and any(not step.private or step.kind is Kind.ENTRIES for step in answered):
        return State.DONE
    return State.STARTED if answered else State.OPEN


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
