"""A part of a form under a plain heading, folded until it is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.panel import hairline
from hotline_desk.ui.kit.short_label import ShortLabel

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent


class Fold(QWidget):
    """A heading with what is in it in a few quiet words; Enter, Space or a click opens it."""

    def __init__(self, title: str, body: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self.body = body
        self.head = _Head()
        self.head.setProperty("kind", "fold")
        self.head.setCheckable(True)
        self.head.setToolTip(self.tr("展开或收起（回车或空格）"))
        self.head.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._says = ShortLabel()
        self._row = QHBoxLayout()
        self._row.setSpacing(tokens.SMALL)
        self._row.addWidget(self.head)
        self._row.addWidget(self._says, 1)
        self._buttons: list[QToolButton] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.TINY)
        column.addWidget(hairline())
        column.addLayout(self._row)
        column.addWidget(body)
        self.head.toggled.connect(self._turn)
        self._turn(on=False)

    @property
    def order(self) -> list[QWidget]:
        """What takes the focus in its heading, in reading order."""
        return [self.head, *self._buttons]

    def add_button(self, words: str, tip: str, done: Callable[[], None]) -> QToolButton:
        """Put something that can be done here at the heading's right."""
        button = QToolButton()
        button.setText(words)
        button.setToolTip(tip)
        button.setProperty("kind", "key")
        button.clicked.connect(done)
        self._row.addWidget(button)
        self._buttons.append(button)
        return button

    def say(self, words: str) -> None:
        """Say what is in it."""
        self._says.say(words)

    def open(self, *, on: bool = True) -> None:
        """Open it, or fold it."""
        self.head.setChecked(on)

    @property
    def is_open(self) -> bool:
        """Whether it is open."""
        return self.head.isChecked()

    @Slot(bool)
    def _turn(self, on: bool) -> None:
        self.head.setText(("▾ " if on else "▸ ") + self._title)
        self.body.setVisible(on)


class _Head(QToolButton):
    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)
