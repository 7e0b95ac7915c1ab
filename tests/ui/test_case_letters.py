"""Letters amended in the case's leaf, and 接收日 corrected: by keys, with history and undo."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QToolButton

from hotline_desk.domain.casework.cases import NewCase
from hotline_desk.domain.casework.letters import Letter, LetterKind
from hotline_desk.domain.statistics.closings import MonthClosing
from hotline_desk.domain.times import studio_now
from hotline_desk.ledger import Ledger
from hotline_desk.ui.cases.deed import Doing
from hotline_desk.ui.cases.letter_deeds import letter_name
from hotline_desk.workflows import letters
from hotline_desk.workflows.closings import close_month
from tests.ui.writing import field, write

PATIENCE = 60_000
BY = "值班员"


@pytest.fixture
def sent(workspace, today):
    """Two papers of one case, the second answered."""
    with Ledger.open(workspace.ledger) as ledger:
        case = ledger.add_case(NewCase(received=today - timedelta(days=30)), by=BY)
        paper = Letter(kind=LetterKind.REMINDER, number="旧1号", case_id=case.id, subject="欠薪",
                       recipient="某物业公司", sent_on=today - timedelta(days=9))  # fmt: skip
        other = replace(paper, number="旧2号", answered_on=today, answer="已付清")
        return [letters.register(ledger, each, pattern="{n}", by=BY) for each in (paper, other)]


@pytest.fixture
def leaf(show_case, sent):
    return show_case(sent[0].case_id)


def save(qtbot, desk, leaf):
    with qtbot.waitSignal(desk.case.shown, timeout=PATIENCE):
        leaf._deeds.do()


def kept(desk):
    return {letter.id: letter for letter in desk.case.sheet.around.letters}


def test_choosing_a_letter_shows_what_stands_in_it(leaf, sent):
    leaf.begin(Doing.AMEND)
    chosen = field(leaf, "letter")
    assert chosen is QApplication.focusWidget()
    chosen.setCurrentIndex(1)
    chosen.activated.emit(1)
    write(leaf, "number", "改过的号")

    chosen.setCurrentIndex(2)
    chosen.activated.emit(2)

    assert field(leaf, "number").text() == "旧2号"
    assert field(leaf, "answer").text() == "已付清"
    assert field(leaf, "sent_on").text() == sent[1].sent_on.isoformat()


def test_what_is_begun_of_one_letter_stands_in_no_other_s_form(leaf, sent, desk):
    first, second = map(letter_name, kept(desk).values())
    leaf.begin(Doing.AMEND, first)
    write(leaf, "notes", "再催一次")
    leaf.begin(Doing.AMEND, second)
    assert (field(leaf, "letter").text(), field(leaf, "notes").text()) == (second, "")

    chosen = field(leaf, "letter")  # by hand the first, which is not what its row led to
    chosen.setCurrentText(first)
    chosen.activated.emit(chosen.currentIndex())
    write(leaf, "subject", "拖欠工资")
    leaf.begin(Doing.CONTACT)
    leaf.begin(Doing.AMEND, second)

    assert field(leaf, "letter").text() == second
    assert field(leaf, "subject").text() == "欠薪"
    leaf.begin(Doing.AMEND, first)
    assert field(leaf, "letter").text() == first
    assert field(leaf, "subject").text() == "拖欠工资"


def test_an_amended_letter_is_in_the_ledger_and_comes_back_by_undo(qtbot, leaf, desk, sent):
    leaf.begin_letter(sent[0], amends=True)
    assert QApplication.focusWidget() is field(leaf, "kind")
    field(leaf, "kind").show_text("建议书")
    write(leaf, "number", "工法建议书9号")
    write(leaf, "answered_on", "今天")
    write(leaf, "answer", "同意支付")

    save(qtbot, desk, leaf)

    amended = kept(desk)[sent[0].id]
    assert (amended.kind, amended.number) == (LetterKind.PROPOSAL, "工法建议书9号")
    assert (amended.answered_on, amended.answer) == (studio_now().date(), "同意支付")
    assert (amended.recipient, amended.sent_on) == (sent[0].recipient, sent[0].sent_on)
    desk.office.ask(
        lambda ledger: ledger.undo(by=desk.office.by), owner=desk,
        then=lambda _: desk.office.rows_changed.emit(),
    )  # fmt: skip
    qtbot.waitUntil(lambda: kept(desk)[sent[0].id] == sent[0], timeout=PATIENCE)


def test_an_answer_that_was_noted_meanwhile_stays(qtbot, leaf, desk, workspace, sent, today):
    leaf.begin_letter(sent[0], amends=True)
    write(leaf, "subject", "拖欠工资")
    with Ledger.open(workspace.ledger) as another:
        letters.answer(another, sent[0].id, on=today, answer="已补发", by="同事")

    save(qtbot, desk, leaf)

    amended = kept(desk)[sent[0].id]
    assert amended == replace(sent[0], subject="拖欠工资", answered_on=today, answer="已补发")


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("number", "", "文号"),
        ("answer", "答应了", "答复日"),
        ("sent_on", "某天", "发出日"),
        ("sent_on", "2030-01-01", "发出日不能晚于今天"),
    ],
)
def test_what_is_wrong_is_said_and_stays_written(qtbot, leaf, desk, sent, name, text, says):
    leaf.begin_letter(sent[0], amends=True)
    write(leaf, name, text)

    with qtbot.waitSignal(desk.case.warned, timeout=PATIENCE) as warned:
        leaf._deeds.do()

    assert says in warned.args[0]
    assert field(leaf, name).text() == text


def test_the_answer_of_the_letter_at_hand_is_written_at_once(qtbot, leaf, desk, sent):
    leaf.begin_letter(sent[0])
    qtbot.keyClicks(QApplication.focusWidget(), "paid")

    save(qtbot, desk, leaf)

    assert kept(desk)[sent[0].id].answer == "paid"


def test_an_answered_letter_is_amended(leaf, sent):
    leaf.begin_letter(sent[1])

    assert field(leaf, "letter").text().endswith("旧2号")
    assert field(leaf, "answer").text() == "已付清"


def test_the_day_it_was_received_is_corrected_with_a_reason(qtbot, leaf, desk, today):
    leaf.begin(Doing.RECEIVED)
    field(leaf, "received").insert((today - timedelta(days=20)).isoformat())
    field(leaf, "reason").insert("转办件那天才到")

    save(qtbot, desk, leaf)

    case = desk.case.case
    assert case.received == case.events.received == today - timedelta(days=20)
    assert case.actions[-1].words.endswith("转办件那天才到")
    assert desk.case.sheet.clock.current.used > 0


def test_a_month_that_is_closed_is_told_of_and_stands_as_reported(
    qtbot, leaf, desk, workspace, today
):
    month = f"{today - timedelta(days=30):%Y-%m}"
    with Ledger.open(workspace.ledger) as ledger:
        closing = close_month(ledger, workspace, month, by=BY)
    told = []
    desk.case.told.connect(told.append)
    leaf.begin(Doing.RECEIVED)
    field(leaf, "received").insert((today - timedelta(days=15)).isoformat())
    field(leaf, "reason").insert("转办件那天才到")

    save(qtbot, desk, leaf)

    assert "已经月结，上报的数不变" in told[-1]
    with Ledger.open(workspace.ledger) as ledger:
        assert ledger.kept(MonthClosing) == [closing]


def test_when_it_was_first_said_is_written_in_place(qtbot, leaf, desk, today):
    with qtbot.waitSignal(desk.case.shown, timeout=PATIENCE):
        assert desk.case.write("reflected", (today - timedelta(days=40)).isoformat())

    assert desk.case.case.reflected == today - timedelta(days=40)
    assert desk.case.text("reflected") == (today - timedelta(days=40)).isoformat()
    assert not desk.case.write("reflected", "很久以前")


def test_every_deed_is_gone_to_by_key(qtbot, leaf, desk):
    leaf.setFocus()
    qtbot.keyClick(leaf, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    titles = [button.text() for button in leaf._deeds._buttons]
    assert set(titles) == {deed.title for deed in desk.case.deeds}
    assert QApplication.focusWidget() is not leaf._deeds._buttons[0]

    here = leaf._deeds._buttons.index(QApplication.focusWidget())
    wanted = titles.index(Doing.LETTER.value)
    for _row in range(wanted // 3 - here // 3):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    for _column in range(abs(wanted % 3 - here % 3)):
        key = Qt.Key.Key_Right if wanted % 3 > here % 3 else Qt.Key.Key_Left
        qtbot.keyClick(QApplication.focusWidget(), key)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert leaf._deeds._at_hand.doing is Doing.LETTER
    assert QApplication.focusWidget() is field(leaf, "kind")

    qtbot.keyClick(leaf, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(leaf.left, timeout=PATIENCE):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)


def test_a_letter_registered_by_mistake_is_struck_out_in_its_row(qtbot, leaf, desk, sent):
    leaf.folds.open("letters")
    buttons = [
        each for each in leaf.folds._letters.findChildren(QToolButton) if each.text() == "作废…"
    ]
    assert len(buttons) == 2
    buttons[0].click()
    assert field(leaf, "noted").text() == letter_name(sent[0])
    field(leaf, "why").insert("登记重了")

    save(qtbot, desk, leaf)

    assert kept(desk)[sent[0].id].voided_for == "登记重了"
    qtbot.waitUntil(
        lambda: any(
            each.text().endswith("作废：登记重了") and each.isVisible()
            for each in leaf.folds._letters.findChildren(QLabel)
        ),
        timeout=PATIENCE,
    )
    leaf.begin(Doing.AMEND)
    assert field(leaf, "letter").count() == 2  # nothing, and the one that stands
    leaf.begin_letter(kept(desk)[sent[0].id], amends=True)  # it is looked at
    assert leaf.folds._folds["letters"].is_open
