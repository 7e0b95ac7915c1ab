"""The episode at hand and its clock."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from hotline_desk.domain.times import clock_text, day_text, studio_now
from hotline_desk.ui import tokens
from hotline_desk.ui.panel import KeyButton, label
from hotline_desk.ui.restyle import set_role, set_text
from hotline_desk.ui.style import font

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from hotline_desk.domain.episodes import Episode

_TICK_MILLISECONDS = 250


class EpisodePanel(QWidget):
    """Number, topic, day; how long until the beginning or the end."""

    def __init__(self, edit: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._episode: Episode | None = None
        self._title = label(role="emphasis", wrap=True)
        self._day = label(role="meta")
        self._left = label(role="figure")
        self._left.setFont(font(tokens.FIGURE, strong=True, figures=True))
        self._left.setObjectName("time_left")
        self._what = label(role="meta")
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.SPACE, tokens.SMALL, tokens.SMALL, tokens.SMALL)
        column.setSpacing(2)
        first = QHBoxLayout()
        first.addWidget(self._title, 1)
        first.addWidget(KeyButton(edit))
        column.addLayout(first)
        column.addWidget(self._day)
        clock = QHBoxLayout()
        clock.setSpacing(tokens.SMALL)
        clock.addWidget(self._what)
        clock.addWidget(self._left)
        clock.addStretch(1)
        column.addLayout(clock)
        self._ticking = QTimer(self, interval=_TICK_MILLISECONDS)
        self._ticking.timeout.connect(self._tick)
        self._ticking.start()

    @Slot(object)
    def show_episode(self, episode: Episode | None) -> None:
        """Show *episode*."""
        self._episode = episode
        self._tick()
        if episode is None:
            set_text(self._title, self.tr("还没有本期节目"))
            return
        set_text(self._title, self.tr("第{n}期 ").format(n=episode.number) + episode.topic)
        set_text(self._day, f"{day_text(episode.on)}  {episode.starts}–{episode.ends}")

    def _tick(self) -> None:
        if self._episode is None:
            return
        what, left, overdue = time_left(self._episode, studio_now())
        set_text(self._what, what)
        set_text(self._left, left)
        set_role(self._left, "overdue" if overdue else "figure")


def time_left(episode: Episode, now: datetime) -> tuple[str, str, bool]:
    """Return what the clock counts, the count, and whether the time is over."""
    starts, ends = (
        datetime.combine(episode.on, time.fromisoformat(text), now.tzinfo)
        for text in (episode.starts, episode.ends)
    )
    if now < starts:
        until = starts - now
        if until > timedelta(days=1):
            return "距开播", f"{until.days} 天", False
        return "距开播", clock_text(until.total_seconds()), False
    if now < ends:
        return "全程剩", _short((ends - now).total_seconds()), False
    if now.date() == episode.on:
        return "超时", _short((now - ends).total_seconds()), True
    return "已播出", f"{(now.date() - episode.on).days} 天", False


def _short(seconds: float) -> str:
    return clock_text(seconds).removeprefix("00:")
