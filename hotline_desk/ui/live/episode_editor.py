"""Write down an episode: number, day, topic, people. A panel, never a dialog."""

from __future__ import annotations

import dataclasses
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from hotline_desk.domain.days import is_meant
from hotline_desk.domain.episodes import Episode, Guest, next_broadcast
from hotline_desk.domain.times import day_text
from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.panel import label
from hotline_desk.ui.kit.restyle import set_text
from hotline_desk.ui.kit.text_fields import OneLine

if TYPE_CHECKING:
    from hotline_desk.settings import Settings
    from hotline_desk.ui.kit.style import Appearance

_SAVE_KEY = "Ctrl+Return"
_NUMBERS = range(1, 10_000)


class EpisodeEditor(QWidget):
    """The fields of one episode."""

    saved = Signal(Episode)
    added = Signal(Episode)
    closed = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known: Episode | None = None
        self._title = label(role="emphasis")
        self._says = label(role="meta", wrap=True)
        self._fields = {
            name: OneLine(appearance)
            for name in ("number", "on", "starts", "ends", "topic", "host", "lawyer", "producer")
        }
        for name, field in self._fields.items():
            field.setObjectName(f"episode_{name}")
            field.left.connect(self.closed)
        form = QFormLayout()
        form.setSpacing(tokens.SMALL)
        for name, words in (
            ("number", self.tr("期号")), ("on", self.tr("日期")), ("starts", self.tr("开始")),
            ("ends", self.tr("结束")), ("topic", self.tr("主题")), ("host", self.tr("主持人")),
            ("lawyer", self.tr("律师")), ("producer", self.tr("导播")),
        ):  # fmt: skip
            form.addRow(label(words, "quiet"), self._fields[name])
        self._save = QPushButton(self.tr("保存本期  Ctrl+Enter"))
        self._save.setProperty("kind", "main")
        self._save.setToolTip(self.tr("保存本期（Ctrl+Enter）"))
        self._save.clicked.connect(self._finish)
        QShortcut(QKeySequence(_SAVE_KEY), self, self._finish)
        self._new = QPushButton(self.tr("新建下一期"))
        self._new.setToolTip(self.tr("期号加一，填好后保存"))
        self._new.clicked.connect(self._next)
        self._close = QPushButton(self.tr("不改"))
        self._close.setToolTip(self.tr("收起，不保存（Esc）"))
        self._close.clicked.connect(self.closed)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.SPACE, tokens.SPACE, tokens.SPACE, tokens.SPACE)
        column.setSpacing(tokens.SMALL)
        column.addWidget(self._title)
        column.addWidget(self._says)
        column.addLayout(form)
        buttons = QHBoxLayout()
        buttons.addWidget(self._save, 1)
        buttons.addWidget(self._close)
        column.addLayout(buttons)
        column.addWidget(self._new)
        column.addStretch(1)
        self._settings: Settings | None = None

    def show_episode(self, episode: Episode | None, settings: Settings, today: date) -> None:
        """Offer *episode* for changing, or the first one where there is none."""
        self._settings = settings
        self._today = today
        self._known = episode
        self._new.setVisible(episode is not None)
        if episode is None:
            set_text(self._title, self.tr("建立本期节目"))
            set_text(
                self._says, self.tr("接着写您的期号，主题可以后补；按 Ctrl+Enter 保存，Esc 收起。")
            )
            self._fill(self._draft(1))
        else:
            set_text(self._title, self.tr("节目信息"))
            set_text(self._says, self.tr("改好后按 Ctrl+Enter 保存，Esc 不保存。"))
            self._fill(episode)
        self._keep_number(of=episode)
        self._fields["topic" if episode else "number"].setFocus()

    def offer_next(self, past: Episode, settings: Settings, today: date) -> None:
        """Offer the episode after *past*, which was on another day."""
        self.show_episode(past, settings, today)
        self._next()
        words = self.tr("第{n}期是{day}的，已经过去。按 Ctrl+Enter 建立下一期，Esc 收起。")
        set_text(self._says, words.format(n=past.number, day=day_text(past.on)))

    def _keep_number(self, *, of: Episode | None) -> None:
        """Calls, questions and takes hang on an episode's number: it stays once it is given."""
        self._fields["number"].setReadOnly(of is not None)
        why = self.tr("期号已经用在台账和录音里，不能改；要另开一期，请按“新建下一期”。")
        self._fields["number"].setToolTip(why if of is not None else "")

    def _draft(self, number: int, *, after: date | None = None) -> Episode:
        first = self._today if after is None else max(self._today, after + timedelta(days=1))
        settings = self._settings
        if settings is None:
            return Episode(number=number, on=first)
        return Episode(
            number=number,
            on=next_broadcast(first, settings.weekday),
            starts=settings.starts,
            ends=settings.ends,
            host=settings.host,
            producer=settings.producer,
            guests=(Guest(name=settings.lawyer, unit=settings.union, post="律师"),)
            if settings.lawyer
            else (),
        )

    def _next(self) -> None:
        if self._known is not None:
            number, last = self._known.number + 1, self._known.on
            self._known = None
            self._keep_number(of=None)
            set_text(self._title, self.tr("新建第{n}期").format(n=number))
            self._fill(self._draft(number, after=last))
            self._new.hide()
            self._fields["topic"].setFocus()

    def _fill(self, episode: Episode) -> None:
        for name, text in (
            ("number", str(episode.number)), ("on", episode.on.isoformat()),
            ("starts", episode.starts), ("ends", episode.ends), ("topic", episode.topic),
            ("host", episode.host), ("producer", episode.producer),
            ("lawyer", episode.guests[0].name if episode.guests else ""),
        ):  # fmt: skip
            self._fields[name].setText(text)

    def _finish(self) -> None:
        words = {name: field.text().strip() for name, field in self._fields.items()}
        try:
            number, on = int(words["number"]), date.fromisoformat(words["on"])
            starts, ends = (time.fromisoformat(words[name]) for name in ("starts", "ends"))
        except ValueError:
            number = 0
        if number not in _NUMBERS or not is_meant(on):
            says = self.tr("期号写 1 到 9999，日期写成 2026-11-25，时间写成 10:00，再保存。")
            set_text(self._says, says)
            return
        before = self._known or Episode(number=number, on=on)
        signal = self.added if self._known is None else self.saved
        signal.emit(
            dataclasses.replace(
                before,
                number=number,
                on=on,
                starts=f"{starts:%H:%M}",
                ends=f"{ends:%H:%M}",
                topic=words["topic"],
                host=words["host"],
                producer=words["producer"],
                guests=self._guests(before, words["lawyer"]),
            )
        )

    def _guests(self, before: Episode, lawyer: str) -> tuple[Guest, ...]:
        others = before.guests[1:]
        if not lawyer:
            return others
        first = before.guests[0] if before.guests else Guest(name=lawyer, post="律师")
        return (dataclasses.replace(first, name=lawyer), *others)
