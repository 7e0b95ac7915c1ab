"""月结锁定: freeze a month's figures as they are reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline_desk.domain.statistics.closings import MonthClosing
from hotline_desk.domain.statistics.freezing import frozen
from hotline_desk.domain.statistics.periods import Period, month_after, month_of
from hotline_desk.domain.times import studio_now
from hotline_desk.errors import MonthBeforeFirst, MonthClosed, MonthNotOver, MonthOutOfOrder
from hotline_desk.workflows.statistics import reckon

if TYPE_CHECKING:
    from datetime import date

    from hotline_desk.ledger import Ledger
    from hotline_desk.paths import Workspace


def close_month(
    ledger: Ledger,
    workspace: Workspace,
    month: str,
    *,
    prepared_by: str = "",
    reviewed_by: str = "",
    signed_by: str = "",
    by: str,
    on: date | None = None,
) -> MonthClosing:
    """Freeze the figures of a month written as 2026-11, of every 填报单位; undo takes it back.

    What changes in that month later is told as 上月调整 by the next month's sheet.

    Args:
        ledger: belongs to this thread.
        workspace: whose settings, calendar and limits hold.
        month: the first to be closed, or the one after the last that was.
        prepared_by: 填报人; who does it unless given.
        reviewed_by: 审核人.
        signed_by: 签发人.
        by: who does it.
        on: 上报日期; the studio's day unless given.

    Raises:
        CalendarNotUnderstood: the office's calendar is wrong.
        LedgerError: the ledger cannot be read or written.
        MonthBeforeFirst: it lies before the first that was closed, or long before anything counted.
        MonthClosed: it has been closed already.
        MonthNotOver: its last day has not passed.
        MonthOutOfOrder: another one is to be closed first.
    """
    today, period = on or studio_now().date(), Period.of_month(month)
    with ledger.together():
        closed = closed_months(ledger)
        if any(each.month == month for each in closed):
            raise MonthClosed(month)
        if period.last >= today:
            raise MonthNotOver(month)
        if closed and month < (first := closed[-1].month):
            raise MonthBeforeFirst(month, first)
        if closed and month != (due := month_after(closed[0].month)):
            raise MonthOutOfOrder(month, due)
        reckoning = reckon(ledger, workspace, on=today)
        first = month_of(reckoning.beginning or today)
        # a year mistyped would leave every month since to be closed
        if not closed and month_after(month) < first:
            raise MonthBeforeFirst(month, first)
        closing = MonthClosing(
            month=month,
            unit=reckoning.units.union,
            figures=frozen(reckoning, month),
            prepared_by=prepared_by or by,
            reviewed_by=reviewed_by,
            signed_by=signed_by,
            reported_on=today,
        )
        return ledger.keep(closing, by=by)


def closed_months(ledger: Ledger) -> list[MonthClosing]:
    """Return the months that have been closed, the last first.

    Raises:
        LedgerError: the ledger cannot be read.
    """
    return sorted(ledger.kept(MonthClosing), key=lambda each: each.month, reverse=True)
