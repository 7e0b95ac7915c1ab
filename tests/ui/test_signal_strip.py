"""The strip says first whatever is wrong: with a line, with the disk, or that nothing records."""

import math
from pathlib import Path

import pytest
from PySide6.QtGui import QAction

from hotline_desk.domain.calls import Call, CallState
from hotline_desk.domain.times import studio_now
from hotline_desk.take.take import LineInfo
from hotline_desk.ui.live.hour import Hour
from hotline_desk.ui.live.reception import Reception
from hotline_desk.ui.live.signal_strip import SignalStrip
from hotline_desk.workflows.metering import LineReading
from hotline_desk.workflows.recording import Second, TimeLeft

ROLES = ("来电", "演播室", "节目输出（PGM）", "坐席")
ENOUGH = TimeLeft(660.0, Second.READY, 900.0)


def line(role):
    return LineInfo(
        id=f"line{ROLES.index(role) + 1}",
        name=role,
        role=role,
        device="x",
        channel=1,
        rate_hz=16_000,
    )


def reading(state="sounding", *, lufs=None, seconds=0.0, dead=False):
    return LineReading(
        state=state,
        ppm_dbfs=-20.0 if state == "sounding" else -math.inf,
        hold_dbfs=-15.0,
        clipped=state == "clipped",
        lufs=lufs,
        seconds=seconds,
        dead=dead,
    )


def recording(left=ENOUGH, **readings):
    return Reception(
        take=Path("take"),
        recording=True,
        lines=tuple(line(role) for role in readings),
        readings=dict(readings.items()),
        time_left=left,
    )


def on_air():
    now = studio_now()
    call = Call(id=1, episode=190, line="来电", at=now, state=CallState.ON_AIR, state_since=now)
    return Hour(calls=(call,))


@pytest.fixture
def strip(qtbot, appearance):
    action = QAction("开始录音")
    action.setShortcut("Ctrl+R")
    made = SignalStrip(appearance, action)
    made.kept = action
    qtbot.addWidget(made)
    made.resize(1366, 44)
    made.show()
    return made


@pytest.mark.parametrize(
    ("state", "words"),
    [("sounding", ""), ("silent", "无声"), ("clipped", "削波"), ("stalled", "没有声音进来")],
)
def test_a_lines_state_is_said_in_a_word(strip, state, words):
    strip.show_reception(recording(演播室=reading(state)))

    assert strip.meters.states == {"演播室": words}


def test_a_callers_line_is_no_worry_while_nobody_is_on_the_air(strip):
    silent = recording(来电=reading("silent", seconds=60), 演播室=reading("silent", seconds=60))

    strip.show_reception(silent)
    before = strip.meters.worries
    strip.show_hour(on_air())
    strip.show_reception(silent)

    assert before == {"演播室"}
    assert strip.meters.worries == {"来电", "演播室"}


def test_a_pause_between_sentences_is_no_worry(strip):
    strip.show_reception(recording(演播室=reading("silent", seconds=1.0)))

    assert strip.meters.states == {"演播室": "无声"}
    assert strip.meters.worries == set()


def test_the_programmes_loudness_stands_beside_its_name(strip):
    loud = {"节目输出（PGM）": reading(lufs=-22.6)}
    strip.show_reception(recording(**loud))
    meter = strip.meters.findChildren(type(strip.meters._meters["节目输出（PGM）"]))[0]
    shown = meter.toolTip()
    strip.show_reception(recording(**{"节目输出（PGM）": reading(lufs=-math.inf)}))

    assert "-23 LUFS" in shown
    assert "LUFS" not in meter.toolTip()


@pytest.mark.parametrize(
    ("left", "words", "role", "second"),
    [
        (ENOUGH, "磁盘 11 小时", "quiet", ""),
        (TimeLeft(59.9, Second.UNSET, 0.0), "磁盘只剩 59 分钟", "warning", "未设第二文件夹"),
        (TimeLeft(14.9, Second.UNSET, 0.0), "磁盘只剩 14 分钟", "alarm", "未设第二文件夹"),
        (TimeLeft(14.9, Second.READY, 300.0), "磁盘只剩 14 分钟", "warning", ""),
        (TimeLeft(14.9, Second.IN_USE, 14.9), "磁盘只剩 14 分钟", "alarm", "正在写第二文件夹"),
        (TimeLeft(300.0, Second.LOST, 0.0), "磁盘 5 小时", "quiet", "第二文件夹不在"),
    ],
)
def test_the_disk_is_told_in_time(strip, left, words, role, second):
    strip.show_reception(recording(left, 演播室=reading()))

    assert strip._disk.text() == words
    assert strip._disk.property("role") == role
    assert strip._second.text() == second


def test_what_is_due_and_not_recorded_fills_the_strip_until_it_is(strip):
    strip.show_reception(Reception())
    strip.show_due("应在录音，现在没有录音：还没有选好线路。")
    alarmed = strip.alarmed, strip._statement.isVisible(), strip._disk.isVisible()
    red = strip.grab().toImage().pixelColor(400, 3)
    strip.show_reception(recording(演播室=reading()))

    assert alarmed == (True, True, False)
    assert strip._statement.text() == "应在录音，现在没有录音"
    assert red == strip.meters._appearance.colour("red")
    assert not strip.alarmed
    assert not strip._statement.isVisible()
    assert strip._disk.isVisible()


def test_a_call_on_the_air_that_nobody_records_fills_the_strip(strip):
    strip.show_reception(Reception())
    before = strip.alarmed
    strip.show_hour(on_air())

    assert not before
    assert strip.alarmed
    assert strip._statement.text() == "正在直播，现在没有录音"


def test_the_programme_is_on_the_air_also_between_calls(strip):
    strip.show_programme(True, "直播时间，11:00 结束")

    assert strip._air.text() == "■ 直播中"


def test_many_lines_find_room_on_a_small_screen(strip):
    lines = {role: reading() for role in ROLES}
    strip.show_reception(recording(**lines))

    assert strip.minimumSizeHint().width() <= 1280
