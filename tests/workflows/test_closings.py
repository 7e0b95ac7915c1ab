"""月结 in a real ledger: frozen once, in order, and told when it changes."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from hotline_desk.domain.categories import Category
from hotline_desk.domain.statistics.monthly_sheet import monthly_sheet
from hotline_desk.domain.statistics.periods import Period
from hotline_desk.errors import (
    LaterMonthClosed,
    MonthBeforeFirst,
    MonthClosed,
    MonthNotOver,
    MonthOutOfOrder,
)
from hotline_desk.ledger import Ledger
from hotline_desk.paths import Workspace
from hotline_desk.workflows.closings import close_month, closed_months
from hotline_desk.workflows.statistics import reckon
from tests.ledger.records import AT, EPISODE, a_question

BY = "台账管理员"
NOVEMBER = Period.of_month("2026-11")
FRIDAY, MONDAY = date(2026, 12, 4), date(2026, 12, 7)


@pytest.fixture
def workspace(tmp_path):
    return Workspace(tmp_path)


@pytest.fixture
def ledger(workspace):
    with Ledger.open(workspace.ledger) as ledger:
        ledger.save_episode(EPISODE, by=BY)
        ledger.add_question(a_question(category=Category.WAGES), by=BY)
        yield ledger


def test_what_was_reported_on_friday_stands_on_monday(ledger, workspace):
    close_month(ledger, workspace, "2026-11", signed_by="主席", by=BY, on=FRIDAY)
    ledger.add_question(a_question(category=Category.INJURY), by="接线员")

    reckoning = reckon(ledger, workspace, on=MONDAY)
    november, december = (monthly_sheet(reckoning, f"2026-{month}") for month in (11, 12))

    assert november.counted["questions"].columns.total == 1
    assert (november.reported_on, november.signed_by) == (FRIDAY, "主席")
    assert december.counted["questions"].columns.previous == 1
    assert december.counted["questions"].columns.total == 2
    told = {each.figure.key: (each.month, each.reported, each.present)
            for each in december.adjustments}  # fmt: skip
    assert told["questions"] == ("2026-11", 1, 2)
    assert told["category.工伤"] == ("2026-11", 0, 1)
    assert "category.工资" not in told


def test_an_adjustment_is_told_once(ledger, workspace):
    close_month(ledger, workspace, "2026-11", by=BY, on=FRIDAY)
    ledger.add_question(a_question(), by="接线员")
    close_month(ledger, workspace, "2026-12", by=BY, on=date(2027, 1, 4))

    reckoning = reckon(ledger, workspace, on=date(2027, 1, 5))

    december, january = (monthly_sheet(reckoning, month) for month in ("2026-12", "2027-01"))
    assert [each.figure.key for each in december.adjustments][:1] == ["consultations"]
    assert january.adjustments == ()
    assert december.counted["questions"].columns.this_year == 2
    assert january.counted["questions"].columns.total == 2
    assert january.counted["questions"].columns.this_year == 0


def test_a_month_is_closed_once_in_order_and_when_it_is_over(ledger, workspace):
    with pytest.raises(MonthNotOver):
        close_month(ledger, workspace, "2026-11", by=BY, on=NOVEMBER.last)
    with pytest.raises(MonthBeforeFirst):
        close_month(ledger, workspace, "2019-01", by=BY, on=FRIDAY)
    close_month(ledger, workspace, "2026-10", by=BY, on=FRIDAY)

    with pytest.raises(MonthClosed):
        close_month(ledger, workspace, "2026-10", by=BY, on=FRIDAY)
    with pytest.raises(MonthBeforeFirst):
        close_month(ledger, workspace, "2026-09", by=BY, on=FRIDAY)
    later = Period.of_month("2026-12").last + timedelta(days=1)
    with pytest.raises(MonthOutOfOrder) as refused:
        close_month(ledger, workspace, "2026-12", by=BY, on=later)
    close_month(ledger, workspace, "2026-11", by=BY, on=FRIDAY)

    assert refused.value.due == "2026-11"
    assert [each.month for each in closed_months(ledger)] == ["2026-11", "2026-10"]


def test_undo_opens_the_month_again(ledger, workspace):
    close_month(ledger, workspace, "2026-11", by=BY, on=FRIDAY)

    ledger.undo(by=BY)

    assert closed_months(ledger) == []
    counted = reckon(ledger, workspace, on=FRIDAY).counted(NOVEMBER)
    assert counted.reported_on is None


def test_nothing_of_a_person_is_frozen(ledger, workspace):
    ledger.add_question(
        a_question(employer="海边物业", answered_by="李律师", point="董小红"), by=BY
    )

    closing = close_month(ledger, workspace, "2026-11", by=BY, on=FRIDAY)

    assert not any(word in closing.figures for word in ("海边", "李律师", "董小红"))
    columns = json.loads(closing.figures)[""]["columns"]
    assert {name: figures.get("questions") for name, figures in columns.items()} == {
        "present": 2, "previous": None, "last_year": None, "this_year": 2, "total": 2,
    }  # fmt: skip


def test_a_renamed_union_keeps_its_closed_months(ledger, workspace):
    close_month(ledger, workspace, "2026-11", by=BY, on=FRIDAY)
    workspace.settings.write_text('union = "新名称总工会"\n', encoding="utf-8")

    counted = reckon(ledger, workspace, on=MONDAY).counted(NOVEMBER)

    assert (counted.unit, counted.reported_on) == ("新名称总工会", FRIDAY)
    assert counted["questions"].columns.present == 1


def test_what_is_changed_within_a_closed_month_and_back_is_no_adjustment(ledger, workspace):
    (question,) = ledger.questions()
    close_month(ledger, workspace, "2026-11", by=BY, on=FRIDAY)
    moved = ledger.save_question(replace(question, at=AT.replace(month=12)), by=BY)

    away = monthly_sheet(reckon(ledger, workspace, on=MONDAY), "2026-12")
    ledger.save_question(replace(moved, at=AT), by=BY)
    back = monthly_sheet(reckon(ledger, workspace, on=MONDAY), "2026-12")

    columns = away.counted["questions"].columns
    assert (columns.present, columns.previous, columns.total) == (1, 1, 1)
    assert {each.difference for each in away.adjustments} == {-1}
    assert back.adjustments == ()


def test_no_closing_is_taken_back_from_under_a_later_one(ledger, workspace):
    close_month(ledger, workspace, "2026-11", by="甲", on=FRIDAY)
    close_month(ledger, workspace, "2026-12", by="乙", on=date(2027, 1, 4))

    with pytest.raises(LaterMonthClosed):
        ledger.undo(by="甲")
    assert len(closed_months(ledger)) == 2

    ledger.undo(by="乙")
    ledger.undo(by="甲")
    assert closed_months(ledger) == []
