"""月结: what was reported stays, what changed later is told once, and all sums fit together."""

import json
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotline_desk.domain.calls import Channel
from hotline_desk.domain.categories import CATEGORIES, Category
from hotline_desk.domain.statistics.closings import MonthClosing
from hotline_desk.domain.statistics.figures import FigureKind, figure
from hotline_desk.domain.statistics.period_figures import Columns
from hotline_desk.domain.statistics.periods import Period, month_after
from hotline_desk.domain.statistics.reckoning import Reckoning
from tests.domain.books import POINTS, UNION, a_book, asked, opened, with_month_closed

FIRST = date(2025, 11, 1)
MONTHS = ["2025-12"]
while MONTHS[-1] < "2026-03":
    MONTHS.append(month_after(MONTHS[-1]))
DAYS = st.integers(0, 150).map(lambda days: FIRST + timedelta(days=days))
UNITS = st.sampled_from(["", *(point.name for point in POINTS), "没有这个"])
FLOWS = ("questions", "consultations", "category.工资", "cases.new", "cases.closed", "people")


@st.composite
def records(draw, record_id):
    """A question, or a case that is perhaps 办结."""
    day, unit = draw(DAYS), draw(UNITS)
    if draw(st.booleans()):
        return asked(
            record_id,
            day,
            unit=unit,
            category=draw(st.sampled_from(CATEGORIES)).value,
            channel=draw(st.sampled_from(Channel)).value,
            call_id=draw(st.none() | st.integers(1, 3)),
        )
    lasts = draw(st.none() | st.integers(0, 60).map(timedelta))
    return opened(
        record_id,
        day,
        closed_on=None if lasts is None else day + lasts,
        unit=unit,
        people=draw(st.none() | st.integers(0, 12)),
    )


@st.composite
def histories(draw):
    """What an office does in some months: books one after the other, months closed between."""
    written, book, books, record_id = {}, a_book(), [], 0
    for month in MONTHS:
        for _ in range(draw(st.integers(0, 4))):
            record_id += 1
            changed = draw(st.integers(1, record_id))  # a new one, or an old one again
            written[changed] = draw(records(changed))
        if written and draw(st.booleans()):
            del written[draw(st.sampled_from(sorted(written)))]
        openings = {"questions": draw(st.integers(0, 9)), "cases.new": 3, "cases.closed": 3}
        fresh = a_book(*written.values(), openings=openings)
        book = replace(fresh, closings=book.closings)
        books.append(book)
        if month != MONTHS[-1]:
            book = with_month_closed(book, month)
    return [*books, book]


def flows(counted, column):
    return {
        each.figure.key: getattr(each.columns, column)
        for each in counted.figures
        if each.figure.kind is FigureKind.FLOW
    }


def told(counted):
    sums = {}
    for each in counted.adjustments:
        if each.figure.kind is FigureKind.FLOW:
            sums[each.figure.key] = sums.get(each.figure.key, 0) + each.difference
    return sums


@settings(max_examples=40, deadline=None)
@given(histories(), UNITS.filter(lambda unit: unit != "没有这个"))
def test_a_sum_is_the_one_before_with_the_month_and_its_adjustments(books, unit):
    reckoning = Reckoning(books[-1])

    sheets = [reckoning.counted(Period.of_month(month), unit=unit) for month in MONTHS]

    for before, sheet in pairwise(sheets):
        adjusted = told(sheet)
        for key, total in flows(sheet, "total").items():
            grown = flows(sheet, "present")[key] + adjusted.get(key, 0)
            assert total - flows(before, "total").get(key, 0) == grown, key


@settings(max_examples=40, deadline=None)
@given(histories())
def test_the_first_open_month_s_sums_are_everything_that_is_there_now(books):
    book = books[-1]
    period = Period.of_month(MONTHS[-1])

    sheet = Reckoning(book).counted(period)

    now = Reckoning(replace(book, closings=()))
    since_start = now.numbers(Period(FIRST, period.last))
    this_year = now.numbers(period.year_to_date)
    for key, total in flows(sheet, "total").items():
        assert total == since_start[key] + book.openings.get(key, 0), key
        assert flows(sheet, "this_year")[key] == this_year[key], key


def test_what_is_told_of_years_before_is_not_of_this_year():
    book = with_month_closed(a_book(asked(1, date(2026, 12, 9))), "2026-12")
    late = replace(
        book,
        questions=[*book.questions, asked(2, date(2026, 12, 30)), asked(3, date(2027, 1, 5))],
        openings={"questions": 500},
    )

    january = Reckoning(late).counted(Period.of_month("2027-01"))["questions"].columns

    assert (january.present, january.this_year, january.total) == (1, 1, 503)


