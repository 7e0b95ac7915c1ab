"""更正 and 作废 in the case's leaf: from the row itself and by keys, with undo, months closed."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QToolButton

from hotline_desk.domain.casework.cases import ActionKind, NewCase
from hotline_desk.domain.casework.clock_events import Closing, Pause, PauseReason
from hotline_desk.domain.casework.contacts import ALL_FACTS, Contact, Way
from hotline_desk.domain.casework.course import ClosingWay, Course, Finish
from hotline_desk.domain.times import STUDIO_ZONE, short_day_text
from hotline_desk.ledger import Ledger
from hotline_desk.ui.cases.deed import Doing
from hotline_desk.workflows import case_clock, case_course
from tests.ui.writing import field, write

PATIENCE = 60_000
BY = "值班员"
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def case(workspace, today):
    """Ten days old: spoken with five days ago, and paused since."""
    ago = today - timedelta(days=5)
    at = datetime.combine(ago, time(9, 10, 23), tzinfo=STUDIO_ZONE)
    contact = Contact(at=at, way=Way.CALL, reached=True, facts=ALL_FACTS, words="说清了")
    pause = Pause(first=ago, reason=PauseReason.PAPERS, expected=today + timedelta(days=5))
    with Ledger.open(workspace.ledger) as ledger:
        made = ledger.add_case(NewCase(received=today - timedelta(days=10)), by=BY)
        case_clock.note_contact(ledger, made.id, contact, by=BY)
        return case_clock.pause(ledger, made.id, pause, by=BY)


@pytest.fixture
def leaf(show_case, case):
    made = show_case(case.id)
    made.folds.open("log")
    return made


def logs(leaf, words):
    """Whether the case's log shows *words*."""
    return any(words in each.text() for each in leaf.folds._log.findChildren(QLabel))


def press(leaf, words, head):
    """Press the button of the row that begins with *head*."""
    buttons = [
        each for each in leaf.folds._log.findChildren(QToolButton)
        if each.text() == words and head in each.parentWidget().findChild(QLabel).text()
    ]  # fmt: skip
    buttons[-1].click()  # those of rows that were shown before may not have gone yet


def test_what_another_desk_notes_can_be_put_right_while_something_is_typed(
    qtbot, leaf, desk, case, today, workspace
):
    leaf.begin(Doing.CONTACT)
    write(leaf, "note", "正在打的话")
    at = datetime.combine(today, time(0, 0, 1), tzinfo=STUDIO_ZONE)
    theirs = Contact(at=at, way=Way.CALL, reached=False, words="没人接")
    with Ledger.open(workspace.ledger) as ledger:
        case_clock.note_contact(ledger, case.id, theirs, by="别人")
    qtbot.waitUntil(lambda: logs(leaf, "没人接"), timeout=PATIENCE)
    assert field(leaf, "note").text() == "正在打的话"

    press(leaf, "更正…", "00:00")

    assert "00:00" in field(leaf, "noted").text()
    assert field(leaf, "note").text() == "没人接"


def test_what_is_begun_of_one_record_stands_in_no_other_s_form(
    qtbot, leaf, desk, case, today, workspace
):
    at = datetime.combine(today - timedelta(days=2), time(11, 0, 1), tzinfo=STUDIO_ZONE)
    other = Contact(at=at, way=Way.CALL, reached=False, words="没人接")
    with Ledger.open(workspace.ledger) as ledger:
        case_clock.note_contact(ledger, case.id, other, by="别人")
    qtbot.waitUntil(lambda: logs(leaf, "没人接"), timeout=PATIENCE)
    press(leaf, "更正…", "09:10")
    write(leaf, "note", "说清了，下午再约")
    write(leaf, "why", "写错了")

    press(leaf, "更正…", "11:00")
    assert "11:00" in field(leaf, "noted").text()
    assert field(leaf, "note").text() == "没人接"
    assert field(leaf, "why").text() == ""
    leaf.begin(Doing.CONTACT)
    press(leaf, "更正…", "09:10")

    assert "09:10" in field(leaf, "noted").text()
    assert field(leaf, "note").text() == "说清了，下午再约"
    press(leaf, "作废…", "09:10")
    write(leaf, "why", "记到别的案件上了")
    press(leaf, "作废…", "11:00")
    assert "11:00" in field(leaf, "noted").text()
    assert field(leaf, "why").text() == ""


def save(qtbot, desk, leaf):
    with qtbot.waitSignal(desk.case.shown, timeout=PATIENCE):
        leaf._deeds.do()


def struck(leaf):
    return [
        each.text() for each in leaf.folds._log.findChildren(QLabel)
        if each.property("role") in {"struck", "struck-head"} and each.isVisible()
    ]  # fmt: skip


def test_a_row_is_corrected_in_the_form_it_was_written_with(qtbot, leaf, desk, case, today):
    press(leaf, "更正…", "电话")
    assert QApplication.focusWidget() is field(leaf, "note")
    assert field(leaf, "note").text() == "说清了"
    assert field(leaf, "reached").text() == "联系上了"
    write(leaf, "at", f"{today - timedelta(days=9)} 09:10")
    write(leaf, "why", "日子写错了")

    save(qtbot, desk, leaf)

    made = desk.case.case
    (contact,) = made.events.contacts
    assert contact.on == today - timedelta(days=9)
    assert made.actions[-1].kind is ActionKind.CORRECTED
    qtbot.waitUntil(lambda: len(struck(leaf)) == 2, timeout=PATIENCE)
    assert "说清了" in struck(leaf)[1]
    desk.office.ask(
        lambda ledger: ledger.undo(by=desk.office.by), owner=desk,
        then=lambda _: desk.office.rows_changed.emit(),
    )  # fmt: skip
    qtbot.waitUntil(lambda: desk.case.case == case, timeout=PATIENCE)
    assert struck(leaf) == []


