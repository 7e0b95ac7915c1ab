"""The leaf of a case: what is not next under plain headings, and deeds beside the course."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QToolButton

from hotline_desk.domain.casework.cases import ActionKind, NewCase, Party
from hotline_desk.domain.casework.letters import LetterKind
from hotline_desk.domain.keeping import Keeping, Retention
from hotline_desk.domain.questions import Kind, NewQuestion
from hotline_desk.domain.staff import ServicePoint
from hotline_desk.domain.times import studio_now
from hotline_desk.ledger import Ledger
from hotline_desk.ui.cases.case_fields import RouteTick
from hotline_desk.ui.cases.case_panel import CasePanel
from hotline_desk.ui.cases.deed import Doing
from hotline_desk.workflows import case_money

CONTROL = Qt.KeyboardModifier.ControlModifier
PATIENCE = 60_000
BY = "值班员"
PANEL = 350
"""The narrowest that it gets."""
LONGEST = "某某物业管理服务（日照）有限公司第三分公司东港项目部"


def a_question(**given):
    return NewQuestion(episode=None, at=studio_now(), kind=Kind.REQUEST, **given)


@pytest.fixture
def case(workspace):
    """A case of two questions and two workers, thirty days old, and one that is much like it."""
    today = studio_now().date()
    with Ledger.open(workspace.ledger) as ledger:
        ledger.keep(ServicePoint(name="东港区职工服务中心", phone="0633-1234567"), by=BY)
        questions = [
            ledger.add_question(a_question(point=point), by=BY).id
            for point in ("拖欠两个月工资，要求补发并给付加付赔偿金", "会不会被辞退")
        ]
        new = NewCase(
            received=today - timedelta(days=30), questions=tuple(questions), employer=LONGEST,
            matter="拖欠工资", people=11, claimed_fen=3_300_000,
        )  # fmt: skip
        made = ledger.add_case(new, by=BY)
        parties = [Party(name="董某", claimed_fen=300_000), Party(name="欧阳某")]
        case_money.note_parties(ledger, made.id, parties, by=BY)
        ledger.add_case(NewCase(received=today, employer=LONGEST, matter="拖欠工资"), by=BY)
        return ledger.case(made.id)


@pytest.fixture
def leaf(qtbot, case, desk, appearance):
    """The case's leaf in the narrowest panel."""
    panel = CasePanel(desk.case, QAction("立案"), appearance)
    qtbot.addWidget(panel)
    panel.resize(PANEL, 690)
    panel.show()
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    desk.case.show_case(case.id)
    qtbot.waitUntil(lambda: desk.case.case is not None, timeout=PATIENCE)
    return panel


def do(qtbot, desk, doing, **given):
    """Do it with what its fields begin with, except what is *given*; return the case."""
    deed = next(each for each in desk.case.deeds if each.doing is doing)
    known = {field.name: field.value for field in deed.fields}
    assert set(given) <= set(known)
    with qtbot.waitSignal(desk.case.shown, timeout=PATIENCE):
        assert desk.case.do(deed, known | given)
    return desk.case.case


def words(widget):
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def says(qtbot, widget, text):
    qtbot.waitUntil(lambda: text in words(widget), timeout=PATIENCE)


def options(desk, doing, name):
    deed = next(each for each in desk.case.deeds if each.doing is doing)
    return next(field for field in deed.fields if field.name == name).options


def test_what_is_next_stands_alone_and_the_rest_is_folded(qtbot, leaf, desk):
    assert not leaf.folds._folds["basics"].is_open
    assert leaf.folds._folds["owner"].is_open  # nobody has it yet

    with qtbot.waitSignal(desk.case.shown, timeout=PATIENCE):
        desk.case.assign("干部甲")
    leaf.folds._case_id = None  # as when one comes back to it
    leaf.folds.show_case(desk.case.sheet, desk.case.case)

    assert not leaf.folds._folds["owner"].is_open
    assert "干部甲" in leaf.folds._folds["owner"]._says.words


def test_nothing_is_wider_than_the_leaf(leaf, qtbot):
    for fold in leaf.folds._folds.values():
        fold.open()
    leaf._deeds._turn_more()
    for doing in (Doing.LETTER, Doing.MERGE, Doing.DAY, Doing.REFER, Doing.CONTACT):
        leaf.begin(doing)
        assert leaf.widget().minimumSizeHint().width() <= leaf.viewport().width(), doing
    for button in leaf._deeds._buttons:
        assert button.width() >= button.sizeHint().width(), button.text()


