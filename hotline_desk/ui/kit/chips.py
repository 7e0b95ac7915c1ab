"""Words of a short list, any number of which hold, as boxes to be ticked or as chips."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QGridLayout, QPushButton, QWidget
from typing_extensions import override

from hotline_desk.ui.kit import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent


class Ticks(QWidget):
    """A box for each word, in rows."""

    typed = Signal()
    finished = Signal()
    left = Signal()

    def __init__(self, words: Sequence[str], *, across: int, parent: QWidget | None = None) -> None:
        """Show *words*, so many of them *across*."""
        super().__init__(parent)
        self.modified = False
        """Whether something ticked here waits to be handed over."""
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(tokens.TINY)
        self.marks = [self._mark(word, at) for at, word in enumerate(words)]
        self._across = across
        for at, mark in enumerate(self.marks):
            mark.setCheckable(True)
            mark.setObjectName(mark.text())
            mark.clicked.connect(self._tell)
            grid.addWidget(mark, at // across, at % across)
        self.setFocusProxy(self.marks[0])

    @property
    def words(self) -> tuple[str, ...]:
        """What holds, in the order of the list."""
        return tuple(mark.text() for mark in self.marks if mark.isChecked())

    def text(self) -> str:
        """Return what holds, with 、 between."""
        return "、".join(self.words)

    def show_text(self, text: str) -> None:
        """Show that the words of *text* hold, with 、 between, and no others."""
        known, self.modified = set(text.split("、")), False
        for mark in self.marks:
            mark.setChecked(mark.text() in known)

    def _mark(self, word: str, _at: int) -> QAbstractButton:
        return QCheckBox(word)

    def _tell(self, _checked: bool = False) -> None:
        self.modified = True
        self.typed.emit()
        self.finished.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        # a button lets pass what it does not know itself
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class Chips(Ticks):
    """Chips in rows; the arrows go from one to the next, 1 to 9 turn one wherever one is."""

    @override
    def _mark(self, word: str, at: int) -> QAbstractButton:
        chip = QPushButton(word)
        chip.setProperty("kind", "chip")
        chip.setToolTip(f"{word}（{at + 1}）")
        # one stop for Tab, from which the arrows go on
        chip.setFocusPolicy(Qt.FocusPolicy.ClickFocus if at else Qt.FocusPolicy.StrongFocus)
        return chip

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = event.key() - Qt.Key.Key_1
        focus = next((at for at, chip in enumerate(self.marks) if chip.hasFocus()), 0)
        step = {
            Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self._across, Qt.Key.Key_Down: self._across,
        }.get(Qt.Key(event.key()), 0)  # fmt: skip
        if 0 <= digit < len(self.marks):
            self.marks[digit].click()
        elif step:
            self.marks[max(0, min(len(self.marks) - 1, focus + step))].setFocus()
        else:
            super().keyPressEvent(event)
