"""来电人: the full number is shown when asked for and noted; deletion asks once, in a dialog."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from hotline_desk.domain.calls import Caller, NewCall
from hotline_desk.domain.deletions import Deletion, DeletionPlan, DeletionReason
from hotline_desk.domain.keeping import Keeping, Retention
from hotline_desk.domain.publications import Access, Publication
from hotline_desk.domain.questions import NewQuestion
from hotline_desk.domain.times import studio_now
from hotline_desk.ui.kit.keys import Verb
from hotline_desk.ui.kit.text_fields import Choice
from hotline_desk.ui.ledger.ledger_view_model import SavedView
from hotline_desk.ui.ledger.person_dialog import PersonDialog
from hotline_desk.ui.ledger.person_sheet import PersonSheet
from hotline_desk.workflows import repeat_deletions

PATIENCE = 60_000
BY = "值班员"
NAME, PHONE = "董小红", "13800125678"


@pytest.fixture
def ask(qtbot, desk):
    def ask_(work):
        got = []
        desk.office.ask(lambda ledger: got.append(work(ledger)), owner=desk)
        qtbot.waitUntil(lambda: bool(got), timeout=PATIENCE)
        return got[0]

    return ask_


@pytest.fixture
def call(ask):
    def file(ledger):
        caller = Caller(name=NAME, phone=PHONE, employer="阳光物业")
        call = ledger.add_call(NewCall(episode=190, caller=caller, at=studio_now()), by=BY)
        ledger.add_question(
            NewQuestion(episode=190, call_id=call.id, at=studio_now(), point=f"{NAME}问工资",
                        amount_fen=100), by=BY,
        )  # fmt: skip
        return call

    return file


@pytest.fixture
def sheet(qtbot, window, desk, ask, call):
    """The caller's leaf of the only row."""
    ask(call)
    window.open_page(Verb.LEDGER)
    window.ledger.choose_view(SavedView.ALL)
    desk.office.rows_changed.emit()
    window.ledger._panel._tabs.setCurrentIndex(2)
    qtbot.waitUntil(lambda: bool(window.findChildren(PersonSheet)), timeout=PATIENCE)
    (found,) = window.findChildren(PersonSheet)
    return found


def dialog(qtbot, window, sheet):
    sheet.delete.click()
    qtbot.waitUntil(lambda: bool(window.findChildren(PersonDialog)), timeout=PATIENCE)
    (found,) = window.findChildren(PersonDialog)
    qtbot.waitUntil(lambda: not found._busy, timeout=PATIENCE)
    return found


def seen(widget):
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def test_the_number_is_masked_until_somebody_asks_which_is_noted(qtbot, sheet, ask):
    assert "138****5678" in seen(sheet.phone)
    assert PHONE not in seen(sheet.phone)

    sheet.show_number.click()

    qtbot.waitUntil(lambda: sheet.number.text() == PHONE, timeout=PATIENCE)
    assert sheet.number.isVisible()
    assert not sheet.show_number.isVisible()
    (access,) = ask(lambda ledger: ledger.kept(Access))
    assert access.who == BY
    assert "通话的完整号码" in access.what
    assert NAME not in access.what
    assert PHONE not in access.what


def test_the_number_stands_below_the_name_for_the_eye_and_for_tab(qtbot, window, sheet):
    fields = window.ledger._panel.caller.widgets
    assert fields["title"].y() < sheet.phone.y() < fields["kind"].y()
    fields["title"].setFocus()

    for widget in (sheet.show_number, fields["kind"]):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)

        assert QApplication.focusWidget() is widget


def test_a_wrong_number_is_corrected_by_key_and_taken_back(qtbot, window, sheet, ask):
    def phone():
        return ask(lambda ledger: ledger.calls()[0].caller.phone)

    assert not sheet.number.isVisible()
    sheet.show_number.setFocus()
    qtbot.keyClick(sheet.show_number, Qt.Key.Key_Space)
    qtbot.waitUntil(sheet.number.hasFocus, timeout=PATIENCE)

    qtbot.keyClicks(sheet.number, "13800125679")
    qtbot.keyClick(sheet.number, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: phone() == "13800125679", timeout=PATIENCE)
    call = ask(lambda ledger: ledger.calls()[0])
    assert ask(lambda ledger: ledger.history("calls", call.id))[-1].field == "phone"
    assert call.caller.name == NAME
    window.desk.live.undo()
    qtbot.waitUntil(lambda: phone() == PHONE, timeout=PATIENCE)


def test_a_number_that_was_seen_and_left_is_not_written(qtbot, window, sheet, ask):
    sheet.show_number.click()
    qtbot.waitUntil(sheet.number.hasFocus, timeout=PATIENCE)
    known = ask(lambda ledger: len(ledger.history("calls", ledger.calls()[0].id)))

    qtbot.keyClick(sheet.number, Qt.Key.Key_Return)
    window.ledger.focus_list()

    assert ask(lambda ledger: len(ledger.history("calls", ledger.calls()[0].id))) == known


