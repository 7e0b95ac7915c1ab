"""A weekday in the window: calls come in outside any episode, and are filed there."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from hotline_desk.domain.calls import CallState, Channel, NewCall
from hotline_desk.domain.episodes import Episode, next_broadcast
from hotline_desk.domain.questions import NewQuestion, QuestionQuery
from hotline_desk.domain.times import studio_now
from hotline_desk.ledger import Ledger
from hotline_desk.settings import Settings
from hotline_desk.ui.kit.text_fields import OneLine
from tests.ui.conftest import BY, make_window

CONTROL = Qt.KeyboardModifier.ControlModifier
PATIENCE = 60_000
TODAY = studio_now().date()
LAST = Episode(number=190, on=TODAY - timedelta(days=5), topic="拖欠工资怎么办")
OTHER_DAY = Settings(weekday=(TODAY.weekday() + 2) % 7)
"""An office that broadcasts on another day than today."""


@pytest.fixture
def open_window(qtbot, open_desk, workspace, appearance):
    """Return a function that opens the window on a ledger that knows some episodes."""
    made = []

    def open_(*episodes, settings=OTHER_DAY):
        with Ledger.open(workspace.ledger) as ledger:
            for episode in episodes:
                ledger.save_episode(episode, by=BY)
        window = make_window(open_desk(settings), appearance)
        window.resize(1366, 768)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
        qtbot.waitUntil(lambda: window.desk.live.read, timeout=PATIENCE)
        made.append(window)
        return window

    yield open_
    for window in made:
        window.close()
        window.deleteLater()


def rows(workspace, query=None):
    with Ledger.open(workspace.ledger) as ledger:
        return ledger.questions(query or QuestionQuery())


def head(window):
    panel = window.live._episode
    return " ".join(each.text() for each in panel.findChildren(QLabel) if each.isVisible())


def editing(window):
    return window.live._left.editing


def take_call(qtbot, window, point):
    """F2, F7, what it is about, Ctrl+S."""
    known = len(window.desk.live.hour.questions)
    qtbot.keyClick(window, Qt.Key.Key_F2)
    qtbot.waitUntil(window.findChild(OneLine, "caller_name").hasFocus, timeout=PATIENCE)
    qtbot.keyClick(window, Qt.Key.Key_F7)
    field = window.live.findChild(OneLine, "point")
    qtbot.waitUntil(field.hasFocus, timeout=PATIENCE)
    qtbot.keyClicks(field, point)
    qtbot.keyClick(window, Qt.Key.Key_S, CONTROL)
    qtbot.waitUntil(
        lambda: [row.point for row in window.desk.live.hour.questions][known:] == [point],
        timeout=PATIENCE,
    )


def test_a_weekday_call_is_no_part_of_the_last_broadcast(qtbot, open_window, workspace):
    window = open_window(LAST)

    take_call(qtbot, window, "two months")

    (question,) = rows(workspace)
    assert question.number == f"GHFL-{TODAY:%Y}-M{TODAY:%m}-001"
    assert (question.episode, question.channel) == (None, Channel.HOTLINE)
    assert rows(workspace, QuestionQuery(episode=190)) == []


def test_nor_of_the_coming_one_which_stays_open_to_be_planned(qtbot, open_window, workspace):
    coming = Episode(number=191, on=TODAY + timedelta(days=2))
    window = open_window(LAST, coming)

    take_call(qtbot, window, "two months")
    qtbot.keyClick(window, Qt.Key.Key_N, CONTROL)

    assert [row.episode for row in rows(workspace)] == [None]
    assert editing(window)
    assert window.findChild(OneLine, "episode_number").text() == "191"
    assert window.findChild(OneLine, "episode_on").text() == coming.on.isoformat()


def test_the_head_says_that_there_is_no_episode_now_and_which_is_next(open_window):
    coming = Episode(number=191, on=TODAY + timedelta(days=3), starts="23:59")

    said = head(open_window(LAST, coming))

    assert "期外来电" in said
    assert "12351 热线" in said
    assert "第191期 距开播" in said
    assert "3 天" in said


def test_without_a_coming_one_the_head_names_the_last_and_nothing_is_forced_open(open_window):
    window = open_window(LAST)

    assert "第190期 已播出" in head(window)
    assert "5 天" in head(window)
    assert not editing(window)


def test_planning_the_next_one_is_one_key(qtbot, open_window):
    window = open_window(LAST)

    qtbot.keyClick(window, Qt.Key.Key_N, CONTROL)

    assert window.findChild(OneLine, "episode_number").text() == "191"
    offered = date.fromisoformat(window.findChild(OneLine, "episode_on").text())
    assert offered == next_broadcast(TODAY, OTHER_DAY.weekday)


def test_on_the_day_of_the_broadcast_an_episode_is_offered_and_may_be_declined(
    qtbot, open_window, workspace
):
    window = open_window(LAST, settings=Settings(weekday=TODAY.weekday()))

    assert editing(window)
    assert "已经过去" in window.live._left.editor._says.text()
    qtbot.keyClick(window.findChild(OneLine, "episode_topic"), Qt.Key.Key_Escape)
    take_call(qtbot, window, "two months")
    assert not editing(window)
    assert [row.episode for row in rows(workspace)] == [None]


def test_a_new_office_may_take_a_call_before_any_episode(qtbot, open_window, workspace):
    window = open_window()
    assert editing(window)

    take_call(qtbot, window, "two months")

    assert [row.number for row in rows(workspace)] == [f"GHFL-{TODAY:%Y}-M{TODAY:%m}-001"]
    assert "Ctrl+N" in head(window)


def test_the_channel_is_chosen_beside_the_caller(qtbot, open_window, workspace):
    window = open_window(LAST)
    take_call(qtbot, window, "two months")
    qtbot.keyClick(window, Qt.Key.Key_D, CONTROL)
    channel = window.live._card._channel
    channel.setFocus()
    assert channel.currentText() == "12351 热线"

    for _ in range(list(Channel).index(Channel.VISIT) - list(Channel).index(Channel.HOTLINE)):
        qtbot.keyClick(channel, Qt.Key.Key_Down)

    live = window.desk.live
    qtbot.waitUntil(lambda: live.hour.calls[0].channel is Channel.VISIT, timeout=PATIENCE)
    assert [row.channel for row in rows(workspace)] == [Channel.VISIT]


def test_on_an_episodes_day_another_channel_takes_the_call_out_of_it(qtbot, window):
    live = window.desk.live
    qtbot.keyClick(window, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: bool(live.hour.calls), timeout=PATIENCE)

    live.save_channel(live.hour.calls[0], Channel.HOTLINE)
    qtbot.waitUntil(lambda: live.hour.calls[0].episode is None, timeout=PATIENCE)
    qtbot.keyClick(window, Qt.Key.Key_F7)

    qtbot.waitUntil(lambda: bool(live.hour.questions), timeout=PATIENCE)
    assert live.hour.questions[0].number.endswith(f"-M{TODAY:%m}-001")


def test_a_question_with_its_number_says_that_it_stays_where_it_is(qtbot, window):
    live = window.desk.live
    qtbot.keyClick(window, Qt.Key.Key_F2)
    qtbot.keyClick(window, Qt.Key.Key_F7)
    qtbot.waitUntil(lambda: bool(live.hour.questions), timeout=PATIENCE)

    live.save_channel(live.hour.calls[0], Channel.VISIT)

    qtbot.waitUntil(lambda: "仍在第190期" in window.messages.text, timeout=PATIENCE)
    qtbot.waitUntil(lambda: live.hour.questions[0].channel is Channel.VISIT, timeout=PATIENCE)
    assert live.hour.questions[0].episode == 190


def test_a_caller_booked_for_the_broadcast_is_there_on_its_day(qtbot, open_window, workspace):
    with Ledger.open(workspace.ledger) as ledger:
        at = studio_now() - timedelta(days=2)
        call = ledger.add_call(NewCall(episode=None, channel=Channel.HOTLINE, at=at), by=BY)
        for state in (CallState.ANSWERED, CallState.WAITING):
            ledger.set_state(call.id, state, at=at, by=BY)
    window = open_window(replace(LAST, number=191, on=TODAY, starts="00:00", ends="23:59"))
    live = window.desk.live
    assert [call.state for call in live.hour.calls] == [CallState.WAITING]

    qtbot.keyClick(window, Qt.Key.Key_F4)
    qtbot.keyClick(window, Qt.Key.Key_F5)

    qtbot.waitUntil(lambda: live.hour.on_air is not None, timeout=PATIENCE)
    assert live.hour.on_air.episode == 191


def test_a_caller_on_the_line_stays_selected_when_the_episode_comes_to_hand(
    qtbot, open_window, workspace
):
    now = studio_now()
    with Ledger.open(workspace.ledger) as ledger:
        at = now - timedelta(minutes=65)  # an episode that starts now is at hand for an hour
        call = ledger.add_call(NewCall(episode=None, channel=Channel.HOTLINE, at=at), by=BY)
        ledger.set_state(call.id, CallState.ANSWERED, at=at, by=BY)
        question = ledger.add_question(NewQuestion(episode=None, call_id=call.id, at=at), by=BY)
    window = open_window(LAST)
    live = window.desk.live
    live.pick(live.hour.calls[0])

    live.save_episode(
        Episode(number=191, on=now.date(), starts=f"{now:%H:%M}", ends="23:59"), new=True
    )
    qtbot.waitUntil(lambda: live.episode is not None, timeout=PATIENCE)

    assert [row.id for row in live.hour.questions] == [question.id]
    assert live.selected == live.hour.calls[0]
    qtbot.keyClick(window, Qt.Key.Key_F3)
    qtbot.waitUntil(
        lambda: [call.state for call in live.hour.calls] == [CallState.WAITING], timeout=PATIENCE
    )
    qtbot.keyClick(window, Qt.Key.Key_F6)
    qtbot.waitUntil(
        lambda: [call.state for call in live.hour.calls] == [CallState.ENDED], timeout=PATIENCE
    )
    assert live.selected == live.hour.calls[0]


def test_a_weekday_take_is_filed_under_its_day_and_its_questions_point_there(
    qtbot, open_window, quiet_lines, workspace
):
    window = open_window(LAST, settings=replace(OTHER_DAY, lines=quiet_lines))
    window.desk.recording.begin()
    qtbot.waitUntil(lambda: window.desk.recording.looked, timeout=PATIENCE)

    qtbot.keyClick(window, Qt.Key.Key_R, CONTROL)
    qtbot.waitUntil(
        lambda: window.desk.recording.recording and not window.desk.recording.busy,
        timeout=PATIENCE,
    )
    take_call(qtbot, window, "two months")

    (question,) = rows(workspace)
    assert question.take.startswith(f"episodes/{TODAY.isoformat()}/take-")
    assert (question.episode, question.asked is not None) == (None, True)


def test_a_row_outside_an_episode_is_not_warned_of_for_want_of_a_recording(qtbot, open_window):
    window = open_window(LAST)

    qtbot.keyClick(window, Qt.Key.Key_F2)
    qtbot.keyClick(window, Qt.Key.Key_F7)

    qtbot.waitUntil(lambda: "不属于哪一期节目" in window.messages.text, timeout=PATIENCE)
