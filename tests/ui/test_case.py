"""案件: opened with a key, followed by its deeds to its end, its fields written when left."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from hotline_desk.domain.calls import Caller, Gender, NewCall
from hotline_desk.domain.cases import Party, Route
from hotline_desk.domain.categories import Category
from hotline_desk.domain.course import Course, Fulfilment
from hotline_desk.domain.deadlines import Outcome
from hotline_desk.domain.questions import Handling, Kind, NewQuestion
from hotline_desk.domain.times import studio_now
from hotline_desk.ui.case_fields import RouteTick
from hotline_desk.ui.deed import Doing, Shape
from hotline_desk.ui.keys import Verb
from hotline_desk.ui.ledger_view_model import SavedView

CONTROL = Qt.KeyboardModifier.ControlModifier
PATIENCE = 60_000
BY = "值班员"
FIVE = "用人单位 事项 金额 时间 证据"


@pytest.fixture
def ask(qtbot, desk):
    """Return a function that has the ledger asked in its lane."""

    def ask_(work):
        got = []
        desk.office.ask(lambda ledger: got.append(work(ledger)), owner=desk)
        qtbot.waitUntil(lambda: bool(got), timeout=PATIENCE)
        return got[0]

    return ask_


@pytest.fixture
def question(ask, desk):
    """Eleven cleaners' question, with the call that it came by."""

    def file(ledger):
        caller = Caller(name="董", title=Gender.WOMAN, employer="某物业公司")
        call = ledger.add_call(NewCall(episode=None, caller=caller, at=studio_now()), by=BY)
        return ledger.add_question(
            NewQuestion(
                episode=None, call_id=call.id, category=Category.WAGES, kind=Kind.REQUEST,
                point="拖欠两个月工资", people=11, amount_fen=3_300_000, at=studio_now(),
            ),
            by=BY,
        )  # fmt: skip

    return ask(file)


@pytest.fixture
def case(qtbot, desk, question):
    """The view model with a case opened for the question."""
    desk.case.show_question(question)
    qtbot.waitUntil(lambda: desk.case.sheet.question == question, timeout=PATIENCE)
    desk.case.open([question.id])
    qtbot.waitUntil(lambda: desk.case.case is not None, timeout=PATIENCE)
    return desk.case


def deed(case, doing, to=None):
    return next(each for each in case.deeds if each.doing is doing and to in {None, each.to})


def do(qtbot, case, doing, to=None, **given):
    """Do it with what its fields begin with, except what is *given*."""
    wanted = deed(case, doing, to)
    known = {field.name: field.value for field in wanted.fields}
    assert set(given) <= set(known)
    with qtbot.waitSignal(case.shown, timeout=PATIENCE):
        assert case.do(wanted, known | given)


def test_a_case_is_followed_from_the_call_to_the_money_and_back(qtbot, case):
    today = studio_now().date()
    assert case.deeds[0].doing is Doing.CONTACT
    do(qtbot, case, Doing.CONTACT, note="要求月底前付清", facts=FIVE)
    assert case.case.course is Course.CONTACTED
    with qtbot.waitSignal(case.shown, timeout=PATIENCE):
        case.assign("劳模调解员丁")
    with qtbot.waitSignal(case.shown, timeout=PATIENCE):
        assert case.write("route", Route.MODEL_WORKER.value)

    assert case.deeds[0].doing is Doing.PLAN
    do(qtbot, case, Doing.PLAN, parts="事实 证据 措施", grade="复杂", reason="十人以上")
    assert case.case.course is Course.PLANNED
    do(qtbot, case, Doing.ADVANCE, Course.MEDIATING)
    with qtbot.waitSignal(case.shown, timeout=PATIENCE):
        assert case.write("agreed", "3.3万")
    do(qtbot, case, Doing.CLOSE, way="调解成功")
    assert case.case.course is Course.MEDIATED
    assert case.sheet.clock.outcome is Outcome.ON_TIME

    assert case.deeds[0].doing is Doing.PAYMENT
    do(qtbot, case, Doing.PAYMENT, fen="33000")
    assert case.case.promise.fulfilment(today) is Fulfilment.FULFILLED
    assert case.deeds[0].doing is Doing.FINISH
    do(qtbot, case, Doing.FINISH, way="履行完毕")

    do(qtbot, case, Doing.CALL_BACK, satisfaction="不满意")
    assert case.deeds[0].doing is Doing.AGAIN
    do(qtbot, case, Doing.AGAIN)
    assert case.case.course is Course.TO_CONTACT


