"""Gaps in what is claimed: elements, goals, recommendations, governance.

What a careful reviewer would ask about a rating, or about what follows from it.
"""

from collections.abc import Iterator

from impactbrief.answers.model import Finding as FindingAnswer
from impactbrief.answers.model import GoalAnswer
from impactbrief.assessment.model import UNRATED, Assessed, effects
from impactbrief.assessment.problems import OVERALL
from impactbrief.assessment.rules import Book, Case, Weight, written
from impactbrief.errors import Problem
from impactbrief.i18n import _, ngettext
from impactbrief.prose import parse
from impactbrief.yamltext import Path

BOOK = Book(Weight.GAP)


def _at(item: Assessed) -> Path:
    return ("assessment", item.element.id)


@BOOK.rule(
    "IB001",
    "A critical property or enabler is not assessed",
    "A brief covers every critical property and enabler, and says so where it found no impact.",
)
def open_elements(case: Case) -> Iterator[Problem]:
    for item in case.assessment.elements:
        if item.rating is None and not item.typed and not any(effects(item.answer)):
            yield case.found(
                _at(item),
                _("“{element}” is still open.").format(element=item.element.name),
                _("Rate it; if it is outside this brief, choose `not-assessed`."),
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
        if goal.impact and not written(goal.summary) and not written(goal.effect_on_people):
            yield case.found(
                (*path, "impact"),
                _("This rating has no explanation."),
                _("Give the reasons in `summary`."),
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
        if written(answer.effect_on_internet) and not written(answer.effect_on_people):
            yield case.found(
                _at(item),
                _("“{element}” describes the effect on the Internet, but not on people.").format(
                    element=item.element.name
                ),
                _("Add `effect_on_people`: who notices, and what changes for them."),
            )


@BOOK.rule(
    "IB035",
    "An effect on people without an effect on the Internet",
    "A brief argues from the Internet to people; without the first step the reader can't follow.",
)
def no_effect_on_internet(case: Case) -> Iterator[Problem]:
    for item in case.assessment.elements:
        answer = item.answer
        if item.rating is not None and item.rating.id in UNRATED:
            continue
        if written(answer.effect_on_people) and not written(answer.effect_on_internet):
            yield case.found(
                _at(item),
                _("“{element}” describes the effect on people, but not on the Internet.").format(
                    element=item.element.name
                ),
                _("Add `effect_on_internet`: what changes in how the Internet works."),
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
                _("Cite a source in the text, as in [@id], or list it under `evidence`."),
            )


@BOOK.rule(
    "IB005",
    "“Depends” without what it depends on",
    "The reader needs to know what would tip it either way.",
)
def depends_on_what(case: Case) -> Iterator[Problem]:
    for path, finding in _all_findings(case):
        if finding.impact == "depends" and not written(finding.depends_on):
            yield case.found(
                (*path, "impact"),
                _("Nothing says what this depends on."),
                _("Add `depends_on`: when does it help, and when does it harm?"),
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
                _("Add `{id}` to the `parts` of what it affects, or remove it.").format(id=part.id),
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
                _("This recommendation is not linked to any finding."),
                _("List under `because` the elements, goals or questions that it follows from."),
            )


@BOOK.rule(
    "IB036",
    "A recommendation rests on something left open",
    "The reader follows it to its finding and finds nothing there.",
)
def recommendations_on_open_ground(case: Case) -> Iterator[Problem]:
    open_ground = {
        item.element.id: item.element.name for item in case.assessment.elements if not item.assessed
    }
    for asked in case.assessment.governance:
        if not asked.answered:
            name = f"{asked.question.side}.{asked.question.id}"
            open_ground[name] = asked.question.question
    for index, recommendation in enumerate(case.answers.recommendations):
        for at, reason in enumerate(recommendation.because):
            if reason in open_ground:
                yield case.found(
                    ("recommendations", index, "because", at),
                    _(
                        "“{ground}” has no answer yet, so a recommendation can't be based on it."
                    ).format(ground=open_ground[reason]),
                    _("Answer it, or take `{id}` out of `because`.").format(id=reason),
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
                _("Name `{id}` under `because` of a recommendation, or add one.").format(
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
        if answer.answer in (None, "unknown", "not-applicable") or written(answer.explanation):
            continue
        if any(written(evidence.shows) for evidence in answer.evidence):
            continue
        yield case.found(
            ("governance", item.question.side, item.question.id, "answer"),
            _("Nothing explains the answer to “{question}”").format(
                question=item.question.question
            ),
            _("Add `explanation`: what happened, and where it can be seen."),
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
                _("Add `impact`; `unclear`, `mixed` and `depends` are ratings too."),
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
        if written(answer.effect_on_people) or written(answer.mitigation) or answer.cases:
            yield case.found(
                (*_at(item), "impact"),
                _("“{element}” is rated “{rating}”, but its text describes an effect.").format(
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
            if not written(item.reason):
                yield case.found(
                    ("assessment", id_, "cases", index),
                    _("Nothing says why this case is rated on its own."),
                    _("Add `reason` in a sentence."),
                )


@BOOK.rule(
    "IB020",
    "A recommendation without addressee or action",
    "A recommendation addressed to nobody is easy to ignore.",
)
def vague_recommendations(case: Case) -> Iterator[Problem]:
    for index, recommendation in enumerate(case.answers.recommendations):
        if not written(recommendation.to):
            yield case.found(
                ("recommendations", index),
                _("This recommendation is addressed to nobody."),
                _("Say under `to` who should act."),
            )
        if not written(recommendation.text):
            yield case.found(
                ("recommendations", index),
                _("This recommendation has no text."),
                _("Say under `text` what should be done."),
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
    "Readers want to know how the proposal was made and how it would govern.",
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
                _("Answer them; `unknown` and `not-applicable` are answers too."),
            )


@BOOK.rule(
    "IB031",
    "A goal, or the whole, is rated against all of its elements",
    "The reader will ask which of the two holds.",
)
def goal_against_elements(case: Case) -> Iterator[Problem]:
    grounds: list[tuple[Path, str, GoalAnswer | None, tuple[Assessed, ...]]] = [
        (("goals", group.id), group.name, case.answers.goals.get(group.id),
         case.assessment.of_group(group))
        for group in case.toolkit.groups
    ]  # fmt: skip
    overall = case.toolkit.words.labels.get("overall", OVERALL)
    grounds.append(((OVERALL,), overall, case.answers.overall, case.assessment.elements))
    for path, name, goal, items in grounds:
        rating = case.assessment.rating_of(goal)
        if rating is None or rating.tone not in ("negative", "positive"):
            continue
        opposite = {"negative": "positive", "positive": "negative"}[rating.tone]
        tones = {item.rating.tone for item in items if item.rating}
        if tones - {"neutral"} == {opposite}:
            yield case.found(
                (*path, "impact"),
                _(
                    "“{goal}” is rated “{rating}”, but all of its elements point the other way."
                ).format(goal=name, rating=rating.name),
                _("Correct one of them, or explain in `summary` why both are right."),
            )


def _all_findings(case: Case) -> Iterator[tuple[Path, FindingAnswer]]:
    for id_, element in case.answers.assessment.items():
        yield ("assessment", id_), element
    yield from _goals(case)


def _goals(case: Case) -> Iterator[tuple[Path, GoalAnswer]]:
    for id_, goal in case.answers.goals.items():
        yield ("goals", id_), goal
    if case.answers.overall:
        yield ("overall",), case.answers.overall
