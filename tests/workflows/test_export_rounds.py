"""A case that was taken up again (重办) in the Excel 台账: its days, its money, its old result."""

from datetime import date

import openpyxl
import pytest

from hotline_desk import cli
from hotline_desk.domain import sheets
from hotline_desk.domain.casework.cases import Satisfaction
from hotline_desk.domain.casework.course import Promise
from hotline_desk.workflows import case_course, case_money
from tests.workflows.casework import BY, FRIDAY, WEDNESDAY, finished

AGAIN = date(2026, 12, 7)


@pytest.fixture
def renewed(ledger, case):
    """Paid, 结案, called back, and taken up again."""
    promise = Promise(agreed_fen=3_300_000, agreed_on=WEDNESDAY)
    case_money.promise(ledger, case.id, promise, basis="协议", by=BY)
    case_money.note_payment(ledger, case.id, 3_300_000, on=WEDNESDAY, by=BY)
    finished(ledger, case)
    case_course.call_back(ledger, case.id, Satisfaction.DISSATISFIED, on=FRIDAY, by=BY)
    return case_course.again(ledger, case.id, on=AGAIN, by=BY)


@pytest.fixture
def exported(ledger, tmp_path):
    def rows(*days):
        path = tmp_path / "台账.xlsx"
        place = ["-o", str(path), "--workspace", str(tmp_path)]
        assert cli.run(["ledger", "export", *place, *days]) == 0
        headings, *rows = openpyxl.load_workbook(path)[sheets.CASES].iter_rows(values_only=True)
        return [dict(zip(headings, row, strict=True)) for row in rows]

    return rows


def test_it_is_among_the_cases_of_the_days_of_each_round(renewed, exported):
    def numbers(*days):
        return [row["案件编号"] for row in exported(*days)]

    assert numbers("--since", "2026-11-25", "--until", "2026-11-30") == [renewed.number]
    assert numbers("--since", "2026-12-07") == [renewed.number]
    assert numbers("--since", "2026-12-01", "--until", "2026-12-06") == []


def test_its_money_adds_up_to_the_figures_and_the_old_result_stays(ledger, renewed, exported):
    case_money.note_payment(ledger, renewed.id, 5, on=AGAIN, by=BY)

    (row,) = exported()

    assert (row["协议或裁决金额（元）"], row["已到账金额（元）"]) == (33_000.05, 33_000.05)
    assert row["重办/督办"].startswith(
        "重办（上一次 2026-11-25 接收，2026-11-27 办结，职工撤回，2026-11-27 结案，职工撤回，"
        "协议 33,000 元，到账 33,000 元，2026-11-27 回访，不满意）；督办 2026-11-27"
    )


def test_what_is_agreed_anew_is_told_apart_from_what_was_before(ledger, renewed, exported):
    promise = Promise(agreed_fen=100_000, agreed_on=AGAIN)
    case_money.promise(ledger, renewed.id, promise, basis="新协议", by=BY)

    (row,) = exported()

    assert (row["协议或裁决金额（元）"], row["已到账金额（元）"]) == (34_000, 33_000)
    assert "；本次协议 1,000 元；" in row["重办/督办"]
