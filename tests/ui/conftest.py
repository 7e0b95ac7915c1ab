"""A desk with real lanes and a real ledger, and the window on it."""

import gc
import wave
from datetime import timedelta

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from hotline_desk.domain.calls import Caller, Gender, NewCall
from hotline_desk.domain.categories import Category
from hotline_desk.domain.episodes import Episode
from hotline_desk.domain.questions import Kind, NewQuestion
from hotline_desk.domain.times import studio_now
from hotline_desk.paths import Workspace, resource
from hotline_desk.settings import LineSetting, Settings
from hotline_desk.ui.cases.case_panel import CasePanel
from hotline_desk.ui.desk import Desk
from hotline_desk.ui.kit.jobs import Jobs
from hotline_desk.ui.kit.office import Office
from hotline_desk.ui.kit.style import Appearance
from hotline_desk.ui.main_window import MainWindow
from hotline_desk.workflows import recording
from hotline_desk.workflows.workspace import prepare

SPEED = 4
"""How much faster than time the lines run."""
PATIENCE = 60_000
BY = "值班员"


def pytest_collection_modifyitems(items):
    """Let the offscreen screen say that it keeps no size hints."""
    for item in items:
        if "/ui/" in item.path.as_posix():
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints", extend=True))


@pytest.fixture(autouse=True)
def garbage():
    """Collect as the program does: between events, never in a lane or in a handler of Qt's."""
    gc.disable()
    yield
    gc.collect()


def make_window(desk, appearance):
    """Make a window as the program does: the stylesheet, put on at the end, costs a quarter."""
    with appearance.undressed():
        return MainWindow(desk, appearance)


@pytest.fixture
def today():
    return studio_now().date()


@pytest.fixture
def workspace(tmp_path):
    return prepare(Workspace(tmp_path / "工会法律在线"))


@pytest.fixture
def jobs(qapp):
    lanes = Jobs()
    yield lanes
    lanes.stop()


@pytest.fixture
def appearance(qapp):
    made = Appearance(qapp, "light")
    yield made
    made.deleteLater()  # it would dress what follows whenever a later test changes the theme


@pytest.fixture
def open_desk(qtbot, workspace):
    """Return a function that opens a desk on the workspace; all are closed at the end."""
    opened = []

    def open_(settings=None):
        lanes = Jobs()
        office = Office(workspace, settings or Settings(), lanes)
        desk = Desk(office)
        with qtbot.waitSignal(office.opened, timeout=PATIENCE):
            office.open_ledger()
        opened.append(desk)
        return desk

    def close(desk):
        opened.remove(desk)
        desk.recording.close()
        desk.office.close()
        desk.office.jobs.stop()
        desk.deleteLater()  # here, not in whichever thread collects it

    open_.close = close
    yield open_
    for desk in opened:
        if desk.recording.now.take is not None:
            recording.stop(desk.recording.now.take)
        close(desk)


@pytest.fixture
def desk(open_desk):
    return open_desk()


@pytest.fixture
def episode():
    """Today's, at hand at any hour."""
    today = studio_now().date()
    return Episode(number=190, on=today, starts="00:00", ends="23:59", topic="拖欠工资怎么办")


@pytest.fixture
def window(qtbot, desk, appearance, episode):
    """The window on a desk with an episode, shown and active."""
    made = make_window(desk, appearance)
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made)
    desk.live.save_episode(episode)
    qtbot.waitUntil(lambda: desk.live.episode is not None, timeout=PATIENCE)
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def show_case(qtbot, desk, appearance):
    """Return a function that shows a case by its id, in a leaf that is active and so wide."""

    def show(case_id, width=440):
        leaf = CasePanel(desk.case, QAction("立案"), appearance)
        qtbot.addWidget(leaf)
        leaf.resize(width, 690)
        leaf.show()
        leaf.activateWindow()
        qtbot.waitUntil(leaf.isActiveWindow)
        desk.case.show_case(case_id)
        qtbot.waitUntil(lambda: desk.case.case is not None, timeout=PATIENCE)
        return leaf

    return show


@pytest.fixture
def sample_lines(tmp_path):
    """The first sample call's two channels as lines, SPEED times as fast as time."""
    sample = resource("samples") / "call-1-wages.wav"
    return tuple(
        LineSetting(name=name, device=f"file:{sample}?channel={channel}&speed={SPEED}", role=name)
        for channel, name in ((1, "来电"), (2, "演播室"))
    )


@pytest.fixture
def record(qtbot, workspace):
    """Return a function that has a desk record lines, until the test ends."""
    takes = []

    def start(desk, lines):
        folder = recording.take_folder(
            workspace, "第190期", studio_now() + timedelta(seconds=len(takes))
        )
        desk.recording.start_lines(lines, folder)
        desk.recording.begin()
        qtbot.waitUntil(
            lambda: desk.recording.recording and not desk.recording.busy, timeout=PATIENCE
        )
        takes.append(folder)
        return folder

    yield start
    for folder in takes:
        recording.stop(folder)
        assert recording.wait_for_end(folder)


@pytest.fixture
def quiet_lines(tmp_path):
    """Two lines of a minute's silence, at real time."""
    sound = tmp_path / "quiet.wav"
    with wave.open(str(sound), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(bytes(2 * 16_000 * 60))
    return tuple(
        LineSetting(name=name, device=f"file:{sound}", role=name) for name in ("来电", "演播室")
    )


@pytest.fixture
def ask(qtbot, desk):
    """Return a function that has the ledger asked in its lane."""

    def ask_(work):
        got = []
        desk.office.ask(lambda ledger: got.append(work(ledger)), owner=desk)
        qtbot.waitUntil(lambda: bool(got), timeout=PATIENCE)
        return got[0]

    return ask_


@pytest.fixture
def question(ask, desk):
    """Eleven cleaners' question, with the call that it came by."""

    def file(ledger):
        caller = Caller(name="董", title=Gender.WOMAN, employer="某物业公司")
        call = ledger.add_call(NewCall(episode=None, caller=caller, at=studio_now()), by=BY)
        return ledger.add_question(
            NewQuestion(
                episode=None, call_id=call.id, category=Category.WAGES, kind=Kind.REQUEST,
                point="拖欠两个月工资", people=11, amount_fen=3_300_000, at=studio_now(),
            ),
            by=BY,
        )  # fmt: skip

    return ask(file)