def test_pause_extension_and_grade_are_deeds_too(qtbot, case):
    later = (studio_now().date() + timedelta(days=20)).isoformat()
    do(qtbot, case, Doing.EXTEND, days="3", reason="证据在外地", approver="分管领导")
    do(qtbot, case, Doing.PAUSE, reason="等鉴定或认定", expected=later)
    assert case.deeds[0].doing is Doing.RESUME
    do(qtbot, case, Doing.RESUME)
    do(qtbot, case, Doing.PLAN, grade="一般")
    do(qtbot, case, Doing.GRADE, grade="复杂", reason="需要鉴定", approver="分管领导")

    assert case.case.events.extension.days == 3
    assert case.sheet.clock.pause is None
    assert case.case.events.grade == "复杂"


@pytest.mark.parametrize(
    ("doing", "given", "said"),
    [
        (Doing.CONTACT, {}, "写一句说了什么"),
        (Doing.PLAN, {}, "先勾上"),
        (Doing.CONTACT, {"at": "中午"}, "11-25 09:10"),
        (Doing.CONTACT, {"at": "明天 09:10"}, "不能晚于现在"),
        (Doing.PLAN, {"on": "明天"}, "不能晚于今天"),
        (Doing.PLAN, {"told_on": "月底"}, "告知职工的日子请写成"),
        (Doing.CLOSE, {}, "还没有选办结方式"),
        (Doing.PAUSE, {"reason": "不可抗力"}, "还没有填预计恢复日"),
        (Doing.EXTEND, {"days": "五"}, "写成数字"),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_done(qtbot, case, doing, given, said):
    before, wanted = case.case, deed(case, doing)
    known = {field.name: field.value for field in wanted.fields}

    with qtbot.waitSignal(case.warned, timeout=PATIENCE) as warned:
        assert not case.do(wanted, known | given)

    assert said in warned.args[0]
    assert case.case == before


def test_a_key_pressed_twice_does_it_once(qtbot, case):
    wanted = deed(case, Doing.CONTACT)
    known = {field.name: field.value for field in wanted.fields} | {"note": "再打来"}
    before = len(case.case.events.contacts)

    with qtbot.waitSignal(case.shown, timeout=PATIENCE):
        assert case.do(wanted, known)
        assert not case.do(wanted, known)

    assert len(case.case.events.contacts) == before + 1


def test_what_the_rules_refuse_is_said_once(qtbot, case):
    wanted = deed(case, Doing.CLOSE)
    known = {field.name: field.value for field in wanted.fields}

    with qtbot.waitSignal(case.failed, timeout=PATIENCE) as failed:
        case.do(wanted, known | {"way": "调解成功"})

    assert "先调解" in str(failed.args[0])


def test_what_is_missing_is_named(qtbot, case):
    with qtbot.waitSignal(case.told, timeout=PATIENCE) as told:
        wanted = deed(case, Doing.CONTACT)
        known = {field.name: field.value for field in wanted.fields}
        case.do(wanted, known | {"note": "下午再打"})

    assert told.args[0].endswith("还差：时间、证据，联系这一步还没有完成。")


def test_eleven_people_are_proposed_as_complex(case):
    fields = {field.name: field for field in deed(case, Doing.PLAN).fields}

    assert fields["grade"].proposal == "复杂"
    assert fields["reason"].proposal == "十人以上"
    assert fields["grade"].value == ""
    assert fields["parts"].shape is Shape.TICKS


def test_a_route_is_proposed_from_what_is_ticked_and_taken_by_a_person(qtbot, case):
    assert case.route is None
    case.tick(RouteTick.LAWYER, on=True)
    case.tick(RouteTick.MIGRANT, on=True)

    assert case.route.route is Route.LEGAL_AID
    assert "免予核查经济困难" in case.route.reason
    assert case.case.route is None

    with qtbot.waitSignal(case.shown, timeout=PATIENCE):
        case.accept_route()

    assert case.case.route is Route.LEGAL_AID


def test_several_departments_are_a_route_of_their_own(qtbot, case):
    with qtbot.waitSignal(case.shown, timeout=PATIENCE):
        assert case.write("helpers", "人社、住建")

    assert case.route.route is Route.JOINT
    case.decline_route()
    assert case.route is None


def test_parties_are_written_one_a_line_and_keep_what_they_received(qtbot, case):
    with qtbot.waitSignal(case.shown, timeout=PATIENCE):
        assert case.write("parties", "董某 3000\n欧阳某，3,000 元\n李某")
    assert case.case.parties == (
        Party(name="董某", claimed_fen=300_000),
        Party(name="欧阳某", claimed_fen=300_000),
        Party(name="李某"),
    )
    for field, value in (("agreed", "33000"), ("pay_by", "昨天")):
        with qtbot.waitSignal(case.shown, timeout=PATIENCE):
            assert case.write(field, value)
    do(qtbot, case, Doing.CLOSE, way="案前调解")
    do(qtbot, case, Doing.PAYMENT, fen="1000", party="欧阳某")

    with qtbot.waitSignal(case.shown, timeout=PATIENCE):
        assert case.write("parties", case.text("parties").replace("董某 3,000 元\n", ""))

    assert [party.name for party in case.case.parties] == ["欧阳某", "李某"]
    assert case.case.parties[0].received_fen == 100_000
    assert case.case.parties[0].claimed_fen == 300_000


@pytest.mark.parametrize(("field", "text"), [("agreed", "很多"), ("pay_by", "月底"),
                                             ("parties", "董某 3.3.3")])  # fmt: skip
def test_a_field_that_is_not_understood_says_so(qtbot, case, field, text):
    before = case.case

    with qtbot.waitSignal(case.warned, timeout=PATIENCE):
        assert not case.write(field, text)

    assert case.case == before


def test_undoing_the_opening_leaves_the_question_without_a_case(qtbot, case, desk, question, ask):
    desk.live.undo()

    qtbot.waitUntil(lambda: case.case is None, timeout=PATIENCE)
    assert ask(lambda ledger: ledger.question(question.id)) == question
    assert case.sheet.question == question


# In the window


@pytest.fixture
def panel(qtbot, window, question):
    """The ledger page with the question selected."""
    window.open_page(Verb.LEDGER)
    window.ledger.choose_view(SavedView.ALL)
    qtbot.waitUntil(lambda: window.ledger._current() == question, timeout=PATIENCE)
    qtbot.waitUntil(lambda: window.desk.case.sheet.question == question, timeout=PATIENCE)
    return window.ledger._case


def words(widget):
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_a_key_opens_the_case_and_its_clock_is_shown(qtbot, window, panel, ask, question):
    qtbot.keyClick(window, Qt.Key.Key_J, CONTROL)

    qtbot.waitUntil(lambda: window.desk.case.case is not None, timeout=PATIENCE)
    case = window.desk.case.case
    assert ask(lambda ledger: ledger.question(question.id)).handling is Handling.CASE
    for expected in (case.number, "待联系", "集体争议", "11 人", "33,000 元", "联系："):
        assert expected in words(panel)
    assert "已立案" in window.messages.text

    qtbot.keyClick(window, Qt.Key.Key_J, CONTROL)

    assert "已经立案" in window.messages.text


def test_a_case_is_no_wider_than_its_panel(qtbot, window, panel):
    qtbot.keyClick(window, Qt.Key.Key_J, CONTROL)
    qtbot.waitUntil(lambda: "集体争议" in words(panel), timeout=PATIENCE)

    assert panel.viewport().width() < window.ledger.splitter.width() * 2 // 5
    assert panel._sheet.minimumSizeHint().width() <= panel.viewport().width()
    assert panel.widget().width() <= panel.viewport().width()


def test_on_another_page_the_key_says_where_it_works(qtbot, window):
    window.open_page(Verb.STATISTICS)

    qtbot.keyClick(window, Qt.Key.Key_J, CONTROL)

    assert "台账（Ctrl+2）" in window.messages.text


def test_a_field_is_in_the_ledger_once_it_is_left(qtbot, window, panel, question):
    qtbot.keyClick(window, Qt.Key.Key_J, CONTROL)
    qtbot.waitUntil(lambda: window.desk.case.case is not None, timeout=PATIENCE)
    panel.folds.open("basics")
    matter = panel.folds.basics.fields["matter"]

    matter.setFocus()
    matter.selectAll()
    qtbot.keyClicks(matter, "wages")
    qtbot.keyClick(matter, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: window.desk.case.case.matter == "wages", timeout=PATIENCE)


def test_what_is_being_typed_outlives_a_change_of_the_ledger(qtbot, window, panel):
    qtbot.keyClick(window, Qt.Key.Key_J, CONTROL)
    qtbot.waitUntil(lambda: window.desk.case.case is not None, timeout=PATIENCE)
    panel.begin(Doing.CONTACT)
    note = QApplication.focusWidget()
    qtbot.keyClicks(note, "half a sentence")

    with qtbot.waitSignal(window.desk.case.shown, timeout=PATIENCE):
        window.desk.case.assign("干部甲")

    assert QApplication.focusWidget() is note
    assert note.text() == "half a sentence"


def test_a_bare_key_notes_no_contact_and_goes_to_what_is_to_be_written(qtbot, window, panel):
    qtbot.keyClick(window, Qt.Key.Key_J, CONTROL)
    qtbot.waitUntil(lambda: window.desk.case.case is not None, timeout=PATIENCE)
    before = window.desk.case.case
    panel.begin()
    panel._deeds.order[-1].setFocus()

    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_S, CONTROL)

    assert "写一句说了什么" in window.messages.text
    assert QApplication.focusWidget().objectName() == "note"
    assert window.desk.case.case == before


def test_what_was_refused_still_stands_there(qtbot, window, panel, caplog):
    qtbot.keyClick(window, Qt.Key.Key_J, CONTROL)
    qtbot.waitUntil(lambda: window.desk.case.case is not None, timeout=PATIENCE)
    panel.begin(Doing.EXTEND)
    days = QApplication.focusWidget()
    qtbot.keyClicks(days, "9")

    with qtbot.waitSignal(window.desk.case.failed, timeout=PATIENCE):
        qtbot.keyClick(days, Qt.Key.Key_S, CONTROL)

    assert "最多延 5 个工作日" in window.messages.text
    assert days.text() == "9"
    assert days.hasFocus()
    caplog.clear()


def test_escape_goes_back_to_the_rows(qtbot, window, panel):
    qtbot.keyClick(window, Qt.Key.Key_J, CONTROL)
    qtbot.waitUntil(lambda: window.desk.case.case is not None, timeout=PATIENCE)
    panel.begin()

    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)

    assert window.ledger._table.hasFocus()


