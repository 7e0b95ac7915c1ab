"""Records under the numbers that they have: kept where free, gone on behind, sound to doctor."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotline_desk.domain.calls import Call, Caller, CallState
from hotline_desk.domain.casework.cases import Case, NewCase
from hotline_desk.domain.casework.clock_events import ClockEvents
from hotline_desk.domain.questions import Question
from hotline_desk.errors import NumberTaken
from tests.ledger.records import AT, a_question

BY, OTHER = "台账管理员", "接线员"
DAY = date(2026, 11, 25)


def question(number="", **given):
    fields = {"id": 0, "number": number, "caller": Caller(), "episode": None, "at": AT}
    return Question(**fields | given)


def case(number="", **given):
    events = ClockEvents(received=DAY)
    return Case(**{"id": 0, "number": number, "received": DAY, "events": events} | given)


def test_a_question_keeps_its_number_and_the_desk_goes_on_behind_it(ledger):
    ledger.file_question(question("GHFL-2026-190-07", episode=190), by=BY)

    added = ledger.add_question(a_question(), by=OTHER)

    assert added.number == "GHFL-2026-190-08"
    assert ledger.examine() == []


def test_a_gap_that_came_in_can_be_filled_later(ledger):
    for number in ("GHFL-2026-M11-005", "GHFL-2026-M11-002", "GHFL-2025-17-03"):
        ledger.file_question(question(number), by=BY)

    assert ledger.add_question(a_question(episode=None), by=OTHER).number == "GHFL-2026-M11-006"
    assert ledger.examine() == []


def test_a_number_is_given_once(ledger):
    ledger.add_question(a_question(), by=OTHER)
    ledger.add_case(NewCase(received=DAY), by=OTHER)

    with pytest.raises(NumberTaken):
        ledger.file_question(question("GHFL-2026-190-01"), by=BY)
    with pytest.raises(NumberTaken):
        ledger.file_case(case("AJ-2026-0001"), by=BY)
    assert len(ledger.questions()) == len(ledger.cases()) == 1
    assert ledger.numbers_taken(["GHFL-2026-190-01", "AJ-2026-0001", "AJ-2026-0002"]) == {
        "GHFL-2026-190-01", "AJ-2026-0001",
    }  # fmt: skip


def test_what_was_taken_back_lets_go_of_the_number_it_came_with(ledger):
    for _ in range(3):
        with ledger.together():
            first = ledger.file_question(question("GHFL-2026-190-07", episode=190), by=BY)
            ledger.file_case(case("AJ-2026-0031", questions=(first,)), by=BY)
        ledger.undo(by=BY)
    assert not ledger.numbers_taken(["GHFL-2026-190-07", "AJ-2026-0031"])

    ledger.file_question(question("GHFL-2026-190-07", episode=190), by=BY)
    ledger.file_case(case("AJ-2026-0031"), by=BY)

    assert [row.number for row in ledger.questions()] == ["GHFL-2026-190-07"]
    assert [each.number for each in ledger.cases()] == ["AJ-2026-0031"]
    assert ledger.examine() == []


def test_a_number_that_the_desk_gave_and_took_back_stays_taken(ledger):
    ledger.add_question(a_question(), by=OTHER)
    ledger.undo(by=OTHER)

    assert ledger.numbers_taken(["GHFL-2026-190-01"]) == {"GHFL-2026-190-01"}
    with pytest.raises(NumberTaken):
        ledger.file_question(question("GHFL-2026-190-01"), by=BY)


def test_questions_are_found_by_their_number_and_another_platforms(ledger):
    ledger.file_question(question("GHFL-2026-190-07", external_number="甲-1"), by=BY)
    ledger.file_question(question("GHFL-2026-190-08", external_number="甲-1"), by=BY)
    ledger.file_question(question("GHFL-2026-190-09"), by=BY)

    found = ledger.questions_known(["GHFL-2026-190-09", "没有"], ["甲-1", ""])

    assert [row.number[-2:] for row in found] == ["07", "08", "09"]


def test_a_call_is_filed_in_the_state_that_it_is_in(ledger):
    call = Call(id=0, episode=190, at=AT, state=CallState.ENDED, state_since=AT, may_call_back=True,
                caller=Caller(name="董", phone="13800005678"))  # fmt: skip

    call_id = ledger.file_call(call, by=BY)

    filed = ledger.call(call_id)
    assert (filed.state, filed.may_call_back, filed.caller) == (CallState.ENDED, True, call.caller)


def test_all_of_it_is_one_change(ledger):
    with ledger.together():
        for sequence in range(1, 9):
            ledger.file_question(question(f"GHFL-2026-M11-{sequence:03}"), by=BY)

    words = ledger.undo(by=BY)

    assert words.endswith("等 8 项")
    assert ledger.questions() == []


steps = st.lists(
    st.tuples(st.sampled_from(["given", "allotted", "undo"]), st.integers(1, 12)), max_size=12
)


@settings(max_examples=25, deadline=None)
@given(steps)
def test_whatever_comes_in_and_goes_the_numbers_are_sound(store, tmp_path_factory, taken):
    with store(tmp_path_factory.mktemp("any")) as ledger:
        for kind, sequence in taken:
            if kind == "given":
                number = f"GHFL-2026-M11-{sequence:03}"
                if not ledger.numbers_taken([number]):
                    ledger.file_question(question(number), by=BY)
            elif kind == "allotted":
                ledger.add_question(a_question(episode=None), by=BY)
            elif ledger.questions():
                ledger.undo(by=BY)

        numbers = [row.number for row in ledger.questions()]
        assert len(set(numbers)) == len(numbers)
        assert ledger.examine() == []
