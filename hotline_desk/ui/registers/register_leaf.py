"""A register as a table, and beside it the fields of the record at hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QPushButton,
    QWidget,
)
from typing_extensions import override

from hotline_desk.domain.search import holds
from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.following import SeenWidget
from hotline_desk.ui.kit.panel import Panel, empty_words, hairline, label, opening_words
from hotline_desk.ui.kit.record_list import RECORD_ROLE
from hotline_desk.ui.kit.record_table import Column, RecordTable
from hotline_desk.ui.kit.record_view import RecordView
from hotline_desk.ui.kit.restyle import set_text
from hotline_desk.ui.kit.text_fields import OneLine
from hotline_desk.ui.registers.register_form import Offers, RegisterForm

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtGui import QHideEvent

    from hotline_desk.ui.kit.fields import Field
    from hotline_desk.ui.kit.style import Appearance
    from hotline_desk.ui.registers.register_view_model import Record, RegisterViewModel

W = TypeVar("W")

_FORM, _FILTER = 360, 220


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterSheet(Generic[W]):
    """What a register looks like."""

    title: str
    columns: Sequence[Column[W]]
    empty: str
    """What to do while nothing is in it."""
    fields: Sequence[Field] = ()
    """None for a register that nobody writes in by hand."""
    offers: Mapping[str, Offers[W]] = field(default_factory=dict)
    """What can be chosen in its fields."""
    new: str = ""
    """What a record is called that is not in the register yet."""
    record: Callable[[W], Record]
    """The record of a row."""
    blank: Callable[[], Record] | None = None
    """Returns a new record."""
    says: Callable[[W], str] = lambda _row: ""
    """What stands below a record's name."""


