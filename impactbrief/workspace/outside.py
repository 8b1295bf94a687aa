"""Two versions of one answer file: where they differ, and one text from both."""

from collections.abc import Iterable
from dataclasses import dataclass

from impactbrief.answers.edits import Remove, Set, apply, lookup
from impactbrief.errors import Problem
from impactbrief.shape import as_typed
from impactbrief.yamltext import Order, Path, Value, dotted, read


@dataclass(frozen=True, slots=True)
class Difference:
    """One answer that two versions give differently."""

    path: Path
    base: Value
    """What both began from; None if nothing was there."""
    mine: Value
    theirs: Value

    @property
    def both(self) -> bool:
        """Whether both sides changed it, so that somebody has to choose."""
        return self.base != self.mine and self.base != self.theirs

    def __str__(self) -> str:
        return f"{dotted(self.path)}: {as_typed(self.mine)!r} / {as_typed(self.theirs)!r}"


@dataclass(frozen=True, slots=True)
class Conflict:
    """The file was changed outside while there were unsaved changes here. Nothing is lost."""

    base: str
    """The text that both versions began from."""
    mine: str
    theirs: str | None
    """The text on disk; None if the file is gone or can't be read."""
    fingerprint: str | None
    """Of the file on disk; None if it is gone."""
    problems: tuple[Problem, ...] = ()
    """Why the version on disk can't be read."""

    @property
    def differences(self) -> tuple[Difference, ...]:
        """Every answer that differs, by path; none where the version on disk can't be read."""
        return () if self.theirs is None else differences(self.base, self.mine, self.theirs)


def differences(base: str, mine: str, theirs: str) -> tuple[Difference, ...]:
    """The answers in which two texts differ, in the order of the first."""
    found: list[Difference] = []
    _compare((), read(base).value, read(mine).value, read(theirs).value, found)
    return tuple(found)


def _compare(path: Path, base: Value, mine: Value, theirs: Value, found: list[Difference]) -> None:
    if _same(mine, theirs):
        return
    if isinstance(mine, dict | None) and isinstance(theirs, dict | None):
        begun = base if isinstance(base, dict) else {}
        keys = dict.fromkeys([*(mine or ()), *(theirs or ())])
        for key in keys:
            _compare(
                (*path, key), begun.get(key), (mine or {}).get(key), (theirs or {}).get(key), found
            )
        return
    lists = isinstance(mine, list) and isinstance(theirs, list) and isinstance(base, list)
    if lists and len(mine) == len(theirs) == len(base):  # type: ignore[arg-type]
        for index in range(len(mine)):  # type: ignore[arg-type]
            at = (index,)
            _compare((*path, index), lookup(base, at), lookup(mine, at), lookup(theirs, at), found)
        return
    found.append(Difference(path, base, mine, theirs))


def _same(one: Value, other: Value) -> bool:
    return one == other or (not one and not other and one != "" and other != "")


def merged(conflict: Conflict, mine: Iterable[Path] = (), *, order: Order | None = None) -> str:
    """The other version with all that was only changed here, and with `mine` where both did.

    Where both changed an answer and `mine` doesn't name it, theirs stays.
    """
    assert conflict.theirs is not None
    text = conflict.theirs
    chosen = set(mine)
    ours = read(conflict.mine).value
    for difference in conflict.differences:
        if difference.both and difference.path not in chosen:
            continue
        if not difference.both and _same(difference.theirs, difference.mine):
            continue
        if not difference.both and difference.base == difference.mine:
            continue  # only they changed it
        value = lookup(ours, difference.path)
        edit = Remove(difference.path) if value is None else Set(difference.path, value)
        text = apply(text, edit, order=order)
    return text
