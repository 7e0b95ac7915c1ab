"""导出: which rows, which version, which form; then where to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QWidget,
)

from hotline_desk.domain.times import studio_now
from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.day_text import day_of
from hotline_desk.ui.kit.form import Form
from hotline_desk.ui.kit.panel import hairline, label, sole_panel
from hotline_desk.ui.kit.progress import Progress
from hotline_desk.ui.kit.restyle import set_text
from hotline_desk.ui.kit.text_fields import OneLine
from hotline_desk.ui.kit.top_bar import page_top
from hotline_desk.ui.kit.version_choice import Either, VersionChoice

if TYPE_CHECKING:
    from datetime import date

    from hotline_desk.ui.exchange.export_view_model import ExportViewModel
    from hotline_desk.ui.kit.style import Appearance

_SHEET, _DAY, _PROGRESS = 720, 130, 180
_SHOWN, _PERIOD = 0, 1
_EXCEL, _CSV = 0, 1


class ExportPage(QWidget):
    """Rows of the ledger on their way out, masked unless somebody says why not."""

    closed = Signal()

    def __init__(
        self, model: ExportViewModel, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._model = model
        self._rows = Either([self.tr("台账里现在显示的"), self.tr("按接收日期")])
        self._form = Either(
            [self.tr("Excel（问题、案件、当事人）"), self.tr("CSV（每张表一个文件）")]
        )
        self._version = VersionChoice(appearance)
        self._since, self._until = OneLine(appearance), OneLine(appearance)
        self._says = label(role="meta", wrap=True)
        self._done = label(wrap=True)
        self._so_far = Progress()
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setFixedWidth(_PROGRESS)
        self._cancel = QPushButton(self.tr("取消"))
        self._export = QPushButton(self.tr("导出  Ctrl+S"))
        self._export.setProperty("kind", "main")
        self._export.setToolTip(self.tr("选好文件名，写出来"))
        self._open = QPushButton(self.tr("打开文件"))
        self._days = self._day_row()
        self._lay_out()
        self._connect()
        self._show()

    def _lay_out(self) -> None:
        form = Form(_SHEET)
        form.add_rows(
            self.tr("哪些行"),
            self.tr(
                "案件跟着走：按日期导出时是这段时间接收（含重办）的案件，按显示的行导出时是这些行所属的案件。"
            ),
            [(self.tr("范围"), self._rows), (self.tr("接收日期"), self._days)],
        )
        form.add_rows(self.tr("什么格式"), self.tr("表头照统一格式，空着的列保留。"),
                      [(self.tr("格式"), self._form)])  # fmt: skip
        form.add_rows(
            self.tr("给谁看"),
            self.tr("脱敏版隐去姓名、号码和单位；内部版谁在什么时候为什么导出，都记入访问记录。"),
            [(self.tr("版本"), self._version), (self.tr("事由"), self._version.why)],
        )
        buttons = QHBoxLayout()
        buttons.setSpacing(tokens.SMALL)
        for widget in (self._export, self._progress, self._cancel, self._open):
            buttons.addWidget(widget)
        buttons.addStretch(1)
        form.column.addLayout(buttons)
        form.column.addWidget(self._says)
        form.column.addWidget(self._done)
        form.end()
        leaf = QScrollArea()
        leaf.setWidgetResizable(True)
        leaf.setWidget(form)
        panel = sole_panel(self)
        panel.column.addWidget(self._top())
        panel.column.addWidget(hairline())
        panel.column.addWidget(leaf, 1)

    def _top(self) -> QWidget:
        back = QPushButton(self.tr("返回 Esc"))
        back.setToolTip(self.tr("回到台账"))
        back.clicked.connect(self.closed)
        return page_top([label(self.tr("导出台账"), "emphasis")], [back])

    def _day_row(self) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.SMALL)
        for field, words, hint in (
            (self._since, self.tr("从这一天起"), self.tr("2026-01-01")),
            (self._until, self.tr("到这一天止"), self.tr("今天")),
        ):
            field.setFixedWidth(_DAY)
            field.setAccessibleName(words)
            field.hint(hint)
            field.textEdited.connect(lambda _text: self._rows.choose(_PERIOD))
        row.addWidget(self._since)
        row.addWidget(label(self.tr("至"), "quiet"))
        row.addWidget(self._until)
        row.addStretch(1)
        return made

    def _connect(self) -> None:
        model = self._model
        model.rows_changed.connect(self._show)
        model.busy_changed.connect(self._show_busy)
        model.exported.connect(self._show_exported)
        model.progressed.connect(self._show_progress)
        for either in (self._rows, self._version, self._form):
            either.changed.connect(self._show)
        self._export.clicked.connect(self.save)
        self._cancel.clicked.connect(model.cancel)
        self._open.clicked.connect(model.open_written)
        self._version.refused.connect(model.warned)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.closed.emit)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def begin(self) -> None:
        """Begin anew: masked, and the rows that the ledger shows where it shows any."""
        self._rows.choose(_SHOWN if self._model.shown else _PERIOD)
        self._version.begin()
        set_text(self._done, "")
        self._show()
        self._rows.setFocus()

    def save(self) -> None:
        """Ask for the file's name, then export."""
        days = self._read_days()
        if days is None or self._model.busy or not self._version.is_reasoned():
            return
        ending = ".csv" if self._form.chosen == _CSV else ".xlsx"
        internal = self.tr("（内部版）") if self._version.internal else ""
        name = self.tr("台账{internal}{day}").format(
            internal=internal, day=studio_now().date().isoformat()
        )
        dialog = QFileDialog(self, self.tr("导出到"), str(Path.home() / f"{name}{ending}"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(ending[1:])
        dialog.fileSelected.connect(lambda chosen: self.export_to(Path(chosen)))
        dialog.open()

    def export_to(self, path: Path) -> None:
        """Export what is chosen to *path*."""
        days = self._read_days()
        if days is None:
            return
        internal, why = self._version.internal, self._version.reason
        if self._rows.chosen == _SHOWN:
            self._model.export_shown(path, internal=internal, why=why)
        else:
            self._model.export_period(path, *days, internal=internal, why=why)

    def _read_days(self) -> tuple[date | None, date | None] | None:
        today = studio_now().date()
        try:
            return day_of(self._since.text(), today), day_of(self._until.text(), today)
        except ValueError:
            self._model.warned.emit(self.tr("看不懂这个日期，请写成 2026-03-05 这样。"))
            return None

    @Slot()
    def _show(self) -> None:
        shown = self.tr("台账里现在显示的 {n} 条").format(n=f"{self._model.shown:,}")
        self._rows.rename(_SHOWN, shown)
        self._rows.enable(_SHOWN, enabled=self._model.shown > 0)
        self._days.setEnabled(self._rows.chosen == _PERIOD)
        busy = self._model.busy
        self._export.setEnabled(not busy)
        self._progress.setVisible(busy)
        self._cancel.setVisible(busy)
        self._open.setVisible(self._model.written is not None and not busy)
        words = self.tr("以“{by}”的名义记入访问记录。").format(by=self._model.by)
        set_text(self._says, words if self._version.internal else "")

    @Slot(bool)
    def _show_busy(self, busy: bool) -> None:
        self._so_far = Progress()
        self._show_progress(0, 0)
        self._show()
        if (
            not busy and self._model.written is None
        ):  # what failed or was stopped, is told elsewhere
            set_text(self._done, "")

    @Slot(int, int)
    def _show_progress(self, done: int, total: int) -> None:
        if self._model.busy:
            self._progress.setMaximum(total)
            self._progress.setValue(done)
            words = self._so_far.words(done, total) if done < total else self.tr("打包成文件")
            set_text(self._done, f"{self.tr('正在导出')}  {words}".rstrip())

    @Slot(str)
    def _show_exported(self, words: str) -> None:
        set_text(self._done, words)
        self._open.setVisible(True)
