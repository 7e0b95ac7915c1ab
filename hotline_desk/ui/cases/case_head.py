"""The head of a case: what it is, how its clock stands, its money, and what lapses first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from hotline_desk.domain.casework.deadlines import Card
from hotline_desk.domain.casework.lapses import NOTICE
from hotline_desk.domain.casework.parties import representatives_wanted
from hotline_desk.domain.casework.payments import lacks_sum
from hotline_desk.domain.times import day_text, money_text
from hotline_desk.ui.cases.case_words import clock_words, lapse_words, money_words
from hotline_desk.ui.cases.clock_steps import ClockSteps
from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.panel import label
from hotline_desk.ui.kit.restyle import set_role, set_text

if TYPE_CHECKING:
    from datetime import date

    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.domain.casework.deadlines import Clock
    from hotline_desk.ui.cases.case_sheet import Sheet
    from hotline_desk.ui.kit.style import Appearance

_NAMED = 2
"""代表人 that are named on top; the list of workers has them all."""


class CaseHead(QWidget):
    """What matters of a case now, in a few lines."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = label(role="emphasis")
        self._course, self._grade, self._many = (label(role="chip") for _ in range(3))
        self._matter, self._about = label(wrap=True), label(role="quiet", wrap=True)
        self._steps = ClockSteps(appearance)
        self._standing = label(wrap=True)
        self._money = label(wrap=True)
        self._conflict = label(role="warning", wrap=True)
        self._lapse = label(role="meta", wrap=True)
        chips = QHBoxLayout()
        chips.setSpacing(tokens.SMALL)
        for chip in (self._number, self._course, self._grade):
            chips.addWidget(chip)
        chips.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SMALL)
        column.addLayout(chips)
        column.addWidget(self._many, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (
            self._matter, self._about, self._steps, self._standing, self._money, self._conflict,
            self._lapse,
        ):  # fmt: skip
            column.addWidget(widget)

    def show_case(self, sheet: Sheet, case: Case, clock: Clock, on: date) -> None:
        """Show *case* as it stands on the day *on*."""
        set_text(self._number, case.number)
        set_text(self._course, str(case.course))
        graded = str(clock.grade) if case.events.gradings else self.tr("未定一般/复杂")
        set_text(self._grade, graded)
        set_text(self._many, self._collective(case))
        self._many.setVisible(case.is_collective)
        set_text(self._matter, case.matter or "—")
        people = self.tr("{n} 人").format(n=case.headcount)
        amount = money_text(case.claimed_fen) if case.claimed_fen else ""
        numbers = "、".join(question.number for question in sheet.around.questions)
        outside = case.external_number  # an old 案件编号 of theirs, too
        external = self.tr("外部工单号 {number}").format(number=outside) if outside else ""
        about = " · ".join(filter(None, (case.employer, people, amount)))
        numbered = " · ".join(filter(None, (numbers, external)))
        set_text(self._about, "\n".join(filter(None, (about, numbered))))
        self._steps.show_clock(clock, case)
        roles = {Card.RED: "red-card", Card.YELLOW: "warning"}
        set_role(self._standing, roles.get(clock.card, "quiet"))
        again = ""
        if case.earlier:
            again = self.tr("重办第 {n} 次，{day}起新计时 · ").format(
                n=len(case.earlier), day=day_text(case.received)
            )
        set_text(self._standing, again + clock_words(clock, case))
        self._show_below(sheet, case, on)

    def _collective(self, case: Case) -> str:
        words, names = self.tr("集体争议"), [each.name for each in case.parties if each.represents]
        if names:
            first, more = "、".join(names[:_NAMED]), len(names) > _NAMED
            who = self.tr("{first}等 {n} 位").format(first=first, n=len(names)) if more else first
            return self.tr("{words} · 代表人 {who}").format(words=words, who=who)
        missing = bool(representatives_wanted(case))
        return self.tr("{words} · 还没有写代表人").format(words=words) if missing else words

    def _show_below(self, sheet: Sheet, case: Case, on: date) -> None:
        set_text(self._money, money_words(case, on))
        set_role(self._money, "red-card" if case.is_overdue(on) else "quiet")
        self._money.setVisible(case.promise.is_said or lacks_sum(case, case.course))
        set_text(self._conflict, sheet.around.conflict)
        self._conflict.setVisible(bool(sheet.around.conflict))
        first = sheet.lapses[0] if sheet.lapses else None
        self._lapse.setVisible(first is not None)
        if first is not None:
            words = self.tr("时效提醒（{notice}）：{first}")
            set_text(self._lapse, words.format(notice=NOTICE, first=lapse_words(first, on)))
