"""统计: the episode's figures, each with its 口径 beneath."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from hotline_desk.domain.times import long_day_text
from hotline_desk.ui import tokens
from hotline_desk.ui.panel import Panel, empty_words, hairline, head, label
from hotline_desk.ui.restyle import set_text
from hotline_desk.ui.style import font

if TYPE_CHECKING:
    from hotline_desk.domain.statistics import CategoryShare, Figures
    from hotline_desk.ui.desk import Desk
    from hotline_desk.ui.statistics_view_model import EpisodeFigures
    from hotline_desk.ui.style import Appearance

_NAME, _COUNT, _BAR = 170, 150, 14


class StatisticsPage(QWidget):
    """Large figures, then bars; a bar opens its rows."""

    category_opened = Signal(str)

    def __init__(self, desk: Desk, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._appearance = appearance
        self._model = desk.statistics
        self._title = label(role="section")
        self._leaf = QScrollArea()
        self._leaf.setWidgetResizable(True)
        panel = Panel()
        panel.column.addWidget(head(self._title))
        panel.column.addWidget(hairline())
        panel.column.addWidget(self._leaf, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(panel)
        self._model.counted.connect(self._show)
        self._show(None)

    @Slot(object)
    def _show(self, counted: EpisodeFigures | None) -> None:
        if counted is None:
            set_text(self._title, self.tr("统计"))
            self._leaf.setWidget(
                empty_words(
                    self.tr("还没有本期节目。\n在直播台（Ctrl+1）按 Ctrl+N 填写期号和主题。")
                )
            )
            return
        episode = counted.episode
        set_text(
            self._title,
            self.tr("第{n}期  {topic}  {day}").format(
                n=episode.number, topic=episode.topic, day=long_day_text(episode.on)
            ),
        )
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(tokens.HUGE, tokens.HUGE, tokens.HUGE, tokens.HUGE)
        column.setSpacing(tokens.WIDE)
        column.addLayout(self._figures(counted.figures))
        column.addWidget(hairline())
        column.addWidget(label(self.tr("各类问题（条）"), "emphasis"))
        asked = tuple(share for share in counted.shares if share.total)
        bars = CategoryBars(asked, self._appearance)
        bars.opened.connect(self.category_opened)
        column.addWidget(bars)
        column.addWidget(
            label(
                self.tr(
                    "口径：台账里的问题条数，占比和条长按本期条数；括号内是台账第一期以来的累计。"
                ),
                "meta",
                wrap=True,
            )
        )
        column.addStretch(1)
        self._leaf.setWidget(page)

    def _figures(self, figures: Figures) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(tokens.HUGE * 2)
        for number, words, counts in (
            (figures.calls, self.tr("来电（个）"), self.tr("打进来的电话")),
            (figures.aired, self.tr("接入直播（个）"), self.tr("上过直播的电话")),
            (figures.consultations, self.tr("咨询人次"), self.tr("一人一次来电计一次")),
            (figures.questions, self.tr("问题数（条）"), self.tr("台账行数")),
            (figures.cases, self.tr("立案（件）"), self.tr("同一来电的几问计一件")),
            (figures.collective, self.tr("集体争议（件）"), self.tr("十人以上同一诉求")),
        ):
            cell = QVBoxLayout()
            cell.setSpacing(0)
            figure = label(f"{number:,}", "figure")
            figure.setFont(font(tokens.FIGURE, strong=True, figures=True))
            cell.addWidget(figure)
            cell.addWidget(label(words))
            cell.addWidget(label(counts, "meta"))
            row.addLayout(cell)
        row.addStretch(1)
        return row


class CategoryBars(QWidget):
    """One bar a category; click, or Enter on the lit one, opens its rows."""

    opened = Signal(str)

    def __init__(
        self,
        shares: tuple[CategoryShare, ...],
        appearance: Appearance,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._shares = shares
        self._appearance = appearance
        self._lit = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("各类问题"))
        self.setToolTip(self.tr("打开这一类的问题（回车）"))

    @override
    def sizeHint(self) -> QSize:
        return QSize(600, len(self._shares) * tokens.TABLE_ROW)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        room = self.width() - _NAME - _COUNT
        centre = Qt.AlignmentFlag.AlignVCenter
        for row, share in enumerate(self._shares):
            top = row * tokens.TABLE_ROW
            place = QRect(0, top, self.width(), tokens.TABLE_ROW)
            if self.hasFocus() and row == self._lit:
                painter.fillRect(place, self._appearance.colour("accent_wash"))
            painter.setPen(self._appearance.colour("text"))
            painter.setFont(font())
            painter.drawText(place.adjusted(tokens.SMALL, 0, 0, 0), centre, str(share.category))
            long = round(room * share.share)
            painter.fillRect(
                QRect(_NAME, top + (tokens.TABLE_ROW - _BAR) // 2, max(long, 1), _BAR),
                self._appearance.colour("accent" if share.count else "line"),
            )
            painter.setFont(font(figures=True))
            words = f"{share.count}  {share.share:.1%}（{share.total}）"
            painter.drawText(
                QRect(_NAME + long + tokens.SMALL, top, _COUNT, tokens.TABLE_ROW), centre, words
            )

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._lit = min(
            int(event.position().y()) // tokens.TABLE_ROW, max(0, len(self._shares) - 1)
        )
        self._open()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step:
            self._lit = max(0, min(len(self._shares) - 1, self._lit + step))
            self.update()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open()
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        self.update()
        if self._shares:
            self.opened.emit(str(self._shares[self._lit].category))
