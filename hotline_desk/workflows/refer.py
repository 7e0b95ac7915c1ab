"""Send a worker to a service point (转介服务点), with what he has to know to go there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline_desk import settings as office
from hotline_desk.domain.casework.cases import Action, ActionKind
from hotline_desk.domain.staff import ServicePoint
from hotline_desk.errors import RecordNotFound
from hotline_desk.workflows.case_course import take_action
from hotline_desk.workflows.cases import questions_of

if TYPE_CHECKING:
    from datetime import date

    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.ledger import Ledger
    from hotline_desk.paths import Workspace


def points(ledger: Ledger, case_id: int) -> list[ServicePoint]:
    """Return the active service points, those of the callers' districts first."""
    districts = [
        question.caller.district
        for question in questions_of(ledger, ledger.case(case_id))
        if question.caller.district
    ]

    def is_elsewhere(point: ServicePoint) -> bool:
        return not any(
            point.district and (point.district in district or district in point.district)
            for district in districts
        )

    active = [point for point in ledger.kept(ServicePoint) if point.active]
    return sorted(active, key=lambda point: (is_elsewhere(point), point.name))


def refer(ledger: Ledger, case_id: int, point_id: int, *, on: date, by: str) -> Case:
    """Note that the worker was sent to a service point.

    Raises:
        CourseRefused: it is before the case was received.
        RecordNotFound: there is no such point (any more).
    """
    words = _point(ledger, point_id).name
    action = Action(on=on, kind=ActionKind.REFERRED, words=words)
    return take_action(ledger, case_id, action, by=by)


def referral_text(ledger: Ledger, workspace: Workspace, case_id: int, point_id: int) -> str:
    """Return what is sent to the worker: where to go, when, and what to name there.

    Raises:
        CaseNotFound: no case has this id.
        RecordNotFound: there is no such point (any more).
    """
    point = _point(ledger, point_id)
    told = {"地址": point.address, "电话": point.phone, "时间": point.hours}
    return "\n".join(
        (
            f"您反映的事项（{ledger.case(case_id).number}）可以就近到{point.name}办理：",
            *(f"{name}：{text}" for name, text in told.items() if text),
            "请带上身份证、劳动合同、工资流水等材料，到了报上面的编号。",
            office.load(workspace.settings).union,
        )
    )


def _point(ledger: Ledger, point_id: int) -> ServicePoint:
    for point in ledger.kept(ServicePoint):
        if point.id == point_id:
            return point
    raise RecordNotFound("服务点")
