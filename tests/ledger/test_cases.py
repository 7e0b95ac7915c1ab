"""Cases in the ledger: opened, changed, taken back, with their parties and their questions."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline_desk.domain.calls import Caller, NewCall
from hotline_desk.domain.casework.cases import (
    Action,
    ActionKind,
    CaseQuery,
    Interruption,
    KnownDay,
    NewCase,
    Party,
    Payment,
    Round,
    Route,
    Satisfaction,
)
from hotline_desk.domain.casework.clock_events import (
    WHOLE_PLAN,
    ClockEvents,
    Closing,
    ComplexReason,
    Extension,
    Grade,
    Grading,
    Pause,
    PauseReason,
    Plan,
)
from hotline_desk.domain.casework.contacts import ALL_FACTS, Contact, Way
from hotline_desk.domain.casework.course import ClosingWay, Course, Finish, Promise
from hotline_desk.domain.categories import Category
from hotline_desk.domain.keeping import Keeping, Retention
from hotline_desk.domain.questions import Handling, Kind
from hotline_desk.errors import CaseNotFound, QuestionHasCase, QuestionNotFound
from tests.ledger.records import AT, a_question, counts, moments, texts

DAY = date(2026, 11, 25)
BY = "台账管理员"

days = st.dates(date(2020, 1, 1), date(2030, 1, 1))
maybe_days = st.none() | days
fen = st.integers(0, 2**62)
events = st.builds(
    ClockEvents,
    received=st.just(DAY),
    contacts=st.lists(
        st.builds(
            Contact,
            at=moments,
            way=st.sampled_from(Way),
            reached=st.booleans(),
            facts=st.frozensets(st.sampled_from(sorted(ALL_FACTS))),
            words=texts,
        ),
        max_size=3,
    ).map(tuple),
    gradings=st.lists(
        st.builds(
            Grading,
            on=days,
            grade=st.sampled_from(Grade),
            reason=st.none() | st.sampled_from(ComplexReason),
            approver=texts,
        ),
        max_size=2,
    ).map(tuple),
    plan=st.none()
    | st.builds(
        Plan, on=days, parts=st.frozensets(st.sampled_from(sorted(WHOLE_PLAN))), told_on=maybe_days
    ),
    closing=st.none() | st.builds(Closing, on=days, told_on=maybe_days),
    pauses=st.lists(
        st.builds(
            Pause,
            first=days,
            reason=st.sampled_from(PauseReason),
            expected=days,
            resumed=maybe_days,
        ),
        max_size=2,
    ).map(tuple),
    extension=st.none()
    | st.builds(
        Extension,
        asked_on=days,
        days=st.integers(1, 5),
        approver=texts,
        reason=texts,
        told_on=days,
    ),
)
promises = st.builds(
    Promise, agreed_fen=fen, agreed_on=maybe_days, pay_by=maybe_days, received_fen=fen
)
payments = st.lists(st.builds(Payment, on=maybe_days, fen=fen, party=texts), max_size=3).map(tuple)
changes = st.fixed_dictionaries(
    {},
    optional={
        "reflected": maybe_days,
        "employer": texts,
        "matter": texts,
        "people": counts,
        "claimed_fen": st.none() | fen,
        "route": st.none() | st.sampled_from(Route),
        "owner": texts,
        "helpers": texts,
        "notes": texts,
        "course": st.sampled_from(Course),
        "events": events,
        "closing": st.none() | st.sampled_from(ClosingWay),
        "finish": st.none() | st.sampled_from(Finish),
        "finished_on": maybe_days,
        "promise": promises,
        "unit": texts,
        "external_number": texts,
        "keeping": st.sampled_from(Keeping),
        "retained": st.none() | st.sampled_from(Retention),
        "payments": payments,
        "actions": st.lists(
            st.builds(Action, on=days, kind=st.sampled_from(ActionKind), words=texts, by=texts),
            max_size=3,
        ).map(tuple),
        "days": st.lists(st.builds(KnownDay, event=texts, on=days), max_size=3).map(tuple),
        "interruptions": st.lists(
            st.builds(Interruption, on=days, event=texts, evidence=texts), max_size=3
        ).map(tuple),
        "earlier": st.lists(
            st.builds(
                Round,
                received=st.just(DAY),
                events=events,
                closing=st.none() | st.sampled_from(ClosingWay),
                finish=st.none() | st.sampled_from(Finish),
                finished_on=maybe_days,
                promise=promises,
                basis=texts,
                payments=payments,
                results=texts,
                called_back_on=maybe_days,
                satisfaction=st.none() | st.sampled_from(Satisfaction),
            ),
            max_size=2,
        ).map(tuple),
        "basis": texts,
        "results": texts,
        "called_back_on": maybe_days,
        "satisfaction": st.none() | st.sampled_from(Satisfaction),
        "parties": st.lists(
            st.builds(
                Party,
                name=texts,
                claimed_fen=counts,
                received_fen=counts,
                received_on=maybe_days,
                represents=st.booleans(),
            ),
            max_size=3,
        ).map(tuple),
    },
)


def a_case(**given_):
    return NewCase(**{"received": DAY} | given_)


@given(changes)
def test_whatever_a_case_holds_comes_back(lasting_ledger, changed):
    case = lasting_ledger.add_case(a_case(), by=BY)
    wanted = replace(case, **changed)

    assert lasting_ledger.save_case(wanted, by=BY) == wanted
    assert lasting_ledger.case(case.id) == wanted


def test_numbers_follow_each_other_within_the_year_of_receiving(ledger):
    numbers = [
        ledger.add_case(a_case(received=day), by=BY).number
        for day in (DAY, DAY + timedelta(days=1), date(2027, 1, 4))
    ]

    assert numbers == ["AJ-2026-0001", "AJ-2026-0002", "AJ-2027-0001"]


def test_questions_belong_to_one_case(ledger):
    first, second = (ledger.add_question(a_question(), by=BY) for _ in range(2))
    case = ledger.add_case(a_case(questions=(first.id, second.id)), by=BY)

    assert case.questions == (first.id, second.id)
    with pytest.raises(QuestionHasCase, match=second.number):
        ledger.add_case(a_case(questions=(second.id,)), by=BY)
    ledger.save_case(replace(case, questions=(first.id,)), by=BY)
    assert ledger.add_case(a_case(questions=(second.id,)), by=BY).questions == (second.id,)


def test_what_is_refused_leaves_nothing_behind(ledger):
    with pytest.raises(QuestionNotFound):
        ledger.add_case(a_case(questions=(999,)), by=BY)

    assert ledger.cases() == []
    assert ledger.add_case(a_case(), by=BY).number == "AJ-2026-0001"
    with pytest.raises(CaseNotFound):
        ledger.case(2)


def test_undo_takes_a_change_back_and_then_the_case(ledger):
    question = ledger.add_question(a_question(), by=BY)
    case = ledger.add_case(a_case(questions=(question.id,)), by=BY)
    ledger.save_case(replace(case, owner="劳模调解员甲", course=Course.CONTACTED), by=BY)

    assert ledger.undo(by=BY) == "案件 AJ-2026-0001：承办人、进程"
    assert ledger.case(case.id) == case
    assert ledger.undo(by=BY) == "新增案件 AJ-2026-0001"
    with pytest.raises(CaseNotFound):
        ledger.case(case.id)
    assert ledger.examine() == []
    assert ledger.add_case(a_case(questions=(question.id,)), by=BY).number == "AJ-2026-0002"
    assert ledger.examine() == []


def test_every_change_is_history_and_the_chain_holds(ledger):
    case = ledger.add_case(a_case(), by=BY)
    ledger.save_case(replace(case, owner="工会干部乙"), by="主任")

    last = ledger.history("cases", case.id)[-1]

    assert (last.by, last.field, last.before, last.after) == ("主任", "owner", "", "工会干部乙")
    assert ledger.examine() == []


def test_cases_are_chosen_by_day_owner_and_course(ledger):
    old = ledger.add_case(a_case(received=DAY - timedelta(days=30), owner="甲"), by=BY)
    new = ledger.add_case(a_case(owner="乙"), by=BY)
    done = ledger.add_case(a_case(owner="甲"), by=BY)
    done = ledger.save_case(replace(done, course=Course.FINISHED), by=BY)

    assert ledger.cases() == [done, new, old]
    assert ledger.cases(CaseQuery(open_only=True)) == [new, old]
    assert ledger.cases(CaseQuery(owner="甲", since=DAY)) == [done]
    assert ledger.cases(CaseQuery(until=DAY - timedelta(days=1))) == [old]


def test_cases_are_chosen_by_their_words_and_by_their_ids(ledger):
    wages = ledger.add_case(a_case(matter="拖欠工资", employer="海蓝物业"), by=BY)
    injury = ledger.add_case(a_case(matter="工伤", owner="律师乙", external_number="W-9"), by=BY)
    injury = ledger.save_case(replace(injury, parties=(Party(name="董小红"),)), by=BY)

    def found(words):
        return [case.id for case in ledger.cases(CaseQuery(words=words))]

    assert found("海蓝") == found("工资 0001") == [wages.id]
    assert found("律师乙 董小红") == found("W-9") == [injury.id]
    assert found("w-9") == found("lsy DXH") == [injury.id]
    assert found("海蓝 董小红") == found("%") == []
    assert ledger.cases(CaseQuery(ids=(wages.id, 99))) == [wages]
    assert ledger.cases(CaseQuery(ids=())) == []


def test_cases_are_found_by_whom_they_are_of_and_told_by_their_employers(ledger):
    def opened(employer, **caller):
        call = ledger.add_call(NewCall(episode=190, at=AT, caller=Caller(**caller)), by=BY)
        asked = ledger.add_question(a_question(call_id=call.id), by=BY)
        return ledger.add_case(a_case(employer=employer, questions=(asked.id,)), by=BY)

    of_number = opened("海蓝物业", phone="138-0000-5678", name="王")
    of_caller = opened("海蓝物业", name="董小红")
    of_worker = opened("海青食品厂")
    ledger.save_case(replace(of_worker, parties=(Party(name="董小红"),)), by=BY)
    merged = opened("海山水产", phone="13800005678", name="董小红")
    ledger.save_case(replace(merged, merged_into=of_number.id), by=BY)
    every = CaseQuery(limit=1)

    def found(query=every, **whose):
        return ledger.cases_of_people(query, **whose)

    assert found(phones=["13800005678"]) == {of_number.id}
    assert found(names=["董小红", "王"]) == {of_number.id, of_caller.id, of_worker.id}
    assert found(CaseQuery(ids=[of_worker.id]), phones=["13800005678"]) == set()
    assert found(names=["董"]) == found(phones=[""]) == found() == set()
    assert ledger.case_employers(every) == {
        of_number.id: "海蓝物业", of_caller.id: "海蓝物业", of_worker.id: "海青食品厂",
    }  # fmt: skip
    assert ledger.case_employers(CaseQuery(since=DAY + timedelta(days=1))) == {}


def test_a_merged_case_leaves_the_lists_and_is_found_by_its_id(ledger):
    kept, gone = (ledger.add_case(a_case(), by=BY) for _ in range(2))

    gone = ledger.save_case(replace(gone, merged_into=kept.id), by=BY)

    assert ledger.cases() == [kept]
    assert ledger.case(gone.id) == gone


def test_questions_wait_for_a_case_or_a_category(ledger):
    given_ = {"category": Category.WAGES, "kind": Kind.REQUEST}
    request = ledger.add_question(a_question(**given_), by=BY)
    pending = ledger.add_question(a_question(), by=BY)
    of_case = ledger.add_question(a_question(**given_), by=BY)
    ledger.add_case(a_case(questions=(of_case.id,)), by=BY)
    ledger.add_question(a_question(**given_ | {"handling": Handling.PASSED_ON}), by=BY)
    ledger.add_question(a_question(category=Category.WAGES), by=BY)

    assert ledger.waiting_questions(DAY, DAY) == [request, pending]
    assert ledger.waiting_questions(DAY + timedelta(days=1), DAY + timedelta(days=9)) == []


def test_a_contact_without_words_is_written_as_the_first_release_wrote_it(ledger):
    """Else every deed on a case of that time would tell of a change that nobody made."""
    contact = Contact(at=AT, way=Way.CALL, reached=True)
    case = ledger.add_case(a_case(), by=BY)
    ledger.save_case(replace(case, events=ClockEvents(received=DAY, contacts=(contact,))), by=BY)

    assert '"words"' not in str(ledger.history("cases", case.id)[-1].after)


def test_a_case_is_there_when_the_ledger_is_opened_again(store, path, ledger):
    case = ledger.add_case(a_case(people=11, matter="拖欠工资"), by=BY)

    with store(path.parent) as again:
        assert again.case(case.id) == case
        assert case.is_collective


def test_a_case_is_found_by_the_numbers_that_people_know(ledger):
    case = ledger.add_case(a_case(external_number="12345-07"), by=BY)
    gone = ledger.add_case(a_case(external_number="12345-08"), by=BY)
    ledger.undo(by=BY)

    assert ledger.case_numbered(case.number) == case
    assert ledger.case_numbered(gone.number) is None
    assert ledger.case_numbered("AJ-1999-0001") is None
    assert ledger.cases_known(["12345-07", gone.number, "12345-08", ""]) == [case]
    assert ledger.cases_known([case.number]) == [case]


def test_a_unit_is_had_by_whatever_names_it(ledger):
    ledger.add_question(a_question(unit="东港区总工会"), by=BY)
    ledger.add_case(a_case(unit="莒县总工会"), by=BY)
    ledger.add_case(a_case(unit="岚山区总工会"), by=BY)
    ledger.undo(by=BY)

    units = ("东港区总工会", "莒县总工会", "岚山区总工会", "东港区")
    assert [ledger.has_unit(unit) for unit in units] == [True, True, False, False]
