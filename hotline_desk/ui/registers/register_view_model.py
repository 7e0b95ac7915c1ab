"""A register of the office: its records as they stand, and what is changed in it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import Signal

from hotline_desk.ui.kit.following import Following

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject

    from hotline_desk.ledger.ledger import Ledger
    from hotline_desk.ui.kit.office import Office

W = TypeVar("W")
"""A row: a record and what is known of it beside."""

Record = Any
"""A record: a dataclass with an id, 0 while it is new, and a name; each register has its own."""


class RegisterViewModel(Following, Generic[W]):
    """State of one register."""

    rows_changed = Signal(tuple)
    """All rows, in their order."""
    kept = Signal(object)
    """A record is in the ledger as it was written; it has its id now."""

    def __init__(
        self,
        office: Office,
        read: Callable[[Ledger], tuple[W, ...]],
        keep: Callable[..., Record] | None = None,
        take_out: Callable[..., None] | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Read the register with *read*.

        Args:
            office: whose register it is.
            read: returns the rows; runs in the ledger's lane, as the others do.
            keep: takes the ledger, a record and ``by``, and returns the record with its id.
            take_out: takes the same.
            parent: as for every QObject.
        """
        super().__init__(office, self._refresh, parent)
        self._read = read
        self._keep = keep
        self._take_out = take_out
        self.read = False
        """Whether any rows were read yet."""
        self.rows: tuple[W, ...] = ()

    def keep(self, record: Record) -> None:
        """Write *record* down, new or changed."""
        if self._keep is not None:
            self._change(partial(self._keep, by=self._office.by), record, self._was_kept)

    def take_out(self, record: Record) -> None:
        """Let *record* leave the register; undo brings it back."""
        if self._take_out is not None:
            self._change(partial(self._take_out, by=self._office.by), record, self._has_left)

    def _change(
        self,
        change: Callable[..., Record],
        record: Record,
        then: Callable[[Record], None],
    ) -> None:
        def work(ledger: Ledger) -> Record:
            return change(ledger, record) or record

        self._office.ask(work, owner=self, then=then, on_error=self.failed.emit)

    def _was_kept(self, record: Record) -> None:
        self.kept.emit(record)
        self.told.emit(self.tr("已保存：{name}").format(name=record.name))
        self._office.rows_changed.emit()

    def _has_left(self, record: Record) -> None:
        words = self.tr("已把“{name}”移出名单，Ctrl+Z 可以放回")
        self.told.emit(words.format(name=record.name))
        self._office.rows_changed.emit()

    def _refresh(self) -> None:
        self._office.ask(self._read, owner=self, then=self._show, on_error=self.failed.emit)

    def _show(self, rows: tuple[W, ...]) -> None:
        self.read = True
        self.rows = rows
        self.rows_changed.emit(rows)
