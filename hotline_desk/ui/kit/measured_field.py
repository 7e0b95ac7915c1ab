"""A field for a number, a time of day or the like: what is written is taken once it can be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.panel import label
from hotline_desk.ui.kit.restyle import set_role, set_text
from hotline_desk.ui.kit.text_fields import OneLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from hotline_desk.ui.kit.style import Appearance

_FIELD = 84
_CLOCK = re.compile(r"(\d{1,2})[:：](\d{2})")


class MeasuredField(QWidget):
    """One number with its unit, and beside it what is to be said about it."""

    written = Signal(object)
    """A value that can be."""

    def __init__(
        self,
        appearance: Appearance,
        *,
        read: Callable[[str], Any],
        show: Callable[[Any], str],
        unit: str = "",
        width: int = _FIELD,
        parent: QWidget | None = None,
    ) -> None:
        """Make an empty field.

        Args:
            appearance: the look.
            read: turns text into a value; raises ValueError with a sentence where there is none.
            show: turns a value into text.
            unit: stands behind the field.
            width: of the field, in logical pixels.
            parent: where it lies.
        """
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._read, self._show = read, show
        self._value: Any = None
        self._says = ""
        self.field = OneLine(appearance)
        self.field.setFixedWidth(width)
        self.setFocusProxy(self.field)
        self._words = label(role="meta")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.SMALL)
        row.addWidget(self.field)
        if unit:
            row.addWidget(label(unit, "quiet"))
        row.addWidget(self._words)
        self.field.editingFinished.connect(self._take)

    def show_value(self, value: Any, says: str = "", *, warns: bool = False) -> None:  # noqa: ANN401  a field's value is of its own type
        """Show *value* and what is to be said about it."""
        self._value = value
        self.field.show_text(self._show(value))
        self._say(says, warns=warns)

    @property
    def words(self) -> str:
        """What is said beside the field."""
        return self._words.text()

    def _take(self) -> None:
        try:
            value = self._read(self.field.text().strip())
        except ValueError as error:
            self._say(str(error), warns=True)
            return
        self.field.setText(self._show(value))
        self.field.setModified(False)
        if value != self._value:
            self.written.emit(value)

    def _say(self, words: str, *, warns: bool) -> None:
        set_role(self._words, "warning" if warns and words else "meta")
        set_text(self._words, words)


def clock_of(text: str) -> str:
    """Return a time of day, ``09:50``, as people write it: 9:50, 9：50.

    Raises:
        ValueError: carries a sentence.
    """
    found = _CLOCK.fullmatch(text)
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        raise ValueError("时间写成 09:50。")
    return f"{int(found[1]):02}:{found[2]}"


def whole(least: int, most: int) -> Callable[[str], int]:
    """Return what reads a whole number from *least* to *most*."""

    def read(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
            raise ValueError(f"写 {least} 到 {most} 的整数。")
        return int(text)

    return read
