"""设置: the office's sheet (lines, recording, programme, look), and beside it its registers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QWidget,
)

from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.form import Form
from hotline_desk.ui.kit.panel import hairline, label, sole_panel
from hotline_desk.ui.kit.restyle import set_text
from hotline_desk.ui.kit.text_fields import Choice, OneLine
from hotline_desk.ui.kit.top_bar import choices
from hotline_desk.ui.live.recording_view_model import model_words
from hotline_desk.ui.settings.lines_sheet import LinesSheet
from hotline_desk.ui.settings.measured_section import (
    OF_CASES,
    OF_CLOCK,
    OF_KEEPING,
    MeasuredSection,
)
from hotline_desk.ui.settings.recording_settings import RecordingSettings

if TYPE_CHECKING:
    from collections.abc import Callable

    from hotline_desk.ui.desk import Desk
    from hotline_desk.ui.kit.style import Appearance
    from hotline_desk.ui.registers.register_leaf import RegisterLeaf
    from hotline_desk.ui.settings.settings_view_model import Offer

_WIDE = 960


class SettingsPage(QWidget):
    """What an office sets once."""

    def __init__(self, desk: Desk, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._desk = desk
        self._model = desk.settings
        self._appearance = appearance
        self.lines = LinesSheet(desk.lines, desk.trial, appearance)
        self.recording = RecordingSettings(desk.settings, appearance, self)
        self.recording.hide()  # its parts stand in the sheet
        self._clock = MeasuredSection(desk.settings, OF_CLOCK, appearance)
        self._cases = MeasuredSection(desk.settings, OF_CASES, appearance)
        self._keeping = MeasuredSection(desk.settings, OF_KEEPING, appearance)
        self.purge = QPushButton(self.tr("清除到期的临时记录…"))
        self._listening = Choice(appearance)
        self._theme = Choice(appearance)
        self._model_name = label(wrap=True)
        self._model_says = label(role="meta", wrap=True)
        self._folder = label(str(desk.office.workspace.root), wrap=True)
        self._people = {
            name: OneLine(appearance) for name in ("operator", "producer", "host", "lawyer")
        }
        self._programme = {name: OneLine(appearance) for name in ("union", "station", "programme")}
        self._leaf = QScrollArea()
        self._leaf.setWidgetResizable(True)
        self._leaf.setWidget(self._sheet())
        self._leaves = QStackedWidget()
        self._leaves.addWidget(self._leaf)
        self._registers: dict[int, RegisterLeaf[Any]] = {}
        self._says = label(self.tr("改了就生效"), "meta")
        panel = sole_panel(self)
        panel.column.addWidget(self._head())
        panel.column.addWidget(hairline())
        panel.column.addWidget(self._leaves, 1)
        self._connect()
        self._show()

    def open_leaf(self, at: int) -> None:
        """Show the sheet (0) or one of the registers, which is made when it is first asked for."""
        if at and at not in self._registers:
            self._registers[at] = self._make(at)
            self._leaves.addWidget(self._registers[at])
        register = self._registers.get(at)
        self._leaves.setCurrentWidget(register or self._leaf)
        self._says.setVisible(register is None)
        self._buttons.button(at).setChecked(True)
        if register is not None:
            register.focus_list()

    def save(self) -> None:
        """Save the record that is being written; the sheet has saved itself."""
        register = self._registers.get(self._buttons.checkedId())
        if register is not None:
            register.save()

    def _make(self, at: int) -> RegisterLeaf[Any]:
        # not before the window: they are rarely opened
        from hotline_desk.ui.registers.accesses_register import ACCESSES  # noqa: PLC0415
        from hotline_desk.ui.registers.points_register import POINTS  # noqa: PLC0415
        from hotline_desk.ui.registers.register_leaf import RegisterLeaf  # noqa: PLC0415
        from hotline_desk.ui.registers.staff_register import STAFF  # noqa: PLC0415

        desk, look = self._desk, self._appearance
        makers: tuple[Callable[[], RegisterLeaf[Any]], ...] = (
            lambda: RegisterLeaf(desk.staff, STAFF, look),
            lambda: RegisterLeaf(desk.points, POINTS, look),
            lambda: RegisterLeaf(desk.accesses, ACCESSES, look),
        )
        return makers[at - 1]()

    def _head(self) -> QWidget:
        top = QWidget()
        row = QHBoxLayout(top)
        row.setContentsMargins(tokens.SPACE, tokens.SMALL, tokens.SPACE, tokens.SMALL)
        row.setSpacing(tokens.SMALL)
        leaves = (self.tr("设置"), self.tr("人员"), self.tr("服务点"), self.tr("访问记录"))
        self._buttons = choices(leaves, self)
        self._buttons.idClicked.connect(self.open_leaf)
        for button in self._buttons.buttons():
            row.addWidget(button)
        self._buttons.button(0).setChecked(True)
        row.addSpacing(tokens.SMALL)
        row.addWidget(self._says)
        row.addStretch(1)
        return top

    def _sheet(self) -> QWidget:
        form = Form(_WIDE)
        form.add(
            self.tr("线路"),
            self.tr("开始录音后，选了设备的线路一直在录，不用再按别的键。"),
            self.lines,
        )
        self.recording.fill(form)
        form.add_rows(
            self.tr("预听"),
            self.tr("点播放时只从这里出声。不能选正在作为线路来源的设备，免得播进节目。"),
            [(self.tr("预听设备"), self._listening)],
        )
        form.add_rows(
            self.tr("人员"), "",
            [(self.tr("操作员"), self._people["operator"]),
             (self.tr("导播"), self._people["producer"]),
             (self.tr("主持人"), self._people["host"]), (self.tr("律师"), self._people["lawyer"])],
        )  # fmt: skip
        form.add_rows(
            self.tr("节目"), "",
            [(self.tr("工会"), self._programme["union"]),
             (self.tr("电台"), self._programme["station"]),
             (self.tr("栏目"), self._programme["programme"])],
        )  # fmt: skip
        form.add_rows(
            self.tr("时限"),
            self.tr(
                "改了以后，以前的案件也按新的算；月结过的月份仍是上报时的数，差别记在上月调整里。"
            ),
            self._clock.rows,
        )
        form.add_rows(self.tr("案件"), "", self._cases.rows)
        self.purge.setToolTip(self.tr("先列出会清除什么，确认以后才清除（空格）"))
        self.purge.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        form.add_rows(
            self.tr("保管"),
            self.tr("永久、30 年和 10 年的一直留着；只有临时（不归档）的到期可以清除内容。"),
            [*self._keeping.rows, ("", self.purge)],
        )
        form.add_rows(self.tr("显示"), "", [(self.tr("主题"), self._theme)])
        form.add_rows(
            self.tr("语音模型"), "",
            [(self.tr("正在使用"), self._model_name), ("", self._model_says)],
        )  # fmt: skip
        form.add_rows(self.tr("工作文件夹"), "", [(self.tr("位置"), self._folder)])
        form.end()
        return form

    def _connect(self) -> None:
        self._model.offered.connect(self._offer)
        self._desk.office.settings_changed.connect(self._show)
        self._desk.recording.take_changed.connect(self.lines.show_take)
        self._desk.recording.model_changed.connect(self._show_model)
        self._listening.activated.connect(
            lambda _at: self._model.change(pre_listen=self._listening.currentData() or "")
        )
        self._theme.activated.connect(self._choose_theme)
        self.purge.clicked.connect(self._desk.person.look_for_expired)
        for name, field in {**self._people, **self._programme}.items():
            field.editingFinished.connect(
                lambda name=name, field=field: self._model.change(**{name: field.text().strip()})
            )

    def _choose_theme(self, _at: int) -> None:
        self._model.change(theme=self._theme.currentData())
        self._appearance.choose(self._model.settings.theme)

    @Slot(object)
    def _offer(self, offer: Offer) -> None:
        self.lines.show_offer(offer)
        _fill(
            self._listening,
            self.tr("不播放声音"),
            [(name, name) for name in offer.outputs],
            self._model.settings.pre_listen,
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
        if self._listening.count() == 0:
            _fill(self._listening, self.tr("不播放声音"), [], settings.pre_listen)
        for section in (self.recording, self._clock, self._cases, self._keeping):
            section.show_settings()

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
        choice.addItem(f"{chosen}（现在没有接上）", chosen)
    choice.setCurrentIndex(max(0, choice.findData(chosen)))