def test_another_callers_number_is_masked_again(qtbot, window, sheet, ask):
    theirs = ask(lambda ledger: add_other(ledger, "别的", "王明", "13911112222"))
    sheet.show_number.click()
    qtbot.waitUntil(lambda: sheet.number.text() == PHONE, timeout=PATIENCE)

    window.desk.office.rows_changed.emit()
    table = window.ledger._table
    qtbot.waitUntil(lambda: len(table.rows.ids) == 2, timeout=PATIENCE)
    table.select_row(table.rows.row_of(theirs.id))

    qtbot.waitUntil(lambda: "139****2222" in seen(sheet.phone), timeout=PATIENCE)
    assert not sheet.number.isVisible()
    assert sheet.number.text() == ""


def test_the_person_goes_once_the_word_is_typed(qtbot, window, desk, sheet, ask):
    found = dialog(qtbot, window, sheet)
    assert found.isModal()
    shown = [found._list.item(at).text() for at in range(found._list.count())]
    assert any("GHFL-" in line for line in shown)
    assert not found.agree.isEnabled()
    found.word.setText("删")
    assert not found.agree.isEnabled()
    found.word.setText("删除")

    with qtbot.waitSignal(desk.person.deleted, timeout=PATIENCE):
        found.agree.click()

    (question,) = ask(lambda ledger: ledger.questions())
    assert (question.caller.name, question.caller.phone) == ("", "")
    assert (question.point, question.amount_fen) == ("某某问工资", 100)
    qtbot.waitUntil(lambda: "已删除（匿名化）" in window.messages.text, timeout=PATIENCE)
    qtbot.waitUntil(lambda: not window.findChildren(PersonDialog), timeout=PATIENCE)


def rows_shown(found):
    return [found._list.item(at) for at in range(found._list.count())]


def agree(qtbot, desk, found):
    found.word.setText("删除")
    with qtbot.waitSignal(desk.person.deleted, timeout=PATIENCE):
        found.agree.click()


def add_other(ledger, point, name, phone):
    caller = Caller(name=name, phone=phone)
    call = ledger.add_call(NewCall(episode=190, caller=caller, at=studio_now()), by=BY)
    new = NewQuestion(episode=190, call_id=call.id, at=studio_now(), point=point)
    return ledger.add_question(new, by=BY)


def points(ask):
    return sorted(question.point for question in ask(lambda ledger: ledger.questions()))


def test_somebody_else_of_the_same_name_is_left_out_by_taking_the_tick_away(
    qtbot, window, desk, sheet, ask
):
    theirs = ask(lambda ledger: add_other(ledger, f"{NAME}是别人", "王明", "13911112222"))
    ask(lambda ledger: add_other(ledger, f"{NAME}带头", "李红", "13911113333"))
    found = dialog(qtbot, window, sheet)
    assert "取消勾选" in seen(found)
    ticked = [row for row in rows_shown(found) if row.data(Qt.ItemDataRole.CheckStateRole)]
    assert len(ticked) == 2
    (row,) = [row for row in ticked if theirs.number in row.text()]

    row.setCheckState(Qt.CheckState.Unchecked)
    agree(qtbot, desk, found)

    assert points(ask) == ["某某带头", "某某问工资", f"{NAME}是别人"]


def test_a_number_that_others_use_may_stay_with_them(qtbot, window, desk, sheet, ask):
    ask(lambda ledger: add_other(ledger, f"电话{PHONE}", "王明", PHONE))
    theirs = ask(lambda ledger: add_other(ledger, f"{NAME}是别人", "李红", "13911113333"))
    found = dialog(qtbot, window, sheet)
    assert found.own_only.isVisible()
    assert any("只去掉号码" in row.text() for row in rows_shown(found))
    (row,) = [row for row in rows_shown(found) if row.text().endswith(theirs.number)]
    row.setCheckState(Qt.CheckState.Unchecked)

    with qtbot.waitSignal(desk.person.weighed, timeout=PATIENCE):
        found.own_only.click()

    assert found.isVisible()
    assert not any("只去掉号码" in row.text() for row in rows_shown(found))
    agree(qtbot, desk, found)
    assert points(ask) == sorted([f"电话{PHONE}", f"{NAME}是别人", "某某问工资"])
    (deletion,) = ask(lambda ledger: ledger.kept(Deletion))
    assert DeletionPlan.from_json(deletion.plan).own_only


def test_a_number_of_her_own_asks_no_more_than_it_must(qtbot, window, sheet):
    found = dialog(qtbot, window, sheet)

    assert found.own_only.isHidden()
    assert found._others.isHidden()
    found.reject()


def test_esc_leaves_everything(qtbot, window, sheet, ask):
    found = dialog(qtbot, window, sheet)
    found.word.setText("删除")

    qtbot.keyClick(found, Qt.Key.Key_Escape)

    qtbot.waitUntil(lambda: not window.findChildren(PersonDialog), timeout=PATIENCE)
    (question,) = ask(lambda ledger: ledger.questions())
    assert question.caller.name == NAME