def test_tab_goes_in_reading_order(qtbot, window, panel):
    qtbot.keyClick(window, Qt.Key.Key_J, CONTROL)
    qtbot.waitUntil(lambda: window.desk.case.case is not None, timeout=PATIENCE)
    for name in ("owner", "money", "basics"):
        panel.folds.open(name)
    panel.begin(Doing.CONTACT)

    places = []
    while QApplication.focusWidget() is not panel.folds.basics.fields["keeping"]:
        focus = QApplication.focusWidget()
        places.append(focus.mapTo(panel.widget(), focus.rect().topLeft()).y())
        assert panel.isAncestorOf(focus)
        qtbot.keyClick(focus, Qt.Key.Key_Tab)

    assert len(places) > 25
    assert places == sorted(places)


def test_a_change_of_the_case_keeps_the_focus_in_its_place(qtbot, window, panel):
    qtbot.keyClick(window, Qt.Key.Key_J, CONTROL)
    qtbot.waitUntil(lambda: window.desk.case.case is not None, timeout=PATIENCE)
    panel.begin(Doing.CONTACT)

    with qtbot.waitSignal(window.desk.case.shown, timeout=PATIENCE):
        window.desk.case.assign("干部甲")
    window.desk.case.tick(RouteTick.LAWYER, on=True)

    assert QApplication.focusWidget().objectName() == "note"


