"""A large figure that is read from afar: its name, the comparison beside it, its 口径 beneath."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from hotline_desk.domain.statistics.figures import NOTHING
from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.panel import label
from hotline_desk.ui.kit.restyle import set_text
from hotline_desk.ui.kit.style import font
from hotline_desk.ui.statistics.figure_table import CHANGE, YEAR_CHANGE

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent

    from hotline_desk.ui.statistics.figure_table import FigureRow

_BELOW = 3
"""How far the unit's line ends above the figure's, whose letters hang lower."""
_OPENS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space})


class FigureCell(QFrame):
    """Click, or Enter, opens the rows behind the figure."""

    opened = Signal(str)
    """The figure's key."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("figure-cell")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._row: FigureRow | None = None
        self._name = label()
        self._value = label(role="figure")
        self._value.setFont(font(tokens.FIGURE, strong=True, figures=True))
        self._unit = label(role="quiet")
        self._unit.setContentsMargins(0, 0, 0, _BELOW)
        self._compared = label(role="meta")
        self._basis = label(role="meta", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.SPACE, tokens.SMALL, tokens.SMALL, tokens.SMALL)
        column.setSpacing(0)
        column.addWidget(self._name)
        figure = QHBoxLayout()
        figure.setSpacing(tokens.TINY)
        figure.addWidget(self._value)
        figure.addWidget(self._unit, 0, Qt.AlignmentFlag.AlignBottom)
        figure.addSpacing(tokens.TINY)
        figure.addWidget(self._compared, 0, Qt.AlignmentFlag.AlignBottom)
        figure.addStretch(1)
        column.addLayout(figure)
        column.addWidget(self._basis)
        column.addStretch(1)

    @property
    def row(self) -> FigureRow | None:
        """What is shown."""
        return self._row

    def show_row(self, row: FigureRow) -> None:
        """Show *row*."""
        self._row = row
        set_text(self._name, row.name)
        set_text(self._value, row.value)
        set_text(self._unit, row.unit)
        self._unit.setVisible(bool(row.unit))
        compared = [
            f"{words} {row.cells[at]}"
            for words, at in ((self.tr("环比"), CHANGE), (self.tr("同比"), YEAR_CHANGE))
            if row.cells[at] != NOTHING
        ]
        set_text(self._compared, "\n".join(compared))
        set_text(self._basis, row.basis.strip())
        self.setAccessibleName(f"{row.name} {row.value} {row.unit} {' '.join(compared)}")
        self.setAccessibleDescription(row.basis)
        if row.opens[0]:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.unsetCursor()
        self.setToolTip(row.hint if row.opens[0] else "")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _OPENS:
            self._open(event.modifiers())
        else:
            super().keyPressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.pos()):
            self._open(event.modifiers())

    def _open(self, modifiers: Qt.KeyboardModifier) -> None:
        row = self._row
        if row is not None and row.opens[0]:
            whole = row.whole if modifiers & Qt.KeyboardModifier.ShiftModifier else ""
            self.opened.emit(whole or row.key)
