"""The fields of one record of a register; what is typed stays until it is saved or put back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.chips import Ticks
from hotline_desk.ui.kit.fields import Field, field_widget
from hotline_desk.ui.kit.panel import Panel, hairline, label
from hotline_desk.ui.kit.restyle import set_text
from hotline_desk.ui.kit.text_fields import Choice
from hotline_desk.ui.registers.register_view_model import Record

if TYPE_CHECKING:
    from hotline_desk.ui.kit.style import Appearance

W = TypeVar("W")

Value = Any
"""What stands in a field of a record."""

_LABEL = 64


Offers = Callable[[Sequence[W], Record], Sequence[tuple[str, Value]]]
"""Returns words and value of what can be chosen, from the register's rows and the record."""


class RegisterForm(Panel, Generic[W]):
    """One record at a time, or a new one."""

    save_asked = Signal()
    remove_asked = Signal()
    left = Signal()
    """Esc: back to the list; what was typed stays."""

    def __init__(
        self, fields: Sequence[Field], offers: Mapping[str, Offers[W]], new: str,
        appearance: Appearance, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        """Begin with nothing.

        Args:
            fields: from the top; the first is the record's name.
            offers: what can be chosen in fields by their names.
            new: what a record is called that is not in the register yet.
            appearance: the theme in force.
            parent: as for every widget.
        """
        super().__init__("left", parent)
        self._fields = tuple(fields)
        self._offers = offers
        self._new = new
        self._record: Record = None
        self._title = label(role="emphasis")
        self._state = label(role="meta", wrap=True)
        self._inputs = {field.name: field_widget(field, appearance) for field in fields}
        self.save = QPushButton(self.tr("保存  Ctrl+S"))
        self.save.setProperty("kind", "main")
        self.save.setToolTip(self.tr("保存这一条（Ctrl+S）"))
        self.save.clicked.connect(self.save_asked)
        self.remove = QPushButton(self.tr("移出名单"))
        self.remove.setToolTip(self.tr("移出名单，以前的案件和记录不变；Ctrl+Z 放回（Delete）"))
        self.remove.clicked.connect(self.remove_asked)
        self.modified = False
        """Whether something was typed that is not saved."""
        self._showing = False
        for widget in self._inputs.values():
            widget.typed.connect(self._type)
            widget.left.connect(self.left)
        self._lay_out()

    @property
    def is_new(self) -> bool:
        """Whether the record at hand is not in the register yet."""
        return self._record is not None and not self._record.id

    @property
    def record_id(self) -> int:
        """The id of the record at hand; 0 for a new one, and for none."""
        return self._record.id if self._record is not None else 0

    def record(self) -> Record:
        """Return the record as it is written here."""
        written = {field.name: self._written(field.name) for field in self._fields}
        return replace(self._record, **written)

    def show_record(self, record: Record, rows: Sequence[W], says: str = "") -> None:
        """Show *record* instead, and what can be chosen for it among *rows*.

        What has been typed and not saved is gone.
        """
        self._record = record
        self._showing = True
        for field in self._fields:
            self._fill(field, getattr(record, field.name), rows)
        self._showing = False
        self.modified = False
        self._says = says
        self.remove.setVisible(bool(record.id))
        self._show_state()

    def saved(self, record: Record) -> None:
        """Take note that what stands here is in the register as *record*."""
        self._record = record
        self.modified = False
        self.remove.show()
        self._show_state()

    def begin(self) -> None:
        """Put the focus on the name."""
        self._inputs[self._fields[0].name].setFocus()

    def _lay_out(self) -> None:
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(tokens.SPACE, tokens.SPACE, tokens.SPACE, tokens.SPACE)
        form = QFormLayout()
        column.addLayout(form)
        column.addStretch(1)
        form.setHorizontalSpacing(tokens.SPACE)
        form.setVerticalSpacing(tokens.SMALL)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for field in self._fields:
            words = label(field.title, "quiet")
            words.setFixedWidth(_LABEL)
            form.addRow(words, self._inputs[field.name])
        leaf = QScrollArea()
        leaf.setWidgetResizable(True)
        leaf.setWidget(sheet)
        top, below = QWidget(), QWidget()
        head = QVBoxLayout(top)
        head.setContentsMargins(tokens.SPACE, tokens.SPACE, tokens.SPACE, tokens.SMALL)
        head.setSpacing(2)
        head.addWidget(self._title)
        head.addWidget(self._state)
        buttons = QHBoxLayout(below)
        buttons.setContentsMargins(tokens.SPACE, tokens.SMALL, tokens.SPACE, tokens.SPACE)
        buttons.addWidget(self.save, 1)
        buttons.addWidget(self.remove)
        for widget in (top, hairline()):
            self.column.addWidget(widget)
        self.column.addWidget(leaf, 1)
        self.column.addWidget(below)

    def _fill(self, field: Field, value: Value, rows: Sequence[W]) -> None:
        widget = self._inputs[field.name]
        widget.modified = False
        if isinstance(widget, Choice):
            widget.clear()
            for words, offered in self._offers[field.name](rows, self._record):
                widget.addItem(words, offered)
            widget.setCurrentIndex(max(0, widget.findData(value)))
        elif isinstance(value, bool):
            widget.show_text("、".join(field.options) if value else "")
        else:
            widget.show_text(value)

    def _written(self, name: str) -> Value:
        widget = self._inputs[name]
        if isinstance(widget, Choice):
            return widget.currentData()
        text = widget.text().strip()
        return bool(text) if isinstance(widget, Ticks) else text

    def _type(self) -> None:
        if not self._showing and not self.modified:
            self.modified = True
            self._show_state()

    def _show_state(self) -> None:
        set_text(self._title, self._record.name or self._new)
        unsaved = self.tr("有改动还没保存，按 Ctrl+S")
        fresh = self.tr("填好后按 Ctrl+S 保存") if self.is_new else self._says
        set_text(self._state, unsaved if self.modified else fresh)
        self._state.setVisible(bool(self._state.text()))
