"""Cases opened and followed to their end, on a real ledger; each deed one step for undo."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from hotline_desk.domain.calls import Caller, Gender
from hotline_desk.domain.cases import Party, Route, Satisfaction
from hotline_desk.domain.clock_events import (
    WHOLE_PLAN,
    Closing,
    ComplexReason,
    Extension,
    Grade,
    Grading,
    Pause,
    PauseReason,
    Plan,
    PlanPart,
)
from hotline_desk.domain.contacts import ALL_FACTS, Contact, Fact, Way
from hotline_desk.domain.course import Closing as ClosingWay
from hotline_desk.domain.course import Course, Finish, Fulfilment, Promise
from hotline_desk.domain.deadlines import Outcome, Step, read_clock
from hotline_desk.domain.due import Stage, due
from hotline_desk.domain.questions import Handling, Kind
from hotline_desk.errors import CaseNotFound, ClockRefused, CourseRefused, QuestionHasCase
from hotline_desk.ledger import Ledger
from hotline_desk.paths import Workspace
from hotline_desk.workflows import assign, case_clock, case_course, case_money, cases
from hotline_desk.workflows.lapses import case_lapses
from tests.domain.cases import CALENDAR, LIMITS
from tests.ledger.records import AT, EPISODE, a_call, a_question

BY = "台账管理员"
WEDNESDAY = AT.date()
THURSDAY, FRIDAY = (WEDNESDAY + timedelta(days=count) for count in (1, 2))
MONDAY, TUESDAY = (WEDNESDAY + timedelta(days=count) for count in (5, 6))


@pytest.fixture
def ledger(tmp_path):
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        ledger.save_episode(EPISODE, by=BY)
        yield ledger


@pytest.fixture
def cleaners(ledger):
    """Three questions of one call: eleven cleaners, 33,000 yuan."""
    call = ledger.add_call(
        a_call(caller=Caller(name="董", title=Gender.WOMAN, employer="某物业公司")), by=BY
    )
    asked = {"call_id": call.id, "people": 11, "amount_fen": 3_300_000, "kind": Kind.REQUEST}
    points = ("拖欠两个月工资", "能不能推选代表", "会不会被辞退")
    return [ledger.add_question(a_question(point=point, **asked), by=BY).id for point in points]


@pytest.fixture
def case(ledger, cleaners):
    return cases.open_case(ledger, cleaners, by=BY)


def called(on, facts=ALL_FACTS, *, reached=True):
    at = datetime(on.year, on.month, on.day, 15, tzinfo=AT.tzinfo)
    return Contact(at=at, way=Way.CALL, reached=reached, facts=frozenset(facts))


def clock(case, on):
    return read_clock(case.events, on, calendar=CALENDAR, limits=LIMITS)


def planned(ledger, case, on=THURSDAY):
    """Contacted, assigned, graded and planned."""
    case_clock.note_contact(ledger, case.id, called(on), by=BY)
    assign.assign(ledger, case.id, owner="劳模调解员丁", route=Route.MODEL_WORKER, by=BY)
    reason = ComplexReason.TEN_PEOPLE
    case_clock.grade(ledger, case.id, Grading(on=on, grade=Grade.COMPLEX, reason=reason), by=BY)
    return case_clock.note_plan(ledger, case.id, Plan(on=on, parts=WHOLE_PLAN, told_on=on), by=BY)


def mediating(ledger, case):
    planned(ledger, case)
    return case_course.advance(ledger, case.id, Course.MEDIATING, on=FRIDAY, by=BY)


def test_three_questions_of_eleven_cleaners_are_one_case_of_eleven_people(ledger, cleaners, case):
    assert case.number == "AJ-2026-0001"
    assert (case.people, case.claimed_fen) == (11, 3_300_000)
    assert (case.employer, case.matter) == ("某物业公司", "拖欠两个月工资")
    assert case.received == WEDNESDAY
    assert case.questions == tuple(cleaners)
    assert {ledger.question(each).handling for each in cleaners} == {Handling.CASE}
    assert ledger.case_of(cleaners[2]) == case


def test_the_call_counts_with_the_facts_it_brought(case):
    (intake,) = case.events.contacts

    assert intake.way is Way.INTAKE
    assert intake.at == AT
    assert intake.facts == {Fact.EMPLOYER, Fact.MATTER, Fact.AMOUNT}
    assert case.course is Course.TO_CONTACT


def test_one_undo_takes_the_whole_opening_back(ledger, cleaners, case):
    before = ledger.undo(by=BY)

    assert "AJ-2026-0001" in before
    with pytest.raises(CaseNotFound):
        ledger.case(case.id)
    assert {ledger.question(each).handling for each in cleaners} == {Handling.ANSWERED}
    assert ledger.case_of(cleaners[0]) is None


def test_an_advice_for_which_a_case_is_opened_becomes_a_request(ledger):
    question = ledger.add_question(a_question(kind=Kind.ADVICE), by=BY)

    cases.open_case(ledger, [question.id], by=BY)

    assert ledger.question(question.id).kind is Kind.REQUEST


def test_a_question_has_one_case_and_a_refused_opening_changes_nothing(ledger, cleaners, case):
    other = ledger.add_question(a_question(), by=BY)

    with pytest.raises(QuestionHasCase):
        cases.open_case(ledger, [other.id, cleaners[0]], by=BY)

    assert ledger.question(other.id).handling is Handling.ANSWERED
    assert ledger.cases() == [case]


def test_a_later_question_joins_the_case_and_nothing_is_added_up(ledger, cleaners, case):
    late = ledger.add_question(a_question(people=11, amount_fen=3_300_000), by=BY)

    joined = cases.join_case(ledger, case.id, [cleaners[0], late.id], by=BY)

    assert joined.questions == (*cleaners, late.id)
    assert (joined.people, joined.claimed_fen) == (11, 3_300_000)
    assert ledger.question(late.id).handling is Handling.CASE
    ledger.undo(by=BY)
    assert ledger.case(case.id) == case
    assert ledger.question(late.id) == late


def test_what_belongs_to_another_case_does_not_join(ledger, case):
    other = ledger.add_question(a_question(), by=BY)
    cases.open_case(ledger, [other.id], by=BY)

    with pytest.raises(QuestionHasCase):
        cases.join_case(ledger, case.id, [other.id], by=BY)


def test_a_case_without_questions_is_refused(ledger):
    with pytest.raises(CourseRefused):
        cases.open_case(ledger, [], by=BY)


def test_what_the_call_lacked_makes_it_contacted_once_it_is_noted(ledger, case):
    vain = case_clock.note_contact(ledger, case.id, called(THURSDAY, (), reached=False), by=BY)

    now = case_clock.note_contact(
        ledger, case.id, called(THURSDAY, {Fact.TIME, Fact.EVIDENCE}), note="有考勤表", by=BY
    )

    assert vain.course is Course.TO_CONTACT
    assert now.course is Course.CONTACTED
    assert now.notes == "2026-11-26 电话：有考勤表"
    assert clock(now, FRIDAY).current.step is Step.PLAN


def test_undo_takes_back_a_contact_with_its_step_and_its_note(ledger, case):
    case_clock.note_contact(ledger, case.id, called(THURSDAY), note="说清了", by=BY)

    ledger.undo(by=BY)

    assert ledger.case(case.id) == case


def test_a_contact_before_the_case_was_received_is_refused(ledger, case):
    with pytest.raises(ClockRefused):
        case_clock.note_contact(ledger, case.id, called(WEDNESDAY - timedelta(days=1)), by=BY)

    assert ledger.case(case.id) == case


def test_a_plan_needs_an_owner_and_a_route(ledger, case):
    plan = Plan(on=THURSDAY, parts=WHOLE_PLAN, told_on=THURSDAY)
    with pytest.raises(ClockRefused, match="承办人"):
        case_clock.note_plan(ledger, case.id, plan, by=BY)

    assign.assign(ledger, case.id, owner="干部甲", route=None, by=BY)

    with pytest.raises(ClockRefused, match="分流方式"):
        case_clock.note_plan(ledger, case.id, plan, by=BY)


def test_a_whole_plan_is_planned_whichever_came_last(ledger, case):
    assign.assign(ledger, case.id, owner="干部甲", route=Route.CADRE, by=BY)
    plan = Plan(on=THURSDAY, parts=WHOLE_PLAN, told_on=THURSDAY)

    ungraded = case_clock.note_plan(ledger, case.id, plan, by=BY)
    graded = case_clock.grade(ledger, case.id, Grading(on=THURSDAY, grade=Grade.ORDINARY), by=BY)

    assert ungraded.course is Course.TO_CONTACT
    assert graded.course is Course.PLANNED  # who was told the plan has been spoken with
    assert clock(graded, FRIDAY).current.step is Step.CLOSE


def test_half_a_plan_is_no_plan(ledger, case):
    case_clock.note_contact(ledger, case.id, called(THURSDAY), by=BY)
    plan = Plan(on=THURSDAY, parts=frozenset({PlanPart.FACTS}), told_on=THURSDAY)

    assert case_clock.note_plan(ledger, case.id, plan, by=BY).course is Course.CONTACTED


@pytest.mark.parametrize("to", [Course.CONTACTED, Course.PLANNED])
def test_what_follows_from_events_is_not_said_by_hand(ledger, case, to):
    with pytest.raises(CourseRefused, match="自动"):
        case_course.advance(ledger, case.id, to, on=THURSDAY, by=BY)


def test_a_pause_stops_the_clock_until_it_is_ended(ledger, case):
    stop = Pause(first=THURSDAY, reason=PauseReason.APPRAISAL, expected=TUESDAY)

    standing = case_clock.pause(ledger, case.id, stop, by=BY)
    running = case_clock.resume(ledger, case.id, MONDAY, by=BY)

    assert clock(standing, MONDAY).pause == stop
    assert clock(running, TUESDAY).pause is None
    with pytest.raises(ClockRefused):
        case_clock.resume(ledger, case.id, TUESDAY, by=BY)


def test_an_extension_keeps_to_the_offices_rules(ledger, case):
    asked = Extension(
        asked_on=THURSDAY, days=5, approver="分管领导", reason="证据在外地", told_on=THURSDAY
    )
    rules = {"calendar": CALENDAR, "limits": LIMITS, "by": BY}

    longer = case_clock.extend(ledger, case.id, asked, **rules)

    assert clock(longer, FRIDAY).steps[-1].limit == LIMITS.close + 5
    with pytest.raises(ClockRefused, match="一次"):
        case_clock.extend(ledger, case.id, asked, **rules)


def test_closing_ends_the_clock_and_what_was_promised_is_followed_on(ledger, case):
    """The cleaner's case: the manager promises at once, and the money comes weeks later."""
    mediating(ledger, case)
    agreed = Promise(agreed_fen=3_300_000, pay_by=TUESDAY)

    case_money.promise(ledger, case.id, agreed, basis="调解协议书", by=BY)
    closed = case_clock.close(
        ledger, case.id, Closing(on=FRIDAY, told_on=FRIDAY), ClosingWay.MEDIATED, by=BY
    )

    assert closed.course is Course.MEDIATED
    assert clock(closed, MONDAY).outcome is Outcome.ON_TIME
    late = TUESDAY + timedelta(days=1)
    (money,) = due([closed], late, calendar=CALENDAR, limits=LIMITS)
    assert (money.stage, money.left) == (Stage.FULFIL, -1)
    with pytest.raises(CourseRefused, match="到账"):
        case_course.finish(ledger, case.id, Finish.FULFILLED, on=late, by=BY)

    paid = case_money.note_payment(ledger, case.id, 3_300_000, on=late, by=BY)
    done = case_course.finish(ledger, case.id, Finish.FULFILLED, on=late, by=BY)

    assert paid.promise.fulfilment(late) is Fulfilment.FULFILLED
    assert "到账 33,000 元" in paid.notes
    assert (done.course, done.finished_on) == (Course.FINISHED, late)


