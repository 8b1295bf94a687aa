"""Choosing one of a few: ratings, yes and no, kinds. A mark and a word, never colour alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.style import Style
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from impactbrief.interview import Step
from impactbrief.interview.alike import folded
from impactbrief.interview.model import KEYS
from impactbrief.tui.desk import Desk


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose."""

    id: str
    name: str
    mark: str = ""
    """A glyph, or its plain form."""
    meaning: str = ""
    tone: str = ""
    """`negative`, `positive`, `open` or `neutral`: which theme colour its mark takes."""


def choices_of(step: Step, desk: Desk) -> list[Choice]:
    """A step's choices as the lists draw them; two of one value, as of parts, are one."""
    listed: dict[str, Choice] = {}
    for choice in step.choices:
        mark = desk.mark(choice.glyph, choice.ascii)
        drawn = Choice(choice.value, choice.word, mark, choice.meaning, choice.tone)
        listed.setdefault(choice.value, drawn)
    return list(listed.values())


class ChoiceList(OptionList):
    """A list of choices with one chosen. Enter or a click chooses; so does a choice's own key."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "mark", show=False),
    ]

    @dataclass
    class Chosen(Message):
        """Somebody chose. `go_on` where the key also means "and go on" (Enter, a click)."""

        choices: "ChoiceList"
        value: str
        go_on: bool

        @property
        def control(self) -> "ChoiceList":
            return self.choices

    def __init__(
        self,
        choices: Sequence[Choice],
        value: str | None = None,
        *,
        plain: bool = False,
        id: str | None = None,
    ) -> None:
        self.choices = tuple(choices)
        self.value = value
        self.plain = plain
        super().__init__(
            *(Option(self._line(index), id=choice.id) for index, choice in enumerate(choices)),
            id=id,
            compact=True,
            markup=False,
        )
        known = [choice.id for choice in self.choices]
        self.highlighted = known.index(value) if value in known else 0

    def _line(self, index: int) -> Content:
        choice = self.choices[index]
        chosen = "(*)" if self.plain else "(•)"
        key = KEYS[index] if index < len(KEYS) else " "
        marks = max((len(other.mark) for other in self.choices), default=0)
        names = max(len(other.name) for other in self.choices)
        mark = Content.styled(choice.mark.ljust(marks), f"$rating-{choice.tone}") if marks else ""
        parts: list[Content | str] = [
            f"{chosen if choice.id == self.value else '( )'} {key}  ",
            mark,
            "  " if marks else "",
            choice.name.ljust(names) if choice.meaning else choice.name,
        ]
        if choice.meaning:
            parts.append(Content.styled(f"  {choice.meaning}", Style(dim=True)))
        return Content("").join(
            part if isinstance(part, Content) else Content(part) for part in parts
        )

    def show(self, value: str | None) -> None:
        """Marks another choice as chosen, without a message."""
        if value == self.value:
            return
        self.value = value
        for index, choice in enumerate(self.choices):
            self.replace_option_prompt(choice.id, self._line(index))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option.id is not None:
            self._choose(event.option.id, go_on=True)

    async def on_key(self, event: events.Key) -> None:
        # here and not in a binding, so that a quick key never goes to the wrong place
        if event.character and event.character in KEYS[: len(self.choices)]:
            event.stop()
            index = KEYS.index(event.character)
            self.highlighted = index
            self._choose(self.choices[index].id, go_on=False)
        elif event.is_printable and event.character and event.character != " ":
            event.stop()
            self._seek(folded(event.character))

    def _seek(self, letter: str) -> None:
        """Goes to the next choice whose name begins with a letter."""
        count = len(self.choices)
        at = self.highlighted if self.highlighted is not None else count - 1
        for index in [(at + step) % count for step in range(1, count + 1)]:
            if folded(self.choices[index].name).startswith(letter):
                self.highlighted = index
                return

    def action_mark(self) -> None:
        """Space marks the choice in hand and stays."""
        if self.highlighted is not None:
            self._choose(self.choices[self.highlighted].id, go_on=False)

    def choose(self) -> str | None:
        """Marks the choice in hand as chosen, without a message; its value."""
        at = self.highlighted
        if at is None or self.disabled:
            return None
        self.show(self.choices[at].id)
        return self.choices[at].id

    def _choose(self, value: str, *, go_on: bool) -> None:
        self.show(value)
        self.post_message(self.Chosen(self, value, go_on))
