"""What is met when the window opens: another window, no screen, a ledger that cannot be used."""

import os
import subprocess
import sys

import pytest
from PySide6.QtCore import QLockFile, QSettings, QTimer
from PySide6.QtWidgets import QLabel

from hotline_desk import cli, errors
from hotline_desk.messages import SENTENCES, sentence
from hotline_desk.paths import Workspace
from hotline_desk.settings import Settings
from hotline_desk.system import FileLock
from hotline_desk.ui.desk import Desk
from hotline_desk.ui.kit.jobs import Jobs
from hotline_desk.ui.kit.keys import Verb
from hotline_desk.ui.kit.office import Office
from tests.ui.conftest import make_window


def refused(workspace, **environment):
    """Open the window on *workspace* as its user does; return what is said when it will not."""
    screens = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-m", "hotline_desk", "--workspace", str(workspace.root)],
        env=os.environ | screens | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    return done.stderr


@pytest.fixture
def first_window(workspace):
    lock = FileLock(workspace.window_lock)
    assert lock.acquire()
    yield
    lock.release()


@pytest.mark.usefixtures("first_window")
def test_a_second_window_is_told_about_the_first(workspace):
    said = refused(workspace)

    assert said == sentence(errors.WindowAlreadyOpen(workspace.root)) + "\n"


def test_without_a_screen_one_sentence_says_so(workspace):
    said = refused(workspace, QT_QPA_PLATFORM="")

    assert said == SENTENCES[errors.NoDisplay] + "\n"


def test_a_workspace_that_cannot_be_written_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    workspace = Workspace(tmp_path / "file" / "工作")

    said = refused(workspace)

    assert said == sentence(errors.WorkspaceUnwritable(workspace.root)) + "\n"


@pytest.mark.parametrize("name", ["backups", "window.lock"])
def test_what_stands_in_the_way_of_a_part_is_one_sentence_as_doctor_has_it(workspace, capsys, name):
    place = workspace.root / name
    if place.is_dir():
        place.rmdir()
        place.touch()
    else:
        place.mkdir()

    said = sentence(errors.WorkspaceUnwritable(place))

    assert refused(workspace) == f"{said}\n"
    assert cli.run(["doctor", "--workspace", str(workspace.root)]) == 1
    assert f"工作文件夹：发现 1 处问题\n  {said}" in capsys.readouterr().out


def test_opening_leaves_a_copy_of_the_ledger_once_a_day(qtbot, open_desk, workspace):
    def copies():
        return [copy.suffix for copy in workspace.backups.iterdir()]

    desk = open_desk()
    qtbot.waitUntil(lambda: copies() == [".db"])
    open_desk.close(desk)
    open_desk.close(open_desk())

    assert copies() == [".db"]


def test_a_window_left_open_makes_the_next_day_s_copy_too(qtbot, open_desk, workspace):
    desk = open_desk()
    qtbot.waitUntil(lambda: len(list(workspace.backups.glob("*.db"))) == 1)
    (todays,) = workspace.backups.glob("*.db")
    todays.rename(workspace.backups / "ledger-20260101-080000-000000.db")  # it was made long ago

    desk.office.findChild(QTimer).timeout.emit()

    qtbot.waitUntil(lambda: len(list(workspace.backups.glob("*.db"))) == 2)


@pytest.fixture
def damaged(workspace):
    workspace.ledger.write_bytes(b"this is no ledger" * 100)
    return workspace


@pytest.mark.parametrize("name", ["settings.toml", "calendar.toml", "import/平台.toml"])
def test_an_own_file_that_is_not_understood_is_told(qtbot, open_desk, workspace, name):
    (workspace.root / "import").mkdir()
    (workspace.root / name).write_bytes("工会".encode("gbk"))
    lanes = Jobs()
    office = Office(workspace, Settings(), lanes)

    with qtbot.waitSignal(office.doubted) as told:
        office.open_ledger()

    assert str(workspace.root / name) in sentence(told.args[0])
    office.close()
    lanes.stop()


def test_a_damaged_ledger_is_told_on_a_plain_page_and_recording_stays_possible(
    qtbot, damaged, appearance, caplog
):
    lanes = Jobs()
    office = Office(damaged, Settings(), lanes)
    desk = Desk(office)
    window = make_window(desk, appearance)
    window.show()

    with qtbot.waitSignal(office.refused):
        office.open_ledger()

    expected = sentence(errors.NotALedger(damaged.ledger))
    shown = [label.text() for label in window.pages.currentWidget().findChildren(QLabel)]
    assert shown == [expected]
    assert expected in window.messages.text
    assert window.verbs[Verb.RECORD].isEnabled()
    assert not window.verbs[Verb.NEW_CALL].isEnabled()
    assert damaged.ledger.read_bytes().startswith(b"this is no ledger")
    window.close()
    window.deleteLater()
    desk.recording.close()
    office.close()
    lanes.stop()
    caplog.clear()


