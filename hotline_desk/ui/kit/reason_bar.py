"""Asks why something is to leave the desk unmasked, before it does; nothing waits for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QWidget

from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.panel import label
from hotline_desk.ui.kit.restyle import set_text
from hotline_desk.ui.kit.text_fields import OneLine

if TYPE_CHECKING:
    from hotline_desk.ui.kit.style import Appearance


class ReasonBar(QFrame):
    """One line for the reason: Enter gives it, Esc leaves everything as it was."""

    given = Signal(str)
    """The reason, in words."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messages")
        self._before: QWidget | None = None
        self._words = label()
        self.why = OneLine(appearance)
        self.why.setAccessibleName(self.tr("事由"))
        self.why.hint(self.tr("给谁用、为什么，例如：移送人社局"))
        self._yes = QPushButton()
        self._yes.setProperty("kind", "main")
        self._yes.setToolTip(self.tr("记入访问记录"))
        no = QPushButton(self.tr("不要了 Esc"))
        no.setToolTip(self.tr("什么也不做"))
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.SPACE, tokens.TINY, tokens.SPACE, tokens.TINY)
        row.setSpacing(tokens.SMALL)
        row.addWidget(self._words)
        row.addWidget(self.why, 1)
        row.addWidget(self._yes)
        row.addWidget(no)
        # Enter first goes on to what comes next in the line
        self.why.returnPressed.connect(self._give, Qt.ConnectionType.QueuedConnection)
        self.why.left.connect(self._close)
        self._yes.clicked.connect(self._give)
        no.clicked.connect(self._close)
        self.hide()

    def ask(self, words: str, *, yes: str) -> None:
        """Ask for the reason why *words* is to be done; the focus comes here until it is given."""
        set_text(self._words, words)
        self._yes.setText(f"{yes} Enter")
        if self.isHidden():
            self.why.clear()
            self._before = QApplication.focusWidget()
        self.show()
        self.why.setFocus()

    @Slot()
    def _give(self) -> None:
        why = self.why.text().strip()
        if not why:
            self.why.setFocus()
            return
        self._close()
        self.given.emit(why)

    @Slot()
    def _close(self) -> None:
        self.hide()
        if self._before is not None:
            self._before.setFocus()
        self._before = None
