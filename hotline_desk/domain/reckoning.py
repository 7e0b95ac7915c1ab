"""Counting: the office's records, and what each figure comes to for any days and any unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from hotline_desk.domain.figures import Figure, Number
    from hotline_desk.domain.period_figures import Group, GroupRow, PeriodFigures, RowsBehind
    from hotline_desk.domain.periods import Period
    from hotline_desk.domain.units import UnitLine, Units


class Reckoning:
    """What the ledger came to at one moment; it stays as it is when the ledger changes."""

    on: date
    """The day it was read: nothing later has happened yet."""
    units: Units
    figures: tuple[Figure, ...]
    """Every figure in the order of 每月汇总, categories by the office's 统计口径."""

    def counted(self, period: Period, *, unit: str = "") -> PeriodFigures:
        """Return every figure in every column for *unit*, the union while empty, and all below it.

        A closed month has the figures it was reported with, and later ones build on them.

        Raises:
            KeyError: nobody knows the unit.
        """
        raise NotImplementedError

    def groups(self, period: Period, by: Group, *, unit: str = "") -> tuple[GroupRow, ...]:
        """Return how the figures of *period* spread, as they are now; the sums are the figures.

        Raises:
            KeyError: nobody knows the unit.
        """
        raise NotImplementedError

    def numbers(self, period: Period, *, unit: str = "") -> dict[str, Number]:
        """Return every figure of *period* as it is now, by its key.

        Raises:
            KeyError: nobody knows the unit.
        """
        raise NotImplementedError

    def of_line(self, period: Period, line: UnitLine) -> dict[str, Number]:
        """Return every figure of *period* as it is now for one row of a sheet by 填报单位."""
        raise NotImplementedError

    def behind(
        self,
        key: str,
        period: Period,
        *,
        unit: str = "",
        by: Group | None = None,
        value: str = "",
    ) -> RowsBehind:
        """Return the rows that a figure counts, or its part with *value* of the group *by*.

        A rate opens what it is a rate of.

        Raises:
            KeyError: no figure has the key, or nobody knows the unit.
        """
        raise NotImplementedError
