"""The hour's questions, newest at the bottom, each with a play mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from typing_extensions import override

from hotline_desk.domain.questions import Question
from hotline_desk.domain.times import received_clock
from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.record_list import RecordList
from hotline_desk.ui.kit.row_list import PLAY_WIDTH, RowDelegate, RowList
from hotline_desk.ui.kit.style import font

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from hotline_desk.ui.kit.style import Appearance

_CLOCK, _CATEGORY = 44, 66


class QuestionList(RowList):
    """Questions of one episode; the one in progress and unsaved ones say so."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(RecordList[Question](_words, lambda question: question.id), parent)
        self.unsaved: frozenset[int] = frozenset()
        self.setItemDelegate(_QuestionRow(appearance, self))
        self.setAccessibleName(self.tr("本期问题"))
        self.let_play()

    def show_unsaved(self, ids: frozenset[int]) -> None:
        """Mark the questions with *ids* as not yet saved."""
        if ids != self.unsaved:
            self.unsaved = ids
            self.viewport().update()


def gist(question: Question) -> str:
    """Return what a question is about: its Point, else its beginning."""
    return question.point or question.text.replace("\n", " ") or "……"


def _words(question: Question) -> str:
    return f"{question.number} {question.category} {gist(question)}"


class _QuestionRow(RowDelegate):
    @override
    def paint_record(
        self, painter: QPainter, option: QStyleOptionViewItem, record: Question
    ) -> None:
        colours = self.appearance.colours
        place: QRect = option.rect
        centre = Qt.AlignmentFlag.AlignVCenter
        left = self.paint_when(painter, place, received_clock(record.at), _CLOCK)
        painter.setFont(font(tokens.META, strong=True))
        painter.setPen(colours.text)
        category = str(record.category)
        wide = painter.fontMetrics().horizontalAdvance(category) + tokens.SMALL
        wide = max(_CATEGORY, wide)
        painter.drawText(QRect(left, place.y(), wide, place.height()), centre, category)
        left += wide
        right = place.right() - PLAY_WIDTH
        if record.take:
            self.paint_play(painter, place)
        right -= self._paint_state(painter, record, QRect(left, place.y(), right - left,
                                                          place.height()))  # fmt: skip
        about = QRect(left, place.y(), right - left, place.height())
        self.paint_text(painter, about, gist(record))

    def _paint_state(self, painter: QPainter, question: Question, place: QRect) -> int:
        """Draw what is still open about a question at the right; return how wide that is."""
        view = self.parent()
        unsaved = isinstance(view, QuestionList) and question.id in view.unsaved
        if question.in_progress and question.take and not question.confirmed:
            words = self.tr("解答中") if question.answered else self.tr("提问中")
        elif unsaved:
            words = self.tr("未保存")
        elif question.confirmed:
            words = self.tr("已确认")
        else:
            return 0
        colours = self.appearance.colours
        painter.setFont(font(tokens.META))
        painter.setPen(
            colours.accent
            if question.in_progress
            else colours.yellow_card_text
            if unsaved
            else colours.good
        )
        wide = painter.fontMetrics().horizontalAdvance(words) + tokens.SMALL
        painter.drawText(
            place.adjusted(0, 0, -tokens.TINY, 0),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight,
            words,
        )
        return wide
