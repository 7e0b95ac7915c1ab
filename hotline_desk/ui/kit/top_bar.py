"""The bar above a list or a sheet: widgets beside and below each other, and its buttons."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.panel import label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


def bar(*rows: QWidget | QHBoxLayout) -> QWidget:
    """Return rows one below the other, with the page's distances."""
    top = QWidget()
    column = QVBoxLayout(top)
    column.setContentsMargins(tokens.SPACE, tokens.SMALL, tokens.SPACE, tokens.SMALL)
    column.setSpacing(tokens.SMALL)
    for row in rows:
        if isinstance(row, QWidget):
            column.addWidget(row)
        else:
            column.addLayout(row)
    return top


def page_top(words: Sequence[QLabel], buttons: Sequence[QPushButton]) -> QWidget:
    """Return what stands above a page that has come in another's place: what it is, its buttons."""
    top = QWidget()
    row = QHBoxLayout(top)
    row.setContentsMargins(tokens.WIDE, tokens.SMALL, tokens.WIDE, tokens.SMALL)
    row.setSpacing(tokens.SMALL)
    column = QVBoxLayout()
    column.setSpacing(0)
    for line in words:
        column.addWidget(line)
    row.addLayout(column)
    row.addStretch(1)
    for each in buttons:
        row.addWidget(each)
    return top


def abreast(*parts: QWidget | str | int) -> QHBoxLayout:
    """Return widgets beside each other; text is a quiet label, 0 takes what room is left."""
    row = QHBoxLayout()
    row.setSpacing(tokens.SMALL)
    for part in parts:
        if isinstance(part, QWidget):
            row.addWidget(part)
        elif isinstance(part, str):
            row.addWidget(label(part, "quiet"))
        else:
            row.addStretch(1)
    return row


def button(
    words: str, tip: str, done: Callable[[], None], *, key: str = "", page: QWidget | None = None
) -> QPushButton:
    """Return a button that does one thing; its *key* works while it is in sight.

    With *page* it works while the focus is there: what asks something over a page keeps its Esc.
    """
    made = QPushButton(f"{words} {key}".rstrip())
    if key:  # a button's own shortcut would first show it pressed for a moment
        shortcut = QShortcut(QKeySequence(key), page or made, done)
        if page is not None:
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    made.setToolTip(f"{tip}（{key}）" if key else tip)
    made.clicked.connect(lambda _on=False: done())
    return made


def choices(words: Iterable[str], parent: QWidget, *, tips: Sequence[str] = ()) -> QButtonGroup:
    """Return a button for each of *words*, one of them pressed at a time; ids are their places."""
    group = QButtonGroup(parent)
    for at, text in enumerate(words):
        made = QPushButton(text)
        made.setCheckable(True)
        made.setProperty("kind", "choice")
        made.setToolTip(tips[at] if at < len(tips) else "")
        group.addButton(made, at)
    return group


def ask_where(parent: QWidget, title: str, name: str, then: Callable[[str], None]) -> None:
    """Ask where the Excel file *name* shall lie, then call *then* with its path."""
    dialog = QFileDialog(parent, title, str(Path.home() / name))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(parent.tr("Excel 文件 (*.xlsx)"))
    dialog.setDefaultSuffix("xlsx")
    dialog.fileSelected.connect(then)
    dialog.open()
