"""登记簿 in the window: papers and deeds of all cases, found, opened, printed and exported."""

from dataclasses import replace
from datetime import timedelta

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from hotline_desk.domain.casework.cases import Action, ActionKind, NewCase
from hotline_desk.domain.casework.letters import Letter, LetterKind
from hotline_desk.ledger import Ledger
from hotline_desk.ui.cases.case_register import CaseRegister
from hotline_desk.workflows import case_course, letters
from hotline_desk.workflows.case_registers import Register

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier
PATIENCE = 60_000
BY = "值班员"


@pytest.fixture
def cases(workspace, today):
    """One with a paper that is answered and one that is not in time, one that was passed on."""
    with Ledger.open(workspace.ledger) as ledger:
        made = [
            ledger.add_case(
                NewCase(received=today - timedelta(days=30), employer=employer, matter="拖欠工资"),
                by=BY,
            )
            for employer in ("某物业公司", "某物流公司")
        ]
        paper = Letter(kind=LetterKind.REMINDER, number="", case_id=made[0].id,
                       recipient="某物业公司", sent_on=today - timedelta(days=20),
                       answer_by=today - timedelta(days=2))  # fmt: skip
        letters.register(ledger, paper, pattern="{kind}{n}号", by=BY)
        answered = replace(paper, answered_on=today, answer="同意支付", recipient="总公司")
        letters.register(ledger, answered, pattern="{kind}{n}号", by=BY)
        passed = Action(on=today, kind=ActionKind.PASSED_ON, words="人社局，已告知职工")
        case_course.take_action(ledger, made[1].id, passed, by=BY)
    return made


@pytest.fixture
def listed(qtbot, cases, desk, appearance):
    made = CaseRegister(desk.registers, appearance)
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    qtbot.waitUntil(lambda: len(desk.registers.shown) == 3, timeout=PATIENCE)
    return made


def shown(listed, column=1):
    model = listed.table.model()
    return [model.index(row, column).data() for row in range(model.rowCount())]


def case_at_hand(qtbot, desk, case):
    qtbot.waitUntil(
        lambda: desk.case.read and desk.case.case is not None and desk.case.case.id == case.id,
        timeout=PATIENCE,
    )


def test_a_key_opens_it_and_keys_lead_to_the_cases_and_to_paper(qtbot, cases, window, desk):
    qtbot.keyClick(window, Qt.Key.Key_8, CONTROL)
    listed = window.ledger.registers
    qtbot.waitUntil(listed.table.hasFocus, timeout=PATIENCE)
    assert window.ledger.at_hand().id == cases[0].id
    case_at_hand(qtbot, desk, cases[0])
    for key, mods, name in ((Qt.Key.Key_Return, PLAIN, "answer"), (Qt.Key.Key_E, CONTROL, "kind")):
        qtbot.keyClick(listed.table, key, mods)
        qtbot.waitUntil(lambda name=name: QApplication.focusWidget().objectName() == name)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)

    qtbot.keyClick(listed.table, Qt.Key.Key_Down)
    case_at_hand(qtbot, desk, cases[1])
    qtbot.keyClick(listed.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.ledger._case.isAncestorOf(QApplication.focusWidget()))
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert listed.table.hasFocus()

    qtbot.keyClick(listed.table, Qt.Key.Key_P, CONTROL | SHIFT)
    qtbot.waitUntil(lambda: window.papers.page is not None and window.papers.page.isVisible(),
                    timeout=PATIENCE)  # fmt: skip
    assert desk.summary.summary.path.name.startswith("登记簿 全部")


def test_what_is_late_stands_first_at_hand(listed):
    QAbstractItemModelTester(listed.table.model(), listed)

    assert shown(listed, 0) == ["逾期未答复", "", "已答复"]
    assert shown(listed) == ["提示函1号", "", "提示函2号"]
    assert listed.row().letter.number == "提示函1号"


def test_each_register_alone_and_what_is_typed(qtbot, desk, listed):
    button = listed._registers.button(list(Register).index(Register.LETTERS))
    button.click()
    assert shown(listed) == ["提示函1号", "提示函2号"]

    desk.registers.filter("zgs")
    qtbot.waitUntil(lambda: shown(listed) == ["提示函2号"], timeout=PATIENCE)
    desk.registers.filter("没有这样的")
    qtbot.waitUntil(listed.table.isHidden, timeout=PATIENCE)

    assert "没有这样的" in listed._empty.text()


def test_what_is_done_meanwhile_joins_it_and_the_row_at_hand_stays(
    qtbot, desk, listed, cases, today
):
    qtbot.keyClick(listed.table, Qt.Key.Key_Down)
    done = Action(on=today, kind=ActionKind.SUPERVISED, words="三天内答复")

    desk.office.ask(
        lambda ledger: case_course.take_action(ledger, cases[0].id, done, by=BY),
        owner=desk, then=lambda _: desk.office.rows_changed.emit(),
    )  # fmt: skip

    qtbot.waitUntil(lambda: len(shown(listed)) == 4, timeout=PATIENCE)
    assert listed.row().kind == "转办"


def test_what_is_shown_is_exported_masked(qtbot, desk, listed, tmp_path):
    name = tmp_path / "登记簿.xlsx"
    desk.registers.choose(Register.LETTERS)

    with qtbot.waitSignal(desk.registers.told, timeout=PATIENCE):
        desk.registers.export(str(name), internal=False, why="")

    cells = [[cell.value for cell in row] for row in openpyxl.load_workbook(name)["登记簿"]]
    assert [row[1] for row in cells] == ["文号", "提示函1号", "提示函2号"]
    assert desk.registers.export_name(internal=False).startswith("登记簿 一函两书")


def test_the_internal_version_wants_a_reason(qtbot, desk, listed):
    listed._version.choose(1)

    with qtbot.waitSignal(desk.registers.warned, timeout=PATIENCE):
        qtbot.keyClick(listed, Qt.Key.Key_P, CONTROL | SHIFT)
    assert desk.summary.summary is None

    listed._version.why.insert("督查")
    with qtbot.waitSignal(desk.summary.made, timeout=PATIENCE):
        qtbot.keyClick(listed, Qt.Key.Key_P, CONTROL | SHIFT)
    assert "内部版" in desk.summary.summary.path.name


def test_whoever_comes_back_finds_it_masked(listed):
    listed._version.choose(1)
    listed._version.why.insert("督查")

    listed.hide()
    listed.show()

    assert (listed._version.internal, listed._version.why.text()) == (False, "")
