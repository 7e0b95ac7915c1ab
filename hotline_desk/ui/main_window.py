"""The window: strip on top, rail at the left, one page, and the key card when asked for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from hotline_desk.ui.archive.archive_page import ArchivePage
from hotline_desk.ui.exchange.import_export import ImportExport
from hotline_desk.ui.key_card import KeyCard
from hotline_desk.ui.kit import keys
from hotline_desk.ui.kit.foot import Foot
from hotline_desk.ui.kit.keys import PAGES, Verb
from hotline_desk.ui.kit.message_bar import MessageBar, error_text, show_error
from hotline_desk.ui.kit.panel import Panel, empty_words
from hotline_desk.ui.ledger.ledger_page import LedgerPage
from hotline_desk.ui.ledger.person_sheet import ask_before_deleting
from hotline_desk.ui.ledger.views_bar import VIEW_KEYS
from hotline_desk.ui.live.ask_bar import AskBar
from hotline_desk.ui.live.live_page import LivePage
from hotline_desk.ui.live.signal_strip import SignalStrip
from hotline_desk.ui.papers.paper_viewer import PaperViewer
from hotline_desk.ui.rail import Rail
from hotline_desk.ui.settings.settings_page import SettingsPage
from hotline_desk.ui.statistics.statistics_page import StatisticsPage
from hotline_desk.ui.tray import Tray
from hotline_desk.ui.window_state import WindowState

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent

    from hotline_desk.domain.casework.due import Due
    from hotline_desk.errors import HotlineDeskError
    from hotline_desk.ui.desk import Desk
    from hotline_desk.ui.kit.style import Appearance
    from hotline_desk.ui.ledger.ledger_view_model import SavedView
    from hotline_desk.ui.live.take_news import News


class MainWindow(QMainWindow):
    """Puts pages and keys together; what they do is the desk's."""

    def __init__(self, desk: Desk, appearance: Appearance) -> None:
        super().__init__()
        self.desk = desk
        self.setWindowTitle(self.tr("热线台 · 工会法律在线"))
        self.verbs = {verb: keys.action(verb, self, done) for verb, done in self._doings().items()}
        self.strip = SignalStrip(appearance, self.verbs[Verb.RECORD])
        self.messages = MessageBar()
        self._ask = AskBar()
        self._tray = Tray(self.messages, appearance, self)
        self.pages = QStackedWidget()
        self.live = LivePage(desk, self.verbs, appearance)
        self.ledger = LedgerPage(desk, self.verbs, appearance)
        self.archive = ArchivePage(
            desk, self.verbs[Verb.HEALTH], self.verbs[Verb.PUBLISHED], appearance
        )
        self.statistics = StatisticsPage(desk, appearance)
        self.settings = SettingsPage(desk, appearance)
        for page in (self.live, self.ledger, self.archive, self.statistics, self.settings):
            self.pages.addWidget(page)
        self.exchange = ImportExport(desk, self.pages, appearance)
        self.papers = PaperViewer(desk.summary, self.pages, self.verbs[Verb.SUMMARY])
        self._before = Verb.LIVE
        """The page that what is shown over the pages was opened from."""
        self._card = KeyCard(self.pages)
        self._lay_out(
            Rail(
                {verb: self.verbs[verb] for verb in PAGES},
                {Verb.KEY_CARD: self.verbs[Verb.KEY_CARD]},
                appearance,
            )
        )
        self._connect()
        splitters = (page.splitter for page in (self.live, self.ledger, self.archive))
        self._state = WindowState(desk.office.workspace.root, self, splitters, self.ledger)
        QTimer.singleShot(0, self, partial(self.open_page, self._state.page))

    def _lay_out(self, rail: Rail) -> None:
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(rail)
        row.addWidget(self.pages, 1)
        middle = QWidget()
        self.foot = Foot(self.messages, self._ask, self.exchange.reason, parent=middle)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addLayout(row, 1)
        column.addWidget(self.foot)
        self.setCentralWidget(middle)
        self.setMinimumSize(1100, 640)

    def _doings(self) -> dict[Verb, Callable[[], None]]:
        live = self.desk.live
        return {
            Verb.KEY_CARD: self._turn_key_card,
            Verb.NEW_CALL: lambda: self._at(Verb.LIVE, self.live.new_call),
            Verb.EARLIER: self._open_earlier,
            Verb.WAIT: live.wait,
            Verb.NEXT: live.line_up,
            Verb.ON_AIR: live.put_on_air,
            Verb.END: self._end_call,
            Verb.QUESTION: live.mark_question,
            Verb.ANSWER: live.mark_answer,
            Verb.URGENT: live.mark_urgent,
            Verb.DUMP: live.mark_dump,
            Verb.NAMED: live.mark_named,
            Verb.REFUSED: live.refuse_recording,
            Verb.RECORD: self._record,
            Verb.UNDO: live.undo,
            Verb.SAVE: self._save,
            Verb.CONFIRM: self._confirm,
            Verb.OPEN_CASE: self._open_case,
            Verb.IMPORT: self._open_import,
            Verb.EXPORT: self._open_export,
            Verb.COPY_ORDER: partial(self._copy_order, internal=False),
            Verb.COPY_INTERNAL: partial(self._copy_order, internal=True),
            Verb.WRITE: self._write,
            Verb.CALLER: self._write_caller,
            Verb.NEWEST: self._go_to_newest,
            Verb.LISTEN: self._listen,
            Verb.SUMMARY: lambda: self.desk.summary.make(live.episode or live.hour.episodes.last),
            Verb.EPISODE: lambda: self._at(Verb.LIVE, self.live.edit_episode),
            Verb.HEALTH: lambda: self._at(Verb.ARCHIVE, self.archive.turn_health),
            Verb.PUBLISHED: lambda: self._at(Verb.ARCHIVE, self.archive.turn_publications),
            Verb.SEARCH: self._search,
            **{page: partial(self.open_page, page) for page in PAGES},
            **{verb: partial(self._open_view, view) for view, verb in VIEW_KEYS.items()},
        }

    def _connect(self) -> None:
        desk = self.desk
        for verb, action in self.verbs.items():
            if verb is not Verb.KEY_CARD:  # what is done shall be seen
                action.triggered.connect(self._card.hide)
        heard = {
            "failed": self.show_error, "warned": self.messages.warn, "told": self.messages.tell,
            "over": self.messages.take_back,
        }  # fmt: skip
        for model in desk.children():  # whoever has something to say, today and later
            for name, show in heard.items():
                if (signal := getattr(model, name, None)) is not None:
                    signal.connect(show)
        ask_before_deleting(desk.person, self)
        desk.office.jobs.failed.connect(self.show_error)
        desk.office.refused.connect(self._show_refusal)
        desk.recording.troubled.connect(self.messages.warn)
        desk.after.going_on.connect(self.foot.say)
        desk.office.working.connect(self.foot.say_work)
        self.foot.stop_asked.connect(desk.office.stop_work)
        desk.recording.news.connect(self._show_news)
        desk.recording.seen.connect(self.strip.show_reception)
        desk.recording.behind.connect(self.strip.show_behind)
        desk.recording.model_changed.connect(self.strip.show_model)
        desk.recording.model_missing.connect(self.strip.show_no_model)
        desk.recording.captions_stopped.connect(self.strip.show_captions_stopped)
        desk.timetable.due_changed.connect(self._show_due)
        desk.timetable.programme_changed.connect(self.strip.show_programme)
        desk.recording.busy_changed.connect(self.verbs[Verb.RECORD].setDisabled)
        desk.recording.take_changed.connect(desk.archive.refresh)
        desk.live.hour_changed.connect(self.strip.show_hour)
        self.papers.opened.connect(self._remember_page)
        self.papers.closed.connect(lambda: self.open_page(self._before))
        desk.cards.near.connect(self._tray.tell)
        self._tray.opened.connect(self._open_near)
        self._ask.agreed.connect(desk.recording.stop)
        self.strip.search_asked.connect(self._find)
        self.strip.search.left.connect(self.pages.setFocus)
        self.statistics.questions_opened.connect(self._open_questions)
        self.statistics.cases_opened.connect(self._open_cases)
        self.live.rows_opened.connect(self._open_questions)
        self.exchange.rows_opened.connect(self._open_questions)
        self.exchange.closed.connect(partial(self.open_page, Verb.LEDGER))

    @property
    def page(self) -> Verb:
        """Which page is open; what is shown over it counts as the page it was opened from."""
        at = self.pages.currentIndex()
        return PAGES[at] if at < len(PAGES) else self._before

    def open_page(self, page: Verb) -> None:
        """Show *page* and put the focus into it."""
        if page is not Verb.SETTINGS:
            self.desk.trial.stop()
        self.verbs[page].setChecked(True)
        widget = self.pages.widget(PAGES.index(page))
        focus = QApplication.focusWidget()
        had_it = widget is not None and focus is not None and widget.isAncestorOf(focus)
        written = widget.focusWidget() if widget is self.live else None
        self.pages.setCurrentIndex(PAGES.index(page))  # moves the focus somewhere into the page
        if widget is not None and not had_it:
            widget.setFocus()
            self.focusNextChild()
            if page is Verb.LEDGER:
                self.ledger.focus_list()
            elif page is Verb.STATISTICS:
                self.statistics.focus_figures()
            elif written is not None and written.isVisible():  # the call may still be going on
                written.setFocus()
        if page is Verb.SETTINGS:
            self.desk.settings.look()

    @Slot(object)
    def show_error(self, error: Exception) -> None:
        """Say *error* in the message bar."""
        show_error(self.messages, error)

    @Slot(object)
    def _show_refusal(self, error: HotlineDeskError) -> None:
        """Show one plain page instead of all others: the ledger cannot be used."""
        page = Panel()
        page.column.addWidget(empty_words(error_text(error)))
        self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)
        for verb, action in self.verbs.items():
            action.setEnabled(verb in {Verb.RECORD, Verb.KEY_CARD})
        show_error(self.messages, error)
        self.messages.warn(error_text(error), stays=True)

    def _turn_key_card(self) -> None:
        self._card.setVisible(self._card.isHidden())

    def _at(self, page: Verb, do: Callable[[], None]) -> None:
        self.open_page(page)
        do()

    def _open_earlier(self) -> None:
        self.live.open_earlier()

    def _end_call(self) -> None:
        self.live.write_down_caller()
        self.desk.live.end_call()

    def _written_on(self) -> LivePage | LedgerPage:
        if self.page is Verb.LEDGER:
            return self.ledger
        self.open_page(Verb.LIVE)
        return self.live

    def _write(self) -> None:
        self._written_on().write()

    def _write_caller(self) -> None:
        self._written_on().write_caller()

    def _save(self) -> None:
        if self.exchange.save():
            return
        saving = {
            Verb.SETTINGS: self.settings.save,
            Verb.LEDGER: self.ledger.save,
            Verb.ARCHIVE: self.archive.save,
        }
        saving.get(self.page, self.live.save)()

    def _open_case(self) -> None:
        if self.page is Verb.LEDGER:
            self.ledger.open_case()
        else:
            self.messages.warn(self.tr("立案在台账（Ctrl+2）里：选中一个问题，再按 Ctrl+J。"))

    def _confirm(self) -> None:
        if self.page is Verb.LEDGER:
            self.ledger.confirm()
        elif self.page is Verb.LIVE:
            self.live.confirm()
        else:
            self.messages.warn(self.tr("解答在直播台（Ctrl+1）或台账（Ctrl+2）里确认。"))

    def _go_to_newest(self) -> None:
        self.live.go_to_newest()

    def _record(self) -> None:
        recording = self.desk.recording
        if recording.busy:
            return
        if not recording.recording:
            recording.start(self.desk.live.hour.todays_episode)
        elif self.desk.live.hour.on_air is None and not self.desk.timetable.on_air:
            recording.stop()
        else:
            self._ask_to_stop(self.tr("正在直播。停止录音后，这之后说的话都不会录下来。"))

    @Slot()
    def ask_before_end(self) -> None:
        """Ask whether to stop the recording that the session's end was held off for."""
        self._ask_to_stop(
            self.tr("系统要注销或关机，但还在录音，所以没有关。停止录音以后再关一次。")
        )

    def _ask_to_stop(self, why: str) -> None:
        self._ask.ask(why, yes=self.tr("停止录音"), no=self.tr("接着录"))

    def _listen(self) -> None:
        if self.desk.playback.playing:
            self.desk.playback.stop()
        elif self.page is Verb.LEDGER:
            self.ledger.play()
        elif self.page is Verb.ARCHIVE:
            self.archive.play()
        else:
            self.live.play()

    def _search(self) -> None:
        self.strip.search.setFocus()
        self.strip.search.selectAll()

    def _find(self, words: str) -> None:
        self.open_page(Verb.ARCHIVE)
        self.desk.archive.search(words)

    @Slot(object)
    def _open_near(self, row: Due) -> None:
        """Come forward with what a notification told of."""
        self.showNormal() if self.isMinimized() else self.show()
        self.activateWindow()
        self.open_page(Verb.LEDGER)
        self.ledger.go_to(row)

    def _open_view(self, view: SavedView) -> None:
        self.open_page(Verb.LEDGER)
        self.ledger.choose_view(view)
        self.ledger.focus_list()

    def _open_import(self) -> None:
        self._leave_ledger()
        self.exchange.open_import()

    def _open_export(self) -> None:
        self._leave_ledger()
        self.exchange.open_export()

    def _leave_ledger(self) -> None:
        """Let what is opened next count as the ledger's."""
        self.verbs[Verb.LEDGER].setChecked(True)
        self._before = Verb.LEDGER

    def _copy_order(self, *, internal: bool) -> None:
        if self.page is Verb.LEDGER:
            self.exchange.copy_order(self.ledger.at_hand(), internal=internal)
        else:
            self.messages.warn(self.tr("工单文本在台账（Ctrl+2）里复制：先选中一个问题或案件。"))

    def _open_questions(self, ids: tuple[int, ...], words: str) -> None:
        self._at(Verb.LEDGER, partial(self.ledger.show_ids, ids, words))

    def _open_cases(self, ids: tuple[int, ...], words: str) -> None:
        self._at(Verb.LEDGER, partial(self.ledger.show_cases, ids, words))

    @Slot()
    def _remember_page(self) -> None:
        self._before = self.page

    @Slot(object)
    def _show_news(self, news: News) -> None:
        if news.over:
            self.messages.withdraw(news.about)
        if news.warns:
            self.messages.warn(news.words, stays=news.stays, about=news.about)
        else:
            self.messages.tell(news.words)

    @Slot(str)
    def _show_due(self, missing: str) -> None:
        """Say that nothing is recorded though it should be, also where the window is behind."""
        self.strip.show_due(missing)
        title = self.tr("热线台 · 工会法律在线")
        self.setWindowTitle(f"{missing.partition('：')[0]} · {title}" if missing else title)
        if missing:
            QApplication.alert(self)

    def appear(self) -> None:
        """Show the window: as it was, and the first time as large as the screen."""
        self._state.show()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.live.write_down_caller()
        self._state.keep(self.page)
        super().closeEvent(event)
