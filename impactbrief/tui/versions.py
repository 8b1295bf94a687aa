"""Two versions of a brief told apart, in the words of the questions."""

from collections.abc import Callable, Sequence

from impactbrief.i18n import _, ngettext
from impactbrief.interview import Interview, quoted
from impactbrief.shape import as_typed
from impactbrief.tui.widgets.lines import cut, one_line
from impactbrief.workspace.outside import Difference
from impactbrief.yamltext import Path, Value, dotted

MOST = 12
"""Differences that are told one by one."""
WIDTH = 68


def recovered(interview: Interview, differences: Sequence[Difference]) -> str:
    """What restoring would bring back, a question and its words at a time."""
    return _told(
        interview, differences, lambda each: [_quoted(each.mine, WIDTH - 2) or _("taken out")]
    )


def without_place(loose: Sequence[tuple[Path, str]]) -> str:
    """Typed text that no longer finds its place in the file, and what becomes of it."""
    if not loose:
        return ""
    words = "\n".join(f"  {_quoted(typed, WIDTH - 2)}" for _path, typed in loose)
    told = _("For this text the file has no place any more. Restoring puts it into a file beside:")
    return f"\n\n{told}\n{words}"


def compared(interview: Interview, differences: Sequence[Difference]) -> str:
    """What stands here and what stands in the file, question by question."""

    def both(each: Difference) -> list[str]:
        none = _("nothing")
        return [
            _("here: {words}").format(words=_quoted(each.mine, WIDTH - 12) or none),
            _("in the file: {words}").format(words=_quoted(each.theirs, WIDTH - 20) or none),
        ]

    return _told(interview, differences, both)


def _told(
    interview: Interview,
    differences: Sequence[Difference],
    words: Callable[[Difference], list[str]],
) -> str:
    lines: list[str] = []
    for each in differences[:MOST]:
        lines.append(_question(interview, each.path))
        lines.extend(f"  {line}" for line in words(each))
    rest = len(differences) - MOST
    if rest > 0:
        lines.append(ngettext("… and {count} more", "… and {count} more", rest).format(count=rest))
    return "\n".join(lines)


def _question(interview: Interview, path: Path) -> str:
    """Where an answer belongs, as the wizard calls it; its path for what it never asks."""
    spot = interview.find(path)
    if spot is None:
        return dotted(path)
    names = [spot.topic.title, spot.step.part or spot.step.title if spot.step else ""]
    if spot.step is not None and spot.step.part:
        names.append(spot.step.title)
    return cut(" › ".join(dict.fromkeys(name for name in names if name)), WIDTH)


def _quoted(value: Value, width: int) -> str:
    """An answer in quotation marks, its end where it is long: what was typed last is known best."""
    text = one_line(as_typed(value))
    if not text:
        return ""
    short = cut(text[::-1], width - 2)[::-1] if len(text) > width - 2 else text
    return quoted(short)
