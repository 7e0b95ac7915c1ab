"""The lean reading of all questions."""

from dataclasses import replace
from datetime import timedelta

from hotline_desk.domain.calls import Caller
from hotline_desk.domain.casework.cases import NewCase, Route
from tests.ledger.records import AT, a_call, a_question

BY = "台账管理员"


def test_a_question_is_read_with_its_call_its_case_and_its_lawyer(ledger):
    caller = Caller(district="东港区", employer="来电人说的单位")
    call = ledger.add_call(a_call(caller=caller), by=BY)
    first = ledger.add_question(a_question(call_id=call.id, answered_by="李律师"), by=BY)
    second = ledger.add_question(
        a_question(employer="写明的单位", unit="莒县总工会", at=AT - timedelta(days=1)), by=BY
    )
    case = ledger.add_case(
        NewCase(received=AT.date(), questions=(second.id,), route=Route.CADRE), by=BY
    )

    earlier, later = ledger.counted_questions()

    assert (earlier.id, earlier.day, earlier.case_id) == (second.id, "2026-11-24", case.id)
    assert (earlier.employer, earlier.unit, earlier.route) == (
        "写明的单位", "莒县总工会", "工会干部调解",
    )  # fmt: skip
    assert (later.id, later.call_id, later.episode) == (first.id, call.id, 190)
    assert (later.employer, later.district, later.lawyer) == ("来电人说的单位", "东港区", "李律师")


def test_what_was_taken_back_is_not_read(ledger):
    ledger.add_question(a_question(), by="接线员")
    ledger.undo(by="接线员")

    assert list(ledger.counted_questions()) == []


def test_everything_in_the_block_is_of_one_moment(store, ledger, path):
    question = ledger.add_question(a_question(unit="甲"), by=BY)

    with store(path.parent) as other, ledger.at_one_moment():
        before = ledger.counted_questions()
        other.save_question(replace(question, unit="乙"), by=BY)
        during = ledger.counted_questions()

    assert before == during
    assert [row.unit for row in ledger.counted_questions()] == ["乙"]


def test_within_what_is_written_together_it_reads_what_was_written(ledger):
    with ledger.together(), ledger.at_one_moment():
        ledger.add_question(a_question(), by=BY)

        assert len(ledger.counted_questions()) == 1


def test_what_many_rows_have_in_common_is_kept_once(ledger):
    for _ in range(3):
        ledger.add_question(a_question(unit="莒县总工会"), by=BY)

    rows = ledger.counted_questions()

    assert len({id(row.unit) for row in rows}) == len({id(row.day) for row in rows}) == 1
