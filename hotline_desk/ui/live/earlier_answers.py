"""往期解答: what was answered before in the same category; not there while there is nothing.

One whose law has changed since says so before anything else.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from hotline_desk.domain.categories import Category
from hotline_desk.domain.laws import REVISED, is_revised
from hotline_desk.domain.questions import Question, QuestionQuery
from hotline_desk.domain.times import studio_now
from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.panel import hairline, head, label
from hotline_desk.ui.kit.record_list import RecordList
from hotline_desk.ui.kit.row_list import PLAY_WIDTH, RowDelegate, RowList
from hotline_desk.ui.kit.style import font
from hotline_desk.ui.ledger.question_list import gist
from hotline_desk.workflows.laws import read_articles

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QStyleOptionViewItem

    from hotline_desk.ledger.ledger import Ledger
    from hotline_desk.paths import Workspace
    from hotline_desk.ui.kit.office import Office
    from hotline_desk.ui.kit.style import Appearance

_SHOWN = 3
_LOOKED_THROUGH = 60
_DAY = 88


@dataclass(frozen=True, slots=True)
class EarlierAnswer:
    """A row that was answered before."""

    question: Question
    revised: bool
    """Whether a law that the answer names has changed since."""


class EarlierAnswersViewModel(QObject):
    """Looks up answers of earlier episodes for a category."""

    found = Signal(tuple)

    def __init__(self, office: Office, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._asked: tuple[Category, int | None] | None = None

    def look_up(self, category: str, episode: int | None) -> None:
        """Find earlier answers in *category*, not those of *episode* or of today outside one."""
        wanted = (Category(category) if category else Category.PENDING, episode)
        if wanted == self._asked:
            return
        self._asked = wanted
        if wanted[0] is Category.PENDING:
            self.found.emit(())
            return
        self._office.ask(
            partial(_earlier, self._office.workspace, *wanted),
            owner=self,
            then=self.found.emit,
            on_error=self._nothing,
        )

    def _nothing(self, _error: Exception) -> None:
        self.found.emit(())


def _earlier(
    workspace: Workspace, category: Category, episode: int | None, ledger: Ledger
) -> tuple[EarlierAnswer, ...]:
    articles, today = read_articles(workspace), studio_now().date()
    rows = ledger.questions(QuestionQuery(category=category, limit=_LOOKED_THROUGH))
    answered = [
        row
        for row in rows
        if row.answer and (row.episode != episode or (episode is None and row.at.date() != today))
    ]
    return tuple(
        EarlierAnswer(row, is_revised(row.articles, articles, answered=row.at.date(), on=today))
        for row in answered[:_SHOWN]
    )


class EarlierAnswers(RowList):
    """A few rows: day, by whom, what."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(
            RecordList[EarlierAnswer](_words, lambda answer: answer.question.id), parent
        )
        self.setItemDelegate(_AnswerRow(appearance, self))
        self.setAccessibleName(self.tr("往期解答"))
        self.let_play()

    def show_answers(self, answers: tuple[EarlierAnswer, ...]) -> None:
        """Show *answers* as high as they need."""
        self.show_records(answers)
        self.setFixedHeight(len(answers) * tokens.LIVE_ROW)


class EarlierAnswersBox(QWidget):
    """The rows under their heading; not there while there are none."""

    play_asked = Signal(object)
    """A question (Question) is to be heard."""

    def __init__(
        self, office: Office, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = EarlierAnswersViewModel(office, self)
        self._rows = EarlierAnswers(appearance)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(hairline())
        column.addWidget(head(label(self.tr("往期解答"), "section")))
        column.addWidget(hairline())
        column.addWidget(self._rows)
        self._model.found.connect(self._show)
        self._rows.play_asked.connect(lambda answer: self.play_asked.emit(answer.question))
        self.hide()

    def look_up(self, category: str, episode: int | None) -> None:
        """Show earlier answers in *category*, not those of *episode*."""
        self._model.look_up(category, episode)

    @Slot(tuple)
    def _show(self, answers: tuple[EarlierAnswer, ...]) -> None:
        self._rows.show_answers(answers)
        self.setVisible(bool(answers))


def _words(answer: EarlierAnswer) -> str:
    question = answer.question
    words = f"{question.at:%Y-%m-%d} {question.answered_by} {gist(question)}"
    return f"{REVISED} {words}" if answer.revised else words


class _AnswerRow(RowDelegate):
    @override
    def paint_record(
        self, painter: QPainter, option: QStyleOptionViewItem, record: EarlierAnswer
    ) -> None:
        place: QRect = option.rect
        question = record.question
        left = self.paint_when(painter, place, f"{question.at:%Y-%m-%d}", _DAY)
        right = place.right() - PLAY_WIDTH
        if record.revised:
            left = self._paint_revised(painter, place, left)
        words = "  ".join(filter(None, (question.answered_by, question.articles, question.answer)))
        about = QRect(left, place.y(), right - left, place.height())
        self.paint_text(painter, about, words.replace("\n", " "))
        if question.take:
            self.paint_play(painter, place)

    def _paint_revised(self, painter: QPainter, place: QRect, left: int) -> int:
        """Draw the warning, and return where the rest begins."""
        painter.setFont(font(tokens.META))
        width = painter.fontMetrics().horizontalAdvance(REVISED) + 2 * tokens.TINY
        high = painter.fontMetrics().height() + tokens.TINY
        card = QRect(left, place.y() + (place.height() - high) // 2, width, high)
        painter.fillRect(card, self.appearance.colour("yellow_card"))
        painter.setPen(self.appearance.colour("yellow_card_text"))
        painter.drawText(card, Qt.AlignmentFlag.AlignCenter, REVISED)
        return left + width + tokens.SMALL
