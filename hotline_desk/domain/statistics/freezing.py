"""月结锁定: what is kept of a month when it is closed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hotline_desk.domain.statistics.closed_months import COLUMNS
from hotline_desk.domain.statistics.figures import FigureKind
from hotline_desk.domain.statistics.periods import Period

if TYPE_CHECKING:
    from hotline_desk.domain.statistics.figures import Number
    from hotline_desk.domain.statistics.period_figures import PeriodFigures
    from hotline_desk.domain.statistics.reckoning import Reckoning


def frozen(reckoning: Reckoning, month: str) -> str:
    """Return what is kept of a month that is closed now: every unit's figures and adjustments."""
    period = Period.of_month(month)
    kept: dict[str, Any] = {}
    for unit in reckoning.units.names:
        found = reckoning.counted(period, unit=unit)
        name = "" if unit == reckoning.units.union else unit
        own = reckoning.counts(period, (unit,))
        kept[name] = {
            "own": {key: value for key, value in own.items() if value},
            "columns": {column: _kept(found, column) for column in COLUMNS},
            "adjustments": [
                {
                    "month": each.month,
                    "figure": each.figure.key,
                    "reported": each.reported,
                    "present": each.present,
                }
                for each in found.adjustments
            ],
        }
    return json.dumps(kept, ensure_ascii=False, sort_keys=True)


def _kept(found: PeriodFigures, column: str) -> dict[str, Number]:
    """Return what is not nothing in a column, by key; rates follow from the rest."""
    return {
        each.figure.key: value
        for each in found.figures
        if each.figure.kind is not FigureKind.RATE and (value := getattr(each.columns, column))
    }
