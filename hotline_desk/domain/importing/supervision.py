"""重办/督办 of a case in one cell: written for the form, and read back from it."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from hotline_desk.domain.casework.cases import Action, ActionKind, Round
from hotline_desk.domain.casework.clock_events import ClockEvents, Closing
from hotline_desk.domain.casework.course import ClosingWay

if TYPE_CHECKING:
    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.domain.importing.rows import Row

FIELD = "重办/督办"
_DAY = r"\d{4}-\d\d-\d\d"
_ROUND = re.compile(
    rf"重办（上一次 (?P<received>{_DAY}) 接收(?:，(?P<closed>{_DAY}) 办结)?(?:，(?P<way>[^）]+))?）"
)
_ACTION = re.compile(rf"督办 (?P<on>{_DAY})(?:（(?P<by>[^：）]*)：(?P<words>.*)）)?")


def supervision_text(case: Case) -> str:
    """Return the cell: the rounds before the present one, then each 督办."""
    parts = [_round_text(each) for each in case.earlier]
    for action in case.actions:
        if action.kind is ActionKind.SUPERVISED:
            said = f"（{action.by}：{action.words}）" if action.by or action.words else ""
            parts.append(f"督办 {action.on.isoformat()}{said}")
    return "；".join(part.replace("；", "，").replace("\n", " ") for part in parts)


def read_supervision(row: Row) -> tuple[tuple[Round, ...], tuple[Action, ...]]:
    """Return the earlier rounds and the 督办 that a cell tells of; the rest is noted."""
    text = row.text(FIELD)
    rounds, actions = [], []
    if not row.has(FIELD) or text in {"否", "无"}:
        return (), ()
    for part in text.split("；"):
        if found := _ROUND.fullmatch(part):
            rounds.append(_round(found))
        elif (found := _ACTION.fullmatch(part)) and (on := _day(found["on"])):
            actions.append(
                Action(
                    on=on,
                    kind=ActionKind.SUPERVISED,
                    words=found["words"] or "",
                    by=found["by"] or "",
                )
            )
        else:
            row.say(FIELD, f"不知道是哪一天的，没有导入：{part[:24]}", blocks=False)
    return tuple(each for each in rounds if each), tuple(actions)


def _round_text(each: Round) -> str:
    closed = each.events.closed_on
    ended = f"，{closed.isoformat()} 办结" if closed else ""
    way = f"，{each.closing}" if each.closing else ""
    return f"重办（上一次 {each.received.isoformat()} 接收{ended}{way}）"


def _round(found: re.Match[str]) -> Round | None:
    received, closed = _day(found["received"]), _day(found["closed"])
    way = next((each for each in ClosingWay if each == found["way"]), None)
    if received is None:
        return None
    closing = Closing(on=closed, told_on=closed) if closed else None
    return Round(
        received=received,
        events=ClockEvents(received=received, closing=closing),
        closing=way,
        finish=None,
        finished_on=None,
    )


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
