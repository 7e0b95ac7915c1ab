"""What a screen reader says: every field, choice and table has a name, and so has each paper."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
)

from hotline_desk.ui.kit.keys import Verb
from tests.ui.conftest import PATIENCE

KINDS = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit)


def nameless(page):
    """Return what of *page* can have the focus, is a control, and says nothing."""
    found = []
    for kind in KINDS:
        for widget in page.findChildren(kind):
            inside = isinstance(widget.parent(), QComboBox) or (
                widget.parent() is not None and isinstance(widget.parent().parent(), QComboBox)
            )
            if widget.focusPolicy() is Qt.FocusPolicy.NoFocus or inside:
                continue
            spoken = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
            if not spoken.strip() and widget.isVisible():
                found.append((type(widget).__name__, type(widget.parent()).__name__))
    return found


def test_whatever_has_the_focus_on_the_pages_has_a_name(qtbot, question, window, desk):
    told = {}
    for page in (Verb.LEDGER, Verb.STATISTICS, Verb.ARCHIVE):
        window.open_page(page)
        told[page] = nameless(window)
    for at in range(4):
        window.open_page(Verb.SETTINGS)
        window.settings.open_leaf(at)
        told["settings", at] = nameless(window)
    for page in (Verb.IMPORT, Verb.EXPORT):
        window.verbs[page].trigger()
        told[page] = nameless(window)

    assert {page: found for page, found in told.items() if found} == {}


def test_a_paper_is_called_by_its_own_name(qtbot, window, desk, fonts):
    window.open_page(Verb.STATISTICS)
    with qtbot.waitSignal(desk.daily.shown, timeout=PATIENCE):
        desk.statistics.refresh()

    with qtbot.waitSignal(desk.summary.made, timeout=PATIENCE) as made:
        desk.daily.print_()

    assert window.papers.page._view.accessibleName() == made.args[0].path.stem
    assert "每日台账" in window.papers.page._view.accessibleName()
