"""The settings of recording itself: how long, when, and where to when the disk is full."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.measured_field import MeasuredField, clock_of, whole
from hotline_desk.ui.kit.panel import label
from hotline_desk.ui.kit.restyle import set_role, set_text
from hotline_desk.ui.kit.text_fields import Choice

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hotline_desk.ui.kit.form import Form
    from hotline_desk.ui.kit.style import Appearance
    from hotline_desk.ui.settings.settings_view_model import SettingsViewModel

_WEEKDAYS = tuple(f"周{day}" for day in "一二三四五六日")
_WEEKDAY = 84
_TIMES = ("records_from", "starts", "ends", "released")


class RecordingSettings(QWidget):
    """Two sections of the settings' sheet."""

    def __init__(
        self, model: SettingsViewModel, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._numbers = {
            name: MeasuredField(appearance, read=whole(least, most), show=_number, unit=unit)
            for name, least, most, unit in (
                ("delay_seconds", 0, 600, self.tr("秒")),
                ("pre_roll_seconds", 0, 300, self.tr("秒")),
                ("purge_minutes", 10, 24 * 60, self.tr("分钟")),
                ("longest_hours", 2, 24, self.tr("小时")),
            )
        }
        self._times = {name: MeasuredField(appearance, read=clock_of, show=str) for name in _TIMES}
        self._weekday = Choice(appearance)
        self._weekday.setFixedWidth(_WEEKDAY)
        self._weekday.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._weekday.addItems(list(_WEEKDAYS))
        self._second = label(wrap=True)
        self._choose = QPushButton(self.tr("选文件夹…"))
        self._choose.setToolTip(self.tr("选另一块磁盘上的文件夹（空格）"))
        self._without = QPushButton(self.tr("不用"))
        self._without.setToolTip(self.tr("不再用第二文件夹（空格）"))
        self._second_says = label(role="meta", wrap=True)
        self._faults = label(role="warning", wrap=True)
        for name, field in {**self._numbers, **self._times}.items():
            field.field.setObjectName(f"settings_{name}")
            field.written.connect(lambda value, name=name: self._model.change(**{name: value}))
        self._weekday.activated.connect(lambda at: self._model.change(weekday=at))
        self._choose.clicked.connect(self._choose_second)
        self._without.clicked.connect(lambda: model.choose_second(None))
        model.second_refused.connect(self._refuse_second)
        self.show_settings()

    def fill(self, form: Form) -> None:
        """Put the sections into *form*."""
        form.add_rows(
            self.tr("录音"),
            self.tr("改动从下一次开始录音起有效。"),
            [
                (self.tr("播出延时"), self._numbers["delay_seconds"]),
                (self.tr("通话前预录"), self._numbers["pre_roll_seconds"]),
                (self.tr("坐席保留"), self._numbers["purge_minutes"]),
                (self.tr("最长录音"), self._numbers["longest_hours"]),
                (self.tr("第二文件夹"), self._second_row()),
                ("", self._second_says),
            ],
        )
        form.add_rows(
            self.tr("时间表"),
            self.tr("到时间自动开始和结束录音；该录而没有录时，窗口顶上整条变红。"),
            [
                (self.tr("星期"), self._weekday),
                (self.tr("录音开始"), self._times["records_from"]),
                (self.tr("开播"), self._times["starts"]),
                (self.tr("节目结束"), self._times["ends"]),
                (self.tr("录音结束"), self._times["released"]),
            ],
        )
        form.column.insertWidget(form.column.count() - 1, self._faults)

    def _second_row(self) -> QWidget:
        made = QWidget()
        made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.SMALL)
        for widget in (self._second, self._choose, self._without):
            row.addWidget(widget)
        return made

    @Slot()
    def show_settings(self) -> None:
        """Show what is set."""
        settings = self._model.settings
        notes = self._notes()
        for name, field in self._numbers.items():
            says, warns = notes.get(name, ("", False))
            field.show_value(getattr(settings, name), says, warns=warns)
        for name, field in self._times.items():
            field.show_value(getattr(settings, name))
        self._weekday.setCurrentIndex(settings.weekday)
        set_text(self._second, settings.second_folder or self.tr("没有设"))
        set_role(self._second, "" if settings.second_folder else "quiet")
        self._without.setVisible(bool(settings.second_folder))
        self._say_second(self.tr("工作文件夹所在的磁盘写满后，录音接着写到这里，结束时移回来。"))
        self._show_faults(self._model.timetable_faults)

    def _notes(self) -> dict[str, tuple[str, bool]]:
        delay = self._model.delay_fault
        return {
            "delay_seconds": (delay, True)
            if delay
            else (self.tr("播出时间＝录音时间＋延时"), False),
            "pre_roll_seconds": (self.tr("每个来电往前多留这么久"), False),
            "purge_minutes": (self.tr("坐席线路上没有通话的声音，过了这么久就清掉"), False),
            "longest_hours": (self.tr("忘了停的录音到这时自己结束"), False),
        }

    def _show_faults(self, faults: Iterable[str]) -> None:
        words = "\n".join(faults)
        set_text(self._faults, words)
        self._faults.setVisible(bool(words))

    def _choose_second(self) -> None:
        dialog = QFileDialog(self, self.tr("选第二文件夹"), self._model.settings.second_folder)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, on=True)
        dialog.fileSelected.connect(lambda name: self._model.choose_second(Path(name)))
        dialog.open()

    @Slot(str)
    def _refuse_second(self, words: str) -> None:
        self._say_second(words, warns=True)

    def _say_second(self, words: str, *, warns: bool = False) -> None:
        set_role(self._second_says, "warning" if warns else "meta")
        set_text(self._second_says, words)


def _number(value: float) -> str:
    return f"{value:g}"
