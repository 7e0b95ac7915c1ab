"""导入 and 导出 in the window: a file comes in by a person's word, and what leaves is masked."""

from threading import Event

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from hotline_desk.domain.publications import Access
from hotline_desk.domain.questions import QuestionQuery
from hotline_desk.ledger import Ledger
from hotline_desk.ui.exchange.export_page import ExportPage
from hotline_desk.ui.exchange.import_page import ImportPage
from hotline_desk.ui.kit.jobs import Lane
from hotline_desk.ui.kit.keys import Verb
from hotline_desk.ui.kit.text_fields import Choice
from hotline_desk.workflows.import_matching import saved_matchings
from tests.ui.conftest import PATIENCE

HEADINGS = ["工单编号", "登记时间", "来源渠道", "诉求人", "联系方式", "诉求分类", "诉求标题"]


@pytest.fixture
def table(tmp_path):
    def write(rows=3, **broken):
        book = openpyxl.Workbook()
        book.active.append(HEADINGS)
        for n in range(rows):
            day = broken.get("day") if n == 0 and broken else "2026-03-05"
            book.active.append([f"W-{n}", day, "12351 热线", f"董小红{n}", f"1380000{n:04}",
                                "劳动报酬", f"拖欠工资{n}"])  # fmt: skip
        book.save(tmp_path / "旧台账.xlsx")
        return tmp_path / "旧台账.xlsx"

    return write


@pytest.fixture
def importing(qtbot, window, desk):
    """Return a function that opens a file on the page, and waits for its plan."""

    def open_(path):
        window.verbs[Verb.IMPORT].trigger()
        desk.incoming.open(path)
        planned(qtbot, desk)
        return window.pages.currentWidget()

    return open_


def planned(qtbot, desk):
    qtbot.waitUntil(
        lambda: desk.incoming.plan is not None and not desk.incoming.busy, timeout=PATIENCE
    )


def take_proposals(qtbot, desk):
    """Take those of the columns, then those of the words that are found by them."""
    while desk.incoming.proposals():
        desk.incoming.take_proposals()
        planned(qtbot, desk)


def questions(workspace):
    with Ledger.open(workspace.ledger) as ledger:
        return ledger.questions(QuestionQuery())


def test_proposals_wait_for_a_person(qtbot, desk, importing, table):
    page = importing(table())

    assert isinstance(page, ImportPage)
    shown = {heading: choice for (_, heading), choice in page._columns._columns.items()}
    assert shown["来源渠道"].currentText() == "来源渠道"
    assert (shown["诉求标题"].currentText(), shown["诉求标题"].proposal) == ("", "诉求要点")
    assert not page._import.isEnabled()
    assert any("接收日期" in problem.words for problem in desk.incoming.plan.blocking)


def test_a_file_comes_in_once_nothing_stands_in_the_way(qtbot, desk, importing, table, workspace):
    page = importing(table())
    take_proposals(qtbot, desk)
    assert page._import.isEnabled()

    with qtbot.waitSignal(desk.incoming.taken, timeout=PATIENCE):
        page.save()

    assert [row.category for row in questions(workspace)] == ["工资"] * 3
    assert "已导入 3 条问题" in page._nothing.text()
    page._rows.click()
    qtbot.waitUntil(lambda: len(desk.ledger.ids or ()) == 3, timeout=PATIENCE)


def test_one_key_takes_the_whole_import_back(qtbot, desk, window, importing, table, workspace):
    page = importing(table())
    take_proposals(qtbot, desk)
    with qtbot.waitSignal(desk.incoming.taken, timeout=PATIENCE):
        page.save()
    window.open_page(Verb.LEDGER)

    window.verbs[Verb.UNDO].trigger()

    qtbot.waitUntil(lambda: questions(workspace) == [], timeout=PATIENCE)


def test_a_row_that_stands_in_the_way_is_left_out_by_a_word(qtbot, desk, importing, table):
    page = importing(table(day="3月5日"))
    take_proposals(qtbot, desk)
    assert not page._import.isEnabled()
    assert page._skip.isVisible()
    assert page._problems.rows.records[0].problem.row == 2

    page._skip.click()
    qtbot.waitUntil(lambda: desk.incoming.can_take_in, timeout=PATIENCE)

    assert page._import.isEnabled()
    assert len(desk.incoming.plan.questions) == 2


def test_a_table_can_be_left_out_and_taken_again(qtbot, desk, importing, table):
    page = importing(table())

    for words, tables in (("不导入", 0), ("问题台账", 1)):
        kind = page._columns.findChildren(Choice)[0]
        kind.setCurrentText(words)
        kind.activated.emit(kind.currentIndex())
        planned(qtbot, desk)

        assert len(desk.incoming.chosen_tables()) == tables


