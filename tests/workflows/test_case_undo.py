"""Every deed on a case is one step, and one undo takes it back whole."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotline_desk.domain.casework.cases import (
    Action,
    ActionKind,
    Interruption,
    Party,
    Payment,
    Route,
    Satisfaction,
)
from hotline_desk.domain.casework.clock_events import (
    WHOLE_PLAN,
    Closing,
    Extension,
    Grade,
    Grading,
    Pause,
    PauseReason,
    Plan,
)
from hotline_desk.domain.casework.course import ClosingWay, Course, Finish, Promise
from hotline_desk.domain.casework.letters import Letter, LetterKind
from hotline_desk.domain.casework.noted import What, noted
from hotline_desk.domain.staff import ServicePoint, Staff, StaffKind
from hotline_desk.errors import LedgerError
from hotline_desk.ledger import Ledger
from hotline_desk.workflows import (
    assign,
    case_clock,
    case_course,
    case_merging,
    case_money,
    cases,
    lapses,
    refer,
)
from tests.domain.cases import CALENDAR, LIMITS
from tests.ledger.records import EPISODE, a_question
from tests.workflows.casework import (
    BY,
    FRIDAY,
    MONDAY,
    THURSDAY,
    TUESDAY,
    called,
    correct,
    finished,
    mediating,
)


def newest(ledger, case):
    """Return the kind that was noted last, in the order of the kinds."""
    return list(noted(ledger.case(case.id)))[-1].what


DEEDS = {
    "amend": lambda ledger, case: cases.amend(ledger, case.id, by=BY, employer="海山水产"),
    "join": lambda ledger, case: cases.join_case(
        ledger, case.id, [ledger.add_question(a_question(), by="别人").id], by=BY
    ),
    "leave": lambda ledger, case: cases.leave_case(ledger, case.id, case.questions[0], by=BY),
    "contact": lambda ledger, case: case_clock.note_contact(
        ledger, case.id, replace(called(THURSDAY), words="说清了"), by=BY
    ),
    "grade": lambda ledger, case: case_clock.grade(
        ledger, case.id, Grading(on=THURSDAY, grade=Grade.ORDINARY), by=BY
    ),
    "pause": lambda ledger, case: case_clock.pause(
        ledger, case.id, Pause(first=THURSDAY, reason=PauseReason.PAPERS, expected=MONDAY), by=BY
    ),
    "extend": lambda ledger, case: case_clock.extend(
        ledger,
        case.id,
        Extension(asked_on=THURSDAY, days=2, approver="主任", reason="外地", told_on=THURSDAY),
        calendar=CALENDAR,
        limits=LIMITS,
        by=BY,
    ),
    "close": lambda ledger, case: case_clock.close(
        ledger, case.id, Closing(on=FRIDAY, told_on=FRIDAY), ClosingWay.WITHDRAWN, by=BY
    ),
    "assign": lambda ledger, case: assign.assign(
        ledger, case.id, owner="律师乙", route=Route.LEGAL_AID, by=BY
    ),
    "assign_to": lambda ledger, case: assign.assign_to(ledger, case.id, "律师乙", by=BY),
    "reassign": lambda ledger, case: assign.reassign(ledger, [case.id], "律师乙", by=BY),
    "action": lambda ledger, case: case_course.take_action(
        ledger, case.id, Action(on=FRIDAY, kind=ActionKind.CHECKED, words="材料齐全"), by=BY
    ),
    "refer": lambda ledger, case: refer.refer(
        ledger, case.id, ledger.kept(ServicePoint)[0].id, on=FRIDAY, by=BY
    ),
    "parties": lambda ledger, case: case_money.note_parties(
        ledger, case.id, [Party(name="董某", claimed_fen=300_000)], by=BY
    ),
    "promise": lambda ledger, case: case_money.promise(
        ledger, case.id, Promise(agreed_fen=5, agreed_on=FRIDAY, pay_by=TUESDAY), basis="书", by=BY
    ),
    "payment": lambda ledger, case: case_money.note_payment(
        ledger, case.id, 300_000, on=FRIDAY, by=BY
    ),
    "day": lambda ledger, case: lapses.note_day(
        ledger, case.id, "离职", date(2026, 3, 2), by=BY
    ),
    "interruption": lambda ledger, case: lapses.interrupt(
        ledger, case.id, Interruption(on=FRIDAY, event="起诉", evidence="受理通知"), by=BY
    ),
}  # fmt: skip
LATER = {
    "plan": lambda ledger, case: case_clock.note_plan(
        ledger, case.id, Plan(on=FRIDAY, parts=WHOLE_PLAN, told_on=FRIDAY), by=BY
    ),
    "advance": lambda ledger, case: case_course.advance(
        ledger, case.id, Course.MEDIATED, on=FRIDAY, by=BY
    ),
    "correct": lambda ledger, case: correct(
        ledger, case, What.PAYMENT, Payment(on=MONDAY, fen=1), place=0
    ),
    "strike out": lambda ledger, case: correct(ledger, case, newest(ledger, case), None),
}
ENDED = {
    "finish": lambda ledger, case: case_course.finish(
        ledger, case.id, Finish.WITHDRAWN, on=FRIDAY, by=BY
    ),
    "call back": lambda ledger, case: case_course.call_back(
        ledger, case.id, Satisfaction.DISSATISFIED, on=MONDAY, by=BY
    ),
    "again": lambda ledger, case: case_course.again(ledger, case.id, on=MONDAY, by=BY),
}


@pytest.fixture(autouse=True)
def registers(ledger):
    ledger.keep(Staff(name="律师乙", kind=StaffKind.LAWYER), by="别人")
    ledger.keep(ServicePoint(name="石臼服务点"), by="别人")


def takes_back(ledger, case, deed):
    before, questions = ledger.case(case.id), ledger.questions()
    deed(ledger, case)
    assert ledger.case(case.id) != before

    ledger.undo(by=BY)

    assert ledger.case(case.id) == before
    assert [row for row in questions if row not in ledger.questions()] == []
    assert ledger.examine() == []


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
def test_a_deed_on_a_new_case_is_taken_back_whole(ledger, case, deed):
    takes_back(ledger, case, deed)


@pytest.mark.parametrize("deed", LATER.values(), ids=LATER)
def test_a_deed_on_a_case_in_hand_is_taken_back_whole(ledger, case, deed):
    mediating(ledger, case)
    case_money.note_payment(ledger, case.id, 5, on=FRIDAY, by="别人")

    takes_back(ledger, case, deed)


@pytest.mark.parametrize("deed", ENDED.values(), ids=ENDED)
def test_a_deed_on_a_case_at_its_end_is_taken_back_whole(ledger, case, deed):
    finished(ledger, case)
    if deed is ENDED["finish"]:
        ledger.undo(by=BY)

    takes_back(ledger, case, deed)


def state(ledger):
    return ledger.cases(), ledger.case(1), ledger.case(2), ledger.questions(), ledger.kept(Letter)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(sorted({*DEEDS, *LATER, *ENDED, "merge"})), max_size=10))
def test_whatever_was_done_comes_back_step_by_step(names):
    deeds = {**DEEDS, **LATER, **ENDED, "merge": merged}
    with TemporaryDirectory() as folder, Ledger.open(Path(folder) / "ledger.db") as ledger:
        ledger.save_episode(EPISODE, by="别人")
        ledger.keep(ServicePoint(name="石臼服务点"), by="别人")
        asked = [ledger.add_question(a_question(), by="别人").id for _ in range(3)]
        case = cases.open_case(ledger, asked[:2], by="别人")
        other = cases.open_case(ledger, asked[2:], by="别人")
        ledger.keep(
            Letter(kind=LetterKind.REMINDER, number="1", case_id=other.id, sent_on=FRIDAY),
            by="别人",
        )
        states = [state(ledger)]
        for name in names:
            try:
                deeds[name](ledger, case)
            except (LedgerError, IndexError):  # the latter: nothing is noted to be corrected
                assert state(ledger)[:3] == states[-1][:3]
            else:
                if state(ledger) != states[-1]:
                    states.append(state(ledger))
        for before in reversed(states[:-1]):
            ledger.undo(by=BY)
            assert state(ledger)[:3] == before[:3]
            assert state(ledger)[4] == before[4]
        assert ledger.examine() == []


def merged(ledger, case):
    return case_merging.merge(ledger, 2, into=case.id, by=BY)