@pytest.mark.parametrize(
    ("name", "text", "kept"),
    [
        ("matter", "克扣工资", "克扣工资"),
        ("people", "12 人", 12),
        ("claimed_fen", "3.6万", 3_600_000),
        ("external_number", "12345-2026-7", "12345-2026-7"),
        ("keeping", "永久", Keeping.FOREVER),
        ("notes", "第一行\n第二行", "第一行\n第二行"),
        ("results", "继续聘用", "继续聘用"),
    ],
)
def test_each_field_is_written_and_taken_back(qtbot, leaf, desk, case, name, text, kept):
    with qtbot.waitSignal(desk.case.shown, timeout=PATIENCE):
        assert desk.case.write(name, text)
    assert getattr(desk.case.case, name) == kept

    desk.live.undo()

    qtbot.waitUntil(lambda: desk.case.case == case, timeout=PATIENCE)


def test_what_keeps_a_case_from_being_deleted_is_chosen_and_let_go_in_it(qtbot, leaf, desk, case):
    leaf.folds.open("basics")
    retained = leaf.folds.basics.fields["retained"]
    retained.setFocus()

    qtbot.keyClick(retained, Qt.Key.Key_Down)
    with qtbot.waitSignal(desk.case.shown, timeout=PATIENCE):
        qtbot.keyClick(retained, Qt.Key.Key_Return)
    assert desk.case.case.retained is Retention.BY_LAW
    retained.setFocus()
    qtbot.keyClick(retained, Qt.Key.Key_Up)
    with qtbot.waitSignal(desk.case.shown, timeout=PATIENCE):
        qtbot.keyClick(retained, Qt.Key.Key_Return)
    assert desk.case.case.retained is None
    with qtbot.waitSignal(desk.case.shown, timeout=PATIENCE):
        desk.live.undo()

    assert desk.case.case.retained is Retention.BY_LAW
    assert retained.currentText() == "依法留存"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("people", "很多", "写成数字"),
        ("claimed_fen", "若干", "3.3万"),
        ("agreed_on", "月底", "12-10"),
    ],
)
def test_what_is_not_understood_is_said_in_words(qtbot, leaf, desk, case, name, text, said):
    with qtbot.waitSignal(desk.case.warned, timeout=PATIENCE) as warned:
        assert not desk.case.write(name, text)

    assert said in warned.args[0]
    assert desk.case.case == case


def test_enter_belongs_to_the_input_method_while_it_composes(qtbot, leaf, desk, case):
    leaf.folds.open("basics")
    matter = leaf.folds.basics.fields["matter"]
    matter.setFocus()
    matter.selectAll()

    QApplication.sendEvent(matter, QInputMethodEvent("ke kou", []))
    qtbot.keyClick(matter, Qt.Key.Key_Return)
    assert matter.hasFocus()
    assert desk.case.case.matter == case.matter

    done = QInputMethodEvent()
    done.setCommitString("克扣工资")
    QApplication.sendEvent(matter, done)
    qtbot.keyClick(matter, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: desk.case.case.matter == "克扣工资", timeout=PATIENCE)


def test_a_button_of_a_fold_goes_to_the_first_field_of_its_deed(qtbot, leaf):
    leaf.folds._buttons[Doing.LETTER].click()

    assert QApplication.focusWidget().objectName() == "kind"
    says(qtbot, leaf._deeds, "发函")


def test_a_letter_is_numbered_and_its_answer_noted(qtbot, leaf, desk):
    sent = (studio_now().date() - timedelta(days=9)).isoformat()
    do(qtbot, desk, Doing.LETTER, kind="提示函", recipient=LONGEST, subject="限期付清",
       on=sent, answer_by="昨天")  # fmt: skip
    (letter,) = desk.case.sheet.around.letters
    assert letter.kind is LetterKind.REMINDER
    assert letter.number
    leaf.folds.open("letters")
    says(qtbot, leaf.folds._letters, "逾期未答复")

    do(qtbot, desk, Doing.ANSWER, letter=options(desk, Doing.ANSWER, "letter")[1], answer="已付清")

    says(qtbot, leaf.folds._letters, "答复：已付清")
    assert Doing.ANSWER not in {deed.doing for deed in desk.case.deeds}


