"""The live desk with a real take, a real captioner and a real ledger."""

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from hotline_desk.domain.calls import CallState
from hotline_desk.domain.categories import Category
from hotline_desk.messages import SENTENCES
from hotline_desk.take.marks import MarkKind, marks
from hotline_desk.take.take import Take
from hotline_desk.ui.kit.text_fields import OneLine
from hotline_desk.ui.live import recording_view_model
from hotline_desk.workflows.captioning import Captioner
from tests.ui.conftest import make_window

CONTROL = Qt.KeyboardModifier.ControlModifier
PATIENCE = 60_000


def only_call(window):
    return window.desk.live.hour.calls[0]


def wait_for_state(qtbot, window, state):
    qtbot.waitUntil(
        lambda: any(call.state is state for call in window.desk.live.hour.calls), timeout=PATIENCE
    )


@pytest.fixture
def call(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_F2)
    wait_for_state(qtbot, window, CallState.ANSWERED)
    return only_call(window)


def test_a_call_goes_through_its_states_by_key(qtbot, window, call):
    for key, state in (
        (Qt.Key.Key_F3, CallState.WAITING),
        (Qt.Key.Key_F4, CallState.NEXT),
        (Qt.Key.Key_F5, CallState.ON_AIR),
        (Qt.Key.Key_F6, CallState.ENDED),
    ):
        qtbot.keyClick(window, key)
        wait_for_state(qtbot, window, state)

    assert len(window.desk.live.hour.calls) == 1


def test_a_wrong_key_changes_nothing_and_says_so(qtbot, window, call, caplog):
    qtbot.keyClick(window, Qt.Key.Key_F6)
    wait_for_state(qtbot, window, CallState.ENDED)

    qtbot.keyClick(window, Qt.Key.Key_F5)

    qtbot.waitUntil(lambda: "没有改动" in window.messages.text)
    assert only_call(window).state is CallState.ENDED
    caplog.clear()


def test_f3_leaves_who_is_on_the_air_there(qtbot, window, call, caplog):
    qtbot.keyClick(window, Qt.Key.Key_F5)
    wait_for_state(qtbot, window, CallState.ON_AIR)

    for _ in range(2):
        qtbot.keyClick(window, Qt.Key.Key_F3)

    qtbot.waitUntil(lambda: "没有改动。（2 次）" in window.messages.text, timeout=PATIENCE)
    assert only_call(window).state is CallState.ON_AIR
    caplog.clear()


def test_undo_takes_a_whole_key_back(qtbot, window, call):
    qtbot.keyClick(window, Qt.Key.Key_F5)
    wait_for_state(qtbot, window, CallState.ON_AIR)
    qtbot.keyClick(window, Qt.Key.Key_F6)
    wait_for_state(qtbot, window, CallState.ENDED)

    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)

    wait_for_state(qtbot, window, CallState.ON_AIR)
    assert only_call(window).ended is None


def test_keys_without_a_recording_say_what_is_missing_and_what_to_do(qtbot, window, call):
    qtbot.keyClick(window, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: "没有在录音；按 Ctrl+R 开始录音" in window.messages.text)

    qtbot.keyClick(window, Qt.Key.Key_F7)
    said = "没有在录音，这一行没有声音可听；按 Ctrl+R 开始录音。"
    qtbot.waitUntil(lambda: said in window.messages.text)
    assert window.desk.live.hour.questions[0].asked is None

    qtbot.keyClick(window, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: "解答请自己写" in window.messages.text)


def test_nobody_on_the_air_is_no_longer_said_to_be_unrecorded(qtbot, window, call):
    qtbot.keyClick(window, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: "直播已切入，但没有在录音" in window.messages.text, timeout=PATIENCE)

    qtbot.keyClick(window, Qt.Key.Key_F6)

    qtbot.waitUntil(lambda: window.desk.live.hour.on_air is None, timeout=PATIENCE)
    assert "没有在录音" not in window.messages.text


def test_a_question_without_a_call_says_so(qtbot, window, record, quiet_lines):
    record(window.desk, quiet_lines)

    qtbot.keyClick(window, Qt.Key.Key_F7)

    qtbot.waitUntil(lambda: "没有选中来电" in window.messages.text)
    assert window.desk.live.hour.questions[0].asked is not None