@settings(max_examples=40, deadline=None)
@given(histories(), UNITS.filter(lambda unit: unit != "没有这个"))
def test_every_column_of_every_month_balances(books, unit):
    for book in books[-2:]:
        for month in MONTHS:
            counted = Reckoning(book).counted(Period.of_month(month), unit=unit)
            for column in ("present", "previous", "last_year", "this_year", "total"):
                carried, new, finished, left = (
                    getattr(counted[f"cases.{name}"].columns, column)
                    for name in ("carried", "new", "closed", "open")
                )
                assert carried + new - finished == left
            assert counted.faults == ()


@settings(max_examples=40, deadline=None)
@given(histories())
def test_what_was_reported_is_what_is_shown_for_good(books):
    reported = {}
    for book in books:
        reckoning = Reckoning(book)
        for closing in book.closings:
            sheet = reckoning.counted(Period.of_month(closing.month))
            assert reported.setdefault(closing.month, sheet) == sheet
            following = reckoning.counted(Period.of_month(month_after(closing.month)))
            assert flows(following, "previous") == flows(sheet, "present")


@settings(max_examples=40, deadline=None)
@given(histories())
def test_what_is_carried_over_is_what_was_reported_and_its_adjustments(books):
    reckoning = Reckoning(books[-1])
    last, first_open = (
        reckoning.counted(Period.of_month(month)) for month in (MONTHS[-2], MONTHS[-1])
    )

    adjusted = told(first_open)

    left = last["cases.open"].columns.present
    grown = adjusted.get("cases.new", 0) - adjusted.get("cases.closed", 0)
    assert first_open["cases.carried"].columns.present == left + grown


def test_the_total_reported_on_friday_is_the_total_on_monday():
    friday = with_month_closed(a_book(asked(1, date(2026, 10, 9))), "2026-10")
    monday = replace(friday, questions=[*friday.questions, asked(2, date(2026, 10, 30))])

    october = Reckoning(monday).counted(Period.of_month("2026-10"))
    november = Reckoning(monday).counted(Period.of_month("2026-11"))

    assert october["questions"].columns.total == 1
    assert (november["questions"].columns.previous, november["questions"].columns.total) == (1, 2)
    assert [(each.month, each.figure.key, each.difference) for each in november.adjustments
            if each.figure.key == "questions"] == [("2026-10", "questions", 1)]  # fmt: skip


def test_a_change_of_category_is_told_where_it_was_and_where_it_is():
    book = with_month_closed(a_book(asked(1, date(2026, 10, 9))), "2026-10")
    moved = replace(book, questions=[asked(1, date(2026, 10, 9), category=Category.INJURY.value)])

    november = Reckoning(moved).counted(Period.of_month("2026-11"))

    differences = {each.figure.key: each.difference for each in november.adjustments}
    assert differences == {"category.工资": -1, "category.工伤": 1}


def test_what_was_before_the_first_closed_month_is_adjusted_in_one():
    book = with_month_closed(a_book(asked(1, date(2026, 8, 3))), "2026-10")
    more = replace(book, openings={"questions": 500})

    (told_now,) = [
        each
        for each in Reckoning(more).counted(Period.of_month("2026-11")).adjustments
        if each.figure == figure("questions")
    ]

    assert (told_now.month, told_now.reported, told_now.present) == ("", 1, 501)


def test_only_the_first_month_that_is_open_tells_adjustments():
    book = with_month_closed(a_book(), "2026-09")
    late = replace(book, questions=[asked(1, date(2026, 9, 9))])
    reckoning = Reckoning(late)

    october, november = (reckoning.counted(Period.of_month(m)) for m in ("2026-10", "2026-11"))

    assert october.adjustments
    assert november.adjustments == ()
    assert november["questions"].columns.total == october["questions"].columns.total == 1


def test_a_heading_that_is_used_no_more_is_still_shown_where_it_was_reported():
    book = a_book(asked(1, date(2026, 10, 9)), published={Category.WAGES: "报酬"})
    renamed = replace(with_month_closed(book, "2026-10"), published={})

    october = Reckoning(renamed).counted(Period.of_month("2026-10"))

    assert october["category.报酬"].columns.present == 1
    assert october["category.工资"].columns.present == 0


