"""案件 as a list: which ones, several handed over or urged at once, printed by 承办人."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from hotline_desk.domain.casework.cases import ActionKind, NewCase
from hotline_desk.domain.casework.course import Promise
from hotline_desk.domain.publications import Access
from hotline_desk.domain.staff import Staff, StaffKind
from hotline_desk.domain.times import studio_now
from hotline_desk.ledger import Ledger
from hotline_desk.ui.cases.case_list import CaseList
from hotline_desk.ui.cases.case_list_view_model import PAGE, Which
from hotline_desk.ui.cases.deed import Doing
from hotline_desk.ui.kit.keys import Verb
from hotline_desk.ui.ledger.ledger_view_model import SavedView
from hotline_desk.workflows import case_money
from tests.ui.writing import commit

CONTROL = Qt.KeyboardModifier.ControlModifier
PATIENCE = 60_000
BY = "值班员"


@pytest.fixture
def cases(workspace):
    """A late one of nobody's, one that came in today, and one that waits for late money."""
    today = studio_now().date()
    with Ledger.open(workspace.ledger) as ledger:
        for name, kind, advises in (
            ("干部甲", StaffKind.CADRE, ""),
            ("李律师", StaffKind.LAWYER, "某物业公司"),
        ):
            ledger.keep(Staff(name=name, kind=kind, advises=advises, expertise="工资"), by=BY)
        made = [
            ledger.add_case(
                NewCase(received=today - timedelta(days=days), employer=employer, matter=matter,
                        owner=owner, claimed_fen=3_300_000),
                by=BY,
            )
            for days, employer, matter, owner in (
                (40, "某物业公司", "拖欠工资", ""),
                (0, "某物流公司", "没有签合同", "干部甲"),
                (20, "某建筑劳务", "扣押金", "劳模丁"),
            )
        ]  # fmt: skip
        owed = Promise(agreed_fen=100_000, pay_by=today - timedelta(days=9))
        case_money.promise(ledger, made[2].id, owed, basis="", by=BY)
        return [ledger.case(each.id) for each in made]


@pytest.fixture
def listed(qtbot, cases, desk, appearance):
    made = CaseList(desk.cases, appearance)
    qtbot.addWidget(made)
    made.resize(860, 600)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    qtbot.waitUntil(lambda: len(desk.cases.rows) == 3, timeout=PATIENCE)
    return made


def shown(listed):
    model = listed.table.model()
    return [model.index(row, 3).data() for row in range(model.rowCount())]


def choose(qtbot, listed, desk, which):
    with qtbot.waitSignal(desk.cases.rows_changed, timeout=PATIENCE):
        listed._views.button(list(Which).index(which)).click()
    return set(shown(listed))


def ledger_says(qtbot, desk, work):
    got = []
    desk.office.ask(lambda ledger: got.append(work(ledger)), owner=desk)
    qtbot.waitUntil(lambda: bool(got), timeout=PATIENCE)
    return got[0]


def test_each_button_shows_its_cases(qtbot, listed, desk):
    assert choose(qtbot, listed, desk, Which.RED) == {"拖欠工资", "扣押金"}
    assert choose(qtbot, listed, desk, Which.YELLOW) == set()
    assert choose(qtbot, listed, desk, Which.OVERDUE) == {"扣押金"}
    assert choose(qtbot, listed, desk, Which.OWED) == set()
    assert choose(qtbot, listed, desk, Which.ALL) == {"拖欠工资", "没有签合同", "扣押金"}


def test_one_persons_cases_alone(qtbot, listed, desk):
    assert desk.cases.owners == ("劳模丁", "干部甲")
    with qtbot.waitSignal(desk.cases.rows_changed, timeout=PATIENCE):
        listed._owners.chosen.emit("劳模丁")
    assert shown(listed) == ["扣押金"]

    with qtbot.waitSignal(desk.cases.rows_changed, timeout=PATIENCE):
        listed._owners.chosen.emit(listed._anybody)
    assert len(shown(listed)) == 3


