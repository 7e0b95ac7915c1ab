"""Views of the ledger: those that are always there, and one's own with their names."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QWidget,
)

from hotline_desk.ui.kit import keys, tokens
from hotline_desk.ui.kit.keys import Verb
from hotline_desk.ui.kit.menu_button import MenuButton
from hotline_desk.ui.kit.text_fields import OneLine
from hotline_desk.ui.ledger.ledger_view_model import OF_CASES, SavedView

if TYPE_CHECKING:
    from hotline_desk.domain.arranging import View
    from hotline_desk.ui.kit.style import Appearance
    from hotline_desk.ui.ledger.ledger_view_model import LedgerViewModel

_LEAST, _NAME = 96, 160
VIEW_KEYS = {
    SavedView.DUE: Verb.DUE,
    SavedView.CASES: Verb.CASES,
    SavedView.REGISTER: Verb.REGISTER,
}


class ViewsBar(QWidget):
    """One button a view; a field to name one in stands in their row, not on top of it."""

    asked = Signal(SavedView)
    own_asked = Signal(object)
    """A view of one's own (View)."""
    left = Signal()
    """A name was given, or not."""

    def __init__(
        self, model: LedgerViewModel, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._group = QButtonGroup(self)
        self._buttons: dict[SavedView, QPushButton] = {}
        self._renamed: View | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.SMALL)
        for view in SavedView:
            button = QPushButton(self.tr(view.value))
            button.setCheckable(True)
            button.setProperty("kind", "choice")
            verb = VIEW_KEYS.get(view)
            button.setToolTip(self.tr("只看这些行") if verb is None else keys.tip(verb))
            button.clicked.connect(partial(self._ask, view))
            self._group.addButton(button)
            self._buttons[view] = button
            row.addWidget(button)
        self._own = MenuButton(self.tr("自己存的视图：筛选、分组和排序"), kind="own-view")
        self._menu = self._own.list
        self._menu.aboutToShow.connect(self._fill)
        self.name = OneLine(appearance)
        self.name.setAccessibleName(self.tr("视图的名字"))
        self.name.setMinimumWidth(_LEAST)
        self.name.setMaximumWidth(_NAME)
        self.name.hide()
        self.name.returnPressed.connect(self._named)
        self.name.left.connect(self._put_away)
        row.addWidget(self._own)
        row.addWidget(self.name)
        model.shown_changed.connect(self._show)
        model.views_changed.connect(self._show)
        self._show()

    def button(self, view: SavedView) -> QPushButton:
        """Return the button of *view*."""
        return self._buttons[view]

    def _ask(self, view: SavedView, _on: bool = False) -> None:
        self.asked.emit(view)

    @property
    def at_hand(self) -> View | None:
        """Which view of one's own is shown just as it was kept."""
        model = self._model
        if model.ids is not None or model.view in OF_CASES:
            return None
        return next((view for view in model.views if view.shown == model.shown), None)

    @Slot()
    def _show(self) -> None:
        standing = self._model.standing_view
        self._group.setExclusive(False)
        for view in SavedView:
            self.button(view).setChecked(view is standing)
        self._group.setExclusive(standing is not None)
        own = self.at_hand
        self._own.setText(f"{own.name if own and standing is None else self.tr('视图')} ▾")
        self._own.setProperty("chosen", own is not None and standing is None)
        self._own.style().unpolish(self._own)
        self._own.style().polish(self._own)

    def _fill(self) -> None:
        self._menu.clear()
        at_hand = self.at_hand
        for view in self._model.views:
            action = self._menu.addAction(view.name)
            action.setCheckable(True)
            action.setChecked(view == at_hand)
            action.triggered.connect(partial(self._choose, view))
        if self._model.views:
            self._menu.addSeparator()
        keep = self._menu.addAction(self.tr("把现在的样子存为视图"), partial(self._name, None))
        keep.setEnabled(self._model.view not in OF_CASES and self._model.ids is None)
        for words, done in ((self.tr("改名"), self._name), (self.tr("删除"), self._remove)):
            part = self._menu.addMenu(words)
            part.setEnabled(bool(self._model.views))
            for view in self._model.views:
                part.addAction(view.name, partial(done, view))

    def _choose(self, view: View, _checked: bool = False) -> None:
        self.own_asked.emit(view)

    def _remove(self, view: View) -> None:
        self._model.remove_view(view)

    def _name(self, view: View | None) -> None:
        """Ask for a name, in the row: Enter takes it, Esc puts it away."""
        self._renamed = view
        self.name.setText(view.name if view else "")
        self.name.hint(self.tr("视图的名字"))
        self.name.setToolTip(self.tr("存为视图（Enter），或不存（Esc）"))
        self._own.hide()  # its place is wanted
        self.name.show()
        self.name.setFocus()

    @Slot()
    def _named(self) -> None:
        name = self.name.text().strip()
        renamed = self._renamed
        if name and renamed is not None:
            self._model.rename_view(renamed, name)
        elif name:
            self._model.keep_view(name)
        self._put_away()

    @Slot()
    def _put_away(self) -> None:
        self._renamed = None
        self.name.hide()
        self._own.show()
        self.left.emit()
