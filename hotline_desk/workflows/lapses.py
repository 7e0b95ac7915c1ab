"""Tell what lapses in a case by the office's list of time limits of the law (时效提醒)."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from hotline_desk.domain.course import Closing, Course, Fulfilment
from hotline_desk.domain.lapses import Limit, Unit, lapses
from hotline_desk.errors import LapsesNotUnderstood
from hotline_desk.paths import resource

if TYPE_CHECKING:
    from datetime import date
    from typing import Any

    from hotline_desk.domain.cases import Case
    from hotline_desk.domain.lapses import Lapse
    from hotline_desk.domain.workdays import Calendar
    from hotline_desk.paths import Workspace

_NAME = "lapses.toml"
_AGREED, _DUE = "调解协议生效", "裁判规定的履行期届满"
"""Events of the list that a case itself knows the day of."""


def case_lapses(case: Case, workspace: Workspace, on: date, *, calendar: Calendar) -> list[Lapse]:
    """Return what lapses in an open case, by the days that it knows, the first to lapse first.

    Raises:
        LapsesNotUnderstood: the office's list is wrong.
    """
    days = _known_days(case, on)
    return lapses(read_lapse_limits(workspace), days, calendar=calendar) if days else []


def _known_days(case: Case, on: date) -> dict[str, date]:
    if not case.course.is_open or case.promise.fulfilment(on) is Fulfilment.FULFILLED:
        return {}
    known = {}
    if case.closing is Closing.MEDIATED and case.events.closing is not None:
        known[_AGREED] = case.events.closing.on
    if case.course in {Course.ARBITRATION, Course.LAWSUIT} and case.promise.pay_by is not None:
        known[_DUE] = case.promise.pay_by
    return known


def read_lapse_limits(workspace: Workspace) -> tuple[Limit, ...]:
    """Return the office's own list, ``lapses.toml`` in the workspace, else the shipped one.

    Raises:
        LapsesNotUnderstood: the list is wrong.
    """
    own = workspace.root / _NAME
    path = own if own.exists() else resource("laws") / _NAME
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        return tuple(_limit(entry) for entry in found["limit"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LapsesNotUnderstood(path) from error


def _limit(entry: dict[str, Any]) -> Limit:
    start, unit = str(entry.pop("from")), Unit(entry.pop("unit"))
    limit = Limit(start=start, unit=unit, **entry)
    if type(limit.count) is not int or limit.count < 1:
        raise ValueError(limit)
    return limit
