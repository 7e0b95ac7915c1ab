import dataclasses
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings

from hotline_desk.domain.calls import Caller, CallQuery, CallState, Gender
from hotline_desk.domain.categories import Category
from hotline_desk.domain.questions import QuestionQuery, Span
from hotline_desk.domain.utterances import Edit, Utterance
from hotline_desk.errors import (
    CallNotFound,
    EpisodeExists,
    EpisodeNotFound,
    QuestionNotFound,
    StepNotAllowed,
)
from tests.ledger.records import (
    AT,
    EPISODE,
    TAKE,
    a_call,
    a_question,
    call_changes,
    episodes,
    heard,
    new_calls,
    new_questions,
    question_changes,
)

unhurried = settings(deadline=None, max_examples=60)


def fields_of(kind, record):
    return {field.name: getattr(record, field.name) for field in dataclasses.fields(kind)}


@unhurried
@given(new_calls, call_changes)
def test_a_call_comes_back_as_it_was_given(lasting_ledger, new, changes):
    added = lasting_ledger.add_call(new, by="接线员")
    assert fields_of(type(new), added) == fields_of(type(new), new)

    wanted = dataclasses.replace(added, **changes)
    assert lasting_ledger.save_call(wanted, by="接线员") == wanted
    assert lasting_ledger.call(added.id) == wanted


@unhurried
@given(new_questions, question_changes)
def test_a_question_comes_back_as_it_was_given(lasting_ledger, new, changes):
    added = lasting_ledger.add_question(new, by="接线员")
    assert fields_of(type(new), added) == fields_of(type(new), new)

    wanted = dataclasses.replace(added, **changes)
    assert lasting_ledger.save_question(wanted, by="接线员") == wanted
    assert lasting_ledger.question_numbered(added.number) == wanted


@unhurried
@given(episodes, episodes)
def test_an_episode_comes_back_as_it_was_given(lasting_ledger, new, later):
    assert lasting_ledger.save_episode(new, by="接线员") == new

    changed = dataclasses.replace(later, number=new.number)
    assert lasting_ledger.save_episode(changed, by="接线员") == changed
    assert changed in lasting_ledger.episodes()


def test_moments_are_kept_to_the_second_in_one_zone(ledger):
    elsewhere = AT.astimezone(UTC) + timedelta(microseconds=400_000)

    kept = ledger.add_call(a_call(at=elsewhere), by="接线员")

    assert kept.at == AT
    assert kept.at.utcoffset() == timedelta(hours=8)
    with pytest.raises(ValueError, match="2026"):
        ledger.add_call(a_call(at=datetime(2026, 11, 25)), by="接线员")  # noqa: DTZ001
    assert len(ledger.calls()) == 1


def test_nothing_is_written_in_nobodys_name(ledger):
    with pytest.raises(ValueError, match="by=''"):
        ledger.add_call(a_call(), by="")

    assert ledger.calls() == []


def test_what_is_not_there_is_said(ledger):
    question = ledger.add_question(a_question(), by="接线员")
    call = ledger.add_call(a_call(), by="接线员")
    for absent, error in (
        (lambda: ledger.call(99), CallNotFound),
        (lambda: ledger.question(99), QuestionNotFound),
        (lambda: ledger.question_numbered("GHFL-2026-190-99"), QuestionNotFound),
        (lambda: ledger.episode(191), EpisodeNotFound),
        (lambda: ledger.add_call(a_call(episode=191), by="甲"), EpisodeNotFound),
        (lambda: ledger.add_question(a_question(episode=191), by="甲"), EpisodeNotFound),
        (lambda: ledger.add_question(a_question(call_id=99), by="甲"), CallNotFound),
        (lambda: ledger.save_call(dataclasses.replace(call, id=99), by="甲"), CallNotFound),
        (
            lambda: ledger.save_question(dataclasses.replace(question, id=99), by="甲"),
            QuestionNotFound,
        ),
        (lambda: ledger.set_state(99, CallState.ENDED, at=AT, by="甲"), CallNotFound),
        (lambda: ledger.add_take(TAKE, 191, AT), EpisodeNotFound),
    ):
        with pytest.raises(error):
            absent()

    assert ledger.calls() == [call]
    assert ledger.questions() == [question]
    assert ledger.examine() == []


def test_forbidden_step_changes_nothing(ledger):
    call = ledger.add_call(a_call(), by="接线员")
    ended = ledger.set_state(call.id, CallState.ENDED, at=AT + timedelta(minutes=5), by="接线员")

    with pytest.raises(StepNotAllowed) as refused:
        ledger.set_state(call.id, CallState.ON_AIR, at=AT, by="接线员")

    assert (refused.value.present, refused.value.wanted) == ("已结束", "直播中")
    assert ended.state_since == AT + timedelta(minutes=5)
    assert ledger.call(call.id) == ended
    assert len(ledger.history("calls", call.id)) == 3


def test_calls_are_chosen_newest_first(ledger):
    first = ledger.add_call(a_call(take=TAKE), by="接线员")
    second = ledger.add_call(a_call(episode=None), by="接线员")
    third = ledger.add_call(a_call(), by="接线员")
    first = ledger.set_state(first.id, CallState.ENDED, at=AT, by="接线员")

    assert ledger.calls() == [third, second, first]
    assert ledger.calls(CallQuery(episode=190)) == [third, first]
    assert ledger.calls(CallQuery(take=TAKE)) == [first]
    assert ledger.calls(CallQuery(open_only=True)) == [third, second]
    assert ledger.calls(CallQuery(limit=1)) == [third]


