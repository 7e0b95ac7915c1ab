"""The window on 10,000 cases, 1,000 of them open, beside 100,000 questions."""

import shutil
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from hotline_desk.domain.times import studio_now
from hotline_desk.paths import Workspace
from hotline_desk.ui.cases.case_list_view_model import Which
from hotline_desk.ui.kit.keys import Verb
from hotline_desk.ui.kit.record_list import RECORD_ROLE
from hotline_desk.workflows.workspace import prepare
from tests.benchmarks import seat as seats
from tests.case_filler import CaseFiller

ENDED, OPEN = 9_000, 1_000
WORDS = ("工资", "莒县", "赵律师", "没有签订")


@pytest.fixture(scope="module")
def workspace(years, tmp_path_factory):
    made = prepare(Workspace(tmp_path_factory.mktemp("cases") / "工会法律在线"))
    shutil.copy(years, made.ledger)
    CaseFiller(studio_now().date()).fill(made.ledger, ended=ENDED, open_=OPEN)
    return made


@pytest.fixture
def seat(workspace, qapp):
    with seats.seated(workspace, qapp) as made:
        made.window.open_page(Verb.LEDGER)
        yield made


def tell(figure, what, acts):
    seats.tell(figure, f"10,000 cases: {what}", acts)


class View:
    """One of the lists of cases; it is seen once its rows were shown anew."""

    def __init__(self, seat, verb, table, changed):
        self.seat, self.table, self.shown = seat, table, 0
        self._verb = seat.window.verbs[verb]
        changed.connect(self._count)

    def _count(self):
        self.shown += 1

    def anew(self, do):
        before = self.shown
        return self.seat.act(do, lambda: self.shown > before)

    def open(self):
        return self.anew(self._verb.trigger)

    def filter(self):
        field = self.seat.page.filter
        acts = []
        for words in WORDS:
            acts.append(self.anew(lambda words=words: field.setText(words)))
            acts.append(self.anew(field.clear))
        return acts

    def page_down(self):
        self.table.setFocus()
        self.table.selectRow(0)
        case = self.seat.desk.case
        return [
            self.seat.act(
                lambda: QTest.keyClick(self.table, Qt.Key.Key_PageDown), lambda: case.read
            )
            for _ in range(20)
        ]


@pytest.fixture
def due(seat):
    return View(seat, Verb.DUE, seat.page._due.table, seat.desk.due.rows_changed)


@pytest.fixture
def cases(seat):
    return View(seat, Verb.CASES, seat.page.cases.table, seat.desk.cases.rows_changed)


@pytest.fixture
def register(seat):
    return View(
        seat,
        Verb.REGISTER,
        seat.page.registers.table,
        seat.page._list.registers._model.shown_changed,
    )


def test_due(due, figure):
    tell(figure, "open 今日待办", [due.open()])
    assert due.table.model().rowCount() > OPEN
    tell(figure, "filter 今日待办", due.filter())
    tell(figure, "Page Down in 今日待办", due.page_down())


def test_cases(cases, seat, figure):
    tell(figure, "open 案件", [cases.open()])
    tell(figure, "filter 案件", cases.filter())
    tell(figure, "Page Down in 案件", cases.page_down())
    every = [cases.anew(lambda each=each: seat.desk.cases.choose(each)) for each in Which]
    tell(figure, "each view of 案件", every)
    order = Qt.SortOrder.DescendingOrder
    sort = seat.page.cases.table.sortByColumn
    acts = [cases.anew(lambda: sort(2, order))]  # the first of them reads all
    acts += [seat.act(lambda at=at: sort(at, order), lambda: True) for at in (3, 7, 9)]
    tell(figure, "put all of them in order", acts)
    assert cases.table.model().rowCount() == ENDED + OPEN


def test_deed(cases, seat, figure):
    """From a row to the sheet of its case, and from a field that is written to the list."""
    cases.open()
    case = seat.desk.case
    shown = []
    case.shown.connect(lambda: shown.append(case.case))

    def go(row):
        wanted = cases.table.model().index(row, 0).data(RECORD_ROLE).case.id
        return seat.act(
            lambda: cases.table.selectRow(row),
            lambda: bool(shown) and shown[-1] is not None and shown[-1].id == wanted,
        )

    tell(figure, "show a case's sheet", [go(row) for row in range(1, 400, 40)])
    acts = [cases.anew(lambda at=at: case.write("results", f"成效 {at}")) for at in range(5)]
    tell(figure, "change a case and see it in the list", acts)


def test_register(register, figure):
    tell(figure, "open 登记簿", [register.open()])
    assert register.table.model().rowCount() > OPEN
    tell(figure, "filter 登记簿", register.filter())


def test_statistics(seat, figure):
    counted = []
    seat.desk.statistics.counted.connect(counted.append)

    def count():
        seat.window.open_page(Verb.STATISTICS)
        seat.desk.statistics.choose_days(date(2007, 1, 1), date(2026, 12, 31))

    tell(figure, "open 统计 of all years", [seat.act(count, lambda: bool(counted))])
