"""How a topic's steps are laid out on pages: short ones together in a form, the rest one a page."""

from collections.abc import Sequence
from dataclasses import dataclass

from impactbrief.i18n import _
from impactbrief.interview import Kind, Step, Topic

SHORT = frozenset({Kind.LINE, Kind.DATE, Kind.FLAG, Kind.CHOICE, Kind.CHOICES})
"""Kinds that take one row of a form."""
LONG = 6
"""Pages of a topic beyond which somebody may want to pass it by."""


@dataclass(frozen=True, slots=True)
class Page:
    """What is asked at once."""

    title: str
    steps: tuple[Step, ...]
    more: bool = False
    """Whether it holds what few need."""

    @property
    def is_form(self) -> bool:
        """Whether its steps are rows of a form; else they fill the page."""
        return self.more or (len(self.steps) > 1 and not self.steps[0].part)

    @property
    def done(self) -> bool:
        return all(step.state.value == "done" for step in self.steps)


def pages(topic: Topic) -> tuple[Page, ...]:
    """The pages of a topic: those that everybody walks, then one for what few need."""
    steps = topic.main
    short = [step for step in steps if not step.part and step.kind in SHORT]
    laid = (
        [Page(short[0].title if len(short) == 1 else _("Details"), tuple(short))] if short else []
    )
    laid.extend(
        Page(step.title, (step,)) for step in steps if not step.part and step.kind not in SHORT
    )
    parts: dict[str, list[Step]] = {}
    for step in steps:
        if step.part:
            parts.setdefault(step.part, []).append(step)
    laid.extend(Page(part, tuple(group)) for part, group in parts.items())
    laid.sort(key=lambda page: steps.index(page.steps[0]))
    if topic.more:
        laid.append(Page(_("More"), topic.more, more=True))
    return tuple(laid)


def page_of(laid: Sequence[Page], step: Step | None) -> int:
    """The number of the page that a step stands on; the first for none."""
    if step is not None:
        for index, page in enumerate(laid):
            for each in page.steps:
                if step.path[: len(each.path)] == each.path:
                    return index
    return 0


def main_after(laid: Sequence[Page], index: int) -> int | None:
    """The next page that everybody walks; None at the end of the topic."""
    following = index + 1
    return following if following < len(laid) and not laid[following].more else None


def rarer(laid: Sequence[Page], index: int) -> int | None:
    """The page with what few need, unless it is the one at `index`."""
    last = len(laid) - 1
    return last if laid[last].more and last != index else None


def is_long(laid: Sequence[Page]) -> bool:
    """Whether a topic is so long that somebody may want to pass it by."""
    return sum(not page.more for page in laid) > LONG
