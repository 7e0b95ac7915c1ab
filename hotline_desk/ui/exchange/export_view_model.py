"""导出: which rows, in which form, for whom; the file is written beside the desk's own work."""

from __future__ import annotations

from functools import partial
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from hotline_desk.domain.exports import Exported, Request
from hotline_desk.domain.questions import Question, QuestionQuery
from hotline_desk.errors import ExportUnwritable, HotlineDeskError
from hotline_desk.processes import open_file
from hotline_desk.ui.kit.jobs import Lane
from hotline_desk.ui.kit.view_model import ViewModel

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from hotline_desk.domain.arranging import Arranged
    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.ledger.ledger import Ledger
    from hotline_desk.paths import Workspace
    from hotline_desk.ui.kit.office import Office
    from hotline_desk.ui.ledger.ledger_view_model import LedgerViewModel
    from hotline_desk.workflows.copy_order import Copied


class ExportViewModel(ViewModel):
    """State of an export."""

    rows_changed = Signal()
    """The ledger shows other rows."""
    busy_changed = Signal(bool)
    progressed = Signal(int, int)
    """How many rows and cases of how many are written."""
    exported = Signal(str)
    """What was written, and where, in words."""
    copied = Signal(str)
    """A work order for the clipboard."""

    def __init__(
        self, office: Office, ledger: LedgerViewModel, parent: QObject | None = None
    ) -> None:
        super().__init__(office, parent)
        self._ids: tuple[int, ...] = ()
        self._stop = Event()
        self.busy = False
        self.written: Path | None = None
        ledger.arranged.connect(self._note)

    @property
    def shown(self) -> int:
        """How many rows the ledger shows."""
        return len(self._ids)

    @property
    def by(self) -> str:
        """Who exports."""
        return self._office.by

    def export_shown(self, path: Path, *, internal: bool, why: str) -> None:
        """Write the rows that the ledger shows, and their cases."""
        query = QuestionQuery(ids=self._ids)
        self._export(path, query, self.tr("台账里选出的行"), internal=internal, why=why)

    def export_period(
        self, path: Path, since: date | None, until: date | None, *, internal: bool, why: str
    ) -> None:
        """Write the rows and the cases received from *since* to *until*, both included."""
        if since and until and since > until:
            self.warned.emit(self.tr("开始日期在结束日期之后，请对调。"))
            return
        self._export(path, QuestionQuery(since=since, until=until), "", internal=internal, why=why)

    def cancel(self) -> None:
        """Stop; no file is left."""
        self._stop.set()
        self._end()

    def copy_order(self, chosen: Question | Case, *, why: str = "") -> None:
        """Make the work order of a question or a case, masked unless it is said *why* not."""
        self._office.ask(
            partial(_order, chosen, why, self.by),
            owner=self,
            then=self._copied,
            on_error=self.failed.emit,
        )

    def _copied(self, order: Copied) -> None:
        self.copied.emit(order.text)
        version = self.tr("内部版，未脱敏") if order.internal else self.tr("已脱敏")
        words = self.tr("{number} 的工单文本已复制（{version}）。")
        self.told.emit(words.format(number=order.number, version=version))

    def open_written(self) -> None:
        """Open the file in the program that the user has for it."""
        if self.written is not None:
            self._office.jobs.run(
                Lane.FILES, partial(_open, self.written), owner=self, on_error=self.failed.emit
            )

    def _export(
        self, path: Path, query: QuestionQuery, what: str, *, internal: bool, why: str
    ) -> None:
        if self.busy:
            return
        if internal and not why.strip():
            self.warned.emit(self.tr("内部版没有脱敏，请写明事由：给谁用、为什么。"))
            return
        request = Request(
            path=path, internal=internal, query=query, what=what, who=self.by, why=why.strip()
        )
        self._stop = Event()
        self.busy, self.written = True, None
        self.busy_changed.emit(True)
        self._office.jobs.run(
            Lane.FILES,
            partial(
                _export,
                self._office.workspace,
                request,
                self._office.jobs.on_gui(self.progressed.emit),
                self._stop,
            ),
            owner=self,
            then=partial(self._exported, self._stop),
            on_error=self._failed,
        )

    def _exported(self, stop: Event, done: Exported) -> None:
        self.written = done.path
        if stop is self._stop:  # else it was stopped too late, and the next one is under way
            self._end()
        self.exported.emit(done.words)

    def _failed(self, error: HotlineDeskError) -> None:
        self._end()
        self.failed.emit(error)

    def _end(self) -> None:
        if self.busy:
            self.busy = False
            self.busy_changed.emit(False)

    def _note(self, arranged: Arranged) -> None:
        self._ids = tuple(arranged.ids)
        self.rows_changed.emit()


def _export(
    workspace: Workspace, request: Request, progress: Callable[[int, int], None], stop: Event
) -> Exported:
    from hotline_desk.workflows.export_beside import export_beside  # noqa: PLC0415  in the lane

    return export_beside(workspace, request, on_progress=progress, cancelled=stop.is_set)


def _order(chosen: Question | Case, why: str, by: str, ledger: Ledger) -> Copied:
    from hotline_desk.workflows.copy_order import copy_case, copy_question  # noqa: PLC0415  in the lane

    copy = copy_question if isinstance(chosen, Question) else copy_case
    return copy(ledger, chosen.id, why=why, by=by)


def _open(path: Path) -> None:
    try:
        open_file(path)
    except OSError as error:
        raise ExportUnwritable(path) from error