def test_tab_takes_one_proposal(qtbot, desk, importing, table):
    page = importing(table())
    choice = page._columns._columns["Sheet", "登记时间"]
    choice.setFocus()

    QTest.keyClick(choice, Qt.Key.Key_Tab)
    planned(qtbot, desk)

    assert choice.currentText() == "接收日期"
    assert desk.incoming.matching.tables["Sheet"]["登记时间"] == "接收日期"


def test_the_focus_goes_on_to_what_can_be_done_next(qtbot, desk, importing, table):
    page = importing(table())
    page._take.setFocus()

    while page._take.isVisible():
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
        planned(qtbot, desk)

    assert page._import.hasFocus()


def test_how_columns_are_matched_is_kept_for_the_next_file(
    qtbot, desk, importing, table, workspace
):
    path = table()
    page = importing(path)
    take_proposals(qtbot, desk)
    page._keep_name.setText("某平台")

    with qtbot.waitSignal(desk.incoming.told, timeout=PATIENCE):
        page._keep.click()

    assert [kept.name for kept in saved_matchings(workspace)] == ["某平台"]
    desk.incoming.close()
    page = importing(path)
    assert desk.incoming.proposals() == 0
    assert page._import.isEnabled()


def test_a_file_that_is_none_is_told_and_changes_nothing(qtbot, desk, window, tmp_path, caplog):
    window.verbs[Verb.IMPORT].trigger()
    path = tmp_path / "台账.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))

    with qtbot.waitSignal(desk.incoming.failed, timeout=PATIENCE):
        desk.incoming.open(path)

    assert "另存为 .xlsx" in window.messages.text
    assert desk.incoming.path is None
    caplog.clear()


def test_nothing_comes_in_while_something_is_recorded(
    qtbot, desk, importing, table, record, quiet_lines, workspace
):
    importing(table())
    take_proposals(qtbot, desk)
    record(desk, quiet_lines)

    with qtbot.waitSignal(desk.incoming.warned):
        desk.incoming.take_in()

    assert questions(workspace) == []


