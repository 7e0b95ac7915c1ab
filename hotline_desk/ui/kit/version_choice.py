"""For whom it leaves the desk: masked, or 内部版 with the reason why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.text_fields import OneLine
from hotline_desk.ui.kit.top_bar import choices

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hotline_desk.ui.kit.style import Appearance

_MASKED, _INTERNAL = 0, 1


class Either(QWidget):
    """One of a few choices, beside each other."""

    changed = Signal()

    def __init__(self, words: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = choices(words, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.SMALL)
        for button in self._group.buttons():
            row.addWidget(button)
        row.addStretch(1)
        self._group.button(0).setChecked(True)
        self.setFocusProxy(self._group.button(0))
        self.setSizePolicy(self.sizePolicy().Policy.Fixed, self.sizePolicy().Policy.Fixed)
        self._group.idClicked.connect(lambda _at: self.changed.emit())

    @property
    def chosen(self) -> int:
        """Which one, from 0."""
        return self._group.checkedId()

    def choose(self, at: int) -> None:
        """Choose the one at this place."""
        self._group.button(at).setChecked(True)
        self.changed.emit()

    def rename(self, at: int, words: str) -> None:
        """Call the one at this place something else."""
        self._group.button(at).setText(words)

    def enable(self, at: int, *, enabled: bool) -> None:
        """Let the one at this place be chosen, or not."""
        self._group.button(at).setEnabled(enabled)


class VersionChoice(Either):
    """脱敏版 at first; 内部版 wants to know why, in the field `why`."""

    refused = Signal(str)
    """What is missing, in words."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__([self.tr("脱敏版"), self.tr("内部版，不脱敏")], parent)
        self.why = OneLine(appearance)
        self.why.hint(self.tr("给谁用、为什么，例如：上报省总，9 月督查"))
        self.why.setAccessibleName(self.tr("事由"))
        self.changed.connect(self._show)
        self._show()

    @property
    def internal(self) -> bool:
        """Whether nothing is to be masked."""
        return self.chosen == _INTERNAL

    @property
    def reason(self) -> str:
        """Why nothing is masked; empty where it is."""
        return self.why.text().strip() if self.internal else ""

    def begin(self) -> None:
        """Begin anew: masked."""
        self.why.clear()
        self.choose(_MASKED)

    def is_reasoned(self) -> bool:
        """Return whether it may leave the desk; if it may not, ask why it should."""
        if not self.internal or self.reason:
            return True
        self.refused.emit(self.tr("内部版没有脱敏，请写明事由：给谁用、为什么。"))
        self.why.setFocus()
        return False

    @Slot()
    def _show(self) -> None:
        self.why.setEnabled(self.internal)
