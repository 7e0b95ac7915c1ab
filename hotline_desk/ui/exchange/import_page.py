"""导入: a file at the top, its columns at the left, what is wrong at the right, the deed below."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from hotline_desk.ui.exchange.import_columns import ImportColumns
from hotline_desk.ui.exchange.import_problems import MOST_SHOWN, ImportProblems
from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.panel import Panel, empty_words, hairline, head, label, sole_panel
from hotline_desk.ui.kit.progress import Progress
from hotline_desk.ui.kit.restyle import set_text
from hotline_desk.ui.kit.text_fields import OneLine
from hotline_desk.ui.kit.top_bar import page_top

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from hotline_desk.domain.importing.plan import ImportPlan
    from hotline_desk.ui.exchange.import_view_model import ImportViewModel
    from hotline_desk.ui.kit.style import Appearance
    from hotline_desk.workflows.import_ledger import TakenIn

_LEFT, _RIGHT = 620, 560
_PROGRESS, _NAME = 180, 150
_FILES = "台账 (*.xlsx *.xlsm *.csv *.txt *.xls);;所有文件 (*)"


class ImportPage(QWidget):
    """An existing 台账 on its way in."""

    closed = Signal()
    rows_opened = Signal(tuple, str)
    """Ids of questions that came in, and what they are."""

    def __init__(
        self, model: ImportViewModel, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAcceptDrops(True)
        self._model = model
        self._title = label(role="emphasis")
        self._where = label(role="meta")
        self._columns = ImportColumns(model, appearance)
        self._problems = ImportProblems(appearance)
        self._problem_words = label(role="section")
        self._none = empty_words("")
        self._nothing = empty_words("")
        self._says = label(wrap=True)
        self._so_far = Progress()
        self._progress = QProgressBar()
        self._progress.setFixedWidth(_PROGRESS)
        self._progress.setTextVisible(False)
        self._take = QPushButton()
        self._skip = QCheckBox()
        self._keep_name = OneLine(appearance)
        self._keep_name.setFixedWidth(_NAME)
        self._keep_name.hint(self.tr("列对照的名字"))
        self._keep_name.setAccessibleName(self.tr("列对照的名字"))
        self._keep = QPushButton(self.tr("保存列对照"))
        self._cancel = QPushButton(self.tr("取消"))
        self._import = QPushButton(self.tr("导入  Ctrl+S"))
        self._import.setProperty("kind", "main")
        self._rows = QPushButton(self.tr("看这些行"))
        self._stack = QStackedWidget()
        self._first: QPushButton | None = None
        self._held: QWidget | None = None
        """What had the focus in the foot, until the next there can be given it."""
        self._lay_out()
        self._connect()
        self._show_file()

    def _lay_out(self) -> None:
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        left, right = Panel(), Panel()
        left.column.addWidget(head(label(self.tr("文件里的列 → 台账里的栏"), "section")))
        left.column.addWidget(hairline())
        left.column.addWidget(self._columns, 1)
        right.column.addWidget(head(self._problem_words))
        right.column.addWidget(hairline())
        right.column.addWidget(self._problems, 1)
        right.column.addWidget(self._none, 1)
        self.splitter.addWidget(left)
        self.splitter.addWidget(right)
        self.splitter.setSizes([_LEFT, _RIGHT])
        empty = Panel()
        empty.column.addStretch(1)
        empty.column.addWidget(self._nothing)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._rows)
        row.addStretch(1)
        empty.column.addLayout(row)
        empty.column.addStretch(2)
        self._stack.addWidget(empty)
        self._stack.addWidget(self.splitter)
        panel = sole_panel(self)
        panel.column.addWidget(self._top())
        panel.column.addWidget(hairline())
        panel.column.addWidget(self._stack, 1)
        self._foot = self._below()
        panel.column.addWidget(self._foot)

    def _top(self) -> QWidget:
        buttons = []
        for text, tip, done in (
            (self.tr("选文件 Ctrl+O"), self.tr("选一个 Excel 或 CSV 文件"), self._choose),
            (self.tr("粘贴 Ctrl+V"), self.tr("粘贴别的平台的工单，或表格里的几行"), self._paste),
            (self.tr("返回 Esc"), self.tr("回到台账，不导入"), self._leave),
        ):
            button = QPushButton(text)
            self._first = self._first or button
            button.setToolTip(tip)
            button.clicked.connect(done)
            buttons.append(button)
        return page_top((self._title, self._where), buttons)

    def _below(self) -> QWidget:
        foot = QWidget()
        column = QVBoxLayout(foot)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(hairline())
        row = QHBoxLayout()
        row.setContentsMargins(tokens.WIDE, tokens.SMALL, tokens.WIDE, tokens.SMALL)
        row.setSpacing(tokens.SMALL)
        self._says.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.addWidget(self._says, 1)
        for widget in (self._progress, self._cancel, self._take, self._skip, self._keep_name,
                       self._keep, self._import):  # fmt: skip
            row.addWidget(widget)
        column.addLayout(row)
        return foot

    def _connect(self) -> None:
        model = self._model
        model.file_changed.connect(self._show_file)
        model.plan_changed.connect(self._show_plan)
        model.busy_changed.connect(self._show_busy)
        model.progressed.connect(self._show_progress)
        model.taken.connect(self._show_taken)
        self._take.clicked.connect(model.take_proposals)
        self._skip.clicked.connect(lambda: model.skip(skips=self._skip.isChecked()))
        self._keep.clicked.connect(lambda: model.keep_matching(self._keep_name.text()))
        self._cancel.clicked.connect(model.cancel)
        self._import.clicked.connect(model.take_in)
        self._rows.clicked.connect(self._open_rows)
        self._take.setToolTip(self.tr("采纳列和词的全部建议；Tab 只采纳一处"))
        self._import.setToolTip(self.tr("全部写入台账，或什么也不写"))
        self._keep.setToolTip(self.tr("下次打开同样的表，自动这样对应"))
        for key, done in (
            ("Ctrl+O", self._choose),
            ("Ctrl+V", self._paste),
            ("Ctrl+Return", model.take_proposals),
            ("Esc", self._leave),
        ):
            shortcut = QShortcut(QKeySequence(key), self, done)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def begin(self) -> None:
        """Put the focus where one begins."""
        if self._first is not None:
            self._first.setFocus()

    def save(self) -> None:
        """Import, if nothing stands in the way."""
        self._model.take_in()

    def _choose(self) -> None:
        dialog = QFileDialog(self, self.tr("选要导入的台账"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr(_FILES))
        dialog.fileSelected.connect(lambda name: self._model.open(Path(name)))
        dialog.open()

    def _paste(self) -> None:
        self._model.paste(QGuiApplication.clipboard().text())

    def _leave(self) -> None:
        self._model.close()
        self.closed.emit()

    def _open_rows(self) -> None:
        self.rows_opened.emit(self._model.rows, self.tr("刚导入的行"))

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self._model.open(Path(files[0]))

    @Slot()
    def _show_file(self) -> None:
        path = self._model.path
        set_text(self._title, path.name if path else self.tr("导入台账"))
        set_text(self._where, str(path.parent) if path and path.is_absolute() else "")
        self._where.setVisible(bool(self._where.text()))
        self._stack.setCurrentIndex(1 if path else 0)
        self._rows.setVisible(bool(self._model.rows) and path is None)
        self._nothing.setText(self.tr(
            "把 Excel（.xlsx）或 CSV 文件拖到这里，或按“选文件”（Ctrl+O）；\n"
            "别的平台的工单文本、表格里的几行，复制以后在这里粘贴（Ctrl+V）。\n\n"
            "先逐行检查，列出每一处问题；按“导入”以后才写入台账，一次 Ctrl+Z 可以整批撤销。\n"
            "表头照本台的格式可以直接认出；别的热线平台导出的表，选好列对照后可以存下来。"
        ))  # fmt: skip
        self._keep_name.setText(self._model.matching.name)
        self._show_plan()

    @Slot()
    def _show_plan(self) -> None:
        plan, waiting = self._model.plan, self._model.proposals()
        held = QApplication.focusWidget()
        self._problems.show_plan(plan, tables=len(self._model.tables))
        blocking = len(plan.blocking) if plan else 0
        self._problems.setVisible(bool(plan and plan.problems))
        self._none.setVisible(not (plan and plan.problems))
        self._none.setText(self.tr("没有发现问题。") if plan else "")
        set_text(self._problem_words, self._told_problems(plan))
        set_text(self._says, _told(plan) if plan and not self._model.busy else self._model.busy)
        self._take.setText(self.tr("采纳 {n} 处建议 Ctrl+Enter").format(n=waiting))
        rows = len(plan.can_be_left_out | plan.left_out) if plan else 0
        self._skip.setText(self.tr("跳过有问题的 {n} 行").format(n=rows))
        self._skip.setChecked(self._model.skips)
        busy, there = bool(self._model.busy), self._model.path is not None
        self._foot.setVisible(there or busy)
        self._take.setVisible(waiting > 0 and not busy)
        self._skip.setVisible(not busy and not waiting and (self._model.skips or bool(rows)))
        self._keep_name.setVisible(not busy and not waiting and not blocking and there)
        self._keep.setVisible(not busy and not waiting and not blocking and there)
        self._progress.setVisible(busy)
        self._cancel.setVisible(busy)
        self._import.setVisible(there)
        self._import.setEnabled(self._model.can_take_in)
        if held is not None and self._foot.isAncestorOf(held):
            self._held = held
        self._hold_focus()

    def _hold_focus(self) -> None:
        """Give the focus of what is gone from the foot to the next that can be done there."""
        if self._held is None:
            return
        beside = (self._cancel, self._take, self._skip, self._import, self._problems)
        for widget in (self._held, *beside):
            if widget.isVisible() and widget.isEnabled():
                widget.setFocus()
                self._held = None
                return

    def _told_problems(self, plan: ImportPlan | None) -> str:
        if plan is None:
            return self.tr("问题")
        words = self.tr("挡住导入的 {blocks} 处，提醒 {told} 处").format(
            blocks=f"{len(plan.blocking):,}", told=f"{len(plan.notices):,}"
        )
        if len(plan.problems) <= MOST_SHOWN:
            return words
        return words + self.tr("（列出前 {n} 处）").format(n=f"{MOST_SHOWN:,}")

    @Slot(str)
    def _show_busy(self, _words: str) -> None:
        self._show_plan()

    @Slot(int, int)
    def _show_progress(self, done: int, total: int) -> None:
        if not total:
            self._so_far = Progress()
        self._progress.setMaximum(total)
        self._progress.setValue(done)
        if self._model.busy and total:
            set_text(self._says, f"{self._model.busy}  {self._so_far.words(done, total)}")

    @Slot(object)
    def _show_taken(self, done: TakenIn) -> None:
        parts = [
            self.tr("已导入 {n} 条问题").format(n=f"{done.questions:,}"),
            self.tr("{n} 件案件").format(n=f"{done.cases:,}") if done.cases else "",
            self.tr("补全已有问题 {n} 条").format(n=f"{done.filled:,}") if done.filled else "",
            self.tr("新建节目 {n} 期").format(n=done.episodes) if done.episodes else "",
        ]
        self._nothing.setText("、".join(filter(None, parts)) + self.tr("。\nCtrl+Z 整批撤销。"))
        self._rows.setVisible(bool(self._model.rows))
        self._rows.setFocus()


def _told(plan: ImportPlan) -> str:
    late = f"，超期 {plan.overdue_cases:,}" if plan.overdue_cases else ""
    stand = f"（在办 {plan.open_cases:,}{late}）" if plan.open_cases else ""
    if not plan.rows:
        return plan.told_rows  # nothing can come of it yet
    parts = [
        plan.told_rows,
        f"新问题 {len(plan.questions):,} 条",
        f"新案件 {len(plan.cases):,} 件{stand}",
        f"补全已有 {len(plan.filled):,} 条" if plan.filled else "",
        f"已有、一样 {plan.same:,} 行" if plan.same else "",
        f"新建节目 {len(plan.episodes):,} 期" if plan.episodes else "",
        f"跳过 {len(plan.left_out):,} 行" if plan.left_out else "",
    ]
    return " · ".join(filter(None, parts))