def test_questions_are_chosen_by_what_they_are(ledger):
    day = timedelta(days=1)
    call = ledger.add_call(a_call(caller=Caller(name="董", title=Gender.WOMAN)), by="接线员")
    wages = ledger.add_question(
        a_question(category=Category.WAGES, call_id=call.id, point="两个月工资"), by="接线员"
    )
    injury = ledger.add_question(a_question(category=Category.INJURY, answer="工伤"), by="接线员")
    later = ledger.add_question(a_question(episode=None, at=AT + day, text="工资"), by="接线员")

    def chosen(**query):
        return [question.id for question in ledger.questions(QuestionQuery(**query))]

    assert chosen() == [later.id, wages.id, injury.id]
    assert chosen(episode=190) == [wages.id, injury.id]
    assert chosen(category=Category.INJURY) == [injury.id]
    assert chosen(call_id=call.id) == [wages.id]
    assert chosen(words="工资") == [later.id, wages.id]
    assert chosen(words="工 月") == [wages.id]
    assert chosen(since=AT.date() + day) == [later.id]
    assert chosen(until=AT.date()) == [wages.id, injury.id]
    assert chosen(limit=1, offset=1) == [wages.id]
    assert wages.caller == call.caller


def test_a_number_is_not_a_person(ledger):
    for name, title, phone in (
        ("董", Gender.WOMAN, "138 0000 5678"),
        ("王", Gender.MASTER, "+86 13800005678"),
        ("董", Gender.WOMAN, "0633-8781234"),
    ):
        caller = Caller(name=name, title=title, phone=phone)
        ledger.add_call(a_call(caller=caller), by="接线员")

    names = [call.caller.name for call in ledger.earlier_calls("13800005678")]

    assert names == ["王", "董"]
    assert [call.caller.phone for call in ledger.earlier_calls("06338781234")] == ["0633-8781234"]
    assert ledger.earlier_calls("") == []
    assert ledger.earlier_calls("不详") == []


def test_a_corrected_name_changes_no_other_call(ledger):
    caller = Caller(name="董", title=Gender.WOMAN, phone="13800005678")
    first = ledger.add_call(a_call(caller=caller), by="接线员")
    second = ledger.add_call(a_call(caller=caller), by="接线员")

    other = dataclasses.replace(caller, name="王", employer="某物业公司")
    ledger.save_call(dataclasses.replace(second, caller=other), by="接线员")

    assert ledger.call(first.id) == first
    assert ledger.call(second.id).caller == other


def test_utterances_are_copied_once(ledger):
    said = [heard("你好", 0.0), heard("我想问", 2.5), heard("请讲", 2.5, line="演播室")]

    assert ledger.copy_utterances(TAKE, said[:2]) == 2
    assert ledger.copy_utterances(TAKE, said) == 1

    assert ledger.utterances(TAKE) == said
    assert ledger.utterances(TAKE, line="演播室") == said[2:]
    assert ledger.utterances(TAKE, start=2.2, end=3.0) == said[1:]
    assert ledger.utterances("episodes/another") == []
    assert ledger.replace_utterances(TAKE, said[1:]) == 2
    assert ledger.utterances(TAKE) == said[1:]


def test_an_edit_lies_on_top_and_survives_new_copies(ledger):
    machine = heard("公上认定", 1.0)
    ledger.copy_utterances(TAKE, [machine])
    ledger.add_edit(TAKE, Edit("来电", 1.0, "工伤认定了"), by="审看")
    ledger.add_edit(TAKE, Edit("来电", 1.0, "工伤认定"), by="审看")

    ledger.replace_utterances(TAKE, [machine])

    assert ledger.utterances(TAKE) == [machine]
    assert ledger.edits(TAKE) == [Edit("来电", 1.0, "工伤认定")]
    assert [hit.text for hit in ledger.search("工伤")] == ["工伤认定"]
    assert ledger.search("公上") == []
    assert ledger.undo(by="审看") == "字幕的修改：原话"
    assert [hit.text for hit in ledger.search("认定了")] == ["工伤认定了"]


def test_a_take_can_be_told_of_after_its_calls(ledger):
    ledger.add_question(a_question(take=TAKE, asked=Span(line="来电", start=0.0)), by="接线员")
    ledger.copy_utterances(TAKE, [Utterance("来电", 1.0, 2.0, "工资")])

    ledger.add_take(TAKE, 190, AT.astimezone(timezone(timedelta(hours=9))))

    assert ledger.takes() == {TAKE: 0}
    assert [hit.episode for hit in ledger.search("工资")] == [EPISODE.number]
    assert ledger.examine() == []


def test_takes_are_told_by_episode(ledger):
    ledger.save_episode(dataclasses.replace(EPISODE, number=189), by="甲")
    for folder, episode in (("a", 189), ("b", 190), ("c", None)):
        ledger.add_take(folder, episode, AT)

    assert ledger.takes().keys() == {"a", "b", "c"}
    assert ledger.takes(190).keys() == {"b"}


def test_a_new_episode_takes_nobody_s_number(ledger):
    with pytest.raises(EpisodeExists, match="190"):
        ledger.add_episode(dataclasses.replace(EPISODE, topic="另一期"), by="导播")

    assert ledger.episode(190) == EPISODE
    assert ledger.add_episode(dataclasses.replace(EPISODE, number=191), by="导播").number == 191
