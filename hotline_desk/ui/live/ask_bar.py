"""Asks once, inside the window, before what cannot be taken back; nothing waits for the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QWidget
from typing_extensions import override

from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.panel import label
from hotline_desk.ui.kit.restyle import set_text

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent


class AskBar(QFrame):
    """One question with two answers; Esc is no."""

    agreed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messages")
        self._before: QWidget | None = None
        self._words = label(wrap=True)
        self._yes = QPushButton()
        self._yes.setToolTip(self.tr("照做（空格）"))
        self._no = QPushButton()
        self._no.setToolTip(self.tr("不做（Esc）"))
        self._no.setProperty("kind", "main")
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.SPACE, tokens.TINY, tokens.SPACE, tokens.TINY)
        row.addWidget(self._words, 1)
        row.addWidget(self._no)
        row.addWidget(self._yes)
        self._yes.clicked.connect(self._agree)
        self._no.clicked.connect(self._close)
        self.hide()

    def ask(self, words: str, *, yes: str, no: str) -> None:
        """Ask *words*; the focus is on *no* until it is answered: a person pressed the key."""
        set_text(self._words, words)
        self._yes.setText(yes)
        self._no.setText(no)
        if self.isHidden():
            self._before = QApplication.focusWidget()
        self.show()
        self._no.setFocus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)

    def _agree(self) -> None:
        self._close()
        self.agreed.emit()

    @Slot()
    def _close(self) -> None:
        self.hide()
        if self._before is not None:
            self._before.setFocus()
        self._before = None
