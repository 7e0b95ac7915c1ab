"""Calls of the week: what is taken outside an episode stays outside it, and the other way round."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from hotline_desk.domain.calls import Caller, CallQuery, CallState, Channel, NewCall
from hotline_desk.domain.episodes import Episode
from hotline_desk.domain.questions import NewQuestion, QuestionQuery
from hotline_desk.domain.times import STUDIO_ZONE, studio_now
from hotline_desk.ledger.ledger import Ledger
from hotline_desk.paths import Workspace
from hotline_desk.take.marks import MarkKind, marks
from hotline_desk.take.take import LineInfo, create_take
from hotline_desk.workflows.calls import CallDesk
from hotline_desk.workflows.desk_rows import (
    calls_at_desk,
    come_by,
    present_episodes,
    questions_at_desk,
)
from hotline_desk.workflows.undo import undo

BY = "接线员"
TODAY = studio_now().date()
LAST = Episode(number=190, on=TODAY - timedelta(days=5))
TODAYS = Episode(number=191, on=TODAY, starts="00:00", ends="23:59")


@pytest.fixture
def workspace(tmp_path):
    return Workspace(tmp_path)


@pytest.fixture
def ledger(workspace):
    with Ledger.open(workspace.ledger) as ledger:
        ledger.save_episode(LAST, by=BY)
        yield ledger


@pytest.fixture
def desk(ledger, workspace):
    """A desk outside any episode."""
    return CallDesk(ledger, workspace, episode=None, by=BY)


@pytest.fixture
def on_air(ledger, workspace):
    """A desk of today's episode."""
    ledger.save_episode(TODAYS, by=BY)
    return CallDesk(ledger, workspace, episode=TODAYS.number, by=BY)


def take_in(workspace, folder, began):
    made = workspace.episodes / folder / f"take-{began:%Y%m%d-%H%M%S}"
    made.mkdir(parents=True)
    line = LineInfo(id="a", name="来电", role="来电", device="file:x", channel=1, rate_hz=8000)
    create_take(made, [line], started_at=began, monotonic_ns=0, delay_seconds=0, speed=1.0)
    return made


def earlier(ledger, state, days=2):
    """A call outside any episode, some days ago, in *state*."""
    at = studio_now() - timedelta(days=days)
    call = ledger.add_call(NewCall(episode=None, channel=Channel.HOTLINE, at=at), by=BY)
    for step in (CallState.ANSWERED, state):
        ledger.set_state(call.id, step, at=at, by=BY)
    return call.id


def test_a_call_and_its_question_outside_an_episode_have_the_months_number(desk):
    call = desk.ring()
    question = desk.mark_question(call)

    assert (call.episode, call.channel) == (None, Channel.HOTLINE)
    assert (question.episode, question.channel) == (None, Channel.HOTLINE)
    assert question.number == f"GHFL-{TODAY:%Y}-M{TODAY:%m}-001"
    assert desk.ledger.questions(QuestionQuery(episode=LAST.number)) == []
    assert desk.ledger.calls(CallQuery(episode=LAST.number)) == []


def test_in_an_episode_they_are_its_own_by_the_live_line(on_air):
    question = on_air.mark_question(on_air.ring())

    assert (question.episode, question.channel) == (191, Channel.ON_AIR)
    assert question.number.endswith("-191-01")


def test_a_question_without_a_call_is_of_the_desk(desk, on_air):
    assert desk.mark_question(None).channel is Channel.HOTLINE
    assert on_air.mark_question(None).episode == 191


def test_the_channel_of_a_call_is_its_questions_too_and_one_step_for_undo(desk):
    call = desk.ring()
    question = desk.mark_question(call)

    come_by(desk, call.id, Channel.VISIT)

    assert desk.ledger.call(call.id).channel is Channel.VISIT
    assert desk.ledger.question(question.id).channel is Channel.VISIT
    undo(desk)
    assert desk.ledger.call(call.id).channel is Channel.HOTLINE
    assert desk.ledger.question(question.id).channel is Channel.HOTLINE


def test_a_channel_that_was_corrected_in_a_row_stays_there(desk):
    call = desk.ring()
    question = desk.ledger.question(desk.mark_question(call).id)
    desk.ledger.save_question(replace(question, channel=Channel.CITY_HOTLINE), by=BY)

    come_by(desk, call.id, Channel.VISIT)

    assert desk.ledger.question(question.id).channel is Channel.CITY_HOTLINE


def test_on_an_episodes_day_a_call_by_another_channel_lies_outside_it(on_air):
    call = on_air.ring()

    moved = come_by(on_air, call.id, Channel.HOTLINE)
    question = on_air.mark_question(moved)

    assert moved.episode is None
    assert question.number.endswith("-001")
    assert moved in on_air.calls()
    assert question in questions_at_desk(on_air.ledger, on_air.episode, studio_now())


