"""What is wrong with a file: each row as high as its words, and measured once for that."""

import pytest
from PySide6.QtCore import Qt

from hotline_desk.domain.importing.tables import Problem
from hotline_desk.ui.exchange.import_problems import ImportProblems, ShownProblem
from hotline_desk.ui.kit import tokens

SHORT, LONG = "不是日期。", "请选出这个词在本台叫什么；" * 12


class Counted(ImportProblems):
    measured = 0

    def _height(self, shown):
        self.measured += 1
        return super()._height(shown)


@pytest.fixture
def problems(qtbot, appearance):
    made = Counted(appearance)
    qtbot.addWidget(made)
    made.resize(700, 400)
    return made


def a_problem(row, words):
    problem = Problem(table="问题", row=row, heading="日期", field="接收日期", words=words,
                      proposal="", blocks=True)  # fmt: skip
    return ShownProblem(problem, left_out=False)


def test_three_hundred_rows_are_measured_once_before_they_are_seen(qtbot, problems):
    problems.rows.show([a_problem(row, LONG if row % 2 else SHORT) for row in range(300)])

    problems.show()

    qtbot.waitUntil(lambda: problems.rowHeight(1) > tokens.TABLE_ROW)
    assert problems.rowHeight(0) == problems.rowHeight(298) == tokens.TABLE_ROW
    assert problems.rowHeight(299) == problems.rowHeight(1)
    assert problems.measured == 300


def test_rows_keep_their_heights_when_they_stand_otherwise_or_narrower(qtbot, problems):
    problems.rows.show([a_problem(1, LONG), a_problem(2, SHORT)])
    problems.show()
    qtbot.waitUntil(lambda: problems.rowHeight(0) > tokens.TABLE_ROW)
    wide = problems.rowHeight(0)

    problems.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    qtbot.waitUntil(lambda: problems.rowHeight(1) == wide)
    assert problems.rowHeight(0) == tokens.TABLE_ROW

    problems.resize(560, 400)
    qtbot.waitUntil(lambda: problems.rowHeight(1) > wide)
