"""What the timetable asks the desk to do, and what it has to say."""

import dataclasses
import os
from datetime import datetime, timedelta

import pytest

from hotline_desk.domain.calls import CallState
from hotline_desk.domain.times import STUDIO_ZONE
from hotline_desk.paths import Workspace
from hotline_desk.settings import LineSetting, Settings
from hotline_desk.take import journal
from hotline_desk.take.take import EVENTS, LineInfo, create_take
from hotline_desk.workflows.timetable import Release, due_release, due_start, phase
from tests.reports.sample_episodes import a_call

SETTINGS = Settings(lines=(LineSetting(name="来电", device="话筒", role="来电"),))
LINE = LineInfo(id="line1", name="来电", role="来电", device="话筒", channel=1, rate_hz=8000)


@pytest.fixture
def workspace(tmp_path):
    return Workspace(tmp_path)


def at(clock, *, days=0):
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 11, 25, hour, minute, tzinfo=STUDIO_ZONE) + timedelta(days=days)


def a_take(workspace, began, *, ended=None, reason="stop"):
    folder = workspace.episodes / "2026-11-25-第190期" / f"take-{began:%H%M%S}"
    folder.mkdir(parents=True)
    create_take(folder, [LINE], started_at=began, monotonic_ns=0, delay_seconds=20.0, speed=1.0)
    os.utime(folder / "take.json", (began.timestamp(), began.timestamp()))
    if ended is not None:
        end = {"event": "end", "at": 1.0, "wall": ended.isoformat(), "reason": reason}
        journal.append(folder / EVENTS, end)
    return folder


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (at("09:49"), False),
        (at("09:50"), True),
        (at("10:05"), True),  # the machine was switched on late
        (at("11:09"), True),
        (at("11:10"), False),
        (at("10:05", days=1), False),
    ],
)
def test_recording_begins_by_itself_whenever_it_is_time(workspace, now, due):
    start = due_start(workspace, SETTINGS, now)

    assert start.due is due
    assert bool(start.missing) is due
    assert ("09:50" in start.told) is due


def test_other_times_in_the_settings_hold(workspace):
    friday = dataclasses.replace(SETTINGS, weekday=4, records_from="14:20", starts="14:30",
                                 ends="15:30", released="15:40")  # fmt: skip

    assert not due_start(workspace, friday, at("10:05")).due
    assert due_start(workspace, friday, at("14:20", days=2)).due
    assert phase(friday, at("15:35", days=2)).should_record


def test_without_lines_it_is_said_and_nothing_is_started(workspace):
    start = due_start(workspace, Settings(), at("10:00"))

    assert not start.due
    assert start.missing == "应在录音，现在没有录音：还没有选好线路，请到设置（Ctrl+5）里选。"


def test_who_stopped_by_hand_is_not_overruled_but_told(workspace):
    a_take(workspace, at("09:50"), ended=at("10:12"))

    start = due_start(workspace, SETTINGS, at("10:13"))

    assert not start.due
    assert start.missing == "应在录音，现在没有录音：10:12 手动停止了，按 Ctrl+R 重新开始。"


@pytest.mark.parametrize("reason", ["recorder_lost", "longest", "signal", "over"])
def test_a_recorder_that_ended_otherwise_is_started_again(workspace, reason):
    a_take(workspace, at("09:50"), ended=at("10:12"), reason=reason)

    assert due_start(workspace, SETTINGS, at("10:13")).due


def test_a_stop_before_the_broadcast_or_last_week_does_not_count(workspace):
    a_take(workspace, at("09:00"), ended=at("09:30"))
    a_take(workspace, at("09:51", days=-7), ended=at("10:12", days=-7))

    assert due_start(workspace, SETTINGS, at("09:50")).due


def test_the_take_that_ended_last_tells(workspace):
    a_take(workspace, at("09:50"), ended=at("10:01"))
    a_take(workspace, at("10:02"), ended=at("10:12"), reason="recorder_lost")

    assert due_start(workspace, SETTINGS, at("10:13")).due


def test_a_damaged_take_does_not_keep_it_from_starting(workspace):
    folder = a_take(workspace, at("09:50"))
    journal.append(folder / EVENTS, {"event": "end", "at": 1.0, "wall": 7, "reason": "stop"})

    assert due_start(workspace, SETTINGS, at("10:13")).due


def released(now, *states, began=None):
    calls = [a_call(n, state=state) for n, state in enumerate(states, start=1)]
    return due_release(SETTINGS, now, began or at("09:50"), calls)


def test_it_is_let_go_once_its_time_is_over():
    assert released(at("11:09")) == Release()
    assert released(at("11:10"), CallState.ENDED, CallState.CALL_BACK) == Release(
        due=True, told="已到 11:10，本期录音按时间表结束，声音都已存好。"
    )


@pytest.mark.parametrize("state", [CallState.ON_AIR, CallState.ANSWERED, CallState.WAITING])
def test_it_waits_for_whoever_is_still_on_the_line(state):
    release = released(at("11:10"), state, CallState.ENDED)

    assert not release.due
    assert release.told == "已到 11:10，还有 1 个通话没有结束，通话结束后停止录音。"


def test_a_recording_of_somebody_s_own_is_left_alone():
    assert released(at("15:00"), began=at("14:00")) == Release()  # after the programme
    assert released(at("12:00"), began=at("11:10")) == Release()
    assert released(at("12:00", days=1), began=at("09:50", days=1)) == Release()  # a Thursday


def test_a_take_that_nobody_let_go_is_let_go_a_day_later():
    assert released(at("09:00", days=1)).due
