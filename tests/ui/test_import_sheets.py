"""A workbook of several sheets comes in: each is matched by itself."""

from datetime import date

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel

from hotline_desk.domain.casework.cases import NewCase
from hotline_desk.ledger import Ledger
from hotline_desk.ui.cases.case_panel import CasePanel
from hotline_desk.ui.kit.keys import Verb
from hotline_desk.workflows.import_matching import saved_matchings
from tests.ui.conftest import PATIENCE
from tests.ui.test_import_export import planned, take_proposals

ORDER = ["2026-03-05", "12345 转办", "拖欠工资", "W-1"]


@pytest.fixture
def page(qtbot, window, desk, tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "问题"
    book.active.append(["日期", "来源渠道", "诉求要点", "职工姓名"])
    book.active.append(["2026-03-05", "12351 热线", "拖欠工资", "董小红"])
    cases = book.create_sheet("案件")
    cases.append(["接收日期", "职工姓名", "用人单位", "案由"])
    cases.append(["3月6日", "董小红", "某物业", "拖欠工资"])
    book.save(tmp_path / "两张表.xlsx")
    window.verbs[Verb.IMPORT].trigger()
    desk.incoming.open(tmp_path / "两张表.xlsx")
    planned(qtbot, desk)
    return window.pages.currentWidget()


def choose(page, table, heading, field):
    choice = page._columns._columns[table, heading]
    choice.setCurrentText(field)
    choice.activated.emit(choice.currentIndex())


def shown(page, table, heading):
    return page._columns._columns[table, heading].currentText()


def test_choosing_a_column_of_one_sheet_leaves_the_other_sheets_alone(qtbot, desk, page):
    choose(page, "问题", "日期", "接收日期")
    choose(page, "问题", "职工姓名", "来电人")
    choose(page, "案件", "职工姓名", "当事人")
    planned(qtbot, desk)

    assert shown(page, "问题", "日期") == shown(page, "案件", "接收日期") == "接收日期"
    assert (shown(page, "问题", "职工姓名"), shown(page, "案件", "职工姓名")) == (
        "来电人", "当事人",
    )  # fmt: skip


def test_every_proposal_is_taken_as_it_was_proposed(qtbot, desk, page):
    proposed = {
        place: choice.proposal
        for place, choice in page._columns._columns.items()
        if choice.proposal
    }

    take_proposals(qtbot, desk)

    assert proposed["问题", "日期"] == "接收日期"
    assert {place: shown(page, *place) for place in proposed} == proposed


def test_each_problem_names_its_sheet(qtbot, desk, page):
    take_proposals(qtbot, desk)

    problems = page._problems
    assert not problems.isColumnHidden(1)
    assert [(each.problem.table, each.problem.row) for each in problems.rows.records
            if each.problem.blocks] == [("案件", 2)]  # fmt: skip


def test_what_each_sheet_means_is_kept_for_the_next_file(qtbot, desk, page, workspace):
    take_proposals(qtbot, desk)
    with qtbot.waitSignal(desk.incoming.told, timeout=PATIENCE):
        desk.incoming.keep_matching("两张表")

    (kept,) = saved_matchings(workspace)
    path = desk.incoming.path
    desk.incoming.close()
    desk.incoming.open(path)
    planned(qtbot, desk)

    assert kept.tables["问题"]["职工姓名"] == "来电人"
    assert kept.tables["案件"]["职工姓名"] == "当事人"
    assert desk.incoming.proposals() == 0


def test_a_sentence_is_wrapped_and_not_cut(qtbot, desk, page):
    problems = page._problems
    row = next(
        at for at, each in enumerate(problems.rows.records) if "请选出" in each.problem.words
    )

    index = problems.model().index(row, 4)
    inside = problems.visualRect(index).adjusted(4, 0, -4, 0)
    needed = problems.fontMetrics().boundingRect(
        inside, Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere, index.data()
    )
    assert needed.height() > problems.fontMetrics().height()
    qtbot.waitUntil(lambda: problems.visualRect(index).height() >= needed.height())
    assert problems.rows.records[row].problem.field == "接收日期"


def test_a_later_export_that_only_fills_can_come_in(qtbot, desk, page, workspace):
    headings = ["接收日期", "来源渠道", "诉求要点", "外部工单号", "解答要点"]
    for answer in ("", "可以申请劳动仲裁"):
        desk.incoming.close()
        desk.incoming.paste("\n".join(map("\t".join, (headings, [*ORDER, answer]))))
        planned(qtbot, desk)
        with qtbot.waitSignal(desk.incoming.taken, timeout=PATIENCE):
            page.save()

    assert "补全已有问题 1 条" in page._nothing.text()
    assert len(desk.incoming.rows) == 1
    with Ledger.open(workspace.ledger) as ledger:
        assert [row.answer for row in ledger.questions()] == ["可以申请劳动仲裁"]


def test_how_many_cases_come_in_late_is_said_before(qtbot, desk, page):
    desk.incoming.close()
    rows = ["案件编号\t接收日期\t案由", "2023-017\t2024-03-05\t欠薪", "2023-018\t2024-03-06\t欠薪"]
    desk.incoming.paste("\n".join(rows))
    planned(qtbot, desk)

    assert "新案件 2 件（在办 2，超期 2）" in page._says.text()
    told = [shown.problem.words for shown in page._problems.rows.records]
    assert any("今日待办里（2 件已经超期）" in words for words in told)
    with qtbot.waitSignal(desk.incoming.taken, timeout=PATIENCE):
        page.save()


def test_the_number_that_a_case_had_elsewhere_stands_in_its_leaf(
    qtbot, desk, appearance, workspace
):
    with Ledger.open(workspace.ledger) as ledger:
        made = ledger.add_case(
            NewCase(received=date(2024, 3, 5), matter="欠薪", external_number="2023-017"), by="丁"
        )
    panel = CasePanel(desk.case, QAction("立案"), appearance)
    qtbot.addWidget(panel)

    desk.case.show_case(made.id)
    qtbot.waitUntil(lambda: desk.case.case is not None, timeout=PATIENCE)

    assert any("外部工单号 2023-017" in label.text() for label in panel.findChildren(QLabel))
