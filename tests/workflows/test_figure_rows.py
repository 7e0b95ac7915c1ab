"""What a number opens, and how it is said which number that was."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotline_desk.domain.categories import Category
from hotline_desk.domain.statistics.daily_sheet import daily_sheet
from hotline_desk.domain.statistics.monthly_sheet import UNIT_FIGURES, monthly_sheet
from hotline_desk.domain.statistics.period_figures import Group
from hotline_desk.domain.statistics.periods import Period
from hotline_desk.domain.statistics.reckoning import Reckoning
from hotline_desk.workflows.figure_rows import open_line, open_number
from tests.domain.books import NOVEMBER, a_book, asked, opened, reckoned, with_month_closed
from tests.domain.cases import MONDAY, a_case, after, called
from tests.domain.invented import some_records

PERIOD = Period.of_month(NOVEMBER)
DECEMBER = date(2026, 12, 2)
COUNTED = [key for key in UNIT_FIGURES if key not in {"people", "agreed", "received"}]
"""What is a number of rows."""


def contacted(case_id, days):
    return opened(case_id, MONDAY, events=a_case(MONDAY, contacts=(called(after(days)),)))


def test_a_rate_opens_what_fell_short_and_says_of_how_many():
    reckoning = reckoned(contacted(1, 1), contacted(2, 3), contacted(3, 1))

    found = open_number(reckoning, "contact.rate", PERIOD)

    assert found.rows.cases == (2,)
    assert found.words == "联系：按期率 · 2026年11月 · 未按期 1 件，共 3 件"


def test_a_whole_rate_opens_all_of_it():
    reckoning = reckoned(contacted(1, 1), contacted(2, 1))

    found = open_number(reckoning, "contact.rate", PERIOD)

    assert sorted(found.rows.cases) == [1, 2]
    assert found.words.endswith("全部 2 件")


def test_a_rate_of_a_group_opens_the_group_s_own():
    cases = [
        opened(1, MONDAY, closed_on=after(1), owner="李律师"),
        opened(2, MONDAY, closed_on=after(1), owner="王律师"),
    ]

    found = open_number(reckoned(*cases), "call_back_rate", PERIOD, by=Group.LAWYER,
                        value="王律师", name="王律师")  # fmt: skip

    assert found.rows.cases == (2,)
    assert found.words == "王律师 · 回访率 · 2026年11月 · 未回访 1 件，共 1 件"


def test_a_number_as_it_stands_says_nothing_more():
    reckoning = reckoned(asked(1, MONDAY))

    assert open_number(reckoning, "questions", PERIOD, shown=1).words == "问题数 · 2026年11月"


@pytest.mark.parametrize("unit", ["", "市总工会"])
def test_rows_of_a_closed_month_are_today_s_and_say_so(unit):
    book = with_month_closed(a_book(asked(1, MONDAY)), NOVEMBER, on=DECEMBER)
    later = Reckoning(
        a_book(asked(1, MONDAY), asked(2, MONDAY), closings=book.closings, on=DECEMBER)
    )
    told = later.counted(PERIOD)["questions"].numbers[0]

    found = open_number(later, "questions", PERIOD, unit=unit, shown=told)

    assert found.rows.questions == (1, 2)
    assert found.words == "问题数 · 2026年11月（表上 1，台账现在 2）"


def test_what_was_before_the_ledger_has_no_rows():
    reckoning = reckoned(asked(1, MONDAY), openings={"questions": 500})
    counted = reckoning.counted(PERIOD)
    total = counted.column_periods[-1]

    found = open_number(reckoning, "questions", total, shown=counted["questions"].numbers[-1])

    assert found.rows.questions == (1,)
    assert (
        found.words == "问题数 · 开栏至 2026-11-30（表上 501，其中期初数 500 没有行，台账现在 1）"
    )


@settings(max_examples=6, deadline=None)
@given(some_records(), st.dates(date(2026, 10, 15), DECEMBER))
def test_every_cell_of_a_day_and_of_a_month_s_units_opens_what_it_counts(records, day):
    reckoning = reckoned(*records, on=date(2026, 12, 31))
    days = [(row.line, Period.of_day(day), row.numbers)
            for row in daily_sheet(reckoning, Period.of_day(day)).rows]  # fmt: skip
    months = [(row.line, PERIOD, {key: row.numbers[key] for key in COUNTED})
              for row in monthly_sheet(reckoning, NOVEMBER).units]  # fmt: skip

    for line, period, numbers in days + months:
        for key, number in numbers.items():
            rows = open_line(reckoning, key, period, line)
            assert len(rows.rows.questions + rows.rows.cases) == number, (line.words, key)


def test_one_row_of_a_sheet_opens_its_own_rows():
    rows = [asked(1, MONDAY), asked(2, MONDAY, unit="东港区总工会"),
            asked(3, MONDAY, unit="石臼街道服务点", category=Category.UNION.value)]  # fmt: skip
    reckoning = reckoned(*rows)

    found = {
        line.words: open_line(reckoning, "questions", PERIOD, line).rows.questions
        for line in reckoning.units.lines()
    }

    assert sorted(found["市总工会"]) == [1, 2, 3]
    assert found["市总工会本级"] == (1,)
    assert sorted(found["东港区总工会"]) == [2, 3]
    assert found["东港区总工会本级"] == (2,)
    others = open_line(reckoning, "category.其他", PERIOD, reckoning.units.lines()[0])
    assert others.rows.questions == (3,)
    assert others.words == "市总工会 · 其他 · 2026年11月"


def test_what_is_published_as_other_is_no_more_than_that():
    rows = [asked(1, MONDAY, category=Category.UNION.value),
            asked(2, MONDAY, category=Category.HOURS.value)]  # fmt: skip
    reckoning = reckoned(*rows, published={Category.UNION: "其他"})

    assert open_number(reckoning, "category.其他", PERIOD).rows.questions == (1,)