def test_a_call_said_to_be_on_the_live_line_after_all_is_the_episodes(on_air):
    call = come_by(on_air, on_air.ring().id, Channel.HOTLINE)

    assert come_by(on_air, call.id, Channel.MESSAGE).episode == 191


def test_a_call_with_a_number_given_keeps_its_episode(on_air):
    call = on_air.ring()
    question = on_air.mark_question(call)

    moved = come_by(on_air, call.id, Channel.HOTLINE)

    assert (moved.episode, moved.channel) == (191, Channel.HOTLINE)
    assert on_air.ledger.question(question.id).channel is Channel.HOTLINE


def test_a_caller_who_waits_for_the_air_is_the_episodes_once_on_it(ledger, workspace):
    waiting = earlier(ledger, CallState.WAITING)
    ledger.save_episode(TODAYS, by=BY)
    desk = CallDesk(ledger, workspace, episode=191, by=BY)

    assert [call.id for call in desk.calls()] == [waiting]
    desk.advance(waiting, CallState.ON_AIR)

    call = ledger.call(waiting)
    assert (call.episode, call.channel) == (191, Channel.ON_AIR)


def test_the_desk_has_todays_calls_and_whoever_waits_for_the_air_no_others(desk, on_air):
    for state in (CallState.ENDED, CallState.ON_AIR, CallState.CUT):
        earlier(desk.ledger, state)
    waiting, offered = earlier(desk.ledger, CallState.WAITING), earlier(desk.ledger, CallState.NEXT)
    today, aired = desk.ring(), on_air.ring()

    assert {call.id for call in on_air.calls()} == {today.id, offered, waiting, aired.id}
    on_air.end(aired.id)
    assert [call.id for call in desk.calls()] == [today.id, offered, waiting]


def test_questions_of_other_days_and_of_the_episode_are_not_at_the_desk(desk, on_air):
    desk.ledger.add_question(NewQuestion(episode=None, at=studio_now() - timedelta(days=1)), by=BY)
    aired, today = on_air.mark_question(None), desk.mark_question(None)

    assert questions_at_desk(desk.ledger, None, studio_now()) == [today]
    assert questions_at_desk(desk.ledger, 191, studio_now()) == [aired, today]


def test_what_was_over_before_the_episode_came_to_hand_is_not_among_its_rows(ledger):
    starts = datetime.combine(TODAY, time(10), STUDIO_ZONE)
    ledger.save_episode(Episode(number=191, on=TODAY), by=BY)
    for at in (starts - timedelta(hours=2), starts + timedelta(minutes=5)):
        call = ledger.add_call(NewCall(episode=None, at=at), by=BY)
        ledger.add_question(NewQuestion(episode=None, call_id=call.id, at=at), by=BY)
        ledger.set_state(call.id, CallState.ENDED, at=at, by=BY)

    rows = questions_at_desk(ledger, 191, starts), calls_at_desk(ledger, 191, starts)

    assert [[row.at for row in each] for each in rows] == [[starts + timedelta(minutes=5)]] * 2


def begun(ledger, at, *steps, episode=None):
    """A call, outside any episode unless told, with its question, in the last of *steps*."""
    call = ledger.add_call(NewCall(episode=episode, at=at), by=BY)
    question = ledger.add_question(NewQuestion(episode=episode, call_id=call.id, at=at), by=BY)
    for state in steps:
        ledger.set_state(call.id, state, at=at, by=BY)
    return call.id, question.id


def rows_at_desk(ledger, episode, now):
    calls, questions = calls_at_desk(ledger, episode, now), questions_at_desk(ledger, episode, now)
    return [row.id for row in calls], [row.id for row in questions]


@pytest.mark.parametrize("state", [state for state in CallState if not state.is_over])
@pytest.mark.parametrize(("episode", "turn"), [(191, time(9)), (None, time())])
@pytest.mark.parametrize("of", [None, LAST.number])
def test_whoever_is_on_the_line_stays_when_an_episode_comes_to_hand_or_a_day_ends(
    ledger, state, episode, turn, of
):
    ledger.save_episode(Episode(number=191, on=TODAY), by=BY)
    turns = datetime.combine(TODAY, turn, STUDIO_ZONE)
    steps = {
        CallState.RINGING: (),
        CallState.NEXT: (CallState.ANSWERED, CallState.NEXT),
    }.get(state, (state,))
    call, question = begun(ledger, turns - timedelta(minutes=2), *steps, episode=of)

    assert rows_at_desk(ledger, episode, turns + timedelta(minutes=1)) == ([call], [question])

    ledger.set_state(call, CallState.DROPPED, at=turns + timedelta(minutes=5), by=BY)
    ledger.set_state(call, CallState.ENDED, at=turns + timedelta(minutes=6), by=BY)

    assert rows_at_desk(ledger, episode, turns + timedelta(minutes=7)) == ([call], [question])


