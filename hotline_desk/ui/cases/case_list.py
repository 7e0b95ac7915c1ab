"""案件 as a table: which ones, sorted as one likes, and what is done for several at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from hotline_desk.domain.casework.deadlines import left_text
from hotline_desk.domain.times import day_text, money_text
from hotline_desk.ui.cases.assign_panel import AssignPanel
from hotline_desk.ui.cases.case_list_view_model import CaseRow, Which
from hotline_desk.ui.cases.case_words import named_words
from hotline_desk.ui.cases.rows_at_hand import RowsAtHand
from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.card_cell import CardCell
from hotline_desk.ui.kit.panel import label, opening_words
from hotline_desk.ui.kit.record_list import RECORD_ROLE
from hotline_desk.ui.kit.record_table import Column
from hotline_desk.ui.kit.restyle import set_text
from hotline_desk.ui.kit.text_fields import Choice
from hotline_desk.ui.kit.top_bar import abreast, bar, choices

if TYPE_CHECKING:
    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.ui.cases.case_list_view_model import CaseListViewModel
    from hotline_desk.ui.kit.style import Appearance


def _limit(row: CaseRow) -> str:
    """Return what is due next and how long is left, in the words of 今日待办."""
    step = row.clock.current
    if row.clock.pause is not None:
        return "暂停计时"
    if step is not None:
        return f"{step.step} {left_text(step.left)}"
    if row.is_overdue:
        return "逾期未履行"
    return "待履行" if row.is_owed else "已办结"


def _money(row: CaseRow) -> str:
    """Return the amount that holds: agreed with what has come of it, else claimed."""
    promise = row.case.promise
    if promise.agreed_fen:
        return f"到账 {money_text(promise.received_fen)} / {money_text(promise.agreed_fen)}"
    return "" if row.case.claimed_fen is None else money_text(row.case.claimed_fen)


COLUMNS: tuple[Column[CaseRow], ...] = (
    Column(title="牌", text=lambda row: row.card, width=60),
    Column(title="案件编号", text=lambda row: row.case.number, width=116),
    Column(title="单位", text=lambda row: row.case.employer, width=112, stretches=True),
    Column(title="案由", text=lambda row: row.case.matter, width=180, stretches=True),
    Column(
        title="人数",
        text=lambda row: str(row.case.headcount),
        sort_key=lambda row: row.case.headcount,
        width=52,
        figure=True,
        room=860,
    ),
    Column(title="承办人", text=lambda row: row.case.owner or "还没有", width=96),
    Column(title="进程", text=lambda row: row.case.course, width=84, room=720),
    Column(
        title="下一期限",
        text=_limit,
        sort_key=lambda row: row.due.isoformat() if row.due else "9999",
        width=156,
    ),
    Column(
        title="到期日",
        text=lambda row: day_text(row.due) if row.due else "",
        sort_key=lambda row: row.due.isoformat() if row.due else "9999",
        width=132,
        room=1240,
    ),
    Column(
        title="金额",
        text=_money,
        sort_key=lambda row: row.case.promise.agreed_fen or row.case.claimed_fen or 0,
        width=180,
        figure=True,
        room=1060,
    ),
)
_CARD, _OWNER, _LIMIT = 0, 5, 7
_OWNER_WIDTH = 132
_NEAR_END = 40
"""How many pixels before the end the next page is read."""


class CaseList(RowsAtHand[CaseRow]):
    """The cases, and what is done for several of them at once."""

    print_asked = Signal()

    def __init__(
        self, model: CaseListViewModel, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(COLUMNS, lambda row: row.case.id, parent)
        self._model = model
        only = self.tr("只看这些")
        self._views = choices(
            [each.value for each in Which], self, tips=[_TIPS.get(each, only) for each in Which]
        )
        self._owners = Choice(appearance)
        self._only = QToolButton()
        self._count = label(role="meta")
        self._handing: list[Case] = []
        """What is to be handed to somebody (批量转派)."""
        self._hand = label(role="emphasis")
        self._people = AssignPanel(appearance)
        self._hand_sheet = QWidget()
        self._lay_out(appearance)
        self._connect()
        self._show(model.rows)

    def _lay_out(self, appearance: Appearance) -> None:
        self.table.setAccessibleName(self.tr("案件"))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.setItemDelegate(CardCell(appearance, self.table, card_column=_CARD, tone=_tone))
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self._owners.setFixedWidth(_OWNER_WIDTH)
        self._owners.setAccessibleName(self.tr("按承办人"))
        self._owners.setToolTip(self.tr("按承办人：只看一个人的案件"))
        self._only.setProperty("kind", "key")
        self._only.setToolTip(self.tr("收起，看全部（Esc）"))
        hand = QVBoxLayout(self._hand_sheet)
        hand.setContentsMargins(tokens.SPACE, tokens.SMALL, tokens.SPACE, 0)
        hand.setSpacing(tokens.SMALL)
        hand.addWidget(self._hand)
        hand.addWidget(self._people)
        self._hand_sheet.hide()
        views = bar(abreast(*self._views.buttons(), self._owners, self._only, 0))
        self._lay_rows(views, self._hand_sheet, self._foot())

    def _foot(self) -> QWidget:
        buttons = []
        for words, key, tip, done in (
            (self.tr("批量转派"), "Ctrl+G", self.tr("选中的案件交给另一个人，一次撤销"),
             self._reassign),
            (self.tr("催办文本"), "Ctrl+U", self.tr("复制催办选中案件的文字，并记一次催办"),
             self.urge),
            (self.tr("按承办人清单"), "Ctrl+Shift+P", self.tr("PDF：每个承办人在办和跟踪的案件"),
             self.print_asked.emit),
        ):  # fmt: skip
            button = QPushButton(f"{words} {key}")
            button.setToolTip(tip)
            button.clicked.connect(done)
            shortcut = QShortcut(QKeySequence(key), self, done)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            buttons.append(button)
        return bar(abreast(*buttons, 0, self._count))

    def _connect(self) -> None:
        self.seen.connect(self._model.watch)
        self._views.idClicked.connect(lambda at: self._model.choose(list(Which)[at]))
        self._model.rows_changed.connect(self._show)
        self._model.copied.connect(self._copy)
        self._model.candidates_read.connect(self._people.show_candidates)
        self._model.reason_wanted.connect(self._people.want_reason)
        self._model.reassigned.connect(self._end_handing)
        self._people.assigned.connect(self._hand_over)
        self._people.left.connect(self._end_handing)
        self._owners.chosen.connect(self._choose_owner)
        self._owners.left.connect(self.table.setFocus)
        self._only.clicked.connect(self.put_away)
        self.table.left.connect(self.put_away)
        self.table.verticalScrollBar().valueChanged.connect(self._read_on)
        self.table.horizontalHeader().sortIndicatorChanged.connect(self._model.read_all)

    def selected(self) -> list[Case]:
        """Return the selected cases, from the top."""
        rows = sorted(self.table.selectionModel().selectedRows(), key=lambda index: index.row())
        return [index.data(RECORD_ROLE).case for index in rows]

    @Slot()
    def urge(self) -> None:
        """Copy the text that urges whoever has the selected cases on."""
        self._model.urge(self.selected())

    @Slot(str)
    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)

    @Slot()
    def put_away(self) -> None:
        """Put away what was shown alone; with nothing of the kind, leave."""
        if self._model.only_words:
            self._model.choose(Which.ALL)
        else:
            self.left.emit()

    @Slot()
    def _reassign(self) -> None:
        self._handing = self.selected()
        if not self._handing:
            self._model.warned.emit(self.tr("先选中要转派的案件，可以选几件。"))
            return
        words = self.tr("{cases} 转派给：").format(cases=named_words(self._handing))
        set_text(self._hand, words)
        self._people.show_owner("", tuple(case.id for case in self._handing))
        self._model.read_candidates(self._handing)
        self._hand_sheet.show()
        self._people.begin()

    @Slot(str, str)
    def _hand_over(self, name: str, reason: str) -> None:
        self._model.reassign(self._handing, name, reason)

    @Slot()
    def _end_handing(self) -> None:
        self._people.done()
        self._hand_sheet.hide()
        self.table.setFocus()

    @Slot(str)
    def _choose_owner(self, owner: str) -> None:
        self._model.choose_owner("" if owner == self._anybody else owner)

    @Slot(int)
    def _read_on(self, value: int) -> None:
        if value >= self.table.verticalScrollBar().maximum() - _NEAR_END:
            self._model.read_more()

    @property
    def _anybody(self) -> str:
        return self.tr("按承办人")

    @Slot(tuple)
    def _show(self, rows: tuple[CaseRow, ...]) -> None:
        model = self._model
        self._show_choices()
        asked = (model.which, model.owner, model.words, model.only_words)
        self._show_rows(rows, asked, self._nothing())

    def _show_choices(self) -> None:
        model = self._model
        button = self._views.button(list(Which).index(model.which))
        self._views.setExclusive(not model.only_words)
        button.setChecked(not model.only_words)
        names = [self._anybody, *model.owners]
        if names != [self._owners.itemText(at) for at in range(self._owners.count())]:
            self._owners.clear()
            self._owners.addItems(names)
        self._owners.show_text(model.owner or self._anybody)
        self._only.setVisible(bool(model.only_words))
        self._only.setText(self.tr("来自统计：{words}  ✕").format(words=model.only_words))
        set_text(self._count, model.says)

    def _nothing(self) -> str:
        if not self._model.read:
            return opening_words()
        if self._model.words:
            return self.tr("没有符合“{words}”的案件。清空筛选，或换一个视图。").format(
                words=self._model.words
            )
        if self._model.which in {Which.OPEN, Which.ALL} and not self._model.owner:
            return self.tr("还没有案件。\n在“全部”里选中一个问题，按 Ctrl+J 立案。")
        return self.tr("这里没有案件。按“全部”看所有的。")


def _tone(row: CaseRow, column: int) -> tuple[str, bool]:
    step = row.clock.current if row.clock.pause is None else None
    late = (step is not None and step.left < 0) or row.is_overdue
    if column == _LIMIT:
        return ("red" if late else "text"), late
    if column == _OWNER and not row.case.owner:
        return "quiet", False
    return ("text" if row.case.course.is_open else "quiet"), False


_TIPS = {
    Which.OPEN: "还没有办结的案件",
    Which.OWED: "答应了钱，还没有全到账，也没有过约定付款日",
    Which.OVERDUE: "过了约定付款日，钱还没有到",
    Which.MINE: "由本席的人承办、还没有结案的",
}
