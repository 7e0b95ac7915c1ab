"""What gets its card on the next working day, told once for each step and card, and in time."""

from __future__ import annotations

from datetime import time, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, QTimer, Signal, Slot

from hotline_desk.domain.casework.deadlines import Card
from hotline_desk.domain.times import studio_now
from hotline_desk.ui.kit.view_model import ViewModel
from hotline_desk.workflows.warn import near_cards

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime

    from hotline_desk.domain.casework.due import Due
    from hotline_desk.ledger.ledger import Ledger
    from hotline_desk.paths import Workspace
    from hotline_desk.ui.kit.office import Office
    from hotline_desk.ui.live.recording_view_model import RecordingViewModel

DAY_BEGINS = time(8, 30)
"""When the working day begins, and with it what is told (ours)."""

_LOOK_MILLISECONDS = 60_000
_CALM_MILLISECONDS = 1500
"""How long the ledger is left alone after a change before it is looked at."""
_TOLD = "cards-told"
_REMEMBERED = timedelta(days=180)
"""How long after a case was received it is remembered what was told of it."""


class NearCards(ViewModel):
    """Says which cards are near; while something is recorded it says nothing, then it may again."""

    near = Signal(tuple)
    """What is to be told (Due), the most pressing first."""

    def __init__(
        self,
        office: Office,
        recording: RecordingViewModel,
        parent: QObject | None = None,
        *,
        clock: Callable[[], datetime] = studio_now,
    ) -> None:
        super().__init__(office, parent)
        self._recording = recording
        self._clock = clock
        self._looked_on: date | None = None
        self._told = QSettings(
            str(office.workspace.root / "window.ini"), QSettings.Format.IniFormat
        )
        self._timer = QTimer(self, interval=_LOOK_MILLISECONDS)
        self._timer.timeout.connect(self.tick)
        self._soon = QTimer(self, interval=_CALM_MILLISECONDS, singleShot=True)
        self._soon.timeout.connect(self.tick)

    def begin(self) -> None:
        """Look now, whenever the ledger changes, and every working day anew."""
        self._office.rows_changed.connect(self._look_soon)
        self._timer.start()
        self.tick()

    @Slot()
    def tick(self) -> None:
        """Look at the ledger if it is time, it has not been looked at and nobody is on the air."""
        now = self._clock()
        if now.time() < DAY_BEGINS or self._looked_on == now.date() or self._recording.recording:
            return
        self._looked_on = now.date()
        self._office.ask(
            partial(_near, self._office.workspace, now.date()),
            owner=self,
            then=self._tell,
            on_error=self.failed.emit,
        )

    @Slot()
    def _look_soon(self) -> None:
        self._looked_on = None
        self._soon.start()

    def _tell(self, rows: Sequence[Due]) -> None:
        if self._recording.recording:  # began meanwhile: 今日待办 has them
            self._looked_on = None
            return
        new = tuple(row for row in rows if self._told.value(_key(row)) != _round(row))
        for row in new:
            self._told.setValue(_key(row), _round(row))
        self._forget_old()
        if new:
            self.near.emit(new)

    def _forget_old(self) -> None:
        """Let go of what was told of clocks that have long ended."""
        oldest = (self._clock().date() - _REMEMBERED).isoformat()
        self._told.beginGroup(_TOLD)
        for key in self._told.childKeys():
            if str(self._told.value(key)) < oldest:
                self._told.remove(key)
        self._told.endGroup()


def words(rows: Sequence[Due]) -> tuple[str, str]:
    """Return a title and the text of a notification; by number, never by name or employer."""
    first = sorted(rows, key=lambda row: row.card is not Card.RED)[:3]
    lines = [
        f"{row.card} {row.number} {row.stage}：{row.left_words}，{_whose(row)}" for row in first
    ]
    more = [f"还有 {len(rows) - 3} 件"] if len(rows) > 3 else []
    counted = ((card, sum(row.card is card for row in rows)) for card in (Card.RED, Card.YELLOW))
    told = "，".join(f"{card} {count} 件" for card, count in counted if count)
    return f"下一个工作日起：{told}", "\n".join(lines + more)


def _whose(row: Due) -> str:
    return f"承办 {row.owner}" if row.owner else "还没有承办人"


def _key(row: Due) -> str:
    return f"{_TOLD}/{row.number}-{row.stage.name}-{row.card.name}"


def _round(row: Due) -> str:
    """What tells a clock from the next one of the same case (重办)."""
    if row.case is not None:
        return row.case.received.isoformat()
    return "" if row.question is None else row.question.at.date().isoformat()


def _near(workspace: Workspace, on: date, ledger: Ledger) -> tuple[Due, ...]:
    return tuple(near_cards(ledger, workspace, on))
