"""How figures spread, and which rows lie behind a number."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotline_desk.domain.casework.cases import Round
from hotline_desk.domain.casework.course import Promise
from hotline_desk.domain.categories import Category
from hotline_desk.domain.statistics.figures import FigureKind
from hotline_desk.domain.statistics.period_figures import Group
from hotline_desk.domain.statistics.periods import Period
from tests.domain.books import NOVEMBER, asked, opened, reckoned
from tests.domain.cases import MONDAY, a_case, after, called, closed, planned
from tests.domain.invented import some_records

PERIOD = Period.of_month(NOVEMBER)
LATER = date(2026, 12, 31)
PEOPLE_AND_MONEY = {"people", "agreed", "received", "listeners"}
"""What is no number of rows."""


def counting_rows(reckoning):
    return [
        figure
        for figure in reckoning.figures
        if figure.kind is not FigureKind.RATE and figure.key not in PEOPLE_AND_MONEY
    ]


@settings(max_examples=60, deadline=None)
@given(
    some_records(),
    st.sampled_from(Group),
    st.sampled_from(["", "东港区总工会"]),
    st.dates(date(2026, 10, 1), LATER),
)
def test_the_parts_of_every_group_are_the_whole(records, by, unit, on):
    """Also while the period runs: what is done early counts on its last day, which is to come."""
    reckoning = reckoned(*records, on=on)
    period = Period(date(2026, 10, 1), LATER)
    whole = reckoning.numbers(period, unit=unit)

    parts = Counter()
    for row in reckoning.groups(period, by, unit=unit):
        parts.update({key: value for key, value in row.numbers.items() if value})

    kinds = (
        {FigureKind.FLOW}
        if by is Group.MONTH
        else {FigureKind.FLOW, FigureKind.AT_START, FigureKind.AT_END}
    )
    for figure in reckoning.figures:
        if figure.kind in kinds:
            assert parts[figure.key] == whole[figure.key], figure.key


@settings(max_examples=30, deadline=None)
@given(some_records(), st.sampled_from([None, *Group]), st.sampled_from(["", "莒县总工会"]))
def test_as_many_rows_lie_behind_a_number_as_it_says(records, by, unit):
    reckoning = reckoned(*records, on=LATER)
    groups = reckoning.groups(PERIOD, by, unit=unit) if by else [None]

    for group in groups:
        numbers = group.numbers if group else reckoning.numbers(PERIOD, unit=unit)
        for figure in counting_rows(reckoning):
            behind = reckoning.behind(
                figure.key, PERIOD, unit=unit, by=by, value=group.value if group else ""
            )
            found = behind.questions + behind.cases
            assert len(found) == numbers[figure.key], figure.key


@settings(max_examples=20, deadline=None)
@given(some_records(), st.sampled_from(["", "莒县总工会"]))
def test_each_of_the_seven_columns_has_its_own_rows(records, unit):
    reckoning = reckoned(*records, on=LATER)
    counted = reckoning.counted(PERIOD, unit=unit)

    for figure in counting_rows(reckoning):
        for period, number in zip(counted.column_periods, counted[figure.key].numbers, strict=True):
            behind = reckoning.behind(figure.key, period, unit=unit)
            assert len(behind.questions + behind.cases) == number, (figure.key, period)


@settings(max_examples=30, deadline=None)
@given(some_records(), st.sampled_from([None, *Group]))
def test_behind_a_rate_lie_those_that_it_lacks(records, by):
    reckoning = reckoned(*records, on=LATER)
    rates = [figure for figure in reckoning.figures if figure.kind is FigureKind.RATE]

    for group in reckoning.groups(PERIOD, by) if by else [None]:
        numbers = group.numbers if group else reckoning.numbers(PERIOD)
        for figure in rates:
            above, below = (numbers[key] for key in figure.of)
            value = group.value if group else ""
            short = reckoning.behind(figure.key, PERIOD, by=by, value=value).cases
            assert len(short) == below - above, figure.key


def test_a_case_that_was_late_once_lies_behind_the_rate_once():
    late = a_case(MONDAY, contacts=(called(after(3)),), plan=planned(after(4)),
                  closing=closed(after(4)))  # fmt: skip
    first = Round(
        received=MONDAY, events=late, closing=None, finish=None, finished_on=None,
        promise=Promise(),
    )  # fmt: skip
    again = a_case(after(5), contacts=(called(after(6)),), plan=planned(after(6)),
                   closing=closed(after(6)))  # fmt: skip
    reckoning = reckoned(opened(1, after(5), events=again, earlier=(first,)))

    assert reckoning.numbers(PERIOD)["contact.rate"] == 0.5
    assert reckoning.behind("contact.rate", PERIOD).cases == (1,)
    assert reckoning.behind("contact.due", PERIOD).cases == (1,)
    assert reckoning.behind("close.rate", PERIOD).cases == ()


def test_groups_stand_in_the_office_s_order():
    rows = [
        asked(1, MONDAY, category=Category.UNION.value, episode=190, lawyer="李律师"),
        asked(2, MONDAY, category=Category.WAGES.value, episode=99, lawyer="王律师"),
        asked(3, MONDAY, category=Category.WAGES.value, lawyer="王律师"),
    ]
    reckoning = reckoned(*rows)

    def words(by):
        return [row.words for row in reckoning.groups(PERIOD, by)]

    assert words(Group.CATEGORY) == ["工资", "工会与集体协商"]
    assert words(Group.EPISODE) == ["第 99 期", "第 190 期", "节目以外"]
    assert words(Group.LAWYER) == ["王律师", "李律师"]
    assert words(Group.DISTRICT) == ["未填写"]
    assert words(Group.MONTH) == ["2026年11月"]


def test_a_place_counts_for_its_district_and_no_number_is_told():
    rows = [
        asked(1, MONDAY, district="东港区秦楼街道海曲中路81号", lawyer="李律师（139-0000-1111）"),
        asked(2, MONDAY, district="日照市东港区"),
        asked(3, MONDAY, district="海曲中路81号"),
    ]
    reckoning = reckoned(*rows)
    found = reckoning.groups(PERIOD, Group.DISTRICT)

    assert [(row.words, row.value) for row in found] == [("东港区", "东港区"), ("未填写", "")]
    assert reckoning.behind("questions", PERIOD, by=Group.DISTRICT, value="东港区").questions == (
        1,
        2,
    )
    assert "0000" not in str([row.words for row in reckoning.groups(PERIOD, Group.LAWYER)])


def test_a_figure_that_nobody_knows_is_refused():
    with pytest.raises(KeyError):
        reckoned().behind("没有这个", PERIOD)
