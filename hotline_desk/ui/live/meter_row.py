"""The strip's meters: one a line, as many as are recorded, each with its state in words."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from hotline_desk.domain.roles import Role
from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.meter import Meter

if TYPE_CHECKING:
    from hotline_desk.ui.kit.style import Appearance
    from hotline_desk.ui.live.reception import Reception
    from hotline_desk.workflows.metering import LineReading

_ON_CALL = {Role.CALLER, Role.SEAT}
"""Roles of lines on which nothing is heard while nobody calls."""
_LONG_SILENCE_SECONDS, _LONG_LISTENING_SECONDS = 5.0, 30.0
"""From when on a line's silence is no pause between sentences, and no caller who listens."""
_WORDS = {"sounding": "", "silent": "无声", "clipped": "削波", "stalled": "没有声音进来"}
_DEAD = "设备送来的全是零：看看接线和话筒开关；Windows 还要看麦克风权限有没有打开。"


class MeterRow(QWidget):
    """A meter for each line that is recorded."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._meters: dict[str, Meter] = {}
        self._on_air = ""
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(tokens.WIDE)

    @property
    def states(self) -> dict[str, str]:
        """What is wrong with each line, in words, by its name."""
        return {name: meter.words for name, meter in self._meters.items()}

    @property
    def worries(self) -> set[str]:
        """The names of the lines that somebody should look at."""
        return {name for name, meter in self._meters.items() if meter.warns}

    def show_on_air(self, line: str) -> None:
        """Note whose call is on the air: elsewhere a caller's line is silent, and that is well."""
        self._on_air = line

    def show_reception(self, found: Reception) -> None:
        """Show how the lines of the running take sound; none while nothing is recorded."""
        names = [line.name for line in found.lines] if found.recording else []
        if names != list(self._meters):
            self._make(names)
        roles = {line.name: line.role for line in found.lines}
        for name, reading in found.readings.items():
            if (meter := self._meters.get(name)) is not None:
                show_reading(meter, reading)
                if reading.state == "silent":
                    meter.say(meter.words, warns=self._is_worry(name, roles[name], reading))

    def _make(self, names: list[str]) -> None:
        for meter in self._meters.values():
            self._row.removeWidget(meter)
            meter.hide()
            meter.deleteLater()
        self._meters = {name: Meter(name, self._appearance) for name in names}
        for meter in self._meters.values():
            self._row.addWidget(meter)

    def _is_worry(self, name: str, role: str, reading: LineReading) -> bool:
        """Return whether somebody should look at a line that is silent."""
        if role in _ON_CALL:
            return name == self._on_air and reading.seconds >= _LONG_LISTENING_SECONDS
        return reading.seconds >= _LONG_SILENCE_SECONDS


def show_reading(meter: Meter, reading: LineReading) -> None:
    """Show what a line's meter reads, with its state in a word."""
    clipped = reading.state == "clipped"
    meter.show_level(reading.ppm_dbfs, reading.hold_dbfs, clipped=clipped)
    meter.say(_WORDS[reading.state], warns=reading.state in {"clipped", "stalled"})
    meter.note(_DEAD if reading.dead else "")
    loud = reading.lufs is not None and math.isfinite(reading.lufs)
    meter.show_beside(f"{reading.lufs:.0f} LUFS" if loud else "")
