"""Deeds that somebody else is to act on: 转办, 督办, 质检, 催办, 转介服务点."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from hotline_desk.domain.casework.cases import Action, ActionKind
from hotline_desk.domain.casework.urging import Urged
from hotline_desk.ui.cases.deed import DeedKind, Doing, Place, day
from hotline_desk.ui.kit.fields import Field, choice
from hotline_desk.workflows import (
    case_course,
    refer,
    urge,
)

if TYPE_CHECKING:
    from hotline_desk.domain.staff import ServicePoint
    from hotline_desk.ledger.ledger import Ledger
    from hotline_desk.ui.cases.deed import Act, Asked, Copy, Fields, Standing


def _action(kind: ActionKind, title: str, hint: str, what: str, *, finished: bool) -> DeedKind:
    """Return the deed of writing down an action; *finished* says whether after 结案 too."""

    def fields(standing: Standing) -> Fields:
        yield Field(name="words", title=title, hint=hint)
        yield day(standing)

    def act(asked: Asked) -> Act:
        words, on = asked.read.wanted("words", what), asked.read.day("on", "日期")
        action = Action(on=on, kind=kind, words=words, by=asked.by)
        return partial(case_course.take_action, case_id=asked.case.id, action=action, by=asked.by)

    return DeedKind(
        fields=fields,
        act=act,
        place=Place.MORE,
        possible=lambda standing: finished or standing.case.course.is_open,
    )


def _urge_fields(_standing: Standing) -> Fields:
    yield choice("whom", "催谁", [each.value for each in Urged], Urged.OWNER.value)


def _urged(asked: Asked) -> Urged:
    return Urged(asked.read.chosen("whom", "催谁"))


def _urge(asked: Asked) -> Act:
    words = _urged(asked).value
    action = Action(on=asked.read.today, kind=ActionKind.URGED, words=words, by=asked.by)
    return partial(case_course.take_action, case_id=asked.case.id, action=action, by=asked.by)


def _urging(asked: Asked) -> Copy:
    whom, on = _urged(asked), asked.read.today

    def copy(ledger: Ledger) -> tuple[str, str]:
        made = urge.urging_text(ledger, asked.office.workspace, [asked.case.id], whom, on=on)
        return made.words, made.left_out

    return copy


def _refer_fields(standing: Standing) -> Fields:
    points = [point.name for point in standing.around.points]
    yield choice("point", "服务点", points, points[0] if points else "")
    yield day(standing)


def _point(asked: Asked) -> ServicePoint:
    name = asked.read.chosen("point", "服务点")
    return next(point for point in asked.around.points if point.name == name)


def _refer(asked: Asked) -> Act:
    point, on = _point(asked), asked.read.day("on", "日期")
    return partial(refer.refer, case_id=asked.case.id, point_id=point.id, on=on, by=asked.by)


def _referral(asked: Asked) -> Copy:
    point, workspace = _point(asked), asked.office.workspace
    return lambda ledger: (refer.referral_text(ledger, workspace, asked.case.id, point.id), "")


ACTION_DEEDS: dict[Doing, DeedKind] = {
    Doing.HAND_ON: _action(
        ActionKind.PASSED_ON, "转给", "人社局、12345……", "转给谁", finished=False
    ),
    Doing.SUPERVISE: _action(
        ActionKind.SUPERVISED, "督办要求", "要谁在什么时候以前做什么", "督办要求", finished=True
    ),
    Doing.CHECK: _action(
        ActionKind.CHECKED, "质检意见", "查了什么，结果怎样", "质检意见", finished=True
    ),
    Doing.URGE: DeedKind(fields=_urge_fields, act=_urge, copy=_urging, place=Place.MORE),
    Doing.REFER: DeedKind(
        fields=_refer_fields,
        act=_refer,
        copy=_referral,
        place=Place.MORE,
        possible=lambda at: at.case.course.is_open and bool(at.around.points),
    ),
}
