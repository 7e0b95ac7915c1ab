"""A cell of a table of cases: the card as a chip, what is late in red words, the rest plain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from hotline_desk.domain.casework.deadlines import Card
from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.record_list import RECORD_ROLE
from hotline_desk.ui.kit.row_ground import paint_line, paint_lit
from hotline_desk.ui.kit.style import font

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QPainter

    from hotline_desk.ui.kit.style import Appearance

    Index = QModelIndex | QPersistentModelIndex
    Tone = Callable[[Any, int], tuple[str, bool]]
    """A cell's colour by its token's name, and whether its words are strong."""

_CHIP = 20


class CardCell(QStyledItemDelegate):
    """Draws the cells of rows that have a `card`."""

    def __init__(
        self, appearance: Appearance, parent: QWidget, *, card_column: int, tone: Tone
    ) -> None:
        super().__init__(parent)
        self.appearance = appearance
        self._card_column = card_column
        self._tone = tone

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(RECORD_ROLE)
        place: QRect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            at_hand = index.column() == 0 and self.focused
            paint_lit(painter, place, self.appearance, at_hand=at_hand)
        paint_line(painter, place, self.appearance)
        if index.column() == self._card_column:
            self._paint_card(painter, place, row.card)
        else:
            self._paint_words(painter, place, index, row)
        painter.restore()

    def words_place(self, place: QRect, index: Index) -> QRect:  # noqa: ARG002  for who draws more
        """Return where in a cell its words stand: all of it."""
        return place

    @property
    def focused(self) -> bool:
        """Whether the table has the focus."""
        view = self.parent()
        return isinstance(view, QWidget) and view.hasFocus()

    def _paint_card(self, painter: QPainter, place: QRect, card: Card) -> None:
        if card is Card.NONE:
            return
        name = "red_card" if card is Card.RED else "yellow_card"
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        painter.setFont(font(tokens.META, strong=True))
        wide = painter.fontMetrics().horizontalAdvance(card) + 2 * tokens.SMALL
        chip = QRect(place.x() + tokens.INSET, place.center().y() - _CHIP // 2 + 1, wide, _CHIP)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.appearance.colour(name))
        painter.drawRoundedRect(chip, tokens.TINY, tokens.TINY)
        painter.setPen(self.appearance.colour(f"{name}_text"))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, card)

    def _paint_words(self, painter: QPainter, place: QRect, index: Index, row: object) -> None:
        colour, strong = self._tone(row, index.column())
        painter.setFont(font(strong=strong, figures=True))
        painter.setPen(self.appearance.colour(colour))
        side = Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole))
        right = bool(side & Qt.AlignmentFlag.AlignRight)
        words = self.words_place(place, index).adjusted(
            tokens.INSET, 0, -tokens.INSET if right else -tokens.TINY, 0
        )
        shown = painter.fontMetrics().elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, words.width()
        )
        painter.drawText(words, side, shown)