def test_what_is_shown_alone_has_its_name_and_esc_puts_it_away(qtbot, listed, desk, cases):
    with qtbot.waitSignal(desk.cases.rows_changed, timeout=PATIENCE):
        desk.cases.show_only([cases[1].id], "黄牌 · 11月")
    assert shown(listed) == ["没有签合同"]
    assert listed._only.text().startswith("来自统计：黄牌 · 11月")

    with qtbot.waitSignal(desk.cases.rows_changed, timeout=PATIENCE):
        qtbot.keyClick(listed.table, Qt.Key.Key_Escape)

    assert len(shown(listed)) == 3
    assert listed._only.isHidden()
    with qtbot.waitSignal(listed.left):
        qtbot.keyClick(listed.table, Qt.Key.Key_Escape)


def test_words_filter_and_an_empty_list_says_so(qtbot, listed, desk):
    desk.cases.filter("某物流")
    qtbot.waitUntil(lambda: shown(listed) == ["没有签合同"], timeout=PATIENCE)

    desk.cases.filter("没有这样的")

    qtbot.waitUntil(listed._empty.isVisible, timeout=PATIENCE)
    assert "清空筛选" in listed._empty.text()


def test_several_are_handed_over_and_taken_back_at_once(qtbot, listed, desk, cases):
    listed.table.setFocus()
    listed.table.selectAll()
    qtbot.keyClick(listed.table, Qt.Key.Key_G, CONTROL)
    qtbot.waitUntil(lambda: listed._people.people.records() != (), timeout=PATIENCE)
    field = QApplication.focusWidget()
    assert field is listed._people.field

    commit(field, "干部")
    with qtbot.waitSignal(desk.cases.reassigned, timeout=PATIENCE):
        qtbot.keyClick(field, Qt.Key.Key_Return)

    owners = [ledger_says(qtbot, desk, lambda led, c=c: led.case(c.id).owner) for c in cases]
    assert owners == ["干部甲"] * 3
    assert listed._hand_sheet.isHidden()
    assert listed.table.hasFocus()

    desk.live.undo()
    qtbot.waitUntil(
        lambda: ledger_says(qtbot, desk, lambda led: led.case(cases[2].id).owner) == "劳模丁",
        timeout=PATIENCE,
    )
    assert ledger_says(qtbot, desk, lambda led: led.case(cases[0].id)) == cases[0]


def test_a_conflict_in_one_of_them_wants_its_reason(qtbot, listed, desk, cases):
    listed.table.selectAll()
    qtbot.keyClick(listed.table, Qt.Key.Key_G, CONTROL)
    qtbot.waitUntil(lambda: listed._people.people.records() != (), timeout=PATIENCE)
    commit(listed._people.field, "李律师")
    qtbot.keyClick(listed._people.field, Qt.Key.Key_Return)
    assert listed._people.reason.hasFocus()
    assert "某物业公司" in listed._people._says.text()
    assert ledger_says(qtbot, desk, lambda led: led.case(cases[0].id)) == cases[0]

    qtbot.keyClicks(listed._people.reason, "advisory contract ended")
    with qtbot.waitSignal(desk.cases.reassigned, timeout=PATIENCE):
        qtbot.keyClick(listed._people.reason, Qt.Key.Key_Return)

    made = ledger_says(qtbot, desk, lambda led: led.case(cases[0].id))
    assert made.owner == "李律师"
    assert any("advisory contract ended" in action.words for action in made.actions)


def test_esc_puts_the_handing_over_away(qtbot, listed, desk, cases):
    listed.table.selectAll()
    qtbot.keyClick(listed.table, Qt.Key.Key_G, CONTROL)
    qtbot.waitUntil(lambda: listed._people.people.records() != (), timeout=PATIENCE)

    qtbot.keyClick(listed._people.field, Qt.Key.Key_Escape)

    assert listed._hand_sheet.isHidden()
    assert ledger_says(qtbot, desk, lambda led: led.case(cases[0].id)) == cases[0]


def test_urging_copies_a_text_and_is_noted(qtbot, listed, desk, cases):
    with qtbot.waitSignal(desk.cases.rows_changed, timeout=PATIENCE):
        desk.cases.choose_owner("劳模丁")
    listed.table.setFocus()
    listed.table.selectAll()

    with qtbot.waitSignal(desk.cases.told, timeout=PATIENCE) as told:
        qtbot.keyClick(listed.table, Qt.Key.Key_U, CONTROL)

    assert told.args[0].startswith(f"{cases[2].number} 的催办文本已复制。")
    assert cases[2].number in QApplication.clipboard().text()
    made = ledger_says(qtbot, desk, lambda led: led.case(cases[2].id))
    assert made.actions[-1].kind is ActionKind.URGED