class RegisterLeaf(SeenWidget, Generic[W]):
    """The records; Enter goes into the fields of one, Esc back."""

    def __init__(
        self,
        model: RegisterViewModel[W],
        sheet: RegisterSheet[W],
        appearance: Appearance,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._sheet = sheet
        self._rows: RecordTable[W] = RecordTable(sheet.columns)
        self.table = RecordView(sheet.columns, row=tokens.TABLE_ROW)
        self.table.setModel(self._rows)
        self.table.setAccessibleName(sheet.title)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.size_columns()
        self.filter = OneLine(appearance)
        self.filter.hint(self.tr("筛选"))
        self.filter.setAccessibleName(self.tr("筛选"))
        self.filter.setFixedWidth(_FILTER)
        self._count = label(role="meta")
        self._empty = empty_words("")
        self.form: RegisterForm[W] | None = None
        self._wanted: int | None = None
        """The id of the record to be at hand once it has been read."""
        self._saving = False
        self._after: Callable[[], None] | None = None
        """What waits for the record to be saved."""
        self._wants_focus = False
        """Whether the focus belongs on the records once they are read."""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._list(), 1)
        if sheet.blank is not None:
            self.form = RegisterForm(sheet.fields, sheet.offers, sheet.new, appearance)
            self.form.setFixedWidth(_FORM)
            self._connect_form(self.form)
            row.addWidget(self.form)
        self.filter.textChanged.connect(self._narrow)
        self.filter.left.connect(self.focus_list)
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        self.seen.connect(model.watch)
        model.rows_changed.connect(self._show)
        self._show(model.rows)

    def _list(self) -> QWidget:
        panel, top = Panel(), QWidget()
        row = QHBoxLayout(top)
        row.setContentsMargins(tokens.SPACE, tokens.SMALL, tokens.SPACE, tokens.SMALL)
        row.setSpacing(tokens.SMALL)
        row.addWidget(self.filter)
        row.addWidget(self._count, 1)
        if self._sheet.blank is not None:
            self._add = QPushButton(self.tr("＋ 新增  Insert"))
            self._add.setToolTip(self.tr("在名单里加一条（Insert）"))
            self._add.clicked.connect(self.add)
            row.addWidget(self._add)
        panel.column.addWidget(top)
        panel.column.addWidget(hairline())
        panel.column.addWidget(self.table, 1)
        panel.column.addWidget(self._empty, 1)
        return panel

    def _connect_form(self, form: RegisterForm[W]) -> None:
        form.save_asked.connect(self.save)
        form.remove_asked.connect(self.take_out)
        form.left.connect(self.focus_list)
        self._model.kept.connect(self._was_kept)
        self._model.failed.connect(self._was_not_kept)
        self.table.activated.connect(form.begin)
        QShortcut(
            QKeySequence(Qt.Key.Key_Insert), self, self.add,
            context=Qt.ShortcutContext.WidgetWithChildrenShortcut,
        )  # fmt: skip
        QShortcut(
            QKeySequence.StandardKey.Delete, self.table, self.take_out,
            context=Qt.ShortcutContext.WidgetShortcut,
        )  # fmt: skip

    @Slot()
    def add(self) -> None:
        """Begin a new record; what was typed for another one is saved first."""
        if self.form is None or self._sheet.blank is None or self._waits(self.add):
            return
        self.table.clearSelection()
        self.table.setCurrentIndex(self.table.rootIndex())
        self.form.show_record(self._sheet.blank(), self._model.rows)
        self.form.show()
        self.form.begin()

    @Slot()
    def save(self) -> None:
        """Write down what stands in the fields."""
        if self.form is None or self.form.isHidden() or self._saving:
            return
        record = self.form.record()
        if record.name:
            self._saving = True
            self._model.keep(record)
        else:
            self._after = None
            self._model.warned.emit(self.tr("先写上名字，再保存。"))
            self.form.begin()

    @Slot()
    def take_out(self) -> None:
        """Let the record at hand leave the register."""
        row = self._current()
        if row is not None and self.form is not None:
            self.form.modified = False
            self._model.take_out(self._sheet.record(row))

    def focus_list(self) -> None:
        """Put the focus on the records, where there are none on what begins one."""
        self._wants_focus = not self._model.read
        if not self.table.isHidden():
            self.table.setFocus()
        elif self._sheet.blank is not None and not self.filter.text():
            self._add.setFocus()
        else:
            self.filter.setFocus()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._waits(lambda: None)

    def _waits(self, then: Callable[[], None]) -> bool:
        """Save what was typed before *then* is done; return whether there is anything to save."""
        if self.form is None or not self.form.modified:
            return False
        self._after = then
        self.save()
        return True

    def _current(self) -> W | None:
        index = self.table.currentIndex()
        row: W | None = index.data(RECORD_ROLE) if index.isValid() else None
        return row

    @Slot()
    def _choose(self) -> None:
        row = self._current()
        if row is None or self.form is None:
            return
        record = self._sheet.record(row)
        if record.id == self.form.record_id and self.form.modified:
            return
        if not self._waits(self._choose):
            self.form.show_record(record, self._model.rows, self._sheet.says(row))
            self.form.show()

    @Slot(object)
    def _was_kept(self, record: Record) -> None:
        self._saving = False
        if self.form is None:
            return
        self.form.saved(record)
        after, self._after = self._after, None
        if after is None:
            self._wanted = record.id
        else:
            after()

    @Slot()
    def _was_not_kept(self) -> None:
        self._saving = False
        self._after = None

    @Slot(str)
    def _narrow(self) -> None:
        self._show(self._model.rows)

    @Slot(tuple)
    def _show(self, rows: tuple[W, ...]) -> None:
        words = self.filter.text().strip()
        shown = [row for row in rows if holds(self._searched(row), words)]
        current, place = self._current(), max(0, self.table.currentIndex().row())
        wanted = self._wanted or (self._sheet.record(current).id if current else None)
        self._rows.show(shown)
        self.table.setVisible(bool(shown))
        self._empty.setVisible(not shown)
        set_text(self._empty, self._nothing())
        counted = self.tr("{n} 条").format(n=len(rows))
        if words:
            counted = self.tr("{n} 条里的 {m} 条").format(n=len(rows), m=len(shown))
        set_text(self._count, counted if rows else "")
        self._select(shown, wanted, place)
        if self._wants_focus and self._model.read:
            self.focus_list()

    def _select(self, shown: Sequence[W], wanted: int | None, place: int) -> None:
        ids = [self._sheet.record(row).id for row in shown]
        new = self.form is not None and self.form.is_new
        if wanted in ids:
            self._wanted = None
            self.table.selectRow(ids.index(wanted))
        elif shown and not new:
            self.table.selectRow(min(place, len(shown) - 1))
        elif self.form is not None and not shown and not new:
            self.form.setVisible(False)
        self._choose()

    def _nothing(self) -> str:
        if not self._model.read:
            return opening_words()
        return self.tr("没有符合筛选的行。") if self._model.rows else self._sheet.empty

    def _searched(self, row: W) -> str:
        return " ".join(column.text(row) for column in self._sheet.columns)