def test_a_caller_called_back_of_another_day_stays_but_the_questions_of_then_do_not(ledger):
    turns = datetime.combine(TODAY, time(9), STUDIO_ZONE)
    ledger.save_episode(Episode(number=191, on=TODAY), by=BY)
    call, _ = begun(ledger, turns - timedelta(days=2), CallState.CALL_BACK)
    ledger.set_state(call, CallState.ANSWERED, at=turns - timedelta(minutes=2), by=BY)

    assert rows_at_desk(ledger, 191, turns) == ([call], [])


FORGOTTEN = [
    *((None, state) for state in (CallState.ANSWERED, CallState.ON_AIR, CallState.DROPPED)),
    *((LAST.number, state) for state in CallState if not state.is_over),
]


@pytest.mark.parametrize(("of", "state"), FORGOTTEN)
def test_a_call_that_nobody_ended_does_not_come_back_the_next_day(ledger, of, state):
    now = datetime.combine(TODAY, time(9), STUDIO_ZONE)
    steps = {CallState.RINGING: (), CallState.NEXT: (CallState.ANSWERED, CallState.NEXT)}
    begun(ledger, now - timedelta(hours=15), *steps.get(state, (state,)), episode=of)

    assert rows_at_desk(ledger, None, now) == ([], [])


def test_going_on_the_air_ends_nobody_of_another_week(desk):
    forgotten = earlier(desk.ledger, CallState.ON_AIR, days=9)

    desk.advance(desk.ring().id, CallState.ON_AIR)

    assert desk.ledger.call(forgotten).state is CallState.ON_AIR


def test_a_take_of_the_day_has_its_questions_pointing_to_it(desk, workspace):
    folder = take_in(workspace, f"{TODAY}", studio_now() - timedelta(minutes=10))
    desk.follow(folder)

    question = desk.mark_question(desk.ring(at=60.0), at=70.0)

    assert question.take == f"episodes/{TODAY}/{folder.name}"
    assert question.asked is not None
    assert [mark.kind for mark in marks(folder)] == [MarkKind.CALL, MarkKind.QUESTION]


def test_a_call_after_the_recording_has_no_sound_and_its_own_time(desk, workspace):
    folder = take_in(workspace, LAST.folder_name, studio_now() - timedelta(days=5))
    desk.follow(folder)
    desk.end_take()

    call = desk.ring()
    question = desk.mark_answer(desk.mark_question(call))

    assert (call.take, call.began, question.take, question.asked) == ("", None, "", None)
    assert call.at.date() == question.at.date() == TODAY
    assert marks(folder) == []


def test_undo_the_day_after_takes_the_marks_back_too(on_air, ledger, workspace):
    folder = take_in(workspace, TODAYS.folder_name, studio_now())
    on_air.follow(folder)
    on_air.ring(at=1.0)
    the_day_after = CallDesk(ledger, workspace, episode=None, by=BY)

    undo(the_day_after)

    assert marks(folder) == []


@pytest.mark.parametrize(
    ("days", "coming", "last"), [((-7, 2), 2, -7), ((-7, -5), None, -5), ((2, 9), 2, None)]
)
def test_the_coming_episode_and_the_last_are_known_outside_one(tmp_path, days, coming, last):
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        for number, day in enumerate(days, 100):
            ledger.save_episode(Episode(number=number, on=TODAY + timedelta(days=day)), by=BY)

        found = present_episodes(ledger, studio_now())

    def on(days):
        return None if days is None else TODAY + timedelta(days=days)

    assert found.at_hand is None
    assert (found.coming and found.coming.on, found.last and found.last.on) == (
        on(coming),
        on(last),
    )


def test_callers_of_other_days_stay_off_the_desk_though_there_are_many(desk):
    old = studio_now() - timedelta(days=400)
    with desk.ledger.together():
        for number in range(600):
            caller = Caller(name=f"王{number}")
            desk.ledger.add_call(NewCall(episode=None, caller=caller, at=old), by=BY)
    today = desk.ring()
    with desk.ledger.together():
        for number in range(600):
            caller = Caller(name=f"李{number}")
            desk.ledger.add_call(NewCall(episode=None, caller=caller, at=old), by=BY)

    assert desk.calls() == [today]
