"""A file that the office wrote by hand is broken: every page stands, and says where it is wrong."""

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from hotline_desk.domain.casework.cases import NewCase
from hotline_desk.domain.categories import Category
from hotline_desk.domain.questions import Kind, NewQuestion
from hotline_desk.domain.statistics.closings import Opening
from hotline_desk.domain.times import studio_now
from hotline_desk.ledger import Ledger
from hotline_desk.ui.kit.jobs import Lane
from hotline_desk.ui.kit.keys import Verb
from hotline_desk.ui.ledger.ledger_view_model import SavedView
from tests.ui.conftest import make_window

PATIENCE = 30_000
BY = "值班员"
FILES = ("calendar.toml", "settings.toml", "lapses.toml", "articles.toml")


def _wrong_line(path):
    path.write_text("# 本单位\nunion = 日照\n", encoding="utf-8")


def _in_gbk(path):
    path.write_bytes("# 本单位的设置\n".encode("gbk"))


def _with_a_mark(path):
    path.write_text("# 本单位\n[[[\n", encoding="utf-8-sig")


BREAKS = {"wrong line": _wrong_line, "gbk": _in_gbk, "bom": _with_a_mark, "folder": "mkdir"}


@pytest.fixture(params=BREAKS)
def broken(request, workspace):
    """Break every file there is in one way, with a ledger that has something for every page."""
    today = studio_now().date()
    with Ledger.open(workspace.ledger) as ledger:
        new = NewQuestion(episode=None, category=Category.WAGES, kind=Kind.REQUEST, point="欠薪",
                          at=studio_now())  # fmt: skip
        question = ledger.add_question(new, by=BY)
        received = today - timedelta(days=40)
        ledger.add_case(NewCase(received=received, questions=(question.id,), owner="甲"), by=BY)
        ledger.keep(Opening(figure="questions", value=7), by=BY)
    for name in FILES:
        if request.param == "folder":
            (workspace.root / name).mkdir()
        else:
            BREAKS[request.param](workspace.root / name)
    return workspace


@pytest.fixture
def window(qtbot, broken, open_desk, appearance):
    """Return a function that starts the window on what is broken."""
    made = []

    def start():
        desk = open_desk()
        made.append(make_window(desk, appearance))
        made[0].resize(1366, 768)
        made[0].show()
        QApplication.processEvents()  # it opens the page that it was left on
        return made[0]

    yield start
    made[0].close()
    made[0].deleteLater()


def said(window):
    return "\n".join(each.text() for each in window.findChildren(QLabel) if each.isVisible())


def test_every_page_stands_and_says_which_file_is_wrong(qtbot, broken, window, caplog):
    window = window()
    desk, bugs = window.desk, []
    desk.office.jobs.failed.connect(bugs.append)
    named = f"“{broken.calendar}”"

    window.open_page(Verb.LEDGER)
    for view in SavedView:
        window.ledger.choose_view(view)
    window.ledger.choose_view(SavedView.DUE)
    qtbot.waitUntil(lambda: len(desk.due.rows) == 1, timeout=PATIENCE)
    assert named in said(window)
    window.ledger.choose_view(SavedView.CASES)
    qtbot.waitUntil(lambda: len(desk.cases.rows) == 1, timeout=PATIENCE)
    qtbot.waitUntil(lambda: desk.case.sheet.clock is not None, timeout=PATIENCE)

    with qtbot.waitSignals([desk.daily.shown, desk.monthly.shown, desk.bases.changed]):
        window.open_page(Verb.STATISTICS)
    for at in range(window.statistics.leaves.count()):
        window.statistics.leaves.setCurrentIndex(at)
        assert named in said(window)

    for page in (Verb.LIVE, Verb.ARCHIVE, Verb.SETTINGS):
        window.open_page(page)
    for page in (Verb.IMPORT, Verb.EXPORT):
        window.verbs[page].trigger()
    done = []
    desk.office.jobs.run(Lane.FILES, lambda: True, owner=desk, then=done.append)
    desk.office.ask(lambda _ledger: True, owner=desk, then=done.append)
    qtbot.waitUntil(lambda: len(done) == 2, timeout=PATIENCE)
    assert bugs == []
    caplog.clear()  # what could not be read is logged each time


def test_what_is_mended_is_no_longer_said(qtbot, broken, window, caplog):
    window = window()
    with qtbot.waitSignal(window.desk.statistics.reckoned, timeout=PATIENCE):
        window.open_page(Verb.STATISTICS)
    assert window.statistics._fault_line.isVisible()

    path = broken.calendar
    path.rmdir() if path.is_dir() else path.unlink()
    with qtbot.waitSignal(window.desk.statistics.reckoned, timeout=PATIENCE):
        window.desk.statistics.refresh()

    assert not window.statistics._fault_line.isVisible()
    caplog.clear()


def test_the_paper_of_an_episode_is_made_all_the_same_and_it_is_said(
    qtbot, broken, window, episode, caplog, fonts
):
    window = window()
    desk = window.desk
    desk.live.save_episode(episode)
    qtbot.waitUntil(lambda: desk.live.episode is not None, timeout=PATIENCE)

    with qtbot.waitSignal(desk.summary.made, timeout=PATIENCE) as made:
        window.verbs[Verb.SUMMARY].trigger()

    assert made.args[0].content.startswith(b"%PDF")
    assert f"“{broken.calendar}”" in window.messages.text
    caplog.clear()
