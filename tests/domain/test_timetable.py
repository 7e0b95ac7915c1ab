"""When recording begins, when it is on the air, when all is let go."""

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hotline_desk.domain.times import STUDIO_ZONE
from hotline_desk.domain.timetable import AirStage, Timetable

TABLE = Timetable(weekday=2, records_from="09:50", starts="10:00", ends="11:00", released="11:10")
WEDNESDAY = datetime(2026, 11, 25, tzinfo=STUDIO_ZONE)


def at(clock, day=WEDNESDAY):
    hour, minute, second = map(int, clock.split(":"))
    return day.replace(hour=hour, minute=minute, second=second)


@pytest.mark.parametrize(
    ("clock", "stage", "should_record", "on_air"),
    [
        ("00:00:00", AirStage.BEFORE, False, False),
        ("09:49:59", AirStage.BEFORE, False, False),
        ("09:50:00", AirStage.LEAD, True, False),
        ("09:59:59", AirStage.LEAD, True, False),
        ("10:00:00", AirStage.ON_AIR, True, True),
        ("10:59:59", AirStage.ON_AIR, True, True),
        ("11:00:00", AirStage.RUN_OUT, True, False),
        ("11:09:59", AirStage.RUN_OUT, True, False),
        ("11:10:00", AirStage.RELEASED, False, False),
        ("23:59:59", AirStage.RELEASED, False, False),
    ],
)
def test_a_wednesday_has_its_stages(clock, stage, should_record, on_air):
    phase = TABLE.phase(at(clock))

    assert (phase.stage, phase.should_record, phase.on_air) == (stage, should_record, on_air)


@pytest.mark.parametrize("days", [-2, -1, 1, 2, 3, 4])
def test_other_days_have_no_broadcast(days):
    phase = TABLE.phase(at("10:30:00") + timedelta(days=days))

    assert (phase.stage, phase.should_record) == (AirStage.OTHER_DAY, False)


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (at("09:00:00"), "今天 09:50 自动开始录音"),
        (at("09:55:00"), "10:00 开播"),
        (at("10:30:00"), "直播时间，11:00 结束"),
        (at("11:05:00"), "直播时间已过，录音到 11:10"),
        (at("12:00:00"), "下次 12月2日 周三 09:50 自动开始录音"),
        (at("12:00:00") - timedelta(days=1), "下次 11月25日 周三 09:50 自动开始录音"),
    ],
)
def test_what_comes_next_is_said(now, words):
    assert TABLE.phase(now).words == words


def test_the_clock_is_the_studio_s_whatever_zone_now_is_told_in():
    assert TABLE.phase(datetime(2026, 11, 25, 2, 0, tzinfo=UTC)).stage is AirStage.ON_AIR
    assert TABLE.phase(datetime(2026, 11, 24, 23, 0, tzinfo=UTC)).stage is AirStage.BEFORE


def test_times_around_a_broadcast_that_lie_within_it_give_way():
    early = dataclasses.replace(TABLE, starts="09:30", ends="11:30")

    broadcast = early.broadcast(WEDNESDAY.date())

    assert f"{broadcast.records_from:%H:%M}–{broadcast.released:%H:%M}" == "09:20–11:40"
    assert len(early.faults) == 2
    assert "09:50" in early.faults[0]
    assert "11:10" in early.faults[1]
    assert TABLE.faults == ()


def test_a_broadcast_that_ends_before_it_starts_is_told():
    assert "不早于" in dataclasses.replace(TABLE, starts="11:00", ends="10:00").faults[0]


clocks = st.times().map(lambda time: f"{time:%H:%M}")
moments = st.integers(0, 8 * 365 * 24 * 60).map(
    lambda minutes: WEDNESDAY + timedelta(minutes=minutes)
)


@given(clocks, clocks, clocks, clocks, st.integers(0, 6), moments)
@example("14:23", "14:23", "14:26", "14:26", 2, WEDNESDAY)
def test_recording_always_covers_the_air_and_begins_again(a, starts, ends, d, weekday, now):
    if starts >= ends:
        return
    table = Timetable(weekday=weekday, records_from=a, starts=starts, ends=ends, released=d)

    phase = table.phase(now)

    assert phase.should_record or not phase.on_air
    assert now - timedelta(minutes=11) < phase.next_start <= now + timedelta(days=8)
    # what would begin before midnight begins with the day
    soon = (phase.next_start, phase.next_start + timedelta(minutes=10))
    assert any(table.phase(moment).should_record for moment in soon)
