"""Whose a case becomes, on a real ledger: candidates, 利益冲突核查, 批量转派, lists."""

from dataclasses import replace

import pytest

from hotline_desk.domain.casework.cases import ActionKind, NewCase, Route
from hotline_desk.domain.casework.clock_events import WHOLE_PLAN, Closing, Grade, Grading, Plan
from hotline_desk.domain.casework.course import ClosingWay, Course
from hotline_desk.domain.employers import Likeness
from hotline_desk.domain.staff import Staff, StaffKind
from hotline_desk.errors import (
    ConflictOfInterest,
    ConflictUnchecked,
    CourseRefused,
)
from hotline_desk.paths import Workspace
from hotline_desk.workflows import assign, case_clock, case_course, cases
from hotline_desk.workflows.registers import staff_rows
from tests.workflows.casework import BY, FRIDAY, THURSDAY, WEDNESDAY, called, finished

LAWYER = Staff(name="律师乙", kind=StaffKind.LAWYER, expertise="工伤、工资", team="第一队")
ADVISER = Staff(name="律师丙", kind=StaffKind.LAWYER, advises="海蓝机械厂\n某物业有限公司\n")
CADRE = Staff(name="干部甲", kind=StaffKind.CADRE)
PLAN = Plan(on=THURSDAY, parts=WHOLE_PLAN, told_on=THURSDAY)


@pytest.fixture
def staff(ledger):
    for each in (LAWYER, ADVISER, CADRE, replace(LAWYER, name="律师丁", active=False)):
        ledger.keep(each, by=BY)


def checks(case):
    return [each.words for each in case.actions if each.kind is ActionKind.CONFLICT_CHECKED]


def test_a_lawyer_without_a_conflict_is_checked_and_the_check_is_written_down(ledger, case, staff):
    assigned = assign.assign(ledger, case.id, owner="律师乙", route=Route.LEGAL_AID, by=BY)
    again = assign.assign(
        ledger, case.id, owner="律师乙", route=Route.LEGAL_AID, helpers="人社局", by=BY
    )

    assert checks(assigned) == ["律师乙 对 某物业公司：未发现冲突"]
    assert checks(again) == checks(assigned)
    ledger.undo(by=BY)
    ledger.undo(by=BY)
    assert ledger.case(case.id) == case


def test_a_conflict_is_refused_unless_it_is_overruled_with_a_reason(ledger, case, staff):
    with pytest.raises(ConflictOfInterest) as refused:
        assign.assign_to(ledger, case.id, "律师丙", by=BY)
    assert ledger.case(case.id) == case
    assert (refused.value.unit, refused.value.likeness) == ("某物业有限公司", Likeness.SAME)

    assigned = assign.assign_to(ledger, case.id, "律师丙", reason="已解除顾问合同", by=BY)

    assert checks(assigned) == [
        "律师丙 对 某物业公司：顾问单位“某物业有限公司”就是本案用人单位；仍然指派：已解除顾问合同"
    ]
    assert assign.conflict_of(ledger, assigned).likeness is Likeness.SAME


def test_another_employer_wants_another_check(ledger, case, staff):
    assign.assign_to(ledger, case.id, "律师丙", reason="已解除顾问合同", by=BY)
    cases.amend(ledger, case.id, by=BY, employer="日照海蓝机械厂")

    with pytest.raises(ConflictOfInterest):
        assign.assign_to(ledger, case.id, "律师丙", by=BY)


def test_what_the_register_learns_later_is_weighed_before_anything_else(ledger, case, staff):
    """李律师 was checked; then the employer became one of his 顾问单位."""
    assign.assign(ledger, case.id, owner="律师乙", route=Route.CADRE, by=BY)
    (known,) = (each for each in ledger.kept(Staff) if each.name == "律师乙")
    ledger.keep(replace(known, advises="某物业有限公司"), by=BY)
    checked = ledger.case(case.id)
    assert checks(checked) == ["律师乙 对 某物业公司：未发现冲突"]

    ((found, conflict),) = assign.unweighed(ledger, ledger.cases())
    with pytest.raises(ConflictOfInterest):
        assign.assign(ledger, case.id, owner="律师乙", route=Route.LEGAL_AID, by=BY)
    with pytest.raises(ConflictOfInterest):
        assign.reassign(ledger, [case.id], "律师乙", by=BY)
    with pytest.raises(ConflictOfInterest):
        case_course.advance(ledger, case.id, Course.ARBITRATION, on=FRIDAY, by=BY)

    assert (found, conflict.unit) == (checked, "某物业有限公司")
    assert ledger.case(case.id) == checked
    overruled = assign.assign_to(ledger, case.id, "律师乙", reason="已解除顾问合同", by=BY)
    again = assign.assign(ledger, case.id, owner="律师乙", route=Route.LEGAL_AID, by=BY)
    assert checks(overruled)[-1].endswith("仍然指派：已解除顾问合同")
    assert checks(again) == checks(overruled)
    assert assign.unweighed(ledger, ledger.cases()) == []


