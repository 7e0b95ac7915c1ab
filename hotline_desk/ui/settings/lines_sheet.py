"""The settings' lines: a row for each, what is to be decided about it, and its trial."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.panel import label
from hotline_desk.ui.kit.restyle import set_text
from hotline_desk.ui.settings.line_row import WIDTHS, LineRow
from hotline_desk.workflows.lines import How

if TYPE_CHECKING:
    from hotline_desk.ui.kit.style import Appearance
    from hotline_desk.ui.settings.line_trial import LineTrialViewModel
    from hotline_desk.ui.settings.lines_view_model import LinesViewModel
    from hotline_desk.ui.settings.settings_view_model import Offer

_CLIPPED_DBFS = -0.01


class LinesSheet(QWidget):
    """Any number of lines."""

    def __init__(
        self,
        model: LinesViewModel,
        trial: LineTrialViewModel,
        appearance: Appearance,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._trial = trial
        self._appearance = appearance
        self._rows: list[LineRow] = []
        self._offer: Offer | None = None
        self._may_test = True
        self._list = QVBoxLayout()
        self._list.setSpacing(tokens.SMALL)
        self._says = label(role="meta", wrap=True)
        self._add = QPushButton(self.tr("＋ 添加线路"))
        self._add.setToolTip(self.tr("再加一路声音，例如节目输出或坐席（空格）"))
        self._again = QPushButton(self.tr("重新查找设备"))
        self._again.setToolTip(self.tr("接好设备后再找一次（空格）"))
        self._back = QPushButton()
        self._back.setToolTip(self.tr("放回刚才移除的线路（空格）"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SMALL)
        column.addLayout(self._heads())
        column.addLayout(self._list)
        buttons = QHBoxLayout()
        buttons.setSpacing(tokens.SMALL)
        for button in (self._add, self._again, self._back):
            buttons.addWidget(button)
        buttons.addWidget(self._says, 1)
        column.addLayout(buttons)
        model.changed.connect(self._show)
        model.refused.connect(self._refuse)
        trial.changed.connect(self._show_trial)
        trial.level_changed.connect(self._show_level)
        self._add.clicked.connect(model.add)
        self._again.clicked.connect(model.look_asked)
        self._back.clicked.connect(model.put_back)
        self._show()

    @property
    def rows(self) -> tuple[LineRow, ...]:
        """The rows, from the top."""
        return tuple(self._rows)

    def _heads(self) -> QHBoxLayout:
        heads = QHBoxLayout()
        heads.setSpacing(tokens.SMALL)
        for words, wide in zip(
            (self.tr("名称"), self.tr("角色"), self.tr("设备"), self.tr("声道")),
            WIDTHS,
            strict=True,
        ):
            head = label(words, "meta")
            head.setFixedWidth(wide)
            heads.addWidget(head)
        heads.addStretch(1)
        return heads

    @Slot(object)
    def show_offer(self, offer: Offer) -> None:
        """Show what this machine has to record from."""
        self._offer = offer
        self._show()

    @Slot()
    def _show(self) -> None:
        lines = self._model.rows
        if self._trial.line not in lines:
            self._trial.stop()
        while len(self._rows) > len(lines):
            gone = self._rows.pop()
            self._list.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self._rows) < len(lines):
            self._make(len(self._rows))
        inputs = self._offer.inputs if self._offer else ()
        for row, line in zip(self._rows, lines, strict=True):
            row.show_line(line, inputs)
        self._show_matches()
        removed = self._model.removed
        self._back.setVisible(removed is not None)
        if removed is not None:
            self._back.setText(self.tr("放回“{name}”").format(name=removed.name))
        if self._offer is not None:
            set_text(
                self._says,
                self.tr("找到 {n} 个输入。").format(n=len(inputs))
                if inputs
                else self.tr("没有找到声音输入：接好话筒或声卡，再按“重新查找设备”。"),
            )

    def _make(self, at: int) -> None:
        model = self._model
        row = LineRow(self._appearance)
        row.renamed.connect(partial(model.rename, at))
        row.role_chosen.connect(partial(model.choose_role, at))
        row.device_chosen.connect(partial(model.choose_device, at))
        row.channel_chosen.connect(partial(model.choose_channel, at))
        row.removed.connect(partial(model.remove, at))
        row.test_asked.connect(partial(self._test, at))
        row.listen_asked.connect(self._trial.listen)
        row.let_test(may=self._may_test)
        self._rows.append(row)
        self._list.addWidget(row)

    def _show_matches(self) -> None:
        """Ask about lines whose device may be one of several, and say which one is away."""
        for row in self._rows:
            row.say("")
        for at, found in self._model.matches.items():
            row = self._rows[at]
            if found.how is How.UNSURE:
                row.ask(self.tr("不能确定是哪一台设备，请选："), found.candidates)
            elif found.how is How.MISSING and found.candidates:
                row.ask(self.tr("设备没有接上；接好后再找，或改用："), found.candidates)
            elif found.how is How.MISSING:
                row.say(self.tr("设备没有接上。接好后按“重新查找设备”。"), warns=True)
            elif found.how is How.POSITION and found.input is not None:
                words = self.tr("设备换了名字，按插口认出是“{name}”。")
                row.say(words.format(name=found.input.description))

    def _test(self, at: int) -> None:
        self._trial.turn(self._model.rows[at])

    @Slot()
    def _show_trial(self) -> None:
        for row, line in zip(self._rows, self._model.rows, strict=True):
            row.show_trial(trying=self._trial.line == line)

    @Slot(float, float)
    def _show_level(self, level: float, hold: float) -> None:
        for row, line in zip(self._rows, self._model.rows, strict=True):
            if self._trial.line == line:
                row.meter.show_level(level, hold, clipped=level >= _CLIPPED_DBFS)
                row.meter.show_beside(f"{level:.0f} dBFS")

    @Slot(object)
    def show_take(self, take: object) -> None:
        """Leave the devices alone while something is recorded."""
        if take is not None:
            self._trial.stop()
        for row in self._rows:
            row.let_test(may=take is None)
        self._may_test = take is None

    @Slot(int, str)
    def _refuse(self, at: int, words: str) -> None:
        self._show()
        self._rows[at].say(words, warns=True)
