"""Plays a person at the window: presses keys when the take has come to their time."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from hotline_desk.ui.kit.keys import Verb

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hotline_desk.ui.main_window import MainWindow

_FIELD_KEYS = {"Tab": Qt.Key.Key_Tab, "Enter": Qt.Key.Key_Return, "Esc": Qt.Key.Key_Escape}
_LOOK_MILLISECONDS = 50
_LAST_WORDS_SECONDS = 2.0
"""How long the last captions have to reach their rows."""
_SAVING_SECONDS = 1.0
"""How long before the PDF the last key's row has to reach the ledger."""


class DemoPlayer(QObject):
    """Presses what it was given, ends the recording after its length, and makes the PDF."""

    finished = Signal()
    """The PDF is shown, or could not be made."""

    def __init__(
        self, window: MainWindow, keys: Sequence[tuple[float, str]], *, seconds: float
    ) -> None:
        """Make ready to play.

        Args:
            window: open, its desk recording or about to.
            keys: take time in seconds, and the key as it stands in a tooltip.
            seconds: the take's length.
        """
        super().__init__(window)
        self._window = window
        self._keys = deque(sorted(keys))
        self._seconds = seconds
        self._stopped = False
        window.desk.summary.made.connect(self._say_end)
        window.desk.summary.failed.connect(self.finished)
        self._looking = QTimer(self, interval=_LOOK_MILLISECONDS)
        self._looking.timeout.connect(self._look)
        self._looking.start()

    def _look(self) -> None:
        recording = self._window.desk.recording
        reached = recording.now.elapsed
        while self._keys and self._keys[0][0] <= reached:
            press(self._window, self._keys.popleft()[1])
        if reached >= self._seconds and not self._stopped:
            self._stopped = True
            recording.stop()
        if self._stopped and not recording.recording and not recording.captioning:
            self._looking.stop()
            QTimer.singleShot(round(_LAST_WORDS_SECONDS * 1000), self, self._press_the_rest)

    def _press_the_rest(self) -> None:
        while self._keys:
            press(self._window, self._keys.popleft()[1])
        QTimer.singleShot(round(_SAVING_SECONDS * 1000), self, self._print)

    def _say_end(self) -> None:
        self._window.desk.summary.made.disconnect(self._say_end)
        self._window.messages.tell(
            self.tr("演示结束，这是它的节目纪要。按 Esc 回到直播台接着试；看完关上窗口就行。"),
            stays=True,
        )
        self.finished.emit()

    def _print(self) -> None:
        press(self._window, Verb.SUMMARY.value)


def press(window: MainWindow, key: str) -> None:
    """Press *key* (``F7``, ``Ctrl+S``, ``Tab``) in *window*, wherever its focus is.

    The window's own keys also work while another program's window is the active one.
    """
    for verb, action in window.verbs.items():
        if verb.value == key:
            action.trigger()
            return
    # the window's own, which it has while another program's window is the active one, too
    focus: QWidget | None = window.focusWidget()
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, _FIELD_KEYS[key], Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(window if focus is None else focus, event)


def play(window: MainWindow, keys: Sequence[tuple[float, str]], *, seconds: float) -> DemoPlayer:
    """Begin to press *keys* in *window*; the player says when all is done."""
    return DemoPlayer(window, keys, seconds=seconds)
