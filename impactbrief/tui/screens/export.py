"""Documents to make, formats, where to; then the progress, which can be stopped, and the result."""

import os
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from impactbrief.batch.outputs import Job, plan
from impactbrief.batch.sources import Source
from impactbrief.errors import ImpactBriefError
from impactbrief.i18n import _
from impactbrief.render import DOCUMENTS, FORMATS, PAPERS, Look
from impactbrief.tui.desk import Desk
from impactbrief.tui.keys import FIRST
from impactbrief.tui.screens.files import FilesScreen, usual_folder
from impactbrief.tui.screens.once import OnceScreen
from impactbrief.tui.widgets.bars import TopBar
from impactbrief.tui.widgets.buttons import Button
from impactbrief.tui.widgets.checks import CheckList
from impactbrief.tui.widgets.choices import Choice, ChoiceList
from impactbrief.tui.widgets.fields import LineField
from impactbrief.tui.widgets.keyline import KeyLine
from impactbrief.workspace import Exported
from impactbrief.workspace.paths import Typed, hidden, is_folder, is_there, shown, typed


class ExportScreen(OnceScreen[None]):
    """Makes documents of the brief as it stands."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", _("Back"), priority=True),
        Binding(FIRST["app.help"], "app.help", _("Help"), priority=True, id="app.help"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__(classes="full")
        self.desk = desk

    def compose(self) -> ComposeResult:
        names = self.desk.workspace.toolkit.words.documents
        documents = [Choice(id_, names[id_]["name"]) for id_ in DOCUMENTS]
        formats = [Choice(format_.id, format_.name) for format_ in FORMATS.values()]
        papers = [Choice(paper, paper.capitalize()) for paper in PAPERS]
        last = self._last()
        wanted = [document for document in last.documents if document in DOCUMENTS]
        kinds = [kind for kind in last.formats if kind in FORMATS]
        yield TopBar(id="top")
        with VerticalScroll(classes="body", can_focus=False):
            yield Static(Content.styled(_("Export"), "bold"))
            with Horizontal(id="export-what"):
                with Vertical():
                    yield Static(_("Documents"), classes="hint")
                    yield CheckList(documents, wanted, id="documents")
                with Vertical():
                    yield Static(_("Formats"), classes="hint")
                    yield CheckList(formats, kinds, id="formats")
                with Vertical():
                    yield Static(_("Paper"), classes="hint")
                    yield ChoiceList(papers, last.paper, plain=self.desk.ascii_marks, id="paper")
            yield Static(_("Folder"), classes="hint")
            with Horizontal(id="where"):
                yield LineField(last.folder, id="folder")
                yield Button(_("Choose…"), id="choose", compact=True)
            with Horizontal(classes="buttons"):
                yield Button(_("Export"), id="go", variant="primary", compact=True)
                yield Button(_("Stop"), id="stop", compact=True, disabled=True)
                yield Button(_("Back"), id="leave", compact=True)
            yield Static("", id="progress", markup=False)
            yield Static("", id="result", markup=False)
            yield Static("", id="files", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        self.wizard.show_saved()
        self.show_files()
        if self.running:
            self.show_progress()
        self.set_focus(self.query_one("#leave" if self.running else "#go"))

    def _last(self) -> Exported:
        """What is offered: the same again, or else the brief as a PDF beside its file."""
        here = shown(self.desk.workspace.path.resolve().parent, folder=True)
        return self.desk.workspace.exported or Exported(("brief",), ("pdf",), PAPERS[0], here)

    def jobs(self) -> list[Job]:
        """What would be made. Raises OutputError where it can't be written."""
        source = Source(str(self.desk.workspace.path), Path())
        documents = self.query_one("#documents", CheckList).ticked
        formats = self.query_one("#formats", CheckList).ticked
        if not documents or not formats:
            return []
        # with its slash it is a folder, also where it is called like a document, or "-"
        return plan([source], documents, formats, os.path.join(self.folder.path, ""))  # noqa: PTH118

    @property
    def folder(self) -> Typed:
        """Where the documents go."""
        return typed(self.query_one("#folder", LineField).value)

    def show_files(self) -> None:
        """Names what would be written, and what of it is there already. How an earlier export ended
        is another matter then."""
        for line in self.query("#progress, #result").results(Static):
            line.display = self.running
        self.query_one("#files").display = True
        jobs: list[Job] = []
        trouble = self.folder.trouble or hidden(self.folder.path)
        try:
            jobs = [] if trouble else self.jobs()
        except ImpactBriefError as error:
            trouble = str(error)
        if trouble:
            self.query_one("#files", Static).update(Content(f"! {trouble}"))
            self.query_one("#go", Button).disabled = True
            return
        lines = []
        for job in jobs:
            assert job.target is not None
            there = _("   (is there already, will be replaced)") if is_there(job.target) else ""
            lines.append(f"  {job.target.name}{there}")
        if not lines:
            lines = [_("  Choose at least one document and one format.")]
        self.query_one("#files", Static).update(Content("\n".join([_("Files:"), *lines])))
        self.query_one("#go", Button).disabled = not jobs or self.running

    def on_check_list_ticked(self) -> None:
        self.show_files()

    def on_line_field_edited(self) -> None:
        self.show_files()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        match event.button.id:
            case "go":
                self.export()
            case "choose":
                self.choose_folder()
            case "stop":
                self.stop()
            case _:
                self.dismiss(None)  # an export that runs goes on

    @work
    async def choose_folder(self) -> None:
        """Walks to a folder instead of typing its name."""
        path = self.folder.path
        near = (each for each in (path, *path.parents) if is_folder(each))
        start = usual_folder() if self.folder.trouble else next(near, None)
        heading = _("A folder for the documents")
        folder = await self.app.push_screen_wait(FilesScreen(heading, start, purpose="folder"))
        if folder is not None:
            field = self.query_one("#folder", LineField)
            field.show(shown(folder, folder=True))
            field.cursor_position = len(field.value)
            self.show_files()

    @property
    def running(self) -> bool:
        """Whether documents are being made now."""
        exporting = self.wizard.exporting
        return exporting is not None and exporting.running

    def stop(self) -> None:
        if self.wizard.exporting is not None:
            self.wizard.exporting.stop()

    def action_leave(self) -> None:
        """Escape stops what runs; then it leads back."""
        if self.running:
            self.stop()
        else:
            self.dismiss(None)

    def export(self) -> None:
        try:
            jobs = [] if self.folder.trouble else self.jobs()
        except ImpactBriefError:
            return
        if jobs and not self.running:
            paper = self.query_one("#paper", ChoiceList).value or PAPERS[0]
            self.desk.workspace.exported = Exported(
                tuple(dict.fromkeys(job.document for job in jobs)),
                tuple(dict.fromkeys(job.format for job in jobs)),
                paper,
                shown(self.folder.path, folder=True),
            )
            self.wizard.export(jobs, Look(paper=paper))
            self.set_focus(self.query_one("#leave"))

    def show_progress(self) -> None:
        """How far the export is, or how the last one of this screen ended."""
        exporting = self.wizard.exporting
        if exporting is None:
            return
        for name, told in (("progress", exporting.said), ("result", "\n".join(exporting.lines))):
            line = self.query_one(f"#{name}", Static)
            line.update(Content(told))
            line.display = bool(told)
        self.query_one("#stop", Button).disabled = not exporting.running
        leave = _("Keep writing") if exporting.running else _("Back")
        self.query_one("#leave", Button).show(leave)
        self.query_one("#files").display = False
        self.query_one("#go", Button).disabled = exporting.running