@pytest.mark.parametrize(("new", "finished", "faults"), [(5, 5, 0), (5, 2, 1)])
def test_opening_figures_that_leave_cases_open_are_a_fault(new, finished, faults):
    book = a_book(openings={"cases.new": new, "cases.closed": finished})

    counted = Reckoning(book).counted(Period.of_month("2026-10"))

    assert len(counted.faults) == faults


def test_opening_figures_are_the_union_s_alone():
    reckoning = Reckoning(a_book(openings={"questions": 500}))

    october = Period.of_month("2026-10")

    assert reckoning.counted(october)["questions"].columns.total == 500
    assert reckoning.counted(october, unit="莒县总工会")["questions"].columns.total == 0
    assert reckoning.counted(october, unit=UNION)["questions"].columns.total == 500


KEPT = """
{
  "": {
    "own": {"questions": 4, "category.工资": 3, "category.工伤": 1},
    "columns": {
      "present": {"questions": 7, "category.工资": 5, "category.工伤": 2, "cases.open": 1,
                  "cases.new": 1, "people": 3, "agreed": 3300000},
      "previous": {"questions": 6},
      "last_year": {"questions": 5},
      "this_year": {"questions": 70},
      "total": {"questions": 700, "cases.new": 90, "cases.closed": 89, "agreed": 99000000}
    },
    "adjustments": [
      {"month": "", "figure": "questions", "reported": 629, "present": 630},
      {"month": "2026-09", "figure": "category.工资", "reported": 4, "present": 3}
    ]
  },
  "莒县总工会": {"own": {"questions": 3}, "columns": {"present": {"questions": 3}}}
}
"""
"""How a closed month lies in the ledger."""
KEYS = """
    episodes listeners uploads consultations calls visits online handed_over channel.on_air
    channel.hotline channel.app channel.mini_program channel.visit channel.message channel.video
    channel.city_hotline channel.superior channel.department questions cases.carried cases.new
    cases.closed cases.open cases.opened route.cadre route.model_worker route.legal_aid route.joint
    route.none cases.collective cases.yellow cases.red contact.due contact.on_time contact.tried
    plan.due plan.on_time close.due close.on_time complex.due complex.on_time paused extensions
    extended mediated legal_aid arbitration court letters people agreed received called_back rated
    satisfied redone supervised category.工资 category.工伤
"""
"""Every figure that a ledger may have frozen."""


def test_a_month_that_was_closed_long_ago_is_read_as_it_was_written():
    kept = MonthClosing(month="2026-10", unit=UNION, figures=KEPT, reported_on=date(2026, 11, 2))
    reckoning = Reckoning(a_book(closings=(kept,)))

    told = reckoning.counted(Period.of_month("2026-10"))
    county = reckoning.counted(Period.of_month("2026-10"), unit="莒县总工会")

    assert told.reported_on == date(2026, 11, 2)
    assert told["questions"].columns == Columns(
        present=7, previous=6, last_year=5, this_year=70, total=700
    )
    assert told["agreed"].columns == Columns(
        present=3_300_000, previous=0, last_year=0, this_year=0, total=99_000_000
    )
    assert [(each.month, each.figure.key, each.difference) for each in told.adjustments] == [
        ("", "questions", 1), ("2026-09", "category.工资", -1),
    ]  # fmt: skip
    assert county["questions"].columns.present == 3
    assert county["questions"].columns.total == 0


@pytest.mark.parametrize("key", KEYS.split())
def test_a_figure_that_may_be_frozen_keeps_its_key(key):
    figures = {"": {"own": {}, "columns": {"present": {key: 1}}, "adjustments": []}}
    kept = MonthClosing(month="2026-10", unit=UNION, figures=json.dumps(figures),
                        reported_on=date(2026, 11, 2))  # fmt: skip

    counted = Reckoning(a_book(closings=(kept,))).counted(Period.of_month("2026-10"))

    assert counted[key].columns.present == 1


@pytest.mark.parametrize(
    ("first", "told"),
    [("2025-11-02", (1, 1.0)), ("2025-11-01", (1, 1.0)), ("2025-10-31", (None, None))],
)
def test_what_is_longer_than_a_year_is_not_compared_with_the_year_before(first, told):
    days = (date(2024, 11, 2), date(2026, 1, 5), date(2026, 2, 6))
    reckoning = Reckoning(a_book(*(asked(number, day) for number, day in enumerate(days))))

    counted = reckoning.counted(Period(date.fromisoformat(first), date(2026, 10, 31)))["questions"]

    assert counted.columns.present == 2
    assert (counted.columns.last_year, counted.year_change) == told
