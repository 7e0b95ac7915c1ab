"""Typing in the tests of the window: as an input method does, and in the form of a deed."""

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication


def commit(field, text):
    """Have an input method write *text* into *field*."""
    done = QInputMethodEvent()
    done.setCommitString(text)
    QApplication.sendEvent(field, done)


def field(leaf, name):
    """Return the field called *name* of the deed that is open in a case's *leaf*."""
    return leaf._deeds._fields[name]


def write(leaf, name, text):
    """Let *text* stand in such a field."""
    field(leaf, name).clear()
    field(leaf, name).insert(text)
