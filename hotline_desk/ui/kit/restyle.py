"""Give a widget another part in the stylesheet while it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from hotline_desk.ui.kit import tokens

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel, QWidget

_PADDED = {"alarm", "warning", "chip", "red-card"}


def set_role(label: QLabel, role: str) -> None:
    """Let *label* be drawn as *role* says; does nothing where it is already."""
    if label.property("role") == role:
        return
    label.setProperty("role", role)
    # a label's size hint leaves a stylesheet's padding out
    aside = tokens.SMALL if role in _PADDED else 0
    label.setContentsMargins(aside, 2 if aside else 0, aside, 2 if aside else 0)
    if label.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # else its first look is its own
        restyle(label)


def set_text(label: QLabel, text: str) -> None:
    """Show *text*; a label that shows it already is not laid out again."""
    if label.text() != text:
        label.setText(text)


def restyle(*widgets: QWidget) -> None:
    """Let *widgets* be drawn as the stylesheet says of their properties now."""
    for widget in widgets:
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.updateGeometry()
