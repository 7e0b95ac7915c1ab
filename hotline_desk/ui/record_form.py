"""One record's fields, each written down as it is left; what is being typed stays."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QSizePolicy, QVBoxLayout, QWidget

from hotline_desk.ui import tokens
from hotline_desk.ui.chips import Chips
from hotline_desk.ui.panel import label
from hotline_desk.ui.restyle import set_text
from hotline_desk.ui.text_fields import Choice, ManyLines, OneLine

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hotline_desk.ui.style import Appearance

_LOW, _ACROSS = 64, 3


class Shape(Enum):
    """How a field is written in."""

    LINE = "line"
    TEXT = "text"
    CHOICE = "choice"
    NAME = "name"
    """One of the names known, or any other."""
    CHIPS = "chips"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One field of the form."""

    name: str
    title: str
    shape: Shape = Shape.LINE
    options: tuple[str, ...] = ()
    hint: str = ""


class RecordForm(QWidget):
    """Fields from top to bottom under a title."""

    written = Signal(int, str, str)
    """The record's id, a field's name and what was written; chips are joined by 、."""
    left = Signal()

    def __init__(
        self, fields: Sequence[FormField], appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._id: int | None = None
        self._texts: dict[str, str] = {}
        """What the ledger has in each field, or has been told to have."""
        self._before: dict[str, str] = {}
        self.title = label(role="emphasis")
        self.facts = label(role="meta", wrap=True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(tokens.SPACE, tokens.SPACE, tokens.SPACE, tokens.SPACE)
        self.column.setSpacing(tokens.SMALL)
        self.column.addWidget(self.title)
        self.column.addWidget(self.facts)
        form = QFormLayout()
        form.setHorizontalSpacing(tokens.SMALL)
        form.setVerticalSpacing(tokens.TINY)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self.widgets = {field.name: self._made(field, appearance) for field in fields}
        for field in fields:
            name = label(field.title, "quiet")
            name.setAlignment(Qt.AlignmentFlag.AlignTop)
            name.setContentsMargins(0, tokens.TINY, 0, 0)
            form.addRow(name, self.widgets[field.name])
        self.column.addLayout(form)
        self.column.addStretch(1)

    @property
    def record_id(self) -> int | None:
        """Whose fields are shown."""
        return self._id

    def show_record(self, record_id: int, title: str, facts: str, texts: Mapping[str, str]) -> None:
        """Show a record; of the one before what was typed is written down first."""
        if record_id != self._id:
            self.write_all()
            for widget in self.widgets.values():
                _forget(widget)
        self._id, self._texts = record_id, dict(texts)
        set_text(self.title, title)
        set_text(self.facts, facts)
        for name, widget in self.widgets.items():
            _show(widget, texts[name])

    def offer(self, name: str, options: Sequence[str]) -> None:
        """Offer *options* in the field *name*; what stands there stays."""
        widget = self.widgets[name]
        if isinstance(widget, Choice):
            present = widget.currentText()
            if [widget.itemText(at) for at in range(widget.count())] != ["", *options]:
                widget.clear()
                widget.addItems(["", *options])
                widget.setCurrentText(present)

    def begin(self) -> None:
        """Put the focus on the first field."""
        next(iter(self.widgets.values())).setFocus()

    def write_all(self) -> None:
        """Write down what stands in the fields and is not in the ledger yet."""
        for name in self.widgets:
            self._write(name)

    def refuse(self, name: str) -> None:
        """Put back what stood in a field: what was written is none of its values."""
        self._texts[name] = self._before.get(name, "")
        _forget(self.widgets[name])
        _show(self.widgets[name], self._texts[name])

    def _write(self, name: str) -> None:
        text = _text(self.widgets[name])
        if self._id is not None and text != self._texts.get(name, ""):
            self._before[name], self._texts[name] = self._texts.get(name, ""), text
            _forget(self.widgets[name])
            self.written.emit(self._id, name, text)

    def _made(self, field: FormField, appearance: Appearance) -> QWidget:
        widget: OneLine | ManyLines | Choice | Chips
        write = partial(self._write_later, field.name)
        if field.shape is Shape.LINE:
            widget = OneLine(appearance)
            widget.hint(field.hint)
            widget.editingFinished.connect(write)
        elif field.shape is Shape.TEXT:
            widget = ManyLines()
            widget.setFixedHeight(_LOW)
            widget.finished.connect(write)
        elif field.shape is Shape.CHIPS:
            widget = Chips(field.options, across=_ACROSS)
            widget.written.connect(write)
        else:
            widget = Choice(appearance)
            widget.addItems(list(field.options))
            widget.chosen.connect(write)
            widget.setMinimumContentsLength(6)
            widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            widget.setSizeAdjustPolicy(
                Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            if field.shape is Shape.NAME:
                widget.setEditable(True)
                line = widget.lineEdit()
                if line is not None:
                    line.editingFinished.connect(write)
        widget.left.connect(self.left)
        widget.setObjectName(field.name)
        widget.setAccessibleName(field.title)
        return widget

    def _write_later(self, name: str, *_written: object) -> None:
        self._write(name)


def _text(widget: QWidget) -> str:
    if isinstance(widget, OneLine):
        return widget.text().strip()
    if isinstance(widget, ManyLines):
        return widget.toPlainText().strip()
    if isinstance(widget, Choice):
        return widget.currentText().strip()
    return "、".join(widget.words) if isinstance(widget, Chips) else ""


def _show(widget: QWidget, text: str) -> None:
    if isinstance(widget, OneLine | ManyLines):
        widget.show_text(text)
    elif isinstance(widget, Chips):
        widget.show_words(text.split("、"))
    elif isinstance(widget, Choice):
        line = widget.lineEdit()
        if line is None:
            widget.show_text(text)
        elif not line.isModified():
            widget.setCurrentText(text)


def _forget(widget: QWidget) -> None:
    """Let what stands in a field count as written down."""
    if isinstance(widget, OneLine):
        widget.setModified(False)
    elif isinstance(widget, ManyLines):
        widget.document().setModified(False)
    elif isinstance(widget, Choice) and (line := widget.lineEdit()) is not None:
        line.setModified(False)
