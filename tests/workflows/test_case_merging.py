"""Duplicates found and merged on a real ledger, and taken back whole."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hotline_desk.domain.calls import Caller
from hotline_desk.domain.casework.cases import Party, Satisfaction
from hotline_desk.domain.casework.clock_events import Closing
from hotline_desk.domain.casework.course import ClosingWay, Promise
from hotline_desk.domain.casework.letters import Letter, LetterKind
from hotline_desk.domain.questions import Kind
from hotline_desk.domain.staff import Staff, StaffKind
from hotline_desk.errors import CourseRefused
from hotline_desk.workflows import assign, case_clock, case_course, case_money, cases, letters
from hotline_desk.workflows.case_merging import duplicates, merge
from tests.ledger.records import AT, a_call, a_question
from tests.workflows.casework import BY, FRIDAY, MONDAY, called


@pytest.fixture
def another(ledger):
    """Open a case for a question asked by somebody, some days later."""

    def opened(*, days=2, **caller):
        at = AT + timedelta(days=days)
        call = ledger.add_call(a_call(caller=Caller(**caller), at=at, episode=None), by=BY)
        row = ledger.add_question(
            a_question(call_id=call.id, at=at, episode=None, kind=Kind.REQUEST), by=BY
        )
        return cases.open_case(ledger, [row.id], by=BY)

    return opened


def test_one_number_one_name_and_one_employer_are_proposed_the_number_first(ledger, case, another):
    case_money.note_parties(ledger, case.id, [Party(name="董小红")], by=BY)
    of_employer = another(employer="某物业有限公司", name="王")
    of_name = another(name="董小红", employer="海蓝机械厂")
    of_number = another(phone="138-0000-5678", employer="海青食品厂")
    another(name="董", employer="海山水产", phone="13900001234")

    found = duplicates(ledger, case.id)

    assert [(each.case.id, each.why) for each in found] == [
        (of_number.id, "来电号码相同"),
        (of_name.id, "都有董小红"),
        (of_employer.id, "用人单位相同"),
    ]


def test_the_lawyer_of_one_is_checked_against_the_employer_of_the_other(ledger, case, another):
    ledger.keep(Staff(name="律师丙", kind=StaffKind.LAWYER, advises="海蓝机械厂"), by=BY)
    target, gone = another(name="王"), another(name="王", employer="日照海蓝机械厂")
    assign.assign_to(ledger, target.id, "律师丙", by=BY)

    merged = merge(ledger, gone.id, into=target.id, by=BY)

    assert (merged.employer, merged.owner) == ("日照海蓝机械厂", "律师丙")
    assert [each.unit for _, each in assign.unweighed(ledger, [merged])] == ["海蓝机械厂"]
    other = another(name="王", employer="海青食品厂")
    alone = assign.assign_to(ledger, another(name="王").id, "律师丙", by=BY)
    checked = merge(ledger, other.id, into=alone.id, by=BY)
    assert checked.actions[-1].words == "律师丙 对 海青食品厂：未发现冲突"


@pytest.mark.parametrize(("days", "proposed"), [(60, True), (61, False), (-60, True)])
def test_only_cases_of_sixty_days_are_proposed(ledger, case, another, days, proposed):
    another(days=days, phone="13800005678")

    assert bool(duplicates(ledger, case.id)) is proposed


def test_cases_that_have_nothing_in_common_are_not_read(ledger, case, another):
    another(phone="13800005678", employer="海青食品厂")
    connection = ledger._db.conn

    def asked():
        found = []
        connection.set_trace_callback(found.append)
        (one,) = duplicates(ledger, case.id)
        connection.set_trace_callback(None)
        return len(found), one

    before = asked()
    for number in range(5):
        another(employer=f"海山第{number}水产", phone=f"1390000123{number}", name="王")

    assert asked() == before


def test_a_duplicate_goes_into_the_other_with_all_it_has_and_back_by_one_undo(
    ledger, case, another
):
    paper = Letter(kind=LetterKind.REMINDER, number="", recipient="某物业公司", sent_on=MONDAY)
    duplicate = another(employer="某物业公司", name="董")
    assign.assign(ledger, duplicate.id, owner="干部甲", route=None, by=BY)
    case_clock.note_contact(ledger, duplicate.id, called(MONDAY, ()), by=BY)
    duplicate = case_money.note_payment(ledger, duplicate.id, 500, on=MONDAY, by=BY)
    kept = letters.register(
        ledger, replace(paper, case_id=duplicate.id), pattern="{kind}{n}", by=BY
    )
    case_clock.note_contact(ledger, case.id, called(MONDAY), by=BY)
    case = ledger.case(case.id)

    whole = merge(ledger, duplicate.id, into=case.id, by=BY)

    assert ledger.cases() == [whole]
    assert whole.questions == (*case.questions, *duplicate.questions)
    assert (whole.owner, whole.promise.received_fen) == ("干部甲", 500)
    assert ledger.case(duplicate.id).merged_into == case.id
    assert [letter.id for letter in letters.of_case(ledger, case.id)] == [kept.id]
    assert ledger.case_of(duplicate.questions[0]) == whole
    with pytest.raises(CourseRefused, match=case.number):
        case_money.note_payment(ledger, duplicate.id, 1, on=FRIDAY, by=BY)

    ledger.undo(by=BY)

    assert ledger.case(case.id) == case
    assert ledger.case(duplicate.id) == duplicate
    assert letters.of_case(ledger, duplicate.id) == [kept]
    assert ledger.examine() == []


def test_two_workers_of_one_employer_stay_two_and_it_is_said_before(ledger, another):
    cases_of = [another(employer="某物业公司", name=name, phone=phone) for name, phone in (
        ("董小梅", "13800005678"), ("王", "13900001234"),
    )]  # fmt: skip
    one, other = [
        cases.amend(ledger, each.id, by=BY, people=1, claimed_fen=300_000) for each in cases_of
    ]
    case_money.note_payment(ledger, other.id, 500, on=MONDAY, by=BY)
    case_money.note_payment(ledger, one.id, 500, on=MONDAY, by=BY)

    (found,) = duplicates(ledger, one.id)
    whole = merge(ledger, other.id, into=one.id, by=BY)

    assert found.why == "用人单位相同，职工不是同一人"
    assert (whole.people, whole.claimed_fen) == (2, 600_000)
    assert [(each.name, each.claimed_fen, each.received_fen) for each in whole.parties] == [
        ("董小梅", 300_000, 500), ("王某", 300_000, 500),
    ]  # fmt: skip
    ledger.undo(by=BY)
    assert [each.name for each in ledger.case(other.id).parties] == ["王某"]


@pytest.mark.parametrize(
    "again", [{"name": "董"}, {"name": "董先生的爱人", "phone": "138 0000 5678"}]
)
def test_one_worker_who_asks_twice_stays_one(ledger, another, again):
    one = another(employer="某物业公司", name="董小梅", phone="13800005678")
    other = another(employer="某物业公司", **again)
    for each in (one, other):
        cases.amend(ledger, each.id, by=BY, people=1, claimed_fen=300_000)
        case_money.note_payment(ledger, each.id, 500, on=MONDAY, by=BY)

    whole = merge(ledger, other.id, into=one.id, by=BY)

    assert (whole.people, whole.claimed_fen) == (1, 300_000)
    assert [(each.name, each.received_fen) for each in whole.parties] == [("董小梅", 500)]


def test_what_the_duplicate_came_to_is_not_lost_and_comes_back_by_one_undo(ledger, another):
    both = [another(employer="某物业公司", name="董小梅", phone="13800005678") for _ in range(2)]
    for each, fen in zip(both, (300_000, 700_000), strict=True):
        case_clock.close(ledger, each.id, Closing(on=FRIDAY, told_on=FRIDAY),
                         ClosingWay.BEFORE_CASE, by=BY)  # fmt: skip
        agreed = Promise(agreed_fen=fen, agreed_on=FRIDAY, pay_by=MONDAY)
        case_money.promise(ledger, each.id, agreed, basis=f"协议{fen // 100}", by=BY)
    one, other = both
    case_course.call_back(ledger, other.id, Satisfaction.DISSATISFIED, on=MONDAY, by=BY)
    before = [ledger.case(each.id) for each in both]

    whole = merge(ledger, other.id, into=one.id, by=BY)

    assert (whole.promise.agreed_fen, whole.basis) == (700_000, "协议7000")
    assert (whole.satisfaction, whole.called_back_on) == (Satisfaction.DISSATISFIED, MONDAY)
    assert "本案原记：协议或裁决金额 3,000 元，依据 协议3000" in whole.actions[-1].words
    ledger.undo(by=BY)
    assert [ledger.case(each.id) for each in both] == before


def test_a_worker_of_two_is_not_counted_twice(ledger, another):
    one, joined = another(name="董", phone="13800005678"), another(name="李四", phone="13900001234")
    whole = merge(ledger, joined.id, into=one.id, by=BY)
    again = another(name="董小红", phone="13800005678")

    whole = merge(ledger, again.id, into=whole.id, by=BY)

    assert [party.name for party in whole.parties] == ["董小红", "李四"]
    assert whole.headcount == 2


def test_a_refused_merging_changes_nothing(ledger, case, another):
    other = another(employer="某物业公司")
    case_clock.note_contact(ledger, other.id, called(MONDAY), by=BY)
    before = ledger.cases()

    with pytest.raises(CourseRefused, match="并入它"):
        merge(ledger, other.id, into=case.id, by=BY)

    assert ledger.cases() == before
