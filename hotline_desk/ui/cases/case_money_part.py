"""当事人 and money of a case: who claims what and has been paid, what was agreed, what has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from hotline_desk.domain.times import day_text, money_text
from hotline_desk.ui.cases.case_fields import PARTIES, PROMISE
from hotline_desk.ui.cases.case_timeline import money
from hotline_desk.ui.cases.entries import Entries
from hotline_desk.ui.cases.field_sheet import FieldSheet
from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.fields import field_widget
from hotline_desk.ui.kit.panel import label
from hotline_desk.ui.kit.style import font

if TYPE_CHECKING:
    from hotline_desk.domain.casework.cases import Case, Party
    from hotline_desk.ui.cases.case_view_model import CaseViewModel
    from hotline_desk.ui.kit.style import Appearance

_MOST = 60
"""Parties that are shown; the text has them all."""


class CaseMoney(QWidget):
    """The workers of a case in a table, and as text where they are written; then the money."""

    left = Signal()
    deed_wanted = Signal(object, str)
    """A deed (Doing) is to be filled in for a payment that is called so."""

    def __init__(
        self, model: CaseViewModel, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._shown: tuple[Party, ...] | None = None
        self._table = QWidget()
        self._grid = QGridLayout(self._table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(tokens.SPACE)
        self._grid.setVerticalSpacing(tokens.TINY)
        self._grid.setColumnStretch(0, 1)
        self._change = QPushButton()
        self._change.setCheckable(True)
        self._change.setToolTip(self.tr("一行一位：姓名 金额，代表人在姓名前加 @；可以整段粘贴"))
        self._text = field_widget(PARTIES, appearance)
        self.promise = FieldSheet(model, PROMISE, appearance)
        self._payments = Entries()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SMALL)
        column.addWidget(self._table)
        column.addWidget(self._text)
        column.addWidget(self._change, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.promise)
        column.addWidget(self._payments)
        self._payments.deed_wanted.connect(self.deed_wanted)
        self._change.clicked.connect(self._turn)
        self._text.finished.connect(self._write_parties)
        self._text.left.connect(self.left)
        self.promise.left.connect(self.left)
        self._show_text(on=False)

    @property
    def order(self) -> list[QWidget]:
        """What takes the focus, in reading order."""
        return [self._text, self._change, *self.promise.order]

    def show_case(self, case: Case) -> None:
        """Show the workers and the money of *case*."""
        if self._shown != case.parties:
            self._shown = case.parties
            self._fill(case.parties)
        self._text.show_text(self._model.text("parties"))
        self.promise.show_case()
        self._payments.show_entries(money(case))
        self._payments.setVisible(bool(self._payments.shown))
        self._show_text(on=self._change.isChecked())

    def write_all(self) -> None:
        """Write what was typed and has not been left yet."""
        self._write_parties()
        self.promise.write_all()

    @Slot()
    def _turn(self) -> None:
        on = self._change.isChecked()
        self._show_text(on=on)
        if on:
            self._text.setFocus()

    def _show_text(self, *, on: bool) -> None:
        empty = not self._shown
        self._text.setVisible(on or self._text.modified)
        self._table.setVisible(not on and not empty)
        words = self.tr("写好了") if on else self.tr("写当事人") if empty else self.tr("改名单")
        self._change.setText(words)

    @Slot()
    def _write_parties(self) -> None:
        if self._text.modified:
            self._text.modified = not self._model.write(PARTIES.name, self._text.text())

    def _fill(self, parties: tuple[Party, ...]) -> None:
        while self._grid.count():
            item = self._grid.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                old.hide()
                old.deleteLater()
        heads = (self.tr("当事人"), self.tr("诉求"), self.tr("已到账"), self.tr("到账日期"))
        for column, words in enumerate(heads):
            self._put(0, column, words, "section")
        for row, party in enumerate(parties[:_MOST], start=1):
            self._put(row, 0, party.told, "")
            claimed = "" if party.claimed_fen is None else money_text(party.claimed_fen)
            self._put(row, 1, claimed, "")
            self._put(row, 2, money_text(party.received_fen) if party.received_fen else "—", "")
            self._put(row, 3, day_text(party.received_on) if party.received_on else "", "quiet")
        if len(parties) > _MOST:
            more = self.tr("还有 {n} 位，在“改名单”里").format(n=len(parties) - _MOST)
            self._put(_MOST + 1, 0, more, "quiet")

    def _put(self, row: int, column: int, words: str, role: str) -> None:
        made = label(words, role, wrap=column == 0)
        made.setFont(font(figures=True))
        side = Qt.AlignmentFlag.AlignRight if column in {1, 2} else Qt.AlignmentFlag.AlignLeft
        made.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(made, row, column)
