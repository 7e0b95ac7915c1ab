"""The episode at hand and its clock; outside one, which comes next."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from hotline_desk.domain.calls import Channel
from hotline_desk.domain.times import clock_text, day_text, studio_now
from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.panel import KeyButton, label
from hotline_desk.ui.kit.restyle import set_role, set_text
from hotline_desk.ui.kit.style import font

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from hotline_desk.domain.episodes import Episode
    from hotline_desk.workflows.desk_rows import PresentEpisodes

_TICK_MILLISECONDS = 250


class EpisodePanel(QWidget):
    """Number, topic, day; how long until the beginning or the end.

    Outside an episode it says that what is taken now belongs to none.
    """

    def __init__(self, edit: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._episode: Episode | None = None
        """Whose time is counted."""
        self._before = ""
        """What is said before the count."""
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

    def show_episodes(self, episodes: PresentEpisodes) -> None:
        """Show the episode at hand, else that there is none, and the coming one or the last."""
        present, nearest = episodes.at_hand, episodes.coming or episodes.last
        self._episode, self._before = present or nearest, ""
        if present is not None:
            set_text(self._title, self.tr("第{n}期 ").format(n=present.number) + present.topic)
            set_text(self._day, f"{day_text(present.on)}  {present.starts}–{present.ends}")
        else:
            set_text(self._title, self.tr("期外来电"))
            words = self.tr("不在节目里，来源渠道先写 {channel}")
            set_text(self._day, words.format(channel=Channel.HOTLINE))
        if present is None and nearest is not None:
            self._before = self.tr("第{n}期").format(n=nearest.number) + " "
        self._tick()

    def _tick(self) -> None:
        if self._episode is None:
            set_text(self._what, self.tr("还没有节目，按 Ctrl+N 建立"))
            set_text(self._left, "")
            return
        what, left, overdue = time_left(self._episode, studio_now())
        set_text(self._what, self._before + what)
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
