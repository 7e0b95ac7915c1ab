"""What the desk relies on in its ledger, whatever store stands behind it: domain types alone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from hotline_desk.domain.calls import Caller, CallQuery, CallState, Gender
from hotline_desk.domain.casework.cases import CaseQuery, NewCase, Party, Payment
from hotline_desk.domain.casework.letters import Letter, LetterKind
from hotline_desk.domain.categories import Category
from hotline_desk.domain.questions import QuestionQuery, Span
from hotline_desk.domain.staff import ServicePoint, Staff, StaffKind
from hotline_desk.domain.utterances import Edit
from hotline_desk.errors import (
    CallNotFound,
    CaseNotFound,
    EpisodeExists,
    EpisodeNotFound,
    NothingToUndo,
    QuestionHasCase,
    QuestionNotFound,
    RecordNotFound,
    StepNotAllowed,
)
from tests.ledger.records import AT, EPISODE, TAKE, a_call, a_question, heard
from tests.ledger.stores import STORES

BY, OTHER = "接线员", "台账管理员"
DAY = date(2026, 11, 25)
STAFF = Staff(name="律师甲", kind=StaffKind.LAWYER, expertise="工伤", advises="甲公司\n乙公司")
RECORDS = (
    STAFF,
    ServicePoint(name="东港区", hours="9:00–17:00"),
    Letter(kind=LetterKind.OPINION, number="1 号", sent_on=DAY, answer_by=DAY + timedelta(9)),
)


@pytest.fixture(params=STORES)
def open_store(request, tmp_path):
    """Return a function that opens the store; all are examined and closed at the end."""
    opened = []

    def open_():
        opened.append(STORES[request.param](tmp_path))
        return opened[-1]

    yield open_
    for store in opened:
        assert store.examine() == []
        store.close()


@pytest.fixture
def ledger(open_store):
    store = open_store()
    store.save_episode(EPISODE, by=BY)
    return store


# What is written is there, for everybody, as it was written


def test_everything_is_read_back_by_whoever_opens_the_ledger_next(ledger, open_store):
    caller = Caller(name="王芳", title=Gender.WOMAN, phone="13800005678", industry="保洁")
    call = ledger.add_call(a_call(caller=caller, point="欠薪"), by=BY)
    asked = Span(line="来电", start=1.5, end=9.0)
    question = ledger.add_question(
        a_question(call_id=call.id, asked=asked, take=TAKE, amount_fen=3_300_000), by=BY
    )
    case = ledger.add_case(NewCase(received=DAY, questions=(question.id,), people=11), by=BY)
    case = ledger.save_case(
        replace(
            case,
            parties=(
                Party(name="董某", claimed_fen=300_000),
                Party(name="王某", represents=True),
            ),
            payments=(Payment(on=None, fen=1, party="董某"),),
        ),
        by=BY,
    )
    kept = [ledger.keep(record, by=BY) for record in RECORDS]

    other = open_store()

    assert other.episodes() == [EPISODE]
    assert other.call(call.id) == call
    assert other.call(call.id).caller == caller
    assert other.question(question.id) == ledger.question(question.id)
    assert other.question(question.id).asked == asked
    assert other.case(case.id) == case
    assert other.case_of(question.id) == case
    assert [record for kind in map(type, kept) for record in other.kept(kind)] == kept


def test_two_that_have_it_open_see_what_each_writes(ledger, open_store):
    other = open_store()

    for store, point in ((ledger, "一"), (other, "二"), (ledger, "三")):
        store.add_question(a_question(point=point), by=BY)

    assert [row.point for row in other.questions()] == [row.point for row in ledger.questions()]
    assert [row.number for row in ledger.questions(QuestionQuery(episode=190))] == [
        "GHFL-2026-190-01", "GHFL-2026-190-02", "GHFL-2026-190-03",
    ]  # fmt: skip


def test_what_is_written_together_is_kept_or_dropped_together(ledger):
    question = ledger.add_question(a_question(), by=BY)

    def write():
        with ledger.together():
            ledger.add_question(a_question(), by=BY)
            ledger.save_question(replace(question, point="改了"), by=BY)
            ledger.keep(STAFF, by=BY)
            ledger.add_case(NewCase(received=DAY, questions=(question.id,)), by=BY)
            ledger.case(9)

    with pytest.raises(CaseNotFound):
        write()

    assert ledger.questions() == [question]
    assert ledger.cases() == []
    assert ledger.kept(Staff) == []


# What is not there is told


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (lambda ledger: ledger.episode(7), EpisodeNotFound),
        (lambda ledger: ledger.call(7), CallNotFound),
        (lambda ledger: ledger.question(7), QuestionNotFound),
        (lambda ledger: ledger.question_numbered("GHFL-2026-190-77"), QuestionNotFound),
        (lambda ledger: ledger.case(7), CaseNotFound),
        (lambda ledger: ledger.add_episode(EPISODE, by=BY), EpisodeExists),
        (lambda ledger: ledger.add_call(a_call(episode=7), by=BY), EpisodeNotFound),
        (lambda ledger: ledger.add_question(a_question(call_id=7), by=BY), CallNotFound),
        (lambda ledger: ledger.keep(replace(STAFF, id=7), by=BY), RecordNotFound),
        (lambda ledger: ledger.take_out(replace(STAFF, id=7), by=BY), RecordNotFound),
        (lambda ledger: ledger.undo(by=OTHER), NothingToUndo),
    ],
)
def test_what_is_not_there_is_told_and_nothing_is_written(ledger, ask, told):
    with pytest.raises(told):
        ask(ledger)

    assert ledger.episodes() == [EPISODE]
    assert (ledger.calls(), ledger.questions(), ledger.cases(), ledger.kept(Staff)) == (
        [], [], [], [],
    )  # fmt: skip


def test_a_step_that_the_desk_forbids_changes_nothing(ledger):
    call = ledger.add_call(a_call(), by=BY)
    call = ledger.set_state(call.id, CallState.ENDED, at=AT, by=BY)

    with pytest.raises(StepNotAllowed):
        ledger.set_state(call.id, CallState.ON_AIR, at=AT, by=BY)

    assert ledger.call(call.id) == call


def test_a_question_belongs_to_one_case(ledger):
    question = ledger.add_question(a_question(), by=BY)
    case = ledger.add_case(NewCase(received=DAY, questions=(question.id,)), by=BY)

    with pytest.raises(QuestionHasCase):
        ledger.add_case(NewCase(received=DAY, questions=(question.id,)), by=BY)

    assert ledger.cases() == [case]


# What is asked for is given, in order


def test_questions_are_chosen_by_what_is_asked_for(ledger):
    first, second, third = (
        ledger.add_question(
            a_question(point=point, category=category, at=AT + timedelta(days=day)), by=BY
        )
        for day, (point, category) in enumerate(
            (("拖欠工资", Category.WAGES), ("工伤认定", Category.INJURY), ("工资", Category.WAGES))
        )
    )
    asked = [
        (QuestionQuery(episode=190), [first, second, third]),
        (QuestionQuery(episode=190, category=Category.WAGES), [first, third]),
        (QuestionQuery(episode=190, words="工资"), [first, third]),
        (QuestionQuery(episode=190, words="工资 拖欠"), [first]),
        (QuestionQuery(episode=190, since=DAY + timedelta(1)), [second, third]),
        (QuestionQuery(episode=190, until=DAY), [first]),
        (QuestionQuery(episode=190, limit=1, offset=1), [second]),
        (QuestionQuery(episode=189), []),
    ]

    for query, rows in asked:
        assert ledger.questions(query) == rows, query


def test_calls_and_cases_are_chosen_by_what_is_asked_for(ledger):
    early, late = (
        ledger.add_call(a_call(take=take, at=AT + timedelta(minutes=minute)), by=BY)
        for minute, take in enumerate((TAKE, ""))
    )
    mine, other = (
        ledger.add_case(NewCase(received=DAY + timedelta(day), owner=owner), by=BY)
        for day, owner in enumerate(("甲", "乙"))
    )

    assert ledger.calls() == [late, early]
    assert ledger.calls(CallQuery(take=TAKE)) == [early]
    assert ledger.cases(CaseQuery(owner="甲")) == [mine]
    assert ledger.cases(CaseQuery(since=DAY + timedelta(1))) == [other]


def test_a_duplicate_leaves_the_list_and_is_found_all_the_same(ledger):
    kept, duplicate = (ledger.add_case(NewCase(received=DAY), by=BY) for _ in range(2))

    merged = ledger.save_case(replace(duplicate, merged_into=kept.id), by=BY)

    assert ledger.cases() == [kept]
    assert ledger.case(duplicate.id) == merged


@pytest.mark.parametrize("words", ["问", "工资", "拖欠工资", "欠工资 请问", "tqgz"])
def test_words_are_found_where_they_stand_and_nowhere_else(ledger, words):
    ledger.add_take(TAKE, EPISODE.number, AT)
    ledger.copy_utterances(TAKE, [heard("请问拖欠工资怎么办"), heard("您好", 3.0)])
    asked = ledger.add_question(a_question(text="请问拖欠工资怎么办"), by=BY)
    ledger.add_question(a_question(text="您好"), by=BY)

    found = ledger.search(words)

    assert {(hit.text, hit.question) for hit in found} == {
        ("请问拖欠工资怎么办", ""), ("请问拖欠工资怎么办", asked.number),
    }  # fmt: skip


def test_captions_are_copied_once_and_edits_lie_on_top(ledger):
    said = [heard("拖前工资"), heard("您好", 3.0)]
    ledger.add_take(TAKE, EPISODE.number, AT)

    copied = [ledger.copy_utterances(TAKE, said) for _ in range(2)]
    ledger.add_edit(TAKE, Edit("来电", 0.0, "拖欠工资"), by=BY)

    assert copied == [2, 0]
    assert ledger.utterances(TAKE) == said
    assert [hit.text for hit in ledger.search("拖欠")] == ["拖欠工资"]
    assert ledger.search("拖前") == []
    ledger.undo(by=BY)
    assert [hit.text for hit in ledger.search("拖前")] == ["拖前工资"]


# History and undo


def test_what_others_change_is_noticed_and_what_oneself_does_is_not(ledger, open_store):
    other = open_store()
    before = ledger.changes_elsewhere()

    ledger.add_question(a_question(), by=BY)
    own = ledger.changes_elsewhere()
    other.questions(QuestionQuery())
    read = ledger.changes_elsewhere()
    other.add_question(a_question(), by=OTHER)
    written = ledger.changes_elsewhere()

    assert before == own == read
    assert written != read
    assert ledger.changes_elsewhere() == written


def test_history_tells_who_changed_what_from_what_to_what(ledger):
    question = ledger.add_question(a_question(point="欠薪"), by=BY)
    ledger.save_question(replace(question, point="拖欠工资", people=11), by=OTHER)
    ledger.undo(by=OTHER)

    told = ledger.history("questions", question.id)

    assert [(line.by, line.field, line.undoes) for line in told] == [
        (BY, "", False), (OTHER, "point", False), (OTHER, "people", False),
        (OTHER, "point", True), (OTHER, "people", True),
    ]  # fmt: skip
    assert (told[1].before, told[1].after) == ("欠薪", "拖欠工资")
    assert (told[3].before, told[3].after) == ("拖欠工资", "欠薪")


def _add_question(ledger):
    ledger.add_question(a_question(), by=BY)


def _save_call(ledger):
    ledger.save_call(replace(ledger.calls()[0], notes="再打来"), by=BY)


def _open_case(ledger):
    ledger.add_case(NewCase(received=DAY, questions=(ledger.questions()[0].id,)), by=BY)


def _save_case(ledger):
    case = ledger.cases()[0]
    ledger.save_case(
        replace(case, parties=(Party(name="王某", represents=True),), notes="改"), by=BY
    )


def _keep(ledger):
    ledger.keep(replace(ledger.kept(Staff)[0], team="二队"), by=BY)


def _take_out(ledger):
    ledger.take_out(ledger.kept(Staff)[0], by=BY)


def _together(ledger):
    with ledger.together():
        for change in (_add_question, _save_call, _save_case, _keep):
            change(ledger)


def _seen(ledger):
    return (
        ledger.episodes(), ledger.calls(), ledger.questions(), ledger.cases(), ledger.kept(Staff),
        ledger.search("工资"),
    )  # fmt: skip


@pytest.mark.parametrize(
    "change", [_add_question, _save_call, _open_case, _save_case, _keep, _take_out, _together]
)
def test_a_change_is_taken_back_whole_by_who_made_it(ledger, change):
    call = ledger.add_call(a_call(), by=OTHER)
    ledger.add_question(a_question(call_id=call.id, text="工资"), by=OTHER)
    asked = ledger.add_question(a_question(), by=OTHER)
    ledger.add_case(NewCase(received=DAY, questions=(asked.id,)), by=OTHER)
    ledger.keep(STAFF, by=OTHER)
    before = _seen(ledger)

    change(ledger)
    changed = _seen(ledger)
    ledger.undo(by=BY)

    assert changed != before
    assert _seen(ledger) == before


def test_what_somebody_has_changed_since_stays_as_it_is_now(ledger):
    question = ledger.add_question(a_question(), by=OTHER)
    first = ledger.save_question(replace(question, point="甲写的", employer="某厂"), by=BY)
    ledger.save_question(replace(first, point="乙写的"), by=OTHER)

    ledger.undo(by=BY)

    now = ledger.question(question.id)
    assert (now.point, now.employer) == ("乙写的", "")


def test_a_number_is_given_once(ledger):
    first = ledger.add_question(a_question(), by=BY)
    ledger.undo(by=BY)

    second = ledger.add_question(a_question(), by=BY)

    assert (first.number, second.number) == ("GHFL-2026-190-01", "GHFL-2026-190-02")
    assert ledger.questions() == [second]
