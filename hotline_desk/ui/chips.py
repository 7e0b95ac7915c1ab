"""Words of a short list, any number of which hold: each a chip, turned by a click or its digit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget
from typing_extensions import override

from hotline_desk.ui import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtGui import QKeyEvent


class Chips(QWidget):
    """Chips in rows; the arrows go from one to the next, 1 to 9 turn one wherever one is."""

    written = Signal(tuple)
    """The words that hold now, in the order of the list."""
    left = Signal()

    def __init__(self, words: Sequence[str], *, across: int, parent: QWidget | None = None) -> None:
        """Show *words*, so many of them *across*."""
        super().__init__(parent)
        self._chips: list[QPushButton] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(tokens.TINY)
        for at, word in enumerate(words):
            chip = QPushButton(word)
            chip.setCheckable(True)
            chip.setProperty("kind", "chip")
            chip.setToolTip(f"{word}（{at + 1}）")
            chip.clicked.connect(self._tell)
            # one stop for Tab, from which the arrows go on
            chip.setFocusPolicy(Qt.FocusPolicy.ClickFocus if at else Qt.FocusPolicy.StrongFocus)
            grid.addWidget(chip, at // across, at % across)
            self._chips.append(chip)
        self.setFocusProxy(self._chips[0])
        self._across = across

    def show_words(self, words: Iterable[str]) -> None:
        """Show that *words* hold, and no others."""
        known = set(words)
        for chip in self._chips:
            chip.setChecked(chip.text() in known)

    @property
    def words(self) -> tuple[str, ...]:
        """What holds."""
        return tuple(chip.text() for chip in self._chips if chip.isChecked())

    def _tell(self, _checked: bool = False) -> None:
        self.written.emit(self.words)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        # a chip lets pass what it does not know itself
        digit = event.key() - Qt.Key.Key_1
        focus = next((at for at, chip in enumerate(self._chips) if chip.hasFocus()), 0)
        step = {
            Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self._across, Qt.Key.Key_Down: self._across,
        }.get(Qt.Key(event.key()), 0)  # fmt: skip
        if 0 <= digit < len(self._chips):
            self._chips[digit].click()
        elif step:
            self._chips[max(0, min(len(self._chips) - 1, focus + step))].setFocus()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
