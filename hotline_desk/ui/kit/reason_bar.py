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
    masked = Signal()
    """It shall leave masked, for which nobody wants a reason."""

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
        self._masked = QPushButton()
        self._masked.setToolTip(self.tr("不用事由"))
        no = QPushButton(self.tr("不要了 Esc"))
        no.setToolTip(self.tr("什么也不做"))
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.SPACE, tokens.TINY, tokens.SPACE, tokens.TINY)
        row.setSpacing(tokens.SMALL)
        row.addWidget(self._words)
        row.addWidget(self.why, 1)
        row.addWidget(self._yes)
        row.addWidget(self._masked)
        row.addWidget(no)
        # Enter first goes on to what comes next in the line
        self.why.returnPressed.connect(self._give, Qt.ConnectionType.QueuedConnection)
        self.why.left.connect(self._close)
        self._yes.clicked.connect(self._give)
        self._masked.clicked.connect(self._mask)
        no.clicked.connect(self._close)
        self.hide()

    def ask(self, words: str, *, yes: str, masked: str = "") -> None:
        """Ask for the reason why *words* is to be done; the focus comes here until it is given.

        With *masked* there is a button that is called so, for what needs no reason.
        """
        set_text(self._words, words)
        self._yes.setText(f"{yes} Enter")
        self._masked.setText(masked)
        self._masked.setVisible(bool(masked))
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
    def _mask(self) -> None:
        self._close()
        self.masked.emit()

    @Slot()
    def _close(self) -> None:
        self.hide()
        if self._before is not None:
            self._before.setFocus()
        self._before = None
