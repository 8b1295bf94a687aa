"""What was done to an answer file's text, in order, with the way back and forth again.

A change is kept as a splice (where, what went, what came), so undo gives the exact text and a long
sitting needs little memory.
"""

from dataclasses import dataclass, replace

from impactbrief.answers.edits import Edit, Set, apply, lookup, origin, target, tree
from impactbrief.yamltext import Order, Path

PAUSE = 2.0
"""Seconds after which typing goes on as a new change."""
LONGEST_TYPING = 100
"""Characters after which typing goes on as a new change."""
MOST_CHANGES = 2000


@dataclass(frozen=True, slots=True)
class Splice:
    """At an offset, one piece of text in place of another."""

    start: int
    old: str
    new: str

    @classmethod
    def between(cls, before: str, after: str) -> "Splice":
        """The smallest splice that turns one text into the other."""
        shorter = min(len(before), len(after))
        start = _common(before, after, shorter)
        end = _common(before[::-1], after[::-1], shorter - start)
        return cls(start, before[start : len(before) - end], after[start : len(after) - end])

    def done(self, text: str) -> str:
        """The text with the splice made; ValueError if it doesn't fit this text."""
        return self._put(text, self.old, self.new)

    def undone(self, text: str) -> str:
        """The text before the splice; ValueError if it doesn't fit this text."""
        return self._put(text, self.new, self.old)

    def _put(self, text: str, out: str, in_: str) -> str:
        if self.start < 0 or not text.startswith(out, self.start) or self.start > len(text):
            raise ValueError("this change belongs to another text")
        return text[: self.start] + in_ + text[self.start + len(out) :]


def _common(one: str, other: str, most: int) -> int:
    """How many characters two texts begin with in common, at most `most`."""
    low, high = 0, most
    while low < high:  # halving compares long pieces at once, which is quick
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


@dataclass(frozen=True, slots=True)
class Typed:
    """A text answer before and after it was typed into."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """One step of the history."""

    splice: Splice
    label: str
    """What it did, in the words of the interface: “Rate Common global identifiers”."""
    path: Path
    """Where it acts, so that a front end can go there."""
    at: float
    """When, on the caller's clock."""
    typed: Typed | None = None
    before: Path = ()
    """Where that was before: to go there once it is undone."""


def goes_on(before: str, middle: str, after: str) -> bool:
    """Whether typing that made `middle` of `before` goes on when `middle` becomes `after`.

    It does while text is only put in, on one line, and not too much of it.
    """
    first, second, both = (
        Splice.between(before, middle),
        Splice.between(middle, after),
        Splice.between(before, after),
    )
    if any(splice.old or "\n" in splice.new for splice in (first, second, both)):
        return False
    return len(both.new) < LONGEST_TYPING and (
        first.start <= second.start <= first.start + len(first.new)
    )


class History:
    """A text and all that was done to it."""

    def __init__(self, text: str, *, order: Order | None = None) -> None:
        self.text = text
        self.order = order
        self._done: list[Change] = []
        self._undone: list[Change] = []

    @property
    def undo_label(self) -> str | None:
        """What `undo` would take back; None if there is nothing."""
        return self._done[-1].label if self._done else None

    @property
    def redo_label(self) -> str | None:
        """What `redo` would do again; None if there is nothing."""
        return self._undone[-1].label if self._undone else None

    def do(self, edit: Edit, *, label: str = "", at: float = 0.0) -> Change | None:
        """Makes an edit; None if it changes nothing. Raises as `edits.apply`, then nothing is done.

        Typing that goes on in one answer is one change: undo takes it back as a whole. The change
        that is returned says only what this edit did.
        """
        after = apply(self.text, edit, order=self.order)
        if after == self.text:
            return None
        change = Change(
            splice=Splice.between(self.text, after),
            label=label,
            path=target(edit),
            at=at,
            typed=self._typing(edit),
            before=origin(edit),
        )
        self._push(change, after)
        return change

    def replace(self, text: str, *, label: str, path: Path = (), at: float = 0.0) -> Change | None:
        """Takes another text as one change, such as a recovered one."""
        if text == self.text:
            return None
        change = Change(Splice.between(self.text, text), label, path, at, before=path)
        self._push(change, text)
        return change

    def undo(self) -> Change | None:
        """Takes the last change back and returns it; None if there is none."""
        if not self._done:
            return None
        change = self._done.pop()
        self.text = change.splice.undone(self.text)
        self._undone.append(change)
        return change

    def redo(self) -> Change | None:
        """Does again what was undone last and returns it; None if there is nothing."""
        if not self._undone:
            return None
        change = self._undone.pop()
        self.text = change.splice.done(self.text)
        self._done.append(change)
        return change

    def forget(self, text: str) -> None:
        """Starts anew from a text that somebody else has made."""
        self.text = text
        self._done.clear()
        self._undone.clear()

    def _typing(self, edit: Edit) -> Typed | None:
        if not isinstance(edit, Set) or not isinstance(edit.value, str):
            return None
        before = lookup(tree(self.text), edit.path)
        return Typed(before if isinstance(before, str) else "", edit.value)

    def _push(self, change: Change, after: str) -> None:
        last = self._done[-1] if self._done else None
        if last is not None and not self._undone and _merge(last, change):
            before = last.splice.undone(self.text)
            assert last.typed is not None
            assert change.typed is not None
            self._done[-1] = replace(
                change,
                splice=Splice.between(before, after),
                typed=Typed(last.typed.before, change.typed.after),
            )
        else:
            self._done.append(change)
            del self._done[:-MOST_CHANGES]
        self._undone.clear()
        self.text = after


def _merge(last: Change, change: Change) -> bool:
    """Whether a change goes on with the typing of the last one."""
    if last.path != change.path or last.typed is None or change.typed is None:
        return False
    if not 0 <= change.at - last.at < PAUSE or last.typed.after != change.typed.before:
        return False
    return goes_on(last.typed.before, last.typed.after, change.typed.after)