def test_a_file_can_be_dropped(qtbot, desk, window, table):
    window.verbs[Verb.IMPORT].trigger()
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(table()))])
    event = QDropEvent(
        QPointF(9, 9), Qt.DropAction.CopyAction, dropped, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip

    window.pages.currentWidget().dropEvent(event)

    planned(qtbot, desk)
    assert [each.name for each in desk.incoming.tables] == ["Sheet"]


def test_a_work_order_is_pasted_and_its_fields_are_proposed(qtbot, desk, window, workspace):
    window.verbs[Verb.IMPORT].trigger()
    page = window.pages.currentWidget()
    QGuiApplication.clipboard().setText(
        "工单编号：RZ-77\n受理时间：2026年3月5日 周四 09:12\n诉求人：董女士\n"
        "联系方式：13800005678\n"
        "诉求标题：拖欠工资\n诉求内容：公司拖欠两个月工资，\n共三千元。\n工单来源：12345"
    )

    QTest.keyClick(page, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    planned(qtbot, desk)
    assert desk.incoming.proposals() == 7
    take_proposals(qtbot, desk)
    with qtbot.waitSignal(desk.incoming.taken, timeout=PATIENCE):
        page.save()

    (row,) = questions(workspace)
    assert (row.external_number, row.caller.spoken_name) == ("RZ-77", "董女士")
    assert row.text == "公司拖欠两个月工资，\n共三千元。"
    assert (f"{row.at:%Y-%m-%d %H:%M}", row.channel) == ("2026-03-05 09:12", "12345 转办")


def copy_whole(qtbot, desk, window, why="for the bureau"):
    window.verbs[Verb.COPY_INTERNAL].trigger()
    bar = window.exchange.reason
    assert bar.why.hasFocus()
    assert window.ledger.at_hand().number in bar._words.text()
    qtbot.keyClicks(bar.why, why)
    with qtbot.waitSignal(desk.outgoing.told, timeout=PATIENCE):
        qtbot.keyClick(bar.why, Qt.Key.Key_Return)
    assert bar.isHidden()
    assert window.ledger.isAncestorOf(QApplication.focusWidget())


def test_what_was_copied_can_be_pasted_again(qtbot, desk, filled):
    qtbot.waitUntil(lambda: filled.ledger.at_hand() is not None, timeout=PATIENCE)
    copy_whole(qtbot, desk, filled)
    filled.verbs[Verb.IMPORT].trigger()
    page = filled.pages.currentWidget()

    page._paste()
    planned(qtbot, desk)
    take_proposals(qtbot, desk)

    assert desk.incoming.plan.same == 1


def test_cancelled_means_that_nothing_is_open(qtbot, desk, window, importing, table, workspace):
    page = importing(table())

    QTest.keyClick(page, Qt.Key.Key_Escape)

    assert desk.incoming.path is None
    assert window.page is Verb.LEDGER
    assert questions(workspace) == []


@pytest.fixture
def filled(qtbot, desk, window, importing, table):
    page = importing(table())
    take_proposals(qtbot, desk)
    with qtbot.waitSignal(desk.incoming.taken, timeout=PATIENCE):
        page.save()
    page._rows.click()
    qtbot.waitUntil(lambda: desk.outgoing.shown == 3, timeout=PATIENCE)
    return window


def exported(path):
    (headings, *rows) = openpyxl.load_workbook(path)["问题台账"].iter_rows(values_only=True)
    return [dict(zip(headings, row, strict=True)) for row in rows]


def test_what_the_ledger_shows_leaves_masked(qtbot, desk, filled, tmp_path):
    filled.verbs[Verb.EXPORT].trigger()
    page = filled.pages.currentWidget()
    assert isinstance(page, ExportPage)

    with qtbot.waitSignal(desk.outgoing.exported, timeout=PATIENCE):
        page.export_to(tmp_path / "出.xlsx")

    rows = exported(tmp_path / "出.xlsx")
    assert {row["来电人"] for row in rows} == {"董某"}
    assert not [row for row in rows if "00000" in row["联系电话"]]


def test_the_internal_version_asks_why_and_is_noted(qtbot, desk, filled, tmp_path, workspace):
    filled.verbs[Verb.EXPORT].trigger()
    page = filled.pages.currentWidget()
    page._version.choose(1)

    with qtbot.waitSignal(desk.outgoing.warned):
        page.export_to(tmp_path / "出.xlsx")
    page._version.why.setText("上报省总")
    with qtbot.waitSignal(desk.outgoing.exported, timeout=PATIENCE):
        page.export_to(tmp_path / "出.xlsx")

    assert {row["联系电话"] for row in exported(tmp_path / "出.xlsx")} >= {"13800000001"}
    with Ledger.open(workspace.ledger) as ledger:
        (access,) = ledger.kept(Access)
        assert (access.who, access.why) == ("值班员", "上报省总")
        assert "3 条" in access.what


def test_a_file_that_is_no_longer_wanted_is_not_written(qtbot, desk, filled, tmp_path):
    filled.verbs[Verb.EXPORT].trigger()
    page = filled.pages.currentWidget()
    gate, behind = Event(), []
    desk.office.jobs.run(Lane.FILES, lambda: gate.wait(PATIENCE / 1000), owner=desk)
    page.export_to(tmp_path / "出.xlsx")
    assert desk.outgoing.busy

    page._cancel.click()
    assert not desk.outgoing.busy
    gate.set()
    desk.office.jobs.run(Lane.FILES, lambda: True, owner=desk, then=behind.append)
    qtbot.waitUntil(lambda: bool(behind), timeout=PATIENCE)

    assert not (tmp_path / "出.xlsx").exists()
    assert desk.outgoing.written is None
    with qtbot.waitSignal(desk.outgoing.exported, timeout=PATIENCE):
        page.export_to(tmp_path / "出.xlsx")
    assert len(exported(tmp_path / "出.xlsx")) == 3


def test_days_that_are_none_are_told(qtbot, desk, filled):
    filled.verbs[Verb.EXPORT].trigger()
    page = filled.pages.currentWidget()
    page._rows.choose(1)
    page._since.setText("昨天的昨天")

    with qtbot.waitSignal(desk.outgoing.warned):
        page.save()


def test_a_work_order_is_copied_masked_or_in_full(qtbot, desk, filled, workspace):
    filled.open_page(Verb.LEDGER)
    qtbot.waitUntil(lambda: filled.ledger.at_hand() is not None, timeout=PATIENCE)

    with qtbot.waitSignal(desk.outgoing.told, timeout=PATIENCE):
        filled.verbs[Verb.COPY_ORDER].trigger()
    masked = QGuiApplication.clipboard().text()
    copy_whole(qtbot, desk, filled)
    whole = QGuiApplication.clipboard().text()

    assert masked.startswith("对单位保密")
    assert "来电人：董某" in masked
    assert "小红" not in masked
    assert "小红" in whole
    with Ledger.open(workspace.ledger) as ledger:
        assert [access.why for access in ledger.kept(Access)] == ["for the bureau"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_without_a_reason_nothing_whole_is_copied(qtbot, desk, filled, workspace, key):
    filled.open_page(Verb.LEDGER)
    qtbot.waitUntil(lambda: filled.ledger.at_hand() is not None, timeout=PATIENCE)
    before = QApplication.focusWidget()
    QGuiApplication.clipboard().setText("before")
    bar = filled.exchange.reason

    filled.verbs[Verb.COPY_INTERNAL].trigger()
    qtbot.keyClick(bar.why, key)

    stays = key is Qt.Key.Key_Return
    qtbot.waitUntil((bar.why if stays else before).hasFocus)
    assert bar.isVisible() == stays
    assert QGuiApplication.clipboard().text() == "before"
    with Ledger.open(workspace.ledger) as ledger:
        assert ledger.kept(Access) == []
