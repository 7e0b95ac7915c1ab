"""How the archive's rows look: takes, and passages that were found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from typing_extensions import override

from hotline_desk.domain.search import SearchHit, as_written, excerpt, pattern, standing_for
from hotline_desk.domain.times import clock_text, duration_text
from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.row_list import RowDelegate, RowList
from hotline_desk.ui.kit.style import font

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QStyleOptionViewItem

    from hotline_desk.ui.archive.archive_view_model import TakeRow
    from hotline_desk.ui.kit.style import Appearance

TWO_LINES = 52


def take_words(row: TakeRow) -> str:
    """Return a take as one hears it read out."""
    return f"{row.episode} {row.started_at:%H:%M}" if row.started_at else row.episode


def hit_key(hit: SearchHit) -> object:
    """Return what tells one passage from another."""
    return hit.take, hit.line, hit.start, hit.question


def _episode_words(folder: str) -> str:
    """Return an episode's folder name the way people say it: 第190期  2026-11-25."""
    found = re.fullmatch(r"(\d{4}-\d{2}-\d{2})-(.+)", folder)
    return f"{found[2]}  {found[1]}" if found else folder


class TakeDelegate(RowDelegate):
    """An episode, and when its take began."""

    @override
    def paint_record(
        self, painter: QPainter, option: QStyleOptionViewItem, record: TakeRow
    ) -> None:
        place: QRect = option.rect.adjusted(tokens.SPACE, 6, -tokens.SPACE, -6)
        colours = self.appearance.colours
        painter.setFont(font(strong=True))
        painter.setPen(colours.text)
        _draw(painter, place, Qt.AlignmentFlag.AlignTop, _episode_words(record.episode))
        painter.setFont(font(tokens.META, figures=True))
        painter.setPen(colours.red if record.running else colours.quiet)
        if record.started_at is None:
            words = "录音文件已不在原处"
        else:
            state = "● 录音中" if record.running else duration_text(record.seconds)
            words = f"{record.started_at:%m-%d %H:%M:%S} 开始 · {state}"
        _draw(painter, place, Qt.AlignmentFlag.AlignBottom, words)


class HitDelegate(RowDelegate):
    """A passage, with the words that were looked for in the accent's colour."""

    def __init__(self, appearance: Appearance, view: RowList, words: Callable[[], str]) -> None:
        super().__init__(appearance, view, TWO_LINES)
        self._words = words

    @override
    def paint_record(
        self, painter: QPainter, option: QStyleOptionViewItem, record: SearchHit
    ) -> None:
        place: QRect = option.rect.adjusted(tokens.SPACE, 6, -tokens.SPACE, -6)
        colours = self.appearance.colours
        self._paint_text(painter, place, excerpt(record.text, self._words()))
        painter.setFont(font(tokens.META, figures=True))
        painter.setPen(colours.quiet)
        where = " · ".join(
            filter(
                None,
                (
                    f"第{record.episode}期" if record.episode else "",
                    record.line,
                    clock_text(record.start) if record.take else "",
                    record.question,
                    *(
                        f"{asked}：{found}"
                        for asked, found in standing_for(record.text, self._words()).items()
                    ),
                ),
            )
        )
        _draw(painter, place, Qt.AlignmentFlag.AlignBottom, where)

    def _paint_text(self, painter: QPainter, place: QRect, text: str) -> None:
        """Draw *text* with the words that were looked for in the accent's colour."""
        colours = self.appearance.colours
        painter.setFont(font())
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        top = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        wanted = pattern(as_written(text, self._words()))
        left = place.x()
        parts = re.split(f"({wanted})", shown, flags=re.IGNORECASE) if wanted else [shown]
        for at, part in enumerate(parts):
            painter.setPen(colours.accent if at % 2 else colours.text)
            painter.drawText(QRect(left, place.y(), place.width(), place.height()), top, part)
            left += metrics.horizontalAdvance(part)


def _draw(painter: QPainter, place: QRect, side: Qt.AlignmentFlag, words: str) -> None:
    """Draw one line at the top or bottom of *place*, as much of it as there is room for."""
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, Qt.AlignmentFlag.AlignLeft | side, shown)
