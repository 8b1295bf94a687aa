"""What was found, in the words of the forms.

A problem names keys and ids of the answer file, between backticks, for those who edit it by hand.
Whoever answers questions has never seen them: here they become the titles and choices that forms
show.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from impactbrief.answers.edits import model_at
from impactbrief.errors import Problem
from impactbrief.i18n import _
from impactbrief.interview.fields import Field, field_of, fields
from impactbrief.interview.labels import field_title, place, quoted, titles
from impactbrief.interview.model import Choice, Kind
from impactbrief.toolkit.model import Toolkit
from impactbrief.yamltext import Path, undotted

NAMED = re.compile(r"`([^`\n]+)`")
FAR = ("reasons", "governance_answers", "outputs")
"""Choices that are named far from the question that offers them."""


class Found:
    """Words for what was found. `choices` gives the choices of a source, by its name."""

    def __init__(self, toolkit: Toolkit, choices: Callable[[str], tuple[Choice, ...]]) -> None:
        self.toolkit = toolkit
        self._choices = choices

    def on_screen(self, problem: Problem) -> Problem:
        """The same problem for somebody who sees forms, not the file."""
        here = undotted(problem.where)

        def words(text: str) -> str:
            return NAMED.sub(lambda found: quoted(self._name(found[1], here)), text)

        what = words(problem.what.removeprefix(f"`{problem.where}`: "))
        hint = words(problem.hint)
        if problem.by_hand:
            hint = _(
                "Take it away or answer it anew; or correct line {line} of the file in an editor."
            ).format(line=problem.place.line)
        return replace(problem, what=f"{what[:1].upper()}{what[1:]}", hint=hint)

    def _name(self, key: str, here: Path) -> str:
        """What forms call a key, an id or a place that a problem at `here` names."""
        path = undotted(key)
        if path == here:
            return field_title(self.toolkit, here) or place(self.toolkit, here)
        near = self._near(key, here)
        if near:
            return near
        if path and path[0] in titles():
            return place(self.toolkit, path) if len(path) > 1 else titles()[str(path[0])]
        for asked in fields().values():
            for field in asked:
                if field.name == key:
                    return field.title
        said = (self._word(source, key) for source in FAR)
        return next(filter(None, said), key)

    def _near(self, key: str, here: Path) -> str:
        """The title of a field, or the word of a choice, in the mappings that lead to a place."""
        for end in range(len(here), -1, -1):
            model = model_at(here[:end])
            if model is None:
                continue
            if field_of(model, key) is not None:
                return field_title(self.toolkit, (*here[:end], key))
            for field in fields().get(model, ()):
                if word := self._choice(field, key):
                    return word
        return ""

    def _choice(self, field: Field, value: str) -> str:
        if field.kind is Kind.RATING:
            rating = self.toolkit.ratings.get(value)
            return rating.name if rating is not None else ""
        return self._word(field.choices, value) if field.choices else ""

    def _word(self, source: str, value: str) -> str:
        return next((each.word for each in self._choices(source) if each.value == value), "")
