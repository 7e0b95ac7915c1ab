"""Somebody at the window: what he does, how long it takes, how long its thread stands still.

A timer beats in the window's own thread; the longest pause between two beats is how long the
window did not answer. It does not beat as fast as it could: that would hold up what works behind
the window, as nobody does who sits at it.
"""

import gc
import statistics
import time
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from hotline_desk.settings import Settings
from hotline_desk.ui.desk import Desk
from hotline_desk.ui.kit.garbage import Garbage
from hotline_desk.ui.kit.jobs import Jobs
from hotline_desk.ui.kit.keys import Verb
from hotline_desk.ui.kit.office import Office
from hotline_desk.ui.kit.style import Appearance
from hotline_desk.ui.ledger.ledger_view_model import SavedView
from hotline_desk.ui.main_window import MainWindow

PATIENCE_SECONDS = 900.0
SETTLING_SECONDS = 0.1
BEAT_MILLISECONDS = 4
WAITING = QEventLoop.ProcessEventsFlag.WaitForMoreEvents
TARGET = "100 ms"


class Heart(QObject):
    """Beats in the window's thread, and remembers the longest pause."""

    def __init__(self):
        super().__init__()
        self.longest, self._last = 0.0, time.perf_counter()
        self._timer = QTimer(self, interval=BEAT_MILLISECONDS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def begin(self):
        self.longest, self._last = 0.0, time.perf_counter()

    def _beat(self):
        now = time.perf_counter()
        self.longest, self._last = max(self.longest, now - self._last), now


class Seat:
    """Somebody at the window."""

    def __init__(self, window, heart):
        self.window, self.desk, self.heart = window, window.desk, heart
        self.page, self.table = window.ledger, window.ledger._table
        self.arranged = 0
        self.desk.ledger.arranged.connect(self._count)

    def _count(self, _arranged):
        self.arranged += 1

    def until(self, done):
        end = time.monotonic() + PATIENCE_SECONDS
        while not done():
            QApplication.processEvents(WAITING)
            assert time.monotonic() < end

    def settle(self):
        end = time.monotonic() + SETTLING_SECONDS
        self.until(lambda: time.monotonic() > end)

    def act(self, do, done):
        """Return the seconds until *done*, and those that the window stood still at most."""
        self.settle()
        self.heart.begin()
        began = time.perf_counter()
        do()
        self.until(done)
        took = time.perf_counter() - began
        self.settle()
        return took, self.heart.longest

    def open_page(self):
        self.window.open_page(Verb.LEDGER)
        self.page.choose_view(SavedView.ALL)

    def arrange(self, do):
        """Have the rows stand otherwise; done when those in sight are read."""
        before = self.arranged
        return self.act(do, lambda: self.arranged > before and self.is_read())

    def key(self, key, modifiers=Qt.KeyboardModifier.NoModifier):
        return lambda: QTest.keyClick(self.table, key, modifiers)

    def is_read(self):
        if not self.table.rows.ids:
            return True
        index = self.table.indexAt(self.table.viewport().rect().center())
        row = index.row() if index.isValid() else self.table.rows.rowCount() - 1
        return self.table.rows.question_id(row) is None or (
            self.table.rows.index(row, 1).data() != "…"
        )


@contextmanager
def seated(workspace, qapp):
    """Sit at a window on *workspace*, as the program makes it."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()  # what earlier windows have left is not looked through in this one
    garbage = Garbage(qapp)  # else Python collects in the lanes, as it does not in the program
    jobs = Jobs()
    office = Office(workspace, Settings(), jobs)
    desk = Desk(office)
    desk.incoming.file_changed.connect(lambda: garbage.wait(waits=desk.incoming.path is not None))
    appearance = Appearance(qapp, "light")
    window = MainWindow(desk, appearance)
    window.resize(1366, 768)
    window.show()
    made = Seat(window, Heart())
    opened = []
    office.opened.connect(lambda: opened.append(True))
    office.open_ledger()
    made.until(lambda: bool(opened))
    yield made
    window.close()
    desk.recording.close()
    office.close()
    jobs.stop()
    for each in (made.heart, desk, window, appearance, jobs, garbage):
        each.deleteLater()
    gc.enable()


def tell(figure, what, acts):
    """Report an act: the longest pause of all *acts*, and the time that one takes."""
    took = [seconds * 1000 for seconds, _ in acts]
    pause = max(longest for _, longest in acts) * 1000
    middle = f"{statistics.median(took):.0f} ms until seen"
    figure(f"window, {what}, longest pause", f"{pause:.0f} ms ({middle})", TARGET)