def test_another_employer_is_checked_as_soon_as_it_is_written(ledger, case, staff):
    assign.assign_to(ledger, case.id, "律师乙", by=BY)

    amended = cases.amend(ledger, case.id, by=BY, employer="海青食品厂")
    named = assign.check_anew(ledger, amended, by=BY)

    assert checks(named)[-1] == "律师乙 对 海青食品厂：未发现冲突"
    assert assign.check_anew(ledger, named, by=BY) == named


def test_an_employer_that_is_advised_is_written_and_waits_for_a_reason(ledger, case, staff):
    cases.amend(ledger, case.id, by=BY, employer="")
    assign.assign(ledger, case.id, owner="律师丙", route=Route.CADRE, by=BY)

    amended = cases.amend(ledger, case.id, by=BY, employer="日照海蓝机械厂")
    named = assign.check_anew(ledger, amended, by=BY)

    assert named == amended
    assert [each.number for each, _ in assign.unweighed(ledger, [named])] == [case.number]


def test_a_cadre_needs_no_check(ledger, case, staff):
    assigned = assign.assign(ledger, case.id, owner="干部甲", route=Route.CADRE, by=BY)

    assert checks(assigned) == []
    assert assign.conflict_of(ledger, assigned) is None


def test_legal_aid_wants_the_check_even_where_the_register_knows_nobody(ledger, case, staff):
    with pytest.raises(ConflictUnchecked):
        assign.assign(ledger, case.id, owner="外请律师", route=Route.LEGAL_AID, by=BY)

    assigned = assign.assign(
        ledger, case.id, owner="外请律师", route=Route.LEGAL_AID, reason="本人书面声明无冲突",
        by=BY,
    )  # fmt: skip

    assert checks(assigned) == ["外请律师 对 某物业公司：人工核查：本人书面声明无冲突"]


def test_legal_aid_without_an_employer_cannot_be_looked_up(ledger, case, staff):
    cases.amend(ledger, case.id, by=BY, employer="")

    with pytest.raises(ConflictUnchecked, match="用人单位"):
        assign.assign(ledger, case.id, owner="律师乙", route=Route.LEGAL_AID, by=BY)


def test_the_check_that_is_missing_is_made_when_the_plan_is_noted(ledger, case, staff):
    ledger.save_case(replace(case, owner="律师乙", route=Route.LEGAL_AID), by=BY)

    planned = case_clock.note_plan(ledger, case.id, PLAN, by=BY)

    assert planned.events.plan == PLAN
    assert checks(planned) == ["律师乙 对 某物业公司：未发现冲突"]


def test_no_plan_of_legal_aid_without_the_check(ledger, case, staff):
    ledger.save_case(replace(case, owner="外请律师", route=Route.LEGAL_AID), by=BY)

    with pytest.raises(ConflictUnchecked, match="名册"):
        case_clock.note_plan(ledger, case.id, PLAN, by=BY)

    assign.assign_to(ledger, case.id, "外请律师", reason="本人书面声明无冲突", by=BY)
    assert case_clock.note_plan(ledger, case.id, PLAN, by=BY).events.plan == PLAN


@pytest.mark.parametrize("route", [Route.CADRE, Route.MODEL_WORKER])
def test_an_employer_that_is_known_later_is_checked_on_every_route(ledger, case, staff, route):
    cases.amend(ledger, case.id, by=BY, employer="")
    assign.assign(ledger, case.id, owner="律师丙", route=route, by=BY)
    cases.amend(ledger, case.id, by=BY, employer="日照海蓝机械厂")

    with pytest.raises(ConflictOfInterest):
        case_clock.note_plan(ledger, case.id, PLAN, by=BY)

    assign.assign_to(ledger, case.id, "律师丙", reason="已解除顾问合同", by=BY)
    assert case_clock.note_plan(ledger, case.id, PLAN, by=BY).events.plan == PLAN


def test_an_employer_that_is_known_after_the_plan_stops_what_comes_next(ledger, case, staff):
    cases.amend(ledger, case.id, by=BY, employer="")
    assign.assign(ledger, case.id, owner="律师丙", route=Route.CADRE, by=BY)
    grading = Grading(on=THURSDAY, grade=Grade.ORDINARY)
    case_clock.grade(ledger, case.id, grading, by=BY)
    case_clock.note_plan(ledger, case.id, PLAN, by=BY)
    cases.amend(ledger, case.id, by=BY, employer="日照海蓝机械厂")
    told = Closing(on=FRIDAY, told_on=FRIDAY)

    with pytest.raises(ConflictOfInterest):
        case_course.advance(ledger, case.id, Course.MEDIATING, on=FRIDAY, by=BY)
    with pytest.raises(ConflictOfInterest):
        case_clock.close(ledger, case.id, told, ClosingWay.LAWYER, by=BY)

    assign.assign_to(ledger, case.id, "干部甲", by=BY)
    case_course.advance(ledger, case.id, Course.MEDIATING, on=FRIDAY, by=BY)