def test_what_has_to_be_kept_cannot_be_deleted_and_says_why(qtbot, window, sheet, ask):
    ask(lambda ledger: ledger.save_call(
        replace(ledger.calls()[0], retained=Retention.FOR_COURT), by=BY))  # fmt: skip

    found = dialog(qtbot, window, sheet)

    assert "司法调取" in seen(found)
    found.word.setText("删除")
    assert not found.agree.isEnabled()
    found.reject()


def test_nothing_opens_while_something_is_recorded(
    qtbot, window, desk, sheet, record, quiet_lines, caplog
):
    record(desk, quiet_lines)

    sheet.delete.click()

    qtbot.waitUntil(lambda: "正在录音" in window.messages.text, timeout=PATIENCE)
    assert not window.findChildren(PersonDialog)
    caplog.clear()


def choose(sheet, field, words):
    choice = sheet.findChild(Choice, field)
    choice.setFocus()
    choice.setCurrentText(words)
    choice.activated.emit(choice.currentIndex())


def test_a_consent_that_is_withdrawn_says_what_has_to_be_taken_down(
    qtbot, window, desk, sheet, ask
):
    ask(lambda ledger: ledger.keep(
        Publication(item="音频", episode=190, place="职工大讲堂",
                    published_on=studio_now().date()), by=BY))  # fmt: skip

    choose(sheet, "replay", "不同意")

    qtbot.waitUntil(lambda: "有 1 处已经发布的应当撤下" in window.messages.text, timeout=PATIENCE)
    (call,) = ask(lambda ledger: ledger.calls())
    assert call.consent.replay is False
    assert call.consent.broadcast is None
    assert sheet.findChild(Choice, "replay").hasFocus()


def test_temporary_rows_are_purged_from_the_settings(qtbot, window, desk, ask, call):
    def file(ledger):
        made = call(ledger)
        (row,) = ledger.questions()
        old = studio_now() - timedelta(days=200)
        ledger.save_question(replace(row, keeping=Keeping.TEMPORARY, at=old, text="原话"), by=BY)
        return made

    button = window.settings.purge
    button.click()
    qtbot.waitUntil(lambda: "没有超过 180 天" in window.messages.text, timeout=PATIENCE)
    ask(file)
    button.click()
    qtbot.waitUntil(lambda: bool(window.findChildren(PersonDialog)), timeout=PATIENCE)
    (found,) = window.findChildren(PersonDialog)
    assert "清除 1 条到期的临时记录" in seen(found)
    found.word.setText("删除")

    with qtbot.waitSignal(desk.person.deleted, timeout=PATIENCE):
        found.agree.click()

    (row,) = ask(lambda ledger: ledger.questions())
    assert (row.text, row.caller.name, row.amount_fen) == ("", "", 100)
    qtbot.waitUntil(lambda: "已清除 1 条" in window.messages.text, timeout=PATIENCE)


def test_a_deletion_that_was_cut_short_goes_on_by_itself(qtbot, window, desk, ask):
    def file(ledger):
        begun = Deletion(
            at=studio_now(), who=BY, reason=DeletionReason.ASKED, plan=DeletionPlan().as_json()
        )
        return ledger.keep(begun, by=BY)

    ask(file)
    desk.recording.begin()
    qtbot.waitUntil(lambda: desk.recording.looked, timeout=PATIENCE)

    desk.after.begin()

    def is_finished():
        return ask(lambda ledger: ledger.kept(Deletion))[0].finished_at is not None

    qtbot.waitUntil(is_finished, timeout=PATIENCE)
    desk.after.close()


def test_what_a_restoring_has_left_goes_on_by_itself(qtbot, window, desk, ask, call):
    """It was killed when the copy had taken the ledger's place, with her in it."""
    ask(call)

    plan = DeletionPlan(calls=(1,), questions=(1,)).as_json()
    known = Deletion(at=studio_now(), who=BY, reason=DeletionReason.ASKED, plan=plan)
    noted = repeat_deletions._as_json(repeat_deletions.Register((known,), is_whole=True))
    desk.office.workspace.owed.write_text(noted, encoding="utf-8")
    left = desk.office.workspace.drafts / "export-killed"
    left.mkdir(parents=True)
    (left / "draft").write_text("来电人的话", encoding="utf-8")
    desk.recording.begin()
    qtbot.waitUntil(lambda: desk.recording.looked, timeout=PATIENCE)

    with qtbot.waitSignal(desk.office.rows_changed, timeout=PATIENCE):
        desk.after.begin()

    assert points(ask) == ["某某问工资"]
    assert not repeat_deletions.is_noted(desk.office.workspace)
    # what an export that was killed has left goes as well
    qtbot.waitUntil(lambda: not left.exists(), timeout=PATIENCE)
    desk.after.close()


def test_esc_in_an_answer_goes_back_to_the_list(qtbot, window, sheet):
    window.ledger._panel._tabs.setCurrentIndex(2)
    choice = sheet.findChild(Choice, "replay")
    qtbot.waitUntil(choice.isVisible, timeout=PATIENCE)
    choice.setFocus()

    qtbot.keyClick(choice, Qt.Key.Key_Escape)

    qtbot.waitUntil(lambda: window.focusWidget() is not choice, timeout=PATIENCE)
    assert not sheet.isAncestorOf(window.focusWidget())
