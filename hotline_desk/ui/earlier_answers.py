"""往期解答: what was answered before in the same category; not there while there is nothing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, Signal
from typing_extensions import override

from hotline_desk.domain.categories import Category
from hotline_desk.domain.questions import Question, QuestionQuery
from hotline_desk.ui import tokens
from hotline_desk.ui.question_list import gist
from hotline_desk.ui.record_list import RecordList
from hotline_desk.ui.row_list import PLAY_WIDTH, RowDelegate, RowList

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from hotline_desk.ledger.ledger import Ledger
    from hotline_desk.ui.office import Office
    from hotline_desk.ui.style import Appearance

_SHOWN = 3
_LOOKED_THROUGH = 60
_DAY = 88


class EarlierAnswersViewModel(QObject):
    """Looks up answers of earlier episodes for a category."""

    found = Signal(tuple)

    def __init__(self, office: Office, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._asked: tuple[Category, int | None] | None = None

    def look_up(self, category: str, episode: int | None) -> None:
        """Find earlier answers in *category*, not those of *episode*."""
        wanted = (Category(category) if category else Category.PENDING, episode)
        if wanted == self._asked:
            return
        self._asked = wanted
        if wanted[0] is Category.PENDING:
            self.found.emit(())
            return
        self._office.ask(
            partial(_earlier, *wanted), owner=self, then=self.found.emit, on_error=self._nothing
        )

    def _nothing(self, _error: Exception) -> None:
        self.found.emit(())


def _earlier(category: Category, episode: int | None, ledger: Ledger) -> tuple[Question, ...]:
    rows = ledger.questions(QuestionQuery(category=category, limit=_LOOKED_THROUGH))
    answered = [row for row in rows if row.answer and row.episode != episode]
    return tuple(answered[:_SHOWN])


class EarlierAnswers(RowList):
    """A few rows: day, by whom, what."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(RecordList[Question](_words, lambda question: question.id), parent)
        self.setItemDelegate(_AnswerRow(appearance, self))
        self.setAccessibleName(self.tr("往期解答"))
        self.let_play()

    def show_answers(self, answers: tuple[Question, ...]) -> None:
        """Show *answers* as high as they need."""
        self.show_records(answers)
        self.setFixedHeight(len(answers) * tokens.LIVE_ROW)


def _words(question: Question) -> str:
    return f"{question.at:%Y-%m-%d} {question.answered_by} {gist(question)}"


class _AnswerRow(RowDelegate):
    @override
    def paint_record(
        self, painter: QPainter, option: QStyleOptionViewItem, record: Question
    ) -> None:
        place: QRect = option.rect
        left = self.paint_when(painter, place, f"{record.at:%Y-%m-%d}", _DAY)
        right = place.right() - PLAY_WIDTH
        words = "  ".join(filter(None, (record.answered_by, record.articles, record.answer)))
        about = QRect(left, place.y(), right - left, place.height())
        self.paint_text(painter, about, words.replace("\n", " "))
        if record.take:
            self.paint_play(painter, place)
