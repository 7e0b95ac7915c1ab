"""Changing many rows at once: one change, one Ctrl+Z; it tells how far it has come."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from hotline_desk.domain.bulk import VALUES, BulkChange, BulkField
from hotline_desk.domain.staff import ServicePoint, Staff
from hotline_desk.ui.kit.view_model import ViewModel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hotline_desk.errors import HotlineDeskError
    from hotline_desk.ledger.ledger import Ledger
    from hotline_desk.ui.kit.office import Office

MOST, MOST_RECORDING = 20_000, 500
"""Rows at once: what is asked of the ledger meanwhile waits, and while recording keys are."""


class BulkViewModel(ViewModel):
    """State of a change of many rows."""

    progressed = Signal(int, int)
    """How many rows of how many have been looked at."""
    busy_changed = Signal(bool)
    values_read = Signal(object, tuple)
    """A field (BulkField) and what it may become."""

    def __init__(
        self, office: Office, recording: Callable[[], bool], parent: QObject | None = None
    ) -> None:
        """Work in *office*; *recording* says whether sound is being recorded."""
        super().__init__(office, parent)
        self._recording = recording
        self.busy = False

    def read_values(self, field: BulkField) -> None:
        """Tell what *field* may become: words of the desk, or names from its registers."""
        if field in VALUES:
            self.values_read.emit(field, VALUES[field])
        else:
            self._office.ask(
                partial(_names, field),
                owner=self,
                then=partial(self.values_read.emit, field),
                on_error=self.failed.emit,
            )

    def change(self, ids: Sequence[int], change: BulkChange) -> bool:
        """Make *change* to the rows with these *ids*; return whether it was begun."""
        if self.busy or not ids:
            return False
        most = MOST_RECORDING if self._recording() else MOST
        if len(ids) > most:
            words = (
                self.tr("正在录音，一次最多改 {most} 条，这样按键不会等台账。")
                if self._recording()
                else self.tr("一次最多改 {most} 条，先用筛选缩小范围。")
            )
            self.warned.emit(words.format(most=f"{most:,}"))
            return False
        tell = self._office.jobs.on_gui(partial(self._progress, len(ids)))
        self._be_busy(busy=True)
        self._office.ask(
            lambda ledger: ledger.change_rows(ids, change, by=self._office.by, on_progress=tell),
            owner=self,
            then=partial(self._changed, change, len(ids)),
            on_error=self._refused,
        )
        return True

    def _progress(self, total: int, done: int) -> None:
        self.progressed.emit(done, total)

    def _changed(self, change: BulkChange, total: int, changed: int) -> None:
        self._be_busy(busy=False)
        who = self.tr("位来电人") if change.field.is_of_caller else self.tr("条")
        words = self.tr("{total} 条里改了 {changed} {who}：{field} {value}。Ctrl+Z 一次全部撤销。")
        self.told.emit(
            words.format(
                total=f"{total:,}",
                changed=f"{changed:,}",
                who=who,
                field=change.field.value,
                value=change.value or self.tr("（空）"),
            )
        )
        self._office.rows_changed.emit()

    def _refused(self, error: HotlineDeskError) -> None:
        self._be_busy(busy=False)
        self.failed.emit(error)

    def _be_busy(self, *, busy: bool) -> None:
        self.busy = busy
        self.busy_changed.emit(busy)


def _names(field: BulkField, ledger: Ledger) -> tuple[str, ...]:
    found: Sequence[ServicePoint] | Sequence[Staff] = (
        ledger.kept(ServicePoint) if field is BulkField.UNIT else ledger.kept(Staff)
    )
    return tuple(dict.fromkeys(each.name for each in found if each.active))
