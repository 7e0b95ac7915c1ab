"""时效提醒: periods of the civil code, holidays, interruptions, and the shipped list."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline_desk.domain.casework.lapses import Limit, Unit, lapses, left_text, period_end
from hotline_desk.domain.workdays import Calendar
from hotline_desk.errors import LapsesNotUnderstood
from hotline_desk.paths import Workspace
from hotline_desk.workflows.lapses import read_lapse_limits
from tests.domain.cases import PAGES

CALENDAR = Calendar(*PAGES)
ARBITRATION = Limit(
    what="申请劳动仲裁", who="职工", start="知道权利受到侵害", count=1, unit=Unit.YEAR,
    source="劳动争议调解仲裁法 第二十七条", interruptible=True,
)  # fmt: skip
INJURY = Limit(
    what="申请工伤认定", who="用人单位", start="受伤或诊断", count=30, unit=Unit.DAY,
    source="工伤保险条例 第十七条",
)  # fmt: skip


@pytest.mark.parametrize(
    ("start", "count", "unit", "end"),
    [
        (date(2026, 3, 2), 15, Unit.DAY, date(2026, 3, 17)),
        (date(2026, 1, 31), 1, Unit.MONTH, date(2026, 2, 28)),
        (date(2026, 8, 31), 6, Unit.MONTH, date(2027, 2, 28)),
        (date(2024, 2, 29), 1, Unit.YEAR, date(2025, 2, 28)),
        (date(2025, 12, 31), 2, Unit.YEAR, date(2027, 12, 31)),
        (date(2026, 12, 15), 1, Unit.MONTH, date(2027, 1, 15)),
    ],
)
def test_a_period_ends_on_the_day_of_its_number(start, count, unit, end):
    assert period_end(start, count, unit) == end


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 60), st.sampled_from(Unit))
def test_a_longer_period_never_ends_before_a_shorter_one(start, count, unit):
    assert start < period_end(start, count, unit) < period_end(start, count + 1, unit)


def test_a_last_day_in_a_holiday_moves_behind_it():
    """30 days from 2026-09-01 end on 10-01, in the holiday of seven days."""
    (lapse,) = lapses([INJURY], {"受伤或诊断": date(2026, 9, 1)}, calendar=CALENDAR)

    assert lapse.last == date(2026, 10, 8)
    assert not lapse.estimated


def test_a_last_day_on_a_worked_saturday_stays():
    """30 days from 2026-01-15 end on Saturday 02-14, a working day."""
    (lapse,) = lapses([INJURY], {"受伤或诊断": date(2026, 1, 15)}, calendar=CALENDAR)

    assert lapse.last == date(2026, 2, 14)


def test_a_day_beyond_the_published_years_is_estimated():
    (lapse,) = lapses([ARBITRATION], {"知道权利受到侵害": date(2027, 3, 1)}, calendar=CALENDAR)

    assert lapse.estimated


def test_what_lapses_first_comes_first_and_unknown_events_are_left_out():
    days = {"知道权利受到侵害": date(2025, 3, 3), "受伤或诊断": date(2026, 3, 2)}

    found = lapses([INJURY, ARBITRATION], days, calendar=CALENDAR)

    assert [lapse.limit for lapse in found] == [ARBITRATION, INJURY]
    assert not lapses([INJURY], {"离职": date(2026, 3, 2)}, calendar=CALENDAR)


def test_an_interruption_begins_the_period_anew_unless_it_came_too_late():
    days = {"知道权利受到侵害": date(2025, 3, 3), "受伤或诊断": date(2025, 3, 3)}
    asked, too_late = date(2025, 9, 1), date(2026, 9, 2)

    injury, arbitration = lapses(
        [INJURY, ARBITRATION], days, calendar=CALENDAR, interruptions=[too_late, asked]
    )

    assert arbitration.last == date(2026, 9, 1)
    assert arbitration.start == asked
    assert injury.start == date(2025, 3, 3)


@pytest.mark.parametrize(
    ("claimed", "last"),
    [(date(2026, 10, 8), date(2027, 10, 8)), (date(2026, 10, 9), date(2026, 10, 8))],
)
def test_an_interruption_on_the_last_day_that_moved_behind_a_holiday_still_counts(claimed, last):
    """A year from 2025-10-01 ends in the holiday, and so on Thursday 2026-10-08."""
    (lapse,) = lapses(
        [ARBITRATION], {"知道权利受到侵害": date(2025, 10, 1)}, calendar=CALENDAR,
        interruptions=[claimed],
    )  # fmt: skip

    assert lapse.last == last


def test_the_shipped_list_says_that_wages_are_not_bound_while_employed(tmp_path):
    notes = {limit.start: limit.note for limit in read_lapse_limits(Workspace(tmp_path))}

    assert "在职" in notes["知道权利受到侵害"]
    assert "双倍工资差额" in notes["知道权利受到侵害"]
    assert "双倍工资差额" in notes["离职"]


def test_what_is_left_is_said_in_days_and_a_lapse_with_caution():
    (lapse,) = lapses([INJURY], {"受伤或诊断": date(2026, 3, 2)}, calendar=CALENDAR)

    assert left_text(lapse, lapse.last - timedelta(days=3)) == "还有 3 天"
    assert left_text(lapse, lapse.last) == "今天是最后一天"
    assert left_text(lapse, lapse.last + timedelta(days=2)) == "可能已过 2 天"


def test_the_shipped_list_is_whole_and_the_office_s_own_replaces_it(tmp_path):
    workspace = Workspace(tmp_path)
    shipped = read_lapse_limits(workspace)
    (tmp_path / "lapses.toml").write_text(
        '[[limit]]\nwhat="起诉"\nwho="职工"\nfrom="收到裁决"\ncount=15\nunit="日"\nsource="法"\n',
        encoding="utf-8",
    )

    assert {limit.unit for limit in shipped} == set(Unit)
    assert sum(not limit.checked for limit in shipped) == 1
    assert len(shipped) == 14
    assert [limit.what for limit in read_lapse_limits(workspace)] == ["起诉"]


@pytest.mark.parametrize(
    "wrong", ["[[limit", '[[limit]]\nwhat="x"\n', "", "[[limit]]\ncount=0\n", "\xff"]
)
def test_a_list_that_is_wrong_is_one_sentence(tmp_path, wrong):
    (tmp_path / "lapses.toml").write_bytes(wrong.encode("latin-1"))

    with pytest.raises(LapsesNotUnderstood):
        read_lapse_limits(Workspace(tmp_path))