@pytest.mark.parametrize(
    ("doing", "kind"),
    [(Doing.SUPERVISE, ActionKind.SUPERVISED), (Doing.CHECK, ActionKind.CHECKED)],
)
def test_what_is_done_beside_the_course_stands_in_the_log(qtbot, leaf, desk, doing, kind):
    made = do(qtbot, desk, doing, words="月底前把余款催到位")

    assert [(action.kind, action.words) for action in made.actions] == [
        (kind, "月底前把余款催到位")
    ]
    leaf.folds.open("log")
    says(qtbot, leaf.folds._log, "月底前把余款催到位")


def test_urging_and_referring_copy_their_texts(qtbot, leaf, desk):
    made = do(qtbot, desk, Doing.URGE, whom="用人单位")
    assert LONGEST in QApplication.clipboard().text()
    assert "董某" not in QApplication.clipboard().text()
    assert made.actions[-1].kind is ActionKind.URGED

    do(qtbot, desk, Doing.REFER, point="东港区职工服务中心")

    assert "0633-1234567" in QApplication.clipboard().text()


def test_a_day_of_the_law_brings_what_lapses_first_to_the_top(qtbot, leaf, desk):
    day = (studio_now().date() - timedelta(days=300)).isoformat()
    do(qtbot, desk, Doing.DAY, event="离职", day=day)

    says(qtbot, leaf._head, "时效提醒（供律师核对）：就拖欠的工资申请劳动仲裁")

    with qtbot.waitSignal(desk.case.shown, timeout=PATIENCE):
        deed = next(each for each in desk.case.deeds if each.doing is Doing.DAY)
        assert desk.case.do(deed, {"event": "离职", "day": ""})
    assert "时效提醒" not in words(leaf._head)


@pytest.mark.parametrize(
    ("event", "day", "fault"),
    [("离职", "2099-01-01", "不能晚于今天"), ("离职", "", "还没有填")],
)
def test_a_day_that_has_not_come_or_is_not_written_is_not_noted(
    qtbot, leaf, desk, case, event, day, fault
):
    deed = next(each for each in desk.case.deeds if each.doing is Doing.DAY)

    with qtbot.waitSignal(desk.case.warned, timeout=PATIENCE) as warned:
        assert not desk.case.do(deed, {"event": event, "day": day})

    assert fault in warned.args[0]
    assert desk.case.case.days == case.days


def test_what_is_known_of_days_is_said_when_one_is_noted_and_taken_out(qtbot, leaf, desk):
    do(qtbot, desk, Doing.DAY, event="裁判规定的履行期届满", day="2099-01-01")
    told = []
    desk.case.told.connect(told.append)

    do(qtbot, desk, Doing.DAY, event="离职", day="2026-03-01")
    do(qtbot, desk, Doing.DAY, event="离职", day="")
    do(qtbot, desk, Doing.DAY, event="裁判规定的履行期届满", day="")

    assert ["离职" in words for words in told] == [True, False, False]
    assert "已记" not in told[-1]


def test_an_interruption_begins_the_time_anew(qtbot, leaf, desk):
    today = studio_now().date()
    do(qtbot, desk, Doing.DAY, event="知道权利受到侵害",
       day=(today - timedelta(days=300)).isoformat())  # fmt: skip
    before = desk.case.sheet.lapses[0].last
    says(qtbot, leaf._head, "在职期间不受此限")

    do(qtbot, desk, Doing.INTERRUPT, event="书面要求支付", day="昨天", evidence="快递签收")

    assert desk.case.sheet.lapses[0].last > before
    leaf.folds.open("lapses")
    says(qtbot, leaf.folds._lapses, "书面要求支付（快递签收）")


def test_a_case_that_is_much_like_it_is_proposed_and_takes_it_in(qtbot, leaf, desk, case):
    names = options(desk, Doing.MERGE, "into")
    assert names[1].startswith("AJ-")
    leaf.folds.open("joined")
    says(qtbot, leaf.folds._joined, "可能是同一件事")

    made = do(qtbot, desk, Doing.MERGE, into=names[1])

    assert made.id != case.id
    assert set(made.questions) == set(case.questions)


