"""One line in the settings: its name, what it carries, where it comes from, and how it sounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from hotline_desk.domain.roles import Role
from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.meter import Meter
from hotline_desk.ui.kit.panel import label
from hotline_desk.ui.kit.restyle import set_role, set_text
from hotline_desk.ui.kit.text_fields import Choice, OneLine
from hotline_desk.ui.settings.lines_view_model import device_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hotline_desk.capture.devices import InputDevice
    from hotline_desk.settings import LineSetting
    from hotline_desk.ui.kit.style import Appearance

WIDTHS = (130, 150, 300, 96)
"""Of name, role, device and channel."""
_FILE = "file:"


class LineRow(QWidget):
    """The fields of one line, and below them what is to be said about it."""

    renamed = Signal(str)
    role_chosen = Signal(str)
    device_chosen = Signal(object, int)
    """An input (InputDevice) or None, and a channel."""
    channel_chosen = Signal(int)
    test_asked = Signal()
    listen_asked = Signal()
    removed = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inputs: dict[str, InputDevice] = {}
        self._may_test = True
        self._name = OneLine(appearance)
        self._role = Choice(appearance)
        self._role.addItems([role.value for role in Role])
        self._device = Choice(appearance)
        self._channel = Choice(appearance)
        self._test = QPushButton(self.tr("测试"))
        self._test.setToolTip(self.tr("看这一路有没有声音（空格）；再按停止"))
        self._listen = QPushButton(self.tr("听刚才 5 秒"))
        self._listen.setToolTip(self.tr("在预听设备上听这一路刚才的声音（空格）"))
        self._remove = QToolButton()
        self._remove.setText(self.tr("移除"))
        self._remove.setProperty("kind", "flat")
        self._remove.setToolTip(self.tr("不再有这一路；下面可以放回（空格）"))
        self.meter = Meter(self.tr("电平"), appearance)
        self._says = label(role="meta")
        self._offers = QHBoxLayout()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        fields = QHBoxLayout()
        fields.setSpacing(tokens.SMALL)
        for field, wide, words in zip(
            (self._name, self._role, self._device, self._channel),
            WIDTHS,
            (self.tr("名称"), self.tr("角色"), self.tr("设备"), self.tr("声道")),
            strict=True,
        ):
            field.setFixedWidth(wide)
            field.setAccessibleName(words)
            fields.addWidget(field)
        for button in (self._test, self._remove):
            fields.addWidget(button)
        fields.addStretch(1)
        self._trial = QWidget()
        trial = QHBoxLayout(self._trial)
        trial.setContentsMargins(0, 0, 0, 0)
        trial.setSpacing(tokens.SPACE)
        self.meter.setFixedWidth(WIDTHS[0] + WIDTHS[1] + tokens.SMALL)
        trial.addWidget(self.meter)
        trial.addWidget(self._listen)
        trial.addStretch(1)
        self._trial.hide()
        self._asks = QWidget()
        asks = QHBoxLayout(self._asks)
        asks.setContentsMargins(0, 0, 0, 0)
        asks.setSpacing(tokens.SMALL)
        asks.addWidget(self._says)
        asks.addLayout(self._offers)
        asks.addStretch(1)
        self._asks.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.TINY)
        column.addLayout(fields)
        column.addWidget(self._trial)
        column.addWidget(self._asks)

    def _connect(self) -> None:
        self._name.editingFinished.connect(lambda: self.renamed.emit(self._name.text()))
        self._role.chosen.connect(self.role_chosen)
        self._device.activated.connect(self._choose_device)
        self._channel.activated.connect(
            lambda _at: self.channel_chosen.emit(self._channel.currentData())
        )
        self._test.clicked.connect(self.test_asked)
        self._listen.clicked.connect(self.listen_asked)
        self._remove.clicked.connect(self.removed)

    def show_line(self, line: LineSetting, inputs: Sequence[InputDevice]) -> None:
        """Show *line*; a device that is chosen stays so while it is away."""
        self._inputs = {found.name: found for found in inputs}
        device, channel = device_of(line)
        self._name.show_text(line.name)
        self._role.show_text(line.role)
        self._device.clear()
        self._device.addItem(self.tr("不录这一路"), "")
        for found in inputs:
            self._device.addItem(device_words(found), found.name)
        if device and self._device.findData(device) < 0:
            self._device.addItem(_away(device), device)
        self._device.setCurrentIndex(max(0, self._device.findData(device)))
        self._show_channels(device, channel)
        self._test.setEnabled(bool(device) and self._may_test)

    def _show_channels(self, device: str, channel: int) -> None:
        found = self._inputs.get(device)
        most = max(found.channels if found else 1, channel)
        self._channel.clear()
        for number in range(1, most + 1):
            self._channel.addItem(self.tr("声道 {n}").format(n=number), number)
        self._channel.setCurrentIndex(channel - 1)
        self._channel.setEnabled(most > 1)

    def _choose_device(self, _at: int) -> None:
        name = self._device.currentData()
        if not name or name in self._inputs:
            self.device_chosen.emit(self._inputs.get(name), 1)

    def say(self, words: str, *, warns: bool = False) -> None:
        """Say *words* below the fields; nothing takes what was said away."""
        self._offer(())
        set_role(self._says, "warning" if warns else "meta")
        set_text(self._says, words)
        self._asks.setVisible(bool(words))

    def ask(self, words: str, candidates: Sequence[InputDevice]) -> None:
        """Ask which of *candidates* is this line's device."""
        self.say(words, warns=True)
        self._offer(candidates)

    def _offer(self, candidates: Sequence[InputDevice]) -> None:
        while (place := self._offers.takeAt(0)) is not None:
            if (button := place.widget()) is not None:
                button.hide()
                button.deleteLater()
        for found in candidates:
            button = QPushButton(device_words(found))
            button.setToolTip(self.tr("这一路就是它（空格）"))
            button.clicked.connect(
                lambda _on=False, found=found: self.device_chosen.emit(
                    found, self._channel.currentData() or 1
                )
            )
            self._offers.addWidget(button)

    def let_test(self, *, may: bool) -> None:
        """Let the line be tried, or not: while something is recorded, the strip has its meter."""
        self._may_test = may
        self._test.setEnabled(bool(self._device.currentData()) and may)

    def show_trial(self, *, trying: bool) -> None:
        """Show the meter while the line is being tried."""
        self._trial.setVisible(trying)
        self._test.setText(self.tr("停止") if trying else self.tr("测试"))


def device_words(found: InputDevice) -> str:
    """Return an input as people know it."""
    return f"监听 {found.description}" if found.is_monitor else found.description


def _away(device: str) -> str:
    if device.startswith(_FILE):
        return device.removeprefix(_FILE).replace("\\", "/").rpartition("/")[2]
    return f"{device}（现在没有接上）"
