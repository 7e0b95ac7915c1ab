"""The signal strip: on every page, one line that says whether all is well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from hotline_desk.domain.calls import CallState
from hotline_desk.domain.times import clock_text, studio_now
from hotline_desk.ui import keys, tokens
from hotline_desk.ui.meter import Meter
from hotline_desk.ui.panel import KeyButton
from hotline_desk.ui.recording_view_model import model_words
from hotline_desk.ui.restyle import set_role, set_text
from hotline_desk.ui.style import font
from hotline_desk.ui.text_fields import OneLine

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from hotline_desk.domain.calls import Call
    from hotline_desk.speech.models import SpeechModel
    from hotline_desk.ui.hour import Hour
    from hotline_desk.ui.reception import Reception
    from hotline_desk.ui.style import Appearance

_LITTLE_DISK_HOURS = 1.0
_FAR_BEHIND_SECONDS = 3.0
_TICK_MILLISECONDS = 250
_SEARCH_WIDTH = 190


class SignalStrip(QFrame):
    """Recording, levels, disk, captions, model, air and time, from left to right."""

    search_asked = Signal(str)

    def __init__(
        self, appearance: Appearance, record: QAction, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self.setFixedHeight(tokens.STRIP)
        self._appearance = appearance
        self._record = record
        self._meters: dict[str, Meter] = {}
        self._on_air: Call | None = None
        self._state = QLabel()
        self._state.setFont(font(strong=True, figures=True))
        self._goes_on = QLabel(self.tr("关窗后照常录音"))
        set_role(self._goes_on, "meta")
        self._button = KeyButton(record)
        self._meter_row = QHBoxLayout()
        self._meter_row.setSpacing(tokens.WIDE)
        self._disk = QLabel()
        self._behind = QLabel()
        self._has_model = True
        self._model = QLabel()
        self._model.setObjectName("model")
        self._air = QLabel()
        self._air.setFont(font(strong=True, figures=True))
        self._time = QLabel()
        self._time.setObjectName("studio_time")
        set_role(self._time, "clock")
        self._time.setFont(font(tokens.EMPHASIS, strong=True, figures=True))
        self._time.setToolTip(self.tr("演播室时间"))
        self.search = OneLine(appearance)
        self.search.setObjectName("search")
        self.search.hint(self.tr("查找 Ctrl+K"))
        self.search.setToolTip(keys.tip(keys.Verb.SEARCH))
        self.search.setFixedWidth(_SEARCH_WIDTH)
        self._lay_out()
        self._connect()
        self.show_reception(None)
        self.show_behind(0.0)
        self._tick()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.SPACE, 0, tokens.SPACE, 0)
        row.setSpacing(tokens.WIDE)
        state = QVBoxLayout()
        state.setSpacing(0)
        state.addStretch(1)
        state.addWidget(self._state)
        state.addWidget(self._goes_on)
        state.addStretch(1)
        row.addLayout(state)
        middle = Qt.AlignmentFlag.AlignVCenter
        row.addWidget(self._button, 0, middle)
        row.addLayout(self._meter_row)
        for one in (self._disk, self._behind, self._model):
            row.addWidget(one, 0, middle)
        row.addStretch(1)
        row.addWidget(self._air, 0, middle)
        row.addWidget(self._time, 0, middle)
        row.addWidget(self.search, 0, middle)

    def _connect(self) -> None:
        self.search.returnPressed.connect(self._search)
        self._ticking = QTimer(self, interval=_TICK_MILLISECONDS)
        self._ticking.timeout.connect(self._tick)
        self._ticking.start()

    @Slot(object)
    def show_reception(self, found: Reception | None) -> None:
        """Show what the newest look at the disk found."""
        recording = found is not None and found.recording
        if found is not None and recording:
            set_text(self._state, self.tr("● 录音中 ") + clock_text(found.elapsed))
        else:
            set_text(self._state, self.tr("○ 未录音"))
        missed = self._on_air is not None and found is not None
        set_role(self._state, "recording" if recording else ("warning" if missed else "quiet"))
        self._state.setToolTip(
            self.tr("正在直播，却没有录音：按 Ctrl+R 开始录音") if missed and not recording else ""
        )
        self._record.setText(self.tr("停止录音") if recording else self.tr("开始录音"))
        if found is not None:
            self._show_meters(found)
            self._show_disk(found.disk_hours)
        self._behind.setVisible(recording and self._has_model)
        self._goes_on.setVisible(recording)

    def _show_meters(self, found: Reception) -> None:
        names = [line.name for line in found.lines] if found.recording else []
        if names != list(self._meters):
            for meter in self._meters.values():
                self._meter_row.removeWidget(meter)
                meter.deleteLater()
            self._meters = {name: Meter(name, self._appearance) for name in names}
            for meter in self._meters.values():
                self._meter_row.addWidget(meter)
        for name, level in found.levels.items():
            if name in self._meters:
                self._meters[name].show_level(level)

    def _show_disk(self, hours: float) -> None:
        little = hours < _LITTLE_DISK_HOURS
        words = (
            self.tr("磁盘只剩 {minutes} 分钟").format(minutes=int(hours * 60))
            if little
            else self.tr("磁盘 {hours} 小时").format(hours=f"{int(hours):,}")
        )
        set_text(self._disk, words)
        set_role(self._disk, "warning" if little else "quiet")
        self._disk.setToolTip(self.tr("剩下的磁盘还能录这么久"))

    @Slot(float)
    def show_behind(self, seconds: float) -> None:
        """Show how far the captions lag behind."""
        far = seconds > _FAR_BEHIND_SECONDS
        words = self.tr("字幕落后 {s} 秒") if far else self.tr("字幕 {s} 秒")
        set_text(self._behind, words.format(s=f"{seconds:.1f}"))
        set_role(self._behind, "warning" if far else "quiet")
        self._behind.setToolTip(self.tr("字幕比声音晚多少；落后的会补上，一句不丢"))

    @Slot(bool)
    def show_captions_stopped(self, stopped: bool) -> None:
        """Say that no captions come, or that they come again."""
        set_role(self._behind, "warning" if stopped else "quiet")
        set_text(self._behind, self.tr("字幕已停") if stopped else self.tr("字幕"))

    @Slot(str)
    def show_no_model(self, says: str) -> None:
        """Say that there is no speech model, and why."""
        self._has_model = False
        self._behind.hide()
        set_text(self._model, self.tr("没有语音模型"))
        set_role(self._model, "warning")
        self._model.setToolTip(says)

    @Slot(object)
    def show_model(self, model: SpeechModel) -> None:
        """Name the speech model; the demonstration model is said in words."""
        self._has_model = True
        words, says = model_words(model)
        set_text(self._model, words)
        set_role(self._model, "warning" if model.is_demo else "quiet")
        self._model.setToolTip(says)

    @Slot(object)
    def show_hour(self, hour: Hour) -> None:
        """Say whether somebody is on the air."""
        self._on_air = next((c for c in hour.calls if c.state is CallState.ON_AIR), None)
        self._tick()

    def _tick(self) -> None:
        now = studio_now()
        set_text(self._time, f"{now:%H:%M:%S}")
        call = self._on_air
        if call is None:
            set_text(self._air, self.tr("□ 未直播"))
            set_role(self._air, "quiet")
        else:
            seconds = (now - call.state_since).total_seconds()
            since = clock_text(seconds).removeprefix("00:")
            set_text(self._air, self.tr("■ 直播中 ") + since)
            set_role(self._air, "alarm")

    def _search(self) -> None:
        if words := self.search.text().strip():
            self.search_asked.emit(words)
