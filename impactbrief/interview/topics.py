"""The topics of the interview: which there are, what each asks, and how far it is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from impactbrief.answers import model as shapes
from impactbrief.assessment import Assessment
from impactbrief.i18n import _
from impactbrief.interview import choices
from impactbrief.interview.fields import Field, field_of, list_fields, plan_fields
from impactbrief.interview.labels import short_attribute, titles
from impactbrief.interview.model import Kind, State, Step, Topic, TopicGroup
from impactbrief.interview.steps import Steps
from impactbrief.toolkit.model import Element, GovernanceQuestion, Toolkit
from impactbrief.yamltext import Path


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


class Topics:
    """All topics of one answer file, in the order of the work."""

    def __init__(self, toolkit: Toolkit, assessment: Assessment, steps: Steps) -> None:
        self.toolkit = toolkit
        self.assessment = assessment
        self._steps = steps

    def groups(self) -> tuple[TopicGroup, ...]:
        """The topics by group, as an outline shows them."""
        made = []
        for id_, title, plans in self._plans():
            topics = tuple(self._topic(id_, plan) for plan in plans)
            made.append(TopicGroup(id_, title, topics))
        made[-1] = self._with_left_overs(made)
        return tuple(made)

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
                  intro=_("For your team. Skip it if you like. Only the issue may be printed.")),
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
            _Plan("goals", _("Findings on a whole group"), self._goals, short=named["goals"],
                  guide=guidance.get("goal", ""), path=("goals",)),
        ]  # fmt: skip
        for side in self.toolkit.sides:
            yield f"governance-{side.id}", side.short, list(self._governance(side.id))
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
