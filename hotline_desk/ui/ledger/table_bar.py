"""What the table shows, as chips: filters and days that can be put away, groups, columns."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget
from typing_extensions import override

from hotline_desk.domain.arranging import (
    GROUPS,
    Confirmation,
    Facet,
    Filing,
    GroupCount,
    Lately,
    Order,
)
from hotline_desk.domain.calls import Channel, PersonLabel
from hotline_desk.domain.categories import Category
from hotline_desk.domain.keeping import Keeping
from hotline_desk.domain.questions import Handling, Kind
from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.menu_button import MenuButton
from hotline_desk.ui.ledger.question_columns import COLUMNS, value_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent

    from hotline_desk.ui.ledger.ledger_view_model import LedgerViewModel
    from hotline_desk.ui.ledger.question_table import QuestionTable

_KNOWN: dict[Facet, tuple[str, ...]] = {
    Facet.CATEGORY: tuple(Category),
    Facet.KIND: tuple(Kind),
    Facet.CHANNEL: tuple(Channel),
    Facet.HANDLING: tuple(Handling),
    Facet.CASE: tuple(Filing),
    Facet.CONFIRMED: tuple(Confirmation),
    Facet.LABEL: tuple(PersonLabel),
    Facet.KEEPING: tuple(Keeping),
}
"""Facets whose values are known beforehand; those of the others the ledger is asked for."""
_NEWEST_FIRST = {Facet.EPISODE, Facet.MONTH}
_MOST = 40
"""Values in a menu; what is not among them the words of the filter find."""
_MOST_CHIPS, _LONGEST_CHIP = 6, 24
_LONG = 3
"""Values that a chip names before it only counts them."""


class TableBar(QWidget):
    """Chips of what is filtered, and menus for filters, groups and columns."""

    left = Signal()
    """Esc on a chip."""

    def __init__(
        self, model: LedgerViewModel, table: QuestionTable, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._table = table
        self._chips: list[_Chip] = []
        self.chips = QWidget()
        """What is filtered; the page gives it a line of its own while there is something."""
        self._chip_row = QHBoxLayout(self.chips)
        self._chip_row.setContentsMargins(tokens.SPACE, tokens.TINY, tokens.SPACE, 0)
        self._chip_row.setSpacing(tokens.TINY)
        self._chip_row.addStretch(1)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(tokens.TINY)
        self._add = self._button(self.tr("＋ 筛选"), self.tr("只看某些类别、时间、单位……"))
        self._orders = self._button(self.tr("排序"), self.tr("按哪一列排，升序还是降序"))
        self._groups = self._button(self.tr("分组"), self.tr("按类别、期号、月份……分组"))
        self._columns = self._button(self.tr("列"), self.tr("选要看的列"))
        for button in (self._add, self._orders, self._groups, self._columns):
            self._row.addWidget(button)
        self._fill_add()
        self._groups.list.aboutToShow.connect(self._offer_groups)
        self._orders.list.aboutToShow.connect(self._offer_orders)
        self._columns.list.aboutToShow.connect(self._fill_columns)
        model.shown_changed.connect(self._show)
        self._show()

    def begin(self) -> None:
        """Put the focus where a filter is added."""
        self._add.setFocus()

    def _button(self, words: str, tip: str) -> MenuButton:
        button = MenuButton(tip, kind="key")
        button.setText(f"{words} ▾")
        return button

    def _fill_add(self) -> None:
        menu = self._add.list
        days = menu.addMenu(self.tr("时间"))
        days.aboutToShow.connect(partial(self._fill_days, days))
        for facet in Facet:
            values = menu.addMenu(facet.value)
            values.setToolTipsVisible(True)
            values.aboutToShow.connect(partial(self._fill_values, facet, values))
        menu.addSeparator()
        menu.addAction(self.tr("全部去掉"), self._clear)

    def _fill_days(self, menu: QMenu) -> None:
        menu.clear()
        self._choices(
            menu,
            [(None, self.tr("不限")), *((each, each.value) for each in Lately)],
            self._model.shown.lately,
            self._model.choose_days,
        )

    def _fill_values(self, facet: Facet, menu: QMenu) -> None:
        if facet in _KNOWN:
            self._offer(facet, menu, tuple(GroupCount(value, -1) for value in _KNOWN[facet]))
            return
        menu.clear()
        menu.addAction(self.tr("正在读……")).setEnabled(False)
        self._model.read_values(facet, partial(self._offer, facet, menu))

    def _offer(self, facet: Facet, menu: QMenu, values: tuple[GroupCount, ...]) -> None:
        menu.clear()
        if facet in _NEWEST_FIRST:
            values = tuple(sorted(values, key=_newest_first))
        chosen = self._model.shown.filters.get(facet, ())
        for group in values[:_MOST]:
            count = f"  {group.count:,}" if group.count >= 0 else ""
            action = menu.addAction(f"{value_words(facet, group.value)}{count}")
            action.setCheckable(True)
            action.setChecked(group.value in chosen)
            action.toggled.connect(partial(self._turn, facet, group.value))
        if not values:
            menu.addAction(self.tr("台账里还没有")).setEnabled(False)

    def _turn(self, facet: Facet, value: str, on: bool) -> None:
        before = self._model.shown.filters.get(facet, ())
        without = tuple(each for each in before if each != value)
        self._model.choose(facet, (*without, value) if on else without)

    def _clear(self) -> None:
        self._model.show_unfiltered()

    def _offer_orders(self) -> None:
        menu, shown = self._orders.list, self._model.shown
        menu.clear()
        columns = [(each.order, each.title) for each in COLUMNS if each.order is not None]
        choices = [(None, self.tr("台账的顺序")), *columns]
        self._choices(menu, choices, shown.order, self._put_in_order)
        menu.addSeparator()
        way = menu.addAction(self.tr("降序"), self._turn_order)
        way.setCheckable(True)
        way.setChecked(shown.descending)
        way.setEnabled(shown.order is not None)

    def _put_in_order(self, order: Order | None) -> None:
        self._model.put_in_order(order, self._model.shown.descending)

    def _turn_order(self) -> None:
        shown = self._model.shown
        self._model.put_in_order(shown.order, not shown.descending)

    def _offer_groups(self) -> None:
        menu = self._groups.list
        menu.clear()
        self._choices(
            menu,
            [(None, self.tr("不分组")), *((each, each.value) for each in GROUPS)],
            self._model.shown.group,
            self._model.group,
        )
        menu.addSeparator()
        turn = menu.addAction(self.tr("全部收起或展开"), self._table.turn_all)
        turn.setEnabled(self._table.rows.grouped)

    def _fill_columns(self) -> None:
        menu = self._columns.list
        menu.clear()
        for column in COLUMNS:
            if not column.title:
                continue
            action = menu.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(self._table.has_column(column.name))
            action.toggled.connect(partial(self._turn_column, column.name))
        menu.addSeparator()
        menu.addAction(self.tr("恢复原样"), self._table.reset_columns)

    def _turn_column(self, name: str, on: bool) -> None:
        self._table.choose_column(name, shown=on)

    def _choices(
        self,
        menu: QMenu,
        choices: Sequence[tuple[Facet | Lately | Order | None, str]],
        chosen: object,
        choose: Callable[..., None],
    ) -> None:
        one = QActionGroup(menu)
        for value, words in choices:
            action = QAction(words, menu)
            action.setCheckable(True)
            action.setChecked(value is chosen)
            action.triggered.connect(partial(_do, choose, value))
            one.addAction(action)
            menu.addAction(action)

    def _wanted(self) -> list[tuple[str, Callable[[], None]]]:
        """Return what chips say and what puts each away, as many as have room."""
        wanted: list[tuple[str, Callable[[], None]]] = []
        model, shown = self._model, self._model.shown
        if model.ids is not None:
            wanted.append((self.tr("只看：{w}").format(w=model.ids_words), model.let_ids_go))
        if shown.lately is not None:
            wanted.append((shown.lately.value, partial(model.choose_days, None)))
        for facet, values in shown.filters.items():
            wanted.append((_chip_words(facet, values), partial(model.choose, facet, ())))
        if shown.group is not None:
            words = self.tr("按{facet}分组").format(facet=shown.group.value)
            wanted.append((words, partial(model.group, None)))
        if len(wanted) > _MOST_CHIPS:
            more = len(wanted) - _MOST_CHIPS + 1
            words = self.tr("另有 {n} 个条件，全部去掉").format(n=more)
            wanted[_MOST_CHIPS - 1 :] = [(words, model.show_unfiltered)]
        return wanted

    @Slot()
    def _show(self) -> None:
        held = next((at for at, chip in enumerate(self._chips) if chip.hasFocus()), -1)
        for chip in self._chips:
            self._chip_row.removeWidget(chip)
            chip.hide()  # without a parent, one still to be shown would become a window
            chip.deleteLater()
        self._chips = [_Chip(words, remove, self) for words, remove in self._wanted()]
        for at, chip in enumerate(self._chips):
            self._chip_row.insertWidget(at, chip)
        self.chips.setVisible(bool(self._chips) and not self._model.of_cases)
        if held >= 0:  # the focus stays in the row while chips go
            (self._chips[min(held, len(self._chips) - 1)] if self._chips else self._add).setFocus()


class _Chip(QToolButton):
    """One filter; a click, Delete or Backspace puts it away."""

    def __init__(self, words: str, remove: Callable[[], None], bar: TableBar) -> None:
        super().__init__(bar)
        self._remove = remove
        self._bar = bar
        shown = words if len(words) <= _LONGEST_CHIP else f"{words[: _LONGEST_CHIP - 1]}…"
        self.setText(f"{shown}  ×")
        self.setProperty("kind", "filter")
        self.setToolTip(self.tr("{words}\n去掉这个条件（Delete）").format(words=words))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(lambda _on=False: remove())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self._remove()
        elif event.key() == Qt.Key.Key_Escape:
            self._bar.left.emit()
        else:
            super().keyPressEvent(event)


def _chip_words(facet: Facet, values: tuple[str, ...]) -> str:
    said = [value_words(facet, value) for value in values]
    if len(said) > _LONG:
        return f"{facet.value}：{said[0]} 等 {len(said)} 项"
    return f"{facet.value}：{'、'.join(said)}"


def _newest_first(group: GroupCount) -> tuple[bool, int | str]:
    number = group.value.replace("-", "")
    return not number, -int(number) if number else 0


def _do(choose: Callable[..., None], value: object, _checked: bool = False) -> None:
    choose(value)
