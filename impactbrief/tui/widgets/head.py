"""What stands above an answer: topic and rating, the steps, an introduction, the question."""

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from impactbrief.i18n import _
from impactbrief.interview import Kind, State, Topic
from impactbrief.tui.desk import Desk
from impactbrief.tui.pages import Page
from impactbrief.tui.widgets.bars import StepStrip
from impactbrief.tui.widgets.lines import clipped, cut
from impactbrief.tui.widgets.still import Still

if TYPE_CHECKING:
    from impactbrief.tui.app import Wizard

MEDIUM, TALL = 22, 30
"""Lines of a window from which more of a question is shown."""


class PageHead(Vertical):
    """Shows as much of the words as there is room for, and names the key that shows the rest."""

    DEFAULT_CSS = "PageHead { height: auto; }"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def compose(self) -> ComposeResult:
        yield Still("", id="title", markup=False)
        yield StepStrip(id="strip")
        yield Still("", id="intro", markup=False)
        yield Still("", id="question", markup=False)

    @property
    def width(self) -> int:
        """Cells of the page; before it is laid out, as many as there may be."""
        return self.content_size.width or min(self.app.size.width - 2, 110)

    def show(self, topic: Topic, laid: tuple[Page, ...], index: int) -> None:
        """Shows where somebody is: on a page of those that a topic is laid out on."""
        mark = ""
        if topic.rating is not None:
            mark = "   " + self.desk.mark(topic.rating.glyph, topic.rating.ascii)
            mark += f" {topic.rating.name}"
        title = topic.title
        if cell_len(title + mark) > self.width and self.app.size.height >= TALL:
            mark = f"\n{mark.strip()}" if mark else ""
        else:
            title = cut(title, max(self.width - cell_len(mark), 20))
        self.query_one("#title", Still).update(Content.styled(title, "bold") + Content(mark))
        strip = self.query_one(StepStrip)
        strip.display = len(laid) > 1
        position = _("{number} of {count}").format(number=index + 1, count=len(laid))
        strip.show(laid, index, [self._mark(page) for page in laid], position)
        # of what the screening says, the first sentence; the guide has all of it
        aside = topic.aside.partition(".")[0] + "." if topic.aside and index == 0 else ""
        aside = f"{aside} {topic.intro}".strip()
        intro = self.query_one("#intro", Still)
        intro.display = bool(aside)
        intro.update(Content(self._clipped(aside, self._lines[0])))
        if not laid[index].is_form:
            step = laid[index].steps[0]
            self.ask(step.question, step.hint if step.hint not in aside else "")

    def ask(self, question: str, hint: str, *, of_row: bool = False) -> None:
        """Puts a question above its answer, with as much of its hint as there is room for.

        The hints of a form's rows (`of_row`) are of different lengths: its rows must not jump.
        """
        lines = 2 if of_row else self._lines[1]
        asked = self._clipped(question, lines)
        hint = self._clipped(f"{asked} {hint}", lines).removeprefix(asked)
        line = self.query_one("#question", Still)
        line.set_class(of_row, "steady")
        line.update(Content.styled(asked, "bold") + Content.styled(hint, "dim"))

    @property
    def _lines(self) -> tuple[int, int]:
        """Lines that the introduction and the question may take."""
        height = self.app.size.height
        if height >= TALL:
            return 3, 4
        return (2, 3) if height >= MEDIUM else (1, 2)

    def _clipped(self, text: str, lines: int) -> str:
        wizard: Wizard = self.app  # type: ignore[assignment]
        return clipped(text, self.width, lines, more=wizard.keys.short("view.guide"))

    def _mark(self, page: Page) -> str:
        """What is there already, in the strip of pages."""
        step = page.steps[0]
        if page.more or page.is_form:
            return ""
        if step.kind is Kind.RATING:
            rating = step.choice(self.desk.value(step.path))
            return self.desk.mark(rating.glyph, rating.ascii) if rating else ""
        if step.kind is Kind.ENTRIES:
            return str(len(self.desk.interview.entries(step)) or "")
        return self.desk.mark("✓", State.DONE.word) if page.done else ""
