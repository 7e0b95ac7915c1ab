"""The signal strip: on every page, one line that says whether all is well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from hotline_desk.domain.calls import CallState
from hotline_desk.domain.times import clock_text, studio_now
from hotline_desk.ui.kit import keys, tokens
from hotline_desk.ui.kit.panel import KeyButton
from hotline_desk.ui.kit.restyle import restyle, set_role, set_text
from hotline_desk.ui.kit.style import font
from hotline_desk.ui.kit.text_fields import OneLine
from hotline_desk.ui.live.meter_row import MeterRow
from hotline_desk.ui.live.recording_view_model import model_words
from hotline_desk.workflows.recording import Second

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from hotline_desk.domain.calls import Call
    from hotline_desk.speech.models import SpeechModel
    from hotline_desk.ui.kit.style import Appearance
    from hotline_desk.ui.live.hour import Hour
    from hotline_desk.ui.live.reception import Reception
    from hotline_desk.workflows.recording import TimeLeft

LITTLE_MINUTES, VERY_LITTLE_MINUTES = 60, 15
"""From where on the disk is said to be short, and very short."""
_FAR_BEHIND_SECONDS = 3.0
_TICK_MILLISECONDS = 250
_SEARCH_WIDTH = 170
_SECOND_WORDS = {
    Second.UNSET: ("未设第二文件夹", False),
    Second.READY: ("", False),
    Second.SAME_VOLUME: ("第二文件夹在同一磁盘", True),
    Second.IN_USE: ("正在写第二文件夹", True),
    Second.LOST: ("第二文件夹不在", True),
}
"""What is said of the second folder, and whether somebody should look."""


class SignalStrip(QFrame):
    """Recording, levels, disk, captions, model, air and time, from left to right."""

    search_asked = Signal(str)

    def __init__(
        self, appearance: Appearance, record: QAction, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self.setFixedHeight(tokens.STRIP)
        self._record = record
        self._on_air: Call | None = None
        self._broadcasting = False
        self._recording = False
        self._looked = False
        """Whether it is known if anything is recorded."""
        self._due = ""
        self._next = ""
        self._state = QLabel()
        self._state.setFont(font(strong=True, figures=True))
        self._below = QLabel()
        set_role(self._below, "meta")
        self._statement = QLabel()
        self._statement.setObjectName("statement")
        self._reason = QLabel()
        self._reason.setObjectName("reason")
        self._button = KeyButton(record)
        self.meters = MeterRow(appearance)
        self._disk = QLabel()
        self._second = QLabel()
        self._second.setToolTip(
            self.tr("工作文件夹所在的磁盘写满后，录音接着写到第二文件夹；在设置（Ctrl+5）里选。")
        )
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
        self.search.setAccessibleName(self.tr("查找"))
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
        middle = Qt.AlignmentFlag.AlignVCenter
        self._usual = [
            _two_lines(self._state, self._below),
            self.meters,
            _two_lines(self._disk, self._second),
            _two_lines(self._behind, self._model),
        ]
        row.addWidget(self._usual[0])
        row.addWidget(self._statement, 0, middle)
        row.addWidget(self._button, 0, middle)
        row.addWidget(self._reason, 0, middle)
        for one in self._usual[1:]:
            row.addWidget(one)
        row.addStretch(1)
        row.addWidget(self._air, 0, middle)
        row.addWidget(self._time, 0, middle)
        row.addWidget(self.search, 0, middle)

    def _connect(self) -> None:
        self.search.returnPressed.connect(self._search)
        self._ticking = QTimer(self, interval=_TICK_MILLISECONDS)
        self._ticking.timeout.connect(self._tick)
        self._ticking.start()

    @property
    def alarmed(self) -> bool:
        """Whether the whole strip says that nothing is recorded though it should be."""
        return bool(self._missing) and not self._recording

    @property
    def _missing(self) -> str:
        """What nobody may miss; nothing while all is well."""
        if self._due or self._on_air is None or not self._looked:
            return self._due
        return self.tr("正在直播，现在没有录音")

    @Slot(object)
    def show_reception(self, found: Reception | None) -> None:
        """Show what the newest look at the disk found."""
        self._recording = found is not None and found.recording
        if found is not None and found.recording:
            set_text(self._state, self.tr("● 录音中 ") + clock_text(found.elapsed))
            set_text(self._below, self.tr("关窗后照常录音"))
        else:
            set_text(self._state, self.tr("○ 未录音"))
            set_text(self._below, self._next)
        self._below.setVisible(bool(self._below.text()))
        self._looked = found is not None
        set_role(self._state, "recording" if self._recording else "quiet")
        self._record.setText(self.tr("停止录音") if self._recording else self.tr("开始录音"))
        if found is not None:
            self.meters.show_reception(found)
            self._show_time_left(found.time_left)
        self._behind.setVisible(self._recording and self._has_model)
        self._show_alarm()

    def _show_time_left(self, left: TimeLeft) -> None:
        goes_on = left.second is Second.READY
        minutes = int(left.minutes)
        if minutes + (left.second_minutes if goes_on else 0) < VERY_LITTLE_MINUTES:
            role = "alarm"
        else:
            role = "warning" if minutes < LITTLE_MINUTES else "quiet"
        if minutes < LITTLE_MINUTES:
            words = self.tr("磁盘只剩 {n} 分钟").format(n=minutes)
        else:
            words = self.tr("磁盘 {n} 小时").format(n=f"{minutes // 60:,}")
        set_text(self._disk, words)
        _set_part(self._disk, role)
        says, warns = _SECOND_WORDS[left.second]
        set_text(self._second, says)
        _set_part(self._second, "warning" if warns else "meta")
        self._second.setVisible(bool(says))
        tip = self.tr("剩下的磁盘还能录这么久")
        if goes_on:
            hours = self.tr("写满后接着写到第二文件夹，那里还能录 {n} 小时")
            tip += "\n" + hours.format(n=int(left.second_minutes // 60))
        self._disk.setToolTip(tip)

    @Slot(str)
    def show_due(self, missing: str) -> None:
        """Say all over the strip that nothing is recorded though it should be, until it is."""
        self._due = missing
        self._show_alarm()

    @Slot(bool, str)
    def show_programme(self, broadcasting: bool, coming: str) -> None:
        """Say whether the programme is on the air, and what the timetable does next."""
        self._broadcasting, self._next = broadcasting, coming
        if not self._recording:
            set_text(self._below, coming)
            self._below.setVisible(bool(coming))
        self._tick()

    def _show_alarm(self) -> None:
        alarmed = self.alarmed
        if alarmed:
            statement, _, reason = self._missing.partition("：")
            set_text(self._statement, statement)
            set_text(self._reason, reason)
        if alarmed is not self._statement.isHidden():
            return
        self.setAccessibleName(self._statement.text() if alarmed else "")
        for words in (self._statement, self._reason):
            words.setVisible(alarmed)
        for widget in self._usual:
            widget.setHidden(alarmed)
        self.setProperty("alarmed", alarmed)
        restyle(self, *self.findChildren(QLabel), self._button)

    @Slot(float)
    def show_behind(self, seconds: float) -> None:
        """Show how far the captions lag behind."""
        far = seconds > _FAR_BEHIND_SECONDS
        words = self.tr("字幕落后 {s} 秒") if far else self.tr("字幕 {s} 秒")
        set_text(self._behind, words.format(s=f"{seconds:.1f}"))
        _set_part(self._behind, "warning" if far else "meta")
        self._behind.setToolTip(self.tr("字幕比声音晚多少；落后的会补上，一句不丢"))

    @Slot(bool)
    def show_captions_stopped(self, stopped: bool) -> None:
        """Say that no captions come, or that they come again."""
        _set_part(self._behind, "warning" if stopped else "meta")
        set_text(self._behind, self.tr("字幕已停") if stopped else self.tr("字幕"))

    @Slot(str)
    def show_no_model(self, says: str) -> None:
        """Say that there is no speech model, and why."""
        self._has_model = False
        self._behind.hide()
        set_text(self._model, self.tr("没有语音模型"))
        _set_part(self._model, "warning")
        self._model.setToolTip(says)

    @Slot(object)
    def show_model(self, model: SpeechModel) -> None:
        """Name the speech model; the demonstration model is said in words."""
        self._has_model = True
        words, says = model_words(model)
        set_text(self._model, words)
        _set_part(self._model, "warning" if model.is_demo else "meta")
        self._model.setToolTip(says)

    @Slot(object)
    def show_hour(self, hour: Hour) -> None:
        """Say whether somebody is on the air."""
        self._on_air = next((c for c in hour.calls if c.state is CallState.ON_AIR), None)
        self.meters.show_on_air("" if self._on_air is None else self._on_air.line)
        self._show_alarm()
        self._tick()

    def _tick(self) -> None:
        now = studio_now()
        set_text(self._time, f"{now:%H:%M:%S}")
        call = self._on_air
        if call is not None:
            seconds = (now - call.state_since).total_seconds()
            since = clock_text(seconds).removeprefix("00:")
            set_text(self._air, self.tr("■ 直播中 ") + since)
        else:
            set_text(self._air, self.tr("■ 直播中") if self._broadcasting else self.tr("□ 未直播"))
        set_role(self._air, "alarm" if call is not None or self._broadcasting else "quiet")

    def _search(self) -> None:
        if words := self.search.text().strip():
            self.search_asked.emit(words)


def _set_part(label: QLabel, role: str) -> None:
    """Let *label* be drawn as *role* says, low enough to stand with another in the strip."""
    set_role(label, role)
    margins = label.contentsMargins()
    label.setContentsMargins(margins.left(), 0, margins.right(), 0)


def _two_lines(*labels: QLabel) -> QWidget:
    """Return *labels* one below the other, in the middle of the strip's height."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addStretch(1)
    for label in labels:
        column.addWidget(label, 0, Qt.AlignmentFlag.AlignLeft)
    column.addStretch(1)
    return made
