"""What marks claim of a take, and what they take away."""

from datetime import datetime
from itertools import pairwise
from math import inf

from hypothesis import given
from hypothesis import strategies as st

from hotline_desk.domain.casework.claims import (
    POST_ROLL_SECONDS,
    Stretch,
    call_span,
    claimed,
    removed,
)
from hotline_desk.domain.marks import Mark, MarkKind, standing
from hotline_desk.domain.times import STUDIO_ZONE
from tests.reports.sample_episodes import a_call

WALL = datetime(2026, 11, 25, 10, 0, tzinfo=STUDIO_ZONE)
POST = POST_ROLL_SECONDS
CALL, AIR, END = MarkKind.CALL, MarkKind.AIR, MarkKind.END
QUESTION, ANSWER, REFUSED = MarkKind.QUESTION, MarkKind.ANSWER, MarkKind.REFUSED


def mark(kind, at, call=1, **more):
    return Mark(kind, at, WALL, call, **more)


def refusal(at, call=1):
    return mark(REFUSED, at, call, pre_roll=30.0)


def test_a_call_claims_from_before_its_key_to_behind_its_end():
    marks = [mark(CALL, 100.0), mark(END, 160.0)]

    assert claimed(marks, pre_roll=30.0) == [Stretch(70.0, 160.0 + POST)]


def test_a_pre_roll_reaches_no_further_back_than_the_take():
    assert claimed([mark(CALL, 10.0), mark(END, 20.0)], pre_roll=30.0)[0].start == 0.0


def test_a_call_that_goes_on_claims_all_there_is_to_come():
    assert claimed([mark(CALL, 100.0)], pre_roll=30.0) == [Stretch(70.0, inf)]


def test_a_call_that_came_in_before_the_take_is_there_from_its_beginning():
    assert claimed([mark(END, 50.0)], pre_roll=30.0) == [Stretch(0.0, 50.0 + POST)]


def test_a_dropped_call_claims_what_comes_after_it_is_back():
    marks = [mark(CALL, 100.0), mark(END, 130.0), mark(CALL, 400.0), mark(END, 410.0)]

    found = claimed([*marks, mark(END, 900.0)], pre_roll=30.0)

    assert found == [Stretch(70.0, 130.0 + POST), Stretch(370.0, 410.0 + POST)]


def test_a_question_without_a_call_claims_to_the_next_one_or_an_end():
    marks = [
        mark(QUESTION, 100.0, None, question="1"),
        mark(QUESTION, 200.0, None, question="2"),
        mark(END, 300.0, 7),
    ]

    assert claimed(marks, pre_roll=0.0) == [Stretch(0.0, 300.0 + POST)]
    assert claimed(marks[:2], pre_roll=10.0) == [Stretch(90.0, inf)]


def test_overlapping_calls_claim_once():
    marks = [mark(CALL, 100.0, 1), mark(CALL, 110.0, 2), mark(END, 150.0, 1), mark(END, 190.0, 2)]

    assert claimed(marks, pre_roll=30.0) == [Stretch(70.0, 190.0 + POST)]


def test_a_caller_who_refuses_claims_nothing_and_takes_the_call_away():
    marks = [mark(CALL, 100.0), mark(QUESTION, 110.0), refusal(115.0), mark(END, 160.0)]

    assert claimed(marks, pre_roll=30.0) == []
    assert removed(marks, seat=True) == [Stretch(70.0, 160.0 + POST)]
    assert removed(marks, seat=False) == [Stretch(70.0, 160.0 + POST)]


def test_a_refusal_after_the_call_takes_it_away_too():
    marks = [mark(CALL, 100.0), mark(END, 160.0), refusal(500.0)]

    assert removed(marks, seat=True) == [Stretch(70.0, 160.0 + POST)]


def test_what_another_call_said_on_the_air_meanwhile_stays():
    marks = [
        mark(CALL, 50.0, 1),
        mark(AIR, 60.0, 1),
        mark(CALL, 100.0, 2),
        refusal(105.0, 2),
        mark(END, 200.0, 1),
        mark(AIR, 200.0, 2),
        mark(END, 260.0, 2),
    ]

    assert removed(marks, seat=True) == [Stretch(70.0, 260.0 + POST)]
    assert removed(marks, seat=False) == [Stretch(200.0, 260.0 + POST)]
    assert claimed(marks, pre_roll=30.0) == [Stretch(20.0, 200.0 + POST)]


def test_the_pre_roll_of_a_refused_call_leaves_the_call_before_alone():
    marks = [mark(CALL, 50.0, 1), mark(END, 90.0, 1), mark(CALL, 100.0, 2), refusal(105.0, 2)]

    for seat in (True, False):
        assert removed(marks, seat=seat) == [Stretch(90.0 + POST, inf)]


def test_a_mark_that_was_taken_back_does_not_count():
    undone = mark(MarkKind.UNDONE, 115.0, undoes=REFUSED)
    marks = standing([mark(CALL, 100.0), refusal(115.0), undone, mark(END, 160.0)])

    assert [each.kind for each in marks] == [CALL, END]
    assert removed(marks, seat=True) == []


def test_only_the_newest_of_equal_marks_is_taken_back():
    twice = [mark(MarkKind.DUMP, 5.0, None), mark(MarkKind.DUMP, 5.0, None)]

    undone = mark(MarkKind.UNDONE, 5.0, None, undoes=MarkKind.DUMP)

    assert standing([*twice, undone]) == twice[:1]
    assert standing([undone, *twice]) == twice


kinds = st.sampled_from([CALL, AIR, END, QUESTION, ANSWER, REFUSED])
some_marks = st.lists(
    st.builds(mark, kinds, st.integers(0, 500).map(float), st.sampled_from([1, 2, 3, None])),
    max_size=20,
).map(lambda found: sorted(found, key=lambda each: each.at))


@given(some_marks)
def test_stretches_lie_in_order_and_apart_and_the_air_of_others_is_never_taken(marks):
    for found in (
        claimed(marks, pre_roll=30.0),
        removed(marks, seat=True),
        removed(marks, seat=False),
    ):
        assert all(stretch.start <= stretch.end for stretch in found)
        assert all(one.end < next_.start for one, next_ in pairwise(found))
    seats = removed(marks, seat=True)
    for part in removed(marks, seat=False):
        assert any(seat.start <= part.start and part.end <= seat.end for seat in seats)


def test_a_call_is_played_from_its_pre_roll_on():
    call = a_call(1, take="episodes/a/take", line="来电", began=10.0, ended=40.0)

    span = call_span(call, pre_roll=30.0)

    assert (span.line, span.start, span.end) == ("来电", 0.0, 40.0 + POST)
    assert call_span(a_call(1, take="", line="来电", began=10.0), pre_roll=30.0) is None


def test_a_refusal_whose_call_lost_its_mark_takes_nothing_away_from_the_calls_before_it():
    others = [mark(CALL, 20.0, 1), mark(END, 40.0, 1), mark(CALL, 80.0, 2), mark(END, 120.0, 2)]
    marks = [*others, mark(REFUSED, 95.0, 3, pre_roll=5.0), mark(END, 100.0, 3)]

    gone = removed(marks, seat=True)

    assert gone == [Stretch(0.0, 15.0), Stretch(40.0 + POST, 75.0), Stretch(95.0, 100.0 + POST)]
