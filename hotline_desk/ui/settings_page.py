"""设置: lines, listening, people, theme; each change holds at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFormLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from hotline_desk.ui import tokens
from hotline_desk.ui.panel import Panel, hairline, head, label
from hotline_desk.ui.recording_view_model import model_words
from hotline_desk.ui.restyle import set_text
from hotline_desk.ui.settings_view_model import LINES, Offer
from hotline_desk.ui.text_fields import Choice, OneLine

if TYPE_CHECKING:
    from hotline_desk.ui.desk import Desk
    from hotline_desk.ui.style import Appearance

_WIDE, _LABEL, _FIELD = 760, 120, 360
_FILE = "file:"


class SettingsPage(QWidget):
    """What an office sets once."""

    def __init__(self, desk: Desk, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._desk = desk
        self._model = desk.settings
        self._appearance = appearance
        self._lines = {name: Choice(appearance) for name in LINES}
        self._listening = Choice(appearance)
        self._theme = Choice(appearance)
        self._model_name = label(wrap=True)
        self._model_says = label(role="meta", wrap=True)
        self._folder = label(str(desk.office.workspace.root), wrap=True)
        self._says = label(role="meta", wrap=True)
        self._people = {
            name: OneLine(appearance) for name in ("operator", "producer", "host", "lawyer")
        }
        self._programme = {name: OneLine(appearance) for name in ("union", "station", "programme")}
        self._again = QPushButton(self.tr("重新查找设备"))
        self._again.setToolTip(self.tr("接好设备后再找一次（空格）"))
        leaf = QScrollArea()
        leaf.setWidgetResizable(True)
        leaf.setWidget(self._sheet())
        panel = Panel()
        panel.column.addWidget(head(label(self.tr("设置 · 改了就生效"), "section")))
        panel.column.addWidget(hairline())
        panel.column.addWidget(leaf, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(panel)
        self._connect()
        self._show()

    def _sheet(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(tokens.HUGE, tokens.HUGE, tokens.HUGE, tokens.HUGE)
        column.setSpacing(tokens.SPACE)
        lines = [(self.tr("{name}线路").format(name=name), self._lines[name]) for name in LINES]
        self._section(
            column, self.tr("线路"),
            self.tr("开始录音后，选了设备的线路一直在录，不用再按别的键。"),
            [*lines, ("", self._says), ("", self._again)],
        )  # fmt: skip
        self._section(
            column, self.tr("预听"),
            self.tr("点播放时只从这里出声。不能选正在作为线路来源的设备，免得播进节目。"),
            [(self.tr("预听设备"), self._listening)],
        )  # fmt: skip
        self._section(
            column, self.tr("人员"), "",
            [(self.tr("操作员"), self._people["operator"]),
             (self.tr("导播"), self._people["producer"]),
             (self.tr("主持人"), self._people["host"]), (self.tr("律师"), self._people["lawyer"])],
        )  # fmt: skip
        self._section(
            column, self.tr("节目"), "",
            [(self.tr("工会"), self._programme["union"]),
             (self.tr("电台"), self._programme["station"]),
             (self.tr("栏目"), self._programme["programme"])],
        )  # fmt: skip
        self._section(
            column, self.tr("显示"), "", [(self.tr("主题"), self._theme)]
        )  # fmt: skip
        self._section(
            column, self.tr("语音模型"), "",
            [(self.tr("正在使用"), self._model_name), ("", self._model_says)],
        )  # fmt: skip
        self._section(column, self.tr("工作文件夹"), "", [(self.tr("位置"), self._folder)])
        column.addStretch(1)
        page.setMaximumWidth(_WIDE)
        return page

    def _section(
        self, column: QVBoxLayout, title: str, says: str, rows: list[tuple[str, QWidget]]
    ) -> None:
        column.addWidget(label(title, "emphasis"))
        if says:
            column.addWidget(label(says, "meta", wrap=True))
        form = QFormLayout()
        form.setHorizontalSpacing(tokens.SPACE)
        form.setVerticalSpacing(tokens.SMALL)
        for words, widget in rows:
            if not isinstance(widget, QLabel):
                widget.setFixedWidth(_FIELD)
                widget.setAccessibleName(words)
            name = label(words, "quiet")
            name.setFixedWidth(_LABEL)
            form.addRow(name, widget)
        column.addLayout(form)
        column.addSpacing(tokens.SMALL)

    def _connect(self) -> None:
        self._model.offered.connect(self._offer)
        self._desk.office.settings_changed.connect(self._show)
        self._desk.recording.model_changed.connect(self._show_model)
        for name, choice in self._lines.items():
            choice.activated.connect(
                lambda _at, name=name, choice=choice: self._model.choose_device(
                    name, choice.currentData() or ""
                )
            )
        self._listening.activated.connect(
            lambda _at: self._model.change(pre_listen=self._listening.currentData() or "")
        )
        self._theme.activated.connect(self._choose_theme)
        for name, field in {**self._people, **self._programme}.items():
            field.editingFinished.connect(
                lambda name=name, field=field: self._model.change(**{name: field.text().strip()})
            )
        self._again.clicked.connect(self._model.look)

    def _choose_theme(self, _at: int) -> None:
        self._model.change(theme=self._theme.currentData())
        self._appearance.choose(self._model.settings.theme)

    @Slot(object)
    def _offer(self, offer: Offer) -> None:
        inputs = [
            (self.tr("监听 {name}").format(name=found.description) if found.is_monitor
             else found.description, found.name)
            for found in offer.inputs
        ]  # fmt: skip
        for name, choice in self._lines.items():
            _fill(choice, self.tr("不录这一路"), inputs, self._model.device(name))
        _fill(
            self._listening,
            self.tr("不播放声音"),
            [(name, name) for name in offer.outputs],
            self._model.settings.pre_listen,
        )
        set_text(
            self._says,
            self.tr("找到 {n} 个输入。").format(n=len(offer.inputs))
            if offer.inputs
            else self.tr("没有找到声音输入：接好话筒或声卡，再按“重新查找设备”。"),
        )

    @Slot()
    def _show(self) -> None:
        settings = self._model.settings
        for name, field in {**self._people, **self._programme}.items():
            field.show_text(getattr(settings, name))
        if self._theme.count() == 0:
            for words, value in (
                (self.tr("跟随系统"), "system"),
                (self.tr("浅色"), "light"),
                (self.tr("深色"), "dark"),
            ):
                self._theme.addItem(words, value)
        self._theme.setCurrentIndex(max(0, self._theme.findData(settings.theme)))
        for name, choice in self._lines.items():
            if choice.count() == 0:
                _fill(choice, self.tr("不录这一路"), [], self._model.device(name))
        if self._listening.count() == 0:
            _fill(self._listening, self.tr("不播放声音"), [], settings.pre_listen)

    @Slot(object)
    def _show_model(self, model: object) -> None:
        words, says = model_words(model)  # type: ignore[arg-type]
        set_text(self._model_name, words)
        set_text(self._model_says, says)


def _fill(choice: Choice, none: str, offers: list[tuple[str, str]], chosen: str) -> None:
    """Offer *none* and *offers* (words, value); what is chosen stays, even while it is away."""
    choice.clear()
    choice.addItem(none, "")
    for words, value in offers:
        choice.addItem(words, value)
    if chosen and choice.findData(chosen) < 0:
        words = chosen.removeprefix(_FILE).rpartition("/")[2] if chosen.startswith(_FILE) else (
            f"{chosen}（现在没有接上）"
        )  # fmt: skip
        choice.addItem(words, chosen)
    choice.setCurrentIndex(max(0, choice.findData(chosen)))
