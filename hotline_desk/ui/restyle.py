"""Give a widget another part in the stylesheet while it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel, QWidget


def set_role(widget: QWidget, role: str) -> None:
    """Let *widget* be drawn as *role* says; does nothing where it is already."""
    if widget.property("role") != role:
        widget.setProperty("role", role)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.updateGeometry()


def set_text(label: QLabel, text: str) -> None:
    """Show *text*; a label that shows it already is not laid out again."""
    if label.text() != text:
        label.setText(text)