@pytest.mark.parametrize("page", [Verb.LEDGER, Verb.ARCHIVE])
def test_a_page_that_is_open_before_the_ledger_waits_for_it(qtbot, workspace, appearance, page):
    state = f"[General]\npage={page.name}\n"
    (workspace.root / "window.ini").write_text(state, encoding="utf-8")
    lanes = Jobs()
    office = Office(workspace, Settings(), lanes)
    desk = Desk(office)
    window = make_window(desk, appearance)
    window.show()
    qtbot.waitUntil(lambda: window.page is page)
    shown = [label.text() for label in window.pages.currentWidget().findChildren(QLabel)]
    model = desk.ledger if page is Verb.LEDGER else desk.archive
    assert not model.read
    answers = []
    office.ask(lambda ledger: ledger.cases(), owner=desk, then=answers.append)

    with qtbot.waitSignal(office.opened):
        office.open_ledger()
    qtbot.waitUntil(lambda: answers != [] and model.read)

    assert window.messages.text == ""
    assert "正在打开……" in shown
    assert not any("还没有录音" in words for words in shown)
    window.close()
    window.deleteLater()
    desk.recording.close()
    office.close()
    lanes.stop()


def test_a_window_on_a_damaged_ledger_ends_with_code_1(damaged):
    """The whole program, closed by its window's manager after a moment."""
    script = (
        "import sys; from pathlib import Path; from PySide6.QtCore import QTimer;"
        "from PySide6.QtWidgets import QApplication; from hotline_desk import app;"
        "from hotline_desk.paths import Workspace;"
        "run = QApplication.exec;"
        "QApplication.exec = staticmethod("
        "lambda: (QTimer.singleShot(1500, QApplication.closeAllWindows), run())[1]);"
        "sys.exit(app.main(Workspace(Path(sys.argv[1]))))"
    )

    done = subprocess.run(
        [sys.executable, "-c", script, str(damaged.root)],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 1
    assert sentence(errors.NotALedger(damaged.ledger)) in done.stderr
    assert "Traceback" not in done.stderr


def test_the_window_remembers_where_one_was(qtbot, workspace, desk, appearance):
    window = make_window(desk, appearance)
    window.show()
    window.open_page(Verb.SETTINGS)
    window.ledger._table.horizontalHeader().resizeSection(1, 222)
    window.close()
    window.deleteLater()

    again = make_window(desk, appearance)
    qtbot.addWidget(again)
    again.show()

    qtbot.waitUntil(lambda: again.page is Verb.SETTINGS)
    assert again.ledger._table.horizontalHeader().sectionSize(1) == 222


def strip_texts(window):
    return [label.text() for label in window.strip.findChildren(QLabel)]


def test_what_a_killed_window_has_locked_holds_up_nothing(qtbot, workspace, desk, appearance):
    """Its process id may be another program's by now."""
    settings = QLockFile(str(workspace.root / "window.ini.lock"))
    assert settings.lock()

    window = make_window(desk, appearance)
    window.show()
    window.close()
    window.deleteLater()

    kept = QSettings(str(workspace.root / "window.ini"), QSettings.Format.IniFormat)
    kept.sync()
    assert kept.contains("geometry")
    settings.unlock()


def test_a_missing_model_is_said_on_the_strip_and_lines_still_record(
    qtbot, open_desk, appearance, record, quiet_lines, caplog
):
    desk = open_desk(Settings(model="没有这个模型"))
    window = make_window(desk, appearance)
    window.show()

    record(desk, quiet_lines)

    qtbot.waitUntil(lambda: "没有语音模型" in strip_texts(window))
    assert desk.recording.recording
    window.close()
    window.deleteLater()
    caplog.clear()


def test_a_broken_model_is_told_and_lines_still_record(
    qtbot, open_desk, appearance, record, quiet_lines, caplog
):
    from hotline_desk.speech.models import own_folder

    broken = own_folder() / "broken"
    for part in ("am/final.mdl", "graph/HCLG.fst", "conf/mfcc.conf"):
        (broken / part).parent.mkdir(parents=True, exist_ok=True)
        (broken / part).write_bytes(b"no model")
    desk = open_desk(Settings(model="broken"))
    window = make_window(desk, appearance)
    window.show()

    record(desk, quiet_lines)

    qtbot.waitUntil(lambda: "字幕已停" in strip_texts(window), timeout=60_000)
    assert sentence(errors.ModelBroken(broken)) in window.messages.text
    reached = desk.recording.now.elapsed
    qtbot.waitUntil(lambda: desk.recording.now.elapsed > reached, timeout=10_000)
    window.close()
    window.deleteLater()
    caplog.clear()
