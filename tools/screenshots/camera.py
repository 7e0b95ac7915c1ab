"""Open the window on a workspace in one look and photograph its pages."""

from __future__ import annotations

import argparse
import dataclasses
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QScrollArea, QToolButton

from hotline_desk.capture.devices import InputDevice
from hotline_desk.domain.calls import Caller, CallState, Gender
from hotline_desk.domain.casework.due import Stage
from hotline_desk.domain.times import studio_now
from hotline_desk.errors import PreListenNotChosen
from hotline_desk.paths import Workspace
from hotline_desk.settings import LineSetting, Settings
from hotline_desk.ui.cases.correcting_deeds import called
from hotline_desk.ui.cases.deed import Doing
from hotline_desk.ui.desk import Desk
from hotline_desk.ui.kit.chinese import speak_chinese
from hotline_desk.ui.kit.jobs import Jobs
from hotline_desk.ui.kit.keys import PAGES, Verb
from hotline_desk.ui.kit.office import Office
from hotline_desk.ui.kit.style import Appearance
from hotline_desk.ui.ledger.ledger_view_model import SavedView
from hotline_desk.ui.live.ask_bar import AskBar
from hotline_desk.ui.main_window import MainWindow
from hotline_desk.ui.settings.settings_view_model import Offer
from hotline_desk.workflows import recording
from hotline_desk.workflows.demo import LINES
from tools.screenshots.exchange_pictures import photograph_exchange
from tools.screenshots.month_pictures import photograph_months
from tools.screenshots.person_pictures import photograph_persons
from tools.screenshots.strip_states import DUE, states
from tools.screenshots.table_pictures import photograph_table
from tools.screenshots.weekday_pictures import photograph_weekday

if TYPE_CHECKING:
    from collections.abc import Callable

    from hotline_desk.domain.casework.cases import Case
    from hotline_desk.ui.cases.case_view_model import CaseViewModel

_PATIENCE_SECONDS = 180.0
"""A busy machine takes its time."""
_SPEED = 3
_WAITING = (
    ("王", Gender.MASTER, "货运", "莒县", CallState.NEXT),
    ("李", Gender.MASTER, "骑手", "岚山区", CallState.WAITING),
    ("司马", Gender.WOMAN, "幼儿园保育员", "五莲县", CallState.WAITING),
    ("", Gender.UNKNOWN, "", "", CallState.ANSWERED),
)

_MIXER = "USB 调音台 UMC404HD"
_SET_LINES = (
    LineSetting(name="来电", device=_MIXER, role="来电", position="usb-1"),
    LineSetting(name="演播室", device=f"{_MIXER}?channel=2", role="演播室", position="usb-1"),
    LineSetting(name="节目输出", device="USB 声卡", role="节目输出（PGM）", position="usb-9"),
    LineSetting(name="坐席 1", device="电话机三楼", role="坐席", position="usb-5"),
)
_INPUTS = tuple(
    InputDevice(
        name=name, description=name, channels=4, rate_hz=48_000, index=None, position=position
    )
    for name, position in ((_MIXER, "usb-1"), ("USB 声卡", "usb-2"), ("USB 声卡 (2)", "usb-3"))
)

_STEPS = {
    CallState.ANSWERED: (),
    CallState.WAITING: (Verb.WAIT,),
    CallState.NEXT: (Verb.WAIT, Verb.NEXT),
    CallState.ON_AIR: (Verb.ON_AIR,),
}


