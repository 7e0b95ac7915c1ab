"""The questions of the ledger as a table: columns that give way, a play mark, keys of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSortFilterProxyModel,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from hotline_desk.domain.times import money_text
from hotline_desk.ui import icons, tokens
from hotline_desk.ui.question_list import gist
from hotline_desk.ui.record_list import RECORD_ROLE
from hotline_desk.ui.record_table import SORT_ROLE, Column, RecordTable
from hotline_desk.ui.record_view import RecordView

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPainter

    from hotline_desk.domain.questions import Question
    from hotline_desk.ui.style import Appearance

Index = QModelIndex | QPersistentModelIndex


def _confirmation(question: Question) -> str:
    """Return how far an answer is from being published; nothing where there is none."""
    if question.confirmed:
        return "已确认"
    return "未确认" if question.answer else ""


COLUMNS: tuple[Column[Question], ...] = (
    Column(title="", text=lambda q: "▶" if q.take else "", width=34),
    Column(title="台账编号", text=lambda q: q.number, width=144),
    Column(
        title="时间",
        text=lambda q: f"{q.at.month}月{q.at.day}日 {q.at:%H:%M}",
        sort_key=lambda q: q.at.timestamp(),
        width=120,
    ),
    Column(title="类别", text=lambda q: str(q.category), width=152),
    Column(title="诉求要点", text=gist, width=260, stretches=True),
    Column(title="解答", text=_confirmation, width=72),
    Column(title="来电人", text=lambda q: q.caller.spoken_name, width=84),
    Column(title="单位", text=lambda q: q.employer, width=88, room=1040),
    Column(
        title="金额",
        text=lambda q: "" if q.amount_fen is None else money_text(q.amount_fen),
        sort_key=lambda q: -1 if q.amount_fen is None else q.amount_fen,
        width=112,
        figure=True,
    ),
    Column(
        title="人数",
        text=lambda q: "" if q.people is None else f"{q.people} 人",
        sort_key=lambda q: q.people or 0,
        width=56,
        figure=True,
        room=920,
    ),
)
_PLAY = 0


class _PlayMark(QStyledItemDelegate):
    """Draws the play mark in the theme's colour instead of a letter."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        place: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(place, self._appearance.colour("accent_wash"))
        if index.data():
            ratio = painter.device().devicePixelRatioF()
            mark = icons.pixmap("play", self._appearance.colours.accent, tokens.TEXT, ratio)
            corner = place.center() - QPoint(tokens.TEXT // 2, tokens.TEXT // 2)
            painter.drawPixmap(corner, mark)
        line = self._appearance.colour("line")
        painter.fillRect(place.x(), place.bottom(), place.width(), 1, line)


class QuestionTable(RecordView):
    """Rows of the ledger, sorted as one likes; Space or a click on the mark plays one."""

    play_asked = Signal()
    """The row at hand is to be heard."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(COLUMNS, row=tokens.TABLE_ROW, parent=parent)
        self.rows = RecordTable(COLUMNS)
        self.sorted = QSortFilterProxyModel(self)
        self.sorted.setSourceModel(self.rows)
        self.sorted.setSortRole(SORT_ROLE)
        self.setModel(self.sorted)
        self._lay_out()
        self.setItemDelegateForColumn(_PLAY, _PlayMark(appearance, self))
        self.clicked.connect(self._click)

    def chosen(self) -> list[Question]:
        """Return the selected questions, from the top."""
        rows = sorted(self.selectionModel().selectedRows(), key=lambda index: index.row())
        return [index.data(RECORD_ROLE) for index in rows]

    def _lay_out(self) -> None:
        self.setAccessibleName(self.tr("台账"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSortingEnabled(True)
        self.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self.size_columns()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.play_asked.emit()
        else:
            super().keyPressEvent(event)

    @Slot(QModelIndex)
    def _click(self, index: QModelIndex) -> None:
        if index.column() == _PLAY:
            self.play_asked.emit()
