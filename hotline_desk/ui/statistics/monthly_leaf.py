"""月: 每月汇总 part by part, who answers for it, and 月结锁定."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from hotline_desk.domain.statistics.figures import figure
from hotline_desk.domain.statistics.monthly_sheet import UNIT_FIGURES
from hotline_desk.domain.statistics.period_figures import MONTH_COLUMNS
from hotline_desk.domain.statistics.periods import Period, month_text
from hotline_desk.domain.times import short_day_text, studio_now
from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.keys import EXCEL_KEY, PRINT_KEY
from hotline_desk.ui.kit.panel import hairline, label
from hotline_desk.ui.kit.restyle import set_role, set_text
from hotline_desk.ui.kit.sheet_table import SheetTable
from hotline_desk.ui.kit.top_bar import abreast, ask_where, bar, button
from hotline_desk.ui.kit.version_choice import VersionChoice
from hotline_desk.ui.statistics.figure_table import FigureTable
from hotline_desk.ui.statistics.figure_words import figure_rows
from hotline_desk.ui.statistics.period_bar import PeriodBar
from hotline_desk.ui.statistics.sheet_top import name_field, show_units, unit_choice
from hotline_desk.ui.statistics.usual_period import Usual

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtGui import QHideEvent

    from hotline_desk.domain.statistics.monthly_sheet import MonthlySheet
    from hotline_desk.ui.kit.style import Appearance
    from hotline_desk.ui.statistics.monthly_view_model import MonthlyViewModel

_UNIT_WIDTHS = (200, *[88] * 8, 180, 120)
_WHY = 220
_TYPICAL = ("类型", "内容")
_ADJUSTED = ("月份", "指标", "上报数", "现在", "调整")
_MONTHS = (Usual.MONTH, Usual.LAST_MONTH)


class MonthlyLeaf(QWidget):
    """Figures, units, cases and adjustments of one month."""

    def __init__(
        self, model: MonthlyViewModel, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self.period = PeriodBar([usual.value for usual in _MONTHS], appearance, typed=False)
        self.period.step_keys(self)
        self.unit = unit_choice(appearance, self.tr("填报单位"))
        self.names = tuple(
            name_field(appearance, words)
            for words in (self.tr("填报人"), self.tr("审核人"), self.tr("签发人"))
        )
        self.reported = name_field(appearance, self.tr("上报日期"))
        self.close_month = button(
            self.tr("月结锁定"), self.tr("把这个月报出去的数固定下来"), self._turn_closing
        )
        self.version = VersionChoice(appearance)
        self.version.why.setFixedWidth(_WHY)
        self.version.why.setToolTip(self.tr("记入访问记录：谁在什么时候为什么拿出了内部版"))
        self._says = label(role="meta", wrap=True)
        self.figures = FigureTable(MONTH_COLUMNS, appearance)
        units = ("填报单位", *(_heading(figure(key).title_in(month=True)) for key in UNIT_FIGURES))
        self.units = SheetTable(units, _UNIT_WIDTHS, self.tr("分单位表"))
        self.typical = SheetTable(
            _TYPICAL,
            (110, 1000),
            self.tr("典型案例和苗头性问题"),
            words=(0, 1),
            nothing=self.tr("本月没有典型案例，也没有同一单位 30 日内多件的。"),
        )
        self.adjusted = SheetTable(
            _ADJUSTED,
            (120, 320, 120, 120, 120),
            self.tr("上月调整说明"),
            words=(0, 1),
            nothing=self.tr("没有上月调整：已经锁定的月份，报出去以后数字没有变。"),
        )
        self._leaves = QStackedWidget()
        self._choices = QButtonGroup(self)
        self.closing = self._closing()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        leaves = []
        for at, (words, table) in enumerate((
            (self.tr("数字"), self.figures), (self.tr("分单位"), self.units),
            (self.tr("案例和苗头"), self.typical), (self.tr("上月调整"), self.adjusted),
        )):  # fmt: skip
            choice = QPushButton(words)
            choice.setCheckable(True)
            choice.setChecked(at == 0)
            choice.setProperty("kind", "choice")
            choice.setToolTip(self.tr("每月汇总的这一部分"))
            self._choices.addButton(choice, at)
            self._leaves.addWidget(table)
            leaves.append(choice)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        named = [part for words, field in zip(
            (self.tr("填报人"), self.tr("审核人"), self.tr("签发人")), self.names, strict=True
        ) for part in (words, field)]  # fmt: skip
        parts = abreast(
            *leaves, self._says, self.version, self.version.why,
            button(self.tr("打印"), self.tr("先做成 PDF 给您看，再选打印机"), self._print,
                   key=PRINT_KEY),
            button(self.tr("导出 Excel"), self.tr("十个部分导出成一个文件"), self._ask_where,
                   key=EXCEL_KEY),
        )  # fmt: skip
        parts.setStretchFactor(self._says, 1)
        column.addWidget(bar(
            self.period,
            abreast(self.tr("填报单位"), self.unit, *named, self.tr("上报日期"), self.reported, 0,
                    self.close_month),
            parts,
        ))  # fmt: skip
        column.addWidget(hairline())
        column.addWidget(self.closing)
        column.addWidget(self._leaves, 1)

    def _closing(self) -> QFrame:
        strip = QFrame()
        strip.setObjectName("messages")
        self.freezes = label(wrap=True)
        lock = button(self.tr("锁定"), self.tr("锁定这个月的数字（回车）"), self._close)
        lock.setProperty("kind", "main")
        lock.setAutoDefault(True)
        self._lock = lock
        leave = button(self.tr("先不锁"), self.tr("收起（Esc）"), self._leave_closing)
        row = abreast(self.freezes, lock, leave)
        row.setStretch(0, 1)
        row.setContentsMargins(tokens.SPACE, tokens.SMALL, tokens.SPACE, tokens.SMALL)
        strip.setLayout(row)
        strip.hide()
        QShortcut(QKeySequence(Qt.Key.Key_Escape), strip, self._leave_closing,
                  context=Qt.ShortcutContext.WidgetWithChildrenShortcut)  # fmt: skip
        return strip

    def _connect(self) -> None:
        model = self._model
        self.period.chosen.connect(self._choose_usual)
        self.period.stepped.connect(model.step)
        self.unit.activated.connect(lambda _at: model.choose_unit(self.unit.currentText()))
        self._choices.idClicked.connect(self._leaves.setCurrentIndex)
        for field in self.names:
            field.editingFinished.connect(self._write_names)
        for field in (*self.names, self.reported):
            field.left.connect(self._focus_table)
        self.figures.opened.connect(model.open_figure)
        self.units.opened.connect(model.open_unit)
        self.typical.opened.connect(lambda row, _column: model.open_typical(row))
        self.adjusted.opened.connect(lambda row, _column: model.open_adjustment(row))
        self.version.changed.connect(self._show_version)
        self.version.refused.connect(model.warned)
        model.chosen_changed.connect(self._show_chosen)
        model.shown.connect(self._show)
        self._show_version()
        self._show_chosen()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.version.begin()

    @Slot()
    def _show_version(self) -> None:
        self.version.why.setVisible(self.version.internal)

    def _choose_usual(self, word: str) -> None:
        today = studio_now().date()
        month = Period.of_month(f"{today.year:04}-{today.month:02}")
        self._model.choose_month((month.before if word == Usual.LAST_MONTH.value else month).month)

    def _write_names(self) -> None:
        for field in self.names:
            field.setModified(False)
        prepared, reviewed, signed = (field.text() for field in self.names)
        self._model.write_names(prepared_by=prepared, reviewed_by=reviewed, signed_by=signed)

    @Slot()
    def _focus_table(self) -> None:
        (self._leaves.currentWidget() or self).setFocus()

    def _print(self) -> None:
        if self.version.is_reasoned():
            self._model.print_(internal=self.version.internal, why=self.version.reason)

    def _ask_where(self) -> None:
        internal, why = self.version.internal, self.version.reason
        if self.version.is_reasoned():
            ask_where(self, self.tr("导出 Excel"), self._model.export_name(internal=internal),
                      partial(self._model.export, internal=internal, why=why))  # fmt: skip

    def _turn_closing(self) -> None:
        set_text(self.freezes, self._model.what_freezes())
        self.closing.setVisible(self.closing.isHidden())
        if self.closing.isVisible():
            self._lock.setFocus()

    def _leave_closing(self) -> None:
        self.closing.hide()
        self.close_month.setFocus()

    def _close(self) -> None:
        self._leave_closing()
        self._model.close(self.reported.text())

    @Slot()
    def _show_chosen(self) -> None:
        model = self._model
        period = Period.of_month(model.month)
        self.period.show_period(_usual(period, studio_now().date()), period.words,
                                period.first, period.last)  # fmt: skip
        show_units(self.unit, model.units, model.unit)
        self.closing.hide()

    @Slot(object)
    def _show(self, sheet: MonthlySheet) -> None:
        closed = sheet.reported_on is not None
        for field, name in zip(self.names, self._model.names, strict=True):
            field.show_text(name)
            field.setEnabled(not closed)
        day = sheet.reported_on or studio_now().date()
        self.reported.show_text(day.isoformat())
        self.reported.setEnabled(not closed)
        self.close_month.setVisible(not closed)
        over = Period.of_month(sheet.month).last < studio_now().date()
        self.close_month.setEnabled(over)
        self.close_month.setToolTip(
            self.tr("把这个月报出去的数固定下来") if over else self.tr("这个月还没有过完")
        )
        self.figures.show_rows(figure_rows(sheet.counted, month=True))
        self.units.show_rows([
            (f"{'　' * row.line.level}{row.line.words}{'　零报告' if row.is_zero else ''}",
             *(figure(key).text(row.numbers[key]) for key in UNIT_FIGURES))
            for row in sheet.units
        ])  # fmt: skip
        self.typical.show_rows([
            *((self.tr("典型案例"), each.words) for each in sheet.typical),
            *((self.tr("苗头性问题"),
               self.tr("{employer}：{first} 至 {last} 共 {n} 件").format(
                   employer=each.employer, first=short_day_text(each.first),
                   last=short_day_text(each.last), n=each.matters))
              for each in sheet.emerging),
        ])  # fmt: skip
        self.adjusted.show_rows([
            (month_text(each.month) if each.month else self.tr("以前"),
             each.figure.title_in(month=True), each.figure.text(each.reported),
             each.figure.text(each.present), each.figure.text(each.difference))
            for each in sheet.adjustments
        ])  # fmt: skip
        self._choices.button(3).setText(
            self.tr("上月调整 {n}").format(n=len(sheet.adjustments))
            if sheet.adjustments else self.tr("上月调整")
        )  # fmt: skip
        self._show_standing(sheet)

    def _show_standing(self, sheet: MonthlySheet) -> None:
        faults = sheet.counted.faults
        words = "；".join(faults)
        if not faults and sheet.reported_on is not None:
            words = self.tr("已锁定，{day} 上报；案例、苗头和打开的行按现在的台账。").format(
                day=sheet.reported_on.isoformat()
            )
        set_role(self._says, "warning" if faults else "meta")
        set_text(self._says, words)


def _usual(period: Period, today: date) -> str:
    """Return the word of the button that means *period*, if there is one."""
    month = Period.of_month(f"{today.year:04}-{today.month:02}")
    words = {month: Usual.MONTH.value, month.before: Usual.LAST_MONTH.value}
    return words.get(period, "")


def _heading(title: str) -> str:
    """Return a column's heading with what stands in brackets on a line of its own."""
    words, bracket, rest = title.partition("（")
    return f"{words}\n{bracket}{rest}" if bracket else title
