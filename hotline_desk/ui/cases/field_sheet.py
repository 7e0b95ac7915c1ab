"""Fields of a case that are written in place: in the ledger once one is left, or with Ctrl+S."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.fields import field_widget
from hotline_desk.ui.kit.panel import label
from hotline_desk.ui.kit.text_fields import Choice, ManyLines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hotline_desk.ui.cases.case_view_model import CaseViewModel
    from hotline_desk.ui.kit.fields import Field
    from hotline_desk.ui.kit.style import Appearance

_LABEL = 76


class FieldSheet(QWidget):
    """Named fields, one a line."""

    left = Signal()

    def __init__(
        self,
        model: CaseViewModel,
        fields: Sequence[Field],
        appearance: Appearance,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self.fields = {field.name: field_widget(field, appearance) for field in fields}
        grid = field_grid(self)
        for row, field in enumerate(fields):
            made = self.fields[field.name]
            made.finished.connect(partial(self._write, field.name))
            made.left.connect(self.left)
            add_row(grid, row, field.title, made)

    @property
    def order(self) -> list[QWidget]:
        """What takes the focus, in reading order."""
        return list(self.fields.values())

    def offer(self, name: str, options: Sequence[str]) -> None:
        """Let *options* be chosen from in the field *name*; what stands there is among them."""
        choice = self.fields[name]
        if isinstance(choice, Choice):
            choice.offer([*options, self._model.text(name)])

    def show_case(self) -> None:
        """Show what stands in the case; what is being typed stays."""
        for name, field in self.fields.items():
            field.show_text(self._model.text(name))

    def write_all(self) -> None:
        """Write what was typed and has not been left yet."""
        for name in self.fields:
            self._write(name)

    def _write(self, name: str) -> None:
        field = self.fields[name]
        if field.modified:
            field.modified = not self._model.write(name, field.text())


def field_grid(parent: QWidget) -> QGridLayout:
    """Return an empty grid of names and fields on *parent*."""
    grid = QGridLayout(parent)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(tokens.SMALL)
    grid.setVerticalSpacing(tokens.SMALL)
    grid.setColumnMinimumWidth(0, _LABEL)
    grid.setColumnStretch(1, 1)
    return grid


def add_row(
    grid: QGridLayout, row: int, title: str, widget: QWidget, *, grows: bool = False
) -> None:
    """Put *widget* into *grid*, its name at its left, at its top where it is high or *grows*."""
    if title:
        name = label(title, "quiet")
        high = grows or isinstance(widget, ManyLines)
        name.setContentsMargins(0, tokens.SMALL if high else 0, 0, 0)
        top = Qt.AlignmentFlag.AlignTop if high else Qt.AlignmentFlag.AlignVCenter
        grid.addWidget(name, row, 0, top)
    grid.addWidget(widget, row, 1)
