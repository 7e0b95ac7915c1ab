"""回访 of incoming rows: a day and the worker's word, both or neither, as the desk notes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hotline_desk.domain.casework.cases import Satisfaction

if TYPE_CHECKING:
    from datetime import date

    from hotline_desk.domain.importing.clock import CaseDays
    from hotline_desk.domain.importing.rows import Row

AS_CLOSED, NOT_CALLED = "同办结日期", "不记回访"
"""What may hold for 回访日期 where a row that is 办结 has a 满意度 and no day."""
_DAY, _WORD = "回访日期", "满意度"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallBack:
    """What a row says of its 回访."""

    on: date | None = None
    said: Satisfaction | None = None
    remark: str = ""
    """What it says that is no 回访 here."""
    undated: bool = False
    """Whether only the day is missing, and that of 办结 could stand for it."""


def read_call_back(row: Row, days: CaseDays) -> CallBack:
    """Return what a row says; what the desk would have refused is noted in its reader.

    Args:
        row: of a case.
        days: of the case, the end of its clock among them.
    """
    on, said = days.called_back, row.choice(_WORD, Satisfaction)
    if on is not None and not row.has(_WORD):
        row.say(_DAY, "没有满意度，不算回访，记入备注", blocks=False)
        return CallBack(remark=f"回访 {on.isoformat()}，没有写满意度")
    if on is not None:
        if days.closed is None:
            row.say(_DAY, "没有办结日期，办结了才回访")
        elif days.received <= on < days.closed:
            row.say(_DAY, f"{on.isoformat()} 早于办结日期 {days.closed.isoformat()}")
        return CallBack(on=on, said=said)
    if said is None or said is Satisfaction.NO_ANSWER or row.says(_DAY):
        return CallBack()  # 未评价 is what platforms write of everybody whom nobody called
    undated = days.closed is not None
    if undated and row.reader.matching.defaults.get(_DAY) == AS_CLOSED:
        return CallBack(on=days.closed, said=said, undated=undated)
    row.say(_WORD, "没有回访日期，不算回访，记入备注", blocks=False)
    return CallBack(remark=f"满意度：{said}，没有写回访日期", undated=undated)