def test_a_payment_to_one_worker_counts_for_him_and_for_the_case(ledger, case):
    owed = (Party(name="董某", claimed_fen=300_000), Party(name="李某", claimed_fen=300_000))
    case_money.note_parties(ledger, case.id, owed, by=BY)

    once = case_money.note_payment(ledger, case.id, 100_000, on=THURSDAY, party="李某", by=BY)
    twice = case_money.note_payment(ledger, case.id, 50_000, on=FRIDAY, party="李某", by=BY)

    assert once.parties[0] == owed[0]
    assert twice.parties[1] == replace(owed[1], received_fen=150_000, received_on=FRIDAY)
    assert twice.promise.received_fen == 150_000
    with pytest.raises(CourseRefused, match="王某"):
        case_money.note_payment(ledger, case.id, 1, on=FRIDAY, party="王某", by=BY)


def test_what_lapses_is_told_from_the_day_of_the_agreement(ledger, case, tmp_path):
    """共同申请司法确认 has 30 days: from Friday 2026-11-27 to Sunday 12-27, so until Monday."""
    mediating(ledger, case)
    on = {"calendar": CALENDAR, "on": MONDAY, "workspace": Workspace(tmp_path)}
    assert case_lapses(ledger.case(case.id), **on) == []

    closed = case_clock.close(
        ledger, case.id, Closing(on=FRIDAY, told_on=FRIDAY), ClosingWay.MEDIATED, by=BY
    )

    (lapse,) = case_lapses(closed, **on)
    assert lapse.limit.what == "共同申请司法确认"
    assert lapse.last == date(2026, 12, 28)


