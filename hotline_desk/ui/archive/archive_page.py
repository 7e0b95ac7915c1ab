"""归档: takes and what was found at the left, what was said at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from hotline_desk.domain.questions import Span
from hotline_desk.domain.search import SearchHit
from hotline_desk.ui.archive.archive_rows import (
    TWO_LINES,
    HitDelegate,
    TakeDelegate,
    hit_key,
    take_words,
)
from hotline_desk.ui.archive.archive_view_model import TakeRow, Transcript
from hotline_desk.ui.archive.health_view import HealthView
from hotline_desk.ui.kit import tokens
from hotline_desk.ui.kit.following import SeenWidget
from hotline_desk.ui.kit.panel import (
    KeyButton,
    Panel,
    empty_words,
    hairline,
    head,
    label,
    opening_words,
)
from hotline_desk.ui.kit.record_list import RecordList
from hotline_desk.ui.kit.restyle import set_text
from hotline_desk.ui.kit.row_list import RowList
from hotline_desk.ui.live.caption_list import SAID_ROLE, CaptionList
from hotline_desk.ui.live.caption_view import CaptionView

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QAction

    from hotline_desk.capture.sheet import HealthSheet
    from hotline_desk.ui.archive.publication_leaf import PublicationLeaf
    from hotline_desk.ui.desk import Desk
    from hotline_desk.ui.kit.said import Said
    from hotline_desk.ui.kit.style import Appearance
    from hotline_desk.workflows.publications import PublicationRow

_LEFT = 340


class ArchivePage(SeenWidget):
    """What was recorded, word by word."""

    def __init__(
        self,
        desk: Desk,
        health: QAction,
        published: QAction,
        appearance: Appearance,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._desk = desk
        self._appearance = appearance
        self._model = desk.archive
        self._show_health = KeyButton(health)
        self._show_published = KeyButton(published)
        self._published: PublicationLeaf | None = None
        """What was published and has to be withdrawn; made when it is first asked for."""
        self._health = HealthView()
        self._words = ""
        self._take = ""
        self._wanted: SearchHit | None = None
        self._takes = RowList(RecordList[TakeRow](take_words, lambda row: row.name))
        self._takes.setItemDelegate(TakeDelegate(appearance, self._takes, TWO_LINES))
        self._takes.setAccessibleName(self.tr("录音"))
        self._hits = RowList(RecordList[SearchHit](lambda hit: hit.text, hit_key))
        self._hits.setItemDelegate(HitDelegate(appearance, self._hits, lambda: self._words))
        self._hits.setAccessibleName(self.tr("查找结果"))
        self._hits.let_play()
        self._captions = CaptionList()
        self._view = CaptionView(appearance)
        self._view.setModel(self._captions)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setObjectName("archive")
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self._left())
        self._sides = QStackedWidget()
        self._sides.addWidget(self._right())
        self.splitter.addWidget(self._sides)
        self.splitter.setSizes([_LEFT, 900])
        self.splitter.setStretchFactor(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.splitter)
        self.seen.connect(self._model.watch)
        self._connect()
        self._show_takes(())

    @property
    def words(self) -> str:
        """What was looked for last."""
        return self._words

    def _left(self) -> QWidget:
        panel = Panel()
        panel.setMinimumWidth(_LEFT - tokens.HUGE)
        self._found_head = label(role="section")
        self._clear = QToolButton()
        self._clear.setText(self.tr("收起 Esc"))
        self._clear.setProperty("kind", "key")
        self._clear.setToolTip(self.tr("回到全部录音（Esc）"))
        self._found = QWidget()
        found = QVBoxLayout(self._found)
        found.setContentsMargins(0, 0, 0, 0)
        found.setSpacing(0)
        found.addWidget(head(self._found_head, self._clear))
        found.addWidget(hairline())
        found.addWidget(self._hits, 1)
        found.addWidget(hairline())
        self._found.hide()
        panel.column.addWidget(self._found, 3)
        self._takes_head = label(self.tr("录音"), "section")
        panel.column.addWidget(head(self._takes_head, self._show_published))
        panel.column.addWidget(hairline())
        panel.column.addWidget(self._takes, 2)
        return panel

    def _right(self) -> QWidget:
        panel = Panel()
        self._title = label(role="section")
        self._copy = QToolButton()
        self._copy.setText(self.tr("复制体检单"))
        self._copy.setProperty("kind", "key")
        self._copy.setToolTip(self.tr("整张体检单复制成文字（Ctrl+C）"))
        self._copy.hide()
        self._show_health.hide()
        panel.column.addWidget(head(self._title, self._copy, self._show_health))
        panel.column.addWidget(hairline())
        self._empty = empty_words("")
        panel.column.addWidget(self._empty, 1)
        panel.column.addWidget(self._view, 1)
        panel.column.addWidget(self._health, 1)
        self._view.hide()
        self._health.hide()
        return panel

    def _connect(self) -> None:
        self._model.takes_changed.connect(self._show_takes)
        self._model.transcript_changed.connect(self._show_transcript)
        self._model.found.connect(self._show_found)
        self._takes.picked.connect(self._open)
        self._hits.picked.connect(self._open_hit)
        self._hits.opened.connect(self._play_hit)
        self._hits.play_asked.connect(self._play_hit)
        self._view.play_asked.connect(self._play_said)
        self._clear.clicked.connect(self.clear_found)
        self._copy.clicked.connect(self._health.copy)
        self._desk.after.examining.connect(self._show_examining)
        self._desk.after.examined.connect(self._show_sheet)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self._go_back)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def play(self) -> None:
        """Play what is selected: a caption, else what was found."""
        said, hit = self._view.current_said(), self._hits.current()
        if said is not None and not self._hits.hasFocus():
            self._play_said(said)
        elif hit is not None:
            self._play_hit(hit)

    def turn_health(self) -> None:
        """Show the health sheet of the take at hand, or what was said in it again."""
        self._sides.setCurrentIndex(0)
        if self._health.isVisible():
            self._close_health()
        elif self._take:
            self._view.hide()
            self._empty.hide()
            self._health.show_progress(0.0)
            self._health.show()
            self._desk.after.examine(self._folder)
            self._health.setFocus()
        else:
            self._desk.after.warned.emit(self.tr("先选一次录音，再看它的体检单。"))

    def turn_publications(self) -> None:
        """Show what was published and has to be withdrawn, or what was said again."""
        if self._published is None:
            self._published = self._make_published()
            self._sides.addWidget(self._published)
        if self._sides.currentWidget() is self._published:
            self._sides.setCurrentIndex(0)
            self._takes.setFocus()
        else:
            self._sides.setCurrentWidget(self._published)
            self._published.register.focus_list()

    def save(self) -> None:
        """Save the publication that is being written."""
        if self._published is not None and self._published.isVisible():
            self._published.register.save()

    def _make_published(self) -> PublicationLeaf:
        # not before the window: it is rarely opened
        from hotline_desk.ui.archive.publication_leaf import PublicationLeaf  # noqa: PLC0415

        made = PublicationLeaf(self._desk.publications, self._appearance)
        made.copied.connect(self._desk.after.told)
        made.print_asked.connect(self._print_withdrawals)
        return made

    @Slot(tuple)
    def _print_withdrawals(self, rows: tuple[PublicationRow, ...]) -> None:
        """Make the 撤下清单 as a PDF, and show it."""
        office = self._desk.office

        def make() -> Path:
            from hotline_desk.workflows.register_papers import print_withdrawals  # noqa: PLC0415  in the lane

            return print_withdrawals(rows, office.workspace, union=office.settings.union)

        self._desk.summary.make_paper(make)

    @property
    def _folder(self) -> Path:
        return self._desk.office.workspace.root / self._take

    def _close_health(self) -> None:
        focus = QApplication.focusWidget()
        if focus is self._health or (focus is not None and self._health.isAncestorOf(focus)):
            self._takes.setFocus()  # else it falls on whatever comes first in the window
        self._health.hide()
        self._copy.hide()
        any_said = self._captions.rowCount() > 0
        self._view.setVisible(any_said)
        self._empty.setVisible(not any_said)

    @Slot(object, float)
    def _show_examining(self, folder: Path, share: float) -> None:
        if self._health.isVisible() and folder == self._folder:
            self._health.show_progress(share)

    @Slot(object)
    def _show_sheet(self, sheet: HealthSheet) -> None:
        if self._health.isVisible() and sheet.folder == self._folder:
            self._health.show_sheet(sheet)
            self._copy.show()

    def _go_back(self) -> None:
        """Go one step back: from the sheet to the words, from what was found to all takes."""
        if self._sides.currentIndex():
            self.turn_publications()
        elif self._health.isVisible():
            self._close_health()
        else:
            self.clear_found()

    def clear_found(self) -> None:
        """Put the results away."""
        self._found.hide()
        self._takes.setFocus()

    @Slot(tuple)
    def _show_takes(self, takes: tuple[TakeRow, ...]) -> None:
        self._takes.show_records(takes)
        read = self._model.read
        known = self.tr("录音  {n} 次").format(n=len(takes))
        set_text(self._takes_head, known if read else self.tr("录音"))
        if not self._take:
            self._empty.setText(
                opening_words()
                if not read
                else self.tr("选一次录音看字幕，按空格听那一句。\n按 Ctrl+K 在全部字幕里查找。")
                if takes
                else self.tr("还没有录音。\n在直播台（Ctrl+1）按 Ctrl+R 开始录音。")
            )

    def _open(self, row: TakeRow) -> None:
        self._sides.setCurrentIndex(0)
        self._wanted = None
        self._model.open_take(row.name)

    def _open_hit(self, hit: SearchHit) -> None:
        self._sides.setCurrentIndex(0)
        self._wanted = hit
        if hit.take == self._take:
            self._go_to(hit)
        elif hit.take:
            self._model.open_take(hit.take)
        else:
            self._view.hide()
            self._empty.setText(f"{hit.question}\n\n{hit.text}")
            self._empty.show()

    @Slot(object)
    def _show_transcript(self, transcript: Transcript) -> None:
        if transcript.take != self._take:
            self._health.hide()
            self._copy.hide()
        self._take = transcript.take
        self._show_health.show()
        self._takes.select(self._row_of(transcript.take))
        self._captions.clear()
        self._captions.add(transcript.said)
        if self._health.isHidden():
            self._view.setVisible(bool(transcript.said))
            self._empty.setVisible(not transcript.said)
        self._empty.setText(self.tr("这次录音还没有字幕。"))
        set_text(
            self._title,
            self.tr("{began} 的录音  {n} 句").format(
                began=transcript.began, n=len(transcript.said)
            ),
        )
        if self._wanted is not None:
            self._go_to(self._wanted)
        else:
            self._view.scrollToTop()

    @Slot(str, tuple)
    def _show_found(self, words: str, hits: tuple[SearchHit, ...]) -> None:
        self._words = words
        self._hits.show_records(hits)
        self._found.show()
        told = self.tr("“{words}”  {n} 处") if hits else self.tr("没有找到“{words}”")
        set_text(self._found_head, told.format(words=words, n=len(hits)))
        if hits:
            self._hits.setFocus()
            self._hits.setCurrentIndex(self._hits.model().index(0, 0))

    def _row_of(self, take: str) -> TakeRow | None:
        rows = self._takes.records()
        return next((row for row in rows if row.name == take), None)

    def _go_to(self, hit: SearchHit) -> None:
        self._health.hide()
        self._copy.hide()
        self._view.setVisible(True)
        self._empty.hide()
        for row in range(self._captions.rowCount()):
            index = self._captions.index(row)
            said: Said = index.data(SAID_ROLE)
            if said.line == hit.line and said.end >= hit.start:
                self._view.setCurrentIndex(index)
                self._view.scrollTo(index, CaptionView.ScrollHint.PositionAtCenter)
                return

    def _play_hit(self, hit: SearchHit) -> None:
        if hit.take:
            self._desk.playback.play(hit.take, Span(line=hit.line, start=hit.start, end=hit.end))

    def _play_said(self, said: Said) -> None:
        self._desk.playback.play(self._take, Span(line=said.line, start=said.start, end=said.end))
