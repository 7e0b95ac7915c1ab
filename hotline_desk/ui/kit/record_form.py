"""One record's fields, each written down as it is left; what is being typed stays."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QVBoxLayout, QWidget

from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.fields import field_widget
from hotline_desk.ui.kit.panel import label
from hotline_desk.ui.kit.restyle import set_text
from hotline_desk.ui.kit.text_fields import Choice

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hotline_desk.ui.kit.fields import Field
    from hotline_desk.ui.kit.style import Appearance


class RecordForm(QWidget):
    """Fields from top to bottom under a title."""

    written = Signal(int, str, str)
    """The record's id, a field's name and what was written; chips are joined by 、."""
    left = Signal()

    def __init__(
        self, fields: Sequence[Field], appearance: Appearance, parent: QWidget | None = None
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
        self._form = form = QFormLayout()
        form.setHorizontalSpacing(tokens.SMALL)
        form.setVerticalSpacing(tokens.TINY)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self.widgets = {field.name: field_widget(field, appearance) for field in fields}
        for field in fields:
            self.widgets[field.name].finished.connect(partial(self._write, field.name))
            self.widgets[field.name].left.connect(self.left)
            form.addRow(_name(field.title), self.widgets[field.name])
        self.column.addLayout(form)
        self.column.addStretch(1)

    def add_below(self, name: str, title: str, widget: QWidget) -> None:
        """Put *widget*, which is none of the record's fields, below the field *name*."""
        row = self._form.getWidgetPosition(self.widgets[name])[0]  # type: ignore[index]  # its stub says object
        self._form.insertRow(row + 1, _name(title), widget)

    @property
    def record_id(self) -> int | None:
        """Whose fields are shown."""
        return self._id

    def show_record(self, record_id: int, title: str, facts: str, texts: Mapping[str, str]) -> None:
        """Show a record; of the one before what was typed is written down first."""
        if record_id != self._id:
            self.write_all()
            for widget in self.widgets.values():
                widget.modified = False
        self._id, self._texts = record_id, dict(texts)
        set_text(self.title, title)
        set_text(self.facts, facts)
        for name, widget in self.widgets.items():
            widget.show_text(texts[name])

    def take_on(self, record_id: int) -> None:
        """Let what is shown be the record of this id: it was new, and has one now."""
        self._id = record_id

    def offer(self, name: str, options: Sequence[str]) -> None:
        """Offer *options* in the field *name*; what stands there stays."""
        widget = self.widgets[name]
        if isinstance(widget, Choice):
            widget.offer(options)

    def begin(self, name: str = "") -> None:
        """Put the focus on the field *name*, else on the first."""
        (self.widgets[name] if name else next(iter(self.widgets.values()))).setFocus()

    def write_all(self) -> None:
        """Write down what stands in the fields and is not in the ledger yet."""
        for name in self.widgets:
            self._write(name)

    def refuse(self, name: str) -> None:
        """Put back what stood in a field: what was written is none of its values."""
        self._texts[name] = self._before.get(name, "")
        self.widgets[name].modified = False
        self.widgets[name].show_text(self._texts[name])

    def _write(self, name: str) -> None:
        text = self.widgets[name].text().strip()
        if self._id is not None and text != self._texts.get(name, ""):
            self._before[name], self._texts[name] = self._texts.get(name, ""), text
            self.widgets[name].modified = False
            self.written.emit(self._id, name, text)


def _name(title: str) -> QLabel:
    name = label(title, "quiet")
    name.setAlignment(Qt.AlignmentFlag.AlignTop)
    name.setContentsMargins(0, tokens.TINY, 0, 0)
    return name
