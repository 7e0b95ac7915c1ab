"""What can be done with many selected rows: one field of all of them becomes one value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QWidget,
)

from hotline_desk.domain.bulk import VALUES, BulkChange, BulkField
from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.keys import BULK_KEY
from hotline_desk.ui.kit.panel import label
from hotline_desk.ui.kit.restyle import set_text
from hotline_desk.ui.kit.text_fields import Choice

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hotline_desk.ui.kit.style import Appearance
    from hotline_desk.ui.ledger.bulk_view_model import BulkViewModel

_VALUE = 190


class BulkBar(QFrame):
    """Stands below the rows while several are selected; Enter on the button does it."""

    left = Signal()

    def __init__(
        self,
        model: BulkViewModel,
        chosen: Callable[[], Sequence[int]],
        appearance: Appearance,
        parent: QWidget | None = None,
    ) -> None:
        """Change through *model* what *chosen* says is selected."""
        super().__init__(parent)
        self.setObjectName("bulk")
        self._model = model
        self._chosen = chosen
        self._count = label(role="quiet")
        self._field = Choice(appearance)
        self._field.addItems([field.value for field in BulkField])
        self._field.setAccessibleName(self.tr("改哪一栏"))
        self._value = Choice(appearance)
        self._value.setAccessibleName(self.tr("改成什么"))
        self._value.setMinimumWidth(_VALUE)
        self._do = QPushButton()
        self._do.setProperty("kind", "main")
        self._do.setAutoDefault(True)
        self._do.setToolTip(self.tr("选中的几条都改成这样，一次撤销（{key}）").format(key=BULK_KEY))
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(tokens.TINY)
        self._progress.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.SPACE, tokens.SMALL, tokens.SPACE, tokens.SMALL)
        row.setSpacing(tokens.SMALL)
        for widget in (self._count, self._field, label(self.tr("改为"), "quiet"), self._value,
                       self._do):  # fmt: skip
            row.addWidget(widget)
        row.addWidget(self._progress, 1)
        row.addStretch(1)
        self._connect()
        self._offer()
        self.hide()

    def _connect(self) -> None:
        self._field.currentIndexChanged.connect(self._offer)
        self._value.currentTextChanged.connect(self._judge)
        self._field.left.connect(self.left)
        self._value.left.connect(self.left)
        self._do.clicked.connect(self._change)
        self._model.values_read.connect(self._show_values)
        self._model.progressed.connect(self._show_progress)
        self._model.busy_changed.connect(self._show_busy)

    def begin(self) -> None:
        """Put the focus on what is to be changed."""
        self._field.setFocus()

    @Slot()
    def go_on(self) -> None:
        """Go to what is to be changed; from there, once it is said, do it."""
        focus = QApplication.focusWidget()
        if focus is not None and self.isAncestorOf(focus) and self._do.isEnabled():
            self._do.click()
        elif self.isVisible():
            self.begin()

    def show_chosen(self, count: int) -> None:
        """Say how many rows are selected; with one or none there is nothing to do here."""
        self.setVisible(count > 1 or self._model.busy)
        set_text(self._count, self.tr("已选 {n} 条").format(n=f"{count:,}"))
        words = self.tr("修改 {n} 条 {key}").format(n=f"{count:,}", key=BULK_KEY)
        self._do.setText(words)

    @property
    def _wanted(self) -> BulkField:
        return list(BulkField)[self._field.currentIndex()]

    @Slot()
    def _offer(self) -> None:
        self._value.clear()
        self._model.read_values(self._wanted)

    @Slot(object, tuple)
    def _show_values(self, field: BulkField, values: tuple[str, ...]) -> None:
        if field is self._wanted:
            self._value.clear()
            self._value.setEditable(field not in VALUES)
            self._value.addItems(["", *values])
            self._judge()

    @Slot()
    def _judge(self) -> None:
        """Let it be done once it is said what the field becomes; a name may become none."""
        said = bool(self._value.currentText()) or self._wanted not in VALUES
        self._do.setEnabled(said and not self._model.busy)

    @Slot()
    def _change(self) -> None:
        value = self._value.currentText().strip()
        self._model.change(self._chosen(), BulkChange(self._wanted, value))

    @Slot(int, int)
    def _show_progress(self, done: int, total: int) -> None:
        self._progress.setMaximum(total)
        self._progress.setValue(done)
        words = self.tr("正在改 {done} / {total}")
        self._do.setText(words.format(done=f"{done:,}", total=f"{total:,}"))

    @Slot(bool)
    def _show_busy(self, busy: bool) -> None:
        self._progress.setVisible(busy)
        for widget in (self._field, self._value, self._do):
            widget.setEnabled(not busy)
        if not busy:
            self._judge()
            self.show_chosen(len(self._chosen()))
            self.left.emit()
