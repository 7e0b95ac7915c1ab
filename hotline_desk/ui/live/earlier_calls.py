"""往次来电: that the caller's number has called before, and what came of it, at one key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from hotline_desk.domain.times import short_day_text
from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.panel import KeyButton
from hotline_desk.ui.kit.short_label import ShortLabel
from hotline_desk.ui.ledger.question_list import gist
from hotline_desk.workflows.earlier_calls import EarlierCalls, earlier_calls

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from hotline_desk.domain.calls import Call
    from hotline_desk.ui.kit.office import Office


class EarlierCallsLine(QWidget):
    """One quiet line on the caller's card; not there while nobody has called by the number."""

    def __init__(self, office: Office, show: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._call: Call | None = None
        self.ids: tuple[int, ...] = ()
        """The questions that came of the earlier calls, newest first."""
        self._words = ShortLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.SMALL)
        row.addWidget(self._words, 1)
        self._rows = KeyButton(show)
        row.addWidget(self._rows)
        office.rows_changed.connect(self._look)
        self.hide()

    @property
    def words(self) -> str:
        """What the line says; nothing while it is not there."""
        return "" if self.isHidden() else self._words.words

    def look_up(self, call: Call | None) -> None:
        """Say whether anybody has called by the number of *call* before it."""
        if _asked(call) != _asked(self._call):
            self._call = call
            self._show(None)
            self._look()

    @Slot()
    def _look(self) -> None:
        call = self._call
        if call is None or not call.caller.phone:
            return

        def found(earlier: EarlierCalls | None) -> None:
            if self._call is call:
                self._show(earlier)

        self._office.ask(lambda ledger: earlier_calls(ledger, call), owner=self, then=found)

    def _show(self, earlier: EarlierCalls | None) -> None:
        self.ids = () if earlier is None else tuple(row.id for row in earlier.questions)
        self._rows.setVisible(bool(self.ids))
        self.setVisible(earlier is not None)
        if earlier is not None:
            last = earlier.calls[0]
            about = gist(earlier.questions[0]) if earlier.questions else last.point
            words = self.tr("来过 {n} 次，{day} {name} {about}")
            self._words.say(
                words.format(
                    n=len(earlier.calls),
                    day=short_day_text(last.at.date()),
                    name=last.caller.spoken_name,
                    about=about,
                ).rstrip()
            )


def _asked(call: Call | None) -> tuple[int, str] | None:
    return None if call is None else (call.id, call.caller.phone)
