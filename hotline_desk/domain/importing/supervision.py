"""重办/督办 of a case in one cell: written for the form, and read back from it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from hotline_desk.domain.casework.cases import Action, ActionKind, Payment, Round, Satisfaction
from hotline_desk.domain.casework.clock_events import ClockEvents, Closing
from hotline_desk.domain.casework.course import ClosingWay, Finish, Promise
from hotline_desk.domain.casework.rounds import came_in, tells_of_money
from hotline_desk.domain.times import money_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.domain.importing.rows import Row

FIELD = "重办/督办"
_DAY = r"\d{4}-\d\d-\d\d"
_SUM = r"[\d,]+(?:\.\d\d)? 元"


def _one_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(each) for each in words)


_ROUND = re.compile(
    rf"重办（上一次 (?P<received>{_DAY}) 接收(?:，(?P<closed>{_DAY}) 办结)?"
    rf"(?:，(?P<way>{_one_of(ClosingWay)}))?"
    rf"(?:，(?P<finished>{_DAY}) 结案，(?P<finish>{_one_of(Finish)}))?"
    rf"(?:，协议 (?P<agreed>{_SUM}))?(?:，到账 (?P<paid>{_SUM}))?"
    rf"(?:，(?P<called>{_DAY}) 回访，(?P<said>{_one_of(Satisfaction)}))?）"
)
_NOW = re.compile(rf"本次协议 (?P<agreed>{_SUM})")
_ACTION = re.compile(rf"督办 (?P<on>{_DAY})(?:（(?P<by>[^：）]*)：(?P<words>.*)）)?")


@dataclass(frozen=True, slots=True)
class Supervision:
    """What the cell tells."""

    rounds: tuple[Round, ...] = ()
    """Those before the present one."""
    actions: tuple[Action, ...] = ()
    """督办."""
    agreed_fen: int | None = None
    """What is agreed in the present round, where those before it tell of money."""


def supervision_text(case: Case) -> str:
    """Return the cell: the rounds before the present one, then each 督办.

    The columns of a case have the money of all its rounds: this tells what is of which.
    """
    parts = [_round_text(each) for each in case.earlier]
    if case.promise.is_said and tells_of_money(case.earlier):
        parts.append(f"本次协议 {money_text(case.promise.agreed_fen)}")
    for action in case.actions:
        if action.kind is ActionKind.SUPERVISED:
            said = f"（{action.by}：{action.words}）" if action.by or action.words else ""
            parts.append(f"督办 {action.on.isoformat()}{said}")
    return "；".join(part.replace("；", "，").replace("\n", " ") for part in parts)


def read_supervision(row: Row) -> Supervision:
    """Return what a cell tells; what is not understood is noted."""
    text = row.text(FIELD)
    rounds, actions, agreed = [], [], None
    if not row.has(FIELD) or text in {"否", "无"}:
        return Supervision()
    for part in text.split("；"):
        if (found := _ROUND.fullmatch(part)) and (before := _round(found)):
            rounds.append(before)
        elif found := _NOW.fullmatch(part):
            agreed = _fen(found["agreed"])
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
    return Supervision(tuple(rounds), tuple(actions), agreed)


def _round_text(each: Round) -> str:
    closed, paid = each.events.closed_on, came_in(each)
    told = [
        f"上一次 {each.received.isoformat()} 接收",
        f"{closed.isoformat()} 办结" if closed else "",
        each.closing or "",
        f"{each.finished_on.isoformat()} 结案，{each.finish}"
        if each.finished_on and each.finish
        else "",
        f"协议 {money_text(each.promise.agreed_fen)}" if each.promise.agreed_fen else "",
        f"到账 {money_text(paid)}" if paid else "",
        f"{each.called_back_on.isoformat()} 回访，{each.satisfaction}"
        if each.called_back_on and each.satisfaction
        else "",
    ]
    return f"重办（{'，'.join(filter(None, told))}）"


def _round(found: re.Match[str]) -> Round | None:
    received, closed = _day(found["received"]), _day(found["closed"])
    if received is None:
        return None
    paid = _fen(found["paid"])
    return Round(
        received=received,
        events=ClockEvents(
            received=received, closing=Closing(on=closed, told_on=closed) if closed else None
        ),
        closing=ClosingWay(found["way"]) if found["way"] else None,
        finish=Finish(found["finish"]) if found["finish"] else None,
        finished_on=_day(found["finished"]),
        promise=Promise(agreed_fen=_fen(found["agreed"]), received_fen=paid),
        payments=(Payment(on=None, fen=paid),) if paid else (),
        called_back_on=_day(found["called"]),
        satisfaction=Satisfaction(found["said"]) if found["said"] else None,
    )


def _fen(text: str | None) -> int:
    """Return the fen of an amount as `money_text` writes it."""
    yuan, _, cents = (text or "0").removesuffix(" 元").replace(",", "").partition(".")
    return int(yuan) * 100 + int(cents or 0)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
