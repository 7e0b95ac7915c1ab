"""The key card: every key on one leaf; it takes neither the focus nor the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QVBoxLayout, QWidget
from typing_extensions import override

from hotline_desk.ui.kit import keys, tokens
from hotline_desk.ui.kit.panel import Panel, hairline, head, label

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QShowEvent

_WIDTH = 983
"""All that is right of the calls, in the smallest window for which the live desk is laid out."""
_COLUMNS = 3
_MIDDLE_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class KeyCard(Panel):
    """Lies over the right of the page that it explains; made from the table of keys."""

    def __init__(self, over: QWidget) -> None:
        super().__init__("left", over)
        self.column.addWidget(head(label(self.tr("键位卡 · F1 或 Esc 收起"), "section")))
        self.column.addWidget(hairline())
        rows = [(verb.value, words.title, words.says) for verb, words in keys.WORDS.items()]
        rows += [(key, "", says) for key, says in keys.FIELD_KEYS]
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(tokens.WIDE, tokens.SPACE, tokens.WIDE, tokens.SPACE)
        column.setSpacing(tokens.SMALL)
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.SPACE)
        grid.setVerticalSpacing(tokens.TINY)
        deep = -(-len(rows) // _COLUMNS)
        for place, (key, title, says) in enumerate(rows):
            row, left = place % deep, place // deep * 2
            grid.addWidget(label(key, "chip"), row, left, _MIDDLE_LEFT)
            grid.addWidget(_words(title, says), row, left + 1)
        for left in range(_COLUMNS):
            grid.setColumnStretch(left * 2 + 1, 1)
        column.addLayout(grid)
        column.addStretch(1)
        column.addWidget(
            label(
                self.tr("输入法正在组字时，回车、Esc、Tab、空格和数字都归输入法。"),
                "meta",
                wrap=True,
            )
        )
        self.column.addWidget(sheet, 1)
        over.installEventFilter(self)
        self.hide()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.parentWidget():
            if event.type() == QEvent.Type.Resize:
                self._take_place()
            return False
        return self._closes(event)

    def _closes(self, event: QEvent) -> bool:
        """Close the card on Esc, whatever lies under it, but for an input method at work."""
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        composing = getattr(QApplication.focusWidget(), "composing", False)
        if not escape or composing:
            return False
        if event.type() == QEvent.Type.ShortcutOverride:  # the key is no page's now
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress:
            self.hide()
            return True
        return False

    @override
    def showEvent(self, event: QShowEvent) -> None:
        self._take_place()
        self.raise_()
        if (application := QApplication.instance()) is not None:
            application.installEventFilter(self)
        super().showEvent(event)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        if (application := QApplication.instance()) is not None:
            application.removeEventFilter(self)
        super().hideEvent(event)

    def _take_place(self) -> None:
        page = self.parentWidget()
        if page is not None:
            wide = min(_WIDTH, page.width())
            self.setGeometry(page.width() - wide, 0, wide, page.height())


def _words(title: str, says: str) -> QWidget:
    words = QWidget()
    column = QVBoxLayout(words)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    if title:
        column.addWidget(label(QCoreApplication.translate("keys", title)))
    column.addWidget(label(QCoreApplication.translate("keys", says), "meta", wrap=True))
    return words