def test_ctrl_s_in_a_field_does_no_deed(qtbot, window, panel):
    qtbot.keyClick(window, Qt.Key.Key_J, CONTROL)
    qtbot.waitUntil(lambda: window.desk.case.case is not None, timeout=PATIENCE)
    contacts = window.desk.case.case.events.contacts
    panel.folds.open("basics")
    number = panel.folds.basics.fields["external_number"]

    number.setFocus()
    qtbot.keyClicks(number, "12345-7")
    qtbot.keyClick(number, Qt.Key.Key_S, CONTROL)

    qtbot.waitUntil(lambda: window.desk.case.case.external_number == "12345-7", timeout=PATIENCE)
    assert window.desk.case.case.events.contacts == contacts


def test_several_rows_become_one_case_and_a_later_one_joins_it(qtbot, window, panel, ask, question):
    def another(ledger):
        return ledger.add_question(
            NewQuestion(episode=None, point="会不会被辞退", at=studio_now()), by=BY
        )

    table = window.ledger._table
    for count in (2, 3):
        ask(another)
        window.desk.ledger.refresh()
        qtbot.waitUntil(lambda count=count: len(table.rows.ids) == count, timeout=PATIENCE)
        table.setFocus()
        table.selectAll()
        qtbot.keyClick(table, Qt.Key.Key_J, CONTROL)
        qtbot.waitUntil(
            lambda count=count: f"问题 {count} 条" in window.messages.text, timeout=PATIENCE
        )

    case = ask(lambda ledger: ledger.case_of(question.id))
    assert len(case.questions) == 3
    assert ask(lambda ledger: len(ledger.cases())) == 1
