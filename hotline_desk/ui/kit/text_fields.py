"""Fields to write in: proposals taken with Tab, and an input method's keys left to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import (
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget
from typing_extensions import override

from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.style import font

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hotline_desk.ui.kit.style import Appearance

_KEY = Qt.Key
_COMPOSERS_KEYS = frozenset(
    {_KEY.Key_Return, _KEY.Key_Enter, _KEY.Key_Escape, _KEY.Key_Tab, _KEY.Key_Backtab,
     _KEY.Key_Space, *(_KEY(_KEY.Key_0 + digit) for digit in range(10))}
)  # fmt: skip
_TAG_WIDTH = 26


class Composition(QObject):
    """Knows whether an input method is at work in a field, and leaves it the keys it needs."""

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self.at_work = False
        field.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QInputMethodEvent):
            self.at_work = bool(event.preeditString())
        kept = (
            self.at_work
            and isinstance(event, QKeyEvent)
            and event.type() in {QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride}
            and event.key() in _COMPOSERS_KEYS
        )
        if kept:
            event.accept()
        return kept


def _plain(event: QEvent, key: Qt.Key) -> bool:
    return (
        event.type() == QEvent.Type.KeyPress
        and isinstance(event, QKeyEvent)
        and event.key() == key
        and event.modifiers()
        in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
    )


def _is_enter(event: QEvent) -> bool:
    return _plain(event, _KEY.Key_Return) or _plain(event, _KEY.Key_Enter)


def _asks_in_vain(event: QEvent, *, undo: bool, redo: bool) -> bool:
    """Return whether *event* asks a field to undo or redo where it can not.

    The window's own keys are the same: there they are to do their work.
    """
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    keys = QKeySequence.StandardKey
    return (event.matches(keys.Undo) and not undo) or (event.matches(keys.Redo) and not redo)


def paint_proposal(widget: QWidget, place: QRect, text: str, appearance: Appearance) -> None:
    """Paint *text* as what the machine proposes: lighter, dotted underline, a small 建议."""
    painter = QPainter(widget)
    quiet = appearance.colour("quiet")
    painter.setFont(font())
    tag = QRect(place.right() - _TAG_WIDTH, place.y(), _TAG_WIDTH, place.height())
    left = place.adjusted(0, 0, -_TAG_WIDTH - tokens.TINY, 0)
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, left.width())
    painter.setPen(quiet)
    painter.drawText(left, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
    below = (left.height() + metrics.ascent()) // 2 + left.y() + 2
    painter.setPen(QPen(quiet, 1, Qt.PenStyle.DotLine))
    painter.drawLine(left.x(), below, left.x() + metrics.horizontalAdvance(shown), below)
    painter.setFont(font(tokens.META))
    painter.setPen(appearance.colour("accent"))
    painter.drawText(
        tag,
        Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight,
        widget.tr("建议"),
    )
    painter.end()


class OneLine(QLineEdit):
    """One line of text; Tab takes its proposal, Enter goes on without it, Esc puts it away."""

    accepted = Signal()
    declined = Signal()
    typed = Signal()
    """Somebody changed it, by whatever means."""
    finished = Signal()
    """It was left, or Enter went on."""
    left = Signal()
    """Esc, with nothing to put away."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._proposal = ""
        self._composition = Composition(self)
        self._hint = ""
        self.textEdited.connect(self.typed)
        self.editingFinished.connect(self.finished)

    @property
    def composing(self) -> bool:
        """Whether an input method is at work here."""
        return self._composition.at_work

    @property
    def modified(self) -> bool:
        """Whether something typed here waits to be handed over."""
        return self.isModified()

    @modified.setter
    def modified(self, modified: bool) -> None:
        self.setModified(modified)

    def hint(self, text: str) -> None:
        """Show *text* while nothing stands here and nothing is proposed."""
        self._hint = text
        self._show_hint()

    def show_text(self, text: str) -> None:
        """Show *text*, unless something typed here waits to be handed over."""
        if self.text() != text and not self.composing and not self.isModified():
            self.setText(text)
            self.setCursorPosition(0)

    def propose(self, text: str) -> None:
        """Propose *text* while nothing stands here."""
        if text != self._proposal:
            self._proposal = text
            self._show_hint()
            self.update()

    @property
    def proposal(self) -> str:
        """What is proposed now; nothing once something stands here."""
        return "" if self.text() or self.composing else self._proposal

    @override
    def event(self, event: QEvent) -> bool:
        if _asks_in_vain(event, undo=self.isUndoAvailable(), redo=self.isRedoAvailable()):
            event.ignore()
            return False
        if _plain(event, _KEY.Key_Tab) and self.proposal:
            self.accepted.emit()
            self.focusNextChild()
            return True
        if _is_enter(event):
            self.returnPressed.emit()
            self.focusNextChild()
            return True
        if _plain(event, _KEY.Key_Escape):
            (self.declined if self.proposal else self.left).emit()
            return True
        return super().event(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.proposal:
            place = self.rect().adjusted(tokens.SMALL + 2, 0, -tokens.SMALL, 0)
            paint_proposal(self, place, self.proposal, self._appearance)

    def _show_hint(self) -> None:
        self.setPlaceholderText("" if self._proposal else self._hint)


class ManyLines(QPlainTextEdit):
    """Several lines of text; Tab and Ctrl+Enter go on, Enter begins a new line."""

    typed = Signal()
    """Something else stands here, typed or shown."""
    finished = Signal()
    """The field was left."""
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._composition = Composition(self)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.textChanged.connect(self.typed)

    @property
    def composing(self) -> bool:
        """Whether an input method is at work here."""
        return self._composition.at_work

    @property
    def modified(self) -> bool:
        """Whether something typed here waits to be handed over."""
        return self.document().isModified()

    @modified.setter
    def modified(self, modified: bool) -> None:
        self.document().setModified(modified)

    def text(self) -> str:
        """Return what stands here."""
        return self.toPlainText()

    def show_text(self, text: str) -> None:
        """Show *text*, unless something typed here waits to be handed over."""
        waits = self.composing or self.modified
        if self.toPlainText() != text and not waits:
            self.setPlainText(text)

    @override
    def event(self, event: QEvent) -> bool:
        text = self.document()
        if _asks_in_vain(event, undo=text.isUndoAvailable(), redo=text.isRedoAvailable()):
            event.ignore()
            return False
        if _plain(event, _KEY.Key_Escape):
            self.left.emit()
            return True
        if event.type() == QEvent.Type.FocusOut:
            self.finished.emit()
        return super().event(event)


class Choice(QComboBox):
    """One of several words; Tab takes its proposal."""

    accepted = Signal()
    declined = Signal()
    typed = Signal()
    finished = Signal()
    """It was left, or a word was taken from the opened list; a step of an arrow decides nothing."""
    left = Signal()
    chosen = Signal(str)
    """Another word stands here, be it on the way to a third."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._proposal = ""
        self.setMaxVisibleItems(20)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.activated.connect(self._tell)
        self._picked = self._stepping = self._stepped = False

    def let_write(self) -> None:
        """Let other words be written as well."""
        self.setEditable(True)
        line = self.lineEdit()
        if line is not None:
            line.textEdited.connect(self.typed)
            line.editingFinished.connect(self.finished)

    @property
    def modified(self) -> bool:
        """Whether something chosen or typed here waits to be handed over."""
        line = self.lineEdit()
        return self._picked or (line is not None and line.isModified())

    @modified.setter
    def modified(self, modified: bool) -> None:
        self._picked = modified
        self._stepped = self._stepped and modified
        line = self.lineEdit()
        if line is not None:
            line.setModified(modified)

    def text(self) -> str:
        """Return what is chosen or typed."""
        return self.currentText()

    def show_text(self, text: str) -> None:
        """Show *text*, one of the words or nothing, unless something typed here waits."""
        line = self.lineEdit()
        if self._stepped:
            return
        if line is None:
            self._picked = False
            self.setCurrentIndex(self.findText(text) if text else 0)
        elif not line.isModified():
            self.setCurrentText(text)

    def offer(self, options: Iterable[str]) -> None:
        """Let nothing or one of *options* be chosen; what stands here stays."""
        words = list(dict.fromkeys(["", *options]))
        if words != [self.itemText(at) for at in range(self.count())]:
            present = self.currentText()
            self.clear()
            self.addItems(words)
            self.setCurrentText(present)

    def propose(self, text: str) -> None:
        """Propose *text* while nothing is chosen."""
        if text != self._proposal:
            self._proposal = text
            self.update()

    @property
    def proposal(self) -> str:
        """What is proposed now; nothing once something is chosen."""
        return "" if self.currentText() else self._proposal

    @override
    def event(self, event: QEvent) -> bool:
        if _plain(event, _KEY.Key_Tab) and self.proposal:
            self.accepted.emit()
            self.focusNextChild()
            return True
        if _is_enter(event):
            self.focusNextChild()
            return True
        if _plain(event, _KEY.Key_Escape):
            (self.declined if self.proposal else self.left).emit()
            return True
        if event.type() == QEvent.Type.FocusOut and self._stepped:
            self._stepped = False
            self.finished.emit()
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._stepping = True
        super().keyPressEvent(event)
        self._stepping = False

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: a choice must not change while one scrolls past it."""
        event.ignore()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.proposal:
            place = self.rect().adjusted(tokens.SMALL + 2, 0, -tokens.HUGE, 0)
            paint_proposal(self, place, self.proposal, self._appearance)

    def _tell(self, _index: int) -> None:
        self._picked = True
        self._stepped = self._stepping
        self.typed.emit()
        self.chosen.emit(self.currentText())
        if not self._stepping:
            self.finished.emit()
