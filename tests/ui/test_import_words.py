"""Words of a file that nobody knows: each is given its meaning in the window, by keys alone."""

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from hotline_desk.domain.questions import QuestionQuery
from hotline_desk.domain.staff import ServicePoint
from hotline_desk.ledger import Ledger
from hotline_desk.ui.kit.keys import Verb
from hotline_desk.workflows.import_matching import saved_matchings
from tests.ui.conftest import BY, PATIENCE
from tests.ui.test_import_export import planned, take_proposals

HEADINGS = ["接收日期", "来源渠道", "问题类别", "诉求要点", "填报单位"]
UNITS = ("五莲总工会", "东港", "东港")
UNION = "日照市总工会"


@pytest.fixture
def path(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(HEADINGS)
    for n, unit in enumerate(UNITS):
        book.active.append(["2026-03-05", "12351 热线", "工资", f"拖欠工资{n}", unit])
    book.save(tmp_path / "旧台账.xlsx")
    return tmp_path / "旧台账.xlsx"


@pytest.fixture
def page(qtbot, window, desk, workspace, path):
    """The page with a file of two units nobody knows; one service point is registered."""
    with Ledger.open(workspace.ledger) as ledger:
        ledger.keep(ServicePoint(name="东港区总工会"), by=BY)
    return opened(qtbot, window, desk, path)


def opened(qtbot, window, desk, path):
    window.verbs[Verb.IMPORT].trigger()
    desk.incoming.open(path)
    planned(qtbot, desk)
    return window.pages.currentWidget()


def choose_by_keys(qtbot, desk, choice, ours):
    """Go down in *choice* until *ours* stands there."""
    choice.setFocus()
    for _ in range(choice.count()):
        if choice.currentText() == ours:
            break
        QTest.keyClick(choice, Qt.Key.Key_Down)
    assert choice.currentText() == ours
    planned(qtbot, desk)


def units(workspace):
    with Ledger.open(workspace.ledger) as ledger:
        return sorted(question.unit for question in ledger.questions(QuestionQuery()))


def test_each_unit_that_is_not_registered_is_given_a_registered_one(qtbot, desk, page, workspace):
    words = page._columns.words
    assert list(words) == [("填报单位", "东港"), ("填报单位", "五莲总工会")]
    offered = [words["填报单位", "东港"].itemText(at) for at in range(3)]
    assert offered == ["", UNION, "东港区总工会"]
    assert page._import.isEnabled()  # it stands in no way

    choose_by_keys(qtbot, desk, words["填报单位", "东港"], "东港区总工会")
    choose_by_keys(qtbot, desk, words["填报单位", "五莲总工会"], UNION)
    assert not [each for each in desk.incoming.plan.problems if each.heading == "填报单位"]
    with qtbot.waitSignal(desk.incoming.taken, timeout=PATIENCE):
        page.save()

    assert units(workspace) == ["", "东港区总工会", "东港区总工会"]


def test_what_was_said_of_a_word_stands_there_and_can_be_said_otherwise(qtbot, desk, page):
    choice = page._columns.words["填报单位", "东港"]

    choose_by_keys(qtbot, desk, choice, UNION)

    assert QApplication.focusWidget() is choice
    choose_by_keys(qtbot, desk, choice, "东港区总工会")
    choose_by_keys(qtbot, desk, page._columns.words["填报单位", "五莲总工会"], UNION)
    choice.setFocus()
    QTest.keyClick(choice, Qt.Key.Key_Home)
    planned(qtbot, desk)
    assert desk.incoming.matching.words["填报单位"] == {"五莲总工会": UNION}


def test_units_are_kept_with_the_columns_for_the_next_file(
    qtbot, window, desk, page, path, workspace
):
    choose_by_keys(qtbot, desk, page._columns.words["填报单位", "东港"], "东港区总工会")
    page._keep_name.setText("旧表")
    with qtbot.waitSignal(desk.incoming.told, timeout=PATIENCE):
        page._keep.click()
    (kept,) = saved_matchings(workspace)
    assert kept.words["填报单位"] == {"东港": "东港区总工会"}
    desk.incoming.close()

    page = opened(qtbot, window, desk, path)

    assert list(page._columns.words) == [("填报单位", "五莲总工会")]


def test_a_unit_that_was_kept_and_is_no_longer_registered_is_asked_for_again(
    qtbot, window, desk, page, path, workspace
):
    choose_by_keys(qtbot, desk, page._columns.words["填报单位", "东港"], "东港区总工会")
    desk.incoming.keep_matching("旧表")
    with Ledger.open(workspace.ledger) as ledger:
        (point,) = ledger.kept(ServicePoint)
        ledger.take_out(point, by=BY)
    desk.incoming.close()
    page = opened(qtbot, window, desk, path)

    choose_by_keys(qtbot, desk, page._columns.words["填报单位", "东港区总工会"], UNION)
    with qtbot.waitSignal(desk.incoming.taken, timeout=PATIENCE):
        page.save()

    assert units(workspace) == ["", "", "五莲总工会"]


CLOSED = """接收日期,来源渠道,问题类别,诉求要点,类型,办结日期,办结方式
2026-03-05,12351 热线,工资,第一件,求决,2026-03-09,
2026-03-05,12351 热线,工资,第二件,求决,2026-03-09,已转办并告知
"""


def test_how_old_cases_ended_is_said_once_for_all_and_their_end_is_proposed(
    qtbot, window, desk, workspace, tmp_path
):
    path = tmp_path / "旧案.csv"
    path.write_text(CLOSED, encoding="utf-8")
    page = opened(qtbot, window, desk, path)
    way = page._columns.words["办结方式", ""]
    assert way.accessibleName() == "没有写办结方式的行"
    assert desk.incoming.proposals() == 1

    choose_by_keys(qtbot, desk, way, "调解成功")
    page._columns.words["结案日期", ""].setFocus()
    desk.incoming.take_proposals()
    planned(qtbot, desk)

    assert desk.incoming.matching.defaults == {"办结方式": "调解成功", "结案日期": "同办结日期"}
    assert page._columns.words["结案日期", ""].currentText() == "同办结日期"
    assert desk.incoming.proposals() == 0
    with qtbot.waitSignal(desk.incoming.taken, timeout=PATIENCE):
        page.save()
    with Ledger.open(workspace.ledger) as ledger:
        assert {case.matter: case.finish for case in ledger.cases()} == {
            "第一件": "履行完毕",
            "第二件": "转办",
        }


def test_rows_that_wait_for_their_columns_are_counted_and_it_is_said_what_to_do(
    qtbot, desk, window, tmp_path
):
    book = openpyxl.Workbook()
    for row in (["来访时间", "来源渠道", "反映事项"], *[["2026-03-05", "现场来访", "欠薪"]] * 5):
        book.active.append(row)
    book.save(tmp_path / "来访.xlsx")

    page = opened(qtbot, window, desk, tmp_path / "来访.xlsx")
    assert (
        page._says.text() == "文件里 5 行还没有读，先选出哪一列是接收日期、诉求要点，或写明一个值"
    )

    take_proposals(qtbot, desk)
    assert page._says.text().startswith("读了 5 行 · 新问题 5 条")


def test_what_was_said_of_a_damaged_file_is_not_said_of_the_next(
    qtbot, desk, window, path, tmp_path, caplog
):
    window.verbs[Verb.IMPORT].trigger()
    damaged = tmp_path / "坏.xlsx"
    damaged.write_bytes(b"PK\x03\x04" + bytes(50))
    with qtbot.waitSignal(desk.incoming.failed, timeout=PATIENCE):
        desk.incoming.open(damaged)
    assert window.messages.isVisible()

    opened(qtbot, window, desk, path)

    assert not window.messages.isVisible()
    assert "TableDamaged" in caplog.text
    caplog.clear()
