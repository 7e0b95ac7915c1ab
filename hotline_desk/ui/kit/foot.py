"""The window's foot: kept free for messages, so that none moves what lies under the hands."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget
from typing_extensions import override

from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.panel import label
from hotline_desk.ui.kit.restyle import set_text


class Foot(QFrame):
    """What goes on quietly behind the window; whatever is laid over it stands upon its ground."""

    stop_asked = Signal()
    """What takes long in the ledger is to stop."""

    def __init__(self, *above: QWidget, parent: QWidget | None = None) -> None:
        """Make the foot of *parent*.

        Args:
            above: widgets that lie over the foot and, being higher, over the page's end; the
                first stands lowest.
            parent: the window's middle.
        """
        super().__init__(parent)
        self.setObjectName("foot")
        self.setFixedHeight(tokens.FOOT)
        self._quiet = label(role="meta")
        self.stop = QToolButton()
        self.stop.setText(self.tr("停下"))
        self.stop.setToolTip(self.tr("停下，台账保持原样"))
        self.stop.setProperty("kind", "key")
        self.stop.hide()
        self.stop.clicked.connect(self.stop_asked)
        self._above = above
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.SPACE, 0, tokens.SPACE, 0)
        row.addStretch(1)
        row.addWidget(self._quiet)
        row.addWidget(self.stop)
        for widget in above:
            widget.setParent(parent)
            widget.installEventFilter(self)
        if parent is not None:
            parent.installEventFilter(self)

    @Slot(str)
    def say(self, words: str) -> None:
        """Say in one quiet line what goes on; nothing when nothing does."""
        set_text(self._quiet, words)

    @Slot(str, bool)
    def say_work(self, words: str, may_stop: bool) -> None:
        """Say what takes long in the ledger, and offer to stop it where that may be."""
        self.say(words)
        self.stop.setVisible(may_stop)

    @property
    def words(self) -> str:
        """What goes on quietly."""
        return self._quiet.text()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {
            QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.LayoutRequest,
        }:  # fmt: skip
            self._place()
        return False

    def _place(self) -> None:
        """Put what is shown above the foot at the window's lower edge."""
        middle = self.parentWidget()
        if middle is None:
            return
        bottom = middle.height()
        for widget in self._above:
            if not widget.isVisible():  # moved on its way in, its layout would not hear of it
                continue
            least = widget.minimumSizeHint().height()
            wanted = widget.heightForWidth(middle.width())
            height = max(tokens.FOOT, least, wanted)
            bottom -= height
            widget.setGeometry(0, bottom, middle.width(), height)
            widget.raise_()
