"""An export beside the typing: the documents to make, one after the other, and how each went."""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

from impactbrief.batch.child import Child, Order, Stopped
from impactbrief.batch.outputs import Job, write
from impactbrief.errors import ImpactBriefError
from impactbrief.i18n import _
from impactbrief.render import Look
from impactbrief.tui.desk import Desk
from impactbrief.workspace.paths import shown


class Exporting:
    """Makes documents of the brief as it stood in the beginning, however long it takes."""

    def __init__(
        self, desk: Desk, child: Child, jobs: Sequence[Job], look: Look, tell: Callable[[], None]
    ) -> None:
        """`tell` is called whenever there is something new to show."""
        self.desk = desk
        self.jobs = tuple(jobs)
        self.running = True
        self.said = ""
        """How far it is, or how it ended."""
        self.lines: list[str] = []
        """A line for each document that was made, and for each that could not be."""
        self.made: list[Path] = []
        self._look, self._child, self._tell = look, child, tell
        self._stopped = False

    async def run(self) -> None:
        workspace = self.desk.workspace
        text, path = workspace.text, workspace.path
        try:
            for number, job in enumerate(self.jobs, 1):
                assert job.target is not None
                self._say(
                    _("Making {number} of {count}: {name}   Esc: stop").format(
                        number=number, count=len(self.jobs), name=job.target.name
                    )
                )
                order = Order(text, path, job.document, job.format, self._look)
                try:
                    rendered = await asyncio.to_thread(self._child.render, order)
                    if self._stopped:
                        raise Stopped
                    await asyncio.to_thread(write, job.target, rendered.data)
                except ImpactBriefError as error:
                    self.lines.append(f"! {error}")
                    continue
                self.made.append(job.target)
                self.lines.append(f"{self.desk.mark('✓', 'ok')} {job.target}")
                self.lines.extend(f"  ! {warning.what}" for warning in rendered.warnings)
                if self._stopped:
                    raise Stopped
            self._end(_("Done.") if self.made else _("Nothing could be made."))
        except Stopped:
            self._end(
                _("Stopped. What is listed below was finished.")
                if self.made
                else _("Stopped. No document was finished.")
            )

    def in_short(self) -> str:
        """What was made and what could not be, for a corner of the screen."""
        lines = [path.name for path in self.made]
        if self.made:
            lines.append(_("in {folder}").format(folder=shown(self.made[0].parent)))
        return "\n".join([*lines, *(line for line in self.lines if line.startswith("!"))])

    def stop(self) -> None:
        """Ends the work. What was written stays; nothing half-written does."""
        if self.running:
            self._stopped = True
            self._child.stop()

    def _say(self, text: str) -> None:
        self.said = text
        self._tell()

    def _end(self, text: str) -> None:
        self.running = False
        self._say(text)
