"""The statistics page in its window: what it opens elsewhere, prints, and takes back."""

import threading
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

from hotline_desk.domain.casework.cases import NewCase
from hotline_desk.domain.categories import Category
from hotline_desk.domain.questions import NewQuestion
from hotline_desk.domain.statistics.closings import Opening
from hotline_desk.domain.times import studio_now
from hotline_desk.ui.kit.jobs import Lane
from hotline_desk.ui.kit.keys import Verb
from hotline_desk.ui.statistics.usual_period import Usual

PATIENCE = 30_000
BY = "值班员"


@pytest.fixture(scope="module", autouse=True)
def printing(fonts):
    """Let nothing be printed before there are fonts."""


@pytest.fixture
def counted(qtbot, window, desk):
    """The window with the statistics page open: three questions on wages, one case."""
    now = studio_now()

    def fill(ledger):
        for category in (Category.WAGES, Category.WAGES, Category.INJURY):
            new = NewQuestion(episode=None, category=category, point="要点", at=now)
            question = ledger.add_question(new, by=BY)
        ledger.add_case(NewCase(received=now.date(), questions=(question.id,)), by=BY)

    done = []
    desk.office.ask(fill, owner=desk, then=lambda _: done.append(True))
    qtbot.waitUntil(lambda: bool(done), timeout=PATIENCE)
    with qtbot.waitSignal(desk.statistics.spread_changed, timeout=PATIENCE):
        window.open_page(Verb.STATISTICS)
    return window


def test_a_bar_leads_to_its_rows_in_the_ledger(qtbot, desk, counted):
    bars = counted.statistics.figures.bars
    assert [(bar.name, bar.value) for bar in bars.bars] == [("工资", 2), ("工伤", 1)]

    with qtbot.waitSignal(desk.ledger.arranged, timeout=PATIENCE):
        bars.setFocus()
        qtbot.keyClick(bars, Qt.Key.Key_Return)

    assert counted.page is Verb.LEDGER
    qtbot.waitUntil(lambda: counted.ledger._table.model().rowCount() == 2, timeout=PATIENCE)


def test_a_figure_of_cases_leads_to_the_cases(qtbot, desk, counted):
    table = counted.statistics.figures.table
    table.light("cases.new")

    qtbot.keyClick(table, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: counted.page is Verb.LEDGER, timeout=PATIENCE)
    qtbot.waitUntil(lambda: len(desk.cases.rows) == 1, timeout=PATIENCE)


@pytest.mark.parametrize("what", ["statistics", "daily", "monthly"])
def test_a_sheet_is_printed_in_the_window_and_esc_leads_back(qtbot, desk, counted, what):
    model = getattr(desk, what)
    if what != "statistics":
        qtbot.waitUntil(lambda: model.sheet is not None, timeout=PATIENCE)

    with qtbot.waitSignal(desk.summary.made, timeout=PATIENCE) as made:
        model.print_()

    paper = counted.papers.page
    assert counted.pages.currentWidget() is paper
    assert paper.pages >= 1
    assert made.args[0].path.parent == desk.office.workspace.root / "reports"
    escape = next(each for each in paper.findChildren(QShortcut)
                  if each.key() == QKeySequence(Qt.Key.Key_Escape))  # fmt: skip
    escape.activated.emit()
    assert counted.page is Verb.STATISTICS


def test_what_was_written_as_opening_is_taken_back_by_ctrl_z(qtbot, desk, counted):
    page = counted.statistics
    qtbot.waitUntil(lambda: bool(desk.bases.bases.openings), timeout=PATIENCE)
    row = next(row for row in desk.bases.bases.openings if row.figure.key == "questions")
    with qtbot.waitSignal(desk.bases.changed, timeout=PATIENCE):
        desk.bases.write_opening(row, value="500", source="工作总结", as_of="2025-12-31")
    before = desk.bases.bases.openings
    assert Opening(id=1, figure="questions", value=500, source="工作总结",
                   as_of=date(2025, 12, 31)) in [row.opening for row in before]  # fmt: skip

    with qtbot.waitSignal(desk.bases.changed, timeout=PATIENCE):
        counted.verbs[Verb.UNDO].trigger()

    assert all(row.opening is None for row in desk.bases.bases.openings)
    assert page.isVisible()


def test_nothing_is_counted_on_the_gui_thread(qtbot, desk, counted):
    held = threading.Event()
    before = desk.statistics.figures
    desk.office.jobs.run(Lane.FILES, held.wait, owner=desk)

    desk.statistics.choose_usual(Usual.YEAR)
    desk.statistics.open_figure("questions")
    desk.statistics.print_()

    QApplication.processEvents()
    assert desk.statistics.figures is before
    with qtbot.waitSignal(desk.statistics.spread_changed, timeout=PATIENCE):
        held.set()
    assert desk.statistics.figures.period.words != before.period.words


@pytest.mark.parametrize("looked_before", [False, True])
def test_rows_opened_from_a_bar_show_the_whole_leaf_of_their_case(
    qtbot, desk, counted, looked_before
):
    counted.resize(1366, 768)
    leaf = counted.ledger._case
    if looked_before:
        counted.open_page(Verb.LEDGER)
        qtbot.waitUntil(leaf.isVisible, timeout=PATIENCE)
        counted.open_page(Verb.STATISTICS)
    else:
        counted.ledger._panel.open_leaf(leaf)
    bars = counted.statistics.figures.bars
    bars.setFocus()
    qtbot.keyClick(bars, Qt.Key.Key_Down)

    qtbot.keyClick(bars, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: desk.case.case is not None, timeout=PATIENCE)
    qtbot.waitUntil(leaf.isVisible, timeout=PATIENCE)
    heads = [fold.head for fold in leaf.folds._folds.values() if fold.isVisible()]
    fields, page = leaf._deeds._inputs, leaf.widget()
    qtbot.waitUntil(lambda: page.height() >= page.minimumSizeHint().height(), timeout=PATIENCE)
    assert heads
    assert all(head.height() > head.fontMetrics().height() for head in heads)
    assert all(field.height() >= field.minimumSizeHint().height() for field in fields)