def test_a_case_is_taken_into_another_by_its_number(qtbot, leaf, desk, case):
    with qtbot.waitSignal(desk.case.failed, timeout=PATIENCE):
        deed = next(each for each in desk.case.deeds if each.doing is Doing.MERGE)
        assert desk.case.do(deed, {"number": "AJ-1999-0001"})
    other = options(desk, Doing.MERGE, "into")[1].partition(" ")[0]

    made = do(qtbot, desk, Doing.MERGE, number=other.lower())

    assert made.number == other


def test_a_question_is_taken_out(qtbot, leaf, desk, case):
    number = desk.case.sheet.around.questions[1].number

    made = do(qtbot, desk, Doing.TAKE_OUT, question=number)

    assert made.questions == case.questions[:1]
    assert Doing.TAKE_OUT not in {deed.doing for deed in desk.case.deeds}


def test_a_payment_is_noted_with_its_day_and_corrected(qtbot, leaf, desk):
    do(qtbot, desk, Doing.CLOSE, way="案前调解", told_on="今天", agreed="3.3万", pay_by="昨天")
    made = do(qtbot, desk, Doing.PAYMENT, fen="300", party="董某")
    assert made.promise.received_fen == 30_000

    leaf.folds.open("money")
    correct = (each for each in leaf.folds.money.findChildren(QToolButton) if each.isVisible())
    next(each for each in correct if each.text() == "更正…").click()
    assert QApplication.focusWidget().objectName() == "fen"
    with qtbot.waitSignal(desk.case.shown, timeout=PATIENCE):
        values = {field.name: field.value for field in leaf._deeds._at_hand.fields}
        assert values["fen"] == "300 元"
        assert desk.case.do(leaf._deeds._at_hand, values | {"fen": "3000", "why": "少写了零"})
    made = desk.case.case

    assert made.promise.received_fen == 300_000
    leaf.folds.open("money")
    says(qtbot, leaf.folds.money._table, "3,000 元")


def test_rounds_before_stand_by_quietly(qtbot, leaf, desk):
    assert leaf.folds._folds["rounds"].isHidden()
    do(qtbot, desk, Doing.CLOSE, way="案前调解", told_on="今天")
    do(qtbot, desk, Doing.FINISH, way="职工撤回")

    do(qtbot, desk, Doing.AGAIN)

    says(qtbot, leaf._head, "重办第 1 次")
    leaf.folds.open("rounds")
    says(qtbot, leaf.folds._rounds, "办结（案前调解）")


def test_the_names_of_many_workers_are_pasted_at_once(qtbot, leaf, desk):
    text = "@" + "\n".join(f"工友{chr(0x4E00 + n)} 3000" for n in range(11))
    leaf.folds.open("money")
    leaf.folds.money._change.click()
    field = leaf.folds.money._text
    field.selectAll()
    field.insertPlainText(text)

    qtbot.keyClick(field, Qt.Key.Key_S, CONTROL)
    leaf.do()

    qtbot.waitUntil(lambda: len(desk.case.case.parties) == 11, timeout=PATIENCE)
    assert sum(party.claimed_fen for party in desk.case.case.parties) == 3_300_000
    says(qtbot, leaf._head, "集体争议 · 代表人 工友一")


def test_a_case_that_is_read_anew_keeps_what_is_being_typed(qtbot, leaf, desk):
    leaf.folds.open("basics")
    matter = leaf.folds.basics.fields["matter"]
    matter.setFocus()
    qtbot.keyClicks(matter, "half")

    with qtbot.waitSignal(desk.case.shown, timeout=PATIENCE):
        desk.case.write("results", "继续聘用")

    assert "half" in matter.text()


def test_facts_are_ticked_for_the_route_to_be_proposed(qtbot, desk, leaf):
    leaf.folds.open_owner()
    for fact in (RouteTick.LAWYER, RouteTick.POOR, RouteTick.MIGRANT, RouteTick.POOR):
        leaf.findChild(QCheckBox, fact.value).click()

    ticked = {box.text() for box in leaf.folds.owner.findChildren(QCheckBox) if box.isChecked()}
    assert desk.case.ticks == {RouteTick.LAWYER, RouteTick.MIGRANT}
    assert ticked == {fact.value for fact in desk.case.ticks}