def test_only_what_was_changed_is_written(qtbot, leaf, desk, case):
    press(leaf, "更正…", "电话")
    write(leaf, "note", "说清了，再约")
    write(leaf, "why", "少写了一句")

    save(qtbot, desk, leaf)

    (contact,) = desk.case.case.events.contacts
    assert contact == replace(case.events.contacts[0], words="说清了，再约")


def test_a_row_is_struck_out_with_a_reason_and_stays_in_sight(qtbot, leaf, desk):
    press(leaf, "作废…", "电话")
    assert QApplication.focusWidget() is field(leaf, "why")
    with qtbot.waitSignal(desk.case.warned, timeout=PATIENCE) as warned:
        leaf._deeds.do()
    assert "作废理由" in warned.args[0]
    write(leaf, "why", "记到别的案件上了")

    save(qtbot, desk, leaf)

    made = desk.case.case
    assert (made.events.contacts, made.course) == ((), Course.TO_CONTACT)
    qtbot.waitUntil(lambda: any("电话" in each for each in struck(leaf)), timeout=PATIENCE)
    seen = [each.text() for each in leaf.folds._log.findChildren(QLabel)]
    assert any("作废：记到别的案件上了" in each for each in seen)


def test_the_rules_of_the_clock_hold_for_a_correction(qtbot, leaf, desk, case, today):
    press(leaf, "更正…", "暂停计时")
    write(leaf, "on", (today - timedelta(days=30)).isoformat())
    write(leaf, "why", "日子写错了")

    with qtbot.waitSignal(desk.case.failed, timeout=PATIENCE):
        leaf._deeds.do()

    assert desk.case.case == case
    assert field(leaf, "why").text() == "日子写错了"


def test_by_key_a_row_is_chosen_and_its_form_follows(qtbot, leaf, desk):
    leaf.setFocus()
    qtbot.keyClick(leaf, Qt.Key.Key_Y, CONTROL)
    buttons = {each.text(): each for each in leaf._deeds._buttons}
    buttons["更正"].setFocus()
    qtbot.keyClick(buttons["更正"], Qt.Key.Key_Return)
    chosen = field(leaf, "noted")
    assert chosen is QApplication.focusWidget()
    pause = next(at for at in range(chosen.count()) if "暂停计时" in chosen.itemText(at))

    chosen.setCurrentIndex(pause)
    chosen.activated.emit(pause)

    assert field(leaf, "reason").text() == PauseReason.PAPERS.value
    assert QApplication.focusWidget() is field(leaf, "reason")
    assert leaf._deeds._at_hand.title == "更正"
    contact = next(
        at for at in range(chosen.count()) if "电话" in field(leaf, "noted").itemText(at)
    )
    field(leaf, "noted").setCurrentIndex(contact)
    field(leaf, "noted").activated.emit(contact)
    assert field(leaf, "note").text() == "说清了"


def test_nothing_is_done_before_a_row_is_chosen(qtbot, leaf, desk, case):
    for doing in (Doing.CORRECT, Doing.STRIKE_OUT):
        leaf.begin(doing)
        with qtbot.waitSignal(desk.case.warned, timeout=PATIENCE) as warned:
            leaf._deeds.do()
        assert "哪一条" in warned.args[0]
    assert desk.case.case == case


@pytest.mark.parametrize(
    ("doing", "head", "which"),
    [("更正", "09:10", " 09:10 的联系"), ("作废", "暂停计时", "的暂停计时")],
)
def test_what_is_put_right_is_told_by_its_name(qtbot, leaf, desk, case, doing, head, which):
    said = []
    desk.case.told.connect(said.append)
    press(leaf, f"{doing}…", head)
    if doing == "更正":
        write(leaf, "note", "没有说清")
    write(leaf, "why", "写错了")
    leaf._deeds.do()
    qtbot.waitUntil(lambda: bool(said), timeout=PATIENCE)

    day = short_day_text(case.events.contacts[0].on)
    assert said == [f"{case.number} {doing}了 {day}{which}，进程：已联系。"]


def test_a_round_before_again_is_put_right_from_its_own_rows(qtbot, leaf, desk, case, workspace):
    with Ledger.open(workspace.ledger) as ledger:
        ended = case.received + timedelta(days=6)
        closing = Closing(on=ended, told_on=ended)
        case_clock.close(ledger, case.id, closing, ClosingWay.WITHDRAWN, by=BY)
        case_course.finish(ledger, case.id, Finish.WITHDRAWN, on=ended, by=BY)
        case_course.again(ledger, case.id, on=ended, by=BY)
    qtbot.waitUntil(lambda: len(desk.case.case.earlier) == 1, timeout=PATIENCE)
    leaf.folds.open("rounds")
    (heading, *rows) = leaf.folds._rounds.shown
    assert heading.head.startswith("第 1 轮 · ")
    assert [row.head[13:] for row in rows][:2] == ["结案", "办结"]
    assert not any("说清了" in row.text for row in leaf.folds._log.shown)

    leaf.folds._rounds.deed_wanted.emit(*rows[0].deeds[0])

    assert field(leaf, "noted").text().endswith("结案 · 第 1 轮 职工撤回")
    field(leaf, "way").show_text("转办")
    write(leaf, "why", "选错了")
    save(qtbot, desk, leaf)
    assert desk.case.case.earlier[0].finish is Finish.PASSED_ON
