"""录音体检单 on the screen: the verdict first, then line beside line, the hashes folded away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QGridLayout,
    QPlainTextEdit,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from hotline_desk.capture.sheet import sheet_text
from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.panel import empty_words, hairline, label
from hotline_desk.ui.kit.restyle import set_role, set_text

if TYPE_CHECKING:
    from hotline_desk.capture.sheet import HealthSheet, LineHealth, Row

_HASH = "SHA-256 "
_LABEL, _COLUMN = 64, 180
_HASHES_HIGH = 220


class HealthView(QWidget):
    """One take's sheet, or how far its examination has come."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet: HealthSheet | None = None
        self._progress = empty_words("")
        self._leaf = QScrollArea()
        self._leaf.setWidgetResizable(True)
        self._leaf.setAccessibleName(self.tr("录音体检单"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._progress, 1)
        column.addWidget(self._leaf, 1)
        self._leaf.hide()

    @property
    def text(self) -> str:
        """The sheet as it is copied; nothing while there is none."""
        return "" if self._sheet is None else sheet_text(self._sheet)

    @Slot(float)
    def show_progress(self, share: float) -> None:
        """Say how far the examination has come."""
        self._sheet = None
        words = self.tr("正在从头到尾听一遍：{n} %\n一小时的录音要几秒钟。")
        set_text(self._progress, words.format(n=int(share * 100)))
        self._progress.show()
        self._leaf.hide()

    def show_sheet(self, sheet: HealthSheet) -> None:
        """Show *sheet*."""
        self._sheet = sheet
        self._leaf.setWidget(self._page(sheet))
        self._progress.hide()
        self._leaf.show()

    def copy(self) -> None:
        """Put the sheet's text on the clipboard."""
        QGuiApplication.clipboard().setText(self.text)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy) and self.text:
            self.copy()
            return
        super().keyPressEvent(event)

    def _page(self, sheet: HealthSheet) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(tokens.HUGE, tokens.WIDE, tokens.HUGE, tokens.HUGE)
        column.setSpacing(tokens.SPACE)
        column.addWidget(_Verdict(sheet))
        column.addWidget(hairline())
        column.addLayout(_lines(sheet))
        column.addWidget(_Hashes(sheet))
        column.addStretch(1)
        return page


class _Verdict(QWidget):
    """What the sheet comes to, in one line or one a fault."""

    def __init__(self, sheet: HealthSheet) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.TINY)
        word = label(role="heading")
        if sheet.faults:
            set_text(word, self.tr("有问题  {n} 处").format(n=len(sheet.faults)))
        else:
            good, so_far = self.tr("✓ 合格"), self.tr("还在录，到现在合格")
            set_text(word, good if sheet.ended else so_far)
            set_role(word, "sound")
        column.addWidget(word)
        if not sheet.faults:
            column.addWidget(_selectable(sheet.verdict.partition("：")[2]))
        for fault in sheet.faults:
            column.addWidget(_selectable(f"● {fault}", "fault"))
        for note in sheet.notes:
            column.addWidget(_selectable(f"○ {note}", "quiet"))


def _lines(sheet: HealthSheet) -> QGridLayout:
    """Return a column for each line, a row for what was looked at."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(tokens.HUGE)
    grid.setVerticalSpacing(tokens.SMALL)
    top = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
    words = [row.label for line in sheet.lines for row in _facts(line)]
    places = {word: place for place, word in enumerate(dict.fromkeys(words), start=1)}
    for word, place in places.items():
        head = label(word, "quiet")
        head.setFixedWidth(_LABEL)
        grid.addWidget(head, place, 0, top)
    for at, line in enumerate(sheet.lines, start=1):
        grid.addWidget(label(line.name, "emphasis"), 0, at, top)
        grid.setColumnMinimumWidth(at, _COLUMN)
        grid.setColumnStretch(at, 1)
        for row in _facts(line):
            cell = _selectable(row.words, "fault" if row.bad else "")
            grid.addWidget(cell, places[row.label], at, Qt.AlignmentFlag.AlignTop)
    return grid


def _facts(line: LineHealth) -> list[Row]:
    return [row for row in line.rows() if not row.words.startswith(_HASH)]


class _Hashes(QWidget):
    """The SHA-256 of each piece of sound, unfolded with one key."""

    def __init__(self, sheet: HealthSheet) -> None:
        super().__init__()
        rows = [row for line in sheet.lines for row in line.rows() if row.words.startswith(_HASH)]
        self._fold = QToolButton()
        self._fold.setProperty("kind", "fold")
        self._fold.setCheckable(True)
        self._words = self.tr("每段声音的 SHA-256（{n} 段）").format(n=len(rows))
        self._fold.setToolTip(self.tr("展开或收起（空格）"))
        self._text = QPlainTextEdit(
            "\n".join(f"{row.label}  {row.words.removeprefix(_HASH)}" for row in rows)
        )
        self._text.setReadOnly(True)
        self._text.setFixedHeight(_HASHES_HIGH)
        self._text.setAccessibleName(self._words)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.TINY)
        column.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._text)
        self._fold.toggled.connect(self._show)
        self._show(on=False)
        if not rows:  # shown without a parent it would be a window, and take the keys
            self.hide()

    @Slot(bool)
    def _show(self, on: bool) -> None:
        self._text.setVisible(on)
        self._fold.setText(("▾ " if on else "▸ ") + self._words)


def _selectable(words: str, role: str = "") -> QWidget:
    made = label(words, role, wrap=True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
