"""Say whose case it is (承办人), by which route it goes (分流), after a 利益冲突核查."""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hotline_desk import settings as office
from hotline_desk.domain.casework import assigning
from hotline_desk.domain.casework.assigning import Candidate, check_words, conflict, is_checked
from hotline_desk.domain.casework.cases import Action, ActionKind, CaseQuery, Route
from hotline_desk.domain.casework.deadlines import read_clock
from hotline_desk.domain.casework.due import due_of
from hotline_desk.domain.staff import Staff, StaffKind
from hotline_desk.domain.times import studio_now
from hotline_desk.errors import ConflictOfInterest, ConflictUnchecked, CourseRefused
from hotline_desk.workflows.cases import calls_of, open_one, questions_of, unmerged
from hotline_desk.workflows.limits import read_calendar, read_limits

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from hotline_desk.domain.casework.assigning import Conflict
    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.domain.casework.deadlines import Clock
    from hotline_desk.domain.casework.due import Due
    from hotline_desk.ledger import Ledger
    from hotline_desk.paths import Workspace

_DEED = "指派"
_EVERY_OPEN = CaseQuery(open_only=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnedCase:
    """An open case in somebody's list."""

    case: Case
    clock: Clock
    due: Due | None
    """What is to be done for it next; None while nothing is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerCases:
    """The open cases of one 承办人."""

    owner: str
    """Empty for those that nobody has yet."""
    team: str
    rows: tuple[OwnedCase, ...]
    """The most pressing first."""


def assign(
    ledger: Ledger,
    case_id: int,
    *,
    owner: str,
    route: Route | None,
    helpers: str = "",
    reason: str = "",
    by: str,
) -> Case:
    """Say whose case it is (承办人), by which route (分流), and who helps (协办单位).

    Whoever has 顾问单位, is a lawyer, or takes on a legal-aid case is checked against the case's
    employer first, and the check is written down as an action.

    Args:
        ledger: the ledger.
        case_id: the case.
        owner: the 承办人; empty for nobody.
        route: None while it is not decided.
        helpers: the 协办单位.
        reason: why a conflict is overruled, or how a check was made that the desk cannot make.
        by: who says so.

    Raises:
        ConflictOfInterest: there is one, and no reason.
        ConflictUnchecked: for legal aid it cannot be looked up, and there is no reason.
        CourseRefused: the case is merged, the worker does not agree that a lawyer learns of it, or
            *owner* is out of use (停用) and does not have the case already.
    """
    with ledger.together():
        case = unmerged(ledger, case_id, _DEED)
        named = _named(ledger, owner.strip())
        if owner.strip() != case.owner and named and not any(each.active for each in named):
            raise CourseRefused(_DEED, f"{owner.strip()}在人员名册里已经停用")
        changed = replace(case, owner=owner.strip(), route=route, helpers=helpers.strip())
        if changed.owner:
            if route is Route.LEGAL_AID and declined(ledger, case):
                raise CourseRefused(_DEED, "职工不同意把情况转交援助律师")
            changed = checked(ledger, changed, reason.strip(), by=by)
        return ledger.save_case(changed, by=by)


def assign_to(ledger: Ledger, case_id: int, name: str, *, reason: str = "", by: str) -> Case:
    """Give the case to *name*; route and 协办单位 stay.

    Raises:
        ConflictOfInterest: there is one, and no reason.
        ConflictUnchecked: for legal aid it cannot be looked up, and there is no reason.
        CourseRefused: the case is merged, or the worker does not agree that a lawyer learns of it.
    """
    with ledger.together():
        case = ledger.case(case_id)
        return assign(
            ledger, case_id, owner=name, route=case.route, helpers=case.helpers, reason=reason,
            by=by,
        )  # fmt: skip


def reassign(
    ledger: Ledger, case_ids: Iterable[int], name: str, *, reason: str = "", by: str
) -> list[Case]:
    """Give many open cases to *name* (批量转派), all or none, one step for undo.

    Raises:
        ConflictOfInterest: there is one in any of them, and no reason.
        ConflictUnchecked: for legal aid it cannot be looked up, and there is no reason.
        CourseRefused: one of them is finished or merged, or *name* is empty.
    """
    if not name.strip():
        raise CourseRefused("转派", "没有选承办人")
    with ledger.together():
        ids = [open_one(ledger, each, "转派").id for each in dict.fromkeys(case_ids)]
        return [assign_to(ledger, each, name, reason=reason, by=by) for each in ids]


def candidates(ledger: Ledger, case_ids: Iterable[int]) -> tuple[Candidate, ...]:
    """Return the active people of the register for all of these cases, the fittest first.

    Who is the fittest is told by the first case; a conflict of interest in any of them is one.
    After them come those who have cases 在办 and are in no register: their ids are below 0, and no
    conflict of theirs can be looked up.
    """
    staff, open_cases = ledger.kept(Staff), ledger.count_in_hand()
    found: dict[int, Candidate] = {}
    for case in map(ledger.case, case_ids):
        categories = [str(question.category) for question in questions_of(ledger, case)]
        for each in assigning.candidates(case, staff, categories=categories, open_cases=open_cases):
            known = found.setdefault(each.staff.id, each)
            if known.conflict is None and each.conflict is not None:
                found[each.staff.id] = replace(known, conflict=each.conflict)
    registered = sorted(found.values(), key=lambda each: each.conflict is not None)
    others = sorted(open_cases.keys() - {"", *(each.name for each in staff)})
    unchecked = [
        Candidate(
            staff=Staff(id=-place, name=name, kind=StaffKind.VOLUNTEER),
            open_cases=open_cases[name],
            fits="",
            conflict=None,
        )
        for place, name in enumerate(others, start=1)
    ]
    return (*registered, *unchecked)


def conflict_of(ledger: Ledger, case: Case) -> Conflict | None:
    """Return the conflict of interest that the case's present 承办人 has; None without one."""
    return _conflict(case, _named(ledger, case.owner))


def no_conflict(ledger: Ledger, case: Case) -> None:
    """Let the present 承办人 go on with a case whose employer may have been learned since.

    Raises:
        ConflictOfInterest: there is one that nobody has overruled.
    """
    found = conflict_of(ledger, case)
    if found is not None and not is_checked(case, found):
        raise ConflictOfInterest(case.number, case.owner, found.unit, found.likeness)


def check_anew(ledger: Ledger, case: Case, *, by: str) -> Case:
    """Note the 利益冲突核查 of a case whose employer, 承办人 or route facts have changed.

    Facts are written whatever they bring: what is found now is `unweighed`, and stops the next
    deed (`no_conflict`) until somebody overrules it or gives the case to another.
    """
    if case.owner:
        with suppress(ConflictOfInterest, ConflictUnchecked):
            return ledger.save_case(checked(ledger, case, by=by), by=by)
    return case


def unweighed(ledger: Ledger, cases: Iterable[Case]) -> list[tuple[Case, Conflict]]:
    """Return the conflicts of interest of present 承办人 that nobody has overruled.

    The register may have learned of a 顾问单位 after a case was assigned.
    """
    advising = defaultdict(list)
    for staff in ledger.kept(Staff):
        if staff.advises:
            advising[staff.name].append(staff)
    return [
        (case, found)
        for case in cases
        if (found := _conflict(case, advising.get(case.owner, ()))) is not None
        and not is_checked(case, found)
    ]


def owned(ledger: Ledger, workspace: Workspace, on: date) -> list[OwnerCases]:
    """Return the open cases by 承办人, as they stand on the day *on*; those of nobody come last.

    Raises:
        CalendarNotUnderstood: the office's calendar is wrong.
    """
    calendar = read_calendar(workspace)
    limits = read_limits(office.load(workspace.settings))
    teams = {staff.name: staff.team for staff in ledger.kept(Staff)}
    by_owner: dict[str, list[OwnedCase]] = {}
    for case in ledger.cases(_EVERY_OPEN):
        clock = read_clock(case.events, on, calendar=calendar, limits=limits)
        found = due_of(case, clock, on, calendar=calendar)
        row = OwnedCase(case=case, clock=clock, due=found[0] if found else None)
        by_owner.setdefault(case.owner, []).append(row)
    return [
        OwnerCases(
            owner=owner,
            team=teams.get(owner, ""),
            rows=tuple(sorted(by_owner[owner], key=_pressing)),
        )
        for owner in sorted(by_owner, key=lambda owner: (not owner, owner))
    ]


def declined(ledger: Ledger, case: Case) -> bool:
    """Return whether a caller of the case said no to consent ④: 转交其他部门或援助律师."""
    return any(call.consent.pass_on is False for call in calls_of(ledger, case))


def _pressing(row: OwnedCase) -> tuple[bool, int, str]:
    return row.due is None, row.due.left if row.due else 0, row.case.number


def _named(ledger: Ledger, name: str) -> list[Staff]:
    return [staff for staff in ledger.kept(Staff) if name and staff.name == name]


def _conflict(case: Case, named: Iterable[Staff]) -> Conflict | None:
    found = (conflict(case, staff) for staff in named)
    return next((each for each in found if each is not None), None)


def checked(ledger: Ledger, case: Case, reason: str = "", *, by: str) -> Case:
    """Return the case with the 利益冲突核查 of its 承办人 written down, where one is wanted.

    Raises:
        ConflictOfInterest: there is one, and no *reason*.
        ConflictUnchecked: for legal aid it cannot be looked up, and there is no *reason*.
    """
    named = _named(ledger, case.owner)
    aid = case.route is Route.LEGAL_AID
    wanted = aid or any(staff.kind is StaffKind.LAWYER or staff.advises for staff in named)
    found, looked_up = _conflict(case, named), bool(named and case.employer)
    if not wanted or is_checked(case, found):
        return case
    if found is not None and not reason:
        raise ConflictOfInterest(case.number, case.owner, found.unit, found.likeness)
    if not looked_up and not reason:
        if not aid:
            return case
        fault = "还没有写用人单位" if named else "人员名册里没有这个人"
        raise ConflictUnchecked(case.number, case.owner, fault)
    words = check_words(case, found, reason=reason, looked_up=looked_up)
    noted = Action(on=studio_now().date(), kind=ActionKind.CONFLICT_CHECKED, words=words, by=by)
    return replace(case, actions=(*case.actions, noted))