def test_success_is_not_said_before_there_was_a_mediation(ledger, case):
    planned(ledger, case)

    with pytest.raises(CourseRefused, match="先调解"):
        case_clock.close(
            ledger, case.id, Closing(on=FRIDAY, told_on=FRIDAY), ClosingWay.MEDIATED, by=BY
        )


def test_a_reply_that_was_not_given_leaves_the_clock_running(ledger, case):
    untold = case_clock.close(ledger, case.id, Closing(on=FRIDAY), ClosingWay.PASSED_ON, by=BY)
    told = Closing(on=FRIDAY, told_on=MONDAY)

    closed = case_clock.close(ledger, case.id, told, ClosingWay.PASSED_ON, by=BY)

    assert clock(untold, MONDAY).outcome is None
    assert closed.events.closed_on == MONDAY
    with pytest.raises(ClockRefused, match="已经办结"):
        case_clock.close(ledger, case.id, told, ClosingWay.PASSED_ON, by=BY)


def test_nothing_is_finished_before_it_is_closed(ledger, case):
    with pytest.raises(CourseRefused, match="办结"):
        case_course.finish(ledger, case.id, Finish.WITHDRAWN, on=FRIDAY, by=BY)


def finished(ledger, case):
    told = Closing(on=FRIDAY, told_on=FRIDAY)
    case_clock.close(ledger, case.id, told, ClosingWay.WITHDRAWN, by=BY)
    return case_course.finish(ledger, case.id, Finish.WITHDRAWN, on=FRIDAY, by=BY)


