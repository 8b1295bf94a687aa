"""What a publisher settles for all of its briefs, as far as it is about what they say."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class House:
    """The house's part of a document. What an answer file says itself comes first."""

    sections: tuple[str, ...] = ()
    """The sections that come first in a full brief; the others follow in their usual order."""
    licence: str | None = None
    """The licence of a brief that names none."""


NO_HOUSE = House()