def test_the_longest_waiting_call_is_the_next_one(qtbot, window):
    for _ in range(2):
        qtbot.keyClick(window, Qt.Key.Key_F2)
        wait_for_state(qtbot, window, CallState.ANSWERED)
        qtbot.keyClick(window, Qt.Key.Key_F3)
        qtbot.waitUntil(
            lambda: all(c.state is CallState.WAITING for c in window.desk.live.hour.calls)
        )
    first = min(window.desk.live.hour.calls, key=lambda waiting: waiting.id)

    qtbot.keyClick(window, Qt.Key.Key_F4)

    wait_for_state(qtbot, window, CallState.NEXT)
    chosen = next(c for c in window.desk.live.hour.calls if c.state is CallState.NEXT)
    assert chosen.id == first.id


def test_the_producer_may_pick_another_one_as_next(qtbot, window):
    for _ in range(2):
        qtbot.keyClick(window, Qt.Key.Key_F2)
        wait_for_state(qtbot, window, CallState.ANSWERED)
        qtbot.keyClick(window, Qt.Key.Key_F3)
        qtbot.waitUntil(
            lambda: all(c.state is CallState.WAITING for c in window.desk.live.hour.calls)
        )
    window.live._calls.setFocus()
    qtbot.keyClick(window.live._calls, Qt.Key.Key_Up)
    qtbot.keyClick(window.live._calls, Qt.Key.Key_Down)
    wanted = window.live._calls.current()

    qtbot.keyClick(window, Qt.Key.Key_F4)

    wait_for_state(qtbot, window, CallState.NEXT)
    chosen = next(c for c in window.desk.live.hour.calls if c.state is CallState.NEXT)
    assert chosen.id == wanted.id
    assert wanted.id == max(call.id for call in window.desk.live.hour.calls)


def test_the_caller_is_written_down_when_the_field_is_left(qtbot, window, call):
    name = window.findChild(OneLine, "caller_name")
    qtbot.waitUntil(name.hasFocus)

    qtbot.keyClicks(name, "Dong")
    qtbot.keyClick(name, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: only_call(window).caller.name == "Dong")


def test_the_caller_is_reached_with_one_key_from_the_question(qtbot, window, call):
    name = window.findChild(OneLine, "caller_name")
    qtbot.keyClick(window, Qt.Key.Key_F7)
    qtbot.waitUntil(window.live.findChild(OneLine, "point").hasFocus)

    qtbot.keyClick(window, Qt.Key.Key_D, CONTROL)

    qtbot.waitUntil(name.hasFocus)


def test_without_a_call_the_callers_key_says_what_to_do(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_D, CONTROL)

    assert "F2" in window.messages.text


def test_a_call_in_the_window_becomes_a_row_with_its_captions(
    qtbot, window, record, sample_lines, workspace
):
    folder = record(window.desk, sample_lines)
    live, question = window.desk.live, window.desk.question
    qtbot.keyClick(window, Qt.Key.Key_F2)
    wait_for_state(qtbot, window, CallState.ANSWERED)
    qtbot.keyClick(window, Qt.Key.Key_F5)
    wait_for_state(qtbot, window, CallState.ON_AIR)
    qtbot.waitUntil(lambda: window.desk.recording.now.elapsed > 12, timeout=PATIENCE)

    qtbot.keyClick(window, Qt.Key.Key_F7)
    qtbot.waitUntil(lambda: bool(live.hour.questions), timeout=PATIENCE)
    qtbot.waitUntil(lambda: "工资" in live.hour.questions[0].text, timeout=PATIENCE)
    qtbot.keyClick(window, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: live.hour.questions[0].answered is not None, timeout=PATIENCE)
    qtbot.waitUntil(lambda: bool(question.proposal("category")), timeout=PATIENCE)
    offered = question.proposal("point")
    unsaved_before = live.hour.questions[0].point
    point = window.live.findChild(OneLine, "point")
    point.setFocus()
    qtbot.keyClick(point, Qt.Key.Key_Tab)
    qtbot.keyClick(window.live._form._fields["category"], Qt.Key.Key_Tab)
    not_saved = live.hour.questions[0].point
    qtbot.keyClick(window, Qt.Key.Key_S, CONTROL)
    qtbot.waitUntil(lambda: bool(live.hour.questions[0].point), timeout=PATIENCE)
    qtbot.keyClick(window, Qt.Key.Key_F6)
    wait_for_state(qtbot, window, CallState.ENDED)

    row = live.hour.questions[0]
    assert offered
    assert (unsaved_before, not_saved) == ("", "")
    assert row.point
    assert row.category is Category.WAGES
    assert not row.in_progress
    assert window.live._captions.settled > 0
    kinds = [mark.kind for mark in marks(folder)]
    assert kinds == [MarkKind.CALL, MarkKind.AIR, MarkKind.QUESTION, MarkKind.ANSWER, MarkKind.END]