def test_a_dissatisfied_worker_brings_a_new_clock_and_the_old_result_stays(ledger, case):
    finished(ledger, case)

    said = case_course.call_back(ledger, case.id, Satisfaction.DISSATISFIED, on=MONDAY, by=BY)
    again = case_course.advance(ledger, case.id, Course.TO_CONTACT, on=MONDAY, by=BY)

    assert (said.satisfaction, said.called_back_on) == (Satisfaction.DISSATISFIED, MONDAY)
    assert (again.course, again.received) == (Course.TO_CONTACT, MONDAY)
    assert again.reflected == WEDNESDAY
    assert again.closing is ClosingWay.WITHDRAWN
    assert "重办；上一次：2026年11月25日 周三接收" in again.notes
    assert clock(again, TUESDAY).current.step is Step.CONTACT


def test_a_finished_case_takes_no_more_contacts(ledger, case):
    done = finished(ledger, case)

    with pytest.raises(CourseRefused, match="重办"):
        case_clock.note_contact(ledger, case.id, called(MONDAY), by=BY)

    assert ledger.case(case.id) == done


def test_nobody_is_called_back_before_the_case_is_closed(ledger, case):
    with pytest.raises(CourseRefused):
        case_course.call_back(ledger, case.id, Satisfaction.SATISFIED, on=FRIDAY, by=BY)


def test_every_deed_is_one_step_for_undo(ledger, case):
    steps = [case]
    steps.append(case_clock.note_contact(ledger, case.id, called(THURSDAY), note="说清了", by=BY))
    steps.append(assign.assign(ledger, case.id, owner="律师乙", route=Route.LEGAL_AID, by=BY))
    plan = Plan(on=THURSDAY, parts=WHOLE_PLAN, told_on=THURSDAY)
    steps.append(case_clock.note_plan(ledger, case.id, plan, by=BY))
    grading = Grading(on=THURSDAY, grade=Grade.ORDINARY)
    steps.append(case_clock.grade(ledger, case.id, grading, by=BY))
    steps.append(case_course.advance(ledger, case.id, Course.MEDIATING, on=FRIDAY, by=BY))
    told = Closing(on=FRIDAY, told_on=FRIDAY)
    steps.append(case_clock.close(ledger, case.id, told, ClosingWay.NOT_MEDIATED, by=BY))
    steps.append(case_course.finish(ledger, case.id, Finish.NOT_MEDIATED, on=FRIDAY, by=BY))

    for before in reversed(steps[:-1]):
        ledger.undo(by=BY)
        assert ledger.case(case.id) == before


def test_what_others_did_since_is_kept(ledger, case):
    """A deed reads the case anew: it writes nothing back that was there when it was shown."""
    assign.assign(ledger, case.id, owner="干部甲", route=Route.CADRE, by="另一位")

    now = case_clock.note_contact(ledger, case.id, called(THURSDAY), by=BY)

    assert now.owner == "干部甲"
    assert date(2026, 11, 26) == now.events.contacts[-1].on
