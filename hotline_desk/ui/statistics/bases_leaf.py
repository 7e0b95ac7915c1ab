"""期初数与口径: two quiet tables, and below each the fields of the row at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QItemSelectionModel, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.day_text import short_day
from hotline_desk.ui.kit.panel import Panel, hairline, label
from hotline_desk.ui.kit.record_list import RECORD_ROLE
from hotline_desk.ui.kit.record_table import Column, RecordTable
from hotline_desk.ui.kit.record_view import RecordView
from hotline_desk.ui.kit.restyle import set_text
from hotline_desk.ui.kit.text_fields import OneLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from hotline_desk.ui.kit.style import Appearance
    from hotline_desk.ui.statistics.bases_view_model import (
        Bases,
        BasesViewModel,
        HeadingRow,
        OpeningRow,
    )


def _named(row: OpeningRow) -> str:
    return row.figure.title_in(month=False)


def _as_of(row: OpeningRow) -> str:
    return short_day(row.opening.as_of) if row.opening else ""


_OPENINGS: tuple[Column[OpeningRow], ...] = (
    Column(title="部分", text=lambda row: row.figure.part, width=64),
    Column(title="数字", text=_named, width=200, stretches=True),
    Column(title="期初数", text=lambda row: row.value, width=128, figure=True),
    Column(title="截至", text=_as_of, width=104),
    Column(title="来源", text=lambda row: row.opening.source if row.opening else "", width=150,
           room=560),
)  # fmt: skip
_HEADINGS: tuple[Column[HeadingRow], ...] = (
    Column(title="问题类别", text=lambda row: row.category, width=180, stretches=True),
    Column(title="公布时归入", text=lambda row: row.heading, width=180),
)
_NUMBER, _DAY = 120, 110


class BasesLeaf(QWidget):
    """What is written here changes every sheet from then on."""

    def __init__(
        self, model: BasesViewModel, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self.openings = _Rows(_OPENINGS, self.tr("期初数"))
        self.headings = _Rows(_HEADINGS, self.tr("统计口径"))
        self._of, self._under = label(role="emphasis"), label(role="emphasis")
        self.value, self.as_of, self.source, self.heading = (OneLine(appearance) for _ in range(4))
        self.value.setFixedWidth(_NUMBER)
        self.as_of.setFixedWidth(_DAY)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._side(
            self.tr("期初数"),
            self.tr("台账第一条以前已经有的数，只加进开栏累计；空着就是没有。"),
            self.openings, self._of,
            ((self.tr("期初数"), self.value), (self.tr("截至"), self.as_of),
             (self.tr("来源"), self.source)),
        ), 3)  # fmt: skip
        row.addWidget(self._side(
            self.tr("统计口径"),
            self.tr("每一类问题在对外公布的数字里归到哪个名下；清空就回到原来的口径。"),
            self.headings, self._under,
            ((self.tr("公布时归入"), self.heading),),
            edge="left",
        ), 2)  # fmt: skip
        self._connect()

    def _side(
        self, title: str, says: str, table: _Rows, of: QWidget,
        fields: Sequence[tuple[str, OneLine]], *, edge: str = "",
    ) -> QWidget:  # fmt: skip
        panel = Panel(edge)
        top, below = QWidget(), QWidget()
        words = QVBoxLayout(top)
        words.setContentsMargins(tokens.SPACE, tokens.SPACE, tokens.SPACE, tokens.SMALL)
        words.setSpacing(2)
        words.addWidget(label(title, "emphasis"))
        words.addWidget(label(says, "meta", wrap=True))
        form = QVBoxLayout(below)
        form.setContentsMargins(tokens.SPACE, tokens.SMALL, tokens.SPACE, tokens.SPACE)
        form.setSpacing(tokens.SMALL)
        form.addWidget(of)
        row = QHBoxLayout()
        row.setSpacing(tokens.SMALL)
        for name, field in fields:
            field.setAccessibleName(name)
            row.addWidget(label(name, "quiet"))
            row.addWidget(field)
        if len(fields) == 1:
            row.addStretch(1)
        form.addLayout(row)
        panel.column.addWidget(top)
        panel.column.addWidget(hairline())
        panel.column.addWidget(table, 1)
        panel.column.addWidget(hairline())
        panel.column.addWidget(below)
        return panel

    def _connect(self) -> None:
        self._model.changed.connect(self._show)
        self.openings.selectionModel().currentRowChanged.connect(self._choose_opening)
        self.headings.selectionModel().currentRowChanged.connect(self._choose_heading)
        self.openings.opened.connect(self.value.setFocus)
        self.headings.opened.connect(self.heading.setFocus)
        for field in (self.value, self.as_of, self.source):
            field.editingFinished.connect(self._write_opening)
            field.left.connect(self.openings.setFocus)
        self.heading.editingFinished.connect(self._write_heading)
        self.heading.left.connect(self.headings.setFocus)

    @Slot(object)
    def _show(self, bases: Bases) -> None:
        self.openings.show_rows(bases.openings)
        self.headings.show_rows(bases.headings)
        self._choose_opening()
        self._choose_heading()

    @Slot()
    def _choose_opening(self) -> None:
        row: OpeningRow | None = self.openings.current()
        if row is None:
            return
        another = f"{row.figure.part} · {_named(row)}" != self._of.text()
        set_text(self._of, f"{row.figure.part} · {_named(row)}")
        opening = row.opening
        for field, text in (
            (self.value, row.value), (self.as_of, short_day(opening.as_of if opening else None)),
            (self.source, opening.source if opening else ""),
        ):  # fmt: skip
            field.setModified(field.isModified() and not another)
            field.show_text(text)

    @Slot()
    def _choose_heading(self) -> None:
        row: HeadingRow | None = self.headings.current()
        if row is None:
            return
        another = str(row.category) != self._under.text()
        set_text(self._under, str(row.category))
        self.heading.setModified(self.heading.isModified() and not another)
        self.heading.show_text(row.heading)

    @Slot()
    def _write_opening(self) -> None:
        row: OpeningRow | None = self.openings.current()
        fields = (self.value, self.as_of, self.source)
        if row is None or not any(field.isModified() for field in fields):
            return
        if row.opening is None and not self.value.text().strip():
            return  # where it comes from may be written first
        self._model.write_opening(
            row, value=self.value.text(), source=self.source.text(), as_of=self.as_of.text()
        )
        for field in fields:
            field.setModified(False)

    @Slot()
    def _write_heading(self) -> None:
        row = self.headings.current()
        if row is not None and self.heading.isModified():
            self._model.write_heading(row, self.heading.text())
            self.heading.setModified(False)


class _Rows(RecordView):
    """Enter goes to the fields of the row at hand."""

    opened = Signal()

    def __init__(self, columns: Sequence[Column[Any]], name: str) -> None:
        super().__init__(columns, row=tokens.TABLE_ROW)
        self._rows: RecordTable[Any] = RecordTable(columns)
        self.setModel(self._rows)
        self.setAccessibleName(name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.size_columns()
        self.doubleClicked.connect(self.opened)

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show *rows*; the place at hand stays at hand."""
        at = max(0, self.currentIndex().row())
        self._rows.show(rows)
        if rows:
            select = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(
                self._rows.index(min(at, len(rows) - 1), 0), select.ClearAndSelect | select.Rows
            )

    def current(self) -> Any:  # noqa: ANN401  a row of either table
        """Return the row at hand, None without one."""
        index = self.currentIndex()
        return index.data(RECORD_ROLE) if index.isValid() else None

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit()
        else:
            super().keyPressEvent(event)
