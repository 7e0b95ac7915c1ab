"""A sheet of sections with named fields, as the settings have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFormLayout, QLabel, QVBoxLayout, QWidget

from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.panel import label

if TYPE_CHECKING:
    from collections.abc import Sequence

_LABEL, _FIELD = 120, 360


class Form(QWidget):
    """Sections one below the other, each a title, what it is for, and its rows."""

    def __init__(self, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaximumWidth(width)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(tokens.HUGE, tokens.HUGE, tokens.HUGE, tokens.HUGE)
        self.column.setSpacing(tokens.SPACE)

    def add(self, title: str, says: str, *widgets: QWidget) -> None:
        """Add a section whose contents take the sheet's whole width."""
        self._head(title, says)
        for widget in widgets:
            self.column.addWidget(widget)
        self.column.addSpacing(tokens.SMALL)

    def add_rows(self, title: str, says: str, rows: Sequence[tuple[str, QWidget]]) -> None:
        """Add a section of named fields."""
        self._head(title, says)
        form = QFormLayout()
        form.setHorizontalSpacing(tokens.SPACE)
        form.setVerticalSpacing(tokens.SMALL)
        for words, widget in rows:
            if not isinstance(widget, QLabel):
                if widget.sizePolicy().horizontalPolicy() is not widget.sizePolicy().Policy.Fixed:
                    widget.setFixedWidth(_FIELD)
                (widget.focusProxy() or widget).setAccessibleName(words)
            name = label(words, "quiet")
            name.setFixedWidth(_LABEL)
            form.addRow(name, widget)
        self.column.addLayout(form)
        self.column.addSpacing(tokens.SMALL)

    def end(self) -> None:
        """Leave what room there is below the last section."""
        self.column.addStretch(1)

    def _head(self, title: str, says: str) -> None:
        self.column.addWidget(label(title, "emphasis"))
        if says:
            self.column.addWidget(label(says, "meta", wrap=True))