def test_cases_of_several_people_are_not_urged_in_one_text(qtbot, listed, desk, cases):
    listed.table.selectAll()

    with qtbot.waitSignal(desk.cases.failed, timeout=PATIENCE) as failed:
        listed.urge()

    assert "不是同一位承办人" in str(failed.args[0])
    assert ledger_says(qtbot, desk, lambda led: led.case(cases[0].id)) == cases[0]


def add_a_page(ledger):
    """Add as many cases as are read at a time, received before the three of the list."""
    day = studio_now().date() - timedelta(days=60)
    with ledger.together():
        for at in range(PAGE):
            ledger.add_case(NewCase(received=day, matter="咨询", people=2 + at), by=BY)


def test_more_than_a_page_is_read_as_one_gets_there(qtbot, listed, desk):
    ledger_says(qtbot, desk, add_a_page)
    choose(qtbot, listed, desk, Which.ALL)
    assert len(desk.cases.rows) == PAGE
    assert "往下翻" in listed._count.text()

    listed.table.scrollToBottom()

    qtbot.waitUntil(lambda: len(desk.cases.rows) == PAGE + 3, timeout=PATIENCE)
    assert listed._count.text() == f"{PAGE + 3} 件"


def test_a_header_sorts_all_of_them_and_not_those_that_were_read(qtbot, listed, desk):
    ledger_says(qtbot, desk, add_a_page)
    choose(qtbot, listed, desk, Which.ALL)
    assert len(desk.cases.rows) == PAGE
    model, header = listed.table.model(), listed.table.horizontalHeader()
    heads = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(model.columnCount())]
    people = heads.index("人数")
    place = header.sectionViewportPosition(people) + header.sectionSize(people) // 2

    for _ in range(2):  # the most first
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton,
                         pos=QPoint(place, header.height() // 2))  # fmt: skip

    qtbot.waitUntil(lambda: len(desk.cases.rows) == PAGE + 3, timeout=PATIENCE)
    shown = [model.index(row, people).data() for row in range(model.rowCount())]
    assert len(shown) == PAGE + 3
    assert [words.split()[0] for words in shown[:PAGE]] in (
        [str(2 + at) for at in range(PAGE)], [str(1 + PAGE - at) for at in range(PAGE)],
    )  # fmt: skip
    assert not desk.cases.more


def test_the_page_has_them_and_enter_goes_to_what_is_next(qtbot, cases, window):
    window.open_page(Verb.LEDGER)
    window.ledger.choose_view(SavedView.CASES)
    qtbot.waitUntil(lambda: len(window.desk.cases.rows) == 3, timeout=PATIENCE)
    qtbot.waitUntil(lambda: window.desk.case.case is not None, timeout=PATIENCE)
    table = window.ledger.cases.table
    table.setFocus()

    qtbot.keyClick(table, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: QApplication.focusWidget().objectName() == "note", timeout=PATIENCE)


def test_the_lists_by_person_are_printed_and_shown(qtbot, cases, window):
    window.open_page(Verb.LEDGER)
    window.ledger.choose_view(SavedView.CASES)
    qtbot.waitUntil(lambda: len(window.desk.cases.rows) == 3, timeout=PATIENCE)

    window.ledger.cases.print_asked.emit()
    assert window.papers.page is None
    reason = window.ledger.reason
    assert reason.why.hasFocus()
    commit(reason.why, "发给承办人")
    qtbot.keyClick(reason.why, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: window.papers.page is not None, timeout=PATIENCE)
    assert window.papers.page.pages == 3  # one for each person, and for what nobody has
    with Ledger.open(window.desk.office.workspace.ledger) as ledger:
        assert [access.why for access in ledger.kept(Access)] == ["发给承办人"]


@pytest.fixture
def page(qtbot, cases, window):
    """The ledger page at its cases, the first one lit and in the panel."""
    window.open_page(Verb.LEDGER)
    window.ledger.choose_view(SavedView.CASES)
    qtbot.waitUntil(lambda: len(window.desk.cases.rows) == 3, timeout=PATIENCE)
    window.ledger.cases.table.setFocus()
    qtbot.waitUntil(lambda: in_panel(window) in lit(window.ledger), timeout=PATIENCE)
    return window.ledger


def lit(page):
    return [case.number for case in page.cases.selected()]


def in_panel(window):
    case = window.desk.case.case
    return case.number if case is not None and window.desk.case.read else ""


@pytest.mark.parametrize("held", [Qt.KeyboardModifier.NoModifier, CONTROL])
def test_the_lit_row_and_the_panel_go_to_the_ends_together(qtbot, page, window, held):
    table = page.cases.table
    for key in (Qt.Key.Key_End, Qt.Key.Key_Home, Qt.Key.Key_Down):
        qtbot.keyClick(table, key, held)
        assert lit(page) == [page.cases.current().number]
        assert lit(page) == [table.model().index(table.currentIndex().row(), 1).data()]
        qtbot.waitUntil(lambda: [in_panel(window)] == lit(page), timeout=PATIENCE)
    qtbot.keyClick(table, Qt.Key.Key_End, held)
    assert table.currentIndex().row() == table.model().rowCount() - 1


def test_a_row_that_goes_dark_among_several_leaves_the_panel_to_a_lit_one(qtbot, page, window):
    table = page.cases.table
    table.selectAll()
    place = table.visualRect(table.model().index(1, 1)).center()

    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, CONTROL, place)

    assert len(lit(page)) == 2
    assert page.cases.current().number in lit(page)
    qtbot.waitUntil(lambda: in_panel(window) in lit(page), timeout=PATIENCE)


