"""Write the text that moves cases on (一键催办), and note that whoever has them was urged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotline_desk import settings as office
from hotline_desk.domain.casework.cases import Action, ActionKind
from hotline_desk.domain.casework.deadlines import read_clock
from hotline_desk.domain.casework.urging import Matter, Urged, urging
from hotline_desk.domain.employers import Likeness, likeness
from hotline_desk.errors import CourseRefused
from hotline_desk.workflows.case_course import take_action
from hotline_desk.workflows.cases import consents_of, questions_of
from hotline_desk.workflows.limits import read_calendar, read_limits

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.domain.casework.urging import Urging
    from hotline_desk.ledger import Ledger
    from hotline_desk.paths import Workspace


def urge_owner(
    ledger: Ledger, workspace: Workspace, case_ids: Sequence[int], *, on: date, by: str
) -> Urging:
    """Return the text that urges the one 承办人 of these cases; each notes it (催办), one undo.

    Raises:
        CalendarNotUnderstood: the office's calendar is wrong.
        CaseNotFound: one of them is not in the ledger.
        CourseRefused: there are none, or they are of several people.
    """
    action = Action(on=on, kind=ActionKind.URGED, words=Urged.OWNER.value, by=by)
    with ledger.together():
        text = urging_text(ledger, workspace, case_ids, Urged.OWNER, on=on)
        for case_id in dict.fromkeys(case_ids):
            take_action(ledger, case_id, action, by=by)
    return text


def urging_text(
    ledger: Ledger, workspace: Workspace, case_ids: Sequence[int], whom: Urged, *, on: date
) -> Urging:
    """Return the text that urges *whom* in these cases, as they stand on the day *on*.

    A case without a call that says otherwise is 对单位保密, and is not to be passed on.

    Raises:
        CalendarNotUnderstood: the office's calendar is wrong.
        CaseNotFound: one of them is not in the ledger.
        CourseRefused: there are none, or they are not all that reader's business.
    """
    cases = [ledger.case(each) for each in dict.fromkeys(case_ids)]
    _require_one_reader(cases, whom)
    settings = office.load(workspace.settings)
    calendar, limits = read_calendar(workspace), read_limits(settings)
    matters = []
    for case in cases:
        consents = consents_of(ledger, case)
        matters.append(
            Matter(
                case=case,
                questions=questions_of(ledger, case),
                clock=read_clock(case.events, on, calendar=calendar, limits=limits),
                secret=consents.secret,
                may_pass_on=consents.may_pass_on,
            )
        )
    return urging(matters, whom, union=settings.union, on=on)


def _require_one_reader(cases: Sequence[Case], whom: Urged) -> None:
    """What an employer or a 承办人 reads concerns nobody else."""
    if not cases:
        raise CourseRefused("催办", "没有选中案件")
    first = cases[0]
    if whom is Urged.OWNER and any(case.owner != first.owner for case in cases):
        raise CourseRefused("催办", "选中的案件不是同一位承办人")
    if whom is Urged.EMPLOYER:
        if not first.employer:
            raise CourseRefused("催办", "还没有写用人单位")
        if any(likeness(case.employer, first.employer) is not Likeness.SAME for case in cases):
            raise CourseRefused("催办", "选中的案件不是同一个用人单位")
