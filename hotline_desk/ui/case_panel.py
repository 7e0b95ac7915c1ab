"""案件: the clock of the case at hand, what is done next for it, whose it is, what was promised."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from hotline_desk.domain.cases import Route
from hotline_desk.domain.deadlines import Card
from hotline_desk.domain.lapses import NOTICE
from hotline_desk.domain.times import money_text, studio_now
from hotline_desk.ui import tokens
from hotline_desk.ui.case_fields import LINES, RouteTick
from hotline_desk.ui.case_words import clock_words, contact_words, lapse_words, money_words
from hotline_desk.ui.clock_steps import ClockSteps
from hotline_desk.ui.deed_form import DeedForm
from hotline_desk.ui.panel import KeyButton, hairline, label
from hotline_desk.ui.restyle import set_role, set_text
from hotline_desk.ui.style import font
from hotline_desk.ui.text_fields import Choice, ManyLines, OneLine

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from hotline_desk.domain.cases import Case
    from hotline_desk.domain.deadlines import Clock
    from hotline_desk.ui.case_deeds import Deed, Doing
    from hotline_desk.ui.case_view_model import CaseViewModel
    from hotline_desk.ui.style import Appearance

_LABEL = 76
_TICKS_ABREAST = 2
_PARTY_LINES = 4


class CasePanel(QScrollArea):
    """Shows one case; what is written is in the ledger when its field is left."""

    left = Signal()
    """Esc: back to the rows."""

    def __init__(
        self,
        model: CaseViewModel,
        open_case: QAction,
        appearance: Appearance,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._shown: int | None = None
        self._waits: tuple[Doing | None] | None = None
        """What is to be begun once the case has been read."""
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._number = label(role="emphasis")
        self._course, self._grade, self._many = (label(role="chip") for _ in range(3))
        self._matter, self._about = label(wrap=True), label(role="quiet", wrap=True)
        self._steps = ClockSteps(appearance)
        self._standing = label(wrap=True)
        self._lapses = label(role="meta", wrap=True)
        self._deeds = DeedForm(appearance)
        self._lines = {name: OneLine(appearance) for name in LINES}
        self._route = Choice(appearance)
        self._route.addItems(["", *(route.value for route in Route)])
        self._why = label(role="meta", wrap=True)
        self._ticks = {tick: QCheckBox(tick.value) for tick in RouteTick}
        self._tick_sheet = QWidget()
        self._parties = ManyLines()
        self._money = label(wrap=True)
        self._log = label(role="meta", wrap=True)
        self._none = label(role="quiet", wrap=True)
        self._open = KeyButton(open_case, "main")
        self._sheet = QWidget()
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(tokens.SPACE, tokens.SPACE, tokens.SPACE, tokens.SPACE)
        column.setSpacing(tokens.SPACE)
        column.addWidget(self._none)
        column.addWidget(self._open)
        column.addWidget(self._sheet)
        column.addStretch(1)
        self._lay_out()
        self.setWidget(page)
        self._connect()
        self._show()

    def _lay_out(self) -> None:
        words = {
            "owner": self.tr("承办人"), "helpers": self.tr("协办单位"),
            "agreed": self.tr("协议金额"), "pay_by": self.tr("约定付款日"),
            "basis": self.tr("依据"),
        }  # fmt: skip
        for name, field in self._lines.items():
            field.setObjectName(name)
            field.setAccessibleName(words[name])
        self._lines["helpers"].hint(self.tr("人社、住建……"))
        self._lines["pay_by"].hint(self.tr("例如 12-10"))
        self._lines["agreed"].hint(self.tr("例如 3.3万"))
        self._route.setObjectName("route")
        self._route.setAccessibleName(self.tr("分流"))
        self._parties.setAccessibleName(self.tr("当事人"))
        self._parties.setPlaceholderText(self.tr("一行一位：董某 3000"))
        self._parties.setFixedHeight(_PARTY_LINES * QFontMetrics(font()).lineSpacing() + 16)
        ticks = QGridLayout(self._tick_sheet)
        ticks.setContentsMargins(0, 0, 0, 0)
        ticks.setSpacing(tokens.TINY)
        for at, tick in enumerate(self._ticks.values()):
            ticks.addWidget(tick, at // _TICKS_ABREAST, at % _TICKS_ABREAST)
        column = QVBoxLayout(self._sheet)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SMALL)
        column.addLayout(_abreast(self._number, self._many))
        column.addLayout(_abreast(self._course, self._grade))
        for widget in (
            self._matter, self._about, self._steps, self._standing, self._money, self._lapses,
            hairline(), self._deeds, hairline(),
        ):  # fmt: skip
            column.addWidget(widget)
        column.addLayout(
            _grid(
                (words["owner"], self._lines["owner"]),
                (self.tr("分流"), self._route),
                ("", self._why),
                ("", self._tick_sheet),
                (words["helpers"], self._lines["helpers"]),
                (self.tr("当事人"), self._parties),
            )
        )
        column.addWidget(hairline())
        column.addLayout(
            _grid(*((words[name], self._lines[name]) for name in ("agreed", "pay_by", "basis")))
        )
        column.addWidget(hairline())
        column.addWidget(self._log)

    def _connect(self) -> None:
        model = self._model
        for name, field in self._lines.items():
            field.editingFinished.connect(partial(self._write, name))
            field.left.connect(self.left)
        self._route.chosen.connect(lambda text: model.write("route", text))
        self._route.accepted.connect(model.accept_route)
        self._route.declined.connect(model.decline_route)
        self._route.left.connect(self.left)
        self._parties.finished.connect(self._write_parties)
        self._parties.left.connect(self.left)
        for tick, box in self._ticks.items():
            box.clicked.connect(lambda on, tick=tick: model.tick(tick, on=on))
        self._deeds.done.connect(self._do_deed)
        model.done.connect(self._deeds.forget)
        self._deeds.left.connect(self.left)
        self._deeds.rebuilt.connect(self._put_in_order)
        model.shown.connect(self._show)

    @Slot()
    def _put_in_order(self) -> None:
        """Let Tab go in reading order."""
        lines = self._lines
        order = [
            *self._deeds.order, lines["owner"], self._route, *self._ticks.values(),
            lines["helpers"], self._parties, lines["agreed"], lines["pay_by"], lines["basis"],
        ]  # fmt: skip
        for one, other in pairwise(order):
            QWidget.setTabOrder(one, other)

    def begin(self, doing: Doing | None = None) -> None:
        """Put the focus on the first field of the deed *doing*, else of the next one."""
        if not self._model.read:
            self._waits = (doing,)
            return
        self._deeds.pick(doing)
        self._deeds.begin()
        focus = QApplication.focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            self.ensureWidgetVisible(focus)

    def do(self) -> None:
        """Do the deed at hand if somebody fills it in; else write the fields, or come here."""
        focus = QApplication.focusWidget()
        if self._deeds.holds_focus():
            self._deeds.do()
        elif focus is not None and self.isAncestorOf(focus):
            self._write_all()
        else:
            self.begin()

    @Slot(object, dict)
    def _do_deed(self, deed: Deed, values: dict[str, str]) -> None:
        if not self._model.do(deed, values) and not self._deeds.busy:
            self._deeds.begin()

    def _write_all(self) -> None:
        for name in LINES:
            self._write(name)
        self._write_parties()

    def _write(self, name: str) -> None:
        field = self._lines[name]
        if field.isModified():
            field.setModified(not self._model.write(name, field.text()))

    def _write_parties(self) -> None:
        document = self._parties.document()
        if document.isModified():
            understood = self._model.write("parties", self._parties.toPlainText())
            document.setModified(not understood)

    @Slot()
    def _show(self) -> None:
        case, clock = self._model.sheet.case, self._model.sheet.clock
        question = self._model.sheet.question
        self._sheet.setVisible(case is not None)
        self._none.setVisible(case is None)
        self._open.setVisible(case is None and question is not None)
        if case is None or clock is None:
            set_text(
                self._none,
                self.tr("选一行，这里显示它的案件。")
                if question is None
                else self.tr(
                    "{kind}，还没有立案。立案以后，从接收日起按时限办理；选中几行可以归一件。"
                ).format(kind=question.kind),
            )
            return
        if case.id != self._shown:
            self._shown = case.id
            self.verticalScrollBar().setValue(0)
        self._show_head(case, clock)
        self._show_fields(case)
        self._deeds.show_deeds(self._model.deeds, case)
        if self._waits is not None and self._model.read:
            (doing,), self._waits = self._waits, None
            self.begin(doing)

    def _show_head(self, case: Case, clock: Clock) -> None:
        set_text(self._number, case.number)
        set_text(self._course, str(case.course))
        set_text(
            self._grade, str(clock.grade) if case.events.gradings else self.tr("未定一般/复杂")
        )
        set_text(self._many, self.tr("集体争议"))
        self._many.setVisible(case.is_collective)
        set_text(self._matter, case.matter or "—")
        people = self.tr("{n} 人").format(n=case.people) if case.people else ""
        amount = money_text(case.claimed_fen) if case.claimed_fen else ""
        numbers = "、".join(question.number for question in self._model.sheet.questions)
        about = " · ".join(filter(None, (case.employer, people, amount)))
        set_text(self._about, "\n".join(filter(None, (about, numbers))))
        self._steps.show_clock(clock, case)
        card = clock.current.card if clock.current and clock.pause is None else Card.NONE
        roles = {Card.RED: "red-card", Card.YELLOW: "warning"}
        set_role(self._standing, roles.get(card, "quiet"))
        set_text(self._standing, clock_words(clock, case))

    def _show_fields(self, case: Case) -> None:
        for name, field in self._lines.items():
            field.show_text(self._model.text(name))
        self._route.show_text(self._model.text("route"))
        proposed = self._model.route
        self._route.propose(proposed.route if proposed else "")
        set_text(self._why, self.tr("建议：{why}").format(why=proposed.reason) if proposed else "")
        self._why.setVisible(proposed is not None)
        self._tick_sheet.setVisible(case.route is None)
        for tick, box in self._ticks.items():
            box.setChecked(tick in self._model.ticks)
        self._parties.show_text(self._model.text("parties"))
        today = studio_now().date()
        set_text(self._money, money_words(case, today))
        lapses = [lapse_words(each, today) for each in self._model.sheet.lapses]
        notice = self.tr("时效提醒（{notice}）").format(notice=NOTICE)
        set_text(self._lapses, "\n".join((notice, *lapses)))
        self._lapses.setVisible(bool(lapses))
        set_role(self._money, "red-card" if case.is_overdue(today) else "quiet")
        self._money.setVisible(bool(case.promise.agreed_fen))
        lines = [contact_words(each) for each in reversed(case.events.contacts)]
        set_text(self._log, "\n".join(filter(None, (*lines, case.notes))))


def _abreast(*chips: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(tokens.SMALL)
    for chip in chips:
        row.addWidget(chip)
    row.addStretch(1)
    return row


def _grid(*rows: tuple[str, QWidget]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(tokens.SMALL)
    grid.setVerticalSpacing(tokens.SMALL)
    grid.setColumnMinimumWidth(0, _LABEL)
    grid.setColumnStretch(1, 1)
    for row, (words, widget) in enumerate(rows):
        if words:
            name = label(words, "quiet")
            high = isinstance(widget, ManyLines)
            name.setContentsMargins(0, tokens.SMALL if high else 0, 0, 0)
            top = Qt.AlignmentFlag.AlignTop if high else Qt.AlignmentFlag.AlignVCenter
            grid.addWidget(name, row, 0, top)
        grid.addWidget(widget, row, 1)
    return grid
