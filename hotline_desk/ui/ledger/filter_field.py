"""The field that finds rows: what is typed stays in it, Enter and ↓ go into the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from typing_extensions import override

from hotline_desk.ui.kit.text_fields import OneLine
from hotline_desk.ui.ledger.ledger_view_model import OF_CASES, SavedView

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from hotline_desk.ui.kit.style import Appearance

_LEAST, _MOST = 96, 260
_INTO_ROWS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down})


class FilterField(OneLine):
    """One line above the rows."""

    entered = Signal()
    """Enter or ↓: the rows are wanted now."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self.setObjectName("filter")
        self.setAccessibleName(self.tr("筛选"))
        self.setMinimumWidth(_LEAST)
        self.setMaximumWidth(_MOST)
        self.setToolTip(self.tr("回车或 ↓ 到第一行，Esc 回到列表"))

    def hint_at(self, view: SavedView | None) -> None:
        """Say what the rows of *view* can be found by."""
        if view is SavedView.DUE:
            self.hint(self.tr("筛选：红牌、案由、单位、承办人、首字母"))
        elif view is SavedView.REGISTER:
            self.hint(self.tr("筛选：文号、收文单位、案件、承办人"))
        elif view in OF_CASES:
            self.hint(self.tr("筛选：编号、案由、单位、承办人"))
        else:
            self.hint(self.tr("筛选：编号、原话、首字母、来电人、单位、金额"))

    @override
    def event(self, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in _INTO_ROWS
        ):
            self.entered.emit()
            return True
        return super().event(event)
