"""Who has called before: by the number, however it is written, and only before."""

from datetime import timedelta

import pytest

from hotline_desk.domain.calls import Caller, NewCall
from hotline_desk.domain.questions import NewQuestion
from hotline_desk.domain.times import studio_now
from hotline_desk.ledger.ledger import Ledger
from hotline_desk.workflows.earlier_calls import earlier_calls

BY = "接线员"
NOW = studio_now()


@pytest.fixture
def ledger(tmp_path):
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        yield ledger


def call(ledger, phone, days_ago, *points):
    at = NOW - timedelta(days=days_ago)
    made = ledger.add_call(NewCall(episode=None, at=at, caller=Caller(phone=phone)), by=BY)
    rows = [
        ledger.add_question(NewQuestion(episode=None, call_id=made.id, point=point, at=at), by=BY)
        for point in points
    ]
    return made, [row.id for row in rows]


def test_the_calls_by_a_number_and_their_rows_are_newest_first_though_imported_later(ledger):
    last, last_rows = call(ledger, "138 0000 5678", 7, "欠薪", "工伤")
    now, _ = call(ledger, "13800005678", 0, "又欠薪")
    first, first_rows = call(ledger, "13800005678", 30, "没签合同")
    call(ledger, "13900005678", 1, "别人的")

    found = earlier_calls(ledger, now)

    assert [each.id for each in found.calls] == [last.id, first.id]
    assert [row.id for row in found.questions] == [*last_rows, *first_rows]
    assert earlier_calls(ledger, first) is None


@pytest.mark.parametrize("phone", ["", "不详"])
def test_nobody_has_called_by_no_number(ledger, phone):
    call(ledger, phone, 7, "欠薪")
    now, _ = call(ledger, phone, 0)

    assert earlier_calls(ledger, now) is None


def test_a_call_that_was_taken_back_is_none(ledger):
    call(ledger, "13800005678", 7)
    ledger.undo(by=BY)
    now, _ = call(ledger, "13800005678", 0)

    assert earlier_calls(ledger, now) is None
