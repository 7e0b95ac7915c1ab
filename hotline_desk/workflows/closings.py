"""月结锁定: freeze a month's figures as they are reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from hotline_desk.domain.closings import MonthClosing
    from hotline_desk.ledger import Ledger
    from hotline_desk.paths import Workspace


def close_month(
    ledger: Ledger,
    workspace: Workspace,
    month: str,
    *,
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
        reviewed_by: 审核人.
        signed_by: 签发人.
        by: 填报人.
        on: 上报日期; the studio's day unless given.

    Raises:
        CalendarNotUnderstood: the office's calendar is wrong.
        LedgerError: the ledger cannot be read or written.
        MonthClosed: it has been closed already.
        MonthNotOver: its last day has not passed.
        MonthOutOfOrder: another one is to be closed first.
    """
    raise NotImplementedError


def closed_months(ledger: Ledger) -> list[MonthClosing]:
    """Return the months that have been closed, the last first.

    Raises:
        LedgerError: the ledger cannot be read.
    """
    raise NotImplementedError
