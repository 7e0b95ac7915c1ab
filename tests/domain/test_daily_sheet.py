"""每日台账: the form's columns, zero reports, and the balance from day to day."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from hotline_desk.domain.calls import Channel
from hotline_desk.domain.categories import CATEGORIES, Category
from hotline_desk.domain.staff import ServicePoint
from hotline_desk.domain.statistics.daily_sheet import (
    DAILY_COLUMNS,
    DAILY_HEADINGS,
    DAILY_NOTES,
    ZERO_REPORT,
    daily_sheet,
)
from hotline_desk.domain.statistics.periods import Period
from hotline_desk.domain.statistics.reckoning import Reckoning
from tests.domain.books import (
    NOVEMBER,
    POINTS,
    a_book,
    asked,
    opened,
    reckoned,
    with_month_closed,
)
from tests.domain.cases import MONDAY, after

FORM = (
    "日期｜填报单位｜来电｜来访｜网上｜咨询人次｜问题数｜其中：工资｜社保缴纳｜劳动合同｜工伤｜其他"
    "｜立案｜办结｜在办｜黄牌｜红牌｜填报人｜审核人"
)
FORTNIGHT = Period(MONDAY, after(13))


def test_the_columns_are_those_of_the_form():
    assert "｜".join(DAILY_HEADINGS) == FORM


def test_a_day_is_told_in_one_row_a_unit():
    reckoning = reckoned(
        asked(1, MONDAY, channel=Channel.VISIT.value),
        asked(2, MONDAY, category=Category.HOURS.value, call_id=1),
        asked(3, MONDAY, category=Category.INJURY.value, call_id=1),
        opened(1, MONDAY - timedelta(days=30)),
        points=(),
    )

    sheet = daily_sheet(reckoning, Period.of_day(MONDAY), prepared_by="甲", reviewed_by="乙")

    assert sheet.cells() == [
        ["2026-11-02", "市总工会", 1, 1, 0, 2, 3, 1, 0, 0, 1, 1, 0, 0, 1, 0, 1, "甲", "乙"]
    ]


def test_a_day_with_nothing_is_a_zero_report_and_still_tells_what_is_open():
    reckoning = reckoned(opened(1, MONDAY), points=())

    (_, row) = daily_sheet(reckoning, Period(MONDAY, after(1))).cells()

    assert row[2] == ZERO_REPORT
    assert row[3:14] == [""] * 11
    assert row[14:17] == [1, 1, 0]


def test_a_point_that_is_closed_reports_only_what_it_has():
    points = (ServicePoint(name="甲"), ServicePoint(name="乙", active=False))
    reckoning = reckoned(asked(1, MONDAY, unit="乙"), points=points)

    names = [row.line.name for row in daily_sheet(reckoning, Period(MONDAY, after(1))).rows]

    assert (names.count("甲"), names.count("乙")) == (2, 1)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_every_day_balances_for_every_unit_and_the_units_are_the_sum(data):
    day = st.integers(0, 13).map(after)
    unit = st.sampled_from(["", *(point.name for point in POINTS)])
    rows = [
        asked(number, data.draw(day), unit=data.draw(unit),
              category=data.draw(st.sampled_from(CATEGORIES)).value)
        for number in range(1, 8)
    ]  # fmt: skip
    cases = [
        opened(number, data.draw(day), closed_on=data.draw(st.none() | day), unit=data.draw(unit))
        for number in range(1, 5)
    ]
    cases = [
        case
        for case in cases
        if not case.events.closed_on or case.received <= case.events.closed_on
    ]

    sheet = daily_sheet(reckoned(*rows, *cases), FORTNIGHT)

    left: dict[str, int] = {}
    for row in sheet.rows:
        numbers = row.numbers
        name = row.line.words
        open_now = left.get(name, 0) + numbers["cases.new"] - numbers["cases.closed"]
        assert numbers["cases.open"] == open_now
        left[name] = open_now
        published = [value for key, value in numbers.items() if key.startswith("category.")]
        assert sum(published) == numbers["questions"]
    for day_of in {row.day for row in sheet.rows}:
        top, *others = [row for row in sheet.rows if row.day == day_of]
        for _, key in DAILY_COLUMNS:
            assert top.numbers[key] == sum(
                row.numbers[key] for row in others if not row.line.is_sum
            )


def test_days_of_a_closed_month_say_that_they_are_told_as_they_are_now():
    book = with_month_closed(a_book(asked(1, MONDAY)), NOVEMBER, on=date(2026, 12, 2))
    reckoning = Reckoning(replace(book, on=date(2026, 12, 2)))

    (said,) = set(daily_sheet(reckoning, FORTNIGHT).notes) - set(DAILY_NOTES)

    assert said.startswith("2026年11月已于 2026-12-02 月结上报；本表按现在的台账")
    assert daily_sheet(reckoning, Period.of_day(date(2026, 12, 1))).notes == DAILY_NOTES


def test_a_unit_reports_for_itself_and_those_below_it():
    reckoning = reckoned(asked(1, MONDAY, unit="石臼街道服务点"), asked(2, MONDAY))

    sheet = daily_sheet(reckoning, Period.of_day(MONDAY), unit="东港区总工会")

    assert [row.line.words for row in sheet.rows] == [
        "东港区总工会", "东港区总工会本级", "石臼街道服务点",
    ]  # fmt: skip
    assert sheet.rows[0].numbers["questions"] == 1
    assert sheet.rows[1].is_zero
