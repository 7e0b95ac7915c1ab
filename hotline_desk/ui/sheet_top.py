"""What stands above a sheet: which days, whose, who answers for it, and where it goes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from hotline_desk.ui import tokens
from hotline_desk.ui.panel import label
from hotline_desk.ui.text_fields import Choice, OneLine
from hotline_desk.ui.usual_period import Usual

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from hotline_desk.ui.daily_view_model import DailyViewModel
    from hotline_desk.ui.period_bar import PeriodBar
    from hotline_desk.ui.statistics_view_model import StatisticsViewModel
    from hotline_desk.ui.style import Appearance

UNIT, NAME = 208, 104


def bar(*rows: QWidget | QHBoxLayout) -> QWidget:
    """Return rows one below the other, with the page's distances."""
    top = QWidget()
    column = QVBoxLayout(top)
    column.setContentsMargins(tokens.SPACE, tokens.SMALL, tokens.SPACE, tokens.SMALL)
    column.setSpacing(tokens.SMALL)
    for row in rows:
        if isinstance(row, QWidget):
            column.addWidget(row)
        else:
            column.addLayout(row)
    return top


def abreast(*parts: QWidget | str | int) -> QHBoxLayout:
    """Return widgets beside each other; text is a quiet label, 0 takes what room is left."""
    row = QHBoxLayout()
    row.setSpacing(tokens.SMALL)
    for part in parts:
        if isinstance(part, QWidget):
            row.addWidget(part)
        elif isinstance(part, str):
            row.addWidget(label(part, "quiet"))
        else:
            row.addStretch(1)
    return row


def unit_choice(appearance: Appearance, name: str) -> Choice:
    """Return the choice of 填报单位."""
    made = Choice(appearance)
    made.setFixedWidth(UNIT)
    made.setAccessibleName(name)
    return made


def show_units(choice: Choice, units: Sequence[str], unit: str) -> None:
    """Offer *units*, and show *unit*."""
    if [choice.itemText(at) for at in range(choice.count())] != list(units):
        choice.clear()
        choice.addItems(list(units))
    choice.setCurrentText(unit)


def steer(
    model: StatisticsViewModel | DailyViewModel, period: PeriodBar, unit: Choice, table: QWidget
) -> None:
    """Have *period* and *unit* choose what *model* shows, and show what is chosen.

    The focus goes to *table* when the days are left.
    """
    period.chosen.connect(lambda word: model.choose_usual(Usual(word)))
    period.stepped.connect(model.step)
    period.typed.connect(model.choose_days)
    period.refused.connect(model.warned)
    period.left.connect(table.setFocus)
    unit.activated.connect(lambda _at: model.choose_unit(unit.currentText()))

    def show() -> None:
        usual, days = model.usual.value if model.usual else "", model.period
        period.show_period(usual, model.period_words, days.first, days.last)
        show_units(unit, model.units, model.unit)

    model.chosen_changed.connect(show)
    show()


def name_field(appearance: Appearance, name: str) -> OneLine:
    """Return a field for one who answers for a sheet."""
    made = OneLine(appearance)
    made.setFixedWidth(NAME)
    made.setAccessibleName(name)
    return made


def button(words: str, tip: str, done: Callable[[], None], *, key: str = "") -> QPushButton:
    """Return a button that does one thing; its *key* works while it is in sight."""
    made = QPushButton(words)
    made.setShortcut(QKeySequence(key))
    made.setToolTip(f"{tip}（{key}）" if key else tip)
    made.clicked.connect(lambda _on=False: done())
    return made


def choices(words: Iterable[str], parent: QWidget, *, tips: Sequence[str] = ()) -> QButtonGroup:
    """Return a button for each of *words*, one of them pressed at a time; ids are their places."""
    group = QButtonGroup(parent)
    for at, text in enumerate(words):
        made = QPushButton(text)
        made.setCheckable(True)
        made.setProperty("kind", "choice")
        made.setToolTip(tips[at] if at < len(tips) else "")
        group.addButton(made, at)
    return group


def ask_where(parent: QWidget, title: str, name: str, then: Callable[[str], None]) -> None:
    """Ask where the Excel file *name* shall lie, then call *then* with its path."""
    dialog = QFileDialog(parent, title, str(Path.home() / name))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(parent.tr("Excel 文件 (*.xlsx)"))
    dialog.setDefaultSuffix("xlsx")
    dialog.fileSelected.connect(then)
    dialog.open()
