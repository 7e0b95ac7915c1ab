"""What the strip has to show: lines and disks in every state that a recording can come to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hotline_desk.domain.roles import Role
from hotline_desk.take.take import LineInfo
from hotline_desk.ui.live.reception import Reception
from hotline_desk.workflows.metering import LineReading
from hotline_desk.workflows.recording import Second, TimeLeft

if TYPE_CHECKING:
    from hotline_desk.workflows.metering import State

DUE = "应在录音，现在没有录音：还没有选好线路，请到设置（Ctrl+5）里选。"
_MUCH = TimeLeft(660.0, Second.READY, 900.0)
_SILENCE_DBFS = -90.0
_LINES = (("来电", Role.CALLER), ("演播室", Role.STUDIO), ("节目输出", Role.PROGRAMME))
_SEATS = tuple((f"坐席 {number}", Role.SEAT) for number in (1, 2, 3))


def states() -> list[Reception]:
    """Return what the strip is shown, one after the other."""
    sounding = {"来电": _reading(-22.0), "演播室": _reading(), "节目输出": _reading(-7.0, -22.7)}
    silent = {"来电": _silence("silent"), "演播室": _silence("silent")}
    seats = {name: _silence("silent") for name, _ in _SEATS}
    return [
        _recording(sounding),
        _recording(sounding | silent),
        _recording(sounding | {"来电": _reading(-1.0, state="clipped")}),
        _recording(sounding | {"演播室": _silence("stalled")}),
        _recording(sounding, TimeLeft(47.0, Second.UNSET, 0.0)),
        _recording(sounding, TimeLeft(12.0, Second.UNSET, 0.0)),
        _recording(sounding, TimeLeft(40.0, Second.IN_USE, 40.0)),
        _recording(sounding | seats),
        Reception(time_left=TimeLeft(30_000.0, Second.UNSET, 0.0)),
    ]


def _recording(readings: dict[str, LineReading], left: TimeLeft = _MUCH) -> Reception:
    named = [line for line in (*_LINES, *_SEATS) if line[0] in readings]
    lines = tuple(
        LineInfo(id=f"line{at}", name=name, role=role, device=name, channel=1, rate_hz=48_000)
        for at, (name, role) in enumerate(named, start=1)
    )
    return Reception(
        take=Path("take"),
        recording=True,
        elapsed=2530.0,
        lines=lines,
        readings=readings,
        time_left=left,
    )


def _reading(
    ppm_dbfs: float = -14.0, lufs: float | None = None, state: State = "sounding"
) -> LineReading:
    return LineReading(
        state=state,
        ppm_dbfs=ppm_dbfs,
        hold_dbfs=ppm_dbfs + 5.0,
        clipped=state == "clipped",
        lufs=lufs,
        seconds=0.0,
        dead=False,
    )


def _silence(state: State) -> LineReading:
    return LineReading(
        state=state,
        ppm_dbfs=_SILENCE_DBFS,
        hold_dbfs=_SILENCE_DBFS,
        clipped=False,
        lufs=None,
        seconds=30.0,
        dead=False,
    )
