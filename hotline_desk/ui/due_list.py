"""今日待办 as a table: card, step and time left first, then what it is about and whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QRect, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from hotline_desk.domain.course import Fulfilment
from hotline_desk.domain.deadlines import Card
from hotline_desk.domain.due import Stage
from hotline_desk.domain.times import day_text
from hotline_desk.ui import tokens
from hotline_desk.ui.due_view_model import Only
from hotline_desk.ui.panel import empty_words, opening_words
from hotline_desk.ui.record_list import RECORD_ROLE
from hotline_desk.ui.record_table import Column, RecordTable
from hotline_desk.ui.record_view import RecordView
from hotline_desk.ui.style import font

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QKeyEvent, QPainter

    from hotline_desk.domain.due import Due
    from hotline_desk.ui.due_view_model import DueViewModel
    from hotline_desk.ui.style import Appearance

    Index = QModelIndex | QPersistentModelIndex


def _stage(row: Due) -> str:
    late = row.stage is Stage.FULFIL and row.left < 0
    return str(Fulfilment.OVERDUE if late else row.stage)


COLUMNS: tuple[Column[Due], ...] = (
    Column(title="牌", text=lambda row: row.card, width=64),
    Column(title="环节", text=_stage, width=96),
    Column(title="期限", text=lambda row: row.left_words, width=132),
    Column(
        title="到期日",
        text=lambda row: day_text(row.day) + ("（暂估）" if row.estimated else ""),
        width=112,
    ),
    Column(title="案由", text=lambda row: row.case.matter, width=220, stretches=True),
    Column(title="单位", text=lambda row: row.case.employer, width=150, room=760),
    Column(title="承办人", text=lambda row: row.case.owner or "还没有", width=104),
    Column(title="案件编号", text=lambda row: row.case.number, width=116, room=1000),
)
_CARD, _LEFT, _OWNER = 0, 2, 6
_INSET = 11
_CHIP = 20


class DueList(QWidget):
    """What is to be done; Enter goes to the field of the deed that is due."""

    chosen = Signal(object)
    """A row (Due) was selected."""
    opened = Signal(object)
    emptied = Signal()
    """The last row has gone from under the focus."""

    def __init__(
        self, model: DueViewModel, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._rows = RecordTable(COLUMNS)
        self._wanted: tuple[int, str] | None = None
        """Which row is to be gone to once it has been read."""
        self.table = _Table(self)
        self.table.setModel(self._rows)
        self._lay_out(appearance)
        self._empty = empty_words("")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table, 1)
        column.addWidget(self._empty, 1)
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        self.table.doubleClicked.connect(self.open)
        model.rows_changed.connect(self._show)
        self._show(model.shown)

    def _lay_out(self, appearance: Appearance) -> None:
        self.table.setAccessibleName(self.tr("今日待办"))
        self.table.setItemDelegate(_DueCell(appearance, self.table))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.size_columns()

    def current(self) -> Due | None:
        """Return the row at hand."""
        index = self.table.currentIndex()
        row: Due | None = index.data(RECORD_ROLE) if index.isValid() else None
        return row

    def go_to(self, row: Due) -> None:
        """Have *row* at hand as soon as it is there, and go to what is to be done for it."""
        self._wanted = _key(row)
        self._model.show_only(None)

    @Slot()
    def open(self) -> None:
        """Go to what is to be done for the row at hand."""
        row = self.current()
        if row is not None:
            self.opened.emit(row)

    @Slot()
    def _choose(self) -> None:
        row = self.current()
        if row is not None:
            self.chosen.emit(row)

    @Slot(tuple)
    def _show(self, rows: tuple[Due, ...]) -> None:
        before, place = self.current(), max(0, self.table.currentIndex().row())
        held = self.table.hasFocus()
        self._rows.show(rows)
        self.table.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self._empty.setText(self._nothing())
        if not rows:
            if held:
                self.emptied.emit()
            return
        keys = [_key(row) for row in rows]
        # what is done leaves the list: the next row takes its place
        known = before is not None and _key(before) in keys
        at = keys.index(_key(before)) if before and known else min(place, len(rows) - 1)
        found = self._wanted in keys
        at = keys.index(self._wanted) if self._wanted is not None and found else at
        select = QItemSelectionModel.SelectionFlag
        self.table.selectionModel().setCurrentIndex(
            self._rows.index(at, 0), select.ClearAndSelect | select.Rows
        )
        if found:
            self._wanted = None
            self.open()

    def _nothing(self) -> str:
        if not self._model.read:
            return opening_words()
        if self._model.only is not None and not self._model.words:
            return self.tr("“{part}”里没有待办。再按一次“{part}”看全部。").format(
                part=self._model.only.value
            )
        if self._model.words:
            return self.tr("没有符合“{words}”的待办。清空筛选看全部。").format(
                words=self._model.words
            )
        return self.tr(
            "没有要办的。\n求决和投诉举报在“本期”或“全部”里选中，按 Ctrl+J 立案，期限就会列在这里。"
        )


def _key(row: Due) -> tuple[int, str]:
    return row.case.id, row.stage


class DueParts(QWidget):
    """红牌, 黄牌 and 我承办的, each with its number; pressed once more, all is shown again."""

    def __init__(self, model: DueViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._buttons: dict[Only, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.TINY)
        for only in Only:
            button = QPushButton()
            button.setCheckable(True)
            button.setProperty("kind", "choice")
            button.setToolTip(self.tr("只看这些；再按看全部"))
            button.clicked.connect(lambda on, only=only: model.show_only(only if on else None))
            self._buttons[only] = button
            row.addWidget(button)
        model.rows_changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        for only, button in self._buttons.items():
            button.setText(f"{only.value} {self._model.count(only)}")
            button.setChecked(only is self._model.only)


class _Table(RecordView):
    """Enter opens the row at hand."""

    def __init__(self, page: DueList) -> None:
        super().__init__(COLUMNS, row=tokens.LIVE_ROW, parent=page)
        self._page = page

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._page.open()
        else:
            super().keyPressEvent(event)


class _DueCell(QStyledItemDelegate):
    """Draws the card as a chip, what is late in red words, the rest plain."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Due = index.data(RECORD_ROLE)
        place: QRect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(place, self._appearance.colour("accent_wash"))
            if index.column() == 0 and self._focused():
                painter.fillRect(
                    place.x(), place.y(), 3, place.height(), self._appearance.colour("accent")
                )
        painter.fillRect(
            place.x(), place.bottom(), place.width(), 1, self._appearance.colour("line")
        )
        if index.column() == _CARD:
            self._paint_card(painter, place, row.card)
        else:
            self._paint_words(painter, place, index, row)
        painter.restore()

    def _focused(self) -> bool:
        view = self.parent()
        return isinstance(view, QWidget) and view.hasFocus()

    def _paint_card(self, painter: QPainter, place: QRect, card: Card) -> None:
        if card is Card.NONE:
            return
        name = "red_card" if card is Card.RED else "yellow_card"
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        painter.setFont(font(tokens.META, strong=True))
        wide = painter.fontMetrics().horizontalAdvance(card) + 2 * tokens.SMALL
        chip = QRect(place.x() + _INSET, place.center().y() - _CHIP // 2 + 1, wide, _CHIP)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._appearance.colour(name))
        painter.drawRoundedRect(chip, tokens.TINY, tokens.TINY)
        painter.setPen(self._appearance.colour(f"{name}_text"))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, card)

    def _paint_words(self, painter: QPainter, place: QRect, index: Index, row: Due) -> None:
        late = index.column() == _LEFT and row.left < 0
        quiet = index.column() == _OWNER and not row.case.owner
        painter.setFont(font(strong=index.column() == _LEFT and row.left <= 0, figures=True))
        painter.setPen(self._appearance.colour("red" if late else "quiet" if quiet else "text"))
        words = place.adjusted(_INSET, 0, -tokens.TINY, 0)
        shown = painter.fontMetrics().elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, words.width()
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, shown)