def test_a_case_that_leaves_the_list_stays_in_the_panel(qtbot, page, window, cases):
    desk, table = window.desk, page.cases.table
    chosen = in_panel(window)
    deed = next(each for each in desk.case.deeds if each.doing is Doing.CLOSE)
    given = {field.name: field.value for field in deed.fields}
    given |= {"way": "案前调解", "told_on": "今天"}

    assert desk.case.do(deed, given)
    qtbot.waitUntil(lambda: len(desk.cases.rows) == 2, timeout=PATIENCE)

    assert chosen in window.messages.text
    assert table.hasFocus()
    assert lit(page) == []
    assert page.at_hand() is None
    qtbot.keyClick(table, Qt.Key.Key_Return)  # on with it: it is what one looks at
    assert page._case.isAncestorOf(QApplication.focusWidget())
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    qtbot.keyClick(table, Qt.Key.Key_U, CONTROL)
    assert "先选中" in window.messages.text
    with qtbot.waitSignal(desk.case.shown, timeout=PATIENCE):
        assert desk.case.write("agreed", "3万")
    assert f"{chosen} 已记下协议金额" in window.messages.text
    assert in_panel(window) == chosen
    assert desk.case.case.promise.agreed_fen == 3_000_000

    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: [in_panel(window)] == lit(page), timeout=PATIENCE)
    assert in_panel(window) != chosen


def test_what_comes_back_to_the_list_is_lit_again(qtbot, page, window):
    chosen = in_panel(window)
    deed = next(each for each in window.desk.case.deeds if each.doing is Doing.CLOSE)
    given = {field.name: field.value for field in deed.fields}
    assert window.desk.case.do(deed, given | {"way": "案前调解", "told_on": "今天"})
    qtbot.waitUntil(lambda: len(window.desk.cases.rows) == 2, timeout=PATIENCE)

    window.desk.live.undo()

    qtbot.waitUntil(lambda: lit(page) == [chosen], timeout=PATIENCE)
    assert in_panel(window) == chosen


def test_another_choice_of_cases_begins_with_its_first(qtbot, page, window):
    with qtbot.waitSignal(window.desk.cases.rows_changed, timeout=PATIENCE):
        page.cases._views.button(list(Which).index(Which.OVERDUE)).click()

    assert len(lit(page)) == 1
    qtbot.waitUntil(lambda: [in_panel(window)] == lit(page), timeout=PATIENCE)