def test_a_recording_outlives_the_window_and_the_next_one_takes_it_up(
    qtbot, open_desk, record, quiet_lines, appearance
):

    desk = open_desk()
    folder = record(desk, quiet_lines)
    open_desk.close(desk)

    again = open_desk()
    window = make_window(again, appearance)
    window.show()
    again.recording.begin()

    qtbot.waitUntil(lambda: again.recording.now.take == folder, timeout=PATIENCE)
    reached = again.recording.now.elapsed
    qtbot.waitUntil(lambda: again.recording.now.elapsed > reached + 1, timeout=PATIENCE)
    state = [label.text() for label in window.strip.findChildren(QLabel)]
    assert any(text.startswith("● 录音中 00:00:") for text in state)
    assert "关窗后照常录音" in state
    window.close()
    window.deleteLater()


def test_a_captioner_that_begins_as_the_desk_closes_is_let_go(
    qtbot, open_desk, record, quiet_lines, monkeypatch
):
    begun = []

    def begin_slowly(*args, **given):
        begun.append(Captioner(*args, **given))
        time.sleep(0.5)
        return begun[-1]

    monkeypatch.setattr(recording_view_model, "Captioner", begin_slowly)
    desk = open_desk()
    record(desk, quiet_lines)
    qtbot.waitUntil(lambda: bool(begun), timeout=PATIENCE)

    open_desk.close(desk)

    assert not begun[0].running


def test_stopping_on_air_asks_first_and_escape_goes_on(qtbot, window, record, quiet_lines):
    record(window.desk, quiet_lines)
    qtbot.keyClick(window, Qt.Key.Key_F2)
    wait_for_state(qtbot, window, CallState.ANSWERED)
    qtbot.keyClick(window, Qt.Key.Key_F5)
    wait_for_state(qtbot, window, CallState.ON_AIR)

    qtbot.keyClick(window, Qt.Key.Key_R, CONTROL)
    asked = window._ask.isVisible()
    qtbot.keyClick(window._ask, Qt.Key.Key_Escape)
    qtbot.keyClick(window, Qt.Key.Key_F12)
    qtbot.waitUntil(lambda: "删延时" in window.messages.text)

    assert asked
    assert not window._ask.isVisible()
    assert window.desk.recording.recording
    qtbot.keyClick(window, Qt.Key.Key_R, CONTROL)
    qtbot.mouseClick(window._ask._yes, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.desk.recording.recording, timeout=PATIENCE)


def test_playing_without_a_pre_listen_device_says_why(qtbot, window, record, quiet_lines, caplog):
    from hotline_desk.errors import PreListenNotChosen

    record(window.desk, quiet_lines)
    qtbot.keyClick(window, Qt.Key.Key_F7)
    qtbot.waitUntil(lambda: bool(window.desk.live.hour.questions), timeout=PATIENCE)

    qtbot.keyClick(window, Qt.Key.Key_L, CONTROL)

    qtbot.waitUntil(lambda: SENTENCES[PreListenNotChosen] in window.messages.text)
    assert not window.desk.playback.playing
    caplog.clear()


def test_recording_without_lines_says_what_to_do(qtbot, window, caplog):
    qtbot.keyClick(window, Qt.Key.Key_R, CONTROL)

    qtbot.waitUntil(lambda: "设置（Ctrl+5）" in window.messages.text)
    caplog.clear()


def test_keys_pressed_before_the_ledger_answers_act_in_their_order_and_on_their_time(
    qtbot, window, record, quiet_lines
):
    folder = record(window.desk, quiet_lines)
    qtbot.waitUntil(lambda: window.desk.recording.now.elapsed > 1, timeout=PATIENCE)
    window.desk.office.ask(lambda _ledger: time.sleep(2.0), owner=window)

    for key in (Qt.Key.Key_F2, Qt.Key.Key_F3, Qt.Key.Key_F5, Qt.Key.Key_F7):
        qtbot.keyClick(window, key)
    pressed = Take(folder).now()

    wait_for_state(qtbot, window, CallState.ON_AIR)
    qtbot.waitUntil(lambda: len(window.desk.live.hour.questions) == 1)
    assert window.desk.live.hour.questions[0].call_id == only_call(window).id
    assert all(mark.at <= pressed + 0.5 for mark in marks(folder))
    assert Take(folder).now() > pressed + 1.0  # the keys did come while the lane was busy
