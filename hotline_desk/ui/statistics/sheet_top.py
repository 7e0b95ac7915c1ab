"""What stands above a sheet of figures: which days, whose, and who answers for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline_desk.ui.kit.text_fields import Choice, OneLine
from hotline_desk.ui.statistics.usual_period import Usual

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import (
        QWidget,
    )

    from hotline_desk.ui.kit.style import Appearance
    from hotline_desk.ui.statistics.daily_view_model import DailyViewModel
    from hotline_desk.ui.statistics.period_bar import PeriodBar
    from hotline_desk.ui.statistics.statistics_view_model import StatisticsViewModel

UNIT, NAME = 208, 104


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
