"""Makes an episode's summary as a PDF."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from hotline_desk.errors import HotlineDeskError, NoPdfViewer, NoRoomForFile, PdfUnwritable
from hotline_desk.processes import open_file
from hotline_desk.speech.models import printed_notice
from hotline_desk.system import is_full
from hotline_desk.ui.kit.jobs import Lane
from hotline_desk.ui.kit.view_model import ViewModel

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtPrintSupport import QPrinter

    from hotline_desk.domain.episodes import Episode
    from hotline_desk.paths import Workspace
    from hotline_desk.settings import Settings
    from hotline_desk.ui.kit.office import Office


@dataclass(frozen=True, slots=True)
class Summary:
    """A finished PDF."""

    path: Path
    content: bytes
    fault: HotlineDeskError | None = None
    """What of the office's own calendar is not understood; it was made without it then."""


class SummaryViewModel(ViewModel):
    """State of the making of a PDF."""

    made = Signal(Summary)
    busy_changed = Signal(bool)

    def __init__(self, office: Office, parent: QObject | None = None) -> None:
        super().__init__(office, parent)
        self.busy = False
        self.summary: Summary | None = None

    def make(self, episode: Episode | None) -> None:
        """Make the summary of *episode* in its folder."""
        if episode is None:
            self.warned.emit(self.tr("还没有本期节目，请先填写期号和主题（Ctrl+N）。"))
            return
        if self.busy:
            return
        self._set_busy(busy=True)
        self._office.jobs.run(
            Lane.FILES,
            partial(_make, self._office.workspace, self._office.settings, episode),
            owner=self,
            then=self._made,
            on_error=self._failed,
        )

    def make_paper(self, make: Callable[[], Path]) -> None:
        """Have *make* write another PDF, in the lane of files, and show it."""
        if self.busy:
            return
        self._set_busy(busy=True)
        self._office.jobs.run(
            Lane.FILES,
            partial(_make_paper, make),
            owner=self,
            then=self._made,
            on_error=self._failed,
        )

    def open_outside(self) -> None:
        """Open the PDF in the program that the user has for it."""
        if self.summary is not None:
            self._office.jobs.run(
                Lane.FILES,
                partial(_open, self.summary.path),
                owner=self,
                on_error=self.failed.emit,
            )

    def print_on(self, printer: QPrinter) -> None:
        """Print the PDF; *printer* is nobody else's until it is told that it is done."""
        from hotline_desk.ui.papers.printing import print_pdf  # noqa: PLC0415  QtPdf when needed

        if self.summary is not None:
            name = printer.printerName() or printer.outputFileName()
            self._office.jobs.run(
                Lane.FILES,
                partial(print_pdf, self.summary.content, printer),
                owner=self,
                then=lambda n: self.told.emit(
                    self.tr("已送到“{name}”，{n} 页。").format(name=name, n=n)
                ),
                on_error=self.failed.emit,
            )

    def save_as(self, path: Path) -> None:
        """Write the PDF to *path* too."""
        if self.summary is not None:
            self._office.jobs.run(
                Lane.FILES,
                partial(_write, self.summary.content, path),
                owner=self,
                then=lambda _: self.told.emit(self.tr("已另存为 {path}").format(path=path)),
                on_error=self.failed.emit,
            )

    def _made(self, summary: Summary) -> None:
        self.summary = summary
        self._set_busy(busy=False)
        self.made.emit(summary)
        if summary.fault is not None:
            self.failed.emit(summary.fault)

    def _failed(self, error: HotlineDeskError) -> None:
        self._set_busy(busy=False)
        self.failed.emit(error)

    def _set_busy(self, *, busy: bool) -> None:
        self.busy = busy
        self.busy_changed.emit(busy)


def _make(workspace: Workspace, settings: Settings, episode: Episode) -> Summary:
    """Make the PDF on a connection of its own, so that the desk's keys never wait for it."""
    from hotline_desk.ledger.ledger import Ledger  # noqa: PLC0415  loads behind the window
    from hotline_desk.workflows.limits import usable_calendar  # noqa: PLC0415  only when asked
    from hotline_desk.workflows.summarise import (  # noqa: PLC0415  the same
        summarise,
        summary_path,
    )

    calendar, fault = usable_calendar(workspace)
    with Ledger.open(workspace.ledger) as ledger:
        path = summarise(
            ledger,
            episode.number,
            summary_path(workspace, episode),
            notice=printed_notice(settings),
            settings=settings,
            workspace=workspace,
            calendar=calendar,
        )
    return Summary(path, path.read_bytes(), fault)


def _make_paper(make: Callable[[], Path]) -> Summary:
    path = make()
    return Summary(path, path.read_bytes())


def _open(path: Path) -> None:
    try:
        open_file(path)
    except OSError as error:
        raise NoPdfViewer(path) from error


def _write(content: bytes, path: Path) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise (NoRoomForFile if is_full(error) else PdfUnwritable)(path) from error