def test_who_is_out_of_use_is_given_no_case_and_keeps_the_own(ledger, case, staff):
    with pytest.raises(CourseRefused, match="停用"):
        assign.assign_to(ledger, case.id, "律师丁", by=BY)

    ledger.save_case(replace(case, owner="律师丁"), by=BY)
    kept = assign.assign(ledger, case.id, owner="律师丁", route=Route.CADRE, by=BY)
    assert (kept.owner, kept.route) == ("律师丁", Route.CADRE)


def test_nothing_goes_to_a_lawyer_against_the_workers_will(ledger, case, staff):
    (call,) = ledger.calls()
    ledger.save_call(replace(call, consent=replace(call.consent, pass_on=False)), by=BY)

    with pytest.raises(CourseRefused, match="不同意"):
        assign.assign(ledger, case.id, owner="律师乙", route=Route.LEGAL_AID, by=BY)


def test_candidates_are_active_and_the_fittest_comes_first(ledger, case, staff):
    ledger.keep(replace(LAWYER, name="律师戊", expertise="社保"), by=BY)
    for _ in range(3):
        ledger.add_case(NewCase(received=WEDNESDAY, owner="律师乙"), by=BY)
    assign.assign(ledger, case.id, owner="", route=Route.LEGAL_AID, by=BY)

    found = assign.candidates(ledger, [case.id])

    assert [each.staff.name for each in found] == ["律师乙", "律师戊", "干部甲", "律师丙"]
    assert [each.open_cases for each in found] == [3, 0, 0, 0]
    assert (found[0].fits, found[0].staff.team) == ("工资", "第一队")
    assert "就是本案用人单位" in found[-1].conflict.words


def test_a_conflict_in_one_of_several_cases_is_one_and_comes_last_in_the_register(
    ledger, case, staff
):
    ledger.keep(replace(LAWYER, name="律师戊", advises="海山水产\n"), by=BY)
    other = ledger.add_case(NewCase(received=WEDNESDAY, employer="海山水产"), by=BY)

    alone = assign.candidates(ledger, [case.id])
    both = assign.candidates(ledger, [case.id, other.id])

    assert [each.staff.name for each in alone] == ["律师乙", "律师戊", "干部甲", "律师丙"]
    assert [each.staff.name for each in both] == ["律师乙", "干部甲", "律师戊", "律师丙"]
    assert [each.conflict is None for each in both] == [True, True, False, False]


def test_what_is_closed_is_no_load_any_more(ledger, case, staff):
    assign.assign_to(ledger, case.id, "干部甲", by=BY)
    told = Closing(on=FRIDAY, told_on=FRIDAY)
    case_clock.close(ledger, case.id, told, ClosingWay.WITHDRAWN, by=BY)
    other = ledger.add_case(NewCase(received=WEDNESDAY, owner="干部甲"), by=BY)

    found = {each.staff.name: each.open_cases for each in assign.candidates(ledger, [other.id])}
    rows = {row.staff.name: row.open_cases for row in staff_rows(ledger)}

    assert found["干部甲"] == rows["干部甲"] == 1


def test_many_cases_are_given_to_another_and_back_by_one_undo(ledger, case, staff):
    others = [
        ledger.add_case(NewCase(received=WEDNESDAY, owner="干部甲", employer="海山水产"), by=BY)
        for _ in range(3)
    ]
    ids = [each.id for each in others]

    given = assign.reassign(ledger, [*ids, ids[0]], "律师丙", by=BY)

    assert [each.owner for each in given] == ["律师丙"] * 3
    assert all(checks(each) for each in given)
    ledger.undo(by=BY)
    assert [ledger.case(each) for each in ids] == others


def test_one_conflict_among_many_gives_none_of_them(ledger, case, staff):
    other = ledger.add_case(NewCase(received=WEDNESDAY, employer="海山水产"), by=BY)

    with pytest.raises(ConflictOfInterest, match=case.number):
        assign.reassign(ledger, [other.id, case.id], "律师丙", by=BY)

    assert {each.owner for each in ledger.cases()} == {""}


def test_a_finished_case_is_not_given_to_another(ledger, case, staff):
    finished(ledger, case)

    with pytest.raises(CourseRefused, match="结案"):
        assign.reassign(ledger, [case.id], "干部甲", by=BY)


def test_the_open_cases_are_listed_by_whose_they_are(ledger, case, staff, tmp_path):
    assign.assign_to(ledger, case.id, "律师乙", by=BY)
    late = ledger.add_case(NewCase(received=WEDNESDAY, owner="律师乙", matter="早"), by=BY)
    case_clock.note_contact(ledger, case.id, called(THURSDAY), by=BY)
    ledger.add_case(NewCase(received=WEDNESDAY), by=BY)

    first, nobodys = assign.owned(ledger, Workspace(tmp_path), FRIDAY)

    assert (first.owner, first.team) == ("律师乙", "第一队")
    assert [row.case.id for row in first.rows] == [late.id, case.id]
    assert [row.due.stage.value for row in first.rows] == ["联系", "方案"]
    assert (nobodys.owner, len(nobodys.rows)) == ("", 1)
