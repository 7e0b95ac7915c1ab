"""The key card: every key on one leaf, beside the work and never on top of it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from hotline_desk.ui import keys, tokens
from hotline_desk.ui.panel import Panel, hairline, head, label

_WIDTH = 340


class KeyCard(Panel):
    """Made from the table of keys."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("left", parent)
        self.setFixedWidth(_WIDTH)
        self.column.addWidget(head(label(self.tr("键位卡 · F1 收起"), "section")))
        self.column.addWidget(hairline())
        rows = [(verb.value, words.title, words.says) for verb, words in keys.WORDS.items()]
        field_rows = [(key, "", says) for key, says in keys.FIELD_KEYS]
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(tokens.SPACE, tokens.SPACE, tokens.SPACE, tokens.SPACE)
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.SPACE)
        grid.setVerticalSpacing(tokens.TINY)
        grid.setColumnStretch(1, 1)
        for row, (key, title, says) in enumerate(rows + field_rows):
            grid.addWidget(label(key, "chip"), row, 0)
            words = QVBoxLayout()
            words.setSpacing(0)
            if title:
                words.addWidget(label(_(title)))
            words.addWidget(label(_(says), "meta", wrap=True))
            grid.addLayout(words, row, 1)
        column.addLayout(grid)
        column.addWidget(
            label(
                self.tr("输入法正在组字时，回车、Esc、Tab、空格和数字都归输入法。"),
                "meta",
                wrap=True,
            )
        )
        column.addStretch(1)
        leaf = QScrollArea()
        leaf.setWidgetResizable(True)
        leaf.setWidget(sheet)
        self.column.addWidget(leaf, 1)


def _(text: str) -> str:
    return QCoreApplication.translate("keys", text)