def main() -> None:
    """Photograph what the command line names."""
    parser = argparse.ArgumentParser()
    for name in ("what", "workspace", "out", "theme"):
        parser.add_argument(name)
    parser.add_argument("width", type=int)
    parser.add_argument("height", type=int)
    asked = parser.parse_args()
    application = QApplication([])
    speak_chinese(application)
    jobs = Jobs()
    office = Office(Workspace(Path(asked.workspace)), Settings(theme=asked.theme), jobs)
    desk = Desk(office)
    window = MainWindow(desk, Appearance(application, asked.theme))
    window.resize(asked.width, asked.height)
    window.show()
    window.activateWindow()
    office.open_ledger()
    desk.recording.begin()
    _wait(0.8)
    camera = Camera(window, Path(asked.out))
    try:
        {"empty": camera.empty, "full": camera.full, "months": camera.months}[asked.what]()
    finally:
        take = recording.running(office.workspace)
        if take is not None:
            recording.stop(take)
            recording.wait_for_end(take)
        window.close()
        desk.recording.close()
        office.close()
        jobs.stop()


class Camera:
    """Takes one picture after the other."""

    def __init__(self, window: MainWindow, out: Path) -> None:
        self._window = window
        self._out = out
        self._size = window.size()

    def empty(self) -> None:
        """Photograph the pages of an empty workspace."""
        for page in PAGES:
            self._window.open_page(page)
            _wait(0.6)
            self._shoot(f"empty-{page.name.lower()}")

    def months(self) -> None:
        """Photograph what is counted over months, then a day without a broadcast."""
        self._window.open_page(Verb.STATISTICS)
        photograph_months(self._window, self._shoot, _until)
        photograph_weekday(self._window, self._shoot, _until)

    def full(self) -> None:
        """Photograph a running hour, then every page of it."""
        window, desk = self._window, self._window.desk
        # the demo's three calls on end: one alone is over before a busy machine has its pictures
        sounds = sorted(desk.office.workspace.root.glob("demo-*.wav"))
        lines = tuple(
            LineSetting(name=name, device=f"file:{sound}?speed={_SPEED}", role=name)
            for name, sound in zip(LINES, sounds, strict=True)
        )
        window.open_page(Verb.LIVE)
        _until(lambda: desk.live.episode is not None)
        name = desk.live.episode.folder_name if desk.live.episode else ""
        folder = recording.take_folder(desk.office.workspace, name, studio_now())
        desk.recording.start_lines(lines, folder)
        _until(lambda: desk.recording.recording)
        self._calls()
        _until(lambda: desk.recording.now.elapsed > 9)
        window.verbs[Verb.QUESTION].trigger()
        _until(lambda: desk.question.question is not None)
        _until(lambda: desk.recording.now.elapsed > 27)
        self._shoot("live-asking")
        _until(lambda: desk.recording.now.elapsed > 38)
        window.verbs[Verb.ANSWER].trigger()
        _until(lambda: desk.recording.now.elapsed > 50)
        desk.question.accept("point")
        desk.question.accept("category")
        _wait(0.6)
        self._shoot("live-answering")
        self._confirm()
        self._show_card()
        self._refuse()
        window.verbs[Verb.RECORD].trigger()
        self._shoot("live-stop-asked")
        window.desk.recording.stop()
        window.findChildren(AskBar)[0].hide()  # put away as Esc does
        self._pages()

    def _calls(self) -> None:
        live = self._window.desk.live
        for surname, title, trade, district, state in _WAITING:
            self._call(Caller(name=surname, title=title, occupation=trade, district=district),
                       state)  # fmt: skip
        self._call(
            Caller(name="董", title=Gender.WOMAN, occupation="保洁", district="东港区"),
            CallState.ON_AIR,
        )
        _until(lambda: live.hour.on_air is not None)

    def _call(self, caller: Caller, state: CallState) -> None:
        live = self._window.desk.live
        known = {call.id for call in live.hour.calls}
        live.new_call()
        _until(lambda: len(live.hour.calls) > len(known))
        call = next(call for call in live.hour.calls if call.id not in known)
        names = ("name", "title", "occupation", "district")
        live.save_caller(call.id, {name: str(getattr(caller, name)) for name in names})
        for step in _STEPS[state]:
            live.pick(next(known for known in live.hour.calls if known.id == call.id))
            self._window.verbs[step].trigger()
            _wait(0.3)
        _until(lambda: any(c.id == call.id and c.state is state for c in live.hour.calls))

    def _confirm(self) -> None:
        desk, rows = self._window.desk, self._window.live._questions  # noqa: SLF001  as a click
        rows.setCurrentIndex(rows.model().index(0, 0))
        self._window.verbs[Verb.CONFIRM].trigger()
        _until(lambda: desk.live.hour.questions[0].confirmed)
        self._shoot("live-confirmed")
        self._window.messages.hide()

    def _show_card(self) -> None:
        self._window.verbs[Verb.KEY_CARD].trigger()
        self._shoot("live-key-card")
        self._window.verbs[Verb.KEY_CARD].trigger()

    def _refuse(self) -> None:
        self._window.show_error(PreListenNotChosen())
        self._shoot("live-message")
        self._window.messages.hide()

    def _pages(self) -> None:
        window, desk = self._window, self._window.desk
        _wait(1)
        window.open_page(Verb.LEDGER)
        window.ledger.choose_view(SavedView.ALL)
        _wait(1)
        self._shoot("ledger")
        photograph_table(window, self._shoot, _until)
        photograph_exchange(window, self._shoot, _until)
        self._cases()
        window.open_page(Verb.ARCHIVE)
        desk.archive.search("工资")
        _wait(1.5)
        self._shoot("archive")
        window.archive.clear_found()
        window.verbs[Verb.HEALTH].trigger()
        _until(lambda: bool(window.archive._health.text))  # noqa: SLF001  as one waits for it
        self._shoot("archive-health")
        self._spoil()
        photograph_persons(window, self._shoot, _until, self._out)
        window.open_page(Verb.STATISTICS)
        _wait(1)
        self._shoot("statistics")
        self._settings()
        window.open_page(Verb.LIVE)
        desk.summary.make(dataclasses.replace(desk.live.episode))  # type: ignore[type-var]
        _until(lambda: desk.summary.summary is not None)
        _wait(1.5)
        self._shoot("summary")
        self._strip()

    def _cases(self) -> None:
        """Photograph what is due, and cases at several steps."""
        window, page = self._window, self._window.ledger
        page.choose_view(SavedView.DUE)
        _until(lambda: bool(window.desk.due.rows))
        for due in {row.stage: row for row in window.desk.due.rows}.values():
            page.go_to(due)
            _until(partial(_shows, window.desk.case, due.case))
            self._shoot(f"ledger-due-{due.stage.name.lower()}")
        page.choose_view(SavedView.REGISTER)
        _until(lambda: bool(window.desk.registers.rows))
        self._shoot("ledger-register")
        page.choose_view(SavedView.CASES)
        _until(lambda: bool(window.desk.cases.rows))
        self._shoot("ledger-cases")
        promised = next(row for row in window.desk.due.rows if row.stage is Stage.FULFIL)
        page.go_to(promised)
        _until(partial(_shows, window.desk.case, promised.case))
        for name in ("money", "log", "lapses", "letters"):
            page._case.folds.open(name)  # noqa: SLF001  as a click
        scrolled = page._case.verticalScrollBar()  # noqa: SLF001  as the wheel
        for name in ("unfolded", "unfolded-below"):
            _wait(0.3)
            self._shoot(f"ledger-case-{name}")
            scrolled.setValue(scrolled.maximum())
        noted = called(promised.case) if promised.case is not None else []
        for doing in (Doing.CORRECT, Doing.STRIKE_OUT):
            page._case.begin(doing, noted[0][0])  # noqa: SLF001  as a click
            self._shoot(f"ledger-case-{doing.name.lower()}")
        page._case.begin_assigning()  # noqa: SLF001  as a click
        _wait(0.5)
        page._case.folds.owner.people.choose_next(1)  # noqa: SLF001  as a key
        self._shoot("ledger-case-assign")
        page.choose_view(SavedView.ALL)
        _until(lambda: window.desk.case.sheet.question is not None)
        self._shoot("ledger-open-case")
        window.verbs[Verb.COPY_INTERNAL].trigger()
        self._shoot("ledger-reason-asked")
        window.exchange.reason._close()  # noqa: SLF001  as Esc

    def _spoil(self) -> None:
        """Photograph the sheet of a take that somebody took a file away from."""
        archive, root = self._window.archive, self._window.desk.office.workspace.root
        row = archive._takes.records()[-1]  # noqa: SLF001  as one looks at it
        next(iter(sorted((root / row.name).glob("line1-*.wav")))).unlink()
        self._window.desk.archive.open_take(row.name)
        _wait(1)
        self._window.verbs[Verb.HEALTH].trigger()
        _until(lambda: bool(archive._health.text))  # noqa: SLF001  the same
        archive._health.findChildren(QToolButton)[0].click()  # noqa: SLF001  the same
        self._shoot("archive-health-bad")
        self._window.verbs[Verb.HEALTH].trigger()

    def _settings(self) -> None:
        """Photograph the settings with lines of every kind, one of them not sure."""
        window, desk = self._window, self._window.desk
        settings = dataclasses.replace(
            desk.office.settings,
            lines=_SET_LINES,
            delay_seconds=5.0,
            second_folder="/mnt/备用盘/录音",
        )
        desk.office.change_settings(settings)
        window.open_page(Verb.SETTINGS)
        _wait(2)
        desk.settings.offered.emit(Offer(_INPUTS, ("耳机",)))
        self._shoot("settings")
        leaf = window.settings.findChildren(QScrollArea)[0]
        leaf.verticalScrollBar().setValue(leaf.verticalScrollBar().maximum() // 2)
        self._shoot("settings-below")
        for at, name in enumerate(("staff", "points", "accesses"), start=1):
            window.settings.open_leaf(at)
            _wait(1)
            self._shoot(f"settings-{name}")
        window.settings.open_leaf(0)

    def _strip(self) -> None:
        """Photograph the strip in all its states, and the desk that should record and does not."""
        window, strip = self._window, self._window.strip
        window.open_page(Verb.LIVE)
        window.live.new_call()
        window.desk.live.end_call()
        _until(lambda: window.desk.live.hour.on_air is None)
        window.desk.recording.close()  # what it would see is shown instead
        _wait(0.5)
        strip.show_programme(True, "")
        shown = []
        for found in states():
            strip.show_reception(found)
            _wait(0.1)
            shown.append(strip.grab())
        strip.show_due(DUE)
        self._shoot("live-due")
        shown.append(strip.grab())
        gap = strip.height() // 2
        sheet = QPixmap(shown[0].width(), len(shown) * (shown[0].height() + gap))
        sheet.fill(Qt.GlobalColor.gray)
        painter = QPainter(sheet)
        for at, picture in enumerate(shown):
            picture.setDevicePixelRatio(1.0)
            painter.drawPixmap(0, at * (picture.height() + gap), picture)
        painter.end()
        sheet.save(str(self._out / "strip.png"))

    def _shoot(self, name: str) -> None:
        _wait(0.3)
        self._window.resize(self._size)
        _wait(0.1)
        self._window.grab().save(str(self._out / f"{name}.png"))


def _wait(seconds: float) -> None:
    _until(partial(_passed, time.monotonic() + seconds))


def _passed(moment: float) -> bool:
    return time.monotonic() >= moment


def _shows(model: CaseViewModel, case: Case | None) -> bool:
    return model.read and model.case == case


def _until(done: Callable[[], bool]) -> None:
    """Let the window work until *done*."""
    end = time.monotonic() + _PATIENCE_SECONDS
    while not done():
        QApplication.processEvents()
        time.sleep(0.01)
        if time.monotonic() > end:
            raise TimeoutError


if __name__ == "__main__":
    main()
