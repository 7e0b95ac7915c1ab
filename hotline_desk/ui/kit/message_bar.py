"""One calm line inside the window for what went wrong or was done; it never takes the focus."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from hotline_desk.errors import HotlineDeskError
from hotline_desk.messages import SENTENCES, sentence
from hotline_desk.ui.kit import tokens

if TYPE_CHECKING:
    from collections.abc import Callable

_log = logging.getLogger(__name__)

_STAYS_SECONDS = 12
_NEWS_SECONDS = 6


def error_text(error: HotlineDeskError) -> str:
    """Return the sentence for *error* in the window's language."""
    return sentence(error, QCoreApplication.translate("errors", SENTENCES[type(error)]))


class MessageBar(QFrame):
    """Shows one message at a time; the same one again is counted, not stacked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messages")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._repeats = 0
        self._said = ""
        self._stays = ""
        """A warning that nobody has closed yet; news only cover it for a while."""
        self._about = ""
        """What it is about, where it can be over by itself."""
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._words.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._then: Callable[[], None] | None = None
        self._open = _button(self.tr("打开"), self.tr("到说的这一项去"))
        self._open.clicked.connect(self._go)
        close = _button(self.tr("知道了"), self.tr("收起这条消息"))
        close.clicked.connect(self._put_away)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(tokens.SPACE, 0, tokens.SMALL, 0)
        layout.addWidget(self._words, 1)
        layout.addWidget(self._open)
        layout.addWidget(close)
        self._fading = QTimer(self, singleShot=True)
        self._fading.timeout.connect(self._fade)
        self.hide()

    @property
    def text(self) -> str:
        """What the bar says now."""
        return "" if self.isHidden() else self._words.text()

    @Slot(str)
    def warn(self, text: str, *, stays: bool = False, about: str = "") -> None:
        """Say what went wrong; *stays* until somebody closes it, or it is over."""
        if stays:
            self._stays, self._about = text, about
        self._say(text, "warning", self.tr("注意："), 0 if stays else _STAYS_SECONDS)

    @Slot(str)
    def tell(
        self, text: str, *, stays: bool = False, then: Callable[[], None] | None = None
    ) -> None:
        """Say what was done; *stays* until something else is said; *then* goes to what it is."""
        self._say(text, "good", "", 0 if stays else _NEWS_SECONDS, then)

    def withdraw(self, about: str) -> None:
        """Let the warning that stands about this stand no longer: it is over."""
        if about and about == self._about:
            standing, self._stays, self._about = self._stays, "", ""
            if self._said == standing:
                self._fade()

    @Slot(str)
    def take_back(self, text: str) -> None:
        """Say *text* no longer, if it is what is said now: it does not hold any more."""
        if text == self._said:
            self._fade()

    def _put_away(self) -> None:
        if self._said == self._stays:
            self._stays = ""
        self._fade()

    def _fade(self) -> None:
        if self._stays:
            self.warn(self._stays, stays=True, about=self._about)
        else:
            self.hide()

    def _go(self) -> None:
        then = self._then
        self._put_away()
        if then is not None:
            then()

    def _say(
        self,
        text: str,
        kind: str,
        before: str,
        seconds: int,
        then: Callable[[], None] | None = None,
    ) -> None:
        self._then = then
        self._open.setVisible(then is not None)
        shown = not self.isHidden()
        self._repeats = self._repeats + 1 if shown and text == self._said else 1
        self._said = text
        times = self.tr("（{count} 次）").format(count=self._repeats) if self._repeats > 1 else ""
        self._words.setText(before + text + times)
        if self.property("kind") != kind:
            self.setProperty("kind", kind)
            for widget in (self, self._words):
                widget.style().unpolish(widget)
                widget.style().polish(widget)
        self.show()
        self._fading.stop()
        if seconds:
            self._fading.start(seconds * 1000)


def _button(words: str, tip: str) -> QToolButton:
    made = QToolButton()
    made.setText(words)
    made.setToolTip(tip)
    made.setProperty("kind", "key")
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return made


def show_error(bar: MessageBar, error: Exception) -> None:
    """Say *error* once on *bar*; the log has the whole trace."""
    if isinstance(error, HotlineDeskError):
        _log.error("a request failed: %s", type(error).__name__, exc_info=error)
        bar.warn(error_text(error))
    else:
        _log.critical("a bug surfaced", exc_info=error)
        bar.warn(
            QCoreApplication.translate(
                "errors", "程序内部出错，这一步没有完成；录音不受影响，详情已写入日志。"
            ),
            stays=True,
        )
